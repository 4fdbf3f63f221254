"""Check your answers: the facts entered, in full, each with a way to change it."""

from __future__ import annotations

import streamlit as st

from calculator.facts.fields import Field
from calculator.one_case.tasks import given_facts
from calculator.one_case.values import words_of
from calculator.screens import state
from calculator.screens.one_case import view
from calculator.screens.one_case.session import field_key
from calculator.screens.parts import escape_markdown


def show_facts() -> None:
    """List what is entered, task by task."""
    st.markdown("### Check the facts before a letter is written")
    st.markdown("You can change each answer.")
    entered = state.exits()[state.current()]
    for task, held in given_facts(entered):
        st.markdown(f"#### {task.title}")
        for field in held:
            _fact(field, entered[field.name])


def _fact(field: Field, value: str) -> None:
    with st.container(horizontal=True, key=f"fact-{field.name}"):
        st.markdown(
            f"**{escape_markdown(field.heading)}**: {escape_markdown(words_of(field, value))}",
            width="stretch",
        )
        st.button(
            "Change",
            key=f"change-{field_key(field.name)}",
            on_click=view.show_field,
            args=(field.name,),
            type="tertiary",
        )
