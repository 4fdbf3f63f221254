"""Cells and keys: what is read, what is refused, and what the person is told."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculator.facts import fields
from calculator.facts.cells import CannotRead, Raw
from calculator.facts.days import parse_day, shown_day
from calculator.facts.fields import BY_NAME, FIELDS
from calculator.facts.money import MOST_PENCE, parse_money, plain_money, shown_money
from rules.choices import EmployerKind, Nation, YesNo


@pytest.mark.parametrize(
    ("raw", "pence"),
    [
        ("95000", 9_500_000),
        ("95,000", 9_500_000),
        ("£95,000.00", 9_500_000),
        ("£ 95,000.5", 9_500_050),
        ("95 000", 9_500_000),
        ("95\u00a0000.25", 9_500_025),
        (" 0.01 ", 1),
        ("nil", 0),
        ("Nil", 0),
        ("0", 0),
        ("999,999,999.99", MOST_PENCE),
        (95000, 9_500_000),
        (95000.0, 9_500_000),
        (0.1, 10),
        (12345.67, 1_234_567),
        (Decimal("1.50"), 150),
    ],
)
def test_money_that_is_read(raw: Raw, pence: int) -> None:
    assert parse_money(raw) == pence


@pytest.mark.parametrize("raw", ["", "  ", None, "-", "–", "n/a", "N/A", "unknown", "?", "TBC"])
def test_money_that_is_blank(raw: Raw) -> None:
    assert parse_money(raw) is None


@pytest.mark.parametrize(
    ("raw", "wrong"),
    [
        ("-5", "below zero"),
        ("(500.00)", "below zero"),
        ("£-5", "below zero"),
        (-0.01, "below zero"),
        ("1.234", "two decimals"),
        ("1.", "two decimals"),
        (0.30000000000000004, "two decimals"),
        ("95k", "shortened"),
        ("1e5", "Powers of ten"),
        (1e22, "Powers of ten"),
        ("1,00", "not an amount"),
        ("9,5000", "not an amount"),
        ("12 34", "not an amount"),
        ("ninety", "not an amount"),
        ("£", "not an amount"),
        ("1000000000", "above £999,999,999.99"),
        ("1" * 6000, "above £999,999,999.99"),
        ("1,111" + ",111" * 2000, "above £999,999,999.99"),
        ("٣", "not an amount"),  # an Arabic three
        (True, "not an amount"),
        (float("nan"), "not an amount"),
        (date(2020, 1, 1), "not an amount"),
        ([], "not an amount"),
    ],
)
def test_money_that_is_refused(raw: Raw, wrong: str) -> None:
    with pytest.raises(CannotRead, match=wrong) as caught:
        parse_money(raw)
    assert caught.value.enter


@given(st.integers(0, MOST_PENCE))
def test_money_written_is_money_read(pence: int) -> None:
    assert parse_money(plain_money(pence)) == pence
    assert parse_money(shown_money(pence)) == pence


@pytest.mark.parametrize(
    "raw",
    [
        "31/12/2020",
        "31-12-2020",
        "31.12.2020",
        "31 Dec 2020",
        "31 december 2020",
        "31st December 2020",
        "31-Dec-2020",
        "2020-12-31",
        "2020-12-31 00:00:00",
        date(2020, 12, 31),
        datetime(2020, 12, 31, 9, 30),
        44196,
        44196.0,
        Decimal(44196),
    ],
)
def test_days_that_are_read(raw: Raw) -> None:
    assert parse_day(raw) == date(2020, 12, 31)


@pytest.mark.parametrize(
    ("serial", "expected"),
    [
        (1, date(1900, 1, 1)),
        (59, date(1900, 2, 28)),
        (61, date(1900, 3, 1)),
        (73415, date(2100, 12, 31)),
    ],
)
def test_excel_serials_count_from_1900_without_its_false_leap_day(
    serial: int, expected: date
) -> None:
    assert parse_day(serial) == expected


@pytest.mark.parametrize(
    ("raw", "wrong"),
    [
        ("31/12/20", "four figures"),
        ("31 Dec 20", "four figures"),
        ("12/31/2020", "month comes first"),
        ("30/02/2021", "no such day"),
        ("2021-02-30", "no such day"),
        ("31 Foo 2020", "month cannot be read"),
        ("Christmas", "not a day"),
        ("44196", "not a day"),
        (0, "not a day"),
        (60, "not a day"),
        (44196.5, "not a day"),
        (1965, "a year, not a day"),
        (2020.0, "a year, not a day"),
        (73416, "not a day"),
        (float("inf"), "not a day"),
        (True, "not a day"),
        ("01/01/1899", "outside 1900 to 2100"),
        (date(2101, 1, 1), "outside 1900 to 2100"),
    ],
)
def test_days_that_are_refused(raw: Raw, wrong: str) -> None:
    with pytest.raises(CannotRead, match=wrong):
        parse_day(raw)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_day_shown_is_a_day_read(day: date) -> None:
    assert parse_day(shown_day(day)) == day
    assert parse_day(day.isoformat()) == day
    assert parse_day(f"{day:%d/%m/%Y}") == day


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
    assert len(FIELDS) == 63
    for field in FIELDS:
        assert field.heading
        assert field.help.endswith(".")
