"""What the calculation costs beside what people would use instead, in one run: ``python -m benchmarks.speed --write``.

Each measurement is a process of its own, or is given with its start; the figures are seconds of the processor,
which a busy machine changes little. ``--openfisca PYTHON`` names a Python that has openfisca-core. The table goes
to docs/speed.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq

from benchmarks.assess import AS_AT, exponent, table_of
from benchmarks.bulk import libreoffice_formulas, write_csv_input, write_input, write_only

DOCS = Path(__file__).parent.parent / "docs" / "speed.md"
BEGIN, END = "<!-- measured -->", "<!-- end -->"
OPENFISCA = Path(__file__).parent / "openfisca_cap.py"
EXITCAP = (sys.executable, "-m", "calculator")
AS_OF = ("--as-at", AS_AT.isoformat(), "--force")


def process(*command: object) -> tuple[float, float]:
    """Processor seconds and peak MB of a command. RuntimeError where it does nothing."""
    with subprocess.Popen(
        [str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as started:
        _, status, used = os.wait4(started.pid, 0)
        started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode not in (0, 1):
        raise RuntimeError(f"{command} ended with {started.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def own_process(way: str, *words: object) -> tuple[float, float]:
    """Processor seconds that a way counts itself, and the peak MB of its process."""
    command = [sys.executable, "-m", "benchmarks.speed", "--way", way, *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, peak = json.loads(done.stdout.splitlines()[-1])
    return seconds, peak


def to_parquet(source: Path, out: Path) -> None:
    """Write a CSV of cases as Parquet, every column as text."""
    names = arrow_csv.open_csv(source).schema.names
    text = arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()))
    pq.write_table(arrow_csv.read_csv(source, convert_options=text), out)


# Each way in its own process


def assess_alone(size: str) -> float:
    from calculator.calculation.assess import assess
    from rules.positions import Positions

    table = table_of(int(size))
    return timed(lambda: assess(table, Positions(), AS_AT))


def frame_alone(source: str) -> float:
    from calculator import frames

    frame = frames.read_cases(source)
    return timed(lambda: frames.assess_frame(frame, as_at=AS_AT))


def arrow_floor(source: str, out: str) -> float:
    """Arrow merely reading a CSV and writing it again."""
    return timed(lambda: arrow_csv.write_csv(arrow_csv.read_csv(source), out))


def xlsxwriter_floor(source: str, out: str) -> float:
    """XlsxWriter merely writing the cells of a workbook."""
    return timed(lambda: write_only(Path(source), Path(out)))


def oracle_apply(source: str) -> float:
    """Pandas, with the scalar oracle applied row by row."""
    import pandas as pd

    from tests import oracle

    def whole() -> None:
        frame = pd.read_csv(source, dtype=str, keep_default_na=False)
        frame.apply(
            lambda row: pd.Series(oracle.assess_rows([row.to_dict()], {}, AS_AT)[0]), axis=1
        )

    return timed(whole)


def pydantic_loop(size: str) -> float:
    """A model and three sums a row: the cap, the difference, the interest."""
    from pydantic import BaseModel, Field

    class Exit(BaseModel):
        case_ref: str
        due: Decimal = Field(ge=0, decimal_places=2)
        paid: Decimal = Field(ge=0, decimal_places=2)
        days: int

    source = random.Random(1)
    rows = [
        {"case_ref": f"C{n}", "due": f"{source.randrange(200_000)}.00", "paid": "1.00", "days": 9}
        for n in range(int(size))
    ]

    def whole() -> None:
        for row in rows:
            one = Exit.model_validate(row)
            difference = max(one.due - one.paid, Decimal(0))
            max(one.due - 95_000, Decimal(0))
            round(difference * 8 * one.days / Decimal(36_500), 2)

    return timed(whole)


WAYS: dict[str, Callable[..., float]] = {
    way.__name__: way
    for way in (
        *(assess_alone, frame_alone, arrow_floor, xlsxwriter_floor),
        *(oracle_apply, pydantic_loop),
    )
}


def timed(work: Callable[[], object]) -> float:
    """Processor seconds of a piece of work."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


# The table


