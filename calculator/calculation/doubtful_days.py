"""Days of a row that are unlikely together, or that have not come yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from calculator.facts.case_table import Cases
from calculator.facts.fields import BY_NAME, FIELDS, Kind
from rules.arrays import Mask
from rules.calendar import CalendarDays

YOUNGEST, OLDEST = 16, 100
"""Ages at exit outside which a date of birth is probably wrong."""
FAR_DAYS = 731
"""Days between exit and payment beyond which one of them is probably wrong."""
EARLY_DAYS = 92
"""Days that the payment may lie before the exit."""
Doubtful = tuple[str, str, str, Mask]
"""A field, what is unlikely, what to do, and in which rows."""


def doubtful_days(cases: Cases, as_at: date | None) -> Iterator[Doubtful]:
    """Give what to confirm of the days; without the day of calculation not of days to come."""
    yield from _of_age(cases)
    exit_date = cases.days["exit_date"]
    for name in ("payment_date", "due_date", "strain_due_date"):
        wrong = f"{BY_NAME[name].heading} lies more than two years from the exit."
        yield name, wrong, "Check both years.", _far(cases, name)
    for name in ("top_up_date", "acknowledged_on", "pension_restored_on"):
        wrong = f"{BY_NAME[name].heading} lies before the exit."
        yield name, wrong, "Check both days.", cases.days[name] < exit_date
    early = cases.days["payment_date"] + EARLY_DAYS < exit_date
    yield (
        "payment_date",
        "The exit payment was made months before the exit.",
        "Check both days.",
        early & ~_far(cases, "payment_date"),
    )
    for field in FIELDS if as_at is not None else ():
        if field.kind in (Kind.DAY, Kind.DAY_OR_NONE):
            wrong = f"{field.heading} is after the day of calculation."
            to_come = cases.days[field.name] > np.datetime64(as_at, "D")
            yield field.name, wrong, "Check the year.", to_come


def _of_age(cases: Cases) -> Iterator[Doubtful]:
    leaving = CalendarDays.of(cases.days["exit_date"])
    born = CalendarDays.of(cases.days["date_of_birth"])
    start = CalendarDays.of(cases.days["service_start"])
    old_enough = born.plus_years(YOUNGEST).not_after(leaving)
    yield (
        "date_of_birth",
        f"The age at exit is under {YOUNGEST}.",
        "Check the date of birth.",
        born.known & leaving.known & ~old_enough,
    )
    yield (
        "date_of_birth",
        f"The age at exit is {OLDEST} or more.",
        "Check the date of birth.",
        born.plus_years(OLDEST).not_after(leaving),
    )
    yield (
        "service_start",
        f"Service starts before the age of {YOUNGEST}.",
        "Check the start of service and the date of birth.",
        born.known & start.known & ~born.plus_years(YOUNGEST).not_after(start),
    )


def _far(cases: Cases, name: str) -> Mask:
    apart = np.abs((cases.days[name] - cases.days["exit_date"]).astype(np.int64))
    both = ~np.isnat(cases.days[name]) & ~np.isnat(cases.days["exit_date"])
    return both & (apart > FAR_DAYS)
