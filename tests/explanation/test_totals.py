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
