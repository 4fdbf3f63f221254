"""The exits of one person, from JSON and from a form: what is read, and what is told of each key."""

from __future__ import annotations

import json
from datetime import date

import pytest

from calculator.facts.case_table import Cases
from calculator.facts.cells import Raw
from calculator.facts.problems import FileProblem, Problem, Severity
from calculator.one_case.case_file import read_case_file
from calculator.one_case.person import RawExit, of_one_person, people, work, work_leaving_out
from rules.choices import Nation
from rules.positions import Positions

AS_AT = date(2026, 11, 22)
GOOD: dict[str, Raw] = {"case_ref": "A", "person_ref": "P", "exit_date": "2020-12-31"}


def read(*exits: RawExit) -> tuple[Cases, list[Problem]]:
    """The table of exits, and everything that is wrong with them."""
    worked = work(exits, Positions(), AS_AT)
    return worked.outcome.cases, list(worked.problems)


def only_exit(text: str) -> dict[str, Raw]:
    (facts,) = read_case_file(text).exits
    return facts


def test_a_case_is_read_from_json_with_numbers_text_lists_and_null() -> None:
    raw = only_exit(
        '{"case_ref": 7, "exit_date": "31/12/2020", "redundancy_due": 95000.5, "nation": "Wales",'
        ' "evidence": ["p45"], "notes": null, "strain_due_date": 44196}'
    )
    cases, problems = read(raw)
    assert problems == []
    assert cases.text["case_ref"].tolist() == ["7"]
    assert cases.days["exit_date"].tolist() == [date(2020, 12, 31)]
    assert cases.money["redundancy_due"].tolist() == [9_500_050]
    assert cases.choices["nation"].tolist() == [Nation.WALES]
    assert cases.documents.tolist() == [1 << 5]
    assert cases.days["strain_due_date"].tolist() == [date(2020, 12, 31)]
    assert not cases.known["weekly_pay"].any()


def test_every_bad_key_is_named_in_one_pass() -> None:
    cases, problems = read(
        {"exit_date": "12/31/2020", "redundancy_due": "95k", "nation": "Mars", "notes": "fine"}
    )
    assert cases.in_error.all()
    assert {problem.field for problem in problems} == {
        "case_ref",
        "exit_date",
        "redundancy_due",
        "nation",
    }
    assert all(problem.wrong and problem.enter for problem in problems)


@pytest.mark.parametrize(
    ("key", "enter"),
    [
        ("redundency_due", "It was not used. Did you mean redundancy_due?"),
        ("Redundancy pay due", "It was not used. Did you mean redundancy_due?"),
        ("xyz", "It was not used."),
    ],
)
def test_an_unknown_key_is_named_with_the_nearest_field_and_stops_nothing(
    key: str, enter: str
) -> None:
    cases, problems = read({**GOOD, "case_ref": "B"}, {**GOOD, key: "1"})
    assert not cases.in_error.any()
    assert problems == [
        Problem(1, key, "This is not a field.", enter, Severity.PLEASE_CONFIRM, "unknown_key")
    ]


