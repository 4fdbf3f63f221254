"""The table of cases, with filters, an order and pages."""

from __future__ import annotations

from functools import partial

import streamlit as st

from calculator.calculation.codes import CONFIDENCES, TRIAGES, URGENCIES
from calculator.jobs import progress_words
from calculator.jobs.case_list import ORDERS, Line, Wanted
from calculator.jobs.desk import Desk
from calculator.jobs.work import Summary
from calculator.screens.many_cases.opened import show_opened
from calculator.screens.many_cases.session import OPEN_ROW
from calculator.screens.parts import escape_markdown, table

PAGE_ROWS = 200


def show_cases(desk: Desk, summary: Summary) -> None:
    """Show the filters, one page of the table, and the case that was opened."""
    run = f"{desk.number}-{desk.runs}"
    wanted = _wanted(run, summary)
    count = desk.table.count(wanted)
    if not count:
        st.info("No case fits. Take a filter away to see more.")
        return
    pages = -(-count // PAGE_ROWS)
    search = f"{run}-{hash(wanted)}"
    page = min(int(st.session_state.get(f"bulk-page-{search}", 1)), pages)
    lines = desk.table.page(wanted, (page - 1) * PAGE_ROWS, PAGE_ROWS)
    first = (page - 1) * PAGE_ROWS + 1
    of_all = f" of {summary.read:,} read" if count < summary.read else ""
    st.markdown(
        f"Cases {first:,} to {first + len(lines) - 1:,} of {count:,}{of_all}. Select a row to open it."
    )
    _case_table(f"bulk-table-{search}-{page}", f"bulk-choose-{search}-{page}", lines)
    if pages > 1:
        st.pagination(pages, key=f"bulk-page-{search}", persist_state="session")
    label = "Open a case" if pages == 1 else "Open a case of this page"
    _choose(f"bulk-choose-{search}-{page}", label, lines)
    with st.expander("What the words mean"):
        words = [
            *((progress_words.triage_label(name), text) for name, text in TRIAGES.items()),
            *((name.capitalize(), text) for name, text in URGENCIES.items()),
            *((name.capitalize(), text) for name, text in CONFIDENCES.items()),
        ]
        table(
            [(escape_markdown(word), escape_markdown(text)) for word, text in words],
            ("Word", "What it means"),
            "Each word of the table and what it means",
        )
    if OPEN_ROW in st.session_state:
        show_opened(desk, summary, st.session_state[OPEN_ROW])


def _wanted(run: str, summary: Summary) -> Wanted:
    """Ask for the filters and the order."""
    counts = {line.triage: line.cases for line in summary.triage}
    left, middle, right = st.columns(3)
    with left:
        triages = st.multiselect(
            "Triage",
            list(counts),
            format_func=lambda name: f"{progress_words.triage_label(name)} ({counts[name]:,})",
            key=f"bulk-triage-{run}",
            placeholder="Any",
            persist_state="session",
        )
        employer = st.text_input(
            "Employer, or part of the name",
            key=f"bulk-employer-{run}",
            max_chars=200,
            persist_state="session",
        )
    with middle:
        urgencies = st.multiselect(
            "Urgency",
            progress_words.URGENCIES,
            format_func=progress_words.urgency_label,
            key=f"bulk-urgency-{run}",
            placeholder="Any",
            persist_state="session",
        )
        reference = st.text_input(
            "Case reference, or part of it",
            key=f"bulk-reference-{run}",
            max_chars=200,
            persist_state="session",
        )
    with right:
        order = st.selectbox(
            "Order",
            list(ORDERS),
            format_func=lambda name: ORDERS[name][0],
            key=f"bulk-order-{run}",
            persist_state="session",
        )
    return Wanted(tuple(triages), tuple(urgencies), employer, reference, order)


def _case_table(key: str, choose_key: str, lines: list[Line]) -> None:
    day, count = st.column_config.DateColumn, st.column_config.NumberColumn
    money = partial(count, format="£%,.2f")
    st.dataframe(
        {
            "Row": [line.number for line in lines],
            "Case reference": [line.case_ref for line in lines],
            "Employer": [line.employer for line in lines],
            "Urgency": [line.urgency.capitalize() for line in lines],
            "Issue by": [line.issue_by for line in lines],
            "Triage": [progress_words.triage_label(line.triage) for line in lines],
            "Owed to the member": [_pounds(line.member) for line in lines],
            "Owed to the scheme": [_pounds(line.scheme) for line in lines],
            "Contract: last day": [line.contract_day for line in lines],
            "Contract: days left": [line.contract_left for line in lines],
            "SI 2021/197: last day": [line.statute_day for line in lines],
            "SI 2021/197: days left": [line.statute_left for line in lines],
            "Confidence": [line.confidence.capitalize() for line in lines],
            "To check": [progress_words.check_words(line.to_check) for line in lines],
            "Missing": [progress_words.missing_words(line.missing) for line in lines],
        },
        hide_index=True,
        key=key,
        on_select=lambda: _select(key, choose_key, lines),
        selection_mode="single-row",
        placeholder="",
        column_config={
            "Row": count(format="%d", pinned=True, help="The row of your file."),
            "Case reference": st.column_config.TextColumn(pinned=True),
            "Issue by": day(
                format="D MMMM YYYY", help="The last working day before the next last day."
            ),
            "To check": st.column_config.TextColumn(
                help="To check before a letter to the employer or the scheme goes out. Open the case to read it."
            ),
            "Contract: last day": day(format="D MMMM YYYY"),
            "SI 2021/197: last day": day(format="D MMMM YYYY"),
            "Contract: days left": count(format="%d", help="Below 0: days since it passed."),
            "SI 2021/197: days left": count(format="%d", help="Below 0: days since it passed."),
            "Owed to the member": money(),
            "Owed to the scheme": money(),
        },
        alt="The cases with result, urgency, last days and what is owed by payee. Any case can also be opened "
        "by its reference below.",
    )


def _pounds(pence: int | None) -> float | None:
    return None if pence is None else pence / 100


def _select(key: str, choose_key: str, lines: list[Line]) -> None:
    """Open the row that was selected in the table."""
    rows = st.session_state[key]["selection"]["rows"]
    if rows:
        st.session_state[OPEN_ROW] = lines[rows[0]].row
        st.session_state[choose_key] = lines[rows[0]].row


def _choose(key: str, label: str, lines: list[Line]) -> None:
    names = {
        line.row: f"{line.case_ref or 'No reference'}, {line.employer or 'no employer'}, row {line.number}"
        for line in lines
    }
    st.selectbox(
        label,
        list(names),
        index=None,
        format_func=names.__getitem__,
        key=key,
        on_change=_choose_row,
        args=(key,),
        placeholder="Choose or type a case reference",
    )


def _choose_row(key: str) -> None:
    if st.session_state[key] is None:
        st.session_state.pop(OPEN_ROW, None)
    else:
        st.session_state[OPEN_ROW] = st.session_state[key]
