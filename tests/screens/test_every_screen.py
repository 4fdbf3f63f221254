"""Every screen opens."""

from __future__ import annotations

import pytest

from calculator.explanation.routes import ROUTES
from tests.screens.screen import screen

SCREENS = (
    "start",
    "one_case",
    "many_cases",
    "employers",
    "the_law",
    "self_check",
    "settings",
    "help_page",
)


@pytest.mark.parametrize("name", SCREENS)
def test_every_screen_opens_without_an_error(name: str) -> None:
    app = screen(name)
    assert not app.exception
    assert app.title


def test_the_page_of_the_law_shows_every_route_and_the_words_of_each_scheme() -> None:
    app = screen("the_law")
    shown = {column: list(each.value[column]) for each in app.table for column in each.value}
    assert len(shown["Route"]) == len(ROUTES)
    assert shown["Scheme"][:2] == [r"Local government \(LGPS\)", r"Teachers \(TPS\)"]
