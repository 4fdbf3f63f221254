"""THE list of placeholders, and the words of one letter under those names.

Templates, mail-merge files and the docs draw on this list. A placeholder is one text, a list of texts, or
a list of rows with fields.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from calculator.calculation.codes import ASSUMPTIONS
from calculator.calculation.figures import FIGURES
from calculator.facts.days import shown_day
from calculator.facts.money import shown_money
from calculator.facts.text import one_line
from calculator.letters.claim import Claim
from calculator.letters.letter_facts import assumption_words, documents_missing
from calculator.letters.plan import Plan
from calculator.letters.recipients import Recipient, Writer, for_every_recipient, one_of
from calculator.letters.sender import LONGEST, Sender
from calculator.letters.wording import Paragraph, Wording, wording
from calculator.letters.words import DOCUMENT_WORDS
from rules import interest
from rules.choices import ExitReason, PensionOutcome
from rules.exit_payments import Payee
from rules.sources import Citation, Source

RATE = f"{interest.RATE_PERCENT}% a year"
NOT_KNOWN = "not known"
YES = "yes"


class SectionRow(NamedTuple):
    """A section of the letter. ``numbered`` and ``shows_payments`` are "yes" or ""."""

    heading: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...]
    numbered: str
    shows_payments: str

    def __str__(self) -> str:
        return "\n".join((self.heading, *self.paragraphs, *self.points))


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


Value = str | tuple[Any, ...]
"""What a placeholder holds: a text, texts, or rows."""


@dataclass(frozen=True)
class Placeholder:
    """One name a template may use, and what it says. ``row`` is set for a list of rows."""

    name: str
    says: str
    group: str
    is_list: bool = False
    row: type[tuple[Any, ...]] | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the rows of a list, () for a text or a list of texts."""
        return getattr(self.row, "_fields", ()) if self.row is not None else ()


_LETTER = "The letter"
_FIGURES = "Figures of the case"
_TEXTS = "Lists of texts: one paragraph or point each"
_ROWS = "Lists of rows, for tables"

PLACEHOLDERS: tuple[Placeholder, ...] = (
    *(
        Placeholder(name, says, _LETTER)
        for name, says in (
            ("letter_to", one_of(f"`{to}`" for to in Recipient)),
            ("letter_from", one_of(f"`{writer}`" for writer in Writer)),
            ("letter_date", "Day of the letter: the day of calculation"),
            ("reply_by", "Day by which a reply is asked for"),
            ("reply_days", "Days for the reply: 14 or 28"),
            ("reference", "Your case reference; empty in a member's own letter"),
            ("subject", "The subject of the letter"),
            ("addressee", "To whom it goes"),
            ("salutation", "The first line"),
            ("farewell", "The last line"),
            ("organisation", "Your organisation; empty in a member's own letter"),
            ("contact", "How to reach you; empty in a member's own letter"),
            ("signed_by", "Who signs"),
            ("role", "The role of who signs; empty in a member's own letter"),
            ("rate", "The rate of interest"),
            ("owed_to_member", "`yes` where something is owed to the member, else empty"),
            ("owed_to_scheme", "`yes` where something is owed to the scheme, else empty"),
            ("is_estimate", "`yes` where the figures are an estimate, else empty"),
            (
                "needs_facts",
                "`yes` where nothing can be claimed before facts are known, else empty",
            ),
            (
                "under_regulation_4",
                "`yes` where SI 2021/197 reg 4 is the basis, else empty",
            ),
            ("notes", "Your notes on the case; never in our own letters"),
        )
    ),
    *(Placeholder(figure.name, figure.says, _FIGURES) for figure in FIGURES),
    *(
        Placeholder(name, says, _TEXTS, is_list=True)
        for name, says in (
            ("organisation_address", "Lines of your address; empty in a member's own letter"),
            ("opening", "Who writes, about what"),
            ("claim", "What is owed, to whom"),
            ("estimate", "That the figures are an estimate, and why"),
            ("law", "Why it is owed, with the law"),
            ("interest", "The interest: law, start, rate, days, daily amount"),
            ("pension", "The pension at exit"),
            ("requests", "What is asked for, or what happens next"),
            ("questions", "Questions to be answered, or what is not known"),
            ("documents", "Documents asked for"),
            ("time", "Records to be kept, and dates"),
            ("assumptions", "What was assumed"),
            ("documents_held", "Documents held"),
            ("documents_missing", "Documents missing"),
        )
    ),
    *(
        Placeholder(name, says, _ROWS, is_list=True, row=row)
        for name, says, row in (
            ("sections", "The sections of our own letter, in order", SectionRow),
            ("facts", "Facts entered and figures of the cap", FactRow),
            ("payments", "Each payment due, paid and short", PaymentRow),
            ("interest_lines", "The interest to each payee", InterestRow),
            ("received", "Sums paid since the exit", ReceivedRow),
            ("totals", "What each payee is owed, apart", TotalRow),
            ("law_relied_on", "The provisions the letter states", LawRow),
        )
    ),
)
BY_NAME: dict[str, Placeholder] = {placeholder.name: placeholder for placeholder in PLACEHOLDERS}

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


