"""Working days before a deadline. The law's clocks themselves run in calendar days."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
from holidays.countries.united_kingdom import UnitedKingdom

from rules.arrays import Days, Mask
from rules.time_limits import working_day_before

FIRST_YEAR, LAST_YEAR = 1900, 2110
"""The years of the days that can be entered, and of the last days six years after them."""


@cache
def bank_holidays(part: str) -> Days:
    """Return the bank holidays of a part of the country, ``ENG`` (with Wales) or ``NIR``.

    Future years by the same rules; a holiday proclaimed later is not known.
    """
    days = UnitedKingdom(subdiv=part, years=range(FIRST_YEAR, LAST_YEAR + 1))  # type: ignore[no-untyped-call]
    return np.array(sorted(days), dtype="datetime64[D]")


def working_days_before(days: Days, northern_ireland: Mask) -> Days:
    """Return the last working day before each day; ``NaT`` where the day is not known."""
    before = np.full(days.shape, np.datetime64("NaT", "D"))
    known = ~np.isnat(days)
    for part, of_part in (("NIR", northern_ireland), ("ENG", ~northern_ireland)):
        rows = known & of_part
        if rows.any():
            before[rows] = working_day_before(days[rows], bank_holidays(part))
    return before


@cache
def last_working_day(last_day: date, northern_ireland: bool) -> date:
    """Return the last working day on or before a deadline."""
    day_after = np.array([last_day], dtype="datetime64[D]") + 1
    found: date = working_days_before(day_after, np.array([northern_ireland]))[0].astype(object)
    return found
