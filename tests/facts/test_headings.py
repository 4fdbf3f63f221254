"""Headings matched with fields: by the person's own mapping, and with our results among them."""

from __future__ import annotations

from pathlib import Path

import pytest

from calculator.calculation.result_columns import OUTPUT_NAMES
from calculator.command_line import mapping_of
from calculator.facts.headings import (
    columns_of,
    field_named,
    mapping_text,
    match,
    name_parts,
    nearest,
    parsed_mapping,
    unmatched,
)
from calculator.facts.problems import FileProblem
from calculator.spreadsheets.read import read_cases, read_sheet


def test_headings_of_their_own_are_mapped(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("Our no.,Left on,Lump = sum\nA,31/12/2020,£5\n", encoding="utf-8")
    mapping = parsed_mapping(
        ["Our no.=case_ref", "left ON = exit_date", "Lump = sum=severance_due"]
    )
    cases = read_cases(read_sheet(path, mapping=mapping))
    assert list(cases.text["case_ref"]) == ["A"]
    assert cases.money["severance_due"].tolist() == [500]


def test_a_mapping_is_saved_and_read_again(tmp_path: Path) -> None:
    mapping = {'A "quoted" heading': "notes", "Our no.": "case_ref"}
    path = tmp_path / "map.toml"
    path.write_text(mapping_text(mapping), encoding="utf-8")
    assert mapping_of(path, []) == mapping


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        (["case_ref"], "write it as"),
        (["=case_ref"], "write it as"),
        (["Ref=caseref"], "Did you mean case_ref"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused(pairs: list[str], message: str) -> None:
    with pytest.raises(FileProblem, match=message):
        parsed_mapping(pairs)


def test_a_mapping_of_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(FileProblem, match="no column 'Ref'"):
        columns_of(["case_ref", "exit_date"], {"Ref": "case_ref"}, OUTPUT_NAMES)


@pytest.mark.parametrize("own", [["Case no.", *OUTPUT_NAMES], [*OUTPUT_NAMES, "Case no."]])
def test_columns_of_results_give_way_to_the_persons_own(own: list[str]) -> None:
    headings = [*own, "Leaving date"]
    assert headings[columns_of(headings, {}, OUTPUT_NAMES)["case_ref"]] == "Case no."
    assert (
        headings[columns_of(headings, {"Leaving date": "person_ref"}, OUTPUT_NAMES)["person_ref"]]
        == "Leaving date"
    )
    with pytest.raises(FileProblem, match="both read as Case reference"):
        columns_of([heading for heading in headings if heading != "triage"], {}, OUTPUT_NAMES)


def test_headings_that_are_no_field_are_named_with_what_they_may_mean() -> None:
    headings = ["case_ref", "exit_date", "Anual salery", "Branch", "difference"]
    first, others = unmatched(headings, columns_of(headings, {}, OUTPUT_NAMES), OUTPUT_NAMES)
    assert len(first) == 1
    assert '--map "Anual salery=annual_salary", or --accept-guesses' in first[0]
    assert others == ["The column 'Branch' is no field; it is kept as it is."]


def test_two_columns_of_one_field_are_said_and_the_first_is_taken() -> None:
    columns, twice = match(["Ref", "Exit date", "Case no."], {}, OUTPUT_NAMES)
    assert columns == {"case_ref": 0, "exit_date": 1}
    assert twice == ["Two columns, 'Ref' and 'Case no.', both read as Case reference."]
    with pytest.raises(FileProblem) as caught:
        columns_of(["Ref", "Exit date", "Case no."], {}, OUTPUT_NAMES)
    assert str(caught.value) == f"{twice[0]} Rename or remove one."


@pytest.mark.parametrize(
    "headings", [["Strain £", "Strain %"], ["Strain %", "Strain £"], ["Strain"]]
)
def test_a_mapped_heading_is_itself_before_one_that_differs_in_signs(headings: list[str]) -> None:
    columns = columns_of(headings, {"strain £": "pension_strain_due"}, OUTPUT_NAMES)
    assert headings[columns["pension_strain_due"]] != "Strain %"
    assert len(columns) == 1


@pytest.mark.parametrize("heading", ["#", "£"])
def test_a_heading_of_signs_alone_is_mapped(heading: str) -> None:
    columns = columns_of(["", heading, "%"], {heading: "case_ref"}, OUTPUT_NAMES)
    assert columns == {"case_ref": 1}


def test_a_column_of_their_own_that_nearly_has_a_results_name_stays_theirs() -> None:
    headings = ["case_ref", "exit_date", "Member total"]
    assert list(nearest(headings, {"case_ref": 0, "exit_date": 1}, OUTPUT_NAMES)) == [2]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Our ref", "case_ref"),
        ("School / Employer", "employer_name"),
        ("Membership no.", "person_ref"),
        ("Date left", "exit_date"),
        ("LDOE", "exit_date"),
        ("Strain cost", "pension_strain_due"),
        ("Capital cost (£)", "pension_strain_due"),
        ("Actual paid", "total_paid"),
        ("Cap applied?", "cap_applied"),
        ("School", "employer_name"),
        ("Authority", "employer_name"),
        ("Date of exit (dd/mm/yyyy)", "exit_date"),
        ("Date of exit DD-MMM-YYYY *", "exit_date"),
        ("Date of\nexit", "exit_date"),
        ("3. Date of exit [mandatory]", "exit_date"),
        ("Settlement agreement (Y/N)", "settlement_agreement"),
    ],
)
def test_headings_of_unions_and_councils_are_known(heading: str, field: str) -> None:
    assert columns_of([heading], {}, OUTPUT_NAMES) == {field: 0}


