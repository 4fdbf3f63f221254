"""Searches the Schedule, and the bodies gone since: did the cap apply to this employer, who owes now?"""

from __future__ import annotations

import streamlit as st

from calculator.facts.days import shown_day
from calculator.facts.employers import descriptions, search
from calculator.facts.successors import SCHOOL_LAW, SCHOOL_NOTE, gone, speaks_of_school
from calculator.screens.parts import escape_markdown, law, table
from rules.sources import THE_SCHEDULE


def show() -> None:
    """Show the screen."""
    st.title("Employers")
    st.markdown(
        "Search the list of bodies that the cap applied to: the Schedule to SI 2020/1122. Only an exact name "
        f"decides; anything alike is for you to confirm. {law([THE_SCHEDULE])}"
    )
    words = st.text_input(
        "The employer's name, or part of it", key="employer-search", max_chars=200, type="search"
    )
    if not words.strip():
        st.caption("Most councils, schools and trusts are listed by description and not by name.")
        return
    suggestions, described = search(words), descriptions(words)
    if suggestions:
        st.header("Bodies by name")
        table(
            [
                (
                    escape_markdown(s.entry.words),
                    f"Part {s.entry.part}",
                    escape_markdown(s.entry.nation),
                    "The name itself" if s.exact else f"{s.likeness}% alike, to confirm",
                )
                for s in suggestions
            ],
            ("Entry", "Part", "Nation", "How alike"),
            "Entries of the Schedule with a name like the one searched",
        )
    if described:
        st.header("Bodies by description")
        st.markdown("Covered if the description fits the facts:")
        table(
            [(escape_markdown(entry.words), escape_markdown(entry.nation)) for entry in described],
            ("Description", "Nation"),
            "Descriptions in the Schedule that may fit",
        )
    if not suggestions and not described:
        st.info(
            "No entry is like this. That alone does not mean that the employer was not covered: most "
            "councils, schools and trusts are covered by description."
        )
    _show_gone(words)


def _show_gone(words: str) -> None:
    """Show what took the place of a body that is gone, for a person to confirm."""
    if bodies := gone(words):
        st.header("Abolished or renamed since")
        st.markdown(
            "If the employer is one of these, ask the body named whether it owes the debt. Then enter it "
            "under *Who owes it now, if another body*: nothing is filled in for you."
        )
        table(
            [
                (
                    escape_markdown(body.names[0]),
                    escape_markdown(body.new_body),
                    shown_day(body.from_day),
                    f"[{escape_markdown(body.instrument)}]({body.url})",
                    escape_markdown(body.how_seen),
                )
                for body in bodies
            ],
            ("Body", "Now", "From", "Law", "How it was seen"),
            "Bodies abolished or renamed since, and what took their place",
        )
    if speaks_of_school(words):
        st.info(f"{escape_markdown(SCHOOL_NOTE)} {law(SCHOOL_LAW)}")
