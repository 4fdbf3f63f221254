"""The sentences of the letters, by recipient, triage and basis. Each sentence on law carries its provision.

A letter is a list of sections, each with paragraphs and points. Amounts and days are words of the claim;
no sentence works anything out. Where the law is open the sentence says "may" or "we take".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.codes import ASSUMPTIONS, DOCUMENT_WORDS, QUESTIONS, REASONS
from calculator.explanation.words import WARNING
from calculator.facts.days import shown_day
from calculator.facts.fields import BY_NAME
from calculator.facts.money import shown_money
from calculator.letters.claim import Claim
from calculator.letters.plan import Recipient, Writer
from calculator.letters.sender import Sender
from rules import sources
from rules.choices import EmployerKind, ExitReason, PensionOutcome, Scheme, YesNo
from rules.exit_payments import Payee
from rules.sources import Citation

THE_2020_REGULATIONS = (
    "the Restriction of Public Sector Exit Payments Regulations 2020 (SI 2020/1122) (“the 2020 "
    "Regulations”)"
)
THE_2021_REGULATIONS = (
    "the Restriction of Public Sector Exit Payments (Revocation) Regulations 2021 (SI 2021/197) (“the "
    "2021 Regulations”)"
)
PERIOD = "from 4 November 2020 to 19 March 2021"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph or point, and the provisions it states."""

    text: str
    law: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading with paragraphs, then points. ``name`` is the placeholder of its texts."""

    name: str
    heading: str
    paragraphs: tuple[Paragraph, ...] = ()
    points: tuple[Paragraph, ...] = ()
    numbered: bool = False
    shows_payments: bool = False


@dataclass(frozen=True)
class Wording:
    """A letter in words: its subject, whom it is for, its opening, its sections, its end."""

    subject: str
    addressee: str
    salutation: str
    opening: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    farewell: str

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every provision the letter states, once each, in the order it is first stated."""
        paragraphs = [*self.opening]
        for section in self.sections:
            paragraphs += [*section.paragraphs, *section.points]
        # By identity: each is one object of rules.sources, and to hash its texts takes long.
        found = {id(law): law for paragraph in paragraphs for law in paragraph.law}
        return tuple(found.values())


@dataclass(frozen=True)
class _Voice:
    """How the writer speaks of themselves and of the person whose money it is."""

    we: str
    us: str
    member: str
    to_member: str
    members: str
    has: str
    was: str

    @property
    def subject(self) -> str:
        """The person at the start of a sentence."""
        return self.member[0].upper() + self.member[1:]


_UNION = _Voice("we", "us", "the member", "the member", "the member's", "has", "was")
_OWN = _Voice("I", "me", "I", "me", "my", "have", "was")


@dataclass(frozen=True)
class _Letter:
    """What every sentence draws on."""

    claim: Claim
    sender: Sender
    voice: _Voice
    writer: Writer
    reply_by: str = field(default="")

    @property
    def words(self) -> dict[str, str]:
        return self.claim.words

    @property
    def we(self) -> str:
        return self.voice.we[0].upper() + self.voice.we[1:]


def wording(claim: Claim, to: Recipient, writer: Writer, sender: Sender) -> Wording:
    """The letter of one claim to one recipient, written by the union or by the member.

    Takes a claim of a row that a plan says is to be written; gives the letter in words, each statement of
    law with its provision in :mod:`rules.sources`.
    """
    voice = _OWN if writer is Writer.MEMBER else _UNION
    letter = _Letter(claim, sender, voice, writer, shown_day(sender.reply_by(claim.as_at)))
    return {
        Recipient.EMPLOYER: _to_employer,
        Recipient.SCHEME: _to_scheme,
        Recipient.MEMBER: _to_member,
    }[to](letter)


def _sections(*sections: Section) -> tuple[Section, ...]:
    return tuple(s for s in sections if s.paragraphs or s.points or s.shows_payments)


# To the employer.


def _to_employer(letter: _Letter) -> Wording:
    claim, words = letter.claim, letter.words
    ask = claim.triage is Triage.NEEDS_DATA
    own = letter.writer is Writer.MEMBER
    whose = "My exit payments" if own else f"Exit payments of {_name(letter)}"
    return Wording(
        subject=f"{whose}: exit on {words['exit_date']}",
        addressee=words["employer_name"] or "The employer",
        salutation="Dear Sir or Madam",
        opening=tuple(_employer_opening(letter)),
        sections=_sections(
            Section(
                "claim",
                "The facts we have" if ask and not own else "The facts" if ask else "What is owed",
                tuple(_claim(letter)),
                shows_payments=bool(claim.lines.payments),
            ),
            Section("estimate", "Estimate", tuple(_estimate(letter))),
            Section("law", "Why it is owed" if not ask else "The law", tuple(_law(letter))),
            Section("interest", "Interest", tuple(_interest(letter))),
            Section(
                "requests",
                "What is asked",
                (Paragraph(f"Please do the following by {letter.reply_by}."),),
                tuple(_requests(letter)),
                numbered=True,
            ),
            Section("questions", "Please answer", (), tuple(_questions(letter))),
            Section("documents", "Please send", tuple(_documents_asked(letter))),
            Section("time", "Records and time", tuple(_time(letter))),
        ),
        farewell="Yours faithfully",
    )


def _name(letter: _Letter) -> str:
    return letter.words["member_name"] or "our member"


def _who(letter: _Letter) -> Iterator[str]:
    name, words = letter.words["member_name"], letter.words
    if letter.writer is Writer.MEMBER:
        yield f"My employment or office with you ended on {words['exit_date']}."
        return
    yield (
        f"We act for {name} (“the member”)."
        if name
        else "We act for a former employee or office-holder of yours (“the member”)."
    )
    yield f"The member's employment or office with you ended on {words['exit_date']}."


