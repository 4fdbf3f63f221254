"""The list of output columns: none without what fills it, none in letters without being named so."""

from __future__ import annotations

import pytest

from calculator.calculation.figures import FIGURE
from calculator.calculation.output import Output, OutputKind, ResultColumn
from calculator.calculation.result_columns import OUTPUTS


def test_a_figure_that_nothing_fills_cannot_be_declared() -> None:
    with pytest.raises(ValueError, match="a figure needs a fill"):
        Output("new_sum", "A new sum", OutputKind.MONEY)
    with pytest.raises(ValueError, match="a text has none"):
        Output("new_text", "A new text", OutputKind.TEXT, lambda w: (w.rows, w.rows > 0))


def test_a_new_output_is_no_placeholder_of_letters_unless_it_says_so() -> None:
    assert not Output("new_text", "A new text", OutputKind.TEXT).in_letters
    assert {output.name for output in OUTPUTS if not output.in_letters}.isdisjoint(FIGURE)


def test_names_are_unique() -> None:
    names = [output.name for output in OUTPUTS]
    assert len(set(names)) == len(names)


def test_an_empty_cell_is_empty_text_and_never_nothing() -> None:
    column = ResultColumn.empty(OutputKind.MONEY, 2)
    column.values[1], column.filled[1] = 0, True
    assert column.texts() == ["", "0.00"]
