"""What each column of the file holds, and the button that starts the calculation."""

from __future__ import annotations

import streamlit as st

from calculator.facts.days import shown_day
from calculator.facts.fields import BY_NAME
from calculator.facts.headings import name_parts
from calculator.facts.later_rates import rows_of
from calculator.jobs import progress_words
from calculator.jobs.desk import Desk
from calculator.jobs.look import (
    TheirTable,
    asked_about,
    field_at,
    free_for,
    lacking,
    read_as,
    remembered,
)
from calculator.jobs.work import WorkWanted
from calculator.screens import state
from calculator.screens.many_cases.session import COLUMNS, OPEN_ROW, REMEMBERED
from calculator.screens.parts import escape_markdown, table

KEPT = "Kept as it is"
MOST_ASKED = 30
"""Columns of unknown meaning asked about one by one; the others can be chosen from a list."""


def show_columns(desk: Desk) -> None:
    """Ask which sheet and what each column holds, then offer to calculate."""
    if desk.error:
        st.error(escape_markdown(desk.error))
    look = desk.look
    for notice in look.notices:
        st.info(escape_markdown(notice))
    chosen: TheirTable | None = look.tables[look.likely]
    if len(look.tables) > 1:
        if look.asks:
            st.markdown("Several sheets could hold the cases. Say which is to be read.")
        chosen = st.selectbox(
            "Sheet with the cases",
            look.tables,
            index=None if look.asks else look.likely,
            format_func=_sheet_words,
            key=f"bulk-sheet-{desk.number}",
            placeholder="Choose a sheet",
            persist_state="session",
        )
    if chosen is None:
        return
    for notice in filter(None, (chosen.accounted, *chosen.notices)):
        st.info(escape_markdown(notice))
    taken = _taken(desk, chosen)
    st.header("3. Check the columns")
    st.markdown(
        f"{progress_words.counted(chosen.rows, 'row')} below the headings. "
        f"{progress_words.columns_sentence(len(chosen.columns), len(taken))}"
    )
    asked = _ask(desk, chosen, taken)
    _all_columns(desk, chosen, taken, asked)
    missing = lacking(taken)
    if missing:
        st.warning(
            f"Say which column holds: {escape_markdown(', '.join(missing))}. Without it no case can be calculated."
        )
    st.markdown(
        f"Calculated as at {shown_day(state.as_at())}, with your answers to open questions of law. Both are "
        "under Settings."
    )
    st.button(
        f"Calculate {progress_words.counted(chosen.rows, 'case')}",
        type="primary",
        disabled=bool(missing) or not chosen.rows,
        on_click=_work,
        args=(desk, chosen, taken),
    )


def _taken(desk: Desk, chosen: TheirTable) -> dict[str, int]:
    """Give the column index of each field: matched by name, then as the person changed it, for this sheet."""
    columns: dict[tuple[int, str], dict[str, int]] = state.kept(COLUMNS, dict)
    key = desk.number, _key(chosen)
    if key not in columns:
        columns[key] = remembered(chosen.taken, chosen.columns, state.kept(REMEMBERED, dict))
    return columns[key]


def _key(chosen: TheirTable) -> str:
    """A name of a choice of sheets, of one or of several."""
    return f"{chosen.name}+{len(chosen.others)}" if chosen.others else chosen.name


def _sheet_words(each: TheirTable) -> str:
    rows = progress_words.counted(each.rows, "row")
    if each.others:
        return f"All {len(each.others) + 1} sheets with the same headings ({rows})"
    return f"{each.name} ({'hidden, ' * each.is_hidden}{rows})"


def _read_as(desk: Desk, chosen: TheirTable, index: int, key: str) -> None:
    name = st.session_state[key]
    name = None if name == KEPT else name
    columns = st.session_state[COLUMNS]
    number = desk.number, _key(chosen)
    columns[number] = read_as(columns[number], index, name)
    heading = chosen.columns[index].heading
    if heading:
        state.kept(REMEMBERED, dict)[heading] = name


def _column_choice(
    desk: Desk, chosen: TheirTable, taken: dict[str, int], index: int, label: str
) -> None:
    key = f"bulk-column-{desk.number}-{_key(chosen)}-{index}"
    options = [KEPT, *free_for(taken, index)]
    now = field_at(taken, index)
    st.selectbox(
        label,
        options,
        index=options.index(now) if now else 0,
        format_func=lambda name: name if name == KEPT else BY_NAME[name].heading,
        key=key,
        on_change=_read_as,
        args=(desk, chosen, index, key),
        persist_state="session",
    )


def _ask(desk: Desk, chosen: TheirTable, taken: dict[str, int]) -> list[int]:
    """Ask what each unknown heading means. Gives the column indexes asked about."""
    asked = asked_about(chosen.columns, chosen.taken)[:MOST_ASKED]
    if asked:
        st.markdown("What do these columns hold? A meaning that another column has is not offered.")
    for start in range(0, len(asked), 2):
        for side, index in zip(st.columns(2), asked[start : start + 2], strict=False):
            column = chosen.columns[index]
            near = column.near
            with side:
                _column_choice(desk, chosen, taken, index, escape_markdown(_heading(chosen, index)))
                says = f"First value: {column.sample}." if column.sample else "No values."
                if column.has_sums and index not in taken.values():
                    says = f"Holds sums that are not used. {says}"
                if near and near not in taken:
                    says += f" It may be: {BY_NAME[near].heading}."
                st.caption(escape_markdown(says))
    return asked


def _heading(chosen: TheirTable, index: int) -> str:
    return chosen.columns[index].heading or f"Column {index + 1}, without a heading"


def _all_columns(desk: Desk, chosen: TheirTable, taken: dict[str, int], asked: list[int]) -> None:
    with st.expander("See and change every column"):
        others = [index for index in range(len(chosen.columns)) if index not in asked]
        left, right = st.columns(2)
        with left:
            index = st.selectbox(
                "Column to change",
                others,
                index=None,
                format_func=lambda index: _heading(chosen, index),
                key=f"bulk-change-{desk.number}-{_key(chosen)}",
                placeholder="Choose one of your columns",
            )
        if index is not None:
            with right:
                _column_choice(desk, chosen, taken, index, "What it holds")
        table(
            [
                (
                    escape_markdown(_heading(chosen, index)),
                    escape_markdown(column.sample),
                    escape_markdown(_meaning(chosen, taken, index)),
                )
                for index, column in enumerate(chosen.columns)
            ],
            ("Your column", "First value", "Read as"),
            "Each of your columns, its first value and what it is read as",
        )


def _meaning(chosen: TheirTable, taken: dict[str, int], index: int) -> str:
    name = field_at(taken, index)
    parts = name_parts([column.heading for column in chosen.columns], taken)
    if index in parts:
        return f"Part of {BY_NAME['member_name'].heading}"
    return BY_NAME[name].heading if name else KEPT


def _work(desk: Desk, chosen: TheirTable, taken: dict[str, int]) -> None:
    st.session_state.pop(OPEN_ROW, None)
    desk.work(
        WorkWanted(
            sheet=chosen.name,
            heading_row=chosen.heading_row,
            columns=taken,
            others=chosen.others,
            as_at=state.as_at(),
            positions=state.settings().positions,
            rates=rows_of(state.settings().rates),
        )
    )
