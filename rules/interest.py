"""Interest on the difference: 8% simple, by the day."""

from __future__ import annotations

import numpy as np

from rules.arrays import Counts, Days, Pence, half_up
from rules.coverage import REVOKED
from rules.sources import EIGHT_PER_CENT, INTEREST_START, SIMPLE_INTEREST, WHO_IS_PAID, cited

RATE_PERCENT = 8
"""SI 1993/564 art 2, applied by SI 2021/197 reg 4(3)."""
DAYS_IN_YEAR = 365
"""The courts' convention, leap year or not; the Order gives none."""


@cited(WHO_IS_PAID, INTEREST_START)
def interest_start(on_payment: Days, exit_date: Days, position: str) -> Days:
    """The day interest starts under a position: the payment, the exit, or the revocation if later."""
    if position == "exit":
        return exit_date
    if position == "revocation":
        return np.maximum(on_payment, REVOKED)
    return on_payment


@cited(WHO_IS_PAID, INTEREST_START)
def earliest_start(on_payment: Days, exit_date: Days) -> Days:
    """The earlier of payment and exit: the start for the high figure."""
    return np.minimum(on_payment, exit_date)


@cited(EIGHT_PER_CENT)
def days_of_interest(start: Days, end: Days | np.datetime64) -> Counts:
    """Days from start to end, the first left out and the last counted; none if the end comes first."""
    return np.maximum(0, (end - start).astype(np.int64))


@cited(WHO_IS_PAID, EIGHT_PER_CENT, SIMPLE_INTEREST)
def simple_interest(
    principal: Pence, start: Days, end: np.datetime64, part_paid: Pence, part_paid_on: Days
) -> Pence:
    """Interest in pence on what was owed from ``start`` to ``end``, less a part payment from its day.

    ``principal`` days before the part payment and the rest after it are added first and rounded half up
    to the penny once. A part payment before the start lowers the principal from the start. Where
    ``part_paid`` is 0 its day is not looked at.
    """
    owed_after = np.maximum(0, principal - part_paid)
    changes_on = np.where(part_paid > 0, np.clip(part_paid_on, start, np.maximum(start, end)), end)
    days_before = days_of_interest(start, changes_on)
    days_after = days_of_interest(start, end) - days_before
    pence_days = principal * days_before + owed_after * days_after
    return half_up(pence_days * RATE_PERCENT, 100 * DAYS_IN_YEAR)


@cited(EIGHT_PER_CENT)
def daily_interest(outstanding: Pence) -> Pence:
    """Interest for one more day in pence, half up. It is shown, never multiplied."""
    return half_up(outstanding * RATE_PERCENT, 100 * DAYS_IN_YEAR)
