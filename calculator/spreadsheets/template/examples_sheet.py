"""The sheet Examples: the invented cases and their results."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import IntEnum

from xlsxwriter.worksheet import Worksheet

from calculator.facts.fields import Field
from calculator.spreadsheets.template.book import FIRST_ROW, Book
from calculator.spreadsheets.template.cases_sheet import add_table
from calculator.spreadsheets.template.examples import SAMPLES


def add_examples(book: Book, page: Worksheet) -> None:
    """Write each example: what it shows, its result, its cases."""
    notes = 2
    height = sum(notes + len(sample.cases) for sample in SAMPLES)
    add_table(book, page, height)
    row = FIRST_ROW
    for number, sample in enumerate(SAMPLES, 1):
        results = " Then ".join(str(result) for result in sample.results)
        page.write_string(row, 0, f"Example {number}", book.bold)
        page.write_string(row, 1, sample.shows, book.bold)
        page.write_string(row + 1, 0, "Result", book.italic)
        page.write_string(row + 1, 1, results, book.italic)
        row += notes
        for case in sample.cases:
            for column, field in enumerate(book.columns):
                if field.name in case:
                    _write_value(book, page, row, column, field, case[field.name])
            row += 1


def _write_value(
    book: Book, page: Worksheet, row: int, column: int, field: Field, typed: str
) -> None:
    """Write what was typed as the cell that a spreadsheet program would make of it."""
    value, style = field.parse(typed), book.cell_format(field)
    if isinstance(value, IntEnum):
        page.write_string(row, column, value.name.lower(), style)
    elif isinstance(value, int):
        page.write_number(row, column, value / 100, style)
    elif isinstance(value, Decimal):
        page.write_number(row, column, float(value), style)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, style)
    else:
        page.write_string(row, column, typed, style)
