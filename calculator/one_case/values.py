"""What was read from a field, in full, as a person reads it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from calculator.facts.cells import CannotRead, is_blank
from calculator.facts.choice_words import labels, listed_words
from calculator.facts.days import parse_day, shown_day
from calculator.facts.fields import NO_NOTICE, WAIVED, Field, Kind
from calculator.facts.money import OF_A_CELL, shown_money
from calculator.facts.problems import Problem

_ALL_OR_NONE = {WAIVED: "The cap was wholly waived", NO_NOTICE: "No notice was given"}
_MONEY = (Kind.MONEY, Kind.MONEY_OR_ALL)
_YEARS = re.compile(r"\s*(\d{1,2})\s*(?:years?|yrs?)\b[\w '’]*", re.ASCII | re.IGNORECASE)


def read_back(field: Field, entered: str) -> str:
    """Say in full what a sum, a day or hours were read as; "" where it is as typed or cannot be read."""
    if is_blank(entered):
        return "not known" if entered.strip() and field.kind is not Kind.TEXT else ""
    try:
        value = field.parse(entered)
    except CannotRead:
        return ""
    words = ""
    if isinstance(value, str) and field.kind is not Kind.TEXT:
        words = _ALL_OR_NONE.get(value, "")
    elif isinstance(value, date):
        words = shown_day(value)
    elif isinstance(value, Decimal):
        words = f"{value} hours a month"
    elif isinstance(value, int) and field.kind in _MONEY:
        words = shown_money(value)
    return "" if words == entered.strip() else words


def start_by_years(entered: str, exit_date: str) -> str:
    """Give the day on which service of so many years began, such as for 29 years; "" for other words."""
    match = _YEARS.fullmatch(entered)
    try:
        left = parse_day(exit_date)
    except CannotRead:
        left = None
    if match is None or left is None:
        return ""
    after = left + timedelta(days=1)
    year = after.year - int(match[1])
    return shown_day(
        after.replace(year=year, day=min(after.day, 28) if after.month == 2 else after.day)
    )


def words_of(field: Field, entered: str) -> str:
    """Give what was entered in the words of the form: a sum or day in full, a choice by its name."""
    if field.choices is not None:
        return labels(field).get(entered, entered)
    if field.listed:
        return ", ".join(listed_words(name) for name in entered.split(";"))
    return read_back(field, entered) or entered


def problem_words(field: Field, problem: Problem) -> str:
    """Say what is wrong with a field and what to enter, without what only a spreadsheet needs."""
    if field.choices is not None or field.listed:
        return f"{problem.wrong} Choose from the list."
    return f"{problem.wrong} {problem.enter.removesuffix(OF_A_CELL)}"
