"""Makes the pictures of the guide: drives the app in Chromium through invented cases, writes docs/images.

Run it with ``python3 tasks.py pictures``. The day of calculation is set first, so that the same code gives the
same pictures on any day.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from calculator.facts.choice_words import labels, listed_words
from calculator.facts.days import shown_day
from calculator.facts.fields import BY_NAME
from calculator.one_case import form
from tests import ROOT
from tests.browser.hands import (
    choose,
    choose_also,
    click,
    every_field,
    go_to,
    new_page,
    open_screen,
    part,
    type_in,
    upload,
)
from tests.browser.server import FLAGS, running_app
from tests.guide_cases import AS_AT, MANY, ONE_EXIT, PENSION, SAMPLES, TWO_EXITS
from tests.needs import CHROMIUM

IMAGES = ROOT / "docs" / "images"
WIDE, TALL = 1280, 5200
"""As tall as the longest screen, so that nothing has to be scrolled."""
PHONE = 390
A4 = (794, 1123)
"""The pixels of a page."""
MOST_BYTES = 200_000
COLOURS = 128
SMALL_DIFFERENCE = 40
"""The most, of 255, that a colour changes by fewer colours and by the browser's rounding of corners."""
Box = tuple[float, float, float, float]
_POSITIONS = """() => JSON.stringify([...document.querySelectorAll("h1, h2, h3, table, canvas, hr")].map(
    each => [each.getBoundingClientRect().top, each.getBoundingClientRect().height]))"""
"""The positions of the parts of the page."""


def settle(page: Page) -> None:
    """Wait until the app and its charts are drawn, and nothing floats or has the focus."""
    page.evaluate("document.activeElement && document.activeElement.blur()")
    page.mouse.move(0, 0)
    same, before = 0, ""
    for _ in range(60):
        page.wait_for_timeout(300)
        expect(page.locator('[data-test-script-state="running"]')).to_have_count(0, timeout=30_000)
        now = page.evaluate(_POSITIONS)
        same, before = (same + 1 if now == before else 0), now
        if same == 3:
            return
    raise TimeoutError("The page does not come to rest.")


def on_the_day(browser: Browser, url: str, screen: str) -> Page:
    """Open a page of the app on a screen, with the day of calculation set."""
    page = new_page(browser, viewport={"width": WIDE, "height": TALL}, reduced_motion="reduce")
    open_screen(page, url, "settings", "Settings")
    type_in(page, "Day of calculation", shown_day(AS_AT))
    expect(page.get_by_text(f"Now: {shown_day(AS_AT)}")).to_be_visible()
    page.add_style_tag(content="*, ::before, ::after {transition: none !important;}")
    go_to(page, screen)
    settle(page)
    return page


def box(part: Locator) -> Box:
    """Give the left, top, right and bottom of the first match."""
    size = part.first.bounding_box()
    if size is None:
        raise LookupError("What a picture should show is not on the screen.")
    return (size["x"], size["y"], size["x"] + size["width"], size["y"] + size["height"])


def around(*parts: Locator) -> Box:
    """Give the smallest box that holds all of these."""
    boxes = [box(each) for each in parts]
    return (
        min(each[0] for each in boxes),
        min(each[1] for each in boxes),
        max(each[2] for each in boxes),
        max(each[3] for each in boxes),
    )


def down_to(page: Page, bottom: Locator, margin: float = 24) -> Box:
    """Give the full width of the page, from its top to the bottom of ``bottom``."""
    return (0, 0, page.evaluate("innerWidth"), box(bottom)[3] + margin)


def up_to(upper: Box, following: Locator, margin: float = 30) -> Box:
    """Cut a box to end just above what follows it."""
    return (*upper[:3], box(following)[1] - margin)


def picture(page: Page, name: str, part: Box, margin: float = 16) -> None:
    """Write a part of the page as a small PNG."""
    settle(page)
    width = page.evaluate("innerWidth")
    left, top = max(0, part[0] - margin), max(0, part[1] - margin)
    right, bottom = min(width, part[2] + margin), part[3] + (margin if part[1] else 0)
    shot = page.screenshot(
        clip={"x": left, "y": top, "width": right - left, "height": bottom - top},
        animations="disabled",
        caret="hide",
    )
    image = without_empty_foot(Image.open(io.BytesIO(shot)).convert("RGB"), int(margin))
    target = IMAGES / f"{name}.png"
    if not looks_like(image, target):
        image.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
    size = target.stat().st_size
    print(f"{target.relative_to(ROOT)}: {image.width} by {image.height}, {size:,} bytes")
    if size > MOST_BYTES:
        sys.exit(f"{target.name} is larger than {MOST_BYTES:,} bytes. Crop it closer.")


def without_empty_foot(image: Image.Image, margin: int) -> Image.Image:
    """Cut off what is empty below the last thing drawn, but for a margin."""
    empty = Image.new("RGB", image.size, image.getpixel((0, image.height - 1)))
    drawn = ImageChops.difference(image, empty).getbbox() or (0, 0, 0, image.height)
    return image.crop((0, 0, image.width, min(image.height, drawn[3] + margin)))


