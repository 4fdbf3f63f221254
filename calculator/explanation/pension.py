"""The steps of the pension. Estimates, and no part of the difference; each line says so."""

from __future__ import annotations

from collections.abc import Iterator

from calculator.calculation.pension_arrears import Benefit
from calculator.explanation.steps import Row, Step, as_date, day_words, money_step, not_known_step
from calculator.facts.later_rates import described
from calculator.facts.money import shown_money
from rules import interest, pension, sources
from rules.choices import Nation, Scheme
from rules.late_benefits import NO_TERMS, TERMS, Terms
from rules.pension import FACTOR_SET, PENSIONS_INCREASE
from rules.sources import Citation, citations_of

TO_CONFIRM = "An estimate for the scheme to confirm, no part of the difference."
_BEGINS_LAW = citations_of(pension.pension_begins)


def pension_steps(row: Row) -> Iterator[Step]:
    """Explain the pension: what was due and paid, the loss, its arrears, the lump sum and the interest."""
    result, index = row.worked.pension, row.index
    if row.figure("pension_yearly_loss") is not None:
        yield from _benefit_steps(row, result.yearly, "Yearly pension", "Pension lost a year")
        yield from _effect_of_85(row)
        yield from _arrears_steps(row)
    lump_sum = result.lump_sum
    if row.figure("lump_sum_arrears") is not None and (lump_sum.due[index] or lump_sum.paid[index]):
        yield from _benefit_steps(row, lump_sum, "Pension lump sum", "Pension lump sum arrears")
        yield from _late_lump_sum_step(row)
    yield from _interest_steps(row)
    entered = not (result.yearly.absent[index] and lump_sum.absent[index])
    if entered and result.under_55[index] and int(result.scheme[index]) == Scheme.LGPS:
        yield Step(
            "Age when the pension would have begun",
            "under 55",
            "Under 55",
            "An LGPS pension is not paid before 55, so none is estimated from benefits by tranche.",
            (sources.UNREDUCED_AT_55, sources.REDUCED_BY_ELECTION),
        )


def pension_line(row: Row) -> Iterator[str]:
    """Return the line of the headline on the pension lost, which the employer does not owe."""
    parts = [
        f"{shown_money(amount)}{words}"
        for name, words in (
            ("pension_yearly_loss", " a year"),
            ("pension_arrears", " in arrears"),
            ("lump_sum_arrears", " of lump sum"),
        )
        if (amount := row.figure(name))
    ]
    if parts:
        result, index = row.worked.pension, row.index
        until = ""
        if result.died[index]:
            until = f" until {day_words(as_date(result.ends[index] - 1))}, the day of death"
        elif result.restored[index]:
            until = f" until {day_words(as_date(result.ends[index]))}, when it was put right"
        undrawn = ", if nothing has been drawn" if result.start_unknown[index] else ""
        yield f"Pension lost{until}{undrawn}: {', '.join(parts)}. An estimate for the scheme to confirm."
        if floor := row.figure("pension_interest_floor"):
            yield (
                f"The scheme's interest on it: at least {shown_money(floor)}, to "
                f"{day_words(row.day('pension_interest_floor_to'))}."
            )


def _in_england_or_wales(row: Row) -> bool:
    """Tell whether the LGPS Regulations 2013 apply: Scotland and Northern Ireland have their own."""
    nation = row.worked.facts.scope.nation[row.index]
    own_regulations = nation in (Nation.SCOTLAND, Nation.NORTHERN_IRELAND)
    return int(row.worked.pension.scheme[row.index]) == Scheme.LGPS and not own_regulations


def _benefit_steps(row: Row, benefit: Benefit, name: str, lost: str) -> Iterator[Step]:
    index = row.index
    lgps = _in_england_or_wales(row)
    if not (benefit.due[index] or benefit.paid[index]):
        yield money_step(
            f"{lost} (estimate)",
            benefit.loss[index],
            f"Nothing was lost, on what is entered. {TO_CONFIRM}",
            (sources.UNREDUCED_AT_55,) if lgps else _BEGINS_LAW,
        )
        return
    source = "The benefits by tranche added." if benefit.estimated[index] else "As entered."
    due, paid = (shown_money(int(amount[index])) for amount in (benefit.due, benefit.paid))
    yield money_step(
        f"{name}: unreduced",
        benefit.due[index],
        f"{source} At exit, without later increases.",
        (sources.UNREDUCED_AT_55,) if lgps else _BEGINS_LAW,
    )
    working, law = _paid_working(row, benefit)
    before = ""
    if starts_late(row) and benefit is row.worked.pension.yearly:
        starts = day_words(as_date(row.worked.pension.starts[index]))
        before = f" Once it was in payment, from {starts}; before that all of it was lost."
    yield money_step(f"{name}: paid", benefit.paid[index], working, law if lgps else _BEGINS_LAW)
    yield money_step(
        f"{lost} (estimate)",
        benefit.loss[index],
        f"{due} − {paid}, not below 0.{before} {TO_CONFIRM}",
        citations_of(pension.loss) if lgps else _BEGINS_LAW,
    )


