"""Writes the results workbook, one sheet after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from calculator.calculation.outcome import Outcome
from calculator.facts.problems import Problem
from calculator.spreadsheets.read import Sheet
from calculator.spreadsheets.results_workbook.book import Book
from calculator.spreadsheets.results_workbook.explanations_sheet import add_explanations
from calculator.spreadsheets.results_workbook.law_sheet import add_law
from calculator.spreadsheets.results_workbook.letter_figures_sheet import add_letter_figures
from calculator.spreadsheets.results_workbook.problems_sheet import add_problems
from calculator.spreadsheets.results_workbook.results_sheet import TableColumn, add_results
from calculator.spreadsheets.results_workbook.summary_sheet import add_summary
from calculator.spreadsheets.results_workbook.urgency_sheet import add_by_urgency
from calculator.spreadsheets.rows import set_bodies


def write_workbook(
    path: Path,
    columns: Sequence[TableColumn],
    sheet: Sheet,
    outcome: Outcome,
    problems: list[Problem],
    progress: Callable[[int], None] | None = None,
) -> None:
    """Write the workbook to ``path``.

    ``columns`` are those of the results in order; ``problems`` all those of the input;
    ``progress`` is called with the number of result rows written.
    """
    with TemporaryDirectory(dir=path.parent) as folder:
        laid_out = Path(folder) / "laid_out.xlsx"
        book = Book(laid_out, sheet, outcome, problems)
        try:
            add_summary(book)
            bodies = [
                add_results(book, columns, progress),
                add_by_urgency(book),
                add_letter_figures(book),
                add_explanations(book),
                add_problems(book),
            ]
            add_law(book)
        finally:
            book.book.close()
        set_bodies(laid_out, path, bodies, book.styles)
