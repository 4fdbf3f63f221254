"""What was read from a field, said in full."""

from __future__ import annotations

from datetime import date

import pytest

from calculator.facts.cells import CannotRead
from calculator.facts.fields import BY_NAME
from calculator.facts.problems import Problem
from calculator.one_case.person import work
from calculator.one_case.values import problem_words, read_back, start_by_years, words_of
from rules.positions import Positions


@pytest.mark.parametrize(
    ("name", "entered", "words"),
    [
        ("redundancy_due", "41,000", "£41,000.00"),
        ("redundancy_due", "£41,000.00", ""),
        ("redundancy_due", "nil", "£0.00"),
        ("redundancy_due", "41k and more", ""),
        ("redundancy_due", "TBC", "not known"),
        ("redundancy_due", "", ""),
        ("exit_date", "12/2/2021", "12 February 2021"),
        ("notice_given_on", "none", "No notice was given"),
        ("relaxed_amount", "ALL", "The cap was wholly waived"),
        ("monthly_hours", "162.5", "162.5 hours a month"),
        ("member_name", "unknown", ""),
    ],
)
def test_a_value_is_read_back_in_full_where_that_says_more(
    name: str, entered: str, words: str
) -> None:
    assert read_back(BY_NAME[name], entered) == words


def test_a_fact_is_shown_in_the_words_of_the_form() -> None:
    assert words_of(BY_NAME["scheme"], "lgps") == "Local government (LGPS)"
    assert words_of(BY_NAME["evidence"], "p45;payslip") == "P45, Payslip"
    assert words_of(BY_NAME["nation"], "northern_ireland") == "Northern Ireland"
    assert words_of(BY_NAME["exit_date"], "31/12/2020") == "31 December 2020"
    assert words_of(BY_NAME["service_start"], "29 years") == "29 years"


def test_what_is_wrong_with_a_choice_is_said_without_its_codes() -> None:
    problem = Problem(0, "exit_reason", "This is not one of the choices.", "Enter one of: a_code.")
    said = problem_words(BY_NAME["exit_reason"], problem)
    assert said == "This is not one of the choices. Choose from the list."


def test_what_is_wrong_with_a_sum_typed_is_said_without_the_formula_for_a_cell() -> None:
    field = BY_NAME["redundancy_due"]
    with pytest.raises(CannotRead, match="ROUND") as caught:
        field.parse("95.123")
    said = problem_words(field, Problem(0, field.name, caught.value.wrong, caught.value.enter))
    assert said == (
        "An amount has pounds and at most two decimals. Enter pounds and pence, such as 1234.50, £1,234.50 or 0."
    )


@pytest.mark.parametrize(
    ("entered", "left", "years"),
    [("12 years", "31/12/2020", "12"), (" 5 yrs service", "28/2/2021", "5"), ("1 year", "x", "")],
)
def test_a_start_worked_out_from_years_of_service_gives_so_many_complete_years(
    entered: str, left: str, years: str
) -> None:
    start = start_by_years(entered, left)
    facts = {"exit_reason": "redundancy", "date_of_birth": "1970-01-01", "notice_given_on": "none"}
    exit_ = {"case_ref": "A", "exit_date": "31/12/2020" if left == "x" else left, **facts}
    outcome = work([{**exit_, "service_start": start}], Positions(), date(2026, 11, 22)).outcome
    assert outcome.texts("redundancy_years") == [years]


@pytest.mark.parametrize("entered", ["", "29", "long", "31/12/1991", "29 weeks"])
def test_other_words_are_no_years_of_service(entered: str) -> None:
    assert start_by_years(entered, "31/12/2020") == ""