def _paid_working(row: Row, benefit: Benefit) -> tuple[str, tuple[Citation, ...]]:
    result, index = row.worked.pension, row.index
    lgps = _in_england_or_wales(row)
    if result.nothing_paid[index]:
        working = (
            "Deferred, if nothing has been drawn: enter the day the pension came into payment."
            if result.start_unknown[index]
            else f"Nothing is in payment before {day_words(as_date(result.starts[index]))}."
        )
        return working, ((sources.REDUCED_BY_ELECTION,) if lgps else _BEGINS_LAW)
    if not benefit.estimated[index] and starts_late(row) and not benefit.paid_at_exit[index]:
        starts = day_words(as_date(result.starts[index]))
        return f"As entered, a sum as at {starts}, when it came into payment.", _BEGINS_LAW
    if not benefit.estimated[index]:
        return "As entered, or the same as due where it was not reduced.", (
            (sources.UNREDUCED_AT_55,) if lgps else _BEGINS_LAW
        )
    in_force = next(
        window.first
        for window in reversed(FACTOR_SET.windows)
        if window.first <= result.starts[index]
    )
    working = (
        f"Reduced by the factors in force from {day_words(as_date(in_force))}: by years and days to 65 "
        "for service before April 2014, to State Pension age, at least 65, for service since."
    )
    return working, citations_of(pension.reduction)


def _effect_of_85(row: Row) -> Iterator[Step]:
    result, index = row.worked.pension, row.index
    met, not_met = int(result.loss_if_85[index]), int(result.loss_if_not[index])
    if not result.yearly.estimated[index] or met == not_met:
        return
    applied = row.worked.rule_of_85_met
    yield money_step(
        f"Pension lost a year if the 85-year rule was {'not ' if applied else ''}met",
        not_met if applied else met,
        "It is met where the member joined before October 2006, and age and membership in whole years come "
        "to 85. Without the employer's agreement service to March 2008, and to March 2014 for those born by "
        "31 March 1956, is then reduced to 60 only, and not at all from 60. "
        f"{'Taken as met' if applied else 'Not applied'} here, as answered under Settings.",
        citations_of(pension.protected_pension_day),
    )


def _arrears_steps(row: Row) -> Iterator[Step]:
    result, index = row.worked.pension, row.index
    lgps = _in_england_or_wales(row)
    law = tuple(c for c in citations_of(pension.arrears) if lgps or c is not sources.DAILY_ARREARS)
    label = "Pension arrears (estimate)"
    if result.start_unknown[index]:
        label = "Pension arrears, if nothing has been drawn (estimate)"
    if result.yearly.before_start_unknown[index]:
        working = (
            "The pension started late, and the sum due until then is not known: enter the yearly pension, "
            "unreduced."
        )
        yield not_known_step(label, working, law)
        return
    if (arrears := row.figure("pension_arrears")) is None:
        last = day_words(as_date(PENSIONS_INCREASE.last))
        working = f"Pensions increase is known to {last} only, and is not taken further."
        yield not_known_step(label, working, law)
        return
    if not (result.yearly.loss[index] or arrears):
        return
    now = int(result.loss_now[index])
    more = f" With increases it is {shown_money(now)} a year by then." if now else ""
    yield money_step(
        label,
        arrears,
        f"{_arrears_working(row)}, with each April's increase, the first in proportion.{more} {TO_CONFIRM}",
        (*_BEGINS_LAW, *law),
    )


def starts_late(row: Row) -> bool:
    """Tell whether the pension came into payment later than the day after the exit, on a known day that is past."""
    result, index = row.worked.pension, row.index
    return bool(result.late_start[index] and not result.not_started[index])


def end_words(row: Row) -> str:
    """Return what the day is that the arrears run to, that day left out."""
    result, index = row.worked.pension, row.index
    if result.died[index]:
        return "the day after the death"
    return "the day it was put right" if result.restored[index] else "the day of calculation"


