"""A local Spark gives what one machine gives: ``python3 tasks.py spark``. Needs Java and the extra ``spark``."""

from __future__ import annotations

import os
import sys
from datetime import date
from time import perf_counter

import pandas as pd
from pyspark.sql import SparkSession

from calculator import frames
from calculator.calculation.result_columns import OUTPUT_NAMES
from calculator.cluster import Settings, assess_spark
from calculator.cluster_pass import ROW
from tests.comparing import calculated
from tests.generated import random_rows

AS_AT = date(2026, 11, 22)
ROWS = 600


def main() -> None:
    """Compare every column of every row: persons in several parts, references used again, a day with its month first."""
    rows = random_rows(31, ROWS, persons=90)
    for place, row in enumerate(rows):
        row["case_ref"] = f"C{place % (ROWS - 20)}"
    for row in rows[: ROWS // 2]:
        row["notice_given_on"] = "04/05/2020"
    rows[-1]["notice_given_on"] = "12/31/2019"
    frame = pd.DataFrame(rows)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]")
    session = builder.config("spark.ui.enabled", "false").getOrCreate()
    begun = perf_counter()
    cases = session.createDataFrame(frame.astype(object).where(frame.notna(), None))
    found = assess_spark(cases, Settings(AS_AT), parts=8).orderBy(ROW).collect()
    expected = frames.results_of(calculated(rows, {}, AS_AT), frame.index, categories=False)
    for name in OUTPUT_NAMES:
        got = ["" if row[name] is None else str(row[name]) for row in found]
        wanted = ["" if pd.isna(value) else str(value) for value in expected[name]]
        if got != wanted:
            raise SystemExit(f"{name} differs.")
    versions = f"Spark {session.version}, pandas {pd.__version__}"
    print(f"{ROWS} rows on {versions}: {len(OUTPUT_NAMES)} columns as on one machine.")
    print(f"{perf_counter() - begun:.0f} seconds.")
    session.stop()


if __name__ == "__main__":
    main()
