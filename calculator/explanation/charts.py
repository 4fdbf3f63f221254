"""The figures behind the charts, each with its text alternative. Only ``assess`` and rules calculate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import numpy as np

from calculator.calculation.outcome import Outcome
from calculator.calculation.pension_arrears import LossDays, arrears_of
from calculator.explanation.pension import end_words, starts_late
from calculator.explanation.steps import Row, as_date, day_words, explained_row
from calculator.facts.days import shown_day
from calculator.facts.money import shown_money
from rules import pension
from rules.arrays import Days
from rules.cap import CAP
from rules.exit_payments import KINDS, NOTICE

EXEMPT, COUNTED, THE_CAP, TOTAL_PAID = (
    "Exempt, never counted",
    "Counted towards the cap",
    "The cap available",
    "Total paid",
)
"""The names of parts of bars that are no kind of payment."""
LAST_DAYS = (
    ("contract_last_day", "Last day, contract claim"),
    ("statute_last_day", "Last day, 2021 regulations"),
    ("pension_lump_sum_last_day", "Pension lump sum may run out"),
    ("pension_instalment_last_day", "First month of pension may run out"),
)
_NOTICE = KINDS[NOTICE]


@dataclass(frozen=True)
class Bar:
    """Hold one part of a stack: its name and its pence."""

    stack: str
    part: str
    pence: int


@dataclass(frozen=True)
class Chart:
    """Hold the bars of a chart, the sum of each stack in their order, and the same in words."""

    bars: tuple[Bar, ...]
    totals: tuple[tuple[str, int], ...]
    words: str


@dataclass(frozen=True)
class Event:
    """Hold one day of a case: what it is, and whether it is past, today, to act by or a last day."""

    day: date
    what: str
    kind: str


@dataclass(frozen=True)
class Timeline:
    """Hold the days of a case in their order, and the same in words."""

    events: tuple[Event, ...]
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
    """Stack what was due by kind with what is exempt apart, what counts, the cap available, what was paid.

    Only known amounts have a bar; the words name the unknown ones.
    """
    due, unknown = _entered(outcome, row, "due"), _paid_unknown(outcome, row)
    if not due:
        return Chart((), (), "")
    counted = outcome.figure("counted_total", row)
    in_all = sum(due.values())
    exempt = max(0, in_all - counted) if counted is not None else 0
    due[_NOTICE.title] = due.get(_NOTICE.title, 0) - exempt
    bars = [Bar("Due", title, pence) for title, pence in due.items() if pence > 0]
    if exempt:
        bars.append(Bar("Due", EXEMPT, exempt))
    if counted is not None:
        bars.append(Bar("Counted", COUNTED, counted))
    available = outcome.figure("cap_available", row)
    cap = CAP if available is None else available
    bars.append(Bar("Cap", THE_CAP, cap))
    paid = _entered(outcome, row, "paid")
    cases = outcome.cases
    if not paid and cases.known["total_paid"][row]:
        paid, unknown = {TOTAL_PAID: int(cases.money["total_paid"][row])}, []
    bars += [Bar("Paid", title, pence) for title, pence in paid.items()]
    words = f"Due in all {shown_money(in_all)}"
    if counted is not None:
        words += f", of which {shown_money(counted)} counts"
    if exempt:
        words += f" and {shown_money(exempt)} is exempt"
    words += f"; the cap available was {shown_money(cap)}"
    words += f"; paid in all {shown_money(sum(paid.values()))} as entered." if paid else "."
    if unknown:
        words += f" What was paid is not known for: {', '.join(unknown)}."
    stacks = dict.fromkeys(bar.stack for bar in bars)
    totals = ((stack, sum(bar.pence for bar in bars if bar.stack == stack)) for stack in stacks)
    return Chart(tuple(bars), tuple(totals), words)


def _entered(outcome: Outcome, row: int, side: str) -> dict[str, int]:
    """Return the known amounts of one side, by the title of their kind."""
    cases = outcome.cases
    return {
        kind.title: int(cases.money[f"{kind.name}_{side}"][row])
        for kind in KINDS
        if cases.known[f"{kind.name}_{side}"][row]
    }


def _paid_unknown(outcome: Outcome, row: int) -> list[str]:
    known = outcome.cases.known
    return [
        kind.title.lower()
        for kind in KINDS
        if known[f"{kind.name}_due"][row] and not known[f"{kind.name}_paid"][row]
    ]


def timeline(outcome: Outcome, row: int) -> Timeline:
    """Return the days of a case: the exit, the payment, the day of calculation, the day to act by, the last days.

    Empty where nothing is to be claimed.
    """
    last_days = [
        Event(day, words, "last")
        for name, words in LAST_DAYS
        if (day := outcome.day(name, row)) is not None
    ]
    if not last_days or not outcome.signals.urgency[row]:
        return Timeline((), "")
    days = outcome.cases.days
    events = [
        Event(as_date(days[name][row]), words, "past")
        for name, words in (("exit_date", "Exit"), ("payment_date", "Payment"))
        if not np.isnat(days[name][row])
    ]
    events.append(Event(outcome.as_at, "Day of calculation", "today"))
    if (issue_by := outcome.day("issue_by", row)) is not None:
        events.append(Event(issue_by, "Start the first claim by", "act"))
    ordered = tuple(sorted([*events, *last_days], key=lambda event: event.day))
    return Timeline(ordered, " ".join(f"{e.what}: {shown_day(e.day)}." for e in ordered))


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
