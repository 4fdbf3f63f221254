"""The sheets of a workbook, read in a limited process: a file made to exhaust its reader ends that alone.

The rows come back a thousand at a time: the parent builds its rows while the child still reads. For
100,000 rows of 60 columns on two cores that was the cheapest of what was tried.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import astuple
from datetime import date, time, timedelta
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_rowcol_to_cell

from calculator.facts.cells import Raw
from calculator.files.kinds import (
    DAMAGED,
    OLE,
    OTHER,
    PROTECTED,
    ArchiveKind,
    archive_kind,
    file_problem,
    parts_of,
)
from calculator.files.limited import Failed, Limits, Refused, TooMuch, stream_limited
from calculator.spreadsheets.lost_cells import (
    DAYS_TO_1904,
    Findings,
    Lost,
    in_ods,
    in_xlsx,
    rewritten,
)

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

BLOCK = 1_000
"""Rows sent at once; pickling them all at once took three times as long."""
MOST_AREA = 20_000_000
"""Cells, empty ones included, from A1 to the last: each takes memory though nothing is in it."""
LONGEST_CELL = 1_000_000
"""Characters of one cell; Excel allows 32,767."""
_MOST_WHOLE = 2**53
_DAY_0, _DAY_0_OF_1904 = date(1899, 12, 31), date(1904, 1, 1)
_MOST_NO_DAY = 60
_MOST_XLS_ERRORS = 200_001
"""Cells with an error told of one sheet of an .xls; one more than is kept."""

_TOO_MUCH = (
    "reading the workbook takes too much memory or time. Copy only the table of cases into a new "
    "workbook and save that as .xlsx."
)
_CANNOT_OPEN = (
    "cannot be opened as a workbook. It may be damaged or of another kind. Open it in Excel and save it "
    "again as .xlsx."
)
_TOO_WIDE = (
    "the sheets reach much further right or down than a table of cases. Delete the empty columns and rows "
    "between, or copy the table into a new workbook."
)
_LONG_CELL = "a cell holds more than 1,000,000 characters. Shorten it and save the file again."

Rows = list[list[Raw]]


def limits_for(size: int) -> Limits:
    """Return what the reading of a workbook of ``size`` bytes may use.

    100,000 rows of 60 columns are 10 to 30 MB, take 0.6 GB and about 10 s; slower machines three times that.
    The time on the clock is for a machine that has much more to do.
    """
    return Limits(
        memory=min(2_000_000_000, 900_000_000 + 50 * size),
        cpu_seconds=min(120, 15 + size // 250_000),
        sent=min(400_000_000, 40_000_000 + 20 * size),
    )


def read_workbook(
    path: Path, limits: Limits | None = None
) -> tuple[list[tuple[str, Rows]], Findings]:
    """Return the name and rows of each sheet of a workbook, and what is left out of them.

    Rows and columns count from 1 and A; a row ends with its last cell that is not empty, and an empty
    cell is "". Raises FileProblem, in one line that holds nothing of the file's content, where the
    workbook is damaged, protected, of a kind that is not read, or cannot be read within the limits.
    """
    sheets: list[tuple[str, Rows]] = []
    findings = Findings()
    limits = limits or limits_for(path.stat().st_size)
    try:
        with closing(stream_limited(_contents, limits, path)) as items:
            for item in items:
                if isinstance(item, str):
                    sheets.append((item, []))
                elif isinstance(item, list):
                    sheets[-1][1].extend(item)
                elif isinstance(item, dict):
                    findings.merged |= item
                else:
                    errors, uncalculated, *others = item
                    findings = Findings(_lost(errors), _lost(uncalculated), *others)
    except Refused as refused:
        raise file_problem(path, str(refused)) from None
    except TooMuch:
        raise file_problem(path, _TOO_MUCH) from None
    except Failed:
        raise file_problem(path, _CANNOT_OPEN) from None
    return sheets, findings


def _lost(sent: dict[str, tuple[list[str], int]]) -> dict[str, Lost]:
    return {name: Lost(*cells) for name, cells in sent.items() if any(cells)}


# In the limited process


def _contents(path: Path) -> Iterator[Any]:
    """Yield the findings as a tuple; then for each sheet its name, merged cells and rows, BLOCK at a time."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    data = path.read_bytes()
    parts: dict[str, zipfile.ZipInfo] = {}
    if data.startswith(OLE):
        findings = _in_xls(data)
    else:
        try:
            archive = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError):
            raise Refused(DAMAGED) from None
        parts = parts_of(archive)
        is_xlsx = archive_kind(archive, parts) is ArchiveKind.XLSX
        findings, hiding = (in_xlsx if is_xlsx else in_ods)(archive, parts)
        if hiding:
            data = rewritten(archive, hiding)
    findings.macros = any(name.endswith("vbaproject.bin") for name in parts)
    findings.external_links = any("externallinks/" in name for name in parts)
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    for entry in book.sheets_metadata:
        if entry.visible is not SheetVisibleEnum.Visible:
            findings.hidden_sheets.append(entry.name)
        if entry.typ is not SheetTypeEnum.WorkSheet:
            findings.charts.append(entry.name)
    yield astuple(findings)
    area = 0
    for index, entry in enumerate(book.sheets_metadata):
        if entry.typ is not SheetTypeEnum.WorkSheet:
            continue
        if parts and entry.name not in findings.errors:
            # A sheet that was not looked through could lose cells without a word.
            raise Refused(_CANNOT_OPEN)
        yield entry.name
        sheet = book.get_sheet_by_index(index)
        area += (sheet.end[0] + 1) * (sheet.end[1] + 1) if sheet.end else 0
        if area > MOST_AREA:
            raise Refused(_TOO_WIDE)
        if sheet.merged_cell_ranges:
            findings.merge(
                entry.name, [(*first, *last) for first, last in sheet.merged_cell_ranges]
            )
            yield {entry.name: findings.merged[entry.name]}
        rows = _rows(sheet, _DAY_0_OF_1904 if findings.days_off else _DAY_0)
        while block := list(islice(rows, BLOCK)):
            if _longest(block) > LONGEST_CELL:
                raise Refused(_LONG_CELL)
            yield block


