"""The last days of cases as a calendar: each day to issue by, each last day, and the reminders before them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Event

from calculator.calculation.outcome import Outcome
from calculator.calculation.result_columns import CLAIM_DAYS
from calculator.explanation.words import WARNING, plural
from calculator.facts.days import shown_day
from calculator.facts.text import one_line
from rules import VERSION

REMINDERS = (28, 14, 7, 1)
"""Days before a last day on which the calendar reminds, as events: Outlook ignores alarms in a file."""
_NAMESPACE = UUID("5f0c6f1c-9f0e-4b8e-8f0a-2f6f4f6a9d11")
"""Keeps an event the same in each export of a case, so that a diary that can replaces it."""
_LAST_DAYS = {
    "contract_last_day": "last day for a claim in contract",
    "statute_last_day": "last day for a claim under SI 2021/197 regulation 4",
    "pension_lump_sum_last_day": "last day for the pension lump sum (our reading)",
    "pension_instalment_last_day": "last day for the first month of the pension (our reading)",
    "judicial_review_last_day": "last day to ask for judicial review; ask promptly",
    "idrp_last_day": "last day for the internal dispute procedure",
}


@dataclass(frozen=True)
class _Entry:
    """One day of one case; ``name`` tells it apart from the other days of the case."""

    name: str
    day: date
    title: str


def calendar_of(outcome: Outcome, rows: Iterable[int], made: datetime) -> bytes:
    """Write the days still to come of some rows as an iCalendar file; it names no person but the case reference.

    ``made`` is the moment of writing, in UTC. Only rows with a last day have entries. Source: RFC 5545.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//exit-cap//rules {VERSION}//EN")
    calendar.add("method", "PUBLISH")
    for row in rows:
        reference = one_line(str(outcome.cases.text["case_ref"][row]))
        for entry in _entries(outcome, row):
            calendar.add_component(_event(outcome, reference, entry, made))
    written: bytes = calendar.to_ical()
    return written


def has_days(outcome: Outcome, row: int) -> bool:
    """Return whether the calendar has an entry for a row."""
    return next(_entries(outcome, row), None) is not None


def _entries(outcome: Outcome, row: int) -> Iterator[_Entry]:
    """Give the days of a row from the day of calculation on, with their reminders.

    A claim's last day is given only where a claim is to be issued. The reminders of the earliest one come
    before the day to issue by, and not again a day later.
    """
    issue_by = outcome.day("issue_by", row)
    days = {
        name: last
        for name in _LAST_DAYS
        if (last := outcome.day(name, row)) is not None and last >= outcome.as_at
    }
    if issue_by is None:
        days = {name: last for name, last in days.items() if name not in CLAIM_DAYS}
    else:
        yield from _reminded(
            "issue_by", issue_by, "issue the claim today", "to issue the claim", outcome.as_at
        )
    claims = [
        day for name, day in days.items() if name in CLAIM_DAYS and issue_by and day > issue_by
    ]
    earliest = min(claims, default=None)
    for name, last in days.items():
        if last == earliest:
            yield _Entry(name, last, _LAST_DAYS[name])
        else:
            yield from _reminded(
                name, last, _LAST_DAYS[name], f"to the {_LAST_DAYS[name]}", outcome.as_at
            )


def _reminded(name: str, day: date, title: str, purpose: str, today: date) -> Iterator[_Entry]:
    """Give a day and the reminders before it; one that has passed falls on the day of calculation."""
    yield _Entry(name, max(day, today), title)
    for left in REMINDERS:
        reminder = day - timedelta(days=left)
        if reminder >= today:
            words = f"{plural(left, 'day')} left {purpose}: {shown_day(day)}"
            yield _Entry(f"{name}-{left}", reminder, words)


def _event(outcome: Outcome, reference: str, entry: _Entry, made: datetime) -> Event:
    event = Event()
    event.add("uid", str(uuid5(_NAMESPACE, f"{reference} {entry.name}")))
    event.add("sequence", outcome.as_at.toordinal())
    event.add("dtstamp", made)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", f"{reference}: {entry.title}")
    event.add(
        "description",
        f"Calculated as at {shown_day(outcome.as_at)}, rules {VERSION}. {WARNING} "
        "If the facts change, delete these entries and export them again.",
    )
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event
