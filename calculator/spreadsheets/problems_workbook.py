"""The workbook of problems: the person's own table, what to mend marked in it, to be mended and read again.

It holds every row, also those without a fault, since the exits of one person may share a cap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from calculator.facts.problems import Problem, Severity
from calculator.files.unfinished import folder_beside
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
    """Write the table to ``path`` with every problem marked at its cell and said in a last column."""
    with folder_beside(path) as folder:
        laid_out = folder / "laid_out.xlsx"
        options = {"constant_memory": True, "strings_to_formulas": False, "tmpdir": str(folder)}
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
        for place, text in enumerate([*sheet.headings, PROBLEMS_HEADING]):
            page.write_string(0, place, text, heading)
        page.autofilter(0, 0, len(sheet.rows), width)
        styles.sample(page)
        book.close()
        body = Body(page, width + 1, lambda known: _chunks(sheet, problems, known))
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
        said = [""] * len(rows)
        for at in range(len(rows)):
            found = by_row.get(start + at, [])
            worst: dict[int, Severity] = {}
            for problem in found:
                place = sheet.columns.get(problem.field)
                if place is not None and worst.get(place) is not Severity.MUST_FIX:
                    worst[place] = problem.severity
            for place, severity in worst.items():
                columns[place][at] = shaded(columns[place][at], shades[severity])
            said[at] = " ".join(_said(sheet, problem) for problem in found)
        yield Chunk([*columns, text_cells(said, styles["text"])])


def _said(sheet: Sheet, problem: Problem) -> str:
    """A problem in words, with its cell in this workbook: the table starts under one line of headings."""
    place = sheet.columns.get(problem.field)
    number = problem.row + 2
    where = f"Row {number}" if place is None else f"{xl_col_to_name(place)}{number}"
    return f"{where} ({problem.severity}): {problem.wrong} {problem.enter}"
