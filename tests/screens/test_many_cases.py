"""The screen Check a list, without a browser: upload, columns, the list, corrections, one case opened."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from calculator.jobs import CALENDAR, LETTERS, desk
from calculator.jobs.case_list import Wanted
from calculator.letters.recipients import Recipient
from calculator.letters.word.house_letter import house_template
from calculator.letters.word.own import OwnLetter
from calculator.letters.words import LETTER_NOTES
from calculator.screens.many_cases.cases import PAGE_ROWS
from calculator.screens.many_cases.columns import KEPT
from calculator.screens.saved_settings import Settings
from tests import ROOT
from tests.jobs.test_desk import start_without_end
from tests.letters.test_tracker import fill_in
from tests.screens.screen import codes, unescaped, words

SAMPLE = ROOT / "sample_data" / "cases.csv"
AS_AT = Settings.from_toml("as_at = 2026-11-22\n")
OWN = (
    "Their no,Finished on,Gross due,Gross paid,Team\n"
    'N1,31/12/2020,"£99,500",95000,North\n'
    "N2,31/12/2020,ten,95000,South\n"
)
TWO = (
    b"case_ref,exit_date,severance_due,severance_paid\n"
    b"A1,2020-12-01,99000,95000\nB1,2020-12-01,99000,95000\nC1,2020-12-20,60000,60000\n"
)
SHORT = (
    b"case_ref,exit_date,severance_due,severance_paid\n"
    b"A1,31/12/20,99000,95000\nA2,30/11/20,99000,95000\nA3,soon,99000,95000\nA4,2020-12-31,99k,95000\n"
)
IN_WORDS = (
    "Case reference,Date of exit,Nation,Kind of employer,Settlement agreement signed,Severance due,Severance paid,"
    "Date paid\n"
    "A1,31/12/2020,England,Council,No,99000,95000,\n"
    "A2,31/12/2020,Scotland,Civil service,No,99000,,\n"
    "A3,31/12/2020,England,Academy,Yes,99000,,01/01/2019\n"
    "A4,01/06/2021,England,shop,,,95000,\n"
    "A5,soon,England,Council,,41k,,\n"
    "A6,31/12/2020,England,Council,,,,\n"
    "A7,31/12/2020,England,Council,,99000,95000,01/12/2027\n"
)
SCREEN = """
import streamlit as st
from calculator.screens import many_cases, one_case
from tests import ROOT
pages = [
    st.Page(one_case.show, title="Check one member", url_path="member", default=True),
    st.Page(many_cases.show, title="Check a list", url_path="list"),
]
st.navigation(pages)
many_cases.show()
"""


@pytest.fixture
def app() -> Iterator[AppTest]:
    made = AppTest.from_string(SCREEN, default_timeout=60)
    made.session_state["settings"] = AS_AT
    made.run()
    yield made
    if "bulk-desk" in made.session_state:
        made.session_state["bulk-desk"].drop()


def upload(app: AppTest, name: str, data: bytes) -> None:
    app.file_uploader[0].upload(name, data, "application/octet-stream").run()


def button(app: AppTest, label: str) -> bool:
    return any(each.label.startswith(label) for each in app.button)


def click(app: AppTest, label: str) -> None:
    found = next(each for each in app.button if unescaped(each.label).startswith(label))
    found.click().run()
    assert not app.exception


def until_button(app: AppTest, label: str) -> None:
    _until(app, lambda: button(app, label))


def until_words(app: AppTest, text: str) -> None:
    _until(app, lambda: text in words(app))


def _until(app: AppTest, is_there: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not is_there():
        assert time.monotonic() < end, words(app)
        time.sleep(0.1)
        app.run()
        assert not app.exception


def select(app: AppTest, label: str, value: object) -> None:
    next(each for each in app.selectbox if each.label == label).select(value).run()
    assert not app.exception


def worked_out(app: AppTest, name: str, data: bytes) -> None:
    upload(app, name, data)
    until_button(app, "Calculate ")
    click(app, "Calculate ")
    until_button(app, "Back to the columns")


def search(app: AppTest, text: str) -> None:
    next(each for each in app.text_input if each.label.startswith("Search")).input(text).run()
    assert not app.exception


def tile(app: AppTest, name: str) -> None:
    next(each for each in app.button_group if each.label == "Show").set_value(name).run()
    assert not app.exception


def part(app: AppTest, name: str) -> None:
    choice = next(each for each in app.button_group if each.label == "Part of the list")
    choice.set_value(name).run()
    assert not app.exception


def captions(app: AppTest) -> str:
    return unescaped("\n".join(str(each.value) for each in app.caption))


def opened(app: AppTest) -> str:
    """The heading of the case that is open."""
    found = [unescaped(str(each.value)) for each in app.subheader]
    return next(each for each in found if each.startswith("Case "))


def owed_to_members(app: AppTest) -> str:
    return str(next(each.value for each in app.metric if each.label.startswith("Owed to members")))


def downloads(app: AppTest) -> set[str]:
    return {each.proto.label for each in app.get("download_button")}


def until_enabled(app: AppTest, label: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while next(each for each in app.button if each.label == label).disabled:
        assert time.monotonic() < end
        time.sleep(0.1)
        app.run()


def headers(app: AppTest) -> list[str]:
    return [unescaped(str(each.value)) for each in app.header]


def test_the_template_comes_first_and_nothing_else_is_asked(app: AppTest) -> None:
    assert headers(app) == ["1. Get the template", "2. Upload your cases"]
    assert {".xlsx", ".ods", ".csv", ".txt"} <= set(app.file_uploader[0].allowed_type)
    assert not app.button


def test_the_sample_is_worked_out(app: AppTest) -> None:
    worked_out(app, "cases.csv", SAMPLE.read_bytes())
    summary = app.session_state["bulk-desk"].summary
    assert f"{summary.computed} of {summary.read} cases calculated." in headers(app)[-1]
    assert [each.label for each in app.metric] == [
        "Owed to members, with interest",
        "Owed to pension schemes, with interest",
    ]
    shown = app.dataframe[0].value
    assert len(shown) == min(PAGE_ROWS, summary.read)
    assert list(shown)[:7] == [
        "Days left",
        "Issue by",
        "Member",
        "Employer",
        "Status",
        "Owed to the member",
        "Owed to the fund",
    ]
    assert shown["Status"].iloc[0].startswith("Scots law: ask a lawyer. ")
    for _, case in shown[shown["Days left"] == 0].iterrows():
        assert case["Issue by"] == summary.as_at
        assert case["Status"].startswith("Start a claim today. ")
    assert "Two separate amounts: do not add them." in captions(app)
    assert app.session_state["bulk-desk"].name in words(app)


def test_a_case_is_found_by_name_opened_beside_the_list_and_edited(app: AppTest) -> None:
    worked_out(app, "cases.csv", SAMPLE.read_bytes())
    search(app, "dan example")
    assert set(app.dataframe[0].value["Member"]) == {"Dan Example"}
    select(app, "Open a case", 3)
    assert app.dataframe, "the list stays beside the case"
    assert opened(app) == "Case Dan Example S004, row 5 of your file"
    assert "To Dan Example now" in [each.label for each in app.metric]
    click(app, "Edit as one case")
    exits = app.session_state["exits"]
    assert [each["case_ref"] for each in exits] == ["S004"]
    assert exits[0]["exit_date"] == "11/12/2020"
    assert exits[0]["redundancy_due"].startswith("£")
    assert "goes into the list when you go back" in app.session_state["undo"][0]


def test_the_next_and_previous_case_open_from_the_case(app: AppTest) -> None:
    worked_out(app, "cases.csv", SAMPLE.read_bytes())
    tile(app, "facts")
    references = list(app.dataframe[0].value["Case reference"])
    select(app, "Open a case", row_of(app, references[1]))
    assert f"Case 2 of {len(references)}" in captions(app)
    for label, at in (("Next case", 2), ("Previous case", 1), ("Previous case", 0)):
        click(app, label)
        assert f" {references[at]}, row" in opened(app)
    assert next(each for each in app.button if each.label == "Previous case").disabled
    tile(app, "error")
    assert "Not among the cases shown now." in captions(app)
    click(app, "Close the case")
    assert not button(app, "Next case")


def row_of(app: AppTest, reference: str) -> int:
    lines = app.session_state["bulk-desk"].table.page(Wanted(search=reference), 0, 1)
    return int(lines[0].row)


def test_an_edited_case_goes_back_into_the_list_and_its_totals(app: AppTest) -> None:
    worked_out(app, "two.csv", TWO)
    before = owed_to_members(app)
    select(app, "Open a case", 1)
    click(app, "Edit as one case")
    app.session_state["exits"][0]["severance_paid"] = "80000"
    app.run()
    assert "Your changes to case B1 are in the list: " in words(app)
    assert "Severance or ex gratia payment paid" in words(app)
    assert owed_to_members(app) != before
    assert app.session_state["bulk-desk"].corrections[0].text == "80000"
    click(app, "Undo the last correction")
    assert owed_to_members(app) == before
    app.run()
    assert owed_to_members(app) == before, "not put back again"
    app.session_state["exits"][0]["severance_paid"] = "90000"
    app.run()
    assert owed_to_members(app) != before


def test_exits_added_and_removed_under_check_one_member_are_said_and_the_others_carried(
    app: AppTest,
) -> None:
    worked_out(
        app,
        "two.csv",
        b"case_ref,person_ref,exit_date,severance_due,severance_paid\n"
        b"A1,P1,2020-12-01,60000,60000\nA2,P1,2020-12-20,60000,35000\n",
    )
    select(app, "Open a case", 0)
    click(app, "Edit as one case")
    first, second = app.session_state["exits"]
    app.session_state["exits"] = [second, {"case_ref": "NEW", "exit_date": "22/12/2020"}]
    second["severance_paid"] = "30000"
    app.run()
    assert "1 exit added to case A1 under Check one member: not in the list." in words(app)
    assert "1 exit of case A1 removed under Check one member: still in the list." in words(app)
    assert [(each.row, each.text) for each in app.session_state["bulk-desk"].corrections] == [
        (1, "30000")
    ]
    app.session_state["exits"] = [first, second]
    app.run()
    assert "under Check one member: " not in words(app)


def test_another_case_under_check_one_member_never_goes_into_the_list(app: AppTest) -> None:
    worked_out(app, "two.csv", TWO)
    select(app, "Open a case", 1)
    click(app, "Edit as one case")
    app.session_state["exits"] = [{"case_ref": "OTHER", "exit_date": "31/12/2020"}]
    app.session_state["round"] = "as when a case is opened or cleared"
    app.run()
    assert "no longer holds the case that was opened from this list" in words(app)
    assert app.session_state["bulk-desk"].corrections == []
    app.run()
    assert "no longer holds" not in words(app), "said once"


def test_wrong_cells_are_corrected_on_the_screen(app: AppTest) -> None:
    worked_out(app, "short.csv", SHORT)
    part(app, "Correct")
    assert "4 cells to correct" in words(app)
    assert "B2, Date of exit**, case A1" in words(app)
    assert "It says: **31/12/20**." in words(app)
    click(app, "Accept 2 suggestions")
    assert "2 suggestions accepted for Date of exit." in words(app)
    assert headers(app)[-1] == "2 of 4 cases calculated. 2 need a correction."
    click(app, "Accept £99,000.00")
    assert "is now £99,000.00." in words(app)
    field = next(each for each in app.text_input if "for B4, Date of exit" in unescaped(each.label))
    field.input("31 December 2020").run()
    assert not app.exception
    assert "Date of exit of case A3 is now 31 December 2020." in words(app)
    assert headers(app)[-1] == "4 of 4 cases calculated."
    assert "to confirm: the case is calculated" in words(app)
    part(app, "Cases")
    assert list(app.dataframe[0].value["Status"]) == ["Owed, figures known"] * 4


def test_a_choice_is_corrected_by_choosing(app: AppTest) -> None:
    worked_out(app, "one.csv", b"case_ref,exit_date,employer_kind\nA1,2020-12-31,shop\n")
    part(app, "Correct")
    label = next(each.label for each in app.selectbox if "Kind of employer" in each.label)
    select(app, label, "council")
    assert "Kind of employer of case A1 is now Council." in words(app)
    assert app.session_state["bulk-desk"].summary.in_error == 0


def test_the_calendar_and_letters_are_for_all_shown_or_selected_cases(app: AppTest) -> None:
    worked_out(app, "cases.csv", SAMPLE.read_bytes())
    tile(app, "soon")
    shown = len(app.dataframe[0].value)
    app.session_state["bulk-selected"] = {app.session_state["bulk-desk"].number: {3}}
    part(app, "Letters and calendar")
    choice = next(each for each in app.radio if each.label == "For which cases")
    assert choice.options == [
        "All cases (157)",
        f"The cases shown in the list now ({shown})",
        "The cases selected in the list (1)",
    ]
    assert choice.value == "selected"
    until_enabled(app, "Make the calendar")
    click(app, "Make the calendar")
    until_enabled(app, "Make the calendar")
    assert downloads(app) >= {"Download the calendar"}
    assert b"S004" in app.session_state["bulk-desk"].content(CALENDAR)
    choice.set_value("all").run()
    assert "Download the calendar" not in downloads(app), "made for other cases"


def test_reminders_are_written_where_the_index_of_letters_is_uploaded(
    app: AppTest, tmp_path: Path
) -> None:
    worked_out(app, "two.csv", TWO)
    part(app, "Letters and calendar")
    until_enabled(app, "Write the letters")
    click(app, "Write the letters")
    until_enabled(app, "Write the letters")
    index = tmp_path / "index.xlsx"
    with ZipFile(BytesIO(app.session_state["bulk-desk"].content(LETTERS))) as made:
        index.write_bytes(made.read("index.xlsx"))
    fill_in(index, "A1", "member", sent_on=date(2026, 11, 1), reply_due=date(2026, 11, 15))
    app.file_uploader[-1].upload("index.xlsx", index.read_bytes(), "application/xlsx").run()
    assert "Only reminders are written" in words(app)
    assert "Download the letters (zip)" not in downloads(app), "made without the index"
    click(app, "Write the reminders")
    until_enabled(app, "Write the reminders")
    assert "1 reminder written." in words(app)
    assert "Download the letters (zip)" in downloads(app)


def test_the_other_exits_of_the_person_come_along(app: AppTest) -> None:
    worked_out(
        app,
        "two.csv",
        b"case_ref,person_ref,exit_date,severance_due,severance_paid\n"
        b"A1,P1,2020-12-01,60000,60000\nB1,P2,2020-12-01,1,1\nA2,P1,2020-12-20,60000,35000\n",
    )
    select(app, "Open a case", 2)
    assert "Other exits of this person in the file: A1." in words(app)
    click(app, "Edit as one case")
    assert [each["case_ref"] for each in app.session_state["exits"]] == ["A1", "A2"]
    assert app.session_state["current_exit"] == 1


def test_no_code_is_on_the_screen_of_a_list(app: AppTest) -> None:
    upload(app, "own.csv", IN_WORDS.encode())
    until_button(app, "Calculate ")
    assert codes(app) == set()
    click(app, "Calculate ")
    until_button(app, "Back to the columns")
    for name in ("Correct", "Charts", "Letters and calendar", "Files", "Cases"):
        part(app, name)
        assert codes(app) == set(), name
    for row in range(IN_WORDS.count("\n") - 1):
        select(app, "Open a case", row)
        assert codes(app) == set(), row


def test_filters_narrow_the_table_and_can_be_taken_away(app: AppTest) -> None:
    worked_out(app, "cases.csv", SAMPLE.read_bytes())
    tile(app, "facts")
    assert set(app.dataframe[0].value["Status"]) == {"Facts needed"}
    of_tile = owed_to_members(app)
    search(app, "no such employer")
    assert "No case fits" in words(app)
    search(app, "")
    tile(app, "all")
    assert owed_to_members(app) != of_tile
    app.multiselect[0].select("near_line").run()
    assert set(app.dataframe[0].value["Status"]) == {"Just under the cap"}
    app.multiselect[0].unselect("near_line").run()
    select(app, "Order", "file")
    assert list(app.dataframe[0].value["Row"])[:3] == [2, 3, 4]


def test_headings_of_their_own_are_given_a_meaning_once(app: AppTest) -> None:
    upload(app, "own.csv", OWN.encode())
    until_button(app, "Calculate 2")
    assert "Say which column holds: Case reference, Date of exit" in words(app)
    assert next(each for each in app.button if each.label == "Calculate 2 cases").disabled
    for label, name in (
        ("Their no", "case_ref"),
        ("Finished on", "exit_date"),
        ("Gross due", "severance_due"),
        ("Gross paid", "severance_paid"),
    ):
        select(app, label, name)
    assert "Of 5 columns, 4 are read" in words(app)
    team = next(each for each in app.selectbox if each.label == "Team")
    assert team.value == KEPT
    assert "Case reference" not in team.options
    click(app, "Calculate 2")
    until_button(app, "Back to the columns")
    assert headers(app)[-1] == "1 of 2 cases calculated. 1 needs a correction."
    part(app, "Correct")
    assert "1 cell to correct" in words(app)
    again = OWN.replace("N2", "N3").encode()
    upload(app, "own again.csv", again)
    until_button(app, "Calculate 2")
    assert "Of 5 columns, 4 are read" in words(app)


def test_a_new_file_drops_the_old_results(app: AppTest) -> None:
    worked_out(app, "cases.csv", SAMPLE.read_bytes())
    select(app, "Open a case", 3)
    upload(app, "own.csv", OWN.encode())
    until_button(app, "Calculate 2")
    assert not app.dataframe
    assert not app.metric
    assert not any("S004" in each for each in headers(app))


def test_a_file_that_cannot_be_used_is_said_and_another_can_be_given(app: AppTest) -> None:
    upload(app, "torn.xlsx", b"PK\x03\x04 and no more")
    end = time.monotonic() + 60
    while not app.error:
        assert time.monotonic() < end
        time.sleep(0.1)
        app.run()
    assert "torn.xlsx: Cannot be opened as a workbook." in words(app)
    upload(app, "own.csv", OWN.encode())
    until_button(app, "Calculate 2")
    assert not app.error


@pytest.mark.parametrize("font", ["Arimo", "DejaVu Sans"])
def test_a_pdf_without_a_font_of_the_letters_widths_is_warned_of(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, font: str
) -> None:
    pytest.importorskip("typst")
    monkeypatch.setattr("calculator.letters.word.fonts.installed", lambda: {font})
    monkeypatch.setattr("calculator.screens.letters.which", lambda _: "soffice")
    own = OwnLetter("ours.docx", house_template(Recipient.EMPLOYER))
    app.session_state["own-letters"] = {Recipient.EMPLOYER: own}
    worked_out(app, "own.csv", b"case_ref,exit_date\nA1,2020-12-31\n")
    part(app, "Letters and calendar")
    warning = f"ours.docx: {LETTER_NOTES['other_font']}"
    assert warning not in words(app)
    next(each for each in app.checkbox if each.label.startswith("A PDF beside")).check().run()
    assert (warning in words(app)) is (font != "Arimo")


def test_cancel_brings_the_columns_back(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    upload(app, "cases.csv", SAMPLE.read_bytes())
    until_button(app, "Calculate ")
    monkeypatch.setattr(desk, "start", start_without_end)
    click(app, "Calculate ")
    click(app, "Cancel")
    until_button(app, "Calculate ")
    assert not app.error


def test_results_from_before_a_change_of_settings_say_so(app: AppTest) -> None:
    worked_out(app, "own.csv", b"case_ref,exit_date\nA1,2020-12-31\n")
    assert "Since then" not in words(app)
    app.session_state["settings"] = Settings.from_toml("as_at = 2026-12-24\n")
    app.run()
    assert "Since then the day of calculation is now 24 December 2026" in words(app)


def test_text_of_a_file_is_never_taken_for_markup(app: AppTest) -> None:
    data = (
        "case_ref,exit_date,employer_name,:red[Team] $x$\n"
        "**A1**,2020-12-31,<b>Council</b>,y\n*A1,soon,[x](https://example.org),y\n"
    )
    worked_out(app, "a*b*.csv", data.encode())
    select(app, "Open a case", 0)
    assert r"Case \*\*A1\*\*" in str(app.subheader[0].value)
    assert not any("](https://example.org)" in str(each.value) for each in app.markdown)


def test_which_sheet_is_asked_where_several_could_hold_the_cases(app: AppTest) -> None:
    book = openpyxl.Workbook()
    for name in ("North", "South"):
        page = book.create_sheet(name)
        page.append(["Case", "Date left", "Severance due", "Severance paid"])
        page.append([f"{name} 1", "31/12/2020", 99500, 95000])
    book.remove(book.worksheets[0])
    held = BytesIO()
    book.save(held)
    upload(app, "two.xlsx", held.getvalue())
    until_words(app, "Several sheets could hold the cases")
    assert not [each for each in app.button if each.label.startswith("Calculate")]
    sheets = next(each for each in app.selectbox if each.label == "Sheet with the cases")
    assert sheets.options[2] == "All 2 sheets with the same headings (2 rows)"
    sheets.select_index(1).run()
    assert "Read: sheet South. Not read: North (2 rows)." in words(app)
    next(each for each in app.selectbox if each.label == "Sheet with the cases").select_index(
        2
    ).run()
    assert "Read: sheets North, South." in words(app)
    click(app, "Calculate 2 cases")
    until_button(app, "Back to the columns")
    assert headers(app)[-1] == "2 of 2 cases calculated."
