"""The form: each section with its fields, each field with its help and its problem."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from calculator.calculation.cap_and_difference import Triage
from calculator.facts import fields
from calculator.facts.days import shown_day
from calculator.facts.fields import BY_NAME, Field, Kind
from calculator.facts.problems import Problem, Severity
from calculator.facts.successors import surely_gone
from calculator.one_case.person import Worked
from calculator.screens import form, state
from calculator.screens.one_case.session import field_key
from calculator.screens.parts import escape_markdown, law
from rules.coverage import schedule
from rules.exit_payments import KINDS


def show_form(worked: Worked) -> None:
    """Show first what decides scope, then the other sections if the cap may apply or the person goes on."""
    entered, row = state.exits()[state.current()], state.current()
    wrong = {p.field: p for p in worked.of(row) if p.severity is Severity.MUST_FIX}
    first = form.first_section()
    st.header(first.title)
    for field in first.fields:
        _field(field, entered, wrong)
    if form.scope_is_asked(entered, Triage(int(worked.outcome.triage[row]))):
        if not entered.get("exit_date"):
            st.info("Enter the date of exit to go on.")
            return
        goes_on = st.checkbox(
            "Go on with the other facts all the same",
            key=field_key("all-the-same"),
            help="To see what was due and paid short all the same: there may be another claim.",
        )
        if not goes_on:
            return
    for section in form.later_sections(entered):
        if section.title == fields.PAYMENTS:
            _payments(entered, wrong)
        if section.title == fields.LETTERS:
            with st.expander(section.title):
                _fields(section, entered, wrong)
        elif section.fields:
            if section.title != fields.PAYMENTS:
                st.header(section.title)
            _fields(section, entered, wrong)


def _fields(section: form.Section, entered: dict[str, str], wrong: Mapping[str, Problem]) -> None:
    for field in section.fields:
        _field(field, entered, wrong)


def _payments(entered: dict[str, str], wrong: Mapping[str, Problem]) -> None:
    st.header(fields.PAYMENTS)
    st.caption(
        "Due: what the member was entitled to without the cap. Paid: what was paid at the exit; leave it "
        "blank if you do not know, enter 0 if nothing was paid."
    )
    added = st.multiselect(
        "Other kinds of payment",
        [kind.name for kind in KINDS if kind.name not in form.USUAL_KINDS],
        format_func=lambda name: next(k.title for k in KINDS if k.name == name),
        key=field_key("kinds"),
        placeholder="Add a kind of payment",
    )
    for kind in form.shown_kinds(entered, added):
        due, paid = st.columns(2)
        with due:
            _field(BY_NAME[f"{kind.name}_due"], entered, wrong)
        with paid:
            _field(BY_NAME[f"{kind.name}_paid"], entered, wrong)
        for field in form.beside(kind, entered):
            _field(field, entered, wrong)


def _field(field: Field, entered: dict[str, str], wrong: Mapping[str, Problem]) -> None:
    """Show one field with its help and, below it, why its value cannot be read."""
    key = field_key(field.name)
    label = f"{field.heading} (needed)" if field.required else field.heading
    kept = entered.get(field.name, "")
    if field.name == "employer_name":
        value = _employer(label, field, kept, key)
    elif field.choices is not None:
        value = ask_choice(label, field, kept, key)
    elif field.listed:
        value = _listed(label, field, kept, key)
    elif field.several_lines:
        value = st.text_area(label, value=kept, key=key, help=field.help, max_chars=5000)
    else:
        value = st.text_input(
            label,
            value=kept,
            key=key,
            help=field.help,
            placeholder=_placeholder(field),
            max_chars=5000,
        )
    if field.name == "debtor_name" and not value:
        _suggest_successor(entered.get("employer_name", ""))
    problem = wrong.get(field.name)
    if problem is not None and value:
        st.error(
            f"{escape_markdown(field.heading)}: {escape_markdown(problem.wrong)} {escape_markdown(problem.enter)}"
        )


def _suggest_successor(employer: str) -> None:
    """Say what took the place of an employer that is gone; the person enters it, or not."""
    for body in surely_gone(employer):
        st.info(
            f"{escape_markdown(body.names[0])} is gone since {shown_day(body.from_day)}; now "
            f"{escape_markdown(body.new_body)}. {law([body.law])} ({escape_markdown(body.how_seen)}). Ask whether "
            "it owes this debt before you enter it."
        )


def _placeholder(field: Field) -> str | None:
    if field.kind in (Kind.DAY, Kind.DAY_OR_NONE):
        return "Such as 31/12/2020"
    if field.kind in (Kind.MONEY, Kind.MONEY_OR_ALL):
        return "£"
    return None


def ask_choice(label: str, field: Field, kept: str, key: str) -> str | None:
    """Ask for one of the choices of a field; a kept value that is no choice is offered too."""
    words = form.labels(field)
    options = list(words)
    if kept and kept not in words:
        options.append(kept)
    return st.selectbox(
        label,
        options,
        index=options.index(kept) if kept else None,
        format_func=lambda name: words.get(name, name),
        key=key,
        help=field.help,
        placeholder="Choose",
    )


def _listed(label: str, field: Field, kept: str, key: str) -> str:
    held = [name for name in kept.replace(",", ";").split(";") if name.strip()]
    options = [*field.listed, *(name for name in held if name not in field.listed)]
    chosen = st.multiselect(
        label,
        options,
        default=held,
        format_func=form.listed_words,
        key=key,
        help=field.help,
        placeholder="Choose all that apply",
        select_all=False,
    )
    return ";".join(chosen)


def _employer(label: str, field: Field, kept: str, key: str) -> str | None:
    names = _schedule_names()
    options = names if not kept or kept in names else [kept, *names]
    return st.selectbox(
        label,
        options,
        index=options.index(kept) if kept else None,
        key=key,
        help=f"{field.help} Type a part of the name to search the Schedule, or type a name of your own.",
        placeholder="Type the employer's name",
        accept_new_options=True,
    )


@st.cache_data
def _schedule_names() -> list[str]:
    """List the names in the Schedule: the same for everyone."""
    return sorted({entry.words for entry in schedule() if entry.kind != "class"})
