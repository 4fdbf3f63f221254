"""Every dated value of the law: its first and last day, the day before and the day after."""

from __future__ import annotations

import importlib
import pkgutil

import numpy as np
import pytest

import rules
from rules.arrays import Days, day
from rules.dated import Dated, OutsideKnownRange, TableError, Window, known_to
from rules.late_benefits import BANK_RATE
from rules.pension import FACTOR_SET, PENSIONS_INCREASE, STATE_PENSION_AGE
from rules.redundancy import WEEKLY_LIMIT_GB, WEEKLY_LIMIT_NI
from rules.sources import WEEKLY_LIMITS
from rules.tax import TAX_YEARS
from tests import ROOT
from tests.frozen import KNOWN_AT_RELEASE

GB = {
    "2015-04-06": 475,
    "2016-04-06": 479,
    "2017-04-06": 489,
    "2018-04-06": 508,
    "2019-04-06": 525,
    "2020-04-06": 538,
    "2021-04-06": 544,
    "2022-04-06": 571,
    "2023-04-06": 643,
    "2024-04-06": 700,
    "2025-04-06": 719,
    "2026-04-06": 751,
}
NI = {
    "2015-03-22": 490,
    "2016-02-14": 500,
    "2018-04-06": 530,
    "2019-04-06": 547,
    "2020-04-06": 560,
    "2021-04-06": 566,
    "2022-04-06": 594,
    "2023-04-06": 669,
    "2024-04-06": 729,
    "2025-04-06": 749,
    "2026-04-06": 783,
}


def every_table() -> list[Dated]:
    found = {}
    for module in pkgutil.iter_modules(rules.__path__):
        for value in vars(importlib.import_module(f"rules.{module.name}")).values():
            if isinstance(value, Dated):
                found[value.name] = value
    return list(found.values())


def one(text: np.datetime64) -> Days:
    return np.array([text], dtype="datetime64[D]")


@pytest.mark.parametrize(
    ("table", "window"),
    [(table, window) for table in every_table() for window in table.windows],
    ids=lambda part: part.name if isinstance(part, Dated) else str(part.first),
)
def test_first_last_before_and_after_day_of_every_window(table: Dated, window: Window) -> None:
    assert table.on(one(window.first))[0] == window.value
    assert table.on(one(window.last))[0] == window.value
    for beyond, edge in ((window.first - 1, table.first), (window.last + 1, table.last)):
        inside = table.first <= beyond <= table.last
        if inside:
            neighbour = next(w for w in table.windows if w.first <= beyond <= w.last)
            assert table.on(one(beyond))[0] == neighbour.value
        else:
            assert edge in (window.first, window.last)
            assert not table.covers(one(beyond))[0]
            with pytest.raises(OutsideKnownRange, match="is known from"):
                table.on(one(beyond))


def starts_at_release(table: Dated) -> dict[str, int]:
    last = KNOWN_AT_RELEASE[table.name]
    return {str(window.first): window.value for window in table.windows if window.first <= last}


@pytest.mark.parametrize(("table", "expected"), [(WEEKLY_LIMIT_GB, GB), (WEEKLY_LIMIT_NI, NI)])
def test_the_weekly_limits_are_those_of_the_orders(table: Dated, expected: dict[str, int]) -> None:
    assert starts_at_release(table) == {first: 100 * pounds for first, pounds in expected.items()}


def test_every_table_names_its_sources() -> None:
    tables = every_table()
    assert tables
    assert all(table.citations for table in tables)


