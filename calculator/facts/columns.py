"""A column of a table as its distinct values, and for each row which of them it has.

What is done to a cell is done once for each distinct value. Text and sums from Arrow stay in Arrow, so that what is
plain is done together; only a column that has them loads it.
"""

from __future__ import annotations

import re
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

_NUMBER = re.compile("u?int|float|halffloat|double|decimal")
_NEVER_EQUAL = frozenset({str, type(None), date, datetime})
"""Types of which no value equals one of another."""


@dataclass(frozen=True, eq=False)
class Column(Sequence[Any]):
    """The values of a column, an array of Arrow or a list, and for each row the index of its own.

    As a sequence it is the column row by row; some rows of it are a column too.
    """

    values: Any
    which: Which

    @classmethod
    def of(cls, cells: Sequence[Any]) -> Column:
        """Return a column of cells, each distinct value once; a column itself as it is."""
        if isinstance(cells, Column):
            return cells
        if {*map(type, cells)} <= _NEVER_EQUAL:
            places = {cell: place for place, cell in enumerate(dict.fromkeys(cells))}
            which_of = np.fromiter(map(places.__getitem__, cells), np.int64, len(cells))
            return cls([*places], which_of)
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

    @property
    def is_number(self) -> bool:
        """True for a column of numbers from Arrow."""
        return not isinstance(self.values, list) and bool(_NUMBER.match(str(self.values.type)))

    def listed(self) -> list[Any]:
        """Return the distinct values as Python objects."""
        if self.is_text:
            texts: list[Any] = self.values.to_numpy(zero_copy_only=False).tolist()
            return texts
        return self.values if isinstance(self.values, list) else self.values.to_pylist()

    def at(self, indexes: Which) -> list[Any]:
        """Return the distinct values at the indexes."""
        if isinstance(self.values, list):
            return [self.values[index] for index in indexes.tolist()]
        return Column(self.values.take(_arrow(indexes)), indexes).listed()

    def used(self) -> list[Any]:
        """Return the distinct values that some row has."""
        used = np.zeros(len(self.values), dtype=bool)
        used[self.which] = True
        return self.listed() if used.all() else self.at(np.flatnonzero(used))

    def mapped(self, change: Callable[[Any], Any]) -> Column:
        """Return the column with each distinct value changed."""
        return Column([change(value) for value in self.listed()], self.which)

    def changed(self, pattern: str, change: Callable[[Any], Any]) -> Column:
        """Return the column with each distinct value changed; the texts without the pattern are known to stay."""
        indexes = self.search(pattern)
        if not len(indexes):
            return self
        return self.replaced(indexes, [change(value) for value in self.at(indexes)])

    def replaced(self, indexes: Which, new: Sequence[Any]) -> Column:
        """Return the column with the distinct values at the indexes replaced."""
        if isinstance(self.values, list):
            values = list(self.values)
            for index, value in zip(indexes.tolist(), new, strict=True):
                values[index] = value
            return Column(values, self.which)
        import pyarrow as pa
        import pyarrow.compute as pc

        mask = np.zeros(len(self.values), dtype=bool)
        mask[indexes] = True
        new = pa.array(new, self.values.type)
        return Column(pc.replace_with_mask(self.values, pa.array(mask), new), self.which)

    def search(self, pattern: str) -> Which:
        """Return the indexes of the texts that have a pattern, one that Python and Arrow read alike."""
        if isinstance(self.values, list):
            found = [isinstance(v, str) and bool(re.search(pattern, v)) for v in self.values]
            return np.flatnonzero(found)
        if not self.is_text:
            return np.zeros(0, dtype=np.int64)
        import pyarrow.compute as pc

        return np.flatnonzero(pc.match_substring_regex(self.values, pattern).fill_null(False))

    def test(self, test: Callable[[Any], object]) -> Mask:
        """Return a mask of the rows whose value passes a test, done once for each value that a row has."""
        if len(self.values) > len(self.which):
            return self.compact().test(test)
        return np.array([bool(test(value)) for value in self.listed()], dtype=bool)[self.which]

    def holds(self, text: str) -> Mask:
        """Return a mask of the rows that hold a text."""
        if not self.is_text:
            return self.test(lambda value: value == text)
        import pyarrow.compute as pc

        return np.asarray(pc.equal(self.values, text).fill_null(False))[self.which]

    def filled(self) -> Mask:
        """Return a mask of the rows that hold something; spaces are something, 0 is not."""
        if isinstance(self.values, list) or not (self.is_text or self.is_number):
            return self.test(bool)
        import pyarrow.compute as pc

        sizes = pc.binary_length(self.values) if self.is_text else self.values
        return np.asarray(pc.not_equal(sizes, 0).fill_null(False))[self.which]

    def rows_of(self, indexes: Iterable[int] | Which) -> Which:
        """Return the rows that have one of the distinct values at the indexes, in order."""
        wanted = np.zeros(len(self.values), dtype=bool)
        wanted[indexes if isinstance(indexes, np.ndarray) else list(indexes)] = True
        return np.flatnonzero(wanted[self.which])

    def tolist(self) -> list[Any]:
        """Return the value of each row."""
        if len(self.values) > len(self.which):
            return self.at(self.which)
        values = np.empty(len(self.values), dtype=object)
        values[:] = self.listed()
        found: list[Any] = values[self.which].tolist()
        return found

    def compact(self) -> Column:
        """Return the column without the values that no row has."""
        used, which = np.unique(self.which, return_inverse=True)
        if isinstance(self.values, list):
            return Column(self.at(used), which)
        return Column(self.values.take(_arrow(used)), which)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.tolist())

    def __len__(self) -> int:
        return len(self.which)

    @overload
    def __getitem__(self, row: int) -> Any: ...
    @overload
    def __getitem__(self, row: slice | Which | Mask) -> Column: ...
    def __getitem__(self, row: int | slice | Which | Mask) -> Any:
        if isinstance(row, (slice, np.ndarray)):
            return Column(self.values, self.which[row])
        value = self.values[int(self.which[row])]
        return value if isinstance(self.values, list) else value.as_py()


def _arrow(indexes: Which) -> Any:
    import pyarrow as pa

    return pa.array(indexes)
