"""A running app and a real browser. The browser is the system's Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.hands import new_page
from tests.browser.server import FLAGS, running_app
from tests.needs import CHROMIUM, skip_without

expect.set_options(timeout=60_000)


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    skip_without("chromium", "driver")
    with running_app() as url:
        yield url


@pytest.fixture(scope="session")
def browser(server_url: str) -> Iterator[Browser]:
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    found = new_page(browser, viewport={"width": 1280, "height": 900})
    yield found
    found.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    found = new_page(browser, viewport={"width": 390, "height": 844})
    yield found
    found.close()
