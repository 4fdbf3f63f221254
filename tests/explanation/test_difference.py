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
