"""One step of a working, and the row that is explained."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from calculator.calculation.assess import rows_with
from calculator.calculation.outcome import Outcome
from calculator.calculation.worked_rows import WorkedRows
from calculator.facts.days import shown_day
from calculator.facts.money import plain_money, shown_money
from rules.sources import Citation


@dataclass(frozen=True)
class Step:
    """Hold one step of the working. ``amount`` is text as in CSV; ``formatted`` is for people."""

    label: str
    amount: str
    formatted: str
    working: str
    citations: tuple[Citation, ...]

    @property
    def is_nothing(self) -> bool:
        """Tell whether the step comes to £0.00."""
        return self.amount == "0.00"


@dataclass(frozen=True)
class Group:
    """Hold the steps of one question of the working under its heading, the first of them with ``number``."""

    heading: str
    number: int
    steps: tuple[Step, ...]

    def numbered(self) -> Iterator[tuple[int, Step]]:
        """Return each step with its number in the complete working."""
        return enumerate(self.steps, self.number)


@dataclass(frozen=True)
class Row:
    """Name the row that is explained: ``number`` is its index in the table, ``index`` in ``worked``."""

    outcome: Outcome
    worked: WorkedRows
    number: int
    index: int

    def figure(self, name: str) -> int | None:
        """Return an output figure of this row, None where it is empty."""
        return self.outcome.figure(name, self.number)

    def day(self, name: str) -> date | None:
        """Return an output day of this row, None where it is empty."""
        return self.outcome.day(name, self.number)


def explained_row(outcome: Outcome, row: int) -> Row:
    """Return a row with its intermediate quantities. ValueError for a row in error."""
    worked, index = rows_with(outcome, row)
    return Row(outcome, worked, row, index)


def money_step(label: str, pence: Any, working: str, citations: Sequence[Citation]) -> Step:
    """Make a step with an amount, which may be below 0."""
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
    """Make a step with a day."""
    return Step(label, str(day), shown_day(as_date(day)), working, tuple(citations))


def not_known_step(label: str, working: str, citations: Sequence[Citation]) -> Step:
    """Make a step whose amount is not known; ``working`` says why."""
    return Step(label, "", "Not known", working, tuple(citations))


def as_date(day: np.datetime64) -> date:
    """Convert one day of a column."""
    converted: date = day.astype(object)
    return converted


def day_words(day: date | None) -> str:
    """Format a day for people; "" where there is none."""
    return shown_day(day) if day is not None else ""
