"""The workbook of problems, to be corrected and read again: the person's own, marked, or one with their table.

A workbook of up to MOST_ROWS rows comes back as it is, with its problems marked. Anything else becomes a new
workbook with every row, also those without a problem, because the exits of one person may share a cap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from calculator.facts.cells import CannotRead, Raw, cell_text
from calculator.facts.fields import BY_NAME, Kind
from calculator.facts.problems import Problem, Severity
from calculator.files.limited import Failed, Limits, Refused, TooMuch, run_limited
from calculator.spreadsheets import not_kept
from calculator.spreadsheets.answers import (
    ACCEPT,
    MOST_LINKS,
    PROBLEM_HEADS,
    PROBLEM_WIDTHS,
    PROBLEMS_HEADING,
    PROBLEMS_SHEET,
    SHADES,
    ProblemLine,
)
from calculator.spreadsheets.read import Sheet
from calculator.spreadsheets.rows import (
    CHUNK,
    MOST_TEXT,
    Body,
    Chunk,
    Styles,
    lines_needed,
    own_cells,
    set_bodies,
    shaded,
    text_cells,
)

MOST_ROWS = 10_000
"""Cases of a workbook that comes back as it is; a larger one would take too long."""
MOST_MARKS = 50_000
"""Problems of a workbook that comes back as it is: each is a note, and these take 1 GB."""
_MOST_LINES = 1_000_000
"""Problems in the sheet of problems; a sheet holds 1,048,576 rows."""
_LIMITS = Limits(memory=2_000_000_000, cpu_seconds=120, wall_seconds=400)
_MARKABLE = (".xlsx", ".xlsm")
_TABLE_NAME = "Cases"
_KINDS = {
    "plain": {},
    "text": {"num_format": "@"},
    "day": {"num_format": "d mmm yyyy"},
    "moment": {"num_format": "d mmm yyyy hh:mm"},
}
_NEW = "The problems are marked in a new workbook with your cases, not in your own file: {}."
_NOT_MARKED = _NEW.format("it cannot be opened for that, or is too large")


@dataclass(frozen=True)
class Plan:
    """Whether the person's own workbook is marked, and what to say before it is written."""

    own: bool
    sentences: list[str]


def plan_for(sheet: Sheet, problems: Sequence[Problem]) -> Plan:
    """Find out whether the file of a table can be marked, and what it would lose."""
    if sheet.source is None or sheet.source.suffix.casefold() not in _MARKABLE:
        return Plan(False, [])
    if len(sheet.rows) > MOST_ROWS:
        return Plan(False, [_NEW.format(f"it has more than {MOST_ROWS:,} cases")])
    if len(problems) > MOST_MARKS:
        return Plan(False, [_NEW.format(f"it has more than {MOST_MARKS:,} problems")])
    try:
        loss = not_kept.Loss(*run_limited(not_kept.look_for_losses, _LIMITS, sheet.source))
    except (Refused, Failed, TooMuch):
        return Plan(False, [_NOT_MARKED])
    if not loss.can_mark:
        return Plan(False, [_NEW.format("it has macros")] if loss.macros else [])
    said = []
    if loss.lost:
        said.append(
            f"The workbook of problems is your own file, marked, without: {'; '.join(loss.lost)}. Keep "
            "your own file for these."
        )
    if loss.links:
        said.append(
            "Links to other workbooks stay in the workbook of problems as they are in your own file."
        )
    return Plan(True, said)


def write_problems(path: Path, sheet: Sheet, problems: Sequence[Problem], plan: Plan) -> str:
    """Write the workbook of problems to ``path``. Return what to say where it is not as planned, else "".

    Without problems it is the sheet alone, as corrected.
    """
    if plan.own:
        try:
            _mark_own(path, sheet, problems)
        except (Refused, Failed, TooMuch):
            _write_table(path, sheet, problems)
            return _NOT_MARKED
        return ""
    _write_table(path, sheet, problems)
    return ""


def _mark_own(path: Path, sheet: Sheet, problems: Sequence[Problem]) -> None:
    # openpyxl takes long to load.
    from calculator.spreadsheets.marked_workbook import mark

    assert sheet.source is not None  # noqa: S101 - planned for a file
    lines = [
        _line(sheet, problem, sheet.name_of(problem.row), sheet.row_numbers) for problem in problems
    ]
    taken: list[tuple[str, str, Raw]] = [*sheet.added]
    taken += [(sheet.name_of(row), *_typed(sheet, row, place)) for row, place in sheet.taken]
    with TemporaryDirectory(dir=path.parent) as folder:
        marked = Path(folder) / "marked.xlsx"
        run_limited(mark, _LIMITS, sheet.source, marked, lines, taken)
        marked.replace(path)


def _line(
    sheet: Sheet, problem: Problem, name: str, row_numbers: Sequence[int] | range
) -> ProblemLine:
    """One problem for the sheet of problems: where the column is missing, the case reference is marked."""
    row = sheet.rows[problem.row]
    reference = sheet.columns["case_ref"]
    found = sheet.place(problem.field)
    is_there, place = found is not None, reference if found is None else found
    field = BY_NAME.get(problem.field)
    heading = field.heading if field is not None else problem.field
    return ProblemLine(
        sheet=name,
        cell=f"{xl_col_to_name(place)}{row_numbers[problem.row]}",
        reference=cell_text(row[reference]).strip(),
        column=sheet.headings[place] if is_there else heading,
        severity=str(problem.severity),
        wrong=problem.wrong if is_there else f"{heading}: {problem.wrong}",
        enter=problem.enter,
        suggestion=problem.suggestion if problem.field not in sheet.joined and is_there else "",
        accept="",
        held=cell_text(row[place])[:MOST_TEXT],
    )


