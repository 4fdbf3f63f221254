"""Renders the rows of large sheets column by column and inserts them in a workbook made by XlsxWriter.

XlsxWriter makes the workbook: sheets, headings, widths, formats, filters, charts and every small sheet. It
takes about 15 µs a cell, so the rows of the large sheets are rendered here as SpreadsheetML (ECMA-376
Part 1, 18.3.1), at about a twentieth of that. They replace a row of samples, which shows the number that
XlsxWriter gave to each format.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from calculator.facts.cells import Raw
from calculator.files.replacing import go_on
from rules.arrays import Days

MOST_TEXT = 32_767
"""Characters that a cell of a workbook holds."""
EXACT_IN_A_CELL = 2**53
"""Whole numbers below this are exact in a cell; a larger one is kept as text."""
CHUNK = 5_000
"""Rows rendered at a time, so that memory does not grow with the table."""
_SAMPLE_ROW = 2
LINE_HEIGHT, HIGHEST_ROW = 15, 405
"""Points of one line, and of the lines of a row, which may be at most 409 points high."""
_FIRST_SERIAL = date(1899, 12, 31)
_LEAP_DAY_1900 = 59
"""Excel counts a 29 February 1900 that did not exist: later days are one higher."""
_SECONDS_IN_DAY = 86_400
_STYLE = re.compile(r' s="(\d+)"')
_LITERAL_ESCAPE = re.compile(r"(_x[0-9a-fA-F]{4}_)")
_NO_XML_CHARACTER = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")

Cells = list[str]
"""One column of a chunk: the markup after the row's number of each cell, "" for an empty one."""


class Styles:
    """The numbers that XlsxWriter gave to the formats, known once the workbook is closed."""

    def __init__(self, formats: Mapping[str, Format]) -> None:
        self.formats = formats
        self._numbers: dict[str, str] = {}

    def sample(self, page: Worksheet) -> None:
        """Write a row of samples, to be replaced, below the heading of a sheet."""
        for column, style in enumerate(self.formats.values()):
            page.write_blank(_SAMPLE_ROW - 1, column, None, style)

    def learn(self, markup: str) -> None:
        """Read the numbers from the markup of the sheet that holds the samples."""
        row = markup[markup.index(f'<row r="{_SAMPLE_ROW}"') :]
        numbers = re.findall(r'<c r="[A-Z]+2" s="(\d+)"', row)
        self._numbers = dict(zip(self.formats, numbers, strict=True))

    def __getitem__(self, name: str) -> str:
        return self._numbers[name]


@dataclass
class Chunk:
    """Some rows: their cells column by column, and the lines of text in each row if more than one."""

    columns: Sequence[Cells]
    lines: Sequence[int] = ()


@dataclass
class Body:
    """The rows of one sheet below its heading.

    ``chunks`` gives all the rows, in order; ``links`` the links of one column: a row of this sheet, the cell
    that it leads to, as ``'Results'!A2``, and what is shown.
    """

    page: Worksheet
    width: int
    chunks: Callable[[Styles], Iterator[Chunk]]
    link_column: int = 0
    links: Iterable[tuple[int, str, str]] = ()


def set_bodies(laid_out: Path, path: Path, bodies: Sequence[Body], styles: Styles) -> None:
    """Write ``laid_out`` to ``path`` with the bodies in their sheets; the first holds the samples."""
    with (
        ZipFile(laid_out) as source,
        ZipFile(path, "w", ZIP_DEFLATED) as target,
    ):
        by_part = {_part(body): body for body in bodies}
        styles.learn(source.read(_part(bodies[0])).decode())
        for info in source.infolist():
            body = by_part.get(info.filename)
            if body is None:
                target.writestr(info, source.read(info))
                continue
            head, tail = source.read(info).decode().split("</sheetData>")
            # A file first: its size says whether the container needs 64-bit sizes, which Excel questions.
            with tempfile.TemporaryFile(dir=path.parent) as rows:
                last = _write_rows(rows, body, styles)
                start, end = _before(head, body, last), _after(tail, body)
                info.file_size = len(start) + rows.tell() + len(end)
                rows.seek(0)
                with target.open(info, "w") as stream:
                    stream.write(start)
                    shutil.copyfileobj(rows, stream, 1 << 20)
                    stream.write(end)


def _part(body: Body) -> str:
    return f"xl/worksheets/sheet{body.page.index + 1}.xml"


def _write_rows(file: IO[bytes], body: Body, styles: Styles) -> int:
    """Write the rows and give the number of the last."""
    letters = [xl_col_to_name(column) for column in range(body.width)]
    number = _SAMPLE_ROW
    for chunk in body.chunks(styles):
        go_on()
        file.write(_rows(chunk, letters, number).encode())
        number += len(chunk.columns[0])
    return number - 1


def _before(head: str, body: Body, last: int) -> bytes:
    """Give the markup of a sheet before its rows, without the samples, with the dimension of the sheet."""
    dimension = f'<dimension ref="A1:{xl_col_to_name(max(0, body.width - 1))}{last}"/>'
    head = re.sub(r'<dimension ref="[^"]*"/>', dimension, head, count=1)
    sample = head.find(f'<row r="{_SAMPLE_ROW}"')
    return (head if sample < 0 else head[:sample]).encode()


