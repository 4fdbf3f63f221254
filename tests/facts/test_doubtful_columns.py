"""Columns that hold something other than they are read as: said once a column."""

from __future__ import annotations

from datetime import date

import pytest

from calculator.facts.case_table import Cases
from calculator.facts.cells import Raw
from calculator.facts.problems import Severity


def doubts(name: str, column: list[Raw]) -> list[tuple[int, str]]:
    size = len(column)
    facts: dict[str, list[Raw]] = {
        "case_ref": [str(row) for row in range(size)],
        "exit_date": ["2020-12-31"] * size,
    }
    found = Cases.from_raw({**facts, name: column}, size)
    assert {problem.severity for problem in found.doubts} <= {Severity.PLEASE_CONFIRM}
    assert {problem.field for problem in found.doubts} <= {name}
    return [(problem.row, problem.wrong) for problem in found.doubts]


@pytest.mark.parametrize(
    ("column", "held"),
    [
        (["Ann", "Bob", "", "Cat"], "words"),
        (["", "n/a", "see letter", "to follow", "0"], "words"),
        ([2019, 2020, 2021], "years"),
        (["2019", "2020", "40000"], "years"),
        (["25%", "50 %", ""], "percentages"),
        ([0.25, 0.5, 1], "percentages"),
        (["EP/001", "EP/002"], "reference numbers"),
        (["0012345", "0012346"], "reference numbers"),
        ([1000234, 1000871, 2000111], "reference numbers"),
        (["41", "42", "43", "44"], "reference numbers"),
        ([date(2020, 1, 1), date(2020, 1, 2)], "days"),
    ],
)
def test_a_column_of_money_that_holds_something_else(column: list[Raw], held: str) -> None:
    found = doubts("redundancy_due", column)
    assert [wrong for _, wrong in found] == [f"Most cells of this column hold {held}, not money."]


@pytest.mark.parametrize(
    "column",
    [
        ["40000", "41k", "£28,500 pounds", "nil"],
        ["40000", "#N/A", "#VALUE!", "#REF!"],
        ["£2,019.00", "£2,020.00", "£2,021"],
        [40000, 41250, 52300],
        [1_200_000, 1_200_000, 1_300_000],
        ["", None, "2020"],
        ["n/a", "unknown", "tbc"],
        ["Ann", "40000", "41000"],
        ["0", 0, 0.0],
        ["6.8E+04", "6.9E+04"],
    ],
)
def test_a_column_of_money_with_money_in_it(column: list[Raw]) -> None:
    assert doubts("redundancy_due", column) == []


@pytest.mark.parametrize("dash", ["-", " - ", "–", "\u00a0—", "−"])
def test_a_lone_dash_for_a_sum_is_blank_and_to_confirm(dash: str) -> None:
    wrong = "A dash is read as not known."
    assert doubts("redundancy_paid", ["£5", dash, "", dash]) == [(1, wrong), (3, wrong)]
    assert doubts("relaxed_amount", [dash]) == [(0, wrong)]
    assert doubts("exit_date", ["2020-12-31", "-"]) == []


@pytest.mark.parametrize("nil", ["£-", "£ -", " £-   ", "£–", "£\u00a0-"])
def test_the_nil_of_accounts_is_0(nil: str) -> None:
    cases = Cases.from_raw(
        {"case_ref": ["A"], "exit_date": ["2020-12-31"], "severance_due": [nil]}, 1
    )
    assert (cases.money["severance_due"][0], cases.known["severance_due"][0]) == (0, True)
    assert not [*cases.problems, *cases.doubts]


def test_days_that_a_spreadsheet_may_have_swapped_are_said_once() -> None:
    found = doubts(
        "payment_date", [date(2020, 5, 5), date(2021, 8, 1), "01/22/2021", date(2021, 2, 3)]
    )
    assert [row for row, _ in found] == [1]
    assert doubts("payment_date", [date(2021, 8, 1), "22/01/2021"]) == []
    assert doubts("payment_date", [date(2021, 8, 13), "01/22/2021"]) == []
