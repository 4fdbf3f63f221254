"""The result of the exit shown, as the facts change."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.codes import TO_CHECK
from calculator.facts import fields
from calculator.facts.fields import Field
from calculator.one_case.person import Worked
from calculator.screens import form, state
from calculator.screens.letters import letters_of_case
from calculator.screens.one_case.session import calculated, field_key
from calculator.screens.one_case.what_if import show_what_if
from calculator.screens.parts import escape_markdown
from calculator.screens.result import show_result, summary_lines


def show_short_answer(worked: Worked) -> None:
    """Show what is owed in one line at the foot of a narrow screen, where the result is far below the facts."""
    if _not_yet(worked) is not None:
        return
    (_, triage), *sums = summary_lines(worked.outcome, state.current())[:3]
    known = [
        f"{words}: **{escape_markdown(amount)}**" for words, amount in sums if amount != "Not known"
    ]
    with st.container(key="short"):
        st.markdown(f"{' · '.join(known) or escape_markdown(triage)} · [See the result](#result)")


def _not_yet(worked: Worked) -> str | None:
    """Say what to enter before there is a result to show; None if there is one."""
    entered = state.exits()[state.current()]
    if not entered.get("exit_date"):
        return "The result appears here as you enter the facts."
    triage = Triage(int(worked.outcome.triage[state.current()]))
    if triage not in (Triage.ERROR, Triage.OUT_OF_SCOPE) and not form.has_payments(entered):
        return "The cap may have reached this exit. Enter the payments due and paid to see what is owed."
    return None


def show_case_result(worked: Worked) -> None:
    """Show the result of the exit, or what to enter first."""
    entered, row = state.exits()[state.current()], state.current()
    st.header("Result", anchor="result")
    not_yet = _not_yet(worked)
    if not_yet is not None:
        st.info(not_yet)
        return
    _facts_printed(entered)
    show_result(
        worked.outcome,
        row,
        worked.of(row),
        partial(_after_the_answer, worked, row),
        marked_beside=[field.name for field in fields.FIELDS if entered.get(field.name)],
        to_check=partial(_to_check, worked, row),
    )


def _to_check(worked: Worked, row: int) -> None:
    """Show what to check before a letter goes out, each sentence with its tick box, ticked or not."""
    checked = _checked()
    applies = worked.outcome.signals.to_check.of(row)
    if checked:
        unchecked = [{**facts, "checked": ""} for facts in state.exits()]
        applies = calculated(unchecked).outcome.signals.to_check.of(row)
    for code in applies:
        with st.container(border=True):
            (st.success if code in checked else st.warning)(
                f"To check before a letter: {escape_markdown(TO_CHECK[code])}"
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


def _facts_printed(entered: Mapping[str, str]) -> None:
    """Write the facts for paper only: on the screen the form shows them."""
    with st.container(key="only-printed"):
        st.markdown("### The facts entered")
        lines = [
            f"{escape_markdown(field.heading)}: **{escape_markdown(_value_words(field, entered[field.name]))}**"
            for field in fields.FIELDS
            if entered.get(field.name)
        ]
        st.markdown("; ".join(lines) + ".")


def _value_words(field: Field, value: str) -> str:
    """Give a value in the words of the form."""
    if field.choices is not None:
        return form.labels(field).get(value, value)
    if field.listed:
        return ", ".join(form.listed_words(name) for name in value.split(";"))
    return value


def _after_the_answer(worked: Worked, row: int) -> None:
    """Show what to do with the answer: letters, and what if."""
    letters_of_case(worked.outcome, row, field_key("letter"))
    show_what_if(worked, row)
