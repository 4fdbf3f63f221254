"""The steps of the cap: SI 2020/1122 regs 3, 5, 6(g) and 7."""

from __future__ import annotations

from tests.explanation.explained import step

OVER = {"severance_due": "100000", "severance_paid": "95000"}


def test_reg_3_the_cut_is_counted_less_allowed() -> None:
    assert step("Cap available", **OVER).amount == "95000.00"
    cut = step("Reduction the cap required", **OVER)
    assert (cut.amount, cut.working) == (
        "5000.00",
        "£100,000.00 counted − £95,000.00 allowed.",
    )


def test_reg_7_statutory_redundancy_pay_is_allowed_in_full() -> None:
    facts = {
        **OVER,
        "redundancy_due": "10000",
        "redundancy_paid": "10000",
        "statutory_redundancy": "10000",
    }
    assert (
        "statutory redundancy pay of £10,000.00 in full"
        in step("Allowed under the cap", **facts).working
    )


def test_reg_6_g_a_quarter_of_salary_is_exempt() -> None:
    facts = {
        **OVER,
        "notice_pay_due": "12000",
        "notice_pay_paid": "12000",
        "annual_salary": "40000",
    }
    assert step("Pay in lieu of notice due", **facts).working == (
        "A quarter of salary is £10,000.00; £2,000.00 counts towards the cap."
    )
    assert step("Counted towards the cap", **facts).amount == "102000.00"


def test_a_cap_wholly_waived_allows_all() -> None:
    waived = step("Allowed under the cap", **OVER, relaxed_amount="all")
    assert waived.working == "The cap was wholly waived."
