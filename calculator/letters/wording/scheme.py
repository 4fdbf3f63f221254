"""Words the letter to the pension scheme."""

from __future__ import annotations

from collections.abc import Iterator

from calculator.facts.money import shown_money
from calculator.letters.claim import Claim
from calculator.letters.wording.parts import (
    Draft,
    LetterSection,
    Paragraph,
    Wording,
    filled_sections,
)
from calculator.letters.wording.shared import (
    THE_2020_REGULATIONS,
    THE_2021_REGULATIONS,
    day_after_exit,
)
from rules import sources
from rules.choices import ExitReason, PensionOutcome
from rules.sources import Citation


def letter_to_scheme(letter: Draft) -> Wording:
    """Word the letter to the pension scheme: why the pension is due unreduced, the strain, what is asked."""
    words = letter.words
    whose = "My pension" if letter.own else f"Pension of {letter.member_name}"
    employer = words["employer_name"] or "the employer"
    opening = (
        f"My employment with {employer} ended on {words['exit_date']}."
        if letter.own
        else f"We act for {words['member_name'] or 'a member of the scheme'} (“the member”), whose "
        f"employment with {employer} ended on {words['exit_date']}."
    )
    return Wording(
        subject=f"{whose}: exit on {words['exit_date']}",
        addressee="The administering authority of the pension fund",
        salutation="Dear Sir or Madam",
        opening=(
            Paragraph(f"{opening} {_scheme_facts(letter)}"),
            Paragraph(_restored_or_not(letter)),
        ),
        sections=filled_sections(
            LetterSection("law", "Why it is due", tuple(_scheme_law(letter))),
            LetterSection("pension", "The pension", tuple(_pension(letter))),
            LetterSection("claim", "The strain", tuple(_strain(letter))),
            LetterSection(
                "requests",
                "What is asked",
                (Paragraph(f"Please do the following by {letter.reply_by}."),),
                tuple(_scheme_requests(letter)),
                numbered=True,
            ),
            LetterSection("time", "Records and time", tuple(_scheme_time(letter))),
        ),
        farewell="Yours faithfully",
    )


def _scheme_facts(letter: Draft) -> str:
    claim, words, voice = letter.claim, letter.words, letter.voice
    reason = {
        ExitReason.REDUNDANCY: "The reason was redundancy.",
        ExitReason.BUSINESS_EFFICIENCY: "The reason was business efficiency.",
    }.get(claim.exit_reason, "The employer can confirm the reason for leaving.")
    born = words["date_of_birth"]
    if letter.own:
        age = f"I was born on {born}." if born else "You hold my date of birth."
    else:
        age = (
            f"{voice.subject} was born on {born}."
            if born
            else "You hold the member's date of birth."
        )
    return f"{reason} {age}"


def _restored_or_not(letter: Draft) -> str:
    claim = letter.claim
    if claim.corrected_on:
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


def _scheme_law(letter: Draft) -> Iterator[Paragraph]:
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


def _pension(letter: Draft) -> Iterator[Paragraph]:
    """Word the pension as entered, and the estimates of what was lost."""
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


def _strain(letter: Draft) -> Iterator[Paragraph]:
    claim, words = letter.claim, letter.words
    if claim.computed and claim.owed("scheme_total"):
        figure = "estimated " if claim.estimated else ""
        short = shown_money(claim.lines.scheme_before_credit)
        text = f"On the {figure}figures, {short} of the strain was not paid at the exit."
        if claim.lines.credit:
            text += (
                f" After credit for the cash alternative {words['scheme_shortfall']} is left; the full "
                "strain may be asked for all the same."
            )
        if claim.topped_up and claim.owed("top_up_scheme"):
            text += f" {words['top_up_scheme']} was paid on {words['top_up_date']}."
        law: tuple[Citation, ...] = (sources.LGPS_STRAIN,)
        if claim.lines.regulation_4:
            text += (
                " The employer must pay the difference to the scheme, with interest at 8% a year "
                "(regulation 4(1) and (3)(c) of the 2021 Regulations)."
            )
            law = (sources.THE_DIFFERENCE, sources.WHO_IS_PAID, sources.EIGHT_PER_CENT)
        yield Paragraph(text, law)
    yield Paragraph(
        "The administering authority may require the employer to pay the extra charge on the fund "
        "(regulation 68(2)). Whether and when the employer pays it is between the fund and the employer.",
        (sources.LGPS_STRAIN,),
    )


def _scheme_requests(letter: Draft) -> Iterator[Paragraph]:
    claim, voice = letter.claim, letter.voice
    if not claim.corrected_on:
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


def _scheme_time(letter: Draft) -> Iterator[Paragraph]:
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
