"""Rows, sheets and other lists of a file as words of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

MOST_SPANS = 10
"""Runs of rows, or other parts, named in a sentence."""


def listed(parts: Sequence[str], most: int = MOST_SPANS) -> str:
    """Return parts as ``A, B and C``, with how many more there are."""
    shown = [*parts[:most], *([f"{len(parts) - most:,} more"] if len(parts) > most else [])]
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def listed_rows(numbers: Sequence[int]) -> str:
    """Return row numbers, in order, as ``3 to 5, 8 and 9``."""
    breaks = [i for i, (one, other) in enumerate(pairwise(numbers), 1) if other != one + 1]
    runs = [
        numbers[start:end] for start, end in zip([0, *breaks], [*breaks, len(numbers)], strict=True)
    ]
    return listed([str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs])


def rows_named(numbers: Sequence[int]) -> str:
    """Return ``Row 5`` or ``Rows 5 to 7 and 9``."""
    return f"{'Row' if len(numbers) == 1 else 'Rows'} {listed_rows(numbers)}"
