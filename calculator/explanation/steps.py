"""One line of a working, and the row whose working it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from calculator.calculation.outcome import Outcome
from calculator.calculation.worked_rows import WorkedRows
from calculator.facts.days import shown_day
from calculator.facts.money import plain_money, shown_money
from rules.sources import Citation


@dataclass(frozen=True)
class Step:
    """One line of the working. ``amount`` is plain text as in CSV; ``shown`` is as a person reads it."""

    label: str
    amount: str
    shown: str
    working: str
    citations: tuple[Citation, ...]


class Row(NamedTuple):
    """The row being explained: its outcome, its block, and its places in the table and the block."""

    outcome: Outcome
    block: WorkedRows
    row: int
    at: int

    def figure(self, name: str) -> int | None:
        """An output figure of this row, None where the cell is empty."""
        column = self.outcome.figures(name)
        return int(column.values[self.row]) if column.filled[self.row] else None

    def day(self, name: str) -> date | None:
        """An output day of this row, None where the cell is empty."""
        column = self.outcome.figures(name)
        return as_date(column.values[self.row]) if column.filled[self.row] else None


def money_step(label: str, pence: Any, working: str, citations: Sequence[Citation]) -> Step:
    """A line with an amount, below 0 too."""
    amount = int(pence)
    sign = "-" if amount < 0 else ""
    return Step(
        label,
        sign + plain_money(abs(amount)),
        sign.replace("-", "−") + shown_money(abs(amount)),
        working,
        tuple(citations),
    )


def day_step(label: str, day: np.datetime64, working: str, citations: Sequence[Citation]) -> Step:
    """A line with a day."""
    return Step(label, str(day), shown_day(as_date(day)), working, tuple(citations))


def not_known_step(label: str, working: str, citations: Sequence[Citation]) -> Step:
    """A line whose amount is not known, and why."""
    return Step(label, "", "Not known", working, tuple(citations))


def as_date(day: np.datetime64) -> date:
    """One day of a column."""
    found: date = day.astype(object)
    return found


def day_words(day: date | None) -> str:
    """A day as a person reads it, nothing where there is none."""
    return shown_day(day) if day is not None else ""
