"""Letters of a table of cases: a zip of Word files, an index of what was written, mail-merge files.

The same cases, settings and day give the same bytes. Names of files come from case references alone and
hold nothing but letters, digits, points, hyphens and underscores.
"""

from __future__ import annotations

import csv
import marshal
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import xlsxwriter

from calculator.calculation.codes import LETTER_NOTES, LETTER_SKIPPED
from calculator.calculation.outcome import Outcome
from calculator.facts.days import shown_day
from calculator.facts.problems import FileProblem
from calculator.facts.text import one_line
from calculator.files.replacing import folder_beside, go_on
from calculator.letters.claim import claims
from calculator.letters.letter import Letter, LettersWanted, Written
from calculator.letters.placeholders import PLACEHOLDERS, flat_words, letter_words
from calculator.letters.plan import (
    Plan,
    Recipient,
    Writer,
    plan_letters,
)
from calculator.letters.word.fonts import moves_lines
from calculator.letters.word.language import BadTemplate
from calculator.letters.word.templates import LetterTemplate, our_template, their_template, zip_day
from calculator.spreadsheets.results import safe_text
from calculator.spreadsheets.rows import (
    CHUNK,
    Body,
    Chunk,
    Styles,
    lines_needed,
    set_bodies,
    text_cells,
)
from rules import VERSION

LONGEST_NAME = 60
PDF_BATCH = 20
LINES_AT_ONCE = 250
"""Lines of a mail-merge file held at a time: one may have 15,000 characters."""
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices."""
MERGE_NAMES: tuple[str, ...] = tuple(
    placeholder.name for placeholder in PLACEHOLDERS if placeholder.name != "sections"
)
"""The columns of the mail-merge files: every placeholder but our own sections."""


def templates_for(
    request: LettersWanted, outcome: Outcome
) -> dict[tuple[Recipient, Writer], LetterTemplate]:
    """The template of each kind of letter. FileProblem where one of the union's own cannot be used."""
    day = outcome.as_at
    given = {request.own[to] for to in request.to if to in request.own}
    theirs = {own: their_template(own, day) for own in given}
    found = {}
    for to in request.to:
        ours, own = our_template(to, day), request.own.get(to)
        found[to, Writer.UNION] = theirs[own] if own else ours
        found[to, Writer.MEMBER] = ours
    return found


def letters(
    outcome: Outcome,
    plans: Sequence[Plan],
    request: LettersWanted,
    templates: Mapping[tuple[Recipient, Writer], LetterTemplate],
) -> Iterator[Letter]:
    """The letters of those plans that are not skipped, in their order. FileProblem from a bad template."""
    wanted = [plan for plan in plans if not plan.skipped]
    by_row: dict[int, list[Plan]] = {}
    for plan in wanted:
        by_row.setdefault(plan.row, []).append(plan)
    for claim in claims(outcome, list(by_row)):
        for plan in by_row[claim.row]:
            words = letter_words(claim, plan, request.sender)
            try:
                docx = templates[plan.to, plan.writer].letter(words)
            except BadTemplate as problem:
                own = request.own_of(plan)
                raise FileProblem(f"{own.name if own else 'the letter'}: {problem}") from None
            yield Letter(plan, words, docx, outcome.as_at)


def one_letter(outcome: Outcome, row: int, to: Recipient, request: LettersWanted) -> Letter | Plan:
    """The letter of one row to one recipient, or its plan where it is not written: see ``skipped``."""
    plans = plan_letters(
        outcome,
        (to,),
        request.without_consent,
        request.sender.reply_days,
        request.own,
    )
    plan = next(found for found in plans if found.row == row)
    if plan.skipped:
        return plan
    asked = replace(request, to=(to,), pdf=False)
    return next(letters(outcome, [plan], asked, templates_for(asked, outcome)))


def file_names(references: Sequence[str]) -> list[str]:
    """A safe name for each case reference, unlike every other in any file system, without an ending.

    What is no letter, digit, point, hyphen or underscore becomes a hyphen; a second of one name gets a
    number.
    """
    used: set[str] = set()
    names = []
    for reference in references:
        name = _UNSAFE.sub("-", reference)[:LONGEST_NAME].strip(".-") or "case"
        if _RESERVED.fullmatch(name):
            name = f"case-{name}"
        unique, number = name, 2
        while unique.casefold() in used:
            unique, number = f"{name}-{number}", number + 1
        used.add(unique.casefold())
        names.append(unique)
    return names


