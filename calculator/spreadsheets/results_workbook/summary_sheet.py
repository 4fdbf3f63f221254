"""The sheet Summary: control totals, results, days left and employers, with two charts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from xlsxwriter.worksheet import Worksheet

from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.result_columns import OutputKind
from calculator.calculation.signals import Urgency
from calculator.explanation.words import LIMITS, WARNING
from calculator.facts.days import shown_day
from calculator.spreadsheets.results_workbook.book import HEADING_OF, Book, Lines
from rules import VERSION
from rules.exit_payments import KINDS

MOST_EMPLOYERS = 200


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


def _control_totals(book: Book, writer: Lines) -> None:
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


def _triage_table(book: Book, writer: Lines) -> tuple[int, int]:
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


def _days_left_table(book: Book, writer: Lines) -> tuple[int, int]:
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


def _employer_table(book: Book, writer: Lines) -> None:
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