def _after(tail: str, body: Body) -> bytes:
    """Give the markup of a sheet after its rows, with the links of the body instead of the sample."""
    letter = xl_col_to_name(body.link_column)
    links = "".join(
        f'<hyperlink ref="{letter}{row}" location="{location}" display="{shown}"/>'
        for row, location, shown in body.links
    )
    tail = re.sub(r"(?<=<hyperlinks>).*(?=</hyperlinks>)", links, tail, count=1)
    return f"</sheetData>{tail}".encode()


def _rows(chunk: Chunk, letters: Sequence[str], first: int) -> str:
    numbers = [str(number) for number in range(first, first + len(chunk.columns[0]))]
    cells_by_column = [
        [
            f'<c r="{letter}{number}"{cell}' if cell else ""
            for number, cell in zip(numbers, cells, strict=True)
        ]
        for letter, cells in zip(letters, chunk.columns, strict=True)
    ]
    heights = [
        f' ht="{min(LINE_HEIGHT * count, HIGHEST_ROW)}" customHeight="1"' if count > 1 else ""
        for count in chunk.lines or (1,) * len(numbers)
    ]
    return "".join(
        f'<row r="{number}"{height}>{"".join(cells)}</row>'
        for number, height, cells in zip(
            numbers, heights, zip(*cells_by_column, strict=True), strict=True
        )
    )


def lines_needed(texts: Iterable[Sequence[str]], widths: Sequence[int]) -> list[int]:
    """Count the lines that each row needs, from the texts of its wrapped columns and their widths."""
    return [
        max(ceil(len(text) / width) for text, width in zip(row, widths, strict=True))
        for row in texts
    ]


def text_cells(values: Iterable[str], style: str) -> Cells:
    """Render cells of text, never a formula; an empty text is an empty cell."""
    start = f' s="{style}" t="inlineStr"><is><t'
    return [f"{start}{_escaped(value)}</t></is></c>" if value else "" for value in values]


def styled_text_cells(values: Iterable[str], styles: Iterable[str]) -> Cells:
    """Render cells of text, each with its own style."""
    return [
        f' s="{style}" t="inlineStr"><is><t{_escaped(value)}</t></is></c>' if value else ""
        for value, style in zip(values, styles, strict=True)
    ]


def number_cells(values: Iterable[object], filled: Iterable[bool], style: str) -> Cells:
    """Render cells of numbers, given as anything that prints as a plain number."""
    start = f' s="{style}"><v>'
    return [
        f"{start}{value}</v></c>" if full else ""
        for value, full in zip(values, filled, strict=True)
    ]


def own_cells(values: Iterable[Raw], text_style: str, day_style: str, moment_style: str) -> Cells:
    """Render the person's own cells: numbers, days and text keep their kind; never a formula."""
    text_start = f' s="{text_style}" t="inlineStr"><is><t'
    cells = []
    for value in values:
        kind = type(value)
        if kind is str:
            cells.append(f"{text_start}{_escaped(value)}</t></is></c>" if value else "")  # type: ignore[arg-type]
        elif value is None:
            cells.append("")
        elif isinstance(value, bool):
            cells.append(f' t="b"><v>{int(value)}</v></c>')
        elif isinstance(value, (int, float)) and abs(value) < EXACT_IN_A_CELL:
            cells.append(f"><v>{value!r}</v></c>")
        elif isinstance(value, datetime):
            style = moment_style if value.time() != datetime.min.time() else day_style
            cells.append(f' s="{style}"><v>{moment_serial(value)!r}</v></c>')
        elif isinstance(value, date):
            cells.append(f' s="{day_style}"><v>{day_serial(value)}</v></c>')
        else:
            cells.append(f"{text_start}{_escaped(str(value))}</t></is></c>")
    return cells


def shaded(cell: str, shade: Mapping[str, str]) -> str:
    """Replace the style of a cell: ``shade`` maps each old style to the new one, "" for a cell without one."""
    style = _STYLE.match(cell)
    if style:
        return f' s="{shade[style[1]]}"{cell[style.end() :]}'
    return f' s="{shade[""]}"{cell or "/>"}'


def day_serial(day: date) -> int:
    """Count a day as Excel does, from 1 January 1900."""
    count = (date(day.year, day.month, day.day) - _FIRST_SERIAL).days
    return count + (count > _LEAP_DAY_1900)


def day_serials(days: Days) -> list[int]:
    """Count a column of days after February 1900 as Excel does."""
    counts: list[int] = (days - np.datetime64("1899-12-30")).astype(np.int64).tolist()
    return counts


def moment_serial(moment: datetime) -> int | float:
    """Count a day and time as Excel does."""
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return day_serial(moment) + seconds / _SECONDS_IN_DAY if seconds else day_serial(moment)


@lru_cache(maxsize=1 << 16)
def _escaped(text: str) -> str:
    """Render text as the rest of a ``<t`` element: cut to what a cell holds, without characters XML forbids."""
    text = text[:MOST_TEXT]
    outer_space = text[0].isspace() or text[-1].isspace() or "\n" in text
    if "_x" in text:
        text = _LITERAL_ESCAPE.sub(r"_x005F\1", text)
    text = _NO_XML_CHARACTER.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f' xml:space="preserve">{text}' if outer_space else f">{text}"
