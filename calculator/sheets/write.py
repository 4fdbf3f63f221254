"""The plain table of results: the person's own columns first, then ours, to .csv or .xlsx.

Text can never become a formula. The file appears under its name only when it is whole.
"""

from __future__ import annotations

import csv
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from calculator.outcome import OUTPUT_NAMES, OUTPUTS, Outcome, OutputKind
from calculator.problems import FileProblem
from calculator.reading import Raw
from calculator.sheets.read import Sheet

WRITABLE = (".xlsx", ".csv")
_FORMULA_START = re.compile(r"[=+\-@\t\r\n]")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_MOST_XLSX_TEXT = 32_767
_KINDS = {output.name: output.kind for output in OUTPUTS}
_EXACT_IN_A_CELL = 2**53


@dataclass(frozen=True)
class _Column:
    """One column to write: its heading, and either its place in the input or its output name."""

    heading: str
    place: int | None
    output: str | None


def write_table(path: Path, sheet: Sheet, outcome: Outcome) -> None:
    """Write the results, one row for each input row in order. FileProblem for another kind of file."""
    suffix = path.suffix.casefold()
    if suffix not in WRITABLE:
        raise FileProblem(f"{path.name}: results are written to .xlsx or .csv.")
    if not path.parent.is_dir():
        raise FileProblem(f"{path.parent}: there is no such folder.")
    columns = _columns(sheet)
    with replacing(path) as unfinished:
        if suffix == ".csv":
            _write_csv(unfinished, columns, sheet, outcome)
        else:
            _write_xlsx(unfinished, columns, sheet, outcome)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file beside ``path`` to write to, moved to ``path`` when all went well and removed when not."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".unfinished-", suffix=path.suffix)
    os.close(handle)
    unfinished = Path(name)
    try:
        yield unfinished
        unfinished.chmod(0o666 & ~_umask())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _columns(sheet: Sheet) -> list[_Column]:
    """The person's columns in place, those that bear a result's name replaced; then the other results."""
    by_key = {_key(name): name for name in OUTPUT_NAMES}
    replaced: set[str] = set()
    columns = []
    for place, heading in enumerate(sheet.headings):
        name = by_key.get(_key(heading))
        if name is not None and name not in replaced:
            replaced.add(name)
            columns.append(_Column(name, None, name))
        elif name is None:
            columns.append(_Column(heading, place, None))
    return columns + [_Column(name, None, name) for name in OUTPUT_NAMES if name not in replaced]


def _key(text: str) -> str:
    return text.strip().casefold()


def _write_csv(path: Path, columns: list[_Column], sheet: Sheet, outcome: Outcome) -> None:
    texts = [
        _safe_texts(column, outcome)
        if column.output
        else [safe_text(plain_text(cell)) for cell in sheet.column(column.place or 0)]
        for column in columns
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([safe_text(column.heading) for column in columns])
        writer.writerows(zip(*texts, strict=True))


def _safe_texts(column: _Column, outcome: Outcome) -> list[str]:
    name = column.output or ""
    texts = outcome.texts(name)
    return [safe_text(text) for text in texts] if _KINDS[name] is OutputKind.TEXT else texts


def safe_text(text: str) -> str:
    """Text for CSV that no spreadsheet takes for a formula: an apostrophe before one that would start.

    A plain number keeps its sign.
    """
    if _FORMULA_START.match(text) and not _PLAIN_NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def plain_text(cell: Raw) -> str:
    """A cell of the person's own as text."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else str(cell)
    return str(cell)


def _write_xlsx(path: Path, columns: list[_Column], sheet: Sheet, outcome: Outcome) -> None:
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "d mmm yyyy",
    }
    with xlsxwriter.Workbook(str(path), options) as workbook:
        bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        formats = {
            OutputKind.MONEY: workbook.add_format({"num_format": "£#,##0.00"}),
            OutputKind.DAY: workbook.add_format({"num_format": "d mmm yyyy"}),
            OutputKind.COUNT: workbook.add_format({"num_format": "0"}),
            OutputKind.HALVES: workbook.add_format({"num_format": "0.0"}),
            OutputKind.TEXT: workbook.add_format({"num_format": "@"}),
        }
        page = workbook.add_worksheet("Results")
        page.freeze_panes(1, 1)
        page.set_column(0, max(0, len(columns) - 1), 18)
        for place, column in enumerate(columns):
            page.write_string(0, place, column.heading, bold)
        page.autofilter(0, 0, len(sheet.rows), max(0, len(columns) - 1))
        values = [_xlsx_values(column, sheet, outcome) for column in columns]
        kinds = [_KINDS[column.output] if column.output else None for column in columns]
        for row in range(len(sheet.rows)):
            for place, kind in enumerate(kinds):
                _write_cell(page, row + 1, place, values[place][row], kind, formats)


def _xlsx_values(column: _Column, sheet: Sheet, outcome: Outcome) -> list[Raw]:
    if column.output is None:
        return sheet.column(column.place or 0)
    if _KINDS[column.output] is OutputKind.TEXT:
        return list(outcome.texts(column.output))
    figures = outcome.figures(column.output)
    values = figures.values.tolist()
    return [
        value if full else None for value, full in zip(values, figures.filled.tolist(), strict=True)
    ]


def _write_cell(
    page: Worksheet,
    row: int,
    place: int,
    value: Raw,
    kind: OutputKind | None,
    formats: dict[OutputKind, Format],
) -> None:
    if value is None or value == "":
        return
    text = formats[OutputKind.TEXT]
    if kind is None:
        if isinstance(value, bool):
            page.write_boolean(row, place, value)
        elif isinstance(value, (int, float)) and abs(value) < _EXACT_IN_A_CELL:
            page.write_number(row, place, value)
        elif isinstance(value, (date, datetime)):
            page.write_datetime(row, place, value)
        else:
            page.write_string(row, place, str(value)[:_MOST_XLSX_TEXT], text)
    elif kind is OutputKind.TEXT:
        page.write_string(row, place, str(value)[:_MOST_XLSX_TEXT], text)
    elif isinstance(value, date):
        page.write_datetime(row, place, value, formats[kind])
    elif isinstance(value, int):
        parts = {OutputKind.MONEY: 100, OutputKind.HALVES: 2}.get(kind, 1)
        page.write_number(row, place, value / parts, formats[kind])
