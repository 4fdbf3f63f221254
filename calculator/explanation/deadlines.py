"""The steps of time: the last day of each claim."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from calculator.explanation.steps import Row, Step
from calculator.explanation.words import SCOTS_ADVICE, WARNING, plural
from calculator.facts.days import shown_day
from rules import sources
from rules.choices import Nation


def deadline_steps(row: Row) -> Iterator[Step]:
    """Explain the last day of each claim. Scotland: advice and no day."""
    if row.worked.facts.scope.scotland[row.index]:
        yield Step("Last day to claim", "", SCOTS_ADVICE, WARNING, (sources.SCOTS_PRESCRIPTION,))
        return
    northern_ireland = int(row.worked.facts.scope.nation[row.index]) == Nation.NORTHERN_IRELAND
    for name, label, limit in (
        ("contract", "Last day for a claim in contract", sources.CONTRACT_LIMIT),
        ("statute", "Last day for a claim under SI 2021/197 reg 4", sources.STATUTE_LIMIT),
    ):
        last, left = row.day(f"{name}_last_day"), row.figure(f"{name}_days_left")
        if last is None or left is None:
            continue
        law = (
            [sources.NI_LIMIT, sources.NI_ACKNOWLEDGMENT]
            if northern_ireland
            else [limit, sources.ACKNOWLEDGMENT]
        )
        if name == "statute":
            law.append(sources.STATUTE_ACCRUAL)
        yield Step(
            label,
            last.isoformat(),
            shown_day(last),
            f"{_left(left)}{_plan(last, left, bool(northern_ireland))} A sum paid since may start the "
            "clock afresh; do not rely on it.",
            tuple(law),
        )


def _plan(last: date, left: int, northern_ireland: bool) -> str:
    if left < 0:
        return ""
    from calculator.calculation.working_days import last_working_day

    working_day = shown_day(last_working_day(last, northern_ireland))
    return f" Last working day on or before it: {working_day}. Issue the claim a day earlier."


def _left(days: int) -> str:
    if days < 0:
        return f"Passed {plural(-days, 'day')} ago."
    return "Today." if days == 0 else f"{plural(days, 'day')} left."
