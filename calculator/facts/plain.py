"""Reads the plain spellings of a column together, with Arrow; all others are left to the field's own parser.

A plain spelling is one that the parser reads in the one way written here: the tests compare the two.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from calculator.facts.fields import Field, parse_text
from calculator.facts.money import parse_money
from rules.arrays import Mask

_PLAIN: dict[object, str] = {
    parse_text: r"^[!-~]([ -~]*[!-~])?$",
    parse_money: r"^£?(\d{1,9}|\d{1,3}(,\d{3}){1,2})(\.\d\d)?$",
}
_IN_PENCE = r"\.\d\d$"


def plain_values(f: Field, values: pa.Array) -> tuple[list[Any], Mask] | None:
    """Return the values read and a mask of those that are plain; None for a field that is not read together.

    A value that is not plain is None.
    """
    text = _as_text(f, values)
    if text is None:
        return None
    plain = pc.fill_null(pc.match_substring_regex(text, _PLAIN[f.parse]), False)
    given = pc.if_else(plain, text, None)
    if f.parse is parse_money:
        figures = pc.cast(pc.replace_substring_regex(given, "[£,.]", ""), pa.int64())
        given = pc.if_else(
            pc.match_substring_regex(given, _IN_PENCE), figures, pc.multiply(figures, 100)
        )
    return given.to_pylist(), np.asarray(plain)


def _as_text(f: Field, values: pa.Array) -> pa.Array | None:
    """Text as it is; numbers of money as they would be typed."""
    if f.parse not in _PLAIN:
        return None
    if pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
        return values
    numbers = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal)
    if f.parse is parse_money and any(of_kind(values.type) for of_kind in numbers):
        return pc.cast(values, pa.string())
    return None
