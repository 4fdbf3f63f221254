"""The same calculation on a cluster: Dask and Spark hand all exits of a person to one worker.

What a row has depends on others: the exits of one person share a cap, exits of one day are in the order of the
table, and what :mod:`calculator.cluster_pass` decides over the complete table. So rows are numbered, the first pass
comes before, and a worker sorts what it gets by number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from calculator.calculation.assess import assess
from calculator.calculation.outcome import Outcome
from calculator.calculation.output import OutputKind
from calculator.calculation.result_columns import OUTPUT_NAMES, OUTPUTS
from calculator.cluster_files import Source, typed
from calculator.cluster_pass import (
    CASE,
    REFERENCE,
    ROW,
    Decided,
    again_among,
    blank_rows,
    decide,
    hashes,
    keys_of,
    month_first_days,
    references_in,
    used_twice,
)
from calculator.facts.case_table import reference_used_again
from calculator.facts.columns import Column
from calculator.facts.headings import result_name
from calculator.facts.problems import FileProblem, Problem
from calculator.facts.suggestions import accept
from calculator.frames import results_of, sheet_of
from calculator.spreadsheets.arrow import text_cells, write_csv
from calculator.spreadsheets.read import PARQUET, Sheet, read_cases
from calculator.spreadsheets.results import csv_cell, write_results
from rules.late_benefits import LaterRates
from rules.positions import Positions

if TYPE_CHECKING:
    import dask.dataframe as dd
    from pyspark.sql import DataFrame as SparkFrame

_PERSON = "exitcap_person"
_OF_ROWS = 100_000
"""Rows of a part of the results, where the table was read in larger parts."""
_FIRST_NUMBER = 2
"""The number that a person sees of the first row of a file."""
_SPARK_TYPES = {
    OutputKind.TEXT: "string",
    OutputKind.MONEY: "decimal(14,2)",
    OutputKind.HALVES: "decimal(14,1)",
    OutputKind.DAY: "date",
    OutputKind.COUNT: "bigint",
}


@dataclass(frozen=True)
class Settings:
    """What a table is calculated with."""

    as_at: date
    positions: Positions = field(default_factory=Positions)
    rates: LaterRates | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    source: Source = field(default_factory=Source)
    """The file that the table was read from: its blank rows, and rows of CSV that are no cases, are left out."""
    accept_suggestions: bool = False
    """Take every value that a problem suggests; in what is written it is in its cell."""


@dataclass
class Written:
    """What was written: rows, rows in error, and how many cells have each fault or had its suggestion taken."""

    rows: int = 0
    in_error: int = 0
    faults: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    taken: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    notices: Sequence[str] = ()

    def __iadd__(self, other: Written) -> Written:
        """Add what another worker wrote."""
        self.rows, self.in_error = self.rows + other.rows, self.in_error + other.in_error
        self.faults += other.faults
        self.taken += other.taken
        return self


def assess_dask(frame: dd.DataFrame, settings: Settings) -> dd.DataFrame:
    """Calculate a Dask frame of cases: its own columns, the results, and the number of each row.

    The rows of one person are in one partition, in their order. Text is text, sums exact decimals, days dates.
    FileProblem, in one line, for what cannot be read.
    """
    decided, shuffled = _shuffled(frame, settings)
    meta = _assess_part(shuffled._meta, decided, settings)
    return shuffled.map_partitions(_assess_part, decided, settings, meta=meta)


def write_dask(
    frame: dd.DataFrame, settings: Settings, results: Path, problems: Path | None = None
) -> Written:
    """Write the results of a Dask frame to a folder, a file for each partition, and its problems to another.

    The ending of a folder is that of its files, which are those that ``exitcap assess`` writes. Every worker needs
    the folders under the same path.
    """
    import dask

    decided, shuffled = _shuffled(frame, settings)
    given = dask.delayed((decided, settings))
    parts = [
        dask.delayed(_write_part)(part, f"part-{n:05}", given, results, problems)
        for n, part in enumerate(shuffled.to_delayed())
    ]
    written = Written(notices=decided.notices)
    for part in dask.compute(*parts):
        written += part
    return written


def assess_spark(frame: SparkFrame, settings: Settings, parts: int = 200) -> SparkFrame:
    """Calculate a Spark frame of cases as :func:`assess_dask` does, in ``parts`` groups by a hash of the person."""
    from pyspark.sql import functions as f

    mapping = settings.mapping
    numbered = frame.withColumn(ROW, f.monotonically_increasing_id())
    own = _spark_types(frame, frame.columns)

    def keyed_parts(chunks: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for chunk in chunks:
            numbers = chunk.pop(ROW).to_numpy(np.int64)
            yield chunk.assign(**{ROW: numbers, _PERSON: _persons(chunk, numbers, mapping)})

    def reference_parts(chunks: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for chunk in chunks:
            yield keys_of(chunk, chunk[ROW].to_numpy(np.int64), mapping)

    def day_parts(chunks: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for chunk in chunks:
            days = month_first_days(chunk, mapping).items()
            yield pd.DataFrame(days, columns=["name", "day"])

    keyed = numbered.mapInPandas(keyed_parts, f"{own}, {ROW} bigint, {_PERSON} bigint").persist()
    keys = f"{ROW} bigint, {CASE} bigint, {REFERENCE} string"
    by_case = keyed.mapInPandas(reference_parts, keys).groupBy(f.pmod(CASE, f.lit(parts)))
    repeated = by_case.applyInPandas(used_twice, keys).toPandas()
    days = keyed.mapInPandas(day_parts, "name string, day string").distinct().collect()
    decided = Decided(again_among(repeated), {day["name"]: day["day"] for day in days})
    results = ", ".join(f"{o.name} {_SPARK_TYPES[o.kind]}" for o in OUTPUTS)
    kept = _spark_types(frame, [n for n in frame.columns if result_name(n) not in OUTPUT_NAMES])

    def part(group: pd.DataFrame) -> pd.DataFrame:
        return _assess_part(group, decided, settings).astype(object).replace({pd.NA: None})

    grouped = keyed.groupBy(f.pmod(_PERSON, f.lit(parts)))
    return grouped.applyInPandas(part, f"{kept}{', ' if kept else ''}{results}, {ROW} bigint")


def _spark_types(frame: SparkFrame, names: Sequence[str]) -> str:
    types = {column.name: column.dataType.simpleString() for column in frame.schema}
    return ", ".join(f"`{name}` {types[name]}" for name in names)


def _shuffled(frame: dd.DataFrame, settings: Settings) -> tuple[Decided, dd.DataFrame]:
    """What the first pass decides, and the frame with all rows of a person in one partition."""
    import dask
    import dask.dataframe as dd

    decided = decide(frame, settings.mapping, settings.source.suffix == ".csv")
    if settings.source.suffix and decided.starts[-1] == len(decided.left_out):
        raise FileProblem("There are no cases in the table.")
    parts = [
        dask.delayed(_numbered)(part, start, decided.left_out, settings)
        for start, part in zip(decided.starts, frame.to_delayed(), strict=False)
    ]
    meta = _numbered(frame._meta, 0, decided.left_out, settings)
    number = max(frame.npartitions, ceil(decided.starts[-1] / _OF_ROWS))
    numbered = dd.from_delayed(parts, meta=meta, verify_meta=False)
    return decided, numbered.shuffle(_PERSON, npartitions=number)


def _numbered(frame: pd.DataFrame, start: int, left_out: Any, settings: Settings) -> pd.DataFrame:
    """The cases of a part, with the number of each row and what it is shuffled on."""
    numbers = start + np.arange(len(frame), dtype=np.int64)
    frame = frame.assign(**{ROW: numbers, _PERSON: _persons(frame, numbers, settings.mapping)})
    if not settings.source.suffix:
        return frame
    blank = numbers[blank_rows(frame.drop(columns=[ROW, _PERSON]), settings.mapping)]
    return frame[~np.isin(numbers, [*left_out, *blank])]


def _persons(frame: pd.DataFrame, numbers: Any, mapping: Mapping[str, str]) -> Any:
    """A number for each person; a row without a reference has its own."""
    references = references_in(frame, "person_ref", mapping)
    has_none = np.array([text is None for text in references.listed()], dtype=bool)
    return np.where(
        has_none[references.which], numbers, hashes(references.listed())[references.which]
    )


def _calculated(
    frame: pd.DataFrame, decided: Decided, settings: Settings
) -> tuple[Sheet, Outcome, list[Problem]]:
    """The cases of a part in order, its outcome, and the problems whose suggestions were taken."""
    faults = [
        reference_used_again(row)
        for row in np.flatnonzero(np.isin(frame[ROW].to_numpy(), decided.again)).tolist()
    ]
    own = typed(frame.drop(columns=[ROW, _PERSON]), settings.source)
    sheet = sheet_of(own, settings.mapping)
    sheet.faults = faults
    cases = read_cases(sheet, decided.month_first)
    taken: list[Problem] = []
    if settings.accept_suggestions:
        taken = [problem for problem in cases.problems if problem.suggestion]
        sheet.rows = [*sheet.rows]
        to_confirm = accept(sheet.rows, sheet.columns, taken)
        cases = read_cases(sheet)
        cases.doubts = to_confirm
    return sheet, assess(cases, settings.positions, settings.as_at, rates=settings.rates), taken


def _in_order(frame: pd.DataFrame) -> pd.DataFrame:
    rows = frame[ROW].to_numpy()
    return frame if (np.diff(rows) > 0).all() else frame.iloc[np.argsort(rows)]


def _assess_part(frame: pd.DataFrame, decided: Decided, settings: Settings) -> pd.DataFrame:
    frame = _in_order(frame)
    _, outcome, _ = _calculated(frame, decided, settings)
    results = results_of(outcome, frame.index, categories=False)
    replaced = [name for name in frame.columns if result_name(str(name)) in OUTPUT_NAMES]
    own = typed(frame.drop(columns=[*replaced, ROW, _PERSON]), settings.source)
    return pd.concat([own, results, frame[[ROW]]], axis=1)


def _write_part(
    frame: pd.DataFrame,
    name: str,
    given: tuple[Decided, Settings],
    results: Path,
    problems: Path | None,
) -> Written:
    decided, settings = given
    frame = _in_order(frame)
    sheet, outcome, taken = _calculated(frame, decided, settings)
    cases = outcome.cases
    if len(frame):
        write_results(results / f"{name}{results.suffix}", sheet, outcome, [])
    if len(frame) and problems is not None:
        to_confirm = cases.doubts if settings.accept_suggestions else []
        path = problems / f"{name}{problems.suffix}"
        _write_problems(path, [*cases.problems, *to_confirm], frame[ROW].to_numpy())
    return Written(len(frame), int(cases.in_error.sum()), _counted(cases.problems), _counted(taken))


def _counted(problems: Iterable[Problem]) -> Counter[tuple[str, str, str]]:
    return Counter((problem.field, problem.wrong, problem.enter) for problem in problems)


def _write_problems(path: Path, problems: Sequence[Problem], numbers: Any) -> None:
    """Write problems with the number of the row that the person sees, in its order."""
    found = sorted(problems, key=lambda problem: problem.row)
    columns: dict[str, list[Any]] = {
        "row": (numbers[[problem.row for problem in found]] + _FIRST_NUMBER).tolist()
    }
    for name in ("field", "wrong", "enter", "severity", "suggestion"):
        columns[name] = [str(getattr(problem, name)) for problem in found]
    if path.suffix.casefold() == PARQUET:
        types = [pa.int64(), *[pa.string()] * (len(columns) - 1)]
        pq.write_table(pa.table(columns, pa.schema(zip(columns, types, strict=True))), path)
    else:
        cells = [text_cells(Column.of([*map(str, cells)]), csv_cell) for cells in columns.values()]
        write_csv(path, [*columns], cells, len(found))
