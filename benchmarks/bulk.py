"""A spreadsheet in, results out, side by side in one run: ``python -m benchmarks.bulk --write``.

The floor is what nobody using these libraries can beat: calamine merely reading the input, and XlsxWriter
in constant memory merely writing a workbook of the same cells, formats and sheets. Beside it stand what
people would use instead: a pandas row-by-row ``apply``, ``assess`` a row at a time, and a spreadsheet of
formulas recalculated by LibreOffice (of the cap, the difference and the interest alone).
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_col_to_name

from benchmarks.assess import AS_AT, BASE, base_rows, exponent, memory_gb
from calculator.facts.fields import FIELDS, Kind

HERE = Path(__file__).parent
NAMES = [field.name for field in FIELDS]
MONEY = {field.name for field in FIELDS if field.kind is Kind.MONEY}
DAYS = {field.name for field in FIELDS if field.kind is Kind.DAY}


def input_rows(size: int) -> Iterator[list[str]]:
    """Cases as rows of text over all input columns: the generated ones, repeated as those of other persons."""
    base = base_rows()
    for n in range(size):
        copy, row = n // BASE, dict(base[n % BASE])
        row["case_ref"] = f"C{n}"
        if copy and row.get("person_ref"):
            row["person_ref"] += f"-{copy}"
        yield [row.get(name, "") for name in NAMES]


def write_input(path: Path, size: int) -> None:
    """The input workbook: typed cells of all input columns."""
    options = {"constant_memory": True, "default_date_format": "d mmm yyyy"}
    with xlsxwriter.Workbook(str(path), options) as book:
        page = book.add_worksheet("Cases")
        for place, name in enumerate(NAMES):
            page.write_string(0, place, name)
        for below, row in enumerate(input_rows(size), 1):
            for place, (name, text) in enumerate(zip(NAMES, row, strict=True)):
                if not text:
                    continue
                if name in MONEY:
                    page.write_number(below, place, float(text))
                elif name in DAYS:
                    page.write_datetime(below, place, date.fromisoformat(text))
                else:
                    page.write_string(below, place, text)


def write_csv_input(path: Path, size: int) -> None:
    """The input as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(NAMES)
        writer.writerows(input_rows(size))


def read_only(path: Path) -> None:
    """Calamine merely reading every sheet."""
    book = CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def write_only(source: Path, out: Path) -> float:
    """Seconds for XlsxWriter merely writing the cells of a workbook already in memory."""
    book = CalamineWorkbook.from_path(str(source))
    sheets = [
        (name, book.get_sheet_by_name(name).to_python(skip_empty_area=False))
        for name in book.sheet_names
    ]
    start = time.perf_counter()
    options = {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(str(out), options) as made:
        money = made.add_format({"num_format": "£#,##0.00"})
        day = made.add_format({"num_format": "d mmm yyyy"})
        text = made.add_format({"num_format": "@"})
        for name, rows in sheets:
            page = made.add_worksheet(name)
            for below, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, str):
                        if cell:
                            page.write_string(below, place, cell, text)
                    elif isinstance(cell, (date, datetime)):
                        page.write_datetime(below, place, cell, day)
                    elif isinstance(cell, (int, float)):
                        page.write_number(below, place, cell, money)
    return time.perf_counter() - start


def ours(source: Path, out: Path) -> None:
    """The whole command."""
    command = [sys.executable, "-m", "calculator", "assess", str(source), str(out), "--force"]
    done = subprocess.run(
        [*command, "--as-at", AS_AT.isoformat()], capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr)


def pandas_apply(source: Path, out: Path) -> None:
    """Pandas reading, a row-by-row ``apply`` of the oracle, pandas writing."""
    import pandas as pd  # type: ignore[import-untyped,unused-ignore]

    from tests import oracle

    frame = pd.read_excel(source, dtype=str, keep_default_na=False, engine="calamine")

    def work(row: Any) -> Any:
        facts = {name: str(row[name])[:10] if name in DAYS else str(row[name]) for name in NAMES}
        facts |= {name: f"{float(facts[name]):.2f}" for name in MONEY if facts[name]}
        return pd.Series(oracle.assess_rows([facts], {}, AS_AT)[0])

    results = frame.apply(work, axis=1)
    pd.concat([frame, results.add_prefix("out_")], axis=1).to_excel(out, index=False)