def _employer_opening(letter: _Letter) -> Iterator[Paragraph]:
    claim = letter.claim
    said = list(_who(letter))
    the_cap = f"the exit payment cap of £95,000 in {THE_2020_REGULATIONS}"
    law: tuple[Citation, ...] = (sources.CAP_IN_ACT, sources.THE_CAP)
    if claim.triage is Triage.NEEDS_DATA:
        said.append(
            f"The payments made on the exit may have been reduced under {the_cap}. Whether, and by how "
            f"much, {letter.voice.we} cannot say without the facts asked for below."
        )
    elif not _cap_caused(claim):
        said.append(
            f"{letter.we} write to claim payments that were due on the exit and were not paid in full. "
            + _why_not_the_cap(letter)
        )
        law = (sources.THE_CAP,) if "shortfall_within_cap" in claim.reasons else ()
    elif claim.triage is Triage.PART_REPAIRED:
        rest = (
            f"They have been paid since. {letter.we} write to claim the interest on them."
            if _interest_only(claim)
            else f"Part has been paid since. {letter.we} write to claim what is still owed."
        )
        said.append(f"On the exit, sums were withheld under {the_cap}. {rest}")
    else:
        said.append(f"{letter.we} write to claim the sums that were withheld under {the_cap}.")
    if claim.estimated and claim.computed:
        said.append("The figures are an estimate, for the reasons given below.")
    yield Paragraph(" ".join(said), law)


def _lgps(claim: Claim) -> bool:
    """Whether the LGPS Regulations 2013 apply: Scotland and Northern Ireland have schemes of their own."""
    elsewhere = claim.lines.scotland or claim.lines.northern_ireland
    return claim.scheme is Scheme.LGPS and not elsewhere


def _cap_caused(claim: Claim) -> bool:
    """Whether the cap required a reduction of this exit."""
    return claim.owed("reduction_expected") > 0


def _why_not_the_cap(letter: _Letter) -> str:
    if "cap_wholly_waived" in letter.claim.reasons:
        return "The cap on exit payments was wholly waived for this exit."
    return (
        "On these figures the cap on exit payments, in regulation 3 of "
        f"{THE_2020_REGULATIONS}, required no reduction of this exit."
    )


def _interest_only(claim: Claim) -> bool:
    return not claim.owed("member_outstanding") and not claim.owed("scheme_outstanding")


def _claim(letter: _Letter) -> Iterator[Paragraph]:
    claim, voice = letter.claim, letter.voice
    if not claim.computed:
        if claim.lines.payments:
            yield Paragraph("The table shows what is known of each payment.")
        return
    for payee, to in (("member", voice.to_member), ("scheme", "the pension scheme")):
        if claim.owed(f"{payee}_total"):
            yield _sum_of(letter, payee, to)
    if claim.owed("member_total") and claim.owed("scheme_total"):
        yield Paragraph(
            "These are two sums for two payees. They are stated apart and are not to be added.",
            (sources.WHO_IS_PAID,) if claim.lines.regulation_4 else (),
        )
    yield from _cash_alternative(letter)
    if claim.lines.refunded_strain:
        yield Paragraph(
            f"{voice.subject} paid {shown_money(claim.lines.refunded_strain)} of the strain personally. "
            f"That part is owed back to {voice.to_member} and is in the sum owed to {voice.to_member}.",
        )
    for payee in ("member", "scheme"):
        if f"{payee}_overpaid_at_exit" in claim.reasons:
            yield Paragraph(_overpaid(letter, payee), (sources.WHO_IS_PAID,))
    if claim.topped_up:
        yield Paragraph(_received(letter))
    if claim.lines.payments:
        yield Paragraph(
            "The table shows what was due and paid at the exit."
            + (
                f" Strain is what the pension scheme charges so that {voice.members} early pension is not "
                "reduced."
                if claim.owed("scheme_total")
                else ""
            )
        )


def _sum_of(letter: _Letter, payee: str, to: str) -> Paragraph:
    claim, words = letter.claim, letter.words
    total, left = words[f"{payee}_total"], words[f"{payee}_outstanding"]
    unpaid, daily = claim.owed(f"{payee}_interest"), claim.owed(f"{payee}_daily_interest")
    estimated = " (estimate)" if claim.estimated else ""
    owed = f"To {to}: {total}{estimated}."
    if unpaid and claim.owed(f"{payee}_outstanding"):
        owed += f" That is {left} and interest of {words[f'{payee}_interest']} to {words['as_at']}."
    elif unpaid:
        owed += f" That is interest to {words['as_at']}."
    if daily and claim.lines.regulation_4:
        owed += f" It grows by {words[f'{payee}_daily_interest']} a day until payment."
    if payee == "scheme":
        owed += f" It is to be paid to the scheme and not to {letter.voice.to_member}."
    return Paragraph(owed, (sources.WHO_IS_PAID,) if claim.lines.regulation_4 else ())


def _cash_alternative(letter: _Letter) -> Iterator[Paragraph]:
    claim, words, voice = letter.claim, letter.words, letter.voice
    paid = words["cash_alternative_paid"]
    if not claim.owed("cash_alternative_paid"):
        return
    start = (
        f"A cash alternative of {paid} was paid to {voice.to_member} under regulation 8 of the 2020 "
        "Regulations."
    )
    law: tuple[Citation, ...] = (sources.CASH_ALTERNATIVE,)
    if not claim.lines.credit:
        yield Paragraph(f"{start} It is not set against the shortfall here.", law)
        return
    before = shown_money(claim.lines.scheme_before_credit)
    text = (
        f"{start} Credit is given for it, first against what is short to the scheme, which was {before} "
        "before the credit. The scheme may ask you for that sum in full. If it does, please pay it in full. "
        f"Whether {voice.member} must then hand the cash alternative back is a question between you and "
        f"{voice.to_member}."
    )
    if _lgps(claim):
        law = (*law, sources.FUNDS_PAY_UNREDUCED)
    yield Paragraph(text, law)


def _overpaid(letter: _Letter, payee: str) -> str:
    who = letter.voice.subject if payee == "member" else "The scheme"
    other = "the scheme" if payee == "member" else letter.voice.to_member
    return (
        f"{who} was paid more than was due at the exit. The excess has been set against what is short to "
        f"{other}, as regulation 4(3) gives one net difference."
        if letter.claim.lines.regulation_4
        else f"{who} was paid more than was due at the exit. The excess has been set against what is "
        f"short to {other}."
    )


