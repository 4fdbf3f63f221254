"""What to confirm of a column as one: dashes for sums, money that is something else, days that were swapped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

import numpy as np

from calculator.facts.cells import DASHES, Raw, cell_text, distinct, is_blank, trimmed
from calculator.facts.columns import Column
from calculator.facts.days import month_first
from calculator.facts.fields import Field, Kind
from calculator.facts.problems import Problem, Severity

_A_DASH = "|".join(sorted(DASHES))
_LEAST = 2
"""Cells of a column before anything is said of the column as one."""
_LOOKED_AT = 1_000
"""Filled cells of a column that are looked at for what it holds."""
_YEAR = re.compile(r"(19[3-9]|20\d|210)\d", re.ASCII)
_CODE = re.compile(r"(?=.*\d)(?=.*[a-z]{2}|[a-z]+\W?\d)[\w/. -]+|0\d{3,}", re.ASCII | re.IGNORECASE)
_MONEY_WORD = re.compile(r"\d\s*(k|m|gbp|pounds?\b.*)$|^gbp|^\d+(\.\d+)?e[+-]?\d", re.IGNORECASE)
_LONG_NUMBER = 1_000_000
"""Whole numbers from here on, no two the same, are references and no exit payments."""
_YEARS, _PERCENTAGES, _WORDS, _DAYS, _REFERENCES = (
    "years",
    "percentages",
    "words",
    "days",
    "reference numbers",
)


def column_doubts(f: Field, column: Sequence[Raw]) -> list[Problem]:
    """Give what a person should confirm of a column, at the first cell that it concerns or at each dash."""
    if f.kind in (Kind.DAY, Kind.DAY_OR_NONE):
        return _days_swapped(f, column)
    if f.kind not in (Kind.MONEY, Kind.MONEY_OR_ALL):
        return []
    column = Column.of(column)
    perhaps = column.search(_A_DASH)
    dashes = [
        index
        for index, raw in zip(perhaps.tolist(), column.at(perhaps), strict=True)
        if type(raw) is str and raw.strip() in DASHES
    ]
    doubts = [
        _doubt(f, row, "A dash is read as not known.", "Enter 0 if it was nothing.")
        for row in (column.rows_of(dashes).tolist() if dashes else ())
    ]
    filled = np.flatnonzero(column.filled())[:_LOOKED_AT]
    sample = {
        row: raw
        for row, raw in zip(filled.tolist(), column[filled], strict=True)
        if not is_blank(raw) and raw != "0"
    }
    held, place = _held([*sample.values()])
    if held:
        wrong = f"Most cells of this column hold {held}, not money."
        enter = f"Check that the column is {f.heading}."
        doubts.append(_doubt(f, [*sample][place], wrong, enter))
    return doubts


def _doubt(f: Field, row: int, wrong: str, enter: str) -> Problem:
    return Problem(row, f.name, wrong, enter, Severity.PLEASE_CONFIRM, "to_confirm")


def _held(cells: Sequence[Raw]) -> tuple[str, int]:
    """Give what most cells of a column of money hold that is no money, and the place of the first such cell."""
    kinds = [_kind(raw) for raw in cells]
    counts = Counter(kind for kind in kinds if kind)
    held, count = max(counts.items(), key=lambda item: item[1], default=("", 0))
    if count >= _LEAST and 2 * count > len(cells):
        return held, kinds.index(held)
    if len(cells) >= _LEAST and _are_references(cells):
        return _REFERENCES, 0
    return "", 0


def _kind(raw: Raw) -> str:
    """Give what a cell holds that is no money; nothing for a sum or for what cannot be said."""
    if isinstance(raw, date):
        return _DAYS
    text = trimmed(cell_text(raw)).casefold()
    if _YEAR.fullmatch(text):
        return _YEARS
    if text.endswith("%") or _is_part_of_one(text):
        return _PERCENTAGES
    if not any(character.isdigit() for character in text):
        return "" if text in ("nil", "all") or "£" in text or text.startswith("#") else _WORDS
    return _REFERENCES if _CODE.fullmatch(text) and not _MONEY_WORD.search(text) else ""


def _is_part_of_one(text: str) -> bool:
    """Give True for a number above 0 and at most 1."""
    return text == "1" or bool(re.fullmatch(r"0?\.\d*[1-9]\d*", text, re.ASCII))


def _are_references(cells: Sequence[Raw]) -> bool:
    """Give True for whole numbers of which no two are the same, all very long or given one after another."""
    texts = [trimmed(cell_text(raw)) for raw in cells]
    if not all(text.isascii() and text.isdigit() for text in texts):
        return False
    numbers = {int(text) for text in texts[:_LOOKED_AT] if len(text) < 20}
    if len(numbers) < len(texts):
        return False
    in_a_row = len(numbers) > _LEAST and max(numbers) - min(numbers) < 2 * len(numbers)
    return in_a_row or min(numbers) >= _LONG_NUMBER


def _days_swapped(f: Field, column: Sequence[Raw]) -> list[Problem]:
    """Give a doubt where some days are text with the month first, and others cells that a spreadsheet read."""
    cells = distinct(column)
    swapped = {
        raw for raw in cells if isinstance(raw, date) and raw.day <= 12 and raw.day != raw.month
    }
    texts = [raw for raw in cells if type(raw) is str] if swapped else []
    if month_first(texts, f.first_year) is None:
        return []
    row = int(
        np.argmax(Column.of(column).test(lambda raw: isinstance(raw, date) and raw in swapped))
    )
    wrong = (
        "Other days of this column have the month first, so a spreadsheet may have swapped these."
    )
    return [
        _doubt(
            f, row, wrong, "Check the day and the month of each day of the column up to the 12th."
        )
    ]
