"""Statutory redundancy pay: ERA 1996 ss.86, 145, 155, 162 and 227."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from rules import redundancy
from rules.calendar import CalendarDays
from rules.choices import Nation
from tests.rules.values import calendar, days, mask, pence


@pytest.mark.parametrize(
    ("started", "given", "weeks"),
    [
        ("2019-01-01", "2020-12-30", 1),
        ("2019-01-01", "2020-12-31", 2),
        ("2009-01-01", "2020-12-30", 11),
        ("2009-01-01", "2020-12-31", 12),
        ("1990-01-01", "2020-12-31", 12),
        ("2020-12-31", "2020-06-01", 1),
    ],
)
def test_s_86_minimum_notice_is_a_week_a_year_between_one_and_twelve(
    started: str, given: str, weeks: int
) -> None:
    """ERA 1996 s.86(1)."""
    assert redundancy.minimum_notice_weeks(calendar(started), days(given)).tolist() == [weeks]


@pytest.mark.parametrize(
    ("given", "none", "expected"),
    [
        ("2020-11-19", False, "2021-02-12"),
        ("2020-11-20", False, "2021-02-12"),
        ("2020-11-21", False, "2021-02-13"),
        ("NaT", True, "2021-05-07"),
        ("NaT", False, "2021-02-12"),
    ],
)
def test_s_145_statutory_notice_may_move_the_relevant_date(
    given: str, none: bool, expected: str
) -> None:
    """ERA 1996 ss.145(5), 145(6): 25 years, so 12 weeks of notice."""
    moved = redundancy.relevant_date(
        days("2021-02-12"), calendar("1995-09-01"), days(given), mask(none)
    )
    assert moved.astype(str).tolist() == [expected]


@pytest.mark.parametrize(
    ("born", "started", "relevant", "years", "weeks", "pay"),
    [
        ("1979-01-01", "2000-09-01", "2020-12-31", 20, 20.5, 11_029),
        ("1978-12-31", "2000-09-01", "2020-12-31", 20, 20.5, 11_029),
        ("1979-01-02", "2000-09-01", "2020-12-31", 20, 19.5, 10_491),
        ("1970-06-15", "2019-01-01", "2020-12-31", 2, 3.0, 1_614),
        ("1970-06-15", "2019-01-02", "2020-12-31", 1, 0, 0),
        ("1960-03-03", "1995-01-01", "2020-12-31", 20, 29.5, 15_871),
        ("1965-05-05", "2001-01-01", "2020-12-31", 20, 27.0, 14_526),
        ("1962-07-20", "1990-09-01", "2020-12-31", 20, 28.5, 15_333),
        ("1985-08-14", "2008-09-01", "2020-12-31", 12, 12.0, 6_456),
        ("1998-05-01", "2017-09-01", "2021-01-31", 3, 1.5, 807),
    ],
)
def test_s_162_years_count_backwards_and_weeks_go_by_the_age_throughout(
    born: str, started: str, relevant: str, years: int, weeks: float, pay: float
) -> None:
    """ERA 1996 ss.155, 162(1), 162(2), 162(3), 227(1): a week's pay of £900 limited to £538."""
    day_after = CalendarDays.of(days(relevant) + 1)
    result = redundancy.years_that_count(calendar(started), day_after)
    halves = redundancy.half_weeks(result, calendar(born), day_after)
    limit, known = redundancy.weekly_limit(days(relevant), np.array([Nation.ENGLAND]))
    assert known.all()
    amount = redundancy.redundancy_pay(halves, pence(900), Fraction(1), limit)
    assert result.tolist() == [years]
    assert halves.tolist() == [weeks * 2]
    assert amount.tolist() == pence(pay).tolist()


def test_a_week_from_a_salary_is_not_rounded_the_product_is() -> None:
    """ERA 1996 s.162(1)(c): 5 × £24,000 / 52."""
    limit = pence(479)
    paid = redundancy.redundancy_pay(np.array([10]), pence(24_000), Fraction(52), limit)
    assert paid.tolist() == pence(2_307.69).tolist()


@pytest.mark.usefixtures("frozen_tables")
def test_s_227_outside_the_table_the_limit_is_not_known() -> None:
    """ERA 1996 s.227(1)."""
    nation = np.array([Nation.ENGLAND, Nation.NORTHERN_IRELAND, Nation.NORTHERN_IRELAND])
    _, known = redundancy.weekly_limit(days("2015-04-05", "2015-04-05", "2027-04-06"), nation)
    assert known.tolist() == [False, True, False]
