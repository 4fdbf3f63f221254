"""The small script of the page: fields with their hints and calendars, the way to a field, the answer aloud, print."""

from __future__ import annotations

import uuid
from importlib.resources import files

import streamlit as st
from streamlit.components import v2

from calculator.facts.fields import FIELDS, Kind

_SCRIPT = v2.component(
    "fields",
    js=files("calculator.screens").joinpath("fields.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)
_LED = "fields-led"
_AT_THE_EXIT = ("exit_date", "notice_given_on", "payment_date", "due_date", "strain_due_date")
_BY_HEART = ("date_of_birth", "service_start")
"""Days long ago, which are faster to type than to find in a calendar."""
_CALENDARS = {
    field.name: "2021-12-31" if field.name in _AT_THE_EXIT else ""
    for field in FIELDS
    if field.kind in (Kind.DAY, Kind.DAY_OR_NONE) and field.name not in _BY_HEART
}
"""The fields with a calendar, each with the last day that it offers: it opens there, near the time of the exit."""


def tie(say: str = "", focus: str = "", print_number: str = "") -> None:
    """Tie the fields drawn, have ``say`` read aloud if it is new, and lead to the field ``focus`` if given.

    A ``print_number`` opens the browser's print window, once for each.
    """
    if focus:
        st.session_state[_LED] = (focus, uuid.uuid4().hex)
    to, number = st.session_state.get(_LED, ("", ""))
    said = {"say": say, "focus": to, "number": number, "print": print_number}
    _SCRIPT(data={**said, "calendars": _CALENDARS}, key="fields")
