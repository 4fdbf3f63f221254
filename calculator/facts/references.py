"""Case and person references: how they are read, and when two of them are the same."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from calculator.facts.cells import CannotRead, Raw, cell_text
from calculator.facts.columns import Column
from rules.arrays import Counts

FILLERS = frozenset(
    {
        *("", "n/a", "na", "n.a.", "none", "nil", "unknown", "not known", "don't know"),
        *("don’t know", "dont know", "n/k", "nk", "not applicable", "not available", "tbc", "tba"),
        *("awaited", "pending", "?", "??", "-", "--", ".", "0", "x", "see file", "as above"),
        "blank",
    }
)
"""What people enter as the reference of a person whom they have no reference for."""
_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_NOT_SHOWN = re.compile(f"[{_INVISIBLE}]")
MAY_BE_GUARDED = r"^[^0-9A-Za-z]|[^!-~]$|[^ -~]"
"""What a reference has, in either kind of regular expression, from which something may be taken away."""
_OUTER = re.compile(rf"^[\s{_INVISIBLE}]+|[\s{_INVISIBLE}]+$")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"))
_FORMULA_GUARD = re.compile(r'="(.*)"', re.DOTALL)
_SCIENTIFIC = re.compile(r"\d+(\.\d+)?e[+-]\d+", re.ASCII)
_LONGEST_NUMBER = 10**15
"""A spreadsheet keeps 15 figures of a number and makes the others 0."""
_ENTER = "Enter the reference in full, in a cell formatted as text."


def parse_case_ref(raw: Raw) -> str | None:
    """Read a case reference as typed, without outer spaces and guards; None where blank."""
    if raw is None:
        return None
    if isinstance(raw, list):
        raise CannotRead("This is a list.", "Enter one text.")
    if isinstance(raw, float) and abs(raw) >= _LONGEST_NUMBER:
        raise CannotRead("A spreadsheet keeps only 15 figures of a number.", _ENTER)
    text = without_guards(raw if isinstance(raw, str) else cell_text(raw))
    if "\x00" in text:
        raise CannotRead("The text holds a character that cannot be kept.", "Type it again.")
    if "+" in text or "e" in text or "E" in text:
        _refuse_scientific(text)
    return text or None


def parse_person_ref(raw: Raw) -> str | None:
    """Read a person reference as a case reference is read; a filler is blank."""
    text = parse_case_ref(raw)
    return None if text is None or matching(text) in FILLERS else text


def without_guards(text: str) -> str:
    """Take away outer spaces, and the ``'`` or ``="…"`` that keeps a spreadsheet from changing a reference."""
    if text.isalnum():
        return text
    while True:
        bare = _OUTER.sub("", text).lstrip("'‘’")
        if guarded := _FORMULA_GUARD.fullmatch(bare):
            bare = guarded[1].replace('""', '"')
        if bare == text:
            return text
        text = bare


def matching(reference: str) -> str:
    """Give what is compared of a reference: nothing invisible, one kind of dash and of space, no case."""
    if reference.isascii():
        return " ".join(reference.split()).casefold()
    seen = _NOT_SHOWN.sub("", reference).translate(_DASHES)
    return " ".join(seen.split()).casefold()


def compared(texts: Column, how: Callable[[str], str]) -> Column:
    """Give what is compared of each text, where a plain text is compared without capitals."""
    if isinstance(texts.values, list):
        return texts.mapped(how)
    import pyarrow.compute as pc

    lower = Column(pc.ascii_lower(texts.values), texts.which)
    others = texts.search(r"[^ -~]|^ | $|  ")
    return lower.replaced(others, [how(text) for text in texts.at(others)])


def numbered(texts: Column) -> Counts:
    """Number each row by its text, the same for those that are the same; -1 where it is empty."""
    if isinstance(texts.values, list):
        index = {"": -1}
        found = [index.setdefault(text, len(index) - 1) for text in texts.values]
        numbers = np.array(found, dtype=np.int64)
    else:
        numbers = texts.values.dictionary_encode().indices.to_numpy().astype(np.int64)
        numbers[texts.search("^$")] = -1
    return numbers[texts.which]


def _refuse_scientific(text: str) -> None:
    if _SCIENTIFIC.fullmatch(matching(text)):
        raise CannotRead(
            "A spreadsheet has shortened this reference to a power of ten; its last figures are lost.",
            _ENTER,
        )
