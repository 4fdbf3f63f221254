"""The state of one session: the case being entered, the settings. It ends with the session."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from calculator.letters.recipients import Recipient
from calculator.letters.word.own import OwnLetter
from calculator.screens.saved_settings import Settings

_EXITS, _CURRENT, _SETTINGS, _ROUND = "exits", "current_exit", "settings", "round"
_OWN_LETTERS, _UNDO = "own-letters", "undo"
DESK = "bulk-desk"
"""The key of the desk of the screen Check a list."""


def exits() -> list[dict[str, str]]:
    """Give the exits of the case being entered: what was typed, by field name."""
    entered: list[dict[str, str]] = st.session_state.setdefault(_EXITS, [{}])
    return entered


def current() -> int:
    """Give the row of the exit on the page."""
    return min(int(st.session_state.get(_CURRENT, 0)), len(exits()) - 1)


def show_exit(row: int) -> None:
    """Show another exit of the case."""
    st.session_state[_CURRENT] = row


def replace_exits(exits: list[dict[str, str]], undo: str = "") -> None:
    """Replace the facts entered, and draw every field again.

    ``undo`` says what was done; the facts of before are then kept for :func:`undo_last`.
    """
    before: list[dict[str, str]] = st.session_state.get(_EXITS, [{}])
    st.session_state[_UNDO] = (undo, before, current(), given(exits)) if undo else None
    _put(exits, 0)


def undoable() -> str:
    """Say what can be undone: what was done last, if nothing was entered since; else ""."""
    words, _, _, after = st.session_state.get(_UNDO) or ("", [], 0, [])
    return words if after == given(exits()) else ""


def undo_last() -> None:
    """Bring back the exits from before the last replacement."""
    _, before, row, _ = st.session_state.pop(_UNDO)
    _put(before, row)


def given(exits: list[dict[str, str]]) -> list[dict[str, str]]:
    """Copy exits without their blank facts."""
    return [{name: value for name, value in facts.items() if value} for facts in exits]


def _put(exits: list[dict[str, str]], row: int) -> None:
    st.session_state[_EXITS] = exits
    st.session_state[_CURRENT] = row
    st.session_state[_ROUND] = uuid.uuid4().hex[:8]


def drawn() -> str:
    """Name this drawing of the case: part of every field's key, so that no field keeps an old value.

    It differs in each session, because a browser that comes back sends the values of the session before.
    """
    return str(st.session_state.setdefault(_ROUND, uuid.uuid4().hex[:8]))


def is_empty() -> bool:
    """True if nothing was entered that leaving the page would lose."""
    return not any(value for facts in exits() for value in facts.values())


def has_file() -> bool:
    """True if this session holds a spreadsheet of many cases."""
    desk = st.session_state.get(DESK)
    return desk is not None and bool(desk.name)


def settings() -> Settings:
    """Give the settings of this session."""
    current: Settings = st.session_state.setdefault(_SETTINGS, Settings())
    return current


def use_settings(chosen: Settings) -> None:
    """Replace the settings."""
    st.session_state[_SETTINGS] = chosen


def own_letters() -> dict[Recipient, OwnLetter]:
    """Give the union's own letters of this session, by recipient."""
    own: dict[Recipient, OwnLetter] = st.session_state.setdefault(_OWN_LETTERS, {})
    return own


def use_own_letter(to: Recipient, own: OwnLetter | None) -> None:
    """Use the union's own letter for a recipient, or the plain one again for None."""
    others = {each: letter for each, letter in own_letters().items() if each is not to}
    st.session_state[_OWN_LETTERS] = others if own is None else {**others, to: own}


def as_at() -> date:
    """Give the day of calculation: the one set, or today."""
    return settings().as_at or date.today()


def is_today() -> bool:
    """Return whether the day of calculation is today."""
    return as_at() == date.today()


def kept(name: str, make: Callable[[], Any]) -> Any:
    """Give what a screen keeps for the session, made when first asked for."""
    if name not in st.session_state:
        st.session_state[name] = make()
    return st.session_state[name]