def row_by_row(source: Path, out: Path) -> None:
    """Each row worked as a table of one, written with XlsxWriter."""
    from calculator.calculation.assess import assess
    from calculator.facts.case_table import Cases
    from calculator.spreadsheets.read import read_sheet
    from rules.positions import Positions

    sheet = read_sheet(source)
    with xlsxwriter.Workbook(str(out), {"constant_memory": True}) as book:
        page = book.add_worksheet()
        for below, row in enumerate(sheet.rows):
            facts = {name: [row[place]] for name, place in sheet.columns.items()}
            result = assess(Cases.from_raw(facts, 1), Positions(), AS_AT).row(0)
            for place, value in enumerate([*map(str, row), *result.values()]):
                page.write_string(below, place, value)


def libreoffice_formulas(source: Path, out: Path) -> None:
    """A workbook of formulas of the cap, the difference and the interest, recalculated headless."""
    rows = CalamineWorkbook.from_path(str(source)).get_sheet_by_index(0).to_python()
    formulas = out.with_suffix(".formulas.xlsx")
    due = [n for n, name in enumerate(NAMES) if name.endswith("_due") and name in MONEY]
    paid = [n for n, name in enumerate(NAMES) if name.endswith("_paid") and name in MONEY]
    width = len(NAMES)
    with xlsxwriter.Workbook(str(formulas), {"constant_memory": True}) as book:
        page = book.add_worksheet()
        for below, row in enumerate(rows[1:]):
            for place, cell in enumerate(row):
                if isinstance(cell, (int, float)):
                    page.write_number(below, place, cell)
                elif isinstance(cell, str) and cell:
                    page.write_string(below, place, cell)
            line = below + 1
            total_due = "+".join(f"N({xl_col_to_name(place)}{line})" for place in due[:9])
            total_paid = "+".join(f"N({xl_col_to_name(place)}{line})" for place in paid[:9])
            short = f"MAX(0,{xl_col_to_name(width)}{line}-{xl_col_to_name(width + 1)}{line})"
            page.write_formula(below, width, f"={total_due}")
            page.write_formula(below, width + 1, f"={total_paid}")
            page.write_formula(below, width + 2, f"={short}")
            page.write_formula(below, width + 3, f"=MAX(0,{xl_col_to_name(width)}{line}-95000)")
            page.write_formula(
                below, width + 4, f"=ROUND({xl_col_to_name(width + 2)}{line}*2152*8/36500,2)"
            )
    soffice = str(shutil.which("soffice"))
    subprocess.run(
        [soffice, "--headless", "--convert-to", "csv", "--outdir", str(out.parent), str(formulas)],
        check=True,
        capture_output=True,
        timeout=900,
    )


