"""The figures behind the charts, each with its text alternative. Only ``assess`` and rules calculate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import numpy as np

from calculator.calculation.assess import assess
from calculator.calculation.outcome import Outcome
from calculator.calculation.pension_arrears import LossDays, arrears_of
from calculator.explanation.pension import end_words, starts_late
from calculator.explanation.steps import Row, as_date, day_words, explained_row
from calculator.facts.days import shown_day
from calculator.facts.money import shown_money
from rules import pension
from rules.arrays import Days
from rules.cap import CAP
from rules.exit_payments import KINDS

_DAYS_AHEAD = 183


@dataclass(frozen=True)
class Bar:
    """Hold one part of a stack: its name and its pence."""

    stack: str
    part: str
    pence: int


@dataclass(frozen=True)
class Chart:
    """Hold the bars of a chart, its line in pence, and the same in words."""

    bars: tuple[Bar, ...]
    line: int
    words: str


@dataclass(frozen=True)
class Point:
    """Hold what is owed to one payee on one day, interest included."""

    day: date
    payee: str
    pence: int
    deadline: str


@dataclass(frozen=True)
class Growth:
    """Hold what is owed by day up to the deadlines, and the same in words."""

    points: tuple[Point, ...]
    words: str


@dataclass(frozen=True)
class PensionPoint:
    """Hold a yearly pension from one day on, unreduced and as paid, and the arrears before that day."""

    day: date
    due: int
    paid: int
    arrears: int


@dataclass(frozen=True)
class PensionLife:
    """Hold a pension from its beginning to the end of the arrears, and the same in words."""

    points: tuple[PensionPoint, ...]
    words: str


def payments_and_cap(outcome: Outcome, row: int) -> Chart:
    """Stack the payments due and paid by kind, against the cap available to this exit.

    Only known amounts have a bar; the words name the unknown ones.
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
    available = outcome.figure("cap_available", row)
    line = CAP if available is None else available
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
    """Return what is owed to each payee on the day of calculation, on each deadline, and half a year on.

    Between them it grows by the same amount each day, because the interest is simple.
    """
    deadlines = _deadlines(outcome, row)
    start = outcome.as_at
    last = max([*deadlines, start + timedelta(days=_DAYS_AHEAD)])
    days = {start, last, *(day for day in deadlines if day >= start)}
    points = []
    for day in sorted(days):
        then = assess(outcome.cases, outcome.positions, day, rates=outcome.rates)
        for payee in ("member", "scheme"):
            total = then.figure(f"{payee}_total", row)
            if total:
                points.append(Point(day, payee, total, deadlines.get(day, "")))
    by_day: dict[date, list[str]] = {}
    for point in points:
        if point.day == start or point.deadline:
            amount = f"{shown_money(point.pence)} to the {point.payee}"
            by_day.setdefault(point.day, []).append(amount)
    said = [f"On {shown_day(day)}: {', '.join(sums)}." for day, sums in by_day.items()]
    return Growth(tuple(points), " ".join(said))


def pension_over_time(outcome: Outcome, row: int) -> PensionLife:
    """Return the yearly pension unreduced and as paid: at its beginning, at each increase, at the end.

    Nothing is paid before it came into payment. The end is the day after the death, the day it was corrected
    or the day of calculation. Empty where nothing was lost or the arrears are not known.
    """
    if not outcome.figure("pension_arrears", row):
        return PensionLife((), "")
    explained = explained_row(outcome, row)
    result, index = explained.worked.pension, explained.index
    begins, ends = result.begins[index], result.ends[index]
    starts = result.starts[index] if starts_late(explained) else None
    days = {
        begins,
        *(w.first for w in pension.PENSIONS_INCREASE.windows if begins < w.first < ends),
    }
    if starts is not None and starts < ends:
        days.add(starts)
    on = np.array([*sorted(days), ends])
    each = np.full(len(on), index)
    # The end day itself is not counted: an increase that begins on it is not shown.
    counted = on - (on == ends)
    yearly = result.yearly.take(each)
    due = pension.with_increases(yearly.due, result.begins[each], counted)
    to_date, _ = arrears_of(
        yearly,
        LossDays(
            result.begins[each],
            result.starts[each],
            on,
            result.settled[each],
            result.late_start[each],
        ),
    )
    points = tuple(
        PensionPoint(day.astype(object), *map(int, sums))
        for day, *sums in zip(on, due, _paid_on(explained, counted), to_date, strict=True)
    )
    first, last = points[0], points[-1]
    late = "" if starts is None else f" It came into payment on {day_words(as_date(starts))}."
    if result.start_unknown[index]:
        late = " The figures hold if nothing has been drawn."
    words = (
        f"From {shown_day(first.day)} {shown_money(first.due)} a year was due and "
        f"{shown_money(first.paid)} paid.{late} By the end it came to {shown_money(last.due)} and "
        f"{shown_money(last.paid)}, with pensions increase. Arrears to {shown_day(last.day)}, "
        f"{end_words(explained)}: {shown_money(last.arrears)}. An estimate for the scheme to confirm."
    )
    return PensionLife(points, words)


def _paid_on(row: Row, on: Days) -> list[int]:
    """Return the yearly pension in payment on each day, with its increases; a sum entered as at a late start rises from then."""
    result, index = row.worked.pension, row.index
    paid = int(result.yearly.paid[index])
    months = int(pension.months_to_first_increase(result.begins[[index]])[0])
    starts = result.starts[index] if result.late_start[index] else result.begins[index]
    as_entered = starts_late(row) and not result.yearly.paid_at_exit[index]
    from_day = int(starts.astype(np.int64)) if as_entered else None
    amounts = []
    for day in on:
        if np.isnat(starts) or day < starts:
            amounts.append(0)
            continue
        rise = Fraction(pension.increased_to(int(day.astype(np.int64)), months))
        base = pension.WEIGHT_PARTS if from_day is None else pension.increased_to(from_day, months)
        amounts.append(int(paid * rise / base + Fraction(1, 2)))
    return amounts


def _deadlines(outcome: Outcome, row: int) -> dict[date, str]:
    deadlines = {}
    for name, words in (("contract", "contract claim"), ("statute", "SI 2021/197 claim")):
        last = outcome.day(f"{name}_last_day", row)
        if last is not None:
            deadlines[last] = f"Last day, {words}"
    return deadlines
