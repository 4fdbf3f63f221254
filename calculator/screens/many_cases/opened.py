"""The case that is open beside the list, with its letters and the next and previous case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from calculator.explanation.calendar import calendar_of, has_days
from calculator.facts.later_rates import rates_in_rows
from calculator.jobs import progress_words
from calculator.jobs.case_list import MOST_OF_PERSON, Exit, Explained, Wanted, explained
from calculator.jobs.desk import Desk
from calculator.jobs.work import Summary
from calculator.screens.letters import letters_of_case
from calculator.screens.many_cases.edited import edit
from calculator.screens.many_cases.session import OPEN_ROW
from calculator.screens.parts import escape_markdown
from calculator.screens.result import show_result


def show_opened(desk: Desk, summary: Summary, row: int, wanted: Wanted) -> None:
    """Show the result of the case in this row, calculated again with the other exits of the person."""
    line = desk.table.line(row)
    if line is None:
        return
    _next_and_previous(desk, wanted, row)
    called = " ".join([line.name, line.case_ref]).strip() or "without a reference"
    st.subheader(escape_markdown(f"Case {called}, row {line.number} of your file"))
    exits = desk.table.exits_with(row)
    opened = explained(exits, row, summary.positions, summary.as_at, rates_in_rows(summary.rates))
    if opened is None:
        st.warning(
            f"More than {MOST_OF_PERSON} exits have the person reference of this case. They are calculated, and "
            "too many to show together. Check the person reference."
        )
        return
    others = list(progress_words.other_exits(exits, row))
    if others:
        st.markdown(
            f"Other exits of this person in the file: {escape_markdown(', '.join(others))}."
        )
    show_result(
        opened.outcome,
        opened.place,
        opened.problems,
        {"Letters": partial(letters_of_case, opened.outcome, opened.place, f"bulk-letter-{row}")},
        do_next=partial(_do_next, desk, exits, opened, row),
        key=f"bulk-result-part-{row}",
    )


def _next_and_previous(desk: Desk, wanted: Wanted, row: int) -> None:
    at = desk.table.position(wanted, row)
    with st.container(horizontal=True, vertical_alignment="center", key="next-and-previous"):
        for label, to in (
            ("Previous case", at.before if at else None),
            ("Next case", at.after if at else None),
        ):
            st.button(label, on_click=_open, args=(to,), disabled=to is None)
        st.button("Close the case", on_click=_open, args=(None,))
        if at is None:
            st.caption("Not among the cases shown now.")
        else:
            st.caption(f"Case {at.number:,} of {desk.table.totals(wanted).cases:,}")


def _open(row: int | None) -> None:
    if row is None:
        st.session_state.pop(OPEN_ROW, None)
    else:
        st.session_state[OPEN_ROW] = row


def _do_next(desk: Desk, exits: Sequence[Exit], opened: Explained, row: int) -> None:
    too_many = progress_words.too_many_to_edit(exits)
    if too_many:
        st.info(escape_markdown(too_many))
    elif st.button("Edit as one case", type="primary"):
        edit(desk, exits, row)
    if has_days(opened.outcome, opened.place):
        st.download_button(
            "Add the last days to my calendar",
            data=partial(_calendar, opened),
            file_name="last-days.ics",
            mime="text/calendar",
            on_click="ignore",
            key=f"bulk-days-{row}",
        )


def _calendar(opened: Explained) -> bytes:
    return calendar_of(opened.outcome, [opened.place], datetime.now(UTC))
