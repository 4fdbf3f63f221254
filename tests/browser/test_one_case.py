"""One case in a real browser, by keyboard, to the penny."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from calculator.facts.days import shown_day
from calculator.facts.money import shown_money
from calculator.one_case.person import Worked, of_one_person, work
from calculator.one_case.tasks import TASKS
from rules.positions import Positions
from tests.browser.hands import (
    arrive,
    axe_finds_nothing,
    choose,
    click,
    download,
    every_field,
    go_to,
    new_page,
    open_screen,
    owed,
    part,
    settle,
    type_in,
    upload,
)

CAPPED = {
    "case_ref": "LG-1",
    "exit_date": "31/12/2020",
    "nation": "england",
    "employer_kind": "council",
    "exit_reason": "redundancy",
    "date_of_birth": "1 May 1963",
    "service_start": "1/9/1996",
    "notice_given_on": "1 October 2020",
    "payment_date": "15/1/2021",
    "annual_salary": "£64,000",
    "redundancy_due": "41,000",
    "redundancy_paid": "30000",
    "pension_strain_due": "80,000.50",
    "pension_strain_paid": "65000",
}
LABELS = {
    "case_ref": "Case reference",
    "exit_date": "Date of exit (needed)",
    "date_of_birth": "Date of birth",
    "service_start": "Continuous service start",
    "notice_given_on": "Notice given on",
    "payment_date": "Date exit payment was made",
    "annual_salary": "Annual salary",
    "redundancy_due": "Redundancy pay due",
    "redundancy_paid": "Redundancy pay paid",
    "pension_strain_due": "Pension strain due",
    "pension_strain_paid": "Pension strain paid",
}
CARD = ":is(.st-key-answer, .st-key-answer-more)"
"""The two boxes of the answer card."""
CHOICES = {
    "nation": ("Nation", "England"),
    "employer_kind": ("Kind of employer", "Council"),
    "exit_reason": ("Reason for leaving", "Redundancy"),
}


def enter(page: Page, facts: dict[str, str]) -> None:
    """Type and choose facts on the page that shows every field, by keyboard."""
    if not page.get_by_role("textbox", name="Case reference", exact=True).count():
        every_field(page)
    for name, value in facts.items():
        if name in CHOICES:
            choose(page, *CHOICES[name])
        else:
            type_in(page, LABELS[name], value)


def today(facts: dict[str, str]) -> Worked:
    return work([facts], Positions(), date.today())  # noqa: DTZ011 - the app works as at today


def shown(worked: Worked, name: str) -> str:
    column = worked.outcome.figures(name)
    return shown_money(int(column.values[0]))


LOST = {
    **CAPPED,
    "member_name": "Ann Example",
    "consent_to_disclose": "yes",
    "scheme": "lgps",
    "pension_outcome": "reduced",
    "pension_due": "12000",
    "pension_paid": "9000",
}


def opened(page: Page, facts: dict[str, str], folder: Path) -> Page:
    """The page with a capped case opened from a file."""
    path = folder / "opened.json"
    path.write_text(json.dumps(facts), encoding="utf-8")
    click(page, page.get_by_text("Open, save or clear the case"))
    upload(page, path)
    expect(page.locator(".st-key-answer").get_by_text("the cap cut this exit")).to_be_visible()
    settle(page)
    return page


@pytest.fixture
def case(page: Page, server_url: str) -> Page:
    open_screen(page, server_url, "member", "Check one member")
    return page


@pytest.fixture
def capped(case: Page, tmp_path: Path) -> Page:
    """The capped case, opened from a file."""
    return opened(case, CAPPED, tmp_path)


def test_a_capped_redundancy_typed_in_by_keyboard_is_right_to_the_penny(case: Page) -> None:
    enter(case, CAPPED)
    expected = today(CAPPED)
    assert expected.outcome.row(0)["triage"] == "capped_exact"
    assert owed(case, "the member") == shown(expected, "member_total")
    assert owed(case, "the pension scheme") == shown(expected, "scheme_total")
    last = date.fromisoformat(expected.outcome.row(0)["contract_last_day"])
    expect(case.get_by_text(shown_day(last)).first).to_be_visible()
    axe_finds_nothing(case)
    part(case, "Working")
    links = case.locator(
        "table a[href='https://www.legislation.gov.uk/uksi/2021/197/regulation/4']"
    )
    assert links.count() > 0
    axe_finds_nothing(case)


GUIDE = {
    "exit_date": "31/12/2020",
    "redundancy_due": "38000",
    "redundancy_paid": "30000",
    "pension_strain_due": "72000",
    "pension_strain_paid": "65000",
    "pension_outcome": "reduced",
}
CHOSEN = {"Kind of employer": "Council", "Reason for leaving": "Redundancy"}


def test_a_newcomer_reaches_a_right_first_answer_with_eight_entries_by_keyboard(case: Page) -> None:
    first_payment = case.get_by_role("textbox", name="Redundancy pay due", exact=True)
    expect(first_payment).to_be_in_viewport(ratio=1)
    axe_finds_nothing(case)
    entries = 0
    for label, words in CHOSEN.items():
        choose(case, label, words)
        entries += 1
    for name in [name for name in GUIDE if name != "pension_outcome"]:
        type_in(case, LABELS[name], GUIDE[name])
        entries += 1
    choose(case, "What happened to the pension", "Reduced")
    entries += 1
    facts = {**GUIDE, "case_ref": "Case", "employer_kind": "council", "exit_reason": "redundancy"}
    assert owed(case, "the member") == shown(today(facts), "member_total")
    assert owed(case, "the pension scheme") == shown(today(facts), "scheme_total")
    assert entries <= 8
    expect(case.locator(".st-key-answer")).to_be_in_viewport(ratio=1)
    case.locator("#result").scroll_into_view_if_needed()
    for box in case.locator(CARD).all():
        expect(box).to_be_in_viewport(ratio=1)
    axe_finds_nothing(case)


def test_from_the_start_page_to_a_saved_letter_with_the_keyboard_alone(
    page: Page, server_url: str, tmp_path: Path
) -> None:
    def press(what: Locator) -> None:
        what.focus()
        page.keyboard.press("Enter")
        settle(page)

    open_screen(page, server_url, "", "Exit cap: what is still owed")
    press(page.get_by_role("main").get_by_role("link", name="Check one member"))
    arrive(page, "Check one member")
    choose(page, "Kind of employer", "Council")
    for name in ("exit_date", "redundancy_due", "redundancy_paid"):
        type_in(page, LABELS[name], {**CAPPED, "redundancy_due": "105000"}[name])
    press(page.get_by_role("button", name="Write the letters"))
    letter = page.get_by_role("button", name="Word, the member")
    expect(letter).to_be_enabled(timeout=120_000)
    with page.expect_download() as saved:
        press(letter)
    assert saved.value.suggested_filename.endswith(".docx")


def test_no_help_button_is_between_two_fields(case: Page) -> None:
    case.get_by_role("textbox", name="Redundancy pay due", exact=True).focus()
    case.keyboard.press("Tab")
    paid = case.get_by_role("textbox", name="Redundancy pay paid", exact=True)
    expect(paid).to_be_focused()
    expect(paid).to_have_accessible_description(re.compile("Blank if you do not know"))


def test_a_day_chosen_from_the_calendar_is_typed_and_the_order_of_tabs_stays(case: Page) -> None:
    field = case.get_by_role("textbox", name="Date of exit (needed)", exact=True)
    case.locator(".st-key-field-exit_date .day-calendar").fill("2020-12-31")
    settle(case)
    expect(field).to_have_value("31/12/2020")
    expect(case.get_by_text("Read as 31 December 2020")).to_be_visible()
    type_in(case, "Date of exit (needed)", "1 March 2021")
    expect(case.get_by_text("Read as 1 March 2021")).to_have_count(0)
    field.focus()
    case.keyboard.press("Tab")
    expect(case.get_by_role("combobox", name="Nation", exact=True)).to_be_focused()
    every_field(case)
    expect(case.locator(".st-key-field-payment_date .day-calendar")).to_have_count(1)
    expect(case.locator(".st-key-field-date_of_birth .day-calendar")).to_have_count(0)
    axe_finds_nothing(case)


def test_out_of_scope_no_payment_is_asked(case: Page) -> None:
    type_in(case, "Date of exit (needed)", "31/12/2019")
    expect(case.locator(".st-key-answer").get_by_text("The cap did not reach")).to_be_visible()
    expect(case.get_by_label("Redundancy pay due", exact=True)).to_have_count(0)
    axe_finds_nothing(case)
    type_in(case, "Date of exit (needed)", "31/12/2020")
    expect(case.get_by_label("Redundancy pay due", exact=True)).to_be_visible()


def test_what_was_paid_is_not_known(case: Page) -> None:
    facts = {k: v for k, v in CAPPED.items() if k not in ("redundancy_paid", "pension_strain_paid")}
    enter(case, facts)
    expected = today(facts)
    assert expected.outcome.row(0)["triage"] == "capped_estimate"
    expect(case.get_by_text("so this is an estimate").first).to_be_visible()
    assert owed(case, "the pension scheme") == shown(expected, "scheme_total")
    expect(case.get_by_role("heading", name="Missing")).to_be_visible()


def test_a_value_that_cannot_be_read_is_tied_to_its_field_left_out_and_led_to(capped: Page) -> None:
    type_in(capped, "Redundancy pay paid", "thirty")
    field = capped.get_by_role("textbox", name="Redundancy pay paid", exact=True)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("This is not an amount of money"))
    expect(capped.get_by_text("The answer leaves it out.")).to_be_visible()
    expect(capped.locator('[data-testid="stMetric"]').first).to_be_visible()
    axe_finds_nothing(capped)
    click(capped, capped.get_by_role("radio", name="Task list"))
    click(capped, capped.get_by_role("button", name="Correct: Redundancy pay paid"))
    expect(field).to_be_focused()
    type_in(capped, "Redundancy pay paid", "30000")
    expect(field).to_have_attribute("aria-invalid", "false")
    expect(capped.get_by_text("Read as £30,000.00")).to_be_visible()
    assert owed(capped, "the member") == shown(today(CAPPED), "member_total")


def test_the_task_list_leads_through_every_task_by_keyboard(capped: Page) -> None:
    click(capped, capped.get_by_role("button", name="Next: the task list"))
    axe_finds_nothing(capped)
    for title in [task.title for task in TASKS]:
        row = capped.get_by_role("button", name=re.compile(f"^{re.escape(title)}: "))
        row.focus()
        capped.keyboard.press("Enter")
        settle(capped)
        expect(capped.get_by_role("heading", name=title, exact=True)).to_be_focused()
        axe_finds_nothing(capped)
        click(capped, capped.get_by_role("button", name="Back to the task list").first)


def test_in_a_task_the_choice_of_the_task_list_leads_back_to_the_list(capped: Page) -> None:
    choice = capped.get_by_role("radio", name="Task list")
    click(capped, choice)
    click(capped, capped.get_by_role("button", name=re.compile("^Dates and pay: ")))
    click(capped, choice)
    expect(capped.get_by_role("heading", name="What is still needed")).to_be_focused()
    expect(choice).to_be_checked()


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)])
def test_after_write_the_letters_their_part_is_in_sight_from_its_choice_on(
    browser: Browser, server_url: str, tmp_path: Path, size: tuple[int, int]
) -> None:
    page = new_page(browser, viewport={"width": size[0], "height": size[1]})
    open_screen(page, server_url, "member", "Check one member")
    opened(page, LOST, tmp_path)
    click(page, page.get_by_role("button", name="Write the letters"))
    expect(page.get_by_role("radio", name="Letters")).to_be_checked()
    box = page.locator(".st-key-part-choice").bounding_box()
    assert box is not None
    head = page.locator(".st-key-answer").bounding_box()
    assert head is not None
    assert max(60, head["y"] + head["height"]) <= box["y"] <= size[1] / 3
    page.close()


def test_the_boxes_of_a_pair_are_in_line(capped: Page) -> None:
    due, paid = (
        capped.get_by_role("textbox", name=f"Redundancy pay {side}", exact=True).bounding_box()
        for side in ("due", "paid")
    )
    assert due is not None
    assert paid is not None
    assert due["y"] == paid["y"]


def test_another_exit_begins_at_its_heading_with_its_first_field(capped: Page) -> None:
    click(capped, capped.get_by_role("button", name="Add another exit of this person"))
    expect(capped.get_by_role("heading", name="Exit 2", exact=True)).to_be_in_viewport(ratio=1)
    expect(capped.get_by_role("textbox", name="Date of exit (needed)", exact=True)).to_be_focused()


def test_the_facts_are_checked_and_changed(capped: Page) -> None:
    part(capped, "Facts")
    axe_finds_nothing(capped)
    click(capped, capped.get_by_role("button", name="Change Annual salary"))
    field = capped.get_by_role("textbox", name="Annual salary", exact=True)
    expect(field).to_be_focused()
    type_in(capped, "Annual salary", "65000")
    expect(capped.locator(".st-key-fact-annual_salary")).to_contain_text("£65,000.00")


def test_a_new_answer_is_said_to_those_who_do_not_see_it(capped: Page) -> None:
    status = capped.locator("#answer-said")
    expect(status).to_have_role("status")
    expect(status).to_have_text(re.compile("^Result: Yes: the cap cut this exit by £26,000.50"))
    type_in(capped, "Redundancy pay paid", "31000")
    expect(status).to_have_text(re.compile("^Result: Yes: the cap cut this exit by £25,000.50"))


def test_the_answer_card_reads_aloud_in_the_order_it_is_seen(capped: Page) -> None:
    read = "".join(part.aria_snapshot() for part in capped.locator(CARD).all())
    parts = (
        'heading "Yes: the cap cut this exit by £26,000.50.',
        'strong: "Start the first claim',
        "Last days: contract claim",
        "To the member now",
        "Employer to the pension scheme",
        "Separate amounts: do not add them.",
        "How sure:",
        'button "Write the letters"',
    )
    places = [read.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_axe_finds_nothing_in_the_dark_in_any_part(
    browser: Browser, server_url: str, tmp_path: Path
) -> None:
    dark = new_page(browser, viewport={"width": 1280, "height": 900}, color_scheme="dark")
    open_screen(dark, server_url, "member", "Check one member")
    opened(dark, LOST, tmp_path)
    for name in ("Answer", "Letters", "Working", "What if", "Facts"):
        part(dark, name)
        axe_finds_nothing(dark)
    dark.close()


def test_at_400_percent_nothing_covers_the_field_and_nothing_runs_off_the_side(
    browser: Browser, server_url: str, tmp_path: Path
) -> None:
    zoomed = new_page(browser, viewport={"width": 320, "height": 225})
    open_screen(zoomed, server_url, "member", "Check one member")
    opened(zoomed, CAPPED, tmp_path)
    field = zoomed.get_by_role("textbox", name="Redundancy pay paid", exact=True)
    field.focus()
    settle(zoomed)
    expect(field).to_be_in_viewport(ratio=1)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert zoomed.evaluate(wide) == 0
    assert (
        zoomed.evaluate(
            "getComputedStyle(document.querySelector('.st-key-short').parentElement).position"
        )
        != "sticky"
    )
    zoomed.close()


def test_two_exits_of_one_person_share_the_cap(case: Page) -> None:
    first = {
        **CAPPED,
        "redundancy_paid": "41000",
        "pension_strain_due": "",
        "pension_strain_paid": "",
    }
    enter(case, {name: value for name, value in first.items() if value})
    click(case, case.get_by_role("button", name="Add another exit of this person"))
    second = {
        "case_ref": "LG-2",
        "exit_date": "10/1/2021",
        "employer_kind": "council",
        "exit_reason": "redundancy",
        "payment_date": "15/1/2021",
        "annual_salary": "30000",
        "redundancy_due": "70000",
        "redundancy_paid": "54000",
    }
    enter(case, second)
    expected = work(
        of_one_person(
            [
                {name: value for name, value in first.items() if value},
                {**second, "date_of_birth": first["date_of_birth"], "nation": "england"},
            ]
        ),
        Positions(),
        date.today(),  # noqa: DTZ011
    )
    column = expected.outcome.figures("member_total")
    assert expected.outcome.row(1)["cap_used_before"] == "41000.00"
    assert owed(case, "the member") == shown_money(int(column.values[1]))


def unfold(page: Page) -> None:
    """Have the buttons that open, save and clear a case on the page."""
    if not page.get_by_role("button", name="Clear this case").is_visible():
        click(page, page.get_by_text("Open, save or clear the case"))


def test_saved_and_opened_again_it_is_the_same_case(capped: Page, tmp_path: Path) -> None:
    before = owed(capped, "the member")
    files = [download(capped, f"Save as a {kind}", tmp_path) for kind in ("case file", "workbook")]
    assert [path.suffix for path in files] == [".json", ".xlsx"]
    saved = json.loads(files[0].read_text(encoding="utf-8"))
    assert saved["redundancy_due"] == "41,000"
    assert saved["saved"]["results"][0]["case_ref"] == "LG-1"
    for path in files:
        unfold(capped)
        click(capped, capped.get_by_role("button", name="Clear this case"))
        expect(capped.locator('[data-testid="stMetric"]')).to_have_count(0)
        unfold(capped)
        upload(capped, path)
        expect(capped.locator('[data-testid="stMetric"]').first).to_be_visible()
        assert owed(capped, "the member") == before


def test_a_case_saved_under_older_rules_says_what_changed(case: Page, tmp_path: Path) -> None:
    worked = today(CAPPED)
    results = {**worked.outcome.row(0), "member_total": "1.00"}
    saved = {
        "rules_version": "0.9.0",
        "as_at": worked.outcome.as_at.isoformat(),
        "positions": {},
        "results": [results],
    }
    (tmp_path / "old.json").write_text(json.dumps({**CAPPED, "saved": saved}), encoding="utf-8")
    click(case, case.get_by_text("Open, save or clear the case"))
    upload(case, tmp_path / "old.json")
    expect(case.get_by_text("Saved under rules 0.9.0")).to_be_visible()
    row = case.locator("table tr").filter(has_text="Owed to the member with interest")
    assert "1.00" in row.inner_text()
    assert worked.outcome.row(0)["member_total"] in row.inner_text()


def test_what_if_shows_old_and_new_side_by_side_and_changes_nothing(capped: Page) -> None:
    before = owed(capped, "the member")
    part(capped, "What if")
    choose(capped, "What to change", "Redundancy pay paid")
    type_in(capped, "Its other value", "35000")
    other = shown(today({**CAPPED, "redundancy_paid": "35000"}), "member_total")
    both = capped.get_by_role(
        "table", name="The result as entered and with the change, side by side"
    )
    row = both.get_by_role("row", name="Owed to the member")
    expect(row).to_contain_text(before)
    expect(row).to_contain_text(other)
    assert owed(capped, "the member") == before
    axe_finds_nothing(capped)


def test_the_case_stays_when_another_screen_is_looked_at(capped: Page) -> None:
    before = owed(capped, "the member")
    go_to(capped, "The law")
    go_to(capped, "Check one member")
    assert owed(capped, "the member") == before


def test_hostile_text_is_shown_as_it_is(capped: Page) -> None:
    every_field(capped)
    type_in(capped, "Case reference", "<b>x</b> $a$ [l](http://e.example) :red[r]")
    assert capped.locator("b", has_text="x").count() == 0
    for link in capped.locator("a[href='http://e.example']").all():
        assert link.inner_text() == "http://e.example"


def test_at_phone_width_nothing_runs_off_the_side(phone: Page, server_url: str) -> None:
    open_screen(phone, server_url, "member", "Check one member")
    enter(phone, CAPPED)
    assert owed(phone, "the member") == shown(today(CAPPED), "member_total")
    wide = phone.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide == 0
    axe_finds_nothing(phone)


@pytest.fixture
def lost(case: Page, tmp_path: Path) -> Page:
    """A case with a pension lost, opened from a file."""
    return opened(case, LOST, tmp_path)


def test_a_letter_is_previewed_and_downloaded(lost: Page, tmp_path: Path) -> None:
    part(lost, "Letters")
    expect(lost.get_by_text("The employer: Ready")).to_be_visible()
    choose(lost, "Letter to", "The employer")
    letter = lost.locator(".st-key-letter")
    total = shown(today(LOST), "member_total")
    expect(letter.get_by_text(f"To our member: {total}").first).to_be_visible()
    axe_finds_nothing(lost)
    path = download(lost, "Word, the employer", tmp_path)
    assert path.name.startswith("LG-1_employer_")
    text = "\n".join(p.text for p in docx.Document(str(path)).paragraphs)
    assert total in text
    assert "[Name of the union]" in text
    together = download(lost, "Download all letters", tmp_path)
    with ZipFile(together) as found:
        kinds = {(name.split("_")[1], name.rpartition(".")[2]) for name in found.namelist()}
        assert {("employer", "docx"), ("employer", "pdf"), ("member", "pdf")} <= kinds


def test_the_pension_over_time_has_a_chart_and_the_same_in_a_table(lost: Page) -> None:
    expect(lost.get_by_role("heading", name="Pension lost:")).to_be_visible()
    arrears = shown(today(LOST), "pension_arrears")
    cells = lost.get_by_role("cell", name=arrears)
    expect(cells.first).to_be_visible()
    assert cells.count() >= 2
    axe_finds_nothing(lost)


def test_the_answer_stays_in_sight_while_facts_are_typed(lost: Page) -> None:
    every_field(lost)
    lost.get_by_role("textbox", name="Since paid to the member", exact=True).focus()
    settle(lost)
    expect(lost.get_by_role("heading", name="the cap cut this exit")).to_be_in_viewport()


def test_on_a_phone_the_deadline_is_a_line_below_with_a_link_to_the_answer(
    phone: Page, server_url: str, tmp_path: Path
) -> None:
    open_screen(phone, server_url, "member", "Check one member")
    opened(phone, CAPPED, tmp_path)
    short = phone.locator(".st-key-short")
    expect(short).to_be_in_viewport()
    expect(short.get_by_text("Start the first claim")).to_be_visible()
    click(phone, short.get_by_role("link", name="See the answer"))
    expect(phone.get_by_role("heading", name="Result", exact=True)).to_be_in_viewport()
    for box in phone.locator(CARD).all():
        expect(box).to_be_in_viewport(ratio=1)


def test_the_print_holds_every_part_whatever_part_is_on_the_screen(
    page: Page, server_url: str, tmp_path: Path
) -> None:
    page.add_init_script("window.prints = 0; window.print = () => { window.prints += 1; };")
    open_screen(page, server_url, "member", "Check one member")
    opened(page, LOST, tmp_path)
    part(page, "Letters")
    page.keyboard.press("Control+p")
    page.wait_for_function("window.prints === 1")
    text = printed(page, tmp_path)
    parts = (
        "LG-1 · Ann Example",
        "Yes: the cap cut this exit by £26,000.50",
        "Start the first claim by",
        "Last days to issue a claim",
        "Facts entered",
        "Annual salary £64,000.00",
        "What is owed",
        "Payments Payment Due Paid",
        "Pension lost: an estimate",
        "Arrears by then",
        "Tax on what is owed to the member: an estimate",
        "Ask the employer",
        "Who is covered",
        "Paid since, and interest",
        "Assumed",
        "It is not advice on law or tax",
        "as answered under Settings",
    )
    places = [text.find(words) for words in parts]
    assert -1 not in places, parts[places.index(-1)]
    assert places == sorted(places)
    for words in (
        "Write the letters",
        "First questions",
        "Part of the result",
        "Help",
        "Add the last days",
    ):
        assert words not in text


def printed(page: Page, folder: Path) -> str:
    """The text of what the browser prints, with single spaces; all of it is at least of 10 point."""
    path = folder / "case.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    html = subprocess.run(  # noqa: S603 - poppler on a file of our own
        [str(shutil.which("pdftotext")), "-bbox", "-l", "1", str(path), "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    boxes = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)"', html)
    above_the_foot = [(float(top), float(end)) for top, end in boxes if float(top) < 795]
    assert min(end - top for top, end in above_the_foot) >= 10
    done = subprocess.run(  # noqa: S603
        [str(shutil.which("pdftotext")), "-layout", str(path), "-"],
        capture_output=True,
        text=True,
        check=True,
    )
    return re.sub(r"\s+", " ", done.stdout)
