"""The workbook being written: its formats, and the cells that several sheets share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from calculator.calculation.outcome import Outcome
from calculator.calculation.output import OutputKind
from calculator.calculation.result_columns import OUTPUTS
from calculator.facts.cells import Raw
from calculator.facts.problems import Problem
from calculator.spreadsheets.read import Sheet
from calculator.spreadsheets.rows import (
    MOST_TEXT,
    Cells,
    Styles,
    day_serials,
    number_cells,
    styled_text_cells,
    text_cells,
)
from rules.arrays import Counts

MOMENT = "moment"
KIND_OF = {output.name: output.kind for output in OUTPUTS}
HEADING_OF = {output.name: output.heading for output in OUTPUTS}
_PARTS = {OutputKind.MONEY: 100, OutputKind.HALVES: 2}
_URGENCY_COLOURS = {
    "red": ("#F8D7DA", "#7A0C17"),
    "amber": ("#FFE8B3", "#5C3D00"),
    "green": ("#DDF0DD", "#1E4620"),
    "expired": ("#E2E3E5", "#2B2F33"),
    "advice": ("#DCE9F7", "#12395E"),
}


@dataclass
class Formats:
    """The formats of the workbook, made once."""

    heading: Format
    ours: Format
    title: Format
    wrapped: Format
    link: Format
    moment: Format
    kinds: dict[OutputKind, Format]
    urgency: dict[str, Format]


class Book:
    """The workbook being written, with what every sheet needs."""

    def __init__(self, path: Path, sheet: Sheet, outcome: Outcome, problems: list[Problem]) -> None:
        self.sheet, self.outcome, self.problems = sheet, outcome, problems
        self.book = xlsxwriter.Workbook(
            str(path),
            {
                "constant_memory": True,
                "tmpdir": str(path.parent),
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_date_format": "d mmm yyyy",
            },
        )
        self.book.set_properties({"title": "Exit-payment cap: results"})
        self.formats = _formats(self.book)
        self.styles = Styles(
            {
                **{kind.value: style for kind, style in self.formats.kinds.items()},
                **self.formats.urgency,
                MOMENT: self.formats.moment,
                "wrapped": self.formats.wrapped,
                "link": self.formats.link,
            }
        )


class Lines:
    """Writes a sheet line by line, as constant memory requires."""

    def __init__(self, page: Worksheet) -> None:
        self.page, self.row = page, 0

    def line(self, *cells: tuple[Raw, Format | None]) -> int:
        """Write one line of cells and give its row index."""
        for column, (value, style) in enumerate(cells):
            if isinstance(value, str):
                self.page.write_string(self.row, column, value[:MOST_TEXT], style)
            elif isinstance(value, (int, float)):
                self.page.write_number(self.row, column, value, style)
        self.row += 1
        return self.row - 1


def _formats(book: xlsxwriter.Workbook) -> Formats:
    base = {"valign": "top"}
    head = {**base, "bold": True, "text_wrap": True, "border": 1, "border_color": "#8A8A8A"}
    return Formats(
        heading=book.add_format({**head, "bg_color": "#E9ECEF"}),
        ours=book.add_format({**head, "bg_color": "#D6E4F0"}),
        title=book.add_format({"bold": True, "font_size": 16}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
        link=book.add_format({"font_color": "#0B4F9E", "underline": 1, "valign": "top"}),
        moment=book.add_format({"num_format": "d mmm yyyy hh:mm"}),
        kinds={
            OutputKind.MONEY: book.add_format({"num_format": "£#,##0.00"}),
            OutputKind.DAY: book.add_format({"num_format": "d mmm yyyy"}),
            OutputKind.COUNT: book.add_format({"num_format": "#,##0"}),
            OutputKind.HALVES: book.add_format({"num_format": "0.0"}),
            OutputKind.TEXT: book.add_format({"num_format": "@"}),
        },
        urgency={
            word: book.add_format({"bg_color": back, "font_color": ink, "bold": True})
            for word, (back, ink) in _URGENCY_COLOURS.items()
        },
    )


def output_cells(outcome: Outcome, name: str, rows: slice | Counts, styles: Styles) -> Cells:
    """Render one output column of some rows."""
    kind = KIND_OF[name]
    if kind is OutputKind.TEXT:
        texts = outcome.texts(name, rows)
        if name == "urgency":
            return styled_text_cells(texts, [styles[text or kind] for text in texts])
        return text_cells(texts, styles[kind])
    figures = outcome.figures(name)
    values, filled = figures.values[rows], figures.filled[rows].tolist()
    if kind is OutputKind.DAY:
        return number_cells(day_serials(values), filled, styles[kind])
    return number_cells((values / _PARTS.get(kind, 1)).tolist(), filled, styles[kind])
