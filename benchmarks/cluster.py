"""Time and memory of a table on a local cluster of two workers: ``python -m benchmarks.cluster 1000000 ...``."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq
from distributed import Client, LocalCluster

from benchmarks.bulk import write_csv_input
from calculator.cluster import Settings, write_dask
from calculator.cluster_files import read_dask

AS_AT = date(2026, 11, 22)
PIECE = 100_000
"""Rows of one file of the input."""


def write_input(folder: Path, size: int) -> None:
    """Write a folder of Parquet files: generated cases, repeated as those of other persons."""
    source = folder.with_suffix(".csv")
    write_csv_input(source, PIECE)
    text = {name: pa.string() for name in arrow_csv.open_csv(source).schema.names}
    table = arrow_csv.read_csv(source, convert_options=arrow_csv.ConvertOptions(column_types=text))
    folder.mkdir()
    for number in range(size // PIECE):
        piece = table
        for name in ("case_ref", "person_ref"):
            given = piece[name]
            other = pc.binary_join_element_wise(given, str(number), "/")
            place = piece.schema.get_field_index(name)
            piece = piece.set_column(place, name, pc.if_else(pc.equal(given, ""), "", other))
        pq.write_table(piece, folder / f"{number:05}.parquet")


def measure(size: int) -> str:
    """Run one size; a line of the table in Markdown."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_input(folder / "in", size)
        (folder / "out.parquet").mkdir()
        with (
            LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as workers,
            Client(workers) as client,
        ):
            begun = time.perf_counter()
            frame, source = read_dask(folder / "in")
            rows = write_dask(frame, Settings(AS_AT, source=source), folder / "out.parquet").rows
            seconds = time.perf_counter() - begun
            used = client.run(
                lambda: (
                    resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                    time.process_time(),
                )
            ).values()
        written = sum(path.stat().st_size for path in (folder / "out.parquet").iterdir())
    peak, processor = max(mb for mb, _ in used), sum(cpu for _, cpu in used)
    return (
        f"| {rows:,} | {seconds:.0f} | {processor:.0f} | {processor / rows * 1e6:.0f} | {peak:.0f} | "
        f"{written / 1e6:.0f} |"
    )


def main() -> None:
    """Print the table."""
    print(
        "| rows | seconds | processor seconds of both | µs a row | peak MB of a worker | MB written |"
    )
    print("|---:|---:|---:|---:|---:|---:|")
    for size in map(int, sys.argv[1:]):
        print(measure(size), flush=True)


if __name__ == "__main__":
    main()
