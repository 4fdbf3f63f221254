"""Spreadsheets in and the plain table out: typed cells, bad cells, bad files, safe text."""

from __future__ import annotations

import csv
import os
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from calculator.calculation.assess import assess
from calculator.calculation.outcome import Outcome
from calculator.calculation.result_columns import OUTPUT_NAMES
from calculator.facts.problems import FileProblem
from calculator.files.unfinished import replacing
from calculator.spreadsheets import results as write
from calculator.spreadsheets.read import Sheet, read_cases, read_sheet
from calculator.spreadsheets.results import safe_text, write_results
from rules.positions import Positions

AS_AT = date(2026, 11, 22)


def sheet_of(tmp_path: Path, text: str | bytes, name: str = "in.csv") -> Sheet:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_sheet(path)


def write_table(path: Path, sheet: Sheet, outcome: Outcome) -> None:
    write_results(path, sheet, outcome, outcome.cases.problems)


def results_page(path: Path) -> Any:
    return openpyxl.load_workbook(path)["Results"]


def worked(sheet: Sheet) -> Outcome:
    return assess(read_cases(sheet), Positions(), AS_AT)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    "text",
    [
        "case_ref,exit_date,Redundancy pay due\nA,31/12/2020,£1\n",
        "\ufeffcase_ref;exit_date;Redundancy pay due\nA;31/12/2020;£1\n",
        "case_ref\texit_date\tRedundancy pay due\nA\t31/12/2020\t£1\n",
        'Cases of the branch,,\n,,\nCASE REFERENCE,Date of Exit,"Redundancy pay due (£)"\r\nA,31/12/2020,1\r\n',
    ],
)
def test_csv_of_every_common_shape_is_read(tmp_path: Path, text: str) -> None:
    cases = read_cases(sheet_of(tmp_path, text))
    assert list(cases.text["case_ref"]) == ["A"]
    assert cases.days["exit_date"].astype(str).tolist() == ["2020-12-31"]
    assert cases.money["redundancy_due"].tolist() == [100]


def test_windows_text_is_read_and_said(tmp_path: Path) -> None:
    sheet = sheet_of(
        tmp_path, "case_ref,exit_date,notes\nA,2020-12-31,caf\xe9 £\n".encode("cp1252")
    )
    assert list(read_cases(sheet).text["notes"]) == ["café £"]
    assert sheet.notices == ["The file is not UTF-8; it was read as Windows text (cp1252)."]


def test_row_numbers_are_the_persons_own_and_blank_rows_are_left_out(tmp_path: Path) -> None:
    sheet = sheet_of(
        tmp_path, "Title\n\ncase_ref,exit_date,Salary\nA,2020-12-31,x\n,,\nB,2020-12-31,y\n"
    )
    problems = [sheet.locate(problem) for problem in read_cases(sheet).problems]
    assert problems == [("C4", "Salary"), ("C6", "Salary")]


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    book.save(path)
    return path


def test_typed_cells_of_a_workbook_are_read(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "in.xlsx",
        [
            ["case_ref", "exit_date", "redundancy_due", "due_date", "notes"],
            [7, datetime(2020, 12, 31), 95000.5, 44196, "007"],
            ["B", "31/12/2020", "£1", None, None],
        ],
    )
    cases = read_cases(read_sheet(path))
    assert cases.problems == []
    assert list(cases.text["case_ref"]) == ["7", "B"]
    assert cases.money["redundancy_due"].tolist() == [9_500_050, 100]
    assert cases.days["due_date"].astype(str).tolist() == ["2020-12-31", "NaT"]
    assert list(cases.text["notes"]) == ["007", ""]


def test_a_bad_row_never_stops_the_rest(tmp_path: Path) -> None:
    sheet = sheet_of(
        tmp_path,
        "case_ref,exit_date,severance_due,severance_paid\n"
        "A,2020-12-31,100000,95000\nB,31/12/20,1,1\nC,2020-12-31,10k,1\n",
    )
    outcome = worked(sheet)
    assert outcome.texts("triage") == ["capped_exact", "error", "error"]
    assert outcome.texts("reasons")[1:] == ["cannot_read", "cannot_read"]
    assert len(outcome.cases.problems) == 2


def test_a_row_with_more_cells_than_headings_is_in_error_alone(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "case_ref,exit_date\nA,2020-12-31,95,000\nB,2020-12-31\n")
    outcome = worked(sheet)
    assert outcome.texts("triage") == ["error", "needs_data"]
    assert "more cells than there are headings" in outcome.cases.problems[0].wrong


def test_the_separator_is_found_below_a_title(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "Cases of the branch\ncase_ref;exit_date\nA;31/12/2020\n; \n")
    assert list(read_cases(sheet).text["case_ref"]) == ["A"]


