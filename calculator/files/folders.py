"""Folders that last as long as this program: what a program that was killed has left, the next one removes.

A program holds a lock in each of its folders for as long as it runs. A folder of this account whose lock
nobody holds is a leftover.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import secrets
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

PREFIX = "exit-cap-"
"""How the names of our folders begin in the system's folder for temporary files."""
_ALIVE = ".held by a running program"
"""The file that is locked."""
_YOUNG_SECONDS = 10
"""An empty folder without that file may be just being made."""
_MODE = 0o777 if sys.platform == "win32" else 0o700
"""For this account alone. On Windows 0o700 would also close to others what is moved out of the folder."""


class Folder:
    """A folder that is removed with :meth:`remove`, at the end of the program, or by the next one.

    Raises OSError where it cannot be made.
    """

    def __init__(self, where: Path | None = None, prefix: str = PREFIX) -> None:
        where = where or Path(tempfile.gettempdir())
        remove_leftovers(where, prefix)
        self._held: IO[bytes] | None = None
        self.path = where / f"{prefix}{secrets.token_hex(8)}"
        # Registered first, so that a stop between any two lines leaves nothing after the end of the program.
        atexit.register(self.remove)
        try:
            self.path.mkdir(mode=_MODE)
            self._held = _locked(self.path / _ALIVE)
        except OSError:
            self.remove()
            raise

    def remove(self) -> None:
        """Remove it with all that is in it."""
        if self._held is not None:
            self._held.close()
        remove(self.path)
        if not self.path.exists():
            atexit.unregister(self.remove)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give a folder for temporary files for as long as it is needed."""
    folder = Folder()
    try:
        yield folder.path
    finally:
        folder.remove()


def remove(folder: Path) -> None:
    """Remove a folder with all that is in it, also where a process that was just killed wrote in it."""
    for _ in range(10):
        shutil.rmtree(folder, ignore_errors=True)
        if not os.path.lexists(folder):
            return
        gc.collect()  # Files that an error left open are closed: removing takes handles of its own.
        time.sleep(0.02)


def remove_leftovers(where: Path | None = None, prefix: str = PREFIX) -> None:
    """Remove the folders of this account that no running program holds."""
    for folder in (where or Path(tempfile.gettempdir())).glob(f"{prefix}*"):
        with contextlib.suppress(OSError):
            _remove_leftover(folder)


def _locked(path: Path) -> IO[bytes]:
    """Make a file that is locked as soon as it has its name, and stays so until it is closed."""
    if sys.platform == "win32":
        return path.open("wb")  # Windows removes no file that is open.
    import fcntl

    unnamed = path.with_suffix(".new")
    held = unnamed.open("wb")
    with contextlib.suppress(OSError):  # Some network drives know no locks.
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    unnamed.replace(path)
    return held


def _remove_leftover(folder: Path) -> None:
    found = folder.lstat()
    ours = sys.platform == "win32" or found.st_uid == os.getuid()
    if not ours or not stat.S_ISDIR(found.st_mode):
        return
    alive = folder / _ALIVE
    if not alive.is_file():
        if time.time() - found.st_mtime > _YOUNG_SECONDS:
            alive.with_suffix(".new").unlink(missing_ok=True)
            folder.rmdir()
    elif sys.platform == "win32":
        alive.unlink()
        remove(folder)
    else:
        import fcntl

        with alive.open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            remove(folder)
