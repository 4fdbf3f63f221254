"""One case in a real browser, by keyboard, to the penny."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Dialog, Page, expect

from calculator.facts.days import shown_day
from calculator.facts.money import shown_money
from calculator.one_case.person import Worked, work
from rules.positions import Positions
from tests.browser.hands import (
    axe_finds_nothing,
    choose,
    click,
    download,
    go_to,
    open_screen,
    owed,
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
    "case_ref": "Case reference (needed)",
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
CHOICES = {
    "nation": ("Nation", "England"),
    "employer_kind": ("Kind of employer", "Council"),
    "exit_reason": ("Reason for leaving", "Redundancy"),
}


def enter(page: Page, facts: dict[str, str]) -> None:
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
    expect(page.get_by_text("The cap cut this exit").first).to_be_visible()
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
    links = case.locator(
        "table a[href='https://www.legislation.gov.uk/uksi/2021/197/regulation/4']"
    )
    assert links.count() > 0
    axe_finds_nothing(case)


def test_only_what_decides_scope_is_asked_first(case: Page) -> None:
    expect(case.get_by_label("Redundancy pay due", exact=True)).to_have_count(0)
    axe_finds_nothing(case)
    type_in(case, "Date of exit (needed)", "31/12/2019")
    expect(case.locator(".st-key-answer").get_by_text("The cap did not reach")).to_be_visible()
    expect(case.get_by_label("Redundancy pay due", exact=True)).to_have_count(0)
    type_in(case, "Date of exit (needed)", "31/12/2020")
    expect(case.get_by_label("Redundancy pay due", exact=True)).to_be_visible()


def test_what_was_paid_is_not_known(case: Page) -> None:
    facts = {k: v for k, v in CAPPED.items() if k not in ("redundancy_paid", "pension_strain_paid")}
    enter(case, facts)
    expected = today(facts)
    assert expected.outcome.row(0)["triage"] == "capped_estimate"
    expect(case.get_by_text("so the difference is an estimate").first).to_be_visible()
    assert owed(case, "the pension scheme") == shown(expected, "scheme_total")
    expect(case.get_by_role("heading", name="Missing")).to_be_visible()


def test_a_value_that_cannot_be_read_is_said_under_its_field_and_mended(capped: Page) -> None:
    type_in(capped, "Redundancy pay paid", "30k")
    expect(capped.get_by_text("Thousands cannot be shortened with a letter.").first).to_be_visible()
    axe_finds_nothing(capped)
    type_in(capped, "Redundancy pay paid", "30000")
    expect(capped.get_by_text("Thousands cannot be shortened with a letter.")).to_have_count(0)
    assert owed(capped, "the member") == shown(today(CAPPED), "member_total")


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
        [
            {name: value for name, value in first.items() if value},
            {**second, "date_of_birth": first["date_of_birth"], "nation": "england"},
        ],
        Positions(),
        date.today(),  # noqa: DTZ011
    )
    column = expected.outcome.figures("member_total")
    assert expected.outcome.row(1)["cap_used_before"] == "41000.00"
    assert owed(case, "the member") == shown_money(int(column.values[1]))


def test_saved_and_opened_again_it_is_the_same_case(capped: Page, tmp_path: Path) -> None:
    before = owed(capped, "the member")
    files = [download(capped, f"Save as a {kind}", tmp_path) for kind in ("case file", "workbook")]
    assert [path.suffix for path in files] == [".json", ".xlsx"]
    saved = json.loads(files[0].read_text(encoding="utf-8"))
    assert saved["redundancy_due"] == "41,000"
    assert saved["saved"]["results"][0]["case_ref"] == "LG-1"
    for path in files:
        click(capped, capped.get_by_role("button", name="Clear this case"))
        expect(capped.locator('[data-testid="stMetric"]')).to_have_count(0)
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
    click(capped, capped.get_by_text("What if a fact or a position were different?"))
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


def test_the_browser_asks_before_a_case_is_lost(case: Page) -> None:
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    case.on("dialog", accept)
    case.reload()
    assert asked == []
    settle(case)
    type_in(case, "Case reference (needed)", "A")
    case.wait_for_function("window.onbeforeunload !== null")
    case.reload()
    assert asked == ["beforeunload"]


def test_hostile_text_is_shown_as_it_is(capped: Page) -> None:
    type_in(capped, "Case reference (needed)", "<b>x</b> $a$ [l](http://e.example) :red[r]")
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
    click(lost, lost.get_by_text("Letters", exact=True))
    choose(lost, "Letter to", "The employer")
    letter = lost.locator(".st-key-letter")
    total = shown(today(LOST), "member_total")
    expect(letter.get_by_text(f"To our member: {total}").first).to_be_visible()
    axe_finds_nothing(lost)
    path = download(lost, "Download the letter (Word)", tmp_path)
    assert path.name.startswith("LG-1_employer_")
    text = "\n".join(p.text for p in docx.Document(str(path)).paragraphs)
    assert total in text
    assert "[Name of the union]" in text


def test_the_pension_over_time_has_a_chart_and_the_same_in_a_table(lost: Page) -> None:
    expect(lost.get_by_role("heading", name="Pension lost:")).to_be_visible()
    arrears = shown(today(LOST), "pension_arrears")
    cells = lost.get_by_role("cell", name=arrears)
    expect(cells.first).to_be_visible()
    assert cells.count() >= 2
    axe_finds_nothing(lost)


def test_the_answer_stays_in_sight_while_facts_are_typed(lost: Page) -> None:
    lost.get_by_role("textbox", name="Since paid to the member", exact=True).focus()
    settle(lost)
    expect(lost.get_by_role("heading", name="The cap cut this exit")).to_be_in_viewport()


def test_on_a_phone_the_answer_is_a_line_below_with_a_link_to_the_result(
    phone: Page, server_url: str, tmp_path: Path
) -> None:
    open_screen(phone, server_url, "member", "Check one member")
    opened(phone, CAPPED, tmp_path)
    total = shown(today(CAPPED), "member_total")
    short = phone.locator(".st-key-short")
    expect(short).to_be_in_viewport()
    expect(short.get_by_text(total)).to_be_visible()
    click(phone, short.get_by_role("link", name="See the result"))
    expect(phone.get_by_role("heading", name="Result", exact=True)).to_be_in_viewport()


def test_one_case_prints_on_three_pages(lost: Page, tmp_path: Path) -> None:
    lost.pdf(path=tmp_path / "case.pdf", format="A4", prefer_css_page_size=True)
    data = (tmp_path / "case.pdf").read_bytes()
    pages = data.count(b"/Type /Page\n") + data.count(b"/Type /Page ") + data.count(b"/Type/Page/")
    assert pages == 3
