"""Every dated value of the law: its first and last day, the day before and the day after."""

from __future__ import annotations

import importlib
import pkgutil

import numpy as np
import pytest

import rules
from rules.arrays import Days, day
from rules.dated import Dated, OutsideKnownRange, TableError, Window
from rules.redundancy import WEEKLY_LIMIT_GB, WEEKLY_LIMIT_NI
from rules.sources import WEEKLY_LIMITS

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


@pytest.mark.parametrize(("table", "expected"), [(WEEKLY_LIMIT_GB, GB), (WEEKLY_LIMIT_NI, NI)])
def test_the_weekly_limits_are_those_of_the_orders(table: Dated, expected: dict[str, int]) -> None:
    starts = {str(window.first): window.value // 100 for window in table.windows}
    assert starts == expected
    assert str(table.last) == "2027-04-05"


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


def test_the_tables_cover_today() -> None:
    """Fails when the limits run out. Then add the new row to rules/data/weekly_pay_limits.csv with its
    source, and move LIMITS_GOOD_TO in rules/redundancy.py to the day before the next change."""
    today = np.datetime64("today", "D")
    for table in every_table():
        assert table.covers(one(today))[0], f"{table.name} ends on {table.last}: extend it"
