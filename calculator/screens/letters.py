"""Shows the letters of one case: a card for each, the downloads, the text of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from shutil import which

import streamlit as st

from calculator.calculation.outcome import Outcome
from calculator.facts.fields import BY_NAME
from calculator.facts.problems import FileProblem
from calculator.letters.cards import Card, State, cards_of, letter_file, letters_zip
from calculator.letters.file_names import file_names, letter_name
from calculator.letters.letter import LettersWanted
from calculator.letters.make import one_letter
from calculator.letters.plan import Plan
from calculator.letters.recipients import Recipient, WithoutConsent
from calculator.letters.word.letter_parts import LetterPart, letter_parts
from calculator.letters.words import LETTER_SKIPPED
from calculator.screens import state
from calculator.screens.parts import escape_markdown, table

RECIPIENTS = {to: to.label for to in Recipient}
_CONSENTS = {
    WithoutConsent.SKIP: "Write no letter",
    WithoutConsent.MEMBER: "Write it in the member's own name",
}
_PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_KINDS = (("docx", "Word", WORD), ("pdf", "PDF", _PDF))


def without_consent(key: str) -> WithoutConsent:
    """Ask what becomes of a letter where the member has not agreed to be named as a union member."""
    chosen = st.radio(
        "Where the member has not agreed that the union is named",
        list(_CONSENTS),
        format_func=_CONSENTS.__getitem__,
        key=key,
    )
    st.caption(
        "A letter that names the union to the employer or the scheme shows that the member belongs to it. It needs "
        "the member's consent."
    )
    return chosen or WithoutConsent.SKIP


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


def letters_of_case(
    outcome: Outcome, row: int, key: str, enter: Callable[[str], None] | None = None
) -> None:
    """Show a card for each letter, all ready ones in one download, and the text of the one chosen.

    ``enter`` leads to the field of the name it is given.
    """
    asked = LettersWanted(state.settings().sender, own=state.own_letters(), pdf=bool(can_be_pdf()))
    cards = cards_of(outcome, row, asked)
    if any(card.state is State.CONSENT for card in cards):
        asked = replace(asked, without_consent=without_consent(f"{key}-consent"))
        cards = cards_of(outcome, row, asked)
    ready = [card.to for card in cards if card.state is State.READY]
    sender_reminder()
    if ready:
        name = file_names([outcome.cases.text["case_ref"][row]])[0]
        st.download_button(
            "Download all letters (Word and PDF)" if asked.pdf else "Download all letters (Word)",
            data=partial(letters_zip, outcome, row, asked),
            file_name=f"{name}-letters.zip",
            mime="application/zip",
            on_click="ignore",
            type="primary",
            key=f"{key}-all",
        )
    for card in cards:
        _card(outcome, row, asked, card, key, enter)
    _read(outcome, row, asked, key)


def _card(
    outcome: Outcome,
    row: int,
    asked: LettersWanted,
    card: Card,
    key: str,
    enter: Callable[[str], None] | None,
) -> None:
    """Show one letter: ready with its downloads, or why not."""
    with st.container(border=True, key=f"{key}-card-{card.to.value}"):
        st.markdown(f"**{card.to.label}**: {card.state.value}")
        for line in (*card.because, *card.notes):
            st.markdown(f"- {escape_markdown(line)}")
        if card.asks and enter is not None:
            st.button(
                f"Enter: {BY_NAME[card.asks].heading}",
                key=f"{key}-enter-{card.to.value}",
                on_click=enter,
                args=(card.asks,),
            )
        if card.state is not State.READY:
            return
        name = file_names([outcome.cases.text["case_ref"][row]])[0]
        with st.container(horizontal=True):
            for kind, words, mime in _KINDS[: 2 if asked.pdf else 1]:
                st.download_button(
                    f"{words}, {card.to.label.lower()}",
                    data=partial(letter_file, outcome, row, asked, card.to, kind),
                    file_name=f"{letter_name(card.to, name, outcome.as_at)}.{kind}",
                    mime=mime,
                    on_click="ignore",
                    key=f"{key}-{kind}-{card.to.value}",
                )


def _read(outcome: Outcome, row: int, asked: LettersWanted, key: str) -> None:
    """Show the text of the letter chosen, or why there is none; one without a card has its download here."""
    to = st.selectbox(
        "Letter to",
        list(RECIPIENTS),
        index=None,
        format_func=RECIPIENTS.__getitem__,
        key=f"{key}-to",
        placeholder="Choose one to read it here",
    )
    if to is None:
        return
    try:
        made = one_letter(outcome, row, to, asked)
    except FileProblem as problem:
        st.error(escape_markdown(str(problem)))
        return
    if isinstance(made, Plan):
        st.info(escape_markdown(LETTER_SKIPPED[made.skipped]))
        return
    if to not in asked.to:
        name = file_names([outcome.cases.text["case_ref"][row]])[0]
        st.download_button(
            f"Word, {to.label[0].lower()}{to.label[1:]}",
            data=made.docx,
            file_name=f"{letter_name(to, name, outcome.as_at)}.docx",
            mime=WORD,
            on_click="ignore",
            key=f"{key}-read",
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
