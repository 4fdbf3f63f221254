"""The sheet Results: the person's own columns and the results beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from calculator.calculation.output import OutputKind
from calculator.spreadsheets.results_workbook.book import MOMENT, Book, output_cells
from calculator.spreadsheets.rows import CHUNK, Body, Chunk, Styles, own_cells


@dataclass(frozen=True)
class TableColumn:
    """One column of the results: its heading, and its index in the input or the name of its output."""

    heading: str
    index: int | None
    output: str | None


def add_results(
    book: Book, columns: Sequence[TableColumn], progress: Callable[[int], None] | None
) -> Body:
    """Lay out one row for each row of the input, in order. ``progress`` gets the number written."""
    page = book.book.add_worksheet("Results")
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.repeat_rows(0)
    page.set_column(0, max(0, len(columns) - 1), 16)
    rows = len(book.sheet.rows)
    for index, column in enumerate(columns):
        style = book.formats.ours if column.output else book.formats.heading
        page.write_string(0, index, column.heading, style)
    page.autofilter(0, 0, rows, max(0, len(columns) - 1))
    book.styles.sample(page)

    def chunks(styles: Styles) -> Iterator[Chunk]:
        for start in range(0, rows, CHUNK):
            chunk = slice(start, min(start + CHUNK, rows))
            own = list(zip(*book.sheet.rows[chunk], strict=True))
            cells = [
                output_cells(book.outcome, column.output, chunk, styles)
                if column.output
                else own_cells(
                    own[column.index or 0],
                    styles[OutputKind.TEXT],
                    styles[OutputKind.DAY],
                    styles[MOMENT],
                )
                for column in columns
            ]
            yield Chunk(cells)
            if progress is not None:
                progress(chunk.stop)

    return Body(page, len(columns), chunks)
