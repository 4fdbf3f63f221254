"""One case: the facts in the order they are met, the result beside them as they change."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from calculator.calculation.cap_and_difference import Triage
from calculator.facts import fields
from calculator.facts.fields import BY_NAME, Field, Kind
from calculator.facts.problems import FileProblem, Problem, Severity
from calculator.one_case.case_file import MOST_EXITS, Change, as_text, case_file_text, changes_since
from calculator.one_case.case_workbook import case_workbook
from calculator.one_case.opening import exits_of_upload
from calculator.one_case.person import Worked, work
from calculator.screens import form, state
from calculator.screens.letters import letters_of_case
from calculator.screens.parts import plain, table
from calculator.screens.result import show_result, summary_lines
from rules import VERSION
from rules.coverage import schedule
from rules.exit_payments import KINDS
from rules.positions import POSITIONS, Positions

FIRST_REFERENCE = "Case"
"""Stands for the reference until one is entered."""


def show() -> None:
    """Show the screen."""
    st.title("One case")
    _take_over(state.exits()[state.current()])
    worked = _worked(state.exits())
    facts, result = st.columns([4, 7], gap="large")
    with facts, st.container(key="facts"):
        _open_and_save(worked)
        _exit_choice()
        _form(worked)
        _short_answer(worked)
    with result:
        _result(worked)


def _take_over(entered: dict[str, str]) -> None:
    """What was typed since the page was last drawn, before anything is worked from it."""
    for field in fields.FIELDS:
        value = st.session_state.get(_key(field.name), entered.get(field.name))
        entered[field.name] = ";".join(value) if isinstance(value, list) else value or ""


def _worked(exits: list[dict[str, str]], positions: Positions | None = None) -> Worked:
    numbered = [
        facts if facts.get("case_ref") else {**facts, "case_ref": _reference(place)}
        for place, facts in enumerate(exits)
    ]
    return work(numbered, positions or state.settings().positions, state.as_at())


def _reference(place: int) -> str:
    return FIRST_REFERENCE if place == 0 else f"{FIRST_REFERENCE}-{place + 1}"


# The case file


def _open_and_save(worked: Worked) -> None:
    with st.expander("Open, save or clear the case"):
        st.file_uploader(
            "Open a saved case (.json or .xlsx)",
            type=["json", "xlsx"],
            key=f"open-{state.drawn()}",
            on_change=_open,
            args=(f"open-{state.drawn()}",),
        )
        kept = [dict(facts) for facts in state.exits()]
        reference = kept[0].get("case_ref") or FIRST_REFERENCE
        name = "".join(c if c.isalnum() else "-" for c in reference)[:60]
        st.download_button(
            "Save as a case file",
            data=partial(case_file_text, kept, worked.outcome),
            file_name=f"{name}.json",
            mime="application/json",
            on_click="ignore",
            disabled=state.is_empty(),
        )
        st.download_button(
            "Save as a workbook",
            data=partial(case_workbook, kept),
            file_name=f"{name}.xlsx",
            on_click="ignore",
            disabled=state.is_empty(),
        )
        st.button(
            "Clear this case",
            on_click=_clear,
            disabled=state.is_empty(),
            help="Removes every fact of this case from this page. Save it first if you need it.",
        )
        st.caption(
            "The case is kept on this page only. Loading the page again or closing it loses the case; the "
            "browser asks first. Save it to your own machine to keep it."
        )
    opened = st.session_state.pop("open-problem", None)
    if opened:
        st.error(plain(opened))
    changes = st.session_state.get("changes")
    if changes is not None:
        _say_changes(*changes)


def _clear() -> None:
    st.session_state.pop("changes", None)
    state.replace_exits([{}])


def _open(key: str) -> None:
    """Take the facts of an uploaded file in place of those entered."""
    upload = st.session_state.get(key)
    if upload is None:
        return
    try:
        file = exits_of_upload(upload.name, upload.getvalue())
    except FileProblem as error:
        st.session_state["open-problem"] = str(error)
        return
    st.session_state["changes"] = None
    if file.saved is not None:
        st.session_state["changes"] = (file.saved.rules_version, changes_since(file))
    state.replace_exits([as_text(facts) for facts in file.exits])


def _say_changes(version: str, changes: list[Change]) -> None:
    if not changes:
        if version != VERSION:
            st.success(f"Saved under rules {version}, opened under {VERSION}: no result changed.")
        return
    st.warning(f"Saved under rules {version}, opened under {VERSION}. These results changed:")
    table(
        [
            (plain(c.case_ref), c.heading, plain(c.before) or "empty", plain(c.after) or "empty")
            for c in changes
        ],
        ("Case", "Result", "When saved", "Now"),
        "Results that changed since the case was saved",
    )


# The exits of the person


def _exit_choice() -> None:
    exits = state.exits()
    if len(exits) > 1:
        st.radio(
            "Exit",
            range(len(exits)),
            format_func=lambda place: f"Exit {place + 1}",
            captions=[plain(facts.get("exit_date") or "No date yet") for facts in exits],
            index=state.current(),
            key=f"exit-{state.drawn()}",
            on_change=_choose_exit,
            args=(f"exit-{state.drawn()}",),
            horizontal=True,
        )
    with st.container(horizontal=True):
        st.button(
            "Add another exit of this person",
            on_click=_add_exit,
            disabled=state.is_empty() or len(exits) >= MOST_EXITS,
            help="Exits of one person within 28 days share one cap. Enter each as an exit of its own.",
        )
        if len(exits) > 1:
            st.button("Remove this exit", on_click=_remove_exit)


def _choose_exit(key: str) -> None:
    state.show_exit(int(st.session_state[key]))


def _add_exit() -> None:
    exits = state.exits()
    added = [*exits, form.next_exit(exits[0], len(exits) + 1)]
    state.replace_exits(added)
    state.show_exit(len(added) - 1)


def _remove_exit() -> None:
    here = state.current()
    state.replace_exits([facts for place, facts in enumerate(state.exits()) if place != here])


# The form


def _form(worked: Worked) -> None:
    entered, row = state.exits()[state.current()], state.current()
    wrong = {p.field: p for p in worked.of(row) if p.severity is Severity.MUST_FIX}
    first = form.first_section()
    st.header(first.title)
    for field in first.fields:
        _field(field, entered, wrong)
    everything = False
    if form.scope_is_asked(entered, Triage(int(worked.outcome.triage[row]))):
        if not entered.get("exit_date"):
            st.info("Enter the date of exit to go on.")
            return
        everything = st.checkbox(
            "Go on with the other facts all the same",
            key=_key("all-the-same"),
            help="To see what was due and paid short all the same: there may be another claim.",
        )
        if not everything:
            return
    for section in form.later_sections(entered):
        if section.title == fields.PAYMENTS:
            _payments(entered, wrong)
        if section.fields:
            if section.title != fields.PAYMENTS:
                st.header(section.title)
            for field in section.fields:
                _field(field, entered, wrong)


def _payments(entered: dict[str, str], wrong: Mapping[str, Problem]) -> None:
    st.header(fields.PAYMENTS)
    st.caption(
        "Due: what would have been paid without the cap. Paid: what was paid at the exit; leave it blank "
        "if you do not know, enter 0 if nothing was paid."
    )
    added = st.multiselect(
        "Other kinds of payment",
        [kind.name for kind in KINDS if kind.name not in form.USUAL_KINDS],
        format_func=lambda name: next(k.title for k in KINDS if k.name == name),
        key=_key("kinds"),
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


def _key(name: str) -> str:
    return f"{state.drawn()}-{state.current()}-{name}"


def _field(field: Field, entered: dict[str, str], wrong: Mapping[str, Problem]) -> None:
    """One field with its help; what is entered is kept at once, what cannot be read is said under it."""
    key = _key(field.name)
    label = f"{field.heading} (needed)" if field.required else field.heading
    kept = entered.get(field.name, "")
    if field.name == "employer_name":
        value = _employer(label, field, kept, key)
    elif field.choices is not None:
        value = _choice(label, field, kept, key)
    elif field.kind is Kind.DOCUMENTS:
        value = _documents(label, field, kept, key)
    else:
        value = st.text_input(
            label,
            value=kept,
            key=key,
            help=field.help,
            placeholder=_placeholder(field),
            max_chars=5000,
        )
    problem = wrong.get(field.name)
    if problem is not None and value:
        st.error(f"{plain(field.heading)}: {plain(problem.wrong)} {plain(problem.enter)}")


def _placeholder(field: Field) -> str | None:
    if field.kind in (Kind.DAY, Kind.DAY_OR_NONE):
        return "Such as 31/12/2020"
    if field.kind in (Kind.MONEY, Kind.MONEY_OR_ALL):
        return "£"
    return None


def _choice(label: str, field: Field, kept: str, key: str) -> str | None:
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


def _documents(label: str, field: Field, kept: str, key: str) -> str:
    held = [name for name in kept.replace(",", ";").split(";") if name.strip()]
    options = [*fields.DOCUMENTS, *(name for name in held if name not in fields.DOCUMENTS)]
    chosen = st.multiselect(
        label,
        options,
        default=held,
        format_func=form.document_words,
        key=key,
        help=field.help,
        placeholder="Choose the documents you hold",
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
    """The names in the Schedule: the same for everyone."""
    return sorted({entry.words for entry in schedule() if entry.kind != "class"})


# The result


def _short_answer(worked: Worked) -> None:
    """What is owed in a line at the foot of a narrow screen, where the result lies far below the facts."""
    if _not_yet(worked) is not None:
        return
    (_, triage), *sums = summary_lines(worked.outcome, state.current())[:3]
    known = [f"{words}: **{plain(shown)}**" for words, shown in sums if shown != "Not known"]
    with st.container(key="short"):
        st.markdown(f"{' · '.join(known) or plain(triage)} · [See the result](#result)")


def _not_yet(worked: Worked) -> str | None:
    """What to enter before there is a result to show; None where there is one."""
    entered = state.exits()[state.current()]
    if not entered.get("exit_date"):
        return "The result appears here as you enter the facts."
    triage = Triage(int(worked.outcome.triage[state.current()]))
    if triage not in (Triage.ERROR, Triage.OUT_OF_SCOPE) and not form.has_payments(entered):
        return "The cap may have reached this exit. Enter the payments due and paid to see what is owed."
    return None


def _result(worked: Worked) -> None:
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
        told_beside=[field.name for field in fields.FIELDS if entered.get(field.name)],
    )


def _facts_printed(entered: Mapping[str, str]) -> None:
    """The facts, for paper only: on the screen the form shows them."""
    with st.container(key="only-printed"):
        st.markdown("### The facts entered")
        lines = [
            f"{plain(field.heading)}: **{plain(_shown(field, entered[field.name]))}**"
            for field in fields.FIELDS
            if entered.get(field.name)
        ]
        st.markdown("; ".join(lines) + ".")


def _shown(field: Field, value: str) -> str:
    if field.choices is not None:
        return form.labels(field).get(value, value)
    if field.kind is Kind.DOCUMENTS:
        return ", ".join(form.document_words(name) for name in value.split(";"))
    return value


def _after_the_answer(worked: Worked, row: int) -> None:
    """What to do with the answer: letters, and what if."""
    letters_of_case(worked.outcome, row, _key("letter"))
    _what_if(worked, row)


def _what_if(worked: Worked, row: int) -> None:
    """Change one fact or position and see old and new side by side. The case itself is not changed."""
    with st.expander("What if a fact or a position were different?"):
        choices = {f"fact:{f.name}": f.heading for f in fields.FIELDS if f.kind is not Kind.TEXT}
        choices |= {f"position:{p.name}": p.question for p in POSITIONS}
        chosen = st.selectbox(
            "What to change",
            list(choices),
            index=None,
            format_func=choices.__getitem__,
            key=_key("what-if"),
            placeholder="Choose a fact or a position",
        )
        if chosen is None:
            return
        kind, name = chosen.split(":")
        exits, positions = [dict(facts) for facts in state.exits()], worked.outcome.positions
        if kind == "fact":
            field = BY_NAME[name]
            before = exits[row].get(name, "")
            if field.choices is not None:
                value = _choice("Its other value", field, before, _key(f"if-{name}")) or ""
            else:
                value = st.text_input("Its other value", before, key=_key(f"if-{name}"))
            exits[row][name] = value
        else:
            position = next(p for p in POSITIONS if p.name == name)
            before = getattr(positions, name)
            if len(position.values) > 1:
                value = st.selectbox(
                    "Its other value",
                    position.values,
                    position.values.index(before),
                    format_func=position.said,
                    key=_key(f"if-{name}"),
                )
            else:
                value = st.text_input("Its other value", before, key=_key(f"if-{name}"))
            try:
                positions = Positions.from_mapping(
                    {**{p.name: getattr(positions, p.name) for p in POSITIONS}, name: value}
                )
            except ValueError as error:
                st.error(plain(f"{error}."))
                return
        if value == before:
            st.info("Enter another value to compare.")
            return
        other = _worked(exits, positions)
        wrong = [p for p in other.of(row) if p.severity is Severity.MUST_FIX]
        for problem in wrong:
            st.error(f"{plain(problem.wrong)} {plain(problem.enter)}")
        if wrong:
            return
        table(
            [
                (words, plain(old), plain(new))
                for (words, old), (_, new) in zip(
                    summary_lines(worked.outcome, row),
                    summary_lines(other.outcome, row),
                    strict=True,
                )
            ],
            ("Figure", "As entered", "What if"),
            "The result as entered and with the change, side by side",
        )
