"""Columns as distinct values: what is read together is what the parser reads one by one."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from calculator.facts.cells import CannotRead
from calculator.facts.columns import Column
from calculator.facts.fields import BY_NAME, FIELDS, Field, Kind
from calculator.facts.plain import plain_values

amounts = st.from_regex(r"\s?£?-?[0-9]{0,4}[,. ]?[0-9]{0,3}[,.]?[0-9]{0,3}p?", fullmatch=True)
texts = st.lists(st.one_of(amounts, st.text(max_size=8), st.sampled_from(["nil", "-", "07", "0"])))
TOGETHER = [BY_NAME[name] for name in ("notes", "total_paid", "case_ref", "person_ref")]
"""A field of each kind whose plain spellings are read together."""


def read_together(field: Field, values: pa.Array) -> tuple[list[object], list[bool]]:
    """What is read together of some cells, None where nothing, and which cells are plain."""
    found, plain = plain_values(field, Column(values, np.arange(len(values)))) or (None, None)
    assert found is not None
    assert plain is not None
    return found.to_pylist(), plain.tolist()


@pytest.mark.parametrize("field", TOGETHER, ids=lambda f: f.name)
@given(texts)
@example(["£1,234.50", "1,234", "12,34", "999999999.99", "1000000000", "0001.10", "1.1", ".10"])
@example(
    [
        "1e+5",
        "12E-1",
        "1e5",
        "e+5",
        "'7",
        '="7"',
        "‘7",
        "n/a",
        "TBC",
        "not  known",
        "not known",
        "n",
    ]
)
@example(["A 1", " A", "A ", "A\n", "é", "A\u00a0", "\x00", "~", "!"])
def test_what_is_read_together_is_what_the_parser_reads(field: Field, texts: list[str]) -> None:
    values, plain = read_together(field, pa.array(texts, pa.string()))
    for text, value, is_plain in zip(texts, values, plain, strict=True):
        assert (value == field.parse(text)) if is_plain else (value is None), repr(text)


@pytest.mark.parametrize(
    ("kind", "common", "expected"),
    [
        (Kind.MONEY, ["95000", "95000.00", "95,000", "£95,000.00"], [9_500_000] * 4),
        (Kind.TEXT, ["A1", "EX-2/b", "of the Council"], ["A1", "EX-2/b", "of the Council"]),
    ],
)
def test_the_common_spellings_are_read_together(
    kind: Kind, common: list[str], expected: list[object]
) -> None:
    field = next(f for f in TOGETHER if f.kind is kind)
    assert read_together(field, pa.array(common)) == (expected, [True] * len(common))


@given(st.lists(st.one_of(st.integers(0, 10**9), st.floats(), st.decimals(-9999, 10**9, places=2))))
def test_numbers_are_money_as_they_would_be_typed(numbers: list[float | Decimal]) -> None:
    field = next(f for f in FIELDS if f.kind is Kind.MONEY)
    for number in numbers:
        values, plain = read_together(field, pa.array([number]))
        assert values == [field.parse(number) if plain[0] else None]


def test_a_cell_equal_to_another_and_not_the_same_keeps_its_own_value() -> None:
    cells = [
        1,
        True,
        "1",
        0.0,
        -0.0,
        Decimal("1.0"),
        Decimal("1.00"),
        None,
        "",
        "1",
        1,
        ["a"],
        ["a"],
    ]
    column = Column.of([*cells, date(2020, 1, 1), datetime(2020, 1, 1)])
    assert [repr(cell) for cell in column.tolist()[: len(cells)]] == [repr(cell) for cell in cells]
    assert [type(cell) for cell in column.tolist()[-2:]] == [date, datetime]
    assert len(column.values) == len(column) - 2
    assert column[1:4].tolist() == [True, "1", 0.0]


def test_each_distinct_cell_is_read_once_and_its_problem_is_on_each_row(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from calculator.facts import case_table

    seen = []

    def parse(raw: str) -> str:
        seen.append(raw)
        raise CannotRead("Wrong.", "Enter it.")

    field = next(f for f in FIELDS if f.name == "scheme")
    monkeypatch.setitem(field.__dict__, "parse", parse)
    column, problems = case_table.read_column(field, ["a", "b", "a", "a"])
    assert seen == ["a", "b"]
    assert [problem.row for problem in problems] == [0, 1, 2, 3]
    assert list(column) == [None] * 4
