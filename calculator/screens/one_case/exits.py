"""The exits of the person: choose, add, remove."""

from __future__ import annotations

import streamlit as st

from calculator.one_case import form
from calculator.one_case.case_file import MOST_EXITS
from calculator.screens import state
from calculator.screens.one_case import view
from calculator.screens.parts import escape_markdown


def show_exit_choice() -> None:
    """Offer the exits of the person, where there are several."""
    exits = state.exits()
    if len(exits) > 1:
        with st.container(key="exit"):
            st.radio(
                "Exit",
                range(len(exits)),
                format_func=lambda index: f"Exit {index + 1}",
                captions=[
                    escape_markdown(facts.get("exit_date") or "No date yet") for facts in exits
                ],
                index=state.current(),
                key=f"exit-{state.drawn()}",
                on_change=_choose_exit,
                args=(f"exit-{state.drawn()}",),
                horizontal=True,
            )
            st.header(f"Exit {state.current() + 1}")


def show_exit_buttons() -> None:
    """Offer another exit of the person, and to remove this one."""
    exits = state.exits()
    st.divider()
    st.caption(
        "Exits of one person within 28 days share one cap. Enter each as an exit of its own."
    )
    with st.container(horizontal=True):
        st.button(
            "Add another exit of this person",
            on_click=_add_exit,
            disabled=state.is_empty() or len(exits) >= MOST_EXITS,
        )
        if len(exits) > 1:
            st.button("Remove this exit", on_click=_remove_exit)


def _choose_exit(key: str) -> None:
    state.show_exit(int(st.session_state[key]))


def _add_exit() -> None:
    exits = state.exits()
    added = [*exits, form.next_exit(exits[0], len(exits) + 1)]
    state.replace_exits(added)
    state.show_exit(len(added) - 1)
    view.show_exit()


def _remove_exit() -> None:
    removed = state.current()
    state.replace_exits(
        [facts for row, facts in enumerate(state.exits()) if row != removed],
        undo=f"Exit {removed + 1} removed.",
    )
