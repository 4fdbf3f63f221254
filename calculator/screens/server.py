"""Runs Streamlit for this app: with the settings beside app.py and those of the command alone.

It ends as it should on every signal, and removes first what a server that was killed has left.

Settings of the working folder, the home folder and the environment are not read, and the server asks nobody
for its own address.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from calculator.files.folders import remove_leftovers

_PREFIX = "STREAMLIT_"
_PROGRAM = "import sys; sys.path.append(sys.argv.pop(1)); from calculator.screens.server import main; main()"


def front_door() -> Path:
    """Give the path of ``app.py``: beside the package in a checkout, else inside the installed package."""
    package = Path(__file__).resolve().parents[1]
    in_checkout = package.parent / "app.py"
    return in_checkout if in_checkout.is_file() else package / "front" / "app.py"


def command(*words: str) -> list[str]:
    """Give the command that starts the server, with nothing imported from the working folder."""
    home = str(Path(__file__).resolve().parents[2])
    return [sys.executable, "-P", "-c", _PROGRAM, home, *words]


def main() -> None:
    """Run Streamlit's own command line, confined, until it is stopped."""
    serve(sys.argv[1:])


def serve(words: Sequence[str]) -> None:
    """Run Streamlit with the words of its own command line, in this process, until it is stopped."""
    remove_leftovers()
    number = getattr(signal, "SIGHUP", None)  # Windows has none
    if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
        signal.signal(number, _terminate)
    _confine()
    from streamlit.web import cli

    cli.main(list(words), "exitcap app")


def _terminate(*_: object) -> None:
    """Treat a closed terminal as SIGTERM, which Streamlit knows."""
    null = os.open(os.devnull, os.O_WRONLY)
    for output in (1, 2):  # The terminal takes no more words.
        os.dup2(null, output)
    signal.raise_signal(signal.SIGTERM)


def _confine() -> None:
    """Let Streamlit read its settings from beside app.py alone, and ask nobody for its address."""
    for name in [name for name in os.environ if name.upper().startswith(_PREFIX)]:
        del os.environ[name]
    from streamlit import config, net_util
    from streamlit.runtime import app_session, runtime
    from streamlit.web.server.starlette import starlette_app

    from calculator.screens import downloads

    _replace(config, "get_config_files", lambda name: [_own_file(name)])
    _replace(net_util, "get_external_ip", lambda: None)
    _replace(net_util, "get_internal_ip", lambda: None)
    _replace(runtime, "MediaFileManager", downloads.Downloads)
    _replace(app_session, "DeferredFileHandler", downloads.OwnSessionOnly)
    _replace(starlette_app, "create_media_routes", downloads.guarded_media_routes)


def _own_file(name: str) -> str:
    return str(front_door().parent / ".streamlit" / name)


def _replace(module: ModuleType, name: str, instead: object) -> None:
    """Put something of ours in place of a part of Streamlit. AttributeError where there is no such part."""
    getattr(module, name)
    setattr(module, name, instead)