def windows(*parts: tuple[str, str, int]) -> list[Window]:
    return [Window(day(first), day(last), value) for first, last, value in parts]


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ([], "no windows"),
        ([("2020-01-02", "2020-01-01", 1)], "ends before it starts"),
        ([("2020-01-01", "2020-01-31", 1), ("2020-02-02", "2020-03-01", 2)], "no value for"),
        ([("2020-01-01", "2020-01-31", 1), ("2020-01-31", "2020-03-01", 2)], "two values for"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(
    parts: list[tuple[str, str, int]], message: str
) -> None:
    with pytest.raises(TableError, match=message):
        Dated("A table", windows(*parts), (WEEKLY_LIMITS,))


def test_a_day_not_known_is_not_covered() -> None:
    assert not WEEKLY_LIMIT_GB.covers(one(np.datetime64("NaT", "D")))[0]


@pytest.mark.parametrize("table", every_table(), ids=lambda table: table.name)
def test_where_each_table_ends(table: Dated) -> None:
    """Tells that a table is behind, as an expected failure: extend it as rules/data/README.md says.

    Red only if a table ends before the day it was known to at this release.
    """
    assert table.last >= KNOWN_AT_RELEASE[table.name]
    by_birth = table.name == STATE_PENSION_AGE.name
    if not by_birth and table.last < np.datetime64("today", "D"):
        pytest.xfail(f"{table.name} ends on {table.last}: extend it as rules/data/README.md says")


@pytest.mark.parametrize("table", every_table(), ids=lambda table: table.name)
def test_a_table_covers_its_last_day_and_not_the_next(table: Dated) -> None:
    assert table.covers(one(table.last))[0]
    assert not table.covers(one(table.last + 1))[0]


def test_every_table_has_its_line_in_the_readme() -> None:
    page = (ROOT / "rules" / "data" / "README.md").read_text(encoding="utf-8")
    for path in (ROOT / "rules" / "data").glob("*.csv"):
        assert f"`{path.name}`" in page


@pytest.mark.parametrize("last", [{"known_to": ""}, {"known_to": None}])
def test_a_table_without_its_last_known_day_is_refused(last: dict[str, str]) -> None:
    with pytest.raises(TableError, match="no known_to"):
        known_to([{"known_to": "2026-10-08"}, last])


BANK_RATES = {
    "2020-03-19": 10,
    "2021-12-16": 25,
    "2022-02-03": 50,
    "2022-03-17": 75,
    "2022-05-05": 100,
    "2022-06-16": 125,
    "2022-08-04": 175,
    "2022-09-22": 225,
    "2022-11-03": 300,
    "2022-12-15": 350,
    "2023-02-02": 400,
    "2023-03-23": 425,
    "2023-05-11": 450,
    "2023-06-22": 500,
    "2023-08-03": 525,
    "2024-08-01": 500,
    "2024-11-07": 475,
    "2025-02-06": 450,
    "2025-05-08": 425,
    "2025-08-07": 400,
    "2025-12-18": 375,
}
INCREASES = {
    "2021-04-12": 5,
    "2022-04-11": 31,
    "2023-04-10": 101,
    "2024-04-08": 67,
    "2025-04-07": 17,
    "2026-04-06": 38,
}


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (BANK_RATE, BANK_RATES),
        (PENSIONS_INCREASE, INCREASES),
        (FACTOR_SET, {"2019-01-08": 0, "2023-07-03": 1}),
        (TAX_YEARS, {f"{year}-04-06": year for year in range(2020, 2027)}),
    ],
    ids=lambda part: part.name if isinstance(part, Dated) else "",
)
def test_pension_and_tax_tables_are_as_published(table: Dated, expected: dict[str, int]) -> None:
    assert starts_at_release(table) == expected


def test_increases_take_effect_on_the_first_monday_on_or_after_6_april() -> None:
    for window in PENSIONS_INCREASE.windows:
        sixth = np.datetime64(f"{str(window.first)[:4]}-04-06", "D")
        assert window.first in sixth + np.arange(7)
        assert np.is_busday(window.first, weekmask="Mon")
    assert np.is_busday(PENSIONS_INCREASE.last + 1, weekmask="Mon")


def test_state_pension_ages_rise_month_by_month() -> None:
    months = [window.value for window in STATE_PENSION_AGE.windows]
    assert months == list(range(66 * 12, months[-1] + 1))
    assert str(STATE_PENSION_AGE.first) == "1954-10-06"
    assert STATE_PENSION_AGE.on(one(np.datetime64("1977-04-05")))[0] == 67 * 12
