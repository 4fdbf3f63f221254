"""A pension that came into payment late, or whose arrears ended before they are paid.

The loss then differs from one stretch of days to the next. One case at a time, in exact integers: such
cases are few, and each has its own days.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rules.dated import Dated
from rules.late_benefits import Terms, instalments_late_on
from rules.pension import (
    REDUCTION_PARTS,
    WEIGHT_PARTS,
    YEAR_QUARTER_DAYS,
    increased_to,
    weighted_days,
)
from rules.sources import (
    DAILY_ARREARS,
    FIRST_INCREASE,
    LATE_BENEFITS,
    LATE_INSTALMENTS,
    LATER_INCREASES,
    REDUCED_BY_ELECTION,
    THREE_MONTHLY_RESTS,
    UNREDUCED_AT_55,
    cited,
)


class Stretch(NamedTuple):
    """Some days on which the same yearly sum was short, at the prices of the exit.

    In parts of a penny, as many to the penny as the list of stretches says. From ``first`` to the day
    before ``after``, counted from 1 January 1970.
    """

    yearly: int
    first: int
    after: int


@cited(UNREDUCED_AT_55, FIRST_INCREASE, LATER_INCREASES)
def short_by_stretches(
    due: int, paid: int, paid_at_exit_prices: bool, days: tuple[int, int, int], months: int
) -> tuple[list[Stretch], int]:
    """LGPS Regulations 2013 reg 30(7): return what was short before a pension started, and after it.

    ``days``: the day it was due, the day it started and the day the arrears end. ``paid`` is a sum of the
    day it started: the increases since the exit are taken off it, unless it is at exit prices already.
    With the stretches goes the number of their parts in a penny.
    """
    begins, starts, ends = days
    if starts >= ends:
        return [Stretch(due, begins, max(begins, ends))], 1
    if paid_at_exit_prices:
        return [Stretch(due, begins, starts), Stretch(max(0, due - paid), starts, ends)], 1
    parts = increased_to(starts, months)
    since = max(0, due * parts - paid * WEIGHT_PARTS)
    return [Stretch(due * parts, begins, starts), Stretch(since, starts, ends)], parts


@cited(DAILY_ARREARS, FIRST_INCREASE, LATER_INCREASES)
def arrears_of(stretches: Sequence[Stretch], parts: int, begins: int, months: int) -> int:
    """LGPS Regulations 2013 reg 30(7): add what was short each day, with increases, half up to the penny."""
    days = sum(
        stretch.yearly
        * (
            weighted_days(begins, stretch.after, months)
            - weighted_days(begins, stretch.first, months)
        )
        for stretch in stretches
    )
    return _half_up(4 * days, parts * YEAR_QUARTER_DAYS * WEIGHT_PARTS)


@cited(LATE_BENEFITS, LATE_INSTALMENTS, THREE_MONTHLY_RESTS)
def interest_on(
    stretches: Sequence[Stretch],
    parts: int,
    months: int,
    paid: int,
    late_on: int,
    terms: Terms,
    rates: Dated,
) -> int:
    """LGPS Regulations 2013 reg 81(4): add the interest on each month's arrears, half up to the penny.

    From each due date to the day before ``paid``, on the instalments that are late on ``late_on``.
    """
    late = instalments_late_on(late_on, paid, terms, rates)
    weighted = 0
    for stretch in stretches:
        from_first, _ = late.interest(stretch.first, months)
        from_after, _ = late.interest(stretch.after, months)
        weighted += stretch.yearly * (from_first - from_after)
    return _half_up(4 * weighted, parts * YEAR_QUARTER_DAYS * WEIGHT_PARTS * late.scale)


@cited(REDUCED_BY_ELECTION, FIRST_INCREASE, LATER_INCREASES)
def reduced_with_increases(
    tranches: Sequence[int], parts: Sequence[int], on: int, months: int
) -> int:
    """LGPS Regulations 2013 reg 30(5): reduce sums that rose with pensions increase to a day, and add them.

    ``parts``: each reduction in :data:`rules.pension.REDUCTION_PARTS`. Half up to the penny, once.
    """
    left = sum(
        amount * (REDUCTION_PARTS - part) for amount, part in zip(tranches, parts, strict=True)
    )
    return _half_up(left * increased_to(on, months), REDUCTION_PARTS * WEIGHT_PARTS)


def _half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)
