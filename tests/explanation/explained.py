"""One case or one table explained, for the tests of each step."""

from __future__ import annotations

from datetime import date

from calculator.explanation.explain import Explanation, explain
from calculator.explanation.steps import Step
from tests.comparing import calculated

AS_AT = date(2026, 11, 22)


def explained(**facts: str) -> Explanation:
    row = {"case_ref": "A", "exit_date": "2020-12-31", "employer_kind": "council", **facts}
    return explain(calculated([row], {}, AS_AT), 0)


def step(label: str, **facts: str) -> Step:
    (only,) = (each for each in explained(**facts).steps if each.label == label)
    return only
