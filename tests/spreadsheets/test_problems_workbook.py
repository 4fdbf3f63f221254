"""The workbook of problems: every fault marked in its cell; read again it is the same table."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from calculator.calculation.assess import assess
from calculator.calculation.confirmations import confirmations
from calculator.calculation.result_columns import OUTPUT_NAMES
from calculator.facts.problems import Problem, Severity
from calculator.spreadsheets.problems_workbook import write_problems
from calculator.spreadsheets.read import PROBLEMS_HEADING, Sheet, read_cases, read_sheet
from rules.positions import Positions
from tests import ROOT

AS_AT = date(2026, 11, 22)


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
    write_problems(out, sheet, problems)
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


def test_a_day_that_is_marked_still_shows_as_a_day(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["case_ref", "exit_date", "service_start"])
    book.active.append(["A1", date(2020, 12, 31), date(2021, 1, 31)])
    book.save(tmp_path / "in.xlsx")
    sheet = read_sheet(tmp_path / "in.xlsx")
    write_problems(tmp_path / "out.xlsx", sheet, read_cases(sheet).problems)
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx")["Cases"]["C2"]
    assert cell.number_format == "d mmm yyyy"
    assert cell.value.date() == date(2021, 1, 31)
    assert cell.fill.start_color.rgb == "FFF8D7DA"
