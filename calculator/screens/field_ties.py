"""The small script of the page: fields tied to their hints and problems, the way to a field, the answer said aloud."""

from __future__ import annotations

import uuid
from importlib.resources import files

import streamlit as st
from streamlit.components import v2

_SCRIPT = v2.component(
    "fields",
    js=files("calculator.screens").joinpath("fields.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)
_LED = "fields-led"


def tie(say: str, focus: str) -> None:
    """Tie the fields drawn, have ``say`` read aloud if it is new, and lead to the field ``focus`` if given."""
    if focus:
        st.session_state[_LED] = (focus, uuid.uuid4().hex)
    to, number = st.session_state.get(_LED, ("", ""))
    _SCRIPT(data={"say": say, "focus": to, "number": number}, key="fields")
