"""What a session held leaves the server's memory once its page can no longer come back.

Streamlit by itself keeps a session that has ended until another one ends, and the last one until the next
begins.
"""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLsRequest
from streamlit.runtime import SessionClient, get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

if TYPE_CHECKING:
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_EMPTY_SECONDS = 1.0
_leaving: dict[str, asyncio.TimerHandle] = {}


def forget_when_ended() -> None:
    """Let the server forget this session in time."""
    context = get_script_run_ctx()
    if context is not None:
        _connected(context.session_id)


def _disconnected(session: str) -> None:
    """Wait whether the page comes back, as long as Streamlit lets it. Runs where Streamlit ends connections."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return  # The session was not disconnected but shut down.
    if session in _leaving:
        _leaving.pop(session).cancel()
    # A second less: after that Streamlit no longer finds the session to close it.
    seconds = max(0, st.get_option("server.disconnectedSessionTTL") - 1)
    _leaving[session] = loop.call_later(seconds, _forget, session)


@st.cache_resource(scope="session", on_release=_disconnected, show_spinner=False)
def _connected(session: str) -> str:
    """Keep something for as long as the connection lasts."""
    return session


class _Nobody(SessionClient):
    def write_forward_msg(self, msg: ForwardMsg) -> None:
        """Do nothing with what a page would show."""


def _forget(session: str) -> None:
    _leaving.pop(session, None)
    runtime = get_instance()
    if runtime.is_active_session(session):
        return
    runtime.close_session(session)
    # Streamlit's loop keeps the last session it had a message for: an empty one takes its place.
    empty = runtime.connect_session(_Nobody(), {})
    runtime.handle_backmsg(empty, BackMsg(file_urls_request=FileURLsRequest()))
    asyncio.get_running_loop().call_later(_EMPTY_SECONDS, _close, empty)


def _close(empty: str) -> None:
    get_instance().close_session(empty)
    gc.collect()
