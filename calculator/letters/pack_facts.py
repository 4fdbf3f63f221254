"""What the issue pack, the data requests and the request for facts may say beside what all letters may."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from calculator.calculation.codes import TO_CHECK
from calculator.explanation.scheme_words import words_of
from calculator.explanation.steps import as_date
from calculator.letters.claim import Claim
from calculator.letters.words import DOCUMENT_WORDS, SCHEME_NAMES
from rules import interest
from rules.arrays import day
from rules.choices import Scheme
from rules.coverage import REVOKED
from rules.exit_payments import Payee

_SIX_YEARS = 6 * 365 + 2
"""The most days of six years, leap days in them."""


class CourtInterest(NamedTuple):
    """The interest that a court may award, in pence: on what sum, from which day, to the day of calculation.

    ``start``: the first day that bears interest.
    """

    principal: int
    start: date
    days: int
    accrued: int
    daily: int


def pack_facts(claim: Claim) -> dict[str, object]:
    """Give the facts of the further kinds of letter by name."""
    lgps_words = words_of(claim.scheme).is_strain
    cost = words_of(claim.scheme).cost
    bears = court_interest(claim)
    return {
        "no_scheme": claim.scheme is Scheme.NONE,
        "teachers": claim.scheme is Scheme.TPS,
        "nhs": claim.scheme is Scheme.NHS,
        "civil_service": claim.scheme is Scheme.CIVIL_SERVICE,
        "police_or_fire": claim.scheme in (Scheme.POLICE, Scheme.FIRE),
        "scheme_called": SCHEME_NAMES.get(claim.scheme, "the pension scheme"),
        "cost": "the cost of the unreduced pension"
        if lgps_words and claim.scheme is not Scheme.LGPS
        else f"the {cost[0].lower()}{cost[1:]}",
        "cost_paid_by_member": claim.owed("member_funded_strain") > 0,
        "employee": "the deceased" if claim.died else "the claimant",
        "payer": "the employer"
        if claim.debtor != claim.words["employer_name"]
        else "the defendant",
        "court_interest": bears,
        "amount_claimed": claim.owed("member_total") + bears.accrued,
        "pleads_contract": claim.lines.outstanding[Payee.MEMBER] > 0
        and claim.days.get("contract_last_day", date.min) >= claim.as_at,
        "contract_is_due": claim.lines.outstanding[Payee.MEMBER] > 0,
        "due_day_given": "due_date" in claim.days,
        "contract_restarted": _restarted(claim, "contract", claim.lines.due_on),
        "statute_restarted": _restarted(claim, "statute", as_date(REVOKED)),
        "checks": [TO_CHECK[code] for code in claim.to_check],
        "documents_held": [DOCUMENT_WORDS[name] for name in claim.held],
    }


def _restarted(claim: Claim, clock: str, start: date) -> bool:
    """Whether an acknowledgment has begun the six years anew: Limitation Act 1980 s.29."""
    last_day = claim.days.get(f"{clock}_last_day")
    return last_day is not None and (last_day - start).days > _SIX_YEARS


def court_interest(claim: Claim) -> CourtInterest:
    """County Courts Act 1984 s.69: calculate the interest on the part of the member's sum that has no other interest.

    From the day after the payment fell due, on what is left of it, at the rate of regulation 4; the court may
    take another rate and time.
    """
    left = claim.lines.outstanding[Payee.MEMBER]
    if claim.lines.regulation_4:
        left = min(claim.owed("member_contract_only"), left)
    due, end = day(claim.lines.due_on.isoformat()), day(claim.as_at.isoformat())
    principal, nothing = np.array([left]), np.array([0])
    start = np.array([due])
    return CourtInterest(
        principal=left,
        start=claim.lines.due_on + timedelta(days=1),
        days=int(interest.days_of_interest(start, end)[0]),
        accrued=int(interest.simple_interest(principal, start, end, nothing, start)[0]),
        daily=int(interest.daily_interest(principal)[0]),
    )
