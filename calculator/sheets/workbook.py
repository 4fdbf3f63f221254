"""The results workbook: who is owed what, most urgent first, with the working, the problems and the law.

Written row by row in constant memory. No cell is ever a formula made of a person's text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from calculator.days import shown_day
from calculator.evaluate import Triage
from calculator.explain import LIMITS, WARNING, explain
from calculator.outcome import OUTPUTS, Outcome, OutputKind, Urgency
from calculator.problems import Problem
from calculator.reading import Raw
from calculator.sheets.read import Sheet
from calculator.words import REASONS
from rules import VERSION, sources
from rules.arrays import Counts
from rules.exit_payments import KINDS
from rules.positions import POSITIONS

MOST_EXPLAINED = 2_000
"""Cases explained step by step, the most urgent first: more would fill a sheet that nobody reads."""
MOST_EMPLOYERS = 200
MOST_XLSX_TEXT = 32_767
EXACT_IN_A_CELL = 2**53
"""Whole numbers up to here stand exactly in a cell; a longer one is kept as text."""
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
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_date_format": "d mmm yyyy",
            },
        )
        self.book.set_properties({"title": "Exit-payment cap: results"})
        self.formats = _formats(self.book)


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
    book = _Book(path, sheet, outcome, problems)
    try:
        _summary(book)
        _results(book, columns, progress)
        _by_urgency(book)
        _letter_figures(book)
        _explanations(book)
        _problems(book)
        _law(book)
    finally:
        book.book.close()


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
                self.page.write_string(self.row, place, value[:MOST_XLSX_TEXT], style)
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
) -> None:
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
    writers = [_cell_writer(book, page, place, column) for place, column in enumerate(columns)]
    for row in range(rows):
        for write in writers:
            write(row)
        if progress is not None and row % 1000 == 999:
            progress(row + 1)
    if progress is not None:
        progress(rows)


def _cell_writer(
    book: _Book, page: Worksheet, place: int, column: TableColumn
) -> Callable[[int], None]:
    """What writes one row's cell of a column; the values are at hand as plain lists."""
    formats = book.formats
    if column.output is None:
        cells = book.sheet.column(column.place or 0)
        return lambda row: _own_cell(page, row + 1, place, cells[row], formats)
    kind = KIND_OF[column.output]
    if kind is OutputKind.TEXT:
        texts = book.outcome.texts(column.output)
        styles = formats.urgency if column.output == "urgency" else {}
        plain = formats.kinds[kind]

        def write_text(row: int) -> None:
            if text := texts[row]:
                page.write_string(row + 1, place, text[:MOST_XLSX_TEXT], styles.get(text, plain))

        return write_text
    figures = book.outcome.figures(column.output)
    style = formats.kinds[kind]
    filled = figures.filled.tolist()
    if kind is OutputKind.DAY:
        days = figures.values.tolist()

        def write_day(row: int) -> None:
            if filled[row]:
                page.write_datetime(row + 1, place, days[row], style)

        return write_day
    numbers = (figures.values / _PARTS.get(kind, 1)).tolist()

    def write_number(row: int) -> None:
        if filled[row]:
            page.write_number(row + 1, place, numbers[row], style)

    return write_number


def _own_cell(page: Worksheet, row: int, place: int, value: Raw, formats: _Formats) -> None:
    """A cell of the person's own: numbers, days and text stay what they are; never a formula."""
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_boolean(row, place, value)
    elif isinstance(value, (int, float)) and abs(value) < EXACT_IN_A_CELL:
        page.write_number(row, place, value)
    elif isinstance(value, (date, datetime)):
        page.write_datetime(row, place, value)
    else:
        page.write_string(row, place, str(value)[:MOST_XLSX_TEXT], formats.kinds[OutputKind.TEXT])


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


def _by_urgency(book: _Book) -> None:
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
    _write_rows(book, page, _BY_URGENCY, rows)


def _write_rows(book: _Book, page: Worksheet, names: Sequence[str], rows: Counts) -> None:
    """Some output columns of some rows, in the order given, below a heading."""
    values = [_values(book.outcome, name) for name in names]
    for below, row in enumerate(rows.tolist(), 1):
        for place, name in enumerate(names):
            _our_cell(page, below, place, values[place](row), name, book.formats)


def _values(outcome: Outcome, name: str) -> Callable[[int], Raw]:
    if KIND_OF[name] is OutputKind.TEXT:
        texts = outcome.texts(name)
        return lambda row: texts[row]
    figures = outcome.figures(name)
    values, filled = figures.values.tolist(), figures.filled.tolist()
    return lambda row: values[row] if filled[row] else None


def _our_cell(
    page: Worksheet, row: int, place: int, value: Raw, name: str, formats: _Formats
) -> None:
    kind = KIND_OF[name]
    style = formats.kinds[kind]
    if isinstance(value, str) and value:
        style = formats.urgency.get(value, style) if name == "urgency" else style
        page.write_string(row, place, value[:MOST_XLSX_TEXT], style)
    elif isinstance(value, date):
        page.write_datetime(row, place, value, style)
    elif isinstance(value, int):
        page.write_number(row, place, value / _PARTS.get(kind, 1), style)


# Letter figures


LETTER_FIELDS: tuple[tuple[str, str], ...] = (
    ("case_ref", "case_ref"),
    ("person_ref", "person_ref"),
    ("employer_name", "employer_name"),
    ("due_total", "due_total"),
    ("paid_total", "paid_total"),
    ("shortfall", "{}_shortfall"),
    ("outstanding", "{}_outstanding"),
    ("interest_from", "interest_from_{}"),
    ("interest", "{}_interest"),
    ("daily_interest", "{}_daily_interest"),
    ("total", "{}_total"),
    ("contract_last_day", "contract_last_day"),
    ("statute_last_day", "statute_last_day"),
    ("confidence", "confidence"),
    ("as_at", "as_at"),
)
"""Names for mail merge, and the output column each is read from, by payee."""


