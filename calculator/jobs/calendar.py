"""A further step, when it is asked for: the last days of the cases as a calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from calculator.explanation.calendar import calendar_of, has_days
from calculator.files.replacing import replacing
from calculator.jobs import CALENDAR, CALENDAR_REQUEST
from calculator.jobs.messages import Message, read_message
from calculator.jobs.work import calculated


class CalendarAsked(Message):
    """The rows whose days are wanted; None for all."""

    rows: list[int] | None = None


def run(folder: Path, report: Callable[[str, int, int], None]) -> None:
    """Write the calendar that is asked for."""
    asked = read_message(folder / CALENDAR_REQUEST, CalendarAsked)
    _, outcome = calculated(folder, report)
    rows = range(outcome.cases.size) if asked.rows is None else asked.rows
    wanted = [row for row in rows if has_days(outcome, row)]
    report("calendar", 0, 0)
    with replacing(folder / CALENDAR) as unfinished:
        unfinished.write_bytes(calendar_of(outcome, wanted, datetime.now(UTC)))
