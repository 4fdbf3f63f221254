"""The rows of a CSV file: its encoding, its delimiter, and its lines within limits."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import IO

from calculator.facts.cells import Raw
from calculator.facts.problems import FileProblem
from calculator.spreadsheets.by_column import ByColumn
from calculator.spreadsheets.encodings import UTF_8, encoding_of
from calculator.spreadsheets.lost_cells import LAST_COLUMN
from calculator.spreadsheets.reader import LONGEST_CELL
from calculator.spreadsheets.table import HEADING_ROWS, heading_row_of

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
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_rows(path: Path, mapping: Mapping[str, str], notices: list[str]) -> list[list[Raw]]:
    """Return the rows of cells; what is assumed of the encoding is added to ``notices``. FileProblem if none can be read."""
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding=encoding_of(path, notices), newline="") as file:
        delimiter = _delimiter(_first_lines(file, path), mapping)
        file.seek(0)
        return _rows_of(_short_lines(file, delimiter, path), delimiter, path)


def csv_columns(path: Path, mapping: Mapping[str, str]) -> ByColumn | None:
    """Return the rows as columns where the file is plain, in UTF-8 and within the limits; None for any other."""
    csv.field_size_limit(LONGEST_CELL)
    said: list[str] = []
    if encoding_of(path, said) != UTF_8 or said:
        return None
    with path.open(encoding=UTF_8, newline="") as file:
        delimiter = _delimiter(_first_lines(file, path), mapping)
    from calculator.spreadsheets.arrow import plain_csv

    rows = plain_csv(path, delimiter, LONGEST_CELL)
    if rows is None or len(rows) > _MOST_CSV_ROWS or len(rows.columns) > LAST_COLUMN:
        return None
    return rows if len(rows) * len(rows.columns) <= _MOST_CSV_CELLS else None


def csv_head(path: Path, mapping: Mapping[str, str]) -> tuple[str, list[list[Raw]]]:
    """Return the delimiter of a CSV file in UTF-8 and its first rows. FileProblem, in one line, where it is none."""
    with path.open(encoding=UTF_8, newline="") as file, suppress(UnicodeDecodeError, csv.Error):
        lines = _first_lines(file, path)
        delimiter = _delimiter(lines, mapping)
        return delimiter, [[*row] for row in csv.reader(lines, delimiter=delimiter)]
    raise FileProblem(f"{path.name}: the first lines cannot be read. Save the table as CSV UTF-8.")


def _first_lines(file: IO[str], path: Path) -> list[str]:
    return list(islice(_short_lines(file, "", path), HEADING_ROWS))


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
