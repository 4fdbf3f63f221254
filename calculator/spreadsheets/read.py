"""A spreadsheet file as headings and rows of typed cells, and its columns as fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name

from calculator.calculation.result_columns import OUTPUT_NAMES
from calculator.facts import fields
from calculator.facts.case_table import Cases
from calculator.facts.cells import Raw, cell_text, is_empty
from calculator.facts.days import LAST_DAY
from calculator.facts.fields import Kind
from calculator.facts.headings import columns_of, match, name_parts, nearest, unmatched
from calculator.facts.problems import FileProblem, Problem
from calculator.facts.references import MAY_BE_GUARDED, without_guards
from calculator.facts.text import quoted
from calculator.files.kinds import is_workbook
from calculator.files.limited import Limits
from calculator.spreadsheets.answers import is_problems_sheet, take_accepted, without_problems
from calculator.spreadsheets.by_column import ByColumn, Rows
from calculator.spreadsheets.csv_text import CSV_BYTES, csv_columns, csv_rows
from calculator.spreadsheets.lost_cells import Findings
from calculator.spreadsheets.merged import fill_merged
from calculator.spreadsheets.reader import read_workbook
from calculator.spreadsheets.sheets import Opened as Opened
from calculator.spreadsheets.sheets import accounted, chosen
from calculator.spreadsheets.table import (
    HEADING_ROWS,
    all_are_cases,
    cases_below,
    heading_row_of,
    headings_at,
    sums_in,
)
from calculator.spreadsheets.words import listed

TEXTS = (".csv", ".tsv", ".txt")
READABLE = (".xlsx", ".xlsm", ".xls", ".ods", *TEXTS)
PARQUET = ".parquet"
"""The ending of a table for programs, which the commands read and the browser app does not."""
COMMAND_LINE_BYTES = 200_000_000
"""A file on the command line: ten times a workbook of 100,000 rows of 30 columns."""
BROWSER_BYTES = 25_000_000
"""A file through the browser, where it is held in memory: a workbook of 100,000 rows fits."""
SHEET_HEADING = "Sheet"
"""The heading of the column of sheet names where several sheets are read as one table."""
_MOST_OF_PERSON = 500
"""Exits of one person; a word such as "unknown" in every row would link people who have nothing to do with another."""


@dataclass
class Sheet:
    """One table of a file: its headings, its rows of cells, and the row numbers the person sees.

    ``columns`` gives the index of each field's column; ``joined`` those of a field that several columns
    give together, forename and surname. ``faults`` are rows or cells that the reader could not take as they
    are; ``notices`` are lines for the person about the file, and ``accounted`` says which sheets were read.
    ``source`` is the file, ``name`` its sheet, and ``sources`` names the sheet of each row where several were
    read; ``taken`` are the cells, by row and index of column, that hold an accepted suggestion or a
    correction; ``added`` the headings, by their cell, of columns added for corrections.
    """

    headings: list[str]
    rows: Rows
    row_numbers: list[int]
    columns: dict[str, int]
    faults: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    source: Path | None = None
    name: str = ""
    taken: list[tuple[int, int]] = field(default_factory=list)
    joined: dict[str, tuple[int, ...]] = field(default_factory=dict)
    accounted: str = ""
    sources: list[str] = field(default_factory=list)
    added: list[tuple[str, str, str]] = field(default_factory=list)

    def column(self, place: int) -> Sequence[Raw]:
        """The cells of one column, by its index."""
        if isinstance(self.rows, ByColumn):
            return self.rows.columns[place]
        return [row[place] for row in self.rows]

    def place(self, name: str) -> int | None:
        """The index of a field's column, the first where several give it; None where the file has none."""
        return self.joined[name][0] if name in self.joined else self.columns.get(name)

    def name_of(self, row: int) -> str:
        """The name of the sheet that a row is from."""
        return self.sources[row] if self.sources else self.name

    def entered(self, row: int, name: str) -> Raw:
        """The cell of a field in a row; text with a space between where several columns give it."""
        cells = self.rows[row]
        if name not in self.joined:
            return cells[self.columns[name]]
        return in_one([cells[place] for place in self.joined[name]])

    def given(self, name: str) -> Sequence[Raw]:
        """The cells of a field, as :meth:`entered` gives each."""
        if name not in self.joined:
            return self.column(self.columns[name])
        parts = [self.column(place) for place in self.joined[name]]
        return [in_one(cells) for cells in zip(*parts, strict=True)]

    def locate(self, problem: Problem) -> tuple[str, str]:
        """The address of a problem's cell as the person sees it, ``F12``, and its heading.

        The row alone, and the field's heading, where the file has no such column. Before it the sheet where
        several were read.
        """
        place = self.place(problem.field)
        number = self.row_numbers[problem.row]
        sheet = f"{self.sources[problem.row]}!" if self.sources else ""
        if place is None:
            known = fields.BY_NAME.get(problem.field)
            heading = known.heading if known else problem.field
            return f"{sheet}{'' if sheet else 'row '}{number}", heading
        return f"{sheet}{xl_col_to_name(place)}{number}", self.headings[place]


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
    if is_workbook(path, largest or (CSV_BYTES if suffix in TEXTS else COMMAND_LINE_BYTES)):
        sheets, findings = read_workbook(path, limits)
    elif suffix in TEXTS:
        sheets, findings = [("", csv_rows(path, mapping, notices))], Findings()
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
    accept_guesses: bool = False,
) -> Sheet:
    """The table of cases in a file. FileProblem, in one line, where there is none to read.

    ``sheet`` names the sheet where several could hold cases, or is ``all``; ``mapping``, ``largest`` and
    ``limits`` are as of :func:`open_file`. Headings that are only guessed are used with ``accept_guesses``.
    """

    def matched(headings: list[str]) -> dict[str, int]:
        return columns_of(headings, mapping, OUTPUT_NAMES, accept_guesses)

    suffix = path.suffix.casefold()
    if suffix == PARQUET and path.is_file():
        return _parquet_sheet(path, mapping, matched)
    if suffix in TEXTS and sheet is None and path.is_file():
        plain = _plain_sheet(path, largest, mapping, matched)
        if plain is not None:
            return plain
    opened = open_file(path, largest, mapping, limits)

    read = chosen(opened, sheet, mapping)
    tables = [_table(opened, each.name, each.heading_row, matched, mapping) for each in read]
    found = _together([each.name for each in read], tables)
    return _said(found, opened, [each.name for each in read], mapping)


