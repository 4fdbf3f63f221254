"""The explanation: every figure is one of the outcome's, and the last steps add up to the totals."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from hypothesis import given

from calculator.calculation.assess import assess
from calculator.calculation.outcome import Outcome
from calculator.explanation.explain import explain
from calculator.explanation.words import LIMITS, WARNING
from calculator.spreadsheets.read import read_cases, read_sheet
from rules.positions import Positions
from tests import generated
from tests.comparing import calculated
from tests.explanation.explained import AS_AT, explained
from tests.generated import Row


def check(outcome: Outcome) -> None:
    for row in range(outcome.cases.size):
        explanation, results = explain(outcome, row), outcome.row(row)
        amounts: dict[str, list[str]] = {}
        for step in explanation.steps:
            amounts.setdefault(step.label, []).append(step.amount)
            assert step.citations, step.label
            assert step.working.endswith("."), step.working
        if results["triage"] in ("error", "out_of_scope", "needs_data"):
            assert not results["member_total"]
            continue
        tail = {step.label: Decimal(step.amount) for step in explanation.steps[-6:]}
        for payee, words in (("member", "the member"), ("scheme", "the pension scheme")):
            owed = tail[f"Still owed to {words}"] + tail[f"Interest unpaid to {words}"]
            assert owed == tail[f"Owed to {words} in all"] == Decimal(results[f"{payee}_total"])
        assert amounts["Difference"] == [results["difference"]]
        assert amounts["Counted towards the cap"] == [results["counted_total"]]


@given(rows=generated.tables())
def test_the_last_steps_add_up_to_the_totals_by_payee(rows: list[Row]) -> None:
    check(calculated(rows, {}, AS_AT))


def test_every_sample_case_is_explained(sample_cases: Path) -> None:
    check(assess(read_cases(read_sheet(sample_cases)), Positions(), AS_AT))


def test_a_row_in_error_says_what_is_wrong_and_has_no_steps() -> None:
    explanation = explained(exit_date="not a day")
    assert explanation.triage == "error"
    assert not explanation.steps
    assert len(explanation.headline) > 1


def test_every_explanation_ends_with_the_positions_and_the_limits() -> None:
    assumptions = explained(severance_due="1").assumptions
    assert assumptions[-3:] == (f"Positions: {Positions().described()}.", WARNING, LIMITS)


def test_notice_pay_of_unknown_exemption_gives_both_differences() -> None:
    row = {
        "case_ref": "A",
        "exit_date": "2020-12-31",
        "redundancy_due": "50000.00",
        "redundancy_paid": "50000.00",
        "pension_strain_due": "60000.00",
        "notice_pay_due": "20000.00",
        "notice_pay_paid": "20000.00",
    }
    explanation = explain(calculated([row], {}, AS_AT), 0)
    assert any(
        "The difference is £15,000.00; counted in full it would be £35,000.00." in reason
        for reason in explanation.reasons
    )
