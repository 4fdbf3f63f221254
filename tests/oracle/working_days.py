"""Working days: bank holidays of England and Wales, and of Northern Ireland.

Banking and Financial Dealings Act 1971 s.1 and Sch 1 (Easter Monday, the last Mondays of May and
August, 26 and 27 December; in Northern Ireland 17 March too), Good Friday and Christmas Day by the
common law, New Year's Day, the first Monday of May and the days in place of one that falls on a
weekend by yearly proclamation, and 12 July by the Secretary of State's.
"""

from __future__ import annotations

import datetime
from functools import cache

from .basics import ONE_DAY, Day

SATURDAY, SUNDAY = 5, 6

MOVED = {
    Day(2020, 5, 4): Day(2020, 5, 8),  # 75 years after the end of the war in Europe
    Day(2022, 5, 30): Day(2022, 6, 2),  # Platinum Jubilee
}
PROCLAIMED = {
    Day(2022, 6, 3),  # Platinum Jubilee
    Day(2022, 9, 19),  # State Funeral of Queen Elizabeth II
    Day(2023, 5, 8),  # Coronation of King Charles III
}
"""Days proclaimed for one year in 2020 to 2027; none is known for later years."""


@cache
def easter_sunday(year: int) -> Day:
    """Easter by the Gregorian rule (Calendar (New Style) Act 1750)."""
    golden, century, of_century = year % 19, year // 100, year % 100
    skipped = (8 * century + 13) // 25
    moon = (19 * golden + century - century // 4 - skipped + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return Day(year, month, day + 1)


def first_monday(year: int, month: int) -> Day:
    """The first Monday of a month."""
    first = Day(year, month, 1)
    return first + datetime.timedelta(days=-first.weekday() % 7)


def last_monday(year: int, month: int) -> Day:
    """The last Monday of a month of 31 days."""
    last = Day(year, month, 31)
    return last - datetime.timedelta(days=last.weekday())


def monday_if_weekend(on: Day) -> Day:
    """The day itself, or the Monday after a weekend."""
    return on + datetime.timedelta(days=max(0, 7 - on.weekday()) if on.weekday() >= SATURDAY else 0)


@cache
def bank_holidays(year: int, northern_ireland: bool) -> frozenset[Day]:
    """The bank holidays of a year that fall on Monday to Friday."""
    easter = easter_sunday(year)
    days = {
        monday_if_weekend(Day(year, 1, 1)),
        easter - 2 * ONE_DAY,
        easter + ONE_DAY,
        first_monday(year, 5),
        last_monday(year, 5),
        last_monday(year, 8),
    }
    christmas, boxing = Day(year, 12, 25), Day(year, 12, 26)
    days |= {christmas, boxing}
    if SATURDAY in (christmas.weekday(), boxing.weekday()):
        days.add(Day(year, 12, 28))  # in place of the one on the Saturday
    if SUNDAY in (christmas.weekday(), boxing.weekday()):
        days.add(Day(year, 12, 27))  # the Act of 1971, Sch 1 para 1
    if northern_ireland:
        days |= {monday_if_weekend(Day(year, 3, 17)), monday_if_weekend(Day(year, 7, 12))}
    days = {MOVED.get(on, on) for on in days}
    return frozenset(days | {on for on in PROCLAIMED if on.year == year})


def is_working_day(on: Day, northern_ireland: bool) -> bool:
    """Not a Saturday, a Sunday or a bank holiday."""
    return on.weekday() < SATURDAY and on not in bank_holidays(on.year, northern_ireland)


@cache
def working_day_before(deadline: Day, northern_ireland: bool) -> Day:
    """The last working day before a day."""
    on = deadline - ONE_DAY
    while not is_working_day(on, northern_ireland):
        on -= ONE_DAY
    return on
