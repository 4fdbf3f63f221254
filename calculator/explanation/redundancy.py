"""The steps of statutory redundancy pay: the years, the weeks, the limit, the sum."""

from __future__ import annotations

from collections.abc import Iterator

from calculator.calculation.output import plain_weeks
from calculator.explanation.steps import Row, Step, day_step, money_step
from calculator.facts.money import shown_money
from rules import redundancy, sources
from rules.sources import citations_of


def redundancy_steps(row: Row) -> Iterator[Step]:
    """Explain statutory redundancy pay, ERA 1996 s.162, as far as its facts are known."""
    pay, index = row.worked.facts.statutory, row.index
    if pay.applies[index]:
        yield day_step(
            "Redundancy pay is counted to (relevant date)",
            pay.relevant_date[index],
            "Not extended: the day of notice is not known."
            if pay.notice_unknown[index]
            else "The date of exit, or the end of statutory notice if later.",
            citations_of(redundancy.relevant_date),
        )
        years = int(pay.years[index])
        yield Step(
            "Complete years that count",
            str(years),
            str(years),
            "Counted backwards from the day after the relevant date, at most 20.",
            citations_of(redundancy.years_that_count),
        )
    if pay.weeks_known[index]:
        weeks = plain_weeks(int(pay.half_weeks[index]))
        yield Step(
            "Weeks of redundancy pay",
            weeks,
            weeks,
            "A half for each year below 22, one from 22, one and a half from 41, that age throughout the "
            "year; none under two years' service.",
            citations_of(redundancy.half_weeks),
        )
    if pay.applies[index] and not pay.limit_known[index]:
        yield Step(
            "Limit on a week's pay",
            "",
            "Not known",
            "The relevant date lies outside the table of limits; nothing is extrapolated.",
            citations_of(redundancy.weekly_limit),
        )
    if pay.computed_known[index]:
        yield money_step(
            "Statutory redundancy pay, calculated",
            pay.computed[index],
            _sum_working(row),
            citations_of(redundancy.redundancy_pay),
        )
    if pay.used_known[index]:
        entered = bool(row.outcome.cases.known["statutory_redundancy"][row.number])
        working = "The sum entered" if entered else "The sum calculated"
        yield money_step(
            "Statutory redundancy pay used",
            pay.used[index],
            f"{working}, and never more than the redundancy pay due. The cap could not reduce it.",
            (sources.STATUTORY_PROTECTED,),
        )


def _sum_working(row: Row) -> str:
    pay, index = row.worked.facts.statutory, row.index
    weeks = plain_weeks(int(pay.half_weeks[index]))
    if int(pay.half_weeks[index]) == 0:
        return "No weeks, so nothing."
    limit = shown_money(int(pay.limit[index]))
    week = shown_money(int(pay.week[index]))
    if row.outcome.cases.known["weekly_pay"][row.number]:
        return f"{weeks} weeks × the lesser of {week} a week and the limit of {limit}."
    divisor = row.outcome.positions.week_divisor
    return f"{weeks} weeks × the lesser of {week} ÷ {divisor} a week and the limit of {limit}."
