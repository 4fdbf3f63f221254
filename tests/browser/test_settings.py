"""The screen Settings in a real browser: what is kept on this computer, and what is not."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.browser.hands import (
    arrive,
    axe_finds_nothing,
    click,
    go_to,
    new_page,
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


OURS = "Object.entries(localStorage).filter(([key]) => key.startsWith('exit-cap.'))"
KEPT = "Object.keys(localStorage).filter(key => localStorage[key].includes('100000')).length"


def test_with_drafts_switched_off_nothing_is_written_and_what_was_kept_is_gone(
    browser: Browser, server_url: str
) -> None:
    together = browser.new_context()
    page, second, closed = (new_page(together) for _ in range(3))
    for each in (closed, second, page):
        open_screen(each, server_url, "member", "Check one member")
        type_in(each, "Redundancy pay due", "100000")
    closed.close()
    assert page.evaluate(KEPT) == 3
    go_to(page, "Settings")
    click(page, page.get_by_text("Keep drafts on this computer"))
    left = page.evaluate(OURS)
    assert left == [["exit-cap.local.off", "yes"]]
    type_in(second, "Redundancy pay paid", "95000")
    expect(second.get_by_text("No draft is kept: switched off in Settings.")).to_be_visible()
    go_to(page, "Check one member")
    type_in(page, "Redundancy pay paid", "95000")
    assert page.evaluate(OURS) == left
    second.reload()
    arrive(second, "Check one member")
    expect(second.get_by_role("textbox", name="Redundancy pay due")).to_have_value("")
    go_to(page, "Settings")
    click(page, page.get_by_text("Keep drafts on this computer"))
    assert page.evaluate(KEPT) == 1
    together.close()


def test_what_to_enter_is_under_each_label_and_no_button_comes_between(
    page: Page, server_url: str
) -> None:
    open_screen(page, server_url, "settings", "Settings")
    page.get_by_role("textbox", name="Organisation").focus()
    page.keyboard.press("Tab")
    contact = page.get_by_role("textbox", name="Telephone and email")
    expect(contact).to_be_focused()
    expect(contact).to_have_accessible_description("It comes under the address.")
    label = page.get_by_text("Telephone and email", exact=True).bounding_box()
    hint = page.get_by_text("It comes under the address.").bounding_box()
    box = contact.bounding_box()
    assert label
    assert hint
    assert box
    assert label["y"] < hint["y"] < box["y"]
    address = page.get_by_role("textbox", name="Address").bounding_box()
    assert address
    assert abs(address["width"] - box["width"]) < 40


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
