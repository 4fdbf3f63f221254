"""One field of the form: its label, its hint, its box, what was read, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from calculator.facts.choice_words import labels, listed_words
from calculator.facts.days import shown_day
from calculator.facts.fields import Field
from calculator.facts.problems import Problem
from calculator.facts.successors import surely_gone
from calculator.one_case import form
from calculator.one_case.values import problem_words, read_back, start_by_years
from calculator.screens import state
from calculator.screens.one_case.session import field_key
from calculator.screens.parts import escape_markdown, field_box, law
from rules.coverage import schedule


def show_field(field: Field, entered: Mapping[str, str], wrong: Mapping[str, Problem]) -> None:
    """Show one field with its hint, what was read of it and what is wrong."""
    with field_box(field.name, form.hint(field)):
        value = _ask(field, entered.get(field.name, ""))
        if field.name == "debtor_name" and not value:
            _suggest_successor(entered.get("employer_name", ""))
        problem = wrong.get(field.name)
        if problem is not None and (value or problem.code == "top_up_without_date"):
            _show_problem(field, problem)
            if field.name == "service_start" and value:
                _suggest_start(value, entered.get("exit_date", ""))
        elif value and (words := read_back(field, value)):
            st.caption(escape_markdown(f"Read as {words}"))


def _show_problem(field: Field, problem: Problem) -> None:
    words = problem_words(field, problem)
    st.error(f"{escape_markdown(field.heading)}: {escape_markdown(words)}")
    if problem.suggestion:
        _offer(field.name, problem.suggestion)


def _offer(name: str, suggestion: str) -> None:
    st.button(
        f"Use {escape_markdown(suggestion)}",
        key=field_key(f"accept-{name}"),
        on_click=_accept,
        args=(name, suggestion),
    )


def _suggest_start(value: str, exit_date: str) -> None:
    """Offer the day on which service began where its years were typed."""
    if day := start_by_years(value, exit_date):
        st.caption(
            "So many complete years before the exit. Enter the real day if you have it: it may give one more year."
        )
        _offer("service_start", day)


def _accept(name: str, suggestion: str) -> None:
    """Enter what was suggested for a field."""
    state.exits()[state.current()][name] = suggestion
    st.session_state[field_key(name)] = suggestion


def _ask(field: Field, kept: str) -> str | None:
    key, label = field_key(field.name), form.label(field)
    if field.name == "employer_name":
        return _employer(label, kept, key)
    if field.choices is not None:
        return ask_choice(label, field, kept, key)
    if field.listed:
        return _listed(label, field, kept, key)
    if field.several_lines:
        return st.text_area(label, value=kept, key=key, max_chars=5000)
    return st.text_input(label, value=kept, key=key, max_chars=5000)


def _suggest_successor(employer: str) -> None:
    """Say what took the place of an employer that is gone; the person enters it, or not."""
    for body in surely_gone(employer):
        st.info(
            f"{escape_markdown(body.names[0])} is gone since {shown_day(body.from_day)}; now "
            f"{escape_markdown(body.new_body)}. {law([body.law])} ({escape_markdown(body.how_seen)}). Ask whether "
            "it owes this debt before you enter it."
        )


def ask_choice(label: str, field: Field, kept: str, key: str) -> str | None:
    """Ask for one of the choices of a field; a kept value that is no choice is offered too."""
    words = labels(field)
    options = list(words)
    if kept and kept not in words:
        options.append(kept)
    return st.selectbox(
        label,
        options,
        index=options.index(kept) if kept else None,
        format_func=lambda name: words.get(name, name),
        key=key,
        placeholder="Choose",
    )


def _listed(label: str, field: Field, kept: str, key: str) -> str:
    held = [name for name in kept.replace(",", ";").split(";") if name.strip()]
    options = [*field.listed, *(name for name in held if name not in field.listed)]
    chosen = st.multiselect(
        label,
        options,
        default=held,
        format_func=listed_words,
        key=key,
        placeholder="Choose all that apply",
        select_all=False,
    )
    return ";".join(chosen)


def _employer(label: str, kept: str, key: str) -> str | None:
    names = _schedule_names()
    options = names if not kept or kept in names else [kept, *names]
    return st.selectbox(
        label,
        options,
        index=options.index(kept) if kept else None,
        key=key,
        placeholder="Type the employer's name",
        accept_new_options=True,
    )


@st.cache_data
def _schedule_names() -> list[str]:
    """List the names in the Schedule: the same for everyone."""
    return sorted({entry.words for entry in schedule() if entry.kind != "class"})
