"""The letters of every case, in one zip."""

from __future__ import annotations

from functools import partial

import streamlit as st

from calculator.jobs import LETTERS, progress_words
from calculator.jobs.desk import Desk
from calculator.letters.letter import LettersWanted
from calculator.letters.word.fonts import moves_lines
from calculator.letters.words import LETTER_NOTES
from calculator.screens import state
from calculator.screens.letters import RECIPIENTS, can_be_pdf, sender_reminder, without_consent
from calculator.screens.parts import escape_markdown, table


def show_letters(desk: Desk) -> None:
    """Ask which letters to write, and give them when they are written."""
    run = f"{desk.number}-{desk.runs}"
    st.markdown(
        "Letters of every case for which one should be written, in one zip. Its index.xlsx lists each letter "
        "written or not, and why. One case's letter can be read and downloaded under Cases."
    )
    to = st.multiselect(
        "Letters to",
        list(RECIPIENTS),
        default=list(RECIPIENTS),
        format_func=RECIPIENTS.__getitem__,
        key=f"bulk-to-{run}",
        persist_state="session",
        select_all=False,
    )
    consent = without_consent(f"bulk-consent-{run}")
    pdf = can_be_pdf() and st.checkbox("A PDF beside each letter", key=f"bulk-pdf-{run}")
    for recipient, own in state.own_letters().items():
        st.caption(
            escape_markdown(f"{own.name} is used for letters to {RECIPIENTS[recipient].lower()}.")
        )
        if pdf and moves_lines(own):
            st.warning(escape_markdown(f"{own.name}: {LETTER_NOTES['other_font']}"))
    sender_reminder()
    asked = LettersWanted(state.settings().sender, tuple(to), consent, state.own_letters(), pdf)
    st.button(
        "Write the letters",
        on_click=desk.write_letters,
        args=(asked,),
        disabled=desk.busy or not to,
        key=f"bulk-write-letters-{run}",
    )
    if desk.writes_letters:
        st.button("Stop writing letters", on_click=desk.stop_letters, key=f"bulk-stop-{run}")
    elif desk.busy:
        st.caption("The files above are written first.")
    written = desk.letters
    if written is None or desk.busy:
        return
    st.success(f"{progress_words.counted(written.written, 'letter')} written.")
    st.download_button(
        "Download the letters (zip)",
        data=partial(desk.content, LETTERS),
        file_name=progress_words.download_name(desk.name, "letters.zip"),
        on_click="ignore",
        key=f"bulk-letters-{run}",
    )
    if written.skipped:
        table(
            [(escape_markdown(why), f"{count:,}") for why, count in written.skipped],
            ("Not written", "Letters"),
            "Why letters were not written, and how many",
        )
