"""The problems of the file: each wrong cell corrected on the screen, one by one or all of a kind."""

from __future__ import annotations

import streamlit as st

from calculator.facts.choice_words import labels
from calculator.facts.fields import BY_NAME
from calculator.jobs import progress_words
from calculator.jobs.corrections import Correction
from calculator.jobs.desk import Desk
from calculator.jobs.work import CellLine, GroupLine, Summary
from calculator.screens.many_cases.corrected import correct
from calculator.screens.parts import escape_markdown, table

PROBLEM_ROWS = 25


def show_problems(desk: Desk, summary: Summary) -> None:
    """Show what can be accepted at once, then the wrong cells, then every kind of problem."""
    if not summary.groups:
        st.success("Nothing to correct and nothing to confirm.")
        return
    st.markdown(escape_markdown(progress_words.problems_sentence(summary)))
    suggested = [group for group in summary.groups if group.suggested > 1]
    if suggested:
        st.subheader("Accept all suggestions of a kind")
    for at, group in enumerate(suggested):
        _kind(desk, group, at)
    st.subheader("Cell by cell")
    _cells(desk, summary)
    st.subheader("By column")
    _groups(summary)


def _kind(desk: Desk, group: GroupLine, at: int) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"**{escape_markdown(group.heading)}**: {escape_markdown(group.wrong)} {escape_markdown(group.cells)}."
        )
        st.button(
            f"Accept {progress_words.counted(group.suggested, 'suggestion')}",
            key=f"bulk-all-{desk.number}-{desk.runs}-{at}",
            on_click=_accept_all,
            args=(desk, group),
        )


def _accept_all(desk: Desk, group: GroupLine) -> None:
    found = desk.table.suggestions(group.field, group.wrong, group.enter)
    correct(
        desk,
        [
            Correction(row=each.row, field=each.field, text=each.suggestion, suggested=True)
            for each in found
        ],
        f"{progress_words.counted(len(found), 'suggestion')} accepted for {group.heading}.",
    )


def _cells(desk: Desk, summary: Summary) -> None:
    cells = summary.cells
    pages = -(-len(cells) // PROBLEM_ROWS)
    key = f"bulk-problems-{desk.number}"
    first = (min(int(st.session_state.get(key, 1)), pages) - 1) * PROBLEM_ROWS
    for at, cell in enumerate(cells[first : first + PROBLEM_ROWS], first):
        with st.container(border=True):
            _cell(desk, cell, f"{desk.number}-{desk.runs}-{at}")
    if pages > 1:
        st.pagination(pages, key=key, persist_state="session")
    left = summary.must_fix + summary.to_confirm - len(cells)
    if left:
        st.caption(f"And {left:,} more, in the problems workbook.")


def _cell(desk: Desk, cell: CellLine, key: str) -> None:
    said, answer = st.columns([7, 5], vertical_alignment="center")
    with said:
        case = f", case {cell.case_ref}" if cell.case_ref else ""
        name = BY_NAME[cell.field].heading if cell.can_correct else cell.heading
        st.markdown(
            f"**{escape_markdown(f'{cell.cell}, {name}')}**{escape_markdown(case)}. "
            f"{escape_markdown(cell.severity.capitalize())}."
        )
        held = f"It says: **{escape_markdown(cell.held)}**. " if cell.held else "It is empty. "
        st.markdown(held + escape_markdown(progress_words.problem_words(cell.wrong, cell.enter)))
    if not cell.can_correct:
        return
    with answer:
        if cell.suggestion:
            st.button(
                escape_markdown(f"Accept {cell.suggestion}"),
                key=f"bulk-accept-{key}",
                on_click=_accept,
                args=(desk, cell),
            )
        _type(desk, cell, f"bulk-type-{key}")


def _type(desk: Desk, cell: CellLine, key: str) -> None:
    field = BY_NAME[cell.field]
    which = "Or another value" if cell.suggestion else "The right value"
    label = f"{which} for {cell.cell}, {field.heading}"
    if field.choices is None:
        st.text_input(label, key=key, max_chars=5000, on_change=_typed, args=(desk, cell, key))
    else:
        words = labels(field)
        st.selectbox(
            label,
            list(words),
            index=None,
            format_func=words.__getitem__,
            key=key,
            on_change=_typed,
            args=(desk, cell, key),
            placeholder="Choose",
        )


def _accept(desk: Desk, cell: CellLine) -> None:
    _correct(desk, cell, cell.suggestion, suggested=True)


def _typed(desk: Desk, cell: CellLine, key: str) -> None:
    text = st.session_state.get(key)
    if text and text.strip():
        _correct(desk, cell, text.strip(), suggested=False)


def _correct(desk: Desk, cell: CellLine, text: str, *, suggested: bool) -> None:
    field = BY_NAME[cell.field]
    shown = labels(field).get(text, text) if field.choices is not None else text
    case = f" of case {cell.case_ref}" if cell.case_ref else ""
    correct(
        desk,
        [Correction(row=cell.row, field=cell.field, text=text, suggested=suggested)],
        f"{field.heading}{case} is now {shown}.",
    )


def _groups(summary: Summary) -> None:
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
