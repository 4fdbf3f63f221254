"""One output column: what it is called, how its values are held and written, what fills it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from calculator.calculation.worked_rows import WorkedRows
from calculator.facts.money import plain_money
from rules.arrays import Mask

Values = npt.NDArray[Any]


class OutputKind(StrEnum):
    """How the values of an output column are held and written."""

    TEXT = "text"
    MONEY = "money"
    DAY = "day"
    COUNT = "whole number"
    HALVES = "half-weeks, written as weeks"


@dataclass(frozen=True)
class Output:
    """One output column.

    ``fill`` gives the values of some rows and the mask of the rows that have one; None for a text.
    ValueError where a figure has no ``fill``.
    """

    name: str
    heading: str
    kind: OutputKind
    fill: Callable[[WorkedRows], tuple[Values, Mask]] | None = None
    in_letters: bool = False

    def __post_init__(self) -> None:
        if (self.fill is None) != (self.kind is OutputKind.TEXT):
            raise ValueError(f"the output {self.name}: a figure needs a fill, and a text has none")


@dataclass
class ResultColumn:
    """One output column over all rows: its values and where they are filled."""

    kind: OutputKind
    values: Values
    filled: Mask

    @classmethod
    def empty(cls, kind: OutputKind, size: int) -> ResultColumn:
        """Return a column without a value."""
        dtype = "datetime64[D]" if kind is OutputKind.DAY else np.int64
        return cls(kind, np.zeros(size, dtype=dtype), np.zeros(size, dtype=bool))

    def texts(self) -> list[str]:
        """Return the column as text: pounds with two decimals, ISO days, weeks with one decimal."""
        filled = self.filled.tolist()
        if self.kind is OutputKind.DAY:
            days = np.datetime_as_string(self.values).tolist()
            return [day if full else "" for day, full in zip(days, filled, strict=True)]
        write = _WRITERS[self.kind]
        return [
            write(value) if full else ""
            for value, full in zip(self.values.tolist(), filled, strict=True)
        ]


def plain_weeks(half_weeks: int) -> str:
    """Return half-weeks as weeks with one decimal: ``"28.5"``."""
    return f"{half_weeks // 2}.{half_weeks % 2 * 5}"


_WRITERS: dict[OutputKind, Callable[[int], str]] = {
    OutputKind.MONEY: plain_money,
    OutputKind.HALVES: plain_weeks,
    OutputKind.COUNT: str,
}
