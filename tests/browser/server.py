"""The app on a free port of this machine, for tests in a browser and for the pictures of the guide."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from calculator.screens.server import command, front_door
from tests import ROOT

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def running_app(
    *options: str, port: int | None = None, cwd: Path = ROOT, env: Mapping[str, str] = os.environ
) -> Iterator[str]:
    """The app for as long as it is wanted. Gives its address."""
    port = port or free_port()
    server = subprocess.Popen(  # noqa: S603 - our own app
        command(
            "run", str(front_door()), f"--server.port={port}", "--server.headless=true", *options
        ),
        cwd=cwd,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(1_200):
            try:
                urllib.request.urlopen(f"{url}/_stcore/health", timeout=1).close()  # noqa: S310
                break
            except OSError:
                time.sleep(0.1)
        yield url
    finally:
        server.terminate()
        server.wait(10)
