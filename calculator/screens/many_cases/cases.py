"""The list of cases: tiles that filter, a search, an order, pages; a case opens beside it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from calculator.calculation.codes import CONFIDENCES, STATUSES, TRIAGES
from calculator.facts.money import shown_money
from calculator.jobs import progress_words
from calculator.jobs.case_list import ORDERS, TILES, Line, Totals, Wanted
from calculator.jobs.desk import Desk
from calculator.jobs.work import Summary
from calculator.screens.into_view import bring_into_view
from calculator.screens.many_cases.opened import show_opened
from calculator.screens.many_cases.session import OPEN_ROW, WANTED, selected
from calculator.screens.parts import escape_markdown, table

PAGE_ROWS = 200
ROW_HEIGHT = 66
"""Pixels. In rows of 64 or less Streamlit cuts a text instead of wrapping it."""
_MOST_HEIGHT = 640


def show_cases(desk: Desk, summary: Summary) -> None:
    """Show the tiles, what their cases are owed, one page of the list, and the case that is open."""
    wanted = _ask(desk, summary)
    st.session_state[WANTED] = desk.number, wanted
    totals = desk.table.totals(wanted)
    with st.container(key="sums"):
        _owed(totals)
    row = st.session_state.get(OPEN_ROW)
    if row is None:
        _list(desk, summary, wanted, totals.cases)
        return
    left, right = st.columns([11, 10], gap="medium")
    with left, st.container(key="list"):
        _list(desk, summary, wanted, totals.cases)
    with right, st.container(key="opened"):
        show_opened(desk, summary, row, wanted)
        bring_into_view("opened", f"{desk.number}-{row}")


def _ask(desk: Desk, summary: Summary) -> Wanted:
    """Ask for the tile, the search and the order."""
    tiles = desk.table.tiles()
    with st.container(key="tiles"):
        tile = st.segmented_control(
            "Show",
            list(TILES),
            default="all",
            required=True,
            format_func=lambda name: progress_words.tile_words(name, tiles[name].cases),
            key=f"bulk-tile-{desk.number}",
            persist_state="session",
        )
    left, middle, right = st.columns(3)
    search = left.text_input(
        "Search by name, reference or employer",
        key=f"bulk-search-{desk.number}",
        max_chars=200,
        persist_state="session",
    )
    occur = {line.triage for line in summary.triage}
    triages = middle.multiselect(
        "Status",
        [name for name in STATUSES if name in occur],
        format_func=STATUSES.__getitem__,
        key=f"bulk-status-{desk.number}",
        placeholder="Any",
        persist_state="session",
    )
    order = right.selectbox(
        "Order",
        list(ORDERS),
        format_func=lambda name: ORDERS[name][0],
        key=f"bulk-order-{desk.number}",
        persist_state="session",
    )
    return Wanted(tile or "all", tuple(triages), search, order)


def _owed(totals: Totals) -> None:
    member, scheme, words = st.columns(3, vertical_alignment="center")
    member.metric("Owed to members, with interest", shown_money(totals.member))
    scheme.metric("Owed to pension schemes, with interest", shown_money(totals.scheme))
    words.caption(
        f"Of the {progress_words.counted(totals.cases, 'case')} shown. Two separate amounts: do not add them. Only "
        "the first goes to members."
    )


def _list(desk: Desk, summary: Summary, wanted: Wanted, count: int) -> None:
    if not count:
        st.info("No case fits. Choose All, or clear the search, to see more.")
        return
    run = f"{desk.number}-{desk.runs}"
    pages = -(-count // PAGE_ROWS)
    search = f"{run}-{hash(wanted)}"
    page = min(int(st.session_state.get(f"bulk-page-{search}", 1)), pages)
    lines = desk.table.page(wanted, (page - 1) * PAGE_ROWS, PAGE_ROWS)
    first = (page - 1) * PAGE_ROWS + 1
    of_all = f" of {summary.read:,} read" if count < summary.read else ""
    st.markdown(
        f"Cases {first:,} to {first + len(lines) - 1:,} of {count:,}{of_all}. Choose a cell to open its case; tick "
        "rows for letters or the calendar."
    )
    key = f"bulk-table-{search}-{page}"
    _case_table(desk, key, lines, summary.as_at)
    if ticked := selected(desk):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"{len(ticked):,} selected: see **Letters and calendar** for their letters and days."
            )
            st.button("Clear the selection", on_click=_clear, args=(desk, key))
    if pages > 1:
        st.pagination(pages, key=f"bulk-page-{search}", persist_state="session")
    _choose(
        f"bulk-choose-{search}-{page}",
        "Open a case" if pages == 1 else "Open a case of this page",
        lines,
    )
    _words()


def _case_table(desk: Desk, key: str, lines: list[Line], today: date) -> None:
    """Draw the lines, their texts wrapped so that none is cut."""
    day, count = st.column_config.DateColumn, st.column_config.NumberColumn
    words = st.column_config.TextColumn
    money = partial(count, format="£%,.2f")
    ticked = selected(desk)
    version = st.session_state.get(f"{key}-version", 0)
    st.dataframe(
        {
            "Days left": [line.days_left for line in lines],
            "Issue by": [today if line.days_left == 0 else line.issue_by for line in lines],
            "Member": [line.name or line.case_ref for line in lines],
            "Employer": [line.employer for line in lines],
            "Status": [
                progress_words.status_words(line.triage, line.urgency, line.days_left)
                for line in lines
            ],
            "Owed to the member": [_pounds(line.member) for line in lines],
            "Owed to the fund": [_pounds(line.scheme) for line in lines],
            "To check": [progress_words.check_words(line.to_check) for line in lines],
            "Missing": [progress_words.missing_words(line.missing) for line in lines],
            "Case reference": [line.case_ref for line in lines],
            "How sure": [progress_words.sure_words(line.confidence) for line in lines],
            "Contract claim: last day": [line.contract_day for line in lines],
            "2021 regulations: last day": [line.statute_day for line in lines],
            "Row": [line.number for line in lines],
        },
        hide_index=True,
        row_height=ROW_HEIGHT,
        height=min(_MOST_HEIGHT, 40 + ROW_HEIGHT * len(lines)),
        key=f"{key}-{version}",
        on_select=lambda: _select(desk, f"{key}-{version}", lines),
        selection_mode=["multi-row", "single-cell"],
        selection_default={
            "selection": {"rows": [at for at, line in enumerate(lines) if line.row in ticked]}
        },
        placeholder="",
        column_config={
            "Days left": count(
                format="%d", pinned=True, width="small", help="To the day to issue by."
            ),
            "Issue by": day(
                format="D MMM YYYY",
                help="The last working day before the next last day; today where that is past.",
            ),
            "Member": words(width=115),
            "Employer": words(width=115),
            "Status": words(width=150),
            "To check": words(width=90),
            "Missing": words(width=240),
            "Contract claim: last day": day(format="D MMM YYYY"),
            "2021 regulations: last day": day(format="D MMM YYYY"),
            "Owed to the member": money(),
            "Owed to the fund": money(),
            "Row": count(format="%d", help="The row of your file."),
        },
        alt="The cases with days left, day to issue by, member, employer, status and what is owed by payee. Any "
        "case can also be opened by its name or reference below.",
    )


def _pounds(pence: int | None) -> float | None:
    return None if pence is None else pence / 100


def _select(desk: Desk, key: str, lines: list[Line]) -> None:
    """Open the case whose cell was chosen; keep which rows of the page are ticked."""
    chosen: Any = st.session_state[key]["selection"]
    ticked = selected(desk)
    ticked -= {line.row for line in lines}
    ticked |= {lines[at].row for at in chosen["rows"]}
    if chosen["cells"]:
        st.session_state[OPEN_ROW] = lines[chosen["cells"][0][0]].row


def _clear(desk: Desk, key: str) -> None:
    selected(desk).clear()
    st.session_state[f"{key}-version"] = st.session_state.get(f"{key}-version", 0) + 1


def _choose(key: str, label: str, lines: list[Line]) -> None:
    names = {
        line.row: ", ".join(
            [
                line.name or "no name",
                line.case_ref or "no reference",
                line.employer or "no employer",
                f"row {line.number}",
            ]
        )
        for line in lines
    }
    row = st.session_state.get(OPEN_ROW)
    st.session_state[key] = row if row in names else None
    st.selectbox(
        label,
        list(names),
        index=None,
        format_func=names.__getitem__,
        key=key,
        on_change=_choose_row,
        args=(key,),
        placeholder="Choose or type a name or case reference",
    )


def _choose_row(key: str) -> None:
    if st.session_state[key] is None:
        st.session_state.pop(OPEN_ROW, None)
    else:
        st.session_state[OPEN_ROW] = st.session_state[key]


def _words() -> None:
    with st.expander("What the words mean"):
        words = [
            *((STATUSES[name], text) for name, text in TRIAGES.items()),
            *((progress_words.sure_words(name), text) for name, text in CONFIDENCES.items()),
        ]
        table(
            [(escape_markdown(word), escape_markdown(text)) for word, text in words],
            ("Word", "What it means"),
            "Each word of the list and what it means",
        )
