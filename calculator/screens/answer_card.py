"""The answer card: the verdict, the sums by payee, the band of the deadline, how sure the answer is."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from calculator.explanation.answer import Answer
from calculator.screens.parts import escape_markdown


def show_card(answer: Answer, do_next: Callable[[], None] | None = None) -> None:
    """Show the card, with what to do next at its foot. The sums are side by side and never added."""
    with st.container(key="answer", border=True):
        st.subheader(escape_markdown(answer.verdict), anchor="answer")
        for column, each in zip(st.columns(max(1, len(answer.sums))), answer.sums, strict=False):
            with column:
                st.metric(escape_markdown(each.to), each.amount)
                for line in each.more:
                    st.caption(escape_markdown(line))
        if answer.apart:
            st.caption(escape_markdown(answer.apart))
        if answer.deadline is not None:
            with st.container(key=f"band-{answer.deadline.band}"):
                st.markdown(f"**{escape_markdown(answer.deadline.act)}**")
                if answer.deadline.last_days:
                    st.markdown(escape_markdown(answer.deadline.last_days))
        if answer.how_sure:
            st.markdown(f"**How sure:** {escape_markdown(answer.how_sure)}")
        if do_next is not None:
            with st.container(horizontal=True, key="do-next"):
                do_next()
