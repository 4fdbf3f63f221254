"""What one person's session holds: the case being entered, the settings. Nothing outlives the session."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from calculator.letters.plan import Recipient
from calculator.letters.word.own import OwnLetter
from calculator.screens.saved_settings import Settings

_EXITS, _CURRENT, _SETTINGS, _ROUND = "exits", "current_exit", "settings", "round"
_OWN_LETTERS = "own-letters"
DESK = "bulk-desk"
"""Where the screen Many cases keeps its desk."""


def exits() -> list[dict[str, str]]:
    """The exits of the case being entered: what was typed, by field name."""
    found: list[dict[str, str]] = st.session_state.setdefault(_EXITS, [{}])
    return found


def current() -> int:
    """The place of the exit that is shown."""
    return min(int(st.session_state.get(_CURRENT, 0)), len(exits()) - 1)


def show_exit(place: int) -> None:
    """Show another exit of the case."""
    st.session_state[_CURRENT] = place


def replace_exits(found: list[dict[str, str]]) -> None:
    """Take other facts in place of those entered, and draw every field anew."""
    st.session_state[_EXITS] = found
    st.session_state[_CURRENT] = 0
    st.session_state[_ROUND] = drawn() + 1


def drawn() -> int:
    """How often the whole case was replaced; part of every field's key, so that none keeps an old value."""
    return int(st.session_state.get(_ROUND, 0))


def is_empty() -> bool:
    """True where nothing was entered that leaving the page would lose."""
    return not any(value for facts in exits() for value in facts.values())


def has_file() -> bool:
    """True where a spreadsheet of many cases lies on the desk of this session."""
    desk = st.session_state.get(DESK)
    return desk is not None and bool(desk.name)


def settings() -> Settings:
    """The settings of this session."""
    found: Settings = st.session_state.setdefault(_SETTINGS, Settings())
    return found


def use_settings(chosen: Settings) -> None:
    """Take other settings."""
    st.session_state[_SETTINGS] = chosen


def own_letters() -> dict[Recipient, OwnLetter]:
    """The union's own letters of this session, by recipient."""
    found: dict[Recipient, OwnLetter] = st.session_state.setdefault(_OWN_LETTERS, {})
    return found


def use_own_letter(to: Recipient, own: OwnLetter | None) -> None:
    """Take another letter of their own for a recipient, or the plain one again."""
    others = {each: letter for each, letter in own_letters().items() if each is not to}
    st.session_state[_OWN_LETTERS] = others if own is None else {**others, to: own}


def as_at() -> date:
    """The day of calculation: the one set, or today."""
    return settings().as_at or date.today()


def kept(name: str, make: Callable[[], Any]) -> Any:
    """Something a screen keeps for the session, made when first asked for."""
    if name not in st.session_state:
        st.session_state[name] = make()
    return st.session_state[name]
