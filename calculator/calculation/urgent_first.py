"""The order of cases by urgency."""

from __future__ import annotations

import numpy as np

from calculator.calculation.outcome import Outcome
from calculator.calculation.signals import Urgency
from rules.arrays import Counts


def urgent_first(outcome: Outcome) -> Counts:
    """Order the rows that have an urgency, most urgent first: by days left, then by what is owed."""
    urgency = outcome.signals.urgency
    rows = np.flatnonzero(urgency != Urgency.NONE)
    far = np.iinfo(np.int64).max
    left = np.full(outcome.cases.size, far)
    for name in ("contract", "statute"):
        column = outcome.figures(f"{name}_days_left")
        still_open = column.filled & (column.values >= 0)
        left = np.minimum(left, np.where(still_open, column.values, far))
    owed = np.zeros(outcome.cases.size, dtype=np.int64)
    for payee in ("member", "scheme"):
        column = outcome.figures(f"{payee}_total")
        owed = np.maximum(owed, np.where(column.filled, column.values, 0))
    # Expired and Scottish cases have no day left to count: they come first, to be looked at today.
    order = np.lexsort((rows, -owed[rows], np.where(left[rows] == far, -1, left[rows])))
    return rows[order]
