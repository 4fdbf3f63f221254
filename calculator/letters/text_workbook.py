"""Workbooks of text: the index of the letters and the mail-merge files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import xlsxwriter

from calculator.spreadsheets.rows import Body, Chunk, Styles, lines_needed, set_bodies, text_cells


@dataclass(frozen=True)
class TextSheet:
    """A sheet of text: its name, its headings with their widths, its rows in batches."""

    name: str
    heads: Sequence[tuple[str, int]]
    rows: Iterable[list[list[str]]]
    wrapped: bool = False


def write_text_workbook(
    path: Path, sheets: Sequence[TextSheet], title: str, moment: datetime
) -> None:
    """Write a workbook of text; the heading row of each sheet stays in view."""
    laid_out = path.with_suffix(".laid_out.xlsx")
    book = xlsxwriter.Workbook(str(laid_out), {"constant_memory": True, "tmpdir": str(path.parent)})
    book.set_properties({"title": title, "created": moment})
    heading = book.add_format({"bold": True, "border": 1, "bg_color": "#E9ECEF", "valign": "top"})
    styles = Styles(
        {
            "text": book.add_format({"num_format": "@", "valign": "top"}),
            "wrapped": book.add_format({"num_format": "@", "valign": "top", "text_wrap": True}),
        }
    )
    bodies = []
    for index, sheet in enumerate(sheets):
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 1)
        page.set_landscape()
        page.repeat_rows(0)
        for column, (head, width) in enumerate(sheet.heads):
            page.set_column(column, column, width)
            page.write_string(0, column, head, heading)
        if index == 0:
            styles.sample(page)
        bodies.append(Body(page, len(sheet.heads), partial(_text_chunks, sheet)))
    book.close()
    set_bodies(laid_out, path, bodies, styles)


def _text_chunks(sheet: TextSheet, styles: Styles) -> Iterator[Chunk]:
    style = styles["wrapped" if sheet.wrapped else "text"]
    widths = [width for _, width in sheet.heads]
    for rows in sheet.rows:
        cells = [text_cells(column, style) for column in zip(*rows, strict=True)]
        yield Chunk(cells, lines_needed(rows, widths) if sheet.wrapped else ())
