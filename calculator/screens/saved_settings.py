"""What a caseworker sets once: the day of calculation, the positions, and the sender of letters."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import tomli_w

from calculator.facts.days import FIRST_DAY, LAST_DAY
from calculator.facts.later_rates import COLUMNS, rates_in_rows, rows_of
from calculator.facts.problems import FileProblem
from calculator.files.limited import Refused
from calculator.files.texts import toml_of
from calculator.letters.sender import Sender
from rules.late_benefits import LaterRates
from rules.positions import POSITIONS, PositionError, Positions


@dataclass(frozen=True)
class Settings:
    """The settings of one person's session. ``as_at`` is None for the day it is used on."""

    as_at: date | None = None
    positions: Positions = field(default_factory=Positions)
    sender: Sender = field(default_factory=Sender)
    rates: LaterRates | None = None

    def to_toml(self) -> str:
        """The settings as the text of a file that :meth:`from_toml` reads, and ``--sender`` too."""
        whole: dict[str, Any] = self.sender.given()
        if self.as_at is not None:
            whole["as_at"] = self.as_at
        if self.rates is not None:
            whole["rates"] = rows_of(self.rates)
        whole["positions"] = {p.name: getattr(self.positions, p.name) for p in POSITIONS}
        return tomli_w.dumps(whole, multiline_strings=False)

    @classmethod
    def from_toml(cls, text: str | bytes) -> Settings:
        """The settings of a file. FileProblem, in one line, where it is not one of settings."""
        try:
            found = toml_of(text if isinstance(text, bytes) else text.encode())
        except Refused:
            raise FileProblem("This is not a file of settings.") from None
        day, positions = found.pop("as_at", None), found.pop("positions", {})
        rates = found.pop("rates", [])
        if day is not None and (type(day) is not date or not FIRST_DAY <= day <= LAST_DAY):
            raise FileProblem("as_at must be a day from 1900 to 2100, such as 2026-11-30.")
        if not isinstance(positions, dict):
            raise FileProblem("The positions of the settings file must be name = value lines.")
        if not isinstance(rates, list) or not all(isinstance(row, dict) for row in rates):
            raise FileProblem("The rates of the settings file must be a list of rows.")
        try:
            return cls(
                day,
                Positions.from_mapping(positions),
                Sender.from_mapping(found),
                rates_in_rows([_texts(row) for row in rates]),
            )
        except PositionError as error:
            raise FileProblem(f"{error}.") from None


def _texts(row: dict[str, Any]) -> dict[str, str]:
    return {name: str(row.get(name, "")) for name in COLUMNS}
