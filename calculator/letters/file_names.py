"""The names of the letters in the zip."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from calculator.letters.plan import Plan
from calculator.letters.recipients import Recipient

LONGEST_NAME = 60
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices."""


def file_names(references: Sequence[str]) -> list[str]:
    """Make a safe file name for each case reference, unique in any file system, without an ending.

    Anything but letters, digits, points, hyphens and underscores becomes a hyphen; a repeated name gets a
    number.
    """
    used: set[str] = set()
    next_number: dict[str, int] = {}
    names = []
    for reference in references:
        name = _UNSAFE.sub("-", reference)[:LONGEST_NAME].strip(".-") or "case"
        if _RESERVED.fullmatch(name):
            name = f"case-{name}"
        unique, number = name, next_number.get(name.casefold(), 2)
        while unique.casefold() in used:
            unique, number = f"{name}-{number}", number + 1
        next_number[name.casefold()] = number
        used.add(unique.casefold())
        names.append(unique)
    return names


def letter_name(to: Recipient, name: str, day: date) -> str:
    """Name a letter so that it is not taken for one to somebody else: ``A1_employer_2026-11-27``."""
    return f"{name}_{to}_{day.isoformat()}"


def path_in_zip(plan: Plan, names: Sequence[str], day: date) -> str:
    """Give the path of a letter in the zip, without an ending. ``names`` has one name a row."""
    folder = "chasers" if plan.is_chaser else "letters"
    return f"{folder}/{plan.to}/{letter_name(plan.to, names[plan.row], day)}"
