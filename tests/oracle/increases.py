"""Pensions increase: Pensions (Increase) Act 1971 and the yearly orders."""

from __future__ import annotations

import itertools
from fractions import Fraction
from functools import cache

from .basics import Day, known_to, months_later, table_rows


@cache
def increases() -> tuple[tuple[Day, Fraction], ...]:
    """Pensions increase by the day it takes effect."""
    return tuple(
        (Day.fromisoformat(row["effective_from"]), Fraction(row["percent"]) / 100)
        for row in table_rows("pensions_increase.csv")
    )


def complete_months(begins: Day, first: Day) -> int:
    """SI 2021/275 art 3(2)(b): complete months, 16 odd days or more counting as one."""
    months = 0
    while months_later(begins, months + 1) <= first:
        months += 1
    odd = (first - months_later(begins, months)).days
    return months + (odd >= 16)


@cache
def levels(begins: Day) -> tuple[tuple[Day, Fraction], ...]:
    """The level from each day on, in money of the exit: the first increase by complete months.

    A pension "begins" for this the day after the service ends, whenever it is paid (Pensions
    (Increase) Act 1971 s.8(2)).
    """
    level, steps = Fraction(1), [(Day.min, Fraction(1))]
    for place, (takes_effect, percent) in enumerate(increases()):
        part = Fraction(complete_months(begins, takes_effect), 12) if place == 0 else Fraction(1)
        level *= 1 + percent * part
        steps.append((takes_effect, level))
    return tuple(steps)


@cache
def increases_are_known(begins: Day, last: Day) -> bool:
    """Every increase from the beginning to a day is in the table.

    A pension that began over twelve months before the first of the table had others before it.
    """
    first = increases()[0][0]
    has_others = begins >= first or complete_months(begins, first) > 12
    return not has_others and last <= known_to("pensions_increase.csv")


@cache
def level_on(begins: Day, on: Day) -> Fraction:
    """The level of a day."""
    return [level for first, level in levels(begins) if first <= on][-1]


@cache
def increased_days(begins: Day, start: Day, end: Day) -> Fraction:
    """The days from start to the day before end, each at its level."""
    total = Fraction(0)
    for (first, level), (after, _) in itertools.pairwise((*levels(begins), (Day.max, Fraction(0)))):
        total += level * max(0, (min(end, after) - max(start, first)).days)
    return total
