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
from calculator.screens.parts import escape_markdown

_EDITED = "bulk-edited"


@dataclass
class _Edited:
    """The exits that were opened from the list: of which file, the row of each, and what the list has of it.

    ``opened`` are the exits as Check one member holds them, by which each is known there.
    """

    file: int
    rows: list[int]
    opened: list[dict[str, str]]
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
        "Check a list; exits that you add or remove do not.",
    )
    state.show_exit(place)
    st.session_state[_EDITED] = _Edited(
        desk.number, [each.row for each in exits], entered, state.given(entered), called
    )
    st.switch_page(st.Page(one_case.show, url_path="member"))


def take_edits(desk: Desk) -> None:
    """Put what was changed under Check one member into the list, and say so."""
    edited: _Edited | None = st.session_state.get(_EDITED)
    if edited is None:
        return
    now = state.exits()
    here = [at for at, facts in enumerate(edited.opened) if any(facts is each for each in now)]
    if edited.file != desk.number or not here:
        del st.session_state[_EDITED]
        if edited.file == desk.number:
            st.info(
                "Check one member no longer holds the case that was opened from this list. What was changed there "
                "since you were last here is not in the list."
            )
        return
    _say_others(edited, len(now) - len(here), len(edited.opened) - len(here))
    entered = state.given([edited.opened[at] for at in here])
    corrections = differences(
        [edited.rows[at] for at in here], [edited.exits[at] for at in here], entered
    )
    if corrections:
        for at, facts in zip(here, entered, strict=True):
            edited.exits[at] = facts
        fields = progress_words.corrected_fields(corrections)
        correct(
            desk, corrections, f"Your changes to case {edited.called} are in the list: {fields}."
        )
        st.rerun()


def _say_others(edited: _Edited, added: int, removed: int) -> None:
    """Say, until the case is closed there, that exits added and removed are not carried into the list."""
    counted = progress_words.counted
    if added:
        st.warning(
            f"{counted(added, 'exit')} added to case {escape_markdown(edited.called)} under Check one member: not in the "
            "list. Exits of one person share one cap, so the list may be wrong for this person. Add a row for each to "
            "your file, with the same person reference, and upload it again."
        )
    if removed:
        st.warning(
            f"{counted(removed, 'exit')} of case {escape_markdown(edited.called)} removed under Check one member: still "
            "in the list. Remove the row from your file and upload it again."
        )
