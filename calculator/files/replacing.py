"""Output files appear complete or not at all: written in a folder beside, and moved into place at the end."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

from calculator.facts.problems import FileProblem
from calculator.facts.text import printable
from calculator.files.folders import Folder

PREFIX = ".unfinished-"
"""How the names of the folders beside outputs begin."""

_FIRST_SECOND = 315_619_200
"""2 January 1980 of the clock: a zip file, which a workbook is too, holds no earlier moment."""

_stops: list[int] = []
"""The signals that asked the program to stop."""


def stop(number: int, _frame: FrameType | None) -> None:
    """Handle a signal: raise KeyboardInterrupt, and record the signal, as what is raised here may be lost.

    numpy swallows an exception raised while it compares a number with a member of an enum.
    """
    _stops.append(number)
    raise KeyboardInterrupt


def is_stopped() -> bool:
    """Return whether a signal asked the program to stop."""
    return bool(_stops)


def go_on() -> None:
    """Raise KeyboardInterrupt, between parts of the work, where the one of :func:`stop` was lost."""
    if is_stopped():
        raise KeyboardInterrupt


class NotWritten(FileProblem):
    """An output that cannot be written; ``errno`` is the system's number of the error."""

    def __init__(self, path: Path, error: OSError, written: Sequence[Path] = ()) -> None:
        said = f" {written_sentence(written)}" if written else ""
        super().__init__(
            f"{_name(path)}: cannot be written ({error.strerror or type(error).__name__}).{said}"
        )
        self.errno = error.errno


class Output:
    """One file of a run. Used with ``with``, gives the file to write to.

    What cannot be written there is raised as NotWritten.
    """

    def __init__(self, path: Path, target: Path) -> None:
        self.path, self.target = path, target
        try:
            self.folder = Folder(target.parent, PREFIX)
        except OSError as error:
            raise NotWritten(path, error) from None
        self.unfinished = self.folder.path / path.name

    def __enter__(self) -> Path:
        return self.unfinished

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        # xlsxwriter raises an error of its own that holds the system's.
        for each in () if error is None else (error, *error.args):
            if isinstance(each, OSError):
                raise NotWritten(self.path, each) from None


class Outputs:
    """The files that one run writes, used with ``with``: all moved to their names at its end, none before.

    ``inputs`` are the files that the run reads; with ``force`` other files may be written over.
    """

    def __init__(self, inputs: Sequence[Path | None] = (), force: bool = False) -> None:
        self._inputs = [path for path in inputs if path is not None]
        self._force = force
        self._outputs: list[Output] = []

    def add(self, path: Path) -> Output:
        """Add a file to be written; a link stands for what it points to.

        FileProblem where it is an input or another output, is there and may not be written over, is no
        ordinary file, its folder is not there, or the clock is before 1980.
        """
        if time.time() < _FIRST_SECOND:
            raise FileProblem(
                f"{_name(path)}: cannot be written while the clock of this machine is before 1980."
            )
        target = Path(os.path.realpath(path))
        if any(_same(target, each) for each in self._inputs):
            raise FileProblem(f"{_name(path)}: the results need a name of their own.")
        if any(_same(target, each.target) for each in self._outputs):
            raise FileProblem(f"{_name(path)}: each file to write needs a name of its own.")
        if os.path.lexists(target):
            if not target.is_file():
                raise FileProblem(f"{_name(path)} is no ordinary file. Choose another name.")
            if not self._force:
                raise FileProblem(
                    f"{_name(path)} is there already. Choose another name, or add --force."
                )
        if not target.parent.is_dir():
            raise FileProblem(f"{printable(str(path.parent))}: there is no such folder.")
        output = Output(path, target)
        self._outputs.append(output)
        return output

    def sentence(self) -> str:
        """Say what was written."""
        return written_sentence([output.path for output in self._outputs])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._finish()
        finally:
            for output in self._outputs:
                output.folder.remove()

    def _finish(self) -> None:
        for output in self._outputs:
            # A file that is renamed before it is on the disk may be empty after a loss of power.
            with output as unfinished, unfinished.open("rb+") as file:
                os.fsync(file.fileno())
        go_on()
        ignore_stops()
        for index, output in enumerate(self._outputs):
            try:
                output.unfinished.replace(output.target)
            except OSError as error:
                written = [each.path for each in self._outputs[:index]]
                raise NotWritten(output.path, error, written) from None


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a file to write to; move it to ``path``, over any other, when all went well."""
    with Outputs(force=True) as outputs, outputs.add(path) as unfinished:
        yield unfinished


def written_sentence(paths: Sequence[Path]) -> str:
    """Say what was written: "Written to a.xlsx, b.xlsx and c.toml."."""
    *others, last = [printable(str(path)) for path in paths]
    return f"Written to {', '.join(others)} and {last}." if others else f"Written to {last}."


def _name(path: Path) -> str:
    return printable(path.name or str(path))


def _same(one: Path, other: Path) -> bool:
    """Return whether two paths are one file, or would be where capitals make no difference."""
    try:
        return one.samefile(other)
    except OSError:
        return str(one).casefold() == os.path.realpath(other).casefold()


def ignore_stops() -> None:
    """Ignore signals from now on in a program that :func:`stop` stops: it is too late for "nothing written"."""
    for number in signal.valid_signals():
        if signal.getsignal(number) is stop:
            signal.signal(number, signal.SIG_IGN)
