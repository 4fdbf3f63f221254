"""The sheet Summary: control totals, results, days left and employers, with two charts."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from calculator.calculation.codes import AMBER_DAYS, RED_DAYS
from calculator.calculation.output import OutputKind
from calculator.calculation.signals import Urgency
from calculator.calculation.summary import TableSummary, employers_of, summary_of
from calculator.explanation.words import LIMITS, WARNING
from calculator.facts.days import shown_day
from calculator.spreadsheets.results_workbook.book import HEADING_OF, Book, Lines
from rules import VERSION
from rules.exit_payments import Payee
from rules.positions import POSITIONS

MOST_EMPLOYERS = 200
_DAYS_LEFT = {
    Urgency.RED: f"{RED_DAYS} or fewer (red)",
    Urgency.AMBER: f"{RED_DAYS + 1} to {AMBER_DAYS} (amber)",
    Urgency.GREEN: f"More than {AMBER_DAYS} (green)",
    Urgency.EXPIRED: "None left (expired)",
    Urgency.ADVICE: "Scotland: ask a lawyer (advice)",
}


def add_summary(book: Book) -> None:
    """Write the totals, the tables and the charts."""
    page = book.book.add_worksheet("Summary")
    formats, outcome = book.formats, book.outcome
    page.set_column(0, 0, 44)
    page.set_column(1, 8, 18)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.hide_gridlines(2)
    writer = Lines(page)
    writer.line(("Who is owed what after the exit payment cap", formats.title))
    writer.line(
        (f"Calculated as at {shown_day(outcome.as_at)}, rules {VERSION}.", None),
    )
    writer.line((WARNING, None))
    writer.line((LIMITS, None))
    writer.line()
    writer.line(("Open questions of law, as answered here:", None))
    for position in POSITIONS:
        answer = position.said(getattr(outcome.positions, position.name))
        writer.line((f"{position.question} {answer}", None))
    writer.line()
    summary = summary_of(outcome)
    _control_totals(book, summary, writer)
    first, last = _triage_table(book, summary, writer)
    bands = _days_left_table(book, summary, writer)
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


def _control_totals(book: Book, summary: TableSummary, writer: Lines) -> None:
    """Write counts and sums that tie the results to the input."""
    formats = book.formats
    count, money = formats.kinds[OutputKind.COUNT], formats.kinds[OutputKind.MONEY]
    writer.line(("Control totals", formats.heading), ("", formats.heading))
    for label, value in (
        ("Rows read", summary.read),
        ("Rows calculated", summary.computed),
        ("Rows in error", summary.in_error),
        ("Cells to correct or confirm", len(book.problems)),
    ):
        writer.line((label, None), (value, count))
    for side, pence in summary.entered.items():
        label = f"{side.capitalize()}, as entered, rows calculated"
        writer.line((label, None), (pence / 100, money))
    for name, pence in summary.sums.items():
        writer.line((f"{HEADING_OF[name]}, where known", None), (pence / 100, money))
    writer.line()


def _triage_table(book: Book, summary: TableSummary, writer: Lines) -> tuple[int, int]:
    formats = book.formats
    count, money = formats.kinds[OutputKind.COUNT], formats.kinds[OutputKind.MONEY]
    heads = ("Result", "Cases", "Red or expired", "Owed to members", "Owed to schemes")
    writer.line(*((head, formats.heading) for head in heads))
    first = writer.row
    for line in summary.triages:
        writer.line(
            (line.name.replace("_", " "), None),
            (line.cases, count),
            (line.pressing, count),
            (line.owed[Payee.MEMBER] / 100, money),
            (line.owed[Payee.SCHEME] / 100, money),
        )
    last = writer.row - 1
    writer.line()
    return first, last


def _days_left_table(book: Book, summary: TableSummary, writer: Lines) -> tuple[int, int]:
    formats = book.formats
    writer.line(("Days left to claim", formats.heading), ("Cases", formats.heading))
    first = writer.row
    for band, cases in summary.urgency.items():
        writer.line((_DAYS_LEFT[band], None), (cases, formats.kinds[OutputKind.COUNT]))
    last = writer.row - 1
    writer.line()
    return first, last


def _employer_table(book: Book, writer: Lines) -> None:
    formats = book.formats
    heads = ("Employer", "Cases", "", "Owed to members", "Owed to schemes")
    writer.line(*((head, formats.heading) for head in heads))
    count, money = formats.kinds[OutputKind.COUNT], formats.kinds[OutputKind.MONEY]
    employers = employers_of(book.outcome)
    for employer in employers[:MOST_EMPLOYERS]:
        writer.line(
            (employer.name or "(not given)", None),
            (employer.cases, count),
            ("", None),
            (employer.owed[Payee.MEMBER] / 100, money),
            (employer.owed[Payee.SCHEME] / 100, money),
        )
    if len(employers) > MOST_EMPLOYERS:
        left_out = f"and {len(employers) - MOST_EMPLOYERS} more employers, in the results"
        writer.line((left_out, None))


def _chart(
    book: Book,
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
