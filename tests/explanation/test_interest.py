"""The steps of interest, SI 2021/197 reg 4(3), and of what has been paid since."""

from __future__ import annotations

from tests.explanation.explained import step

OVER = {"severance_due": "100000", "severance_paid": "95000", "payment_date": "2021-01-15"}


def test_reg_4_3_the_working_multiplies_out_to_the_interest() -> None:
    interest = step("Interest to the member", **OVER)
    # 15 January 2021 to 22 November 2026 is 2,137 days: 5,000 x 2,137 x 8% / 365 = 2,341.92.
    assert interest.amount == "2341.92"
    assert interest.working == (
        "£5,000.00 × 2137 days × 8% ÷ 365, from 15 January 2021 (that day left out) to 22 November 2026."
    )


def test_a_sum_paid_since_lowers_the_principal_from_its_day() -> None:
    facts = {**OVER, "top_up_member": "2000", "top_up_date": "2022-01-15"}
    assert step("Since paid to the member", **facts).working == "On 15 January 2022."
    assert step("Interest to the member", **facts).working.startswith(
        "(£5,000.00 × 365 days + £3,000.00 × 1772 days) × 8% ÷ 365"
    )


def test_more_than_was_short_is_said() -> None:
    facts = {**OVER, "top_up_member": "6000", "top_up_date": "2022-01-15"}
    assert "£1,000.00 more than was short" in step("Since paid to the member", **facts).working