def _parquet_sheet(
    path: Path, mapping: Mapping[str, str], matched: Callable[[list[str]], dict[str, int]]
) -> Sheet:
    """The table of a Parquet file, its rows numbered as if the names of its columns were the first line."""
    from calculator.spreadsheets.parquet import read_parquet

    headings, rows = read_parquet(path)
    columns = matched(headings)
    check_required(headings, columns)
    filled = rows.filled()
    if not filled.any():
        raise FileProblem(f"{path.name}: there are no cases in the table.")
    numbers = (np.flatnonzero(filled) + 2).tolist()
    found = sheet_by_column(path, headings, rows.take(filled), numbers, columns)
    return _said(found, Opened(path, [("", [])], Findings(), []), [""], mapping)


def _plain_sheet(
    path: Path,
    largest: int | None,
    mapping: Mapping[str, str],
    matched: Callable[[list[str]], dict[str, int]],
) -> Sheet | None:
    """The table of a CSV file in which every row under the first is a case; None for any other file."""
    if is_workbook(path, largest or CSV_BYTES):
        return None
    rows = csv_columns(path, mapping)
    if rows is None:
        return None
    first = [[*row] for row in rows[:HEADING_ROWS]]
    headings = [cell_text(cell).strip() for cell in first[0]]
    if not all(headings) or is_problems_sheet(first) or heading_row_of(first, mapping) != 0:
        return None
    columns = matched(headings)
    if not all_are_cases(rows, first, columns, mapping):
        return None
    below = rows.take(slice(1, None))
    found = sheet_by_column(path, headings, below, list(range(2, len(rows) + 1)), columns)
    return _said(found, Opened(path, [("", [])], Findings(), []), [""], mapping)


