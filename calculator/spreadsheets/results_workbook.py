"""The results workbook: who is owed what, most urgent first, with the working, the problems and the law.

The large sheets are rendered row by row, so that memory does not grow with them. No cell is ever a formula made of a person's text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from calculator.calculation.assess import work_again
from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.codes import REASONS
from calculator.calculation.figures import (
    FIGURE,
    LETTER_HEADS,
    PAYEE,
    PAYEES,
    Figure,
    LetterLines,
    letter_lines,
)
from calculator.calculation.outcome import Outcome
from calculator.calculation.result_columns import OUTPUTS, OutputKind
from calculator.calculation.signals import Urgency
from calculator.explanation.explain import LIMITS, WARNING, explain
from calculator.explanation.law import citations
from calculator.facts.cells import Raw
from calculator.facts.days import shown_day
from calculator.facts.problems import Problem
from calculator.files.unfinished import folder_beside
from calculator.spreadsheets.read import Sheet
from calculator.spreadsheets.rows import (
    CHUNK,
    MOST_TEXT,
    Body,
    Cells,
    Chunk,
    Styles,
    day_serials,
    lines_needed,
    number_cells,
    own_cells,
    set_bodies,
    styled_text_cells,
    text_cells,
)
from rules import VERSION
from rules.arrays import Counts
from rules.exit_payments import KINDS
from rules.positions import POSITIONS

MOST_EXPLAINED = 20_000
"""Cases explained step by step, the most urgent first: more could fill more lines than a sheet has."""
EXPLAINED_AT_ONCE = 500
MOST_LINKS = 60_000
"""A sheet holds at most 65,530 links."""
MOMENT = "moment"
MOST_EMPLOYERS = 200
KIND_OF = {output.name: output.kind for output in OUTPUTS}
HEADING_OF = {output.name: output.heading for output in OUTPUTS}
_PARTS = {OutputKind.MONEY: 100, OutputKind.HALVES: 2}
_URGENCY_COLOURS = {
    "red": ("#F8D7DA", "#7A0C17"),
    "amber": ("#FFE8B3", "#5C3D00"),
    "green": ("#DDF0DD", "#1E4620"),
    "expired": ("#E2E3E5", "#2B2F33"),
    "advice": ("#DCE9F7", "#12395E"),
}
_BY_URGENCY = (
    "case_ref",
    "employer_name",
    "triage",
    "urgency",
    "confidence",
    "contract_last_day",
    "contract_days_left",
    "statute_last_day",
    "statute_days_left",
    "member_total",
    "scheme_total",
    "missing",
    "ask_employer",
)


@dataclass(frozen=True)
class TableColumn:
    """One column of the results: its heading, and its place in the input or its output name."""

    heading: str
    place: int | None
    output: str | None


@dataclass
class _Formats:
    """The formats of the workbook, made once."""

    heading: Format
    ours: Format
    title: Format
    note: Format
    wrapped: Format
    bold: Format
    link: Format
    moment: Format
    kinds: dict[OutputKind, Format]
    urgency: dict[str, Format]


class _Book:
    """The workbook being written, with what every sheet needs."""

    def __init__(self, path: Path, sheet: Sheet, outcome: Outcome, problems: list[Problem]) -> None:
        self.sheet, self.outcome, self.problems = sheet, outcome, problems
        self.book = xlsxwriter.Workbook(
            str(path),
            {
                "constant_memory": True,
                "tmpdir": str(path.parent),
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_date_format": "d mmm yyyy",
            },
        )
        self.book.set_properties({"title": "Exit-payment cap: results"})
        self.formats = _formats(self.book)
        self.styles = Styles(
            {
                **{kind.value: style for kind, style in self.formats.kinds.items()},
                **self.formats.urgency,
                MOMENT: self.formats.moment,
                "wrapped": self.formats.wrapped,
                "link": self.formats.link,
            }
        )


def write_workbook(
    path: Path,
    columns: Sequence[TableColumn],
    sheet: Sheet,
    outcome: Outcome,
    problems: list[Problem],
    progress: Callable[[int], None] | None = None,
) -> None:
    """Write the whole workbook to ``path``.

    ``columns`` are those of the results in order; ``problems`` all that was found in the input;
    ``progress`` is called with the number of result rows written.
    """
    with folder_beside(path) as folder:
        laid_out = folder / "laid_out.xlsx"
        book = _Book(laid_out, sheet, outcome, problems)
        try:
            _summary(book)
            bodies = [
                _results(book, columns, progress),
                _by_urgency(book),
                _letter_figures(book),
                _explanations(book),
                _problems(book),
            ]
            _law(book)
        finally:
            book.book.close()
        set_bodies(laid_out, path, bodies, book.styles)


def _formats(book: xlsxwriter.Workbook) -> _Formats:
    base = {"valign": "top"}
    head = {**base, "bold": True, "text_wrap": True, "border": 1, "border_color": "#8A8A8A"}
    return _Formats(
        heading=book.add_format({**head, "bg_color": "#E9ECEF"}),
        ours=book.add_format({**head, "bg_color": "#D6E4F0"}),
        title=book.add_format({"bold": True, "font_size": 16}),
        note=book.add_format({"text_wrap": True, "valign": "top", "font_color": "#333333"}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
        bold=book.add_format({"bold": True}),
        link=book.add_format({"font_color": "#0B4F9E", "underline": 1, "valign": "top"}),
        moment=book.add_format({"num_format": "d mmm yyyy hh:mm"}),
        kinds={
            OutputKind.MONEY: book.add_format({"num_format": "£#,##0.00"}),
            OutputKind.DAY: book.add_format({"num_format": "d mmm yyyy"}),
            OutputKind.COUNT: book.add_format({"num_format": "#,##0"}),
            OutputKind.HALVES: book.add_format({"num_format": "0.0"}),
            OutputKind.TEXT: book.add_format({"num_format": "@"}),
        },
        urgency={
            word: book.add_format({"bg_color": back, "font_color": ink, "bold": True})
            for word, (back, ink) in _URGENCY_COLOURS.items()
        },
    )


# Summary


def _summary(book: _Book) -> None:
    page = book.book.add_worksheet("Summary")
    formats, outcome = book.formats, book.outcome
    page.set_column(0, 0, 44)
    page.set_column(1, 8, 18)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.hide_gridlines(2)
    writer = _Lines(page)
    writer.line(("Who is owed what after the exit payment cap", formats.title))
    writer.line(
        (f"Worked out as at {shown_day(outcome.as_at)}, rules {VERSION}.", None),
    )
    writer.line((f"Positions: {outcome.positions.described()}.", None))
    writer.line((WARNING, None))
    writer.line((LIMITS, None))
    writer.line()
    _control_totals(book, writer)
    first, last = _triage_table(book, writer)
    bands = _days_left_table(book, writer)
    _employer_table(book, writer)
    if last >= first:
        _chart(
            book,
            page,
            "Owed with interest, by result",
            first,
            last,
            ((3, "To members"), (4, "To schemes")),
            "G2",
        )
    _chart(book, page, "Cases by days left to claim", bands[0], bands[1], ((1, "Cases"),), "G20")


class _Lines:
    """Writes a sheet line by line, which constant memory asks for."""

    def __init__(self, page: Worksheet) -> None:
        self.page, self.row = page, 0

    def line(self, *cells: tuple[Raw, Format | None]) -> int:
        """Write one line of cells and give its row."""
        for place, (value, style) in enumerate(cells):
            if isinstance(value, str):
                self.page.write_string(self.row, place, value[:MOST_TEXT], style)
            elif isinstance(value, (int, float)):
                self.page.write_number(self.row, place, value, style)
        self.row += 1
        return self.row - 1


def _control_totals(book: _Book, writer: _Lines) -> None:
    """Counts and sums that tie the results to the input."""
    outcome, formats = book.outcome, book.formats
    count, money = formats.kinds[OutputKind.COUNT], formats.kinds[OutputKind.MONEY]
    in_error = int(outcome.cases.in_error.sum())
    read = outcome.cases.size
    writer.line(("Control totals", formats.heading), ("", formats.heading))
    for label, value in (
        ("Rows read", read),
        ("Rows worked out", read - in_error),
        ("Rows in error", in_error),
        ("Cells to mend or confirm", len(book.problems)),
    ):
        writer.line((label, None), (value, count))
    live = ~outcome.cases.in_error
    for label, suffix in (("Due, as entered", "due"), ("Paid, as entered", "paid")):
        entered = sum(int(outcome.cases.money[f"{k.name}_{suffix}"][live].sum()) for k in KINDS)
        writer.line((f"{label}, rows worked out", None), (entered / 100, money))
    for name in ("due_total", "paid_total", "difference", "member_total", "scheme_total"):
        column = outcome.figures(name)
        total = int(column.values[column.filled].sum())
        writer.line((f"{HEADING_OF[name]}, where known", None), (total / 100, money))
    writer.line()


def _triage_table(book: _Book, writer: _Lines) -> tuple[int, int]:
    outcome, formats = book.outcome, book.formats
    count, money = formats.kinds[OutputKind.COUNT], formats.kinds[OutputKind.MONEY]
    totals = [outcome.figures(f"{payee}_total") for payee in ("member", "scheme")]
    heads = ("Result", "Cases", "Red or expired", "Owed to members", "Owed to schemes")
    writer.line(*((head, formats.heading) for head in heads))
    first = writer.row
    pressing = np.isin(outcome.signals.urgency, [Urgency.RED, Urgency.EXPIRED])
    for triage in Triage:
        where = outcome.triage == triage
        if where.any():
            sums = [int(column.values[where & column.filled].sum()) for column in totals]
            writer.line(
                (triage.name.lower().replace("_", " "), None),
                (int(where.sum()), count),
                (int((where & pressing).sum()), count),
                (sums[0] / 100, money),
                (sums[1] / 100, money),
            )
    last = writer.row - 1
    writer.line()
    return first, last


def _days_left_table(book: _Book, writer: _Lines) -> tuple[int, int]:
    formats = book.formats
    writer.line(("Days left to claim", formats.heading), ("Cases", formats.heading))
    first = writer.row
    urgency = book.outcome.signals.urgency
    for code, label in (
        (Urgency.RED, "28 or fewer (red)"),
        (Urgency.AMBER, "29 to 90 (amber)"),
        (Urgency.GREEN, "More than 90 (green)"),
        (Urgency.EXPIRED, "None left (expired)"),
        (Urgency.ADVICE, "Scotland: ask a lawyer (advice)"),
    ):
        writer.line((label, None), (int((urgency == code).sum()), formats.kinds[OutputKind.COUNT]))
    last = writer.row - 1
    writer.line()
    return first, last


def _employer_table(book: _Book, writer: _Lines) -> None:
    outcome, formats = book.outcome, book.formats
    names = outcome.cases.text["employer_name"]
    sums: dict[str, list[int]] = {}
    columns = [outcome.figures(f"{payee}_total") for payee in ("member", "scheme")]
    member, scheme = (np.where(c.filled, c.values, 0).tolist() for c in columns)
    for name, to_member, to_scheme in zip(names.tolist(), member, scheme, strict=True):
        entry = sums.setdefault(name, [0, 0, 0])
        entry[0] += 1
        entry[1] += to_member
        entry[2] += to_scheme
    heads = ("Employer", "Cases", "", "Owed to members", "Owed to schemes")
    writer.line(*((head, formats.heading) for head in heads))
    count, money = formats.kinds[OutputKind.COUNT], formats.kinds[OutputKind.MONEY]
    ranked = sorted(sums.items(), key=lambda item: (-max(item[1][1:]), item[0]))
    for name, (cases, to_member, to_scheme) in ranked[:MOST_EMPLOYERS]:
        writer.line(
            (name or "(not given)", None),
            (cases, count),
            ("", None),
            (to_member / 100, money),
            (to_scheme / 100, money),
        )
    if len(ranked) > MOST_EMPLOYERS:
        writer.line((f"and {len(ranked) - MOST_EMPLOYERS} more employers, in the results", None))


def _chart(
    book: _Book,
    page: Worksheet,
    title: str,
    first: int,
    last: int,
    series: Sequence[tuple[int, str]],
    at: str,
) -> None:
    chart = book.book.add_chart({"type": "bar"})
    for (column, name), colour in zip(series, ("#1F5A99", "#C77700"), strict=False):
        chart.add_series(
            {
                "name": name,
                "categories": ["Summary", first, 0, last, 0],
                "values": ["Summary", first, column, last, column],
                "fill": {"color": colour},
            }
        )
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"num_format": "£#,##0" if len(series) > 1 else "0", "label_position": "high"})
    if len(series) == 1:
        chart.set_legend({"none": True})
    chart.set_size({"width": 560, "height": 330})
    page.insert_chart(at, chart, {"description": f"{title}. The same figures are in the table."})


# Results


def _results(
    book: _Book, columns: Sequence[TableColumn], progress: Callable[[int], None] | None
) -> Body:
    page = book.book.add_worksheet("Results")
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.repeat_rows(0)
    page.set_column(0, max(0, len(columns) - 1), 16)
    rows = len(book.sheet.rows)
    for place, column in enumerate(columns):
        style = book.formats.ours if column.output else book.formats.heading
        page.write_string(0, place, column.heading, style)
    page.autofilter(0, 0, rows, max(0, len(columns) - 1))
    book.styles.sample(page)

    def chunks(styles: Styles) -> Iterator[Chunk]:
        for start in range(0, rows, CHUNK):
            here = slice(start, min(start + CHUNK, rows))
            own = list(zip(*book.sheet.rows[here], strict=True))
            cells = [
                _our_cells(book.outcome, column.output, here, styles)
                if column.output
                else own_cells(
                    own[column.place or 0],
                    styles[OutputKind.TEXT],
                    styles[OutputKind.DAY],
                    styles[MOMENT],
                )
                for column in columns
            ]
            yield Chunk(cells)
            if progress is not None:
                progress(here.stop)

    return Body(page, len(columns), chunks)


def _our_cells(outcome: Outcome, name: str, rows: slice | Counts, styles: Styles) -> Cells:
    """One output column of some rows as cells."""
    kind = KIND_OF[name]
    if kind is OutputKind.TEXT:
        texts = outcome.texts(name, rows)
        if name == "urgency":
            return styled_text_cells(texts, [styles[text or kind] for text in texts])
        return text_cells(texts, styles[kind])
    figures = outcome.figures(name)
    values, filled = figures.values[rows], figures.filled[rows].tolist()
    if kind is OutputKind.DAY:
        return number_cells(day_serials(values), filled, styles[kind])
    return number_cells((values / _PARTS.get(kind, 1)).tolist(), filled, styles[kind])


# By urgency


def urgent_first(outcome: Outcome) -> Counts:
    """The rows that have an urgency, most urgent first: by days left, then by what is owed."""
    urgency = outcome.signals.urgency
    rows = np.flatnonzero(urgency != Urgency.NONE)
    far = np.iinfo(np.int64).max
    left = np.full(outcome.cases.size, far)
    for name in ("contract", "statute"):
        column = outcome.figures(f"{name}_days_left")
        still_open = column.filled & (column.values >= 0)
        left = np.minimum(left, np.where(still_open, column.values, far))
    owed = np.zeros(outcome.cases.size, dtype=np.int64)
    for payee in ("member", "scheme"):
        column = outcome.figures(f"{payee}_total")
        owed = np.maximum(owed, np.where(column.filled, column.values, 0))
    # Expired and Scots cases have no day left to count: they stand first, to be looked at today.
    order = np.lexsort((rows, -owed[rows], np.where(left[rows] == far, -1, left[rows])))
    return rows[order]


def _by_urgency(book: _Book) -> Body:
    page = book.book.add_worksheet("By urgency")
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    page.set_column(0, len(_BY_URGENCY) - 3, 16)
    page.set_column(len(_BY_URGENCY) - 2, len(_BY_URGENCY) - 1, 50)
    rows = urgent_first(book.outcome)
    for place, name in enumerate(_BY_URGENCY):
        page.write_string(0, place, HEADING_OF[name], book.formats.ours)
    page.autofilter(0, 0, len(rows), len(_BY_URGENCY) - 1)

    def chunks(styles: Styles) -> Iterator[Chunk]:
        for start in range(0, len(rows), CHUNK):
            here = rows[start : start + CHUNK]
            yield Chunk([_our_cells(book.outcome, name, here, styles) for name in _BY_URGENCY])

    return Body(page, len(_BY_URGENCY), chunks)


# Letter figures


def _letter_figures(book: _Book) -> Body:
    """A row for each case and payee with something owed, under the names of the placeholders of letters."""
    page = book.book.add_worksheet("Letter figures")
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    outcome = book.outcome
    page.set_column(0, len(LETTER_HEADS) - 1, 16)
    for place, name in enumerate(LETTER_HEADS):
        page.write_string(0, place, name, book.formats.ours)
    lines = letter_lines(outcome)
    page.autofilter(0, 0, len(lines.rows), len(LETTER_HEADS) - 1)

    def chunks(styles: Styles) -> Iterator[Chunk]:
        for start in range(0, len(lines.rows), CHUNK):
            some = lines.some(start, CHUNK)
            yield Chunk([_letter_column(outcome, name, some, styles) for name in LETTER_HEADS])

    return Body(page, len(LETTER_HEADS), chunks)


def _letter_column(outcome: Outcome, name: str, lines: LetterLines, styles: Styles) -> Cells:
    if name == PAYEE:
        return text_cells((PAYEES[payee] for payee in lines.payees), styles[OutputKind.TEXT])
    cells = _letter_cells(outcome, FIGURE[name], lines.rows, styles)
    return [cell if shows else "" for cell, shows in zip(cells, lines.shows(name), strict=True)]


def _letter_cells(outcome: Outcome, figure: Figure, rows: Counts, styles: Styles) -> Cells:
    if not figure.is_input:
        return _our_cells(outcome, figure.name, rows, styles)
    cases, style = outcome.cases, styles[figure.kind]
    if figure.kind is OutputKind.TEXT:
        return text_cells(cases.text[figure.name][rows].tolist(), style)
    if figure.kind is OutputKind.DAY:
        days = cases.days[figure.name][rows]
        return number_cells(day_serials(days), (~np.isnat(days)).tolist(), style)
    known = cases.known[figure.name][rows].tolist()
    return number_cells((cases.money[figure.name][rows] / 100).tolist(), known, style)


# Explanations


def _explanations(book: _Book) -> Body:
    page = book.book.add_worksheet("Explanations")
    outcome = book.outcome
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    widths = (12, 5, 34, 16, 100, 44)
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    heads = ("Case", "Step", "What", "Amount", "Working", "Law")
    for place, head in enumerate(heads):
        page.write_string(0, place, head, book.formats.ours)
    wanted = urgent_first(outcome)
    wanted = wanted[np.isin(wanted, letter_lines(outcome).rows)]

    def chunks(styles: Styles) -> Iterator[Chunk]:
        wrapped = styles["wrapped"]
        lines: list[tuple[str, int, str, str, str, str]] = []

        def chunk() -> Chunk:
            case, number, *texts = zip(*lines, strict=True)
            cells = [
                text_cells(case, wrapped),
                number_cells(number, (True,) * len(lines), wrapped),
                *(text_cells(column, wrapped) for column in texts),
            ]
            return Chunk(cells, lines_needed(zip(*texts, strict=True), widths[2:]))

        for start in range(0, min(len(wanted), MOST_EXPLAINED), EXPLAINED_AT_ONCE):
            rows = wanted[start : min(start + EXPLAINED_AT_ONCE, MOST_EXPLAINED)]
            work_again(outcome, rows)
            for row in rows.tolist():
                found = explain(outcome, row)
                for number, step in enumerate(found.steps, 1):
                    law = "; ".join(citation.label for citation in step.citations)
                    lines.append(
                        (found.case_ref, number, step.label, step.shown, step.working, law)
                    )
            yield chunk()
            lines.clear()
        if len(wanted) > MOST_EXPLAINED:
            left_out = (
                f"The {MOST_EXPLAINED:,} most urgent cases of {len(wanted):,} are explained here. For "
                "another, use: exitcap case."
            )
            yield Chunk(
                [text_cells([left_out], styles[OutputKind.TEXT]), *([""] for _ in heads[1:])]
            )

    return Body(page, len(heads), chunks)


# Problems


def _problems(book: _Book) -> Body:
    page = book.book.add_worksheet("Problems")
    sheet, problems = book.sheet, book.problems
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    widths = (16, 10, 30, 16, 60, 60, 14)
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    heads = ("Case", "Cell", "Heading", "Severity", "What is wrong", "What to enter", "In results")
    for place, head in enumerate(heads):
        page.write_string(0, place, head, book.formats.ours)
    if problems:
        page.write_url(1, len(heads) - 1, "internal:'Results'!A2", book.formats.link, "row 2")
    references = book.outcome.cases.text["case_ref"].tolist()

    def chunks(styles: Styles) -> Iterator[Chunk]:
        wrapped = styles["wrapped"]
        for start in range(0, len(problems), CHUNK):
            here = problems[start : start + CHUNK]
            places = [sheet.locate(problem) for problem in here]
            texts = [
                [references[problem.row] for problem in here],
                [cell for cell, _ in places],
                [heading for _, heading in places],
                [problem.severity.value for problem in here],
                [problem.wrong for problem in here],
                [problem.enter for problem in here],
            ]
            cells = [text_cells(column, wrapped) for column in texts]
            leads_to = text_cells([f"row {problem.row + 2}" for problem in here], styles["link"])
            high = lines_needed(zip(*texts, strict=True), widths[:-1])
            yield Chunk([*cells, leads_to], high)

    links = [(below, p.row + 2) for below, p in enumerate(problems[:MOST_LINKS], 2)]
    return Body(page, len(heads), chunks, len(heads) - 1, links)


# Assumptions and law


def _law(book: _Book) -> None:
    page = book.book.add_worksheet("Assumptions and law")
    formats, outcome = book.formats, book.outcome
    # Wide enough not to wrap: not every program fits the height of a row to its text.
    for place, width in enumerate((46, 110, 110, 24)):
        page.set_column(place, place, width)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    writer = _Lines(page)
    writer.line(("Assumptions and law", formats.title))
    writer.line((f"Worked out as at {shown_day(outcome.as_at)}, rules {VERSION}.", None))
    writer.line((LIMITS, None))
    writer.line((WARNING, None))
    writer.line()
    heads = ("Position", "Taken", "Question", "Other values")
    writer.line(*((head, formats.heading) for head in heads))
    for position in POSITIONS:
        taken = getattr(outcome.positions, position.name)
        others = [value for value in position.values if value != taken]
        writer.line(
            (position.name, formats.wrapped),
            (taken, formats.wrapped),
            (f"{position.question} {position.why_open}", formats.wrapped),
            (", ".join(others), formats.wrapped),
        )
    writer.line()
    writer.line(*((head, formats.heading) for head in ("Reason", "What it says")))
    for code in outcome.signals.reasons.used():
        writer.line((code, formats.wrapped), (REASONS[code], formats.wrapped))
    writer.line()
    writer.line(
        *((head, formats.heading) for head in ("Law", "Title", "Address", "How it was seen"))
    )
    for citation in citations():
        writer.line(
            (citation.label, formats.wrapped),
            (citation.source.title, formats.wrapped),
            (citation.url, formats.wrapped),
            (citation.seen.value, formats.wrapped),
        )
