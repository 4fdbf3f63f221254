"""The steps of statutory redundancy pay: ERA 1996 s.162."""

from __future__ import annotations

from tests.explanation.explained import explained, step

FACTS = {
    "exit_reason": "redundancy",
    "service_start": "2000-01-01",
    "date_of_birth": "1961-01-01",
    "weekly_pay": "400",
    "redundancy_due": "20000",
    "redundancy_paid": "20000",
}


def test_s_162_each_factor_of_the_sum_is_in_the_working() -> None:
    weeks = step("Weeks of redundancy pay", **FACTS)
    # 19 complete years from 41 on count one and a half; the year that began at 40 counts one.
    assert weeks.amount == "29.5"
    total = step("Statutory redundancy pay, calculated", **FACTS)
    assert total.amount == "11800.00"
    assert total.working == "29.5 weeks × the lesser of £400.00 a week and the limit of £538.00."


def test_s_145_notice_unknown_is_said_beside_the_relevant_date() -> None:
    assert (
        "the day of notice is not known"
        in step("Redundancy pay is counted to (relevant date)", **FACTS).working
    )


def test_a_sum_that_is_entered_is_used() -> None:
    used = step("Statutory redundancy pay used", **FACTS, statutory_redundancy="11000")
    assert (used.amount, used.working.split(",")[0]) == ("11000.00", "The sum entered")


def test_no_redundancy_no_steps_of_it() -> None:
    labels = [each.label for each in explained(severance_due="1", severance_paid="1").steps]
    assert not [label for label in labels if "edundancy pay" in label]
