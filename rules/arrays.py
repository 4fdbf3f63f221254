"""The array types every rule is written in, and the two roundings they use."""

from __future__ import annotations

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
