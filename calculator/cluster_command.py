"""``exitcap assess --engine dask``: a table in Parquet or CSV to a folder of files, on a cluster."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from calculator.command_line import say, say_first
from calculator.facts.fields import BY_NAME
from calculator.facts.problems import FileProblem, Severity
from calculator.facts.text import printable
from calculator.reading_cases import Reading
from rules.late_benefits import LaterRates
from rules.positions import Positions

if TYPE_CHECKING:
    from calculator.cluster import Written

KINDS = (".parquet", ".csv")


def assess_on_cluster(
    cases: Path,
    outs: tuple[Path, Path | None],
    scheduler: str,
    what: tuple[date, Positions, LaterRates | None],
    wanted: Reading,
) -> int:
    """Calculate a table on the cluster at an address; give the number of rows in error.

    ``outs`` are the folders of the results and, if wanted, of the problems. Each holds a file for each partition,
    in the format of its ending, and appears when all are written. FileProblem, in one line, where one is there
    already or the cluster cannot be reached.
    """
    folders = [out for out in outs if out is not None]
    if any(path.suffix.casefold() not in KINDS for path in (cases, *folders)):
        raise FileProblem("A cluster reads and writes .parquet and .csv.")
    if not cases.exists():
        raise FileProblem(f"{printable(cases.name)}: there is no such file.")
    for out in folders:
        if out.exists() or folders.count(out) > 1:
            raise FileProblem(f"{printable(out.name)}: is there already. Name a new folder.")
    if find_spec("distributed") is None:
        raise FileProblem("A cluster needs dask. Install the project with its extra: dask.")
    from distributed import Client

    from calculator.cluster import Settings, write_dask
    from calculator.cluster_files import read_dask
    from calculator.cluster_pass import said_of

    try:
        client = Client(scheduler, timeout="10s")
    except (OSError, ValueError):
        raise FileProblem("The scheduler cannot be reached at this address.") from None
    with client, ExitStack() as stack:
        frame, source = read_dask(cases.absolute(), wanted.mapping)
        mapping, notices = said_of(frame, wanted.mapping, wanted.accept_guesses)
        say_first(notices)
        settings = Settings(*what, mapping, source, wanted.accept_suggestions)
        results = [stack.enter_context(_unfinished(out)) for out in folders]
        written = write_dask(frame, settings, *results)
    _say(written, folders)
    return written.in_error


@contextmanager
def _unfinished(out: Path) -> Iterator[Path]:
    """A folder that gets its name when all is written, and is removed if something fails."""
    folder = out.with_name(f".unfinished.{out.name}").absolute()
    folder.mkdir()
    try:
        yield folder
        folder.rename(out)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _say(written: Written, folders: list[Path]) -> None:
    """Say what was read and written: rows left out, suggestions taken, and one line for each fault of a column."""
    lines = [*written.notices]
    for (name, wrong, _), count in written.taken.most_common():
        lines.append(f"{_heading(name)}: {count:,} taken as suggested, where: {wrong}")
    for (name, wrong, enter), count in written.faults.most_common():
        lines.append(f"{_heading(name)} ({Severity.MUST_FIX}): {wrong} {enter} {count:,} cells.")
    say_first(lines)
    names = " and ".join(printable(out.name) for out in folders)
    say(f"{written.rows:,} rows, {written.in_error:,} in error. Written to the folder {names}.")


def _heading(name: str) -> str:
    return BY_NAME[name].heading if name in BY_NAME else name
