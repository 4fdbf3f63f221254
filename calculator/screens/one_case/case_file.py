"""Open, save or clear the case."""

from __future__ import annotations

from functools import partial

import streamlit as st

from calculator.facts.problems import FileProblem
from calculator.one_case.case_file import (
    Change,
    as_text,
    case_file_text,
    changes_since,
    exits_of_upload,
)
from calculator.one_case.case_workbook import case_workbook
from calculator.one_case.person import Worked
from calculator.screens import state
from calculator.screens.one_case.session import FIRST_REFERENCE
from calculator.screens.parts import escape_markdown, table
from rules import VERSION


def show_case_file(worked: Worked) -> None:
    """Offer to open, save or clear the case, and say what the file opened has changed."""
    with st.expander("Open, save or clear the case"):
        st.file_uploader(
            "Open a saved case (.json or .xlsx)",
            type=["json", "xlsx"],
            key=f"open-{state.drawn()}",
            on_change=_open,
            args=(f"open-{state.drawn()}",),
        )
        kept = [dict(facts) for facts in state.exits()]
        reference = kept[0].get("case_ref") or FIRST_REFERENCE
        name = "".join(c if c.isalnum() else "-" for c in reference)[:60]
        st.download_button(
            "Save as a case file",
            data=partial(case_file_text, kept, worked.outcome),
            file_name=f"{name}.json",
            mime="application/json",
            on_click="ignore",
            disabled=state.is_empty(),
        )
        st.download_button(
            "Save as a workbook",
            data=partial(case_workbook, kept),
            file_name=f"{name}.xlsx",
            on_click="ignore",
            disabled=state.is_empty(),
        )
        st.button(
            "Clear this case",
            on_click=_clear,
            disabled=state.is_empty(),
            help="Removes every fact of this case from this page. Save it first if you need it.",
        )
        st.caption(
            "The case is kept on this page only. Loading the page again or closing it loses the case; the "
            "browser asks first. Save it to your own machine to keep it."
        )
    opened = st.session_state.pop("open-problem", None)
    if opened:
        st.error(escape_markdown(opened))
    changes = st.session_state.get("changes")
    if changes is not None:
        _say_changes(*changes)


def _clear() -> None:
    st.session_state.pop("changes", None)
    state.replace_exits([{}])


def _open(key: str) -> None:
    """Replace the facts entered with those of an uploaded file."""
    upload = st.session_state.get(key)
    if upload is None:
        return
    try:
        file = exits_of_upload(upload.name, upload.getvalue())
    except FileProblem as error:
        st.session_state["open-problem"] = str(error)
        return
    st.session_state["changes"] = None
    if file.saved is not None:
        st.session_state["changes"] = (file.saved.rules_version, changes_since(file))
    state.replace_exits([as_text(facts) for facts in file.exits])


def _say_changes(version: str, changes: list[Change]) -> None:
    opened = (
        f"Saved under rules {escape_markdown(version)}, opened under {escape_markdown(VERSION)}"
    )
    if not changes:
        if version != VERSION:
            st.success(f"{opened}: no result changed.")
        return
    st.warning(f"{opened}. These results changed:")
    table(
        [
            (
                escape_markdown(c.case_ref),
                c.heading,
                escape_markdown(c.before) or "empty",
                escape_markdown(c.after) or "empty",
            )
            for c in changes
        ],
        ("Case", "Result", "When saved", "Now"),
        "Results that changed since the case was saved",
    )
