"""Words the letter to the employer."""

from __future__ import annotations

from collections.abc import Iterator

from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.codes import QUESTIONS
from calculator.facts.money import shown_money
from calculator.letters.claim import Claim
from calculator.letters.wording.employer_law import (
    cap_required_reduction,
    employer_interest,
    employer_law,
    only_interest_owed,
)
from calculator.letters.wording.parts import (
    Draft,
    LetterSection,
    Paragraph,
    Wording,
    filled_sections,
)
from calculator.letters.wording.shared import (
    THE_2020_REGULATIONS,
    documents_missing,
    has_redundancy_pay,
    lgps_2013_applies,
    why_estimated,
)
from calculator.letters.words import DOCUMENT_WORDS
from rules import sources
from rules.choices import EmployerKind, ExitReason
from rules.sources import Citation


def letter_to_employer(letter: Draft) -> Wording:
    """Word the letter to the employer: what is owed, why, the interest, and what is asked."""
    claim, words = letter.claim, letter.words
    ask = claim.triage is Triage.NEEDS_DATA
    whose = "My exit payments" if letter.own else f"Exit payments of {letter.member_name}"
    return Wording(
        subject=f"{whose}: exit on {words['exit_date']}",
        addressee=words["employer_name"] or "The employer",
        salutation="Dear Sir or Madam",
        opening=tuple(_employer_opening(letter)),
        sections=filled_sections(
            LetterSection(
                "claim",
                "The facts we have"
                if ask and not letter.own
                else "The facts"
                if ask
                else "What is owed",
                tuple(_claim(letter)),
                shows_payments=bool(claim.lines.payments),
            ),
            LetterSection("estimate", "Estimate", tuple(_estimate(letter))),
            LetterSection(
                "law", "Why it is owed" if not ask else "The law", tuple(employer_law(letter))
            ),
            LetterSection("interest", "Interest", tuple(employer_interest(letter))),
            LetterSection(
                "requests",
                "What is asked",
                (Paragraph(f"Please do the following by {letter.reply_by}."),),
                tuple(_requests(letter)),
                numbered=True,
            ),
            LetterSection("questions", "Please answer", (), tuple(_questions(letter))),
            LetterSection("documents", "Please send", tuple(_documents_asked(letter))),
            LetterSection("time", "Records and time", tuple(_time(letter))),
        ),
        farewell="Yours faithfully",
    )


def _who(letter: Draft) -> Iterator[str]:
    name, words = letter.words["member_name"], letter.words
    if letter.own:
        yield f"My employment or office with you ended on {words['exit_date']}."
        return
    yield (
        f"We act for {name} (“the member”)."
        if name
        else "We act for a former employee or office-holder of yours (“the member”)."
    )
    yield f"The member's employment or office with you ended on {words['exit_date']}."


def _employer_opening(letter: Draft) -> Iterator[Paragraph]:
    claim = letter.claim
    sentences = list(_who(letter))
    the_cap = f"the exit payment cap of £95,000 in {THE_2020_REGULATIONS}"
    law: tuple[Citation, ...] = (sources.CAP_IN_ACT, sources.THE_CAP)
    if claim.triage is Triage.NEEDS_DATA:
        sentences.append(
            f"The payments made on the exit may have been reduced under {the_cap}. Whether, and by how "
            f"much, {letter.voice.we} cannot say without the facts asked for below."
        )
    elif not cap_required_reduction(claim):
        sentences.append(
            f"{letter.we} write to claim payments that were due on the exit and were not paid in full. "
            + _why_not_the_cap(letter)
        )
        law = (sources.THE_CAP,) if "shortfall_within_cap" in claim.reasons else ()
    elif claim.triage is Triage.PART_REPAIRED:
        rest = (
            f"They have been paid since. {letter.we} write to claim the interest on them."
            if only_interest_owed(claim)
            else f"Part has been paid since. {letter.we} write to claim what is still owed."
        )
        sentences.append(f"On the exit, sums were withheld under {the_cap}. {rest}")
    else:
        sentences.append(f"{letter.we} write to claim the sums that were withheld under {the_cap}.")
    if claim.estimated and claim.computed:
        sentences.append("The figures are an estimate, for the reasons given below.")
    yield Paragraph(" ".join(sentences), law)


def _why_not_the_cap(letter: Draft) -> str:
    if "cap_wholly_waived" in letter.claim.reasons:
        return "The cap on exit payments was wholly waived for this exit."
    return (
        "On these figures the cap on exit payments, in regulation 3 of "
        f"{THE_2020_REGULATIONS}, required no reduction of this exit."
    )


def _claim(letter: Draft) -> Iterator[Paragraph]:
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


def _sum_of(letter: Draft, payee: str, to: str) -> Paragraph:
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


def _cash_alternative(letter: Draft) -> Iterator[Paragraph]:
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
    if lgps_2013_applies(claim):
        law = (*law, sources.FUNDS_PAY_UNREDUCED)
    yield Paragraph(text, law)


def _overpaid(letter: Draft, payee: str) -> str:
    who = letter.voice.subject if payee == "member" else "The scheme"
    other = "the scheme" if payee == "member" else letter.voice.to_member
    return (
        f"{who} was paid more than was due at the exit. The excess has been set against what is short to "
        f"{other}, as regulation 4(3) gives one net difference."
        if letter.claim.lines.regulation_4
        else f"{who} was paid more than was due at the exit. The excess has been set against what is "
        f"short to {other}."
    )


def _received(letter: Draft) -> str:
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


def _estimate(letter: Draft) -> Iterator[Paragraph]:
    claim = letter.claim
    if not claim.estimated or not claim.computed:
        return
    yield Paragraph(
        " ".join(["The figures in this letter are an estimate.", *why_estimated(claim)])
    )
    yield Paragraph(
        "You hold the exact figures. Please send those asked for below. The claim will be corrected to "
        "them."
    )


def _requests(letter: Draft) -> Iterator[Paragraph]:
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


def _draft(letter: Draft) -> str:
    return "" if letter.own else " We will send a draft."


def _acknowledge(letter: Draft) -> Paragraph:
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
    return has_redundancy_pay(claim) and (
        "redundancy_calculation" not in claim.held or "redundancy" in claim.questions
    )


def _calculation(letter: Draft) -> Paragraph:
    claim = letter.claim
    text = "Send the written calculation of the redundancy payment"
    # Section 165 does not cover Crown servants; Northern Ireland has an Act of its own.
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


def _questions(letter: Draft) -> Iterator[Paragraph]:
    for code in letter.claim.questions:
        if code not in _ASKED_ELSEWHERE:
            yield Paragraph(QUESTIONS[code])


def _documents_asked(letter: Draft) -> Iterator[Paragraph]:
    asked = [
        DOCUMENT_WORDS[document]
        for document in documents_missing(letter.claim)
        if document != "redundancy_calculation" or not _written_calculation(letter.claim)
    ]
    if asked:
        joined = "; ".join(asked)
        yield Paragraph(f"{joined[0].upper()}{joined[1:]}.")


def _time(letter: Draft) -> Iterator[Paragraph]:
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
