"""A program run for us ends with all that it started, whatever happens to us."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from calculator.files.watched import run_watched
from tests.jobs.helpers import gone

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such groups")
LONG = ["sh", "-c", 'sleep 60 & echo $! > "$TMPDIR/child"; wait']
PROGRAM = (
    "import sys; from pathlib import Path; from calculator.files.watched import run_watched\n"
    f"run_watched({LONG!r}, 60, Path(sys.argv[1]))"
)


def child_of(folder: Path, seconds: float = 20) -> int:
    """The number of the process that the program started."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if (folder / "child").is_file() and (text := (folder / "child").read_text()):
            return int(text)
        time.sleep(0.02)
    raise AssertionError("not started")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_it_ends_with_us(tmp_path: Path, number: int) -> None:
    with subprocess.Popen(  # noqa: S603 - our own
        [sys.executable, "-c", PROGRAM, str(tmp_path)], stderr=subprocess.DEVNULL
    ) as program:
        child = child_of(tmp_path)
        program.send_signal(number)
        assert gone(child, 5)
        program.kill()


def test_it_ends_when_it_takes_too_long(tmp_path: Path) -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        run_watched(LONG, 1, tmp_path)
    assert gone(child_of(tmp_path), 5)


def test_what_it_leaves_behind_ends_with_it(tmp_path: Path) -> None:
    run_watched(["sh", "-c", 'sleep 60 & echo $! > "$TMPDIR/child"'], 60, tmp_path)
    assert gone(child_of(tmp_path), 5)
    assert os.environ.get("TMPDIR") != str(tmp_path)