def test_an_exit_that_cannot_be_read_leaves_the_others_alone() -> None:
    cases, problems = read({**GOOD, "exit_date": "soon"}, {**GOOD, "case_ref": "B"})
    assert cases.in_error.tolist() == [True, False]
    assert [(problem.row, problem.field) for problem in problems] == [(0, "exit_date")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not valid JSON"),
        ("{", "not valid JSON"),
        ("[]", "one JSON object"),
        ("3", "one JSON object"),
        ('{"case_ref": "A", "case_ref": "B"}', "case_ref twice"),
        ('{"case_ref": {"a": 1}}', "holds an object"),
        ('{"redundancy_due": NaN}', "not a number"),
        ("[" * 100_000, "not valid JSON"),
        ('{"case_ref": "A"\n "exit_date": 1}', "look at line 2"),
        ('{"case_ref": "A\\ud800"}', "not valid JSON"),
    ],
)
def test_a_bad_case_file_gives_one_clear_line(text: str, message: str) -> None:
    with pytest.raises(FileProblem, match=message) as caught:
        read_case_file(text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("number", ["1e5", "1.005", "-1", "1e400", "1e999999999999", "1" * 6000])
def test_json_numbers_keep_the_digits_they_were_written_in(number: str) -> None:
    _, problems = read(
        only_exit(f'{{"case_ref": "A", "exit_date": "2020-12-31", "severance_due": {number}}}')
    )
    assert [problem.field for problem in problems] == ["severance_due"]


def test_round_trip_of_text_keeps_leading_zeros() -> None:
    cases, _ = read(only_exit(json.dumps({**GOOD, "case_ref": "000123"})))
    assert cases.text["case_ref"].tolist() == ["000123"]


ANN = {"case_ref": "1", "member_name": "Ann", "exit_date": "31/12/2020", "severance_due": "90000"}
BOB = {"case_ref": "2", "member_name": "Bob", "exit_date": "10/01/2021", "severance_due": "80000"}


@pytest.mark.parametrize("reference", ["", "n/a", '="0"', "see file"])
def test_exits_without_a_person_reference_are_never_joined_and_this_is_said(reference: str) -> None:
    worked = work([{**facts, "person_ref": reference} for facts in (ANN, BOB)], Positions(), AS_AT)
    assert worked.outcome.texts("cap_available") == ["95000.00", "95000.00"]
    assert [(p.row, p.field, p.severity) for p in worked.problems if "joined" in p.wrong] == [
        (row, "person_ref", Severity.PLEASE_CONFIRM) for row in (0, 1)
    ]


def test_the_people_of_a_file_are_counted_by_their_references() -> None:
    exits = [{**ANN, "person_ref": "M-1"}, BOB, {**ANN, "case_ref": "3", "person_ref": " m–1"}]
    assert [(each.name, each.exits) for each in people(exits)] == [
        ("Ann, M-1, 1, 31/12/2020", (0, 2)),
        ("Bob, 2, 10/01/2021", (1,)),
    ]


@pytest.mark.parametrize("given", ["", "M-1"])
def test_exits_entered_as_those_of_one_person_share_one_cap(given: str) -> None:
    exits = of_one_person([ANN, {**BOB, "person_ref": given}])
    assert work(exits, Positions(), AS_AT).outcome.texts("cap_available")[1] == "5000.00"
    assert len(people(exits)) == 1


CUT: dict[str, Raw] = {**GOOD, "redundancy_due": "100000", "redundancy_paid": "95000"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"service_start": "29 years"},
        {"service_start": "2021-06-01"},
        {"top_up_member": "500"},
        {"top_up_member": "500", "top_up_date": "last May"},
        {"nation": "mars", "evidence": "a letter", "annual_salary": "160 thousand"},
    ],
)
def test_a_fact_that_cannot_be_read_is_left_out_and_the_rest_is_calculated(
    wrong: dict[str, Raw],
) -> None:
    found = work_leaving_out([{**CUT, **wrong}], Positions(), AS_AT)
    without = work([CUT], Positions(), AS_AT)
    assert found.outcome.figure("member_total", 0) == without.outcome.figure("member_total", 0)
    assert found.outcome.figure("member_total", 0)
    must_fix = {p.field for p in found.problems if p.severity is Severity.MUST_FIX}
    assert must_fix == {name for _, name in found.left_out} != set()


def test_an_exit_without_its_day_stays_in_error_and_the_other_is_calculated() -> None:
    exits = [{**CUT, "exit_date": "soon"}, {**CUT, "case_ref": "B"}]
    found = work_leaving_out(exits, Positions(), AS_AT)
    assert found.outcome.cases.in_error.tolist() == [True, False]
    assert found.left_out == ()


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"exit_date": "2027-12-31"}, "exit_date"),
        ({"payment_date": "2027-12-01"}, "payment_date"),
        ({"date_of_birth": "2063-01-01"}, "date_of_birth"),
        ({"payment_date": "2020-01-01"}, "payment_date"),
    ],
)
def test_a_day_to_come_and_a_payment_long_before_the_exit_are_to_be_confirmed(
    days: dict[str, Raw], field: str
) -> None:
    found = work_leaving_out([{**CUT, **days}], Positions(), AS_AT)
    to_confirm = {p.field for p in found.problems if p.severity is Severity.PLEASE_CONFIRM}
    assert field in to_confirm
    ordinary = work_leaving_out([{**CUT, "payment_date": "2020-12-20"}], Positions(), AS_AT)
    assert ordinary.problems == ()
