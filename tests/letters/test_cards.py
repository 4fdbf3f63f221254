"""The letters of one exit as cards, and all of them in one file."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from calculator.calculation.outcome import Outcome
from calculator.letters.cards import ESTIMATE, State, cards_of, letter_file, letters_zip
from calculator.letters.letter import LettersWanted
from calculator.letters.recipients import Recipient
from calculator.one_case.person import work
from rules.positions import Positions

CASE = {
    "case_ref": "EX/1",
    "member_name": "Ann Example",
    "employer_name": "Anytown Council",
    "consent_to_disclose": "yes",
    "exit_date": "31/12/2020",
    "exit_reason": "redundancy",
    "date_of_birth": "1 May 1962",
    "redundancy_due": "41000",
    "redundancy_paid": "30000",
    "pension_strain_due": "80000",
    "pension_strain_paid": "65000",
    "scheme": "lgps",
    "pension_outcome": "reduced",
}


def outcome(**changed: str) -> Outcome:
    return work([{**CASE, **changed}], Positions(), date(2026, 11, 22)).outcome


def states(**changed: str) -> dict[Recipient, State]:
    return {card.to: card.state for card in cards_of(outcome(**changed), 0, LettersWanted())}


@pytest.mark.parametrize(
    ("changed", "employer", "scheme"),
    [
        ({}, State.READY, State.READY),
        ({"consent_to_disclose": "no"}, State.CONSENT, State.CONSENT),
        ({"settlement_agreement": "yes"}, State.HELD, State.HELD),
        ({"pension_outcome": "unreduced"}, State.READY, State.NOT_NEEDED),
    ],
)
def test_a_card_says_what_can_be_done_about_a_letter(
    changed: dict[str, str], employer: State, scheme: State
) -> None:
    found = states(**changed)
    assert (found[Recipient.EMPLOYER], found[Recipient.SCHEME]) == (employer, scheme)
    assert found[Recipient.MEMBER] is State.READY


def test_a_card_that_is_not_ready_says_why() -> None:
    for card in cards_of(outcome(settlement_agreement="yes"), 0, LettersWanted()):
        assert bool(card.because) is (card.state is not State.READY)


def test_a_card_that_waits_for_a_fact_names_its_field() -> None:
    found = {card.to: card for card in cards_of(outcome(scheme=""), 0, LettersWanted())}
    assert (found[Recipient.SCHEME].state, found[Recipient.SCHEME].asks) == (State.HELD, "scheme")
    unasked = cards_of(outcome(consent_to_disclose=""), 0, LettersWanted())[0]
    assert (unasked.state, unasked.asks) == (State.CONSENT, "consent_to_disclose")
    assert unasked.because[0].startswith("Not entered: has the member agreed")


def test_an_estimate_is_not_to_be_written_as_the_sum_owed() -> None:
    estimate = outcome(redundancy_paid="", pension_strain_paid="")
    notes = {card.to: card.notes for card in cards_of(estimate, 0, LettersWanted())}
    assert ESTIMATE in notes[Recipient.EMPLOYER]
    assert ESTIMATE not in notes[Recipient.MEMBER]


def test_all_ready_letters_are_in_one_file_and_only_those_of_the_exit() -> None:
    names = ZipFile(
        BytesIO(letters_zip(outcome(pension_outcome="unreduced"), 0, LettersWanted()))
    ).namelist()
    assert names == ["EX-1_employer_2026-11-22.docx", "EX-1_member_2026-11-22.docx"]


def test_a_pdf_is_beside_each_word_file_where_wanted() -> None:
    wanted = LettersWanted(pdf=True)
    with ZipFile(BytesIO(letters_zip(outcome(), 0, wanted))) as file:
        assert [name.rpartition(".")[2] for name in file.namelist()] == ["docx", "pdf"] * 3
        pdf = file.read("EX-1_member_2026-11-22.pdf")
    assert pdf == letter_file(outcome(), 0, wanted, Recipient.MEMBER, "pdf")
    assert pdf.startswith(b"%PDF")


def test_a_letter_to_an_employer_that_is_gone_says_who_may_owe_it_now() -> None:
    def notes(**changed: str) -> str:
        found = cards_of(outcome(**changed), 0, LettersWanted())
        return " ".join(next(card.notes for card in found if card.to is Recipient.EMPLOYER))

    gone = "Corby Borough Council is gone since 1 April 2021; now North Northamptonshire Council."
    assert gone in notes(employer_name="Corby Borough Council")
    assert gone not in notes(employer_name="Corby Borough Council", debtor_name="The new council")
    assert "is gone" not in notes()
