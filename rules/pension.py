"""LGPS: how an early pension is reduced, what the reduction costs a year, and its arrears.

England and Wales. Every figure is an estimate for the scheme to confirm, and none is part of the
difference.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from rules.arrays import (
    Codes,
    Counts,
    Days,
    Mask,
    Pence,
    day,
    day_numbers,
    distinct_pairs,
    exact,
    half_up,
    scaled,
)
from rules.calendar import CalendarDays, months_on
from rules.choices import ExitReason
from rules.coverage import CAP_IN_FORCE
from rules.dated import Dated, Window, known_to, read_table
from rules.sources import (
    AUTOMATIC_LUMP_SUM,
    BEFORE_2014,
    BEFORE_2014_AT_65,
    DAILY_ARREARS,
    EARLY_FACTORS,
    FIRST_INCREASE,
    INCREASE_OF_2024,
    INCREASE_OF_2026,
    LATER_INCREASES,
    NORMAL_PENSION_AGE,
    PART_YEARS,
    PENSION_BEGINS,
    REDUCED_BY_ELECTION,
    RULE_OF_85,
    STATE_PENSION,
    STATE_PENSION_PAGES,
    UNREDUCED_AT_55,
    cited,
)

EARLIEST_AGE = 55
"""LGPS Regulations 2013 regs 30(5), 30(7): an early pension is paid from 55."""
AGE_BEFORE_2014 = 65
"""The pension age of benefits earned before April 2014, and the lowest for those earned since."""
LUMP_SUMS_END = day("2008-04-01")
"""The first day of service that brings no automatic lump sum (SI 2007/1166)."""
PROTECTED_AGE = 60
"""SI 2014/525 Sch 2 para 1(4): where the 85-year rule is met and the employer has not agreed."""
PROTECTED_TO_2016 = day("1956-03-31")
"""SI 2014/525 Sch 2 para 3: born by then, and so 60 by 31 March 2016, service to that day is protected."""
TO_2008, FROM_2008_TO_2014, FROM_2014 = 0, 1, 2
"""The tranches of service, the first axis of a table of benefits. Each has its own pension age."""
TRANCHES = 3

FIRST_BEGINNING = day("2020-04-12")
"""Pensions that began earlier had an increase before the first one in the table."""

_TENTHS_OF_PERCENT = 1000
PARTS_OF_TENTH = 365
"""A tenth of a per cent in parts: part years are days / 365."""
REDUCTION_PARTS = _TENTHS_OF_PERCENT * PARTS_OF_TENTH
"""A reduction is a number of these parts of a benefit: tenths of a per cent, by days."""


def _tenths(text: str) -> int:
    units, _, decimals = text.partition(".")
    return int(units) * 10 + int(decimals or "0")


def _factor_sets() -> tuple[Dated, tuple[Counts, ...], tuple[Counts, ...]]:
    rows = read_table("lgps_early_retirement.csv")
    names = list(dict.fromkeys(row["factor_set"] for row in rows))
    dated = Dated.from_starts(
        "The set of factors for LGPS pensions paid early",
        [(day(name), index) for index, name in enumerate(names)],
        known_to(rows),
        (EARLY_FACTORS,),
    )
    pension, lump_sum = (
        tuple(
            np.array(
                [
                    _tenths(row[f"{benefit}_percent"])
                    for row in rows
                    if row["factor_set"] == name and row[f"{benefit}_percent"]
                ],
                dtype=np.int64,
            )
            for name in names
        )
        for benefit in ("pension", "lump_sum")
    )
    return dated, pension, lump_sum


FACTOR_SET, PENSION_FACTORS, LUMP_SUM_FACTORS = _factor_sets()
"""The set in force by day; of each set, the reductions by complete years early, in tenths of a per cent."""
STATE_PENSION_AGE = Dated(
    "State Pension age by day of birth",
    [
        Window(
            day(row["born_from"]),
            day(row["born_to"]),
            12 * int(row["spa_years"]) + int(row["spa_months"]),
        )
        for row in read_table("state_pension_age.csv")
    ],
    (STATE_PENSION, STATE_PENSION_PAGES),
)
"""Months of age by day of birth."""
_INCREASES = read_table("pensions_increase.csv")
PENSIONS_INCREASE = Dated.from_starts(
    "Pensions increase",
    [(day(row["effective_from"]), _tenths(row["percent"])) for row in _INCREASES],
    known_to(_INCREASES),
    (FIRST_INCREASE, LATER_INCREASES, INCREASE_OF_2024, INCREASE_OF_2026),
)
"""The increase of each year, in tenths of a per cent, by the day it takes effect."""


@cited(UNREDUCED_AT_55)
def old_enough_at_exit(birth: Days, exit_date: Days) -> Mask:
    """LGPS Regulations 2013 reg 30(7): True where the member is 55 by the exit; False where a day is unknown."""
    reaches = CalendarDays.of(birth).plus_years(EARLIEST_AGE)
    return reaches.not_after(CalendarDays.of(exit_date))


@cited(REDUCED_BY_ELECTION)
def old_enough_to_draw(birth: Days, starts: Days) -> Mask:
    """LGPS Regulations 2013 reg 30(5): True where the member is 55 when the pension starts."""
    reaches = CalendarDays.of(birth).plus_years(EARLIEST_AGE)
    return reaches.not_after(CalendarDays.of(starts))


@cited(UNREDUCED_AT_55)
def reason_gives_unreduced(reason: Codes) -> Mask:
    """LGPS Regulations 2013 reg 30(7): True where the exit was for redundancy or business efficiency."""
    early: Mask = (reason == ExitReason.REDUNDANCY) | (reason == ExitReason.BUSINESS_EFFICIENCY)
    return early


@cited(AUTOMATIC_LUMP_SUM)
def no_automatic_lump_sum(service_start: Days) -> Mask:
    """SI 2014/525 reg 3(1): True where all service is since 1 April 2008, which brings no lump sum of its own."""
    since: Mask = service_start >= LUMP_SUMS_END
    return since


@cited(PENSION_BEGINS)
def pension_begins(exit_date: Days) -> Days:
    """LGPS Regulations 2013 reg 32(1): return the day the pension begins, the day after the last of service."""
    begins: Days = exit_date + 1
    return begins


@cited(BEFORE_2014, BEFORE_2014_AT_65)
def pension_day_before_2014(born: Days) -> Days:
    """SI 2014/525 reg 3(5): return the day from which benefits earned before April 2014 are paid in full.

    The 65th birthday.
    """
    return _birthday(born, AGE_BEFORE_2014)


@cited(NORMAL_PENSION_AGE, STATE_PENSION, STATE_PENSION_PAGES)
def normal_pension_day(born: Days) -> Days:
    """LGPS Regulations 2013 Sch 1: return the day from which benefits earned since April 2014 are paid in full.

    State Pension age or the 65th birthday, if later. ``NaT`` for births outside the table of State
    Pension ages.
    """
    known = STATE_PENSION_AGE.covers(born)
    months = np.zeros(len(born), dtype=np.int64)
    months[known] = STATE_PENSION_AGE.on(born[known])
    state_pension_day = months_on(born, months)
    later = np.maximum(state_pension_day, _birthday(born, AGE_BEFORE_2014))
    return np.where(known, later, np.datetime64("NaT", "D"))


@cited(STATE_PENSION, STATE_PENSION_PAGES)
def reached_pension_age(born: Days, begins: Days) -> Mask:
    """Pensions Act 1995 Sch 4: True for those who were at State Pension age when the pension began.

    Born before 6 October 1954, so at that age by 4 November 2020.
    """
    reached: Mask = (born < STATE_PENSION_AGE.first) & (begins >= CAP_IN_FORCE)
    return reached


@cited(RULE_OF_85)
def protected_pension_day(born: Days, pension_day: Days) -> Days:
    """SI 2014/525 Sch 2 para 1(4): return the day to which service protected by the 85-year rule is reduced.

    The 60th birthday, where the rule is met and the employer has not agreed to more. At 60 or over
    nothing is taken off.
    """
    return np.minimum(pension_day, _birthday(born, PROTECTED_AGE))


@cited(RULE_OF_85)
def protected_tranches(born: Days) -> Mask:
    """SI 2014/525 Sch 2 para 3: True for tranches (tranches by cases) whose service is all protected.

    Service to March 2008; to March 2014 too for those who were 60 by 31 March 2016. Service since 2014
    is protected in part only, in amounts that are not known, and is treated as not protected.
    """
    protected = np.zeros((TRANCHES, len(born)), dtype=bool)
    protected[TO_2008] = True
    protected[FROM_2008_TO_2014] = born <= PROTECTED_TO_2016
    return protected


@cited(REDUCED_BY_ELECTION, PART_YEARS)
def years_early(begins: Days, pension_day: Days) -> tuple[Counts, Counts]:
    """LGPS Regulations 2013 reg 30(5): count complete years, and days over, from beginning to pension age.

    0 and 0 where the pension age is reached. Undefined where either day is not known.
    """
    until = np.maximum(begins, np.where(np.isnat(pension_day), begins, pension_day))
    months = (until.astype("datetime64[M]") - begins.astype("datetime64[M]")).astype(np.int64)
    years = months // 12
    years = np.where(months_on(begins, 12 * years) > until, years - 1, years)
    return years, (until - months_on(begins, 12 * years)).astype(np.int64)


@cited(REDUCED_BY_ELECTION, EARLY_FACTORS, PART_YEARS)
def reduction(
    begins: Days, pension_day: Days, factor_sets: tuple[Counts, ...]
) -> tuple[Counts, Mask]:
    """LGPS Regulations 2013 reg 30(5): return the reduction in :data:`REDUCTION_PARTS`, and where it is known.

    The factor for the complete years early in the set in force when the pension begins, plus days over /
    365 of the step to the next year. Not known past the last year of the table.
    """
    years, days_over = years_early(begins, pension_day)
    covered = FACTOR_SET.covers(begins) & ~np.isnat(pension_day)
    in_force = np.full(len(begins), -1)
    in_force[covered] = FACTOR_SET.on(begins[covered])
    parts = np.zeros(len(begins), dtype=np.int64)
    known = np.zeros(len(begins), dtype=bool)
    for index, factors in enumerate(factor_sets):
        last = len(factors) - 1
        inside = (in_force == index) & (years + (days_over > 0) <= last)
        complete, over = np.minimum(years, last)[inside], days_over[inside]
        step = factors[np.minimum(complete + 1, last)] - factors[complete]
        parts[inside] = factors[complete] * PARTS_OF_TENTH + step * over
        known |= inside
    return parts, known


@cited(REDUCED_BY_ELECTION)
def reduced_benefit(benefits: Pence, reductions: Counts) -> Pence:
    """LGPS Regulations 2013 reg 30(5): reduce the benefits (tranches by cases) and add them.

    Half up to the penny, once.
    """
    left: Pence = (benefits * (REDUCTION_PARTS - reductions)).sum(axis=0)
    return half_up(left, REDUCTION_PARTS)


@cited(UNREDUCED_AT_55)
def loss(unreduced: Pence, paid: Pence) -> Pence:
    """LGPS Regulations 2013 reg 30(7): return the unreduced benefit less the one paid; 0 where more is paid."""
    short: Pence = np.maximum(0, unreduced - paid)
    return short


# Arrears: the loss by days, with pensions increase

_FIRST = PENSIONS_INCREASE.windows[0]
FIRST_INCREASE_DAY = int(_FIRST.first.astype(np.int64))
"""The day of the first increase, as a number of days since 1 January 1970."""
_LATER = PENSIONS_INCREASE.windows[1:]
_LATER_PARTS = _TENTHS_OF_PERCENT ** len(_LATER)
_MONTHS_IN_YEAR = 12
_FIRST_PARTS = _TENTHS_OF_PERCENT * _MONTHS_IN_YEAR
_ODD_DAYS_FROM = 28
WEIGHT_PARTS = _FIRST_PARTS * _LATER_PARTS
"""A day with its increases is a number of these parts of a day."""
YEAR_QUARTER_DAYS = 1461
"""A year is 365.25 days: 1,461 quarters of a day."""


@cited(FIRST_INCREASE)
def months_to_first_increase(begins: Days) -> Counts:
    """SI 2021/275 art 3(2)(b): count complete months to 12 April 2021; 16 or more odd days are a month.

    From the 28th of a month there are fewer than 16 odd days.
    """
    month = begins.astype("datetime64[M]")
    between: Counts = (_FIRST.first.astype("datetime64[M]") - month).astype(np.int64)
    day_of_month = (begins - month.astype("datetime64[D]")).astype(np.int64) + 1
    complete: Counts = between - (day_of_month >= _ODD_DAYS_FROM)
    return complete


@cited(FIRST_INCREASE, LATER_INCREASES)
def increases_known(begins: Days, ends: Days) -> Mask:
    """SI 2021/275 art 3: True where every increase from the beginning to the day before the end is known."""
    begun = (begins >= FIRST_BEGINNING) & (begins < _FIRST.first)
    known: Mask = begun & (ends - 1 <= PENSIONS_INCREASE.last)
    return known


@cache
def days_increased(end: int) -> int:
    """Weight the days from the first increase to the day before ``end`` by the increases after it.

    In parts of a day, without the first increase itself; ``end`` counts from 1 January 1970.
    """
    weight, weighted = _LATER_PARTS, 0
    for window in PENSIONS_INCREASE.windows:
        if window is not _FIRST:
            weight = weight * (_TENTHS_OF_PERCENT + window.value) // _TENTHS_OF_PERCENT
        first, after = _number(window.first), _number(window.last) + 1
        weighted += weight * max(0, min(end, after) - first)
    return weighted


@cited(FIRST_INCREASE, LATER_INCREASES)
def increased_to(on: int, months: int) -> int:
    """SI 2021/275 art 3: return 1 with every increase up to and on a day, in :data:`WEIGHT_PARTS`."""
    if on < FIRST_INCREASE_DAY:
        return int(WEIGHT_PARTS)
    parts: int = first_increase(months) * (days_increased(on + 1) - days_increased(on))
    return parts


@cited(FIRST_INCREASE)
def first_increase(months: int) -> int:
    """SI 2021/275 art 3(2)(b): return 1 plus the first increase after that many months, in 1/12,000."""
    return _FIRST_PARTS + _FIRST.value * min(months, _MONTHS_IN_YEAR)


@cited(FIRST_INCREASE, LATER_INCREASES)
def weighted_days(begin: int, end: int, months: int) -> int:
    """SI 2021/275 art 3: weight the days to the day before ``end`` by their increases.

    In :data:`WEIGHT_PARTS`; the days count from 1 January 1970.
    """
    before_first = max(0, min(end, FIRST_INCREASE_DAY) - begin)
    after_first = first_increase(months) * days_increased(end)
    weighted: int = before_first * WEIGHT_PARTS + after_first
    return weighted


@cited(DAILY_ARREARS, FIRST_INCREASE, LATER_INCREASES)
def arrears(yearly_loss: Pence, begins: Days, ends: Days) -> Pence:
    """LGPS Regulations 2013 reg 30(7): add the yearly loss / 365.25 for each day, without the last day.

    Each pensions increase from its day, the first by complete months / 12. Half up to the penny, once.
    Only for cases that are :func:`increases_known`.
    """
    pairs, pair_of_case = distinct_pairs(begins, ends)
    months = months_to_first_increase(pairs[0])
    weights = exact(
        4 * weighted_days(begin, end, late)
        for begin, end, late in zip(*(day_numbers(d) for d in pairs), months.tolist(), strict=True)
    )
    denominator = exact([YEAR_QUARTER_DAYS * WEIGHT_PARTS])[0]
    return scaled(yearly_loss, weights[pair_of_case], denominator)


@cited(FIRST_INCREASE, LATER_INCREASES)
def with_increases(yearly: Pence, begins: Days, on: Days) -> Pence:
    """SI 2021/275 art 3: add to a yearly pension the increases up to a day, half up to the penny, once.

    For display; arrears are calculated from the loss at exit.
    """
    pairs, pair_of_case = distinct_pairs(begins, on)
    months = months_to_first_increase(pairs[0])
    weights = exact(
        weighted_days(begin, end + 1, late) - weighted_days(begin, end, late)
        for begin, end, late in zip(*(day_numbers(d) for d in pairs), months.tolist(), strict=True)
    )
    return scaled(yearly, weights[pair_of_case], exact([WEIGHT_PARTS])[0])


def _number(one_day: np.datetime64) -> int:
    return int(one_day.astype(np.int64))


def _birthday(born: Days, years: int) -> Days:
    """Return the day an age is reached: 1 March in other years for those born on 29 February."""
    birthday = months_on(born, 12 * years)
    moved = CalendarDays.of(born).month_day > CalendarDays.of(birthday).month_day
    return birthday + moved
