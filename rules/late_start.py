"""A pension that came into payment late, or whose arrears ended before they are paid.

The loss then differs from one stretch of days to the next. One case at a time, in exact fractions: such
cases are few, and each has its own days.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
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
    cited,
)


class Stretch(NamedTuple):
    """Some days on which the same yearly sum was short, in pence at the prices of the exit.

    From ``first`` to the day before ``after``, counted from 1 January 1970.
    """

    yearly: Fraction
    first: int
    after: int


@cited(FIRST_INCREASE, LATER_INCREASES)
def at_exit_prices(yearly: int, on: int, months: int) -> Fraction:
    """SI 2021/275 art 3: take the pensions increases since the exit off a yearly sum of a later day.

    ``months``: the complete months from the beginning to the first increase.
    """
    return Fraction(yearly * WEIGHT_PARTS, increased_to(on, months))


@cited(DAILY_ARREARS, FIRST_INCREASE, LATER_INCREASES)
def arrears_of(stretches: Sequence[Stretch], begins: int, months: int) -> int:
    """LGPS Regulations 2013 reg 30(7): add what was short each day, with increases, half up to the penny."""
    days = sum(
        stretch.yearly
        * (
            weighted_days(begins, stretch.after, months)
            - weighted_days(begins, stretch.first, months)
        )
        for stretch in stretches
    )
    return _half_up(4 * days / (YEAR_QUARTER_DAYS * WEIGHT_PARTS))


@cited(LATE_BENEFITS, LATE_INSTALMENTS, THREE_MONTHLY_RESTS)
def interest_on(
    stretches: Sequence[Stretch],
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
    weighted = Fraction(0)
    for stretch in stretches:
        from_first, scale = late.interest(stretch.first, months)
        from_after, _ = late.interest(stretch.after, months)
        weighted += stretch.yearly * Fraction(from_first - from_after, scale)
    return _half_up(4 * weighted / (YEAR_QUARTER_DAYS * WEIGHT_PARTS))


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
    return _half_up(Fraction(left * increased_to(on, months), REDUCTION_PARTS * WEIGHT_PARTS))


def _half_up(pence: Fraction) -> int:
    return (2 * pence.numerator + pence.denominator) // (2 * pence.denominator)
