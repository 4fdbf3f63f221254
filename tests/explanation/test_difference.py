"""The steps of the difference: SI 2021/197 reg 4."""

from __future__ import annotations

from tests.explanation.explained import explained, step

OVER = {"severance_due": "100000", "severance_paid": "95000"}


def test_reg_4_3_each_payment_is_due_less_paid() -> None:
    short = step("Severance or ex gratia payment: short to the member", **OVER)
    assert (short.amount, short.working) == (
        "5000.00",
        "£100,000.00 due − £95,000.00 paid.",
    )
    assert step("Difference", **OVER).working == (
        "£5,000.00 to the member and £0.00 to the pension scheme."
    )


def test_reg_4_is_the_basis_of_a_payment_in_the_relevant_period() -> None:
    basis = step("SI 2021/197 reg 4 is the basis", **OVER, payment_date="2021-01-15")
    assert (basis.amount, basis.working) == (
        "yes",
        "A payment was made in the relevant period, 4 November 2020 to 19 March 2021.",
    )


def test_a_payment_after_the_relevant_period_has_no_interest_at_8_per_cent() -> None:
    basis = step("SI 2021/197 reg 4 is the basis", **OVER, payment_date="2021-04-01")
    assert (basis.amount, basis.working) == (
        "no",
        "Nothing was paid in the relevant period: an ordinary contract or scheme claim, without the 8%.",
    )


def test_a_difference_that_is_not_known_leaves_the_totals_that_are() -> None:
    labels = [each.label for each in explained(severance_paid="90000", total_paid="90000").steps]
    assert "Paid in all" in labels
    assert not {"Due in all", "Difference"} & set(labels)


NOTICE = {"annual_salary": "40000", "notice_pay_due": "10000", "notice_pay_paid": "4000"}


def test_reg_6_g_notice_pay_within_a_quarter_is_owed_under_the_contract_only() -> None:
    only = step("Of the member's part, owed under the contract only", **OVER, **NOTICE)
    assert only.amount == "6000.00"
    assert "reg 6(g)" in only.working
    assert step("Interest to the member", **OVER, **NOTICE).working.startswith("£5,000.00 × ")


def test_a_shortfall_of_such_notice_pay_alone_is_no_claim_under_regulation_4() -> None:
    paid = {"severance_due": "100000", "severance_paid": "100000"}
    basis = step("SI 2021/197 reg 4 is the basis", **paid, **NOTICE)
    assert (basis.amount, "notice pay within a quarter" in basis.working) == ("no", True)


def test_a_payment_to_the_fund_in_the_period_makes_regulation_4_the_basis() -> None:
    basis = step(
        "SI 2021/197 reg 4 is the basis",
        **OVER,
        payment_date="2021-03-26",
        pension_strain_due="10000",
        pension_strain_paid="5000",
        strain_paid_on="2021-03-05",
    )
    assert basis.amount == "yes"
    assert "paid the pension fund on 5 March 2021" in basis.working


def test_nothing_paid_at_all_is_no_payment_in_the_period() -> None:
    basis = step("SI 2021/197 reg 4 is the basis", severance_due="100000", severance_paid="0")
    assert (basis.amount, basis.working.startswith("Nothing at all was paid")) == ("no", True)


def test_more_cut_than_the_cap_required_is_claimed_in_full() -> None:
    facts = {"severance_due": "100000", "severance_paid": "90000"}
    assert "not limited to the cut the cap required" in (
        step("Cut beyond what the cap required", **facts).working
    )


def test_an_employer_that_denies_the_cap_is_asked_how_each_payment_was_cut() -> None:
    questions = explained(**OVER, cap_applied="no").questions
    assert any("You say that the cap was not applied." in question for question in questions)
    assert not any("not applied" in question for question in explained(**OVER).questions)
