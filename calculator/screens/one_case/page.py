"""Check one member: the facts in the order they are met, the result beside them as they change."""

from __future__ import annotations

import streamlit as st

from calculator.facts import fields
from calculator.screens import drafts, field_ties, state
from calculator.screens.one_case import view
from calculator.screens.one_case.answer import (
    said,
    show_case_result,
    show_printed,
    show_short_answer,
)
from calculator.screens.one_case.case_file import show_case_file
from calculator.screens.one_case.entry import show_form
from calculator.screens.one_case.exits import show_exit_buttons, show_exit_choice
from calculator.screens.one_case.session import calculated, field_key
from calculator.screens.parts import offer_undo


def show() -> None:
    """Show the screen."""
    st.title("Check one member")
    drafts.offer()
    _take_over(state.exits()[state.current()])
    offer_undo()
    worked = calculated(state.exits())
    facts, result = st.columns([5, 7], gap="large")
    with facts, st.container(key="facts"):
        show_case_file(worked)
        show_exit_choice()
        show_form(worked)
        show_exit_buttons()
        show_short_answer(worked)
    with result:
        show_case_result(worked)
    field_ties.tie(said(worked), view.take_focus(), show_printed(worked))


def _take_over(entered: dict[str, str]) -> None:
    """Keep what was typed since the page was last drawn, before anything is calculated from it."""
    prefix = field_key("")
    for field in fields.FIELDS:
        value = st.session_state.get(f"{prefix}{field.name}", entered.get(field.name))
        entered[field.name] = ";".join(value) if isinstance(value, list) else value or ""
