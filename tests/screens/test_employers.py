"""The screen Employers, without a browser."""

from __future__ import annotations

from tests.screens.screen import screen


def test_names_and_descriptions_of_the_schedule_are_apart() -> None:
    app = screen("employers")
    app.text_input[0].input("health authority").run()
    names, described = (each.value for each in app.table)
    assert set(names["Entry"]).isdisjoint(set(described["Description"]))
    assert "Nation" in names.columns
