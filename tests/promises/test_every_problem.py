"""A sheet with every kind of problem: each is told at its cell, and none the program knows is left out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import calculator
from calculator.calculation.confirmations import confirmations, doubtful_rows
from calculator.facts.case_table import Cases
from calculator.facts.cells import CannotRead, Raw
from calculator.facts.fields import BY_NAME, FIELDS
from calculator.facts.problems import Problem, Severity
from calculator.spreadsheets.read import Sheet, read_cases, read_sheet
from tests import ROOT

GOLDEN = ROOT / "tests" / "golden" / "every_problem.txt"
PROGRAM = Path(calculator.__file__).parent
PLACE_OF_WRONG = {"CannotRead": 0, "report": 3, "Problem": 2}
"""The argument that says what is wrong, of each call by which the program makes a problem."""
PASSED_ON = {"wrong", "error.wrong", "doubt.wrong", "detail['ctx']['wrong']"}
"""Sentences made elsewhere: by another of the calls, in the lists of fields and doubts, or of the lost cells of a
workbook, of which CSV has none (:mod:`tests.promises.test_hostile_files`)."""
TYPED: dict[str, tuple[str, Raw]] = {
    "This number is not a day.": ("exit_date", 60),
    "This is a year, not a day.": ("exit_date", 1965),
    "This number is not a day from 1900 to 2100.": ("exit_date", 73_416),
    "This is not a number of hours.": ("monthly_hours", True),
    "This is not a list of words.": ("evidence", 3),
    "The list holds something other than text.": ("evidence", [1]),
    "This is a list.": ("notes", []),
    "A spreadsheet keeps only 15 figures of a number.": ("person_ref", 1e15),
    "The text holds a character that cannot be kept.": ("notes", "a\x00b"),
}
"""Values that no cell of CSV can be, and what is said of them."""


@pytest.fixture(scope="module")
def sheet(sample_data: Path) -> Sheet:
    return read_sheet(sample_data / "every_problem.csv")


@pytest.fixture(scope="module")
def cases(sheet: Sheet) -> Cases:
    return read_cases(sheet)


@pytest.fixture(scope="module")
def problems(cases: Cases) -> list[Problem]:
    return sorted([*cases.problems, *confirmations(cases)], key=lambda problem: problem.row)


def known_sentences() -> Iterator[str]:
    """What is wrong, of every problem that the program makes before a row is assessed, doubts apart."""
    yield from (field.missing[0] for field in FIELDS if field.missing)
    for path in PROGRAM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if not isinstance(node, ast.Call) or name not in PLACE_OF_WRONG:
                continue
            if name == "report" and path.name != "case_table.py":
                continue
            named = {keyword.arg: keyword.value for keyword in node.keywords}
            wrong = named["wrong"] if "wrong" in named else node.args[PLACE_OF_WRONG[name]]
            if isinstance(wrong, ast.Constant):
                yield str(wrong.value)
            else:
                assert ast.unparse(wrong) in PASSED_ON, f"{path.name}: {ast.unparse(node)}"


def test_each_problem_is_told_at_its_cell(sheet: Sheet, problems: list[Problem]) -> None:
    told = [
        " | ".join(
            (
                *sheet.locate(problem),
                problem.severity,
                problem.code,
                problem.wrong,
                problem.enter,
                *([f"Suggested: {problem.suggestion}"] if problem.suggestion else []),
            )
        )
        for problem in problems
    ]
    assert told == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_every_problem_of_a_cell_or_row_is_in_the_sheet(problems: list[Problem]) -> None:
    only_in_json = "This is not a field."
    expected = {*known_sentences()} - {*TYPED, only_in_json}
    assert len(expected) > 20
    assert {p.wrong for p in problems if p.severity is Severity.MUST_FIX} == expected


def test_every_doubt_is_in_the_sheet(cases: Cases, problems: list[Problem]) -> None:
    expected = {(doubt.field, doubt.wrong) for doubt in doubtful_rows(cases)}
    assert len(expected) > 20
    found = {(p.field, p.wrong) for p in problems if p.severity is Severity.PLEASE_CONFIRM}
    of_columns = {(p.field, p.wrong) for p in cases.doubts}
    assert found == expected | of_columns
    assert ("notice_pay_paid", "A dash is read as not known.") in of_columns


def test_every_choice_is_answered_wrongly_once(problems: list[Problem]) -> None:
    wrong = {p.field for p in problems if p.wrong == "This is not one of the choices."}
    assert wrong == {field.name for field in FIELDS if field.choices is not None}


@pytest.mark.parametrize("wrong", TYPED)
def test_a_problem_left_out_of_the_sheet_needs_a_typed_value(wrong: str) -> None:
    name, raw = TYPED[wrong]
    assert wrong in known_sentences()
    with pytest.raises(CannotRead) as caught:
        BY_NAME[name].parse(raw)
    assert caught.value.wrong == wrong


def test_a_row_with_nothing_wrong_is_left_alone(cases: Cases, problems: list[Problem]) -> None:
    fine = [
        row
        for row, note in enumerate(cases.text["notes"])
        if note == "Nothing is wrong with this row."
    ]
    assert fine == [0]
    assert not [problem for problem in problems if problem.row in fine]


def test_title_and_notes_are_no_cases(sheet: Sheet) -> None:
    assert (sheet.row_numbers[0], sheet.row_numbers[-1]) == (5, 93)
    assert sheet.notices == [
        "Rows 95 to 96 below the cases: taken as notes, not as cases.",
        "The column 'Branch' is no field; it is kept as it is.",
    ]


def test_the_readme_counts_its_rows(
    sample_data: Path, cases: Cases, problems: list[Problem]
) -> None:
    doubtful = {p.row for p in problems if p.severity is Severity.PLEASE_CONFIRM}
    counts = f"{cases.size} invented exits: {cases.in_error.sum()} that cannot be calculated"
    page = (sample_data / "README.md").read_text(encoding="utf-8")
    assert f"{counts}, {len(doubtful)} to confirm" in page
