"""The answer card: the verdict, the band of the deadline, the sums by payee, how sure the answer is."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from calculator.explanation.answer import Answer
from calculator.screens.parts import escape_markdown


def show_card(answer: Answer, do_next: Callable[[], None] | None = None) -> None:
    """Show the card, with what to do next at its foot. The sums are one below the other and never added.

    Its head, the verdict and the deadline, is a box of its own: it alone stays in sight on a wide screen.
    """
    with st.container(key="answer", border=True):
        st.subheader(escape_markdown(answer.verdict), anchor="answer")
        if answer.deadline is not None:
            with st.container(key=f"band-{answer.deadline.band}"):
                st.markdown(f"**{escape_markdown(answer.deadline.act)}**")
    with st.container(key="answer-more", border=True):
        if answer.deadline is not None and answer.deadline.last_days:
            st.markdown(escape_markdown(answer.deadline.last_days))
        for each in answer.sums:
            st.metric(escape_markdown(each.to), each.amount)
            if each.more:
                st.caption(escape_markdown(" ".join(each.more)))
        if answer.apart:
            st.caption(escape_markdown(answer.apart))
        if answer.how_sure:
            st.markdown(f"**How sure:** {escape_markdown(answer.how_sure)}")
        if do_next is not None:
            with st.container(horizontal=True, key="do-next"):
                do_next()
