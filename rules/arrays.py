"""The array types that every rule is written in, and how they are rounded."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Pence = npt.NDArray[np.int64]
"""Whole pence."""
Counts = npt.NDArray[np.int64]
"""Whole numbers of days, weeks, half-weeks or years, as the name says."""
Days = npt.NDArray[np.datetime64]
"""Calendar days, ``datetime64[D]``; ``NaT`` where the day is not known."""
Mask = npt.NDArray[np.bool_]
"""True where the named condition holds."""
Codes = npt.NDArray[np.int8]
"""Codes of one of the enumerations in :mod:`rules.choices`."""

Exact = npt.NDArray[np.object_]
"""Python integers, exact however large."""

_INT64_MAX = np.iinfo(np.int64).max


def day(iso: str) -> np.datetime64:
    """Return a calendar day from ISO text, for the constants of the law: ``day("2020-11-04")``."""
    return np.datetime64(iso, "D")


def half_up(numerator: Pence, denominator: int) -> Pence:
    """Return ``numerator / denominator`` rounded half up to an integer, for numerators from 0 up.

    The caller names the quantity that is rounded; twice the numerator must fit in 64 bits.
    """
    return (2 * numerator + denominator) // (2 * denominator)


def proportion(amount: Pence, part: Pence, total: Pence) -> tuple[Pence, Pence]:
    """Return ``amount * part / total`` as complete pence and the remainder, without overflow.

    Takes arrays of one shape, ``part <= total``, ``total > 0``, and gives (floor, remainder), so that
    ``amount * part == floor * total + remainder``. Products past 64 bits are calculated in Python integers.
    """
    largest_factor = int(np.max(part, initial=1)) or 1
    if int(np.max(amount, initial=0)) <= _INT64_MAX // largest_factor:
        product = amount * part
        return product // total, product % total
    exact = [divmod(int(a) * int(p), int(t)) for a, p, t in zip(amount, part, total, strict=True)]
    floors = np.array([pair[0] for pair in exact], dtype=np.int64)
    remainders = np.array([pair[1] for pair in exact], dtype=np.int64)
    return floors, remainders


def scaled(amount: Pence, numerator: Exact, denominator: Exact) -> Pence:
    """Return ``amount * numerator / denominator`` half up to the penny, exact however large the terms.

    For growth factors whose terms do not fit in 64 bits; all three from 0 up, ``denominator`` above 0.
    """
    doubled = 2 * amount.astype(object) * numerator + denominator
    rounded: Pence = (doubled // (2 * denominator)).astype(np.int64)
    return rounded


def exact(values: Iterable[int]) -> Exact:
    """Return Python integers as an array."""
    integers = list(values)
    array = np.empty(len(integers), dtype=object)
    array[:] = integers
    return array


def distinct_pairs(begins: Days, ends: Days) -> tuple[tuple[Days, Days], Counts]:
    """Return the distinct pairs of known days, and for each case the index of its pair.

    Growth depends on the days alone, so it is calculated once for each pair.
    """
    begin, end = begins.astype(np.int64), ends.astype(np.int64)
    base = int(begin.min(initial=0))
    span = int(begin.max(initial=0)) - base + 1
    keys, which = np.unique(end * span + (begin - base), return_inverse=True)
    first, last = keys % span + base, keys // span
    return (first.astype("datetime64[D]"), last.astype("datetime64[D]")), which


def day_numbers(days: Days) -> list[int]:
    """Return days as numbers of days since 1 January 1970."""
    numbers: list[int] = days.astype(np.int64).tolist()
    return numbers
