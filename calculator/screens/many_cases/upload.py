"""The first parts of the page: the template, the file, and the progress of work on it."""

from __future__ import annotations

import time

import streamlit as st

from calculator.jobs import progress_words
from calculator.jobs.desk import Desk, Stage
from calculator.screens.many_cases.session import COLUMNS, OPEN_ROW
from calculator.screens.parts import escape_markdown
from calculator.spreadsheets.read import READABLE
from calculator.spreadsheets.template.workbook import template_bytes


def show_template() -> None:
    """Offer the workbook to fill in."""
    st.header("1. Get the template")
    st.markdown(
        "A workbook with a column for each fact, drop-down lists, guidance and examples. You can also use a "
        "spreadsheet of your own."
    )
    st.download_button(
        "Download the template",
        data=template_bytes,
        file_name="exit-cap-template.xlsx",
        on_click="ignore",
        key="bulk-template",
    )


def show_upload(desk: Desk) -> None:
    """Ask for the file and take it."""
    st.header("2. Upload your cases")
    key = f"bulk-file-{desk.number}"
    st.file_uploader(
        "Your spreadsheet, one row for each exit",
        type=[suffix.removeprefix(".") for suffix in READABLE],
        key=key,
        on_change=_take,
        args=(desk, key),
    )
    st.caption(
        "Your file is read on this server and sent nowhere. It and its results are kept in a folder of this "
        "page alone, and removed when you use another file or close the page."
    )


def _take(desk: Desk, key: str) -> None:
    upload = st.session_state.get(key)
    if upload is None:
        return
    for name in (OPEN_ROW, COLUMNS):
        st.session_state.pop(name, None)
    desk.take(upload.name, upload.getvalue())


@st.fragment(run_every=1.0)
def show_progress(desk: Desk) -> None:
    """Show how far the work is, once a second, with a button to stop it."""
    if desk.stage not in (Stage.LOOKING, Stage.WORKING):
        st.rerun()
    if desk.waiting:
        st.progress(0.0, text="Other files are calculated first. Yours follows by itself.")
    else:
        done, words = progress_words.progress_words(desk.progress, time.time())
        st.progress(done, text=escape_markdown(words))
    st.button("Cancel", on_click=desk.cancel)
    st.caption("You can use the other pages meanwhile.")
