"""The first pass over a table on a cluster: what the rows of one part mean for those of others.

One machine decides four things with the complete table in sight: which case references are used again, which
columns of days have the month first, which rows of CSV are totals, notes or headings, and what number a row has.
Workers look for the few values that these need, and the functions of one machine decide.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from calculator.calculation.result_columns import OUTPUT_NAMES
from calculator.facts.case_table import read_column, used_again
from calculator.facts.cells import CannotRead, Raw, cell_text, is_empty
from calculator.facts.columns import Column
from calculator.facts.days import month_first
from calculator.facts.fields import BY_NAME, Kind
from calculator.facts.headings import match, unmatched
from calculator.facts.money import parse_money
from calculator.facts.problems import FileProblem
from calculator.facts.references import matching
from calculator.facts.text import quoted
from calculator.frames import cells_in, fields_of
from calculator.spreadsheets.by_column import ByColumn
from calculator.spreadsheets.table import (
    GUIDANCE_ROWS,
    Few,
    Headings,
    cases_below,
    may_be_no_case,
    sums_in,
)
from rules.arrays import Counts

if TYPE_CHECKING:
    import dask.dataframe as dd

ROW = "exitcap_row"
"""The number of a row, from 0: larger further down in the table."""
CASE, REFERENCE = "exitcap_case", "exitcap_reference"
MOST_DOUBTFUL = 10_000
"""Rows that may be no cases, which are looked at together."""
_ROWS_OF_PART = 1 << 40
"""Rows of a part are numbered from this times its own number, until the rows before it are counted."""

_ROWS_SEEN = 1_000
"""Rows in which is looked for sums in columns that are no field."""
_DATED = "1"
"""A day of exit with a figure in it, as a case has."""

Mapped = Mapping[str, str]
"""The fields of headings of the person's own."""


@dataclass(frozen=True)
class Look:
    """What a worker sees in a part: how many rows, a day of a column with its month first, rows that may be no cases."""

    size: int
    month_first: Mapping[str, str]
    doubtful: Mapping[int, list[Raw]]


@dataclass(frozen=True)
class Decided:
    """What the complete table decides: numbers of rows, and a day of each column that has its month first.

    ``starts`` are the numbers of the first row of each part.
    """

    again: Counts
    month_first: Mapping[str, str]
    starts: Sequence[int] = ()
    left_out: Counts = field(default_factory=lambda: np.zeros(0, np.int64))
    notices: Sequence[str] = ()


def decide(frame: dd.DataFrame, mapping: Mapped, is_csv: bool) -> Decided:
    """Go over a Dask frame once, and twice where a row of CSV may be a total, and decide."""
    headings, columns = fields_of(frame._meta, mapping)
    needed = frame if is_csv else frame[[*frame.columns[_needed(columns)]]]
    parts = needed.to_delayed()
    looks, repeated = _looked(parts, needed._meta, mapping, is_csv)
    starts = np.cumsum([0, *(each.size for each in looks)])
    rows = _in_table((each.doubtful for each in looks), starts)
    runs: dict[int, list[Raw]] = {}
    if any(may_be_no_case(cells, columns) for cells in rows.values()):
        _check_number(len(rows))
        runs = _in_table(_runs_of(parts, looks, mapping), starts)
    left_out, notices = _no_cases({**rows, **runs}, runs.keys(), headings, columns, mapping)
    days = {name: day for each in looks for name, day in each.month_first.items()}
    if kept := [cells for row, cells in rows.items() if row not in left_out]:
        days |= month_first_days(pd.DataFrame(kept, columns=frame.columns), mapping)
    part, row = np.divmod(repeated[ROW].to_numpy(np.int64), _ROWS_OF_PART)
    repeated[ROW] = starts[part] + row
    again = again_among(repeated[~repeated[ROW].isin(left_out)])
    return Decided(again, days, starts.tolist(), left_out, notices)


def _looked(
    parts: Sequence[Any], meta: pd.DataFrame, mapping: Mapped, is_csv: bool
) -> tuple[list[Look], pd.DataFrame]:
    """A look at each part, and the rows whose case reference is used twice in the table."""
    import dask
    import dask.dataframe as dd

    looks = [dask.delayed(_look)(part, mapping, is_csv, n == 0) for n, part in enumerate(parts)]
    keys = [dask.delayed(_keys_of_part)(part, n, mapping) for n, part in enumerate(parts)]
    empty = keys_of(meta, np.zeros(0, np.int64), mapping)
    by_case = dd.from_delayed(keys, meta=empty, verify_meta=False).shuffle(CASE)
    repeated = by_case.map_partitions(used_twice, meta=empty).to_delayed()
    seen, found = dask.compute(looks, repeated)
    return seen, pd.concat(found)


