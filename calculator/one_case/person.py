"""The exits of a case, calculated together from raw values, as a form or a case file gives them."""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from calculator.calculation.assess import assess
from calculator.calculation.confirmations import confirmations
from calculator.calculation.outcome import Outcome
from calculator.facts import fields
from calculator.facts.case_table import Cases
from calculator.facts.cells import CannotRead, Raw, cell_text
from calculator.facts.money import parse_money, shown_money
from calculator.facts.problems import Problem, Severity
from calculator.facts.references import matching, parse_person_ref
from calculator.facts.text import MOST_LINES, one_line, shortened
from rules.late_benefits import LaterRates
from rules.positions import Positions

RawExit = Mapping[str, Raw]
"""What is known of one exit: raw values by field name."""
SAME_PERSON = "the person of this case"
"""Stands for the person where several exits are entered as those of one person and no reference is given."""
_ALONE = (
    "This exit has no person reference, so it is not joined with the others.",
    "Enter the same person reference on every exit of one person.",
)


@dataclass(frozen=True)
class Person:
    """One of the persons of a file: what they are called, and the places of their exits."""

    name: str
    exits: tuple[int, ...]


@dataclass(frozen=True)
class Worked:
    """The outcome of a few exits, and what is wrong with their facts or to be confirmed, row by row."""

    outcome: Outcome
    problems: tuple[Problem, ...]
    left_out: tuple[tuple[int, str], ...] = ()
    """The row and field of each fact that was left out, as it cannot be read."""

    def of(self, row: int) -> list[Problem]:
        """The problems of one exit."""
        return [problem for problem in self.problems if problem.row == row]


def people(exits: Sequence[RawExit]) -> list[Person]:
    """Give the persons whose exits these are; an exit without a person reference is a person of its own."""
    by_person: dict[str, list[int]] = {}
    for place, facts in enumerate(exits):
        reference = _reference(facts)
        by_person.setdefault(matching(reference) if reference else f"\n{place}", []).append(place)
    return [
        Person(_called(exits[places[0]], places[0]), (*places,)) for places in by_person.values()
    ]


def of_one_person(exits: Sequence[RawExit]) -> list[RawExit]:
    """Give exits that were entered as those of one person, each with a person reference."""
    if len(exits) < 2:
        return [*exits]
    given = next((reference for facts in exits if (reference := _reference(facts))), SAME_PERSON)
    return [facts if _reference(facts) else {**facts, "person_ref": given} for facts in exits]


def with_references(exits: Sequence[RawExit]) -> list[RawExit]:
    """Give each exit without a case reference one in brackets, which letters show as words to fill in."""
    return [
        facts
        if cell_text(facts.get("case_ref")).strip()
        else {**facts, "case_ref": _to_fill(place)}
        for place, facts in enumerate(exits)
    ]


def _to_fill(place: int) -> str:
    return f"[your reference, exit {place + 1}]" if place else "[your reference]"


def _reference(facts: RawExit) -> str | None:
    """The person reference of an exit; None where it has none, or none that can be read."""
    try:
        return parse_person_ref(facts.get("person_ref"))
    except CannotRead:
        return None


def _called(facts: RawExit, place: int) -> str:
    """A person by name, reference and first exit, as far as they are given."""
    names = ("member_name", "person_ref", "case_ref", "exit_date")
    given = [text for name in names if (text := cell_text(facts.get(name)).strip())]
    return one_line(", ".join(given)) or f"Exit {place + 1}"


def work(
    exits: Sequence[RawExit],
    positions: Positions,
    as_at: date,
    rates: LaterRates | None = None,
) -> Worked:
    """Calculate exits as a table of as many rows.

    A value that cannot be read puts only its exit in error. Keys that are no field are named. Exits without a
    person reference are not joined, which is to be confirmed.
    """
    columns = {name: [facts.get(name) for facts in exits] for name in fields.BY_NAME}
    table = Cases.from_raw(columns, len(exits))
    unknown = [problem for row, facts in enumerate(exits) for problem in _unknown_keys(row, facts)]
    outcome = assess(table, positions, as_at, rates=rates)
    wrong, enter = _ALONE
    alone = [
        Problem(row, "person_ref", wrong, enter, Severity.PLEASE_CONFIRM, "to_confirm")
        for row in np.flatnonzero(table.text["person_ref"].holds("") & ~table.in_error).tolist()
        if len(exits) > 1
    ]
    return Worked(outcome, (*table.problems, *confirmations(table, as_at=as_at), *alone, *unknown))


_WITH_ITS_DAY = ("top_up_member", "top_up_scheme", "top_up_interest")
"""Sums that are left out together where their day is missing."""


def work_leaving_out(
    exits: Sequence[RawExit],
    positions: Positions,
    as_at: date,
    rates: LaterRates | None = None,
) -> Worked:
    """Calculate as :func:`work`, and leave out each fact that puts its exit in error, where it can be left out.

    What is wrong with it stays among the problems. An exit without its day of exit stays in error.
    """
    kept = [dict(facts) for facts in exits]
    wrong: dict[tuple[int, str], Problem] = {}
    while True:
        worked = work(kept, positions, as_at, rates)
        new = [p for p in worked.problems if _can_be_left_out(p) and (p.row, p.field) not in wrong]
        if not new:
            break
        for problem in new:
            wrong[problem.row, problem.field] = _with_what_is_left_out(problem, kept[problem.row])
            names = (problem.field, *(_WITH_ITS_DAY if problem.field == "top_up_date" else ()))
            kept[problem.row] = {n: v for n, v in kept[problem.row].items() if n not in names}
    problems = sorted([*wrong.values(), *worked.problems], key=lambda problem: problem.row)
    return Worked(worked.outcome, tuple(problems), tuple(wrong))


def _with_what_is_left_out(problem: Problem, facts: RawExit) -> Problem:
    """Name the sum that is left out where the day of what was paid since is missing or cannot be read."""
    paid = 0
    if problem.field == "top_up_date":
        for name in _WITH_ITS_DAY:
            with contextlib.suppress(CannotRead):
                paid += parse_money(facts.get(name)) or 0
    if not paid:
        return problem
    return replace(
        problem, without=f"Leaves out the {shown_money(paid)} paid since: enter its day."
    )


def _can_be_left_out(problem: Problem) -> bool:
    field = fields.BY_NAME.get(problem.field)
    return problem.severity is Severity.MUST_FIX and field is not None and not field.required


def _unknown_keys(row: int, facts: RawExit) -> Iterator[Problem]:
    """The problems of the first keys that are no field, each with the nearest field, and of the rest."""
    unknown = [shortened(key) for key in facts if key not in fields.BY_NAME]
    for key in unknown[:MOST_LINES]:
        meant = fields.field_for_heading(key)
        near = [meant.name] if meant else difflib.get_close_matches(key, fields.BY_NAME, n=1)
        enter = f"It was not used. Did you mean {near[0]}?" if near else "It was not used."
        yield _not_a_field(row, key, "This is not a field.", enter)
    if more := unknown[MOST_LINES:]:
        name = f"{len(more)} more keys"
        yield _not_a_field(row, name, "These are not fields.", "They were not used.")


def _not_a_field(row: int, key: str, wrong: str, enter: str) -> Problem:
    return Problem(row, key, wrong, enter, Severity.PLEASE_CONFIRM, "unknown_key")
