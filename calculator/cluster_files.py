"""Reads a table of any size in pieces, one for each task of a cluster: groups of rows of Parquet, lines of CSV."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq

from calculator.facts.problems import FileProblem
from calculator.facts.text import quoted
from calculator.files.kinds import file_problem
from calculator.spreadsheets.arrow import quotes_in, unguarded
from calculator.spreadsheets.csv_text import csv_head
from calculator.spreadsheets.table import heading_row_of, headings_at

if TYPE_CHECKING:
    import dask.dataframe as dd

BLOCK = 64_000_000
"""Bytes of CSV in a piece: some 200,000 rows."""
_LONGEST_LINE = 4_000_000
_GUARDED = re.compile(rb"'[=+\-@\t\r]")
_BLANK_LINE = re.compile(rb"^(?=\r?\n)", re.MULTILINE)
_TEXT = pd.StringDtype("pyarrow")
_AS_TEXT = (
    *(pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal, pa.types.is_boolean),
    *(pa.types.is_date, pa.types.is_timestamp),
)
"""Types whose values are sent as text, exactly, and are of their type again before they are read."""


@dataclass(frozen=True)
class Source:
    """What a table was read from: the ending of its file, nothing for a frame, and its types that are not text."""

    suffix: str = ""
    types: Mapping[str, pa.DataType] = field(default_factory=dict)


def read_dask(path: Path, mapping: Mapping[str, str] = {}) -> tuple[dd.DataFrame, Source]:
    """Read a Parquet file, a folder of them, or a CSV file in UTF-8, as ``exitcap assess`` reads it.

    ``mapping`` gives the fields of headings of the person's own. FileProblem, in one line, for what cannot be
    read in pieces.
    """
    import dask.dataframe as dd

    read, starts, names, source = (
        _csv(path, mapping) if path.suffix.casefold() == ".csv" else _parquet(path)
    )
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise FileProblem(f"Two columns are called {quoted(twice)}. Rename or remove one.")
    meta = pd.DataFrame({name: pd.array([], dtype=_TEXT) for name in names})
    return dd.from_map(read, starts, meta=meta, enforce_metadata=False), source


def typed(frame: pd.DataFrame, source: Source) -> pd.DataFrame:
    """Return columns that were sent as text in the types that they have in the file."""
    return frame.assign(
        **{
            name: pd.arrays.ArrowExtensionArray(pa.array(frame[name], from_pandas=True).cast(kind))
            for name, kind in source.types.items()
            if name in frame.columns
        }
    )


def _parquet(path: Path) -> tuple[partial[pd.DataFrame], Sequence[object], list[str], Source]:
    files = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    if not files:
        raise file_problem(path, "there is no .parquet file in the folder.")
    groups: list[tuple[Path, int]] = []
    schema = pa.schema([])
    for file in files:
        try:
            meta = pq.ParquetFile(file)
        except (pa.ArrowException, OSError, ValueError) as error:
            if isinstance(error, FileNotFoundError):
                raise
            raise file_problem(file, "cannot be read as Parquet. It may be damaged.") from None
        schema = schema if groups else meta.schema_arrow
        if not meta.schema_arrow.equals(schema):
            raise file_problem(file, "the columns are not those of the first file of the folder.")
        groups += [(file, number) for number in range(meta.num_row_groups)]
    if not groups:
        raise file_problem(path, "there are no cases in the table.")
    plain = {each.name: _value_type(each.type) for each in schema}
    nested = next((name for name, kind in plain.items() if pa.types.is_nested(kind)), None)
    if nested is not None:
        raise file_problem(path, f"the column {quoted(nested)} holds no single values.")
    types = {
        name.strip(): kind for name, kind in plain.items() if any(test(kind) for test in _AS_TEXT)
    }
    names = [name.strip() for name in schema.names]
    return partial(_rows_of_group), groups, names, Source(".parquet", types)


def _value_type(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _rows_of_group(group: tuple[Path, int], columns: list[str] | None = None) -> pd.DataFrame:
    """Read a group of rows, or some of its columns, as text."""
    path, number = group
    file = pq.ParquetFile(path)
    wanted = [n for n in file.schema_arrow.names if columns is None or n.strip() in columns]
    table = file.read_row_group(number, wanted, use_threads=False)
    return _frame([name.strip() for name in table.column_names], table.columns)


def _csv(
    path: Path, mapping: Mapping[str, str]
) -> tuple[partial[pd.DataFrame], Sequence[object], list[str], Source]:
    with path.open("rb") as file:
        first = _line(file, 0, path)
        end = file.seek(0, 2)
    delimiter, head = csv_head(path, mapping)
    headings = headings_at(head, 0, (), mapping) if head else None
    if headings is None or heading_row_of(head, mapping) != 0 or headings.first != 1:
        raise file_problem(path, "the first line must hold the headings for a cluster.")
    names = headings.texts
    if len(names) != len(head[0]) or not all(names):
        raise file_problem(path, "each column must have a heading for a cluster.")
    starts = range(first, max(end, first + 1), BLOCK)
    read = partial(_block, size=BLOCK, path=path, delimiter=delimiter, names=names)
    return read, starts, names, Source(".csv")


def _line(file: IO[bytes], at: int, path: Path) -> int:
    """Give the first byte of the line after the one that a byte is in."""
    file.seek(at)
    line = file.readline(_LONGEST_LINE)
    if len(line) == _LONGEST_LINE:
        raise file_problem(path, f"a line has more than {_LONGEST_LINE:,} bytes.")
    return file.tell()


def _block(
    start: int,
    size: int,
    path: Path,
    delimiter: str,
    names: list[str],
    columns: list[str] | None = None,
) -> pd.DataFrame:
    """Read the lines that begin in a block of bytes."""
    with path.open("rb") as file:
        begin = _line(file, start - 1, path)
        end = _line(file, start + size - 1, path)
        file.seek(begin)
        data = file.read(end - begin)
    if not data:
        return _frame(names, [pa.chunked_array([[]], pa.string())] * len(names))
    if b"\n\n" in data or b"\n\r\n" in data or data[:1] in b"\r\n":
        data = _filled_out(data, delimiter.encode() * (len(names) - 1))
    places = [str(place) for place in range(len(names))]
    try:
        if quotes_in(np.frombuffer(data, np.uint8), delimiter) is None:
            raise pa.ArrowInvalid
        table = arrow_csv.read_csv(
            pa.BufferReader(data),
            arrow_csv.ReadOptions(column_names=places, use_threads=False),
            arrow_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=b'"' in data, ignore_empty_lines=False
            ),
            arrow_csv.ConvertOptions(column_types=dict.fromkeys(places, pa.string())),
        )
    except pa.ArrowInvalid:
        raise file_problem(
            path,
            "for a cluster it must be UTF-8, with as many cells on each line as there are headings and no line "
            "breaks in cells. Convert it to Parquet, or calculate it without --engine.",
        ) from None
    cells = table.columns
    if _GUARDED.search(data):
        cells = [unguarded(column) for column in cells]
    frame = _frame(names, cells)
    return frame if columns is None else frame[columns]


def _filled_out(data: bytes, cells: bytes) -> bytes:
    """Lines with empty cells on each blank line, so that it counts as a row; not inside quotes."""
    quotes = np.flatnonzero(np.frombuffer(data, np.uint8) == ord('"'))
    return _BLANK_LINE.sub(
        lambda line: b"" if np.searchsorted(quotes, line.start()) % 2 else cells, data
    )


def _frame(names: Sequence[str], columns: Sequence[pa.ChunkedArray]) -> pd.DataFrame:
    """Columns as text; those that cannot be text exactly as pandas has them."""
    series = {}
    for name, column in zip(names, columns, strict=True):
        kind = _value_type(column.type)
        is_text = pa.types.is_string(kind) or pa.types.is_large_string(kind)
        if is_text or pa.types.is_null(kind) or any(test(kind) for test in _AS_TEXT):
            series[name] = pd.array(column.cast(kind).cast(pa.string()), dtype=_TEXT)
        else:
            series[name] = column.to_pandas()
    return pd.DataFrame(series, copy=False)
