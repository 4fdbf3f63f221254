"""PLACEHOLDER."""

from __future__ import annotations

import streamlit as st


def show() -> None:
    """Show the screen."""
    st.title("PLACEHOLDER")
