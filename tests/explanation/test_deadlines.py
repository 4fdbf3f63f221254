"""The steps of time: Limitation Act 1980 ss.5 and 9, and Scotland's lack of a countdown."""

from __future__ import annotations

from calculator.explanation.words import SCOTS_ADVICE, WARNING
from rules import sources
from tests.explanation.explained import explained, step

OVER = {"severance_due": "100000", "severance_paid": "95000"}


def test_s_9_the_last_day_under_reg_4_and_the_working_day_before_it() -> None:
    statute = step("Last day for a claim under SI 2021/197 reg 4", **OVER)
    assert statute.amount == "2027-03-18"
    assert statute.working.startswith(
        "116 days left. Last working day on or before it: 18 March 2027. Issue the claim a day earlier."
    )
    assert sources.STATUTE_LIMIT in statute.citations


def test_s_5_a_day_that_has_passed_has_no_plan() -> None:
    contract = step("Last day for a claim in contract", **OVER, exit_date="2020-11-10")
    assert contract.working.startswith("Passed 12 days ago. A sum paid since may")


def test_northern_ireland_has_its_own_limitation_order() -> None:
    contract = step(
        "Last day for a claim in contract",
        **OVER,
        nation="northern_ireland",
        employer_kind="civil_service",
    )
    assert contract.citations == (sources.NI_LIMIT, sources.NI_ACKNOWLEDGMENT)


def test_scotland_has_advice_and_no_day() -> None:
    last_day = step("Last day to claim", **OVER, nation="scotland", employer_kind="civil_service")
    assert (last_day.amount, last_day.formatted, last_day.working) == ("", SCOTS_ADVICE, WARNING)


STRAIN = {
    "exit_reason": "redundancy",
    "date_of_birth": "1962-05-01",
    "scheme": "lgps",
    "redundancy_due": "40000",
    "redundancy_paid": "40000",
    "pension_strain_due": "70000",
    "pension_strain_paid": "55000",
}


def test_a_contract_claim_for_strain_alone_is_of_use_for_a_declaration_only() -> None:
    contract = step("Last day for a claim in contract", **STRAIN)
    assert "Of use for a declaration only" in contract.working
    member = step("Last day for a claim in contract", **OVER)
    assert "declaration" not in member.working


def test_the_pensions_two_days_may_run_out_and_decide_the_day_to_issue_by() -> None:
    lump_sum = step("Last day for the pension lump sum (our reading)", **STRAIN)
    assert (lump_sum.amount, "may run out" in lump_sum.working) == ("2027-01-01", True)
    month = step("Last day for the first month of the pension (our reading)", **STRAIN)
    assert month.amount == "2027-01-31"
    assert "With each month after it a month of arrears may be lost." in month.working
    issue = step("Issue by", **STRAIN)
    assert issue.amount == "2026-12-31"
    assert issue.working.startswith("Issue by 31 December 2026, a working day.")
    assert any(
        "Next deadline: 1 January 2027" in line and "Issue by 31 December 2026" in line
        for line in explained(**STRAIN).headline
    )


def test_a_day_to_issue_by_that_has_passed_is_today() -> None:
    # 22 November 2026 is a Sunday; the contract's last day is the Monday after it.
    issue = step("Issue by", **OVER, exit_date="2020-11-23")
    assert issue.amount == "2026-11-20"
    assert issue.working.startswith(
        "Issue today: the last working day before it, 20 November 2026,"
    )


def test_judicial_review_is_prompt_and_at_the_latest_and_a_dispute_has_six_months() -> None:
    facts = {**STRAIN, "refused_on": "2026-11-10", "pension_decision_on": "2026-10-01"}
    review = step("Judicial review of the refusal, at the latest", **facts)
    assert (review.amount, "promptly, and at the latest" in review.working) == ("2027-02-09", True)
    dispute = step("Internal dispute procedure, first stage, last day", **facts)
    assert dispute.amount == "2027-04-01"


def test_an_exit_before_the_cap_that_was_paid_inside_the_period_is_not_called_unreached() -> None:
    facts = {
        **STRAIN,
        "exit_date": "2020-10-31",
        "payment_date": "2020-11-27",
        "redundancy_paid": "25000",
    }
    headline = explained(**facts).headline
    assert headline[0].startswith("The last day for a claim in contract was 31 October 2026")
    assert "SI 2021/197 regulation 4 looks at the day of payment" in headline[1]
    assert not any("The cap did not reach this exit" in line for line in headline)
    assert any("Issue by 17 March 2027" in line for line in headline)
    assert step("Words of SI 2021/197 reg 4(2)(a) met", **facts).amount == "yes"
