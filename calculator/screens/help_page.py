"""Help: the glossary and the guide, as pages of the app."""

from __future__ import annotations

import re
from pathlib import Path

import streamlit as st

_FIRST = "Glossary"
_PICTURE = re.compile(r"^!\[[^\]]*\]\([^)]*\)\n\n?", re.MULTILINE)
_CODES = re.compile(r"(?<=\|) `[a-z_]+` \|")
_HEAD_OF_CODES = re.compile(r"\| in files (\|[^\n]*\n\|---\|)---\|")
_TO_A_FILE = re.compile(r"\[([^\]]+)\]\((?!#|http)[^)]+\)")


def guide_text() -> str:
    """Read the guide: beside the package in a checkout, else inside the installed package."""
    package = Path(__file__).resolve().parents[1]
    in_checkout = package.parent / "docs" / "guide.md"
    path = in_checkout if in_checkout.is_file() else package / "guide.md"
    return path.read_text(encoding="utf-8")


def sections(text: str) -> dict[str, str]:
    """Split the guide into its sections by heading, without pictures, links to files and the codes of files."""
    plain = _TO_A_FILE.sub(r"\1", _PICTURE.sub("", text))
    plain = _CODES.sub("", _HEAD_OF_CODES.sub(r"\1", plain))
    parts = re.split(r"^## (.+)$", plain, flags=re.MULTILINE)
    return dict(zip(parts[1::2], (part.strip() for part in parts[2::2]), strict=True))


def show() -> None:
    """Show the screen."""
    st.title("Help")
    st.markdown(
        "The words first, then the guide: it follows invented people through the app, screen by screen."
    )
    found = sections(guide_text())
    ordered = {_FIRST: found.pop(_FIRST), **found}
    st.markdown(" · ".join(f"[{heading}](#{_anchor(heading)})" for heading in ordered))
    for heading, text in ordered.items():
        st.header(heading, anchor=_anchor(heading))
        st.markdown(text)


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
