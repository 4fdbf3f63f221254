"""Nothing of a person's stays behind when the app ends or a page is closed, however it ends."""

from __future__ import annotations

import contextlib
import os
import pty
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.sync.client import connect

from tests import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
FRONT = """
import sys
from pathlib import Path
import streamlit as st
from calculator.jobs.desk import Desk
from calculator.screens import ended_sessions

sys.path.append({root!r})
from tests.promises.test_app_ends import Held

ended_sessions.forget_when_ended()
if "desk" not in st.session_state:
    st.session_state["held"] = Held(Path({folder!r}))
    st.session_state["desk"] = Desk()
    st.session_state["desk"].take("many.csv", Path({many!r}).read_bytes())
"""
PROGRAM = (
    "import sys; from pathlib import Path; from calculator import commands\n"
    "from calculator.screens import server\n"
    "server.front_door = lambda: Path('front.py')\n"
    "commands.main()"
)


class Held:
    """What a session holds: a file is there for as long as it is in memory."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / f"in-memory-{id(self)}"
        self.file.touch()

    def __del__(self) -> None:
        self.file.unlink(missing_ok=True)


class App:
    """A server of ours that works on a large file for each session."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder, self.temporary = folder, folder / "tmp"
        self.temporary.mkdir(exist_ok=True)
        many = folder / "many.csv"
        lines = (ROOT / "sample_data" / "cases.csv").read_text(encoding="utf-8").splitlines()
        many.write_text("\n".join([lines[0], *lines[1:] * 200]), encoding="utf-8")
        front = FRONT.format(root=str(ROOT), folder=str(folder), many=str(many))
        (folder / "front.py").write_text(front, encoding="utf-8")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.terminal, theirs = pty.openpty()
        self.process = subprocess.Popen(  # noqa: S603 - our own app
            [
                *(sys.executable, "-c", PROGRAM, "app", "--port", str(self.port)),
                *(
                    "--server.headless=true",
                    "--server.fileWatcherType=none",
                    "--server.address=127.0.0.1",
                    "--browser.gatherUsageStats=false",
                    *options,
                ),
            ],
            cwd=folder,
            env={**os.environ, "TMPDIR": str(self.temporary), "PYTHONPATH": str(ROOT)},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        until(self.is_up)

    def is_up(self) -> bool:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}/_stcore/health", timeout=1
            ).close()
            return True
        return False

    @contextmanager
    def page(self) -> Iterator[None]:
        """A page that is open, whose file is being looked at."""
        address = f"ws://127.0.0.1:{self.port}/_stcore/stream"
        before = self.left()
        with connect(address, subprotocols=["streamlit"]) as page:  # type: ignore[list-item]
            message = BackMsg()
            message.rerun_script.query_string = ""
            page.send(message.SerializeToString())
            until(lambda: len(self.left()) > len(before))
            yield

    def left(self) -> list[Path]:
        return [each for each in self.temporary.rglob("upload*") if each.is_file()]

    def in_memory(self) -> int:
        return len(list(self.folder.glob("in-memory-*")))


def until(done: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "too slow"
        time.sleep(0.05)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    running = App(tmp_path, "--server.disconnectedSessionTTL=2")
    yield running
    running.process.kill()
    running.process.wait()
    os.close(running.terminal)


@pytest.mark.parametrize("how", ["SIGTERM", "SIGINT", "SIGHUP", "SIGTERM to group", "terminal"])
def test_a_stop_of_any_kind_leaves_no_file(app: App, how: str) -> None:
    with app.page():
        if how == "terminal":
            os.killpg(app.process.pid, signal.SIGHUP)
            os.close(app.terminal)
            app.terminal = os.open(os.devnull, os.O_RDONLY)
        elif how == "SIGTERM to group":
            os.killpg(app.process.pid, signal.SIGTERM)
        else:
            app.process.send_signal(signal.Signals[how])
        app.process.wait(20)
    assert list(app.temporary.iterdir()) == []


def test_what_a_killed_app_left_goes_when_it_is_started_again(app: App) -> None:
    with app.page():
        app.process.kill()
        app.process.wait(20)
    assert app.left()
    again = App(app.folder)
    try:
        assert list(app.temporary.iterdir()) == []
    finally:
        again.process.kill()
        again.process.wait()
        os.close(again.terminal)


def test_the_last_session_leaves_the_memory_too(app: App) -> None:
    with app.page():
        assert app.in_memory() == 1
    until(lambda: app.in_memory() == 0, seconds=10)
