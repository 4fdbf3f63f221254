"""A spreadsheet file as headings and rows of typed cells, and its columns as fields."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from calculator import fields
from calculator.columns import Cases
from calculator.problems import FileProblem, Problem
from calculator.reading import Raw

READABLE = (".xlsx", ".ods", ".csv")
HEADING_ROWS = 20
"""Rows looked at for the headings, so that a title above them does no harm."""
LONGEST_CELL = 1_000_000
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass
class Sheet:
    """One table of a file: its headings, its rows of cells, and the row numbers the person sees."""

    headings: list[str]
    rows: list[list[Raw]]
    row_numbers: list[int]
    notices: list[str] = field(default_factory=list)

    def column(self, place: int) -> list[Raw]:
        """The cells of one column, by its place."""
        return [row[place] for row in self.rows]

    def address(self, row: int, place: int) -> str:
        """The address of a cell as the person sees it: ``F12``."""
        return f"{_letters(place)}{self.row_numbers[row]}"


def read_sheet(path: Path) -> Sheet:
    """The table of cases in a file. FileProblem, in one line, where there is none to read."""
    suffix = path.suffix.casefold()
    if suffix not in READABLE:
        raise FileProblem(
            f"{path.name}: cannot read this kind of file. Save it as .xlsx, .ods or .csv."
        )
    if not path.is_file():
        raise FileProblem(f"{path.name}: there is no such file.")
    notices: list[str] = []
    sheets = [_csv_rows(path, notices)] if suffix == ".csv" else _workbook_rows(path)
    for rows in sheets:
        found = _table(rows)
        if found is not None:
            found.notices += notices
            if not found.rows:
                raise FileProblem(f"{path.name}: there are no cases under the headings.")
            return found
    needed = " and ".join(f.heading for f in fields.FIELDS if f.required)
    raise FileProblem(f"{path.name}: no headings found. The columns {needed} are needed.")


def matched_columns(sheet: Sheet) -> dict[str, int]:
    """The column each field is read from, by name. FileProblem where two columns claim one field."""
    found: dict[str, int] = {}
    for place, heading in enumerate(sheet.headings):
        matched = fields.field_for_heading(heading)
        if matched is None:
            continue
        if matched.name in found:
            first = sheet.headings[found[matched.name]]
            raise FileProblem(
                f"Two columns, {first!r} and {heading!r}, both read as {matched.heading}. Rename or "
                "remove one."
            )
        found[matched.name] = place
    for f in fields.FIELDS:
        if f.required and f.name not in found:
            raise FileProblem(f"The column {f.heading} is missing.")
    return found


def read_cases(sheet: Sheet) -> Cases:
    """The table of cases; unreadable cells are among its problems and put only their row in error."""
    columns = matched_columns(sheet)
    return Cases.from_raw(
        {name: sheet.column(place) for name, place in columns.items()}, len(sheet.rows)
    )


def described(problem: Problem, sheet: Sheet) -> str:
    """A problem in one line, with the address and heading of its cell."""
    place = matched_columns(sheet).get(problem.field)
    where = f"row {sheet.row_numbers[problem.row]}"
    heading = problem.field
    if place is not None:
        where, heading = sheet.address(problem.row, place), sheet.headings[place]
    return f"{where} {heading}: {problem.wrong} {problem.enter}"


def _table(rows: Sequence[list[Raw]]) -> Sheet | None:
    place = next((n for n, row in enumerate(rows[:HEADING_ROWS]) if _are_headings(row)), None)
    if place is None:
        return None
    headings = ["" if cell is None else str(cell).strip() for cell in rows[place]]
    width = len(headings)
    while width and not headings[width - 1] and _column_blank(rows, width - 1, place + 1):
        width -= 1
    sheet = Sheet(headings[:width], [], [])
    for below, cells in enumerate(rows[place + 1 :], place + 2):
        if all(cell is None or cell == "" for cell in cells):
            continue
        if any(cell not in (None, "") for cell in cells[width:]):
            raise FileProblem(
                f"Row {below} has more cells than there are headings. Put quotes round text and amounts "
                "that hold a comma."
            )
        sheet.rows.append([*cells[:width], *[None] * (width - len(cells))])
        sheet.row_numbers.append(below)
    return sheet


def _are_headings(row: list[Raw]) -> bool:
    """True for a row that names both required fields, or one of them and two others."""
    matched = {f for cell in row if isinstance(cell, str) and (f := fields.field_for_heading(cell))}
    required = sum(f.required for f in matched)
    return required == 2 or (required == 1 and len(matched) >= 3)


def _column_blank(rows: Sequence[list[Raw]], place: int, start: int) -> bool:
    return all(place >= len(row) or row[place] in (None, "") for row in rows[start:])


def _csv_rows(path: Path, notices: list[str]) -> list[list[Raw]]:
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileProblem(f"{path.name}: the text is UTF-16. Save it as CSV UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            raise FileProblem(
                f"{path.name}: the text cannot be read. Save it as CSV UTF-8."
            ) from None
        notices.append("The file is not UTF-8; it was read as Windows text (cp1252).")
    if "\x00" in text:
        raise FileProblem(f"{path.name}: this is not a text file. Save it as CSV UTF-8.")
    first_line = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first_line.count)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return [[_unquoted(cell) for cell in row] for row in reader]
    except csv.Error:
        raise FileProblem(
            f"{path.name}: a quote is not closed, or a cell is too long, near line {reader.line_num}."
        ) from None


def _unquoted(cell: str) -> Raw:
    """A cell without the apostrophe that keeps text from becoming a formula."""
    if cell.startswith("'") and cell[1:].startswith(_FORMULA_STARTS):
        return cell[1:]
    return cell


def _workbook_rows(path: Path) -> list[list[list[Raw]]]:
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        return [
            [
                [_cell(cell) for cell in row]
                for row in workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            ]
            for name in workbook.sheet_names
        ]
    except (CalamineError, OSError, ValueError):
        raise FileProblem(
            f"{path.name}: cannot be opened as a workbook. It may be damaged, password-protected or of "
            "another kind. Open it and save it again as .xlsx."
        ) from None


def _cell(cell: str | float | bool | date | datetime | time | timedelta) -> Raw:
    """A typed cell; a whole number that the reader gives as 7.0 is 7 again; times become text."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return int(cell)
    if isinstance(cell, (time, timedelta)):
        return str(cell)
    return cell


def _letters(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
