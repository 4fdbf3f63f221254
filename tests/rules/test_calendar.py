"""Ages, anniversaries and complete years."""

from __future__ import annotations

import calendar as calendar_of
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.calendar import CalendarDays, complete_years, months_on
from tests.rules.values import calendar, days


@pytest.mark.parametrize(
    ("start", "day_after", "years"),
    [
        ("2016-02-29", "2017-02-28", 0),
        ("2016-02-29", "2017-03-01", 1),
        ("2016-02-29", "2020-02-29", 4),
        ("2018-03-01", "2020-02-29", 2),
        ("2019-01-01", "2020-12-31", 1),
        ("2019-01-01", "2021-01-01", 2),
        ("2021-01-02", "2021-01-01", -1),
    ],
)
def test_a_29_february_has_its_anniversary_on_1_march(
    start: str, day_after: str, years: int
) -> None:
    """ERA 1996 s.162(1), with Family Law Reform Act 1969 s.9(1)."""
    assert complete_years(calendar(start), calendar(day_after)).tolist() == [years]


@pytest.mark.parametrize(
    ("born", "years", "reached_on"),
    [
        ("1965-12-31", 55, "2020-12-31"),
        ("1964-02-29", 55, "2019-03-01"),
        ("1964-02-29", 56, "2020-02-29"),
    ],
)
def test_an_age_is_reached_on_the_birthday(born: str, years: int, reached_on: str) -> None:
    """Family Law Reform Act 1969 s.9(1): at the beginning of the anniversary."""
    birthday = calendar(born).plus_years(years)
    day_before = str(days(reached_on)[0] - 1)
    assert birthday.not_after(calendar(reached_on)).tolist() == [True]
    assert birthday.not_after(calendar(day_before)).tolist() == [False]
    assert birthday.not_after(calendar("NaT")).tolist() == [False]


@pytest.mark.parametrize(
    ("start", "months", "later"),
    [
        ("2020-12-31", 3, "2021-03-31"),
        ("2020-11-30", 3, "2021-02-28"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2021-02-28", 3, "2021-05-28"),
        ("NaT", 3, "NaT"),
    ],
)
def test_a_month_without_the_day_ends_on_its_last(start: str, months: int, later: str) -> None:
    """LGPS Regulations 2013 reg 81(4): three-monthly rests from the due date."""
    assert months_on(days(start), months).astype(str).tolist() == [later]


def test_months_of_a_day_not_known_are_not_known() -> None:
    """LGPS Regulations 2013 reg 81(4): whatever their number is."""
    unknown = int(np.datetime64("NaT").astype(np.int64))
    assert np.isnat(months_on(days("NaT"), np.array([unknown]))).all()


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(-900, 900))
def test_months_are_those_of_the_calendar(start: date, months: int) -> None:
    """LGPS Regulations 2013 reg 81(4): the same day of the month, or the last that it has."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    day = min(start.day, calendar_of.monthrange(year, month + 1)[1])
    later = months_on(np.array([start], dtype="datetime64[D]"), months)
    assert later.tolist() == [date(year, month + 1, day)]
    found = CalendarDays.of(later)
    assert (found.year.tolist(), found.month_day.tolist()) == ([year], [(month + 1) * 32 + day])
