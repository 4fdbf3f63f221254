"""Writes the results: a plain table as .csv or .parquet, or the workbook as .xlsx.

The person's own columns come first, then ours. Text can never become a formula.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from calculator.calculation.outcome import Outcome
from calculator.calculation.output import OutputKind
from calculator.calculation.result_columns import OUTPUT_NAMES, OUTPUTS
from calculator.facts.cells import cell_text
from calculator.facts.columns import Column
from calculator.facts.headings import result_name
from calculator.facts.problems import FileProblem, Problem
from calculator.spreadsheets.read import PARQUET, Sheet
from calculator.spreadsheets.results_workbook.results_sheet import TableColumn
from calculator.spreadsheets.results_workbook.workbook import write_workbook

WRITABLE = (".xlsx", ".csv", PARQUET)
_FORMULA_START = re.compile(r"[=+\-@\t\r\n]")
_QUOTED = re.compile('[",\r\n]')
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
MOST_XLSX_COLUMNS, MOST_XLSX_ROWS = 16_384, 1_048_576
"""The most that one sheet holds."""
_KINDS = {output.name: output.kind for output in OUTPUTS}


def write_results(
    path: Path,
    sheet: Sheet,
    outcome: Outcome,
    problems: list[Problem],
    progress: Callable[[int], None] | None = None,
) -> None:
    """Write the results, one row for each input row in order.

    ``problems`` are all those of the input; ``progress`` is called with the number of rows written to a
    workbook. FileProblem for another kind of file or a table too large for it.
    """
    suffix = path.suffix.casefold()
    if suffix not in WRITABLE:
        raise FileProblem(f"{path.name}: results are written to .xlsx, .csv or .parquet.")
    columns = result_columns(sheet)
    too_large = len(columns) > MOST_XLSX_COLUMNS or len(sheet.rows) >= MOST_XLSX_ROWS
    if suffix == ".xlsx" and too_large:
        raise FileProblem(
            f"{path.name}: the table is too large for a workbook. Write .csv instead."
        )
    if suffix == ".csv":
        _write_csv(path, columns, sheet, outcome)
    elif suffix == PARQUET:
        from calculator.spreadsheets.parquet import write_parquet

        write_parquet(path, [(c.heading, c.output or _own(sheet, c)) for c in columns], outcome)
    else:
        write_workbook(path, columns, sheet, outcome, problems, progress)


def result_columns(sheet: Sheet) -> list[TableColumn]:
    """List the person's columns in order, those with the name of a result replaced; then the other results."""
    replaced: set[str] = set()
    columns = []
    for index, heading in enumerate(sheet.headings):
        name = result_name(heading)
        if name in OUTPUT_NAMES and name not in replaced:
            replaced.add(name)
            columns.append(TableColumn(name, None, name))
        elif name not in OUTPUT_NAMES:
            columns.append(TableColumn(heading, index, None))
    return columns + [
        TableColumn(name, None, name) for name in OUTPUT_NAMES if name not in replaced
    ]


def _write_csv(path: Path, columns: list[TableColumn], sheet: Sheet, outcome: Outcome) -> None:
    from calculator.spreadsheets.arrow import Cells, figure_cells, text_cells, write_csv

    def cells(column: TableColumn) -> Cells:
        if column.output is None:
            own = _own(sheet, column)
            return text_cells(own if own.is_text else own.mapped(cell_text), csv_cell)
        if _KINDS[column.output] is OutputKind.TEXT:
            return text_cells(outcome.column(column.output), csv_cell)
        return figure_cells(outcome.figures(column.output))

    headings = [csv_cell(column.heading) for column in columns]
    write_csv(path, headings, [cells(column) for column in columns], len(sheet.rows))


def _own(sheet: Sheet, column: TableColumn) -> Column:
    return Column.of(sheet.column(column.index or 0))


def safe_text(text: str) -> str:
    """Make text for CSV that no spreadsheet program takes for a formula: an apostrophe before it if needed.

    A plain number keeps its sign.
    """
    if _FORMULA_START.match(text) and not _PLAIN_NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def csv_cell(text: str) -> str:
    """Write a text as a cell of CSV, safe and in quotes if needed."""
    text = safe_text(text)
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