def sheet_by_column(
    path: Path | None,
    headings: list[str],
    rows: ByColumn,
    numbers: list[int],
    columns: dict[str, int],
) -> Sheet:
    """A table kept as its columns, the guards taken off the person's own references."""
    for name in ("case_ref", "person_ref"):
        if name in columns:
            place = columns[name]
            rows.columns[place] = rows.columns[place].changed(MAY_BE_GUARDED, without_guards)
    sheet = Sheet(headings, rows, numbers, columns, source=path)
    if parts := name_parts(headings, columns):
        sheet.joined["member_name"] = parts
    return sheet


def in_one(cells: Sequence[Raw]) -> str:
    """Give cells as one text with a space between."""
    return " ".join(filter(None, (cell_text(cell).strip() for cell in cells)))


def sheet_of(
    opened: Opened,
    name: str,
    heading_row: int,
    columns: Mapping[str, int],
    others: Sequence[tuple[str, int]] = (),
) -> Sheet:
    """The table of one sheet of an open file, its columns as given: the index of each field.

    ``heading_row`` counts from 0; ``others`` are sheets with the same headings, and the rows of these, to
    be read with it. FileProblem, in one line, where a required column or every case is missing.
    """
    parts = [(name, heading_row), *others]
    names = [part for part, _ in parts]
    found = _together(
        names, [_table(opened, part, row, lambda _: dict(columns), {}) for part, row in parts]
    )
    found.notices = [*opened.notices, *found.notices]
    found.accounted = accounted(opened, names)
    return found


def _said(found: Sheet, opened: Opened, names: Sequence[str], mapping: Mapping[str, str]) -> Sheet:
    """Add what is said of a table: unknown columns with sums in them, and guesses, first."""
    sums = sums_in(found.rows, found.headings, set(found.columns.values()))
    own = found.headings[:-1] if found.sources else found.headings
    urgent, unknown = unmatched(own, found.columns, OUTPUT_NAMES, sums)
    sure = match(found.headings, mapping, OUTPUT_NAMES)[0].values()
    guessed = [
        f"The column {quoted(found.headings[place])} is read as {fields.BY_NAME[name].heading}: a guess that "
        "you accepted."
        for name, place in found.columns.items()
        if place not in sure
    ]
    found.notices = [*urgent, *guessed, *opened.notices, *found.notices, *unknown]
    found.accounted = accounted(opened, names)
    return found


def _table(
    opened: Opened,
    name: str,
    heading_row: int,
    matched: Callable[[list[str]], dict[str, int]],
    mapping: Mapping[str, str],
) -> Sheet:
    """The table of one sheet, with what is said of it alone. FileProblem where it has no cases."""
    rows, findings = opened.rows(name), opened.findings
    merged = findings.merged.get(name, ())
    headings = headings_at(rows, heading_row, merged, mapping)
    columns = matched(headings.texts)
    check_required(headings.texts, columns)
    below = cases_below(rows, headings, columns, merged, mapping)
    if not below.kept:
        raise FileProblem(f"{opened.path.name}: there are no cases under the headings.")
    kept_rows: list[list[Raw]] = []
    sheet = Sheet(
        headings.texts,
        kept_rows,
        [index + 1 for index in below.kept],
        columns,
        source=opened.path,
        name=name,
    )
    if parts := name_parts(headings.texts, columns):
        sheet.joined["member_name"] = parts
    kept = len(headings.texts)
    for index in below.kept:
        cells = rows[index]
        if len(cells) > headings.width and not all(map(is_empty, cells[headings.width :])):
            sheet.faults.append(_too_many_cells(len(kept_rows), is_text=not name))
        kept_rows.append([*cells[:kept], *[None] * (kept - len(cells))])
    sheet.faults += _lost_cells(sheet, findings, name)
    merged_faults, filled = fill_merged(kept_rows, sheet.row_numbers, columns, kept, merged)
    sheet.faults += merged_faults
    _take_off_guards(sheet)
    _count_days_as_excel(sheet, findings.days_off)
    said = _take_accepted(sheet, opened)
    hidden = _hidden_columns(sheet, findings.hidden_columns.get(name, ()))
    sheet.notices = [*below.notices, *filled, *hidden, *findings.sentences(name), *said]
    return sheet


