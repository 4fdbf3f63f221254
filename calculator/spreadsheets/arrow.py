"""Large tables in and out with Arrow: all cells of a column together."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from calculator.calculation.output import OutputKind, ResultColumn
from calculator.facts.columns import Column
from calculator.spreadsheets.by_column import ByColumn
from rules.arrays import Counts, Mask

BLOCK = 1 << 22
"""Bytes read at a time."""
_LONGEST_PLAIN_LINE = 100_000
"""Bytes of a line; a longer one is looked at more closely."""
_QUOTE, _ENDS_LINE = 34, (10, 13)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_GUARDED = r"^'[=+\-@\t\r]"
_MAY_CHANGE = r"^[=+\-@\t\r\n]|[\",\r\n]"
"""Text that is guarded or quoted in CSV; all other is written as it is."""
CHUNK = 4_000
"""Rows of CSV written at a time, few enough for a processor's cache."""
MONEY = pa.decimal128(14, 2)

Bytes = npt.NDArray[np.uint8]
Cells = Callable[[slice], pa.Array | pa.Scalar]
"""The texts of some rows of one column, ready for CSV; one text where all rows have the same."""


def plain_csv(path: Path, delimiter: str, longest_cell: int) -> ByColumn | None:
    """Return the rows of a CSV file in UTF-8, all as long as the first, with each quote where it belongs.

    None for any other file: its rows are then read one by one.
    """
    if path.stat().st_size == 0:
        return None
    quotes = quotes_in(np.memmap(path, dtype=np.uint8, mode="r"), delimiter)
    if quotes is None:
        return None
    with path.open(encoding="utf-8-sig", newline="") as file:
        width = len(next(csv.reader(file, delimiter=delimiter), []))
    if not width:
        return None
    names = [str(place) for place in range(width)]
    try:
        table = arrow_csv.read_csv(
            path,
            arrow_csv.ReadOptions(column_names=names, block_size=BLOCK),
            arrow_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=quotes > 0, ignore_empty_lines=False
            ),
            arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
        )
    except pa.ArrowInvalid:
        return None
    columns = []
    for name in names:
        column = column_of(table[name])
        table = table.drop_columns(name)
        longest = pc.max(pc.utf8_length(column.values)).as_py()
        if longest is not None and longest > longest_cell:
            return None
        columns.append(column.changed(_GUARDED, lambda text: text[1:]))
    return ByColumn(columns)


def column_of(cells: pa.ChunkedArray | pa.Array) -> Column:
    """Return a column of Arrow as its distinct values. A missing value, or a number that is none, is blank."""
    if pa.types.is_null(cells.type):
        cells = cells.cast(pa.string())
    if isinstance(cells, pa.ChunkedArray):
        if pa.types.is_dictionary(cells.type) and _is_long(cells):
            cells = cells.cast(cells.type.value_type)
        cells = cells.unify_dictionaries().combine_chunks()
    if not pa.types.is_dictionary(cells.type):
        cells = cells.dictionary_encode()
    if isinstance(cells, pa.ChunkedArray):  # text of more than 2 GB
        cells = cells.unify_dictionaries().combine_chunks()
    if isinstance(cells, pa.ChunkedArray):
        cells = cells.chunk(0)
    values, which = cells.dictionary, cells.indices
    if which.null_count:
        which = which.fill_null(len(values))
        values = pa.concat_arrays([values, pa.nulls(1, values.type)])
    if pa.types.is_floating(values.type):
        values = pc.if_else(pc.is_nan(values), None, values)
    small = np.min_scalar_type(-len(values) - 1)
    return Column(values, which.to_numpy(zero_copy_only=False).astype(small))


def _is_long(cells: pa.ChunkedArray) -> bool:
    """Return True where the dictionaries have so many values that it is slower to unite them."""
    return sum(len(chunk.dictionary) for chunk in cells.chunks) > len(cells)


