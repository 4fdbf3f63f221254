"""Time and memory of the calculation, side by side in one run: ``python -m benchmarks.assess``.

The table is worked by ``assess``, by the scalar oracle of the tests, and by a loop that works each row as a
table of its own. Each measurement runs in a process of its own, so that its peak
memory is its own. Prints a table in Markdown; ``--write`` keeps it in benchmarks/results.md.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from calculator.calculation.assess import assess
from calculator.calculation.result_columns import OUTPUT_NAMES
from calculator.explanation.explain import explain
from calculator.facts.case_table import Cases
from calculator.facts.columns import Column
from rules.positions import Positions
from tests import oracle
from tests.comparing import cases_of
from tests.generated import Row, random_rows

AS_AT = date(2026, 11, 22)
PENSION_AS_AT = date(2026, 10, 8)
"""A day that Bank Rate is verified for, so that interest is worked out."""
SIZES = (1_000, 100_000, 1_000_000)
BASE = 10_000
"""Rows generated; larger tables repeat them as other cases of other persons."""
MOST = {
    "assess": 1_000_000,
    "oracle": 100_000,
    "row_by_row": 1_000,
    "pension_oracle": 5_000,
}
"""Rows a way of working is given at most; its time for more is taken as that much a row."""
HERE = Path(__file__).parent


def base_rows() -> list[Row]:
    """Generated cases: about a third of the persons with linked exits, every kind of gap."""
    rows = random_rows(2026, BASE, persons=BASE)
    for place, row in enumerate(rows):
        row["case_ref"] = f"C{place}"
        if row.get("person_ref") == "P0":
            row["person_ref"] = f"Q{place // 3}"
    return rows


def pension_rows() -> list[Row]:
    """Generated cases that all have a loss of pension, of lump sum or of both, in the LGPS.

    Exits on every day of the cap, half of the pensions never put right and half on any day since; sums
    entered and benefits by tranche in turn.
    """
    source = random.Random(2027)
    rows = base_rows()
    for place, row in enumerate(rows):
        for name in [name for name in row if name.startswith(("pension_", "lump_sum_"))]:
            if name not in ("pension_strain_due", "pension_strain_paid"):
                del row[name]
        exit_date = date(2020, 11, 4) + timedelta(days=source.randrange(101))
        row |= {
            "exit_date": exit_date.isoformat(),
            "nation": "england",
            "employer_kind": "council",
            "scheme": "lgps",
            "pension_outcome": "reduced",
            "other_income": f"{source.randrange(60_000)}.00",
        }
        if source.random() < 0.5:
            restored = date(2021, 3, 1) + timedelta(days=source.randrange(2_000))
            row["pension_restored_on"] = restored.isoformat()
        if place % 2:
            due = source.randrange(5_000, 30_000)
            row |= {
                "pension_due": f"{due}.00",
                "pension_paid": f"{due * 7 // 10}.{source.randrange(100):02d}",
                "lump_sum_due": f"{due * 2}.00",
                "lump_sum_paid": f"{due * 17 // 10}.00",
            }
        else:
            row |= {
                "date_of_birth": f"196{source.randrange(1, 6)}-0{source.randrange(1, 10)}-15",
                "pension_to_2008": f"{source.randrange(10_000)}.00",
                "lump_sum_to_2008": f"{source.randrange(30_000)}.00",
                "pension_2008_2014": f"{source.randrange(6_000)}.00",
                "pension_care": f"{source.randrange(9_000)}.00",
            }
    return rows


def table_of(size: int, rows: list[Row] | None = None) -> Cases:
    """A table of that many cases, the generated ones repeated."""
    base = cases_of(base_rows() if rows is None else rows)
    places = np.arange(size) % BASE
    copy = np.arange(size) // BASE
    table = base.take(places)
    table.person = table.person + copy * BASE
    table.text["case_ref"] = Column.of([f"C{n}" for n in range(size)])
    return table


def rows_of(size: int, rows: list[Row] | None = None) -> list[Row]:
    """The same cases as rows of text."""
    base = base_rows() if rows is None else rows
    return [
        {**base[n % BASE], "case_ref": f"C{n}", "person_ref": f"{n // BASE}-{n % BASE}"}
        for n in range(size)
    ]


def work_assess(size: int) -> float:
    """Seconds for assess, low, likely and high, without writing text."""
    table = table_of(size)
    return timed(lambda: assess(table, Positions(), AS_AT), 5 if size < 10**6 else 2)


def work_text(size: int) -> float:
    """Seconds for assess and then every output column as text."""
    table = table_of(size)

    def whole() -> None:
        outcome = assess(table, Positions(), AS_AT)
        for name in OUTPUT_NAMES:
            outcome.texts(name)

    return timed(whole, 3 if size < 10**6 else 1)


def work_oracle(size: int) -> float:
    """Seconds for the scalar oracle."""
    rows = rows_of(size)
    return timed(lambda: oracle.assess_rows(rows, {}, AS_AT), 1)


def work_pension(size: int) -> float:
    """Seconds for assess where every case has pension arrears and compound interest."""
    table = table_of(size, pension_rows())
    return timed(lambda: assess(table, Positions(), PENSION_AS_AT), 3 if size < 10**6 else 1)


def work_pension_oracle(size: int) -> float:
    """Seconds for the scalar oracle on the same cases."""
    rows = rows_of(size, pension_rows())
    return timed(lambda: oracle.assess_rows(rows, {}, PENSION_AS_AT), 1)


def one_row(row: Row) -> Cases:
    """A row as a table of one."""
    return Cases.from_raw({name: [text] for name, text in row.items()}, 1)


def work_row_by_row(size: int) -> float:
    """Seconds for a loop: each row worked as a table of one."""
    rows = rows_of(size)

    def loop() -> None:
        for row in rows:
            assess(one_row(row), Positions(), AS_AT)

    return timed(loop, 1)


WAYS: dict[str, Callable[[int], float]] = {
    "assess": work_assess,
    "text": work_text,
    "oracle": work_oracle,
    "pension": work_pension,
    "pension_oracle": work_pension_oracle,
    "row_by_row": work_row_by_row,
}


WAYS_SHOWN = (
    ("assess", "`assess` (low, likely, high)"),
    ("text", "`assess` and all columns as text"),
    ("oracle", "scalar oracle"),
    ("row_by_row", "one-row `assess` a row"),
    ("pension", "`assess`, every case with pension arrears and compound interest"),
    ("pension_oracle", "scalar oracle on those cases"),
)


def timed(work: Callable[[], object], times: int) -> float:
    """The median time of a few runs, in seconds."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return statistics.median(found)


