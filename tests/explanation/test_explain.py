"""The explanation: every figure is one of the outcome's, and the last steps add up to the totals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given

from calculator.calculation.assess import assess
from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.codes import (
    ASSUMPTIONS,
    CONFIDENCES,
    QUESTIONS,
    REASONS,
    TRIAGES,
    URGENCIES,
)
from calculator.calculation.outcome import Outcome
from calculator.calculation.signals import MISSABLE, Confidence, Urgency
from calculator.explanation.explain import explain
from calculator.spreadsheets.read import read_cases, read_sheet
from rules.positions import Positions
from tests import generated
from tests.comparing import calculated
from tests.generated import Row

AS_AT = date(2026, 11, 22)


def check(outcome: Outcome) -> None:
    for row in range(outcome.cases.size):
        found, results = explain(outcome, row), outcome.row(row)
        amounts: dict[str, list[str]] = {}
        for step in found.steps:
            amounts.setdefault(step.label, []).append(step.amount)
            assert step.citations, step.label
            assert step.working.endswith("."), step.working
        if results["triage"] in ("error", "out_of_scope", "needs_data"):
            assert not results["member_total"]
            continue
        tail = {step.label: Decimal(step.amount) for step in found.steps[-6:]}
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


def explained(**facts: str) -> tuple[str, ...]:
    row = {"case_ref": "A", "exit_date": "2020-12-31", "employer_kind": "council", **facts}
    return explain(calculated([row], {}, AS_AT), 0).headline


def test_an_expired_clock_is_said_in_the_first_line() -> None:
    lines = explained(exit_date="2020-11-10", severance_due="100000.00", severance_paid="95000.00")
    assert lines[0] == (
        "The last day for a claim in contract was 10 November 2026; the claim under SI 2021/197 reg 4 is "
        "open to 18 March 2027, 116 days after 22 November 2026."
    )


def test_scotland_has_no_countdown_and_says_why() -> None:
    lines = explained(
        nation="scotland",
        employer_kind="civil_service",
        severance_due="100000.00",
        severance_paid="95000.00",
    )
    assert lines[-1] == "May already have run out under Scots law: ask a Scots lawyer today."


def test_strain_and_members_money_are_never_one_sum() -> None:
    lines = explained(
        severance_due="60000.00",
        severance_paid="50000.00",
        pension_strain_due="50000.00",
        pension_strain_paid="45000.00",
    )
    assert lines[1].startswith("Owed to the member: £14,71")
    assert lines[2].startswith("Owed to the pension scheme: £7,35")


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
    found = explain(calculated([row], {}, AS_AT), 0)
    assert any(
        "The difference is £15,000.00; counted in full it would be £35,000.00." in reason
        for reason in found.reasons
    )


def test_last_working_day_skips_weekends_and_bank_holidays() -> None:
    from calculator.explanation.working_days import last_working_day

    assert last_working_day(date(2026, 12, 27), False) == date(2026, 12, 24)
    assert last_working_day(date(2026, 12, 28), False) == date(2026, 12, 24)
    assert last_working_day(date(2027, 1, 31), False) == date(2027, 1, 29)
    assert last_working_day(date(2027, 1, 1), False) == date(2026, 12, 31)
    assert last_working_day(date(2027, 3, 17), True) == date(2027, 3, 16)
    assert last_working_day(date(2027, 3, 17), False) == date(2027, 3, 17)


@pytest.mark.parametrize(
    "words", [REASONS, ASSUMPTIONS, QUESTIONS, TRIAGES, URGENCIES, CONFIDENCES]
)
def test_every_code_has_a_sentence(words: dict[str, str]) -> None:
    for code, sentence in words.items():
        assert code == code.lower()
        assert sentence[0].isupper() or sentence[0].isdigit()
        assert sentence.endswith((".", "?"))


@pytest.mark.parametrize("codes", [REASONS, ASSUMPTIONS, QUESTIONS, MISSABLE])
def test_codes_fit_in_the_bits_of_a_row(codes: object) -> None:
    assert len(list(codes)) <= 63  # type: ignore[call-overload]


def test_every_result_word_is_explained() -> None:
    assert list(TRIAGES) == [triage.name.lower() for triage in Triage]
    assert set(URGENCIES) == {code.name.lower() for code in Urgency if code.value}
    assert set(CONFIDENCES) == {code.name.lower() for code in Confidence if code.value}
