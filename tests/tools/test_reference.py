"""The reference pages are the lists the program works by."""

from __future__ import annotations

import pytest

from tests import ROOT
from tools.reference import pages

DOCS = ROOT / "docs"


@pytest.mark.parametrize("name", pages())
def test_the_reference_pages_are_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == pages()[name], "run: python3 tasks.py docs"