def looks_like(image: Image.Image, target: Path) -> bool:
    """True if the picture in the file shows the same, so that it need not change."""
    if not target.is_file():
        return False
    kept = Image.open(target).convert("RGB")
    if kept.size != image.size:
        return False
    changed = ImageChops.difference(kept, image).point(
        lambda level: level > SMALL_DIFFERENCE and 255
    )
    return changed.getbbox() is None


def heading(page: Page, words: str) -> Locator:
    return page.get_by_role("heading", name=words, exact=True)


def column(page: Page) -> Locator:
    """Find the column of the form of Check one member."""
    return page.locator(".st-key-facts")


def enter(page: Page, facts: dict[str, str], names: list[str]) -> None:
    """Type and choose some of the facts, as a person does."""
    for name in names:
        field, value = BY_NAME[name], facts[name]
        label = form.label(field)
        if name == "evidence":
            for document in value.split(";"):
                choose_also(page, label, listed_words(document))
        elif field.choices is not None:
            choose(page, label, labels(field)[value])
        elif name == "employer_name":
            choose(page, label, value)
        else:
            type_in(page, label, value)


def open_case(page: Page, name: str) -> None:
    """Open one of the guide's case files."""
    click(page, page.get_by_text("Open, save or clear the case", exact=True))
    upload(page, SAMPLES / name)


def result_part(page: Page, first: Locator, following: Locator | None = None) -> Box:
    """Give a part of the column of results, from one heading to the next."""
    left, top, right, bottom = around(first, page.locator(".st-key-answer"))
    right = max(right, WIDE - 48)
    top = box(first)[1]
    if following is not None:
        bottom = box(following)[1] - 30
    return (left, top, right, bottom)


def one_case(browser: Browser, url: str) -> None:
    """Show one case typed in, from the first questions to the working."""
    facts = {name: str(value) for name, value in json.loads(ONE_EXIT.read_text("utf-8")).items()}
    page = on_the_day(browser, url, "Check one member")
    following = page.get_by_role("button", name="Next: the task list")
    picture(page, "one-case-empty", down_to(page, following))
    enter(page, facts, ["exit_date", "redundancy_due"])
    type_in(page, "Redundancy pay paid", "thirty")
    settle(page)
    paid = page.locator(".st-key-field-redundancy_paid")
    picture(page, "mistake", around(due_of(page), paid), margin=24)
    page.close()
    page = on_the_day(browser, url, "Check one member")
    open_case(page, ONE_EXIT.name)
    click(page, page.get_by_text("Open, save or clear the case", exact=True))
    picture(page, "payments", around(due_of(page), paid_of(page)), margin=24)
    picture(
        page, "answer", around(page.locator(".st-key-answer"), page.locator(".st-key-answer-more"))
    )
    picture(
        page,
        "charts",
        result_part(
            page,
            heading(page, "The payments against the cap"),
            page.get_by_role("heading", name="Tax on what is owed"),
        ),
    )
    click(page, page.get_by_role("radio", name="Task list"))
    picture(page, "tasks", box(page.locator(".st-key-tasks")))
    part(page, "Facts")
    last = page.locator('[class*="st-key-fact-"]').nth(7)
    picture(
        page, "facts", around(heading(page, "Check the facts before a letter is written"), last)
    )
    part(page, "Working")
    lines = page.locator(".st-key-working tr")
    picture(page, "working", around(heading(page, "The working, line by line"), lines.nth(7)), 2)
    part(page, "What if")
    choose(page, "What to change", "Redundancy pay paid")
    type_in(page, "Its other value", "£34,000")
    settle(page)
    table = page.get_by_role(
        "table", name="The result as entered and with the change, side by side"
    )
    picture(page, "what-if", around(page.locator(".st-key-part-choice"), table))
    part(page, "Answer")
    every_field(page)
    choose(page, form.label(BY_NAME["consent_to_disclose"]), "Yes")
    part(page, "Letters")
    choose(page, "Letter to", "The employer")
    letter = page.locator(".st-key-letter")
    cards = page.get_by_role("button", name="Download all letters")
    picture(page, "letter", result_part(page, cards, letter.get_by_text("Why it is owed")))
    part(page, "Answer")
    type_in(page, "Yearly pension at exit: unreduced", PENSION["pension_due"])
    type_in(page, "Yearly pension at exit: in payment", PENSION["pension_paid"])
    settle(page)
    lost = page.get_by_role("heading", name="Pension lost:")
    picture(page, "pension", result_part(page, lost, page.locator("hr").last))
    for label in ("Yearly pension at exit: unreduced", "Yearly pension at exit: in payment"):
        type_in(page, label, "")
    click(page, page.get_by_text("Open, save or clear the case", exact=True))
    picture(page, "save", up_to(box(column(page)), page.locator(".st-key-facts-views"), 8))
    click(page, page.get_by_role("button", name="Print", exact=True))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4[0], "height": TALL})
    settle(page)
    picture(page, "printed", (0, 0, *A4))
    page.close()


