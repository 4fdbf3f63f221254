"""The person's own workbook, marked: what was theirs is as it was, each wrong cell says what to enter."""

from __future__ import annotations

import re
import subprocess
import warnings
import zipfile
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.packaging.relationship import Relationship
from openpyxl.styles import PatternFill
from openpyxl.workbook.external_link.external import (
    ExternalBook,
    ExternalLink,
    ExternalSheetNames,
)

from calculator.calculation.confirmations import confirmations
from calculator.facts.problems import Problem, Severity
from calculator.spreadsheets import problems_workbook
from calculator.spreadsheets.answers import PROBLEM_HEADS
from calculator.spreadsheets.marked_workbook import NOTE_STARTS
from calculator.spreadsheets.problems_workbook import Plan, plan_for, write_problems
from calculator.spreadsheets.read import Sheet, read_cases, read_sheet
from tests.needs import SOFFICE, needs

MUST_FIX, CONFIRM = "FFF8D7DA", "FFFFE8B3"
HEADS = ["Case reference", "Exit date", "Severance due", "Severance paid", "Note", "Difference"]
SUGGESTED = {"41k": "41,000.00", "31/12/20": "31/12/2020"}
PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def opened(path: Path, **options: bool) -> Any:
    """A workbook as openpyxl opens it, which warns of what it leaves out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(path, **options)


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


def marked(source: Path, out: Path) -> tuple[Sheet, list[Problem], Plan]:
    """Mark a workbook, with a suggestion for the texts that have one."""
    sheet = read_sheet(source)
    cases = read_cases(sheet)
    problems = [
        replace(p, suggestion=SUGGESTED.get(str(sheet.rows[p.row][sheet.columns[p.field]]), ""))
        for p in [*cases.problems, *confirmations(cases)]
    ]
    plan = plan_for(sheet, problems)
    assert write_problems(out, sheet, problems, plan) == ""
    return sheet, problems, plan


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


def accepted(tmp_path: Path, answer: str = "yes") -> tuple[Path, Any]:
    """A marked workbook of one wrong amount with an answer beside the suggestion, and the open book."""
    path = tmp_path / "in.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(HEADS[:4])
    page.append(["A1", date(2020, 12, 31), "41k", 30_000])
    page.append(["A2", date(2020, 12, 31), "41k", 30_000])
    book.save(path)
    marked(path, tmp_path / "out.xlsx")
    book = opened(tmp_path / "out.xlsx")
    book["Problems"]["I2"] = answer
    return tmp_path / "out.xlsx", book


def test_an_accepted_suggestion_is_taken_and_others_are_not(tmp_path: Path) -> None:
    path, book = accepted(tmp_path, " YES ")
    book.save(path)
    sheet = read_sheet(path)
    cases = read_cases(sheet)
    assert sheet.notices == ["1 suggestion was taken from the sheet 'Problems'."]
    assert cases.money["severance_due"].tolist() == [41_000_00, 0]
    assert [problem.row for problem in cases.problems] == [1]


def test_formulas_that_were_not_calculated_again_are_said(tmp_path: Path) -> None:
    path, book = accepted(tmp_path)
    book["Sheet"]["E1"] = "=SUM(C2:C3)"
    book.save(path)
    assert read_sheet(path).notices[-2:] == [
        "1 suggestion was taken from the sheet 'Problems'.",
        "Formulas still have the value from before: check each one that uses a cell of a suggestion.",
    ]


def test_a_suggestion_taken_is_in_the_workbook_that_is_marked_next(tmp_path: Path) -> None:
    path, book = accepted(tmp_path)
    book.save(path)
    marked(path, tmp_path / "again.xlsx")
    page = opened(tmp_path / "again.xlsx")["Sheet"]
    assert page["C2"].value == 41_000
    assert page["C2"].fill.fill_type is None
    assert page["C3"].fill.start_color.rgb == MUST_FIX
    assert read_cases(read_sheet(tmp_path / "again.xlsx")).money["severance_due"][0] == 41_000_00


@pytest.mark.parametrize(
    ("changes", "answer", "why"),
    [
        ({"C2": "42k"}, "yes", "the cell holds something else now"),
        ({"A2": "B7"}, "yes", "the row has another case reference now"),
        ({}, "maybe", "'maybe' is neither yes nor blank"),
    ],
)
def test_a_suggestion_for_what_has_changed_is_not_taken(
    tmp_path: Path, changes: dict[str, str], answer: str, why: str
) -> None:
    path, book = accepted(tmp_path, answer)
    for address, value in changes.items():
        book["Sheet"][address] = value
    book.save(path)
    sheet = read_sheet(path)
    assert sheet.notices == [f"C2: the suggestion was not taken, for {why}."]
    assert len(read_cases(sheet).problems) == 2


def test_an_answer_without_a_suggestion_is_said(tmp_path: Path) -> None:
    path, book = accepted(tmp_path)
    book["Problems"]["H2"] = None
    book.save(path)
    assert read_sheet(path).notices == [
        "C2: the suggestion was not taken, for there is no suggestion."
    ]


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


def with_part(path: Path, name: str, data: bytes = b"<a/>") -> Path:
    """Add a part to a workbook."""
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("xl/slicers/slicer1.xml", "slicers and timelines"),
        ("xl/ctrlProps/ctrlProp1.xml", "buttons and other form controls"),
        ("xl/threadedComments/threadedComment1.xml", "who answered whom in comments"),
        ("xl/connections.xml", "data connections and queries"),
        ("xl/metadata.xml", "data types and formulas that spill over several cells"),
        ("xl/embeddings/oleObject1.bin", "files embedded in it"),
        ("xl/somethingNew/part1.xml", "parts that this program does not know"),
    ],
)
def test_what_cannot_be_kept_is_said_before(tmp_path: Path, part: str, words: str) -> None:
    accepted(tmp_path)
    plan = plan_for(read_sheet(with_part(tmp_path / "in.xlsx", part)), [])
    assert plan == Plan(
        True,
        [
            f"The workbook of problems is your own file, marked, without: {words}. Keep your own file "
            "for these."
        ],
    )


def test_pictures_shapes_charts_and_newer_formats_are_said(tmp_path: Path) -> None:
    (tmp_path / "dot.png").write_bytes(PICTURE)
    path = tmp_path / "in.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    page.write_row(0, 0, HEADS[:4])
    page.write_row(1, 0, ["A1", "soon", 5, 5])
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Sheet1!$C$2:$D$2"})
    page.insert_chart("G2", chart)
    page.insert_image("G20", str(tmp_path / "dot.png"))
    page.insert_textbox("G30", "Not for sharing")
    page.conditional_format("C2:C9", {"type": "data_bar", "data_bar_2010": True})
    page.add_sparkline("F2", {"range": "Sheet1!C2:D2"})
    book.close()
    _, _, plan = marked(path, tmp_path / "out.xlsx")
    (sentence,) = plan.sentences
    assert sentence == (
        "The workbook of problems is your own file, marked, without: pictures; the look of charts and "
        "diagrams; shapes and text boxes; some newer conditional formats. Keep your own file for these."
    )
    with zipfile.ZipFile(tmp_path / "out.xlsx") as out:
        assert not [name for name in out.namelist() if "media" in name]
        assert b"<x14:sparkline>" in out.read("xl/worksheets/sheet1.xml")
    assert len(opened(tmp_path / "out.xlsx")["Sheet1"]._charts) == 1


LIST_ON_ANOTHER_SHEET = (
    '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1"><x14:dataValidation '
    'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" '
    'xr:uid="{00000000-0002-0000-0000-000000000000}" type="list" allowBlank="1"><x14:formula1>'
    "<xm:f>Lists!$A$1:$A$2</xm:f></x14:formula1><xm:sqref>E2:E9</xm:sqref></x14:dataValidation>"
    "</x14:dataValidations></ext></extLst></worksheet>"
)


def rewritten(path: Path, part: str, old: str, new: str) -> None:
    """Replace text in one part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


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


