"""Who is one person is never decided in silence: references that leave it in doubt are to be confirmed."""

from __future__ import annotations

import pytest

from calculator.calculation.confirmations import confirmations
from tests.comparing import cases_of
from tests.generated import Row

ANN = {"member_name": "Ann Example", "date_of_birth": "1963-05-14", "exit_date": "2020-12-10"}


def doubtful(words: str, *rows: Row) -> list[int]:
    numbered = [{"case_ref": f"A{place}", **row} for place, row in enumerate(rows)]
    return [p.row for p in confirmations(cases_of(numbered)) if words in p.wrong]


@pytest.mark.parametrize(
    ("reference", "name", "rows"),
    [
        ("m–1", "Bob Example", [0, 1]),
        ("M-1", " ANN  example", []),
        ("M-1", "", []),
        ("M-2", "Bob Example", []),
        ("", "Bob Example", []),
    ],
)
def test_one_reference_with_two_names(reference: str, name: str, rows: list[int]) -> None:
    ann, other = {**ANN, "person_ref": "M-1"}, {**ANN, "person_ref": reference, "member_name": name}
    assert doubtful("two member names", ann, other) == rows


@pytest.mark.parametrize(
    ("one", "other", "rows"),
    [
        ("00412", "412", [0, 1]),
        ("00412", "'0412", [0, 1]),
        ("0m1", "M1", [0, 1]),
        ("412", "412", []),
        ("00412", "00412", []),
        ("00412", "4120", []),
        ("000", "00", [0, 1]),
    ],
)
def test_references_that_differ_only_by_zeros_in_front(
    one: str, other: str, rows: list[int]
) -> None:
    found = [{"exit_date": "2020-12-10", "person_ref": reference} for reference in (one, other)]
    assert doubtful("zeros in front", *found) == rows


@pytest.mark.parametrize(
    ("facts", "rows"),
    [
        ({"exit_date": "2021-01-06"}, [0, 1]),
        ({"exit_date": "2021-01-07"}, []),
        ({"person_ref": "M-1."}, [0, 1]),
        ({"person_ref": "m-1"}, []),
        ({"member_name": "ann  EXAMPLE"}, [0, 1]),
        ({"member_name": "Ann Exampel"}, []),
        ({"member_name": ""}, []),
        ({"date_of_birth": "1963-05-15"}, []),
        ({"date_of_birth": ""}, []),
    ],
)
def test_rows_of_one_name_and_birth_that_could_share_a_cap(facts: Row, rows: list[int]) -> None:
    assert (
        doubtful("name and date of birth", {**ANN, "person_ref": "M-1"}, {**ANN, **facts}) == rows
    )


def test_a_row_of_the_same_person_between_two_others_hides_neither() -> None:
    days = ("2020-12-01", "2020-12-20", "2020-12-25", "2021-02-20")
    rows = [
        {**ANN, "exit_date": day, "person_ref": reference}
        for day, reference in zip(days, ("M-1", "M-2", "M-2", "M-2"), strict=True)
    ]
    assert doubtful("name and date of birth", *rows) == [0, 1, 2]


def test_without_any_reference_each_row_is_a_person() -> None:
    assert doubtful("name and date of birth", ANN, ANN, ANN) == [0, 1, 2]
