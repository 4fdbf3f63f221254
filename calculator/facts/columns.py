"""A column of a table as its distinct values, and for each row which of them it has.

What is done to a cell is done once for each distinct value. Text from Arrow stays in Arrow, so that its plain
spellings are read together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from rules.arrays import Mask

Which = npt.NDArray[np.integer[Any]]
"""For each row the index of its value."""
_COMPARED = frozenset({str, int, bool, date, datetime})
"""Types whose equal values are the same value; 0.0 equals -0.0, and Decimal 1.0 equals 1.00."""


@dataclass(frozen=True, eq=False)
class Column(Sequence[Any]):
    """The values of a column, an array of Arrow or a list, and for each row the index of its own.

    As a sequence it is the column row by row.
    """

    values: Any
    which: Which

    @classmethod
    def of(cls, cells: Sequence[Any]) -> Column:
        """Return a column of cells, each distinct value once; a column itself as it is."""
        if isinstance(cells, Column):
            return cells
        index: dict[Any, int] = {}
        values: list[Any] = []
        which = []
        for cell in cells:
            kind = type(cell)
            key = cell if kind is str or cell is None else (kind, cell)
            if cell is not None and kind not in _COMPARED:
                key = (list, len(values))  # a value of its own
            at = index.setdefault(key, len(values))
            if at == len(values):
                values.append(cell)
            which.append(at)
        return cls(values, np.array(which, dtype=np.int64))

    @classmethod
    def blank(cls, size: int) -> Column:
        """Return a column that was not given."""
        return cls([None], np.zeros(size, dtype=np.int8))

    @property
    def is_text(self) -> bool:
        """True for a column of text from Arrow."""
        return not isinstance(self.values, list) and str(self.values.type).endswith("string")

    def listed(self) -> list[Any]:
        """Return the distinct values as Python objects."""
        return self.values if isinstance(self.values, list) else self.values.to_pylist()

    def used(self) -> list[Any]:
        """Return the distinct values that some row has."""
        used = np.zeros(len(self.values), dtype=bool)
        used[self.which] = True
        return [
            value for value, is_used in zip(self.listed(), used.tolist(), strict=True) if is_used
        ]

    def mapped(self, change: Callable[[Any], Any]) -> Column:
        """Return the column with each distinct value changed."""
        return Column([change(value) for value in self.listed()], self.which)

    def take(self, rows: slice | Which | Mask) -> Column:
        """Return the column of some rows."""
        return Column(self.values, self.which[rows])

    def rows(self) -> list[Any]:
        """Return the value of each row."""
        values = np.empty(len(self.values), dtype=object)
        values[:] = self.listed()
        found: list[Any] = values[self.which].tolist()
        return found

    def rows_of(self, indexes: Iterable[int]) -> Which:
        """Return the rows that have one of the distinct values at the indexes, in order."""
        wanted = np.zeros(len(self.values), dtype=bool)
        wanted[list(indexes)] = True
        return np.flatnonzero(wanted[self.which])

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows())

    def __len__(self) -> int:
        return len(self.which)

    @overload
    def __getitem__(self, row: int) -> Any: ...
    @overload
    def __getitem__(self, row: slice) -> list[Any]: ...
    def __getitem__(self, row: int | slice) -> Any:
        if isinstance(row, slice):
            return self.take(row).rows()
        value = self.values[int(self.which[row])]
        return value if isinstance(self.values, list) else value.as_py()
