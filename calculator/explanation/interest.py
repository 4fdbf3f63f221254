"""The steps of what has been paid since, and of interest."""

from __future__ import annotations

from collections.abc import Iterator

from calculator.explanation.lines import InterestLine, interest_lines
from calculator.explanation.steps import Row, Step, as_date, day_words, money_step
from calculator.facts.days import shown_day
from calculator.facts.money import shown_money
from rules import interest, reclaim, sources
from rules.sources import citations_of


def since_steps(row: Row) -> Iterator[Step]:
    """Explain what has been paid since the exit, by payee and as interest."""
    dates, difference, index = row.worked.facts.dates, row.worked.difference, row.index
    if not dates.topped_up[index]:
        return
    day = shown_day(as_date(dates.top_up_on[index]))
    for payee, paid, short in (
        ("member", dates.top_up_member[index], difference.member_shortfall[index]),
        ("scheme", dates.top_up_scheme[index], difference.scheme_shortfall[index]),
    ):
        if paid:
            over = int(paid) - int(short)
            more = f" That is {shown_money(over)} more than was short." if over > 0 else ""
            yield money_step(
                f"Since paid to the {payee}",
                paid,
                f"On {day}.{more}",
                citations_of(reclaim.outstanding),
            )
    if dates.top_up_interest[index]:
        over = int(row.worked.owed.interest_overpaid[index])
        more = f" That is {shown_money(over)} more than is due." if over else ""
        yield money_step(
            "Since paid as interest",
            dates.top_up_interest[index],
            f"On {day}. Taken off the member's interest first, then the scheme's.{more}",
            (sources.WHO_IS_PAID,),
        )


def interest_steps(row: Row) -> Iterator[Step]:
    """Explain the interest to each payee, SI 2021/197 reg 4(3)."""
    for line in interest_lines(row):
        yield money_step(
            f"Interest to the {line.payee}",
            line.accrued,
            _interest_working(row, line),
            citations_of(interest.simple_interest),
        )


def _interest_working(row: Row, line: InterestLine) -> str:
    rate = f"{interest.RATE_PERCENT}% ÷ {interest.DAYS_IN_YEAR}"
    span = f"from {day_words(line.start)} (that day left out) to {shown_day(row.outcome.as_at)}"
    principal = shown_money(line.principal)
    if line.early:
        return (
            f"{principal} × {line.days} days × {rate}, {span}. {shown_money(line.early)} paid by 19 March "
            "2021 is part of what was paid during the relevant period, and lowers the sum from the first day "
            "(setting early_top_up)."
        )
    if line.reduced_to == line.principal or line.days == 0:
        return f"{principal} × {line.days} days × {rate}, {span}."
    return (
        f"({principal} × {line.days_before} days + {shown_money(line.reduced_to)} × "
        f"{line.days - line.days_before} days) × {rate}, {span}."
    )
