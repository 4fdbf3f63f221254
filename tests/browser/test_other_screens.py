"""Employers, the law, self-check and settings in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import (
    arrive,
    axe_finds_nothing,
    choose,
    click,
    download,
    go_to,
    open_screen,
    owed,
    type_in,
    upload,
)

SCREENS = (
    ("", "Exit cap: what is still owed"),
    ("member", "Check one member"),
    ("list", "Check a list"),
    ("employers", "Employers"),
    ("law", "The law"),
    ("self-check", "Self-check"),
    ("settings", "Settings"),
    ("help", "Help"),
)


@pytest.mark.parametrize(("path", "title"), SCREENS)
def test_every_screen_opens_with_a_title_of_its_own_and_passes_axe(
    page: Page, server_url: str, path: str, title: str
) -> None:
    open_screen(page, server_url, path, title)
    name = "Exit cap: what is still owed"
    assert page.title() == f"{title if path else 'Start'} - {name}"
    axe_finds_nothing(page)


def test_the_example_of_the_start_page_opens_with_its_answer(page: Page, server_url: str) -> None:
    open_screen(page, server_url, "", "Exit cap: what is still owed")
    click(page, page.get_by_role("button", name="Try an example"))
    expect(page.get_by_role("heading", name="Check one member")).to_be_visible()
    expect(page.locator(".st-key-answer")).to_contain_text("Start the first claim by")
    axe_finds_nothing(page)


def test_a_press_anywhere_on_its_door_opens_the_upload_of_a_saved_case(
    page: Page, server_url: str
) -> None:
    open_screen(page, server_url, "", "Exit cap: what is still owed")
    door = page.locator(".st-key-door-saved").bounding_box()
    assert door is not None
    page.mouse.click(door["x"] + door["width"] - 20, door["y"] + door["height"] - 20)
    arrive(page, "Check one member")
    expect(page.get_by_test_id("stFileUploaderDropzone")).to_be_in_viewport(ratio=1)


def test_an_employer_is_found_by_a_part_of_its_name(page: Page, server_url: str) -> None:
    open_screen(page, server_url, "employers", "Employers")
    type_in(page, "The employer's name, or part of it", "Ofsted")
    expect(page.get_by_text("Office for Standards in Education").first).to_be_visible()
    type_in(page, "The employer's name, or part of it", "zzzz")
    expect(page.get_by_text("That alone does not mean")).to_be_visible()
    axe_finds_nothing(page)


def test_the_examples_run_here_and_come_out_as_published(page: Page, server_url: str) -> None:
    open_screen(page, server_url, "self-check", "Self-check")
    click(page, page.get_by_role("button", name="Run the examples"))
    expect(page.get_by_text("as expected, 0 not.")).to_be_visible()
    choose(page, "Show the values of", "CAP-006")
    expect(page.get_by_text("Expected", exact=True).first).to_be_visible()
    axe_finds_nothing(page)


def test_a_setting_changes_the_case_and_is_kept_in_a_file(
    page: Page, server_url: str, tmp_path: Path
) -> None:
    open_screen(page, server_url, "member", "Check one member")
    for label, value in (
        ("Date of exit (needed)", "31/12/2020"),
        ("Redundancy pay due", "100000"),
        ("Redundancy pay paid", "95000"),
    ):
        type_in(page, label, value)
    before = owed(page, "the member")
    go_to(page, "Settings")
    type_in(page, "Day of calculation", "31/12/2021")
    type_in(page, "Organisation", "Example Union")
    saved = download(page, "Save the settings", tmp_path)
    go_to(page, "Check one member")
    assert owed(page, "the member") == "£5,400.00"
    assert owed(page, "the member") != before
    open_screen(page, server_url, "settings", "Settings")
    upload(page, saved, -1)
    expect(page.get_by_text("Now: 31 December 2021")).to_be_visible()
    expect(page.get_by_label("Organisation", exact=True)).to_have_value("Example Union")


def test_a_day_that_cannot_be_read_is_said(page: Page, server_url: str) -> None:
    open_screen(page, server_url, "settings", "Settings")
    type_in(page, "Day of calculation", "31/12/20")
    expect(page.get_by_text("The year needs four figures.")).to_be_visible()
    axe_finds_nothing(page)
