"""One cell as text."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from calculator.facts.cells import Raw, cell_text, is_blank, is_empty


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("", ""),
        (" 007 ", " 007 "),
        (95000, "95000"),
        (95000.0, "95000"),
        (-2.0, "-2"),
        (0.1, "0.1"),
        (2.0**60, "1.152921504606847e+18"),
        (float("nan"), "nan"),
        (Decimal("1.50"), "1.50"),
        (True, "True"),
        (date(2020, 12, 31), "2020-12-31"),
        (datetime(2020, 12, 31), "2020-12-31"),
        (datetime(2020, 12, 31, 9, 30), "2020-12-31 09:30:00"),
        (["p45", "payslip"], "p45;payslip"),
        ([], ""),
    ],
)
def test_a_cell_as_text(cell: Raw, text: str) -> None:
    assert cell_text(cell) == text


@pytest.mark.parametrize(
    ("cell", "empty", "blank"),
    [
        (None, True, True),
        ("", True, True),
        (" \u00a0\t", True, True),
        ("n/a", False, True),
        (0, False, False),
        (False, False, False),
        ([], False, False),
    ],
)
def test_an_empty_cell_is_blank_and_a_word_for_not_known_is_not_empty(
    cell: Raw, empty: bool, blank: bool
) -> None:
    assert (is_empty(cell), is_blank(cell)) == (empty, blank)
