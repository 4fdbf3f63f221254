"""Workbooks of text, days and links: the index of the letters, the labels and the mail-merge files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from calculator.spreadsheets.rows import (
    Body,
    Cells,
    Chunk,
    Styles,
    day_serial,
    lines_needed,
    set_bodies,
    text_cells,
)

_TWO_LINES = 30
"""Points: the height of a row of headings, of which some need two lines."""
_FIRST_DAY_ENTERED = date(2020, 1, 1)


class Link(NamedTuple):
    """A link to a file beside the workbook: its path, which is also what is shown."""

    path: str


Cell = str | date | Link | None


@dataclass(frozen=True)
class TextSheet:
    """A sheet: its name, its headings with their widths, its rows in batches.

    ``filled_in`` are headings of columns for the reader to fill in, ``days`` those of them for a day;
    ``filtered`` is the number of rows that can be filtered by their columns, 0 for no filter.
    """

    name: str
    heads: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Sequence[Cell]]]
    wrapped: bool = False
    filled_in: Sequence[str] = ()
    days: Sequence[str] = ()
    filtered: int = 0


def write_text_workbook(
    path: Path, sheets: Sequence[TextSheet], title: str, moment: datetime
) -> None:
    """Write a workbook of text, days and links; the heading row of each sheet stays in view."""
    laid_out = path.with_suffix(".laid_out.xlsx")
    book = xlsxwriter.Workbook(str(laid_out), {"constant_memory": True, "tmpdir": str(path.parent)})
    book.set_properties({"title": title, "created": moment})
    top = {"valign": "top"}
    day_format = {**top, "num_format": "d mmmm yyyy", "align": "left"}
    wrapped = {**top, "num_format": "@", "text_wrap": True}
    head = {"bold": True, "border": 1, "text_wrap": True, **top}
    heading = book.add_format({**head, "bg_color": "#E9ECEF"})
    heading_filled_in = book.add_format({**head, "bg_color": "#FFF2CC"})
    styles = Styles(
        {
            "text": book.add_format({**top, "num_format": "@"}),
            "wrapped": book.add_format(wrapped),
            "day": book.add_format(day_format),
            "link": book.add_format({**top, "font_color": "#0563C1", "underline": 1}),
        }
    )
    bodies = []
    for index, sheet in enumerate(sheets):
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 1)
        page.set_landscape()
        page.repeat_rows(0)
        if any(len(name) > width for name, width in sheet.heads):
            page.set_row(0, _TWO_LINES)
        for column, (name, width) in enumerate(sheet.heads):
            style = None
            if name in sheet.filled_in:
                style = styles.formats["day" if name in sheet.days else "wrapped"]
            page.set_column(column, column, width, style)
            page.write_string(
                0, column, name, heading_filled_in if name in sheet.filled_in else heading
            )
        if sheet.filtered:
            page.autofilter(0, 0, sheet.filtered, len(sheet.heads) - 1)
            _ask_for_days(page, sheet)
        if index == 0:
            styles.sample(page)
        bodies.append(Body(page, len(sheet.heads), partial(_chunks, sheet)))
    book.close()
    set_bodies(laid_out, path, bodies, styles)


def _ask_for_days(page: Worksheet, sheet: TextSheet) -> None:
    for column, (name, _) in enumerate(sheet.heads):
        if name in sheet.days:
            page.data_validation(
                1,
                column,
                sheet.filtered,
                column,
                {
                    "validate": "date",
                    "criteria": ">=",
                    "value": _FIRST_DAY_ENTERED,
                    "error_title": name,
                    "error_message": "Enter a day as 31/12/2026.",
                },
            )


def _chunks(sheet: TextSheet, styles: Styles) -> Iterator[Chunk]:
    style = styles["wrapped" if sheet.wrapped else "text"]
    widths = [width for _, width in sheet.heads]
    for rows in sheet.rows:
        cells = [_cells(column, style, styles) for column in zip(*rows, strict=True)]
        lines = (
            lines_needed([[_shown(cell) for cell in row] for row in rows], widths)
            if sheet.wrapped
            else ()
        )
        yield Chunk(cells, lines)


def _shown(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.path if isinstance(cell, Link) else ""


def _cells(column: Sequence[Cell], style: str, styles: Styles) -> Cells:
    """Render a column. Its days are days and its links formulas; no text is a formula."""
    if all(type(cell) is str for cell in column):
        return text_cells(column, style)  # type: ignore[arg-type]
    cells: Cells = []
    for cell in column:
        if isinstance(cell, Link):
            path = escape(cell.path.replace('"', '""'))
            formula = f'<f>HYPERLINK("{path}","{path}")</f><v>{escape(cell.path)}</v>'
            cells.append(f' s="{styles["link"]}" t="str">{formula}</c>')
        elif isinstance(cell, date):
            cells.append(f' s="{styles["day"]}"><v>{day_serial(cell)}</v></c>')
        else:
            cells += text_cells([cell or ""], style)
    return cells
