"""The windows of days: the first, the last, the day before and the day after of each."""

from __future__ import annotations

from datetime import date

import pytest

from tests.comparing import calculated, table
from tests.generated import Row

CAPPED = {
    "case_ref": "A",
    "employer_kind": "council",
    "severance_due": "99500.00",
    "severance_paid": "95000.00",
}


def result(as_at: str = "2026-11-22", **facts: str) -> Row:
    row = {**CAPPED, "exit_date": "2020-12-31", **facts}
    return table(calculated([row], {}, date.fromisoformat(as_at)))[0]


@pytest.mark.parametrize(
    ("exit_date", "triage", "reason"),
    [
        ("2020-11-03", "out_of_scope", "exit_before_cap"),
        ("2020-11-04", "capped_exact", ""),
        ("2021-02-11", "capped_exact", ""),
        ("2021-02-12", "capped_exact", "boundary_day"),
        ("2021-02-13", "capped_exact", "late_exit_check_why"),
        ("2021-03-19", "capped_exact", "late_exit_check_why"),
        ("2021-03-20", "out_of_scope", "exit_after_cap"),
    ],
)
def test_exit_days(exit_date: str, triage: str, reason: str) -> None:
    found = result(exit_date=exit_date)
    assert found["triage"] == triage
    about_days = {"exit_before_cap", "exit_after_cap", "boundary_day", "late_exit_check_why"}
    assert set(found["reasons"].split(";")) & about_days == ({reason} - {""})


@pytest.mark.parametrize(
    ("payment_date", "regulation_4"),
    [("2020-11-03", False), ("2020-11-04", True), ("2021-03-19", True), ("2021-03-20", False)],
)
def test_payment_days_of_the_relevant_period(payment_date: str, regulation_4: bool) -> None:
    found = result(payment_date=payment_date)
    assert bool(found["statute_last_day"]) is regulation_4
    assert bool(found["member_interest"]) is regulation_4
    assert ("paid_outside_relevant_period" in found["reasons"]) is not regulation_4
    if not regulation_4:
        assert found["member_total"] == found["member_outstanding"] == "4500.00"


@pytest.mark.parametrize(
    ("as_at", "contract", "statute", "urgency"),
    [
        ("2026-12-30", "1", "78", "red"),
        ("2026-12-31", "0", "77", "red"),
        ("2027-01-01", "-1", "76", "amber"),
        ("2027-03-18", "-77", "0", "red"),
        ("2027-03-19", "-78", "-1", "expired"),
        ("2026-12-03", "28", "105", "red"),
        ("2026-12-02", "29", "106", "amber"),
        ("2026-10-02", "90", "167", "amber"),
        ("2026-10-01", "91", "168", "green"),
    ],
)
def test_days_left_and_urgency(as_at: str, contract: str, statute: str, urgency: str) -> None:
    found = result(as_at=as_at)
    assert (found["contract_days_left"], found["statute_days_left"]) == (contract, statute)
    assert found["urgency"] == urgency


@pytest.mark.parametrize(
    ("counted", "triage", "headroom"),
    [
        ("90000.00", "not_capped", "5000.00"),
        ("90000.01", "near_line", "4999.99"),
        ("95000.00", "near_line", "0.00"),
        ("95000.01", "not_capped", "0.00"),
    ],
)
def test_the_line_and_what_lies_near_it(counted: str, triage: str, headroom: str) -> None:
    found = result(severance_due=counted, severance_paid=counted)
    assert (found["triage"], found["headroom"]) == (triage, headroom)
    assert ("over_cap_paid_in_full" in found["reasons"]) is (counted == "95000.01")


@pytest.mark.parametrize(
    ("born", "strain_shown"),
    [("1965-12-31", True), ("1966-01-01", False), ("1964-02-29", True)],
)
def test_the_55th_birthday_counts(born: str, strain_shown: bool) -> None:
    found = result(
        date_of_birth=born, scheme="lgps", exit_reason="redundancy", severance_due="50000.00"
    )
    assert bool(found["strain_needed_to_breach"]) is strain_shown


@pytest.mark.parametrize(
    ("paid_on", "interest"),
    [("2020-12-31", "0.00"), ("2021-01-01", "0.99"), ("2021-01-02", "1.97")],
)
def test_the_first_day_of_interest_is_left_out_and_the_last_counted(
    paid_on: str, interest: str
) -> None:
    assert result(as_at=paid_on, payment_date="2020-12-31")["member_interest"] == interest
