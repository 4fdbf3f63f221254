"""A spreadsheet file as headings and rows of typed cells, and its columns as fields."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO

from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name

from calculator.calculation.result_columns import OUTPUT_NAMES
from calculator.facts import fields
from calculator.facts.case_table import Cases
from calculator.facts.cells import Raw, is_empty
from calculator.facts.days import LAST_DAY
from calculator.facts.fields import Kind
from calculator.facts.headings import columns_of, unmatched
from calculator.facts.problems import FileProblem, Problem
from calculator.facts.references import without_guards
from calculator.facts.text import quoted
from calculator.files.kinds import is_workbook
from calculator.files.limited import Limits
from calculator.spreadsheets.answers import (
    PROBLEMS_HEADING,
    Answer,
    take_accepted,
    without_problems,
)
from calculator.spreadsheets.lost_cells import LAST_COLUMN, Findings
from calculator.spreadsheets.reader import LONGEST_CELL, read_workbook

READABLE = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
HEADING_ROWS = 20
"""Rows looked at for the headings, so that a title above them does no harm."""
OUR_SHEETS = ("Cases", "Results")
"""The sheets of our own template and results, taken first where several could hold cases."""
COMMAND_LINE_BYTES = 200_000_000
"""A file on the command line: ten times a workbook of 100,000 rows of 30 columns."""
BROWSER_BYTES = 25_000_000
"""A file through the browser, where it is held in memory: a workbook of 100,000 rows fits."""
CSV_BYTES = 1_000_000_000
"""The largest text: a million rows of every column are about 300 MB, and text cannot inflate."""
_MOST_CSV_ROWS = 1_048_576
"""What a sheet of Excel holds; blank lines take memory too."""
_MOST_CSV_CELLS = 100_000_000
"""A million rows of every column, and some of the person's own."""
_LONGEST_LINE = 4_000_000
"""Characters of one line of CSV; a line of every column has a few thousand."""
_MOST_ON_A_LINE = 100_000
"""Delimiters of one line of CSV; far more than columns, since text in quotes may hold some."""
_TOO_LONG = "a line has more than {}. Save the table again as CSV UTF-8."
_MOST_SHEETS = 5
"""Sheets named in a sentence."""
_MOST_OF_PERSON = 500
"""Exits of one person; a word such as "unknown" in every row would link people who have nothing to do with another."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass
class Sheet:
    """One table of a file: its headings, its rows of cells, and the row numbers the person sees.

    ``columns`` gives the place of each field's column; ``faults`` are rows or cells that the reader could
    not take as they stand; ``notices`` are lines for the person about the file as a whole. ``source`` is the
    file, ``name`` its sheet; ``taken`` are the cells, by row and place, that hold an accepted suggestion.
    """

    headings: list[str]
    rows: list[list[Raw]]
    row_numbers: list[int]
    columns: dict[str, int]
    faults: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    source: Path | None = None
    name: str = ""
    taken: list[tuple[int, int]] = field(default_factory=list)

    def column(self, place: int) -> list[Raw]:
        """The cells of one column, by its place."""
        return [row[place] for row in self.rows]

    def locate(self, problem: Problem) -> tuple[str, str]:
        """The address of a problem's cell as the person sees it, ``F12``, and its heading.

        The row alone, and the field's name, where the file has no such column.
        """
        place = self.columns.get(problem.field)
        number = self.row_numbers[problem.row]
        if place is None:
            return f"row {number}", problem.field
        return f"{xl_col_to_name(place)}{number}", self.headings[place]


@dataclass(frozen=True)
class Opened:
    """A file that was found good: the rows of each sheet, what its reader leaves out, and what to say.

    ``answers`` are those of our sheet of problems, which is not among the sheets.
    """

    path: Path
    sheets: list[tuple[str, list[list[Raw]]]]
    findings: Findings
    notices: list[str]
    answers: list[Answer] = field(default_factory=list)


def open_file(
    path: Path,
    largest: int | None = None,
    mapping: Mapping[str, str] = {},
    limits: Limits | None = None,
) -> Opened:
    """The sheets of a file. FileProblem, in one line, where it cannot be read.

    ``mapping`` gives the fields of headings of the person's own, which tell a CSV's separator; ``largest`` is the most bytes taken, where less than on the command line; ``limits`` are those of a workbook's reading.
    """
    suffix = path.suffix.casefold()
    if suffix not in READABLE:
        kinds = ", ".join(READABLE)
        raise FileProblem(f"{path.name}: cannot read this kind of file. Save it as one of {kinds}.")
    if not path.is_file():
        raise FileProblem(f"{path.name}: there is no such file.")
    notices: list[str] = []
    if is_workbook(path, largest or (CSV_BYTES if suffix == ".csv" else COMMAND_LINE_BYTES)):
        sheets, findings = read_workbook(path, limits)
    elif suffix == ".csv":
        sheets, findings = [("", _csv_rows(path, mapping, notices))], Findings()
    else:
        raise FileProblem(
            f"{path.name}: cannot be opened as a workbook, for it is empty or plain text. If it is CSV, "
            "give it the ending .csv."
        )
    sheets, answers = without_problems(sheets)
    return Opened(path, sheets, findings, notices, answers)


def read_sheet(
    path: Path,
    sheet: str | None = None,
    mapping: Mapping[str, str] = {},
    largest: int | None = None,
    limits: Limits | None = None,
) -> Sheet:
    """The table of cases in a file. FileProblem, in one line, where there is none to read.

    ``sheet`` names the sheet where several could hold cases; ``mapping``, ``largest`` and ``limits`` are as
    of :func:`open_file`.
    """
    opened = open_file(path, largest, mapping, limits)
    name, rows, heading_row = _chosen(path, opened.sheets, sheet, mapping)
    found = _table(rows, heading_row, lambda headings: columns_of(headings, mapping, OUTPUT_NAMES))
    _finish(found, opened, name)
    found.notices += unmatched(found.headings, found.columns, OUTPUT_NAMES)
    return found


def sheet_of(opened: Opened, name: str, heading_row: int, columns: Mapping[str, int]) -> Sheet:
    """The table of one sheet of an open file, its columns as given: the place of each field.

    ``heading_row`` counts from 0. FileProblem, in one line, where a required column or every case is
    missing.
    """
    rows = next(rows for other, rows in opened.sheets if other == name)
    found = _table(rows, heading_row, lambda _: dict(columns))
    _finish(found, opened, name)
    return found


def _finish(found: Sheet, opened: Opened, name: str) -> None:
    """Add what the file as a whole says of a table. FileProblem where it has no cases."""
    if not found.rows:
        raise FileProblem(f"{opened.path.name}: there are no cases under the headings.")
    found.faults += _lost_cells(found, opened.findings, name)
    _take_off_guards(found)
    _count_days_as_excel(found, opened.findings.days_off)
    found.source, found.name = opened.path, name
    found.taken, said = take_accepted(
        opened.answers, name, found.rows, found.row_numbers, found.columns
    )
    if found.taken and opened.findings.formulas:
        said.append(
            "Formulas still have the value from before: check each one that uses a cell of a suggestion."
        )
    found.notices = [*opened.notices, *found.notices, *opened.findings.sentences(name), *said]


def _take_off_guards(sheet: Sheet) -> None:
    """Take the guards off the person's own references, so that no output shows them."""
    for name in ("case_ref", "person_ref"):
        place = sheet.columns.get(name)
        for row in sheet.rows if place is not None else []:
            cell = row[place]  # type: ignore[index]
            if isinstance(cell, str) and not cell.isalnum():
                row[place] = without_guards(cell)  # type: ignore[index]