def write_letters(
    path: Path,
    outcome: Outcome,
    request: LettersWanted,
    progress: Callable[[int, int], None] | None = None,
) -> Written:
    """Write the zip of letters to ``path``, with ``index.xlsx`` and the folder ``merge``.

    ``progress`` is called with the letters written and those to write. FileProblem where the template cannot be
    used, or where a PDF is asked for and cannot be made. Where no letter is written the index says why.
    """
    plans = plan_letters(
        outcome,
        request.to,
        request.without_consent,
        request.sender.reply_days,
        request.own,
    )
    templates = templates_for(request, outcome)
    pdf = _pdf_maker(request) if request.pdf else None
    names = file_names(outcome.cases.text["case_ref"].tolist())
    moment = datetime.combine(zip_day(outcome.as_at), time())
    with (
        folder_beside(path) as folder,
        ZipFile(path, "w") as out,
    ):
        merges = _Merges(folder, moment, request.to)
        done, total = 0, sum(not plan.skipped for plan in plans)
        without_pdf: list[Plan] = []
        for some in _batches(letters(outcome, plans, request, templates), PDF_BATCH if pdf else 1):
            go_on()
            pdfs = pdf(some) if pdf else [None] * len(some)
            for letter, made in zip(some, pdfs, strict=True):
                base = _place(letter.plan, names)
                _put(out, f"{base}.docx", letter.docx, moment, ZIP_STORED)
                if made is not None:
                    _put(out, f"{base}.pdf", made, moment, ZIP_STORED)
                elif pdf is not None:
                    without_pdf.append(letter.plan)
                merges.add(letter)
                done += 1
            if progress is not None:
                progress(done, total)
        merges.close()
        for file in merges.files:
            _put(out, f"merge/{file.name}", file.read_bytes(), moment, ZIP_DEFLATED)
        if pdf is not None:
            plans = _with_pdf_notes(plans, request, without_pdf)
        index = folder / "index.xlsx"
        _index(index, outcome, plans, names, request, moment)
        _put(out, "index.xlsx", index.read_bytes(), moment, ZIP_STORED)
    skipped: dict[str, int] = {}
    for plan in plans:
        if plan.skipped:
            skipped[plan.skipped] = skipped.get(plan.skipped, 0) + 1
    return Written(done, skipped)


def _batches(made: Iterator[Letter], size: int) -> Iterator[list[Letter]]:
    while some := list(islice(made, size)):
        yield some


def _place(plan: Plan, names: Sequence[str]) -> str:
    return f"letters/{plan.to}/{names[plan.row]}"


def _pdf_maker(request: LettersWanted) -> Callable[[Sequence[Letter]], list[bytes | None]]:
    from calculator.letters.word.pdf import pdf_maker

    return pdf_maker(request)


def _with_pdf_notes(
    plans: Sequence[Plan], request: LettersWanted, without_pdf: Sequence[Plan]
) -> list[Plan]:
    """The plans, with what is to know of their PDFs: that there is none, or that its lines may move."""
    moving = {own for own in request.own.values() if moves_lines(own)}
    noted = []
    for plan in plans:
        if without_pdf and plan in without_pdf:
            noted.append(replace(plan, notes=(*plan.notes, "no_pdf")))
        elif not plan.skipped and request.own_of(plan) in moving:
            noted.append(replace(plan, notes=(*plan.notes, "other_font")))
        else:
            noted.append(plan)
    return noted


def _put(out: ZipFile, name: str, data: bytes, moment: datetime, how: int) -> None:
    info = ZipInfo(name, (moment.year, moment.month, moment.day, 0, 0, 0))
    info.compress_type, info.external_attr, info.create_system = how, 0o644 << 16, 3
    out.writestr(info, data)


class _Merges:
    """The mail-merge files: a .csv and an .xlsx for each recipient, every cell text.

    The lines are kept in a file as they come, and written as both when all are there.
    """

    def __init__(self, folder: Path, moment: datetime, to: Collection[Recipient]) -> None:
        self.files: list[Path] = []
        self._folder, self._moment = folder, moment
        self._lines = {recipient: (folder / f"{recipient}.lines") for recipient in to}
        self._streams: dict[Recipient, IO[bytes]] = {
            recipient: path.open("wb") for recipient, path in self._lines.items()
        }

    def add(self, letter: Letter) -> None:
        """Keep the line of one letter."""
        flat = flat_words(letter.words)
        marshal.dump([flat[name] for name in MERGE_NAMES], self._streams[letter.plan.to])

    def close(self) -> None:
        """Write the files."""
        for stream in self._streams.values():
            stream.close()
        for recipient, lines in self._lines.items():
            text, book = self._folder / f"{recipient}.csv", self._folder / f"{recipient}.xlsx"
            self.files += [text, book]
            with text.open("w", encoding="utf-8-sig", newline="") as out:
                table = csv.writer(out)
                table.writerow(MERGE_NAMES)
                for rows in _read_lines(lines):
                    table.writerows([[safe_text(cell) for cell in row] for row in rows])
            sheet = _Table("Letters", [(name, 18) for name in MERGE_NAMES], _read_lines(lines))
            _write_tables(book, [sheet], "Mail merge", self._moment)


