"""What a marked workbook cannot keep is said before it is written, and macros never go out."""

from __future__ import annotations

import zipfile
from base64 import b64decode
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.packaging.relationship import Relationship
from openpyxl.workbook.external_link.external import (
    ExternalBook,
    ExternalLink,
    ExternalSheetNames,
)

from calculator.spreadsheets import problems_workbook
from calculator.spreadsheets.problems_workbook import Plan, plan_for
from calculator.spreadsheets.read import read_sheet
from tests.spreadsheets.marking import HEADS, accepted, marked, opened, rewritten

PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
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


def test_values_hidden_under_merged_cells_are_said_and_empty_ones_are_not(tmp_path: Path) -> None:
    accepted(tmp_path)
    path = tmp_path / "in.xlsx"
    rewritten(
        path, "xl/worksheets/sheet1.xml", "</sheetData>", f"</sheetData>{MERGED.format('E1:F2')}"
    )
    assert plan_for(read_sheet(path), []) == Plan(True, [])
    rewritten(path, "xl/worksheets/sheet1.xml", "E1:F2", "C2:D2")
    (said,) = plan_for(read_sheet(path), []).sentences
    assert "without: values hidden under merged cells." in said


MERGED = '<mergeCells count="1"><mergeCell ref="{}"/></mergeCells>'
