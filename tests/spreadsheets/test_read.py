"""Spreadsheets in: typed cells, bad cells, bad files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from calculator.facts.problems import FileProblem
from calculator.spreadsheets.read import read_cases, read_sheet
from tests.spreadsheets.sheets import sheet_of, workbook, worked


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


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no headings found"),
        ("hello\nworld\n", "no headings found"),
        ("case_ref,exit_date\n", "no cases under the headings"),
        ("case_ref,notes,scheme\nA,b,lgps\n", "column Date of exit is missing"),
        ("case_ref,Case reference,exit_date\nA,B,2020-12-31\n", "both read as Case reference"),
        ('case_ref,exit_date\n"A,2020-12-31\n', "quote is not closed"),
        (b"\xff\xfec\x00a\x00", "no headings found"),
        ("case_ref,exit_date\nA,31/12/2020".encode("utf-16")[:-1], "cannot be read"),
        ("case_ref,exit_date\nA\0,31/12/2020".encode("utf-16"), "cannot be read"),
        ("\ud800,exit_date".encode("utf-16", "surrogatepass"), "cannot be read"),
        ("<html><table>".encode("utf-16"), "web page"),
        ("case_ref,exit_date\nA,31/12/2020\n".encode("utf-32"), "UTF-32"),
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
