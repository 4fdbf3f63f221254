"""THE list of placeholders, and the words of one letter under those names.

Templates, mail-merge files and the docs draw on this list. A placeholder is one text, a list of texts, or
a list of rows with fields.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from calculator.calculation.figures import FIGURES
from calculator.facts.days import shown_day
from calculator.facts.text import one_line
from calculator.letters.chaser import chaser_wording
from calculator.letters.claim import Claim
from calculator.letters.plan import Plan
from calculator.letters.recipients import Recipient, Writer, one_of
from calculator.letters.schedule import (
    RATE,
    FactRow,
    InterestRow,
    LawRow,
    PaymentRow,
    ReceivedRow,
    TotalRow,
    schedule_rows,
)
from calculator.letters.sender import LONGEST, Sender
from calculator.letters.wording import SECTIONS, LetterSection, Paragraph, wording

YES = "yes"


class SectionRow(NamedTuple):
    """A section of the letter or of an enclosure, with lines to fill in.

    ``numbered``, ``shows_payments`` and ``starts_page`` are "yes" or "".
    """

    heading: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...]
    numbered: str
    shows_payments: str
    form: tuple[str, ...] = ()
    starts_page: str = ""

    def __str__(self) -> str:
        return "\n".join((self.heading, *self.paragraphs, *self.points, *self.form))


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
_DETAILS = "Names and numbers that only letters use"
_OF_LETTERS = (
    ("debtor_name", "Who owes it now, if another body"),
    ("fund_name", "The pension fund"),
    ("ni_number", "The member's National Insurance number"),
    ("payroll_number", "The member's payroll number"),
    ("job_title", "The member's job title"),
)
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
            (
                "reply_by",
                "Day by which a reply is asked for, a working day; of a data request a month after its day",
            ),
            ("pay_by", "Day by which payment is asked for, a working day"),
            ("reply_days", "The usual days for the reply: 14 or 28"),
            ("draft", "`yes` until somebody has approved the letters, else empty"),
            ("marking", "How the letter is marked, such as Private and confidential"),
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
            ("sent_on", "In a chaser: the day of the letter that was not answered; else empty"),
            ("notes", "Your notes on the case; never in our own letters"),
        )
    ),
    *(Placeholder(figure.name, figure.says, _FIGURES) for figure in FIGURES),
    *(Placeholder(name, says, _DETAILS) for name, says in _OF_LETTERS),
    *(
        Placeholder(name, says, _TEXTS, is_list=True)
        for name, says in (
            ("organisation_address", "Lines of your address; empty in a member's own letter"),
            ("own_address", "Lines of the member's address; only in a member's own letter"),
            ("addressee_address", "Lines of the address of the person or body it goes to"),
            ("opening", "Who writes, about what"),
            ("claim", "What is owed, to whom"),
            ("estimate", "That the figures are an estimate, and why"),
            ("law", "Why it is owed, with the law"),
            ("interest", "The interest: law, start, rate, days, daily amount"),
            ("pension", "The pension at exit"),
            ("requests", "What is asked for, or what happens next"),
            ("questions", "Questions to be answered, or what is not known"),
            ("documents", "Documents asked for"),
            ("practice", "What the Practice Direction on conduct before a claim asks for"),
            ("time", "Documents to be kept, and dates"),
            ("assumptions", "What was assumed"),
            ("documents_held", "Documents held"),
            ("documents_missing", "Documents missing"),
        )
    ),
    *(
        Placeholder(name, says, _ROWS, is_list=True, row=row)
        for name, says, row in (
            ("action", "What the member is to know and to do first", FactRow),
            ("sections", "The sections of our own letter, in order", SectionRow),
            ("enclosures", "The parts of what is enclosed, in order", SectionRow),
            ("facts", "Facts entered and figures of the cap", FactRow),
            ("payments", "Each payment due, paid and short", PaymentRow),
            ("interest_lines", "The interest to each payee", InterestRow),
            ("received", "Sums paid since the exit", ReceivedRow),
            ("totals", "What each recipient is owed, separately", TotalRow),
            ("law_relied_on", "The provisions the letter states", LawRow),
        )
    ),
)
BY_NAME: dict[str, Placeholder] = {placeholder.name: placeholder for placeholder in PLACEHOLDERS}
_SECTIONS = tuple(dict.fromkeys(name for names in SECTIONS.values() for name in names))


def letter_words(claim: Claim, plan: Plan, sender: Sender) -> dict[str, Value]:
    """Fill every placeholder with the words of one letter.

    Takes the claim of the plan's row and who sends the letter. Returns a text or a tuple for each name of
    :data:`PLACEHOLDERS`; a text is one line, without characters that XML or a terminal cannot take.
    """
    text = (
        chaser_wording(claim, plan, sender)
        if plan.is_chaser
        else wording(claim, plan.to, plan.writer, sender)
    )
    own = plan.writer is Writer.MEMBER
    ni = claim.lines.northern_ireland
    reply_due = sender.reply_due(plan.to, claim.as_at, claim.issue_by, ni)
    words: dict[str, Value] = dict(claim.words)
    words.update({name: claim.details[name] for name, _ in _OF_LETTERS})
    words.update(
        letter_to=plan.to.value,
        letter_from=plan.writer.value,
        letter_date=shown_day(claim.as_at),
        reply_by=shown_day(reply_due) if reply_due else "",
        pay_by=shown_day(sender.pay_by(claim.as_at, ni)),
        reply_days=str(sender.reply_days),
        draft="" if sender.approved_by and plan.to is not Recipient.ISSUE_PACK else YES,
        marking=text.marking,
        reference="" if own else claim.words["case_ref"],
        subject=text.subject,
        addressee=text.addressee,
        salutation=text.salutation,
        farewell=text.farewell,
        organisation="" if own else one_line(sender.organisation, LONGEST),
        organisation_address=()
        if own
        else tuple(one_line(line, LONGEST) for line in sender.address),
        own_address=claim.addresses["member_address"] if own else (),
        addressee_address=claim.addresses.get(plan.to.address, ()),
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
        sent_on=shown_day(plan.tracked.sent_on)
        if plan.is_chaser and plan.tracked is not None and plan.tracked.sent_on is not None
        else "",
        notes=claim.notes,
        opening=_texts(text.opening),
    )
    named = {section.name: section for section in text.sections}
    for name in _SECTIONS:
        section = named.get(name)
        words[name] = _texts((*section.paragraphs, *section.points)) if section else ()
    words["action"] = tuple(FactRow(what, said) for what, said in text.action)
    words["sections"] = tuple(map(_row, text.sections))
    words["enclosures"] = tuple(map(_row, text.enclosures))
    words.update(schedule_rows(claim, plan, text.citations))
    return words


def _row(section: LetterSection) -> SectionRow:
    return SectionRow(
        section.heading,
        _texts(section.paragraphs),
        _texts(section.points),
        YES if section.numbered else "",
        YES if section.shows_payments else "",
        section.form,
        YES if section.starts_page else "",
    )


def _texts(paragraphs: tuple[Paragraph, ...]) -> tuple[str, ...]:
    return tuple(paragraph.text for paragraph in paragraphs)


def flat_words(words: dict[str, Value]) -> dict[str, str]:
    """Flatten the words of a letter to one text a name, for mail merge: a list becomes lines of one text.

    The sections of our own letter are left out, as their texts have names of their own.
    """
    return {
        name: value if isinstance(value, str) else "\n".join(str(part) for part in value)
        for name, value in words.items()
        if name != "sections"
    }