@pytest.mark.parametrize("others", [";", "\t"])
def test_separators_in_text_do_not_part_cells(tmp_path: Path, others: str) -> None:
    text = f"case_ref,exit_date,notes\nA,31/12/2020,{others.join('payslip')}\n"
    assert list(read_cases(sheet_of(tmp_path, text)).text["notes"]) == [others.join("payslip")]


def test_separators_in_text_are_told_by_headings_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("Our no.;Left on;Why\nA;31/12/2020;a,b,c,d,e,f,g\n", encoding="utf-8")
    sheet = read_sheet(path, mapping={"Our no.": "case_ref", "Left on": "exit_date"})
    assert sheet.rows == [["A", "31/12/2020", "a,b,c,d,e,f,g"]]


def test_a_table_too_wide_for_a_workbook_is_not_cut_short(tmp_path: Path) -> None:
    wide = ",".join(f"c{n}" for n in range(16_380))
    sheet = sheet_of(tmp_path, f"case_ref,exit_date,{wide}\nA,2020-12-31\n")
    with pytest.raises(FileProblem, match="too large for a workbook"):
        write_table(tmp_path / "out.xlsx", sheet, worked(sheet))
    assert not (tmp_path / "out.xlsx").exists()


def test_a_table_in_which_every_row_is_in_error_is_still_written(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "case_ref,exit_date\nA,31/12/20\nB,never\n")
    for name in ("out.csv", "out.xlsx"):
        write_table(tmp_path / name, sheet, worked(sheet))
    assert [row["triage"] for row in rows_of(tmp_path / "out.csv")] == ["error", "error"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no headings found"),
        ("hello\nworld\n", "no headings found"),
        ("case_ref,exit_date\n", "no cases under the headings"),
        ("case_ref,notes,scheme\nA,b,lgps\n", "column Date of exit is missing"),
        ("case_ref,Case reference,exit_date\nA,B,2020-12-31\n", "both read as Case reference"),
        ('case_ref,exit_date\n"A,2020-12-31\n', "quote is not closed"),
        (b"\xff\xfec\x00a\x00", "UTF-16"),
        (b"case_ref,exit_date\nA\x00,2020-12-31\n", "not a text file"),
    ],
)
def test_a_bad_csv_file_gives_one_clear_line(
    tmp_path: Path, text: str | bytes, message: str
) -> None:
    with pytest.raises(FileProblem, match=message) as caught:
        read_cases(sheet_of(tmp_path, text))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("in.xlsx", b"not a workbook", "cannot be opened"),
        ("in.xlsx", b"", "cannot be opened"),
        ("in.ods", b"PK\x03\x04broken", "cannot be opened"),
        ("in.pdf", b"%PDF", "cannot read this kind of file"),
    ],
)
def test_a_bad_workbook_gives_one_clear_line(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    with pytest.raises(FileProblem, match=message):
        sheet_of(tmp_path, data, name)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="no such file"):
        read_sheet(tmp_path / "none.csv")


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


def as_text(value: object, number_format: str) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, (int, float)):
        decimals = {"£#,##0.00": 2, "0.0": 1, "#,##0": 0}[number_format]
        return f"{value:.{decimals}f}"
    return str(value).lstrip("'")


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


def test_nothing_is_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = sheet_of(tmp_path, "case_ref,exit_date\nA,2020-12-31\n")
    out = tmp_path / "out.csv"
    out.write_text("before", encoding="utf-8")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(write, "_write_csv", stop)
    with pytest.raises(KeyboardInterrupt):
        write_table(out, sheet, worked(sheet))
    assert out.read_text(encoding="utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_written_file_has_the_usual_permissions(tmp_path: Path) -> None:
    beside = tmp_path / "beside"
    beside.touch()
    with replacing(tmp_path / "out") as unfinished:
        unfinished.write_text("whole", encoding="utf-8")
    assert (tmp_path / "out").stat().st_mode == beside.stat().st_mode


@pytest.mark.parametrize("name", ["out.pdf", "out"])
def test_results_go_to_a_workbook_or_csv_only(tmp_path: Path, name: str) -> None:
    sheet = sheet_of(tmp_path, "case_ref,exit_date\nA,2020-12-31\n")
    with pytest.raises(FileProblem, match=r"\.xlsx or \.csv"):
        write_table(tmp_path / name, sheet, worked(sheet))


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "case_ref,exit_date\nA,2020-12-31\n")
    with pytest.raises(FileProblem, match="no such folder"):
        write_table(tmp_path / "none" / "out.csv", sheet, worked(sheet))
