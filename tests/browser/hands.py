"""What a person does with the app: open a screen, type, choose, read; and what axe finds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

FRAMEWORK = {
    "presentation-role-conflict": "stFileUploaderDropzone",
    "region": "stFloatingOverlayPortal",
}
"""What comes from Streamlit 1.67 itself: a drop zone with a role and a label (minor), and the layer that open
lists and help float in, outside the landmarks (moderate)."""


_WIRE = """
window.wire = {sent: 0, received: 0, messages: 0, calm: 0};
window.WebSocket = class extends window.WebSocket {
    constructor(...how) {
        super(...how);
        this.addEventListener("message", () => { wire.received = performance.now(); });
    }
    send(what) {
        wire.sent = performance.now();
        wire.messages += 1;
        super.send(what);
    }
};
"""
"""Notes when the page last wrote to the server and last heard from it: until the server begins with what was
entered, nothing in the page itself says that it will."""

_AT_REST = """times => {
    const is = found => document.querySelectorAll(found).length;
    const now = performance.now();
    const atRest = is('[data-test-script-state="notRunning"]') === 1
        && is('[data-stale="true"], [data-testid="stSkeleton"]') === 0
        && (wire.received >= wire.sent || now - wire.sent > 5000)
        && now - Math.max(wire.received, wire.sent) > 100;
    wire.calm = atRest ? wire.calm + 1 : 0;
    return wire.calm === times;
}"""
"""What was sent is answered, what was answered is drawn and nothing came since, so many times one after another.
Not every message has an answer: after five seconds none is waited for."""


def new_page(browser: Browser | BrowserContext, **how: Any) -> Page:
    """A page of its own session, whose talk with the server :func:`settle` can follow."""
    page = browser.new_page(**how)
    page.set_default_timeout(60_000)
    page.add_init_script(_WIRE)
    return page


def open_screen(page: Page, url: str, path: str, title: str) -> None:
    page.goto(f"{url}/{path}")
    arrive(page, title)


def arrive(page: Page, title: str) -> None:
    """Wait for the screen with this title."""
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    settle(page)


def settle(page: Page, times: int = 4) -> None:
    """Wait until the app has worked out and drawn what was entered."""
    page.evaluate("wire.calm = 0")
    page.wait_for_function(_AT_REST, arg=times, polling=50)


def _before(page: Page) -> None:
    """The page is at rest as a rule, for every hand leaves it so; what a test did by itself may still go on."""
    settle(page, times=1)


def click(page: Page, what: Locator) -> None:
    """Press a button, a link or a tab of a page at rest."""
    _before(page)
    what.click()
    settle(page)


def go_to(page: Page, screen: str) -> None:
    """Go to another screen of the same session by its link."""
    click(page, page.get_by_role("link", name=screen, exact=True))
    arrive(page, screen)


def download(page: Page, button: str, folder: Path) -> Path:
    """Press a button that gives a file, and keep the file in the folder under its own name."""
    what = page.get_by_role("button", name=button)
    expect(what).to_be_enabled(timeout=120_000)
    _before(page)
    with page.expect_download() as got:
        what.click()
    path = folder / got.value.suggested_filename
    got.value.save_as(path)
    settle(page)
    return path


def upload(page: Page, path: Path, place: int = 0) -> None:
    """Give a file to the first upload field of the screen, or to the one at ``place``."""
    _before(page)
    before = page.evaluate("wire.messages")
    page.locator('input[type="file"]').nth(place).set_input_files(path)
    asked_where_to_and_said_done = f"wire.messages >= {before} + 2"
    page.wait_for_function(asked_where_to_and_said_done)
    settle(page)


def type_in(page: Page, label: str, text: str) -> None:
    """Reach a text field, type into it and leave it, all by keyboard."""
    _before(page)
    field = (
        page.get_by_role("textbox", name=label, exact=True)
        .or_(page.get_by_role("searchbox", name=label, exact=True))
        .first
    )
    field.focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type(text)
    page.keyboard.press("Tab")
    settle(page)


def choose(page: Page, label: str, words: str) -> None:
    """Choose from a list by typing the words and pressing Enter."""
    expect(_pick(page, label, words)).to_have_value(re.compile(re.escape(words)))


def choose_also(page: Page, label: str, words: str) -> None:
    """Choose one more from a list that takes several, and close it."""
    _pick(page, label, words)
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stMultiSelect").filter(has_text=words)).to_have_count(1)


def _pick(page: Page, label: str, words: str) -> Locator:
    _before(page)
    field = page.get_by_role("combobox", name=label, exact=True).first
    field.focus()
    settle(page)  # the page scrolls to the field first: a scroll closes an open list
    page.keyboard.press("ArrowDown")
    page.keyboard.type(words)
    expect(page.locator('[role="option"][data-focused]')).to_contain_text(words)
    page.keyboard.press("Enter")
    settle(page)
    return field


_PAYEES: dict[str, str | re.Pattern[str]] = {
    "the member": re.compile("^To .* now"),
    "the pension scheme": "Employer to the pension",
}


def owed(page: Page, to: str) -> str:
    """The figure shown as owed to a payee."""
    metric = page.locator('[data-testid="stMetric"]').filter(
        has_text=_PAYEES.get(to, f"Owed to {to}")
    )
    return metric.locator('[data-testid="stMetricValue"]').inner_text().strip()


def every_field(page: Page) -> None:
    """Have every field of Check one member on the page."""
    click(page, page.get_by_role("radio", name="Show all fields"))


def part(page: Page, name: str) -> None:
    """Show another part of the result."""
    click(page, page.get_by_role("radio", name=name, exact=True))


def axe_finds_nothing(page: Page) -> None:
    """No violation of WCAG 2 A and AA or best practice but those of the framework itself."""
    found = [
        (violation["id"], node["html"][:200])
        for violation in Axe().run(page).response["violations"]
        for node in violation["nodes"]
        if FRAMEWORK.get(violation["id"], "nothing of it") not in node["html"]
    ]
    assert found == []
