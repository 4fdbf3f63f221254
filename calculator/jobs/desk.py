"""One person's file and the process that works on it, as the browser app holds them for a session."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path

import calculator
from calculator.facts.text import printable
from calculator.files.folders import Folder, remove
from calculator.files.limited import end
from calculator.files.replacing import PREFIX as UNFINISHED
from calculator.jobs import (
    CALENDAR_REQUEST,
    CASES,
    ERROR,
    LETTERS_REQUEST,
    LETTERS_SUMMARY,
    LOOK,
    OF_CALENDAR,
    OF_LETTERS,
    OF_ONE_RUN,
    PROGRESS,
    REQUEST,
    SCRATCH,
    STATUS_NO_ROOM,
    SUMMARY,
    UPLOAD,
)
from calculator.jobs.calendar import CalendarAsked
from calculator.jobs.case_list import CaseTable
from calculator.jobs.corrections import Correction
from calculator.jobs.letters import LettersAsked, LettersSummary
from calculator.jobs.look import Look
from calculator.jobs.messages import (
    Failure,
    Message,
    Progress,
    message_if_any,
    read_message,
    write_message,
)
from calculator.jobs.work import Summary, WorkWanted
from calculator.letters.letter import LettersWanted
from calculator.spreadsheets.read import READABLE

MOST_AT_ONCE = max(1, os.cpu_count() or 1)
"""Files of each kind, quick ones and others, worked at the same time on one server; others wait their turn."""
SMALL = 1_000_000
"""Bytes of a file whose steps are quick: about 5,000 cases."""
QUICK_SECONDS = 20.0
"""After this time a small file counts among the large ones, and gives its place to other small ones."""
_MOST_IN_ALL = 4 * MOST_AT_ONCE
GRACE_SECONDS = 120.0
"""How long the files outlive a lost connection: as long as the page can be taken up again."""
_STOPPED = "The work on this file was stopped from outside. Try again, or split the table into several files."
_NO_ROOM = "The file cannot be kept on the server. Tell whoever looks after it."

_at_work: list[tuple[subprocess.Popen[bytes], float]] = []
"""The processes at work, and until when each counts as quick, by the clock of this process."""
_at_work_lock = threading.Lock()


class Stage(StrEnum):
    """How far a file is."""

    EMPTY = "no file"
    LOOKING = "being looked at"
    FAILED = "cannot be used"
    LOOKED = "ready to be calculated"
    WORKING = "being calculated"
    WORKED = "calculated"


class Desk:
    """One file at a time: taken, looked at, calculated. A new file drops all of the old one.

    ``number`` counts the files and ``runs`` how often they were calculated, so that a page can tell one
    from another.
    """

    def __init__(self) -> None:
        self.name = ""
        self.number = 0
        self.runs = 0
        self._held: Folder | None = None
        self._folder: Path | None = None
        self._size = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._step = ""
        self._waiting = False
        self._error = ""
        self._corrections: list[list[Correction]] = []
        self._leaving: threading.Timer | None = None
        self._lock = threading.RLock()

    # What a page asks for

    def take(self, name: str, data: bytes) -> None:
        """Take a file in place of any other, and begin to look at it."""
        with self._lock:
            self.drop()
            self.name, self._size = printable(name)[:200], len(data)
            suffix = Path(name).suffix.casefold()
            if suffix not in READABLE:
                self._error = f"Use a file of one of these kinds: {', '.join(READABLE)}."
                return
            try:
                self._held = Folder()
                # To be done first at the end of the program, before the folders are removed.
                atexit.unregister(_end_all)
                atexit.register(_end_all)
                (self._held.path / f"{UPLOAD}{suffix}").write_bytes(data)
            except OSError:
                self._forget_folder()
                self._error = _NO_ROOM
                return
            self._folder = self._held.path
            self._begin("look")

    def work(self, wanted: WorkWanted) -> None:
        """Begin to calculate the file, with the corrections made so far to columns that are read as before."""
        with self._lock:
            if self._folder is None:
                return
            last = message_if_any(self._folder / REQUEST, WorkWanted)
            if last is not None:
                self._corrections = [
                    kept
                    for batch in self._corrections
                    if (kept := [each for each in batch if _same_cell(each, last, wanted)])
                ]
            self._calculate(wanted)

    def correct(self, corrections: Sequence[Correction]) -> None:
        """Put corrections into the file that is calculated, and begin to calculate it again."""
        with self._lock:
            if self._folder is not None and self._has(REQUEST):
                self._corrections.append([*corrections])
                self._calculate(read_message(self._path(REQUEST), WorkWanted))

    def undo_correction(self) -> None:
        """Take the corrections made last out again, and begin to calculate the file again."""
        with self._lock:
            if self._corrections and self._folder is not None:
                self._corrections.pop()
                self._calculate(read_message(self._path(REQUEST), WorkWanted))

    @property
    def corrections(self) -> list[Correction]:
        """The corrections made to the file, in their order."""
        return [each for batch in self._corrections for each in batch]

    def wait(self, seconds: float) -> None:
        """Wait until the file is calculated, at most so long."""
        end_at = time.monotonic() + seconds
        while self.stage is Stage.WORKING and time.monotonic() < end_at:
            time.sleep(0.05)

    def write_letters(self, wanted: LettersWanted, index: bytes | None = None) -> None:
        """Begin to write the letters of the cases calculated; with an index filled in, reminders of them."""
        asked = LettersAsked(wanted=wanted, index=index)
        self._also("letters", OF_LETTERS, LETTERS_REQUEST, asked)

    def write_calendar(self, wanted: CalendarAsked) -> None:
        """Begin to write the calendar of the cases calculated."""
        self._also("calendar", OF_CALENDAR, CALENDAR_REQUEST, wanted)

    def stop_letters(self) -> None:
        """Stop the writing of letters. The results stay."""
        with self._lock:
            if self.writes_letters:
                self._kill()
                self._remove(OF_LETTERS)

    def cancel(self) -> None:
        """Stop what is under way: looked at, the file is dropped; calculated, its columns stay."""
        with self._lock:
            if self._step == "look":
                self.drop()
            else:
                self._end_run()
                self._step = "look"

    def drop(self) -> None:
        """Forget the file and remove everything of it."""
        with self._lock:
            self._kill()
            self._forget_folder()
            self.name, self._step, self._error = "", "", ""
            self._corrections = []
            self.number += 1

    @property
    def stage(self) -> Stage:
        """How far the file is. Begins what has waited for its turn."""
        with self._lock:
            self._start_if_free()
            if self._folder is None:
                return Stage.FAILED if self._error else Stage.EMPTY
            if self._step == "look":
                if self.busy:
                    return Stage.LOOKING
                return Stage.LOOKED if self._has(LOOK) else Stage.FAILED
            if self._has(SUMMARY):
                return Stage.WORKED
            return Stage.WORKING if self.busy else Stage.LOOKED

    @property
    def busy(self) -> bool:
        """True while a process works on the file or waits for its turn."""
        with self._lock:
            return self._waiting or (self._process is not None and self._process.poll() is None)

    @property
    def waiting(self) -> bool:
        """True while the files of others are worked first."""
        return self._waiting

    @property
    def error(self) -> str:
        """What stopped the last step, in one sentence; "" where nothing did."""
        with self._lock:
            if self._error or self._folder is None or self.busy:
                return self._error
            failure = message_if_any(self._folder / ERROR, Failure)
            if failure is not None:
                return failure.sentence
            status = self._process.returncode if self._process is not None else 0
            return {0: "", STATUS_NO_ROOM: _NO_ROOM}.get(status, _STOPPED)

    @property
    def look(self) -> Look:
        """What is in the file, once it is looked at."""
        return read_message(self._path(LOOK), Look)

    @property
    def summary(self) -> Summary:
        """The results summed up, once it is calculated."""
        return read_message(self._path(SUMMARY), Summary)

    @property
    def letters(self) -> LettersSummary | None:
        """What letters were written, once they are."""
        return message_if_any(self._path(LETTERS_SUMMARY), LettersSummary)

    @property
    def writes_letters(self) -> bool:
        """True while letters are written or wait to be."""
        return self._step == "letters" and self.busy

    @property
    def table(self) -> CaseTable:
        """The table of cases, once it is calculated."""
        return CaseTable(self._path(CASES))

    @property
    def progress(self) -> Progress | None:
        """How far the step under way is."""
        with self._lock:
            if self._folder is None:
                return None
            return message_if_any(self._folder / PROGRESS, Progress)

    def has(self, name: str) -> bool:
        """True where a file to download is whole."""
        with self._lock:
            return self._folder is not None and self._has(name)

    def content(self, name: str) -> bytes:
        """A file to download."""
        return self._path(name).read_bytes()

    def let_go(self, still_here: Callable[[], bool], seconds: float = GRACE_SECONDS) -> None:
        """The connection is lost. Drop everything, unless the page is taken up again before long."""
        with self._lock:
            if self._leaving is not None:
                self._leaving.cancel()
            self._leaving = threading.Timer(seconds, self._leave, (still_here,))
            self._leaving.daemon = True
            self._leaving.start()

    def _leave(self, still_here: Callable[[], bool]) -> None:
        if not still_here():
            self.drop()

    # The process

    def _path(self, name: str) -> Path:
        if self._folder is None:
            raise FileNotFoundError(name)
        return self._folder / name

    def _has(self, name: str) -> bool:
        return self._path(name).is_file()

    def _forget_folder(self) -> None:
        if self._held is not None:
            self._held.remove()
        self._held = self._folder = None

    def _calculate(self, wanted: WorkWanted) -> None:
        self._end_run()
        self.runs += 1
        self._ask(REQUEST, wanted.model_copy(update={"corrections": self.corrections}), "work")

    def _also(self, step: str, leaves: Sequence[str], name: str, message: Message) -> None:
        """Begin a further step for the cases calculated, in place of what it left the last time."""
        with self._lock:
            if self._folder is None or self.busy or not self._has(SUMMARY):
                return
            self._kill()
            self._remove(leaves)
            self._ask(name, message, step)

    def _ask(self, name: str, message: Message, step: str) -> None:
        """Write what is asked of a step, and begin it."""
        self._error = ""
        try:
            write_message(self._path(name), message)
        except OSError:
            self._error = _NO_ROOM
            return
        self._begin(step)

    def _begin(self, step: str) -> None:
        self._process, self._step, self._waiting = None, step, True
        self._start_if_free()

    def _start_if_free(self) -> None:
        if not self._waiting or self._folder is None:
            return
        now = time.monotonic()
        quick_until = now + (QUICK_SECONDS if self._size < SMALL else 0)
        with _at_work_lock:
            _at_work[:] = [one for one in _at_work if one[0].poll() is None]
            alike = sum((until > now) == (quick_until > now) for _, until in _at_work)
            if alike >= MOST_AT_ONCE or len(_at_work) >= _MOST_IN_ALL:
                return
            self._waiting = False
            try:
                self._process = start(self._step, self._folder)
            except OSError:
                self._error = _NO_ROOM
                return
            _at_work.append((self._process, quick_until))

    def _end_run(self) -> None:
        """Stop the process and remove what its run has left."""
        self._kill()
        self._remove(OF_ONE_RUN)

    def _remove(self, names: Sequence[str]) -> None:
        """Remove files of the folder, and what was left unfinished there."""
        if self._folder is not None:
            for name in names:
                (self._folder / name).unlink(missing_ok=True)
            for unfinished in (*self._folder.glob(f"{UNFINISHED}*"), self._folder / SCRATCH):
                remove(unfinished)

    def _kill(self) -> None:
        self._waiting = False
        if self._process is not None:
            end(self._process)
            self._process = None


def _same_cell(correction: Correction, before: WorkWanted, now: WorkWanted) -> bool:
    """Tell whether a correction still is for the cell for which it was made."""
    name = correction.field
    same_sheet = (before.sheet, before.heading_row, before.others) == (
        now.sheet,
        now.heading_row,
        now.others,
    )
    return same_sheet and before.columns.get(name) == now.columns.get(name)


def _end_all() -> None:
    """End the processes of all files."""
    for process, _ in _at_work:
        end(process)


def start(step: str, folder: Path) -> subprocess.Popen[bytes]:
    """A process that does one step on a folder. It ends when this program does."""
    home = str(Path(calculator.__file__).parent.parent)
    path = os.pathsep.join(part for part in (home, os.environ.get("PYTHONPATH", "")) if part)
    # What it and LibreOffice put into temporary files is removed with the folder, also when it is killed.
    scratch = folder / SCRATCH
    scratch.mkdir(exist_ok=True)
    temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch))
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-P", "-m", "calculator.jobs", step, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env={**os.environ, **temporary, "PYTHONPATH": path},
        cwd=folder,
        start_new_session=sys.platform != "win32",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
