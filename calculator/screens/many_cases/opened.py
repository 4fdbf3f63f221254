"""The case that was opened from the table, with its letters."""

from __future__ import annotations

from functools import partial

import streamlit as st

from calculator.facts.later_rates import rates_in_rows
from calculator.jobs import progress_words
from calculator.jobs.case_list import MOST_OF_PERSON, as_entered, explained
from calculator.jobs.desk import Desk
from calculator.jobs.work import Summary
from calculator.screens import one_case, state
from calculator.screens.letters import letters_of_case
from calculator.screens.parts import escape_markdown
from calculator.screens.result import show_result


def show_opened(desk: Desk, summary: Summary, row: int) -> None:
    """Show the result of the case in this row, calculated again with the other exits of the person."""
    line = desk.table.line(row)
    if line is None:
        return
    exits = desk.table.exits_with(row)
    st.divider()
    st.header(
        escape_markdown(
            f"Case {line.case_ref or 'without a reference'}, row {line.number} of your file"
        )
    )
    opened = explained(exits, row, summary.positions, summary.as_at, rates_in_rows(summary.rates))
    if opened is None:
        st.warning(
            f"More than {MOST_OF_PERSON} exits have the person reference of this case. They are worked out, and "
            "too many to show together. Check the person reference."
        )
        return
    others = list(progress_words.other_exits(exits, row))
    if others:
        st.markdown(
            f"Other exits of this person in the file: {escape_markdown(', '.join(others))}."
        )
    too_many = progress_words.too_many_to_edit(exits)
    if too_many:
        st.info(escape_markdown(too_many))
    elif st.button(
        "Edit as one case",
        help="Opens this case, with the person's other exits, under Check one member. The file and its results stay "
        "as they are.",
    ):
        undo = "" if state.is_empty() else "Case opened from the list, in place of the one before."
        state.replace_exits(as_entered(exits), undo=undo)
        state.show_exit(opened.place)
        st.switch_page(st.Page(one_case.show, url_path="member"))
    show_result(
        opened.outcome,
        opened.place,
        opened.problems,
        {"Letters": partial(letters_of_case, opened.outcome, opened.place, f"bulk-letter-{row}")},
        key=f"bulk-part-{row}",
    )
