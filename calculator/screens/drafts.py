"""Drafts: what was typed is kept in the person's own browser, never on the server, and comes back from there.

After a reload, a lost connection or a restart of the server the session is a new one. It asks the browser
before the first field is drawn.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import streamlit as st
from streamlit.components import v2

from calculator.facts.fields import BY_NAME
from calculator.facts.problems import FileProblem
from calculator.one_case.case_file import MOST_EXITS
from calculator.screens import sign_in, state
from calculator.screens.parts import escape_markdown
from calculator.screens.saved_settings import Settings

_STORE = v2.component(
    "drafts",
    js=files("calculator.screens").joinpath("drafts.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)
_KEY = "drafts-store"
_ASKED, _READY, _OFF, _OTHERS, _DISCARD = (
    f"drafts-{name}" for name in ("asked", "ready", "off", "others", "discard")
)
_LONGEST = 5_000


@dataclass(frozen=True)
class Draft:
    """A draft of another tab: its name, when it was kept, a word on what it holds, its content."""

    tab: str
    when: str
    words: str
    content: str


def restore() -> None:
    """Wait for what the browser keeps, and take it over. Stops the run until the browser has answered."""
    if st.session_state.get(_READY):
        return
    asked = st.session_state.setdefault(_ASKED, uuid.uuid4().hex)
    found = (st.session_state.get(_KEY) or {}).get("found")
    if not isinstance(found, dict) or found.get("asked") != asked:
        _mount(asks=asked)
        st.caption("Looking for a draft on this computer…")
        st.stop()
    st.session_state[_READY] = True
    st.session_state[_OFF] = found.get("off") is True
    _take_settings(found.get("settings"))
    others = found.get("others")
    st.session_state[_OTHERS] = [
        draft for each in (others if isinstance(others, list) else []) if (draft := _draft(each))
    ]
    own = _draft(found.get("own"))
    if own is not None:
        _take(own)


def others() -> list[Draft]:
    """List the drafts of tabs that are closed."""
    drafts: list[Draft] = st.session_state.get(_OTHERS, [])
    return drafts


def offer() -> None:
    """Offer the drafts of tabs that are closed, while nothing is entered in this one."""
    if not state.is_empty():
        return
    for draft in others():
        with st.container(border=True):
            st.markdown(
                f"You have a draft from {escape_markdown(draft.when)}: {escape_markdown(draft.words)}."
            )
            with st.container(horizontal=True):
                st.button(
                    "Continue", key=f"continue-{draft.tab}", on_click=_continue, args=(draft,)
                )
                st.button("Discard", key=f"discard-{draft.tab}", on_click=_drop, args=(draft,))


def is_off() -> bool:
    """Return whether the person wants no draft kept."""
    return bool(st.session_state.get(_OFF))


def switch(off: bool) -> None:
    """Keep drafts, or none from now on and none of before."""
    st.session_state[_OFF] = off
    if off:
        st.session_state[_OTHERS] = []


def keep() -> None:
    """Have the browser keep what is entered, say so, and ask before a page is left that it cannot bring back."""
    if not st.session_state.get(_READY):
        return
    first, empty = state.exits()[0], state.is_empty()
    content = json.dumps({"exits": state.given(state.exits()), "current": state.current()})
    words = ", ".join(first[name] for name in ("case_ref", "exit_date") if first.get(name))
    _mount(
        draft=None if empty else content,
        words=words or "a case without a reference",
        settings=state.settings().to_toml(),
        off=is_off(),
        discard=st.session_state.get(_DISCARD, []),
        leave=state.has_file() or (is_off() and not empty),
    )


def _mount(**data: Any) -> None:
    _STORE(data={"owner": _owner(), **data}, key=_KEY, on_found_change=lambda: None)


def _owner() -> str:
    """Tell apart the people who sign in with the same browser."""
    name = str(st.user.get("sub") or st.user.get("email") or "") if sign_in.asked_for() else ""
    return hashlib.sha256(name.encode()).hexdigest()[:16] if name else "local"


def _draft(found: Any) -> Draft | None:
    """Read what the browser sent as a draft; None for anything else."""
    if not isinstance(found, dict):
        return None
    values = [found.get(name) for name in ("tab", "when", "words", "content")]
    texts = [value for value in values if isinstance(value, str)]
    return Draft(*texts) if len(texts) == len(values) else None


def _take(draft: Draft) -> None:
    """Take over a draft; what is no case is left aside."""
    try:
        content = json.loads(draft.content)
        exits = [_facts(facts) for facts in content["exits"][:MOST_EXITS]]
        current = int(content["current"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return
    if exits:
        state.replace_exits(exits)
        state.show_exit(max(0, current))


def _facts(found: dict[str, Any]) -> dict[str, str]:
    return {
        name: value[:_LONGEST]
        for name, value in found.items()
        if name in BY_NAME and isinstance(value, str)
    }


def _take_settings(text: Any) -> None:
    if isinstance(text, str) and "settings" not in st.session_state:
        try:
            state.use_settings(Settings.from_toml(text))
        except FileProblem:
            return  # of an earlier version: the defaults


def _continue(draft: Draft) -> None:
    _take(draft)
    _drop(draft)


def _drop(draft: Draft) -> None:
    st.session_state[_DISCARD] = [*st.session_state.get(_DISCARD, []), draft.tab]
    st.session_state[_OTHERS] = [each for each in others() if each.tab != draft.tab]
