"""Suggestions that a person accepts in the sheet of problems are taken; others are not, and why is said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from calculator.spreadsheets.read import read_cases, read_sheet
from tests.spreadsheets.marking import HEADS, MUST_FIX, accepted, marked, opened


def test_an_accepted_suggestion_is_taken_and_others_are_not(tmp_path: Path) -> None:
    path, book = accepted(tmp_path, " YES ")
    book.save(path)
    sheet = read_sheet(path)
    cases = read_cases(sheet)
    assert sheet.notices == ["1 suggestion was taken from the sheet 'Problems'."]
    assert cases.money["severance_due"].tolist() == [41_000_00, 0]
    assert [problem.row for problem in cases.problems] == [1]


def test_a_suggestion_taken_is_in_the_workbook_that_is_marked_next(tmp_path: Path) -> None:
    path, book = accepted(tmp_path)
    book.save(path)
    marked(path, tmp_path / "again.xlsx")
    page = opened(tmp_path / "again.xlsx")["Sheet"]
    assert page["C2"].value == 41_000
    assert page["C2"].fill.fill_type is None
    assert page["C3"].fill.start_color.rgb == MUST_FIX
    assert read_cases(read_sheet(tmp_path / "again.xlsx")).money["severance_due"][0] == 41_000_00


def test_formulas_that_were_not_calculated_again_are_said(tmp_path: Path) -> None:
    path, book = accepted(tmp_path)
    book["Sheet"]["E1"] = "=SUM(C2:C3)"
    book.save(path)
    assert read_sheet(path).notices[-2:] == [
        "1 suggestion was taken from the sheet 'Problems'.",
        "Formulas still have the value from before: check each one that uses a cell of a suggestion.",
    ]


@pytest.mark.parametrize(
    ("changes", "answer", "why"),
    [
        ({"C2": "42k"}, "yes", "the cell holds something else now"),
        ({"A2": "B7"}, "yes", "the row has another case reference now"),
        ({}, "maybe", "'maybe' is neither yes nor blank"),
    ],
)
def test_a_suggestion_for_what_has_changed_is_not_taken(
    tmp_path: Path, changes: dict[str, str], answer: str, why: str
) -> None:
    path, book = accepted(tmp_path, answer)
    for address, value in changes.items():
        book["Sheet"][address] = value
    book.save(path)
    sheet = read_sheet(path)
    assert sheet.notices == [f"C2: the suggestion was not taken, for {why}."]
    assert len(read_cases(sheet).problems) == 2


def test_an_answer_without_a_suggestion_is_said(tmp_path: Path) -> None:
    path, book = accepted(tmp_path)
    book["Problems"]["H2"] = None
    book.save(path)
    assert read_sheet(path).notices == [
        "C2: the suggestion was not taken, for there is no suggestion."
    ]


def test_sheets_read_as_one_are_marked_and_answered_each_in_its_own(tmp_path: Path) -> None:
    path, out = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, reference in (("North", "A1"), ("South", "B1")):
        page = book.create_sheet(name)
        page.append(HEADS[:4])
        page.append([reference, date(2020, 12, 31), "41k", 30_000])
    book.save(path)
    marked(path, out, "all")
    book = opened(out)
    assert [book[name]["C2"].fill.start_color.rgb for name in ("North", "South")] == [MUST_FIX] * 2
    problems = book["Problems"]
    assert [(row[0].value, row[1].hyperlink.location) for row in problems["A2:B3"]] == [
        ("North", "'North'!C2"),
        ("South", "'South'!C2"),
    ]
    problems["I3"] = "yes"
    book.save(out)
    sheet = read_sheet(out, "all")
    assert read_cases(sheet).money["severance_due"].tolist() == [0, 41_000_00]
    assert sheet.accounted == "Read: sheets North, South."
    marked(out, tmp_path / "again.xlsx", "all")
    again = opened(tmp_path / "again.xlsx")
    assert [again[name]["C2"].value for name in ("North", "South")] == ["41k", 41_000]
