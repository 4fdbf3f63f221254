"""The law: the days, the rates, the open questions, the sources and how each was seen, the limits."""

from __future__ import annotations

import streamlit as st

from calculator.explanation.law import NOT_COVERED, citations, rates, windows
from calculator.explanation.routes import ROUTES
from calculator.explanation.scheme_words import WORDS
from calculator.facts.choice_words import labels
from calculator.facts.fields import BY_NAME
from calculator.screens import hypertext, state
from calculator.screens.parts import escape_markdown, law, table
from rules import VERSION
from rules.positions import POSITIONS

_SCHEMES = labels(BY_NAME["scheme"])


def show() -> None:
    """Show the screen."""
    st.title("The law")
    st.markdown(f"What the figures rest on. Rules version {escape_markdown(VERSION)}.")
    st.header("The days that matter")
    table(
        [(words, first, last, law(cited)) for words, first, last, cited in windows()],
        ("What", "From", "To", "Law"),
        "The days the law turns on",
    )
    st.header("Amounts and rates")
    table(
        [(words, escape_markdown(amount), law(cited)) for words, amount, cited in rates()],
        ("What", "Amount", "Law"),
        "The fixed amounts and rates",
    )
    st.header("Open questions of law")
    st.markdown("The law leaves these open. Choose another answer under Settings.")
    taken = state.settings().positions
    lines = [
        (
            p.question,
            p.why_open,
            p.said(getattr(taken, p.name)),
            "; ".join(p.said(v) for v in p.values if v != getattr(taken, p.name)),
            p.changes,
        )
        for p in POSITIONS
    ]
    columns = ("Question", "Why it is open", "Taken", "Other answers", "What it changes")
    name = "The open questions, the answer taken and what each changes"
    st.html(hypertext.table(columns, lines, name))
    st.header("Routes, and what to look out for")
    table(
        [
            (escape_markdown(route.title), escape_markdown(route.says), law(route.law))
            for route in ROUTES
        ],
        ("Route", "What it is", "Law"),
        "The ways to get what is owed",
    )
    st.header("What each pension scheme calls strain")
    words_of_schemes = [
        (_SCHEMES[scheme.name.lower()], words.cost, words.whose, words.asks, words.law)
        for scheme, words in WORDS.items()
    ]
    columns = ("Scheme", "Its word", "Due to", "What to ask", "Law")
    name = "The cost of an unreduced pension in each scheme"
    st.html(hypertext.table(columns, words_of_schemes, name))
    st.header("Sources, and how each was seen")
    table(
        [
            (
                f"[{escape_markdown(c.label)}]({c.url})",
                escape_markdown(c.source.title),
                escape_markdown(c.seen.value),
            )
            for c in citations()
        ],
        ("Provision", "Title", "How it was seen"),
        "Every provision that the rules rest on",
    )
    st.header("What is not covered")
    st.markdown("\n".join(f"- {escape_markdown(line)}" for line in NOT_COVERED))
