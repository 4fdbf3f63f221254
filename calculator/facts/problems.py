"""What is wrong with an input: where, what, and what to enter. Never the value itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from calculator.facts.text import shortened

MOST_MESSAGE = 300
"""Characters of the message of one fault."""


class Severity(StrEnum):
    """How much a problem stops: the row, or nothing until the person confirms."""

    MUST_FIX = "must fix"
    PLEASE_CONFIRM = "please confirm"


@dataclass(frozen=True)
class Problem:
    """One fault of one cell or key.

    ``row`` is the index of the case, from 0; ``field`` the name of the field or key. ``wrong`` and
    ``enter`` are sentences. ``suggestion`` is the value as a person would type it where one reading is
    plain but not certain, else empty. ``without`` says what an answer leaves out without the fact, where more
    than the field is to be said.
    """

    row: int
    field: str
    wrong: str
    enter: str
    severity: Severity = Severity.MUST_FIX
    code: str = "cannot_read"
    suggestion: str = ""
    without: str = ""


class FileProblem(ValueError):
    """A file, or what was asked of it, that nothing can be done with. The message is one clear line."""

    def __init__(self, message: str) -> None:
        super().__init__(shortened(message, MOST_MESSAGE))
