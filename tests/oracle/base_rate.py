"""Base rate, and interest at it with three-monthly rests: LGPS 2013 reg 81(4) and Sch 1."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction
from functools import cache

from .basics import ONE_DAY, Day, known_to, months_later, table_rows


class BaseRate:
    """Bank Rate, standing for base rate, by its first day, and the last day it is known for."""

    def __init__(self, later: Sequence[tuple[Day, str]] = (), verified_to: Day | None = None):
        rows = [
            (Day.fromisoformat(row["effective_from"]), Fraction(row["rate_percent"]) / 100)
            for row in table_rows("bank_rate.csv")
        ]
        rows += [(first, Fraction(percent) / 100) for first, percent in later]
        self.rows = tuple(rows)
        self.known_to = verified_to or known_to("bank_rate.csv")
        self.grown: dict[tuple[Day, Day, Fraction], Fraction] = {}
        self.coefficients: dict[tuple[object, ...], Fraction] = {}

    def simple_growth(self, start: Day, end: Day, margin: Fraction) -> Fraction:
        """1 and the interest of each day from start to the day before end."""
        interest = Fraction(0)
        edges = [*self.rows, (self.known_to + ONE_DAY, Fraction(0))]
        for (first, rate), (after, _) in itertools.pairwise(edges):
            days = (min(end, after) - max(start, first)).days
            if days > 0:
                interest += (rate + margin) * days / 365
        return 1 + interest

    def growth(self, due: Day, paid: Day, margin: Fraction) -> Fraction:
        """LGPS 2013 reg 81(4): interest by the day, added every three months from the due date."""
        key = (due, paid, margin)
        if key not in self.grown:
            grown, start, rests = Fraction(1), due, 1
            while start < paid:
                end = min(paid, months_later(due, 3 * rests))
                grown *= self.simple_growth(start, end, margin)
                start, rests = end, rests + 1
            self.grown[key] = grown
        return self.grown[key]


@cache
def base_rate(later: tuple[tuple[Day, str], ...], verified_to: Day | None) -> BaseRate:
    """Base rate by the table and the later rates entered."""
    return BaseRate(later, verified_to)
