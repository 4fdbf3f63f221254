"""Money from text and cells and back: what is read, what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculator.facts.cells import CannotRead, Raw
from calculator.facts.money import MOST_PENCE, parse_money, plain_money, shown_money


@pytest.mark.parametrize(
    ("raw", "pence"),
    [
        ("95000", 9_500_000),
        ("95,000", 9_500_000),
        ("£95,000.00", 9_500_000),
        ("£ 95,000.5", 9_500_050),
        ("95 000", 9_500_000),
        ("95\u00a0000.25", 9_500_025),
        (" 0.01 ", 1),
        ("nil", 0),
        ("Nil", 0),
        ("0", 0),
        ("999,999,999.99", MOST_PENCE),
        (95000, 9_500_000),
        (95000.0, 9_500_000),
        (0.1, 10),
        (12345.67, 1_234_567),
        (Decimal("1.50"), 150),
    ],
)
def test_money_that_is_read(raw: Raw, pence: int) -> None:
    assert parse_money(raw) == pence


@pytest.mark.parametrize("raw", ["", "  ", None, "-", "–", "n/a", "N/A", "unknown", "?", "TBC"])
def test_money_that_is_blank(raw: Raw) -> None:
    assert parse_money(raw) is None


@pytest.mark.parametrize(
    ("raw", "wrong"),
    [
        ("-5", "below zero"),
        ("(500.00)", "below zero"),
        ("£-5", "below zero"),
        (-0.01, "below zero"),
        ("1.234", "two decimals"),
        ("1.", "two decimals"),
        (0.30000000000000004, "two decimals"),
        ("95k", "shortened"),
        ("1e5", "Powers of ten"),
        (1e22, "Powers of ten"),
        ("1,00", "not an amount"),
        ("9,5000", "not an amount"),
        ("12 34", "not an amount"),
        ("ninety", "not an amount"),
        ("£", "not an amount"),
        ("1000000000", "above £999,999,999.99"),
        ("1" * 6000, "above £999,999,999.99"),
        ("1,111" + ",111" * 2000, "above £999,999,999.99"),
        ("٣", "not an amount"),  # an Arabic three
        (True, "not an amount"),
        (float("nan"), "not an amount"),
        (date(2020, 1, 1), "not an amount"),
        ([], "not an amount"),
    ],
)
def test_money_that_is_refused(raw: Raw, wrong: str) -> None:
    with pytest.raises(CannotRead, match=wrong) as caught:
        parse_money(raw)
    assert caught.value.enter


@given(st.integers(0, MOST_PENCE))
def test_money_written_is_money_read(pence: int) -> None:
    assert parse_money(plain_money(pence)) == pence
    assert parse_money(shown_money(pence)) == pence
