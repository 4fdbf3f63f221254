"""Every screen opens."""

from __future__ import annotations

import pytest

from calculator.explanation.routes import ROUTES
from calculator.self_check import examples
from tests.screens.screen import CASE, LOST, codes, part, press, screen, written

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
    schemes = next(html for html in written(app) if "in each scheme" in html)
    assert schemes.index("Local government (LGPS)") < schemes.index("Teachers (TPS)")


ALLOWED = {
    "settings": {"member_name"},  # how a letter of their own names the member
    "help_page": {"sample_data", "guide_case", "guide_two_exits"},  # files
}
STATES = {
    "known": LOST,
    "estimated": {**LOST, "redundancy_paid": "", "pension_strain_paid": ""},
    "out of scope": {**CASE, "exit_date": "01/06/2021"},
    "Scotland": {**CASE, "nation": "scotland", "employer_kind": "civil_service"},
    "a late exit": {**CASE, "exit_date": "01/03/2021", "nation": "wales"},
    "facts needed": {**LOST, "pension_strain_due": "", "redundancy_due": "", "service_start": ""},
    "cannot be read": {**CASE, "nation": "mars", "evidence": "a_note", "exit_date": "soon"},
    "to check": {
        **LOST,
        "settlement_agreement": "yes",
        "died_on": "01/02/2023",
        "cash_alternative_paid": "5000",
        "employer_kind": "nhs",
        "employer_name": "Corby Borough Council",
    },
    "a teacher": {**LOST, "scheme": "tps", "entitlement": "discretionary"},
}
TYPED = {"a_note"}


@pytest.mark.parametrize("name", SCREENS)
def test_no_code_is_on_a_screen_as_it_opens(name: str) -> None:
    assert codes(screen(name)) - ALLOWED.get(name, set()) == set()


@pytest.mark.parametrize("state", STATES)
def test_no_code_is_on_the_screen_of_a_case(state: str) -> None:
    app = screen("one_case", [dict(STATES[state])], "Show all fields")
    assert not app.exception
    assert codes(app) - TYPED == set()
    if "Part of the result" not in {each.label for each in app.button_group}:
        return
    for name in ("Letters", "Working", "What if", "Facts"):
        assert codes(part(app, name)) - TYPED == set()


def test_no_code_is_on_the_screen_of_employers_found_or_of_the_examples_run() -> None:
    app = screen("employers")
    app.text_input[0].input("council").run()
    assert codes(app) == set()
    app = press(screen("self_check"), "Run")
    choice = app.selectbox[0]
    sources = " ".join(example.source for example in examples())
    for at, label in enumerate(choice.options):
        if label.startswith(("CAP-01", "SCOPE")):
            app.selectbox[0].select_index(at).run()
            assert not app.exception
            assert [found for found in codes(app) if found not in sources] == [], label
