"""Files to download: there as long as the page shows them, and for the browser that shows them alone.

Streamlit forgets the downloads of a page when the page is drawn again, and whoever has the address of a file
may read it. Both are narrowed here, by the manager of its files and by the two doors to it.
"""

from __future__ import annotations

import asyncio
import threading
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.runtime import get_instance
from streamlit.runtime.backend_operation_handler import DeferredFileHandler
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.web.server.starlette.starlette_app_utils import decode_xsrf_token_string
from streamlit.web.server.starlette.starlette_routes import create_media_routes
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute
    from streamlit.proto.BackMsg_pb2 import BackendOperationRequest
    from streamlit.proto.ForwardMsg_pb2 import BackendOperationResponse

FORMER = 3
"""Earlier files kept for each button: a page that is drawn again still shows the one before."""
_BEFORE = " before "
LATER = 0.2
"""Seconds by which the browser may send what was typed after it asks for a file."""
SECONDS = 60.0
"""How long a file that was asked for can be fetched at its address."""


class Downloads(MediaFileManager):
    """Keeps what a page shows until it shows something else in the same position, or its session ends."""

    def __init__(self, storage: Any) -> None:
        super().__init__(storage)
        self._browsers: dict[str, bytes | None] = {}
        self._being_made = 0

    def clear_session_refs(self, session_id: str | None = None) -> None:
        """Forget the files of a session that has ended; at the start of a run forget none."""
        if session_id is not None:
            super().clear_session_refs(session_id)
            self._browsers.pop(session_id, None)

    def add(self, path_or_data: Any, mimetype: str, coordinates: str, *args: Any, **kw: Any) -> str:
        """Add a file in place of the one in this position, which is kept for a while."""
        self._keep_former(coordinates)
        return super().add(path_or_data, mimetype, coordinates, *args, **kw)

    def add_deferred(
        self, data_callable: Any, mimetype: str | None, coordinates: str, *args: Any, **kw: Any
    ) -> str:
        """Add what makes a file in place of what is in this position, which is kept for a while."""
        self._keep_former(coordinates)
        return super().add_deferred(data_callable, mimetype, coordinates, *args, **kw)

    def execute_deferred(self, file_id: str) -> str:
        """Make a file. Gives its address, at which its own browser can fetch it for a minute."""
        session = self.session_of(file_id)
        with self._lock:
            self._being_made += 1
        try:
            address = super().execute_deferred(file_id)
            position = f"made {uuid.uuid4().hex}"
            with self._lock:
                made = address.rpartition("/")[2].partition(".")[0]
                self._files_by_session_and_coord[session][position] = made
        finally:
            with self._lock:
                self._being_made -= 1
        timer = threading.Timer(SECONDS, self._let_go, (session, position))
        timer.daemon = True
        timer.start()
        return address

    def session_of(self, file_id: str) -> str:
        """Give the session whose page offers a file; "" where none does."""
        with self._lock:
            entry = self._deferred_callables.get(file_id)
        return entry["session_id"] if entry is not None else ""

    def latest(self, file_id: str, session_id: str) -> str:
        """Give what the page offers now under the name of a file, or as the only one of its kind.

        What was typed last is in it; its name too may have been typed last.
        """
        with self._lock:
            asked = self._deferred_callables[file_id]["filename"] or ""
            offered = {
                entry["filename"] or "": name
                for position, name in self._files_by_session_and_coord[session_id].items()
                if _BEFORE not in position and (entry := self._deferred_callables.get(name))
            }
        alike = [each for each in offered if PurePath(each).suffix == PurePath(asked).suffix]
        now = asked if asked in offered or len(alike) != 1 else alike[0]
        return offered.get(now, file_id)

    def may_read(self, file_id: str, cookie: str | None) -> bool:
        """True where a page in this browser shows the file or has just asked for it."""
        browser = _browser(cookie)
        with self._lock:
            return any(
                self._browsers.get(session) == browser and file_id in files.values()
                for session, files in self._files_by_session_and_coord.items()
            )

    def _get_inactive_file_ids(self) -> set[str]:
        """Name what may be removed: nothing while a file is made, which belongs to no page for a moment."""
        return set() if self._being_made else super()._get_inactive_file_ids()

    def _keep_former(self, coordinates: str) -> None:
        context = get_script_run_ctx()
        if context is None:
            return
        browser = _browser(st.context.cookies.get(XSRF_COOKIE_NAME))
        with self._lock:
            self._browsers[context.session_id] = browser
            files = self._files_by_session_and_coord[context.session_id]
            positions = [coordinates, *(f"{coordinates}{_BEFORE}{n}" for n in range(1, FORMER))]
            for before, now in reversed(list(zip(positions[1:], positions, strict=False))):
                if now in files:
                    files[before] = files[now]

    def _let_go(self, session: str, position: str) -> None:
        with self._lock:
            files = self._files_by_session_and_coord.get(session, {})
            files.pop(position, None)
        for _ in range(2):  # the first time a file to download is only marked
            self.remove_orphaned_files()


class OwnSessionOnly(DeferredFileHandler):
    """Makes a file for the session that offers it, and for no other."""

    async def handle(
        self, request: BackendOperationRequest, session_id: str
    ) -> BackendOperationResponse:
        """Make the file, or answer as for one that is not there."""
        downloads, file = _downloads(), request.deferred_file
        if downloads.session_of(file.file_id) == session_id:
            await _drawn(session_id)
            file.file_id = downloads.latest(file.file_id, session_id)
        else:
            file.file_id = ""
        return await super().handle(request, session_id)


async def _drawn(session_id: str) -> None:
    """Wait until the page is drawn with what was typed just before; not for ever."""
    active = get_instance()._session_mgr.get_active_session_info(session_id)
    if active is None:
        return
    await asyncio.sleep(LATER)
    active.session.track_settling()
    with suppress(TimeoutError):
        async with asyncio.timeout(SECONDS):
            await active.session.wait_until_settled()


def guarded_media_routes(storage: MemoryMediaFileStorage, base_url: str | None) -> list[BaseRoute]:
    """Make Streamlit's routes to files, closed to every browser but the one whose page shows the file."""
    from starlette.routing import Route

    routes = create_media_routes(storage, base_url)
    return [
        Route(route.path, _guarded(route.endpoint), methods=sorted(route.methods or ()))
        for route in routes
        if isinstance(route, Route)
    ]


def _guarded(endpoint: Callable[[Request], Any]) -> Callable[[Request], Any]:
    async def only_own(request: Request) -> Response:
        from starlette.responses import PlainTextResponse

        name = str(request.path_params["file_id"]).partition(".")[0]
        if not _downloads().may_read(name, request.cookies.get(XSRF_COOKIE_NAME)):
            return PlainTextResponse("Not Found", 404)
        response: Response = await endpoint(request)
        response.headers["Cache-Control"] = "no-store"
        return response

    return only_own


def _downloads() -> Downloads:
    manager = get_instance().media_file_mgr
    assert isinstance(manager, Downloads)  # noqa: S101 - the server is started by server.py
    return manager


def _browser(cookie: str | None) -> bytes | None:
    """What a browser's cookie stands for: its value is masked anew in each answer."""
    return decode_xsrf_token_string(cookie or "")[0]
