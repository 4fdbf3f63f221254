"""The person's own workbook, marked: what was theirs is as it was, each wrong cell says what to enter."""

from __future__ import annotations

import re
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from calculator.facts.problems import Problem, Severity
from calculator.files.limited import Limits
from calculator.spreadsheets import problems_workbook
from calculator.spreadsheets.answers import PROBLEM_HEADS
from calculator.spreadsheets.marked_workbook import NOTE_STARTS
from calculator.spreadsheets.problems_workbook import Plan, plan_for, write_problems
from calculator.spreadsheets.read import read_cases, read_sheet
from tests import hostile
from tests.needs import SOFFICE, needs
from tests.spreadsheets.marking import HEADS, MUST_FIX, accepted, marked, opened, rewritten

CONFIRM = "FFFFE8B3"


def their_workbook(path: Path) -> Path:
    """A workbook as a branch keeps it: a title, formulas, a list, conditional formats, three sheets."""
    book = xlsxwriter.Workbook(str(path))
    page, lists, hidden = (book.add_worksheet(name) for name in ("Leavers", "Lists", "Old"))
    title = book.add_format({"bold": True, "bg_color": "#FFFF00"})
    money = book.add_format({"num_format": "£#,##0.00"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    page.set_column(0, 0, 23)
    page.set_column(1, 3, 14)
    page.merge_range(0, 0, 0, 4, "Leavers 2020/21", title)
    page.write_row(2, 0, HEADS)
    for row in range(3, 9):
        page.write(row, 0, f"A{row}")
        page.write_datetime(row, 1, date(2020, 12, row), day)
        page.write_number(row, 2, 50_000.25, money)
        page.write_number(row, 3, 45_000, money)
        page.write_string(row, 4, "=1+1")
        page.write_formula(row, 5, f"=C{row + 1}-D{row + 1}", money, 5_000.25)
    page.write_string(3, 2, "41k", title)
    page.write_comment(3, 2, "Ask Jo.", {"author": "Kim"})
    page.write_string(4, 1, "soon", day)
    page.write_formula(5, 3, '=LEFT("ten",3)', money, "ten")
    page.write_rich_string(6, 4, "was ", title, "late", " again")
    page.write_number(7, 3, 60_000, money)
    page.write_number(8, 4, 3_000_000_000, day)
    page.freeze_panes(3, 1)
    page.data_validation("E4:E20", {"validate": "list", "source": "=Lists!$A$1:$A$2"})
    page.conditional_format("C4:D20", {"type": "cell", "criteria": ">", "value": 9, "format": day})
    page.set_row(12, 33)
    page.protect("", {"format_cells": True})
    lists.write_column(0, 0, ["yes", "no"])
    lists.add_table("C1:D4", {"name": "Rates", "columns": [{"header": "x"}, {"header": "y"}]})
    hidden.write(0, 0, "kept")
    hidden.write_url(1, 0, "https://example.org/")
    hidden.hide()
    book.define_name("answers", "=Lists!$A$1:$A$2")
    book.close()
    return path


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("marked")
    source, out = their_workbook(folder / "in.xlsx"), folder / "out.xlsx"
    assert marked(source, out)[2] == Plan(
        True,
        [
            "The workbook of problems is your own file, marked, without: the size and the look of notes. "
            "Keep your own file for these."
        ],
    )
    return source, out


@pytest.fixture(scope="module")
def books(files: tuple[Path, Path]) -> tuple[Any, Any]:
    theirs, ours = (opened(path, rich_text=True) for path in files)
    return theirs, ours


def test_every_cell_is_as_it_was_but_for_its_shade(books: tuple[Any, Any]) -> None:
    theirs, ours = books
    assert ours.sheetnames == [*theirs.sheetnames, "Problems"]
    for page in theirs.worksheets:
        for row in page.iter_rows():
            for cell in row:
                other = ours[page.title][cell.coordinate]
                place = f"{page.title}!{cell.coordinate}"
                assert (other.value, other.data_type) == (cell.value, cell.data_type), place
                for part in ("number_format", "font", "border", "alignment", "protection"):
                    assert repr(getattr(other, part)) == repr(getattr(cell, part)), place


def test_formulas_keep_the_value_they_had(files: tuple[Path, Path]) -> None:
    before, after = (opened(path, data_only=True)["Leavers"] for path in files)
    assert before["F4"].value == 5_000.25
    assert before["D6"].value == "ten"
    for row in before.iter_rows(min_col=4, max_col=6):
        assert [after[cell.coordinate].value for cell in row] == [cell.value for cell in row]


def test_what_stands_round_the_cells_is_as_it_was(books: tuple[Any, Any]) -> None:
    theirs, ours = books
    assert {k: v.attr_text for k, v in ours.defined_names.items()} == {
        k: v.attr_text for k, v in theirs.defined_names.items()
    }
    for page in theirs.worksheets:
        other = ours[page.title]
        assert other.sheet_state == page.sheet_state
        assert other.freeze_panes == page.freeze_panes
        assert other.merged_cells.ranges == page.merged_cells.ranges
        assert {k: v.width for k, v in other.column_dimensions.items()} == {
            k: v.width for k, v in page.column_dimensions.items()
        }
        assert other.row_dimensions[13].height == page.row_dimensions[13].height
        assert [dict(v) for v in other.data_validations.dataValidation] == [
            dict(v) for v in page.data_validations.dataValidation
        ]
        assert [
            (str(r.sqref), [(rule.type, rule.formula, rule.dxf) for rule in r.rules])
            for r in other.conditional_formatting
        ] == [
            (str(r.sqref), [(rule.type, rule.formula, rule.dxf) for rule in r.rules])
            for r in page.conditional_formatting
        ]
        assert other.tables.items() == page.tables.items()
        assert dict(other.protection) == dict(page.protection)
    assert ours["Old"]["A2"].hyperlink.target == "https://example.org/"


def test_wrong_cells_are_shaded_and_say_what_to_enter(books: tuple[Any, Any]) -> None:
    page = books[1]["Leavers"]
    shades = {
        cell.coordinate: cell.fill.start_color.rgb
        for row in page.iter_rows(min_row=4)
        for cell in row
        if cell.fill.fill_type
    }
    assert shades == {"C4": MUST_FIX, "B5": MUST_FIX, "D6": MUST_FIX, "D8": CONFIRM}
    assert page["B5"].comment.text.startswith(f"{NOTE_STARTS}\nMust fix: This is not a day. Enter")
    assert page["D8"].comment.text.startswith(f"{NOTE_STARTS}\nPlease confirm: More was paid")


def test_a_note_of_theirs_stays_and_ours_follows(books: tuple[Any, Any]) -> None:
    note = books[1]["Leavers"]["C4"].comment
    assert note.author == "Kim"
    assert note.text.startswith(f"Ask Jo.\n\n{NOTE_STARTS}\nMust fix: Thousands cannot be")
    assert "Suggestion: 41,000.00" in note.text


def test_the_sheet_of_problems_has_each_with_a_link_and_a_choice(books: tuple[Any, Any]) -> None:
    page = books[1]["Problems"]
    head, *rows = page.iter_rows()
    assert tuple(cell.value for cell in head) == PROBLEM_HEADS
    found = {row[1].value: [cell.value for cell in row] for row in rows}
    assert list(found) == ["C4", "B5", "D6", "D8"]
    assert found["C4"][0] == "Leavers"
    assert found["C4"][2:5] == ["A3", "Severance due", "must fix"]
    assert found["C4"][7:] == ["41,000.00", None, "41k"]
    assert rows[0][1].hyperlink.location == "'Leavers'!C4"
    (choice,) = page.data_validations.dataValidation
    assert (str(choice.sqref), choice.formula1) == ("I2:I5", '"yes"')


def test_it_is_read_again_as_the_same_cases(files: tuple[Path, Path]) -> None:
    before, after = (read_sheet(path) for path in files)
    assert (after.headings, after.rows, after.row_numbers) == (
        before.headings,
        before.rows,
        before.row_numbers,
    )
    assert after.notices == before.notices
    assert read_cases(after).problems == read_cases(before).problems


def test_marked_twice_it_is_the_same(files: tuple[Path, Path], tmp_path: Path) -> None:
    marked(files[1], tmp_path / "again.xlsx")
    once, twice = (opened(path) for path in (files[1], tmp_path / "again.xlsx"))
    assert twice.sheetnames == once.sheetnames
    for page in once.worksheets:
        for row in page.iter_rows():
            for cell in row:
                other = twice[page.title][cell.coordinate]
                assert other.value == cell.value
                assert repr(other.fill) == repr(cell.fill)
                assert (other.comment and other.comment.text) == (
                    cell.comment and cell.comment.text
                )


@contextmanager
def changed(path: Path) -> Iterator[Any]:
    """The workbook as a person changes it."""
    book = opened(path)
    yield book
    book.save(path)


def test_what_is_corrected_has_its_own_look_again(tmp_path: Path) -> None:
    source, out, again = (tmp_path / f"{name}.xlsx" for name in ("in", "out", "again"))
    marked(their_workbook(source), out)
    with changed(out) as book:
        book["Leavers"]["C4"] = 41_000
        book["Leavers"]["B5"] = date(2020, 12, 31)
    marked(out, again)
    theirs, page = (opened(path)["Leavers"] for path in (source, again))
    for address in ("C4", "B5"):
        assert repr(page[address].fill) == repr(theirs[address].fill)
    assert page["C4"].comment.text == "Ask Jo."
    assert page["B5"].comment is None
    rows = opened(again)["Problems"].iter_rows(min_row=2, values_only=True)
    # Formulas were not calculated again by the test: in Excel they are.
    assert {row[1] for row in rows} >= {"D8"}


def test_a_sheet_of_theirs_named_problems_stays(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(HEADS[:4])
    page.append(["A1", "soon", 1, 1])
    book.create_sheet("problems").append(["What", "Who"])
    book.save(path)
    marked(path, tmp_path / "out.xlsx")
    found = opened(tmp_path / "out.xlsx")
    assert found.sheetnames == ["Sheet", "problems", "Problems 2"]
    assert found["problems"]["A1"].value == "What"


def test_a_fact_without_a_column_is_marked_at_the_case_reference(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["Case reference", "Exit date", "Top-up paid"])
    page.append(["A1", date(2020, 12, 31), 500])
    book.save(path)
    sheet = read_sheet(path)
    problem = Problem(0, "top_up_date", "The day is missing.", "Enter the day.", Severity.MUST_FIX)
    write_problems(tmp_path / "out.xlsx", sheet, [problem], plan_for(sheet, [problem]))
    note = opened(tmp_path / "out.xlsx")["Sheet"]["A2"].comment
    assert note.text == (
        f"{NOTE_STARTS}\nMust fix: Since paid on: The day is missing. Enter the day."
    )


@pytest.mark.parametrize("wrong", ["B2", "C2"])
def test_a_name_in_two_columns_is_marked_at_the_first(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "in.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["Case reference", "Forename", "Surname", "Exit date"])
    page.append(["A1", "Ann", "Example", date(2020, 12, 31)])
    page[wrong] = "#N/A"
    book.save(path)
    sheet, problems, _ = marked(path, tmp_path / "out.xlsx")
    assert [sheet.locate(problem) for problem in problems] == [("B2", "Forename")]
    page = opened(tmp_path / "out.xlsx")["Sheet"]
    assert [page[cell].fill.fill_type for cell in ("B2", "C2")] == ["solid", None]


LIST_ON_ANOTHER_SHEET = (
    '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1"><x14:dataValidation '
    'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" '
    'xr:uid="{00000000-0002-0000-0000-000000000000}" type="list" allowBlank="1"><x14:formula1>'
    "<xm:f>Lists!$A$1:$A$2</xm:f></x14:formula1><xm:sqref>E2:E9</xm:sqref></x14:dataValidation>"
    "</x14:dataValidations></ext></extLst></worksheet>"
)


def test_drop_downs_that_newer_excel_keeps_apart_stay(tmp_path: Path) -> None:
    accepted(tmp_path)
    path = tmp_path / "in.xlsx"
    rewritten(path, "xl/worksheets/sheet1.xml", "</worksheet>", LIST_ON_ANOTHER_SHEET)
    _, _, plan = marked(path, tmp_path / "out.xlsx")
    assert plan == Plan(True, [])
    with zipfile.ZipFile(tmp_path / "out.xlsx") as out:
        markup = out.read("xl/worksheets/sheet1.xml").decode()
    assert "<xm:f>Lists!$A$1:$A$2</xm:f>" in markup
    assert "revision" not in markup
    assert re.search(r"</extLst></worksheet>$", markup)


def test_a_number_that_is_no_day_keeps_its_value_though_it_is_shown_as_one(
    files: tuple[Path, Path],
) -> None:
    with zipfile.ZipFile(files[1]) as out:
        assert b"<v>3000000000</v>" in out.read("xl/worksheets/sheet1.xml")


def test_numbers_keep_every_digit(tmp_path: Path) -> None:
    accepted(tmp_path)
    path = tmp_path / "in.xlsx"
    rewritten(path, "xl/worksheets/sheet1.xml", "<v>30000</v>", "<v>0.30000000000000004</v>")
    marked(path, tmp_path / "out.xlsx")
    assert opened(tmp_path / "out.xlsx")["Sheet"]["D2"].value == 0.1 + 0.2


def test_a_workbook_that_openpyxl_cannot_open_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    accepted(tmp_path)
    path = tmp_path / "in.xlsx"
    sheet = read_sheet(path)
    rewritten(path, "xl/styles.xml", "<cellXfs", "<cellXfz")
    problems = read_cases(sheet).problems
    said = write_problems(tmp_path / "out.xlsx", sheet, problems, Plan(True, []))
    assert said == (
        "The problems are marked in a new workbook with your cases, not in your own file: it cannot be "
        "opened for that, or is too large."
    )
    assert opened(tmp_path / "out.xlsx")["Cases"]["C2"].value == "41k"
    assert {each.name for each in tmp_path.iterdir()} == {"in.xlsx", "out.xlsx"}


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(HEADS[:4])
    page.append(["x", "x", 1, 1])
    for address in ("A2", "B2"):
        page[address].value, page[address].data_type = '=HYPERLINK("http://example.org")', "s"
    page["B2"].comment = Comment("=1+1", "Kim")
    page["B2"].fill = PatternFill("lightUp", fgColor="FF00FF00")
    book.save(path)
    marked(path, tmp_path / "out.xlsx")
    found = opened(tmp_path / "out.xlsx")
    for page in found.worksheets:
        assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    assert found["Problems"]["J2"].fill.fill_type == "lightUp"


@needs("calc")
def test_another_program_opens_it_and_saves_it_as_the_same_cases(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = [SOFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path)]
    subprocess.run([*convert, str(files[1])], capture_output=True, check=True)  # noqa: S603
    before, after = read_sheet(files[0]), read_sheet(tmp_path / "out.xlsx")
    assert [row[:4] for row in after.rows] == [row[:4] for row in before.rows]
    page = opened(tmp_path / "out.xlsx")["Leavers"]
    assert page["C4"].fill.start_color.rgb == MUST_FIX
    assert NOTE_STARTS in page["B5"].comment.text


def with_comments(path: Path, comments: hostile.Part) -> Path:
    """A workbook whose sheet has a part of comments."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
    types = hostile.package()[0]
    told = inflated(types).replace(
        b"</Types>",
        f'<Override PartName="/xl/{comments.name[3:]}" ContentType="{kind}"/></Types>'.encode(),
    )
    related = hostile.part(
        "xl/worksheets/_rels/s1.xml.rels",
        f'<Relationships xmlns="{hostile.PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{hostile.RELATIONS}/comments" Target="../comments1.xml"/></Relationships>',
    )
    table = hostile.row(1, hostile.HEADINGS) + hostile.row(2, ("A", "soon", hostile.MARKER))
    more = (hostile.part(types.name, told), comments, related)
    return hostile.xlsx(path, hostile.sheet(table), more)


def inflated(part: hostile.Part) -> bytes:
    return zlib.decompress(part.packed, -zlib.MAX_WBITS)


COMMENTS = f'<comments xmlns="{hostile.MAIN}"><authors><author>Kim</author></authors><commentList>'


COMMENT = '<comment ref="C2" authorId="0"><text><t>{}</t></text></comment>'


def test_a_workbook_made_to_exhaust_memory_ends_its_own_process_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = Limits(memory=300_000_000, cpu_seconds=20)
    monkeypatch.setattr(problems_workbook, "_LIMITS", limits)
    block = COMMENT.format("x") * 2_000
    bomb = hostile.repeated("xl/comments1.xml", COMMENTS, block, 2_000, "</commentList></comments>")
    sheet = read_sheet(with_comments(tmp_path / "in.xlsx", bomb))
    problems = read_cases(sheet).problems
    plan = plan_for(sheet, problems)
    assert plan.own
    assert "it cannot be opened for that, or is too large." in write_problems(
        tmp_path / "out.xlsx", sheet, problems, plan
    )
    assert opened(tmp_path / "out.xlsx")["Cases"]["C2"].value == hostile.MARKER


def test_nothing_of_this_machine_gets_into_a_marked_workbook(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("on this machine alone")
    text = (
        f'<!DOCTYPE w [<!ENTITY j SYSTEM "{secret.as_uri()}">]>{COMMENTS}'
        f"{COMMENT.format('note &j;')}</commentList></comments>"
    )
    path = with_comments(tmp_path / "in.xlsx", hostile.part("xl/comments1.xml", text))
    sheet = read_sheet(path)
    problems = read_cases(sheet).problems
    plan = plan_for(sheet, problems)
    assert write_problems(tmp_path / "out.xlsx", sheet, problems, plan) == ""
    with zipfile.ZipFile(tmp_path / "out.xlsx") as out:
        assert not [name for name in out.namelist() if b"alone" in out.read(name)]


def test_a_workbook_without_problems_comes_back_too(tmp_path: Path) -> None:
    accepted(tmp_path)
    sheet = read_sheet(tmp_path / "in.xlsx")
    assert write_problems(tmp_path / "fine.xlsx", sheet, [], Plan(True, [])) == ""
    assert opened(tmp_path / "fine.xlsx").sheetnames == ["Sheet"]


@pytest.mark.parametrize("fill", ["<fill/>", "<fill></fill>"])
def test_a_fill_without_a_pattern_as_some_programs_write_it_is_no_fill(
    tmp_path: Path, fill: str
) -> None:
    accepted(tmp_path)
    path = tmp_path / "in.xlsx"
    rewritten(path, "xl/styles.xml", "<fill><patternFill/></fill>", fill)
    assert marked(path, tmp_path / "again.xlsx")[2] == Plan(True, [])
    page = opened(tmp_path / "again.xlsx").worksheets[0]
    assert page["C2"].fill.fgColor.rgb == MUST_FIX
    assert page["D2"].fill.fill_type is None