def _received(letter: _Letter) -> str:
    claim, words = letter.claim, letter.words
    sums = [
        f"{words[name]} {to}"
        for name, to in (
            ("top_up_member", f"to {letter.voice.to_member}"),
            ("top_up_scheme", "to the pension scheme"),
            ("top_up_interest", "as interest"),
        )
        if claim.owed(name)
    ]
    return f"Since the exit you have paid {_listed(sums)} on {words['top_up_date']}. Credit is given for it."


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


ESTIMATED = ("cut_as_cap_required", "split_by_cut_order", "notice_exempt", "linked_nothing_used")
"""The assumptions that make a figure an estimate."""
_CUT_ORDER = {
    "strain_first": "first on the strain, then on the other payments",
    "cash_first": "first on the other payments, then on the strain",
    "pro_rata": "on all payments in proportion",
}


def assumption_words(claim: Claim, code: str) -> str:
    """An assumption as a letter says it: without the names of the program's settings."""
    if code == "split_by_cut_order":
        order = _CUT_ORDER[claim.positions.cut_order]
        return f"How the cut fell on the payments is not known: it is taken to have fallen {order}."
    if code == "cut_as_cap_required":
        return "What was paid is not known: the reduction is taken to be what the cap required, and no more."
    return ASSUMPTIONS[code]


def _estimate(letter: _Letter) -> Iterator[Paragraph]:
    claim = letter.claim
    if not claim.estimated or not claim.computed:
        return
    causes = [assumption_words(claim, code) for code in claim.assumptions if code in ESTIMATED]
    yield Paragraph(" ".join(["The figures in this letter are an estimate.", *causes]))
    yield Paragraph(
        "You hold the exact figures. Please send those asked for below. The claim will be corrected to "
        "them."
    )


def _law(letter: _Letter) -> Iterator[Paragraph]:
    claim = letter.claim
    if claim.lines.regulation_4:
        yield from _regulation_4(letter)
    if claim.computed and not _interest_only(claim):
        yield from _contract(letter)
    elif not claim.computed and not claim.lines.regulation_4:
        yield Paragraph(
            "If less was paid than was due, the rest may be claimed under the contract and the rules of the "
            "pension scheme."
        )
    claims_more = claim.computed and not _interest_only(claim)
    if claim.lines.regulation_4 and claims_more and _in_guidance(claim):
        yield Paragraph(
            "Third, guidance. On 12 February 2021 the Treasury, in guidance reported by the Local "
            "Government Association, encouraged employers to pay what the cap had withheld. Regulation 4 "
            "came after it and goes further: it is a duty.",
            (sources.GUIDANCE_TO_PAY, sources.WHO_IS_PAID),
        )


def _in_guidance(claim: Claim) -> bool:
    """The guidance was for exits in England to 12 February 2021."""
    lines = claim.lines
    elsewhere = lines.wales or lines.scotland or lines.northern_ireland
    return not elsewhere and claim.days["exit_date"] <= date(2021, 2, 12)


def _regulation_4(letter: _Letter) -> Iterator[Paragraph]:
    claim, words = letter.claim, letter.words
    first = claim.computed and not _interest_only(claim)
    start = "First, regulation 4 of " if first else "Regulation 4 of "
    yield Paragraph(
        f"{start}{THE_2021_REGULATIONS} applies where a relevant authority made an exit payment {PERIOD} "
        "in respect of a relevant public sector exit, and a greater amount would have been due had "
        "regulation 3 of the 2020 Regulations not been in force (regulation 4(2)). The authority must then "
        "pay the difference, with interest (regulation 4(3)). A payment to the pension scheme in respect of "
        "the person is included (regulation 4(1)).",
        (sources.THE_DIFFERENCE, sources.RELEVANT_PERIOD, sources.WHO_IS_PAID),
    )
    said = [_authority(letter)]
    if words["payment_date"] and not claim.lines.payment_assumed:
        said.append(f"A payment was made on {words['payment_date']}.")
    else:
        said.append(
            f"The day of payment is not known; it is taken as the day of exit, {words['exit_date']}."
        )
    if claim.computed and _cap_caused(claim):
        said.append(
            f"The payments that counted came to {words['counted_total']}. The cap allowed "
            f"{words['allowed_total']}. It therefore required a reduction of {words['reduction_expected']}."
        )
        if claim.owed("cap_used_before"):
            said.append(
                f"Earlier exits within 28 days had used {words['cap_used_before']} of the cap."
            )
    law = (sources.THE_SCHEDULE, sources.DEFINITIONS, sources.THE_CAP, sources.STATUTORY_PROTECTED)
    yield Paragraph(" ".join(said), law)


def _authority(letter: _Letter) -> str:
    entry = letter.claim.lines.schedule_entry
    if entry:
        return f"You are named in the Schedule to the 2020 Regulations: {entry.rstrip('.')}."
    return (
        f"{letter.we} take you to be a body that the Schedule to the 2020 Regulations describes. If you say "
        "that you were not, please say why."
    )


