"""What a caseworker sets once: the day of calculation, the positions, and the sender of letters."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

import tomli_w

from calculator.days import FIRST_DAY, LAST_DAY
from calculator.problems import FileProblem
from rules.positions import POSITIONS, PositionError, Positions

REPLY_DAYS = (14, 28)
"""Days an employer is given to reply to a letter."""
MOST_BYTES = 100_000
_TEXTS = ("organisation", "address", "signatory", "signatory_role")
LONGEST_TEXT = 500


@dataclass(frozen=True)
class Settings:
    """The settings of one person's session. ``as_at`` is None for the day it is used on."""

    as_at: date | None = None
    positions: Positions = field(default_factory=Positions)
    organisation: str = ""
    address: str = ""
    signatory: str = ""
    signatory_role: str = ""
    reply_days: int = REPLY_DAYS[0]

    def to_toml(self) -> str:
        """The settings as the text of a file that :meth:`from_toml` reads."""
        whole: dict[str, Any] = {name: getattr(self, name) for name in _TEXTS}
        whole["reply_days"] = self.reply_days
        if self.as_at is not None:
            whole["as_at"] = self.as_at
        whole["positions"] = {p.name: getattr(self.positions, p.name) for p in POSITIONS}
        return tomli_w.dumps(whole, multiline_strings=False)

    @classmethod
    def from_toml(cls, text: str) -> Settings:
        """The settings of a file. FileProblem, in one line, where it is not one of settings."""
        try:
            found = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError):
            raise FileProblem("This is not a file of settings.") from None
        names = {each.name for each in fields(cls)}
        for name in found:
            if name not in names:
                raise FileProblem(f"The settings file names {name[:40]!r}, which is no setting.")
        positions = found.pop("positions", {})
        if not isinstance(positions, dict):
            raise FileProblem("The positions of the settings file must be name = value lines.")
        try:
            return cls(**_checked(found), positions=Positions.from_mapping(positions))
        except PositionError as error:
            raise FileProblem(f"{error}.") from None


def _checked(found: dict[str, Any]) -> dict[str, Any]:
    for name in _TEXTS:
        text = found.get(name, "")
        if not isinstance(text, str) or len(text) > LONGEST_TEXT:
            raise FileProblem(f"{name} must be text of at most {LONGEST_TEXT} characters.")
    if found.get("reply_days", REPLY_DAYS[0]) not in REPLY_DAYS:
        raise FileProblem(f"reply_days must be one of {', '.join(map(str, REPLY_DAYS))}.")
    day = found.get("as_at")
    if day is not None and (type(day) is not date or not FIRST_DAY <= day <= LAST_DAY):
        raise FileProblem("as_at must be a day from 1900 to 2100, such as 2026-11-30.")
    return found
