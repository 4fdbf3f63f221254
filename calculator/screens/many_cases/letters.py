"""The letters and the last days of all cases, or of some."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from calculator.jobs import CALENDAR, LETTERS, progress_words
from calculator.jobs.calendar import CalendarAsked
from calculator.jobs.desk import Desk
from calculator.jobs.work import Summary
from calculator.letters.letter import LettersWanted
from calculator.letters.recipients import USUAL
from calculator.letters.word.fonts import moves_lines
from calculator.letters.words import LETTER_NOTES
from calculator.screens import state
from calculator.screens.letters import RECIPIENTS, can_be_pdf, sender_reminder, without_consent
from calculator.screens.many_cases.session import selected, wanted
from calculator.screens.parts import escape_markdown, table

_ASKED = "bulk-asked"


@dataclass(frozen=True)
class _LettersOf:
    """The letters wanted, or with the content of an index that was filled in, reminders of them."""

    wanted: LettersWanted
    index: bytes | None


def show_letters(desk: Desk, summary: Summary) -> None:
    """Ask for which cases, then offer their letters and their last days."""
    rows = _rows(desk, summary)
    if desk.busy and not desk.writes_letters:
        st.caption("The files above are written first.")
    st.subheader("Letters")
    _letters(desk, rows)
    st.subheader("Calendar")
    _calendar(desk, rows)


def _rows(desk: Desk, summary: Summary) -> list[int] | None:
    """Ask for which cases; None for all."""
    table_of_cases = desk.table
    shown, ticked = table_of_cases.rows(wanted(desk)), sorted(selected(desk))
    choices: dict[str, tuple[str, Sequence[int] | None]] = {
        "all": (f"All cases ({summary.read:,})", None)
    }
    if len(shown) < summary.read:
        choices["shown"] = (f"The cases shown in the list now ({len(shown):,})", shown)
    if ticked:
        choices["selected"] = (f"The cases selected in the list ({len(ticked):,})", ticked)
    chosen = st.radio(
        "For which cases",
        list(choices),
        index=len(choices) - 1,
        format_func=lambda name: choices[name][0],
        key=f"bulk-for-{desk.number}-{'-'.join(choices)}",
        persist_state="session",
    )
    rows = choices[chosen or "all"][1]
    return None if rows is None else [*rows]


def _letters(desk: Desk, rows: list[int] | None) -> None:
    run = f"{desk.number}-{desk.runs}"
    st.markdown(
        "Each letter that should be written, in one zip. Its index.xlsx lists each letter written or not, and why, "
        "and has columns to note when it was sent and answered. One case's letter can be read and downloaded "
        "under Cases."
    )
    index = st.file_uploader(
        "To remind those who have not answered: the index.xlsx of the letters, with your days filled in",
        type=["xlsx"],
        key=f"bulk-index-{run}",
    )
    if index is not None:
        st.info(
            "Only reminders are written: of letters with a day under Sent on, and no answer by the day under Reply due."
        )
    to = st.multiselect(
        "Letters to",
        list(RECIPIENTS if index is None else USUAL),
        default=list(USUAL),
        format_func=RECIPIENTS.__getitem__,
        key=f"bulk-to-{run}{'-reminders' if index is not None else ''}",
        persist_state="session",
        select_all=False,
    )
    consent = without_consent(f"bulk-consent-{run}")
    pdf = can_be_pdf() and st.checkbox("A PDF beside each letter", key=f"bulk-pdf-{run}")
    if can_be_pdf():
        st.caption(
            "Also one PDF of each kind of recipient to print, and e-mail drafts where an address is given."
        )
    for recipient, own in state.own_letters().items():
        st.caption(
            escape_markdown(f"{own.name} is used for letters to {RECIPIENTS[recipient].lower()}.")
        )
        if pdf and moves_lines(own):
            st.warning(escape_markdown(f"{own.name}: {LETTER_NOTES['other_font']}"))
    sender_reminder()
    wanted = LettersWanted(
        state.settings().sender,
        tuple(to),
        consent,
        state.own_letters(),
        pdf,
        None if rows is None else frozenset(rows),
    )
    asked = _LettersOf(wanted, None if index is None else index.getvalue())
    st.button(
        "Write the letters" if index is None else "Write the reminders",
        on_click=_ask,
        args=(desk, asked),
        disabled=desk.busy or not to,
        key=f"bulk-write-letters-{run}",
    )
    if desk.writes_letters:
        st.button("Stop writing letters", on_click=desk.stop_letters, key=f"bulk-stop-{run}")
    written = desk.letters
    if written is None or desk.busy or not _is_for(desk, asked):
        return
    kind = "letter" if index is None else "reminder"
    st.success(f"{progress_words.counted(written.written, kind)} written.")
    st.download_button(
        "Download the letters (zip)",
        data=partial(desk.content, LETTERS),
        file_name=progress_words.download_name(desk.name, "letters.zip"),
        on_click="ignore",
        key=f"bulk-letters-{run}",
    )
    if written.skipped:
        table(
            [(escape_markdown(why), f"{count:,}") for why, count in written.skipped],
            ("Not written", "Letters"),
            "Why letters were not written, and how many",
        )


def _calendar(desk: Desk, rows: list[int] | None) -> None:
    run = f"{desk.number}-{desk.runs}"
    st.markdown(
        "The days to issue by and the last days, with reminders 28, 14, 7 and 1 days before, as a file for your "
        "diary (.ics). It names nothing but the case references. Importing it again may add the entries twice."
    )
    asked = CalendarAsked(rows=rows)
    st.button(
        "Make the calendar",
        on_click=_ask,
        args=(desk, asked),
        disabled=desk.busy,
        key=f"bulk-make-calendar-{run}",
    )
    if desk.has(CALENDAR) and not desk.busy and _is_for(desk, asked):
        st.download_button(
            "Download the calendar",
            data=partial(desk.content, CALENDAR),
            file_name=progress_words.download_name(desk.name, "last-days.ics"),
            mime="text/calendar",
            on_click="ignore",
            key=f"bulk-calendar-{run}",
        )


def _ask(desk: Desk, asked: _LettersOf | CalendarAsked) -> None:
    """Begin to write what is asked for, and note what that was."""
    st.session_state[f"{_ASKED}-{type(asked).__name__}"] = desk.number, desk.runs, asked
    if isinstance(asked, _LettersOf):
        desk.write_letters(asked.wanted, asked.index)
    else:
        desk.write_calendar(asked)


def _is_for(desk: Desk, asked: _LettersOf | CalendarAsked) -> bool:
    """Tell whether what was written is what would be written now."""
    last = st.session_state.get(f"{_ASKED}-{type(asked).__name__}")
    return bool(last == (desk.number, desk.runs, asked))
