"""Sentences and conditions that several letters use."""

from __future__ import annotations

from datetime import timedelta

from calculator.calculation.codes import ASSUMPTIONS
from calculator.facts.days import shown_day
from calculator.letters.claim import Claim
from calculator.letters.words import DOCUMENT_WORDS
from rules.choices import PensionOutcome, Scheme, YesNo
from rules.exit_payments import KINDS, REDUNDANCY

THE_2020_REGULATIONS = (
    "the Restriction of Public Sector Exit Payments Regulations 2020 (SI 2020/1122) (“the 2020 "
    "Regulations”)"
)
THE_2021_REGULATIONS = (
    "the Restriction of Public Sector Exit Payments (Revocation) Regulations 2021 (SI 2021/197) (“the "
    "2021 Regulations”)"
)
LOST_PENSION = (PensionOutcome.REDUCED, PensionOutcome.DEFERRED, PensionOutcome.SELF_FUNDED)
ESTIMATED = ("cut_as_cap_required", "split_by_cut_order", "notice_exempt", "linked_nothing_used")
"""The assumptions that make a figure an estimate."""
_CUT_ORDER = {
    "strain_first": "first on the strain, then on the other payments",
    "cash_first": "first on the other payments, then on the strain",
    "pro_rata": "on all payments in proportion",
}


def lgps_2013_applies(claim: Claim) -> bool:
    """Whether the LGPS Regulations 2013 apply: Scotland and Northern Ireland have other schemes."""
    elsewhere = claim.lines.scotland or claim.lines.northern_ireland
    return claim.scheme is Scheme.LGPS and not elsewhere


def day_after_exit(claim: Claim) -> str:
    """The day from which an unreduced pension is asked for: the day after leaving."""
    return shown_day(claim.days["exit_date"] + timedelta(days=1))


def assumption_words(claim: Claim, code: str) -> str:
    """Word an assumption without the names of the program's settings."""
    if code == "split_by_cut_order":
        order = _CUT_ORDER[claim.positions.cut_order]
        return f"How the cut fell on the payments is not known: it is taken to have fallen {order}."
    if code == "cut_as_cap_required":
        return "What was paid is not known: the reduction is taken to be what the cap required, and no more."
    return ASSUMPTIONS[code]


def why_estimated(claim: Claim) -> list[str]:
    """Word each assumption that makes the figures an estimate."""
    return [assumption_words(claim, code) for code in claim.assumptions if code in ESTIMATED]


def has_redundancy_pay(claim: Claim) -> bool:
    """Whether redundancy pay is one of the payments of the exit."""
    return any(line.kind == KINDS[REDUNDANCY].name for line in claim.lines.payments)


def documents_missing(claim: Claim) -> tuple[str, ...]:
    """The documents that would prove this claim and are not held, by the names of the field."""
    strain = claim.owed("scheme_total") or "strain" in claim.questions
    wanted = {
        "capped_notice": claim.lines.regulation_4,
        "redundancy_calculation": has_redundancy_pay(claim),
        "strain_quote": strain,
        "strain_invoice": strain,
        "payslip": True,
        "p45": True,
        "contract_or_policy": True,
        "settlement_agreement": claim.settlement in (YesNo.YES, YesNo.UNKNOWN),
        "pension_statement": claim.pension_outcome
        in (PensionOutcome.REDUCED, PensionOutcome.SELF_FUNDED),
        "top_up_letter": claim.topped_up,
    }
    return tuple(
        document for document in DOCUMENT_WORDS if wanted[document] and document not in claim.held
    )
