"""The browser app under load: ``python -m benchmarks.load --bombs 3`` and the same with ``--bombs 0``.

Some sessions type a case or have small lists calculated, and download what they get; others upload the hostile
files of the tests all the time. They speak to the server over the wire, without browsers, so that the server
has the machine. Every figure and every row downloaded is compared with what that session entered.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import io
import itertools
import os
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any

from benchmarks.app import LABELS, Server, expected, facts
from calculator.jobs.desk import GRACE_SECONDS
from tests.promises.test_hostile_files import REFUSED
from tests.wire import Page

MOST_UPLOADED = 25_000_000
TYPING_PAUSE, LIST_PAUSE = 5.0, 20.0
RESULTS = "ButtonGroup", "Part of the list"
"""What the page shows once a list is calculated."""


class Found:
    """What all sessions met."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.downloads = 0
        self.faults: list[str] = []


async def typist(url: str, person: int, end: float, found: Found) -> None:
    """Type a case, change it again and again, and save it."""
    async with Page(url, "member") as page:
        for name in ("exit_date", "redundancy_due", "redundancy_paid"):
            await page.type_in(LABELS[name], facts(person, 0)[name])
        await asyncio.sleep(TYPING_PAUSE * person / 20)
        for change in itertools.count(1):
            if time.monotonic() > end:
                return
            given = facts(person, change)
            wanted = expected(person, change)
            start = time.monotonic()
            await page.type_in(LABELS["redundancy_paid"], given["redundancy_paid"])
            found.seconds["a change"].append(time.monotonic() - start)
            if wanted not in page.figures():
                found.faults.append(f"person {person}: {page.figures()}, not {wanted}")
            saved = await page.download("Save as a case file")
            found.downloads += 1
            if any(
                given[name].encode() not in saved for name in ("redundancy_due", "redundancy_paid")
            ):
                found.faults.append(f"person {person}: another's case file")
            await asyncio.sleep(TYPING_PAUSE)


async def lister(url: str, person: int, end: float, found: Found) -> None:
    """Have small lists calculated again and again, and download the results."""
    async with Page(url, "list") as page:
        await asyncio.sleep(LIST_PAUSE * (person % 10) / 10)
        for time_ in itertools.count(1):
            if time.monotonic() > end:
                return
            names = [f"L{person}-{time_}-{n}" for n in range(5)]
            rows = "".join(
                f"{name},2020-12-31,{100_000 + person},{90_000 + time_}\n" for name in names
            )
            head = "case_ref,exit_date,redundancy_due,redundancy_paid\n"
            start = time.monotonic()
            await page.upload("Your spreadsheet", "list.csv", (head + rows).encode())
            await page.until("Button", "Calculate")
            await page.click("Calculate")
            await page.until(*RESULTS)
            await page.choose(RESULTS[1], "Files")
            await page.until("DownloadButton", "Results as CSV")
            found.seconds["a small list, from file to results"].append(time.monotonic() - start)
            await page.until("DownloadButton", "Results workbook")
            table = (await page.download("Results as CSV")).decode("utf-8-sig")
            workbook = await page.download("Results workbook")
            found.downloads += 2
            got = [next(iter(row.values())) for row in csv.DictReader(io.StringIO(table))]
            if got != names or not workbook.startswith(b"PK"):
                found.faults.append(f"person {person}: {got}")
            await asyncio.sleep(LIST_PAUSE)


async def bomber(url: str, files: Iterator[Path], screen: str, end: float, found: Found) -> None:
    """Upload hostile files one after another, and have the program calculate what is not refused."""
    label = {"list": "Your spreadsheet", "member": "Open a saved case"}[screen]
    async with Page(url, screen) as page:
        while time.monotonic() < end:
            file = next(files)
            if screen == "member" and file.suffix != ".xlsx":
                continue
            start = time.monotonic()
            await page.upload(label, file.name, file.read_bytes())
            if screen == "list" and await page.until("Button", "Calculate"):
                await page.click("Calculate")
                await page.until(*RESULTS)
            found.seconds["a hostile file"].append(time.monotonic() - start)


def build_bombs(folder: Path) -> list[Path]:
    """Write the hostile files of the tests that the page takes."""
    built = []
    for number, (name, build, _) in enumerate(REFUSED.values()):
        path = folder / str(number) / name
        path.parent.mkdir()
        if build(path).stat().st_size < MOST_UPLOADED:
            built.append(path)
    return built


async def guarded(session: Coroutine[Any, Any, None], found: Found) -> None:
    """Run a session; what ends it before its time is a fault."""
    try:
        await session
    except Exception as error:
        found.faults.append(f"{type(error).__name__} {error}")


async def load(url: str, given: argparse.Namespace, bombs: list[Path], found: Found) -> None:
    """Run all sessions at once until the time is over."""
    end = time.monotonic() + given.seconds
    sessions = []
    for person in range(given.people):
        if person < given.bombs:
            files = itertools.cycle(bombs[person :: given.bombs])
            screen = ("list", "member")[person % 2]
            sessions.append(bomber(url, files, screen, end, found))
        else:
            sessions.append((typist, lister)[person % 2](url, person, end, found))
    await asyncio.gather(*(guarded(session, found) for session in sessions))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--bombs", type=int, default=3, help="How many of them upload bombs.")
    parser.add_argument("--seconds", type=float, default=300)
    given = parser.parse_args()
    found = Found()
    with tempfile.TemporaryDirectory() as hostile, tempfile.TemporaryDirectory() as temporary:
        bombs = build_bombs(Path(hostile))
        os.environ["TMPDIR"] = temporary
        server = Server()
        try:
            asyncio.run(
                load(server.url, argparse.Namespace(people=2, bombs=0, seconds=1), [], Found())
            )
            before = server.memory_mb()
            asyncio.run(load(server.url, given, bombs, found))
            under = server.memory_mb()
            time.sleep(GRACE_SECONDS + 30)
            after, left = server.memory_mb(), len(list(Path(temporary).iterdir()))
        finally:
            server.stop()
        left_at_end = len(list(Path(temporary).iterdir()))
    for what, took in found.seconds.items():
        p95 = statistics.quantiles(took, n=20)[18]
        print(f"{what}: {len(took)} times, p50 {statistics.median(took):.2f} s, p95 {p95:.2f} s")
    print(f"{found.downloads} downloads; {len(found.faults)} faults")
    for fault in found.faults:
        print(fault)
    print(
        f"Memory of the server: {before:.0f} MB, then {under:.0f} MB, two minutes later {after:.0f} MB"
    )
    print(f"Temporary folders two minutes later: {left}; after the end: {left_at_end}")


if __name__ == "__main__":
    main()
