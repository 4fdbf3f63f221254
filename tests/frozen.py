"""The official tables as they were at this release, so that no test depends on where the real ones end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from rules import late_benefits
from rules.arrays import day
from rules.dated import Dated
from rules.late_benefits import BANK_RATE
from rules.pension import FACTOR_SET, PENSIONS_INCREASE, STATE_PENSION_AGE
from rules.redundancy import WEEKLY_LIMIT_GB, WEEKLY_LIMIT_NI
from rules.tax import TAX_YEARS

KNOWN_AT_RELEASE = {
    WEEKLY_LIMIT_GB.name: day("2027-04-05"),
    WEEKLY_LIMIT_NI.name: day("2027-04-05"),
    BANK_RATE.name: day("2026-10-08"),
    FACTOR_SET.name: day("2027-04-05"),
    STATE_PENSION_AGE.name: day("1977-04-05"),
    PENSIONS_INCREASE.name: day("2027-04-11"),
    TAX_YEARS.name: day("2027-04-05"),
}
"""The last day of each table at this release. It is not moved when a table is extended."""


@contextmanager
def tables_at_release() -> Iterator[None]:
    """Cut every table at the day it was known to at this release."""
    real = vars(Dated)["last"].fget

    def last(table: Dated) -> np.datetime64:
        return min(real(table), KNOWN_AT_RELEASE.get(table.name, real(table)))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Dated, "last", property(last))
        yield
    for each in vars(late_benefits).values():
        if hasattr(each, "cache_clear"):
            each.cache_clear()  # growth to the day of the cut
