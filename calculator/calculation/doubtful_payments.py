"""Columns of payments that are doubtful as one: totals entered as payments, due and paid swapped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from calculator.facts.case_table import Cases
from calculator.facts.fields import BY_NAME
from rules.arrays import Mask, Pence
from rules.exit_payments import KINDS

_LEAST_TOTALS, _LEAST_SWAPPED = 2, 3
"""Rows of a column before it is called a total, and before it is called swapped."""
_LOOKED_AT, _MOST_PARTS = 20, 6
"""Rows of a column in which its parts are looked for, and how many parts a total may have in a row."""
_PARTS = {
    "due": ("statutory_redundancy", "holiday_pay", "other_exempt"),
    "paid": ("statutory_redundancy", "holiday_pay", "other_exempt", "cash_alternative_paid"),
}
"""Sums beside the payments of each side that a total may hold."""


@dataclass(frozen=True)
class Total:
    """A column of payments that holds the total of others in most rows."""

    name: str
    parts: tuple[str, ...]
    first_row: int


def swapped(cases: Cases) -> Iterator[tuple[str, int]]:
    """Give each kind of payment of which more was paid than was due in most rows, and the first such row."""
    for kind in KINDS:
        more, both = paid_more(cases, kind.name)
        if more.sum() >= _LEAST_SWAPPED and 2 * more.sum() > both.sum():
            yield kind.name, int(np.argmax(more))


def paid_more(cases: Cases, kind: str) -> tuple[Mask, Mask]:
    """Mark the rows in which more was paid than was due, and those in which both are known."""
    due, paid = f"{kind}_due", f"{kind}_paid"
    both = cases.known[due] & cases.known[paid]
    return both & (cases.money[paid] > cases.money[due]), both


def totals(cases: Cases) -> Iterator[Total]:
    """Give each column of payments that is the total of others in most of the rows that have it."""
    for side, beside in _PARTS.items():
        payments = [f"{kind.name}_{side}" for kind in KINDS]
        used = [name for name in (*payments, *beside) if cases.money[name].any()]
        for name in payments:
            if name in used:
                parts = [other for other in used if other != name]
                yield from _total(cases, name, parts)


def _total(cases: Cases, name: str, candidates: list[str]) -> Iterator[Total]:
    rows = np.flatnonzero((cases.money[name] > 0) & ~cases.in_error)
    found = {
        parts for row in rows[:_LOOKED_AT].tolist() for parts in _sums(cases, name, candidates, row)
    }
    everything = {part for parts in found for part in parts}
    found.add(tuple(part for part in candidates if part in everything))
    for parts in sorted(found, key=lambda parts: (-len(parts), parts)):
        if len(parts) > 1 and _is_total(
            cases.money[name][rows], [cases.money[part][rows] for part in parts]
        ):
            yield Total(name, parts, int(rows[0]))
            return


def _sums(cases: Cases, name: str, candidates: list[str], row: int) -> Iterator[tuple[str, ...]]:
    """Give the sums of a row, two or more, that add up to one of its payments."""
    total = int(cases.money[name][row])
    sums = {part: int(cases.money[part][row]) for part in candidates}
    usable = [part for part, amount in sums.items() if 0 < amount < total]
    for count in range(2, min(len(usable), _MOST_PARTS) + 1):
        for parts in combinations(usable, count):
            if sum(sums[part] for part in parts) == total:
                yield parts


def _is_total(column: Pence, parts: list[Pence]) -> bool:
    """Give True where most sums of a column are the total of two or more parts."""
    several = np.sum([part > 0 for part in parts], axis=0) > 1
    fits = int(np.sum((np.sum(parts, axis=0) == column) & several))
    return fits >= _LEAST_TOTALS and 2 * fits > len(column)


def in_words(names: tuple[str, ...]) -> str:
    """Give the headings of fields as one list."""
    headings = [BY_NAME[name].heading for name in names]
    return f"{', '.join(headings[:-1])} and {headings[-1]}"