def due_of(page: Page) -> Locator:
    return page.locator(".st-key-field-redundancy_due")


def paid_of(page: Page) -> Locator:
    return page.locator(".st-key-field-pension_strain_paid")


def not_known(browser: Browser, url: str) -> None:
    """Show the same case where nobody knows what was paid."""
    page = on_the_day(browser, url, "Check one member")
    open_case(page, ONE_EXIT.name)
    for label in ("Redundancy pay paid", "Pension strain paid"):
        type_in(page, label, "")
    expect(page.get_by_text("so this is an estimate").first).to_be_visible()
    picture(
        page,
        "not-known",
        result_part(page, heading(page, "Result"), heading(page, "The payments against the cap")),
    )
    page.close()


def two_exits(browser: Browser, url: str) -> None:
    """Show two exits of one person: the second, with what the first used of the cap."""
    page = on_the_day(browser, url, "Check one member")
    open_case(page, TWO_EXITS.name)
    click(page, page.get_by_text("Open, save or clear the case", exact=True))
    click(page, page.get_by_text("Exit 2", exact=True))
    picture(page, "two-exits", up_to((0, 0, WIDE, 0), heading(page, "Last days to issue a claim")))
    page.close()


def phone(browser: Browser, url: str) -> None:
    """Show the result of one case on a telephone."""
    page = on_the_day(browser, url, "Check one member")
    open_case(page, ONE_EXIT.name)
    page.set_viewport_size({"width": PHONE, "height": 9000})
    settle(page)
    top, following = heading(page, "Result"), heading(page, "Ask the employer")
    picture(page, "phone", up_to((0, box(top)[1] + 16, PHONE, 0), following, 24))
    page.close()


def other_screens(browser: Browser, url: str) -> None:
    """Show Employers, The law, Self-check and Settings."""
    page = on_the_day(browser, url, "Employers")
    type_in(page, "The employer's name, or part of it", "borough council")
    settle(page)
    picture(page, "employers", down_to(page, page.locator("table").last))
    go_to(page, "The law")
    picture(page, "law", up_to((0, 0, WIDE, 0), heading(page, "Open questions of law")))
    go_to(page, "Self-check")
    click(page, page.get_by_role("button", name="Run the examples"))
    expect(page.get_by_text("as expected, 0 not.")).to_be_visible(timeout=120_000)
    picture(page, "self-check", down_to(page, page.get_by_role("row").nth(8), 0))
    go_to(page, "Settings")
    picture(page, "settings", up_to((0, 0, WIDE, 0), heading(page, "Your own letter")))
    page.close()


def many_cases(browser: Browser, url: str) -> None:
    """Show the sample cases, uploaded and calculated."""
    page = on_the_day(browser, url, "Check a list")
    picture(page, "many-empty", down_to(page, page.get_by_text("Your file is read on this server")))
    upload(page, MANY)
    start = page.get_by_role("button", name="Calculate ")
    expect(start).to_be_visible(timeout=60_000)
    picture(page, "many-columns", down_to(page, start))
    click(page, start)
    expect(page.get_by_role("heading", name=" calculated.")).to_be_visible(timeout=120_000)
    expect(page.get_by_text("The files are being written")).to_have_count(0, timeout=120_000)
    settle(page)
    picture(page, "many-results", down_to(page, page.get_by_text("What the words mean")))
    choose(page, "Open a case", "S004")
    settle(page)
    tiles, listed = page.locator(".st-key-tiles"), page.locator(".st-key-list")
    picture(page, "many-opened", around(tiles, listed, page.locator(".st-key-next-and-previous")))
    click(page, page.get_by_role("radio", name="Correct ("))
    first = page.get_by_role("textbox", name="The right value").first
    picture(page, "many-problems", down_to(page, first))
    click(page, page.get_by_role("radio", name="Letters and calendar"))
    click(page, page.get_by_role("button", name="Write the letters"))
    expect(page.get_by_text("letters written.")).to_be_visible(timeout=120_000)
    settle(page)
    parts, last = (
        box(page.get_by_role("radio", name="Cases", exact=True)),
        box(page.locator("table:visible")),
    )
    picture(page, "many-letters", (0.0, parts[1], float(WIDE), last[3]))
    page.close()


STEPS: tuple[Callable[[Browser, str], None], ...] = (
    one_case,
    not_known,
    two_exits,
    phone,
    other_screens,
    many_cases,
)


def main() -> None:
    """Write every picture, or those of the steps named."""
    IMAGES.mkdir(exist_ok=True)
    wanted = sys.argv[1:]
    with running_app() as url, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for step in STEPS:
            if not wanted or step.__name__ in wanted:
                step(browser, url)
        browser.close()


if __name__ == "__main__":
    main()
