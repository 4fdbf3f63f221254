"""The workbook of problems: the person's own table with every problem marked, to be fixed and read again.

It holds every row, also those without a problem, because the exits of one person may share a cap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from calculator.facts.problems import Problem, Severity
from calculator.spreadsheets.read import PROBLEMS_HEADING, Sheet
from calculator.spreadsheets.rows import (
    CHUNK,
    Body,
    Chunk,
    Styles,
    own_cells,
    set_bodies,
    shaded,
    text_cells,
)

_SHADES = {Severity.MUST_FIX: "#F8D7DA", Severity.PLEASE_CONFIRM: "#FFE8B3"}
_KINDS = {
    "plain": {},
    "text": {"num_format": "@"},
    "day": {"num_format": "d mmm yyyy"},
    "moment": {"num_format": "d mmm yyyy hh:mm"},
}


def write_problems(path: Path, sheet: Sheet, problems: Sequence[Problem]) -> None:
    """Write the table to ``path`` with every problem marked in its cell and explained in a last column."""
    with TemporaryDirectory(dir=path.parent) as folder:
        laid_out = Path(folder) / "laid_out.xlsx"
        options = {"constant_memory": True, "strings_to_formulas": False, "tmpdir": folder}
        book = xlsxwriter.Workbook(str(laid_out), options)
        styles = Styles(
            {kind: book.add_format(dict(form)) for kind, form in _KINDS.items()}
            | {
                f"{severity} {kind}": book.add_format({**form, "bg_color": colour})
                for severity, colour in _SHADES.items()
                for kind, form in _KINDS.items()
            }
        )
        heading = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E9ECEF", "border": 1}
        )
        page = book.add_worksheet("Cases")
        page.freeze_panes(1, 1)
        width = len(sheet.headings)
        page.set_column(0, width, 16)
        page.set_column(width, width, 90)
        for column, text in enumerate([*sheet.headings, PROBLEMS_HEADING]):
            page.write_string(0, column, text, heading)
        page.autofilter(0, 0, len(sheet.rows), width)
        styles.sample(page)
        book.close()
        body = Body(page, width + 1, lambda numbered: _chunks(sheet, problems, numbered))
        set_bodies(laid_out, path, [body], styles)


def _chunks(sheet: Sheet, problems: Sequence[Problem], styles: Styles) -> Iterator[Chunk]:
    by_row: dict[int, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_row[problem.row].append(problem)
    shades = {
        severity: {
            styles[kind] if kind != "plain" else "": styles[f"{severity} {kind}"] for kind in _KINDS
        }
        for severity in Severity
    }
    for start in range(0, len(sheet.rows), CHUNK):
        rows = sheet.rows[start : start + CHUNK]
        columns = [
            own_cells(cells, styles["text"], styles["day"], styles["moment"])
            for cells in zip(*rows, strict=True)
        ]
        explained = [""] * len(rows)
        for row in range(len(rows)):
            of_row = by_row.get(start + row, [])
            worst: dict[int, Severity] = {}
            for problem in of_row:
                column = sheet.columns.get(problem.field)
                if column is not None and worst.get(column) is not Severity.MUST_FIX:
                    worst[column] = problem.severity
            for column, severity in worst.items():
                columns[column][row] = shaded(columns[column][row], shades[severity])
            explained[row] = " ".join(_explained(sheet, problem) for problem in of_row)
        yield Chunk([*columns, text_cells(explained, styles["text"])])


def _explained(sheet: Sheet, problem: Problem) -> str:
    """Explain a problem, with its cell in this workbook: the table starts under one line of headings."""
    column = sheet.columns.get(problem.field)
    number = problem.row + 2
    cell = f"Row {number}" if column is None else f"{xl_col_to_name(column)}{number}"
    return f"{cell} ({problem.severity}): {problem.wrong} {problem.enter}"
