"""Interest on the difference: SI 2021/197 reg 4(3); SI 1993/564 art 2."""

from __future__ import annotations

import numpy as np
import pytest

from rules import interest
from rules.arrays import half_up
from tests.rules.values import days, pence


@pytest.mark.parametrize(
    ("position", "start"),
    [
        ("payment", ["2021-01-15", "2021-04-01"]),
        ("exit", ["2020-12-31", "2021-03-01"]),
        ("revocation", ["2021-03-19", "2021-04-01"]),
    ],
)
def test_reg_4_3_interest_starts_by_the_position_taken(position: str, start: list[str]) -> None:
    """SI 2021/197 reg 4(3) fixes the rate, not the start."""
    paid, left = days("2021-01-15", "2021-04-01"), days("2020-12-31", "2021-03-01")
    assert interest.interest_start(paid, left, position).astype(str).tolist() == start


def test_reg_4_3_the_high_figure_starts_on_the_earlier_day() -> None:
    """SI 2021/197 reg 4(3). A payment bears no interest before it fell due, but for one made earlier."""
    start = interest.earliest_start(
        days("2021-01-15", "2021-01-15", "2020-12-18", "2021-01-15"),
        days("2021-01-15", "2020-12-18", "2020-12-18", "2021-01-15"),
        days("2020-12-31", "2020-12-31", "2020-12-31", "2020-12-31"),
        days("2021-01-10", "NaT", "NaT", "2020-11-30"),
    )
    assert start.astype(str).tolist() == ["2021-01-10", "2020-12-18", "2020-12-18", "2020-12-31"]


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("2020-12-31", "2021-06-30", 181),
        ("2021-03-19", "2021-06-30", 103),
        ("2020-12-31", "2025-12-31", 1_826),
        ("2020-11-04", "2026-11-21", 2_208),
        ("2021-01-01", "2020-12-31", 0),
    ],
)
def test_art_2_the_first_day_is_not_counted(start: str, end: str, count: int) -> None:
    """SI 1993/564 art 2."""
    assert interest.days_of_interest(days(start), np.datetime64(end)).tolist() == [count]


@pytest.mark.parametrize(
    ("principal", "start", "end", "expected"),
    [
        (15_140, "2020-12-31", "2021-06-30", 600.62),
        (15_140, "2021-03-19", "2021-06-30", 341.79),
        (15_140, "2020-12-31", "2025-12-31", 6_059.32),
        (10_000, "2020-11-04", "2026-11-21", 4_839.45),
        (10_000, "2020-12-31", "2027-03-18", 4_970.96),
        (10_000, "2021-03-19", "2026-12-31", 4_631.23),
        (13_700, "2020-11-04", "2021-11-04", 1_096.00),
        (10_000, "2021-01-01", "2020-12-31", 0.00),
    ],
)
def test_reg_4_3_interest_is_eight_per_cent_simple_by_the_day(
    principal: float, start: str, end: str, expected: float
) -> None:
    """SI 2021/197 reg 4(3); SI 1993/564 art 2: sum × 8% × days / 365."""
    result = interest.simple_interest(
        pence(principal), days(start), np.datetime64(end), pence(0), days("NaT")
    )
    assert result.tolist() == pence(expected).tolist()


def test_a_part_payment_lowers_the_principal_from_its_day() -> None:
    """SI 2021/197 reg 4(3); SI 1993/564 art 2."""
    result = interest.simple_interest(
        pence(10_000),
        days("2021-01-01"),
        np.datetime64("2021-12-31"),
        pence(4_000),
        days("2021-04-11"),
    )
    assert result[0] == half_up(np.array([(1_000_000 * 100 + 600_000 * 264) * 8]), 36_500)[0]


def test_a_part_payment_before_the_start_lowers_it_from_the_start() -> None:
    """SI 2021/197 reg 4(3); SI 1993/564 art 2."""
    start, end = days("2021-03-19"), np.datetime64("2022-03-19")
    result = interest.simple_interest(pence(10_000), start, end, pence(4_000), days("2021-01-01"))
    assert result.tolist() == pence(480).tolist()


def test_a_part_payment_above_the_principal_ends_interest() -> None:
    """SI 2021/197 reg 4(3); SI 1993/564 art 2."""
    start, end = days("2021-01-01"), np.datetime64("2022-01-01")
    result = interest.simple_interest(pence(100), start, end, pence(500), days("2021-01-01"))
    assert result.tolist() == [0]


def test_daily_interest_on_ten_thousand_is_two_pounds_nineteen() -> None:
    """SI 1993/564 art 2: £800 for 365 days, £2.19 a day (Tiny Toolkit)."""
    assert interest.daily_interest(pence(10_000)).tolist() == [219]
