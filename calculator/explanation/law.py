"""What the page of the law shows, from the rules themselves: days, rates, sources and limits."""

from __future__ import annotations

import numpy as np

from calculator.facts.days import shown_day
from calculator.facts.money import shown_money
from rules import coverage, interest, redundancy, sources, time_limits
from rules.cap import CAP, LINKED_DAYS
from rules.dated import Dated
from rules.sources import Citation, citations_of

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
    """Give the days on which the law depends: what, from, to, and the provision."""
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
    """Give the fixed amounts and rates, and the provision of each."""
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
    """Give the limits that can apply to exits in the days of the cap."""
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
    """Give every provision that a rule or an output cites, in the order of the sources.

    Each citation is used: a test names one that is not.
    """
    return [value for value in vars(sources).values() if isinstance(value, Citation)]


def _day(day: np.datetime64) -> str:
    return shown_day(day.astype(object))
