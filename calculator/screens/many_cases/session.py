"""The upload job of a session, kept for as long as its page can come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime import exists, get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

from calculator.jobs.desk import Desk
from calculator.screens import state

OPEN_ROW, COLUMNS, REMEMBERED = "bulk-open", "bulk-columns", "bulk-remembered"


@dataclass
class _Held:
    """The desk of a session, and a question: is its page still open?"""

    desk: Desk
    is_here: Callable[[], bool]


def session_desk() -> Desk:
    """Give the desk of this session, made when first asked for."""
    desk: Desk = state.kept(state.DESK, Desk)
    _hold(desk)
    return desk


@st.cache_resource(
    scope="session", on_release=lambda held: held.desk.let_go(held.is_here), show_spinner=False
)
def _hold(_desk: Desk) -> _Held:
    """Hold the desk. Released when the connection is lost; the desk is kept while the page can come back."""
    context = get_script_run_ctx()
    session = context.session_id if context is not None else ""
    return _Held(_desk, lambda: exists() and get_instance().is_active_session(session))
