"""One result as the object that ``exitcap case --json`` prints."""

from __future__ import annotations

from collections.abc import Sequence

from calculator.calculation.codes import TO_CHECK
from calculator.calculation.outcome import Outcome
from calculator.explanation.explain import explain
from calculator.facts.problems import Problem


def as_json(outcome: Outcome, row: int, problems: Sequence[Problem]) -> dict[str, object]:
    """Make an object of one exit: its results, what to check, steps with the law, assumptions, problems."""
    explanation = explain(outcome, row)
    return {
        "results": outcome.row(row),
        "to_check": [{"code": code, "sentence": TO_CHECK[code]} for code in explanation.to_check],
        "steps": [
            {
                "label": step.label,
                "amount": step.amount,
                "working": step.working,
                "citations": [
                    {"label": c.label, "url": c.url, "seen": c.seen.value} for c in step.citations
                ],
            }
            for step in explanation.steps
        ],
        "assumptions": list(explanation.assumptions),
        "problems": [
            {
                "field": problem.field,
                "severity": problem.severity.value,
                "wrong": problem.wrong,
                "enter": problem.enter,
            }
            for problem in problems
        ],
    }
