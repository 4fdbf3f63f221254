"""The contract for programs: what is read and what is printed fits the schemas."""

from __future__ import annotations

import json
from datetime import date

import jsonschema
import pytest

from calculator.calculation.result_columns import OUTPUT_NAMES
from calculator.calculation.schema import SCHEMAS, case_schema, result_schema
from calculator.explanation.as_json import as_json
from calculator.facts.fields import FIELDS
from calculator.one_case.case_file import read_case_file
from calculator.one_case.person import work
from rules import VERSION
from rules.positions import Positions
from tests.comparing import calculated
from tests.generated import random_rows

AS_AT = date(2026, 11, 22)
CASE = jsonschema.Draft202012Validator(case_schema())
RESULT = jsonschema.Draft202012Validator(result_schema())
PLAIN = {
    "case_ref": "A",
    "exit_date": "2020-12-31",
    "employer_kind": "council",
    "notice_given_on": "none",
    "relaxed_amount": "all",
    "redundancy_due": "40000.50",
    "redundancy_paid": 40000,
    "monthly_hours": "162.5",
    "evidence": ["payslip", "p45"],
    "pension_strain_due": None,
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_is_one_and_names_the_version_of_the_rules(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name]())
    assert SCHEMAS[name]()["$id"].endswith(VERSION)


def test_every_field_and_every_output_is_in_its_schema() -> None:
    fields = case_schema()["$defs"]["exit"]["properties"]
    assert list(fields) == [field.name for field in FIELDS]
    results = result_schema()["$defs"]["result"]["properties"]["results"]
    assert list(results["properties"]) == results["required"] == list(OUTPUT_NAMES)


@pytest.mark.parametrize("case", [PLAIN, {"exits": [PLAIN, {**PLAIN, "case_ref": "B"}]}])
def test_what_fits_the_schema_is_read_without_a_problem(case: dict[str, object]) -> None:
    CASE.validate(case)
    exits = read_case_file(json.dumps(case)).exits
    assert not work(exits, Positions(), AS_AT).outcome.cases.problems


@pytest.mark.parametrize(
    "change",
    [
        {"case_ref": None},
        {"exit_date": "31 December"},
        {"employer_kind": "club"},
        {"redundancy_due": "-1"},
        {"evidence": ["rumour"]},
        {"notice_given_on": "never"},
    ],
)
def test_what_cannot_be_read_does_not_fit_the_schema(change: dict[str, object]) -> None:
    case = PLAIN | change
    assert not CASE.is_valid(case)
    assert work([case], Positions(), AS_AT).outcome.cases.problems  # type: ignore[list-item]


def test_every_result_fits_the_schema() -> None:
    outcome = calculated(random_rows(17, 120), {}, AS_AT)
    for row in range(outcome.cases.size):
        RESULT.validate(as_json(outcome, row, outcome.cases.problems))
