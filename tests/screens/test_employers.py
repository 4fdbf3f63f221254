"""The screen Employers, without a browser."""

from __future__ import annotations

from tests.screens.screen import screen


def test_names_and_descriptions_of_the_schedule_are_apart() -> None:
    app = screen("employers")
    app.text_input[0].input("health authority").run()
    names, described = (each.value for each in app.table)
    assert set(names["Entry"]).isdisjoint(set(described["Description"]))
    assert "Nation" in names.columns


def test_a_body_that_is_gone_is_shown_with_what_came_after() -> None:
    app = screen("employers")
    app.text_input[0].input("Corby Borough Council").run()
    assert not app.exception
    rows = app.table[-1].value
    assert list(rows["Now"]) == ["North Northamptonshire Council"]
    assert list(rows["From"]) == ["1 April 2021"]
    app.text_input[0].input("Hillside Community School").run()
    assert "the council stays the debtor" in app.info[0].value
