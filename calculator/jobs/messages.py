"""Small files that one process writes and another reads: always whole, never half."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypedDict

from calculator.jobs import PROGRESS

_LEAST_SECONDS = 0.2
"""Between two writes of the progress."""


class Progress(TypedDict):
    """How far a step is: ``started`` is when its stage began, in seconds of the clock."""

    stage: str
    done: int
    total: int
    started: float


def write_json(path: Path, whole: Any) -> None:
    """Write a file so that a reader finds either the old one or the new one."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    unfinished.replace(path)


def read_json(path: Path) -> Any:
    """What a file holds, or None where it is not there."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def reporter(folder: Path) -> Callable[[str, int, int], None]:
    """A function to call with stage, done and total as the work goes on."""
    stage_now, started, written = "", 0.0, 0.0

    def report(stage: str, done: int, total: int) -> None:
        nonlocal stage_now, started, written
        now = time.time()
        if stage != stage_now:
            stage_now, started = stage, now
        elif now - written < _LEAST_SECONDS and done < total:
            return
        written = now
        progress = Progress(stage=stage, done=done, total=total, started=started)
        write_json(folder / PROGRESS, progress)

    return report