def _take_accepted(sheet: Sheet, opened: Opened) -> list[str]:
    """Take the suggestions accepted for a sheet, and give what to say of them."""
    sheet.taken, said = take_accepted(
        opened.answers, sheet.name, sheet.rows, sheet.row_numbers, sheet.columns
    )
    if sheet.taken and opened.findings.formulas:
        said.append(
            "Formulas still have the value from before: check each one that uses a cell of a suggestion."
        )
    return said


def _take_off_guards(sheet: Sheet) -> None:
    """Take the guards off the person's own references, so that no output shows them."""
    for name in ("case_ref", "person_ref"):
        place = sheet.columns.get(name)
        for row in sheet.rows if place is not None else []:
            cell = row[place]  # type: ignore[index]
            if isinstance(cell, str) and not cell.isalnum():
                row[place] = without_guards(cell)  # type: ignore[index]


def check_required(headings: list[str], columns: Mapping[str, int]) -> None:
    """Raise FileProblem where a column that no case can be without is missing."""
    for f in fields.FIELDS:
        if f.required and f.name not in columns:
            raise FileProblem(
                f"The column {f.heading} is missing.{_may_be(headings, columns, f.name)}"
            )


def _may_be(headings: list[str], columns: Mapping[str, int], name: str) -> str:
    """What to add where a required column is missing and a heading may be it."""
    for index, guess in nearest(headings, columns, OUTPUT_NAMES).items():
        if guess == name:
            heading = quoted(headings[index])
            return f" {heading} may be it: add --accept-guesses, or --map {heading}={name}."
    return ""


def _too_many_cells(row: int, is_text: bool) -> Problem:
    return Problem(
        row,
        "case_ref",
        "The row has more cells than there are headings.",
        "Put quotes round text and amounts that hold a comma."
        if is_text
        else "Give each column a heading in one row, or clear the cells beside the table.",
    )


def _hidden_columns(sheet: Sheet, hidden: Sequence[int]) -> list[str]:
    names = [
        f"{xl_col_to_name(place)} {quoted(sheet.headings[place])}"
        for place in hidden
        if place < len(sheet.headings) and sheet.headings[place]
    ]
    return [f"Hidden columns are read like the others: {listed(names)}."] if names else []


def _together(names: Sequence[str], tables: Sequence[Sheet]) -> Sheet:
    """Several tables with the same columns as one, with the sheet's name in an own column."""
    if len(tables) == 1:
        return tables[0]
    first = tables[0]
    heading = SHEET_HEADING if SHEET_HEADING not in first.headings else f"{SHEET_HEADING} (name)"
    together: list[list[Raw]] = []
    found = Sheet(
        [*first.headings, heading],
        together,
        [],
        dict(first.columns),
        joined=first.joined,
        source=first.source,
    )
    for name, table in zip(names, tables, strict=True):
        start = len(together)
        found.faults += [replace(fault, row=fault.row + start) for fault in table.faults]
        found.taken += [(row + start, place) for row, place in table.taken]
        together += [[*row, name] for row in table.rows]
        found.row_numbers += table.row_numbers
        found.sources += [name] * len(table.rows)
        found.notices += [
            line if f"sheet {quoted(name)}" in line else f"Sheet {quoted(name)}: {line}"
            for line in table.notices
        ]
    return found


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
    names |= {place: name for name, parts in sheet.joined.items() for place in parts}
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


def read_cases(sheet: Sheet, elsewhere: Mapping[str, str] = {}) -> Cases:
    """The table of cases; unreadable cells are among its problems and put only their row in error.

    ``elsewhere`` is as of :meth:`Cases.from_raw`. Raises FileProblem where a person has too many exits: each is
    calculated after the one before.
    """
    columns = {name: sheet.given(name) for name in sheet.columns}
    table = Cases.from_raw(columns, len(sheet.rows), sheet.faults, elsewhere)
    if np.bincount(table.person).max(initial=0) > _MOST_OF_PERSON:
        raise FileProblem(
            f"More than {_MOST_OF_PERSON} rows have the same person reference. Give each person a reference of "
            "their own, or leave it blank for a person with one exit."
        )
    return table
