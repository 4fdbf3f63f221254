"""The upload job of a session, kept for as long as its page can come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime import exists, get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

from calculator.jobs.case_list import Wanted
from calculator.jobs.desk import Desk
from calculator.screens import state

OPEN_ROW, COLUMNS, REMEMBERED = "bulk-open", "bulk-columns", "bulk-remembered"
WANTED, SELECTED = "bulk-wanted", "bulk-selected"


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


def wanted(desk: Desk) -> Wanted:
    """Give the filters and the order of the list, as they are now."""
    number, chosen = st.session_state.get(WANTED, (desk.number, Wanted()))
    return chosen if number == desk.number else Wanted()


def selected(desk: Desk) -> set[int]:
    """Give the rows of the list that are selected."""
    by_file: dict[int, set[int]] = state.kept(SELECTED, dict)
    return by_file.setdefault(desk.number, set())


@st.cache_resource(
    scope="session", on_release=lambda held: held.desk.let_go(held.is_here), show_spinner=False
)
def _hold(_desk: Desk) -> _Held:
    """Hold the desk. Released when the connection is lost; the desk is kept while the page can come back."""
    context = get_script_run_ctx()
    session = context.session_id if context is not None else ""
    return _Held(_desk, lambda: exists() and get_instance().is_active_session(session))
