"""The figures behind the charts, each with its text alternative. Nothing is worked out but by ``assess``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from calculator.calculation.assess import assess, rows_with
from calculator.calculation.outcome import Outcome
from calculator.facts.days import shown_day
from calculator.facts.money import shown_money
from rules import pension
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


@dataclass(frozen=True)
class PensionPoint:
    """A yearly pension from one day on, unreduced and as paid, and the arrears up to the day before it."""

    day: date
    due: int
    paid: int
    arrears: int


@dataclass(frozen=True)
class PensionLife:
    """A pension from its beginning over each increase to the end of the arrears, and what it shows."""

    points: tuple[PensionPoint, ...]
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


def pension_over_time(outcome: Outcome, row: int) -> PensionLife:
    """The yearly pension unreduced and as paid, from its beginning, at each increase, and at the end.

    The end is the day it was put right, else the day of calculation. Empty where nothing was lost or the
    arrears are not known.
    """
    arrears = outcome.figures("pension_arrears")
    if not arrears.filled[row] or not arrears.values[row]:
        return PensionLife((), "")
    block, at = rows_with(outcome, row)
    found = block.pension
    begins, ends = found.begins[at], found.ends[at]
    days = [
        begins,
        *(w.first for w in pension.PENSIONS_INCREASE.windows if begins < w.first < ends),
    ]
    on = np.array([*days, ends])
    # The end day itself is not counted: an increase that begins on it is not shown.
    since = np.full(len(on), begins)
    amounts = [
        pension.with_increases(np.full(len(on), sum_[at]), since, on - (on == ends))
        for sum_ in (found.yearly.due, found.yearly.paid)
    ]
    to_date = pension.arrears(np.full(len(on), found.yearly.loss[at]), since, on)
    points = tuple(
        PensionPoint(day.astype(object), *map(int, sums))
        for day, *sums in zip(on, *amounts, to_date, strict=True)
    )
    first, last = points[0], points[-1]
    until = "the day it was put right" if found.restored[at] else "the day of calculation"
    words = (
        f"From {shown_day(first.day)} {shown_money(first.due)} a year was due and "
        f"{shown_money(first.paid)} paid. With pensions increase it came to {shown_money(last.due)} and "
        f"{shown_money(last.paid)}. Arrears to {shown_day(last.day)}, {until}: "
        f"{shown_money(last.arrears)}. An estimate for the scheme to confirm."
    )
    return PensionLife(points, words)


def _deadlines(outcome: Outcome, row: int) -> dict[date, str]:
    found: dict[date, str] = {}
    for name, words in (("contract", "contract claim"), ("statute", "SI 2021/197 claim")):
        column = outcome.figures(f"{name}_last_day")
        if column.filled[row]:
            found[column.values[row].astype(object)] = f"Last day, {words}"
    return found