def test_a_workbook_with_macros_is_not_marked_itself(tmp_path: Path) -> None:
    accepted(tmp_path)
    path = tmp_path / "in.xlsx"
    with_part(path, "xl/vbaProject.bin", b"macro").rename(tmp_path / "in.xlsm")
    _, _, plan = marked(tmp_path / "in.xlsm", tmp_path / "out.xlsx")
    assert plan == Plan(
        False,
        [
            "The problems are marked in a new workbook with your cases, not in your own file: it has "
            "macros."
        ],
    )
    with zipfile.ZipFile(tmp_path / "out.xlsx") as out:
        assert not [name for name in out.namelist() if "vba" in name.casefold()]
    assert opened(tmp_path / "out.xlsx").sheetnames == ["Cases", "Problems"]


def test_a_large_table_is_not_marked_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(problems_workbook, "MOST_ROWS", 1)
    accepted_path, _ = accepted(tmp_path)
    plan = plan_for(read_sheet(tmp_path / "in.xlsx"), [])
    assert not plan.own
    assert "it has more than 1 cases" in plan.sentences[0]
    assert opened(accepted_path).sheetnames == ["Cases", "Problems"]


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


def test_links_to_other_workbooks_stay_and_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(HEADS[:4])
    page.append(["A1", "soon", 5, "=[1]Pay!A1"])
    link = ExternalLink(ExternalBook(sheetNames=ExternalSheetNames(["Pay"])))
    link.file_link = Relationship(
        type="externalLinkPath", Target="pay.xlsx", TargetMode="External", Id="rId1"
    )
    book._external_links.append(link)
    book.save(path)
    _, _, plan = marked(path, tmp_path / "out.xlsx")
    assert plan.sentences == [
        "Links to other workbooks stay in the workbook of problems as they are in your own file."
    ]
    (kept,) = opened(tmp_path / "out.xlsx")._external_links
    assert kept.file_link.Target == "pay.xlsx"


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
