"""Check a list: a spreadsheet in; who is owed what, the problems by cell, and the files out."""

from __future__ import annotations

import streamlit as st

from calculator.jobs.desk import Stage
from calculator.screens.many_cases.columns import show_columns
from calculator.screens.many_cases.edited import take_edits
from calculator.screens.many_cases.results import show_results
from calculator.screens.many_cases.session import session_desk
from calculator.screens.many_cases.upload import show_progress, show_template, show_upload
from calculator.screens.parts import escape_markdown


def show() -> None:
    """Show the screen."""
    st.title("Check a list")
    desk = session_desk()
    stage = desk.stage
    if stage in (Stage.EMPTY, Stage.FAILED):
        if stage is Stage.FAILED:
            st.error(f"{escape_markdown(desk.name)}: {escape_markdown(desk.error)}")
        show_template()
        show_upload(desk)
        return
    st.markdown(f"File: **{escape_markdown(desk.name)}**")
    with st.expander("Use another file, or get the template"):
        st.markdown("Another file takes the place of this one: its results and files are removed.")
        show_template()
        show_upload(desk)
    if stage in (Stage.LOOKING, Stage.WORKING):
        show_progress(desk)
    elif stage is Stage.LOOKED:
        show_columns(desk)
    else:
        take_edits(desk)
        show_results(desk)
