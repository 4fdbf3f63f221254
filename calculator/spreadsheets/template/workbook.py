"""Writes the workbook to fill in."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxwriter import Workbook

from calculator.spreadsheets.template.book import CASES, EXAMPLES, GUIDE, LISTS, ROWS, Book
from calculator.spreadsheets.template.cases_sheet import add_table
from calculator.spreadsheets.template.examples_sheet import add_examples
from calculator.spreadsheets.template.guide_sheet import add_guide
from calculator.spreadsheets.template.lists_sheet import add_lists


def write_template(path: Path) -> None:
    """Write the workbook to fill in to ``path``."""
    options = {
        "tmpdir": str(path.parent),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "d mmm yyyy",
    }
    with Workbook(str(path), options) as workbook:
        _write_sheets(Book(workbook))


def template_bytes() -> bytes:
    """Make the workbook to fill in, for a download."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(path)
        return path.read_bytes()


def _write_sheets(book: Book) -> None:
    """Write every sheet. The cases come first; the reader knows them by the name of the sheet."""
    cases, guide, examples, lists = (
        book.workbook.add_worksheet(name) for name in (CASES, GUIDE, EXAMPLES, LISTS)
    )
    book.workbook.set_properties({"title": "Exit-payment cap: cases to work out"})
    add_table(book, cases, ROWS)
    add_guide(book, guide)
    add_examples(book, examples)
    add_lists(book, lists)
    lists.hide()
    cases.activate()
