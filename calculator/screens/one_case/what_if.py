"""What if a fact or a position were different: old and new side by side."""

from __future__ import annotations

import streamlit as st

from calculator.facts import fields
from calculator.facts.fields import BY_NAME, Field, Kind
from calculator.facts.problems import Severity
from calculator.one_case.person import Worked
from calculator.screens import state
from calculator.screens.one_case.fields import ask_choice
from calculator.screens.one_case.session import calculated, field_key
from calculator.screens.parts import escape_markdown, table
from calculator.screens.result import summary_lines
from rules.positions import POSITIONS, Position, PositionError, Positions


def show_what_if(worked: Worked, row: int) -> None:
    """Change one fact or position and compare the results. The case itself is not changed."""
    choices = {f"fact:{f.name}": f.heading for f in fields.FIELDS if f.kind is not Kind.TEXT}
    choices |= {f"position:{p.name}": p.question for p in POSITIONS}
    chosen = st.selectbox(
        "What to change",
        list(choices),
        index=None,
        format_func=choices.__getitem__,
        key=field_key("what-if"),
        placeholder="Choose a fact or a position",
    )
    if chosen is None:
        return
    kind, name = chosen.split(":")
    exits, positions = [dict(facts) for facts in state.exits()], worked.outcome.positions
    if kind == "fact":
        before = exits[row].get(name, "")
        value = exits[row][name] = _ask_fact(BY_NAME[name], before)
    else:
        taken = {position.name: getattr(positions, position.name) for position in POSITIONS}
        before = taken[name]
        value = _ask_position(next(p for p in POSITIONS if p.name == name), before)
        try:
            positions = Positions.from_mapping({**taken, name: value})
        except PositionError as error:
            st.error(escape_markdown(f"{error}."))
            return
    if value == before:
        st.info("Enter another value to compare.")
        return
    _compare(worked, calculated(exits, positions), row)


def _ask_fact(field: Field, before: str) -> str:
    key = field_key(f"if-{field.name}")
    if field.choices is not None:
        return ask_choice("Its other value", field, before, key) or ""
    return st.text_input("Its other value", before, key=key)


def _ask_position(position: Position, before: str) -> str:
    key = field_key(f"if-{position.name}")
    if position.any_amount:
        return st.text_input("Its other value", before, key=key)
    return st.selectbox(
        "Its other value",
        position.values,
        position.values.index(before),
        format_func=position.said,
        key=key,
    )


def _compare(worked: Worked, other: Worked, row: int) -> None:
    """Show both results side by side, or why the other value cannot be read."""
    before = worked.of(row)
    wrong = [p for p in other.of(row) if p.severity is Severity.MUST_FIX and p not in before]
    for problem in wrong:
        st.error(f"{escape_markdown(problem.wrong)} {escape_markdown(problem.enter)}")
    if wrong:
        return
    table(
        [
            (words, escape_markdown(old), escape_markdown(new))
            for (words, old), (_, new) in zip(
                summary_lines(worked.outcome, row),
                summary_lines(other.outcome, row),
                strict=True,
            )
        ],
        ("Figure", "As entered", "What if"),
        "The result as entered and with the change, side by side",
    )
