"""The sheet By urgency: the open cases, most urgent first."""

from __future__ import annotations

from collections.abc import Iterator

from calculator.calculation.urgent_first import urgent_first
from calculator.spreadsheets.results_workbook.book import HEADING_OF, Book, output_cells
from calculator.spreadsheets.rows import CHUNK, Body, Chunk, Styles

_BY_URGENCY = (
    "case_ref",
    "employer_name",
    "triage",
    "urgency",
    "issue_by",
    "to_check",
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


def add_by_urgency(book: Book) -> Body:
    """Lay out the cases that have an urgency, with the columns to act on."""
    page = book.book.add_worksheet("By urgency")
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    page.set_column(0, len(_BY_URGENCY) - 3, 16)
    page.set_column(len(_BY_URGENCY) - 2, len(_BY_URGENCY) - 1, 50)
    rows = urgent_first(book.outcome)
    for column, name in enumerate(_BY_URGENCY):
        page.write_string(0, column, HEADING_OF[name], book.formats.ours)
    page.autofilter(0, 0, len(rows), len(_BY_URGENCY) - 1)

    def chunks(styles: Styles) -> Iterator[Chunk]:
        for start in range(0, len(rows), CHUNK):
            chunk = rows[start : start + CHUNK]
            yield Chunk([output_cells(book.outcome, name, chunk, styles) for name in _BY_URGENCY])

    return Body(page, len(_BY_URGENCY), chunks)
