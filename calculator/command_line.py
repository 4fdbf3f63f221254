"""What the commands share: options, errors in one line, progress, text that is safe in a terminal."""

from __future__ import annotations

import atexit
import io
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from typer.exceptions import TyperException

from calculator.facts.days import FIRST_DAY, LAST_DAY
from calculator.facts.headings import checked_mapping, parsed_mapping
from calculator.facts.problems import MOST_MESSAGE, FileProblem, Severity
from calculator.facts.text import printable, shortened
from calculator.files.folders import remove_leftovers
from calculator.files.kinds import file_problem
from calculator.files.limited import Refused
from calculator.files.replacing import ignore_stops, is_stopped, stop
from calculator.files.texts import start_of, text_of, toml_at
from rules.late_benefits import LaterRates
from rules.positions import PositionError, Positions

WIDTH = 100
"""Characters in a line of a terminal."""
RATES_BYTES = 100_000
"""A file of later rates; 200 rows with their sources have some 20 kB."""
MOST_FAULTS = 35
"""Lines said of a file, so that all lines of a command are fewer than 50."""
STOPPED = 130
"""The status of a command that was stopped."""
on_terminal = partial(printable, instead="\N{REPLACEMENT CHARACTER}", kept="\n")
"""Text without characters that would steer a terminal; lines stay lines."""
Choice = TypeVar("Choice", bound=StrEnum)


class Advance(Protocol):
    """Moves a progress bar to ``done`` of ``total``; the total given before if None."""

    def __call__(self, done: int, total: int | None = None) -> None:
        """Move the bar."""


def day_of(text: str | None) -> date:
    """Read the day of calculation; today for None. FileProblem for anything but a day as 2026-11-30."""
    if text is None:
        return date.today()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise FileProblem("--as-at is not a day: write it as 2026-11-30.") from None
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) or not FIRST_DAY <= day <= LAST_DAY:
        raise FileProblem("--as-at must be a day from 1900 to 2100, written as 2026-11-30.")
    return day


def positions_of(path: Path | None) -> Positions:
    """Read a TOML file of positions; the defaults for None. FileProblem or PositionError if it is wrong."""
    return Positions() if path is None else Positions.from_mapping(toml_at(path))


def mapping_of(path: Path | None, pairs: Sequence[str] | None) -> dict[str, str]:
    """Read a saved mapping, a TOML file of ``"Their heading" = "field"`` lines, and add the pairs given."""
    saved = toml_at(path) if path else {}
    mapping = checked_mapping({heading: str(name) for heading, name in saved.items()})
    return mapping | parsed_mapping(pairs or [])


def rates_of(path: Path | None) -> LaterRates | None:
    """Read a CSV file of later rates; None for None. FileProblem if it is wrong."""
    if path is None:
        return None
    from calculator.facts.later_rates import rates_in_csv

    try:
        return rates_in_csv(text_of(start_of(path, RATES_BYTES), RATES_BYTES))
    except (FileProblem, Refused) as problem:
        raise file_problem(path, str(problem)) from None


def choices_of(
    choices: type[Choice], given: Sequence[str] | None, option: str
) -> tuple[Choice, ...]:
    """Read the words of an option, in the order of the choices. FileProblem for an unknown word."""
    names = [choice.value for choice in choices]
    if not set(given or ()) <= set(names):
        raise FileProblem(f"{option} must be one of {', '.join(names)}.")
    return tuple(choice for choice in choices if choice.value in (given or ()))


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Name the file that is read in errors of the system without a name."""
    try:
        yield
    except OSError as error:
        if error.filename is not None:
            raise
        raise FileProblem(
            f"{path.name}: cannot be read ({error.strerror or type(error).__name__})."
        ) from None


@contextmanager
def progress(doing: str, rows: int | None = None) -> Iterator[Advance]:
    """Show a progress bar on a terminal, with the rate and the time left; nothing in a file or a pipe.

    Call ``advance(done, total)``; ``total`` may come later.
    """
    if not sys.stderr.isatty():
        yield lambda done, total=None: None
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TaskProgressColumn

    columns = (
        *Progress.get_default_columns(),
        MofNCompleteColumn(),
        TaskProgressColumn(show_speed=True),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(doing, total=rows)
        yield lambda done, total=None: bar.update(task, completed=done, total=total)


def say(line: str) -> None:
    """Print a line on standard error."""
    print(on_terminal(line), file=sys.stderr)


def say_first(faults: Sequence[str]) -> None:
    """Print what is to be said of a file: the first lines, shortened, and how many more there are.

    Where there are too many, what is only to be confirmed comes last.
    """
    if len(faults) > MOST_FAULTS:
        faults = sorted(faults, key=lambda line: f"({Severity.PLEASE_CONFIRM}): " in line)
    for line in faults[:MOST_FAULTS]:
        say(shortened(line, MOST_MESSAGE))
    if more := faults[MOST_FAULTS:]:
        say(
            f"And {len(more)} more lines like these. For every cell use assess --problems FILE.xlsx."
        )


def run_safely(command: Callable[[], int | None]) -> None:
    """Run the command line: UTF-8 out; an error or a stop is one line on standard error and status 2 or 130.

    ``command`` returns the status, and raises what is wrong.
    """
    # Writing to an output that was closed from the start is an error, not silence.
    sys.stdout = sys.stdout or open(os.devnull, encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, stop)
    status = 0

    def end_as_stopped() -> None:
        # Python itself ends by SIGINT where a stop came in code made from text, as in a dataclass.
        if status == STOPPED:
            sys.stderr.flush()
            os._exit(STOPPED)

    atexit.register(end_as_stopped)  # Registered first, so done last.
    status = status_of(command)
    try:
        sys.stdout.flush()
    except OSError as error:
        say(_sentence(error))
        os._exit(2)
    ignore_stops()
    sys.exit(status)


def status_of(command: Callable[[], int | None]) -> int:
    """Run a command and return its status; an error or a stop is one line on standard error."""
    try:
        with suppress(OSError):
            remove_leftovers()
        status = command() or 0
    except (FileProblem, PositionError) as problem:
        say(f"exitcap: {printable(str(problem))}")  # A name of a file may hold a new line.
        return 2
    except TyperException as wrong:
        # Without words it is the help.
        words = wrong.format_message()
        say(f"exitcap: {printable(words)}" if len(sys.argv) > 1 else words)
        return 2
    except OSError as error:
        say(_sentence(error))
        return 2
    except BaseException:
        # Closing what was open when the stop came may raise another exception.
        if not is_stopped():
            raise
        status = STOPPED
    if status == STOPPED:
        say("Stopped. Nothing was written.")
    return status


def _sentence(error: OSError) -> str:
    words = error.strerror or "the output cannot be written"
    return f"exitcap: {words}" + (f": {printable(str(error.filename))}" if error.filename else "")
