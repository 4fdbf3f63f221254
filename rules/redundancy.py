"""Statutory redundancy pay: the relevant date, complete years, weeks, and the limit on a week's pay."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from rules.arrays import Codes, Counts, Days, Mask, Pence, day, half_up
from rules.calendar import CalendarDays, complete_years
from rules.choices import Nation
from rules.dated import Dated, known_to, read_table
from rules.sources import (
    AGE_REACHED,
    MINIMUM_NOTICE,
    REDUNDANCY_AMOUNT,
    REDUNDANCY_RIGHT,
    RELEVANT_DATE,
    TWO_YEARS,
    WEEKLY_LIMIT,
    WEEKLY_LIMIT_2020,
    WEEKLY_LIMITS,
    WEEKLY_LIMITS_NI,
    WEEKS_PAY,
    Citation,
    cited,
)

QUALIFYING_YEARS = 2
"""Complete years of continuous employment needed: ERA 1996 s.155."""
MOST_YEARS = 20
"""The most years of employment that count: s.162(3)."""
FULL_WEEK_AGE = 22
WEEK_AND_HALF_AGE = 41
"""Ages from which a year earns a week, and a week and a half: s.162(2)."""
MOST_NOTICE_WEEKS = 12
"""The most weeks of minimum notice: s.86(1)."""


def _weekly_limits(nation: str, name: str, *sources: Citation) -> Dated:
    rows = [row for row in read_table("weekly_pay_limits.csv") if row["nation"] == nation]
    starts = [(day(row["effective_from"]), int(row["limit_pounds"]) * 100) for row in rows]
    return Dated.from_starts(name, starts, known_to(rows), sources)


WEEKLY_LIMIT_GB = _weekly_limits(
    "gb", "The limit on a week's pay in Great Britain", WEEKLY_LIMIT_2020, WEEKLY_LIMITS
)
WEEKLY_LIMIT_NI = _weekly_limits(
    "ni", "The limit on a week's pay in Northern Ireland", WEEKLY_LIMITS, WEEKLY_LIMITS_NI
)
"""Pence a week by relevant date."""


@cited(MINIMUM_NOTICE)
def minimum_notice_weeks(service_start: CalendarDays, material_date: Days) -> Counts:
    """ERA 1996 s.86(1): return the weeks of statutory notice.

    One under two years' service, then one for each complete year, at most 12. Service is counted to the
    day notice was given, both days included.
    """
    years = complete_years(service_start, CalendarDays.of(material_date + 1))
    return np.where(years < QUALIFYING_YEARS, 1, np.minimum(years, MOST_NOTICE_WEEKS))


@cited(RELEVANT_DATE, MINIMUM_NOTICE)
def relevant_date(
    exit_date: Days, service_start: CalendarDays, notice_given_on: Days, no_notice: Mask
) -> Days:
    """ERA 1996 ss.145(5), 145(6): return the relevant date: the exit, or the end of statutory notice if later.

    Statutory notice runs from the day after the material date (s.145(6)): the day notice was given, or
    the day of exit where none was given. Where neither is known nothing is added.
    """
    material_date = np.where(no_notice, exit_date, notice_given_on)
    known = ~np.isnat(material_date)
    counted_from = np.where(known, material_date, exit_date)
    weeks = minimum_notice_weeks(service_start, counted_from)
    notice_ends = counted_from + 7 * weeks
    return np.where(known, np.maximum(exit_date, notice_ends), exit_date)


@cited(TWO_YEARS, REDUNDANCY_AMOUNT)
def years_that_count(service_start: CalendarDays, day_after: CalendarDays) -> Counts:
    """ERA 1996 ss.162(1), 162(3): count complete years of employment to the relevant date, from 0 to 20.

    ``day_after`` is the day after the relevant date.
    """
    years: Counts = np.clip(complete_years(service_start, day_after), 0, MOST_YEARS)
    return years


@cited(REDUNDANCY_AMOUNT, TWO_YEARS, AGE_REACHED)
def half_weeks(years: Counts, born: CalendarDays, day_after: CalendarDays) -> Counts:
    """ERA 1996 ss.155, 162(2): return the half-weeks of pay earned.

    One for each year, one more for a year not below 22 and one more for a year not below 41, throughout.
    Years run backwards from the day after the relevant date, so the years not below an age are the
    complete years since that birthday. 0 under two years' employment (s.155), or where the birth is not
    known.
    """
    from_22 = complete_years(born.plus_years(FULL_WEEK_AGE), day_after)
    from_41 = complete_years(born.plus_years(WEEK_AND_HALF_AGE), day_after)
    earned = years + np.clip(from_22, 0, years) + np.clip(from_41, 0, years)
    return np.where((years >= QUALIFYING_YEARS) & born.known, earned, 0)


@cited(WEEKLY_LIMIT, WEEKLY_LIMIT_2020, WEEKLY_LIMITS)
def weekly_limit(relevant: Days, nation: Codes) -> tuple[Pence, Mask]:
    """ERA 1996 s.227(1): return the limit on a week's pay on the relevant date, and where it is known."""
    northern_ireland = nation == Nation.NORTHERN_IRELAND
    limit = np.zeros(len(relevant), dtype=np.int64)
    known = np.zeros(len(relevant), dtype=bool)
    for table, applies in (
        (WEEKLY_LIMIT_NI, northern_ireland),
        (WEEKLY_LIMIT_GB, ~northern_ireland),
    ):
        covered = applies & table.covers(relevant)
        limit[covered] = table.on(relevant[covered])
        known |= covered
    return limit, known


@cited(REDUNDANCY_RIGHT, REDUNDANCY_AMOUNT, WEEKS_PAY, WEEKLY_LIMIT)
def redundancy_pay(
    half_weeks_earned: Counts, week: Pence, divisor: Fraction, limit: Pence
) -> Pence:
    """ERA 1996 ss.135, 162(1)(c), 227(1): calculate statutory redundancy pay in pence.

    Weeks times the week's pay or the limit, whichever is less. The week's pay is ``week / divisor``
    (divisor 1 for a weekly figure, weeks in a year for a salary). It is not rounded; the product is, half
    up to the penny, once.
    """
    over, under = divisor.numerator, divisor.denominator
    above_limit = week * under > limit * over
    by_limit = half_up(half_weeks_earned * limit, 2)
    by_pay = half_up(half_weeks_earned * week * under, 2 * over)
    return np.where(above_limit, by_limit, by_pay)
