"""Makes letters: a template for each recipient and writer, filled in for each planned letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from calculator.calculation.outcome import Outcome
from calculator.facts.problems import FileProblem
from calculator.letters.claim import claims
from calculator.letters.letter import Letter, LettersWanted
from calculator.letters.placeholders import letter_words
from calculator.letters.plan import Plan, plan_letters
from calculator.letters.recipients import Recipient, Writer
from calculator.letters.word.language import BadTemplate
from calculator.letters.word.templates import LetterTemplate, our_template, their_template


def plans_for(wanted: LettersWanted, outcome: Outcome) -> list[Plan]:
    """Plan the letters wanted."""
    plans = plan_letters(
        outcome,
        wanted.to,
        wanted.without_consent,
        wanted.sender.reply_days,
        wanted.own,
    )
    return [plan for plan in plans if wanted.rows is None or plan.row in wanted.rows]


def templates_for(
    request: LettersWanted, outcome: Outcome, chasers: bool = False
) -> dict[tuple[Recipient, Writer], LetterTemplate]:
    """Compile the template of each kind of letter. FileProblem where one of the union's own cannot be used.

    Our chasers have no schedule.
    """
    day = outcome.as_at
    given = {request.own[to] for to in request.to if to in request.own}
    theirs = {own: their_template(own, day) for own in given}
    templates = {}
    for to in request.to:
        ours, own = our_template(to, day, schedule=not chasers), request.own.get(to)
        templates[to, Writer.UNION] = theirs[own] if own else ours
        templates[to, Writer.MEMBER] = ours
    return templates


def letters(
    outcome: Outcome,
    plans: Sequence[Plan],
    request: LettersWanted,
    templates: Mapping[tuple[Recipient, Writer], LetterTemplate],
) -> Iterator[Letter]:
    """Make the letters of those plans that are not skipped, in their order. FileProblem from a bad template."""
    by_row: dict[int, list[Plan]] = {}
    for plan in plans:
        if not plan.skipped:
            by_row.setdefault(plan.row, []).append(plan)
    for claim in claims(outcome, list(by_row)):
        for plan in by_row[claim.row]:
            words = letter_words(claim, plan, request.sender)
            try:
                docx = templates[plan.to, plan.writer].letter(words)
            except BadTemplate as problem:
                own = request.own_of(plan)
                raise FileProblem(f"{own.name if own else 'the letter'}: {problem}") from None
            yield Letter(plan, claim, words, docx, outcome.as_at)


def one_letter(outcome: Outcome, row: int, to: Recipient, request: LettersWanted) -> Letter | Plan:
    """Make the letter of one row to one recipient; return its plan where it is skipped."""
    asked = replace(request, to=(to,), pdf=False)
    plan = next(plan for plan in plans_for(asked, outcome) if plan.row == row)
    if plan.skipped:
        return plan
    return next(letters(outcome, [plan], asked, templates_for(asked, outcome)))