def _in_xls(data: bytes) -> Findings:
    """Return the cells with an error and the hidden rows of an .xls. Raises Refused for another kind."""
    import xlrd  # type: ignore[import-untyped]

    try:
        return _looked_through(data, with_formats=True)
    except xlrd.XLRDError as error:
        is_locked = "encrypted" in str(error) or "EncryptedPackage".encode("utf-16-le") in data
        is_other = "Can't find workbook" in str(error)
        raise Refused(PROTECTED if is_locked else OTHER if is_other else _CANNOT_OPEN) from None
    except Exception:
        # Formats are read for what is hidden alone; those of some programs cannot be.
        return _looked_through(data, with_formats=False)


def _looked_through(data: bytes, with_formats: bool) -> Findings:
    import xlrd

    book = xlrd.open_workbook(
        file_contents=data, on_demand=True, logfile=StringIO(), formatting_info=with_formats
    )
    findings = Findings(days_off=DAYS_TO_1904 if book.datemode == 1 else 0)
    for name in book.sheet_names():
        sheet = book.sheet_by_name(name)
        errors, _ = findings.of(name)
        for row, column in islice(_error_cells(sheet), _MOST_XLS_ERRORS):
            errors.add(xl_rowcol_to_cell(row, column))
        for row, info in sorted(sheet.rowinfo_map.items()):
            is_flat = info.height == 0 and not info.has_default_height
            if (info.hidden or is_flat) and row < sheet.nrows:
                findings.hide(name, rows=range(row, row + 1))
        for column, info in sorted(sheet.colinfo_map.items()):
            if (info.hidden or info.width == 0) and column < sheet.ncols:
                findings.hide(name, columns=range(column, column + 1))
        book.unload_sheet(name)
    return findings


def _error_cells(sheet: Any) -> Iterator[tuple[int, int]]:
    """Yield the row and column, from 0, of each cell of an .xls with an error."""
    import xlrd

    for row in range(sheet.nrows):
        for column, kind in enumerate(sheet.row_types(row)):
            if kind == xlrd.XL_CELL_ERROR:
                yield row, column


def _rows(sheet: CalamineSheet, day_0: date) -> Iterator[list[object]]:
    """Yield the rows from row 1 and column A on, without empty cells at their ends."""
    before: list[object] = [""] * (sheet.start[1] if sheet.start else 0)
    for cells in sheet.iter_rows():
        row = before + [cell if type(cell) is str else _cell(cell, day_0) for cell in cells]
        while row and row[-1] == "":
            row.pop()
        yield row


def _cell(cell: object, day_0: date) -> object:
    """Return a typed cell; a number that the reader gives as 7.0 is 7 again; times become text.

    A number of at most 60 that is formatted as a day is that number again: it was typed for something else,
    and the reader takes 60, the day that Excel alone has, for 59.
    """
    if type(cell) is float and cell.is_integer() and -_MOST_WHOLE < cell < _MOST_WHOLE:
        return int(cell)
    if isinstance(cell, (time, timedelta)):
        return str(cell)
    if isinstance(cell, date) and cell.year in (1900, 1904):
        count = (date(cell.year, cell.month, cell.day) - day_0).days
        return count if 0 <= count <= _MOST_NO_DAY else cell
    return cell


def _longest(block: list[list[object]]) -> int:
    return max((len(cell) for row in block for cell in row if isinstance(cell, str)), default=0)
