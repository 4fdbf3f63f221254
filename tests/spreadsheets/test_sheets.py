"""Every sheet of a workbook is accounted for; merged cells, hidden rows and cells without addresses."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from calculator.facts.problems import FileProblem
from calculator.spreadsheets.read import Sheet, read_cases, read_sheet
from calculator.spreadsheets.reader import read_workbook
from tests import hostile
from tests.spreadsheets.sheets import worked

HEADINGS = (
    "Case reference",
    "Person reference",
    "Nation",
    "Date of exit",
    "Severance due",
    "Severance paid",
)
DAY = "31/12/2020"


def case(reference: str, person: str = "", nation: str = "", due: float = 100000) -> list[object]:
    return [reference, person, nation, DAY, due, 95000]


def book(path: Path, sheets: dict[str, list[list[object]]], hidden: tuple[str, ...] = ()) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
        page.sheet_state = "hidden" if name in hidden else "visible"
    made.save(path)
    return path


def refs(sheet: Sheet) -> list[str]:
    return list(read_cases(sheet).text["case_ref"])


@pytest.mark.parametrize("names", [("Cases", "Cases (2)"), ("North", "South"), ("Sheet1", "Cases")])
def test_two_sheets_that_could_hold_cases_are_asked_about(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    one, other = names
    path = book(
        tmp_path / "in.xlsx", {one: [[*HEADINGS], case("A")], other: [[*HEADINGS], case("B")]}
    )
    with pytest.raises(FileProblem, match=re.escape(f"{one!r} and {other!r} could all hold cases")):
        read_sheet(path)
    sheet = read_sheet(path, other)
    assert refs(sheet) == ["B"]
    assert sheet.accounted == f"Read: sheet {other}. Not read: {one} (2 rows)."


@pytest.mark.parametrize("old", ["Cases", "Old list", "Results"])
def test_a_hidden_sheet_is_not_read_where_a_visible_one_holds_cases(
    tmp_path: Path, old: str
) -> None:
    sheets: dict[str, list[list[object]]] = {
        old: [[*HEADINGS], case("A")],
        "Leavers": [[*HEADINGS], case("B")],
        "Notes": [],
    }
    sheet = read_sheet(book(tmp_path / "in.xlsx", sheets, hidden=(old,)))
    assert refs(sheet) == ["B"]
    assert (
        sheet.accounted == f"Read: sheet Leavers. Not read: {old} (hidden, 2 rows), Notes (empty)."
    )


def test_a_hidden_sheet_alone_is_read_and_said(tmp_path: Path) -> None:
    sheets: dict[str, list[list[object]]] = {
        "Leavers": [[*HEADINGS], case("B")],
        "Notes": [["About"]],
    }
    sheet = read_sheet(book(tmp_path / "in.xlsx", sheets, hidden=("Leavers",)))
    assert sheet.accounted == "Read: sheet Leavers (hidden). Not read: Notes (1 row)."


def test_all_sheets_with_the_same_headings_are_read_as_one(tmp_path: Path) -> None:
    sheets: dict[str, list[list[object]]] = {
        "North": [["North"], [*HEADINGS], case("A", due=1e5)],
        "South": [[*HEADINGS], case("B"), [*case("C")[:3], "never", 1, 2]],
        "Other": [["Case", "Date left"], ["D", DAY]],
    }
    sheet = read_sheet(book(tmp_path / "in.xlsx", sheets), "all")
    assert refs(sheet) == ["A", "B", "C"]
    assert [row[-1] for row in sheet.rows] == ["North", "South", "South"]
    assert sheet.headings[-1] == "Sheet"
    assert sheet.accounted == "Read: sheets North, South. Not read: Other (2 rows)."
    assert [sheet.locate(p)[0] for p in read_cases(sheet).problems] == ["South!D3"]


def test_sheets_without_a_heading_in_common_are_not_read_as_one(tmp_path: Path) -> None:
    sheets: dict[str, list[list[object]]] = {
        "North": [[*HEADINGS], case("A")],
        "South": [["Case", "Date left"], ["D", DAY]],
    }
    with pytest.raises(FileProblem, match="do not have the same headings"):
        read_sheet(book(tmp_path / "in.xlsx", sheets), "ALL")


MERGED: list[list[object]] = [[*HEADINGS], case("A", "M1", "scotland"), case("B"), case("C")]


def merged(path: Path, areas: list[str], rows: list[list[object]] = MERGED) -> Path:
    book(path, {"Leavers": rows})
    made = openpyxl.load_workbook(path)
    for area in areas:
        made["Leavers"].merge_cells(area)
    made.save(path)
    return path


def as_ods(path: Path, down: int) -> Path:
    def cells(values: list[object], spans: bool) -> str:
        row = hostile.ods_row([str(value) for value in values])
        if spans:
            old = '<table:table-cell table:number-columns-repeated="1" office:value-type="string"><text:p>scotland'
            assert old in row
            row = row.replace(
                old, old.replace("table-cell ", f'table-cell table:number-rows-spanned="{down}" ')
            )
        return row.replace("<text:p></text:p>", "").replace(
            '<table:table-cell table:number-columns-repeated="1" office:value-type="string"></table:table-cell>',
            "<table:covered-table-cell/>",
        )

    rows: list[list[object]] = [[*HEADINGS], case("A", "M1", "scotland")]
    rows += [case("B", "M2"), case("C", "M3")]
    return hostile.ods(path, "".join(cells(row, n == 1) for n, row in enumerate(rows)))


def as_xls(path: Path) -> Path:
    rows = [[str(cell) if cell else "" for cell in row] for row in MERGED]
    return hostile.xls(path, rows, merged=[(1, 3, 2, 2)])


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_merged_cells_are_filled_down_and_said(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"in.{kind}"
    made = {
        "xlsx": lambda: merged(path, ["C2:C4"]),
        "ods": lambda: as_ods(path, 3),
        "xls": lambda: as_xls(path),
    }
    sheet = read_sheet(made[kind]())
    assert [row[2] for row in sheet.rows] == ["scotland"] * 3
    assert sheet.notices == [
        "Cells C2:C4 are merged: rows 3 to 4 take Nation (scotland) from row 2."
    ]


def test_a_merged_person_reference_links_the_exits(tmp_path: Path) -> None:
    sheet = read_sheet(merged(tmp_path / "in.xlsx", ["B2:B3"]))
    assert read_cases(sheet).person.tolist()[:2] == [0, 0]
    assert sheet.notices == ["Cells B2:B3 are merged: row 3 takes Person reference from row 2."]


def test_a_sum_merged_over_several_exits_is_the_sum_of_none(tmp_path: Path) -> None:
    rows: list[list[object]] = [[*HEADINGS], case("A"), [*case("B")[:4], None, 95000], case("C")]
    outcome = worked(read_sheet(merged(tmp_path / "in.xlsx", ["E2:E3"], rows)))
    assert outcome.texts("triage")[:2] == ["error", "error"]
    assert outcome.texts("triage")[2] != "error"
    assert "E2:E3 are merged: one sum for several exits" in outcome.cases.problems[0].wrong


def test_cells_merged_across_columns_are_said_and_not_filled(tmp_path: Path) -> None:
    rows: list[list[object]] = [[*HEADINGS], case("A"), [*case("B")[:5], None]]
    sheet = read_sheet(merged(tmp_path / "in.xlsx", ["E3:F3"], rows))
    assert sheet.rows[1][5] is None
    assert "Cells E3:F3 are merged across columns" in sheet.notices[0]


def test_hidden_rows_and_columns_are_read_and_said(tmp_path: Path) -> None:
    path = book(tmp_path / "in.xlsx", {"Leavers": [[*HEADINGS], case("A"), case("B"), case("C")]})
    made = openpyxl.load_workbook(path)
    page: Any = made["Leavers"]
    page.row_dimensions[3].hidden = True
    page.column_dimensions["C"].hidden = True
    made.save(path)
    sheet = read_sheet(path)
    assert refs(sheet) == ["A", "B", "C"]
    assert sheet.notices == [
        "Hidden columns are read like the others: C 'Nation'.",
        "In sheet 'Leavers' 1 hidden row is read like the others: row 3.",
    ]


@pytest.mark.parametrize("hiding", ["collapse", "filter"])
def test_hidden_rows_of_ods_are_said(tmp_path: Path, hiding: str) -> None:
    rows = [
        hostile.ods_row(values) for values in (["case_ref", "exit_date"], ["A", DAY], ["B", DAY])
    ]
    rows[2] = rows[2].replace("<table:table-row ", f'<table:table-row table:visibility="{hiding}" ')
    sheet = read_sheet(hostile.ods(tmp_path / "in.ods", "".join(rows)))
    assert sheet.notices == ["In sheet 'Cases' 1 hidden row is read like the others: row 3."]


def test_rows_and_columns_of_no_size_are_hidden_ones(tmp_path: Path) -> None:
    path = book(tmp_path / "in.xlsx", {"Leavers": [[*HEADINGS], case("A"), case("B"), case("C")]})
    made = openpyxl.load_workbook(path)
    page: Any = made["Leavers"]
    page.row_dimensions[3].height = 77
    page.row_dimensions[4].height = 0.5
    page.column_dimensions["C"].width = 66
    made.save(path)
    with ZipFile(path) as saved, ZipFile(tmp_path / "flat.xlsx", "w") as flat:
        for part in saved.namelist():
            data = saved.read(part)
            flat.writestr(part, data.replace(b'ht="77"', b'ht="0"').replace(b'="66"', b'="0.0"'))
    assert read_sheet(tmp_path / "flat.xlsx").notices == [
        "Hidden columns are read like the others: C 'Nation'.",
        "In sheet 'Leavers' 1 hidden row is read like the others: row 3.",
    ]


def test_rows_of_no_height_in_ods_are_hidden_ones(tmp_path: Path) -> None:
    style = (
        '<style:style xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" style:name="{}" '
        'style:family="table-row"><style:table-row-properties style:row-height="{}"/></style:style>'
    )
    rows = [
        hostile.ods_row(values) for values in (["case_ref", "exit_date"], ["A", DAY], ["B", DAY])
    ]
    for row, name in ((1, "low"), (2, "none")):
        rows[row] = rows[row].replace(
            "<table:table-row ", f'<table:table-row table:style-name="{name}" '
        )
    styles = style.format("low", "0.05cm") + style.format("none", "0.00cm")
    sheet = read_sheet(hostile.ods(tmp_path / "in.ods", "".join([styles, *rows])))
    assert sheet.notices == ["In sheet 'Cases' 1 hidden row is read like the others: row 3."]


@pytest.mark.parametrize(
    ("cells", "where"),
    [
        ('<c t="e"><v>#N/A</v></c>', "C2"),
        ('<c r="E2"><v>1</v></c><c/><c t="e"><v>#N/A</v></c>', "G2"),
        ('<c/><c t="e"><v>#DIV/0!</v></c>', "D2"),
    ],
)
def test_an_error_in_a_workbook_without_addresses_is_in_its_cell_alone(
    tmp_path: Path, cells: str, where: str
) -> None:
    headings = "".join(hostile.cell("", text) for text in ("case_ref", "exit_date", *"vwxyz"))
    rows = [headings, *(hostile.cell("", ref) + hostile.cell("", DAY) for ref in "AB")]
    rows[1] += cells
    text = "".join(f"<row>{row}</row>" for row in rows).replace(' r=""', "")
    path = hostile.xlsx(tmp_path / "in.xlsx", hostile.sheet(text))
    _, findings = read_workbook(path)
    assert [named.split()[0] for named in findings.errors["Cases"].named] == [where]
    assert read_cases(read_sheet(path)).in_error.tolist() == [False, False]


def test_general_numbers_of_a_workbook_from_1904_are_its_days(tmp_path: Path) -> None:
    path = book(tmp_path / "in.xlsx", {"Leavers": [[*HEADINGS], case("A")]})
    made = openpyxl.load_workbook(path)
    made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    made["Leavers"]["D2"] = (date(2020, 12, 31) - date(1904, 1, 1)).days
    made.save(path)
    assert read_cases(read_sheet(path)).days["exit_date"].astype(str).tolist() == ["2020-12-31"]
