"""The hidden sheet Lists: the choices of the drop-downs."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from calculator.spreadsheets.template.book import Book, choices, print_on


def add_lists(book: Book, page: Worksheet) -> None:
    """Write each list of choices in a column of its own."""
    page.set_column(0, len(book.listed) - 1, 26)
    for column, field in enumerate(book.listed):
        page.write_string(0, column, field.heading, book.bold)
        for row, choice in enumerate(choices(field), 1):
            page.write_string(row, column, choice, book.plain)
    print_on(page, pages_wide=1)
