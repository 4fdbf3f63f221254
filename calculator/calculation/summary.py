"""One summary of a table: counts by triage and urgency, and money by payee, never added.

The terminal, the results workbook and the app only format it. Money is in pence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.outcome import Outcome
from calculator.calculation.signals import Urgency
from rules.arrays import Mask
from rules.exit_payments import KINDS, Payee

SUMS = ("due_total", "paid_total", "difference", "member_total", "scheme_total")
"""The result columns that a workbook adds up, each where it is known."""


@dataclass(frozen=True)
class TriageSummary:
    """Count the cases of one triage; ``pressing`` are red or expired. ``owed`` is with interest."""

    triage: Triage
    cases: int
    pressing: int
    owed: Mapping[Payee, int]

    @property
    def name(self) -> str:
        """The triage as the results write it."""
        return self.triage.name.lower()


@dataclass(frozen=True)
class EmployerSummary:
    """Count the cases of one employer, named as entered. ``owed`` is with interest."""

    name: str
    cases: int
    owed: Mapping[Payee, int]


@dataclass(frozen=True)
class TableSummary:
    """Sum up a table. ``triages`` has those that occur; ``urgency`` every band of days left.

    ``entered`` has what was entered as due and as paid, of the rows that could be calculated.
    """

    read: int
    in_error: int
    triages: tuple[TriageSummary, ...]
    urgency: Mapping[Urgency, int]
    owed: Mapping[Payee, int]
    entered: Mapping[str, int]
    sums: Mapping[str, int]

    @property
    def computed(self) -> int:
        """The rows that could be calculated."""
        return self.read - self.in_error


def summary_of(outcome: Outcome) -> TableSummary:
    """Sum up a table."""
    urgencies = Counter(outcome.signals.urgency.tolist())
    return TableSummary(
        read=outcome.cases.size,
        in_error=int(outcome.cases.in_error.sum()),
        triages=_triages(outcome),
        urgency={band: urgencies[band.value] for band in Urgency if band is not Urgency.NONE},
        owed=_owed(outcome),
        entered={side: _entered(outcome, side) for side in ("due", "paid")},
        sums={name: _sum(outcome, name) for name in SUMS},
    )


def employers_of(outcome: Outcome) -> list[EmployerSummary]:
    """Sum up each employer, the largest sum owed to one payee first, then by name."""
    cases: Counter[str] = Counter()
    owed: dict[str, dict[Payee, int]] = {}
    columns = (outcome.figures(f"{payee}_total") for payee in Payee)
    sums = (np.where(column.filled, column.values, 0).tolist() for column in columns)
    names = outcome.cases.text["employer_name"].tolist()
    for name, *amounts in zip(names, *sums, strict=True):
        cases[name] += 1
        of_employer = owed.setdefault(name, dict.fromkeys(Payee, 0))
        for payee, amount in zip(Payee, amounts, strict=True):
            of_employer[payee] += amount
    employers = (EmployerSummary(name, cases[name], owed[name]) for name in cases)
    return sorted(employers, key=lambda each: (-max(each.owed.values()), each.name))


def _triages(outcome: Outcome) -> tuple[TriageSummary, ...]:
    pressing = np.isin(outcome.signals.urgency, [Urgency.RED, Urgency.EXPIRED])
    each = ((triage, outcome.triage == triage) for triage in Triage)
    return tuple(
        TriageSummary(triage, int(rows.sum()), int((rows & pressing).sum()), _owed(outcome, rows))
        for triage, rows in each
        if rows.any()
    )


def _owed(outcome: Outcome, rows: Mask | None = None) -> dict[Payee, int]:
    return {payee: _sum(outcome, f"{payee}_total", rows) for payee in Payee}


def _sum(outcome: Outcome, name: str, rows: Mask | None = None) -> int:
    column = outcome.figures(name)
    wanted = column.filled if rows is None else column.filled & rows
    return int(column.values[wanted].sum())


def _entered(outcome: Outcome, side: str) -> int:
    calculated = ~outcome.cases.in_error
    return sum(int(outcome.cases.money[f"{kind.name}_{side}"][calculated].sum()) for kind in KINDS)
