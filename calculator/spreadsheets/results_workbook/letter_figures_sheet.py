"""The sheet Letter figures: a row for each case and payee, for mail merge."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

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
from calculator.calculation.output import OutputKind
from calculator.spreadsheets.results_workbook.book import Book, output_cells
from calculator.spreadsheets.rows import (
    CHUNK,
    Body,
    Cells,
    Chunk,
    Styles,
    day_serials,
    number_cells,
    text_cells,
)
from rules.arrays import Counts


def add_letter_figures(book: Book) -> Body:
    """Lay out a row for each case and payee with something owed. Headings are the names of placeholders."""
    page = book.book.add_worksheet("Letter figures")
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    outcome = book.outcome
    page.set_column(0, len(LETTER_HEADS) - 1, 16)
    for column, name in enumerate(LETTER_HEADS):
        page.write_string(0, column, name, book.formats.ours)
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
        return output_cells(outcome, figure.name, rows, styles)
    cases, style = outcome.cases, styles[figure.kind]
    if figure.kind is OutputKind.TEXT:
        return text_cells(cases.text[figure.name][rows].tolist(), style)
    if figure.kind is OutputKind.DAY:
        days = cases.days[figure.name][rows]
        return number_cells(day_serials(days), (~np.isnat(days)).tolist(), style)
    known = cases.known[figure.name][rows].tolist()
    return number_cells((cases.money[figure.name][rows] / 100).tolist(), known, style)
