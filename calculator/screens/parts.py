"""Parts that several screens show: text made safe for Markdown, tables, the footer, undo."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files

import streamlit as st

from calculator.explanation.words import LIMITS
from calculator.facts.days import shown_day
from calculator.screens import state
from rules import VERSION
from rules.positions import POSITIONS, Positions
from rules.sources import Citation

_PUNCTUATION = re.compile(r"""([!-/:-@\[-`{-~])""")
_DRAWN = re.compile(
    r"(?<=:)(?=\S)|(?<=@)|(?<=www)(?=\.)|(?<=[-<>=~])(?=[-<>=~])|^(?=[ \t])", re.I | re.M
)
"""Where an address, an icon or an arrow would be found in text, escaped or not."""
_JOINER = "\N{WORD JOINER}"
ICON = files("calculator.screens").joinpath("icon.svg").read_text(encoding="utf-8")
"""The page's icon, our own: one that Streamlit names would be fetched from elsewhere."""
_STYLE = files("calculator.screens").joinpath("style.css").read_text(encoding="utf-8")


def escape_markdown(text: str) -> str:
    """Return text from outside so that a screen draws it as it is, letter by letter.

    Nothing in it becomes Markdown, HTML, a formula, a colour, a link, an icon or an arrow. What Streamlit
    finds in text that is escaped too is parted by a character that shows nothing.
    """
    apart = _DRAWN.sub(_JOINER, text.replace("\r\n", "\n").replace("\r", "\n"))
    return _PUNCTUATION.sub(r"\\\1", apart).replace("\n", "  \n")


def law(citations: Sequence[Citation]) -> str:
    """Write the provisions as links, one after another."""
    return "; ".join(f"[{escape_markdown(c.label)}]({c.url})" for c in citations)


def table(rows: Sequence[Sequence[str]], headings: Sequence[str], alt: str) -> None:
    """Show a table with a row of headings. Cells are Markdown: pass people's text through :func:`escape_markdown`."""
    columns = zip(*rows, strict=True)
    st.table(dict(zip(headings, map(list, columns), strict=True)), hide_index=True, alt=alt)


@contextmanager
def field_box(name: str, hint: str) -> Iterator[None]:
    """Hold one field. Its hint comes first: the style sheet puts it under the label."""
    with st.container(key=f"field-{name}"):
        st.caption(escape_markdown(hint))
        yield


def page_style() -> None:
    """Set the spacing, the print style and what the theme cannot set."""
    st.html(f"<style>\n{_STYLE}</style>")


def offer_undo() -> None:
    """Say what was done to the case entered, and offer to undo it."""
    if words := state.undoable():
        with st.container(horizontal=True, vertical_alignment="center", key="undo"):
            st.success(words)
            st.button("Undo", on_click=state.undo_last)


def say_settings() -> None:
    """Warn, above results, that they are not as at today or not by the usual answers to questions of law."""
    settings, said = state.settings(), []
    if not state.is_today():
        said.append(f"Results are as at {shown_day(state.as_at())}, which is not today.")
    changed = [
        position.question
        for position in POSITIONS
        if getattr(settings.positions, position.name) != getattr(Positions(), position.name)
    ]
    if changed:
        said.append(f"Legal positions were changed: {' '.join(changed)}")
    if said:
        with st.container(key="not-the-usual"):
            st.warning(escape_markdown(f"{' '.join(said)} See Settings."))


def footer(*, of_case: bool) -> None:
    """Show the limits, the rules version and the day; under a case also how it is kept."""
    st.divider()
    kept = (
        " A draft may be kept on this computer, never on the server: save the case to keep it for good."
        if of_case
        else ""
    )
    st.caption(f"{LIMITS} Calculated as at {shown_day(state.as_at())}, rules {VERSION}.{kept}")
