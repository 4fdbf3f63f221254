"""Asks which letters are wanted and shows the letter of one case."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from shutil import which

import streamlit as st

from calculator.calculation.codes import TO_CHECK
from calculator.calculation.outcome import Outcome
from calculator.facts.problems import FileProblem
from calculator.letters.file_names import file_names, letter_name
from calculator.letters.letter import LettersWanted
from calculator.letters.make import one_letter
from calculator.letters.plan import HELD, Plan
from calculator.letters.recipients import Recipient, WithoutConsent
from calculator.letters.word.letter_parts import LetterPart, letter_parts
from calculator.letters.words import LETTER_NOTES, LETTER_SKIPPED
from calculator.screens import state
from calculator.screens.parts import escape_markdown, table

RECIPIENTS = {to: to.label for to in Recipient}
_CONSENTS = {
    WithoutConsent.SKIP: "Write no letter",
    WithoutConsent.MEMBER: "Write it in the member's own name",
}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def without_consent(key: str) -> WithoutConsent:
    """Ask what becomes of a letter where the member has not agreed to be named as a union member."""
    return (
        st.radio(
            "Where the member has not agreed that the union is named",
            list(_CONSENTS),
            format_func=_CONSENTS.__getitem__,
            key=key,
            help="A letter that names the union to the employer or the scheme shows that the member belongs to "
            "it. It needs the member's consent.",
        )
        or WithoutConsent.SKIP
    )


def sender_reminder() -> None:
    """Say where the sender's words come from, while some are missing, and what marks a draft."""
    if state.settings().sender.incomplete:
        st.caption(
            "Words in [brackets] are yours to fill in: under Settings, for all letters, or in Word."
        )
    if not state.settings().sender.approved_by:
        st.caption("Each page is marked DRAFT until somebody is named under Settings, Approved by.")


def can_be_pdf() -> bool:
    """True where PDFs of our letters, and of their own, can be made here."""
    made_here = all(find_spec(name) is not None for name in ("typst", "pypdf"))
    return made_here and bool(not state.own_letters() or which("soffice"))


def letters_of_case(outcome: Outcome, row: int, key: str) -> None:
    """Choose a recipient, read the letter on the page, download it."""
    to = st.selectbox(
        "Letter to",
        list(RECIPIENTS),
        index=None,
        format_func=RECIPIENTS.__getitem__,
        key=f"{key}-to",
        placeholder="Choose who it goes to",
    )
    if to is None:
        return
    asked = LettersWanted(state.settings().sender, (to,), own=state.own_letters())
    try:
        made = one_letter(outcome, row, to, asked)
        if isinstance(made, Plan) and made.skipped == "no_consent":
            consent = without_consent(f"{key}-consent")
            made = one_letter(outcome, row, to, replace(asked, without_consent=consent))
    except FileProblem as problem:
        st.error(escape_markdown(str(problem)))
        return
    if isinstance(made, Plan):
        st.info(f"No letter: {escape_markdown(LETTER_SKIPPED[made.skipped])}")
        if made.skipped == HELD:
            codes = outcome.signals.to_check.of(row)
            st.markdown("\n".join(f"- {escape_markdown(TO_CHECK[code])}" for code in codes))
        return
    for note in made.plan.notes:
        st.warning(escape_markdown(LETTER_NOTES[note]))
    sender_reminder()
    name = file_names([outcome.cases.text["case_ref"][row]])[0]
    st.download_button(
        "Download the letter (Word)",
        data=made.docx,
        file_name=f"{letter_name(to, name, outcome.as_at)}.docx",
        mime=WORD,
        on_click="ignore",
        key=f"{key}-download",
    )
    own = asked.own_of(made.plan)
    if own is not None:
        st.caption(
            escape_markdown(f"Made from your own letter, {own.name}. Its text without its layout:")
        )
    with st.container(border=True, key="letter"):
        preview(letter_parts(made.docx))


def preview(parts: list[LetterPart]) -> None:
    """A letter's text on the page: its headings, paragraphs, points and tables."""
    number = 0
    for part in parts:
        text = escape_markdown(part.text)
        if part.kind == "heading 1":
            st.markdown(f"#### {text}")
        elif part.kind == "heading 2":
            st.markdown(f"##### {text}")
        elif part.kind == "number":
            number += 1
            st.markdown(f"{number}. {text}")
        elif part.kind == "bullet":
            st.markdown(f"- {text}")
        elif part.kind == "table":
            _table(part)
        else:
            st.markdown(text)
        if part.kind != "number":
            number = 0


def _table(part: LetterPart) -> None:
    head, *rows = part.rows
    if not rows:
        return
    table(
        [tuple(escape_markdown(cell) for cell in row) for row in rows],
        [escape_markdown(cell) for cell in head],
        f"Table of the letter: {', '.join(head)}",
    )
