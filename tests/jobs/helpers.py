"""What the tests of jobs share: waiting for a desk, and what to ask of it."""

from __future__ import annotations

import csv
import time
from datetime import date
from pathlib import Path

from calculator.jobs.desk import Desk, Stage
from calculator.jobs.look import (
    Look,
)
from calculator.jobs.work import WorkWanted
from rules.positions import Positions
from tests import ROOT

SAMPLE = ROOT / "sample_data" / "cases.csv"
AS_AT = date(2026, 11, 22)
SIZE = len(list(csv.reader(SAMPLE.read_text(encoding="utf-8").splitlines()))) - 1


def until(desk_: Desk, *stages: Stage, seconds: float = 90) -> None:
    """Wait while a desk is at one of these stages."""
    end = time.monotonic() + seconds
    while desk_.stage in stages:
        assert time.monotonic() < end, "too slow"
        time.sleep(0.02)


def now(desk_: Desk) -> Stage:
    return desk_.stage


def until_written(desk_: Desk, seconds: float = 90) -> None:
    until(desk_, Stage.WORKING, seconds=seconds)
    end = time.monotonic() + seconds
    while desk_.busy:
        assert time.monotonic() < end, "too slow"
        time.sleep(0.02)


def until_done(desk_: Desk, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while desk_.busy:
        assert time.monotonic() < end, "too slow"
        time.sleep(0.02)
        now(desk_)


def likely_request(
    look: Look, as_at: date = AS_AT, positions: Positions | None = None
) -> WorkWanted:
    table = look.tables[look.likely]
    return WorkWanted(
        sheet=table.name,
        heading_row=table.heading_row,
        columns=table.taken,
        as_at=as_at,
        positions=positions or Positions(),
    )


def gone(process: int, seconds: float = 10) -> bool:
    """True once a process is there no more, or only waits to be asked how it ended."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def content(desk_: Desk, name: str, folder: Path) -> Path:
    path = folder / name
    path.write_bytes(desk_.content(name))
    return path
