"""What a cell or key may hold before it is read, and the one error a reader raises."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

Raw = str | int | float | Decimal | bool | date | datetime | list[object] | None
"""A value as a form, a JSON file, a CSV cell or a typed spreadsheet cell gives it."""

BLANK_WORDS = frozenset({"", "-", "–", "—", "n/a", "unknown", "?", "tbc"})
"""Words that stand for "not known" in a cell of money, a day or a number."""


class CannotRead(ValueError):
    """A value that cannot be read.

    ``wrong`` says what is wrong with it and ``enter`` what to enter, each a full sentence. Neither
    repeats the value: an error text may be logged or sent on.
    """

    def __init__(self, wrong: str, enter: str) -> None:
        super().__init__(f"{wrong} {enter}")
        self.wrong = wrong
        self.enter = enter


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
