"""The order of cases by urgency."""

from __future__ import annotations

import numpy as np

from calculator.calculation.outcome import Outcome
from calculator.calculation.signals import Urgency
from rules.arrays import Counts


def urgent_first(outcome: Outcome) -> Counts:
    """Order the rows that have an urgency, most urgent first: by the day to issue by, then by what is owed."""
    urgency = outcome.signals.urgency
    rows = np.flatnonzero(urgency != Urgency.NONE)
    issue_by = outcome.figures("issue_by")
    # Expired and Scottish cases have no day to issue by: they come first, to be looked at today.
    day = np.where(issue_by.filled, issue_by.values.astype(np.int64), np.iinfo(np.int64).min)
    owed = np.zeros(outcome.cases.size, dtype=np.int64)
    for payee in ("member", "scheme"):
        column = outcome.figures(f"{payee}_total")
        owed = np.maximum(owed, np.where(column.filled, column.values, 0))
    order = np.lexsort((rows, -owed[rows], day[rows]))
    return rows[order]
