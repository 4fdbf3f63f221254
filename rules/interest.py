"""Interest on the difference: 8% simple, by the day."""

from __future__ import annotations

import numpy as np

from rules.arrays import Counts, Days, Pence, half_up
from rules.coverage import REVOKED
from rules.sources import EIGHT_PER_CENT, INTEREST_START, SIMPLE_INTEREST, WHO_IS_PAID, cited

RATE_PERCENT = 8
"""SI 1993/564 art 2, applied by SI 2021/197 reg 4(3)."""
DAYS_IN_YEAR = 365
"""The courts' convention, leap year or not; the Order does not say."""


@cited(WHO_IS_PAID, INTEREST_START)
def interest_start(on_payment: Days, exit_date: Days, position: str) -> Days:
    """SI 2021/197 reg 4(3): return the day interest starts under a position.

    ``payment``: the day of payment; ``exit``: the day of exit; ``revocation``: 19 March 2021, or the
    payment if later.
    """
    if position == "exit":
        return exit_date
    if position == "revocation":
        return np.maximum(on_payment, REVOKED)
    return on_payment


@cited(WHO_IS_PAID, INTEREST_START)
def earliest_start(in_force: Days, on_payment: Days, exit_date: Days, due_date: Days) -> Days:
    """SI 2021/197 reg 4(3): return the earliest arguable start, for the high figure.

    The start in force, the day of payment, or the day the payment fell due: the exit, or ``due_date``
    where it is known and later.
    """
    fell_due = np.where(np.isnat(due_date), exit_date, np.maximum(due_date, exit_date))
    return np.minimum(np.minimum(in_force, on_payment), fell_due)


@cited(EIGHT_PER_CENT)
def days_of_interest(start: Days, end: Days | np.datetime64) -> Counts:
    """SI 1993/564 art 2: count the days from start to end, without the first; 0 if the end is first."""
    return np.maximum(0, (end - start).astype(np.int64))


@cited(WHO_IS_PAID, EIGHT_PER_CENT, SIMPLE_INTEREST)
def simple_interest(
    principal: Pence, start: Days, end: np.datetime64, part_paid: Pence, part_paid_on: Days
) -> Pence:
    """SI 2021/197 reg 4(3); SI 1993/564 art 2: calculate interest from ``start`` to ``end``, in pence.

    On the principal before a part payment, and on the rest from its day. The two are added, then rounded
    half up to the penny once. A part payment before the start lowers the principal from the start. Where
    ``part_paid`` is 0 its day is ignored.
    """
    owed_after = np.maximum(0, principal - part_paid)
    changes_on = np.where(part_paid > 0, np.clip(part_paid_on, start, np.maximum(start, end)), end)
    days_before = days_of_interest(start, changes_on)
    days_after = days_of_interest(start, end) - days_before
    pence_days = principal * days_before + owed_after * days_after
    return half_up(pence_days * RATE_PERCENT, 100 * DAYS_IN_YEAR)


@cited(EIGHT_PER_CENT)
def daily_interest(outstanding: Pence) -> Pence:
    """SI 1993/564 art 2: calculate interest for one more day in pence, half up.

    For display only: never multiply it.
    """
    return half_up(outstanding * RATE_PERCENT, 100 * DAYS_IN_YEAR)
