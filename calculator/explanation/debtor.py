"""The step of who owes it now: the body entered, or what to ask where the employer may be gone."""

from __future__ import annotations

from collections.abc import Iterator

from calculator.explanation.steps import Row, Step
from calculator.facts.days import shown_day
from calculator.facts.successors import SCHOOL_LAW, SCHOOL_NOTE, Successor, surely_gone
from rules import sources
from rules.choices import EmployerKind

LABEL = "Who owes it now"


def debtor_steps(row: Row) -> Iterator[Step]:
    """Say who owes the difference now, where that may not be the employer. Nothing is decided here."""
    cases, number = row.outcome.cases, row.number
    entered, employer = cases.text["debtor_name"][number], cases.text["employer_name"][number]
    bodies = surely_gone(employer)
    if entered:
        working = f"As entered, as the successor of {employer or 'the employer'}. Check it with that body."
        law = tuple(body.law for body in bodies) or (sources.WHO_IS_PAID,)
        yield Step(LABEL, entered, entered, working, law)
    elif bodies:
        working = " ".join(map(_words, bodies))
        yield Step(LABEL, "", "To ask", working, tuple(body.law for body in bodies))
    elif int(cases.choices["employer_kind"][number]) == EmployerKind.MAINTAINED_SCHOOL:
        yield Step(LABEL, "", "To ask", SCHOOL_NOTE, SCHOOL_LAW)


def _words(body: Successor) -> str:
    return (
        f"{body.names[0]}: since {shown_day(body.from_day)} {body.new_body} ({body.how_seen}). Ask whether it owes "
        "this debt, then enter it."
    )
