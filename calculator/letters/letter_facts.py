"""What the text of a letter may say and choose by: each figure, fact and condition under one name.

A condition of law or logic is decided here and is a yes or no to the text.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.codes import ASSUMPTIONS, QUESTIONS
from calculator.explanation.steps import as_date
from calculator.explanation.words import WARNING
from calculator.facts.days import shown_day
from calculator.facts.fields import BY_NAME
from calculator.facts.later_rates import described
from calculator.facts.money import shown_money
from calculator.facts.text import one_line
from calculator.letters.claim import Claim
from calculator.letters.pack_facts import pack_facts
from calculator.letters.recipients import Extra, Writer
from calculator.letters.sender import LONGEST, Sender
from calculator.letters.words import CUT_ORDER_WORDS, DOCUMENT_WORDS, MISSING_WORDS
from rules.choices import EmployerKind, ExitReason, PensionOutcome, Scheme, YesNo
from rules.coverage import CAP_DISAPPLIED
from rules.exit_payments import KINDS, REDUNDANCY, Payee

_UNION = {
    "we": "we",
    "We": "We",
    "us": "us",
    "Our": "Our",
    "are": "are",
    "member": "our member",
    "Member": "Our member",
    "members": "our member's",
    "Members": "Our member's",
    "payee": "our member",
    "Payee": "Our member",
}
VOICES: dict[Writer, dict[str, str]] = {
    Writer.UNION: _UNION,
    Writer.MEMBER: {
        "we": "I",
        "We": "I",
        "us": "me",
        "Our": "My",
        "are": "am",
        "member": "I",
        "Member": "I",
        "members": "my",
        "Members": "My",
        "payee": "me",
        "Payee": "To me",
    },
}
"""How the writer speaks of themselves and of the person whose money it is."""
_ESTATE = {"payee": "the estate", "Payee": "The estate"}
_DEADLINES = (
    *("contract_last_day", "statute_last_day"),
    *("pension_lump_sum_last_day", "pension_instalment_last_day"),
)
LOST_PENSION = (PensionOutcome.REDUCED, PensionOutcome.DEFERRED, PensionOutcome.SELF_FUNDED)
ESTIMATED = ("cut_as_cap_required", "split_by_cut_order", "notice_exempt", "linked_nothing_used")
"""The assumptions that make a figure an estimate."""
_REASONS = (
    "cap_wholly_waived",
    "shortfall_within_cap",
    "shortfall_is_contract_only",
    "cut_beyond_cap",
    "member_overpaid_at_exit",
    "scheme_overpaid_at_exit",
)
_ASKED_ELSEWHERE = ("acknowledge", "redundancy", "settlement")
"""Questions that the letter asks in other words, or that only the member is asked."""
_NOT_OF_THE_MEMBER = ("strain_invoice",)
_NOT_OF_THE_EMPLOYER = ("settlement_agreement", "pension_statement")
"""Documents that the member is asked for, or the fund."""


class NoSum(str):
    """A sum of nothing: it reads £0.00, and a condition takes it for no."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


class InterestFacts(NamedTuple):
    """The interest to one payee, in pence. ``start``: the first day that bears interest.

    ``part_paid``: on ``reduced_to`` after the ``days_before`` to ``paid_on``.

    ``early``: paid by 19 March 2021 and already taken off ``principal``.
    """

    to_member: bool
    principal: int
    early: int
    part_paid: bool
    reduced_to: int
    start: date
    days_before: int
    paid_on: date | None
    days: int
    accrued: int
    unpaid: int
    daily: int


def letter_facts(claim: Claim, writer: Writer, sender: Sender) -> dict[str, object]:
    """Give all that the text of a letter may name: the figures in words, the voice, the conditions."""
    nothing = {name: NoSum(claim.words[name]) for name, pence in claim.pence.items() if not pence}
    return {
        **claim.words,
        **nothing,
        **VOICES[writer],
        **(_ESTATE if claim.died else {}),
        **{code: code in claim.reasons for code in _REASONS},
        **_sums(claim),
        **_pension(claim),
        **_requests(claim),
        **_time(claim, sender),
        **_parties(claim, writer, sender),
        **_extras(claim, sender),
        **pack_facts(claim),
        "own": writer is Writer.MEMBER,
        "to_be_checked": bool(claim.to_check),
        "instructions_needed": "cash_alternative" in claim.to_check,
        "died": claim.died,
        "representative": claim.representative,
        "consent": claim.consent,
        "settlement_signed": claim.settlement is YesNo.YES,
        "settlement_open": claim.settlement is not YesNo.NO,
        "clock_warning": WARNING,
    }


