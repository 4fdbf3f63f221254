"""Settings: the day of calculation, the positions, the sender of letters; saved to and loaded from a file."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from calculator.days import parse_day, shown_day
from calculator.problems import FileProblem
from calculator.reading import CannotRead
from calculator.screens import state
from calculator.screens.parts import plain
from calculator.settings import LONGEST_TEXT, MOST_BYTES, REPLY_DAYS, Settings
from rules.positions import POSITIONS, PositionError, Positions

_SENDER = (
    ("organisation", "Organisation", "As it should stand in letters."),
    ("address", "Address", "One line, with commas."),
    ("signatory", "Who signs", "The name under the letter."),
    ("signatory_role", "Their role", "Stands under the name."),
)


def show() -> None:
    """Show the screen."""
    st.title("Settings")
    st.markdown("For this session only. Save them to a small file to use them again.")
    drawn = st.session_state.setdefault("settings-drawn", 0)
    chosen = _day(state.settings(), drawn)
    chosen = _positions(chosen, drawn)
    chosen = _sender(chosen, drawn)
    state.use_settings(chosen)
    _file(chosen, drawn)


def _day(settings: Settings, drawn: int) -> Settings:
    st.header("Day of calculation")
    kept = settings.as_at.isoformat() if settings.as_at else ""
    text = st.text_input(
        "Day of calculation",
        kept,
        key=f"as-at-{drawn}",
        placeholder="Today",
        help="Interest and days left are worked out as at this day. Blank means today.",
    )
    try:
        day = parse_day(text)
    except CannotRead as error:
        st.error(f"{plain(error.wrong)} {plain(error.enter)}")
        return settings
    settings = replace(settings, as_at=day)
    state.use_settings(settings)
    st.caption(f"Now: {shown_day(state.as_at())}{'' if day else ', today'}.")
    return settings


def _positions(settings: Settings, drawn: int) -> Settings:
    st.header("Open questions of law")
    values = {}
    for position in POSITIONS:
        kept = getattr(settings.positions, position.name)
        key = f"position-{position.name}-{drawn}"
        if len(position.values) > 1:
            values[position.name] = st.selectbox(
                position.question,
                position.values,
                position.values.index(kept),
                format_func=lambda value: value.replace("_", " "),
                key=key,
                help=position.why_open,
            )
        else:
            values[position.name] = st.text_input(
                position.question, kept, key=key, help=position.why_open
            )
    try:
        return replace(settings, positions=Positions.from_mapping(values))
    except PositionError as error:
        st.error(plain(f"{error}."))
        return settings


def _sender(settings: Settings, drawn: int) -> Settings:
    st.header("Letters")
    texts = {
        name: st.text_input(
            label,
            getattr(settings, name),
            key=f"{name}-{drawn}",
            help=about,
            max_chars=LONGEST_TEXT,
            autocomplete="off",
        )
        for name, label, about in _SENDER
    }
    days = st.radio(
        "Days to reply",
        REPLY_DAYS,
        REPLY_DAYS.index(settings.reply_days),
        key=f"reply-{drawn}",
        horizontal=True,
    )
    return replace(settings, **texts, reply_days=days or REPLY_DAYS[0])


def _file(settings: Settings, drawn: int) -> None:
    st.header("Keep these settings")
    st.download_button(
        "Save the settings",
        data=settings.to_toml(),
        file_name="exitcap-settings.toml",
        mime="application/toml",
        on_click="ignore",
    )
    st.file_uploader(
        "Load saved settings (.toml)",
        type=["toml"],
        key=f"load-settings-{drawn}",
        on_change=_load,
        args=(f"load-settings-{drawn}",),
    )
    problem = st.session_state.pop("settings-problem", None)
    if problem:
        st.error(plain(problem))


def _load(key: str) -> None:
    upload = st.session_state.get(key)
    if upload is None:
        return
    try:
        if upload.size > MOST_BYTES:
            raise FileProblem("This is not a file of settings.")
        state.use_settings(Settings.from_toml(upload.getvalue().decode("utf-8-sig")))
    except (FileProblem, UnicodeDecodeError) as error:
        st.session_state["settings-problem"] = (
            str(error) if isinstance(error, FileProblem) else "This is not a file of settings."
        )
        return
    st.session_state["settings-drawn"] += 1
