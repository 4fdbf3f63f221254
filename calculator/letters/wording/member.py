"""Words the letter to the member."""

from __future__ import annotations

from collections.abc import Iterator

from calculator.calculation.codes import REASONS
from calculator.explanation.words import WARNING
from calculator.facts.fields import BY_NAME
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
    LOST_PENSION,
    day_after_exit,
    documents_missing,
    lgps_2013_applies,
    why_estimated,
)
from calculator.letters.words import DOCUMENT_WORDS
from rules import sources
from rules.choices import YesNo
from rules.sources import Citation


def letter_to_member(letter: Draft) -> Wording:
    """Word the letter to the member: what is owed, why, what is open, the dates, and the next steps."""
    words, claim = letter.words, letter.claim
    employer = words["employer_name"] or "your former employer"
    start = (
        f"We have looked at what {employer} paid when you left on {words['exit_date']}. From 4 November "
        "2020 a cap of £95,000 limited exit payments from public bodies. It has been revoked."
    )
    sentence = (
        "This letter is an estimate, to be checked by a lawyer. It is not advice on law or tax. The "
        "schedule at the end shows the figures."
    )
    return Wording(
        subject="Your exit payments and the £95,000 cap",
        addressee=words["member_name"] or "The member",
        salutation=f"Dear {words['member_name']}" if words["member_name"] else "Dear member",
        opening=(
            Paragraph(start, (sources.COMMENCEMENT, sources.THE_CAP, sources.REVOCATION)),
            Paragraph(sentence),
        ),
        sections=filled_sections(
            LetterSection(
                "claim", "What we think is owed, and by whom", tuple(_member_claim(letter))
            ),
            LetterSection("law", "Why", tuple(_member_law(letter))),
            LetterSection(
                "questions",
                "What is not yet known",
                tuple(_member_estimate(letter)),
                tuple(Paragraph(f"{text}.") for text in missing_words(claim)),
            ),
            LetterSection("time", "The dates", tuple(_member_dates(letter))),
            LetterSection("requests", "What happens next", tuple(_next_steps(letter))),
            LetterSection("documents", "Please send us", tuple(_member_documents(letter))),
        ),
        farewell="Yours sincerely",
    )


def _member_claim(letter: Draft) -> Iterator[Paragraph]:
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
            if lgps_2013_applies(claim)
            else (sources.CASH_ALTERNATIVE,),
        )
    if claim.lines.refunded_strain:
        yield Paragraph(
            f"You paid {shown_money(claim.lines.refunded_strain)} of the strain yourself. It is in what is "
            "owed to you."
        )
    if claim.computed and claim.owed("member_total"):
        yield from _member_tax(letter)
    if lgps_2013_applies(claim) and _pension_open(claim):
        yield Paragraph(
            "Your pension: if you were 55 or over and left by redundancy or business efficiency, your "
            f"pension may be due without reduction from {day_after_exit(claim)}. The pension fund puts that "
            "right. Arrears and the fund's own interest come from the fund.",
            (sources.UNREDUCED_AT_55, sources.LGPS_LATE_BENEFITS),
        )
    yield from _member_pension(letter)


def _member_pension(letter: Draft) -> Iterator[Paragraph]:
    """Word what the pension lost so far, where the figures give it and the right is not ruled out."""
    claim, words = letter.claim, letter.words
    sentences = []
    if claim.owed("pension_yearly_loss"):
        short = words["pension_yearly_loss"]
        sentences.append(
            f"From the figures we have, your pension was {short} a year less than without reduction, until "
            f"{claim.pension_until}."
            if claim.corrected_on
            else f"From the figures we have, your pension is {short} a year less than without reduction."
        )
        if claim.owed("pension_arrears"):
            sentences.append(
                f"To {claim.pension_until} that comes to about {words['pension_arrears']}, with pensions "
                "increase."
            )
    if claim.owed("lump_sum_arrears"):
        sentences.append(f"The lump sum was about {words['lump_sum_arrears']} less.")
    if not sentences or (lgps_2013_applies(claim) and claim.unreduced_ruled_out):
        return
    if claim.corrected_on:
        sentences.append("Please tell us whether the arrears were paid.")
    if lgps_2013_applies(claim):
        sentences.append("The pension fund would pay it, not the employer, and has to confirm it.")
    else:
        sentences.append(
            "Who has to make it up depends on the rules of your scheme; the scheme has to confirm it."
        )
    yield Paragraph(" ".join(sentences))


def _member_tax(letter: Draft) -> Iterator[Paragraph]:
    """Word what tax may be taken at first, and how it comes back."""
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
    return not claim.corrected_on and claim.pension_outcome in LOST_PENSION


def _made_of(letter: Draft, payee: str) -> str:
    claim, words = letter.claim, letter.words
    text = ""
    if claim.owed(f"{payee}_interest"):
        text += (
            f" That is {words[f'{payee}_outstanding']} that was not paid and "
            f"{words[f'{payee}_interest']} interest to {words['as_at']}."
            if claim.owed(f"{payee}_outstanding")
            else f" That is interest to {words['as_at']}."
        )
    if claim.owed(f"{payee}_daily_interest") and claim.lines.regulation_4:
        text += f" It grows by {words[f'{payee}_daily_interest']} a day."
    low, high = words[f"{payee}_total_low"], words[f"{payee}_total_high"]
    if (low, high) != (words[f"{payee}_total"],) * 2:
        text += f" It may be between {low} and {high}, as the law does not name the day interest starts."
    return text


def _member_law(letter: Draft) -> Iterator[Paragraph]:
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


def _member_estimate(letter: Draft) -> Iterator[Paragraph]:
    claim = letter.claim
    if claim.estimated and claim.computed:
        yield Paragraph(" ".join(["The figures are an estimate.", *why_estimated(claim)]))
    if missing_words(claim):
        yield Paragraph("With these facts we could be more exact. If you know one, please tell us:")


def _member_documents(letter: Draft) -> Iterator[Paragraph]:
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
    """Name what is not known by the headings of the fields."""
    texts = [
        _MISSING_WORDS.get(name, BY_NAME[name].heading)
        if name in BY_NAME
        else "What an earlier exit within 28 days used of the cap"
        for name in claim.missing
        if name != "evidence"
    ]
    return tuple(dict.fromkeys(texts))


def _member_dates(letter: Draft) -> Iterator[Paragraph]:
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
        text = (
            f"{label}: the last day to start it in court is {day}."
            if last >= claim.as_at
            else f"{label}: the last day to start it in court was {day}. It has passed."
        )
        if name == "statute":
            text += " That is our reading; no court is known to have decided it."
        cited = (sources.NI_LIMIT,) if northern_ireland else (law,)
        yield Paragraph(text, (*cited, sources.STATUTE_ACCRUAL) if name == "statute" else cited)
    yield Paragraph(WARNING)


def _next_steps(letter: Draft) -> Iterator[Paragraph]:
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
