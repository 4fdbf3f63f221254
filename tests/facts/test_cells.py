"""One cell as text."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from calculator.facts.cells import Raw, cell_text


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
