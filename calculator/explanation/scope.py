"""The steps of scope: the day of exit, and whether the employer was listed."""

from __future__ import annotations

from collections.abc import Iterator

from calculator.explanation.steps import Row, Step, as_date, day_words
from rules import coverage, sources


def scope_steps(row: Row) -> Iterator[Step]:
    """Explain whether the day of exit and the employer bring the exit under SI 2020/1122."""
    scope, index = row.worked.facts.scope, row.index
    exit_date = row.worked.facts.dates.exit_date[index]
    yield Step(
        "Date of exit",
        str(exit_date),
        day_words(as_date(exit_date)),
        f"The cap was in force from {day_words(as_date(coverage.CAP_IN_FORCE))}, was lifted in England on "
        f"{day_words(as_date(coverage.CAP_DISAPPLIED))} and was revoked on {day_words(as_date(coverage.REVOKED))}.",
        (sources.COMMENCEMENT, sources.DISAPPLIED, sources.REVOCATION),
    )
    name = row.outcome.cases.text["employer_name"][row.number]
    entry = coverage.named_in_schedule(name)
    if entry is not None:
        working = f"Named in the Schedule: {entry.words}."
    elif scope.in_scope[index]:
        working = "Taken as a body the Schedule describes; no entry has its name."
    else:
        working = "No entry has its name, or the exit was outside the days of the cap."
    yield Step(
        "In scope",
        "yes" if scope.in_scope[index] else "no",
        "Yes" if scope.in_scope[index] else "No",
        working,
        (sources.THE_SCHEDULE, sources.DEFINITIONS),
    )
