"""The results: what is owed, the files to download, and a tab for each part."""

from __future__ import annotations

import time
from functools import partial

import streamlit as st

from calculator.facts.days import shown_day
from calculator.facts.money import shown_money
from calculator.jobs import LETTER_FIGURES, PROBLEMS, RESULTS, RESULTS_CSV, progress_words
from calculator.jobs.desk import Desk
from calculator.jobs.work import Summary
from calculator.screens import state
from calculator.screens.many_cases.cases import show_cases
from calculator.screens.many_cases.charts import show_charts
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
)


def show_results(desk: Desk) -> None:
    """Show what is owed, the downloads and the tabs."""
    summary = desk.summary
    st.header(progress_words.counts_sentence(summary))
    for notice in summary.notices:
        st.info(escape_markdown(notice))
    changed = progress_words.since_changed(
        summary, state.settings().positions, state.as_at(), state.settings().rates
    )
    if changed:
        st.warning(escape_markdown(changed))
    st.button(
        "Back to the columns",
        on_click=desk.cancel,
        help="Change what a column is read as, or work the file out again with other settings.",
    )
    _owed(summary)
    (_downloads_under_way if desk.busy else _downloads)(desk)
    cases, problems, charts, letters = st.tabs(
        [
            "Cases",
            f"Problems ({summary.must_fix + summary.to_confirm:,})",
            "Charts",
            "Letters",
        ]
    )
    with cases:
        show_cases(desk, summary)
    with problems:
        show_problems(desk, summary)
    with charts:
        show_charts(summary)
    with letters:
        show_letters(desk)


def _owed(summary: Summary) -> None:
    for column, (words, pence) in zip(
        st.columns(2),
        (("members", summary.member), ("pension schemes", summary.scheme)),
        strict=True,
    ):
        with column.container(border=True):
            st.metric(f"Owed to {words}, with interest", shown_money(pence))
    st.caption(
        f"Worked out as at {shown_day(summary.as_at)}, rules {escape_markdown(summary.rules_version)}. "
        "Two debts to different payees: do not add them."
    )


def _downloads(desk: Desk) -> None:
    if desk.error:
        st.error(escape_markdown(desk.error))
    for column, (file, ending, label, says) in zip(
        st.columns(len(_DOWNLOADS)), _DOWNLOADS, strict=True
    ):
        with column:
            st.download_button(
                label,
                data=partial(desk.content, file),
                file_name=progress_words.download_name(desk.name, ending),
                on_click="ignore",
                disabled=not desk.has(file),
                key=f"bulk-{file}-{desk.number}-{desk.runs}",
                help=says,
                width="stretch",
            )


@st.fragment(run_every=1.0)
def _downloads_under_way(desk: Desk) -> None:
    if not desk.busy:
        st.rerun()
    done, words = progress_words.progress_words(desk.progress, time.time())
    st.progress(done, text=escape_markdown(f"The files are being written. {words}"))
    _downloads(desk)
