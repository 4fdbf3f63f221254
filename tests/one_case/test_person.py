"""One case: the model over the list of fields, from JSON and from a row."""

from __future__ import annotations

import json
from datetime import date

import pytest
from pydantic import ValidationError

from calculator.facts.case import Case, read_case
from calculator.facts.cells import Raw
from calculator.facts.fields import FIELDS
from calculator.facts.problems import FileProblem, Severity
from calculator.one_case.case_file import read_case_file
from rules.choices import Nation


def only_exit(text: str) -> dict[str, Raw]:
    (facts,) = read_case_file(text).exits
    return facts


def test_a_case_has_every_field_and_only_those() -> None:
    assert list(Case.model_fields) == [field.name for field in FIELDS]


def test_a_case_is_read_from_json_with_numbers_text_lists_and_null() -> None:
    raw = only_exit(
        '{"case_ref": 7, "exit_date": "31/12/2020", "redundancy_due": 95000.5, "nation": "Wales",'
        ' "evidence": ["p45"], "notes": null, "strain_due_date": 44196}'
    )
    case, problems = read_case(raw)
    assert problems == []
    assert case is not None
    assert case.value("case_ref") == "7"
    assert case.value("exit_date") == date(2020, 12, 31)
    assert case.value("redundancy_due") == 9_500_050
    assert case.value("nation") is Nation.WALES
    assert case.value("evidence") == ("p45",)
    assert case.value("strain_due_date") == date(2020, 12, 31)
    assert case.value("weekly_pay") is None


def test_every_bad_key_is_named_in_one_pass() -> None:
    case, problems = read_case(
        {"exit_date": "12/31/2020", "redundancy_due": "95k", "nation": "Mars", "notes": "fine"}
    )
    assert case is None
    assert {problem.field for problem in problems} == {
        "case_ref",
        "exit_date",
        "redundancy_due",
        "nation",
    }
    assert all(problem.wrong and problem.enter for problem in problems)


def test_an_unknown_key_is_named_with_the_nearest_field_and_stops_nothing() -> None:
    case, problems = read_case({"case_ref": "A", "exit_date": "2020-12-31", "redundency_due": "1"})
    assert case is not None
    assert [(p.field, p.severity, p.enter) for p in problems] == [
        ("redundency_due", Severity.PLEASE_CONFIRM, "It was not used. Did you mean redundancy_due?")
    ]


def test_a_validation_error_never_holds_what_was_entered() -> None:
    with pytest.raises(ValidationError) as caught:
        Case.model_validate({"case_ref": "A", "exit_date": "Zaphod"})
    assert "Zaphod" not in str(caught.value)


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


def test_a_case_cannot_be_changed() -> None:
    case = Case.model_validate({"case_ref": "A", "exit_date": "2020-12-31"})
    with pytest.raises(ValidationError):
        case.case_ref = "B"  # type: ignore[attr-defined]


@pytest.mark.parametrize("number", ["1e5", "1.005", "-1", "1e400", "1e999999999999", "1" * 6000])
def test_json_numbers_keep_the_digits_they_were_written_in(number: str) -> None:
    raw = only_exit(f'{{"case_ref": "A", "exit_date": "2020-12-31", "severance_due": {number}}}')
    case, problems = read_case(raw)
    assert case is None
    assert [problem.field for problem in problems] == ["severance_due"]


def test_round_trip_of_text_keeps_leading_zeros() -> None:
    raw = only_exit(json.dumps({"case_ref": "000123", "exit_date": "2020-12-31"}))
    case, _ = read_case(raw)
    assert case is not None
    assert case.value("case_ref") == "000123"