def letter_words(claim: Claim, plan: Plan, sender: Sender) -> dict[str, Value]:
    """Fill every placeholder with the words of one letter.

    Takes the claim of the plan's row and who sends the letter. Returns a text or a tuple for each name of
    :data:`PLACEHOLDERS`; a text is one line, without characters that XML or a terminal cannot take.
    """
    text = wording(claim, plan.to, plan.writer, sender)
    own = plan.writer is Writer.MEMBER
    words: dict[str, Value] = dict(claim.words)
    words.update(
        letter_to=plan.to.value,
        letter_from=plan.writer.value,
        letter_date=shown_day(claim.as_at),
        reply_by=shown_day(sender.reply_by(claim.as_at)),
        reply_days=str(sender.reply_days),
        reference="" if own else claim.words["case_ref"],
        subject=text.subject,
        addressee=text.addressee,
        salutation=text.salutation,
        farewell=text.farewell,
        organisation="" if own else one_line(sender.organisation, LONGEST),
        organisation_address=()
        if own
        else tuple(one_line(line, LONGEST) for line in sender.address),
        contact="" if own else one_line(sender.contact, LONGEST),
        signed_by=(claim.words["member_name"] or "[Your name]")
        if own
        else one_line(sender.signed_by, LONGEST),
        role="" if own else one_line(sender.role, LONGEST),
        rate=RATE,
        owed_to_member=YES if claim.owed("member_total") else "",
        owed_to_scheme=YES if claim.owed("scheme_total") else "",
        is_estimate=YES if claim.estimated else "",
        needs_facts="" if claim.computed else YES,
        under_regulation_4=YES if claim.lines.regulation_4 else "",
        notes=claim.notes,
        opening=_texts(text.opening),
    )
    named = {section.name: section for section in text.sections}
    for name in _SECTIONS:
        section = named.get(name)
        words[name] = _texts((*section.paragraphs, *section.points)) if section else ()
    words["sections"] = tuple(
        SectionRow(
            section.heading,
            _texts(section.paragraphs),
            _texts(section.points),
            YES if section.numbered else "",
            YES if section.shows_payments else "",
        )
        for section in text.sections
    )
    words.update(_schedule(claim, plan, text))
    return words


_SECTIONS = (
    "claim",
    "estimate",
    "law",
    "interest",
    "pension",
    "requests",
    "questions",
    "documents",
    "time",
)


def _texts(paragraphs: tuple[Paragraph, ...]) -> tuple[str, ...]:
    return tuple(paragraph.text for paragraph in paragraphs)


