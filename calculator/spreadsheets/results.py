"""Writes the results: a plain table as .csv, or the workbook as .xlsx.

The person's own columns come first, then ours. Text can never become a formula.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

from calculator.calculation.outcome import Outcome
from calculator.calculation.output import OutputKind
from calculator.calculation.result_columns import OUTPUT_NAMES, OUTPUTS
from calculator.facts.cells import cell_text
from calculator.facts.headings import result_name
from calculator.facts.problems import FileProblem, Problem
from calculator.spreadsheets.read import Sheet
from calculator.spreadsheets.results_workbook.results_sheet import TableColumn
from calculator.spreadsheets.results_workbook.workbook import write_workbook

WRITABLE = (".xlsx", ".csv")
_FORMULA_START = re.compile(r"[=+\-@\t\r\n]")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
MOST_XLSX_COLUMNS, MOST_XLSX_ROWS = 16_384, 1_048_576
"""The most that one sheet holds."""
CSV_CHUNK = 10_000
"""Rows whose text is in memory at a time, so that memory does not grow with the table."""
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
        raise FileProblem(f"{path.name}: results are written to .xlsx or .csv.")
    columns = result_columns(sheet)
    too_large = len(columns) > MOST_XLSX_COLUMNS or len(sheet.rows) >= MOST_XLSX_ROWS
    if suffix == ".xlsx" and too_large:
        raise FileProblem(
            f"{path.name}: the table is too large for a workbook. Write .csv instead."
        )
    if suffix == ".csv":
        _write_csv(path, columns, sheet, outcome)
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
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([safe_text(column.heading) for column in columns])
        for start in range(0, len(sheet.rows), CSV_CHUNK):
            rows = slice(start, start + CSV_CHUNK)
            texts = [_column_texts(column, sheet, outcome, rows) for column in columns]
            writer.writerows(zip(*texts, strict=True))


def _column_texts(column: TableColumn, sheet: Sheet, outcome: Outcome, rows: slice) -> list[str]:
    if column.output is None:
        index = column.index or 0
        return [safe_text(cell_text(row[index])) for row in sheet.rows[rows]]
    texts = outcome.texts(column.output, rows)
    if _KINDS[column.output] is OutputKind.TEXT:
        return [safe_text(text) for text in texts]
    return texts


def safe_text(text: str) -> str:
    """Make text for CSV that no spreadsheet program takes for a formula: an apostrophe before it if needed.

    A plain number keeps its sign.
    """
    if _FORMULA_START.match(text) and not _PLAIN_NUMBER.fullmatch(text):
        return f"'{text}"
    return text