def _runs_of(
    parts: Sequence[Any], looks: Sequence[Look], mapping: Mapped
) -> Sequence[dict[int, list[Raw]]]:
    import dask

    runs = [
        dask.delayed(_runs)(part, [*each.doubtful], mapping)
        for part, each in zip(parts, looks, strict=True)
    ]
    found: Sequence[dict[int, list[Raw]]] = dask.compute(*runs)
    return found


def _in_table(of_parts: Iterable[Mapping[int, list[Raw]]], starts: Counts) -> dict[int, list[Raw]]:
    """Rows of each part, by their index in it, as rows of the table."""
    return {
        start + index: cells
        for start, part in zip(starts.tolist(), of_parts, strict=False)
        for index, cells in part.items()
    }


def said_of(frame: dd.DataFrame, mapping: Mapped, accept_guesses: bool) -> tuple[Mapped, list[str]]:
    """Give the fields of all headings, guesses included if accepted, and what to say of the columns."""
    start = frame.partitions[:1].map_partitions(pd.DataFrame.head, _ROWS_SEEN, meta=frame._meta)
    first = start.compute().fillna("")
    headings, columns = fields_of(first, mapping, accept_guesses)
    sure = match(headings, mapping, OUTPUT_NAMES)[0]
    guessed = {name: headings[place] for name, place in columns.items() if name not in sure}
    sums = sums_in(first.to_numpy().tolist(), headings, set(columns.values()))
    urgent, unknown = unmatched(headings, columns, OUTPUT_NAMES, sums)
    read = [
        f"The column {quoted(heading)} is read as {BY_NAME[name].heading}: a guess that you accepted."
        for name, heading in guessed.items()
    ]
    return {**mapping, **{heading: name for name, heading in guessed.items()}}, [
        *urgent,
        *read,
        *unknown,
    ]


def month_first_days(frame: pd.DataFrame, mapping: Mapped) -> dict[str, str]:
    """Give for each column of days one that can only have its month first, where there is one."""
    found = {}
    for name, place in fields_of(frame, mapping)[1].items():
        first_year = BY_NAME[name].first_year
        if BY_NAME[name].kind in (Kind.DAY, Kind.DAY_OR_NONE):
            texts = [raw for raw in cells_in(frame.iloc[:, place]).used() if isinstance(raw, str)]
            if month_first(texts, first_year) is not None:
                found[name] = next(t for t in texts if month_first([t], first_year) is not None)
    return found


def keys_of(frame: pd.DataFrame, rows: Counts, mapping: Mapped) -> pd.DataFrame:
    """Give the number and case reference of each row that has one, and a number equal for those that match."""
    references = references_in(frame, "case_ref", mapping)
    keys = pd.DataFrame(
        {
            ROW: rows.astype(np.int64),
            CASE: hashes(references.listed())[references.which],
            REFERENCE: pd.array(references.tolist(), dtype="string[pyarrow]"),
        }
    )
    return keys[keys[REFERENCE].notna()]


def used_twice(keys: pd.DataFrame) -> pd.DataFrame:
    """Give the rows whose case reference another row has, the first of them included."""
    keys = keys[keys[CASE].duplicated(keep=False)]
    texts = pd.Series([matching(text) for text in keys[REFERENCE]], keys.index, dtype=object)
    return keys[texts.duplicated(keep=False)]


def again_among(keys: pd.DataFrame) -> Counts:
    """Give the numbers of the rows whose case reference a row above has."""
    keys = keys.sort_values(ROW)
    again: Counts = keys[ROW].to_numpy(np.int64)[used_again(keys[REFERENCE].tolist())]
    return again


def references_in(frame: pd.DataFrame, name: str, mapping: Mapped) -> Column:
    """Give a column of references as they are read; None where there is none."""
    place = fields_of(frame, mapping)[1].get(name)
    if place is None:
        return Column.blank(len(frame))
    return read_column(BY_NAME[name], cells_in(frame.iloc[:, place]))[0]


def hashes(references: Sequence[str | None]) -> Counts:
    """Give a number for each reference, the same for those that match."""
    return np.array([zlib.crc32(matching(text or "").encode()) for text in references], np.int64)


