"""One step of the work on one folder: ``python -m calculator.jobs look FOLDER``, ``work``, ``letters``,
``calendar``.

Status 0: done. 2: not done, and the file of errors holds one sentence. 3: no room left for that file. It
ends by itself when its standard input is closed, which is when the program that started it is gone, and when
it has taken too long.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sqlite3
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

from calculator.facts.problems import FileProblem
from calculator.files.limited import Limits, limit
from calculator.files.replacing import NotWritten
from calculator.jobs import ERROR, STATUS_NO_ROOM, UPLOAD
from calculator.jobs.messages import Failure, reporter, write_message

MOST_SECONDS = 900
"""100,000 cases of every column take about two minutes."""
MOST_MEMORY = 4_000_000_000
"""Bytes beyond those at the start, where the platform can limit them; 100,000 cases take about 1 GB."""
_LESS_URGENT = 5

_TOO_LONG = (
    f"The file takes longer than {MOST_SECONDS // 60} minutes. Split the table into several files."
)
_TOO_LARGE = "The file takes too much memory. Split the table into several files."
_NO_ROOM = "There is no room left on the server for the results. Tell whoever looks after it."
_NO_FILES = "The file cannot be read or the results cannot be written on the server."
_OTHER = (
    "Something went wrong with this file. Nothing is known to be wrong with your cases: tell whoever looks "
    "after this program."
)


def main(step: str, folder: Path, most_seconds: float = MOST_SECONDS) -> int:
    """Do one step. What stops it is said in one sentence in the folder, never with a person's data."""
    clock = threading.Timer(most_seconds, lambda: _stop(folder))
    clock.daemon = True
    clock.start()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _hold_back()
    try:
        _step(step)(folder, reporter(folder))
    except (OSError, NotWritten, sqlite3.OperationalError) as error:
        if _no_room(error):
            return 2 if _say(folder, _NO_ROOM) else STATUS_NO_ROOM
        _say(folder, _NO_FILES)
    except FileProblem as problem:
        _say(folder, str(problem))
    except MemoryError:
        _say(folder, _TOO_LARGE)
    except Exception as error:
        _say(folder, _OTHER)
        _log(step, error)
    else:
        return 0
    finally:
        clock.cancel()
    return 2


def _step(name: str) -> Callable[[Path, Callable[[str, int, int], None]], None]:
    """The function of a step, loaded only when it is wanted."""
    if name == "look":
        from calculator.jobs import look

        return look.run
    if name == "letters":
        from calculator.jobs import letters

        return letters.run
    if name == "calendar":
        from calculator.jobs import calendar

        return calendar.run
    from calculator.jobs import work

    return work.run


def _no_room(error: OSError | NotWritten | sqlite3.OperationalError) -> bool:
    if isinstance(error, sqlite3.OperationalError):
        return error.sqlite_errorcode == sqlite3.SQLITE_FULL
    return errno.errorcode.get(error.errno or 0) in ("ENOSPC", "EDQUOT")


def _say(folder: Path, sentence: str) -> bool:
    """Leave the sentence for the parent, without the name the file has here. False where there is no room."""
    first, colon, rest = sentence.partition(": ")
    if colon and first.startswith(UPLOAD):
        sentence = rest
    try:
        write_message(folder / ERROR, Failure(sentence=sentence[:1].upper() + sentence[1:]))
    except OSError:
        return False
    return True


def _log(step: str, error: Exception) -> None:
    """Where an unforeseen error arose, without its words: they may hold a person's data."""
    where = [
        f"{Path(f.filename).name}:{f.lineno}" for f in traceback.extract_tb(error.__traceback__)
    ]
    print(f"bulk_job {step}: {type(error).__name__} at {' '.join(where)}", file=sys.stderr)


def _hold_back() -> None:
    """Leave the processor to the pages first; limit memory; leave no dump of it, which holds the cells."""
    limit(Limits(memory=MOST_MEMORY))
    if sys.platform != "win32":
        os.nice(_LESS_URGENT)


def _end_with_parent() -> None:
    """Wait for the end of standard input, which only the end of the parent brings."""
    with contextlib.suppress(OSError):
        while os.read(0, 1):
            pass
    _end()


def _stop(folder: Path) -> None:
    _say(folder, _TOO_LONG)
    _end()


def _end() -> None:
    """End at once, with the process that reads a workbook where it is of this group."""
    if sys.platform != "win32" and os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
