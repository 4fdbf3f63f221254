"""Open, save or clear the case."""

from __future__ import annotations

from functools import partial

import streamlit as st

from calculator.facts.problems import FileProblem
from calculator.jobs.progress_words import result_words
from calculator.one_case.case_file import (
    CaseFile,
    Change,
    as_text,
    case_file_text,
    changes_since,
    exits_of_upload,
)
from calculator.one_case.case_workbook import case_workbook
from calculator.one_case.person import Worked, people
from calculator.screens import state
from calculator.screens.one_case.session import case_file_name
from calculator.screens.parts import escape_markdown, table
from rules import VERSION

OPEN = "open"
"""The query of the page's address that asks for the way to open a saved case."""


def show_case_file(worked: Worked) -> None:
    """Offer to open, save or clear the case, and say what the file opened has changed."""
    with st.expander("Open, save or clear the case", expanded=OPEN in st.query_params):
        st.file_uploader(
            "Open a saved case (.json or .xlsx)",
            type=["json", "xlsx"],
            key=f"open-{state.drawn()}",
            on_change=_open,
            args=(f"open-{state.drawn()}",),
        )
        kept = [dict(facts) for facts in state.exits()]
        st.download_button(
            "Save as a case file",
            data=partial(case_file_text, kept, worked.outcome),
            file_name=case_file_name(),
            mime="application/json",
            on_click="ignore",
            disabled=state.is_empty(),
        )
        st.download_button(
            "Save as a workbook",
            data=partial(case_workbook, kept),
            file_name=case_file_name().replace(".json", ".xlsx"),
            on_click="ignore",
            disabled=state.is_empty(),
        )
        st.button(
            "Clear this case",
            on_click=_clear,
            disabled=state.is_empty(),
        )
        st.caption(
            "A draft is kept on this computer while you type, for 30 days. Save the case to keep it for good, or "
            "to give it to somebody. Clear removes every fact from this page, and its draft. Saved files are "
            "yours to protect: they may show that a person is helped by a union."
        )
    opened = st.session_state.pop("open-problem", None)
    if opened:
        st.error(escape_markdown(opened))
    _ask_for_the_person()
    for notice in st.session_state.get("file-notices", ()):
        st.info(escape_markdown(notice))
    left_out = st.session_state.get("people-left-out")
    if left_out:
        st.info(left_out)
    changes = st.session_state.get("changes")
    if changes is not None:
        _say_changes(*changes)


def _ask_for_the_person() -> None:
    """Ask which person to open where the file opened holds several."""
    file: CaseFile | None = st.session_state.get("several-people")
    if file is None:
        return
    persons = people(file.exits)
    st.warning(f"The file holds {len(persons)} people. One case is the exits of one person.")
    place = st.selectbox(
        "Which person?",
        range(len(persons)),
        format_func=lambda place: persons[place].name,
        key=f"person-{state.drawn()}",
    )
    st.button("Open this person", on_click=_open_person, args=(file, place))


def _open_person(file: CaseFile, place: int) -> None:
    """Replace the facts entered with the exits of one of the people of a file, and count the others."""
    persons = people(file.exits)
    others = len(persons) - 1
    _forget_the_file()
    st.session_state["file-notices"] = file.notices
    if others:
        st.session_state["people-left-out"] = (
            f"{others} other {'person' if others == 1 else 'people'} of the file not opened. To calculate "
            "everyone, use Check a list."
        )
    undo = "" if state.is_empty() else "Case opened in place of the one before."
    state.replace_exits([as_text(file.exits[at]) for at in persons[place].exits], undo=undo)


def _forget_the_file() -> None:
    """Drop what is said of the file opened before."""
    for name in ("changes", "several-people", "people-left-out", "file-notices"):
        st.session_state.pop(name, None)


def _clear() -> None:
    _forget_the_file()
    state.replace_exits([{}], undo="Case cleared.")


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
    if len(people(file.exits)) > 1:
        st.session_state["several-people"] = file
        return
    _open_person(file, 0)
    if file.saved is not None:
        st.session_state["changes"] = (file.saved.rules_version, changes_since(file))


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
                escape_markdown(result_words(c.name, c.before)),
                escape_markdown(result_words(c.name, c.after)),
            )
            for c in changes
        ],
        ("Case", "Result", "When saved", "Now"),
        "Results that changed since the case was saved",
    )
