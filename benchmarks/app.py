"""The browser app under people: ``python -m benchmarks.app --write``.

Starts the app, opens it in real Chromium as many people at once, each typing a case of their own, and
measures each recalculation from leaving a field to the new figure on the page. Each person's figure is
compared with the one worked out for that person's facts, so one who saw another's case would be found. The
browsers run on the same machine as the server and take most of its time: on machines of their own people
would wait less.
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
import sys
import time
import urllib.request
from datetime import date
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from benchmarks.assess import memory_gb
from calculator.money import shown_money
from calculator.single import work
from rules.positions import Positions

HERE = Path(__file__).parent
ROOT = HERE.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
CHANGES = 6


def facts(person: int, change: int) -> dict[str, str]:
    """The case of one person after some changes: no two persons ever have the same figures."""
    return {
        "case_ref": f"P{person}",
        "exit_date": "31/12/2020",
        "payment_date": "31/12/2020",
        "redundancy_due": f"{100_000 + 100 * person}",
        "redundancy_paid": f"{90_000 + change}",
    }


def expected(person: int, change: int) -> str:
    """What that person must see as owed to the member."""
    outcome = work([facts(person, change)], Positions(), date.today()).outcome  # noqa: DTZ011
    return shown_money(int(outcome.figures("member_total").values[0]))


class Server:
    """The app on a free port, and its memory."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        start = time.perf_counter()
        words = ("-m", "streamlit", "run", str(ROOT / "app.py"))
        self.process = subprocess.Popen(
            [sys.executable, *words, f"--server.port={port}", "--server.headless=true"],
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

    def stop(self) -> None:
        """End the server."""
        self.process.terminate()
        self.process.wait(10)


async def type_in(page: Page, label: str, text: str) -> None:
    """Fill a field and leave it."""
    field = page.get_by_role("textbox", name=label, exact=True)
    await field.fill(text)
    await field.press("Tab")


async def open_case(browser: Browser, url: str, person: int) -> tuple[Page, float]:
    """A person's page with the case typed in, and the seconds to the first usable paint."""
    page = await (await browser.new_context()).new_page()
    start = time.perf_counter()
    await page.goto(url)
    await page.get_by_role("textbox", name="Case reference (needed)").wait_for(timeout=120_000)
    usable = time.perf_counter() - start
    given = facts(person, 0)
    for label, name in (
        ("Case reference (needed)", "case_ref"),
        ("Date of exit (needed)", "exit_date"),
        ("Date exit payment was made", "payment_date"),
        ("Redundancy pay due", "redundancy_due"),
        ("Redundancy pay paid", "redundancy_paid"),
    ):
        await type_in(page, label, given[name])
        await page.wait_for_timeout(300)
    await expect(metric(page)).to_have_text(expected(person, 0), timeout=120_000)
    return page, usable


def metric(page: Page) -> Locator:
    """The figure owed to the member."""
    return page.locator('[data-testid="stMetricValue"]').first


async def changes(page: Page, person: int) -> list[float]:
    """Seconds of each recalculation."""
    took = []
    for change in range(1, CHANGES + 1):
        wanted = expected(person, change)
        start = time.perf_counter()
        await type_in(page, "Redundancy pay paid", facts(person, change)["redundancy_paid"])
        await expect(metric(page)).to_have_text(wanted, timeout=120_000)
        took.append(time.perf_counter() - start)
        await page.wait_for_timeout(1_000)
    return took


async def measure(people: int) -> tuple[list[float], list[float], float, float, float]:
    """First paints, recalculations, memory before and after, and the server's start."""
    server = Server()
    try:
        async with async_playwright() as play:
            chromium = shutil.which("chromium") or shutil.which("chromium-browser")
            browser = await play.chromium.launch(executable_path=chromium, args=FLAGS)
            warm = await browser.new_page()
            await warm.goto(server.url)
            await warm.get_by_role("textbox", name="Case reference (needed)").wait_for()
            await warm.close()
            before = server.memory_mb()
            opened = []
            for person in range(people):
                opened.append(await open_case(browser, server.url, person))
            found = await asyncio.gather(
                *(changes(page, person) for person, (page, _) in enumerate(opened))
            )
            after = server.memory_mb()
            await browser.close()
        paints = [usable for _, usable in opened]
        return paints, [took for each in found for took in each], before, after, server.started_in
    finally:
        server.stop()


def main() -> None:
    """Measure with one person and with many, and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="*", default=[1, 20])
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    lines = [
        f"Machine: {os.cpu_count()} cores, {memory_gb()} GB, Python {platform.python_version()}; server and "
        "browsers on it together. Command: `python -m benchmarks.app --write`.",
        "",
        "| people at once | server start s | first usable paint, median s | a recalculation p50 s | p95 s "
        "| memory a session MB |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    for people in given.people:
        paints, took, before, after, started = asyncio.run(measure(people))
        p95 = statistics.quantiles(took, n=20)[18]
        lines.append(
            f"| {people} | {started:.1f} | {statistics.median(paints):.1f} | {statistics.median(took):.2f} "
            f"| {p95:.2f} | {(after - before) / people:.1f} |"
        )
    lines += ["", "Every person saw the figure of their own case after every change."]
    text = "\n".join(lines) + "\n"
    print(text)
    if given.write:
        (HERE / "app_results.md").write_text(f"# The app under people\n\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
