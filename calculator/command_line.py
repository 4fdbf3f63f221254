"""What the commands share: options, errors in one line, progress, text that is safe in a terminal."""

from __future__ import annotations

import io
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

import typer

from calculator.facts.days import FIRST_DAY, LAST_DAY
from calculator.facts.headings import checked_mapping, parsed_mapping
from calculator.facts.problems import MOST_MESSAGE, FileProblem, Severity
from calculator.facts.text import printable, shortened
from calculator.files.replacing import is_stopped, stop
from calculator.files.texts import toml_at
from rules.positions import PositionError, Positions

WIDTH = 100
"""Characters in a line of a terminal."""
MOST_FAULTS = 35
"""Lines said of a file, so that all lines of a command are fewer than 50."""
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


def choices_of(
    choices: type[Choice], given: Sequence[str] | None, option: str
) -> tuple[Choice, ...]:
    """Read the words of an option, in the order of the choices. FileProblem for an unknown word."""
    names = [choice.value for choice in choices]
    if not set(given or ()) <= set(names):
        raise FileProblem(f"{option} must be one of {', '.join(names)}.")
    return tuple(choice for choice in choices if choice.value in (given or ()))


def check_may_be_written(out: Path, source: Path | None, force: bool) -> None:
    """Raise FileProblem if ``out`` is the input, or exists and may not be overwritten."""
    if not out.exists():
        return
    if source is not None and source.exists() and out.samefile(source):
        raise FileProblem(f"{out.name}: the results need a name of their own.")
    if not force:
        raise FileProblem(f"{out.name} is there already. Choose another name, or add --force.")


@contextmanager
def _stop_in_one_line() -> Iterator[None]:
    """Turn a stop into one line on standard error and status 130."""
    try:
        yield
    except BaseException as error:
        # Closing what was open when the stop came may raise another exception.
        if not isinstance(error, KeyboardInterrupt) and not is_stopped():
            raise
        say("Stopped. Nothing was written.")
        raise typer.Exit(130) from None


@contextmanager
def errors_in_one_line() -> Iterator[None]:
    """Turn an error or a stop into one line on standard error and status 2 or 130."""
    try:
        with _stop_in_one_line():
            yield
    except (FileProblem, PositionError) as error:
        say(f"exitcap: {error}")
        raise typer.Exit(2) from None
    except OSError as error:
        say(f"exitcap: {error.strerror or 'the file cannot be used'}: {error.filename or ''}")
        raise typer.Exit(2) from None


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
        say(f"And {len(more)} more lines like these. For every cell add --problems FILE.xlsx.")


def run_safely(command: Callable[[], object]) -> None:
    """Run the command line: UTF-8 out, signals turned into a stop, a failing output said in one line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, stop)
    try:
        command()
    except OSError as error:
        say(f"exitcap: {error.strerror or 'the output cannot be written'}")
        os._exit(2)
