"""The last day to issue a claim, clock by clock."""

from __future__ import annotations

import numpy as np

from rules.arrays import Counts, Days, Mask, day
from rules.calendar import months_on
from rules.sources import (
    ACKNOWLEDGMENT,
    BANK_HOLIDAYS,
    CONTRACT_LIMIT,
    INTERNAL_DISPUTE,
    JUDICIAL_REVIEW,
    NI_ACKNOWLEDGMENT,
    NI_LIMIT,
    SCHEME_SUM_LIMIT,
    STATUTE_ACCRUAL,
    STATUTE_LIMIT,
    cited,
)

REVIEW_MONTHS = 3
"""CPR r.54.5(1): promptly, and in any event not later than three months."""
DISPUTE_MONTHS = 6
"""LGPS Regulations 2013 reg 74(2)."""
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


@cited(SCHEME_SUM_LIMIT)
def scheme_sums_run_out(cases: int, position: str) -> Mask:
    """Limitation Act 1980 s.9: True where each sum due under the LGPS Regulations runs for six years.

    ``six_years``: our reading. ``not_shown``: no last day is given for them.
    """
    return np.full(cases, position == "six_years")


@cited(SCHEME_SUM_LIMIT)
def lump_sum_last_day(begins: Days) -> Days:
    """Limitation Act 1980 s.9: return the last day to claim a lump sum due on the day the pension begins.

    Our reading: a sum due under the LGPS Regulations is recoverable by an enactment for six years.
    """
    return six_years_on(begins)


@cited(SCHEME_SUM_LIMIT)
def instalment_last_day(begins: Days) -> Days:
    """Limitation Act 1980 s.9: return the last day to claim the first month's pension.

    It fell due on the last day of the month in which the pension begins. A month of arrears may be lost
    with each month after it. Our reading.
    """
    month_end = (begins.astype("datetime64[M]") + 1).astype("datetime64[D]") - 1
    return six_years_on(month_end)


@cited(JUDICIAL_REVIEW)
def judicial_review_last_day(refused_on: Days) -> Days:
    """CPR r.54.5(1): return the last day to ask for judicial review of a refusal: promptly, and at the latest.

    Three months from the refusal, less a day for safety.
    """
    last: Days = months_on(refused_on, REVIEW_MONTHS) - 1
    return last


@cited(INTERNAL_DISPUTE)
def internal_dispute_last_day(decided_on: Days) -> Days:
    """LGPS Regulations 2013 reg 74(2): return the last day to ask for stage one: six months from the notice."""
    return months_on(decided_on, DISPUTE_MONTHS)


@cited(BANK_HOLIDAYS)
def working_day_before(day: Days, closed: Days) -> Days:
    """Banking and Financial Dealings Act 1971 s.1: return the last working day before a day.

    No Saturday, Sunday or day of ``closed``, the bank holidays of the part of the country.
    """
    before: Days = np.busday_offset(day - 1, 0, roll="backward", holidays=closed)
    return before


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
