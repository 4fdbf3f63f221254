"""Time limits: Limitation Act 1980; Limitation (NI) Order 1989."""

from __future__ import annotations

import numpy as np
import pytest

from rules import time_limits
from tests.rules.values import days


@pytest.mark.parametrize(
    ("due", "last"),
    [
        ("2020-11-04", "2026-11-04"),
        ("2020-12-31", "2026-12-31"),
        ("2021-01-31", "2027-01-31"),
        ("2020-02-29", "2026-02-28"),
        ("2018-02-28", "2024-02-28"),
    ],
)
def test_s_5_a_contract_claim_runs_six_years_from_the_day_it_was_due(due: str, last: str) -> None:
    """Limitation Act 1980 s.5; Limitation (NI) Order 1989 art 4."""
    assert time_limits.contract_last_day(days(due)).astype(str).tolist() == [last]


def test_s_9_the_statutory_claim_runs_to_18_march_2027() -> None:
    """Limitation Act 1980 s.9, with Interpretation Act 1978 ss.4, 23."""
    assert time_limits.statute_last_day(1).astype(str).tolist() == ["2027-03-18"]


def test_s_9_six_years_from_the_first_moment_of_a_day_end_the_day_before() -> None:
    """Limitation Act 1980 s.9: in force from the beginning of 19 March 2021."""
    last = time_limits.six_years_on(days("2021-03-19")) - 1
    assert last.tolist() == time_limits.statute_last_day(1).tolist()


@pytest.mark.parametrize(
    ("acknowledged", "as_at", "last"),
    [
        ("2022-05-01", "2026-11-22", "2028-05-01"),
        ("2020-12-31", "2026-11-22", "2026-12-31"),
        ("2026-12-31", "2026-12-31", "2032-12-31"),
        ("2027-01-01", "2027-01-01", "2026-12-31"),
        ("2026-12-01", "2026-11-30", "2026-12-31"),
        ("2024-02-29", "2026-11-22", "2030-02-28"),
        ("NaT", "2026-11-22", "2026-12-31"),
    ],
)
def test_s_29_an_acknowledgment_starts_six_years_again_if_made_in_time(
    acknowledged: str, as_at: str, last: str
) -> None:
    """Limitation Act 1980 ss.29(5), 29(7), 30."""
    result = time_limits.after_acknowledgment(
        days("2026-12-31"), days(acknowledged), np.datetime64(as_at)
    )
    assert result.astype(str).tolist() == [last]


@pytest.mark.parametrize(
    ("last", "left"),
    [
        ("2026-11-30", 9),
        ("2026-12-31", 40),
        ("2027-02-12", 83),
        ("2026-11-21", 0),
        ("2026-11-20", -1),
    ],
)
def test_s_5_days_left_end_on_the_last_day(last: str, left: int) -> None:
    """Limitation Act 1980 ss.5, 9: counted on 21 November 2026."""
    assert time_limits.days_left(days(last), np.datetime64("2026-11-21")).tolist() == [left]


def test_s_9_a_pension_lump_sum_runs_six_years_from_the_day_after_the_exit() -> None:
    """Limitation Act 1980 s.9: exit on 30 November 2020, so due on 1 December (review of the law, F1)."""
    assert time_limits.lump_sum_last_day(days("2020-12-01")).astype(str).tolist() == ["2026-12-01"]


def test_s_9_the_first_month_of_pension_runs_six_years_from_the_end_of_that_month() -> None:
    """Limitation Act 1980 s.9: exits on 30 November and 31 December 2020, and a leap year's February."""
    begins = days("2020-12-01", "2021-01-01", "2020-02-03")
    last = time_limits.instalment_last_day(begins).astype(str).tolist()
    assert last == ["2026-12-31", "2027-01-31", "2026-02-28"]


def test_s_9_the_pensions_clocks_can_be_left_out() -> None:
    """Limitation Act 1980 s.9: our reading, so a position."""
    assert time_limits.scheme_sums_run_out(2, "six_years").tolist() == [True, True]
    assert time_limits.scheme_sums_run_out(2, "not_shown").tolist() == [False, False]


def test_r_54_5_judicial_review_is_asked_for_in_three_months_less_a_day() -> None:
    """CPR r.54.5(1): 30 November has no 30 February, so the month's last day, less one."""
    refused = days("2026-11-30", "2026-12-15", "2027-02-28")
    last = time_limits.judicial_review_last_day(refused).astype(str).tolist()
    assert last == ["2027-02-27", "2027-03-14", "2027-05-27"]


def test_reg_74_stage_one_is_asked_for_in_six_months() -> None:
    """LGPS Regulations 2013 reg 74(2)."""
    decided = days("2026-08-31", "2026-11-27")
    last = time_limits.internal_dispute_last_day(decided).astype(str).tolist()
    assert last == ["2027-02-28", "2027-05-27"]


def test_s_1_the_working_day_before_skips_weekends_and_bank_holidays() -> None:
    """Banking and Financial Dealings Act 1971 s.1: Christmas 2026 on a Friday, its substitute on the Monday."""
    closed = days("2026-12-25", "2026-12-28", "2027-01-01")
    before = time_limits.working_day_before(days("2026-12-29", "2027-01-01", "2027-01-02"), closed)
    assert before.astype(str).tolist() == ["2026-12-24", "2026-12-31", "2026-12-31"]
