"""What is owed by status, and the cases by days left."""

from __future__ import annotations

import streamlit as st

from calculator.jobs import progress_words
from calculator.jobs.work import Summary
from calculator.screens import drawings, hypertext
from calculator.screens.parts import escape_markdown, table


def show_charts(summary: Summary) -> None:
    """Show both charts, each with its table."""
    owed = progress_words.owed_bars(summary)
    if owed:
        st.subheader("Owed with interest, by status")
        drawings.owed_by_triage(owed, progress_words.owed_words(summary))
    columns = ("Status", "Cases", "Red or expired", "Owed to members", "Owed to pension schemes")
    name = "Each status with its cases and what is owed by payee"
    st.html(hypertext.table(columns, progress_words.triage_rows(summary), name))
    st.subheader("Cases by days left to claim")
    left = progress_words.days_left_bars(summary)
    drawings.cases_by_days(left, progress_words.days_left_words(summary))
    table(
        [(escape_markdown(name), f"{cases:,}") for name, cases in left],
        ("Days left", "Cases"),
        "Cases by days left to claim",
    )
