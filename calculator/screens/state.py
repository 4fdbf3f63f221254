"""The state of one session: the case being entered, the settings. It ends with the session."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from calculator.letters.recipients import Recipient
from calculator.letters.word.own import OwnLetter
from calculator.screens.saved_settings import Settings

_EXITS, _CURRENT, _SETTINGS, _ROUND = "exits", "current_exit", "settings", "round"
_OWN_LETTERS = "own-letters"
DESK = "bulk-desk"
"""The key of the desk of the screen Many cases."""


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


def replace_exits(exits: list[dict[str, str]]) -> None:
    """Replace the facts entered, and draw every field again."""
    st.session_state[_EXITS] = exits
    st.session_state[_CURRENT] = 0
    st.session_state[_ROUND] = drawn() + 1


def drawn() -> int:
    """Count how often the case was replaced: part of every field's key, so that no field keeps an old value."""
    return int(st.session_state.get(_ROUND, 0))


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


def kept(name: str, make: Callable[[], Any]) -> Any:
    """Give what a screen keeps for the session, made when first asked for."""
    if name not in st.session_state:
        st.session_state[name] = make()
    return st.session_state[name]
