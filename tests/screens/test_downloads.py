"""A file to download is there while the page shows it, and for its own browser alone."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME

from calculator.screens import downloads
from calculator.screens.downloads import FORMER, Downloads, OwnSessionOnly

COOKIES = {name: generate_xsrf_token_string() for name in ("one", "other")}


class Server:
    """The manager of files, as the pages of several sessions use it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.storage = MemoryMediaFileStorage("/media")
        self.files = Downloads(self.storage)
        self.monkeypatch = monkeypatch

    def run(
        self,
        session: str,
        content: str,
        position: str = "0.1",
        whole: bool = True,
        name: str = "case.json",
    ) -> str:
        """Draw the page of a session with one button. Gives the number of what it offers."""
        self.monkeypatch.setattr(
            "streamlit.runtime.media_file_manager._get_session_id", lambda: session
        )
        self.monkeypatch.setattr(
            downloads, "get_script_run_ctx", lambda: SimpleNamespace(session_id=session)
        )
        context = SimpleNamespace(cookies={XSRF_COOKIE_NAME: COOKIES[session]})
        self.monkeypatch.setattr("streamlit.context", context)
        self.files.clear_session_refs()
        number = self.files.add_deferred(lambda: content, None, position, name) if whole else ""
        self.files.remove_orphaned_files()
        return number

    def content(self, address: str) -> bytes:
        return self.storage.get_file(address.rpartition("/")[2]).content


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    made = Server(monkeypatch)
    monkeypatch.setattr(
        downloads,
        "get_instance",
        lambda: SimpleNamespace(
            media_file_mgr=made.files,
            _session_mgr=SimpleNamespace(get_active_session_info=lambda _: None),
        ),
    )
    return made


def test_what_a_page_shows_is_there_while_it_is_drawn_again(server: Server) -> None:
    shown = server.run("one", "first")
    for _ in range(5):
        server.run("one", "", whole=False)  # begun, and stopped before the button
        server.run("other", "another's")
        assert server.content(server.files.execute_deferred(shown)) == b"first"
    again = server.run("one", "second")
    for number, content in ((shown, b"first"), (again, b"second")):
        assert server.content(server.files.execute_deferred(number)) == content


def test_a_file_asked_for_before_the_page_is_drawn_again_is_the_one_drawn_last(
    server: Server,
) -> None:
    shown = server.run("one", "before")
    renamed = server.run("one", "after", name="EX-1.json")
    assert server.files.latest(shown, "one") == renamed
    server.run("one", "another document", name="letter.docx")
    assert server.files.latest(renamed, "one") == renamed


def test_a_file_asked_for_waits_to_be_fetched(server: Server) -> None:
    address = server.files.execute_deferred(server.run("one", "mine"))
    for _ in range(10):
        server.run("other", "another's")
    assert server.content(address) == b"mine"


def test_a_file_just_made_is_not_removed_by_the_pages_of_others(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = MediaFileManager.execute_deferred

    def made_while_others_are_drawn(files: Downloads, number: str) -> str:
        address = make(files, number)
        for _ in range(2):
            files.remove_orphaned_files()
        return address

    monkeypatch.setattr(MediaFileManager, "execute_deferred", made_while_others_are_drawn)
    address = server.files.execute_deferred(server.run("one", "mine"))
    assert server.content(address) == b"mine"


def test_what_is_no_longer_shown_is_forgotten(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "SECONDS", 0.0)
    first = server.run("one", "0")
    address = server.files.execute_deferred(first)
    for count in range(FORMER + 1):
        last = server.run("one", str(count))
    with pytest.raises(MediaFileStorageError):
        server.files.execute_deferred(first)
    for _ in range(100):
        if not server.storage._files_by_id:
            break
        time.sleep(0.02)
    with pytest.raises(MediaFileStorageError):
        server.content(address)
    server.files.clear_session_refs("one")
    server.files.remove_orphaned_files()
    with pytest.raises(MediaFileStorageError):
        server.files.execute_deferred(last)
    assert not server.files._browsers


def test_only_the_browser_that_shows_a_file_may_read_it(server: Server) -> None:
    server.run("other", "another's")
    address = server.files.execute_deferred(server.run("one", "mine"))
    name = address.rpartition("/")[2].partition(".")[0]
    assert server.files.may_read(name, COOKIES["one"])
    for cookie in (COOKIES["other"], "", None, "2|00|00|0", generate_xsrf_token_string()):
        assert not server.files.may_read(name, cookie)


@pytest.mark.parametrize(("session", "made"), [("one", True), ("other", False), ("", False)])
def test_only_the_session_that_offers_a_file_can_have_it_made(
    server: Server, session: str, made: bool
) -> None:
    request = BackendOperationRequest(request_id="1")
    request.deferred_file.file_id = server.run("one", "mine")
    # Not here: the browser tests, in the same process, leave a loop running.
    with ThreadPoolExecutor() as elsewhere:
        answer = elsewhere.submit(
            lambda: asyncio.run(OwnSessionOnly(lambda: server.files).handle(request, session))
        ).result()
    assert bool(answer.deferred_file.url) is made
    assert bool(answer.error_msg) is not made