def _count_days_as_excel(sheet: Sheet, days_off: int) -> None:
    """Change the bare numbers of a workbook that counts from 1904 where they stand for a day."""
    kinds = (Kind.DAY, Kind.DAY_OR_NONE)
    places = [place for name, place in sheet.columns.items() if fields.BY_NAME[name].kind in kinds]
    for row in sheet.rows if days_off else []:
        for place in places:
            number = row[place]
            if isinstance(number, (int, float)) and number > LAST_DAY.year:
                row[place] = number + days_off


def _lost_cells(sheet: Sheet, findings: Findings, name: str) -> list[Problem]:
    """A problem for each cell of a field that holds an error or a formula never calculated.

    The reader sees nothing there, or in some .ods a 0 or the name of the error. It becomes a blank, which
    alone would be taken as not given.
    """
    rows = {number: row for row, number in enumerate(sheet.row_numbers)}
    names = {place: name for name, place in sheet.columns.items()}
    problems = []
    for lost_by_sheet, wrong in (
        (findings.errors, "The cell holds an error."),
        (findings.uncalculated, "The cell holds a formula that was never calculated."),
    ):
        lost = lost_by_sheet.get(name)
        if lost is None:
            continue
        if lost.beyond:
            raise FileProblem(f"The sheet {quoted(name)} has cells that cannot be read: {lost}.")
        for cell in lost.named:
            above, place = xl_cell_to_rowcol(cell.split(" ", 1)[0])
            if above + 1 not in rows or place >= len(sheet.headings):
                continue
            row = rows[above + 1]
            sheet.rows[row][place] = None
            if place in names:
                problems.append(Problem(row, names[place], wrong, "Type the value itself."))
    return problems


