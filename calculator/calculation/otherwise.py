"""The results of a row if a fact that is not known were otherwise: which payments bore the cut, which scheme."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from calculator.calculation.assess import assess
from calculator.calculation.missing_facts import scheme_decides_days
from calculator.calculation.outcome import Outcome
from calculator.facts.case_table import Cases
from rules.choices import Scheme
from rules.positions import CUT_ORDER


def by_cut_order(outcome: Outcome, row: int) -> dict[str, tuple[int, int]]:
    """Give the least and the most that each payee is owed in pence, whichever payments bore the cut.

    By payee, only where the results are estimated; else empty.
    """
    others = in_other_orders(outcome, row)
    if not others:
        return {}
    by_payee = {
        payee: [
            total
            for each, at in ((outcome, row), *others)
            if (total := each.figure(f"{payee}_total", at)) is not None
        ]
        for payee in ("member", "scheme")
    }
    return {payee: (min(totals), max(totals)) for payee, totals in by_payee.items() if totals}


def in_other_orders(outcome: Outcome, row: int) -> list[tuple[Outcome, int]]:
    """Give the results of an estimated row if other payments bore the cut, each with its row; else none."""
    if outcome.text("confidence", row) != "estimated":
        return []
    return _otherwise(outcome, row, "cut_order", _in_other_orders)


def if_lgps(outcome: Outcome, row: int) -> list[tuple[Outcome, int]]:
    """Give the result of a row if its scheme were the LGPS, with its row; none unless the scheme decides its days.

    Only the LGPS has last days for the pension here: a reduced or deferred pension of a scheme that is not
    known may have them too.
    """
    if not scheme_decides_days(outcome.cases, row):
        return []
    return _otherwise(outcome, row, "scheme", _as_lgps)


def _otherwise(
    outcome: Outcome,
    row: int,
    what: str,
    others: Callable[[Outcome, Cases], Iterator[Outcome]],
) -> list[tuple[Outcome, int]]:
    """Calculate the exits of the person of a row otherwise, once."""
    if (what, row) not in outcome.otherwise:
        person = outcome.cases.person
        rows = np.flatnonzero(person == person[row])
        at = int(np.flatnonzero(rows == row)[0])
        found = others(outcome, outcome.cases.take(rows))
        outcome.otherwise[what, row] = [(each, at) for each in found]
    return outcome.otherwise[what, row]


def _in_other_orders(outcome: Outcome, cases: Cases) -> Iterator[Outcome]:
    for value in CUT_ORDER.values:
        if value != outcome.positions.cut_order:
            positions = replace(outcome.positions, cut_order=value)
            yield assess(cases, positions, outcome.as_at, rates=outcome.rates)


def _as_lgps(outcome: Outcome, cases: Cases) -> Iterator[Outcome]:
    scheme = cases.choices["scheme"]
    not_known = (scheme == Scheme.NOT_GIVEN) | (scheme == Scheme.UNKNOWN)
    lgps = np.where(not_known, scheme.dtype.type(Scheme.LGPS), scheme)
    taken = replace(cases, choices={**cases.choices, "scheme": lgps})
    yield assess(taken, outcome.positions, outcome.as_at, rates=outcome.rates)