def _arrears_working(row: Row) -> str:
    result, index = row.worked.pension, row.index
    begins, ends = (day_words(as_date(day[index])) for day in (result.begins, result.ends))
    to_end = f"to the day before {ends}, {end_words(row)}"
    if result.died[index]:
        to_end = (
            f"to {day_words(as_date(result.ends[index] - 1))}: arrears end with the day of death"
        )
    due, loss = (shown_money(int(x[index])) for x in (result.yearly.due, result.yearly.loss))
    if result.late_start[index] and not (
        starts_late(row) and result.starts[index] < result.ends[index]
    ):
        return f"{due} ÷ 365.25 for each day from {begins} {to_end}, as nothing was in payment"
    if not starts_late(row):
        return f"{loss} ÷ 365.25 for each day from {begins} {to_end}"
    starts = day_words(as_date(result.starts[index]))
    after = (
        f"then {loss}"
        if result.yearly.paid_at_exit[index]
        else f"then {due} less the {shown_money(int(result.yearly.paid[index]))} paid, which rises from that day"
    )
    return (
        f"{due} ÷ 365.25 for each day from {begins} to the day before {starts}, as nothing was in payment; "
        f"{after} ÷ 365.25 from {starts} {to_end}"
    )


def _late_lump_sum_step(row: Row) -> Iterator[Step]:
    if row.worked.pension.lump_sum_late[row.index]:
        yield Step(
            "Tax on a late lump sum",
            "advice",
            "Take advice",
            "Paid more than a year after it fell due it may be an unauthorised payment: ask the fund to meet "
            "any charge.",
            (sources.LATE_LUMP_SUM_TAX,),
        )


def _interest_steps(row: Row) -> Iterator[Step]:
    result, index = row.worked.pension, row.index
    label = "Scheme's interest on late pension (estimate)"
    if result.interest.rule_missing[index]:
        working = (
            "No rule on interest for this scheme's late benefits is known here. That of another scheme, such as "
            "the LGPS, is not borrowed: ask the scheme."
        )
        yield not_known_step(label, working, (sources.LATE_BENEFITS,))
        return
    if result.terms[index] == NO_TERMS:
        return
    terms = TERMS[int(result.terms[index])]
    law: tuple[Citation, ...] = (terms.citation, sources.BANK_RATES)
    if _in_england_or_wales(row):
        law += (sources.LATE_INSTALMENTS, sources.THREE_MONTHLY_RESTS, sources.BASE_RATE)
    if result.interest.rates_missing[index]:
        yield money_step(
            "Scheme's interest on late pension, at least (estimate)",
            result.interest.floor[index],
            _floor_working(row),
            law,
        )
        return
    if (total := row.figure("pension_interest")) is None:
        return
    parts = int(result.interest.on_arrears[index]), int(result.interest.on_lump_sum[index])
    if parts[0]:
        yield money_step(
            "Interest on the arrears", parts[0], _arrears_interest_working(row, terms), law
        )
    if parts[1]:
        yield money_step(
            "Interest on the lump sum", parts[1], _lump_interest_working(row, terms), law
        )
    if result.yearly.loss[index] or result.lump_sum.loss[index] or parts[0]:
        made_of = (
            f"{shown_money(parts[0])} on arrears + {shown_money(parts[1])} on the lump sum."
            if result.yearly.known[index]
            else "On the lump sum alone: the yearly pension is not known."
        )
        yield money_step(
            label,
            total,
            f"{made_of} Never the {interest.RATE_PERCENT}%.{_entered_rates(row)} {TO_CONFIRM}",
            law,
        )


def _floor_working(row: Row) -> str:
    floor = shown_money(int(row.worked.pension.interest.floor[row.index]))
    last = day_words(as_date(row.worked.pension.interest.floor_to))
    return (
        f"At least {floor}, to {last}: Bank Rate, which stands for base rate, is known to that day only. It "
        f"is not below nil, so the sum can only be more.{_entered_rates(row)} {TO_CONFIRM}"
    )


def _entered_rates(row: Row) -> str:
    rates = row.outcome.rates
    used = row.outcome.signals.assumptions.has("rates_entered")[row.number]
    return f" {described(rates)}" if rates is not None and used else ""


def _rate_words(terms: Terms) -> str:
    margin = " + 1%" if terms.margin else ""
    return f"Base rate{margin} by the day, added to the sum every three months"


def _arrears_interest_working(row: Row, terms: Terms) -> str:
    until = day_words(as_date(row.worked.pension.settled[row.index]))
    late = "a year" if terms.pension_months > 1 else "a month"
    return (
        f"{_rate_words(terms)}: each month's arrears from the last day of that month to the day before "
        f"{until}, those more than {late} late."
    )


def _lump_interest_working(row: Row, terms: Terms) -> str:
    result, index = row.worked.pension, row.index
    lump = shown_money(int(result.lump_sum.loss[index]))
    begins, until = (day_words(as_date(day[index])) for day in (result.begins, result.settled))
    return f"{_rate_words(terms)}: {lump} from {begins} to the day before {until}."
