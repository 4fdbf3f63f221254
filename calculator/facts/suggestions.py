"""Takes what problems suggest, one or all of a kind, as if a person had typed it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from calculator.facts.problems import Problem, Severity


def accept(
    rows: Sequence[Any],
    columns: Mapping[str, Any],
    problems: Iterable[Problem],
    joined: Mapping[str, tuple[Any, ...]] = {},
) -> list[Problem]:
    """Put the suggestion of each problem in its cell; give, cell by cell, what to confirm of them.

    ``rows`` hold the cells of each case, by place or by name; ``columns`` gives the place or name of each
    field, as of a sheet; ``joined`` those of a field that several give together. A problem without a suggestion, or of a column that is not there, changes nothing.
    The rows must be read again after it.
    """
    taken = []
    for problem in problems:
        column = columns.get(problem.field)
        if problem.suggestion and column is not None:
            first, *others = joined.get(problem.field, (column,))
            rows[problem.row][first] = problem.suggestion
            for other in others:
                rows[problem.row][other] = None
            taken.append(_to_confirm(problem))
    return taken


def _to_confirm(problem: Problem) -> Problem:
    wrong, enter = f"Taken as suggested: {problem.suggestion}.", "Check it against the papers."
    return Problem(
        problem.row, problem.field, wrong, enter, Severity.PLEASE_CONFIRM, "suggestion_taken"
    )