def report(sizes: list[int], openfisca: str | None) -> Iterator[str]:
    """The lines of the table."""
    yield (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, in one run of "
        "`python -m benchmarks.speed --write`. Seconds are of the processor.\n"
    )
    yield "| what | rows | seconds | µs a row | peak MB |"
    yield "|---|---:|---:|---:|---:|"
    seconds: dict[str, dict[int, float]] = {}

    def line(what: str, rows: int, found: tuple[float, float]) -> str:
        seconds.setdefault(what, {})[rows] = found[0]
        peak = f"{found[1]:.0f}" if found[1] else ""
        return f"| {what} | {rows:,} | {found[0]:.2f} | {found[0] / rows * 1e6:,.0f} | {peak} |"

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, out = folder / "in.csv", folder / "out.csv"
        for size in sizes:
            write_csv_input(source, size)
            to_parquet(source, folder / "in.parquet")
            yield line(
                "`exitcap assess`, CSV to CSV, with Python's start",
                size,
                process(*EXITCAP, "assess", source, out, *AS_OF),
            )
            parquet = (folder / "in.parquet", folder / "out.parquet")
            yield line(
                "`exitcap assess`, Parquet to Parquet, with Python's start",
                size,
                process(*EXITCAP, "assess", *parquet, *AS_OF),
            )
            yield line("`assess_frame`", size, own_process("frame_alone", source))
            yield line("`assess` alone, arrays to arrays", size, own_process("assess_alone", size))
            yield line(
                "Arrow merely reading and writing the CSV",
                size,
                own_process("arrow_floor", source, out),
            )
        yield from others(folder, line, openfisca, sizes[-1])
    yield ""
    for what, by_size in seconds.items():
        if len(by_size) > 1:
            yield f"- {what}: time goes as rows to the power {exponent(by_size):.2f}"
    yield from starts()


def others(
    folder: Path, line: Callable[..., str], openfisca: str | None, largest: int
) -> Iterator[str]:
    """What people would use instead, each with as many rows as it can bear."""
    write_csv_input(folder / "small.csv", 1_000)
    yield line(
        "pandas `apply` of the scalar oracle",
        1_000,
        own_process("oracle_apply", folder / "small.csv"),
    )
    yield line(
        "pydantic model a row: cap, difference and 8% alone",
        100_000,
        own_process("pydantic_loop", 100_000),
    )
    if openfisca:
        done = subprocess.run(
            [openfisca, str(OPENFISCA), str(largest)], capture_output=True, text=True, check=True
        )
        yield line(
            "OpenFisca: cap, difference and 8% alone, in floats",
            largest,
            (json.loads(done.stdout), 0),
        )
    book = folder / "in.xlsx"
    write_input(book, 5_000)
    yield line(
        "`exitcap assess`, .xlsx to .xlsx",
        5_000,
        process(*EXITCAP, "assess", book, folder / "o.xlsx", *AS_OF),
    )
    yield line(
        "XlsxWriter merely writing those results",
        5_000,
        own_process("xlsxwriter_floor", folder / "o.xlsx", folder / "floor.xlsx"),
    )
    if shutil.which("soffice"):
        before = os.times()
        libreoffice_formulas(book, folder / "formulas.xlsx")
        after = os.times()
        used = after.children_user + after.children_system
        used -= before.children_user + before.children_system
        yield line("LibreOffice: five formulas a row, recalculated", 5_000, (used, 0))


def starts() -> Iterator[str]:
    """Whole commands from their start."""
    with tempfile.TemporaryDirectory() as name:
        case = Path(name) / "case.json"
        case.write_text('{"case_ref": "A", "exit_date": "2020-12-31"}', encoding="utf-8")
        for what, command in (
            ("Python alone", (sys.executable, "-c", "")),
            ("`exitcap case`", (*EXITCAP, "case", case)),
            ("`exitcap employer`", (*EXITCAP, "employer", "HMRC")),
        ):
            yield f"- {what}, from start to end: {process(*command)[0]:.2f} seconds"


def main() -> None:
    """Measure one way, or print the table; keep it in the docs with ``--write``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--way", nargs="+")
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--openfisca")
    parser.add_argument("--write", action="store_true")
    given: Any = parser.parse_args()
    if given.way:
        import resource

        seconds = WAYS[given.way[0]](*given.way[1:])
        print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
        return
    lines = []
    for line in report(given.sizes, given.openfisca):
        print(line, flush=True)
        lines.append(line)
    if given.write:
        text = DOCS.read_text(encoding="utf-8")
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        DOCS.write_text(
            f"{before}{BEGIN}\n" + "\n".join(lines) + f"\n{END}{after}", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
