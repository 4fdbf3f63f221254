"""What the law screen shows, drawn from the rules themselves: windows, rates, sources, positions, limits."""

from __future__ import annotations

import numpy as np

from calculator.facts.days import shown_day
from calculator.facts.money import shown_money
from rules import coverage, interest, redundancy, sources, time_limits
from rules.cap import CAP, LINKED_DAYS
from rules.dated import Dated
from rules.sources import Citation, citations_of

POSITION_CHANGES: dict[str, str] = {
    "interest_start": "The interest, its low and high, and the totals. Nothing else.",
    "notice_pay_reading": "What counts towards the cap where notice pay is above a quarter of salary, so "
    "whether the cap was breached and by how much.",
    "cut_order": "Where what was paid is not known: how the estimate divides between the member and the "
    "pension scheme.",
    "week_divisor": "A week's pay worked out from the salary, so statutory redundancy pay, which the cap "
    "could not cut.",
    "cash_alternative": "The difference, where a cash alternative was paid: with credit it is taken off, "
    "first for the scheme.",
    "eighty_five_year_rule": "The estimated reduction of an LGPS pension, so its yearly loss, arrears and "
    "interest. Never the difference.",
    "near_line_margin": "Which cases with nothing short are shown as near the line. No sum.",
}
"""What each position changes in the results."""

NOT_COVERED: tuple[str, ...] = (
    "Scotland: time limits. No countdown is shown; a Scots lawyer should be asked.",
    "Claims other than for the difference: unfair dismissal, equal pay, discrimination, a review of the "
    "decision to apply the cap.",
    "Whether a settlement agreement bars a claim: a lawyer should read it.",
    "Ministers' relaxations, beyond the amount entered.",
    "Special severance rules of HM Treasury, and caps in an employer's own policy.",
)
"""What the calculator does not decide."""


def windows() -> list[tuple[str, str, str, tuple[Citation, ...]]]:
    """The days the law turns on: what, from, to, and the provision."""
    force, lifted, revoked = (
        _day(each) for each in (coverage.CAP_IN_FORCE, coverage.CAP_DISAPPLIED, coverage.REVOKED)
    )
    return [
        ("The cap was law", force, revoked, (sources.COMMENCEMENT, sources.REVOCATION)),
        ("The cap was applied in England", force, lifted, (sources.DISAPPLIED,)),
        (
            "A payment in these days is under regulation 4",
            force,
            revoked,
            (sources.RELEVANT_PERIOD, sources.THE_DIFFERENCE),
        ),
        (
            "A claim under regulation 4 may be issued (England, Wales, Northern Ireland)",
            revoked,
            _day(time_limits.STATUTE_LAST_DAY),
            citations_of(time_limits.statute_last_day),
        ),
        (
            "A claim in contract may be issued (England, Wales, Northern Ireland)",
            "The day the payment was due",
            f"{time_limits.LIMIT_YEARS} years after that day, or after a signed written acknowledgment",
            (
                *citations_of(time_limits.contract_last_day),
                *citations_of(time_limits.after_acknowledgment),
            ),
        ),
    ]


def rates() -> list[tuple[str, str, tuple[Citation, ...]]]:
    """The fixed amounts and rates, and the provision of each."""
    return [
        ("The cap", shown_money(CAP), (sources.THE_CAP,)),
        ("Days within which exits of one person share it", str(LINKED_DAYS), (sources.CAP_IN_ACT,)),
        (
            "Interest on the difference",
            f"{interest.RATE_PERCENT}% a year, simple, ÷ {interest.DAYS_IN_YEAR} a day",
            citations_of(interest.simple_interest),
        ),
        *_weekly(redundancy.WEEKLY_LIMIT_GB, "Limit on a week's pay, Great Britain"),
        *_weekly(redundancy.WEEKLY_LIMIT_NI, "Limit on a week's pay, Northern Ireland"),
    ]


def _weekly(table: Dated, words: str) -> list[tuple[str, str, tuple[Citation, ...]]]:
    """The limits that exits in the days of the cap can meet."""
    return [
        (
            f"{words}, from {_day(window.first)}",
            shown_money(window.value),
            tuple(table.citations),
        )
        for window in table.windows
        if window.last >= coverage.CAP_IN_FORCE and window.first <= coverage.REVOKED + 366
    ]


def citations() -> list[Citation]:
    """Every provision that a rule cites or a reason rests on, in the order of the sources."""
    return [value for value in vars(sources).values() if isinstance(value, Citation)]


def _day(day: np.datetime64) -> str:
    return shown_day(day.astype(object))
