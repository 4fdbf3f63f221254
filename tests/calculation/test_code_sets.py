"""Codes on rows: any number of them, kept in the order of their list."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from calculator.calculation.code_sets import CodeSets

MANY = tuple(f"code_{number}" for number in range(150))
"""More than two arrays of bits hold, so that no new field or sentence meets a limit."""


def sets_of(rows: list[set[int]]) -> CodeSets:
    sets = CodeSets(MANY, len(rows))
    for number, code in enumerate(MANY):
        sets.add(code, np.array([number in row for row in rows], dtype=bool))
    return sets


@given(st.lists(st.sets(st.integers(0, len(MANY) - 1)), min_size=1, max_size=6))
def test_each_row_has_the_codes_set_on_it_and_no_others(rows: list[set[int]]) -> None:
    sets = sets_of(rows)
    expected = [[MANY[number] for number in sorted(row)] for row in rows]
    assert [sets.of(row) for row in range(len(rows))] == expected
    assert sets.column(";").tolist() == [";".join(codes) for codes in expected]
    assert sets.used() == [MANY[number] for number in sorted(set().union(*rows))]
    assert sets.has("code_149").tolist() == [149 in row for row in rows]


def test_rows_are_taken_over_from_a_table_of_those_rows() -> None:
    sets = CodeSets(MANY, 4)
    sets.put(np.array([3, 1]), sets_of([{0, 149}, {64}]))
    assert sets.column(";").tolist() == ["", "code_64", "", "code_0;code_149"]
    assert sets.column(", ", {code: code.upper() for code in MANY}, np.array([3])).values == [
        "CODE_0, CODE_149"
    ]


def test_no_rows_have_no_texts() -> None:
    assert CodeSets(MANY, 0).column(";").tolist() == []
    assert CodeSets(MANY, 0).used() == []
