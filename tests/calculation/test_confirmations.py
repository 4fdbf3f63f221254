"""What a person is asked to confirm."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from calculator.calculation.confirmations import confirmations, grouped, summed_up
from calculator.spreadsheets.read import read_cases, read_sheet
from tests.comparing import cases_of

OLD = {"scheme": "lgps", "date_of_birth": "1963-05-14", "pension_outcome": "reduced"}


"""An LGPS member of 57 at the exit."""


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({"severance_due": "1", "severance_paid": "2"}, "severance_paid", "More was paid"),
        (
            {"redundancy_due": "1", "statutory_redundancy": "2"},
            "statutory_redundancy",
            "more than the whole",
        ),
        ({"severance_paid": "2", "total_paid": "1"}, "total_paid", "less than the payments"),
        ({"severance_due": "1", "total_paid": "2"}, "total_paid", "more than all that was due"),
        (
            {"pension_strain_due": "1", "member_funded_strain": "2"},
            "member_funded_strain",
            "more strain than was due",
        ),
        ({"redundancy_due": "1", "exit_reason": "voluntary"}, "exit_reason", "not redundancy"),
        ({"date_of_birth": "2005-01-01"}, "date_of_birth", "under 16"),
        ({"date_of_birth": "1920-12-31"}, "date_of_birth", "100 or more"),
        (
            {"date_of_birth": "1990-01-01", "service_start": "2005-12-31"},
            "service_start",
            "before the age of 16",
        ),
        ({"payment_date": "2018-12-30"}, "payment_date", "more than two years"),
        ({"due_date": "2023-01-02"}, "due_date", "more than two years"),
        ({"acknowledged_on": "2020-12-30"}, "acknowledged_on", "before the exit"),
        ({"payment_date": "2020-01-01"}, "payment_date", "months before the exit"),
        ({"annual_salary": "4000"}, "annual_salary", "under £10,000"),
        ({"annual_salary": "500000.01"}, "annual_salary", "over £500,000"),
        ({"weekly_pay": "52000"}, "weekly_pay", "over £10,000"),
        ({"annual_salary": "52000", "weekly_pay": "4000"}, "weekly_pay", "far from the salary"),
        ({"annual_salary": "52000", "weekly_pay": "400"}, "weekly_pay", "far from the salary"),
        (
            {"annual_salary": "20000", "notice_pay_due": "20001"},
            "notice_pay_due",
            "a year's salary",
        ),
        ({"pension_due": "1", "pension_paid": "2"}, "pension_paid", "More pension was paid"),
        ({"lump_sum_due": "1", "lump_sum_paid": "2"}, "lump_sum_paid", "More pension lump sum"),
        ({"annual_salary": "20000", "pension_due": "20001"}, "pension_due", "than the salary"),
        (
            {"scheme": "lgps", "pension_due": "1000", "pension_paid": "536.98"},
            "pension_paid",
            "more than any early-payment factor",
        ),
        (
            {
                "scheme": "lgps",
                "date_of_birth": "1964-01-01",
                "pension_due": "1000",
                "pension_paid": "622.98",
            },
            "pension_paid",
            "more than any early-payment factor",
        ),
        (
            {
                "scheme": "lgps",
                "pension_due": "15000",
                "pension_paid": "10000",
                "pension_strain_due": "24999.99",
            },
            "pension_strain_due",
            "between 5 and 25 times",
        ),
        (
            {
                "scheme": "lgps",
                "pension_outcome": "reduced",
                "date_of_birth": "1964-03-15",
                "pension_2008_2014": "3000",
                "pension_strain_due": "25000",
            },
            "pension_strain_due",
            "between 5 and 25 times",
        ),
        (
            {"pension_outcome": "unreduced", "pension_due": "2", "pension_paid": "1"},
            "pension_outcome",
            "given as unreduced",
        ),
        (
            {"pension_outcome": "deferred", "pension_due": "2", "pension_paid": "1"},
            "pension_outcome",
            "given as deferred",
        ),
        ({"scheme": "tps", "pension_care": "1"}, "scheme", "those of the LGPS"),
        ({"scheme": "tps", "pension_outcome": "self_funded"}, "scheme", "those of the LGPS"),
        (
            {"scheme": "lgps", "date_of_birth": "1966-01-02", "pension_due": "1"},
            "date_of_birth",
            "under 55",
        ),
        (
            {**OLD, "pension_care": "4000", "pension_paid": "3000"},
            "pension_paid",
            "Entered without the unreduced one",
        ),
        (
            {**OLD, "pension_care": "4000", "pension_due": "5000"},
            "pension_due",
            "Entered without the one paid",
        ),
        (
            {**OLD, "lump_sum_to_2008": "4000", "lump_sum_paid": "3000"},
            "lump_sum_paid",
            "Entered without the unreduced one",
        ),
        (
            {**OLD, "pension_to_2008": "4000"},
            "pension_care",
            "taken as none",
        ),
    ],
)
def test_unlikely_facts_are_to_be_confirmed(facts: dict[str, str], field: str, words: str) -> None:
    found = confirmations(cases_of([{"case_ref": "A", "exit_date": "2020-12-31", **facts}]))
    assert [problem.field for problem in found if words in problem.wrong] == [field]
    assert all(problem.severity == "please confirm" for problem in found)


@pytest.mark.parametrize(
    "facts",
    [
        {"severance_due": "2", "severance_paid": "2"},
        {"date_of_birth": "2004-12-31"},
        {"date_of_birth": "1921-01-01"},
        {"payment_date": "2022-12-31"},
        {"payment_date": "2020-10-01"},
        {"annual_salary": "10000"},
        {"weekly_pay": "1200"},
        {"annual_salary": "52000", "weekly_pay": "1000"},
        {"annual_salary": "52000", "weekly_pay": "500"},
        {"pension_due": "1", "pension_paid": "1", "annual_salary": "10000"},
        {**OLD, "pension_outcome": "deferred", "pension_care": "4000", "pension_due": "5000"},
        {**OLD, "nation": "scotland", "pension_to_2008": "4000", "pension_paid": "3000"},
        {**OLD, "pension_care": "4000", "pension_due": "5000", "pension_paid": "4900"},
        {"scheme": "lgps", "pension_due": "1000", "pension_paid": "536.99"},
        {
            "scheme": "lgps",
            "date_of_birth": "1964-01-01",
            "pension_due": "1000",
            "pension_paid": "622.99",
        },
        {
            "scheme": "lgps",
            "pension_due": "15000",
            "pension_paid": "10000",
            "pension_strain_due": "25000",
        },
        {
            "scheme": "lgps",
            "pension_due": "15000",
            "pension_paid": "10000",
            "pension_strain_due": "125000",
        },
        {"scheme": "tps", "pension_outcome": "reduced", "pension_due": "2", "pension_paid": "1"},
        {"scheme": "lgps", "date_of_birth": "1966-01-01", "pension_due": "1"},
    ],
)
def test_likely_facts_are_left_alone(facts: dict[str, str]) -> None:
    assert confirmations(cases_of([{"case_ref": "A", "exit_date": "2020-12-31", **facts}])) == []


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"exit_date": "2027-12-31"}, "exit_date"),
        ({"exit_date": "2020-12-31", "payment_date": "2027-12-01"}, "payment_date"),
        ({"exit_date": "2020-12-31", "date_of_birth": "2063-05-14"}, "date_of_birth"),
    ],
)
def test_a_day_that_has_not_come_is_to_be_confirmed(facts: dict[str, str], field: str) -> None:
    found = confirmations(cases_of([{"case_ref": "A", **facts}]), as_at=date(2026, 11, 22))
    assert [p.field for p in found if "after the day of calculation" in p.wrong] == [field]


def test_the_same_exit_twice_is_to_be_confirmed_on_both_rows() -> None:
    row = {"person_ref": "P", "exit_date": "2020-12-31", "employer_name": "Anytown Council"}
    found = confirmations(cases_of([{**row, "case_ref": "A"}, {**row, "case_ref": "B"}]))
    assert [(problem.row, problem.field) for problem in found] == [(0, "case_ref"), (1, "case_ref")]


def test_a_fault_of_many_cells_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    lines = "".join(f"C{n},2020-12-31,10k\n" for n in range(30))
    path.write_text(f"case_ref,exit_date,severance_due\n{lines}", encoding="utf-8")
    sheet = read_sheet(path)
    said = list(summed_up(grouped(read_cases(sheet).problems), lambda p: sheet.locate(p)[0]))
    assert len(said) == 1
    assert said[0].endswith("C2, C3, C4, C5, C6 and 25 more.")


def test_notes_below_the_cases_are_said_and_cases_never_dropped(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(
        "case_ref,exit_date,notes\nA,2020-12-31,\nB,,\nPrepared by the branch,,\n,,see file\n",
        encoding="utf-8",
    )
    sheet = read_sheet(path)
    assert [row[0] for row in sheet.rows] == ["A", "B"]
    assert sheet.notices == ["Rows 4 to 5 below the cases: taken as notes, not as cases."]
