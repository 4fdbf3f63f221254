"""Many cases in a real browser: from a spreadsheet to a workbook of results whose cells are checked."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from calculator.screens.many_cases.cases import ROW_HEIGHT
from tests import ROOT
from tests.browser.hands import (
    arrive,
    axe_finds_nothing,
    choose,
    click,
    download,
    every_field,
    go_to,
    open_screen,
    owed,
    settle,
    type_in,
    upload,
)

SAMPLE = ROOT / "sample_data" / "cases.csv"
PROBLEMS = ROOT / "sample_data" / "every_problem.csv"
AS_AT = "2026-11-22"


def set_day(page: Page, url: str) -> None:
    open_screen(page, url, "settings", "Settings")
    type_in(page, "Day of calculation", AS_AT)
    go_to(page, "Check a list")


def work_out(page: Page) -> None:
    start = page.get_by_role("button", name="Calculate ")
    expect(start).to_be_visible()
    click(page, start)
    expect(page.get_by_role("heading", name=" calculated.")).to_be_visible(timeout=90_000)
    settle(page)


def part(page: Page, name: str) -> None:
    click(page, page.get_by_test_id("stButtonGroup").get_by_role("radio", name=name))


def cell(page: Page, row: int, across: float) -> None:
    """Click into a row of the list, so far from its left edge."""
    drawn = page.locator('[data-testid="stDataFrame"] canvas').first
    drawn.scroll_into_view_if_needed()
    drawn.locator('[role="gridcell"]').first.wait_for(state="attached")
    box = drawn.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + across, box["y"] + 68 + ROW_HEIGHT * row)
    settle(page)


TICK, MEMBER = 18, 260


def test_the_sample_from_upload_to_a_workbook_of_results(
    page: Page, server_url: str, tmp_path: Path
) -> None:
    set_day(page, server_url)
    axe_finds_nothing(page)
    template = download(page, "Download the template", tmp_path)
    assert "Cases" in openpyxl.load_workbook(template).sheetnames

    upload(page, SAMPLE)
    expect(page.get_by_role("heading", name="3. Check the columns")).to_be_visible()
    settle(page)
    axe_finds_nothing(page)
    work_out(page)
    expect(page.get_by_text("do not add them")).to_be_visible()

    cell(page, 1, MEMBER)
    expect(page.get_by_role("heading", name=re.compile("^Case .*S015"))).to_be_visible()
    assert beside(page), "the case is beside the list and in sight"
    click(page, page.get_by_role("button", name="Next case"))
    expect(page.get_by_text("Case 3 of 157")).to_be_visible()

    type_in(page, "Search by name, reference or employer", "S004")
    expect(page.get_by_text("Cases 1 to 1 of 1 of")).to_be_visible()
    choose(page, "Open a case", "S004")
    expect(page.get_by_role("heading", name="S004, row 5 of your file")).to_be_visible()
    settle(page)
    axe_finds_nothing(page)

    part(page, "Files")
    results = download(page, "Results workbook", tmp_path)
    assert results.name == "cases-results.xlsx"
    by_command = tmp_path / "by_command.xlsx"
    subprocess.run(  # noqa: S603 - our own command
        [
            *(sys.executable, "-m", "calculator", "assess", str(SAMPLE), str(by_command)),
            *("--as-at", AS_AT),
        ],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    mine, theirs = openpyxl.load_workbook(results), openpyxl.load_workbook(by_command)
    assert mine.sheetnames == theirs.sheetnames
    for name in mine.sheetnames:
        assert list(mine[name].values) == list(theirs[name].values), name

    part(page, "Letters and calendar")
    click(page, page.get_by_text("All cases (157)"))
    write = page.get_by_role("button", name="Write the letters")
    expect(write).to_be_enabled()
    settle(page)
    axe_finds_nothing(page)
    click(page, write)
    letters = download(page, "Download the letters (zip)", tmp_path)
    axe_finds_nothing(page)
    with ZipFile(letters) as found:
        names = found.namelist()
        assert any(name.startswith("letters/member/S001_member_") for name in names)
        held = [name for name in names if name.startswith("letters/employer/S001_")]
        assert not held, "held: to check first"
        assert "index.xlsx" in found.namelist()


def beside(page: Page) -> bool:
    listed = page.locator(".st-key-list").bounding_box()
    opened = page.locator(".st-key-opened").bounding_box()
    assert listed is not None
    assert opened is not None
    return opened["x"] > listed["x"] + listed["width"] - 1 and 0 < opened["y"] < 600


def test_a_case_edited_on_its_own_goes_back_into_the_list(
    page: Page, server_url: str, tmp_path: Path
) -> None:
    set_day(page, server_url)
    expect(
        page.get_by_text("Results are as at 22 November 2026, which is not today.")
    ).to_be_visible()
    upload(page, SAMPLE)
    work_out(page)
    before = owed(page, "members")
    choose(page, "Open a case", "S004")
    click(page, page.get_by_role("button", name="Edit as one case"))
    arrive(page, "Check one member")
    expect(page.get_by_text("goes into the list when you go back")).to_be_visible()
    every_field(page)
    type_in(page, "Redundancy pay paid", "90,000")
    go_to(page, "Check a list")
    expect(
        page.get_by_text("Your changes to case S004 are in the list: Redundancy pay paid.")
    ).to_be_visible()
    assert owed(page, "members") != before
    axe_finds_nothing(page)
    part(page, "Files")
    corrected = download(page, "Corrected sheet", tmp_path)
    head, *rows = openpyxl.load_workbook(corrected)["Cases"].values
    assert rows[3][head.index("redundancy_paid")] == "90,000"


def test_rows_are_ticked_for_letters_and_the_calendar(
    page: Page, server_url: str, tmp_path: Path
) -> None:
    set_day(page, server_url)
    upload(page, SAMPLE)
    work_out(page)
    click(page, page.get_by_role("radio", name="Start a claim within"))
    cell(page, 0, TICK)
    cell(page, 1, TICK)
    expect(page.get_by_text("2 selected")).to_be_visible()
    part(page, "Letters and calendar")
    expect(page.get_by_role("radio", name="The cases selected in the list (2)")).to_be_checked()
    make = page.get_by_role("button", name="Make the calendar")
    expect(make).to_be_enabled(timeout=120_000)
    axe_finds_nothing(page)
    click(page, make)
    days = download(page, "Download the calendar", tmp_path)
    assert days.name == "cases-last-days.ics"
    references = set(re.findall(r"SUMMARY:(\w+): ", days.read_text(encoding="utf-8")))
    assert len(references) == 2
    part(page, "Cases")
    expect(page.get_by_text("2 selected")).to_be_visible()
    click(page, page.get_by_role("button", name="Clear the selection"))
    expect(page.get_by_text("2 selected")).to_have_count(0)


def test_wrong_cells_are_corrected_at_once_and_the_page_stays_where_it_is(
    page: Page, server_url: str
) -> None:
    open_screen(page, server_url, "list", "Check a list")
    upload(page, SAMPLE)
    work_out(page)
    part(page, "Correct")
    click(page, page.get_by_role("button", name="Accept £95,000.00"))
    expect(page.get_by_text("Redundancy pay due of case S127 is now £95,000.00.")).to_be_visible()
    expect(page.get_by_role("heading", name="14 need a correction")).to_be_visible()
    type_in(page, "The right value for X129, Pension strain paid", "0")
    expect(page.get_by_text("Pension strain paid of case S128 is now 0.")).to_be_visible()
    expect(page.get_by_role("heading", name="13 need a correction")).to_be_visible()
    axe_finds_nothing(page)


def test_a_file_full_of_problems(page: Page, server_url: str, tmp_path: Path) -> None:
    open_screen(page, server_url, "list", "Check a list")
    upload(page, PROBLEMS)
    work_out(page)
    part(page, "Correct")
    expect(page.get_by_role("heading", name="By column")).to_be_visible()
    expect(page.get_by_text("to correct: the case is not calculated until then")).to_be_visible()
    axe_finds_nothing(page)
    part(page, "Charts")
    expect(page.get_by_role("heading", name="Cases by days left to claim")).to_be_visible()
    axe_finds_nothing(page)
    part(page, "Files")
    axe_finds_nothing(page)
    path = download(page, "Problems workbook", tmp_path)
    marked = openpyxl.load_workbook(path)["Cases"]
    assert any(cell.value for cell in marked[marked.dimensions.split(":")[1].rstrip("0123456789")])

    click(page, page.get_by_text("Use another file, or get the template"))
    torn = tmp_path / "torn.xlsx"
    torn.write_bytes(b"PK\x03\x04 and no more")
    upload(page, torn)
    expect(page.get_by_text("Cannot be opened as a workbook")).to_be_visible()
    settle(page)
    axe_finds_nothing(page)


@pytest.mark.parametrize("name", ["cases.csv", "every_problem.csv"])
def test_on_a_phone_nothing_runs_off_the_side(phone: Page, server_url: str, name: str) -> None:
    open_screen(phone, server_url, "list", "Check a list")
    upload(phone, ROOT / "sample_data" / name)
    work_out(phone)
    axe_finds_nothing(phone)
    opened = phone.locator(".st-key-opened")
    choose(phone, "Open a case", "row 2")
    expect(opened).to_be_in_viewport()
    axe_finds_nothing(phone)
    assert not phone.evaluate("document.documentElement.scrollWidth > innerWidth")
    part(phone, "Correct")
    axe_finds_nothing(phone)
    assert not phone.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_two_people_each_see_only_their_own_file(
    page: Page, phone: Page, server_url: str, tmp_path: Path
) -> None:
    own = tmp_path / "private-list.csv"
    own.write_text("case_ref,exit_date\nSECRET-1,2020-12-31\n", encoding="utf-8")
    open_screen(page, server_url, "list", "Check a list")
    upload(page, own)
    work_out(page)
    open_screen(phone, server_url, "list", "Check a list")
    expect(phone.get_by_role("heading", name="1. Get the template")).to_be_visible()
    assert "private-list" not in phone.content()
    upload(phone, SAMPLE)
    work_out(phone)
    assert "SECRET-1" not in phone.content()
    expect(page.get_by_role("heading", name="1 of 1 case calculated.")).to_be_visible()
