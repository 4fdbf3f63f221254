"""Corrections made on the screen: the file is calculated again with them, and comes back corrected."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import xlsxwriter

from calculator.jobs import CALENDAR, CORRECTED, PROBLEMS, progress_words
from calculator.jobs.calendar import CalendarAsked
from calculator.jobs.case_list import Wanted, as_entered
from calculator.jobs.corrections import Correction, differences
from calculator.jobs.desk import Desk, Stage
from tests.jobs.helpers import content, likely_request, until, until_done, until_written

LEAVERS = (
    b"case_ref,exit_date,severance_due,severance_paid,notes\n"
    b"A1,31/12/20,99000,95000,x\nA2,30/11/20,99000,95000,\nA3,soon,99000,95000,\nA4,2020-12-31,99k,95000,\n"
)


def calculated(desk: Desk, name: str, data: bytes) -> None:
    desk.take(name, data)
    until(desk, Stage.LOOKING)
    desk.work(likely_request(desk.look))
    until_written(desk)


def accepted(desk: Desk, field: str) -> list[Correction]:
    group = next(each for each in desk.summary.groups if each.suggested and each.field == field)
    found = desk.table.suggestions(group.field, group.wrong, group.enter)
    assert len(found) == group.suggested
    return [
        Correction(row=each.row, field=each.field, text=each.suggestion, suggested=True)
        for each in found
    ]


def typed(row: int, field: str, text: str) -> Correction:
    return Correction(row=row, field=field, text=text)


def test_all_suggestions_of_a_kind_are_accepted_at_once(empty: Desk) -> None:
    calculated(empty, "leavers.csv", LEAVERS)
    before = empty.summary
    held = {cell.cell: (cell.held, cell.suggestion) for cell in before.cells}
    assert held["B2"] == ("31/12/20", "31 December 2020")
    assert held["B4"] == ("soon", "")
    assert before.in_error == 4
    empty.correct(accepted(empty, "exit_date"))
    until_written(empty)
    after = empty.summary
    assert (after.in_error, after.member) == (2, before.member + owed(empty, 0) + owed(empty, 1))
    said = [cell for cell in after.cells if cell.wrong.startswith("Taken as suggested")]
    assert [(cell.cell, cell.severity) for cell in said] == [
        ("B2", "please confirm"),
        ("B3", "please confirm"),
    ]


def owed(desk: Desk, row: int) -> int:
    line = desk.table.line(row)
    assert line is not None
    assert line.member
    return line.member


def test_a_value_typed_for_a_cell_is_read_at_once_and_can_be_undone(empty: Desk) -> None:
    calculated(empty, "leavers.csv", LEAVERS)
    empty.correct([typed(2, "exit_date", "31 December 2020")])
    until_written(empty)
    assert empty.summary.in_error == 3
    assert not any(cell.row == 2 for cell in empty.summary.cells), "typed, so not to be confirmed"
    empty.correct([typed(2, "exit_date", "later")])
    until_written(empty)
    assert empty.summary.in_error == 4
    assert next(cell.held for cell in empty.summary.cells if cell.row == 2) == "later"
    empty.undo_correction()
    until_written(empty)
    assert empty.summary.in_error == 3
    assert len(empty.corrections) == 1


def test_corrections_stay_where_a_column_is_read_as_before(empty: Desk) -> None:
    calculated(empty, "leavers.csv", LEAVERS)
    empty.correct([typed(2, "exit_date", "31/12/2020"), typed(3, "severance_due", "99000")])
    until_written(empty)
    wanted = likely_request(empty.look)
    columns = {name: at for name, at in wanted.columns.items() if name != "severance_due"}
    empty.work(wanted.model_copy(update={"columns": columns}))
    until_written(empty)
    assert [each.field for each in empty.corrections] == ["exit_date"]
    calculated(empty, "leavers.csv", LEAVERS)
    assert empty.corrections == [], "another file"


def test_what_is_edited_as_one_case_goes_back_into_the_list(empty: Desk, tmp_path: Path) -> None:
    calculated(empty, "two.csv", b"case_ref,exit_date\nA1,2020-12-31\nA2,2020-12-31\n")
    exits = empty.table.exits_with(1)
    before = as_entered(exits)
    now = [{**before[0], "severance_due": "99000", "severance_paid": "95000", "nation": "england"}]
    corrections = differences([1], before, now)
    assert progress_words.corrected_fields(corrections) == (
        "Nation, Severance or ex gratia payment due, Severance or ex gratia payment paid"
    )
    empty.correct(corrections)
    until_written(empty)
    assert empty.summary.member == owed(empty, 1) > 0
    assert differences([1], as_entered(empty.table.exits_with(1)), as_entered(exits))
    book = openpyxl.load_workbook(content(empty, CORRECTED, tmp_path))
    assert book.sheetnames == ["Cases"]
    head, first, second = book["Cases"].values
    assert head[:3] == ("case_ref", "exit_date", "Nation")
    assert (first[2], second[2]) == (None, "england")
    calculated(empty, "corrected.xlsx", content(empty, CORRECTED, tmp_path).read_bytes())
    assert owed(empty, 1) > 0


def test_their_own_workbook_comes_back_corrected_with_and_without_marks(
    empty: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Leavers")
        page.write_row(2, 0, ["Case reference", "Exit date", "Severance due"])
        page.write_row(3, 0, ["A1", "31/12/20", "ten"])
        book.add_worksheet("Ours").write(0, 0, "kept")
    calculated(empty, "in.xlsx", path.read_bytes())
    assert not empty.has(CORRECTED)
    empty.correct(
        [*accepted(empty, "exit_date"), typed(0, "nation", "wales"), typed(0, "notes", "")]
    )
    until_written(empty)
    corrected = openpyxl.load_workbook(content(empty, CORRECTED, tmp_path))
    assert corrected.sheetnames == ["Leavers", "Ours"]
    cells = list(corrected["Leavers"].values)
    assert cells[2] == ("Case reference", "Exit date", "Severance due", "Nation")
    assert (cells[3][1].isoformat()[:10], *cells[3][2:]) == ("2020-12-31", "ten", "wales")
    marked = openpyxl.load_workbook(content(empty, PROBLEMS, tmp_path))
    assert marked.sheetnames == ["Leavers", "Ours", "Problems"]
    assert marked["Leavers"]["B4"].value == cells[3][1]
    assert marked["Leavers"]["C4"].comment is not None


def test_a_cell_that_held_an_error_is_read_once_it_is_typed(empty: Desk, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Cases")
        page.write_row(0, 0, ["Case reference", "Exit date", "Severance due"])
        page.write_row(1, 0, ["A1", "2020-12-31"])
        page.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    calculated(empty, "in.xlsx", path.read_bytes())
    assert empty.summary.in_error == 1
    empty.correct([typed(0, "severance_due", "50000")])
    until_written(empty)
    assert empty.summary.in_error == 0
    assert any("Formulas still have the value" in each for each in empty.summary.notices)


def test_the_calendar_is_of_all_cases_or_of_some(sample: Desk) -> None:
    soon = sample.table.rows(Wanted("soon"))
    names = {row: line.case_ref for row in soon if (line := sample.table.line(row))}
    for rows in (soon[:2], None):
        sample.write_calendar(CalendarAsked(rows=rows))
        until_done(sample)
        text = sample.content(CALENDAR).decode()
        inside = {row for row, name in names.items() if f"SUMMARY:{name}: " in text}
        assert inside == set(soon if rows is None else rows)
        assert "Example" not in text, "the case reference alone, no name"


def test_a_name_in_two_columns_is_corrected_as_one(empty: Desk, tmp_path: Path) -> None:
    calculated(empty, "in.csv", b"case_ref,exit_date,Surname,Forename\nA1,2020-12-31,Exampel,Ann\n")
    before = as_entered(empty.table.exits_with(0))
    assert before[0]["member_name"] == "Ann Exampel"
    empty.correct([typed(0, "member_name", "Ann Example")])
    until_written(empty)
    line = empty.table.line(0)
    assert line is not None
    assert line.name == "Ann Example"
    corrected = openpyxl.load_workbook(content(empty, CORRECTED, tmp_path))["Cases"]
    assert [*corrected.values][1][2:] in (("Ann Example", None), (None, "Ann Example"))


def test_a_field_without_a_column_is_added_to_each_of_several_sheets(
    empty: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, title in (("North", 0), ("South", 2)):
            page = book.add_worksheet(name)
            page.write_row(title, 0, ["Case reference", "Exit date"])
            page.write_row(title + 1, 0, [f"{name[0]}1", "2020-12-31"])
    empty.take("in.xlsx", path.read_bytes())
    until(empty, Stage.LOOKING)
    both = next(table for table in empty.look.tables if table.others)
    empty.work(
        likely_request(empty.look).model_copy(
            update={
                "sheet": both.name,
                "heading_row": both.heading_row,
                "columns": both.taken,
                "others": both.others,
            }
        )
    )
    until_written(empty)
    empty.correct([typed(1, "nation", "wales")])
    until_written(empty)
    corrected = openpyxl.load_workbook(content(empty, CORRECTED, tmp_path))
    assert corrected["North"]["C1"].value == corrected["South"]["C3"].value == "Nation"
    assert corrected["South"]["C4"].value == "wales"
