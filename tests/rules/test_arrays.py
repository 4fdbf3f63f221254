"""Rounding, exact products and distinct pairs of days."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rules.arrays import distinct_pairs, exact, half_up, proportion, scaled
from tests.rules.values import days


def test_half_up_rounds_a_half_penny_up() -> None:
    assert half_up(np.array([1, 3, 2, 5]), 2).tolist() == [1, 2, 1, 3]


@given(
    amount=st.integers(0, 10**12),
    part=st.integers(0, 10**12),
    more=st.integers(1, 10**12),
)
def test_a_proportion_is_exact_however_large(amount: int, part: int, more: int) -> None:
    floor, rest = proportion(np.array([amount]), np.array([part]), np.array([part + more]))
    assert int(floor[0]) * (part + more) + int(rest[0]) == amount * part


def test_a_scaled_amount_is_exact_however_large_its_terms() -> None:
    large = 10**40
    result = scaled(np.array([3, 1]), exact([large + 1, large]), exact([2 * large, 2 * large + 1]))
    assert result.tolist() == [2, 0]


def test_pairs_of_days_are_distinct_and_each_case_finds_its_own() -> None:
    begins = days("2021-01-01", "2020-12-01", "2021-01-01", "2021-01-01")
    ends = days("2021-06-01", "2021-06-01", "2021-05-01", "2021-06-01")
    (first, last), pair_of_case = distinct_pairs(begins, ends)
    assert len(first) == 3
    assert (first[pair_of_case] == begins).all()
    assert (last[pair_of_case] == ends).all()
