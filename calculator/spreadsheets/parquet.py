"""Tables of cases and results in Parquet: typed columns, money as exact decimals, days as dates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from calculator.calculation.outcome import Outcome
from calculator.calculation.output import OutputKind
from calculator.calculation.result_columns import OUTPUT
from calculator.facts.cells import cell_text
from calculator.facts.columns import Column
from calculator.facts.problems import FileProblem
from calculator.facts.text import quoted
from calculator.files.kinds import file_problem
from calculator.spreadsheets.arrow import column_of, figures
from calculator.spreadsheets.by_column import ByColumn

MOST_ROWS, MOST_COLUMNS = 10_000_000, 1_000
MOST_BYTES = 8_000_000_000
"""The most that the columns of a file may come to in memory."""
_ROWS_OF_GROUP = 100_000
_DISTINCT_BYTES = 1 << 26
"""Distinct texts of a column that are kept apart from its rows; assumptions are long, and few."""


def read_parquet(path: Path) -> tuple[list[str], ByColumn]:
    """Read the names and rows of a Parquet file. FileProblem, in one line, where it cannot be read."""
    try:
        file = pq.ParquetFile(path)
        meta = file.metadata
        size = sum(meta.row_group(n).total_byte_size for n in range(meta.num_row_groups))
        if meta.num_rows > MOST_ROWS or meta.num_columns > MOST_COLUMNS or size > MOST_BYTES:
            raise file_problem(
                path,
                f"the file has more than {MOST_ROWS:,} rows, {MOST_COLUMNS:,} columns or "
                f"{MOST_BYTES // 10**9} GB. Split it into several.",
            )
        schema = file.schema_arrow
        nested = [field.name for field in schema if pa.types.is_nested(field.type)]
        if nested:
            raise file_problem(path, f"the column {quoted(nested[0])} holds no single values.")
        places = range(len(schema.names))
        text = [schema.names[n] for n in places if pa.types.is_string(schema.types[n])]
        table = pq.read_table(path, read_dictionary=text, partitioning=None)
    except (pa.ArrowException, OSError, ValueError) as error:
        if isinstance(error, (FileProblem, FileNotFoundError)):
            raise
        raise file_problem(path, "cannot be read as Parquet. It may be damaged.") from None
    columns = []
    for _ in places:
        columns.append(column_of(table.column(0)))
        table = table.remove_column(0)  # so that a column is in memory once
    return [name.strip() for name in schema.names], ByColumn(columns)


def write_parquet(
    path: Path, columns: Sequence[tuple[str, Column | str]], outcome: Outcome
) -> None:
    """Write a table: for each column its heading, and its own cells or the name of its result."""
    names = [heading for heading, _ in columns]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise FileProblem(
            f"Two columns are called {quoted(twice)}: a Parquet file has each name once."
        )
    parts = [
        _own(cells) if isinstance(cells, Column) else result(outcome, cells) for _, cells in columns
    ]
    schema = pa.schema(
        [(name, part(slice(0, 0)).type) for name, part in zip(names, parts, strict=True)]
    )
    options = {
        "compression": "zstd",
        "dictionary_pagesize_limit": _DISTINCT_BYTES,
        "store_decimal_as_integer": True,
        "write_statistics": [f.name for f in schema if not pa.types.is_dictionary(f.type)],
    }
    with pq.ParquetWriter(path, schema, **options) as writer:
        for start in range(0, outcome.cases.size, _ROWS_OF_GROUP):
            rows = slice(start, start + _ROWS_OF_GROUP)
            writer.write_table(pa.table([part(rows) for part in parts], schema))


def result(outcome: Outcome, name: str) -> Callable[[slice], pa.Array]:
    """Return what gives the results of some rows: decimals, days, numbers or text, null where empty."""
    if OUTPUT[name].kind is not OutputKind.TEXT:
        column = outcome.figures(name)
        return lambda rows: figures(column, rows)
    return _texts(outcome.column(name))


def _own(cells: Column) -> Callable[[slice], pa.Array]:
    """The person's own column, in the type that it has; cells of several types as text."""
    if isinstance(cells.values, list):
        return _texts(cells.mapped(cell_text))
    if cells.is_text:
        return _texts(cells)
    return lambda rows: cells.values.take(pa.array(cells.which[rows]))


def _texts(column: Column) -> Callable[[slice], pa.Array]:
    """Text as distinct values and an index a row; an empty text is null."""
    values = column.values
    if isinstance(values, list):
        values = pa.array(values, pa.string())
    column = Column(pc.fill_null(pc.cast(values, pa.string()), ""), column.which)
    empty = np.asarray(pc.equal(column.values, ""))

    def part(rows: slice) -> pa.Array:
        some, blank = column[rows], empty[column.which[rows]]
        if len(some.values) > len(some):
            some = some.compact()  # so that each group of rows holds its own texts alone
        return pa.DictionaryArray.from_arrays(
            pa.array(some.which.astype(np.int32), mask=blank), some.values
        )

    return part
