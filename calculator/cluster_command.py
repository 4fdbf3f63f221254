"""``exitcap assess --engine dask``: a table in Parquet or CSV to a folder of files, on a cluster."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from calculator.command_line import say
from calculator.facts.problems import FileProblem
from calculator.facts.text import printable
from rules.late_benefits import LaterRates
from rules.positions import Positions

KINDS = (".parquet", ".csv")


def assess_on_cluster(
    cases: Path,
    out: Path,
    scheduler: str,
    what: tuple[date, Positions, LaterRates | None, Mapping[str, str]],
) -> int:
    """Calculate a table on the cluster at an address; give the number of rows in error.

    The folder ``out`` holds a file for each partition, in the format of its ending, and appears when all are
    written. FileProblem, in one line, where it is there already or the cluster cannot be reached.
    """
    suffix, name = out.suffix.casefold(), printable(out.name)
    if suffix not in KINDS or cases.suffix.casefold() not in KINDS:
        raise FileProblem("A cluster reads and writes .parquet and .csv.")
    if not cases.exists():
        raise FileProblem(f"{printable(cases.name)}: there is no such file.")
    if out.exists():
        raise FileProblem(f"{name}: is there already. Name a new folder.")
    if find_spec("distributed") is None:
        raise FileProblem("A cluster needs dask. Install the project with its extra: dask.")
    from distributed import Client

    from calculator.cluster import Settings, read_dask, write_dask

    unfinished = out.with_name(f".{out.name}.unfinished").absolute()
    try:
        client = Client(scheduler, timeout="10s")
    except (OSError, ValueError):
        raise FileProblem("The scheduler cannot be reached at this address.") from None
    with client:
        unfinished.mkdir()
        try:
            rows, in_error = write_dask(
                read_dask(cases.absolute()),
                Settings(*what, from_csv=cases.suffix.casefold() == ".csv"),
                unfinished,
                suffix,
            )
            unfinished.rename(out)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    say(f"{rows:,} rows, {in_error:,} in error. Written to the folder {name}.")
    return in_error