def measured(work: Callable[[], object], times: int = 1) -> tuple[float, float]:
    """Median seconds, and the peak memory in MB of the processes it started so far."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return statistics.median(found), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def alone(*words: str) -> dict[str, float]:
    """A measurement in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.bulk", *words],
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def report(rows: int, csv_sizes: list[int], times: int) -> str:
    """The whole comparison as Markdown."""
    lines = [
        f"Machine: {os.cpu_count()} cores, {memory_gb()} GB, Python {platform.python_version()}. Command: "
        "`python -m benchmarks.bulk --write`.",
        "",
        f"## {rows:,} rows of all {len(NAMES)} input columns, .xlsx to the results workbook",
        "",
        "| what | seconds | peak MB | times the floor |",
        "|---|---:|---:|---:|",
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, out = folder / "in.xlsx", folder / "out.xlsx"
        write_input(source, rows)
        runs = [alone("--ours", str(source), str(out)) for _ in range(times)]
        read = [alone("--read", str(source)) for _ in range(times)]
        write = [alone("--floor", str(out), str(folder / "floor.xlsx")) for _ in range(times)]
        median = {
            label: statistics.median(run["seconds"] for run in found)
            for label, found in (("ours", runs), ("read", read), ("write", write))
        }
        floor = median["read"] + median["write"]
        for label, seconds, peak in (
            ("calamine merely reading", median["read"], read[0]["peak_mb"]),
            ("XlsxWriter merely writing", median["write"], write[0]["peak_mb"]),
            ("floor: both", floor, max(read[0]["peak_mb"], write[0]["peak_mb"])),
            ("`exitcap assess`, whole command", median["ours"], runs[0]["peak_mb"]),
        ):
            lines.append(f"| {label} | {seconds:.1f} | {peak:.0f} | {seconds / floor:.2f} |")
        lines += [
            "",
            "## Instead of it, 5,000 rows",
            "",
            "| what | seconds | times ours |",
            "|---|---:|---:|",
        ]
        small = folder / "small.xlsx"
        write_input(small, 5_000)
        ways = ["ours", "pandas", "row_by_row"] + (
            ["libreoffice"] if shutil.which("soffice") else []
        )
        took = {
            way: alone(f"--{way}", str(small), str(folder / "o.xlsx"))["seconds"] for way in ways
        }
        labels = {
            "ours": "`exitcap assess`, whole command",
            "pandas": "pandas `apply` of the scalar oracle, row by row",
            "row_by_row": "one-row `assess`, row by row",
            "libreoffice": "five formulas a row, recalculated by LibreOffice (no linking, no estimate)",
        }
        for way in ways:
            lines.append(f"| {labels[way]} | {took[way]:.1f} | {took[way] / took['ours']:.1f} |")
        lines += [
            "",
            "## CSV to CSV",
            "",
            "| rows | seconds | µs a row | peak MB |",
            "|---:|---:|---:|---:|",
        ]
        by_size: dict[int, float] = {}
        for size in csv_sizes:
            write_csv_input(folder / "in.csv", size)
            found = alone("--ours", str(folder / "in.csv"), str(folder / "out.csv"))
            by_size[size] = found["seconds"]
            lines.append(
                f"| {size:,} | {found['seconds']:.1f} | {found['seconds'] / size * 1e6:.0f} | "
                f"{found['peak_mb']:.0f} |"
            )
        lines += ["", f"Time goes as rows to the power {exponent(by_size):.2f}."]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure one way, or print the whole comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    single: dict[str, Callable[..., object]] = {
        "ours": lambda source, out: ours(Path(source), Path(out)),
        "pandas": lambda source, out: pandas_apply(Path(source), Path(out)),
        "row_by_row": lambda source, out: row_by_row(Path(source), Path(out)),
        "libreoffice": lambda source, out: libreoffice_formulas(Path(source), Path(out)),
    }
    for way in single:
        parser.add_argument(f"--{way}", nargs=2)
    parser.add_argument("--read", nargs=1)
    parser.add_argument("--floor", nargs=2)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--csv", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    for way, work in single.items():
        if paths := getattr(given, way):
            tell(measured(partial(work, *paths)))
            return
    if given.read:
        tell(measured(lambda: read_only(Path(given.read[0]))), own=True)
    elif given.floor:
        seconds = write_only(Path(given.floor[0]), Path(given.floor[1]))
        tell((seconds, 0.0), own=True)
    else:
        text = report(given.rows, given.csv, given.times)
        print(text)
        if given.write:
            (HERE / "bulk_results.md").write_text(f"# Last results\n\n{text}", encoding="utf-8")


def tell(found: tuple[float, float], own: bool = False) -> None:
    """Print seconds and peak memory, of this process or of those it started."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 if own else found[1]
    print(json.dumps({"seconds": found[0], "peak_mb": peak}))


if __name__ == "__main__":
    main()
