"""The app's server takes its settings from beside app.py alone, and calls nobody."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import subprocess
from pathlib import Path
from urllib.error import HTTPError

import pytest

from calculator.screens.server import command, front_door
from tests.browser.server import running_app
from tests.wire import Page

WEAK = """
[server]
enableAgentApi = true
enableStaticServing = true
address = "0.0.0.0"
enableXsrfProtection = false
corsAllowedOrigins = ["http://foreign.example"]
[client]
showErrorDetails = "full"
[browser]
gatherUsageStats = true
[secrets]
files = ["elsewhere.toml"]
"""
WATCH = """
import os, socket
def watched(connect):
    def wrapped(self, address):
        if isinstance(address, tuple) and not str(address[0]).startswith("127."):
            with open(os.environ["WATCHED"], "a") as file:
                file.write(f"{address}\\n")
            raise OSError("blocked")
        return connect(self, address)
    return wrapped
class Watched(socket.socket):
    connect = watched(socket.socket.connect)
    connect_ex = watched(socket.socket.connect_ex)
socket.socket = Watched
looked_up = socket.getaddrinfo
def getaddrinfo(host, *rest, **named):
    if host not in (None, "127.0.0.1", "localhost"):
        with open(os.environ["WATCHED"], "a") as file:
            file.write(f"{host}\\n")
    return looked_up(host, *rest, **named)
socket.getaddrinfo = getaddrinfo
"""


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder and a home folder with settings and modules of somebody else."""
    for name in ("work", "home"):
        folder = tmp_path / name / ".streamlit"
        folder.mkdir(parents=True)
        (folder / "config.toml").write_text(WEAK)
        (folder / "secrets.toml").write_text('[auth]\nclient_id = "x"\n')
    for module in ("csv", "streamlit", "calculator"):
        (tmp_path / "work" / f"{module}.py").write_text("raise SystemExit(77)")
    for home in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(home, str(tmp_path / "home"))
    for name in ("SERVER_ADDRESS=0.0.0.0", "SERVER_ENABLE_AGENT_API=true", "SECRETS_FILES=x.toml"):
        variable, _, value = name.partition("=")
        monkeypatch.setenv(f"STREAMLIT_{variable}", value)
    return tmp_path / "work"


def in_force(folder: Path) -> dict[str, str]:
    """The settings that are not Streamlit's own defaults."""
    told = subprocess.run(  # noqa: S603 - our own server
        command("config", "show"), cwd=folder, capture_output=True, text=True, check=True
    ).stdout
    told = re.sub(r"\x1b\[[0-9;]*m", "", told)
    return dict(re.findall(r"^(\w+) = (.*)$", told, re.MULTILINE))


def test_settings_of_the_working_and_the_home_folder_and_the_environment_are_not_read(
    hostile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    confined = in_force(hostile)
    assert confined["address"] == '"127.0.0.1"'
    assert confined["enableXsrfProtection"] == "true"
    assert confined["showErrorDetails"] == '"none"'
    for name in ("enableAgentApi", "enableStaticServing", "corsAllowedOrigins", "files"):
        assert name not in confined
    monkeypatch.chdir(front_door().parent)
    assert confined == in_force(front_door().parent)


def test_a_file_to_download_is_for_its_own_page_and_browser_alone() -> None:
    async def tried(url: str) -> None:
        async with Page(url, "list") as own, Page(url, "list") as other:
            offered = own.find("DownloadButton", "Download the template").deferred_file_id
            with pytest.raises(OSError, match="Failed"):
                await other.made(offered)
            address = await own.made(offered)
            await own.run()
            with pytest.raises(HTTPError, match="404"):
                await other.http(address)
            assert (await own.http(address)).startswith(b"PK")
            assert await own.made(offered), "what was shown before the page was drawn again"

    with running_app() as url:
        asyncio.run(tried(url))


def asked(port: int, origin: str) -> str:
    """What the server says to a page of another origin that wants a connection."""
    with socket.create_connection(("127.0.0.1", port), 10) as wire:
        wire.sendall(
            f"GET /_stcore/stream HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {'A' * 22}==\r\nSec-WebSocket-Version: 13\r\n"
            f"Origin: {origin}\r\n\r\n".encode()
        )
        return wire.recv(1_000).decode("latin-1").partition("\r\n")[0]


def test_the_server_asks_nobody_for_its_address_and_listens_on_this_machine_alone(
    hostile: Path, tmp_path: Path
) -> None:
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "sitecustomize.py").write_text(WATCH)
    watched = tmp_path / "watched"
    path = filter(None, [str(tmp_path / "watch"), os.environ.get("PYTHONPATH")])
    env = {**os.environ, "WATCHED": str(watched), "PYTHONPATH": os.pathsep.join(path)}
    with running_app(cwd=hostile, env=env) as url:
        port = int(url.rpartition(":")[2])
        assert " 101 " in asked(port, url)
        assert " 403 " in asked(port, "http://foreign.example")
        assert " 403 " in asked(port, "http://192.0.2.1")
        with pytest.raises(OSError, match="refused"):
            socket.create_connection(("127.0.0.2", port), 2)
    assert not watched.exists(), watched.read_text()