def blank_rows(frame: pd.DataFrame, mapping: Mapped) -> Counts:
    """Give the indexes of the rows that have nothing in them."""
    rows = _undated(frame, fields_of(frame, mapping)[1])
    cells = [cells_in(frame.iloc[rows, place]) for place in range(frame.shape[1])]
    blank: Counts = rows[~ByColumn(cells).filled()]
    return blank


def _needed(columns: Mapping[str, int]) -> list[int]:
    days = (name for name in columns if BY_NAME[name].kind in (Kind.DAY, Kind.DAY_OR_NONE))
    return sorted({columns[name] for name in ("case_ref", *days)})


def _look(frame: pd.DataFrame, mapping: Mapped, is_csv: bool, is_first: bool) -> Look:
    doubtful = _doubtful(frame, mapping, GUIDANCE_ROWS if is_first else 0) if is_csv else {}
    sure = frame.drop(frame.index[[*doubtful]]) if doubtful else frame
    return Look(len(frame), month_first_days(sure, mapping), doubtful)


def _keys_of_part(frame: pd.DataFrame, part: int, mapping: Mapped) -> pd.DataFrame:
    return keys_of(frame, part * _ROWS_OF_PART + np.arange(len(frame)), mapping)


def _undated(frame: pd.DataFrame, columns: Mapping[str, int]) -> Counts:
    """The indexes of the rows without a figure in their day of exit."""
    days = cells_in(frame.iloc[:, columns["exit_date"]])
    undated = [not any(map(str.isdecimal, cell_text(cell))) for cell in days.listed()]
    return np.flatnonzero(np.array(undated, dtype=bool)[days.which])


def _doubtful(frame: pd.DataFrame, mapping: Mapped, early: int) -> dict[int, list[Raw]]:
    """The rows that may be no cases, by their index, and the first few of the table, which may be guidance."""
    columns = fields_of(frame, mapping)[1]
    chosen = np.union1d(np.arange(min(early, len(frame))), _undated(frame, columns))
    texts = [frame.iloc[chosen, place].fillna("").tolist() for place in range(frame.shape[1])]
    found: dict[int, list[Raw]] = {}
    for index, *cells in zip(chosen.tolist(), *texts, strict=True):
        if not all(map(is_empty, cells)) and (index < early or may_be_no_case(cells, columns)):
            found[index] = cells
            _check_number(len(found))
    return found


def _check_number(rows: int) -> None:
    if rows > MOST_DOUBTFUL:
        raise FileProblem(
            f"More than {MOST_DOUBTFUL:,} rows without a day of exit may be totals or notes. Remove them and try "
            "again."
        )


def _runs(frame: pd.DataFrame, doubtful: Sequence[int], mapping: Mapped) -> dict[int, list[Raw]]:
    """One row for each run of cases between the doubtful rows, by the index of its first, with its sums."""
    columns = fields_of(frame, mapping)[1]
    cases = np.setdiff1d(np.arange(len(frame)), [*doubtful, *blank_rows(frame, mapping)])
    if not len(cases):
        return {}
    first = np.flatnonzero(np.diff(np.searchsorted(sorted(doubtful), cases), prepend=-1))
    runs: dict[int, list[Raw]] = {row: [None] * frame.shape[1] for row in cases[first].tolist()}
    for name, place in columns.items():
        if BY_NAME[name].kind is Kind.MONEY:
            column = cells_in(frame.iloc[:, place])
            pence = np.array([_pence(cell) for cell in column.listed()], np.int64)[column.which]
            for row, total in zip(runs, np.add.reduceat(pence[cases], first).tolist(), strict=True):
                runs[row][place] = total / 100
    for cells in runs.values():
        cells[columns["exit_date"]] = _DATED
    return runs


def _pence(cell: Raw) -> int:
    try:
        return parse_money(cell) or 0
    except CannotRead:
        return 0


def _no_cases(
    rows: Mapping[int, list[Raw]],
    runs: Collection[int],
    headings: list[str],
    columns: Mapping[str, int],
    mapping: Mapped,
) -> tuple[Counts, Sequence[str]]:
    """The numbers of the rows that are no cases, and what to say of them."""
    below = cases_below(
        Few({row + 1: cells for row, cells in rows.items()}, columns["exit_date"]),
        Headings(headings, len(headings), 1),
        columns,
        (),
        mapping,
    )
    left_out = rows.keys() - {index - 1 for index in below.kept}
    if left_out.intersection(runs):
        raise FileProblem(
            "Another table with other headings is below the first. Save each as a file of its own."
        )
    return np.array(sorted(left_out), np.int64), below.notices
