"""Who sends the letters: the organisation, who signs, and how long the recipient has to reply."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from calculator.facts.problems import FileProblem

REPLY_DAYS = (14, 28)
"""The days for a reply that may be chosen."""
LONGEST = 300
MOST_LINES = 8


@dataclass(frozen=True)
class Sender:
    """What is the same on every letter. What is not given stands in brackets, to be filled in in Word.

    ``address`` has one line an entry; ``reply_days`` is 14 or 28.
    """

    organisation: str = "[Name of the union]"
    address: tuple[str, ...] = ("[Address of the union]",)
    contact: str = "[Telephone and email]"
    signed_by: str = "[Name of the person who signs]"
    role: str = "[Role of the person who signs]"
    reply_days: int = 14

    def reply_by(self, as_at: date) -> date:
        """The day by which a reply to a letter of ``as_at`` is asked for."""
        return as_at + timedelta(days=self.reply_days)

    @property
    def incomplete(self) -> bool:
        """Whether something still stands in brackets."""
        blank = Sender()
        return any(
            getattr(self, field.name) == getattr(blank, field.name)
            for field in fields(self)
            if field.name != "reply_days"
        )

    def given(self) -> dict[str, Any]:
        """What is given, by name, as :meth:`from_mapping` takes it; nothing that stands in brackets."""
        blank = Sender()
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in values.items()
            if name == "reply_days" or value != getattr(blank, name)
        }

    @classmethod
    def from_mapping(cls, given: Mapping[str, Any]) -> Sender:
        """A sender from names and values as a file or a form gives them.

        Text, but ``address`` a list of lines or a text of lines, and ``reply_days`` 14 or 28. FileProblem
        for an unknown name or a value that cannot be taken; the message names the field and no value.
        """
        known = {field.name for field in fields(cls)}
        values: dict[str, Any] = {}
        for name, value in given.items():
            if name not in known:
                raise FileProblem(f"There is no such setting: use {', '.join(sorted(known))}.")
            values[name] = _checked(name, value)
        return cls(**values)


def read_sender(path: Path) -> Sender:
    """The sender in a TOML file of name = value lines. FileProblem where it cannot be read.

    A file of settings saved in the app is one too: its day and positions are left aside.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError):
        raise FileProblem(f"{path.name}: not a TOML file of name = value lines.") from None
    of_settings = {"as_at", "positions"}
    try:
        return Sender.from_mapping({k: v for k, v in given.items() if k not in of_settings})
    except FileProblem as problem:
        raise FileProblem(f"{path.name}: {problem}") from None


def _checked(name: str, value: object) -> object:
    if name == "reply_days":
        if value not in REPLY_DAYS or isinstance(value, bool):
            raise FileProblem("reply_days must be 14 or 28.")
        return value
    if name == "address":
        lines = value.splitlines() if isinstance(value, str) else value
        if not isinstance(lines, (list, tuple)) or not all(isinstance(one, str) for one in lines):
            raise FileProblem("address must be a list of lines of text.")
        if len(lines) > MOST_LINES or any(len(one) > LONGEST for one in lines):
            raise FileProblem(f"address has at most {MOST_LINES} lines of {LONGEST} characters.")
        return tuple(lines)
    if not isinstance(value, str) or len(value) > LONGEST:
        raise FileProblem(f"{name} must be text of at most {LONGEST} characters.")
    return value
