"""The last day to issue a claim, clock by clock."""

from __future__ import annotations

import numpy as np

from rules.arrays import Counts, Days, day
from rules.calendar import months_on
from rules.sources import (
    ACKNOWLEDGMENT,
    CONTRACT_LIMIT,
    NI_ACKNOWLEDGMENT,
    NI_LIMIT,
    STATUTE_ACCRUAL,
    STATUTE_LIMIT,
    cited,
)

LIMIT_YEARS = 6
"""Limitation Act 1980 ss.5, 9; Limitation (Northern Ireland) Order 1989 art 4."""
STATUTE_LAST_DAY = day("2027-03-18")
"""Six years from the first moment of 19 March 2021, the day regulation 4 came into force; that day
counts in full (Limitation Act 1980 s.9; Interpretation Act 1978 ss.4, 23; our reading)."""


@cited(CONTRACT_LIMIT, NI_LIMIT)
def six_years_on(days: Days) -> Days:
    """Limitation Act 1980 s.5; Limitation (NI) Order 1989 art 4: return the same day six years later.

    28 February where that year has no 29th.
    """
    return months_on(days, 12 * LIMIT_YEARS)


@cited(CONTRACT_LIMIT, NI_LIMIT)
def contract_last_day(due_date: Days) -> Days:
    """Limitation Act 1980 s.5; Limitation (NI) Order 1989 art 4: return the last day to claim in contract.

    Six years from the day the payment was due.
    """
    return six_years_on(due_date)


@cited(STATUTE_LIMIT, STATUTE_ACCRUAL, NI_LIMIT)
def statute_last_day(cases: int) -> Days:
    """Limitation Act 1980 s.9; Limitation (NI) Order 1989 art 4: return the last day to claim by regulation 4.

    The same for every case.
    """
    return np.full(cases, STATUTE_LAST_DAY, dtype="datetime64[D]")


@cited(ACKNOWLEDGMENT, NI_ACKNOWLEDGMENT)
def after_acknowledgment(last_day: Days, acknowledged_on: Days, as_at: np.datetime64) -> Days:
    """Limitation Act 1980 ss.29(5), 29(7), 30: return the last day after a signed written acknowledgment.

    Six years from it, if that is later. It counts if made by the day of calculation and before the last
    day (s.29(7): a claim once barred is not revived).
    """
    counts = (acknowledged_on <= as_at) & (acknowledged_on <= last_day)
    return np.where(counts, np.maximum(last_day, six_years_on(acknowledged_on)), last_day)


@cited(CONTRACT_LIMIT, STATUTE_LIMIT)
def days_left(last_day: Days, as_at: np.datetime64) -> Counts:
    """Limitation Act 1980 ss.5, 9: count the days from the day of calculation to the last day.

    0 is still open, below 0 is past.
    """
    return (last_day - as_at).astype(np.int64)
