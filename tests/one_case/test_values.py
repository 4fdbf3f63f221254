"""What was read from a field, said in full."""

from __future__ import annotations

import pytest

from calculator.facts.fields import BY_NAME
from calculator.facts.problems import Problem
from calculator.one_case.values import problem_words, read_back, words_of


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
