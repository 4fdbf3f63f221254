"""Text that was encoded twice is said, and what it was is suggested where that is certain."""

from __future__ import annotations

import pytest

from calculator.facts.case_table import Cases
from calculator.facts.twice_encoded import once_encoded

NAMES = ["René Àbadie", "Siôn Ŵyn", "ZOË MÜLLER", "Íñigo Élan", "O’Brien – £5"]


def twice(text: str) -> str:
    """The text as a program writes it that takes UTF-8 for Windows text."""
    return "".join(
        bytes([byte]).decode("cp1252") if byte not in (129, 141, 143, 144, 157) else chr(byte)
        for byte in text.encode()
    )


def cases(*names: str) -> Cases:
    size = len(names)
    columns = {
        "case_ref": [f"A{n}" for n in range(size)],
        "exit_date": ["31/12/2020"] * size,
        "member_name": names,
    }
    return Cases.from_raw(columns, size)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_text_was_is_found_again(name: str) -> None:
    assert once_encoded(twice(name)) == name
    assert once_encoded(name) == ""


@pytest.mark.parametrize("text", ["", "Ann", "Ã", "Â", "Ã©€ Łukasz", "naïve"])
def test_other_text_was_not_encoded_twice(text: str) -> None:
    assert once_encoded(text) == ""


def test_each_text_is_suggested_where_the_complete_table_was_encoded_twice() -> None:
    doubts = cases("Ann", *map(twice, NAMES)).doubts
    assert [(doubt.row, doubt.suggestion) for doubt in doubts] == list(enumerate(NAMES, 1))


def test_nothing_is_suggested_where_other_text_has_its_accents() -> None:
    doubts = cases(twice("René"), "Zoë").doubts
    assert [(doubt.row, doubt.suggestion) for doubt in doubts] == [(0, "")]
    assert "Export the table again" in doubts[0].enter


def test_text_in_order_is_not_doubted() -> None:
    assert cases(*NAMES).doubts == []
