"""The browser app under people: ``python -m benchmarks.app --write``.

Starts the app, opens it in real Chromium as many people at once, each typing a case of their own, and
measures each recalculation from leaving a field to the new figure on the page. Each person's figure is
compared with the one calculated from that person's facts, so one who saw another's case would be found. The
browsers run on the same machine as the server and take most of its time: on machines of their own people
would wait less. So the same is measured without browsers too, over the wire. ``--before`` names the checkout
of an earlier version, measured in turn with this one.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import re
import shutil
import socket
import statistics
import subprocess
import time
import urllib.request
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from benchmarks.assess import memory_gb
from calculator.facts.money import shown_money
from calculator.one_case.person import work
from calculator.screens.server import command
from rules.positions import Positions
from tests import wire

HERE = Path(__file__).parent
HOME = HERE.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
CHANGES = 6
LABELS = {
    "case_ref": "Case reference (needed)",
    "exit_date": "Date of exit (needed)",
    "redundancy_due": "Redundancy pay due",
    "redundancy_paid": "Redundancy pay paid",
}
"""The fields that are typed. The reference is asked for by earlier versions only."""
FIRST_QUESTIONS, ALL_FIELDS = "First questions", "Show all fields"


def facts(person: int, change: int) -> dict[str, str]:
    """Give the case of one person after some changes: no two persons ever have the same figures."""
    return {
        "case_ref": "Case",
        "exit_date": "31/12/2020",
        "redundancy_due": f"{100_000 + 100 * person}",
        "redundancy_paid": f"{90_000 + change}",
    }


def expected(person: int, change: int) -> str:
    """Give what that person must see as owed to the member."""
    outcome = work([facts(person, change)], Positions(), date.today()).outcome  # noqa: DTZ011
    return shown_money(int(outcome.figures("member_total").values[0]))


class Server:
    """The app on a free port, of this checkout or another, and its memory."""

    def __init__(self, home: Path = HOME) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        start = time.perf_counter()
        self.process = subprocess.Popen(
            command("run", str(home / "app.py"), f"--server.port={port}", "--server.headless=true"),
            env={**os.environ, "PYTHONPATH": str(home)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while True:
            try:
                urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1).close()  # noqa: S310
                break
            except OSError:
                time.sleep(0.05)
        self.started_in = time.perf_counter() - start

    def memory_mb(self) -> float:
        """Resident memory of the server."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+)", status)
        return int(found[1]) / 1024 if found else 0.0

    def processor_seconds(self) -> float:
        """Seconds of processor that the server has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        """End the server."""
        self.process.terminate()
        self.process.wait(10)


async def type_in(page: Page, name: str, text: str) -> None:
    """Fill a field and leave it."""
    field = page.get_by_role("textbox", name=LABELS[name], exact=True)
    await field.fill(text)
    await field.press("Tab")


async def open_case(browser: Browser, url: str, view: str, person: int) -> tuple[Page, float]:
    """Open a person's page and type the case in. Gives the page and the seconds to the first usable paint."""
    page = await (await browser.new_context()).new_page()
    start = time.perf_counter()
    await page.goto(url)
    await page.get_by_role("textbox", name=LABELS["exit_date"]).wait_for(timeout=120_000)
    usable = time.perf_counter() - start
    if view == ALL_FIELDS:
        await page.get_by_role("radio", name=view).click()
        await page.get_by_role("textbox", name="Case reference").wait_for(timeout=120_000)
    for name, text in facts(person, 0).items():
        field = page.get_by_role("textbox", name=LABELS[name], exact=True)
        if name != "case_ref" or await field.count():
            await type_in(page, name, text)
            await page.wait_for_timeout(1_000)
    await expect(metric(page)).to_have_text(expected(person, 0), timeout=120_000)
    return page, usable


def metric(page: Page) -> Locator:
    """Find the figure owed to the member."""
    return page.locator('[data-testid="stMetricValue"]').first


async def changes(page: Page, person: int, pause: float, people: int) -> list[float]:
    """Give the seconds of each recalculation, with a pause after each; people with a pause do not start at once."""
    took = []
    await page.wait_for_timeout(1_000 * pause * person / people)
    for change in range(1, CHANGES + 1):
        wanted = expected(person, change)
        start = time.perf_counter()
        await type_in(page, "redundancy_paid", facts(person, change)["redundancy_paid"])
        await expect(metric(page)).to_have_text(wanted, timeout=120_000)
        took.append(time.perf_counter() - start)
        await page.wait_for_timeout(1_000 * pause)
    return took


@dataclass(frozen=True)
class Measured:
    """Seconds of first paints and of recalculations, of the server's start and its work on a change; MB."""

    paints: list[float]
    took: list[float]
    started: float
    processor: float
    memory: float


@dataclass(frozen=True)
class Version:
    """A version of the app: its name in the table, its checkout, the address of the page, the view measured."""

    name: str
    home: Path
    page: str = ""
    view: str = ""