def _read_lines(path: Path) -> Iterator[list[list[str]]]:
    """The lines of a file of ours, some at a time."""
    with path.open("rb") as file:
        rows: list[list[str]] = []
        for _ in iter(partial(_at_end, file), True):
            rows.append(marshal.load(file))  # noqa: S302 - written by us, in a folder of our own
            if len(rows) == LINES_AT_ONCE:
                yield rows
                rows = []
        if rows:
            yield rows


def _at_end(file: IO[bytes]) -> bool:
    return not file.peek(1)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class _Table:
    """A sheet of text: its name, its headings with their widths, its rows some at a time."""

    name: str
    heads: Sequence[tuple[str, int]]
    rows: Iterable[list[list[str]]]
    wrapped: bool = False


def _write_tables(path: Path, tables: Sequence[_Table], title: str, moment: datetime) -> None:
    """Write a workbook of text, each sheet with a heading row that stays in view."""
    laid_out = path.with_suffix(".laid_out.xlsx")
    book = xlsxwriter.Workbook(str(laid_out), {"constant_memory": True, "tmpdir": str(path.parent)})
    book.set_properties({"title": title, "created": moment})
    heading = book.add_format({"bold": True, "border": 1, "bg_color": "#E9ECEF", "valign": "top"})
    styles = Styles(
        {
            "text": book.add_format({"num_format": "@", "valign": "top"}),
            "wrapped": book.add_format({"num_format": "@", "valign": "top", "text_wrap": True}),
        }
    )
    bodies = []
    for place, table in enumerate(tables):
        page = book.add_worksheet(table.name)
        page.freeze_panes(1, 1)
        page.set_landscape()
        page.repeat_rows(0)
        for column, (head, width) in enumerate(table.heads):
            page.set_column(column, column, width)
            page.write_string(0, column, head, heading)
        if place == 0:
            styles.sample(page)
        bodies.append(Body(page, len(table.heads), partial(_text_chunks, table)))
    book.close()
    set_bodies(laid_out, path, bodies, styles)


def _text_chunks(table: _Table, styles: Styles) -> Iterator[Chunk]:
    style = styles["wrapped" if table.wrapped else "text"]
    widths = [width for _, width in table.heads]
    for rows in table.rows:
        cells = [text_cells(column, style) for column in zip(*rows, strict=True)]
        yield Chunk(cells, lines_needed(rows, widths) if table.wrapped else ())


_INDEX = (
    ("Case", 16),
    ("Letter to", 11),
    ("Status", 10),
    ("Why, or what to know first", 70),
    ("In the name of", 14),
    ("File", 34),
    ("Result", 20),
    ("Urgency", 10),
    ("Contract claim: last day", 20),
    ("Reg 4 claim: last day", 20),
    ("Reply asked for by", 20),
)


def _index(
    path: Path,
    outcome: Outcome,
    plans: Sequence[Plan],
    names: Sequence[str],
    request: LettersWanted,
    moment: datetime,
) -> None:
    """Write the index workbook: each letter written or not, and why. It holds no names of persons."""
    references = outcome.cases.text["case_ref"].tolist()
    columns = {
        name: outcome.texts(name)
        for name in ("triage", "urgency", "contract_last_day", "statute_last_day")
    }
    reply = shown_day(request.sender.reply_by(outcome.as_at))
    lines = []
    for plan in plans:
        said = (
            LETTER_SKIPPED[plan.skipped]
            if plan.skipped
            else " ".join(LETTER_NOTES[note] for note in plan.notes)
        )
        lines.append(
            [
                one_line(references[plan.row]),
                plan.to.value,
                "skipped" if plan.skipped else "written",
                said,
                ""
                if plan.skipped
                else "the member"
                if plan.writer is Writer.MEMBER
                else "the union",
                "" if plan.skipped else f"{_place(plan, names)}.docx",
                columns["triage"][plan.row].replace("_", " "),
                columns["urgency"][plan.row],
                columns["contract_last_day"][plan.row],
                columns["statute_last_day"][plan.row],
                "" if plan.skipped else reply,
            ]
        )
    about = [
        ["Worked out as at", shown_day(outcome.as_at)],
        ["Rules", VERSION],
        ["Positions", outcome.positions.described()],
        ["Letters without consent", request.without_consent.value],
        *(
            [f"Template for letters to the {to}", own.name if own else "the plain letter"]
            for to, own in ((to, request.own.get(to)) for to in request.to)
        ),
        [
            "Before a letter goes",
            "A lawyer should check its figures and dates. No letter stops the court's clock.",
        ],
    ]
    _write_tables(
        path,
        [
            _Table(
                "Letters", _INDEX, [lines[n : n + CHUNK] for n in range(0, len(lines), CHUNK)], True
            ),
            _Table("About", (("What", 36), ("Value", 90)), [about], True),
        ],
        "Letters: index",
        moment,
    )
