"""Rows of totals among the cases, and whether their sums are those of the rows above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from calculator.facts import fields
from calculator.facts.cells import CannotRead, Raw, is_empty
from calculator.facts.fields import Kind
from calculator.facts.money import parse_money, shown_money
from calculator.facts.text import first_of, quoted
from calculator.spreadsheets.words import rows_named

_TOTAL = re.compile(
    r"^\W*(?:(?:grand|sub|overall|running|page|sheet|branch|section|school|all|net)[\s-]*)?totals?\b|"
    r"\btotals?\W*$|^\W*(?:sum|average|mean|count|balance)\W*$",
    re.IGNORECASE,
)

_NO_SUM = re.compile(r"^\W*(?:average|mean|count)\W*$", re.IGNORECASE)
"""Names of rows below a table whose figures are not the sums of it."""


def is_total(cells: Sequence[Raw], reference: int) -> bool:
    """Return whether a row without a day of exit calls itself a total; a reference of its own makes it a case."""
    texts = [cell for cell in cells if isinstance(cell, str) and not is_empty(cell)]
    own = cells[reference] if reference < len(cells) else None
    if not is_empty(own) and not (isinstance(own, str) and _TOTAL.search(own)):
        return False
    return any(_TOTAL.search(text) for text in texts)


class Totals:
    """The rows of totals of a table, with the sums of the rows between and above them."""

    def __init__(
        self, rows: Sequence[list[Raw]], columns: Mapping[str, int], headings: Sequence[str]
    ) -> None:
        self._rows, self._headings = rows, headings
        kinds = {name: fields.BY_NAME[name].kind for name in columns}
        self._places = [columns[name] for name, kind in kinds.items() if kind is Kind.MONEY]
        self._all = dict.fromkeys(self._places, 0)
        self._block = dict.fromkeys(self._places, 0)
        self._summed = 0
        self._read: dict[str, int] = {}
        self._agreeing: list[int] = []
        self._bare: list[int] = []
        self._wrong: list[str] = []

    def is_unnamed(self, index: int, kept: Sequence[int], columns: Mapping[str, int]) -> bool:
        """Return whether a row holds only sums, at least one of them the sum of the rows above."""
        cells = self._rows[index]
        filled = [place for place, cell in enumerate(cells) if not is_empty(cell)]
        if not set(filled) <= set(self._places) or not kept:
            return False
        self._sum_up(kept)
        return any(
            (pence := self._pence(cells[place])) and pence in (self._all[place], self._block[place])
            for place in filled
        )

    def add(self, index: int, kept: Sequence[int]) -> None:
        """Take a row as a total, and compare its sums with those of the cases kept so far."""
        self._sum_up(kept)
        cells, number = self._rows[index], index + 1
        is_sum = not any(isinstance(cell, str) and _NO_SUM.search(cell) for cell in cells)
        stated = {
            place: pence
            for place in self._places
            if is_sum and place < len(cells) and (pence := self._pence(cells[place])) is not None
        }
        differing = {p: v for p, v in stated.items() if v not in (self._all[p], self._block[p])}
        for place, pence in differing.items():
            self._wrong.append(
                f"Row {number} is a total: its {quoted(self._headings[place])}, {shown_money(pence)}, is not "
                f"the sum of the cases above, {shown_money(self._all[place])}."
            )
        if not differing:
            (self._agreeing if stated else self._bare).append(number)
        self._block = dict.fromkeys(self._places, 0)

    def notices(self) -> Iterator[str]:
        """Say which rows are totals, and which of their sums differ."""
        for numbers, more in (
            (self._agreeing, " The sums are those of the cases above."),
            (self._bare, ""),
        ):
            if numbers:
                what = "a total, not as a case" if len(numbers) == 1 else "totals, not as cases"
                yield f"{rows_named(numbers)}: taken as {what}.{more}"
        yield from first_of(self._wrong, "sums of totals differ")

    def _sum_up(self, kept: Sequence[int]) -> None:
        for index in kept[self._summed :]:
            cells = self._rows[index]
            for place in self._places:
                if place < len(cells) and (pence := self._pence(cells[place])):
                    self._all[place] += pence
                    self._block[place] += pence
        self._summed = len(kept)

    def _pence(self, cell: Raw) -> int | None:
        if type(cell) is int:
            return cell * 100
        if type(cell) is float:
            return round(cell * 100)
        if type(cell) is not str or not cell:
            return None
        if cell not in self._read:
            try:
                self._read[cell] = parse_money(cell) or 0
            except CannotRead:
                self._read[cell] = 0
        return self._read[cell]
