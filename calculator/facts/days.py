"""Text and cells to calendar days and back: the only place where a day is read or written."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from calculator.facts.cells import FULL_WIDTH, CannotRead, Raw, is_blank, trimmed

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2100, 12, 31)
_ENTER = "Enter the day first, such as 31/12/2020, 31 Dec 2020 or 2020-12-31."
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTH_NUMBERS = {
    name[:length].casefold(): n for n, name in enumerate(_MONTHS, 1) for length in (3, len(name))
}
_MONTH_NUMBERS["sept"] = 9
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d+)", re.ASCII)
_WITH_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ \-]+([a-z]+)\.?,?[ \-]+(\d+)", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_BY_NUMBERS = re.compile(r"(\d{1,2})\s*([/.\-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d\d)", re.ASCII)
"""Two numbers and a year with one sign between: the day or the month may come first."""
_MONTH_FIRST = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4}|\d\d)", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})\s*([/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})", re.ASCII)
_TIME_OF_DAY = re.compile(r"[t ]\d\d?:\d\d(:\d\d(\.\d+)?)?z?$|\.$", re.ASCII)
_ALIKE, _LEAST_WORD = 0.8, 5
"""How like the name of a month a word is that means it, and its letters: Juny may be June or July."""
_THIS_CENTURY = 2000
_MIDNIGHT = re.compile(r"[t ]00:00(:00(\.0+)?)?$")
_SERIAL_EPOCH = date(1899, 12, 30)
"""Day 0 of Excel for all days after its 29 February 1900, which never was."""


def parse_day(raw: Raw, first_year: int = _THIS_CENTURY) -> date | None:
    """A day from text, a date cell, or an Excel date serial in a number cell; None where blank.

    Day first always. CannotRead for two-digit years, months above 12, days that do not exist, and days
    outside 1900 to 2100, with the day that is plainly meant: ``first_year`` begins the hundred years in which
    a two-digit year lies.
    """
    if is_blank(raw):
        return None
    if isinstance(raw, datetime):
        return _in_range(raw.date())
    if isinstance(raw, date):
        return _in_range(raw)
    if isinstance(raw, (int, float, Decimal)) and not isinstance(raw, bool):
        return _from_serial(raw)
    if isinstance(raw, str):
        folded = trimmed(raw).casefold()
        try:
            return _from_text(folded)
        except CannotRead as error:
            suggestion = _suggested(folded, first_year)
            raise CannotRead(error.wrong, error.enter, suggestion) from None
    raise CannotRead("This is not a day.", _ENTER)


def _from_text(folded: str) -> date:
    text = _MIDNIGHT.sub("", folded)
    if match := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
        return _real_day(year, month, day)
    if match := _DAY_FIRST.fullmatch(text):
        day, month = int(match.group(1)), int(match.group(2))
        year = _year(match.group(3))
        if month > 12 >= day:
            raise CannotRead("The month comes first here, or there is no such month.", _ENTER)
        return _real_day(year, month, day)
    if match := _WITH_MONTH.fullmatch(text):
        month_number = _MONTH_NUMBERS.get(match.group(2))
        if month_number is None:
            raise CannotRead("The month cannot be read.", _ENTER)
        return _real_day(_year(match.group(3)), month_number, int(match.group(1)))
    raise CannotRead("This is not a day.", _ENTER)


def _year(digits: str) -> int:
    if len(digits) != 4:
        raise CannotRead("The year needs four figures.", _ENTER)
    return int(digits)


def _real_day(year: int, month: int, day: int) -> date:
    try:
        return _in_range(date(year, month, day))
    except CannotRead:
        raise
    except ValueError:
        raise CannotRead("There is no such day.", _ENTER) from None


def _suggested(folded: str, first_year: int) -> str:
    """Give the day that a text plainly means although it is not written as one; else nothing."""
    text = _TIME_OF_DAY.sub("", folded.translate(FULL_WIDTH))
    if match := _BY_NUMBERS.fullmatch(text):
        day, month = int(match[1]), int(match[3])
        day, month = (month, day) if month > 12 >= day else (day, month)
        return _shown_if_real(match[4], month, day, first_year)
    if match := _WITH_MONTH.fullmatch(text):
        return _shown_if_real(match[3], _month_meant(match[2]), int(match[1]), first_year)
    if match := _MONTH_FIRST.fullmatch(text):
        return _shown_if_real(match[3], _month_meant(match[1]), int(match[2]), first_year)
    if match := _YEAR_FIRST.fullmatch(text):
        return _shown_if_real(match[1], int(match[3]), int(match[4]), first_year)
    if match := _ISO.fullmatch(text):
        return _shown_if_real(match[1], int(match[2]), int(match[3]), first_year)
    return ""


def _month_meant(word: str) -> int:
    """Give the number of a month from its name or one spelled much like it; 0 for none or several."""
    if word in _MONTH_NUMBERS or len(word) < _LEAST_WORD:
        return _MONTH_NUMBERS.get(word, 0)
    near = difflib.get_close_matches(word, _MONTH_NUMBERS, n=2, cutoff=_ALIKE)
    months = {_MONTH_NUMBERS[name] for name in near}
    return months.pop() if len(months) == 1 else 0


def _shown_if_real(year: str, month: int, day: int, first_year: int) -> str:
    """Give the day as a person reads it; nothing where there is none, or its year has neither 2 nor 4 figures."""
    if len(year) not in (2, 4):
        return ""
    number = int(year)
    full = number if len(year) == 4 else first_year + (number - first_year) % 100
    try:
        return shown_day(_real_day(full, month, day))
    except CannotRead:
        return ""


def month_first(texts: Iterable[str], first_year: int) -> dict[str, str] | None:
    """Give each text that may be either way, with its day read month first; None for a column that is day first.

    A column is month first where one of its days can be nothing else.
    """
    seen = [
        (text, int(match[1]), int(match[3]), match[4])
        for text in texts
        if (match := _BY_NUMBERS.fullmatch(_MIDNIGHT.sub("", trimmed(text).casefold())))
    ]
    if not any(
        second > 12 >= first and _shown_if_real(year, first, second, first_year)
        for _, first, second, year in seen
    ):
        return None
    return {
        text: _shown_if_real(year, first, second, first_year)
        for text, first, second, year in seen
        if first <= 12 and second <= 12 and first != second
    }


def _in_range(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise CannotRead("The day lies outside 1900 to 2100.", "Check the year.")
    return day


def _from_serial(raw: float | Decimal) -> date:
    """Excel counts days from 1900: the numbers up to 2100 are of 1900 to 1905, and typed for something else."""
    number = Decimal(str(raw))
    if not number.is_finite() or number != number.to_integral_value():
        raise CannotRead("This number is not a day.", _ENTER)
    serial = int(number)
    if FIRST_DAY.year <= serial <= LAST_DAY.year:
        raise CannotRead("This is a year, not a day.", _ENTER)
    if serial < FIRST_DAY.year:
        raise CannotRead("This number is not a day.", _ENTER)
    if serial > (LAST_DAY - _SERIAL_EPOCH).days:
        raise CannotRead("This number is not a day from 1900 to 2100.", _ENTER)
    return _SERIAL_EPOCH + timedelta(days=serial)


def shown_day(day: date) -> str:
    """A day as a person reads it: ``31 December 2020``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
