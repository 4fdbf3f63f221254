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
_LOOKED_AT = 100
"""Rows of a column in which its parts are looked for."""
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
    looked_at = rows[:_LOOKED_AT]
    sums = {part: cases.money[part][looked_at] for part in candidates}
    for count in range(len(candidates), 1, -1):
        for parts in combinations(candidates, count):
            if _is_total(cases.money[name][looked_at], [sums[part] for part in parts]):
                all_of_it = [cases.money[part][rows] for part in parts]
                if _is_total(cases.money[name][rows], all_of_it):
                    yield Total(name, parts, int(rows[0]))
                    return


def _is_total(column: Pence, parts: list[Pence]) -> bool:
    """Give True where most sums of a column are the total of two or more parts."""
    several = np.sum([part > 0 for part in parts], axis=0) > 1
    fits = int(np.sum((np.sum(parts, axis=0) == column) & several))
    return fits >= _LEAST_TOTALS and 2 * fits > len(column)


def in_words(names: tuple[str, ...]) -> str:
    """Give the headings of fields as one list."""
    headings = [BY_NAME[name].heading for name in names]
    return f"{', '.join(headings[:-1])} and {headings[-1]}"
