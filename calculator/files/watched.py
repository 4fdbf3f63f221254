"""Runs a program that starts others, such as LibreOffice, so that none of them outlives this program."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from calculator.files.limited import kill

_WATCHER = """
import os, signal, subprocess, sys, threading
def until_done():
    subprocess.call(sys.argv[1:], stdin=subprocess.DEVNULL)
    os.killpg(0, signal.SIGKILL)
threading.Thread(target=until_done).start()
sys.stdin.read()
os.killpg(0, signal.SIGKILL)
"""
"""Leads the group of the program; standard input ends when this program does, also when it is killed."""


def run_watched(command: Sequence[str], seconds: float, folder: Path) -> None:
    """Run a program and end all that it started, when it is done or this program is stopped or killed.

    ``folder`` is for its temporary files. Raises subprocess.TimeoutExpired where it takes longer than
    ``seconds``. Windows ends the program alone.
    """
    env = {**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))}
    watching = [] if sys.platform == "win32" else [sys.executable, "-I", "-S", "-c", _WATCHER]
    with subprocess.Popen(  # noqa: S603
        [*watching, *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=env,
        start_new_session=bool(watching),
    ) as program:
        try:
            program.wait(seconds)
        finally:
            kill(program)
