"""A case of the list edited under Check one member, and its changes put back into the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from calculator.jobs import progress_words
from calculator.jobs.case_list import Exit, as_entered
from calculator.jobs.corrections import differences
from calculator.jobs.desk import Desk
from calculator.screens import one_case, state
from calculator.screens.many_cases.corrected import correct

_EDITED = "bulk-edited"


@dataclass
class _Edited:
    """The exits that were opened from the list: of which file and rows, as which drawing of the form, and as what."""

    file: int
    rows: list[int]
    drawn: str
    exits: list[dict[str, str]]
    called: str


def edit(desk: Desk, exits: Sequence[Exit], row: int) -> None:
    """Open exits under Check one member, and note that their changes belong to the list."""
    place = next(place for place, each in enumerate(exits) if each.row == row)
    called = exits[place].case_ref or "without a reference"
    entered = as_entered(exits)
    state.replace_exits(
        entered,
        undo=f"Case {called} is opened from the list. What you change here goes into the list when you go back to "
        "Check a list.",
    )
    state.show_exit(place)
    st.session_state[_EDITED] = _Edited(
        desk.number, [each.row for each in exits], state.drawn(), state.given(entered), called
    )
    st.switch_page(st.Page(one_case.show, url_path="member"))


def take_edits(desk: Desk) -> None:
    """Put what was changed under Check one member into the list, and say so."""
    edited: _Edited | None = st.session_state.get(_EDITED)
    if edited is None:
        return
    if edited.file != desk.number or edited.drawn != state.drawn():
        del st.session_state[_EDITED]
        if edited.file == desk.number:
            st.info(
                "Check one member no longer holds the case that was opened from this list. What was changed there "
                "since you were last here is not in the list."
            )
        return
    now = state.given(state.exits())
    corrections = differences(edited.rows, edited.exits, now)
    if corrections:
        edited.exits = now
        fields = progress_words.corrected_fields(corrections)
        correct(
            desk, corrections, f"Your changes to case {edited.called} are in the list: {fields}."
        )
        st.rerun()
