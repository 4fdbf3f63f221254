"""The workbook of problems for a file that cannot be marked itself: read again it is the same table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from calculator.calculation.assess import assess
from calculator.calculation.confirmations import confirmations
from calculator.calculation.result_columns import OUTPUT_NAMES
from calculator.facts.problems import Problem, Severity
from calculator.spreadsheets.answers import PROBLEM_HEADS, PROBLEMS_HEADING
from calculator.spreadsheets.problems_workbook import Plan, plan_for, write_problems
from calculator.spreadsheets.read import Sheet, read_cases, read_sheet
from rules.positions import Positions
from tests import ROOT
from tests.spreadsheets.sheets import sheet_of

AS_AT = date(2026, 11, 22)
NEW = Plan(own=False, sentences=[])


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return read_sheet(ROOT / "sample_data" / "cases.csv")


@pytest.fixture(scope="module")
def problems(sheet: Sheet) -> list[Problem]:
    table = read_cases(sheet)
    return [*table.problems, *confirmations(table)]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory, sheet: Sheet, problems: list[Problem]) -> Path:
    out = tmp_path_factory.mktemp("mending") / "problems.xlsx"
    plan = plan_for(sheet, problems)
    assert plan == NEW
    assert write_problems(out, sheet, problems, plan) == ""
    return out


@pytest.fixture(scope="module")
def page(path: Path) -> Any:
    return openpyxl.load_workbook(path)["Cases"]


def test_every_row_of_the_table_is_there(page: Any, sheet: Sheet) -> None:
    assert page.max_row == len(sheet.rows) + 1


def test_each_problem_is_said_with_its_cell_and_its_cell_is_marked(
    page: Any, sheet: Sheet, problems: list[Problem]
) -> None:
    said = {row: str(page.cell(row + 2, page.max_column).value) for row in range(len(sheet.rows))}
    assert problems
    for problem in problems:
        assert problem.wrong in said[problem.row]
        place = sheet.columns.get(problem.field)
        if place is not None:
            cell = page.cell(problem.row + 2, place + 1)
            assert f"{cell.coordinate} ({problem.severity})" in said[problem.row]
            colours = (
                {"FFF8D7DA"} if problem.severity is Severity.MUST_FIX else {"FFF8D7DA", "FFFFE8B3"}
            )
            assert cell.fill.start_color.rgb in colours


def test_rows_without_a_problem_are_not_marked(
    page: Any, sheet: Sheet, problems: list[Problem]
) -> None:
    faulty = {problem.row for problem in problems}
    for row in set(range(len(sheet.rows))) - faulty:
        assert page.cell(row + 2, page.max_column).value is None
        assert all(cell.fill.fill_type is None for cell in page[row + 2])


def test_read_again_it_gives_the_same_results(path: Path, sheet: Sheet) -> None:
    again = read_sheet(path)
    assert PROBLEMS_HEADING not in again.headings
    before = assess(read_cases(sheet), Positions(), AS_AT)
    after = assess(read_cases(again), Positions(), AS_AT)
    for name in OUTPUT_NAMES:
        assert after.texts(name) == before.texts(name), name


def test_a_sheet_has_one_row_a_problem_with_a_link_to_its_cell(
    path: Path, sheet: Sheet, problems: list[Problem]
) -> None:
    listed = openpyxl.load_workbook(path)["Problems"]
    head, *rows = listed.iter_rows()
    assert tuple(cell.value for cell in head) == PROBLEM_HEADS
    assert len(rows) == len(problems)
    references = sheet.column(sheet.columns["case_ref"])
    for row, problem in zip(rows, problems, strict=True):
        assert row[1].hyperlink.location == f"Cases!{row[1].value}"
        assert (row[2].value or "") == references[problem.row]
        assert row[5].value.endswith(problem.wrong)
    (choice,) = listed.data_validations.dataValidation
    assert (choice.type, choice.formula1) == ("list", '"yes"')


def test_an_accepted_suggestion_is_taken_from_a_new_workbook_too(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "case_ref,exit_date,severance_due\nA1,2020-12-31,41k\n")
    (problem,) = read_cases(sheet).problems
    out = tmp_path / "out.xlsx"
    write_problems(out, sheet, [replace(problem, suggestion="41,000.00")], NEW)
    book = openpyxl.load_workbook(out)
    book["Problems"]["I2"] = "yes"
    book.save(out)
    again = read_sheet(out)
    assert read_cases(again).money["severance_due"].tolist() == [41_000_00]
    assert "1 suggestion was taken from the sheet 'Problems'." in again.notices


def test_a_day_that_is_marked_still_shows_as_a_day(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["case_ref", "exit_date", "service_start"])
    book.active.append(["A1", date(2020, 12, 31), date(2021, 1, 31)])
    book.save(tmp_path / "in.xlsx")
    sheet = read_sheet(tmp_path / "in.xlsx")
    write_problems(tmp_path / "out.xlsx", sheet, read_cases(sheet).problems, NEW)
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx")["Cases"]["C2"]
    assert cell.number_format == "d mmm yyyy"
    assert cell.value.date() == date(2021, 1, 31)
    assert cell.fill.start_color.rgb == "FFF8D7DA"
