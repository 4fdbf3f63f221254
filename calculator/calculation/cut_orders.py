"""How an estimate turns on which payments bore the cut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from calculator.calculation.assess import assess
from calculator.calculation.outcome import Outcome
from rules.positions import CUT_ORDER


def by_cut_order(outcome: Outcome, row: int) -> dict[str, tuple[int, int]]:
    """Give the least and the most that each payee is owed in pence, whichever payments bore the cut.

    By payee, only where the results are estimated; else empty.
    """
    if outcome.text("confidence", row) != "estimated":
        return {}
    if row not in outcome.by_cut_order:
        outcomes = [outcome, *_in_other_orders(outcome)]
        by_payee = {
            payee: [
                total
                for each in outcomes
                if (total := each.figure(f"{payee}_total", row)) is not None
            ]
            for payee in ("member", "scheme")
        }
        outcome.by_cut_order[row] = {
            payee: (min(totals), max(totals)) for payee, totals in by_payee.items() if totals
        }
    return outcome.by_cut_order[row]


def _in_other_orders(outcome: Outcome) -> Iterator[Outcome]:
    """Calculate the cases again as if other payments bore the cut."""
    for value in CUT_ORDER.values:
        if value != outcome.positions.cut_order:
            positions = replace(outcome.positions, cut_order=value)
            yield assess(outcome.cases, positions, outcome.as_at, rates=outcome.rates)
