"""Which facts the page shows: the first questions, the task list or one task of it, or every field."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from calculator.facts import fields
from calculator.facts.fields import BY_NAME
from calculator.one_case import form
from calculator.one_case.tasks import TASKS, Task, task_named, task_of
from rules.exit_payments import KINDS

QUESTIONS, TASK_LIST, ALL = "First questions", "Task list", "Show all fields"
LETTERS = "facts-for-letters"
"""Names the section that is drawn only when opened."""
HEADING = "the heading"
"""What to lead to where another part of the facts is shown."""
PART, EXIT = "the part", "the exit"
"""What to lead to where another part of the result, or another exit, is shown."""
_KEPT, _TASK, _FOCUS = "facts-view", "facts-task", "facts-focus"
_CHOICE = "facts-view-choice"


def choose_view() -> str:
    """Offer the three ways to enter facts, and give the one chosen.

    In a task, pressing Task list again leaves none chosen: it leads back to the list.
    """
    st.session_state[_CHOICE] = view()
    with st.container(key="facts-views"):
        st.segmented_control(
            "How to enter the facts",
            (QUESTIONS, TASK_LIST, ALL),
            key=_CHOICE,
            required=task() is None,
            on_change=_choose,
            label_visibility="collapsed",
        )
    return view()


def view() -> str:
    """Give the way chosen to enter facts."""
    return str(st.session_state.get(_KEPT, QUESTIONS))


def task() -> Task | None:
    """Give the task that is open; None for the list itself."""
    name = st.session_state.get(_TASK)
    return task_named(name) if name else None


def show_task(name: str | None) -> None:
    """Open a task, or the list of them for None."""
    st.session_state[_KEPT], st.session_state[_TASK] = TASK_LIST, name
    st.session_state[_FOCUS] = HEADING


def show_field(name: str) -> None:
    """Lead to a field: where it is not on the page, to its task."""
    if name not in set(drawn()):
        show_task(task_of(name).name)
    elif view() == ALL and BY_NAME[name].section == fields.LETTERS:
        st.session_state[LETTERS] = True
    st.session_state[_FOCUS] = name


def show_exit() -> None:
    """Lead to the first question about an exit, under its heading."""
    show_field("exit_date")
    st.session_state[_FOCUS] = EXIT


def show_part() -> None:
    """Lead to the choice of the part of the result."""
    st.session_state[_FOCUS] = PART


def drawn() -> Iterator[str]:
    """Name the fields that the page may show now."""
    if view() == ALL:
        yield from (field.name for task in TASKS for field in task.fields)
    elif view() == QUESTIONS:
        yield from (*form.QUESTIONS, form.LAST_QUESTION, form.SCHEME)
        for kind in KINDS:
            yield from (f"{kind.name}_due", f"{kind.name}_paid")
    elif (opened := task()) is not None:
        yield from (field.name for field in opened.fields)


def take_focus() -> str:
    """Give the field to lead to, once; "" for none."""
    return str(st.session_state.pop(_FOCUS, ""))


def _choose() -> None:
    chosen = st.session_state[_CHOICE]
    if chosen is None:
        show_task(None)
    else:
        st.session_state[_KEPT], st.session_state[_TASK] = chosen, None
