"""A local Spark gives what one machine gives: ``python3 tasks.py spark``. Needs Java and the extra ``spark``."""

from __future__ import annotations

import os
import sys
from datetime import date
from time import process_time

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
    """Compare every column of every row."""
    rows = random_rows(31, ROWS, persons=90)
    for place, row in enumerate(rows):
        row["case_ref"] = f"C{place % (ROWS - 20)}"
    frame = pd.DataFrame(rows)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]")
    session = builder.config("spark.ui.enabled", "false").getOrCreate()
    begun = process_time()
    cases = session.createDataFrame(frame.astype(object).where(frame.notna(), None))
    found = assess_spark(cases, Settings(AS_AT), parts=8).orderBy(ROW).collect()
    expected = frames.results_of(calculated(rows, {}, AS_AT), frame.index, categories=False)
    for name in OUTPUT_NAMES:
        got = ["" if row[name] is None else str(row[name]) for row in found]
        wanted = ["" if pd.isna(value) else str(value) for value in expected[name]]
        if got != wanted:
            raise SystemExit(f"{name} differs.")
    print(f"{ROWS} rows on Spark {session.version}: every column as on one machine.")
    print(f"{process_time() - begun:.1f} s of processor time in this process.")
    session.stop()


if __name__ == "__main__":
    main()
