"""The sheet of cases: bands, headings, formats and checks."""

from __future__ import annotations

import textwrap
from math import ceil

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from calculator.facts.fields import Field, Kind
from calculator.spreadsheets.template.book import (
    FIRST_ROW,
    LINE,
    REQUIRED,
    Book,
    print_on,
    template_heading,
)
from calculator.spreadsheets.template.checks import check_of, messages

_WIDTHS = {
    Kind.TEXT: 20,
    Kind.MONEY: 15,
    Kind.MONEY_OR_ALL: 15,
    Kind.DAY: 14,
    Kind.DAY_OR_NONE: 14,
    Kind.HOURS: 12,
    Kind.LIST: 30,
}
_WIDER = {"employer_name": 32, "notes": 44}
_ADDRESS = 32
_BUTTON = 4
"""Room for the arrow of a drop-down or filter."""
_PAGE_WIDTH = 170
"""Characters across a printed page that can still be read."""
_BAND_COLUMNS = 6
"""The most columns under one band."""


def add_table(book: Book, page: Worksheet, rows: int) -> None:
    """Write bands, headings, formats and checks: everything of a sheet of cases but the cases."""
    last_row, last_column = FIRST_ROW + rows - 1, len(book.columns) - 1
    widths = [_width(field) for field in book.columns]
    lines = 1
    for column, field in enumerate(book.columns):
        page.set_column(column, column, widths[column], book.cell_format(field))
        heading = template_heading(field)
        page.write_string(FIRST_ROW - 1, column, heading, book.heading_format(field))
        lines = max(lines, len(textwrap.wrap(heading, widths[column] - 1)))
        first_cell = xl_rowcol_to_cell(FIRST_ROW, column)
        check = messages(field) | check_of(book, field, first_cell)
        page.data_validation(FIRST_ROW, column, last_row, column, check)
    page.set_row(FIRST_ROW - 1, LINE * (lines + 1))
    _bands(book, page)
    page.autofilter(FIRST_ROW - 1, 0, last_row, last_column)
    page.freeze_panes(FIRST_ROW, 1)
    everywhere = xl_range(FIRST_ROW, 0, last_row, last_column)
    page.ignore_errors({"number_stored_as_text": everywhere})
    print_on(page, pages_wide=ceil(sum(widths) / _PAGE_WIDTH))
    page.repeat_rows(0, FIRST_ROW - 1)
    page.repeat_columns(0)


def _bands(book: Book, page: Worksheet) -> None:
    """Write a band over each section, its name repeated in a wide one so that one is always in view.

    The first cell, which stays in view, says what the star means.
    """
    page.set_row(0, LINE + 5)
    band = book.band(book.columns[0].section)
    page.write_string(0, 0, f"{REQUIRED.strip()} required", band)
    sections = [field.section for field in book.columns]
    for section in book.colours:
        columns = [column for column, name in enumerate(sections) if name == section and column]
        for part in range(bands := ceil(len(columns) / _BAND_COLUMNS)):
            first = columns[len(columns) * part // bands]
            last = columns[len(columns) * (part + 1) // bands - 1]
            if last > first:
                page.merge_range(0, first, 0, last, "", book.band(section))
            page.write_string(0, first, section, book.band(section))


def _width(field: Field) -> int:
    """Give a width, in characters, for the values of the field and for the longest word of its heading."""
    longest_choice = max((len(choice) for choice in field.choice_names), default=0)
    longest_word = max(len(word) for word in template_heading(field).split())
    wider = _WIDER.get(field.name) or (_ADDRESS if field.several_lines else 0)
    usual = wider or _WIDTHS.get(field.kind, longest_choice + _BUTTON)
    return max(usual, longest_word + _BUTTON)
