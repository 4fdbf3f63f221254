"""The letters of one exit as cards: ready, held, not needed or in need of consent; and all ready ones in one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from calculator.calculation.codes import TO_CHECK
from calculator.calculation.outcome import Outcome
from calculator.facts.days import shown_day
from calculator.facts.successors import Successor, surely_gone
from calculator.letters.file_names import file_names, letter_name
from calculator.letters.letter import Letter, LettersWanted
from calculator.letters.make import letters, plans_for, templates_for
from calculator.letters.plan import HELD, Plan
from calculator.letters.recipients import Recipient
from calculator.letters.word.templates import zip_day
from calculator.letters.words import LETTER_NOTES, LETTER_SKIPPED
from rules.choices import Consent

ESTIMATE = "Do not write an estimated sum to an employer as the sum owed. Ask first what was paid."

_CONSENT = "Not entered: has the member agreed that a letter may show union membership?"


class State(StrEnum):
    """What can be done about a letter."""

    READY = "Ready"
    HELD = "Held"
    CONSENT = "Needs consent"
    NOT_NEEDED = "Not needed"


@dataclass(frozen=True)
class Card:
    """One letter: to whom, its state, why, and what to know before it goes; ``asks`` is the field it waits for."""

    to: Recipient
    state: State
    because: tuple[str, ...]
    notes: tuple[str, ...] = ()
    asks: str = ""


def cards_of(outcome: Outcome, row: int, wanted: LettersWanted) -> list[Card]:
    """Give a card for each recipient of one row."""
    return [_card(outcome, plan) for plan in plans_for(wanted, outcome) if plan.row == row]


def _card(outcome: Outcome, plan: Plan) -> Card:
    if not plan.skipped:
        notes = [LETTER_NOTES[note] for note in plan.notes]
        if "estimate" in plan.notes and plan.to is Recipient.EMPLOYER:
            notes.append(ESTIMATE)
        if plan.to is Recipient.EMPLOYER and not outcome.cases.text["debtor_name"][plan.row]:
            notes.extend(map(_gone, surely_gone(outcome.cases.text["employer_name"][plan.row])))
        return Card(plan.to, State.READY, (), tuple(notes))
    if plan.skipped == HELD:
        checks = tuple(TO_CHECK[code] for code in outcome.signals.to_check.of(plan.row))
        return Card(plan.to, State.HELD, checks)
    why = (LETTER_SKIPPED[plan.skipped],)
    if plan.skipped == "no_consent":
        given = outcome.cases.choices["consent_to_disclose"][plan.row] != Consent.NOT_GIVEN
        return Card(
            plan.to, State.CONSENT, why if given else (_CONSENT,), asks="consent_to_disclose"
        )
    if plan.skipped == "scheme_unknown":
        return Card(plan.to, State.HELD, why, asks="scheme")
    return Card(plan.to, State.NOT_NEEDED, why)


def _gone(body: Successor) -> str:
    return (
        f"{body.names[0]} is gone since {shown_day(body.from_day)}; now {body.new_body}. Ask whether it owes this "
        "debt, and enter it before the letter goes."
    )


def letter_files(outcome: Outcome, row: int, wanted: LettersWanted) -> Iterator[tuple[str, bytes]]:
    """Make the ready letters of one row: the name and content of each file, PDFs beside Word if wanted.

    FileProblem where a template cannot be used or a PDF cannot be made.
    """
    plans = [plan for plan in plans_for(wanted, outcome) if plan.row == row and not plan.skipped]
    made = list(letters(outcome, plans, wanted, templates_for(wanted, outcome)))
    base = file_names([outcome.cases.text["case_ref"][row]])[0]
    for letter, pdf in zip(made, _pdfs(made, wanted), strict=True):
        name = letter_name(letter.plan.to, base, outcome.as_at)
        yield f"{name}.docx", letter.docx
        if pdf is not None:
            yield f"{name}.pdf", pdf


def _pdfs(made: Sequence[Letter], wanted: LettersWanted) -> Sequence[bytes | None]:
    if not wanted.pdf or not made:
        return [None] * len(made)
    from calculator.letters.word.pdf import pdf_maker

    return pdf_maker(wanted)(made)


def letter_file(
    outcome: Outcome, row: int, wanted: LettersWanted, to: Recipient, kind: str
) -> bytes:
    """Make one letter of one row as "docx" or "pdf"; the Word file where no font can show all of a PDF."""
    asked = replace(wanted, to=(to,), pdf=kind == "pdf")
    *_, last = letter_files(outcome, row, asked)
    return last[1]


def letters_zip(outcome: Outcome, row: int, wanted: LettersWanted) -> bytes:
    """Make all ready letters of one row in one file. The same facts and day give the same bytes."""
    moment = datetime.combine(zip_day(outcome.as_at), time())
    data = BytesIO()
    with ZipFile(data, "w", ZIP_STORED) as out:
        for name, content in letter_files(outcome, row, wanted):
            info = ZipInfo(name, (moment.year, moment.month, moment.day, 0, 0, 0))
            info.external_attr, info.create_system = 0o644 << 16, 3
            out.writestr(info, content)
    return data.getvalue()
