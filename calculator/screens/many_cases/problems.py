"""The problems of the file, by column and cell by cell."""

from __future__ import annotations

import streamlit as st

from calculator.jobs import progress_words
from calculator.jobs.desk import Desk
from calculator.jobs.work import Summary
from calculator.screens.parts import escape_markdown, table

PROBLEM_ROWS = 25


def show_problems(desk: Desk, summary: Summary) -> None:
    """Show the problems grouped by column, then one page of them cell by cell."""
    if not summary.groups:
        st.success("Nothing to mend and nothing to confirm.")
        return
    st.markdown(
        f"{escape_markdown(progress_words.problems_sentence(summary))} The problems workbook marks each one in its cell."
    )
    st.subheader("By column")
    table(
        [
            (
                escape_markdown(group.heading),
                escape_markdown(group.severity.capitalize()),
                escape_markdown(progress_words.problem_words(group.wrong, group.enter)),
                escape_markdown(f"{group.count:,}: {group.cells}"),
            )
            for group in summary.groups
        ],
        ("Column", "Severity", "What is wrong and what to enter", "Cells"),
        "Problems by column, with the number of cells and the first few",
    )
    if summary.groups_left_out:
        st.caption(
            f"And {summary.groups_left_out:,} more kinds of problem, in the problems workbook."
        )
    st.subheader("Cell by cell")
    cells = summary.cells
    pages = -(-len(cells) // PROBLEM_ROWS)
    key = f"bulk-problems-{desk.number}-{desk.runs}"
    first = (min(int(st.session_state.get(key, 1)), pages) - 1) * PROBLEM_ROWS
    table(
        [
            (
                escape_markdown(f"{cell.cell}, {cell.heading}"),
                escape_markdown(cell.case_ref),
                escape_markdown(cell.severity.capitalize()),
                escape_markdown(progress_words.problem_words(cell.wrong, cell.enter)),
            )
            for cell in cells[first : first + PROBLEM_ROWS]
        ],
        ("Cell", "Case", "Severity", "What is wrong and what to enter"),
        "Problems cell by cell",
    )
    if pages > 1:
        st.pagination(pages, key=key, persist_state="session")
    left = summary.must_fix + summary.to_confirm - len(cells)
    if left:
        st.caption(f"And {left:,} more, in the problems workbook.")
