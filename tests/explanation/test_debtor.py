"""Who owes it now: what is entered, what to ask, and nothing where the employer is not known to be gone."""

from __future__ import annotations

from calculator.explanation.debtor import LABEL
from tests.explanation.explained import explained, step

SHORT = {"severance_due": "120000.00", "severance_paid": "95000.00"}


def test_an_employer_that_is_gone_is_said_and_its_successor_is_to_be_asked() -> None:
    told = step(LABEL, employer_name="Corby Borough Council", **SHORT)
    assert (told.amount, told.formatted) == ("", "To ask")
    assert "since 1 April 2021 North Northamptonshire Council" in told.working
    assert told.citations[0].label.startswith("SI 2020/156 art 3(5)")


def test_a_successor_entered_is_shown_as_entered() -> None:
    told = step(
        LABEL,
        employer_name="Corby Borough Council",
        debtor_name="North Northamptonshire Council",
        **SHORT,
    )
    assert told.formatted == "North Northamptonshire Council"


def test_a_clinical_commissioning_group_is_gone_by_its_kind() -> None:
    told = step(LABEL, employer_name="NHS Nene CCG", employer_kind="nhs", **SHORT)
    assert "the integrated care board of its area" in told.working


def test_a_maintained_school_brings_the_question_of_conversion() -> None:
    told = step(LABEL, employer_kind="maintained_school", **SHORT)
    assert "the council stays the debtor" in told.working


def test_a_name_that_is_only_alike_says_nothing_and_neither_does_a_case_without_a_difference() -> (
    None
):
    for facts in (
        {"employer_name": "Corbie Borough Council", **SHORT},
        {
            "employer_name": "Corby Borough Council",
            "severance_due": "9.00",
            "severance_paid": "9.00",
        },
    ):
        assert not [each for each in explained(**facts).steps if each.label == LABEL]
