"""No work is lost: what was typed comes back after a reload, a lost connection, a restarted server."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.hands import click, new_page, open_screen, settle, type_in
from tests.browser.server import free_port, running_app


def case_typed(page: Page, url: str) -> None:
    open_screen(page, url, "member", "Check one member")
    type_in(page, "Date of exit (needed)", "31/12/2020")
    type_in(page, "Redundancy pay due", "100000")
    type_in(page, "Redundancy pay paid", "95000")


def case_is_back(page: Page) -> None:
    expect(page.get_by_role("textbox", name="Redundancy pay due")).to_have_value("100000")
    expect(page.get_by_role("textbox", name="Date of exit (needed)")).to_have_value("31/12/2020")
    expect(page.get_by_text(re.compile(r"Draft kept on this computer, \d\d:\d\d"))).to_be_visible()


def test_a_reload_brings_back_what_was_typed(page: Page, server_url: str) -> None:
    case_typed(page, server_url)
    page.reload()
    case_is_back(page)
    settle(page)
    type_in(page, "Redundancy pay paid", "90000")
    page.reload()
    expect(page.get_by_role("textbox", name="Redundancy pay paid")).to_have_value("90000")


@pytest.fixture
def alone(browser: Browser) -> Iterator[Page]:
    page = new_page(browser, viewport={"width": 1280, "height": 900})
    yield page
    page.close()


def test_a_restarted_server_brings_back_what_was_typed_and_the_page_says_that_it_is_safe(
    alone: Page,
) -> None:
    port = free_port()
    with running_app(port=port) as url:
        case_typed(alone, url)
    expect(alone.get_by_role("alert")).to_have_text(
        re.compile("The connection is lost. What you typed is safe on this computer")
    )
    expect(alone.get_by_role("dialog")).not_to_be_visible()
    with running_app(port=port):
        expect(alone.locator("#connection-lost")).to_have_text("")
        case_is_back(alone)


def test_a_new_tab_is_offered_the_draft_of_a_closed_one_and_not_of_an_open_one(
    browser: Browser, server_url: str
) -> None:
    together = browser.new_context()
    page, second = (new_page(together) for _ in range(2))
    case_typed(page, server_url)
    second.goto(f"{server_url}/member")
    expect(second.get_by_role("heading", name="Check one member", level=1)).to_be_visible()
    expect(second.get_by_text("You have a draft")).not_to_be_visible()
    page.close()
    second.reload()
    expect(second.get_by_text(re.compile("You have a draft from .*: 31/12/2020"))).to_be_visible()
    click(second, second.get_by_role("button", name="Continue"))
    case_is_back(second)
    together.close()


def test_clearing_a_case_can_be_undone(page: Page, server_url: str) -> None:
    case_typed(page, server_url)
    click(page, page.get_by_text("Open, save or clear the case"))
    click(page, page.get_by_role("button", name="Clear this case"))
    expect(page.get_by_role("textbox", name="Date of exit (needed)")).to_have_value("")
    click(page, page.get_by_role("button", name="Undo"))
    case_is_back(page)


def test_a_file_saved_straight_after_typing_holds_what_was_typed(
    page: Page, server_url: str, tmp_path: Path
) -> None:
    case_typed(page, server_url)
    click(page, page.get_by_text("Open, save or clear the case"))
    page.get_by_role("textbox", name="Redundancy pay paid").fill("90000")
    with page.expect_download() as got:
        page.get_by_role("button", name="Save as a case file").click()
    got.value.save_as(tmp_path / "case.json")
    saved = json.loads((tmp_path / "case.json").read_text(encoding="utf-8"))
    assert saved["redundancy_paid"] == "90000"
