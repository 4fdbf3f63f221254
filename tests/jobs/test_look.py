"""What is in a file: its sheets, and the field each heading is taken for."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from calculator.calculation.result_columns import OUTPUT_NAMES
from calculator.facts.problems import FileProblem
from calculator.jobs.case_list import (
    Wanted,
    explained,
)
from calculator.jobs.desk import Desk, Stage
from calculator.jobs.look import (
    TheirColumn,
    field_at,
    free_for,
    lacking,
    look_at,
    read_as,
    remembered,
)
from calculator.jobs.work import WorkWanted
from calculator.spreadsheets.read import Opened, open_file, read_sheet
from rules.positions import Positions
from tests.jobs.helpers import (
    AS_AT,
    until,
    until_written,
)


def opened(tmp_path: Path, sheets: dict[str, list[list[object]]]) -> Opened:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(tmp_path / "in.xlsx")
    return open_file(tmp_path / "in.xlsx")


def test_headings_nobody_knows_can_be_given_a_meaning(tmp_path: Path, empty: Desk) -> None:
    book = opened(
        tmp_path,
        {
            "Notes": [["About this file"], ["Nothing"]],
            "Leavers": [
                ["Our list of leavers"],
                ["Their ref", "Finished", "Gross", "", "Gross"],
                ["A1", datetime(2020, 12, 31), 99500, "x", 95000],
                ["A2", datetime(2020, 12, 31), 99500, None, 95000],
            ],
        },
    )
    look = look_at(book)
    assert [table.name for table in look.tables] == ["Notes", "Leavers"]
    table = look.tables[look.likely]
    assert (table.name, table.heading_row, table.rows) == ("Leavers", 1, 2)
    assert [column.heading for column in table.columns] == [
        "Their ref",
        "Finished",
        "Gross",
        "",
        "Gross",
    ]
    assert table.columns[1].sample == "2020-12-31"
    assert len(lacking(table.taken)) == 2
    taken = table.taken
    for place, name in enumerate(
        ("case_ref", "exit_date", "severance_due", None, "severance_paid")
    ):
        taken = read_as(taken, place, name)
    empty.take("in.xlsx", (tmp_path / "in.xlsx").read_bytes())
    until(empty, Stage.LOOKING)
    empty.work(
        WorkWanted(
            sheet="Leavers", heading_row=1, columns=taken, as_at=AS_AT, positions=Positions()
        )
    )
    until_written(empty)
    assert [line.number for line in empty.table.page(Wanted(order="file"), 0, 9)] == [3, 4]
    found = explained(empty.table.exits_with(0), 0, Positions(), AS_AT)
    assert found is not None
    assert found.outcome.row(0)["difference"] == "4500.00"


def test_our_own_sheet_is_taken_first_even_when_it_is_empty(tmp_path: Path) -> None:
    look = look_at(
        opened(
            tmp_path,
            {
                "Examples": [["case_ref", "exit_date"], ["A1", "2020-12-31"]],
                "Cases": [["case_ref", "exit_date"]],
            },
        )
    )
    assert look.tables[look.likely].name == "Cases"
    assert look.tables[look.likely].rows == 0


def test_two_columns_of_one_meaning_are_said_and_the_first_is_taken(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Ref", "Exit date", "Case reference"], ["A1", "2020-12-31", "B1"]]
    table = look_at(opened(tmp_path, {"Any": rows})).tables[0]
    assert table.taken == {"case_ref": 0, "exit_date": 1}
    assert table.notices == [
        "Two columns, 'Ref' and 'Case reference', both read as Case reference. The first is taken "
        "and the second kept as it is."
    ]
    assert field_at(read_as(table.taken, 2, "case_ref"), 0) is None
    with pytest.raises(
        FileProblem, match="'Ref' and 'Case reference', both read as Case reference"
    ):
        read_sheet(tmp_path / "in.xlsx")


@pytest.mark.parametrize("ours_first", [True, False])
def test_the_app_and_the_command_read_the_same_columns(tmp_path: Path, ours_first: bool) -> None:
    own: list[object] = ["Case no.", "Leaving date", "£ Redundancy pay (due)"]
    ours: list[object] = [*OUTPUT_NAMES]
    headings = ours + own if ours_first else own + ours
    cells: dict[object, object] = {"Case no.": "A1", "Leaving date": "2020-12-31", "case_ref": "B"}
    look = look_at(opened(tmp_path, {"Any": [headings, [cells.get(h, 1) for h in headings]]}))
    table = look.tables[0]
    assert table.notices == []
    assert table.taken == read_sheet(tmp_path / "in.xlsx").columns
    assert headings[table.taken["case_ref"]] == "Case no."


def test_columns_as_a_person_changes_them() -> None:
    taken = {"case_ref": 0, "exit_date": 1}
    assert read_as(taken, 2, "nation") == {"case_ref": 0, "exit_date": 1, "nation": 2}
    assert read_as(taken, 0, None) == {"exit_date": 1}
    assert read_as(taken, 2, "case_ref") == {"exit_date": 1, "case_ref": 2}
    assert field_at(taken, 1) == "exit_date"
    assert field_at(taken, 2) is None
    assert "exit_date" in free_for(taken, 1)
    assert "exit_date" not in free_for(taken, 2)
    columns = [TheirColumn(heading=h, sample="", near=None) for h in ("Ref", "Day", "Where")]
    chosen = {"Where": "nation", "Ref": None, "Other": "notes"}
    assert remembered(taken, columns, chosen) == {"exit_date": 1, "nation": 2}
