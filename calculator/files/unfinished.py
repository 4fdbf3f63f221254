"""Files on the way to being whole: written in a folder of their own, moved into place, never left behind."""

from __future__ import annotations

import atexit
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from calculator.facts.problems import FileProblem

PREFIX = ".unfinished-"
"""How the names of such folders begin."""

_MODE = 0o777 if sys.platform == "win32" else 0o700
"""For this account alone. On Windows 0o700 would also close to others what is moved out of the folder."""

_folders: set[Path] = set()
"""Those that may be there. A folder is noted before it is made and struck off after it is removed, so that a
stop between any two lines leaves nothing behind the program's end."""


_stops: list[int] = []
"""The signals by which the work was asked to stop."""


def stop(number: int, _frame: FrameType | None) -> None:
    """Handle a signal: stop the work. It is remembered, as what is raised here may be lost.

    A library in C may take what is raised while it looks at an object for its own question's answer: numpy
    does when it compares a number with a member of an enum.
    """
    _stops.append(number)
    raise KeyboardInterrupt


def is_stopped() -> bool:
    """Whether the work was asked to stop."""
    return bool(_stops)


def go_on() -> None:
    """Called between parts of the work: KeyboardInterrupt where it was asked to stop and went on."""
    if is_stopped():
        raise KeyboardInterrupt


@contextmanager
def folder_beside(path: Path) -> Iterator[Path]:
    """A new folder beside ``path``, removed however the work ends.

    FileProblem where it cannot be made.
    """
    folder = path.parent / f"{PREFIX}{secrets.token_hex(4)}"
    _folders.add(folder)
    try:
        try:
            folder.mkdir(mode=_MODE)
        except OSError as error:
            raise FileProblem(f"{path.name}: cannot be written there ({error.strerror}).") from None
        yield folder
    finally:
        _remove(folder)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file to write to, moved to ``path`` when all went well and removed when not."""
    with folder_beside(path) as folder:
        unfinished = folder / path.name
        yield unfinished
        go_on()
        unfinished.replace(path)


@atexit.register
def remove_left() -> None:
    """Remove what a stop has left, at the end of the program."""
    for folder in tuple(_folders):
        _remove(folder)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    if not folder.exists():
        _folders.discard(folder)