def read_cases(sheet: Sheet) -> Cases:
    """The table of cases; unreadable cells are among its problems and put only their row in error.

    Raises FileProblem where a person has too many exits: each is calculated after the one before.
    """
    columns = {name: sheet.column(place) for name, place in sheet.columns.items()}
    table = Cases.from_raw(columns, len(sheet.rows), sheet.faults)
    if max(Counter(table.person.tolist()).values(), default=0) > _MOST_OF_PERSON:
        raise FileProblem(
            f"More than {_MOST_OF_PERSON} rows have the same person reference. Give each person a reference of "
            "their own, or leave it blank for a person with one exit."
        )
    return table


def _chosen(
    path: Path,
    sheets: Sequence[tuple[str, list[list[Raw]]]],
    wanted: str | None,
    mapping: Mapping[str, str],
) -> tuple[str, list[list[Raw]], int]:
    """The name and rows of the sheet that holds the cases and the row of its headings."""
    if wanted is not None:
        named = [entry for entry in sheets if entry[0].casefold() == wanted.casefold()]
        if not named:
            raise FileProblem(f"{path.name}: there is no sheet {quoted(wanted)}.")
        sheets = named
    plausible = [
        (name, rows, row)
        for name, rows in sheets
        if (row := heading_row_of(rows, mapping)) is not None
    ]
    if len(plausible) > 1:
        taken_first = [entry for entry in plausible if entry[0] in OUR_SHEETS]
        if len(taken_first) != 1:
            names = ", ".join(quoted(name) for name, _, _ in plausible[:_MOST_SHEETS])
            more = len(plausible) - _MOST_SHEETS
            names += f" and {more} more" if more > 0 else ""
            raise FileProblem(
                f"{path.name}: the sheets {names} could all hold cases. Say which with --sheet."
            )
        plausible = taken_first
    if plausible:
        return plausible[0]
    needed = " and ".join(f.heading for f in fields.FIELDS if f.required)
    raise FileProblem(f"{path.name}: no headings found. The columns {needed} are needed.")


def heading_row_of(rows: Sequence[list[Raw]], mapping: Mapping[str, str]) -> int | None:
    """The place of the headings: the first row that names both required fields; else one of them and two others."""
    own = {fields.key(heading): name for heading, name in mapping.items()}
    partly = None
    for place, row in enumerate(rows[:HEADING_ROWS]):
        names = set()
        for cell in row:
            if isinstance(cell, str) and cell.strip():
                found = fields.field_for_heading(cell)
                name = own.get(fields.key(cell)) or (found.name if found else None)
                names |= {name} - {None}
        required = sum(fields.BY_NAME[name].required for name in names if name)
        if required == 2:
            return place
        if partly is None and required == 1 and len(names) >= 3:
            partly = place
    return partly


def headings_of(rows: Sequence[list[Raw]], heading_row: int) -> tuple[list[str], int]:
    """The headings in a row, and how many columns the table has.

    Empty columns at the end are left out. A last column of problems is one of the table and no heading.
    """
    headings = ["" if cell is None else str(cell).strip() for cell in rows[heading_row]]
    width = max((place for place, heading in enumerate(headings, 1) if heading), default=0)
    for row in islice(rows, heading_row + 1, None):
        while width < len(headings) and any(
            not is_empty(cell) for cell in row[width : len(headings)]
        ):
            width += 1
    kept = width - (width > 0 and headings[width - 1] == PROBLEMS_HEADING)
    return headings[:kept], width


def _table(
    rows: Sequence[list[Raw]],
    heading_row: int,
    matched: Callable[[list[str]], dict[str, int]],
) -> Sheet:
    headings, width = headings_of(rows, heading_row)
    kept, columns = len(headings), matched(headings)
    for f in fields.FIELDS:
        if f.required and f.name not in columns:
            raise FileProblem(f"The column {f.heading} is missing.")
    sheet = Sheet(headings, [], [], columns)
    for below, cells in enumerate(rows[heading_row + 1 :], heading_row + 2):
        if all(is_empty(cell) for cell in cells):
            continue
        if any(not is_empty(cell) for cell in cells[width:]):
            sheet.faults.append(
                Problem(
                    len(sheet.rows),
                    "case_ref",
                    "The row has more cells than there are headings.",
                    "Put quotes round text and amounts that hold a comma.",
                )
            )
        sheet.rows.append([*cells[:kept], *[None] * (kept - len(cells))])
        sheet.row_numbers.append(below)
    _leave_out_notes(sheet)
    return sheet