def _parties(claim: Claim, writer: Writer, sender: Sender) -> dict[str, object]:
    """Who writes, who claims, who owes it, and how the recipient finds the person."""
    name, employer = claim.words["member_name"], claim.words["employer_name"]
    successor = bool(claim.details["debtor_name"]) and claim.debtor != employer
    numbers = (("National Insurance number", "ni_number"), ("payroll number", "payroll_number"))
    called = [f"{what} {claim.details[field]}" for what, field in numbers if claim.details[field]]
    job = claim.details["job_title"]
    claimant = name or "the member"
    if claim.died:
        of = f"the personal representative of {claimant}"
        claimant = f"{claim.representative}, {of}" if claim.representative else of
    return {
        "debtor": claim.debtor,
        "successor": successor,
        "You": "The former employer" if successor else "You",
        "fund_name": claim.details["fund_name"],
        "fund": claim.details["fund_name"] or "the administering authority of the pension fund",
        "identifiers": "; ".join((*called, *([f"job title {job}"] if job else []))),
        "ni_number": claim.details["ni_number"],
        "claimant": claimant,
        "organisation": "" if writer is Writer.MEMBER else one_line(sender.organisation, LONGEST),
        "contact": one_line(sender.contact, LONGEST),
        "scheme_asked": claim.scheme_asked,
    }


def _extras(claim: Claim, sender: Sender) -> dict[str, object]:
    """Which extras the letter has: none that is left out, and each only where it fits."""
    english = not (claim.lines.scotland or claim.lines.northern_ireland)
    fits = {
        Extra.PRACTICE_DIRECTION: english and claim.computed and claim.urgency in ("red", "amber"),
        Extra.REPLY_FORM: True,
        Extra.ACKNOWLEDGMENT: claim.computed and not claim.lines.scotland,
        Extra.STANDSTILL: not claim.lines.scotland,
        Extra.AUTHORITY: True,
        Extra.INFORMATION_REQUEST: True,
    }
    return {f"has_{extra}": fits[extra] and extra not in sender.leave_out for extra in Extra}


def _time(claim: Claim, sender: Sender) -> dict[str, object]:
    """The last days, which of them are still open, by when to issue, to reply and to pay."""
    issue_by, as_at, ni = claim.issue_by, claim.as_at, claim.lines.northern_ireland
    open_days = [
        day
        for name in _DEADLINES
        if (name != "contract_last_day" or claim.lines.contract_counts)
        and (day := claim.days.get(name) or claim.last_days.get(name)) is not None
        and day >= as_at
    ]
    return {
        "reply_by": shown_day(sender.reply_by(as_at, issue_by, ni)),
        "pay_by": shown_day(sender.pay_by(as_at, ni)),
        "urgent": sender.is_urgent(as_at, issue_by),
        "next_last_day": shown_day(min(open_days)) if open_days else "",
        **{name: shown_day(day) for name, day in claim.last_days.items()},
        **{
            name: ""
            for name in (
                "pension_lump_sum_last_day",
                "pension_instalment_last_day",
                "judicial_review_last_day",
                "idrp_last_day",
            )
            if name not in claim.last_days
        },
        "issue_by": shown_day(issue_by) if issue_by is not None else "",
        "issue_today": issue_by is not None and issue_by <= claim.as_at,
        "contract_open": _open(claim, "contract_last_day"),
        "statute_open": _open(claim, "statute_last_day"),
        "lump_sum_open": _open(claim, "pension_lump_sum_last_day"),
        "instalment_open": _open(claim, "pension_instalment_last_day"),
        "declaration_only": not claim.lines.contract_counts,
    }


