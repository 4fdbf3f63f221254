"""Calendar years in columns of days: anniversaries and complete years."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rules.arrays import Counts, Days, Mask, day
from rules.sources import (
    AGE_REACHED,
    LEAP_DAY,
    REDUNDANCY_AMOUNT,
    THREE_MONTHLY_RESTS,
    cited,
)

_DAYS_IN_KEY = 32
_LEAP_DAY = 2 * _DAYS_IN_KEY + 29
_FIRST_OF_MARCH = 3 * _DAYS_IN_KEY + 1
_FIRST_YEAR, _AFTER_YEARS = 1600, 2600
"""The years that days lie in: those entered are from 1900 to 2100."""
_MONTHS = np.arange(f"{_FIRST_YEAR}-01", f"{_AFTER_YEARS}-02", dtype="datetime64[M]")
_BEGINS = _MONTHS.astype("datetime64[D]").astype(np.int64)
"""The first day of each month, and of the one after the last, as a number of days."""
_MONTH = np.repeat(np.arange(len(_MONTHS) - 1, dtype=np.int16), np.diff(_BEGINS))
"""The month of each day: to look it up is many times faster than to calculate it."""


class CalendarDays(NamedTuple):
    """Days as a year and a key that sorts the days of a year (month, then day); and which are known."""

    year: Counts
    month_day: Counts
    known: Mask

    @classmethod
    def of(cls, days: Days) -> CalendarDays:
        """Return the calendar days of a column of days."""
        known, given, month = _months(days)
        year = month // 12
        month_day = (month - 12 * year + 1) * _DAYS_IN_KEY + given - _BEGINS[month] + 1
        return cls(_FIRST_YEAR + year, month_day, known)

    @cited(AGE_REACHED, LEAP_DAY)
    def plus_years(self, years: int) -> CalendarDays:
        """Family Law Reform Act 1969 s.9(1): add years; 29 February becomes 1 March in other years."""
        year = self.year + years
        return CalendarDays(year, _in_year(self.month_day, year), self.known)

    def not_after(self, other: CalendarDays) -> Mask:
        """Return True where both days are known and this one does not come after the other."""
        ordered: Mask = (self.year < other.year) | (
            (self.year == other.year) & (self.month_day <= other.month_day)
        )
        return ordered & self.known & other.known


def _in_year(month_day: Counts, year: Counts) -> Counts:
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    return np.where((month_day == _LEAP_DAY) & ~leap, _FIRST_OF_MARCH, month_day)


def _months(days: Days) -> tuple[Mask, Counts, Counts]:
    """Where days are known, their numbers, and their months counted from the first; any where not known."""
    known = ~np.isnat(days)
    numbers = np.where(known, days, day("2000-01-01")).astype(np.int64)
    return known, numbers, _MONTH[numbers - _BEGINS[0]].astype(np.int64)


@cited(REDUNDANCY_AMOUNT, LEAP_DAY)
def complete_years(start: CalendarDays, day_after_end: CalendarDays) -> Counts:
    """ERA 1996 s.162(1): count complete years from ``start``, backwards from the day after the end.

    The largest n for which ``day_after_end`` less n years is not before ``start``; below 0 where the
    start is after the end. Undefined where either day is not known.
    """
    calendar_years = day_after_end.year - start.year
    same_day_in_first_year = _in_year(day_after_end.month_day, start.year)
    not_yet_complete = same_day_in_first_year < start.month_day
    return np.where(not_yet_complete, calendar_years - 1, calendar_years)


@cited(THREE_MONTHLY_RESTS, LEAP_DAY)
def months_on(days: Days, months: int | Counts) -> Days:
    """LGPS Regulations 2013 reg 81(4): add months; the last day of a month that has no such day.

    Every count of months uses it: rests, pension ages and time limits too.
    """
    known, given, month = _months(days)
    later = month + np.where(known, months, 0)
    same_day = np.minimum(_BEGINS[later] + given - _BEGINS[month], _BEGINS[later + 1] - 1)
    return np.where(known, same_day.astype("datetime64[D]"), np.datetime64("NaT", "D"))
