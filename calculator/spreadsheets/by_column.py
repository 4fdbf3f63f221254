"""The rows of a large table, kept as its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, overload

import numpy as np

from calculator.facts.cells import Raw, is_empty
from calculator.facts.columns import Column, Which
from rules.arrays import Mask


class ByColumn(Sequence[list[Raw]]):
    """The rows of a table, kept as its columns."""

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = list(columns)

    def __len__(self) -> int:
        return len(self.columns[0])

    @overload
    def __getitem__(self, row: int) -> list[Raw]: ...
    @overload
    def __getitem__(self, row: slice) -> list[list[Raw]]: ...
    def __getitem__(self, row: int | slice) -> Any:
        if isinstance(row, slice):
            return [list(cells) for cells in zip(*(c[row] for c in self.columns), strict=True)]
        return [column[row] for column in self.columns]

    def __iter__(self) -> Iterator[list[Raw]]:
        return iter(self[:])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def take(self, rows: slice | Mask | Which) -> ByColumn:
        """Return the table of some rows."""
        return ByColumn([column[rows] for column in self.columns])

    def filled(self) -> Mask:
        """Return a mask of the rows that have something in them."""
        filled = np.zeros(len(self), dtype=bool)
        for column in self.columns:
            rest = np.flatnonzero(~filled)
            if not len(rest):
                break
            filled[rest] = _with_something(column[rest])
        return filled


def _with_something(column: Column) -> Mask:
    """Return a mask of the rows that are not empty; a text with a plain letter, figure or sign is not."""
    plain = column.rows_of(column.search("[!-~]"))
    filled = np.zeros(len(column), dtype=bool)
    filled[plain] = True
    rest = np.flatnonzero(~filled)
    filled[rest] = column[rest].test(lambda value: not is_empty(value))
    return filled


Rows = list[list[Raw]] | ByColumn
"""The rows of a table, from either kind of reader."""
