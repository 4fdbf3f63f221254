"""References: how they are written, when two are the same, and what is none."""

from __future__ import annotations

import pytest

from calculator.facts.case_table import Cases
from calculator.facts.cells import CannotRead, Raw
from calculator.facts.references import parse_case_ref, parse_person_ref

SAME = ("M-100 A", "m-100 a", " M-100  A ", "M–100\u00a0A", "M\u200b-100 A\ufeff", "'M-100 A")


@pytest.mark.parametrize("other", [*SAME, '="M-100 A"', "M\u00ad-100\tA", "M−100 a"])
def test_references_that_are_the_same_link_the_exits_of_a_person(other: str) -> None:
    assert len({*persons(SAME[0], other)}) == 1


@pytest.mark.parametrize("other", ["M100 A", "M-100A", "M-100 A.", "0M-100 A", "M-100 Á", ""])
def test_references_that_differ_in_more_do_not(other: str) -> None:
    assert len({*persons(SAME[0], other)}) == 2


def test_a_case_reference_used_again_in_other_letters_is_used_twice() -> None:
    table = Cases.from_raw({"case_ref": ["a1", "A 1", '="A1"'], "exit_date": ["2020-12-31"] * 3}, 3)
    assert [(problem.row, problem.code) for problem in table.problems] == [
        (2, "duplicate_reference")
    ]


@pytest.mark.parametrize(
    ("raw", "written"),
    [
        ('="00412"', "00412"),
        ("'00412", "00412"),
        (" ''00412 ", "00412"),
        ('\'="00412"', "00412"),
        ('="a""b"', 'a"b'),
        ("\ufeffM 1", "M 1"),
        ("O'Brien/1", "O'Brien/1"),
        (" M  -  1 ", "M  -  1"),
        ("=00412", "=00412"),
        (412.0, "412"),
        (7, "7"),
        ("'", None),
        ("\u200b", None),
        (None, None),
    ],
)
def test_a_reference_is_written_as_typed_without_its_guard(raw: Raw, written: str | None) -> None:
    assert parse_case_ref(raw) == parse_person_ref(raw) == written


@pytest.mark.parametrize(
    "raw", ["N/A", "n.a.", "None", "Don’t  know", "SEE FILE", "—", "--", "?", "0", 0, "'0", '="x"']
)
def test_a_filler_is_no_person(raw: Raw) -> None:
    assert parse_person_ref(raw) is None
    assert parse_case_ref(raw)


@pytest.mark.parametrize("raw", ["1.23457E+12", "1e-5", "'2E+10", "1.2E−5", 1.234e18])
def test_a_reference_that_a_spreadsheet_has_shortened_is_an_error(raw: Raw) -> None:
    for parse in (parse_case_ref, parse_person_ref):
        with pytest.raises(CannotRead, match="spreadsheet") as caught:
            parse(raw)
        assert not caught.value.suggestion


@pytest.mark.parametrize("raw", ["E+12", "1E12", "12E+", "1.E+5", "A1E+5"])
def test_a_reference_that_only_looks_a_little_like_it_is_kept(raw: str) -> None:
    assert parse_person_ref(raw) == raw


def persons(*references: str) -> list[int]:
    columns = {"person_ref": references, "case_ref": ["A", "B"], "exit_date": ["2020-12-31"] * 2}
    numbers: list[int] = Cases.from_raw(columns, 2).person.tolist()
    return numbers
