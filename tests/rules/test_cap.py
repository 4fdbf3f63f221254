"""The cap: SI 2020/1122 regs 3, 4 and 7; SBEEA 2015 ss.153A and 153C."""

from __future__ import annotations

import numpy as np
import pytest

from rules import cap
from tests.rules.values import days, mask, pence


def test_reg_3_the_cap_is_less_what_was_used_and_more_where_relaxed() -> None:
    """SI 2020/1122 reg 3; SBEEA 2015 s.153C(1). Computed: £95,000 + relaxed − used, never below 0."""
    available = cap.cap_available(pence(0, 0, 10_000, 0), pence(0, 70_000, 70_000, 103_070))
    assert available.tolist() == pence(95_000, 25_000, 35_000, 0).tolist()


def test_reg_3_a_exactly_the_cap_does_not_exceed_it() -> None:
    """SI 2020/1122 reg 3(a)."""
    allowed = cap.allowed_total(pence(95_000, 95_000.01), pence(0, 0), pence(95_000, 95_000))
    assert allowed.tolist() == pence(95_000, 95_000).tolist()


def test_reg_3_a_headroom_ends_at_the_cap() -> None:
    """SI 2020/1122 reg 3(a)."""
    left = cap.headroom(pence(90_000, 95_000, 95_000.01), pence(95_000, 95_000, 95_000))
    assert left.tolist() == pence(5_000, 0, 0).tolist()


def test_reg_3_a_the_strain_needed_brings_the_total_to_the_cap_exactly() -> None:
    """SI 2020/1122 reg 3(a)."""
    other, available = pence(25_000, 100_000), pence(95_000, 95_000)
    needed = cap.strain_needed_to_breach(other, available)
    assert needed.tolist() == pence(70_000, 0).tolist()
    assert cap.headroom(other + needed, available).tolist() == [0, 0]


@pytest.mark.parametrize(("apart", "linked"), [(0, True), (27, True), (28, False)])
def test_reg_3_b_exits_share_a_cap_within_28_consecutive_days(apart: int, linked: bool) -> None:
    """SI 2020/1122 reg 3(b); SBEEA 2015 s.153A(2)."""
    first = np.datetime64("2020-12-01")
    exits = np.array([first, first + apart], dtype="datetime64[D]")
    starts = cap.first_linked(np.array([0, 0]), exits)
    assert starts.tolist() == [0, 0 if linked else 1]


def test_reg_3_b_windows_roll_and_persons_are_separate() -> None:
    """SI 2020/1122 reg 3(b): any period of 28 consecutive days."""
    exits = days("2020-12-01", "2020-12-20", "2021-01-10", "2020-12-01", "2020-12-02")
    starts = cap.first_linked(np.array([0, 0, 0, 1, 2]), exits)
    assert starts.tolist() == [0, 0, 1, 3, 4]


def test_reg_4_exits_on_one_day_use_the_cap_by_salary_hours_and_service_blanks_last() -> None:
    """SI 2020/1122 reg 4(b)."""
    size = 6
    order, ties = cap.order_of_exits(
        person=np.zeros(size, dtype=np.int64),
        exit_date=np.full(size, np.datetime64("2020-12-31")),
        salary=pence(0, 20_000, 30_000, 20_000, 20_000, 20_000),
        salary_known=mask(False, True, True, True, True, True),
        hours=np.array([0, 0, 0, 37, 37, 37]),
        hours_known=mask(False, False, False, True, True, True),
        service_start=days(
            "2000-01-01", "2000-01-01", "2000-01-01", "2010-01-01", "2000-01-01", "2010-01-01"
        ),
    )
    assert order.tolist() == [2, 4, 3, 5, 1, 0]
    assert ties.tolist() == [False, False, False, True, False, True]


def test_reg_4_exits_on_different_days_use_the_cap_in_order_of_time() -> None:
    """SI 2020/1122 reg 4(a): the later exit comes second although its salary is higher."""
    order, ties = cap.order_of_exits(
        person=np.array([0, 0]),
        exit_date=days("2020-12-28", "2020-12-01"),
        salary=pence(60_000, 20_000),
        salary_known=mask(True, True),
        hours=np.array([0, 0]),
        hours_known=mask(False, False),
        service_start=days("NaT", "NaT"),
    )
    assert order.tolist() == [1, 0]
    assert ties.tolist() == [False, False]


def test_reg_7_1_and_7_3_statutory_pay_is_allowed_although_it_exceeds_what_is_left() -> None:
    """SI 2020/1122 regs 7(1), 7(3): first exit £95,000, then £8,070 statutory and £40,000 strain."""
    allowed = cap.allowed_total(pence(48_070), pence(8_070), pence(0))
    assert allowed.tolist() == pence(8_070).tolist()


def test_reg_7_2_the_cut_falls_on_the_other_payments_alone() -> None:
    """SI 2020/1122 reg 7(2): 27 weeks at £538 is £14,526; £120,000 strain falls to £80,474."""
    allowed = cap.allowed_total(pence(134_526), pence(14_526), pence(95_000))
    assert allowed.tolist() == pence(95_000).tolist()


def test_reg_7_2_a_second_exit_is_cut_to_what_the_first_left() -> None:
    """SI 2020/1122 regs 3(b), 7(2): £25,000 left; £8,070 statutory, so strain of £16,930."""
    allowed = cap.allowed_total(pence(48_070), pence(8_070), pence(25_000))
    assert (allowed - pence(8_070)).tolist() == pence(16_930).tolist()
