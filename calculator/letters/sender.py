"""Who sends the letters: the organisation, who signs and approves, the days to reply, what is left out."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from calculator.calculation.working_days import last_working_day
from calculator.facts.problems import FileProblem
from calculator.files.texts import toml_at
from calculator.letters.recipients import DATA_REQUESTS, Extra, Recipient, one_of

REPLY_DAYS = (14, 28)
"""The days for a reply that may be chosen."""
URGENT_REPLY_DAYS = 7
"""The days for a reply where a claim is to be issued soon."""
NEAR_DAYS = 28
"""A claim is to be issued soon where that is within four weeks of the day for the reply."""
LONGEST = 300
MOST_LINES = 8


def _lines(given: object) -> object:
    """The lines of an address that a form or a file may give as one text or as a list."""
    given = given.splitlines() if isinstance(given, str) else given
    return tuple(given) if isinstance(given, list) else given


def _extras(given: object) -> object:
    """The extras that a form or a file names."""
    return tuple(Extra(name) for name in given) if isinstance(given, (list, tuple)) else given


_Text = Annotated[str, Field(max_length=LONGEST)]
_Lines = Annotated[tuple[_Text, ...], BeforeValidator(_lines), Field(max_length=MOST_LINES)]


_LeftOut = Annotated[tuple[Extra, ...], BeforeValidator(_extras)]


class Sender(BaseModel):
    """What is the same on every letter. What is not given is in brackets, to be filled in in Word.

    ``address`` has one line an entry; ``reply_days`` is 14 or 28. ``approved_by``: who has approved the
    letters; without a name each is marked as a draft. ``leave_out``: the extras that letters go without.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)

    organisation: _Text = "[Name of the union]"
    address: _Lines = ("[Address of the union]",)
    contact: _Text = "[Telephone and email]"
    signed_by: _Text = "[Name of the person who signs]"
    role: _Text = "[Role of the person who signs]"
    reply_days: Literal[14, 28] = 14
    approved_by: _Text = ""
    leave_out: _LeftOut = ()

    def reply_by(self, as_at: date, issue_by: date | None, northern_ireland: bool) -> date:
        """Give the working day by which a reply to a letter of ``as_at`` is asked for."""
        return reply_day(self.reply_days, as_at, issue_by, northern_ireland)

    def reply_due(
        self, to: Recipient, as_at: date, issue_by: date | None, northern_ireland: bool
    ) -> date | None:
        """Give the day by which one kind of letter asks for a reply; None of one that asks for none.

        A data request has a month by law, a request for facts the usual days.
        """
        if to is Recipient.ISSUE_PACK:
            return None
        if to in DATA_REQUESTS:
            return month_after(as_at)
        if to is Recipient.SCHEME_FACTS:
            return self.pay_by(as_at, northern_ireland)
        return self.reply_by(as_at, issue_by, northern_ireland)

    def pay_by(self, as_at: date, northern_ireland: bool) -> date:
        """Give the working day by which payment is asked for."""
        return last_working_day(as_at + timedelta(days=self.reply_days), northern_ireland)

    def is_urgent(self, as_at: date, issue_by: date | None) -> bool:
        """Whether the claim is to be issued within four weeks of the usual day for a reply."""
        return is_near(self.reply_days, as_at, issue_by)

    @property
    def incomplete(self) -> bool:
        """True while something is still in brackets."""
        given = self.given()
        return any(
            field.default and name not in given for name, field in type(self).model_fields.items()
        )

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


def reply_day(days: int, as_at: date, issue_by: date | None, northern_ireland: bool) -> date:
    """Give the working day for a reply asked for in so many days.

    At most seven days, and before the day to issue by, where that is within four weeks of the usual day.
    """
    last = as_at + timedelta(days=days)
    if issue_by is not None and is_near(days, as_at, issue_by):
        last = as_at + timedelta(days=URGENT_REPLY_DAYS)
        if issue_by - as_at > timedelta(days=1):
            last = min(last, issue_by - timedelta(days=1))
    return max(last_working_day(last, northern_ireland), as_at)


def month_after(day: date) -> date:
    """Give the day by which a data request received on ``day`` is to be answered: UK GDPR art 12(3)."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def is_near(days: int, as_at: date, issue_by: date | None) -> bool:
    """Whether a claim is to be issued within four weeks of the usual day for a reply."""
    return issue_by is not None and issue_by <= as_at + timedelta(days=days + NEAR_DAYS)


def _sentence(wrong: ErrorDetails) -> str:
    """What is wrong with one field, without its value."""
    name = wrong["loc"][0]
    if wrong["type"] == "extra_forbidden":
        return f"There is no such setting: use {', '.join(sorted(Sender.model_fields))}."
    if name == "leave_out":
        return f"leave_out is a list of {one_of(Extra)}."
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
