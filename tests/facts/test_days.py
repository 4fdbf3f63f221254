"""Days from text and cells and back: what is read, what is refused."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculator.facts.cells import CannotRead, Raw
from calculator.facts.days import parse_day, shown_day


@pytest.mark.parametrize(
    "raw",
    [
        "31/12/2020",
        "31-12-2020",
        "31.12.2020",
        "31 Dec 2020",
        "31 december 2020",
        "31st December 2020",
        "31-Dec-2020",
        "2020-12-31",
        "2020-12-31 00:00:00",
        date(2020, 12, 31),
        datetime(2020, 12, 31, 9, 30),
        44196,
        44196.0,
        Decimal(44196),
    ],
)
def test_days_that_are_read(raw: Raw) -> None:
    assert parse_day(raw) == date(2020, 12, 31)


@pytest.mark.parametrize(
    ("serial", "expected"),
    [
        (2101, date(1905, 10, 1)),
        (36526, date(2000, 1, 1)),
        (73415, date(2100, 12, 31)),
    ],
)
def test_numbers_of_days_count_as_excel_does(serial: int, expected: date) -> None:
    assert parse_day(serial) == expected


@pytest.mark.parametrize(
    ("raw", "wrong"),
    [
        ("31/12/20", "four figures"),
        ("31 Dec 20", "four figures"),
        ("12/31/2020", "month comes first"),
        ("30/02/2021", "no such day"),
        ("2021-02-30", "no such day"),
        ("31 Foo 2020", "month cannot be read"),
        ("Christmas", "not a day"),
        ("44196", "not a day"),
        (0, "not a day"),
        (60, "not a day"),
        (44196.5, "not a day"),
        (1965, "a year, not a day"),
        (2020.0, "a year, not a day"),
        (73416, "not a day"),
        (float("inf"), "not a day"),
        (True, "not a day"),
        ("01/01/1899", "outside 1900 to 2100"),
        (date(2101, 1, 1), "outside 1900 to 2100"),
    ],
)
def test_days_that_are_refused(raw: Raw, wrong: str) -> None:
    with pytest.raises(CannotRead, match=wrong):
        parse_day(raw)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_day_shown_is_a_day_read(day: date) -> None:
    assert parse_day(shown_day(day)) == day
    assert parse_day(day.isoformat()) == day
    assert parse_day(f"{day:%d/%m/%Y}") == day