def _sums(claim: Claim) -> dict[str, object]:
    """What is owed, on what basis, and the interest."""
    lines, words = claim.lines, claim.words
    only_interest = not claim.owed("member_outstanding") and not claim.owed("scheme_outstanding")
    elsewhere = lines.wales or lines.scotland or lines.northern_ireland
    return {
        "needs_facts": not claim.computed,
        "estimated": claim.estimated,
        "part_repaired": claim.triage is Triage.PART_REPAIRED,
        "only_interest_owed": only_interest,
        "sums_claimed": claim.computed and not only_interest,
        "regulation_4": lines.regulation_4,
        "scotland": lines.scotland,
        "northern_ireland": lines.northern_ireland,
        "cap_required_reduction": claim.owed("reduction_expected") > 0,
        # In England, to the day the cap was lifted there.
        "in_guidance": not elsewhere and claim.days["exit_date"] <= as_date(CAP_DISAPPLIED),
        "schedule_entry": lines.schedule_entry.rstrip("."),
        "payment_day_known": bool(words["payment_date"]) and not lines.payment_assumed,
        "has_payments": bool(lines.payments),
        "paid_since": claim.topped_up,
        "credit_given": bool(lines.credit),
        "strain_before_credit": shown_money(lines.scheme_before_credit),
        "strain_refunded": bool(lines.refunded_strain),
        "own_strain": shown_money(lines.refunded_strain),
        "all_own_strain_refunded": lines.refunded_strain == claim.owed("member_funded_strain"),
        "before_cap": lines.words_met,
        "member_left": _sum_or_none(lines.outstanding[Payee.MEMBER]),
        "scheme_left": _sum_or_none(lines.outstanding[Payee.SCHEME]),
        "contract_only_left": _sum_or_none(
            min(claim.owed("member_contract_only"), lines.outstanding[Payee.MEMBER])
        ),
        "range_because": _range_because(claim),
        "member_total_open": _range_open(claim, "member"),
        "scheme_total_open": _range_open(claim, "scheme"),
        "why_estimated": " ".join(
            assumption_words(claim, code) for code in claim.assumptions if code in ESTIMATED
        ),
        "interest_lines": [
            InterestFacts(
                to_member=line.payee is Payee.MEMBER,
                principal=line.principal,
                part_paid=line.reduced_to != line.principal,
                early=line.early,
                reduced_to=line.reduced_to,
                start=line.start + timedelta(days=1),
                days_before=line.days_before,
                paid_on=claim.days.get("top_up_date"),
                days=line.days,
                accrued=line.accrued,
                unpaid=claim.owed(f"{line.payee}_interest"),
                daily=claim.owed(f"{line.payee}_daily_interest"),
            )
            for line in lines.interest
            if line.principal
        ],
        "interest_from_exit": claim.positions.interest_start == "exit",
        "interest_from_revocation": claim.positions.interest_start == "revocation",
    }


def _pension(claim: Claim) -> dict[str, object]:
    """Why the member left, the scheme, and what happened to the pension."""
    redundancy = claim.exit_reason is ExitReason.REDUNDANCY
    efficiency = claim.exit_reason is ExitReason.BUSINESS_EFFICIENCY
    lgps_2013 = _lgps_2013(claim)
    lost = claim.owed("pension_yearly_loss") or claim.owed("lump_sum_arrears")
    return {
        "redundancy": redundancy,
        "business_efficiency": efficiency,
        "unreduced_ruled_out": claim.unreduced_ruled_out,
        "unreduced_due": "date_of_birth" in claim.days
        and (redundancy or efficiency)
        and not claim.unreduced_ruled_out,
        "age_or_reason_open": "date_of_birth" not in claim.days or not (redundancy or efficiency),
        "lgps_2013": lgps_2013,
        "day_after_exit": shown_day(claim.days["exit_date"] + timedelta(days=1)),
        "undrawn": claim.undrawn,
        "pension_corrected": claim.corrected_on is not None,
        "pension_until": claim.pension_until,
        "pension_reduced": claim.pension_outcome is PensionOutcome.REDUCED,
        "pension_deferred": claim.pension_outcome is PensionOutcome.DEFERRED,
        "pension_self_funded": claim.pension_outcome is PensionOutcome.SELF_FUNDED,
        "pension_open": not claim.corrected_on and claim.pension_outcome in LOST_PENSION,
        "tells_pension_loss": bool(lost) and not (lgps_2013 and claim.unreduced_ruled_out),
        "strain_known_short": bool(claim.owed("scheme_shortfall")) and not claim.estimated,
    }


