"""Who sends the letters: the organisation, who signs, and how long the recipient has to reply."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from calculator.facts.problems import FileProblem
from calculator.files.texts import toml_at

REPLY_DAYS = (14, 28)
"""The days for a reply that may be chosen."""
LONGEST = 300
MOST_LINES = 8


def _lines(given: object) -> object:
    """The lines of an address that a form or a file may give as one text or as a list."""
    given = given.splitlines() if isinstance(given, str) else given
    return tuple(given) if isinstance(given, list) else given


_Text = Annotated[str, Field(max_length=LONGEST)]
_Lines = Annotated[tuple[_Text, ...], BeforeValidator(_lines), Field(max_length=MOST_LINES)]


class Sender(BaseModel):
    """What is the same on every letter. What is not given is in brackets, to be filled in in Word.

    ``address`` has one line an entry; ``reply_days`` is 14 or 28.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)

    organisation: _Text = "[Name of the union]"
    address: _Lines = ("[Address of the union]",)
    contact: _Text = "[Telephone and email]"
    signed_by: _Text = "[Name of the person who signs]"
    role: _Text = "[Role of the person who signs]"
    reply_days: Literal[14, 28] = 14

    def reply_by(self, as_at: date) -> date:
        """Give the day by which a reply to a letter of ``as_at`` is asked for."""
        return as_at + timedelta(days=self.reply_days)

    @property
    def incomplete(self) -> bool:
        """True while something is still in brackets."""
        return len(self.given()) < len(type(self).model_fields)

    def given(self) -> dict[str, Any]:
        """Give what is known, by name, as :meth:`from_mapping` takes it; nothing that is in brackets."""
        known = self.model_dump(mode="json", exclude_defaults=True)
        return {**known, "reply_days": self.reply_days}

    @classmethod
    def from_mapping(cls, given: Mapping[str, Any]) -> Sender:
        """Make a sender from names and values as a file or a form gives them.

        Text, but ``address`` a list of lines or a text of lines, and ``reply_days`` 14 or 28. FileProblem
        for an unknown name or a value that cannot be taken; the message names the field and no value.
        """
        try:
            return cls.model_validate(dict(given))
        except ValidationError as error:
            wrong = error.errors(include_url=False, include_context=False, include_input=False)
        order = list(given)
        raise FileProblem(_sentence(min(wrong, key=lambda each: order.index(str(each["loc"][0])))))


def _sentence(wrong: ErrorDetails) -> str:
    """What is wrong with one field, without its value."""
    name = wrong["loc"][0]
    if wrong["type"] == "extra_forbidden":
        return f"There is no such setting: use {', '.join(sorted(Sender.model_fields))}."
    if name == "reply_days":
        return "reply_days must be 14 or 28."
    if name != "address":
        return f"{name} must be text of at most {LONGEST} characters."
    if wrong["type"] in ("string_too_long", "too_long"):
        return f"address has at most {MOST_LINES} lines of {LONGEST} characters."
    return "address must be a list of lines of text."


def read_sender(path: Path) -> Sender:
    """Read the sender in a TOML file of name = value lines. FileProblem where it cannot be read.

    A file of settings saved in the app is one too: its day and positions are left aside.
    """
    given = toml_at(path)
    of_settings = {"as_at", "positions"}
    try:
        return Sender.from_mapping({k: v for k, v in given.items() if k not in of_settings})
    except FileProblem as problem:
        raise FileProblem(f"{path.name}: {problem}") from None
