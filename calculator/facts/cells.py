"""What a cell or key may hold before it is read, and the one error a reader raises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal

from calculator.facts.columns import Column

Raw = str | int | float | Decimal | bool | date | datetime | list[object] | None
"""A value as a form, a JSON file, a CSV cell or a typed spreadsheet cell gives it."""

DASHES = frozenset("-–—−")
NOT_KNOWN = frozenset({"not known", "don't know", "don’t know", "n/k", "nk", "awaited", "pending"})
"""Words that say that a fact is not known, also in a cell of choices."""
BLANK_WORDS = DASHES | NOT_KNOWN | {"", "n/a", "unknown", "?", "tbc"}
"""Words that stand for "not known" in a cell of money, a day or a number."""
FULL_WIDTH = {0xFF01 + place: 0x21 + place for place in range(94)}
"""Full-width figures and signs, as some keyboards type them, and the plain ones."""


class CannotRead(ValueError):
    """A value that cannot be read.

    ``wrong`` says what is wrong with it and ``enter`` what to enter, each a full sentence. Neither
    repeats the value: an error text may be logged or sent on. ``suggestion`` is the value as a person would
    type it where one reading is plain but not certain, else empty.
    """

    def __init__(self, wrong: str, enter: str, suggestion: str = "") -> None:
        super().__init__(f"{wrong} {enter}")
        self.wrong = wrong
        self.enter = enter
        self.suggestion = suggestion


_MOST_WHOLE = 2**53
"""Above it a float no longer holds each whole number."""


def cell_text(cell: Raw) -> str:
    """Write a cell as text.

    Nothing is empty, a day is in ISO form, a whole number has no point, a list has ; between its parts.
    """
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, datetime) and cell.time() == time.min:
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _MOST_WHOLE:
        return str(int(cell))
    if isinstance(cell, list):
        return ";".join(map(str, cell))
    return str(cell)


def trimmed(raw: str) -> str:
    """Text without outer spaces, no-break and thin spaces taken as plain ones."""
    return raw.replace("\u00a0", " ").replace("\u2009", " ").replace("\u202f", " ").strip()


def is_empty(cell: Raw) -> bool:
    """True for a cell with nothing in it but spaces; a word for "not known" is something."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def is_blank(raw: Raw) -> bool:
    """True for an empty cell, spaces, or a word for "not known"."""
    return raw is None or (isinstance(raw, str) and trimmed(raw).casefold() in BLANK_WORDS)


def distinct(column: Sequence[Raw]) -> set[Raw]:
    """The different cells of a column, lists left out."""
    cells = column.used() if isinstance(column, Column) else column
    try:
        return {*cells}
    except TypeError:
        return {raw for raw in cells if not isinstance(raw, list)}
