"""Rows rendered into a workbook: what is read back is what was given, whatever the text holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook

from calculator.facts.cells import Raw
from calculator.spreadsheets.rows import (
    MOST_TEXT,
    Body,
    Chunk,
    Styles,
    day_serial,
    moment_serial,
    own_cells,
    set_bodies,
    shaded,
)


def written(path: Path, columns: Sequence[Sequence[Raw]]) -> None:
    """A workbook of one sheet with the columns under headings."""
    laid_out = path.with_name("laid_out.xlsx")
    book = xlsxwriter.Workbook(str(laid_out), {"constant_memory": True})
    styles = Styles(
        {
            "text": book.add_format({"num_format": "@"}),
            "day": book.add_format({"num_format": "d mmm yyyy"}),
            "moment": book.add_format({"num_format": "d mmm yyyy hh:mm"}),
        }
    )
    page = book.add_worksheet()
    for place in range(len(columns)):
        page.write_string(0, place, f"H{place}")
    styles.sample(page)
    book.close()
    body = Body(
        page,
        len(columns),
        lambda known: iter(
            [
                Chunk(
                    [
                        own_cells(cells, known["text"], known["day"], known["moment"])
                        for cells in columns
                    ]
                )
            ]
        ),
    )
    set_bodies(laid_out, path, [body], styles)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=30))
def test_any_text_comes_back_as_it_was(texts: list[str]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "out.xlsx"
        written(path, [texts])
        page = openpyxl.load_workbook(path).worksheets[0]
        found = [unescape(page.cell(row, 1).value or "") for row in range(2, len(texts) + 2)]
        kinds = {page.cell(row, 1).data_type for row in range(2, len(texts) + 2)}
    assert found == texts
    assert kinds <= {"s", "inlineStr", "n"}


def test_text_longer_than_a_cell_is_cut_to_what_a_cell_holds(tmp_path: Path) -> None:
    written(tmp_path / "out.xlsx", [["x" * 40_000]])
    page = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0]
    assert page["A2"].value == "x" * MOST_TEXT


def test_numbers_days_times_and_truth_keep_their_kind(tmp_path: Path) -> None:
    values: list[Raw] = [
        0.1,
        -3,
        12345678901234567890,
        True,
        date(1900, 1, 1),
        date(1900, 3, 1),
        date(2020, 12, 31),
        datetime(2020, 12, 31, 6, 30),
        None,
        "=1+1",
    ]
    written(tmp_path / "out.xlsx", [values])
    page = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0]
    found = [page.cell(row, 1).value for row in range(2, len(values) + 2)]
    assert found == [
        0.1,
        -3,
        "12345678901234567890",
        True,
        datetime(1900, 1, 1),
        datetime(1900, 3, 1),
        datetime(2020, 12, 31),
        datetime(2020, 12, 31, 6, 30),
        None,
        "=1+1",
    ]
    assert page["A11"].data_type != "f"


@given(st.datetimes(datetime(1900, 1, 2), datetime(2100, 12, 31)))
def test_days_are_counted_as_the_workbook_library_counts_them(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    page = xlsxwriter.Workbook().add_worksheet()
    assert day_serial(moment.date()) == page._convert_date_time(moment.date())
    assert abs(moment_serial(moment) - page._convert_date_time(moment)) < 1e-9


def test_the_sheet_says_how_far_it_reaches(tmp_path: Path) -> None:
    written(tmp_path / "out.xlsx", [["a"] * 12_345, [1] * 12_345])
    assert openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0].dimensions == "A1:B12346"
    fast = CalamineWorkbook.from_path(str(tmp_path / "out.xlsx")).get_sheet_by_index(0)
    assert fast.to_python()[-1] == ["a", 1.0]


def test_shading_exchanges_the_style_and_leaves_the_value() -> None:
    shade = {"": "7", "3": "9"}
    assert shaded(' s="3"><v>1</v></c>', shade) == ' s="9"><v>1</v></c>'
    assert shaded("><v>1</v></c>", shade) == ' s="7"><v>1</v></c>'
    assert shaded("", shade) == ' s="7"/>'
