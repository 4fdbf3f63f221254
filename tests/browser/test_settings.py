"""The screen Settings in a real browser: what is kept on this computer, and what is not."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.hands import (
    arrive,
    axe_finds_nothing,
    click,
    go_to,
    open_screen,
    type_in,
)


def test_the_organisation_is_kept_on_this_computer_until_drafts_are_switched_off(
    page: Page, server_url: str
) -> None:
    open_screen(page, server_url, "settings", "Settings")
    axe_finds_nothing(page)
    type_in(page, "Organisation", "Our Union")
    page.reload()
    arrive(page, "Settings")
    organisation = page.get_by_role("textbox", name="Organisation")
    expect(organisation).to_have_value("Our Union")
    click(page, page.get_by_text("Keep drafts on this computer"))
    expect(page.get_by_text("No draft is kept: switched off in Settings.")).to_be_visible()
    page.reload()
    arrive(page, "Settings")
    expect(organisation).to_have_value("")
    expect(page.get_by_role("switch", name="Keep drafts")).not_to_be_checked()
    axe_finds_nothing(page)


def test_results_carry_a_banner_when_the_day_is_not_today(page: Page, server_url: str) -> None:
    banner = page.get_by_text("Results are as at 22 November 2026, which is not today.")
    open_screen(page, server_url, "settings", "Settings")
    type_in(page, "Day of calculation", "22 November 2026")
    for screen in ("Check one member", "Check a list"):
        go_to(page, screen)
        expect(banner).to_be_visible()
        axe_finds_nothing(page)
    go_to(page, "The law")
    expect(banner).to_have_count(0)
    expect(page.get_by_text("save the case")).to_have_count(0)
    go_to(page, "Settings")
    type_in(page, "Day of calculation", "")
    go_to(page, "Check a list")
    expect(banner).to_have_count(0)