def _requests(claim: Claim) -> dict[str, object]:
    """What is asked for and what is missing."""
    missing = documents_missing(claim)
    asks_calculation = has_redundancy_pay(claim) and (
        "redundancy_calculation" not in claim.held or "redundancy" in claim.questions
    )
    return {
        "has_redundancy_pay": has_redundancy_pay(claim),
        "asks_calculation": asks_calculation,
        # Section 165 does not cover Crown servants; Northern Ireland has an Act of its own.
        "section_165": claim.exit_reason is ExitReason.REDUNDANCY
        and claim.employer_kind is not EmployerKind.CIVIL_SERVICE
        and not claim.lines.northern_ireland,
        "questions": [
            QUESTIONS[code]
            for code in claim.questions
            if code not in _ASKED_ELSEWHERE and not (code == "cap_applied" and claim.computed)
        ],
        "asks_tax": "tax_taken" in claim.questions,
        "asks_cap_applied": "cap_applied" in claim.questions and claim.computed,
        "documents_missing": [
            DOCUMENT_WORDS[name] for name in missing if name not in _NOT_OF_THE_MEMBER
        ],
        "documents_asked": [
            DOCUMENT_WORDS[name]
            for name in missing
            if name not in _NOT_OF_THE_EMPLOYER
            and (name != "redundancy_calculation" or not asks_calculation)
        ],
        "facts_missing": _facts_missing(claim),
    }


def _open(claim: Claim, name: str) -> bool:
    last_day = claim.days.get(name) or claim.last_days.get(name)
    return last_day is not None and last_day >= claim.as_at


def _range_open(claim: Claim, payee: str) -> bool:
    """Whether the total differs with the day on which interest starts."""
    total = claim.words[f"{payee}_total"]
    return any(claim.words[f"{payee}_total_{end}"] != total for end in ("low", "high"))


def _range_because(claim: Claim) -> str:
    """Why a total lies between two sums: the open questions that low and high answer each way."""
    covers = ["from which day interest runs"]
    if claim.owed("cash_alternative_paid"):
        covers.append("whether the cash alternative is taken off")
    if "top_up_in_relevant_period" in claim.reasons:
        covers.append("whether interest runs on what was paid by 19 March 2021")
    *others, last = covers
    return f"{', '.join(others)} and {last}" if others else last


def _sum_or_none(pence: int) -> str:
    return shown_money(pence) if pence else ""


def _lgps_2013(claim: Claim) -> bool:
    """Whether the LGPS Regulations 2013 apply: Scotland and Northern Ireland have other schemes."""
    elsewhere = claim.lines.scotland or claim.lines.northern_ireland
    return claim.scheme is Scheme.LGPS and not elsewhere


def assumption_words(claim: Claim, code: str) -> str:
    """Word an assumption without the names of the program's settings."""
    if code == "split_by_cut_order":
        order = CUT_ORDER_WORDS[claim.positions.cut_order]
        return f"How the cut fell on the payments is not known: it is taken to have fallen {order}."
    if code == "cut_as_cap_required":
        return "What was paid is not known: the reduction is taken to be what the cap required, and no more."
    if code == "deferred_nothing_paid":
        return "Deferred pension: the figures hold if nothing has been drawn."
    if code == "rates_entered" and claim.rates is not None:
        return described(claim.rates)
    return ASSUMPTIONS[code]


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


def _facts_missing(claim: Claim) -> list[str]:
    """Name what is not known by the headings of the fields."""
    texts = [
        MISSING_WORDS.get(name, BY_NAME[name].heading)
        if name in BY_NAME
        else "What an earlier exit within 28 days used of the cap"
        for name in claim.missing
        if name != "evidence"
    ]
    return list(dict.fromkeys(texts))
