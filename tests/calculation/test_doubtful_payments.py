"""Columns of payments that are doubtful as one are said once, not on every row."""

from __future__ import annotations

import pytest

from calculator.calculation.confirmations import confirmations
from tests.comparing import cases_of
from tests.generated import Row

Doubt = tuple[int, str, str]


def doubts(*rows: Row) -> list[Doubt]:
    numbered = [
        {"case_ref": f"A{place}", "exit_date": "2020-12-10", **row}
        for place, row in enumerate(rows)
    ]
    return [(p.row, p.field, p.wrong) for p in confirmations(cases_of(numbered))]


def paid(due: str, amount: str) -> Row:
    return {"redundancy_due": due, "redundancy_paid": amount}


def test_due_and_paid_swapped_is_said_once_for_the_column() -> None:
    found = doubts(paid("5", "5"), *[paid("5", "8")] * 3, paid("8", "5"), paid("", "9"))
    assert found == [
        (
            1,
            "redundancy_paid",
            "In most rows more was paid than was due: the two columns may be swapped.",
        )
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [paid("5", "8")] * 2,
        [*[paid("5", "8")] * 3, *[paid("8", "5")] * 3],
    ],
)
def test_where_it_is_not_most_rows_each_is_named(rows: list[Row]) -> None:
    found = doubts(*rows)
    assert {wrong for _, _, wrong in found} == {"More was paid than was due."}
    assert len(found) == sum(row == paid("5", "8") for row in rows)


def total(other: str, **more: str) -> Row:
    return {"redundancy_due": "100", "pension_strain_due": "60", "other_exit_due": other, **more}


@pytest.mark.parametrize(
    ("rows", "parts"),
    [
        ([total("160")] * 2, "Redundancy pay due and Pension strain due"),
        ([total("160"), total("160"), total("1")], "Redundancy pay due and Pension strain due"),
        ([total("160", severance_due="7")] * 2, "Redundancy pay due and Pension strain due"),
        (
            [total("165", holiday_pay="5")] * 2,
            "Redundancy pay due, Pension strain due and Untaken leave",
        ),
    ],
)
def test_a_column_that_is_the_total_of_others_is_counted_twice(rows: list[Row], parts: str) -> None:
    assert [each for each in doubts(*rows) if "total" in each[2]] == [
        (
            0,
            "other_exit_due",
            f"In most rows this column is the total of {parts}, and is counted beside them.",
        )
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [total("160")],
        [total("160"), total("1"), total("2")],
        [total("60")] * 3,
        [{"redundancy_due": "100", "statutory_redundancy": "100"}] * 3,
        [{**total(""), "redundancy_paid": "1", "pension_strain_paid": "2", "total_paid": "3"}] * 3,
    ],
)
def test_sums_that_are_no_total_of_others(rows: list[Row]) -> None:
    assert not [each for each in doubts(*rows) if "this column is the total" in each[2]]
