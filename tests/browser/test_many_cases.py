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

from tests import ROOT
from tests.browser.hands import (
    arrive,
    axe_finds_nothing,
    choose,
    click,
    download,
    go_to,
    open_screen,
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
    start = page.get_by_role("button", name="Work out ")
    expect(start).to_be_visible()
    click(page, start)
    expect(page.get_by_role("heading", name=" read: ")).to_be_visible(timeout=90_000)
    settle(page)


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

    drawn = page.locator('[data-testid="stDataFrame"] canvas').first
    drawn.scroll_into_view_if_needed()
    box = drawn.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 18, box["y"] + 52)
    expect(page.get_by_role("heading", name=re.compile("^Case "))).to_be_visible()
    settle(page)

    type_in(page, "Case reference, or part of it", "S004")
    expect(page.get_by_text("Cases 1 to 1 of 1 of")).to_be_visible()
    choose(page, "Open a case", "S004")
    expect(page.get_by_role("heading", name="Case S004, row 5 of your file")).to_be_visible()
    settle(page)
    axe_finds_nothing(page)

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

    click(page, page.get_by_role("tab", name="Letters"))
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
    click(page, page.get_by_role("tab", name="Cases"))

    click(page, page.get_by_role("button", name="Edit as one case"))
    arrive(page, "Check one member")
    expect(page.get_by_role("textbox", name="Case reference (needed)")).to_have_value("S004")

    go_to(page, "Check a list")
    expect(page.get_by_role("heading", name=" read: ")).to_be_visible()


def test_a_file_full_of_problems(page: Page, server_url: str, tmp_path: Path) -> None:
    open_screen(page, server_url, "list", "Check a list")
    upload(page, PROBLEMS)
    work_out(page)
    click(page, page.get_by_role("tab", name="Problems"))
    expect(page.get_by_role("heading", name="By column")).to_be_visible()
    expect(page.get_by_text("to mend, which keep a case from being worked out")).to_be_visible()
    axe_finds_nothing(page)
    click(page, page.get_by_role("tab", name="Charts"))
    expect(page.get_by_role("heading", name="Cases by days left to claim")).to_be_visible()
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
    click(phone, phone.get_by_role("tab", name="Problems"))
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
    expect(page.get_by_role("heading", name="1 case read: ")).to_be_visible()
