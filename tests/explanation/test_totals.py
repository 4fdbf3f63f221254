"""The last steps: what is owed to each payee."""

from __future__ import annotations

from tests.explanation.explained import explained, step

OVER = {"severance_due": "100000", "severance_paid": "95000", "payment_date": "2021-01-15"}


def test_the_total_is_principal_and_interest_and_grows_by_the_day() -> None:
    total = step("Owed to the member in all", **OVER)
    assert total.amount == "7341.92"
    assert total.working.startswith("£5,000.00 + £2,341.92. It grows by £1.10 a day.")


def test_the_two_payees_have_three_lines_each() -> None:
    labels = [each.label for each in explained(**OVER).steps[-6:]]
    assert [label for label in labels if "member" in label] == labels[:3]
    assert [label for label in labels if "scheme" in label] == labels[3:]


def test_low_and_high_say_what_they_cover() -> None:
    assert "low and high cover from which day interest runs, as far" in (
        step("Owed to the member in all", **OVER).working
    )
    early = {**OVER, "top_up_member": "1000", "top_up_date": "2021-03-12"}
    assert "whether interest runs on a sum paid by 19 March 2021" in (
        step("Owed to the member in all", **early).working
    )


def test_an_early_top_up_lowers_the_sum_from_the_first_day() -> None:
    early = {**OVER, "top_up_member": "1000", "top_up_date": "2021-03-12"}
    working = step("Interest to the member", **early).working
    assert working.startswith("£4,000.00 × ")
    assert "£1,000.00 paid by 19 March 2021 is part of what was paid" in working
