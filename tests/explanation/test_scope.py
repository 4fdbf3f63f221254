"""The steps of scope: SI 2020/1122 reg 1(2) and the Schedule."""

from __future__ import annotations

from tests.explanation.explained import step


def test_reg_1_2_the_days_of_the_cap_are_named() -> None:
    assert step("Date of exit").working == (
        "The cap was in force from 4 November 2020, was lifted in England on 12 February 2021 and was "
        "revoked on 19 March 2021."
    )


def test_an_employer_of_a_listed_kind_is_taken_as_described() -> None:
    in_scope = step("In scope")
    assert in_scope.amount == "yes"
    assert "no entry has its name" in in_scope.working


def test_an_exit_after_the_revocation_is_out_of_scope() -> None:
    assert step("In scope", exit_date="2021-03-20").formatted == "No"