def _typed(sheet: Sheet, row: int, place: int) -> tuple[str, Raw]:
    """The address of a cell that took a suggestion, and its value as a number or a day where it is one."""
    address = f"{xl_col_to_name(place)}{sheet.row_numbers[row]}"
    raw = sheet.rows[row][place]
    field = next((BY_NAME[name] for name, at in sheet.columns.items() if at == place), None)
    if field is None:
        return address, raw
    try:
        value = field.parse(raw)
    except CannotRead:
        return address, raw
    if field.kind is Kind.MONEY and isinstance(value, int):
        return address, value // 100 if value % 100 == 0 else value / 100
    return address, value if field.kind is Kind.DAY and isinstance(value, date) else raw


# A new workbook


def _write_table(path: Path, sheet: Sheet, problems: Sequence[Problem]) -> None:
    """Write the table with every problem marked in its cell and explained in a last column."""
    with TemporaryDirectory(dir=path.parent) as folder:
        laid_out = Path(folder) / "laid_out.xlsx"
        options = {"constant_memory": True, "strings_to_formulas": False, "tmpdir": folder}
        book = xlsxwriter.Workbook(str(laid_out), options)
        styles = Styles(
            {kind: book.add_format(dict(form)) for kind, form in _KINDS.items()}
            | {
                f"{severity} {kind}": book.add_format({**form, "bg_color": f"#{colour}"})
                for severity, colour in SHADES.items()
                for kind, form in _KINDS.items()
            }
            | {
                "wrapped": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
                "link": book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"}),
            }
        )
        heading = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E9ECEF", "border": 1}
        )
        page = book.add_worksheet(_TABLE_NAME)
        page.freeze_panes(1, 1)
        width = len(sheet.headings)
        page.set_column(0, width, 16)
        headings = [*sheet.headings]
        if problems:
            headings.append(PROBLEMS_HEADING)
            page.set_column(width, width, 90)
        for column, text in enumerate(headings):
            page.write_string(0, column, text, heading)
        page.autofilter(0, 0, len(sheet.rows), len(headings) - 1)
        styles.sample(page)
        bodies = [Body(page, len(headings), lambda numbered: _chunks(sheet, problems, numbered))]
        if problems:
            numbers = range(2, len(sheet.rows) + 2)
            lines = [_line(sheet, each, _TABLE_NAME, numbers) for each in problems[:_MOST_LINES]]
            bodies.append(_list_problems(book.add_worksheet(PROBLEMS_SHEET), lines, heading))
        book.close()
        set_bodies(laid_out, path, bodies, styles)


def _list_problems(page: Worksheet, lines: Sequence[ProblemLine], heading: Format) -> Body:
    """Lay out the sheet of all problems."""
    for column, (head, width) in enumerate(zip(PROBLEM_HEADS, PROBLEM_WIDTHS, strict=True)):
        page.write_string(0, column, head, heading)
        page.set_column(column, column, width)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    page.autofilter(0, 0, len(lines), len(PROBLEM_HEADS) - 1)
    accept, cell = PROBLEM_HEADS.index("Accept"), PROBLEM_HEADS.index("Cell")
    page.data_validation(
        1, accept, max(1, len(lines)), accept, {"validate": "list", "source": [ACCEPT]}
    )
    if lines:
        page.write_url(1, cell, f"internal:'{_TABLE_NAME}'!A1", None, "A1")

    def chunks(styles: Styles) -> Iterator[Chunk]:
        for start in range(0, len(lines), CHUNK):
            some = lines[start : start + CHUNK]
            columns = list(zip(*some, strict=True))
            cells = [text_cells(texts, styles["wrapped"]) for texts in columns]
            cells[cell] = text_cells(columns[cell], styles["link"])
            yield Chunk(cells, lines_needed(some, PROBLEM_WIDTHS))

    links = [
        (below, f"{quote_sheetname(_TABLE_NAME)}!{line.cell}", line.cell)
        for below, line in enumerate(lines[:MOST_LINKS], 2)
    ]
    return Body(page, len(PROBLEM_HEADS), chunks, cell, links)


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
                column = sheet.place(problem.field)
                if column is not None and worst.get(column) is not Severity.MUST_FIX:
                    worst[column] = problem.severity
            for column, severity in worst.items():
                columns[column][row] = shaded(columns[column][row], shades[severity])
            explained[row] = " ".join(_explained(sheet, problem) for problem in of_row)
        yield Chunk([*columns, text_cells(explained, styles["text"])] if problems else columns)


def _explained(sheet: Sheet, problem: Problem) -> str:
    """Explain a problem, with its cell in this workbook: the table starts under one line of headings."""
    column = sheet.place(problem.field)
    number = problem.row + 2
    cell = f"Row {number}" if column is None else f"{xl_col_to_name(column)}{number}"
    return f"{cell} ({problem.severity}): {problem.wrong} {problem.enter}"
