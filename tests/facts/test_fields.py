"""The list of fields: choices, texts and documents that are read or refused, and headings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from calculator.facts import fields
from calculator.facts.cells import CannotRead, Raw
from calculator.facts.fields import BY_NAME, FIELDS
from rules.choices import CapApplied, EmployerKind, Entitlement, Nation, YesNo


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [
        ("employer_kind", "Local authority", EmployerKind.COUNCIL),
        ("employer_kind", "maintained school", EmployerKind.MAINTAINED_SCHOOL),
        ("employer_kind", "UNKNOWN", EmployerKind.UNKNOWN),
        ("employer_kind", "n/a", None),
        ("nation", "Northern Ireland", Nation.NORTHERN_IRELAND),
        ("nation", "unknown", None),
        ("settlement_agreement", "Y", YesNo.YES),
        ("settlement_agreement", False, YesNo.NO),
        ("settlement_agreement", "don't know", YesNo.UNKNOWN),
        ("relaxed_amount", "ALL", "all"),
        ("relaxed_amount", "£5,000", 500_000),
        ("notice_given_on", "None", "none"),
        ("notice_given_on", "1/9/2020", date(2020, 9, 1)),
        ("monthly_hours", "162.5", Decimal("162.5")),
        ("monthly_hours", 37.0, Decimal("37.0")),
        ("case_ref", 7.0, "7"),
        ("case_ref", " 007 ", "007"),
        ("member_name", "NA", "NA"),
        ("evidence", "P45; payslip", ("payslip", "p45")),
        ("evidence", ["capped notice"], ("capped_notice",)),
        ("checked", "scots law; Entitlement", ("entitlement", "scots_law")),
        ("cap_applied", "In writing", CapApplied.IN_WRITING),
        ("cap_applied", "n", CapApplied.NO),
        ("entitlement", "contractual", Entitlement.CONTRACT),
        ("entitlement", "discretion", Entitlement.DISCRETIONARY),
        ("employer_address", " 1 High Street\nAnytown ", "1 High Street\nAnytown"),
    ],
)
def test_choices_texts_and_documents_that_are_read(name: str, raw: Raw, value: object) -> None:
    assert BY_NAME[name].parse(raw) == value


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("employer_kind", "bank"),
        ("nation", "France"),
        ("nation", 3),
        ("relaxed_amount", "some"),
        ("notice_given_on", "never"),
        ("monthly_hours", "-1"),
        ("monthly_hours", "745"),
        ("monthly_hours", "1.23456"),
        ("monthly_hours", True),
        ("evidence", "a letter"),
        ("evidence", [1]),
        ("evidence", 3),
        ("checked", "entitlement; horoscope"),
        ("cap_applied", "they wrote"),
        ("case_ref", []),
        ("notes", "a\x00b"),
    ],
)
def test_choices_texts_and_documents_that_are_refused(name: str, raw: Raw) -> None:
    with pytest.raises(CannotRead) as caught:
        BY_NAME[name].parse(raw)
    assert caught.value.wrong.endswith(".")
    assert caught.value.enter.endswith(".")


PRIVATE = "Zaphod-7391"


@pytest.mark.parametrize(
    "field", [f for f in FIELDS if f.kind is not fields.Kind.TEXT], ids=lambda field: field.name
)
def test_no_message_repeats_what_was_entered(field: fields.Field) -> None:
    with pytest.raises(CannotRead) as caught:
        field.parse(PRIVATE)
    assert PRIVATE not in str(caught.value)


def test_no_two_fields_answer_to_one_heading() -> None:
    for field in FIELDS:
        for label in (field.name, field.heading, field.name.upper(), f"£ {field.heading} "):
            assert fields.field_for_heading(label) is field
    for field in FIELDS:
        for alias in field.aliases:
            assert fields.field_for_heading(alias) is not None


def test_every_field_has_a_heading_and_help() -> None:
    assert len(FIELDS) == 84
    for field in FIELDS:
        assert field.heading
        assert field.help.endswith(".")


def test_a_field_of_no_section_is_refused_when_the_program_loads() -> None:
    with pytest.raises(ValueError, match="new_fact"):
        replace(FIELDS[0], name="new_fact", section="A section that is not listed")


@pytest.mark.parametrize(("one", "other"), [("Our no.", " our NO "), ("£ Pay due", "pay_due")])
def test_headings_that_differ_in_signs_alone_are_one(one: str, other: str) -> None:
    assert fields.key(one) == fields.key(other)


def test_headings_of_signs_alone_stay_apart() -> None:
    assert len({fields.key(heading) for heading in ("#", "£", "%", "", "no")}) == 5