def _leave_out_notes(sheet: Sheet) -> None:
    """Take lines of text below the cases as notes, and say so."""
    notes = []
    while sheet.rows and _is_note(sheet.rows[-1], sheet.columns["case_ref"]):
        sheet.rows.pop()
        notes.append(sheet.row_numbers.pop())
    if notes:
        span = f"Row {notes[0]}" if len(notes) == 1 else f"Rows {notes[-1]} to {notes[0]}"
        sheet.notices.append(f"{span} below the cases: taken as notes, not as cases.")


def _is_note(row: list[Raw], reference_place: int) -> bool:
    filled = [place for place, cell in enumerate(row) if not is_empty(cell)]
    if len(filled) != 1:
        return False
    cell = row[filled[0]]
    return filled[0] != reference_place or (isinstance(cell, str) and " " in cell.strip())


def _csv_rows(path: Path, mapping: Mapping[str, str], notices: list[str]) -> list[list[Raw]]:
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding=_encoding(path, notices), newline="") as file:
        delimiter = _delimiter(list(islice(_short_lines(file, "", path), HEADING_ROWS)), mapping)
        file.seek(0)
        return _rows_of(_short_lines(file, delimiter, path), delimiter, path)


def _rows_of(lines: Iterator[str], delimiter: str, path: Path) -> list[list[Raw]]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    # The same text in many cells is kept once: most cells of a large table repeat.
    seen: dict[str, Raw] = {}
    rows: list[list[Raw]] = []
    cells = 0
    try:
        for row in reader:
            if any(cell.strip() for cell in row[LAST_COLUMN:]):
                raise FileProblem(f"{path.name}: {_TOO_LONG.format(f'{LAST_COLUMN} cells')}")
            rows.append([seen.setdefault(cell, _unquoted(cell)) for cell in row[:LAST_COLUMN]])
            cells += len(rows[-1])
            if len(rows) > _MOST_CSV_ROWS or cells > _MOST_CSV_CELLS:
                raise FileProblem(
                    f"{path.name}: the file has more than {_MOST_CSV_ROWS:,} rows or {_MOST_CSV_CELLS:,} "
                    "cells. Split it into several."
                )
    except csv.Error:
        raise FileProblem(
            f"{path.name}: a quote is not closed, or a cell is too long, near line {reader.line_num}."
        ) from None
    return rows


def _delimiter(lines: list[str], mapping: Mapping[str, str]) -> str:
    """The delimiter under which the lines hold headings, else the most frequent: text may hold others."""
    text = "".join(lines)
    by_count = sorted(",;\t", key=text.count, reverse=True)
    for delimiter in by_count:
        if max(line.count(delimiter) for line in lines or [""]) > _MOST_ON_A_LINE:
            continue
        rows: list[list[Raw]] = []
        with suppress(csv.Error):
            rows.extend([*row] for row in csv.reader(lines, delimiter=delimiter))
        if heading_row_of(rows, mapping) is not None:
            return delimiter
    return by_count[0]


def _encoding(path: Path, notices: list[str]) -> str:
    """UTF-8, or else Windows text, which is said."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            with path.open(encoding=encoding) as text:
                while text.read(1 << 20):
                    pass
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252":
            notices.append("The file is not UTF-8; it was read as Windows text (cp1252).")
        return encoding
    raise FileProblem(f"{path.name}: the text cannot be read. Save it as CSV UTF-8.")


def _short_lines(file: IO[str], delimiter: str, path: Path) -> Iterator[str]:
    """Yield the lines of a file. FileProblem for one too long, or with too many delimiters where one is given."""
    while line := file.readline(_LONGEST_LINE + 1):
        if len(line) > _LONGEST_LINE:
            raise FileProblem(f"{path.name}: {_TOO_LONG.format(f'{_LONGEST_LINE:,} characters')}")
        if delimiter and line.count(delimiter) > _MOST_ON_A_LINE:
            raise FileProblem(f"{path.name}: {_TOO_LONG.format(f'{_MOST_ON_A_LINE:,} cells')}")
        yield line


def _unquoted(cell: str) -> Raw:
    """A cell without the apostrophe that keeps text from becoming a formula."""
    if cell.startswith("'") and cell[1:].startswith(_FORMULA_STARTS):
        return cell[1:]
    return cell
