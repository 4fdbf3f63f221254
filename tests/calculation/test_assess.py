"""A row's result does not depend on the table it stands in."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculator.calculation import assess as assess_module
from tests import generated
from tests.comparing import calculated, table
from tests.generated import Row

AS_AT = date(2026, 11, 22)


@given(rows=generated.tables())
def test_one_row_alone_is_the_same_row_in_a_table(rows: list[Row]) -> None:
    for place, row in enumerate(rows):
        row["case_ref"] = f"C{place}"
        row.pop("person_ref", None)
    together = table(calculated(rows, {}, AS_AT))
    alone = [table(calculated([row], {}, AS_AT))[0] for row in rows]
    assert alone == together


@given(rows=generated.tables(most=8), order=st.randoms(use_true_random=False))
def test_shuffling_persons_changes_nothing(rows: list[Row], order: random.Random) -> None:
    for place, row in enumerate(rows):
        row["case_ref"] = f"C{place}"
    persons: dict[str, list[Row]] = {}
    for row in rows:
        persons.setdefault(row.get("person_ref") or row["case_ref"], []).append(row)
    groups = list(persons.values())
    order.shuffle(groups)
    shuffled = [row for group in groups for row in group]
    before = {row["case_ref"]: row for row in table(calculated(rows, {}, AS_AT))}
    after = {row["case_ref"]: row for row in table(calculated(shuffled, {}, AS_AT))}
    assert after == before


@pytest.mark.parametrize("block_rows", [1, 2, 7, 64])
def test_blocks_of_any_size_change_nothing(
    block_rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = generated.random_rows(5, 200, persons=30)
    whole = table(calculated(rows, {}, AS_AT))
    monkeypatch.setattr(assess_module, "BLOCK_ROWS", block_rows)
    assert table(calculated(rows, {}, AS_AT)) == whole


def test_chunks_that_keep_persons_together_change_nothing() -> None:
    rows = generated.random_rows(6, 300, persons=60)
    for place, row in enumerate(rows):
        row["case_ref"] = f"C{place}"
    rows.sort(key=lambda row: row.get("person_ref", ""))
    cut = next(
        place
        for place in range(150, 300)
        if rows[place].get("person_ref") != rows[place - 1].get("person_ref")
    )
    whole = table(calculated(rows, {}, AS_AT))
    chunks = table(calculated(rows[:cut], {}, AS_AT)) + table(calculated(rows[cut:], {}, AS_AT))
    assert chunks == whole


def test_progress_is_told_up_to_the_last_row() -> None:
    rows = [{"case_ref": f"C{n}", "exit_date": "2020-12-31"} for n in range(5)]
    from calculator.calculation.assess import assess
    from rules.positions import Positions
    from tests.comparing import cases_of

    told: list[int] = []
    assess(cases_of(rows), Positions(), AS_AT, told.append)
    assert told[-1] == 5


def test_a_table_without_rows_has_no_results() -> None:
    assert table(calculated([], {}, AS_AT)) == []


def test_a_person_with_many_exits_is_worked_in_order() -> None:
    rows = [
        {
            "case_ref": f"C{n}",
            "person_ref": "P",
            "exit_date": "2020-12-31",
            "annual_salary": f"{90000 - n}",
            "severance_due": "100.00",
            "severance_paid": "100.00",
        }
        for n in range(1000)
    ]
    used = [row["cap_used_before"] for row in table(calculated(rows, {}, AS_AT))]
    assert used == [f"{min(95000, 100 * n)}.00" for n in range(1000)]