def quotes_in(data: Bytes, delimiter: str) -> int | None:
    """Return the number of quotes where each opens or closes a cell, or is there twice for itself, and no line is long."""
    starts = range(0, len(data), BLOCK)
    ends = np.concatenate(
        [start + np.flatnonzero(data[start : start + BLOCK] == 10) for start in starts]
    )
    if np.diff(ends, prepend=0, append=len(data)).max() > _LONGEST_PLAIN_LINE:
        return None
    quotes = np.concatenate(
        [start + np.flatnonzero(data[start : start + BLOCK] == _QUOTE) for start in starts]
    )
    if not len(quotes):
        return 0
    beside = np.zeros(256, dtype=bool)
    beside[[ord(delimiter), *_ENDS_LINE]] = True
    opens, closes = quotes[::2], quotes[1::2]
    begin = len(_BYTE_ORDER_MARK) if bytes(data[:3]) == _BYTE_ORDER_MARK else 0
    before = (opens == begin) | beside[data[opens - 1]]
    before[1:] |= opens[1:] == closes[: len(opens) - 1] + 1
    after = (closes == len(data) - 1) | beside[data[np.minimum(closes + 1, len(data) - 1)]]
    after[: len(opens) - 1] |= opens[1:] == closes[: len(opens) - 1] + 1
    in_place = len(quotes) % 2 == 0 and before.all() and after.all()
    return len(quotes) if in_place else None


def unguarded(values: pa.Array) -> pa.Array:
    """Return text without the apostrophe that keeps it from becoming a formula."""
    guarded = pc.match_substring_regex(values, _GUARDED)
    if not pc.any(guarded).as_py():
        return values
    return pc.if_else(guarded, pc.utf8_slice_codeunits(values, 1), values)


def text_cells(column: Column, csv_cell: Callable[[str], str]) -> Cells:
    """Return the cells of a column of text; ``csv_cell`` writes a text that CSV may not hold as it is."""
    values = column.values
    if isinstance(values, list):
        values = pa.array(values, pa.string())
    values = pc.fill_null(pc.cast(values, pa.string()), "")
    changes = pc.match_substring_regex(values, _MAY_CHANGE)
    if pc.any(changes).as_py():
        changed = [csv_cell(text) for text in values.filter(changes).to_pylist()]
        values = pc.replace_with_mask(values, changes, pa.array(changed, values.type))
    which = column.which
    if len(which) and which.min() == which.max():
        same = values[int(which[0])]
        return lambda rows: same
    return lambda rows: values.take(pa.array(which[rows]))


def figure_cells(column: ResultColumn) -> Cells:
    """Return the cells of a column of figures."""
    if not column.filled.any():
        return lambda rows: pa.scalar("")
    return lambda rows: pc.fill_null(pc.cast(figures(column, rows), pa.string()), "")


def figures(column: ResultColumn, rows: slice = slice(None)) -> pa.Array:
    """Return a column of figures as Arrow has them: exact decimals, days, whole numbers; null where empty."""
    values, empty = column.values[rows], ~column.filled[rows]
    if column.kind is OutputKind.DAY:
        return pa.array(values, pa.date32(), mask=empty)
    if column.kind is OutputKind.COUNT:
        return pa.array(values, mask=empty)
    if column.kind is OutputKind.HALVES:
        return _decimals(values * 5, empty, pa.decimal128(14, 1))
    return _decimals(values, empty, MONEY)


def _decimals(units: Counts, empty: Mask, kind: pa.DataType) -> pa.Array:
    """Numbers of the smallest unit as decimals: Arrow holds each as its units, 128 bits wide."""
    wide = np.stack([units, units >> 63], axis=1)
    known = np.packbits(~empty, bitorder="little")
    return pa.Array.from_buffers(kind, len(units), [pa.py_buffer(known), pa.py_buffer(wide)])


def write_csv(path: Path, headings: Sequence[str], cells: Sequence[Cells], size: int) -> None:
    """Write a table as CSV, its headings and cells ready for it."""
    with path.open("wb") as file:
        file.write(",".join(headings).encode() + b"\r\n")
        for start in range(0, size, CHUNK):
            rows = slice(start, min(start + CHUNK, size))
            columns = [column(rows) for column in cells]
            columns[-1] = pc.binary_join_element_wise(columns[-1], "\r\n", "")
            if all(isinstance(column, pa.Scalar) for column in columns):
                columns[0] = pa.repeat(columns[0], rows.stop - rows.start)
            lines = pc.binary_join_element_wise(*columns, ",")
            _, offsets, text = lines.buffers()
            ends = np.frombuffer(offsets, np.int32)
            file.write(memoryview(text)[ends[lines.offset] : ends[lines.offset + len(lines)]])
