"""The results workbook: every sheet, its figures tied to the table, nothing a formula."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from calculator.calculation.assess import assess
from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.confirmations import confirmations
from calculator.calculation.figures import FIGURES
from calculator.calculation.outcome import Outcome
from calculator.facts.problems import Problem
from calculator.letters.placeholders import BY_NAME as PLACEHOLDERS
from calculator.spreadsheets.read import Sheet, read_cases, read_sheet
from calculator.spreadsheets.results import write_results
from calculator.spreadsheets.results_workbook import explanations_sheet
from rules import VERSION
from rules.positions import Positions
from tests import ROOT
from tests.needs import SOFFICE, needs

AS_AT = date(2026, 11, 22)


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return read_sheet(ROOT / "sample_data" / "cases.csv")


@pytest.fixture(scope="module")
def outcome(sheet: Sheet) -> Outcome:
    return assess(read_cases(sheet), Positions(), AS_AT)


@pytest.fixture(scope="module")
def problems(outcome: Outcome) -> list[Problem]:
    return sorted(
        [*outcome.cases.problems, *confirmations(outcome.cases)], key=lambda problem: problem.row
    )


@pytest.fixture(scope="module")
def path(
    tmp_path_factory: pytest.TempPathFactory,
    sheet: Sheet,
    outcome: Outcome,
    problems: list[Problem],
) -> Path:
    out = tmp_path_factory.mktemp("book") / "results.xlsx"
    write_results(out, sheet, outcome, problems)
    return out


@pytest.fixture(scope="module")
def book(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def rows(page: Any) -> Iterator[dict[str, Any]]:
    heads = [cell.value for cell in page[1]]
    for cells in page.iter_rows(min_row=2, values_only=True):
        yield dict(zip(heads, cells, strict=True))


def test_the_sheets_stand_in_the_order_they_are_used(book: Any) -> None:
    assert book.sheetnames == [
        "Summary",
        "Results",
        "By urgency",
        "Letter figures",
        "Explanations",
        "Problems",
        "Assumptions and law",
    ]


def test_no_cell_of_any_sheet_is_a_formula(book: Any) -> None:
    for page in book:
        assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)


def test_results_are_in_the_order_of_the_input(book: Any, outcome: Outcome) -> None:
    found = [row["case_ref"] or "" for row in rows(book["Results"])]
    assert found == outcome.texts("case_ref")


def test_control_totals_tie_to_the_input(book: Any, outcome: Outcome) -> None:
    cells = {row[0]: row[1] for row in book["Summary"].iter_rows(values_only=True)}
    in_error = int(outcome.cases.in_error.sum())
    assert cells["Rows read"] == outcome.cases.size
    assert cells["Rows calculated"] + cells["Rows in error"] == cells["Rows read"]
    assert cells["Rows in error"] == in_error
    for name, label in (
        ("difference", "Difference, where known"),
        ("member_total", "Owed to the member with interest, where known"),
        ("scheme_total", "Owed to the scheme with interest, where known"),
    ):
        column = outcome.figures(name)
        assert round(cells[label] * 100) == int(column.values[column.filled].sum())


def test_counts_by_result_add_up_to_the_rows_read(book: Any, outcome: Outcome) -> None:
    names = {triage.name.lower().replace("_", " ") for triage in Triage}
    counts = [row[1] for row in book["Summary"].iter_rows(values_only=True) if row[0] in names]
    assert sum(counts) == outcome.cases.size


def test_the_summary_has_charts_with_a_description(path: Path, tmp_path: Path) -> None:
    assert len(openpyxl.load_workbook(path)["Summary"]._charts) == 2
    shutil.unpack_archive(path, tmp_path, "zip")
    drawing = (tmp_path / "xl" / "drawings" / "drawing1.xml").read_text(encoding="utf-8")
    assert drawing.count("The same figures are in the table.") == 2


def test_urgent_cases_come_first_and_urgency_is_a_word_and_a_colour(book: Any) -> None:
    found = list(rows(book["By urgency"]))
    words = [row["Urgency"] for row in found]
    without_days = sum(word in ("expired", "advice") for word in words)
    assert set(words[:without_days]) == {"expired", "advice"}
    left = [row["Issue a claim by"] for row in found[without_days:]]
    assert left == sorted(left)
    colours = {
        row[3].value: row[3].fill.start_color.rgb for row in book["By urgency"].iter_rows(min_row=2)
    }
    assert len(set(colours.values())) == len(colours) == 5


def test_letter_figures_hold_a_row_for_each_case_and_payee_with_something_owed(
    book: Any, outcome: Outcome
) -> None:
    found = list(rows(book["Letter figures"]))
    results = [outcome.row(row) for row in range(outcome.cases.size)]
    assert [(row["case_ref"], row["payee"]) for row in found] == [
        (result["case_ref"], payee)
        for result in results
        for payee in ("member", "scheme")
        if result[f"{payee}_total"] not in ("", "0.00")
    ]
    by_case = {result["case_ref"]: result for result in results}
    for row in found:
        if row["case_ref"] == "S001":
            continue
        result, payee = by_case[row["case_ref"]], row["payee"]
        other = {"member": "scheme", "scheme": "member"}[payee]
        for name in ("total", "shortfall", "daily_interest", "total_low"):
            shown = row[f"{payee}_{name}"]
            assert ("" if shown is None else f"{shown:.2f}") == result[f"{payee}_{name}"]
            assert row[f"{other}_{name}"] is None
        assert f"{row['due_total']:.2f}" == result["due_total"]


def test_a_column_of_the_letter_figures_adds_up_to_what_is_owed(
    book: Any, outcome: Outcome
) -> None:
    found = list(rows(book["Letter figures"]))
    for name in ("member_total", "scheme_total"):
        column = outcome.figures(name)
        pence = sum(round(row[name] * 100) for row in found if row[name] is not None)
        assert pence == int(column.values[column.filled].sum()) > 0


def test_letter_figures_have_the_names_of_the_placeholders(book: Any) -> None:
    heads = [cell.value for cell in book["Letter figures"][1]]
    assert set(heads) == {figure.name for figure in FIGURES} | {"payee"}
    assert set(heads) - {"payee"} <= set(PLACEHOLDERS)


def test_every_case_with_money_outstanding_is_explained(book: Any, outcome: Outcome) -> None:
    explained = {row["Case"] for row in rows(book["Explanations"])}
    owed = {
        reference
        for reference, member, scheme in zip(
            outcome.texts("case_ref"),
            outcome.texts("member_total"),
            outcome.texts("scheme_total"),
            strict=True,
        )
        if (member or "0.00") != "0.00" or (scheme or "0.00") != "0.00"
    }
    assert explained == owed


def test_only_the_most_urgent_are_explained_where_there_are_too_many(
    sheet: Sheet, outcome: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explanations_sheet, "MOST_EXPLAINED", 3)
    write_results(tmp_path / "few.xlsx", sheet, outcome, [])
    cells = [
        row["Case"] for row in rows(openpyxl.load_workbook(tmp_path / "few.xlsx")["Explanations"])
    ]
    assert len(set(cells)) == 4
    assert cells[-1].startswith("The 3 most urgent cases of ")


def test_problems_name_the_cell_and_lead_to_the_row(
    book: Any, problems: list[Problem], outcome: Outcome
) -> None:
    page = book["Problems"]
    found = list(rows(page))
    assert len(found) == len(problems)
    assert found[-1]["What is wrong"] == "Case reference is missing."
    for row, problem in enumerate(problems, 2):
        link = page.cell(row, 7).hyperlink
        assert link.location == f"'Results'!A{problem.row + 2}"


def test_positions_law_and_limits_are_stated(book: Any) -> None:
    text = "\n".join(
        str(cell) for row in book["Assumptions and law"].iter_rows(values_only=True) for cell in row
    )
    for words in (
        "interest_start",
        "excess_only",
        f"rules {VERSION}",
        "22 November 2026",
        "https://www.legislation.gov.uk/uksi/2021/197/regulation/4",
        "not advice on law or tax",
    ):
        assert words in text


def test_the_workbook_fed_back_in_gives_the_same_results(path: Path, outcome: Outcome) -> None:
    again = read_sheet(path)
    second = assess(read_cases(again), Positions(), AS_AT)
    for name in ("triage", "difference", "member_total", "scheme_total", "reasons", "missing"):
        assert second.texts(name) == outcome.texts(name)


def test_a_table_all_in_error_still_makes_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("case_ref,exit_date\nA,31/12/20\n", encoding="utf-8")
    bad = read_sheet(tmp_path / "in.csv")
    worked = assess(read_cases(bad), Positions(), AS_AT)
    write_results(tmp_path / "out.xlsx", bad, worked, worked.cases.problems)
    found = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert len(list(rows(found["Problems"]))) == 1
    assert len(list(rows(found["Letter figures"]))) == 0


@needs("calc")
def test_libreoffice_opens_the_workbook(path: Path, tmp_path: Path) -> None:
    subprocess.run(  # noqa: S603 - LibreOffice on a file of our own
        [SOFFICE, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)],
        check=True,
        capture_output=True,
        timeout=180,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    assert (tmp_path / "results.pdf").stat().st_size > 10_000