async def measure(version: Version, people: int, pause: float) -> Measured:
    """Measure the app under some people, each with a pause between changes."""
    server = Server(version.home)
    url = server.url + version.page
    try:
        async with async_playwright() as play:
            chromium = shutil.which("chromium") or shutil.which("chromium-browser")
            browser = await play.chromium.launch(executable_path=chromium, args=FLAGS)
            warm, _ = await open_case(browser, url, version.view, people)
            await warm.close()
            before = server.memory_mb()
            opened = []
            for person in range(people):
                opened.append(await open_case(browser, url, version.view, person))
            used = server.processor_seconds()
            found = await asyncio.gather(
                *(changes(page, n, pause, people) for n, (page, _) in enumerate(opened))
            )
            used, after = server.processor_seconds() - used, server.memory_mb()
            await browser.close()
        return Measured(
            paints=[usable for _, usable in opened],
            took=[took for each in found for took in each],
            started=server.started_in,
            processor=used / (people * CHANGES),
            memory=(after - before) / people,
        )
    finally:
        server.stop()


async def measure_without_browsers(version: Version, people: int) -> Measured:
    """Measure the app under people without a pause and without browsers."""
    server = Server(version.home)
    try:
        async with AsyncExitStack() as stack:
            await open_case_on_the_wire(stack, server.url, version, people)
            before, pages, paints = server.memory_mb(), [], []
            for person in range(people):
                page, painted = await open_case_on_the_wire(stack, server.url, version, person)
                pages.append(page)
                paints.append(painted)
            used = server.processor_seconds()
            found = await asyncio.gather(
                *(changes_on_the_wire(page, n) for n, page in enumerate(pages))
            )
            used, after = server.processor_seconds() - used, server.memory_mb()
        return Measured(
            paints=paints,
            took=[took for each in found for took in each],
            started=server.started_in,
            processor=used / (people * CHANGES),
            memory=(after - before) / people,
        )
    finally:
        server.stop()


async def open_case_on_the_wire(
    stack: AsyncExitStack, url: str, version: Version, person: int
) -> tuple[wire.Page, float]:
    """Open a page and type the case in. Gives the page and the seconds until it was drawn first."""
    start = time.perf_counter()
    page = await stack.enter_async_context(wire.Page(url, version.page.strip("/")))
    painted = time.perf_counter() - start
    if version.view == ALL_FIELDS:
        await page.choose("How to enter the facts", version.view)
    for name, text in facts(person, 0).items():
        if page.find("TextInput", LABELS[name]) is not None:
            await page.type_in(LABELS[name], text)
    return page, painted


async def changes_on_the_wire(page: wire.Page, person: int) -> list[float]:
    """Give the seconds of each recalculation, one after another."""
    took = []
    for change in range(1, CHANGES + 1):
        start = time.perf_counter()
        await page.type_in(LABELS["redundancy_paid"], facts(person, change)["redundancy_paid"])
        took.append(time.perf_counter() - start)
        if page.figures()[0] != expected(person, change):
            raise ValueError(f"Person {person} saw {page.figures()}.")
    return took


def main() -> None:
    """Measure one person, and many without a pause, also without browsers; print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument(
        "--pause", type=float, help="Measure many with so many seconds between, too."
    )
    parser.add_argument("--before", type=Path, help="Checkout of an earlier version.")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    versions = [
        Version(f"now, {view.lower()}", HOME, "/member", view)
        for view in (FIRST_QUESTIONS, ALL_FIELDS)
    ]
    if given.before:
        versions.insert(0, Version("before", given.before.resolve()))
    lines = [
        f"Machine: {os.cpu_count()} cores, {memory_gb()} GB, Python {platform.python_version()}, not free of other "
        "work; server and browsers on it together. Only rows measured in turn can be compared. Command: "
        "`python -m benchmarks.app --before CHECKOUT --write`.",
        "",
        "| version | people at once | with browsers | s between their changes | server start s "
        "| first usable paint, median s | a recalculation p50 s | p95 s | of it the server's processor s "
        "| memory a session MB |",
        "|---|---:|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    runs: list[tuple[int, float | None]] = [
        (1, None),
        (given.people, None),
        (1, 0.0),
        (given.people, 0.0),
    ]
    if given.pause:
        runs.append((given.people, given.pause))
    for people, pause in runs:
        for version in versions:
            found = asyncio.run(
                measure_without_browsers(version, people)
                if pause is None
                else measure(version, people, pause)
            )
            p95 = statistics.quantiles(found.took, n=20)[18]
            lines.append(
                f"| {version.name} | {people} | {'no' if pause is None else 'yes'} | {pause or 0:.0f} "
                f"| {found.started:.1f} | {statistics.median(found.paints):.1f} "
                f"| {statistics.median(found.took):.2f} | {p95:.2f} | {found.processor:.3f} | {found.memory:.1f} |"
            )
            print(lines[-1], flush=True)
    lines += ["", "Every person saw the figure of their own case after every change."]
    text = "\n".join(lines) + "\n"
    print(text)
    if given.write:
        (HERE / "app_results.md").write_text(f"# The app under people\n\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
