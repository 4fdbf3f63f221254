"""The page Help: the glossary first, the guide after it."""

from __future__ import annotations

from calculator.screens.help_page import guide_text, sections
from tests.screens.screen import screen, words


def test_the_glossary_comes_first_and_every_section_of_the_guide_after_it() -> None:
    app = screen("help_page")
    headings = [each.value for each in app.header]
    assert headings[0] == "Glossary"
    assert set(headings) == set(sections(guide_text()))
    assert "Strain" in words(app)


def test_nothing_leads_to_a_file_or_a_picture_that_the_app_does_not_have() -> None:
    text = "\n".join(sections(guide_text()).values())
    assert "](images/" not in text
    assert ".md)" not in text


def test_no_code_of_a_file_is_on_the_page() -> None:
    text = sections(guide_text())["What the words mean"]
    assert "Owed, figures known" in text
    assert "`" not in text
