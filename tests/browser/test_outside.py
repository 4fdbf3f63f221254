"""What comes from outside is drawn as text, and what is downloaded is there and its own browser's alone."""

from __future__ import annotations

import csv
import json
from itertools import takewhile
from pathlib import Path

from playwright.sync_api import Browser, Page, Request, Response, expect

from calculator.facts.fields import FIELDS, Kind
from tests.browser.hands import (
    choose,
    click,
    every_field,
    new_page,
    open_screen,
    part,
    settle,
    type_in,
    upload,
)
from tests.markers import LINES, MARKER, WORD
from tests.screens.screen import LOST

TEXTS = {field.name: MARKER for field in FIELDS if field.kind is Kind.TEXT}
CASE = {**LOST, **TEXTS, "consent_to_disclose": "yes"}
DRAWN = """() => [...document.querySelectorAll('[data-testid="stMain"] *')].filter(each =>
    each.matches('a[href*="qz7"]:not([href^="#"]), img[src*="qz7"], img[alt="i"], .katex, del, code')
    || (each.matches('[data-testid="stIconMaterial"], [role="img"], .stMarkdownColoredText, .stMarkdownBadge')
        && each.closest('[data-testid="stMarkdownContainer"]')?.innerText.includes('Qz7Marker'))
).map(each => each.outerHTML.slice(0, 200))"""
TYPING = """() => { let n = 0; setInterval(() => {
    const radios = document.querySelectorAll('input[type="radio"]');
    radios[n++ % radios.length].click();
}, 1000); }"""
"""Another person at work: Settings drawn again and again."""


def all_as_text(page: Page) -> int:
    """Every marker on the page stands there letter by letter, to its end or to where it was cut short."""
    assert page.evaluate(DRAWN) == []
    text = page.locator('[data-testid="stMain"]').inner_text().replace("\N{WORD JOINER}", "")
    pieces = text.split(WORD)[1:]
    for piece in pieces:
        pairs = zip(MARKER.removeprefix(WORD), piece, strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        assert same == len(MARKER) - len(WORD) or piece[same] == "…", piece[:500]
    return len(pieces)


def watched(page: Page, url: str) -> list[str]:
    """What the page asks of anyone but the server, as it goes on."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((url, url.replace("http", "ws"), "data:", "blob:")):
            asked.append(request.url)

    page.on("request", note)
    return asked


def test_a_case_full_of_markers(page: Page, server_url: str, tmp_path: Path) -> None:
    asked = watched(page, server_url)
    open_screen(page, server_url, "member", "Check one member")
    click(page, page.get_by_text("Open, save or clear the case"))
    saved = {
        "rules_version": MARKER,
        "as_at": "2026-01-01",
        "positions": {},
        "results": [{"member_total": MARKER}],
    }
    file = tmp_path / "a.json"
    file.write_text(json.dumps({**CASE, "saved": saved}))
    upload(page, file)
    expect(page.get_by_text("Saved under rules")).to_be_visible()
    part(page, "Letters")
    choose(page, "Letter to", "The employer")
    assert all_as_text(page) > 3
    assert asked == []


def test_a_table_full_of_markers(page: Page, server_url: str, tmp_path: Path) -> None:
    asked = watched(page, server_url)
    open_screen(page, server_url, "list", "Check a list")
    file = tmp_path / "a -> :smile: www.qz7.example.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        table = csv.writer(out)
        table.writerow([*CASE, MARKER, f"{MARKER} 2"])
        table.writerow([*CASE.values(), MARKER, LINES])
        table.writerow([MARKER] * (len(CASE) + 2))
    upload(page, file)
    expect(page.get_by_role("heading", name="3. Check the columns")).to_be_visible(timeout=60_000)
    settle(page)
    assert all_as_text(page) > 1
    click(page, page.get_by_role("button", name="Calculate 2 cases"))
    expect(page.get_by_role("button", name="Back to the columns")).to_be_visible(timeout=60_000)
    settle(page)
    for name in ("Correct", "Letters and calendar", "Cases"):
        click(page, page.get_by_test_id("stButtonGroup").get_by_role("radio", name=name))
        all_as_text(page)
    assert "a -> :smile: www.qz7.example.csv" in page.locator(
        '[data-testid="stMain"]'
    ).inner_text().replace("\N{WORD JOINER}", "")
    assert asked == []


def test_downloads_are_there_while_others_type_and_for_their_own_browser_alone(
    browser: Browser, page: Page, server_url: str, tmp_path: Path
) -> None:
    others = [new_page(browser) for _ in range(3)]
    for other in others:
        open_screen(other, server_url, "settings", "Settings")
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer) if "/media/" in answer.url else None)
    open_screen(page, server_url, "member", "Check one member")
    every_field(page)
    for name, value in (("Case reference", "A"), ("Date of exit (needed)", "31/12/2020")):
        type_in(page, name, value)
    click(page, page.get_by_text("Open, save or clear the case"))
    for other in others:
        other.evaluate(TYPING)
    reference = page.get_by_role("textbox", name="Case reference")
    for count in range(12):
        reference.fill(f"A{count}")
        reference.press("Tab")  # and the page is drawn again
        with page.expect_download(timeout=60_000) as got:
            page.get_by_role("button", name="Save as a case file").click()
        assert json.loads(Path(got.value.path()).read_text())["case_ref"].startswith("A")
    assert [answer.status for answer in answers if answer.status != 200] == []
    address = answers[-1].url
    assert others[0].request.get(address).status == 404
    assert page.request.get(address).status == 200
    for other in others:
        other.close()