def letter_rows(outcome: Outcome) -> Iterator[tuple[int, str]]:
    """Each case and payee to whom something is owed, in the order of the table."""
    owed = {}
    for payee in ("member", "scheme"):
        column = outcome.figures(f"{payee}_total")
        owed[payee] = (column.filled & (column.values > 0)).tolist()
    for row in range(outcome.cases.size):
        for payee in ("member", "scheme"):
            if owed[payee][row]:
                yield row, payee


def _letter_figures(book: _Book) -> None:
    page = book.book.add_worksheet("Letter figures")
    page.freeze_panes(1, 1)
    outcome = book.outcome
    heads = ["case_ref", "payee", "member_name", *(name for name, _ in LETTER_FIELDS[1:])]
    page.set_column(0, len(heads) - 1, 16)
    for place, head in enumerate(heads):
        page.write_string(0, place, head, book.formats.ours)
    values = {
        column.format(payee): _values(outcome, column.format(payee))
        for _, column in LETTER_FIELDS
        for payee in ("member", "scheme")
    }
    names = outcome.cases.text["member_name"]
    text = book.formats.kinds[OutputKind.TEXT]
    below = 0
    for below, (row, payee) in enumerate(letter_rows(outcome), 1):
        _our_cell(page, below, 0, values["case_ref"](row), "case_ref", book.formats)
        page.write_string(below, 1, payee, text)
        page.write_string(below, 2, names[row][:MOST_XLSX_TEXT], text)
        for place, (_, column) in enumerate(LETTER_FIELDS[1:], 3):
            name = column.format(payee)
            _our_cell(page, below, place, values[name](row), name, book.formats)
    page.autofilter(0, 0, below, len(heads) - 1)


# Explanations


def _explanations(book: _Book) -> None:
    page = book.book.add_worksheet("Explanations")
    formats, outcome = book.formats, book.outcome
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.repeat_rows(0)
    for place, width in enumerate((14, 6, 50, 20, 170, 70)):
        page.set_column(place, place, width)
    for place, head in enumerate(("Case", "Step", "What", "Amount", "Working", "Law")):
        page.write_string(0, place, head, formats.ours)
    member, scheme = outcome.figures("member_total"), outcome.figures("scheme_total")
    owed = np.where(member.filled, member.values, 0) + np.where(scheme.filled, scheme.values, 0)
    wanted = urgent_first(outcome)
    wanted = wanted[owed[wanted] > 0]
    below = 1
    # In the order of the table, so that each block of rows is worked again only once.
    for row in np.sort(wanted[:MOST_EXPLAINED]).tolist():
        found = explain(outcome, row)
        for number, step in enumerate(found.steps, 1):
            page.write_string(below, 0, found.case_ref[:MOST_XLSX_TEXT], formats.wrapped)
            page.write_number(below, 1, number, formats.wrapped)
            page.write_string(below, 2, step.label, formats.wrapped)
            page.write_string(below, 3, step.shown, formats.wrapped)
            page.write_string(below, 4, step.working, formats.wrapped)
            law = "; ".join(citation.label for citation in step.citations)
            page.write_string(below, 5, law, formats.wrapped)
            below += 1
    if len(wanted) > MOST_EXPLAINED:
        page.write_string(
            below,
            0,
            f"The {MOST_EXPLAINED:,} most urgent cases of {len(wanted):,} are explained here. For another, "
            "use: exitcap case.",
        )


# Problems


def _problems(book: _Book) -> None:
    page = book.book.add_worksheet("Problems")
    formats, sheet = book.formats, book.sheet
    page.freeze_panes(1, 0)
    for place, width in enumerate((16, 10, 30, 16, 60, 60, 14)):
        page.set_column(place, place, width)
    heads = ("Case", "Cell", "Heading", "Severity", "What is wrong", "What to enter", "In results")
    for place, head in enumerate(heads):
        page.write_string(0, place, head, formats.ours)
    references = book.outcome.cases.text["case_ref"]
    for below, problem in enumerate(book.problems, 1):
        cell, heading = sheet.locate(problem)
        page.write_string(below, 0, references[problem.row][:MOST_XLSX_TEXT], formats.wrapped)
        page.write_string(below, 1, cell, formats.wrapped)
        page.write_string(below, 2, heading[:MOST_XLSX_TEXT], formats.wrapped)
        page.write_string(below, 3, problem.severity.value, formats.wrapped)
        page.write_string(below, 4, problem.wrong, formats.wrapped)
        page.write_string(below, 5, problem.enter, formats.wrapped)
        if below <= 60_000:  # a sheet holds at most 65,530 links
            target = f"internal:'Results'!A{problem.row + 2}"
            page.write_url(below, 6, target, formats.link, f"row {problem.row + 2}")


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
    given = int(np.bitwise_or.reduce(outcome.signals.reasons.bits, initial=0))
    for place, code in enumerate(outcome.signals.reasons.codes):
        if given >> place & 1:
            writer.line((code, formats.wrapped), (REASONS[code], formats.wrapped))
    writer.line()
    writer.line(
        *((head, formats.heading) for head in ("Law", "Title", "Address", "How it was seen"))
    )
    for citation in _citations():
        writer.line(
            (citation.label, formats.wrapped),
            (citation.source.title, formats.wrapped),
            (citation.url, formats.wrapped),
            (citation.seen.value, formats.wrapped),
        )


def _citations() -> list[sources.Citation]:
    return [value for value in vars(sources).values() if isinstance(value, sources.Citation)]
