"""The exits of one person, worked together from raw values, as a form or a case file gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from calculator.calculation.assess import assess
from calculator.calculation.confirmations import confirmations
from calculator.calculation.outcome import Outcome
from calculator.facts import fields
from calculator.facts.case import read_case
from calculator.facts.case_table import Cases
from calculator.facts.cells import Raw, is_blank
from calculator.facts.problems import Problem
from rules.positions import CUT_ORDER, Positions

Facts = Mapping[str, Raw]
"""What is known of one exit: raw values by field name."""
SAME_PERSON = "the person of this case"
"""Stands for the person where two exits are entered and no reference is given."""


@dataclass(frozen=True)
class Worked:
    """The outcome of a few exits, and what is wrong with the facts or to be confirmed, row by row."""

    outcome: Outcome
    problems: tuple[Problem, ...]

    def of(self, row: int) -> list[Problem]:
        """The problems of one exit."""
        return [problem for problem in self.problems if problem.row == row]


def by_cut_order(outcome: Outcome, row: int) -> dict[str, tuple[int, int]]:
    """The least and the most that each payee is owed in pence, whichever payments bore the cut.

    By payee, only where the results are estimated; else empty.
    """
    if outcome.row(row)["confidence"] != "estimated":
        return {}
    by_payee: dict[str, list[int]] = {"member": [], "scheme": []}
    for value in CUT_ORDER.values:
        other = assess(outcome.cases, replace(outcome.positions, cut_order=value), outcome.as_at)
        for payee, totals in by_payee.items():
            total = other.figure(f"{payee}_total", row)
            if total is not None:
                totals.append(total)
    return {payee: (min(totals), max(totals)) for payee, totals in by_payee.items() if totals}


def work(exits: Sequence[Facts], positions: Positions, as_at: date) -> Worked:
    """Work the exits of one person as a table of as many rows.

    A value that cannot be read puts only its exit in error. Keys that are no field are named.
    """
    if len(exits) > 1:
        exits = [
            {**facts, "person_ref": SAME_PERSON} if is_blank(facts.get("person_ref")) else facts
            for facts in exits
        ]
    read = [read_case(facts) for facts in exits]
    cases = [case for case, _ in read if case is not None]
    if len(cases) == len(exits):
        table = Cases.from_cases(cases)
    else:
        names = [f.name for f in fields.FIELDS]
        columns = {name: [facts.get(name) for facts in exits] for name in names}
        table = Cases.from_raw(columns, len(exits))
    unknown = [
        replace(problem, row=row)
        for row, (_, found) in enumerate(read)
        for problem in found
        if problem.code == "unknown_key"
    ]
    outcome = assess(table, positions, as_at)
    return Worked(outcome, (*table.problems, *confirmations(table), *unknown))