def _schedule(claim: Claim, plan: Plan, text: Wording) -> dict[str, Value]:
    """Fill the lists of the schedule with what the recipient may see."""
    schedule = SCHEDULES[plan.to]
    payees, called = schedule.payees, _called(plan)
    missing = documents_missing(claim)
    return {
        "facts": tuple(_facts(claim, schedule.facts)),
        "payments": tuple(
            PaymentRow(
                line.title,
                shown_money(line.due) if line.due is not None else NOT_KNOWN,
                shown_money(line.paid) if line.paid is not None else NOT_KNOWN,
                _difference(line.short, line.estimated and claim.computed),
                called[line.payee],
                line.citation.label,
            )
            for line in claim.lines.payments
            if line.payee in payees
        ),
        "interest_lines": tuple(
            InterestRow(
                called[line.payee],
                shown_money(line.principal)
                if line.reduced_to == line.principal
                else f"{shown_money(line.principal)}, from {claim.words['top_up_date']} "
                f"{shown_money(line.reduced_to)}",
                shown_day(line.start),
                RATE,
                f"{line.days:,}",
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
            if claim.computed and (claim.owed(f"{payee}_shortfall") or claim.owed(f"{payee}_total"))
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
        "law_relied_on": tuple(_law_rows(text.citations)),
    }


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


def _called(plan: Plan) -> dict[Payee, str]:
    if plan.to is Recipient.MEMBER:
        return {Payee.MEMBER: "you", Payee.SCHEME: "your pension scheme"}
    if plan.writer is Writer.MEMBER:
        return {Payee.MEMBER: "me", Payee.SCHEME: "the pension scheme"}
    return {Payee.MEMBER: "the member", Payee.SCHEME: "the pension scheme"}


def _difference(short: int | None, estimated: bool) -> str:
    if short is None:
        return NOT_KNOWN
    sign = "−" if short < 0 else ""
    return f"{sign}{shown_money(abs(short))}{' (estimate)' if estimated else ''}"


_FACTS = (
    ("Name", "member_name"),
    ("Employer", "employer_name"),
    ("Day of exit", "exit_date"),
    ("Reason for leaving", "exit_reason"),
    ("Date of birth", "date_of_birth"),
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
_SCHEME_FACTS = (
    ("Name", "member_name"),
    ("Employer", "employer_name"),
    ("Day of exit", "exit_date"),
    ("Reason for leaving", "exit_reason"),
    ("Date of birth", "date_of_birth"),
    ("What happened to the pension", "pension_outcome"),
    ("Strain invoiced, or would have been, on", "strain_due_date"),
    ("Strain paid by the member", "member_funded_strain"),
)


@dataclass(frozen=True)
class Schedule:
    """What one recipient sees in the schedule: payees, facts, assumptions and documents."""

    payees: tuple[Payee, ...] = tuple(Payee)
    facts: tuple[tuple[str, str], ...] = _FACTS
    assumptions: tuple[str, ...] = tuple(ASSUMPTIONS)
    documents: tuple[str, ...] = tuple(DOCUMENT_WORDS)


SCHEDULES: dict[Recipient, Schedule] = for_every_recipient(
    {
        Recipient.EMPLOYER: Schedule(),
        # The strain, and nothing of the member's pay.
        Recipient.SCHEME: Schedule(
            payees=(Payee.SCHEME,),
            facts=_SCHEME_FACTS,
            assumptions=(
                "nation_england",
                "employer_listed",
                "strain_due_on_payment",
                "cut_as_cap_required",
                "split_by_cut_order",
            ),
            documents=("strain_quote", "strain_invoice", "pension_statement"),
        ),
        Recipient.MEMBER: Schedule(),
    }
)


def _facts(claim: Claim, wanted: tuple[tuple[str, str], ...]) -> list[FactRow]:
    coded = {
        "exit_reason": _REASON_WORDS.get(claim.exit_reason, ""),
        "pension_outcome": _OUTCOME_WORDS.get(claim.pension_outcome, ""),
    }
    facts = [FactRow(what, coded.get(name) or claim.words.get(name, "")) for what, name in wanted]
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


def flat_words(words: dict[str, Value]) -> dict[str, str]:
    """Flatten the words of a letter to one text a name, for mail merge: a list becomes lines of one text.

    The sections of our own letter are left out, as their texts have names of their own.
    """
    return {
        name: value if isinstance(value, str) else "\n".join(str(part) for part in value)
        for name, value in words.items()
        if name != "sections"
    }
