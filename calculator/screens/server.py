"""Runs the server of the app in this process, so that it ends as it should on every signal."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path

from streamlit.web import cli

from calculator.files.folders import remove_leftovers


def serve(script: Path, port: int, options: Sequence[str]) -> None:
    """Run the app until it is stopped. Removes first what a server that was killed has left."""
    remove_leftovers()
    number = getattr(signal, "SIGHUP", None)  # Windows has none
    if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
        signal.signal(number, _terminate)
    cli.main(["run", str(script), f"--server.port={port}", *options], "streamlit")


def _terminate(*_: object) -> None:
    """Treat a closed terminal as SIGTERM, which Streamlit knows."""
    null = os.open(os.devnull, os.O_WRONLY)
    for output in (1, 2):  # The terminal takes no more words.
        os.dup2(null, output)
    signal.raise_signal(signal.SIGTERM)
