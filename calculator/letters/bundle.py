"""The zip of letters of a table of cases: Word files, an index, labels, mail-merge files; PDFs and e-mail drafts.

The same cases, settings and day give the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from calculator.calculation.outcome import Outcome
from calculator.files.replacing import go_on
from calculator.letters.chaser import chasers_of, letters_without_case
from calculator.letters.file_names import file_names, path_in_zip
from calculator.letters.index import Noted, in_order, write_index
from calculator.letters.letter import Letter, LettersWanted, Written
from calculator.letters.mail_merge import MailMerge
from calculator.letters.make import letters, plans_for, templates_for
from calculator.letters.plan import Plan
from calculator.letters.posting import (
    Emails,
    Labels,
    PrintFiles,
    email_draft,
    letter_head,
)
from calculator.letters.said import Said
from calculator.letters.tracker import Tracker
from calculator.letters.word.fonts import moves_lines
from calculator.letters.word.templates import zip_day

PDF_BATCH = 20


def write_letters(
    path: Path,
    outcome: Outcome,
    request: LettersWanted,
    progress: Callable[[int, int], None] | None = None,
    said: Said | None = None,
    chase: Tracker | None = None,
) -> Written:
    """Write the zip of letters to ``path``, with ``index.xlsx``, ``labels.xlsx`` and the folder ``merge``.

    ``progress`` is called with the number of letters written and the number to write. ``said`` is what
    reading the cases said, for the index. With ``chase``, an index that was filled in, chasers are written
    in place of letters. FileProblem where a template cannot be used, or a PDF is wanted and cannot be made.
    Where no letter is written the index says why.
    """
    said = said or Said()
    plans = plans_for(request, outcome)
    if chase is not None:
        plans = chasers_of(plans, outcome, chase)
        said = replace(said, notices=(*said.notices, *letters_without_case(outcome, chase)))
    plans = in_order(plans, outcome)
    templates = templates_for(request, outcome, chasers=chase is not None)
    pdf = _pdf_maker(request) if request.pdf else None
    moment = datetime.combine(zip_day(outcome.as_at), time())
    with TemporaryDirectory(dir=path.parent) as scratch, ZipFile(path, "w") as out:
        bundle = _Bundle(out, Path(scratch), outcome, request, moment)
        done, total = 0, sum(not plan.skipped for plan in plans)
        made = letters(outcome, plans, request, templates)
        for some in _batches(made, PDF_BATCH if pdf else 1):
            go_on()
            pdfs = pdf(some) if pdf else [None] * len(some)
            for letter, of_letter in zip(some, pdfs, strict=True):
                bundle.add(letter, of_letter)
                done += 1
            if progress is not None:
                progress(done, total)
        bundle.close(plans, said)
    return Written(done, dict(Counter(plan.skipped for plan in plans if plan.skipped)))


class _Bundle:
    """The zip while its letters are added."""

    def __init__(
        self,
        out: ZipFile,
        folder: Path,
        outcome: Outcome,
        request: LettersWanted,
        moment: datetime,
    ) -> None:
        self._print = PrintFiles() if request.pdf else None
        self._out, self._folder, self._moment = out, folder, moment
        self._outcome, self._request = outcome, request
        self._references = outcome.cases.text["case_ref"].tolist()
        self._names = file_names(self._references)
        self._merges = MailMerge(folder, moment, request.to)
        self._labels, self._emails = Labels(), Emails(outcome)
        self._noted, self._without_pdf = Noted(), set[Plan]()

    def add(self, letter: Letter, pdf: bytes | None) -> None:
        """Add a letter, with its PDF where one was made, and all that goes with it."""
        plan = letter.plan
        base = path_in_zip(plan, self._names, letter.day)
        name = base.rpartition("/")[2]
        self._put(f"{base}.docx", letter.docx, ZIP_STORED)
        email = self._emails.of(plan).email
        if pdf is not None:
            self._put(f"{base}.pdf", pdf, ZIP_STORED)
        elif self._print is not None:
            self._without_pdf.add(plan)
        if pdf is not None and self._print is not None:
            self._print.add(plan.to, pdf)
            if email:
                draft = email_draft(letter, email, name, pdf)
                self._put(f"email/{plan.to}/{name}.eml", draft, ZIP_DEFLATED)
        self._labels.add(letter, self._references[plan.row], f"{base}.docx")
        of_sending = {"file_name": name, "email": email, "letter_head": letter_head(letter)}
        self._merges.add(letter, of_sending)
        self._noted.case(letter.claim)

    def close(self, plans: Sequence[Plan], said: Said) -> None:
        """Add what is of all letters, the index last."""
        self._merges.close()
        for file in self._merges.files:
            self._put(f"merge/{file.name}", file.read_bytes(), ZIP_DEFLATED)
        labels = self._folder / "labels.xlsx"
        self._labels.write(labels, self._moment)
        self._put("labels.xlsx", labels.read_bytes(), ZIP_STORED)
        if self._print is not None:
            plans = self._with_pdf_notes(plans)
            for file in self._print.write(self._folder):
                self._put(
                    f"print/{file.name.removeprefix('print_')}", file.read_bytes(), ZIP_STORED
                )
        if self._labels.without:
            self._noted.about.append(
                ("Letters without an address", f"{self._labels.without:,}: not in labels.xlsx")
            )
        if self._merges.cut:
            self._noted.about.append(
                (
                    "Columns that Word may cut to 255 characters in a mail merge",
                    ", ".join(self._merges.cut),
                )
            )
        index = self._folder / "index.xlsx"
        write_index(
            index,
            self._outcome,
            plans,
            self._names,
            self._request,
            self._moment,
            said,
            self._noted,
        )
        self._put("index.xlsx", index.read_bytes(), ZIP_STORED)

    def _with_pdf_notes(self, plans: Sequence[Plan]) -> list[Plan]:
        """The plans, with what is to know of their PDFs and of the e-mail drafts that hold them."""
        moving = {own for own in self._request.own.values() if moves_lines(own)}
        noted = []
        for plan in plans:
            notes = list(plan.notes)
            if plan in self._without_pdf:
                notes.append("no_pdf")
            elif not plan.skipped:
                notes += ["other_font"] if self._request.own_of(plan) in moving else []
                notes += [note for note in [self._emails.of(plan).note] if note]
            noted.append(replace(plan, notes=tuple(notes)))
        return noted

    def _put(self, name: str, data: bytes, how: int) -> None:
        moment = self._moment
        info = ZipInfo(name, (moment.year, moment.month, moment.day, 0, 0, 0))
        info.compress_type, info.external_attr, info.create_system = how, 0o644 << 16, 3
        self._out.writestr(info, data)


def _batches(made: Iterator[Letter], size: int) -> Iterator[list[Letter]]:
    while some := list(islice(made, size)):
        yield some


def _pdf_maker(request: LettersWanted) -> Callable[[Sequence[Letter]], list[bytes | None]]:
    from calculator.letters.word.pdf import pdf_maker

    return pdf_maker(request)