def _contract(letter: _Letter) -> Iterator[Paragraph]:
    claim = letter.claim
    ordinal = "Second, " if claim.lines.regulation_4 else ""
    if claim.owed("member_total"):
        start = f"{ordinal}contract. What" if ordinal else "What"
        text = (
            f"{start} was due on the exit under the contract, and under any policy or agreement that was "
            "part of it, was not paid in full. "
        )
        if claim.owed("scheme_total"):
            text += "Nor was what was due under the rules of the pension scheme. "
    else:
        start = (
            f"{ordinal}the contract and the rules of the pension scheme. What"
            if ordinal
            else "What"
        )
        under = "them" if ordinal else "the contract and the rules of the pension scheme"
        text = f"{start} was due on the exit under {under} was not paid in full. "
    law: tuple[Citation, ...] = ()
    if _cap_caused(claim):
        revoking = "the 2021 Regulations" if claim.lines.regulation_4 else THE_2021_REGULATIONS
        text += (
            "The 2020 Regulations forbade payment above the cap; they did not say that the entitlement "
            f"ended. They have been revoked (regulation 3 of {revoking}). "
        )
        law = (sources.THE_CAP, sources.REVOCATION)
    alternative = " in the alternative; no sum is claimed twice" if claim.lines.regulation_4 else ""
    yield Paragraph(f"{text}The shortfall is claimed as a debt{alternative}.", law)
    if claim.owed("scheme_total") and not claim.lines.regulation_4:
        if _lgps(claim):
            yield Paragraph(
                "The strain is for the pension scheme. The administering authority may require you to pay "
                "it (regulation 68(2) of the Local Government Pension Scheme Regulations 2013).",
                (sources.LGPS_STRAIN,),
            )
        else:
            yield Paragraph(
                "The strain is for the pension scheme and is payable under the scheme's rules."
            )


def _interest(letter: _Letter) -> Iterator[Paragraph]:
    claim, words, voice = letter.claim, letter.words, letter.voice
    if not claim.computed:
        return
    if not claim.lines.regulation_4:
        if not (claim.lines.scotland or claim.lines.northern_ireland):
            yield Paragraph(
                "No interest is claimed here. A court may award it in proceedings (County Courts Act 1984, "
                "section 69).",
                (sources.COURT_INTEREST,),
            )
        return
    yield Paragraph(
        "Regulation 4(3) adds interest calculated in accordance with the Judgment Debts (Rate of Interest) "
        "Order 1993 (SI 1993/564), article 2: 8% a year. It is taken as simple interest, by the day, on a "
        "year of 365 days.",
        (sources.WHO_IS_PAID, sources.EIGHT_PER_CENT, sources.SIMPLE_INTEREST),
    )
    for line in claim.lines.interest:
        to = voice.to_member if line.payee is Payee.MEMBER else "the pension scheme"
        days = f"{line.days:,} days" if line.days != 1 else "1 day"
        if line.reduced_to == line.principal:
            on = f"on {shown_money(line.principal)} for {days}"
        else:
            on = (
                f"on {shown_money(line.principal)} for the first {line.days_before:,} of {days}, and on "
                f"{shown_money(line.reduced_to)} after {words['top_up_date']}"
            )
        said = (
            f"To {to}: {on}, from {shown_day(line.start)} (that day left out) to {words['as_at']}: "
            f"{shown_money(line.accrued)}."
        )
        unpaid = claim.owed(f"{line.payee}_interest")
        if unpaid != line.accrued:
            said += f" Of it {shown_money(unpaid)} is unpaid."
        daily = claim.owed(f"{line.payee}_daily_interest")
        if daily:
            said += f" Each further day adds {shown_money(daily)}."
        yield Paragraph(said, (sources.EIGHT_PER_CENT,))
    if claim.lines.interest:
        yield Paragraph(_interest_from(letter), (sources.WHO_IS_PAID, sources.INTEREST_START))


def _interest_from(letter: _Letter) -> str:
    position = letter.claim.positions.interest_start
    taken = {
        "payment": "the day of the reduced payment and, for strain, the day it was or would have been "
        "invoiced, as the LGPS Scheme Advisory Board does",
        "exit": "the day of exit",
        "revocation": "the day of payment or, if later, 19 March 2021, when the duty to pay began",
    }[position]
    return (
        f"Regulation 4(3) does not name the day on which interest starts. It is taken as {taken}."
    )


def _requests(letter: _Letter) -> Iterator[Paragraph]:
    claim, words, voice = letter.claim, letter.words, letter.voice
    if claim.computed:
        on_estimate = ", on the estimate above or on your exact figures" if claim.estimated else ""
        for payee, to in (("member", voice.to_member), ("scheme", "the pension scheme")):
            if not claim.owed(f"{payee}_total"):
                continue
            more = ""
            if claim.owed(f"{payee}_daily_interest") and claim.lines.regulation_4:
                more = (
                    f", and {words[f'{payee}_daily_interest']} for each day after {words['as_at']} until "
                    "payment"
                )
            full = ""
            if payee == "scheme" and claim.owed("scheme_outstanding"):
                full = ". If the scheme asks for more to meet the full strain, pay that too"
            yield Paragraph(
                f"Pay {words[f'{payee}_total']} to {to}{on_estimate}{more}{full}.",
                (sources.WHO_IS_PAID,) if claim.lines.regulation_4 else (),
            )
        yield _acknowledge(letter)
    else:
        yield Paragraph("Answer the questions and send the documents below.")
        if claim.lines.regulation_4:
            yield Paragraph(
                "If less was paid than would have been due without the cap, pay the difference to each "
                "payee, with interest (regulation 4(3)).",
                (sources.WHO_IS_PAID,),
            )
        else:
            yield Paragraph("If less was paid than was due, pay the difference to each payee.")
    if not claim.lines.scotland:
        yield Paragraph(
            "If you do not pay in full by that day, sign a standstill agreement, under which the time while "
            f"it lasts does not count for any limit of time.{_draft(letter)}"
        )
    if _written_calculation(claim):
        yield _calculation(letter)
    if claim.owed("member_total"):
        yield Paragraph("Say how tax has been or will be taken from what is paid.")


def _draft(letter: _Letter) -> str:
    return "" if letter.writer is Writer.MEMBER else " We will send a draft."


def _acknowledge(letter: _Letter) -> Paragraph:
    lines = letter.claim.lines
    text = "Send a signed written acknowledgment that each sum is owed"
    if lines.scotland:
        return Paragraph(f"{text}.")
    if lines.northern_ireland:
        return Paragraph(
            f"{text} (Limitation (Northern Ireland) Order 1989).", (sources.NI_ACKNOWLEDGMENT,)
        )
    return Paragraph(
        f"{text} (Limitation Act 1980, sections 29(5) and 30).", (sources.ACKNOWLEDGMENT,)
    )


