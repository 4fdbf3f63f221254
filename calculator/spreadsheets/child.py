"""Reads a workbook in a process of its own: a file made to exhaust memory or time ends this process only.

Run by its path, so that it starts at once: it needs nothing of the project. The workbook is standard
input, the limits are the arguments. To standard output go pickled objects: for each sheet a tuple of its
name and the cells that hold an error (known here for .xls only), then its rows in lists of BLOCK rows; at the end True, or the text of a :class:`Stop`.
"""

from __future__ import annotations

import contextlib
import gc
import pickle
import sys
from collections.abc import Iterator
from datetime import time, timedelta
from enum import StrEnum
from io import BytesIO, StringIO
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

BLOCK = 1_000
"""Rows sent at once; pickling them all at once took three times as long."""
_MOST_WHOLE = 2**53
_XLS_START = bytes.fromhex("d0cf11e0a1b11ae1")
_MOST_ERRORS = 200_001
"""Cells with an error told of one sheet; one more than is kept of an .xlsx."""


class Stop(StrEnum):
    """Why the rows of a workbook are not sent, or no more of them."""

    CANNOT_OPEN = "cannot open"
    TOO_WIDE = "too wide"
    LONG_CELL = "long cell"
    TOO_MUCH = "too much"


class Limits(NamedTuple):
    """What one reading may use."""

    memory: int = 2_000_000_000
    """Bytes beyond those at the start. 100,000 rows of 60 columns take 0.6 GB."""
    cpu_seconds: int = 120
    """100,000 rows of 60 columns take about 10 s; slower machines three times that."""
    wall_seconds: int = 240
    """The only limit of time on Windows; twice the other, for a machine that has more to do."""
    area: int = 20_000_000
    """Cells, empty ones included, from A1 to the last: each takes memory though nothing is in it."""
    longest_cell: int = 1_000_000
    """Characters of one cell; Excel allows 32,767."""
    sent: int = 400_000_000
    """Bytes of rows sent back. 100,000 rows of 60 columns are about 70 MB."""


def main() -> None:
    """Read standard input and send what it holds."""
    limits = Limits(*map(int, sys.argv[1:]))
    gc.disable()
    import python_calamine  # noqa: F401 - loaded before memory is limited

    limit(limits)
    out = sys.stdout.buffer
    last: bool | str
    try:
        _send(sys.stdin.buffer, out, limits)
        last = True
    except _Stopped as stopped:
        last = str(stopped.why)
    except MemoryError:
        last = str(Stop.TOO_MUCH)
    except BaseException:
        # A panic of the reader is no Exception.
        last = str(Stop.CANNOT_OPEN)
    with contextlib.suppress(OSError):
        pickle.dump(last, out, 5)
        out.flush()


class _Stopped(Exception):
    def __init__(self, why: Stop) -> None:
        super().__init__(why)
        self.why = why


def limit(limits: Limits) -> None:
    """Limit memory and time where the platform can; leave no dump of memory, which holds the cells."""
    if sys.platform == "win32":
        return
    import resource

    wanted = {
        resource.RLIMIT_AS: memory_now() + limits.memory,
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_CORE: 0,
    }
    for which, most in wanted.items():
        hard = resource.getrlimit(which)[1]
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(which, (soft, hard))


def memory_now() -> int:
    """Bytes of address space of this process; 0 where the platform does not say."""
    import resource

    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _send(workbook: BinaryIO, out: BinaryIO, limits: Limits) -> None:
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    data = workbook.read()
    errors = _xls_errors(data) if data.startswith(_XLS_START) else {}
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    area = sent = 0
    for place, sheet in enumerate(book.sheets_metadata):
        if sheet.typ is not SheetTypeEnum.WorkSheet:
            continue
        found = book.get_sheet_by_index(place)
        pickle.dump((sheet.name, errors.get(sheet.name, [])), out, 5)
        area += (found.end[0] + 1) * (found.end[1] + 1) if found.end else 0
        if area > limits.area:
            raise _Stopped(Stop.TOO_WIDE)
        rows = _rows(found)
        while block := list(islice(rows, BLOCK)):
            data = pickle.dumps(block, 5)
            sent += len(data)
            if len(data) > limits.longest_cell and _longest(block) > limits.longest_cell:
                raise _Stopped(Stop.LONG_CELL)
            if sent > limits.sent:
                raise _Stopped(Stop.TOO_MUCH)
            out.write(data)


def _xls_errors(data: bytes) -> dict[str, list[tuple[int, int]]]:
    """By sheet of an .xls, the row and column, from 0, of each cell with an error, which calamine leaves out."""
    import xlrd  # type: ignore[import-untyped]

    book = xlrd.open_workbook(file_contents=data, on_demand=True, logfile=StringIO())
    found = {}
    for name in book.sheet_names():
        sheet = book.sheet_by_name(name)
        found[name] = [
            (row, place)
            for row in range(sheet.nrows)
            for place, kind in enumerate(sheet.row_types(row))
            if kind == xlrd.XL_CELL_ERROR
        ][:_MOST_ERRORS]
        book.unload_sheet(name)
    return found


def _rows(sheet: CalamineSheet) -> Iterator[list[object]]:
    """The rows from row 1 and column A on, without empty cells at their ends."""
    before: list[object] = [""] * (sheet.start[1] if sheet.start else 0)
    for cells in sheet.iter_rows():
        row = before + [cell if type(cell) is str else _cell(cell) for cell in cells]
        while row and row[-1] == "":
            row.pop()
        yield row


def _cell(cell: object) -> object:
    """A typed cell; a whole number that the reader gives as 7.0 is 7 again; times become text."""
    if type(cell) is float and cell.is_integer() and -_MOST_WHOLE < cell < _MOST_WHOLE:
        return int(cell)
    if isinstance(cell, (time, timedelta)):
        return str(cell)
    return cell


def _longest(block: list[list[object]]) -> int:
    return max((len(cell) for row in block for cell in row if isinstance(cell, str)), default=0)


if __name__ == "__main__":
    main()