def measured(way: str, size: int) -> tuple[float, float]:
    """Seconds and peak memory in MB, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.assess", "--way", way, "--size", str(size)],
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    return found["seconds"], found["peak_mb"]


def one_case_ms() -> float:
    """Milliseconds from raw values to an explanation, the median of fifty."""
    raw = {
        "case_ref": "A",
        "exit_date": "31/12/2020",
        "exit_reason": "redundancy",
        "service_start": "1995-09-01",
        "date_of_birth": "1964-05-03",
        "annual_salary": "60000",
        "redundancy_due": "40000",
        "pension_strain_due": "88000",
    }

    def whole() -> None:
        explain(assess(one_row(raw), Positions(), AS_AT), 0)

    whole()
    return timed(whole, 50) * 1000


def start_seconds(*words: str) -> float:
    """Seconds for a whole command, the median of five."""
    command = [sys.executable, "-m", "calculator", *words]
    return timed(lambda: subprocess.run(command, capture_output=True, check=True), 5)


def report() -> str:
    """The whole comparison as Markdown."""
    lines = [
        f"Machine: {os.cpu_count()} cores, {memory_gb()} GB, Python {platform.python_version()}, "
        f"numpy {np.__version__}. Command: `python -m benchmarks.assess --write`.",
        "",
        "| rows | way | rows measured | seconds | µs a row | peak MB | times slower than assess |",
        "|---:|---|---:|---:|---:|---:|---:|",
    ]
    seconds = {}
    for size in SIZES:
        assess_per_row = None
        for way, name in WAYS_SHOWN:
            rows = min(size, MOST.get(way, size))
            took, peak = measured(way, rows)
            per_row = took / rows
            if way == "assess":
                seconds[size] = took
            if way in ("assess", "pension"):
                assess_per_row = per_row
            ratio = per_row / (assess_per_row or per_row)
            lines.append(
                f"| {size:,} | {name} | {rows:,} | {took:.3f} | {per_row * 1e6:.1f} | {peak:.0f} | "
                f"{ratio:.1f} |"
            )
    lines += [
        "",
        f"Growth of `assess`: time goes as rows to the power {exponent(seconds):.2f} "
        f"({SIZES[1]:,} to {SIZES[2]:,} rows: {exponent(dict(list(seconds.items())[1:])):.2f}).",
        f"One case, raw values to explanation: {one_case_ms():.1f} ms.",
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.json"
        path.write_text('{"case_ref": "A", "exit_date": "2020-12-31"}', encoding="utf-8")
        lines.append(
            f"Whole commands from start to end: `exitcap case` {start_seconds('case', str(path)):.2f} s, "
            f"`exitcap employer` {start_seconds('employer', 'HMRC'):.2f} s, Python alone "
            f"{timed(lambda: subprocess.run([sys.executable, '-c', ''], check=True), 5):.2f} s."
        )
    return "\n".join(lines) + "\n"


def exponent(seconds: dict[int, float]) -> float:
    """The slope of log time on log rows."""
    xs = [math.log(size) for size in seconds]
    ys = [math.log(took) for took in seconds.values()]
    return statistics.linear_regression(xs, ys).slope


def memory_gb() -> int:
    """The machine's memory, in GB."""
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def main() -> None:
    """Measure one way, or print the whole comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--way", choices=WAYS)
    parser.add_argument("--size", type=int, default=1_000)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    if given.way:
        seconds = WAYS[given.way](given.size)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"seconds": seconds, "peak_mb": peak}))
        return
    text = report()
    print(text)
    if given.write:
        (HERE / "results.md").write_text(f"# Last results\n\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
