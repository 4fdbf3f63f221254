"""The array types every rule is written in, and the two roundings they use."""

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
    """A calendar day from ISO text, for the constants of the law: ``day("2020-11-04")``."""
    return np.datetime64(iso, "D")


def half_up(numerator: Pence, denominator: int) -> Pence:
    """``numerator / denominator`` rounded half up to a whole number, for numerators from 0 up.

    The caller names the quantity being rounded; twice the numerator must fit in 64 bits.
    """
    return (2 * numerator + denominator) // (2 * denominator)


def proportion(amount: Pence, part: Pence, whole: Pence) -> tuple[Pence, Pence]:
    """``amount * part / whole`` as the whole pence below it and the remainder, without overflow.

    Takes arrays of one shape, ``part <= whole``, ``whole > 0``, and gives (floor, remainder), so that
    ``amount * part == floor * whole + remainder``. Products past 64 bits are worked in Python integers.
    """
    largest_factor = int(np.max(part, initial=1)) or 1
    if int(np.max(amount, initial=0)) <= _INT64_MAX // largest_factor:
        product = amount * part
        return product // whole, product % whole
    exact = [divmod(int(a) * int(p), int(w)) for a, p, w in zip(amount, part, whole, strict=True)]
    floors = np.array([pair[0] for pair in exact], dtype=np.int64)
    remainders = np.array([pair[1] for pair in exact], dtype=np.int64)
    return floors, remainders


def scaled(amount: Pence, numerator: Exact, denominator: Exact) -> Pence:
    """``amount * numerator / denominator`` half up to the penny, exact however large the terms are.

    For growth factors whose terms do not fit in 64 bits; all three from 0 up, ``denominator`` above 0.
    """
    doubled = 2 * amount.astype(object) * numerator + denominator
    rounded: Pence = (doubled // (2 * denominator)).astype(np.int64)
    return rounded


def exact(values: Iterable[int]) -> Exact:
    """Python integers as an array."""
    held = list(values)
    found = np.empty(len(held), dtype=object)
    found[:] = held
    return found


def distinct_pairs(begins: Days, ends: Days) -> tuple[tuple[Days, Days], Counts]:
    """The distinct pairs of known days, and for each case the place of its pair.

    Growth depends on the days alone, so it is worked once for each pair.
    """
    begin, end = begins.astype(np.int64), ends.astype(np.int64)
    base = int(begin.min(initial=0))
    span = int(begin.max(initial=0)) - base + 1
    keys, which = np.unique(end * span + (begin - base), return_inverse=True)
    first, last = keys % span + base, keys // span
    return (first.astype("datetime64[D]"), last.astype("datetime64[D]")), which


def day_numbers(days: Days) -> list[int]:
    """Days as numbers of days from 1970."""
    counted: list[int] = days.astype(np.int64).tolist()
    return counted
