"""Bodies gone since: found by name or kind, each row complete, nothing decided."""

from __future__ import annotations

from datetime import date

import pytest

from calculator.facts.employer_lines import search_lines
from calculator.facts.employers import descriptions
from calculator.facts.successors import gone, speaks_of_school, successors


@pytest.mark.parametrize(
    ("words", "now"),
    [
        ("Northampton Borough Council", ["West Northamptonshire Council"]),
        ("carlisle city", ["Cumberland Council"]),
        ("Wellingborough", ["North Northamptonshire Council"]),
        ("Barrow Borough Council", ["Westmorland and Furness Council"]),
        ("Harogate BC", ["North Yorkshire Council"]),
        ("South Somerset Council", ["Somerset Council"]),
        ("HEE", ["NHS England"]),
        ("Health and Social Care Information Centre", ["NHS England"]),
        ("Dorset County Council", []),
        ("Leeds City Council", []),
        ("Public Health Wales", []),
        ("Eden Academy Trust", []),
        ("", []),
        ("Council", []),
    ],
)
def test_a_body_that_is_gone_is_found_and_no_other(words: str, now: list[str]) -> None:
    assert [body.new_body for body in gone(words)] == now


@pytest.mark.parametrize("words", ["NHS Nene CCG", "Nene CCG", "Kent clinical commissioning group"])
def test_a_clinical_commissioning_group_is_known_by_its_kind(words: str) -> None:
    assert descriptions(words)[0].words.startswith("A clinical commissioning group")
    assert [body.kind for body in gone(words)] == ["class"]


def test_a_county_that_was_divided_names_no_one_council() -> None:
    for words in ("Northamptonshire County Council", "Cumbria County Council"):
        (body,) = gone(words)
        assert " or " in body.new_body
        assert "ask which" in body.new_body


def test_every_row_says_when_under_what_and_how_it_was_seen() -> None:
    assert len(successors()) == 35
    names = [name for body in successors() for name in body.names]
    assert len(names) == len(set(names))
    for body in successors():
        assert date(2021, 3, 19) < body.from_day < date(2026, 1, 1)
        assert body.instrument
        assert body.url.startswith("https://www.legislation.gov.uk/")
        assert body.how_seen.startswith(("seen in the text", "unconfirmed"))


def test_each_body_is_found_by_each_of_its_names() -> None:
    for body in successors():
        for name in body.names:
            assert body in gone(name), name


def test_a_school_brings_the_question_of_conversion() -> None:
    assert speaks_of_school("St Mary's Primary School")
    assert not speaks_of_school("Anytown Borough Council")
    assert any(
        "the council stays the debtor" in " ".join(line.split())
        for line in search_lines("Hillside School", 90)
    )


def test_the_terminal_says_how_each_was_seen() -> None:
    said = " ".join(" ".join(search_lines("Carlisle City Council", 90)).split())
    assert "now Cumberland Council; from 1 April 2023; SI 2022/331 art 3(5)" in said
    assert "seen in the text" in said
