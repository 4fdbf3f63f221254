"""The figures behind the charts, each with its text alternative. Nothing is worked out but by ``assess``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from calculator.assess import assess
from calculator.days import shown_day
from calculator.money import shown_money
from calculator.outcome import Outcome
from rules.cap import CAP
from rules.exit_payments import KINDS

_DAYS_AHEAD = 183


@dataclass(frozen=True)
class Bar:
    """One part of a stack: what it is, and its pence."""

    stack: str
    part: str
    pence: int


@dataclass(frozen=True)
class Chart:
    """The rows of a chart and what it shows, in words."""

    bars: tuple[Bar, ...]
    line: int
    words: str


@dataclass(frozen=True)
class Point:
    """What is owed to one payee on one day, interest included."""

    day: date
    payee: str
    pence: int
    deadline: str


@dataclass(frozen=True)
class Growth:
    """What is owed by day up to the deadlines, and what it shows, in words."""

    points: tuple[Point, ...]
    words: str


def payments_and_cap(outcome: Outcome, row: int) -> Chart:
    """Due and paid, each stacked by kind of payment, against the cap available to this exit.

    Only amounts that are known; the words say so where one is not.
    """
    cases = outcome.cases
    bars, unknown = [], []
    for side, stack in (("due", "Due"), ("paid", "Paid")):
        for kind in KINDS:
            name = f"{kind.name}_{side}"
            if cases.known[name][row]:
                bars.append(Bar(stack, kind.title, int(cases.money[name][row])))
            elif side == "paid" and cases.known[f"{kind.name}_due"][row]:
                unknown.append(kind.title.lower())
    available = outcome.figures("cap_available")
    line = int(available.values[row]) if available.filled[row] else CAP
    totals = {
        stack: sum(bar.pence for bar in bars if bar.stack == stack) for stack in ("Due", "Paid")
    }
    words = (
        f"Due in all {shown_money(totals['Due'])}, paid in all {shown_money(totals['Paid'])} as entered; "
        f"the cap available was {shown_money(line)}."
    )
    if unknown:
        words += f" What was paid is not known for: {', '.join(unknown)}."
    return Chart(tuple(bars), line, words)


def growth(outcome: Outcome, row: int) -> Growth:
    """What is owed to each payee on the day of calculation, on each deadline, and half a year on.

    Between them it grows by the same amount each day: the interest is simple.
    """
    deadlines = _deadlines(outcome, row)
    start = outcome.as_at
    last = max([*deadlines, start + timedelta(days=_DAYS_AHEAD)])
    days = {start, last, *(day for day in deadlines if day >= start)}
    points = []
    for day in sorted(days):
        then = assess(outcome.cases, outcome.positions, day)
        for payee in ("member", "scheme"):
            total = then.figures(f"{payee}_total")
            if total.filled[row] and total.values[row]:
                points.append(Point(day, payee, int(total.values[row]), deadlines.get(day, "")))
    by_day: dict[date, list[str]] = {}
    for point in points:
        if point.day == start or point.deadline:
            amount = f"{shown_money(point.pence)} to the {point.payee}"
            by_day.setdefault(point.day, []).append(amount)
    said = [f"On {shown_day(day)}: {', '.join(sums)}." for day, sums in by_day.items()]
    return Growth(tuple(points), " ".join(said))


def _deadlines(outcome: Outcome, row: int) -> dict[date, str]:
    found: dict[date, str] = {}
    for name, words in (("contract", "contract claim"), ("statute", "SI 2021/197 claim")):
        column = outcome.figures(f"{name}_last_day")
        if column.filled[row]:
            found[column.values[row].astype(object)] = f"Last day, {words}"
    return found
