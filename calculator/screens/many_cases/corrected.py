"""Corrections made on the screen: made, said, listed and undone."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from calculator.facts.fields import BY_NAME
from calculator.jobs import progress_words
from calculator.jobs.corrections import Correction
from calculator.jobs.desk import Desk
from calculator.screens.parts import escape_markdown, table

SECONDS = 8.0
"""How long the page waits for a list that is calculated again, before it shows the progress instead."""
_SAID = "bulk-said"
_MOST_SHOWN = 50


def correct(desk: Desk, corrections: Sequence[Correction], words: str) -> None:
    """Put corrections into the file and calculate it again at once."""
    desk.correct(corrections)
    desk.wait(SECONDS)
    st.session_state[_SAID] = desk.number, desk.runs, words


def show_corrections(desk: Desk) -> None:
    """Say what was corrected last, and list every correction, the last of them to be undone."""
    made = desk.corrections
    if not made:
        return
    number, runs, words = st.session_state.get(_SAID, (0, 0, ""))
    if (number, runs) == (desk.number, desk.runs):
        st.success(escape_markdown(f"{words} The list and its totals are calculated again."))
    with st.expander(f"{progress_words.counted(len(made), 'correction')} made on this page"):
        st.markdown(
            "Your own file stays as it is. Download the corrected sheet under **Files** to keep them."
        )
        st.button("Undo the last correction", on_click=_undo, args=(desk,))
        lines = [(each, desk.table.line(each.row)) for each in reversed(made[-_MOST_SHOWN:])]
        table(
            [
                (
                    str(line.number) if line else "",
                    escape_markdown(line.case_ref if line else ""),
                    escape_markdown(BY_NAME[each.field].heading),
                    escape_markdown(each.text) or "emptied",
                )
                for each, line in lines
            ],
            ("Row", "Case", "Column", "Now"),
            "Corrections made on this page, the last first",
        )


def _undo(desk: Desk) -> None:
    desk.undo_correction()
    desk.wait(SECONDS)
    st.session_state[_SAID] = desk.number, desk.runs, "The last correction is undone."
