"""Working days, for the advice beside a deadline. The law's clocks themselves run in calendar days."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from holidays.countries.united_kingdom import UnitedKingdom

SATURDAY = 5


@lru_cache(maxsize=4096)
def last_working_day(last_day: date, northern_ireland: bool) -> date:
    """The last day on or before a deadline that is no weekend and no bank holiday.

    Bank holidays are those of England and Wales, or of Northern Ireland.
    """
    part = "NIR" if northern_ireland else "ENG"
    closed = UnitedKingdom(subdiv=part, years=last_day.year)  # type: ignore[no-untyped-call]
    day = last_day
    while day.weekday() >= SATURDAY or day in closed:
        day -= timedelta(days=1)
    return day
