"""The schedule of a letter: the figures, facts, documents and provisions in its lists and tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from calculator.calculation.codes import ASSUMPTIONS
from calculator.explanation.lines import InterestLine, PaymentLine
from calculator.facts.days import shown_day
from calculator.facts.money import shown_money
from calculator.letters.claim import Claim
from calculator.letters.letter_facts import ESTIMATED, assumption_words, documents_missing
from calculator.letters.pack_facts import court_interest
from calculator.letters.plan import Plan
from calculator.letters.recipients import (
    DATA_REQUESTS,
    Recipient,
    Writer,
    for_every_recipient,
)
from calculator.letters.words import DOCUMENT_WORDS
from rules import interest
from rules.choices import ExitReason, PensionOutcome
from rules.exit_payments import KINDS, STRAIN, Payee
from rules.sources import Citation, Source

RATE = f"{interest.RATE_PERCENT}% a year"
NOT_KNOWN = "not known"


class PaymentRow(NamedTuple):
    """A payment: what was due, paid and short, to whom, and the paragraph that makes it count."""

    title: str
    due: str
    paid: str
    difference: str
    payee: str
    law: str

    def __str__(self) -> str:
        return f"{self.title}: due {self.due}, paid {self.paid}, difference {self.difference}"


class InterestRow(NamedTuple):
    """The interest to one payee."""

    payee: str
    principal: str
    start: str
    rate: str
    days: str
    amount: str
    daily: str

    def __str__(self) -> str:
        return f"To {self.payee}: {self.amount}, from {self.start}, {self.days} days at {self.rate}"


class ReceivedRow(NamedTuple):
    """A sum paid since the exit."""

    what: str
    amount: str
    day: str

    def __str__(self) -> str:
        return f"{self.what}: {self.amount} on {self.day}"


class TotalRow(NamedTuple):
    """What one payee is owed. There is no row for both payees together."""

    payee: str
    short: str
    outstanding: str
    interest: str
    total: str

    def __str__(self) -> str:
        return f"To {self.payee}: {self.outstanding} and interest of {self.interest}: {self.total}"


class FactRow(NamedTuple):
    """A fact entered or a figure of the cap."""

    what: str
    words: str

    def __str__(self) -> str:
        return f"{self.what}: {self.words}"


class LawRow(NamedTuple):
    """A source the letter states, and the provisions in it."""

    title: str
    label: str
    address: str

    def __str__(self) -> str:
        return f"{self.title}, {self.label}: {self.address}"


_REASON_WORDS = {
    ExitReason.REDUNDANCY: "redundancy",
    ExitReason.BUSINESS_EFFICIENCY: "business efficiency",
    ExitReason.VOLUNTARY: "voluntary exit",
    ExitReason.SETTLEMENT: "settlement",
    ExitReason.OTHER: "another reason",
}
_OUTCOME_WORDS = {
    PensionOutcome.UNREDUCED: "paid without reduction",
    PensionOutcome.REDUCED: "paid with a reduction",
    PensionOutcome.DEFERRED: "deferred",
    PensionOutcome.SELF_FUNDED: "strain paid by the member",
}


def schedule_rows(
    claim: Claim, plan: Plan, citations: tuple[Citation, ...]
) -> dict[str, tuple[Any, ...]]:
    """Fill the lists of the schedule with what the recipient may see."""
    schedule = SCHEDULES[plan.to]
    payees, called = schedule.payees, _called(claim, plan)
    missing = documents_missing(claim)
    rows: dict[str, tuple[Any, ...]] = {
        "facts": tuple(_facts(claim, schedule.facts)),
        "payments": tuple(
            PaymentRow(
                line.title,
                shown_money(line.due) if line.due is not None else NOT_KNOWN,
                shown_money(line.paid) if line.paid is not None else NOT_KNOWN,
                _difference(line.short, line.estimated and claim.computed),
                _payee(claim, line, called),
                line.citation.label,
            )
            for line in claim.lines.payments
            if line.payee in payees
        ),
        "interest_lines": tuple(
            InterestRow(
                called[line.payee],
                _principal(claim, line),
                shown_day(line.start + timedelta(days=1)),
                RATE,
                f"{line.days if line.reduced_to else line.days_before:,}",
                shown_money(line.accrued),
                claim.words[f"{line.payee}_daily_interest"],
            )
            for line in claim.lines.interest
            if line.payee in payees
        ),
        "received": tuple(_received(claim, payees, called)),
        "totals": tuple(
            TotalRow(
                called[payee],
                claim.words[f"{payee}_shortfall"],
                claim.words[f"{payee}_outstanding"],
                claim.words[f"{payee}_interest"] or "none claimed",
                claim.words[f"{payee}_total"],
            )
            for payee in payees
            if claim.computed
            and claim.words[f"{payee}_total"]
            and (claim.owed(f"{payee}_shortfall") or claim.owed(f"{payee}_total"))
        ),
        "assumptions": tuple(
            assumption_words(claim, code)
            for code in claim.assumptions
            if code in schedule.assumptions
        ),
        "documents_held": tuple(
            _document(name) for name in schedule.documents if name in claim.held
        ),
        "documents_missing": tuple(
            _document(name) for name in schedule.documents if name in missing
        ),
        "law_relied_on": tuple(_law_rows(citations)) if schedule.sources else (),
    }
    if plan.to is Recipient.ISSUE_PACK:
        rows |= _with_court_interest(rows, claim, called[Payee.MEMBER])
    return rows


def _with_court_interest(
    rows: dict[str, tuple[Any, ...]], claim: Claim, payee: str
) -> dict[str, tuple[Any, ...]]:
    """Give the lines of interest and the totals with what is claimed under section 69."""
    court = court_interest(claim)
    if not court.principal:
        return {}
    line = InterestRow(
        f"{payee} (section 69)",
        shown_money(court.principal),
        shown_day(court.start),
        RATE,
        f"{court.days:,}",
        shown_money(court.accrued),
        shown_money(court.daily),
    )
    interest_unpaid = claim.owed("member_interest") + court.accrued
    total = claim.owed("member_total") + court.accrued
    return {
        "interest_lines": (*rows["interest_lines"], line),
        "totals": tuple(
            row._replace(interest=shown_money(interest_unpaid), total=shown_money(total))
            if row.payee == payee
            else row
            for row in rows["totals"]
        ),
    }


def _principal(claim: Claim, line: InterestLine) -> str:
    """On what sum the interest runs: on less, or on nothing, after a sum was paid."""
    if line.reduced_to == line.principal:
        return shown_money(line.principal)
    day = claim.words["top_up_date"]
    if not line.reduced_to:
        return f"{shown_money(line.principal)}, to {day}"
    return f"{shown_money(line.principal)}, after {day} {shown_money(line.reduced_to)}"


def _law_rows(citations: tuple[Citation, ...]) -> list[LawRow]:
    pinpoints: dict[int, dict[str, None]] = {}
    source_of: dict[int, Source] = {}
    for law in citations:
        source_of[id(law.source)] = law.source
        pinpoints.setdefault(id(law.source), {})[law.pinpoint] = None
    return [
        LawRow(source.title, ", ".join(pinpoints[key]), source.url)
        for key, source in source_of.items()
    ]


def _payee(claim: Claim, line: PaymentLine, called: dict[Payee, str]) -> str:
    """To whom a payment is owed: a strain that the member paid, in part to the member."""
    refunded = claim.lines.refunded_strain
    if line.kind != KINDS[STRAIN].name or not refunded:
        return called[line.payee]
    if line.short is not None and refunded >= line.short:
        return called[Payee.MEMBER]
    return f"{shown_money(refunded)} to {called[Payee.MEMBER]}, the rest to {called[line.payee]}"


def _called(claim: Claim, plan: Plan) -> dict[Payee, str]:
    if plan.to is Recipient.ISSUE_PACK:
        return {Payee.MEMBER: "the claimant", Payee.SCHEME: "the pension scheme"}
    if plan.to is not Recipient.MEMBER and claim.died:
        return {Payee.MEMBER: "the estate", Payee.SCHEME: "the pension scheme"}
    if plan.to is Recipient.MEMBER:
        return {Payee.MEMBER: "you", Payee.SCHEME: "your pension scheme"}
    if plan.writer is Writer.MEMBER:
        return {Payee.MEMBER: "me", Payee.SCHEME: "the pension scheme"}
    return {Payee.MEMBER: "our member", Payee.SCHEME: "the pension scheme"}


def _difference(short: int | None, estimated: bool) -> str:
    if short is None:
        return NOT_KNOWN
    sign = "−" if short < 0 else ""
    return f"{sign}{shown_money(abs(short))}{' (estimate)' if estimated else ''}"


_PERSON = (
    ("Name", "member_name"),
    ("National Insurance number", "ni_number"),
    ("Employer", "employer_name"),
    ("Payroll number", "payroll_number"),
    ("Job title", "job_title"),
    ("Day of exit", "exit_date"),
    ("Reason for leaving", "exit_reason"),
    ("Date of birth", "date_of_birth"),
)
_FACTS = (
    *_PERSON,
    ("Continuous service from", "service_start"),
    ("Annual salary", "annual_salary"),
    ("Payment made on", "payment_date"),
    ("Payment due on", "due_date"),
    ("Strain invoiced, or would have been, on", "strain_due_date"),
    ("Statutory redundancy pay", "statutory_redundancy_used"),
    ("Counted towards the cap", "counted_total"),
    ("Cap available", "cap_available"),
    ("Allowed under the cap", "allowed_total"),
    ("Reduction the cap required", "reduction_expected"),
    ("Cash alternative paid to the member", "cash_alternative_paid"),
    ("Strain paid by the member", "member_funded_strain"),
)
_PLEADED_FACTS = tuple(
    fact
    for fact in _FACTS
    if fact[1] not in ("ni_number", "payroll_number", "job_title", "date_of_birth")
)
"""What a schedule of loss shows: a court's file may be read by others."""
_SCHEME_FACTS = (
    *_PERSON,
    ("Pension fund", "fund_name"),
    ("What happened to the pension", "pension_outcome"),
    ("Strain invoiced, or would have been, on", "strain_due_date"),
    ("Strain paid by the member", "member_funded_strain"),
)