@pytest.mark.parametrize(
    "heading", ["Redundancy pay due (£000)", "Redundancy pay due (£k)", "CMP", "Strain cost (full)"]
)
def test_words_in_brackets_that_may_change_the_sum_are_never_left_out(heading: str) -> None:
    assert columns_of([heading], {}, OUTPUT_NAMES) == {}


@pytest.mark.parametrize(
    ("heading", "guess"),
    [
        ("Pension strain cost (full)", "pension_strain_due"),
        ("Strain, what the fund got, paid over", "pension_strain_paid"),
        ("CMP", "pension_strain_due"),
        ("Redundancy entitlement before cap", "redundancy_due"),
        ("Actual redundancy after cap", "redundancy_paid"),
        ("Redundancy pay", None),
        ("Strain factor", None),
        ("Date strain invoice raised", None),
        ("Strain due £000", None),
    ],
)
def test_a_guess_says_due_or_paid_only_where_the_heading_does(
    heading: str, guess: str | None
) -> None:
    assert nearest([heading], {}, OUTPUT_NAMES) == {0: guess}


def test_no_field_is_guessed_twice_and_guesses_are_used_only_when_accepted() -> None:
    headings = ["case_ref", "exit_date", "Strain in full", "Full strain again"]
    assert "pension_strain_due" not in columns_of(headings, {}, OUTPUT_NAMES)
    columns = columns_of(headings, {}, OUTPUT_NAMES, accept_guesses=True)
    assert columns == {"case_ref": 0, "exit_date": 1, "pension_strain_due": 2}


def test_columns_with_sums_that_are_no_field_come_first() -> None:
    headings = ["case_ref", "exit_date", "Branch", "Lieu of it"]
    columns = columns_of(headings, {}, OUTPUT_NAMES)
    first, others = unmatched(headings, columns, OUTPUT_NAMES, {3})
    assert first[0].startswith(
        "The column 'Lieu of it' holds sums and is no field: it is not used."
    )
    assert len(others) == 1


@pytest.mark.parametrize(
    "headings",
    [
        ["Case", "Forename", "Surname", "Name", "Date left"],
        ["Name", "Last name", "First names", "LDOE", "Case"],
        ["Case no", "Date left", "Name", "Family Name", "Given name"],
    ],
)
def test_an_officers_name_gives_way_to_forename_and_surname(headings: list[str]) -> None:
    columns = columns_of(headings, {}, OUTPUT_NAMES)
    forename, surname = name_parts(headings, columns)
    assert "name" in headings[forename].casefold()
    assert headings[surname] != "Name"
    assert columns["member_name"] == surname
    _, others = unmatched(headings, columns, OUTPUT_NAMES)
    assert others == [
        f"The column 'Name' is kept as it is: Member name is read from {headings[forename]!r} and "
        f"{headings[surname]!r}."
    ]


def test_a_fields_own_heading_goes_before_an_alias() -> None:
    columns, twice = match(["School", "Authority", "Employer"], {}, OUTPUT_NAMES)
    assert (columns, twice) == ({"employer_name": 2}, [])
    assert match(["School", "Authority"], {}, OUTPUT_NAMES)[0] == {"employer_name": 1}
    with pytest.raises(FileProblem, match="'Strain cost' and 'Capital cost', both read as Pension"):
        columns_of(["Strain cost", "Capital cost"], {}, OUTPUT_NAMES)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Date of birht", "date_of_birth"),
        ("Leaver date of birth", "date_of_birth"),
        ("Anual salary", "annual_salary"),
        ("Employers name", "employer_name"),
        ("Case referance", "case_ref"),
        ("Type", "employer_kind"),
        ("Type of contract", None),
        ("Member nation", None),
        ("Payment type", None),
        ("Pension ref", None),
        ("Pension notice", None),
        ("Pension top up", None),
        ("Employer contact", None),
        ("Employer name 2", None),
    ],
)
def test_a_guess_has_the_words_of_the_heading_and_not_only_its_letters(
    heading: str, field: str | None
) -> None:
    assert nearest([heading], {}, [])[0] == field


@pytest.mark.parametrize("heading", ["Employer Nation", "Nation of employer", "Employer country"])
def test_the_nation_of_the_employer_is_the_nation(heading: str) -> None:
    assert field_named(heading) == ("nation", 1)