def _written_calculation(claim: Claim) -> bool:
    return any(line.title == "Redundancy pay" for line in claim.lines.payments) and (
        "redundancy_calculation" not in claim.held or "redundancy" in claim.questions
    )


def _calculation(letter: _Letter) -> Paragraph:
    claim = letter.claim
    text = "Send the written calculation of the redundancy payment"
    # Crown servants and Northern Ireland stand outside section 165 or under another Act.
    covered = (
        claim.exit_reason is ExitReason.REDUNDANCY
        and claim.employer_kind is not EmployerKind.CIVIL_SERVICE
        and not claim.lines.northern_ireland
    )
    if not covered:
        return Paragraph(f"{text}.")
    return Paragraph(
        f"{text} (Employment Rights Act 1996, section 165(1)). So far as none was given, take this as notice "
        "under section 165(3).",
        (sources.WRITTEN_CALCULATION,),
    )


_ASKED_ELSEWHERE = ("acknowledge", "redundancy")


def _questions(letter: _Letter) -> Iterator[Paragraph]:
    for code in letter.claim.questions:
        if code not in _ASKED_ELSEWHERE:
            yield Paragraph(QUESTIONS[code])


def _documents_asked(letter: _Letter) -> Iterator[Paragraph]:
    asked = [
        DOCUMENT_WORDS[document]
        for document in documents_missing(letter.claim)
        if document != "redundancy_calculation" or not _written_calculation(letter.claim)
    ]
    if asked:
        joined = "; ".join(asked)
        yield Paragraph(f"{joined[0].upper()}{joined[1:]}.")


