"""Settings: the organisation, drafts, the day of calculation, the legal positions; saved to and loaded from a file."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from calculator.facts.cells import CannotRead
from calculator.facts.days import parse_day, shown_day
from calculator.facts.later_rates import later_rates, rows_of
from calculator.facts.problems import FileProblem
from calculator.letters.recipients import Extra, Recipient
from calculator.letters.sender import LONGEST, MOST_LINES, REPLY_DAYS, Sender
from calculator.letters.word.house_letter import house_template
from calculator.letters.word.own import OwnLetter
from calculator.letters.word.templates import their_template
from calculator.screens import drafts, field_ties, state
from calculator.screens.letters import RECIPIENTS, WORD
from calculator.screens.parts import escape_markdown, field_box
from calculator.screens.saved_settings import Settings
from rules.late_benefits import BANK_RATE, base_rates, decisions_missing
from rules.positions import EIGHTY_FIVE_YEAR_RULE, POSITIONS, PositionError, Positions

_WIDTH = 800
"""Pixels of a line that is easy to read."""
_OF_EACH_MEMBER = " It is a fact of each member: for one of them use What if. Change it here only if it is true of all your cases."
_SENDER = (
    ("organisation", "Organisation", "As letters should name it."),
    ("contact", "Telephone and email", "It comes under the address."),
    ("signed_by", "Who signs", "The name under the letter."),
    ("role", "Their role", "It comes under the name."),
    ("approved_by", "Approved by", "Until somebody is named, each page is marked DRAFT."),
)


def show() -> None:
    """Show the screen."""
    st.title("Settings")
    drawn = st.session_state.setdefault("settings-drawn", 0)
    with st.container(width=_WIDTH):
        chosen = _organisation(state.settings(), drawn)
        state.use_settings(chosen)
        _own_letter()
        _drafts()
        chosen = _day(chosen, drawn)
        chosen = _positions(chosen, drawn)
        chosen = _rates(chosen, drawn)
        state.use_settings(chosen)
        _file(chosen, drawn)
    field_ties.tie()


def _drafts() -> None:
    """Ask whether drafts are kept, and say what that means."""
    st.header("Drafts")
    st.toggle(
        "Keep drafts on this computer",
        value=not drafts.is_off(),
        key="keep-drafts",
        on_change=lambda: drafts.switch(not st.session_state["keep-drafts"]),
    )
    st.caption(
        "On: what you type and these settings are kept in this browser for you, never on the server; a draft for 30 "
        "days. Off: nothing is kept, and every draft of yours in this browser is removed. Switch it off on a computer that "
        "you share."
    )


def _day(settings: Settings, drawn: int) -> Settings:
    st.header("Day of calculation")
    kept = shown_day(settings.as_at) if settings.as_at else ""
    about = "Interest and days left are calculated as at this day. Blank means today."
    with field_box("as-at", about):
        text = st.text_input("Day of calculation", kept, key=f"as-at-{drawn}", placeholder="Today")
    try:
        day = parse_day(text)
    except CannotRead as error:
        st.error(f"{escape_markdown(error.wrong)} {escape_markdown(error.enter)}")
        return settings
    settings = replace(settings, as_at=day)
    state.use_settings(settings)
    st.caption(f"Now: {shown_day(state.as_at())}{'' if day else ', today'}.")
    return settings


def _positions(settings: Settings, drawn: int) -> Settings:
    st.header("Legal positions")
    st.warning(
        "**Ask your lawyer first.** Each is an open question of law with the answer that is taken unless you change it. "
        "Every result and letter follows these answers."
    )
    values = {}
    for position in POSITIONS:
        kept = getattr(settings.positions, position.name)
        key = f"position-{position.name}-{drawn}"
        of_member = _OF_EACH_MEMBER if position is EIGHTY_FIVE_YEAR_RULE else ""
        with field_box(position.name, position.why_open + of_member):
            if position.any_amount:
                values[position.name] = st.text_input(position.question, kept, key=key)
                continue
            values[position.name] = st.selectbox(
                position.question,
                position.values,
                position.values.index(kept),
                format_func=position.said,
                key=key,
            )
    st.button(
        "Reset to the usual answers",
        on_click=_reset_positions,
        disabled=values == {each.name: getattr(Positions(), each.name) for each in POSITIONS},
    )
    try:
        return replace(settings, positions=Positions.from_mapping(values))
    except PositionError as error:
        st.error(escape_markdown(f"{error}."))
        return settings


def _reset_positions() -> None:
    state.use_settings(replace(state.settings(), positions=Positions()))
    st.session_state["settings-drawn"] += 1


def _rates(settings: Settings, drawn: int) -> Settings:
    """Ask for Bank Rate after the official table, which interest on late pensions needs."""
    st.header("Bank Rate")
    last = shown_day(BANK_RATE.last.astype(object))
    missing = decisions_missing(base_rates(settings.rates), np.datetime64(state.as_at(), "D"))
    st.markdown(
        f"Interest on late pensions follows Bank Rate, which this program knows to {last}. Later rates can be "
        "entered here; every output that uses them says so."
    )
    if missing:
        days = ", ".join(shown_day(day.astype(object)) for day in missing)
        st.info(f"Not entered yet: the decision of {days}. Look it up at bankofengland.co.uk.")
    rows = rows_of(settings.rates)
    lines = "\n".join(f"{row['effective_from']} {row['rate_percent']}" for row in rows)
    with field_box("rates", "The day the rate takes effect, a space, and per cent a year."):
        text = st.text_area(
            "Later rates, one a line",
            lines,
            key=f"rates-{drawn}",
            placeholder="2026-11-05 4.00",
            height=90,
        )
    first = rows[0] if rows else {"source": "", "verified_to": ""}
    source = st.text_input("Where they were seen", first["source"], key=f"rates-source-{drawn}")
    known_to = st.text_input(
        "Looked up to this day", first["verified_to"], key=f"rates-known-{drawn}"
    )
    entered = [line.rsplit(maxsplit=1) for line in text.splitlines() if line.strip()]
    if not entered:
        return replace(settings, rates=None)
    try:
        return replace(
            settings,
            rates=later_rates(
                [
                    {
                        "effective_from": " ".join(parts[:-1]),
                        "rate_percent": parts[-1],
                        "source": source,
                        "verified_to": known_to,
                    }
                    for parts in entered
                ]
            ),
        )
    except FileProblem as problem:
        st.error(escape_markdown(str(problem)))
        return settings


def _organisation(settings: Settings, drawn: int) -> Settings:
    st.header("My organisation")
    st.markdown(
        "Who writes the letters. It is kept on this computer, if drafts are, and nowhere else."
    )
    given = settings.sender.given()
    texts: dict[str, object] = {}
    for name, label, about in _SENDER:
        with field_box(name, about):
            texts[name] = st.text_input(
                label,
                given.get(name, ""),
                key=f"{name}-{drawn}",
                max_chars=LONGEST,
                autocomplete="off",
            )
    with field_box("address", f"Line by line, as on an envelope; at most {MOST_LINES} lines."):
        texts["address"] = st.text_area(
            "Address",
            "\n".join(given.get("address", ())),
            key=f"address-{drawn}",
            height=120,
        )
    days = st.radio(
        "Days to reply",
        REPLY_DAYS,
        REPLY_DAYS.index(settings.sender.reply_days),
        key=f"reply-{drawn}",
        horizontal=True,
    )
    st.caption("What you leave blank is in [brackets] in the letters, to be filled in in Word.")
    without = st.multiselect(
        "Leave out of the letters",
        list(Extra),
        list(settings.sender.leave_out),
        format_func=lambda extra: extra.label,
        key=f"leave-out-{drawn}",
        placeholder="Nothing is left out",
    )
    filled = {name: text for name, text in texts.items() if str(text).strip()}
    try:
        sender = Sender.from_mapping(
            {**filled, "reply_days": days or REPLY_DAYS[0], "leave_out": without}
        )
    except FileProblem as problem:
        st.error(escape_markdown(str(problem)))
        return settings
    return replace(settings, sender=sender)


def _own_letter() -> None:
    """Offer to use the union's own Word template instead of the plain letter."""
    st.subheader("Your own letter")
    st.markdown(
        "A Word document on your letterhead with placeholders such as {{ member_name }}. Start from the plain "
        "letter, or see the guide to letters. It is kept until you close this page, and not in the saved settings."
    )
    of = (
        st.selectbox(
            "For letters to",
            list(Recipient),
            format_func=RECIPIENTS.__getitem__,
            key="own-letter-to",
        )
        or Recipient.EMPLOYER
    )
    st.download_button(
        "Download the plain letter as a template",
        data=house_template(of),
        file_name=f"letter-to-{of.value}.docx",
        mime=WORD,
        on_click="ignore",
    )
    st.file_uploader(
        "Use your own letter (.docx or .dotx)",
        type=["docx", "dotx"],
        key=f"own-letter-{st.session_state.setdefault('own-letters-drawn', 0)}",
        on_change=_take_letter,
        args=(of,),
    )
    problem = st.session_state.pop("own-letter-problem", None)
    if problem:
        st.error(escape_markdown(problem))
    for to, own in state.own_letters().items():
        whom = RECIPIENTS[to].lower()
        st.success(escape_markdown(f"{own.name} is used for letters to {whom}."))
        st.button(
            f"Use the plain letter to {whom} again", on_click=state.use_own_letter, args=(to, None)
        )


def _take_letter(of: Recipient) -> None:
    """Check an uploaded letter and use it if it is good."""
    count = st.session_state["own-letters-drawn"]
    upload = st.session_state.get(f"own-letter-{count}")
    if upload is None:
        return
    st.session_state["own-letters-drawn"] = count + 1
    own = OwnLetter(upload.name, upload.getvalue())
    try:
        their_template(own, state.as_at())
    except FileProblem as problem:
        st.session_state["own-letter-problem"] = str(problem)
        return
    state.use_own_letter(of, own)


def _file(settings: Settings, drawn: int) -> None:
    st.header("Take these settings to another computer")
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
        st.error(escape_markdown(problem))


def _load(key: str) -> None:
    upload = st.session_state.get(key)
    if upload is None:
        return
    try:
        state.use_settings(Settings.from_toml(upload.getvalue()))
    except FileProblem as problem:
        st.session_state["settings-problem"] = str(problem)
        return
    st.session_state["settings-drawn"] += 1
