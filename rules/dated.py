"""Values of the law that apply for a window of days: no gap, no overlap, nothing beyond the known days."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from rules.arrays import Counts, Days, Mask, day
from rules.sources import Citation

ONE_DAY = np.timedelta64(1, "D")


class TableError(ValueError):
    """A dated table contradicts itself: a gap, an overlap, or a window that ends before it starts."""


class OutsideKnownRange(LookupError):
    """A day for which the table has no value. Nothing is extrapolated."""


@dataclass(frozen=True)
class Window:
    """One value and the days it applies to, both ends included."""

    first: np.datetime64
    last: np.datetime64
    value: int


class Dated:
    """A value of the law by day.

    Built from windows in order of time. :class:`TableError` if they leave a gap, overlap or run
    backwards, so that a wrong table fails when its module loads. The unit of the values is the table's
    own (pence for money).
    """

    def __init__(self, name: str, windows: Sequence[Window], citations: Sequence[Citation]) -> None:
        if not windows:
            raise TableError(f"{name}: no windows")
        for window in windows:
            if window.last < window.first:
                raise TableError(f"{name}: {window.first} to {window.last} ends before it starts")
        for before, after in itertools.pairwise(windows):
            if after.first <= before.last:
                raise TableError(f"{name}: two values for {after.first}")
            if after.first > before.last + ONE_DAY:
                raise TableError(f"{name}: no value for {before.last + ONE_DAY}")
        self.name = name
        self.windows = tuple(windows)
        self.citations = tuple(citations)
        self._firsts = np.array([w.first for w in windows], dtype="datetime64[D]")
        self._values = np.array([w.value for w in windows], dtype=np.int64)

    @classmethod
    def from_starts(
        cls,
        name: str,
        starts: Iterable[tuple[np.datetime64, int]],
        known_to: np.datetime64,
        citations: Sequence[Citation],
    ) -> Dated:
        """Build a table from the day each value starts; the last one applies to ``known_to``."""
        rows = list(starts)
        lasts = [first - ONE_DAY for first, _ in rows[1:]] + [known_to]
        windows = [
            Window(first, last, value) for (first, value), last in zip(rows, lasts, strict=True)
        ]
        return cls(name, windows, citations)

    @property
    def first(self) -> np.datetime64:
        """The first day that the table has a value for."""
        return self.windows[0].first

    @property
    def last(self) -> np.datetime64:
        """The last day that the table has a value for."""
        return self.windows[-1].last

    def covers(self, days: Days) -> Mask:
        """Return True for days inside the table; False outside it and for unknown days."""
        return (days >= self.first) & (days <= self.last)

    def on(self, days: Days) -> Counts:
        """Return the value on each day. OutsideKnownRange, naming the table, if one is outside it."""
        if not bool(self.covers(days).all()):
            raise OutsideKnownRange(
                f"{self.name} is known from {self.first} to {self.last} only, and is not extended"
            )
        window = np.searchsorted(self._firsts, days, side="right") - 1
        return self._values[window]


def read_table(file_name: str) -> list[dict[str, str]]:
    """Read the rows of an official table in ``rules/data``, as text by column name."""
    text = files("rules").joinpath("data", file_name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def known_to(rows: Sequence[dict[str, str]]) -> np.datetime64:
    """Return the last day a table is known for: ``known_to`` of its last row. TableError if empty."""
    if not rows[-1]["known_to"]:
        raise TableError(f"the last row has no known_to: {rows[-1]}")
    return day(rows[-1]["known_to"])
