"""Every screen opens."""

from __future__ import annotations

import pytest

from tests.screens.screen import screen

SCREENS = ("one_case", "many_cases", "employers", "the_law", "self_check", "settings")


@pytest.mark.parametrize("name", SCREENS)
def test_every_screen_opens_without_an_error(name: str) -> None:
    app = screen(name)
    assert not app.exception
    assert app.title
