"""The result of the exit shown, as the facts change."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from functools import partial
from importlib.util import find_spec

import streamlit as st

from calculator.calculation.assess import rows_with
from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.to_check import check_words, checks_of
from calculator.explanation.answer import answer_of
from calculator.explanation.calendar import calendar_of, has_days
from calculator.facts.fields import BY_NAME
from calculator.facts.problems import Severity
from calculator.letters.case_summary import case_summary_pdf
from calculator.one_case import form
from calculator.one_case.case_file import case_file_text
from calculator.one_case.person import Worked
from calculator.screens import state
from calculator.screens.letters import letters_of_case
from calculator.screens.one_case import view
from calculator.screens.one_case.check import show_facts
from calculator.screens.one_case.printed import printed_case
from calculator.screens.one_case.session import case_file_name, field_key
from calculator.screens.one_case.what_if import show_what_if
from calculator.screens.parts import escape_markdown
from calculator.screens.result import show_result, show_sentences

_PRINT = "print-asked-for"


def said(worked: Worked) -> str:
    """Give the answer in one or two sentences, to be read aloud; "" where there is none yet."""
    if _not_yet(worked) is not None:
        return ""
    answer = answer_of(worked.outcome, state.current(), worked.of(state.current()))
    act = answer.deadline.act if answer.deadline is not None else ""
    return f"Result: {answer.verdict} {act}".strip()


def show_short_answer(worked: Worked) -> None:
    """Show the deadline in one line at the foot of a narrow screen, where the result is far below the facts."""
    if _not_yet(worked) is not None:
        return
    row = state.current()
    answer = answer_of(worked.outcome, row, worked.of(row))
    act = answer.deadline.act if answer.deadline is not None else answer.verdict
    with st.container(key="short"):
        st.markdown(f"**{escape_markdown(act)}** [See the answer](#result)")


def show_printed(worked: Worked) -> str:
    """Write the exit for paper, in full, if it was just asked for; give the number of this print, "" for none."""
    number: str = st.session_state.pop(_PRINT, "")
    if number:
        row = state.current()
        with st.container(key="printed"):
            st.html(printed_case(worked.outcome, row, worked.of(row), state.exits()[row]))
    return number


def _print() -> None:
    st.session_state[_PRINT] = uuid.uuid4().hex


def _not_yet(worked: Worked) -> str | None:
    """Say what to enter before there is a result to show; None if there is one."""
    entered = state.exits()[state.current()]
    if not entered.get("exit_date"):
        return "The answer appears here as you enter the facts."
    triage = Triage(int(worked.outcome.triage[state.current()]))
    if triage not in (Triage.ERROR, Triage.OUT_OF_SCOPE) and not form.has_payments(entered):
        return "The cap may have reached this exit. Enter the payments due and paid to see what is owed."
    return None


def show_case_result(worked: Worked) -> None:
    """Show the result of the exit, or what to enter first."""
    row = state.current()
    st.header("Result", anchor="result")
    not_yet = _not_yet(worked)
    if not_yet is not None:
        st.info(not_yet)
        return
    show_result(
        worked.outcome,
        row,
        worked.of(row),
        {
            "Letters": partial(
                letters_of_case, worked.outcome, row, field_key("letter"), view.show_field
            ),
            "What if": partial(show_what_if, worked, row),
            "Facts": show_facts,
        },
        show_problems=partial(_problems, worked, row),
        to_check=partial(_to_check, worked, row),
        do_next=partial(_do_next, worked, row),
        key=field_key("part"),
    )


def _problems(worked: Worked, row: int) -> None:
    """Name each field to correct, with a way to it, and say that the answer goes without it."""
    problems = worked.of(row)
    wrong = dict.fromkeys(
        p.field for p in problems if p.severity is Severity.MUST_FIX and p.field in BY_NAME
    )
    if wrong:
        with st.container(border=True, key="error-summary"):
            left_out = {name for place, name in worked.left_out if place == row}
            rest = " The answer leaves it out." if left_out >= set(wrong) else ""
            st.markdown(f"**There is a problem.**{rest}")
            for name in wrong:
                st.button(
                    f"Correct: {escape_markdown(BY_NAME[name].heading)}",
                    key=field_key(f"correct-{name}"),
                    on_click=view.show_field,
                    args=(name,),
                    type="tertiary",
                )
    show_sentences([p for p in problems if p.field not in wrong])


def _to_check(worked: Worked, row: int) -> None:
    """Show what to check before a letter goes out, each sentence with its tick box, ticked or not."""
    if worked.outcome.cases.in_error[row]:
        return
    block, at = rows_with(worked.outcome, row)
    checked = _checked()
    for code in (code for code, where in checks_of(block).items() if where[at]):
        with st.container(border=True):
            (st.success if code in checked else st.warning)(
                f"To check before a letter: {escape_markdown(check_words(worked.outcome.cases, row, code))}"
            )
            key = field_key(f"check-{code}")
            st.session_state[key] = code in checked
            st.checkbox("I have checked this", key=key, on_change=_tick, args=(code, key))


def _checked() -> list[str]:
    """List what the field ``checked`` of the exit holds."""
    kept = state.exits()[state.current()].get("checked", "")
    return [code for each in kept.split(";") if (code := each.strip())]


def _tick(code: str, key: str) -> None:
    """Set or remove a code in the field ``checked``."""
    others = [each for each in _checked() if each != code]
    ticked = [*others, code] if st.session_state[key] else others
    state.exits()[state.current()]["checked"] = ";".join(ticked)


def _do_next(worked: Worked, row: int) -> None:
    """Offer what comes after the answer: the letters, the days in a diary, the case kept for good."""
    if worked.outcome.signals.urgency[row]:
        st.button("Write the letters", on_click=_go_to_part, args=("Letters",), type="primary")
    st.download_button(
        "Save this case",
        data=partial(case_file_text, [dict(facts) for facts in state.exits()], worked.outcome),
        file_name=case_file_name(),
        mime="application/json",
        on_click="ignore",
        key="save-next",
    )
    if has_days(worked.outcome, row):
        st.download_button(
            "Add the last days to my calendar",
            data=partial(_calendar, worked, row),
            file_name="last-days.ics",
            mime="text/calendar",
            on_click="ignore",
        )
    if find_spec("typst") is not None and not worked.outcome.cases.in_error.any():
        st.download_button(
            "Case summary (PDF)",
            data=partial(case_summary_pdf, worked.outcome),
            file_name=case_file_name().replace(".json", "-summary.pdf"),
            mime="application/pdf",
            on_click="ignore",
        )
    st.button("Print", key="print", on_click=_print)


def _go_to_part(name: str) -> None:
    st.session_state[field_key("part")] = name
    view.show_part()


def _calendar(worked: Worked, row: int) -> bytes:
    return calendar_of(worked.outcome, [row], datetime.now(UTC))
