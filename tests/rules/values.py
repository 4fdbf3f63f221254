"""Small columns of days, amounts and conditions for the tests of the rules."""

from __future__ import annotations

import numpy as np

from rules.arrays import Days, Mask, Pence
from rules.calendar import CalendarDays


def days(*texts: str) -> Days:
    return np.array(texts, dtype="datetime64[D]")


def pence(*pounds: float) -> Pence:
    return np.array([round(amount * 100) for amount in pounds], dtype=np.int64)


def mask(*flags: bool) -> Mask:
    return np.array(flags, dtype=bool)


def calendar(text: str) -> CalendarDays:
    return CalendarDays.of(days(text))
