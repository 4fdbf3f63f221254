"""What a person does with the app: open a screen, type, choose, read; and what axe finds."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

FRAMEWORK = {
    "presentation-role-conflict": "stFileUploaderDropzone",
    "region": "stFloatingOverlayPortal",
}
"""What comes from Streamlit 1.67 itself: a drop zone with a role and a label (minor), and the layer that open
lists and help float in, outside the landmarks (moderate)."""


def open_screen(page: Page, url: str, path: str, title: str) -> None:
    page.goto(f"{url}/{path}")
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible(timeout=20_000)
    settle(page)


def settle(page: Page) -> None:
    """Wait until the app has worked out and drawn what was entered."""
    page.wait_for_timeout(150)
    expect(page.locator('[data-test-script-state="notRunning"]')).to_have_count(1, timeout=20_000)
    expect(page.locator('[data-stale="true"]')).to_have_count(0, timeout=20_000)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=20_000)
    page.wait_for_timeout(100)


def upload(page: Page, path: Path, place: int = 0) -> None:
    """Give a file to the first upload field of the screen, or to the one at ``place``."""
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        page.locator('input[type="file"]').nth(place).set_input_files(path)
    settle(page)


def type_in(page: Page, label: str, text: str) -> None:
    """Reach a text field, type into it and leave it, all by keyboard."""
    field = (
        page.get_by_role("textbox", name=label, exact=True)
        .or_(page.get_by_role("searchbox", name=label, exact=True))
        .first
    )
    field.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    page.keyboard.press("Tab")
    settle(page)


def choose(page: Page, label: str, words: str) -> None:
    """Choose from a list by typing the words and pressing Enter."""
    page.get_by_role("combobox", name=label, exact=True).first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.type(words)
    page.wait_for_timeout(200)
    page.keyboard.press("Enter")
    settle(page)


def owed(page: Page, to: str) -> str:
    """The figure shown as owed to a payee."""
    metric = page.locator('[data-testid="stMetric"]').filter(has_text=f"Owed to {to}")
    return metric.locator('[data-testid="stMetricValue"]').inner_text().strip()


def axe_finds_nothing(page: Page) -> None:
    """No violation of WCAG 2 A and AA or best practice but those of the framework itself."""
    found = [
        (violation["id"], node["html"][:200])
        for violation in Axe().run(page).response["violations"]
        for node in violation["nodes"]
        if FRAMEWORK.get(violation["id"], "nothing of it") not in node["html"]
    ]
    assert found == []
