"""The sheets of a workbook, read in a child process that memory and time are limited for.

The rows come back over a pipe, pickled a thousand at a time: the parent builds its rows while the child
still works. For 100,000 rows of 60 columns on two cores that was the cheapest of what was tried.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from xlsxwriter.utility import xl_rowcol_to_cell

from calculator.facts.cells import Raw
from calculator.spreadsheets import child
from calculator.spreadsheets.child import Limits, Stop
from calculator.spreadsheets.preflight import file_problem
from calculator.spreadsheets.scan import Lost

LIMITS = Limits()
_TOO_MUCH = (
    "reading the workbook takes too much memory or time. Copy only the table of cases into a new "
    "workbook and save that as .xlsx."
)
_SENTENCES = {
    Stop.CANNOT_OPEN: "cannot be opened as a workbook. It may be damaged or of another kind. Open it in "
    "Excel and save it again as .xlsx.",
    Stop.TOO_WIDE: "the sheets reach much further right or down than a table of cases. Delete the empty "
    "columns and rows between, or copy the table into a new workbook.",
    Stop.LONG_CELL: "a cell holds more than 1,000,000 characters. Shorten it and save the file again.",
    Stop.TOO_MUCH: _TOO_MUCH,
}
_SENT_CLASSES = {("datetime", "date"), ("datetime", "datetime")}


Rows = list[list[Raw]]


def sheets_of(
    path: Path, limits: Limits = LIMITS, errors: dict[str, Lost] | None = None
) -> list[tuple[str, Rows]]:
    """The name and rows of each sheet of a workbook that the first look found good.

    The cells of an .xls with an error are added to ``errors``; of other kinds the first look has them.

    Rows and columns count from 1 and A; a row ends with its last cell that is not empty, and an empty
    cell is "". FileProblem, in one line, where the workbook cannot be read within the limits.
    """
    sheets: list[tuple[str, Rows]] = []
    with path.open("rb") as file, _reading(file, limits) as received:
        try:
            while (item := _Received(received).load()) is not True:
                if isinstance(item, str):
                    raise file_problem(path, _SENTENCES[Stop(item)])
                if isinstance(item, tuple):
                    name, cells = item
                    sheets.append((name, []))
                    if errors is not None and cells:
                        lost = errors.setdefault(name, Lost())
                        for row, place in cells:
                            lost.add(xl_rowcol_to_cell(row, place))
                else:
                    sheets[-1][1].extend(item)
        except (EOFError, pickle.UnpicklingError):
            raise file_problem(path, _TOO_MUCH) from None
    return sheets


class _Received(pickle.Unpickler):
    """What the child sends: lists, texts, numbers and days, and nothing that could run."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _SENT_CLASSES:
            raise pickle.UnpicklingError
        return super().find_class(module, name)


@contextmanager
def _reading(file: IO[bytes], limits: Limits) -> Iterator[IO[bytes]]:
    """What a child process that reads the file sends. It is gone afterwards, however this ends."""
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-P", child.__file__, *map(str, limits)],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    clock = threading.Timer(limits.wall_seconds, process.kill)
    try:
        clock.start()
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        yield process.stdout
    finally:
        clock.cancel()
        process.kill()
        process.communicate()
