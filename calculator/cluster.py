"""The same calculation on a cluster: Dask and Spark hand all exits of a person to one worker.

What a row has depends on others in three ways: the exits of one person share a cap, exits of one day are in the
order of the table, and a case reference is used once. So rows are numbered, references used again are found
over the complete table, and a worker sorts what it gets by number. A column with a day that has its month first
is refused, since such a day changes how all other days of the column are read.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from calculator.calculation.assess import assess
from calculator.calculation.outcome import Outcome
from calculator.calculation.output import OutputKind
from calculator.calculation.result_columns import OUTPUT_NAMES, OUTPUTS
from calculator.facts.case_table import reference_used_again, used_again
from calculator.facts.days import month_first
from calculator.facts.fields import BY_NAME
from calculator.facts.headings import result_name
from calculator.facts.problems import FileProblem
from calculator.facts.references import matching
from calculator.frames import cases_of, day_texts, results_of, sheet_of
from calculator.spreadsheets.results import write_results
from rules.late_benefits import LaterRates
from rules.positions import Positions

if TYPE_CHECKING:
    import dask.dataframe as dd
    from pyspark.sql import DataFrame as SparkFrame

ROW = "exitcap_row"
"""The number of a row: larger further down in the table."""
_PERSON, _CASE, _REFERENCE = "exitcap_person", "exitcap_case", "exitcap_reference"
_KEYS = [ROW, _PERSON, _CASE, _REFERENCE]
_ROWS_OF_PART = 1 << 40
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
    from_csv: bool = False
    """A row of CSV without a day of exit may be a total or a note, and is refused."""


def assess_dask(frame: dd.DataFrame, settings: Settings) -> dd.DataFrame:
    """Calculate a Dask frame of cases: its own columns, the results, and the number of each row.

    The rows of one person are in one partition, in their order. Text is text, sums exact decimals, days dates.
    """
    keyed, again = _keyed_dask(frame, settings)
    meta = _assess_part(keyed._meta, again, settings)
    return keyed.shuffle(_PERSON).map_partitions(_assess_part, again, settings, meta=meta)


def write_dask(
    frame: dd.DataFrame, settings: Settings, folder: Path, suffix: str
) -> tuple[int, int]:
    """Write the results of a Dask frame to a folder, a file for each partition; give all rows and those in error.

    The files are those that ``exitcap assess`` writes. Every worker needs the folder under the same path.
    """
    import dask

    keyed, again = _keyed_dask(frame, settings)
    parts = [
        dask.delayed(_write_part)(part, again, settings, folder / f"part-{n:05}{suffix}")
        for n, part in enumerate(keyed.shuffle(_PERSON).to_delayed())
    ]
    counts = dask.compute(*parts)
    return sum(rows for rows, _ in counts), sum(errors for _, errors in counts)


def read_dask(path: Path) -> dd.DataFrame:
    """Read a Parquet file, a folder of them, or a CSV file in UTF-8 without line breaks in its cells."""
    import dask.dataframe as dd

    if path.suffix.casefold() != ".csv":
        return dd.read_parquet(path)
    text = dd.read_csv(
        path, dtype="string", keep_default_na=False, encoding="utf-8-sig", blocksize="64MB"
    )
    return text.map_partitions(_unguarded, meta=text._meta)


def assess_spark(frame: SparkFrame, settings: Settings, parts: int = 200) -> SparkFrame:
    """Calculate a Spark frame of cases as :func:`assess_dask` does, in ``parts`` groups by a hash of the person."""
    from pyspark.sql import functions as f

    numbered = frame.withColumn(ROW, f.monotonically_increasing_id())
    own = ", ".join(f"`{column.name}` {column.dataType.simpleString()}" for column in frame.schema)
    keys = f"{ROW} bigint, {_PERSON} bigint, {_CASE} bigint, {_REFERENCE} string"

    def key_parts(chunks: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for chunk in chunks:
            yield _keyed(chunk.drop(columns=ROW), chunk[ROW].to_numpy(), settings)

    keyed = numbered.mapInPandas(key_parts, f"{own}, {keys}").persist()
    by_case = keyed.select(*_KEYS).groupBy(f.pmod(_CASE, f.lit(parts)))
    found = by_case.applyInPandas(_used_again, f"{ROW} bigint").toPandas()
    again = found[ROW].to_numpy()
    results = ", ".join(f"{o.name} {_SPARK_TYPES[o.kind]}" for o in OUTPUTS)
    kept = ", ".join(
        f"`{column.name}` {column.dataType.simpleString()}"
        for column in frame.schema
        if result_name(column.name) not in OUTPUT_NAMES
    )

    def part(group: pd.DataFrame) -> pd.DataFrame:
        return _assess_part(group, again, settings).astype(object).replace({pd.NA: None})

    grouped = keyed.groupBy(f.pmod(_PERSON, f.lit(parts)))
    return grouped.applyInPandas(part, f"{kept}{', ' if kept else ''}{results}, {ROW} bigint")


def _keyed_dask(frame: dd.DataFrame, settings: Settings) -> tuple[dd.DataFrame, Any]:
    """The frame with its keys, and the numbers of the rows whose case reference is used again."""
    import dask
    import dask.dataframe as dd

    empty = _keyed(frame._meta, np.zeros(0, np.int64), settings)
    parts = [
        dask.delayed(_numbered)(part, n, settings) for n, part in enumerate(frame.to_delayed())
    ]
    keyed = dd.from_delayed(parts, meta=empty, verify_meta=False)
    again = keyed[_KEYS].shuffle(_CASE).map_partitions(_used_again, meta=_used_again(empty))
    return keyed, again.compute()[ROW].to_numpy()


def _numbered(frame: pd.DataFrame, part: int, settings: Settings) -> pd.DataFrame:
    return _keyed(frame, part * _ROWS_OF_PART + np.arange(len(frame)), settings)


def _keyed(frame: pd.DataFrame, rows: Any, settings: Settings) -> pd.DataFrame:
    """The frame with the number of each row and what it is shuffled on.

    References that match have the same hash; a row without a person has a hash of its own.
    """
    _refuse_unsure(frame, settings)
    text = cases_of(frame, settings.mapping, only=("case_ref", "person_ref")).text
    persons = [
        ref or f"\0{row}" for ref, row in zip(text["person_ref"], rows.tolist(), strict=True)
    ]
    keys = {
        ROW: rows.astype(np.int64),
        _PERSON: _hashes(persons),
        _CASE: _hashes(text["case_ref"]),
        _REFERENCE: pd.array(text["case_ref"], dtype="string[pyarrow]"),
    }
    return frame.assign(**keys)


def _refuse_unsure(frame: pd.DataFrame, settings: Settings) -> None:
    """Raise FileProblem for what can only be read with the complete table in sight."""
    days = day_texts(frame, settings.mapping)
    for name, texts in days.items():
        if month_first(texts, BY_NAME[name].first_year) is not None:
            raise FileProblem(
                f"The column {BY_NAME[name].heading} has a day with its month first. Correct it, or work the "
                "table out without a cluster."
            )
    if settings.from_csv and not all(any(map(str.isdigit, text)) for text in days["exit_date"]):
        raise FileProblem(
            "A row has no day of exit: it may be a total or a note. Remove it, or work the table out without "
            "a cluster."
        )


def _hashes(references: Iterable[str]) -> Any:
    return np.array([zlib.crc32(matching(text).encode()) for text in references], dtype=np.int64)


def _used_again(keys: pd.DataFrame) -> pd.DataFrame:
    keys = keys.sort_values(ROW)
    again = used_again(keys[_REFERENCE].fillna("").tolist())
    return keys.loc[again, [ROW]]


def _worked(frame: pd.DataFrame, again: Any, settings: Settings) -> tuple[pd.DataFrame, Outcome]:
    """The person's own columns of a part in order, and its outcome."""
    frame = frame.sort_values(ROW)
    faults = [
        reference_used_again(row)
        for row in np.flatnonzero(np.isin(frame[ROW].to_numpy(), again)).tolist()
    ]
    own = frame.drop(columns=_KEYS)
    cases = cases_of(own, settings.mapping, faults)
    return own, assess(cases, settings.positions, settings.as_at, rates=settings.rates)


def _assess_part(frame: pd.DataFrame, again: Any, settings: Settings) -> pd.DataFrame:
    own, outcome = _worked(frame, again, settings)
    results = results_of(outcome, own.index, categories=False)
    replaced = [name for name in own.columns if result_name(str(name)) in OUTPUT_NAMES]
    numbers = frame[[ROW]].sort_values(ROW)
    return pd.concat([own.drop(columns=replaced), results, numbers], axis=1)


def _write_part(frame: pd.DataFrame, again: Any, settings: Settings, path: Path) -> tuple[int, int]:
    own, outcome = _worked(frame, again, settings)
    if len(own):
        write_results(path, sheet_of(own, settings.mapping), outcome, [])
    return len(own), int(outcome.cases.in_error.sum())


def _unguarded(frame: pd.DataFrame) -> pd.DataFrame:
    """Text without the apostrophe that keeps it from becoming a formula."""
    return frame.replace(r"^'(?=[=+\-@\t\r])", "", regex=True)