@dataclass(frozen=True)
class Schedule:
    """What one recipient sees in the schedule: payees, facts, assumptions, documents and sources.

    An opponent sees no assumption but those of an estimate, no gap in the evidence and no source of ours.
    """

    payees: tuple[Payee, ...] = tuple(Payee)
    facts: tuple[tuple[str, str], ...] = _FACTS
    assumptions: tuple[str, ...] = ESTIMATED
    documents: tuple[str, ...] = ()
    sources: bool = False


SCHEDULES: dict[Recipient, Schedule] = for_every_recipient(
    {
        Recipient.EMPLOYER: Schedule(),
        # The strain, and nothing of the member's pay.
        Recipient.SCHEME: Schedule(
            payees=(Payee.SCHEME,),
            facts=_SCHEME_FACTS,
            assumptions=("cut_as_cap_required", "split_by_cut_order"),
        ),
        # What is missing is asked for in the letter.
        Recipient.MEMBER: Schedule(
            assumptions=tuple(ASSUMPTIONS), documents=tuple(DOCUMENT_WORDS), sources=True
        ),
        Recipient.ISSUE_PACK: Schedule(facts=_PLEADED_FACTS),
        **dict.fromkeys(
            (*DATA_REQUESTS, Recipient.SCHEME_FACTS), Schedule(payees=(), facts=(), assumptions=())
        ),
    }
)


def _facts(claim: Claim, wanted: tuple[tuple[str, str], ...]) -> list[FactRow]:
    coded = {
        "exit_reason": _REASON_WORDS.get(claim.exit_reason, ""),
        "pension_outcome": _OUTCOME_WORDS.get(claim.pension_outcome, ""),
    }
    facts = [
        FactRow(
            what,
            coded.get(name) or claim.details.get(name) or claim.words.get(name, ""),
        )
        for what, name in wanted
    ]
    return [fact for fact in facts if fact.words]


def _received(
    claim: Claim, payees: tuple[Payee, ...], called: dict[Payee, str]
) -> list[ReceivedRow]:
    if not claim.topped_up:
        return []
    rows = [(f"To {called[payee]}", f"top_up_{payee}") for payee in payees] + [
        ("As interest", "top_up_interest")
    ] * (Payee.MEMBER in payees)
    day = claim.words["top_up_date"]
    return [ReceivedRow(what, claim.words[name], day) for what, name in rows if claim.owed(name)]


def _document(name: str) -> str:
    words = DOCUMENT_WORDS[name]
    return f"{words[0].upper()}{words[1:]}"
