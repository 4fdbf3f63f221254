"""Output files appear complete or not at all: written in a temporary folder and moved into place."""

from __future__ import annotations

import atexit
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType

from calculator.facts.problems import FileProblem

PREFIX = ".unfinished-"
"""How the names of such folders begin."""

_MODE = 0o777 if sys.platform == "win32" else 0o700
"""For this account alone. On Windows 0o700, which TemporaryDirectory uses, would also close to others what
is moved out of the folder."""

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


@contextmanager
def folder_beside(path: Path) -> Iterator[Path]:
    """Make a folder beside ``path`` and remove it however the work ends.

    Raises FileProblem where it cannot be made.
    """
    folder = path.parent / f"{PREFIX}{secrets.token_hex(4)}"
    remove = partial(shutil.rmtree, folder, ignore_errors=True)
    # Registered first, so that a stop between any two lines leaves nothing after the end of the program.
    atexit.register(remove)
    try:
        try:
            folder.mkdir(mode=_MODE)
        except OSError as error:
            raise FileProblem(f"{path.name}: cannot be written there ({error.strerror}).") from None
        yield folder
    finally:
        remove()
        if not folder.exists():
            atexit.unregister(remove)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a file to write to; move it to ``path`` when all went well and remove it when not."""
    with folder_beside(path) as folder:
        unfinished = folder / path.name
        yield unfinished
        go_on()
        unfinished.replace(path)
