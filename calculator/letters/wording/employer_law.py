"""Words why the employer owes the money, and the interest."""

from __future__ import annotations

from collections.abc import Iterator

from calculator.explanation.steps import as_date
from calculator.facts.days import shown_day
from calculator.facts.money import shown_money
from calculator.letters.claim import Claim
from calculator.letters.wording.parts import Draft, Paragraph
from calculator.letters.wording.shared import (
    THE_2021_REGULATIONS,
    lgps_2013_applies,
)
from rules import sources
from rules.coverage import CAP_DISAPPLIED
from rules.exit_payments import Payee
from rules.sources import Citation

PERIOD = "from 4 November 2020 to 19 March 2021"


def employer_law(letter: Draft) -> Iterator[Paragraph]:
    """Word the basis of the claim: regulation 4, the contract and the scheme's rules, the guidance."""
    claim = letter.claim
    if claim.lines.regulation_4:
        yield from _regulation_4(letter)
    if claim.computed and not only_interest_owed(claim):
        yield from _contract(letter)
    elif not claim.computed and not claim.lines.regulation_4:
        yield Paragraph(
            "If less was paid than was due, the rest may be claimed under the contract and the rules of the "
            "pension scheme."
        )
    claims_more = claim.computed and not only_interest_owed(claim)
    if claim.lines.regulation_4 and claims_more and _in_guidance(claim):
        yield Paragraph(
            "Third, guidance. On 12 February 2021 the Treasury, in guidance reported by the Local "
            "Government Association, encouraged employers to pay what the cap had withheld. Regulation 4 "
            "came after it and goes further: it is a duty.",
            (sources.GUIDANCE_TO_PAY, sources.WHO_IS_PAID),
        )


def _in_guidance(claim: Claim) -> bool:
    """Whether the guidance covers the exit: in England, to the day the cap was lifted there."""
    lines = claim.lines
    elsewhere = lines.wales or lines.scotland or lines.northern_ireland
    return not elsewhere and claim.days["exit_date"] <= as_date(CAP_DISAPPLIED)


def _regulation_4(letter: Draft) -> Iterator[Paragraph]:
    claim, words = letter.claim, letter.words
    first = claim.computed and not only_interest_owed(claim)
    start = "First, regulation 4 of " if first else "Regulation 4 of "
    yield Paragraph(
        f"{start}{THE_2021_REGULATIONS} applies where a relevant authority made an exit payment {PERIOD} "
        "in respect of a relevant public sector exit, and a greater amount would have been due had "
        "regulation 3 of the 2020 Regulations not been in force (regulation 4(2)). The authority must then "
        "pay the difference, with interest (regulation 4(3)). A payment to the pension scheme in respect of "
        "the person is included (regulation 4(1)).",
        (sources.THE_DIFFERENCE, sources.RELEVANT_PERIOD, sources.WHO_IS_PAID),
    )
    sentences = [_authority(letter)]
    if words["payment_date"] and not claim.lines.payment_assumed:
        sentences.append(f"A payment was made on {words['payment_date']}.")
    else:
        sentences.append(
            f"The day of payment is not known; it is taken as the day of exit, {words['exit_date']}."
        )
    if claim.computed and cap_required_reduction(claim):
        sentences.append(
            f"The payments that counted came to {words['counted_total']}. The cap allowed "
            f"{words['allowed_total']}. It therefore required a reduction of {words['reduction_expected']}."
        )
        if claim.owed("cap_used_before"):
            sentences.append(
                f"Earlier exits within 28 days had used {words['cap_used_before']} of the cap."
            )
    law = (sources.THE_SCHEDULE, sources.DEFINITIONS, sources.THE_CAP, sources.STATUTORY_PROTECTED)
    yield Paragraph(" ".join(sentences), law)


def _authority(letter: Draft) -> str:
    entry = letter.claim.lines.schedule_entry
    if entry:
        return f"You are named in the Schedule to the 2020 Regulations: {entry.rstrip('.')}."
    return (
        f"{letter.we} take you to be a body that the Schedule to the 2020 Regulations describes. If you say "
        "that you were not, please say why."
    )


def _contract(letter: Draft) -> Iterator[Paragraph]:
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
    if cap_required_reduction(claim):
        revoking = "the 2021 Regulations" if claim.lines.regulation_4 else THE_2021_REGULATIONS
        text += (
            "The 2020 Regulations forbade payment above the cap; they did not say that the entitlement "
            f"ended. They have been revoked (regulation 3 of {revoking}). "
        )
        law = (sources.THE_CAP, sources.REVOCATION)
    alternative = " in the alternative; no sum is claimed twice" if claim.lines.regulation_4 else ""
    yield Paragraph(f"{text}The shortfall is claimed as a debt{alternative}.", law)
    if claim.owed("scheme_total") and not claim.lines.regulation_4:
        if lgps_2013_applies(claim):
            yield Paragraph(
                "The strain is for the pension scheme. The administering authority may require you to pay "
                "it (regulation 68(2) of the Local Government Pension Scheme Regulations 2013).",
                (sources.LGPS_STRAIN,),
            )
        else:
            yield Paragraph(
                "The strain is for the pension scheme and is payable under the scheme's rules."
            )


def employer_interest(letter: Draft) -> Iterator[Paragraph]:
    """Word the interest to each payee: rate, sum, days, daily amount, and the day it starts."""
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
        text = (
            f"To {to}: {on}, from {shown_day(line.start)} (that day left out) to {words['as_at']}: "
            f"{shown_money(line.accrued)}."
        )
        unpaid = claim.owed(f"{line.payee}_interest")
        if unpaid != line.accrued:
            text += f" Of it {shown_money(unpaid)} is unpaid."
        daily = claim.owed(f"{line.payee}_daily_interest")
        if daily:
            text += f" Each further day adds {shown_money(daily)}."
        yield Paragraph(text, (sources.EIGHT_PER_CENT,))
    if claim.lines.interest:
        yield Paragraph(_interest_from(letter), (sources.WHO_IS_PAID, sources.INTEREST_START))


def _interest_from(letter: Draft) -> str:
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


def cap_required_reduction(claim: Claim) -> bool:
    """Whether the cap required a reduction of this exit."""
    return claim.owed("reduction_expected") > 0


def only_interest_owed(claim: Claim) -> bool:
    """Whether what was withheld has been paid and only interest is still owed."""
    return not claim.owed("member_outstanding") and not claim.owed("scheme_outstanding")
