"""Folders for the files of one session each, gone when the session or the server ends.

All folders of a server stand in one, which only its own account can read. A server that was killed leaves
its folder behind; the next one to start removes it.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO

_PREFIX = "exit-cap-"
_ALIVE = "alive"
"""A file that a server holds locked for as long as it runs."""
_YOUNG_SECONDS = 3600
"""A folder without that file may be just being made."""
_lock = threading.Lock()
_root: tuple[Path, IO[bytes]] | None = None


def new_folder() -> Path:
    """A new folder for one session."""
    return Path(tempfile.mkdtemp(dir=_of_this_server()))


def remove(folder: Path) -> None:
    """Remove a folder with all that is in it."""
    shutil.rmtree(folder, ignore_errors=True)


def _of_this_server() -> Path:
    global _root
    with _lock:
        if _root is None or not _root[0].is_dir():
            remove_leftovers(Path(tempfile.gettempdir()))
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
            _root = folder, _locked(folder / _ALIVE)
            atexit.register(remove, folder)
        return _root[0]


def _locked(path: Path) -> IO[bytes]:
    held = path.open("wb")
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return held


def remove_leftovers(where: Path) -> None:
    """Remove the folders of servers of this account that run no more."""
    for folder in where.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if not _is_used(folder):
                remove(folder)


def _is_used(folder: Path) -> bool:
    found = folder.lstat()
    if sys.platform != "win32" and found.st_uid != os.getuid():
        return True
    alive = folder / _ALIVE
    if not alive.is_file():
        return time.time() - found.st_mtime < _YOUNG_SECONDS
    if sys.platform == "win32":
        try:
            alive.unlink()
        except PermissionError:
            return True
        return False
    import fcntl

    with alive.open("rb") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
