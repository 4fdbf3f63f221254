"""The last steps: what is owed to each payee."""

from __future__ import annotations

from collections.abc import Iterator

from calculator.explanation.steps import Row, Step, money_step
from calculator.facts.money import shown_money
from rules import interest, reclaim, sources
from rules.exit_payments import Payee
from rules.sources import citations_of


def total_steps(row: Row) -> Iterator[Step]:
    """Add up what is owed to each payee; the two payees are never one sum."""
    owed, index = row.worked.owed, row.index
    for payee, words in ((Payee.MEMBER, "the member"), (Payee.SCHEME, "the pension scheme")):
        principal = int(getattr(owed, f"{payee}_outstanding")[index])
        unpaid = int(getattr(owed, f"{payee}_interest")[index])
        total = int(getattr(owed, f"{payee}_total")[index])
        low, high = row.figure(f"{payee}_total_low"), row.figure(f"{payee}_total_high")
        spread = ""
        if low is not None and high is not None and (low, high) != (total, total):
            spread = f" Between {shown_money(low)} and {shown_money(high)}: {range_words(row)}."
        daily = row.figure(f"{payee}_daily_interest")
        each_day = f" It grows by {shown_money(daily)} a day." if daily else ""
        yield money_step(
            f"Still owed to {words}",
            principal,
            "What is short, less what has been paid since.",
            citations_of(reclaim.outstanding),
        )
        yield money_step(
            f"Interest unpaid to {words}",
            unpaid,
            "The interest above, less what has been paid as interest.",
            citations_of(interest.simple_interest),
        )
        yield money_step(
            f"Owed to {words} in all",
            total,
            f"{shown_money(principal)} + {shown_money(unpaid)}.{each_day}{spread}",
            (sources.WHO_IS_PAID,),
        )


def range_words(row: Row) -> str:
    """Return the open questions that low and high answer each way, for this row."""
    dates, index = row.worked.facts.dates, row.index
    covers = ["from which day interest runs"]
    if row.worked.facts.payments.cash_alternative[index]:
        covers.append("whether the cash alternative is taken off")
    if dates.top_up_early[index] and dates.topped_up[index]:
        covers.append("whether interest runs on a sum paid by 19 March 2021")
    *others, last = covers
    both = f"{', '.join(others)} and {last}" if others else last
    return f"low and high cover {both}, as far as the law is open"
