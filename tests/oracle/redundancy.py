"""Statutory redundancy pay: ERA ss.86, 135, 145, 155, 162, 221, 227."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache

from .basics import Day, anniversary, half_up, known_to, table_rows
from .facts import Case, Notes, Positions


@cache
def complete_years(start: Day, end_exclusive: Day) -> int:
    """ERA s.162(1)(b): years reckoned backwards from the end that fall after the start."""
    years = max(0, end_exclusive.year - start.year)
    while years > 0 and anniversary(end_exclusive, -years) < start:
        years -= 1
    return years


def statutory_notice_weeks(service_start: Day, material_date: Day) -> int:
    """ERA s.86(1): one week, then a week for each complete year from two, at most twelve."""
    years = complete_years(service_start, material_date + datetime.timedelta(days=1))
    return min(12, max(1, years))


def relevant_date(case: Case, service_start: Day) -> Day:
    """ERA s.145(2), (5), (6): the exit, or the end of statutory notice where that is later.

    The day on which notice is given does not count towards the notice.
    """
    material_date = case.exit_date if case.no_notice else case.notice_given_on
    if material_date is None:
        return case.exit_date
    weeks = statutory_notice_weeks(service_start, material_date)
    return max(case.exit_date, material_date + datetime.timedelta(weeks=weeks))


@cache
def statutory_weeks(born: Day, end_exclusive: Day, years: int) -> int:
    """ERA s.162(2), (3): half-weeks of pay for the years counted, by the age held in each."""
    half_weeks = 0
    for back in range(1, min(years, 20) + 1):
        year_starts = anniversary(end_exclusive, -back)
        if anniversary(born, 41) <= year_starts:
            half_weeks += 3
        elif anniversary(born, 22) <= year_starts:
            half_weeks += 2
        else:
            half_weeks += 1
    return half_weeks


@cache
def weekly_limit(nation: str, on: Day) -> int | None:
    """ERA s.227(1) and its Northern Ireland equivalent: the limit in pence; None outside the table."""
    table = "ni" if nation == "northern_ireland" else "gb"
    limit = None
    rows = [row for row in table_rows("weekly_pay_limits.csv") if row["nation"] == table]
    for row in sorted(rows, key=lambda row: row["effective_from"]):
        first = Day.fromisoformat(row["effective_from"])
        if first <= on <= known_to("weekly_pay_limits.csv", table):
            limit = int(row["limit_pounds"]) * 100
    return limit


def weeks_pay(case: Case, positions: Positions) -> tuple[int, int] | None:
    """ERA s.221: a week's pay in pence, as numerator and denominator because it is not rounded."""
    if case.weekly_pay is not None:
        return case.weekly_pay, 1
    if case.annual_salary is None:
        return None
    numerator, denominator = {"52": (1, 52), "52.143": (1000, 52143), "365/7": (7, 365)}[
        positions.week_divisor
    ]
    return case.annual_salary * numerator, denominator


@dataclass(frozen=True)
class Redundancy:
    """Statutory redundancy pay: what the columns show, and the sum computed."""

    years: int | None = None
    half_weeks: int | None = None
    relevant_date: Day | None = None
    limit: int | None = None
    computed: int | None = None


def redundancy_pay(case: Case, positions: Positions) -> Redundancy:
    """ERA ss.135, 155, 162: weeks for age and service, times the limited week, rounded once."""
    if case.exit_reason != "redundancy" or case.service_start is None:
        return Redundancy()
    date = relevant_date(case, case.service_start)
    end_exclusive = date + datetime.timedelta(days=1)
    years = complete_years(case.service_start, end_exclusive)
    half_weeks: int | None = None
    if years < 2:  # s.155
        half_weeks = 0
    elif case.date_of_birth is not None:
        half_weeks = statutory_weeks(case.date_of_birth, end_exclusive, years)
    limit = weekly_limit(case.nation, date)
    week = weeks_pay(case, positions)
    computed: int | None = None
    if limit is not None and half_weeks == 0:
        computed = 0
    elif limit is not None and half_weeks is not None and week is not None:
        numerator, denominator = week
        if numerator > limit * denominator:
            numerator, denominator = limit, 1
        computed = half_up(half_weeks * numerator, 2 * denominator)
    return Redundancy(min(years, 20), half_weeks, date, limit, computed)


def statutory_redundancy_used(case: Case, pay: Redundancy, notes: Notes) -> int | None:
    """2020 Regs 7(1): the relevant redundancy payment, entered or computed, within what is due."""
    entered = case.statutory_redundancy
    if entered is not None and pay.computed is not None and entered != pay.computed:
        notes.reasons.add("statutory_redundancy_differs")
    statutory = pay.computed if entered is None else entered
    due, paid = case.due["redundancy"], case.paid["redundancy"]
    if statutory is None or (due is None and paid is None):
        return None
    if paid is not None and paid < statutory:
        notes.reasons.add("statutory_redundancy_short")
    return statutory if due is None else min(statutory, due)
