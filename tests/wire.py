"""A session of the app without a browser: what its page shows and does, over the wire."""

from __future__ import annotations

import asyncio
import json
import time
import urllib.request
import uuid
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME
from websockets.asyncio.client import connect

PATIENCE = 180.0


class Page:
    """One session: what its page shows, and what it does."""

    def __init__(self, url: str, screen: str) -> None:
        self.url, self.screen = url, screen
        self.cookie = generate_xsrf_token_string()
        self.shown: dict[tuple[int, ...], Any] = {}
        self.fragment = ""
        self.in_fragment = False
        self.script = self.session = ""
        self.waiting: dict[str, asyncio.Future[ForwardMsg]] = {}
        self.ended = asyncio.Event()

    async def __aenter__(self) -> Page:
        self.wire = await connect(
            f"{self.url.replace('http', 'ws')}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            additional_headers={"Cookie": f"{XSRF_COOKIE_NAME}={self.cookie}"},
            max_size=None,
        )
        self.reader = asyncio.create_task(self.read())
        await self.run()
        await self.say_that_no_draft_is_kept()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.wire.close()
        self.reader.cancel()

    async def read(self) -> None:
        """Keep what the server sends."""
        async for data in self.wire:
            message = ForwardMsg()
            message.ParseFromString(bytes(data))  # type: ignore[arg-type]
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.session = message.new_session.initialize.session_id or self.session
                if not self.in_fragment:  # the complete page is drawn
                    self.shown.clear()
                    self.fragment = ""
                self.in_fragment = False
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                shown = getattr(element, element.WhichOneof("type") or "", None)
                self.shown[tuple(message.metadata.delta_path)] = shown
            elif kind == "navigation":
                self.script = message.navigation.page_script_hash
            elif kind == "auto_rerun":
                self.fragment = message.auto_rerun.fragment_id
            elif kind == "script_finished":
                if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    self.ended.set()
            elif kind == "file_urls_response":
                self.waiting.pop(message.file_urls_response.response_id).set_result(message)
            elif kind == "backend_operation_response":
                self.waiting.pop(message.backend_operation_response.request_id).set_result(message)

    async def run(self, *states: WidgetState, fragment: str = "") -> None:
        """Have the page drawn again with what was entered."""
        message = BackMsg()
        message.rerun_script.query_string = ""
        message.rerun_script.page_name = "" if self.script else self.screen
        message.rerun_script.page_script_hash = self.script
        message.rerun_script.fragment_id = fragment
        message.rerun_script.is_auto_rerun = bool(fragment)
        message.rerun_script.widget_states.widgets.extend(states)
        self.ended.clear()
        self.in_fragment = bool(fragment)
        await self.wire.send(message.SerializeToString())
        await asyncio.wait_for(self.ended.wait(), PATIENCE)

    async def say_that_no_draft_is_kept(self) -> None:
        """Answer what the page asks of the browser before it draws the first field."""
        for shown in list(self.shown.values()):
            if type(shown).__name__ == "BidiComponent" and '"asks"' in shown.json:
                found = {"asked": json.loads(shown.json)["asks"]}
                await self.run(WidgetState(id=shown.id, json_value=json.dumps({"found": found})))

    async def type_in(self, label: str, value: str) -> None:
        """Fill a field and leave it."""
        await self.run(WidgetState(id=self.find("TextInput", label).id, string_value=value))

    async def choose(self, label: str, choice: str) -> None:
        """Choose one of several."""
        state = WidgetState(id=self.find("ButtonGroup", label).id)
        state.string_array_value.data.append(choice)
        await self.run(state)

    async def click(self, label: str) -> None:
        """Click a button."""
        await self.run(WidgetState(id=self.find("Button", label).id, trigger_value=True))

    async def ask(self, message: BackMsg, name: str) -> ForwardMsg:
        """Send a question and wait for its answer."""
        answer = self.waiting[name] = asyncio.get_running_loop().create_future()
        await self.wire.send(message.SerializeToString())
        return await asyncio.wait_for(answer, PATIENCE)

    def find(self, kind: str, label: str) -> Any:
        """What the page shows of this kind whose label begins so; None where there is none."""
        return next(
            (
                shown
                for shown in list(self.shown.values())
                if type(shown).__name__ == kind and shown.label.startswith(label)
            ),
            None,
        )

    def figures(self) -> list[str]:
        """The figures shown."""
        return [
            shown.body for shown in list(self.shown.values()) if type(shown).__name__ == "Metric"
        ]

    async def until(self, kind: str, label: str) -> Any:
        """Follow the page, once a second as it asks for, until it shows what is wanted or is at rest."""
        end = time.monotonic() + PATIENCE
        while (found := self.find(kind, label)) is None or getattr(found, "disabled", False):
            if time.monotonic() > end:
                raise TimeoutError(label)
            if not self.fragment:
                return None
            await asyncio.sleep(1)
            await self.run(fragment=self.fragment)
        return found

    async def upload(self, label: str, name: str, data: bytes) -> None:
        """Give a file to the page."""
        message = BackMsg()
        request = message.file_urls_request
        request.request_id = uuid.uuid4().hex
        request.file_names.append(name)
        answer = await self.ask(message, request.request_id)
        urls = answer.file_urls_response.file_urls[0]
        border = uuid.uuid4().hex
        body = (
            f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        ).encode()
        body += data + f"\r\n--{border}--\r\n".encode()
        kind = f"multipart/form-data; boundary={border}"
        await self.http(urls.upload_url, body, {"Content-Type": kind, "X-Xsrftoken": self.cookie})
        state = WidgetState(id=self.find("FileUploader", label).id)
        state.file_uploader_state_value.uploaded_file_info.add(
            name=name, size=len(data), file_id=urls.file_id, file_urls=urls
        )
        await self.run(state)

    async def made(self, file_id: str) -> str:
        """Have a file made that a page offers. Gives its address; OSError where it is not made."""
        message = BackMsg()
        request = message.backend_operation_request
        request.request_id = uuid.uuid4().hex
        request.session_id = self.session
        request.deferred_file.file_id = file_id
        answer = (await self.ask(message, request.request_id)).backend_operation_response
        if answer.error_msg:
            raise OSError(answer.error_msg)
        return answer.deferred_file.url

    async def download(self, label: str) -> bytes:
        """Click a button to download, and fetch the file. HTTPError where it is not there."""
        button = self.find("DownloadButton", label)
        return await self.http(await self.made(button.deferred_file_id))

    async def http(
        self, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> bytes:
        """Fetch an address as the browser of this page, or put a body there."""
        request = urllib.request.Request(  # noqa: S310 - our own server
            self.url + path,
            body,
            {"Cookie": f"{XSRF_COOKIE_NAME}={self.cookie}", **(headers or {})},
            method="GET" if body is None else "PUT",
        )

        def fetch() -> bytes:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
                return bytes(answer.read())

        return await asyncio.to_thread(fetch)
