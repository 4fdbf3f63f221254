"""Reads the plain spellings of a column together, with Arrow; all others are left to the field's own parser.

A plain spelling is one that the parser reads in the one way written here: the tests compare the two.
"""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from calculator.facts.columns import Column
from calculator.facts.fields import Field, parse_text
from calculator.facts.money import parse_money
from calculator.facts.references import FILLERS, MAY_BE_GUARDED, parse_case_ref, parse_person_ref
from rules.arrays import Mask

_MAY_BE_SHORTENED = r"^[0-9.]+[eE][+-]"
_MAY_BE_FILLER = rf"  |^(?i:{'|'.join(map(re.escape, sorted(FILLERS)))})$"
_NOT_PLAIN: dict[object, str] = {
    parse_text: r"^$|^ | $|[^ -~]",
    parse_case_ref: rf"^$|{MAY_BE_GUARDED}|{_MAY_BE_SHORTENED}",
    parse_person_ref: rf"{MAY_BE_GUARDED}|{_MAY_BE_SHORTENED}|{_MAY_BE_FILLER}",
}
"""What a text has that its parser may change or refuse."""
_PLAIN_MONEY = r"^£?(\d{1,9}|\d{1,3}(,\d{3}){1,2})(\.\d\d)?$"
_POUNDS = pa.decimal128(14, 2)


def plain_values(f: Field, column: Column) -> tuple[pa.Array, Mask] | None:
    """Return the values read and a mask of those that are plain; None for a field that is not read together.

    A value that is not plain is null; sums are pence.
    """
    values = column.values
    if f.parse in _NOT_PLAIN and column.is_text:
        given = pc.if_else(pc.match_substring_regex(values, _NOT_PLAIN[f.parse]), None, values)
    elif f.parse is parse_money and (column.is_text or column.is_number):
        text = values if column.is_text else pc.cast(values, pa.string())
        given = _pence(pc.if_else(pc.match_substring_regex(text, _PLAIN_MONEY), text, None))
    else:
        return None
    return given, np.asarray(given.is_valid())


def _pence(text: pa.Array) -> pa.Array:
    for sign in "£,":
        text = pc.replace_substring(text, sign, "")
    return pc.multiply(pc.cast(text, _POUNDS), 100).cast(pa.int64())