def documents_missing(claim: Claim) -> tuple[str, ...]:
    """The documents that would prove this claim and are not held, by the names of the field."""
    strain = claim.owed("scheme_total") or "strain" in claim.questions
    redundancy = any(line.title == "Redundancy pay" for line in claim.lines.payments)
    wanted = {
        "capped_notice": claim.lines.regulation_4,
        "redundancy_calculation": redundancy,
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


def _time(letter: _Letter) -> Iterator[Paragraph]:
    yield Paragraph(
        "Please preserve every record of this exit, and suspend any routine destruction of it: payroll and "
        "personnel files, decisions on the cap and on any waiver, messages, and what passed between you and "
        "the pension scheme."
    )
    yield Paragraph(
        f"A reply is asked for by {letter.reply_by}, {letter.sender.reply_days} days from the date of this "
        "letter. Proceedings may be issued without further notice after that day, or before it if that is "
        "needed to protect the claim. Nothing in this letter gives up any right or claim."
    )


# To the pension scheme.


def _to_scheme(letter: _Letter) -> Wording:
    words = letter.words
    whose = "My pension" if letter.writer is Writer.MEMBER else f"Pension of {_name(letter)}"
    employer = words["employer_name"] or "the employer"
    own = letter.writer is Writer.MEMBER
    opening = (
        f"My employment with {employer} ended on {words['exit_date']}."
        if own
        else " ".join(
            (
                f"We act for {words['member_name'] or 'a member of the scheme'} (“the member”), whose "
                f"employment with {employer} ended on {words['exit_date']}.",
            )
        )
    )
    return Wording(
        subject=f"{whose}: exit on {words['exit_date']}",
        addressee="The administering authority of the pension fund",
        salutation="Dear Sir or Madam",
        opening=(
            Paragraph(f"{opening} {_scheme_facts(letter)}"),
            Paragraph(_restored_or_not(letter)),
        ),
        sections=_sections(
            Section("law", "Why it is due", tuple(_scheme_law(letter))),
            Section("pension", "The pension", tuple(_pension(letter))),
            Section("claim", "The strain", tuple(_strain(letter))),
            Section(
                "requests",
                "What is asked",
                (Paragraph(f"Please do the following by {letter.reply_by}."),),
                tuple(_scheme_requests(letter)),
                numbered=True,
            ),
            Section("time", "Records and time", tuple(_scheme_time(letter))),
        ),
        farewell="Yours faithfully",
    )


def _scheme_facts(letter: _Letter) -> str:
    claim, words, voice = letter.claim, letter.words, letter.voice
    reason = {
        ExitReason.REDUNDANCY: "The reason was redundancy.",
        ExitReason.BUSINESS_EFFICIENCY: "The reason was business efficiency.",
    }.get(claim.exit_reason, "The employer can confirm the reason for leaving.")
    born = words["date_of_birth"]
    if letter.writer is Writer.MEMBER:
        age = f"I was born on {born}." if born else "You hold my date of birth."
    else:
        age = (
            f"{voice.subject} was born on {born}."
            if born
            else "You hold the member's date of birth."
        )
    return f"{reason} {age}"


_LOST = (PensionOutcome.REDUCED, PensionOutcome.DEFERRED, PensionOutcome.SELF_FUNDED)


def _restored_or_not(letter: _Letter) -> str:
    claim = letter.claim
    if claim.put_right_on:
        return (
            f"The pension was put right on {claim.pension_until}. {letter.we} ask that arrears and interest "
            "for the time before be paid, so far as they were not."
        )
    what = {
        PensionOutcome.REDUCED: "The pension was put into payment with a reduction.",
        PensionOutcome.DEFERRED: "The pension was deferred.",
        PensionOutcome.SELF_FUNDED: f"{letter.voice.subject} paid strain personally so that the pension was "
        "not reduced, or was reduced less.",
    }.get(claim.pension_outcome)
    if what is None and (claim.estimated or not claim.owed("scheme_shortfall")):
        return (
            f"{letter.we} do not know whether the strain was paid in full and whether the pension was "
            f"reduced. {letter.we} ask to be told, and that it be put right if it was."
        )
    return f"{what or 'The strain was not paid in full.'} {letter.we} ask that it be put right."


def day_after_exit(claim: Claim) -> str:
    """The day from which an unreduced pension is asked for: the day after leaving."""
    return shown_day(claim.days["exit_date"] + timedelta(days=1))


def _scheme_law(letter: _Letter) -> Iterator[Paragraph]:
    claim, voice = letter.claim, letter.voice
    yield Paragraph(
        "Under regulation 30(7) of the Local Government Pension Scheme Regulations 2013 (SI 2013/2356) an "
        "active member aged 55 or over who is dismissed by reason of redundancy or business efficiency, or "
        "whose employment ends by mutual consent on grounds of business efficiency, is entitled to, and "
        "must take, immediate payment of the retirement pension without reduction (regulation 30(7)(b)). "
        "Only additional pension under regulation 16 is adjusted (regulation 30(7)(a)). Two years' "
        "qualifying service is needed (regulation 30(9)).",
        (
            sources.UNREDUCED_AT_55,
            sources.LGPS_WITHOUT_REDUCTION,
            sources.LGPS_ADDED_PENSION,
            sources.LGPS_TWO_YEARS,
        ),
    )
    cash = " A cash alternative was paid here" if claim.owed("cash_alternative_paid") else ""
    more = f"{cash}; that is a matter between {voice.to_member} and the employer." if cash else ""
    yield Paragraph(
        f"The cap in {THE_2020_REGULATIONS} has been revoked (regulation 3 of {THE_2021_REGULATIONS}). The "
        "LGPS Scheme Advisory Board's published position is that funds pay the unreduced pension whether or "
        f"not a cash alternative was paid, and ask the employer for the full strain.{more}",
        (sources.REVOCATION, sources.FUNDS_PAY_UNREDUCED),
    )


def _pension(letter: _Letter) -> Iterator[Paragraph]:
    """The pension as entered, and whatever the results say of it."""
    words, claim = letter.words, letter.claim
    for name, label in (
        ("pension_due", "Yearly pension at exit, unreduced"),
        ("pension_paid", "Yearly pension at exit, in payment"),
        ("lump_sum_due", "Lump sum, unreduced"),
        ("lump_sum_paid", "Lump sum, paid"),
    ):
        if name in claim.pence:
            yield Paragraph(f"{label}: {words[name]}.")
    part = "" if claim.owed("pension_yearly_loss") else ", on the lump sum alone"
    estimates = [
        f"{label}: {words[name]}."
        for name, label in (
            ("pension_yearly_loss", "pension lost a year, as at the exit"),
            (
                "pension_arrears",
                f"arrears of pension to {claim.pension_until}, with pensions increase",
            ),
            ("lump_sum_arrears", "arrears of the lump sum"),
            ("pension_interest", f"interest on what is late{part}"),
        )
        if claim.owed(name)
    ]
    if estimates:
        yield Paragraph(
            "Our estimates, for you to confirm, are as follows.",
            (sources.LGPS_WITHOUT_REDUCTION, sources.LGPS_LATE_BENEFITS),
        )
        yield from (Paragraph(text[:1].upper() + text[1:]) for text in estimates)


def _strain(letter: _Letter) -> Iterator[Paragraph]:
    claim, words = letter.claim, letter.words
    if claim.computed and claim.owed("scheme_total"):
        figure = "estimated " if claim.estimated else ""
        short = shown_money(claim.lines.scheme_before_credit)
        said = f"On the {figure}figures, {short} of the strain was not paid at the exit."
        if claim.lines.credit:
            said += (
                f" After credit for the cash alternative {words['scheme_shortfall']} is left; the full "
                "strain may be asked for all the same."
            )
        if claim.topped_up and claim.owed("top_up_scheme"):
            said += f" {words['top_up_scheme']} was paid on {words['top_up_date']}."
        law: tuple[Citation, ...] = (sources.LGPS_STRAIN,)
        if claim.lines.regulation_4:
            said += (
                " The employer must pay the difference to the scheme, with interest at 8% a year "
                "(regulation 4(1) and (3)(c) of the 2021 Regulations)."
            )
            law = (sources.THE_DIFFERENCE, sources.WHO_IS_PAID, sources.EIGHT_PER_CENT)
        yield Paragraph(said, law)
    yield Paragraph(
        "The administering authority may require the employer to pay the extra charge on the fund "
        "(regulation 68(2)). Whether and when the employer pays it is between the fund and the employer.",
        (sources.LGPS_STRAIN,),
    )


def _scheme_requests(letter: _Letter) -> Iterator[Paragraph]:
    claim, voice = letter.claim, letter.voice
    if not claim.put_right_on:
        yield Paragraph(
            f"Put {voice.members} pension into payment without reduction from {day_after_exit(claim)}, the "
            "day after leaving.",
            (sources.LGPS_WITHOUT_REDUCTION,),
        )
    yield Paragraph(
        f"Pay the arrears of pension and of any lump sum from {day_after_exit(claim)}, with pensions "
        "increase.",
        (sources.LGPS_WITHOUT_REDUCTION,),
    )
    yield Paragraph(
        "Pay interest on what is late: on pension more than one year late and on a lump sum more than one "
        "month late, at one per cent above base rate from the due date, day by day, with three-monthly "
        "rests (regulation 81).",
        (sources.LGPS_LATE_BENEFITS,),
    )
    yield Paragraph(
        f"Tell {voice.us} when the strain was or will be invoiced to the employer and how much, with copies "
        "of the quote and the invoice, and what has been paid.",
        (sources.LGPS_STRAIN,),
    )
    yield Paragraph(
        "Send the calculation of the benefits with and without reduction, and of the arrears and interest."
    )
    yield Paragraph(
        "If you decide otherwise, send the decision in writing with its reasons and say how to use the "
        "internal dispute procedure."
    )


def _scheme_time(letter: _Letter) -> Iterator[Paragraph]:
    voice = letter.voice
    if _facts_open(letter.claim):
        yield Paragraph(
            "The age at exit or the reason for leaving is not documented here. If your records differ, "
            "please say so."
        )
    yield Paragraph(
        "Please preserve every record of this exit: the quotes and invoices of strain, the election forms, "
        "and what passed between you and the employer."
    )
    yield Paragraph(
        f"A reply is asked for by {letter.reply_by}. Nothing in this letter gives up any right or claim "
        f"that {voice.member} {voice.has}."
    )


def _facts_open(claim: Claim) -> bool:
    return "date_of_birth" not in claim.days or claim.exit_reason not in (
        ExitReason.REDUNDANCY,
        ExitReason.BUSINESS_EFFICIENCY,
    )


# To the member.


def _to_member(letter: _Letter) -> Wording:
    words, claim = letter.words, letter.claim
    employer = words["employer_name"] or "your former employer"
    start = (
        f"We have looked at what {employer} paid when you left on {words['exit_date']}. From 4 November "
        "2020 a cap of £95,000 limited exit payments from public bodies. It has been revoked."
    )
    said = (
        "This letter is an estimate, to be checked by a lawyer. It is not advice on law or tax. The "
        "schedule at the end shows the figures."
    )
    return Wording(
        subject="Your exit payments and the £95,000 cap",
        addressee=words["member_name"] or "The member",
        salutation=f"Dear {words['member_name']}" if words["member_name"] else "Dear member",
        opening=(
            Paragraph(start, (sources.COMMENCEMENT, sources.THE_CAP, sources.REVOCATION)),
            Paragraph(said),
        ),
        sections=_sections(
            Section("claim", "What we think is owed, and by whom", tuple(_member_claim(letter))),
            Section("law", "Why", tuple(_member_law(letter))),
            Section(
                "questions",
                "What is not yet known",
                tuple(_member_estimate(letter)),
                tuple(Paragraph(f"{text}.") for text in missing_words(claim)),
            ),
            Section("time", "The dates", tuple(_member_dates(letter))),
            Section("requests", "What happens next", tuple(_next_steps(letter))),
            Section("documents", "Please send us", tuple(_member_documents(letter))),
        ),
        farewell="Yours sincerely",
    )


def _member_claim(letter: _Letter) -> Iterator[Paragraph]:
    claim, words = letter.claim, letter.words
    employer = words["employer_name"] or "your former employer"
    if not claim.computed:
        yield Paragraph(
            "We cannot say yet whether something is owed. The answer hangs on facts that are not known."
        )
    elif claim.owed("member_total"):
        figure = "we estimate that" if claim.estimated else "we think that"
        yield Paragraph(
            f"To you: {figure} {employer} owes you {words['member_total']}.{_made_of(letter, 'member')}",
        )
    else:
        yield Paragraph("To you: on these figures nothing is owed to you directly.")
    if claim.computed and claim.owed("scheme_total"):
        yield Paragraph(
            f"To your pension scheme: {'we estimate that' if claim.estimated else 'we think that'} "
            f"{employer} owes the scheme {words['scheme_total']}.{_made_of(letter, 'scheme')} This is not "
            "money for you. It pays for your pension to be paid early without reduction.",
        )
    if claim.topped_up:
        yield Paragraph("What has been paid since has been taken off. The schedule shows it.")
    if claim.owed("cash_alternative_paid"):
        yield Paragraph(
            f"You were paid a cash alternative of {words['cash_alternative_paid']}. You may have to pay it "
            "back if your pension is put right. Please keep that in mind before you spend it.",
            (sources.CASH_ALTERNATIVE, sources.FUNDS_PAY_UNREDUCED)
            if _lgps(claim)
            else (sources.CASH_ALTERNATIVE,),
        )
    if claim.lines.refunded_strain:
        yield Paragraph(
            f"You paid {shown_money(claim.lines.refunded_strain)} of the strain yourself. It is in what is "
            "owed to you."
        )
    if claim.computed and claim.owed("member_total"):
        yield from _member_tax(letter)
    if _lgps(claim) and _pension_open(claim):
        yield Paragraph(
            "Your pension: if you were 55 or over and left by redundancy or business efficiency, your "
            f"pension may be due without reduction from {day_after_exit(claim)}. The pension fund puts that "
            "right. Arrears and the fund's own interest come from the fund.",
            (sources.UNREDUCED_AT_55, sources.LGPS_LATE_BENEFITS),
        )
    yield from _member_pension(letter)


def _member_pension(letter: _Letter) -> Iterator[Paragraph]:
    """What the pension cost so far, where the figures entered give it and a right to it is not ruled out."""
    claim, words = letter.claim, letter.words
    said = []
    if claim.owed("pension_yearly_loss"):
        short = words["pension_yearly_loss"]
        said.append(
            f"From the figures we have, your pension was {short} a year less than without reduction, until "
            f"{claim.pension_until}."
            if claim.put_right_on
            else f"From the figures we have, your pension is {short} a year less than without reduction."
        )
        if claim.owed("pension_arrears"):
            said.append(
                f"To {claim.pension_until} that comes to about {words['pension_arrears']}, with pensions "
                "increase."
            )
    if claim.owed("lump_sum_arrears"):
        said.append(f"The lump sum was about {words['lump_sum_arrears']} less.")
    if not said or (_lgps(claim) and claim.unreduced_ruled_out):
        return
    if claim.put_right_on:
        said.append("Please tell us whether the arrears were paid.")
    if _lgps(claim):
        said.append("The pension fund would pay it, not the employer, and has to confirm it.")
    else:
        said.append(
            "Who has to make it up depends on the rules of your scheme; the scheme has to confirm it."
        )
    yield Paragraph(" ".join(said))


def _member_tax(letter: _Letter) -> Iterator[Paragraph]:
    """What tax may be taken at first, and how it comes back."""
    claim, words = letter.claim, letter.words
    if not claim.owed("member_outstanding"):
        yield Paragraph(
            "The interest is taxed as savings income. The employer may take tax from it at first.",
            (sources.INTEREST_TAXED, sources.DEDUCTED_FROM_INTEREST),
        )
        return
    owed, taxable = words["member_outstanding"], words["taxable_part"]
    if not claim.owed("taxable_part"):
        free = f"Tax: the {owed} may be free of tax, as part of the first £30,000 of exit payments."
    elif claim.owed("tax_free_part"):
        free = (
            f"Tax: {words['tax_free_part']} of the {owed} may be free of tax, as part of the first £30,000 "
            f"of exit payments, and {taxable} may be taxable."
        )
    else:
        free = f"Tax: the {owed} may be taxable, as the first £30,000 of exit payments is used up."
    law: tuple[Citation, ...] = (sources.TERMINATION_EXEMPT,)
    if claim.owed("tax_on_payment"):
        free += (
            f" About {words['tax_on_payment']} of it may be taken when it is paid, for people who have left "
            "are taxed without their allowance. What was taken too much comes back after the tax year, or "
            "sooner if you claim it from HMRC."
        )
        law += (sources.AFTER_P45,)
    yield Paragraph(
        f"{free} The interest is taxed apart, as savings income. These are estimates; HMRC decides. Ask for "
        "tax advice, for it is not settled in which tax year it counts.",
        (*law, sources.INTEREST_TAXED, sources.TAX_YEAR_OF_RECEIPT),
    )


def _pension_open(claim: Claim) -> bool:
    return not claim.put_right_on and claim.pension_outcome in _LOST


def _made_of(letter: _Letter, payee: str) -> str:
    claim, words = letter.claim, letter.words
    said = ""
    if claim.owed(f"{payee}_interest"):
        said += (
            f" That is {words[f'{payee}_outstanding']} that was not paid and "
            f"{words[f'{payee}_interest']} interest to {words['as_at']}."
            if claim.owed(f"{payee}_outstanding")
            else f" That is interest to {words['as_at']}."
        )
    if claim.owed(f"{payee}_daily_interest") and claim.lines.regulation_4:
        said += f" It grows by {words[f'{payee}_daily_interest']} a day."
    low, high = words[f"{payee}_total_low"], words[f"{payee}_total_high"]
    if (low, high) != (words[f"{payee}_total"],) * 2:
        said += f" It may be between {low} and {high}, as the law does not name the day interest starts."
    return said


def _member_law(letter: _Letter) -> Iterator[Paragraph]:
    claim = letter.claim
    if claim.lines.regulation_4:
        yield Paragraph(
            "Regulation 4 of SI 2021/197, the regulations that revoked the cap, says that the employer must "
            "pay the difference between what was paid and what would have been due without the cap, with "
            "interest at 8% a year. Part of it may be payable to the pension scheme.",
            (sources.THE_DIFFERENCE, sources.WHO_IS_PAID, sources.EIGHT_PER_CENT),
        )
    elif claim.computed:
        yield Paragraph(
            "Less was paid than was due. This looks like a claim under your contract or the rules of your "
            "pension scheme, and not one under the regulations that revoked the cap."
        )
    if claim.settlement is YesNo.YES:
        yield Paragraph(REASONS["settlement_agreement_signed"])


def _member_estimate(letter: _Letter) -> Iterator[Paragraph]:
    claim = letter.claim
    if claim.estimated and claim.computed:
        causes = [assumption_words(claim, code) for code in claim.assumptions if code in ESTIMATED]
        yield Paragraph(" ".join(["The figures are an estimate.", *causes]))
    if missing_words(claim):
        yield Paragraph("With these facts we could be more exact. If you know one, please tell us:")


def _member_documents(letter: _Letter) -> Iterator[Paragraph]:
    missing = [DOCUMENT_WORDS[document] for document in documents_missing(letter.claim)]
    if missing:
        yield Paragraph(f"If you have them: {'; '.join(missing)}.")


_MISSING_WORDS = {
    "settlement_agreement": "Whether a settlement agreement was signed",
    "employer_kind": "What kind of body the employer is",
    "exit_reason": "The reason for leaving",
    "notice_given_on": "The day notice was given",
    "nation": "The nation you worked in",
}


def missing_words(claim: Claim) -> tuple[str, ...]:
    """What is not known, by the headings of the fields, without codes or other references."""
    said = [
        _MISSING_WORDS.get(name, BY_NAME[name].heading)
        if name in BY_NAME
        else "What an earlier exit within 28 days used of the cap"
        for name in claim.missing
        if name != "evidence"
    ]
    return tuple(dict.fromkeys(said))


def _member_dates(letter: _Letter) -> Iterator[Paragraph]:
    claim, words = letter.claim, letter.words
    if claim.lines.scotland:
        yield Paragraph(
            "There is a limit of time. Your claim may already have run out under Scots law. Ask a Scots "
            "lawyer today.",
            (sources.SCOTS_PRESCRIPTION,),
        )
        return
    northern_ireland = claim.lines.northern_ireland
    for name, label, law in (
        ("contract", "A claim under the contract", sources.CONTRACT_LIMIT),
        ("statute", "A claim under regulation 4", sources.STATUTE_LIMIT),
    ):
        last = claim.days.get(f"{name}_last_day")
        if last is None:
            continue
        day = words[f"{name}_last_day"]
        said = (
            f"{label}: the last day to start it in court is {day}."
            if last >= claim.as_at
            else f"{label}: the last day to start it in court was {day}. It has passed."
        )
        if name == "statute":
            said += " That is our reading; no court is known to have decided it."
        cited = (sources.NI_LIMIT,) if northern_ireland else (law,)
        yield Paragraph(said, (*cited, sources.STATUTE_ACCRUAL) if name == "statute" else cited)
    yield Paragraph(WARNING)


def _next_steps(letter: _Letter) -> Iterator[Paragraph]:
    claim, words = letter.claim, letter.words
    employer = words["employer_name"] or "your former employer"
    if claim.consent:
        yield Paragraph(
            f"You have agreed that we may name you as our member. We are writing to {employer} and ask for "
            f"a reply by {letter.reply_by}."
        )
    else:
        yield Paragraph(
            f"We do not write to {employer} in our name, because you have not agreed that a letter may show "
            "that you are a union member. Please tell us whether you agree. You may also write in your own "
            "name; we can give you the letter.",
            (sources.UNION_MEMBERSHIP,),
        )
    yield Paragraph(
        "If it is not settled in time, a lawyer decides with you whether to go to court. Please keep every "
        f"payslip, letter and message about your exit, and sign nothing that {employer} sends you about it "
        "before you have asked us."
    )
