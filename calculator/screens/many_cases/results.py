"""The results: what was calculated and corrected, and one part at a time."""

from __future__ import annotations

import time
from functools import partial

import streamlit as st

from calculator.facts.days import shown_day
from calculator.jobs import (
    CORRECTED,
    LETTER_FIGURES,
    PROBLEMS,
    RESULTS,
    RESULTS_CSV,
    progress_words,
)
from calculator.jobs.desk import Desk
from calculator.screens import state
from calculator.screens.many_cases.cases import show_cases
from calculator.screens.many_cases.charts import show_charts
from calculator.screens.many_cases.corrected import show_corrections
from calculator.screens.many_cases.letters import show_letters
from calculator.screens.many_cases.problems import show_problems
from calculator.screens.parts import escape_markdown

_DOWNLOADS = (
    (RESULTS, "results.xlsx", "Results workbook", "Everything, with the working of each case."),
    (RESULTS_CSV, "results.csv", "Results as CSV", "Your columns and the results beside them."),
    (
        LETTER_FIGURES,
        "letter-figures.csv",
        "Letter figures",
        "A row for each case and payee with something owed, for mail merge.",
    ),
    (
        PROBLEMS,
        "problems.xlsx",
        "Problems workbook",
        "Your workbook with every problem marked in its cell, and a sheet of all. Correct it, write yes beside "
        "the suggestions that you accept, and upload it here again.",
    ),
    (
        CORRECTED,
        "corrected.xlsx",
        "Corrected sheet",
        "Your workbook with the corrections made here, and no marks.",
    ),
)


def show_results(desk: Desk) -> None:
    """Show the counts, what was corrected, and the part that is chosen."""
    summary = desk.summary
    st.header(progress_words.counts_sentence(summary))
    for notice in summary.notices:
        st.info(escape_markdown(notice))
    changed = progress_words.since_changed(
        summary, state.settings().positions, state.as_at(), state.settings().rates
    )
    if changed:
        st.warning(escape_markdown(changed))
    show_corrections(desk)
    with st.container(horizontal=True, vertical_alignment="center", key="of-the-list"):
        st.button("Back to the columns", on_click=desk.cancel)
        st.caption(
            f"Calculated as at {shown_day(summary.as_at)}, rules {escape_markdown(summary.rules_version)}. Go back to "
            "change what a column is read as, or to calculate with other settings; corrections made here stay."
        )
    if desk.busy:
        _under_way(desk)
    elif desk.error:
        st.error(escape_markdown(desk.error))
    parts = {
        "Cases": partial(show_cases, desk, summary),
        "Correct": partial(show_problems, desk, summary),
        "Charts": partial(show_charts, summary),
        "Letters and calendar": partial(show_letters, desk, summary),
        "Files": partial(_files, desk),
    }
    problems = summary.must_fix + summary.to_confirm
    part = st.segmented_control(
        "Part of the list",
        list(parts),
        default="Cases",
        required=True,
        format_func=lambda name: f"Correct ({problems:,})" if name == "Correct" else name,
        key=f"bulk-list-part-{desk.number}",
        persist_state="session",
    )
    parts[part or "Cases"]()


def _files(desk: Desk) -> None:
    for file, ending, label, says in _DOWNLOADS:
        if file == CORRECTED and not desk.corrections and not desk.has(file):
            continue
        with st.container(border=True):
            st.download_button(
                label,
                data=partial(desk.content, file),
                file_name=progress_words.download_name(desk.name, ending),
                on_click="ignore",
                disabled=not desk.has(file),
                key=f"bulk-{file}-{desk.number}-{desk.runs}",
            )
            st.caption(says)


@st.fragment(run_every=1.0)
def _under_way(desk: Desk) -> None:
    """Show how far the files are, once a second, until they are written."""
    if not desk.busy:
        st.rerun()
    done, words = progress_words.progress_words(desk.progress, time.time())
    st.progress(done, text=escape_markdown(f"The files are being written. {words}"))
