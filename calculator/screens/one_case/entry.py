"""The facts: eight questions to a first answer, a task list for the rest, or every field on one page."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.missing_facts import scheme_decides_days
from calculator.facts import fields
from calculator.facts.fields import BY_NAME
from calculator.facts.problems import Problem, Severity
from calculator.one_case import form, tasks
from calculator.one_case.person import Worked
from calculator.one_case.tasks import Status, Task
from calculator.screens import state
from calculator.screens.one_case import view
from calculator.screens.one_case.fields import show_field
from calculator.screens.one_case.session import field_key
from rules.exit_payments import KINDS, PaymentKind

Wrong = Mapping[str, Problem]


def show_form(worked: Worked) -> None:
    """Show the facts in the way that the person has chosen."""
    entered, row = state.exits()[state.current()], state.current()
    wrong = {p.field: p for p in worked.of(row) if p.severity is Severity.MUST_FIX}
    chosen = view.choose_view()
    if chosen == view.ALL:
        _every_field(worked, entered, wrong)
    elif chosen == view.QUESTIONS:
        _questions(worked, entered, wrong)
    elif (task := view.task()) is None:
        _task_list(worked, entered, wrong)
    else:
        _one_task(task, entered, wrong)


def _questions(worked: Worked, entered: dict[str, str], wrong: Wrong) -> None:
    """Ask the first questions, two beside each other."""
    _side_by_side(form.QUESTIONS, entered, wrong)
    if _is_out(worked) and not _goes_on():
        return
    for kind in form.shown_kinds(entered):
        _due_and_paid(kind, entered, wrong)
    for name in form.last_questions(entered):
        show_field(BY_NAME[name], entered, wrong)
    st.button("Next: the task list", on_click=view.show_task, args=(None,))


def _side_by_side(names: tuple[str, ...], entered: dict[str, str], wrong: Wrong) -> None:
    for start in range(0, len(names), 2):
        for column, name in zip(st.columns(2), names[start : start + 2], strict=False):
            with column:
                show_field(BY_NAME[name], entered, wrong)


def _is_out(worked: Worked) -> bool:
    return Triage(int(worked.outcome.triage[state.current()])) is Triage.OUT_OF_SCOPE


def _goes_on() -> bool:
    return st.checkbox("Continue anyway: there may be another claim", key=field_key("all-the-same"))


def _task_list(worked: Worked, entered: dict[str, str], wrong: Wrong) -> None:
    """List the tasks, each row a button: what is to do is marked, what is done is plain."""
    st.header("What is still needed")
    missing = worked.outcome.text("missing", state.current()).split(";")
    if scheme_decides_days(worked.outcome.cases, state.current()):
        missing.append(form.SCHEME)
    with st.container(key="tasks"):
        for task, status in tasks.statuses(entered, missing, wrong):
            to_do = status in (Status.CORRECT, Status.NEEDED)
            words = f"**{status.value}**" if to_do else status.value
            st.button(
                f"{task.title}: {words}",
                key=f"task-{task.name}",
                on_click=view.show_task,
                args=(task.name,),
                type="tertiary",
                width="stretch",
            )
    st.caption(
        "You can leave out what you do not have. **Facts**, beside the answer, lists what is entered."
    )


def _one_task(task: Task, entered: dict[str, str], wrong: Wrong) -> None:
    _back("above")
    st.header(task.title)
    st.markdown(task.says)
    if task.name == "payments":
        _payments(entered, wrong)
    names = {field.name for field in task.fields}
    for field in form.fields_of(names, entered):
        show_field(field, entered, wrong)
    following = tasks.task_after(task)
    with st.container(horizontal=True):
        if following is not None:
            st.button(f"Next: {following.title}", on_click=view.show_task, args=(following.name,))
        _back("below")


def _back(key: str) -> None:
    st.button(
        "Back to the task list",
        key=f"back-{key}",
        on_click=view.show_task,
        args=(None,),
        type="tertiary" if key == "above" else "secondary",
    )


def _every_field(worked: Worked, entered: dict[str, str], wrong: Wrong) -> None:
    """Show first what decides scope, then the other sections if the cap may apply or the person goes on."""
    first = form.first_section()
    st.header(first.title)
    for field in first.fields:
        show_field(field, entered, wrong)
    if not entered.get("exit_date"):
        st.info("Enter the date of exit to go on.")
        return
    if _is_out(worked) and not _goes_on():
        return
    for section in form.later_sections(entered):
        if section.title == fields.LETTERS:
            letters = st.expander(section.title, key=view.LETTERS, on_change="rerun")
            if letters.open:
                with letters:
                    st.markdown(tasks.SAYS["letters"])
                    _fields(section, entered, wrong)
            continue
        if section.title == fields.PAYMENTS:
            st.header(fields.PAYMENTS)
            st.markdown(tasks.SAYS["payments"])
            _payments(entered, wrong)
        elif section.fields:
            st.header(section.title)
        _fields(section, entered, wrong)


def _fields(section: form.Section, entered: dict[str, str], wrong: Wrong) -> None:
    for field in section.fields:
        show_field(field, entered, wrong)


def _payments(entered: dict[str, str], wrong: Wrong) -> None:
    added = st.multiselect(
        "Other kinds of payment",
        [kind.name for kind in KINDS],
        format_func=lambda name: next(k.title for k in KINDS if k.name == name),
        key=field_key("kinds"),
        placeholder="Add a kind of payment",
    )
    for kind in form.shown_kinds(entered, added):
        _due_and_paid(kind, entered, wrong)
        for field in form.beside(kind, entered):
            show_field(field, entered, wrong)


def _due_and_paid(kind: PaymentKind, entered: dict[str, str], wrong: Wrong) -> None:
    _side_by_side((f"{kind.name}_due", f"{kind.name}_paid"), entered, wrong)
