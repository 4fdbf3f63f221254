"""The plain table out: the person's columns and ours, safe text, files that appear complete."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from calculator.calculation.outcome import Outcome
from calculator.calculation.result_columns import OUTPUT_NAMES
from calculator.facts.problems import FileProblem
from calculator.spreadsheets.read import Sheet, read_cases, read_sheet
from calculator.spreadsheets.results import safe_text, write_results
from tests.spreadsheets.sheets import sheet_of, workbook, worked


def write_table(path: Path, sheet: Sheet, outcome: Outcome) -> None:
    write_results(path, sheet, outcome, outcome.cases.problems)


def results_page(path: Path) -> Any:
    return openpyxl.load_workbook(path)["Results"]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def as_text(value: object, number_format: str) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, (int, float)):
        decimals = {"£#,##0.00": 2, "0.0": 1, "#,##0": 0}[number_format]
        return f"{value:.{decimals}f}"
    return str(value).lstrip("'")


def test_a_table_too_wide_for_a_workbook_is_not_cut_short(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "case_ref,exit_date,wide\nA,2020-12-31\n")
    more = [f"c{n}" for n in range(16_380)]
    sheet = replace(
        sheet, headings=[*sheet.headings, *more], rows=[[*row, *more] for row in sheet.rows]
    )
    with pytest.raises(FileProblem, match="too large for a workbook"):
        write_table(tmp_path / "out.xlsx", sheet, worked(sheet))
    assert not (tmp_path / "out.xlsx").exists()


def test_a_table_in_which_every_row_is_in_error_is_still_written(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "case_ref,exit_date\nA,31/12/20\nB,never\n")
    for name in ("out.csv", "out.xlsx"):
        write_table(tmp_path / name, sheet, worked(sheet))
    assert [row["triage"] for row in rows_of(tmp_path / "out.csv")] == ["error", "error"]


def test_the_persons_columns_come_first_and_ours_replace_their_namesakes(tmp_path: Path) -> None:
    sheet = sheet_of(
        tmp_path,
        "Branch,case_ref,Leaving date,triage,difference\nNorth,A,2020-12-31,old,old\n",
    )
    write_table(tmp_path / "out.csv", sheet, worked(sheet))
    row = rows_of(tmp_path / "out.csv")[0]
    names = list(row)
    assert names[:5] == ["Branch", "case_ref", "Leaving date", "triage", "difference"]
    assert sorted(names) == sorted({*OUTPUT_NAMES, "Branch", "Leaving date"})
    assert (row["Branch"], row["case_ref"], row["triage"]) == ("North", "A", "needs_data")


def test_results_fed_back_in_give_the_same_results(tmp_path: Path, sample_cases: Path) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    sheet = read_sheet(sample_cases)
    write_table(first, sheet, worked(sheet))
    again = read_sheet(first)
    write_table(second, again, worked(again))
    assert first.read_text(encoding="utf-8") == second.read_text(encoding="utf-8")


def test_a_workbook_holds_money_as_numbers_and_days_as_dates(tmp_path: Path) -> None:
    sheet = sheet_of(
        tmp_path,
        "case_ref,exit_date,severance_due,severance_paid\n0012,2020-12-31,100000,95000\n",
    )
    write_table(tmp_path / "out.xlsx", sheet, worked(sheet))
    page = results_page(tmp_path / "out.xlsx")
    assert page is not None
    heads = [cell.value for cell in page[1]]
    cells = dict(zip(heads, page[2], strict=True))
    assert cells["case_ref"].value == "0012"
    assert cells["difference"].value == 5000
    assert "£" in cells["difference"].number_format
    assert cells["contract_last_day"].value == datetime(2026, 12, 31)
    assert cells["strain_needed_to_breach"].value is None
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref


def test_workbook_and_csv_hold_the_same_values(tmp_path: Path, sample_cases: Path) -> None:
    sheet = read_sheet(sample_cases)
    outcome = worked(sheet)
    write_table(tmp_path / "out.csv", sheet, outcome)
    write_table(tmp_path / "out.xlsx", sheet, outcome)
    page = results_page(tmp_path / "out.xlsx")
    assert page is not None
    heads = [cell.value for cell in page[1]]
    for row, cells in zip(rows_of(tmp_path / "out.csv"), page.iter_rows(min_row=2), strict=True):
        for head, cell in zip(heads, cells, strict=True):
            if head in OUTPUT_NAMES:
                assert as_text(cell.value, cell.number_format) == row[str(head)].lstrip("'")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_text_never_becomes_a_formula(tmp_path: Path, start: str) -> None:
    text = f"{start}HYPERLINK(1)"
    assert safe_text(text) == f"'{text}"
    path = workbook(
        tmp_path / "in.xlsx",
        [["case_ref", "exit_date", "mine"], ["A", "2020-12-31", "x"]],
    )
    sheet = read_sheet(path)
    sheet.rows[0][2], sheet.headings[2] = text, text
    write_table(tmp_path / "out.csv", sheet, worked(sheet))
    written = (tmp_path / "out.csv").read_text(encoding="utf-8")
    assert f"'{start}HYPERLINK" in written.replace("\r\n", "\n") or start == "\r"
    write_table(tmp_path / "out.xlsx", sheet, worked(sheet))
    page = results_page(tmp_path / "out.xlsx")
    assert page is not None
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)


@pytest.mark.parametrize("number", ["-5", "+5", "-5.25"])
def test_a_plain_number_keeps_its_sign(number: str) -> None:
    assert safe_text(number) == number


def test_a_reference_that_starts_like_a_formula_survives_a_round_trip(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "case_ref,exit_date\n=A1,2020-12-31\n")
    write_table(tmp_path / "out.csv", sheet, worked(sheet))
    again = read_sheet(tmp_path / "out.csv")
    assert list(read_cases(again).text["case_ref"]) == ["=A1"]


@pytest.mark.parametrize("name", ["out.pdf", "out"])
def test_results_go_to_a_workbook_csv_or_parquet_only(tmp_path: Path, name: str) -> None:
    sheet = sheet_of(tmp_path, "case_ref,exit_date\nA,2020-12-31\n")
    with pytest.raises(FileProblem, match=r"\.xlsx, \.csv or \.parquet"):
        write_table(tmp_path / name, sheet, worked(sheet))
