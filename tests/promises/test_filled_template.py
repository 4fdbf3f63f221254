"""From a filled template to results, and from results to the same results again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from calculator.calculation.assess import assess
from calculator.calculation.confirmations import confirmations
from calculator.calculation.outcome import Outcome
from calculator.calculation.result_columns import OUTPUT_NAMES
from calculator.spreadsheets.read import Sheet, read_cases, read_sheet
from calculator.spreadsheets.results import write_results
from rules.positions import Positions
from tests.filled_template import CASES, SAMPLE, fill

AS_AT = date(2026, 11, 22)
EXPECTED = {
    "0101": ("capped_exact", "20280.50", "0.00", "20280.50"),
    "0102": ("capped_estimate", "9991.44", "0.00", "9991.44"),
    "0103": ("capped_exact", "18200.00", "0.00", "18200.00"),
    "0104": ("not_capped", "0.00", "0.00", "0.00"),
    "0105": ("capped_exact", "17800.00", "17800.00", "0.00"),
    "0106": ("part_repaired", "55000.00", "55000.00", "0.00"),
    "0107": ("not_capped", "0.00", "0.00", "0.00"),
    "0108": ("out_of_scope", "0.00", "0.00", "0.00"),
}
"""Triage, difference, short to the member and to the scheme."""


def worked(path: Path) -> tuple[Sheet, Outcome]:
    sheet = read_sheet(path)
    return sheet, assess(read_cases(sheet), Positions(), AS_AT)


def contents(path: Path) -> dict[str, list[list[Any]]]:
    """The values of every sheet of a workbook."""
    book = openpyxl.load_workbook(path)
    return {page.title: [list(row) for row in page.iter_rows(values_only=True)] for page in book}


def test_the_filled_template_is_the_template_of_today(tmp_path: Path) -> None:
    fill(tmp_path / "filled.xlsx")
    again = "run: python -m tests.filled_template"
    expected = contents(tmp_path / "filled.xlsx")
    found = contents(SAMPLE)
    assert list(found) == list(expected), again
    for name, rows in expected.items():
        assert found[name] == rows, again


def test_the_filled_template_has_its_checks(tmp_path: Path) -> None:
    fill(tmp_path / "filled.xlsx")
    lists = [
        [
            (str(check.sqref), check.type, check.formula1, check.prompt)
            for check in openpyxl.load_workbook(path)["Cases"].data_validations.dataValidation
        ]
        for path in (tmp_path / "filled.xlsx", SAMPLE)
    ]
    assert lists[0] == lists[1], "run: python -m tests.filled_template"


def test_the_filled_template_gives_its_results() -> None:
    sheet, outcome = worked(SAMPLE)
    assert (sheet.notices, outcome.cases.problems, confirmations(outcome.cases)) == ([], [], [])
    columns = ("triage", "difference", "member_shortfall", "scheme_shortfall")
    found = zip(*(outcome.texts(name) for name in ("case_ref", *columns)), strict=True)
    assert {row[0]: row[1:] for row in found} == EXPECTED
    assert len(EXPECTED) == len(CASES)


@pytest.mark.parametrize("kind", [".xlsx", ".csv"])
@pytest.mark.parametrize("name", ["filled_template.xlsx", "cases.csv", "every_problem.csv"])
def test_results_fed_back_in_give_the_same_results_in_every_column(
    sample_data: Path, tmp_path: Path, name: str, kind: str
) -> None:
    sheet, outcome = worked(sample_data / name)
    problems = [*outcome.cases.problems, *confirmations(outcome.cases)]
    write_results(tmp_path / f"results{kind}", sheet, outcome, problems)
    _, again = worked(tmp_path / f"results{kind}")
    for column in OUTPUT_NAMES:
        assert again.texts(column) == outcome.texts(column), column
