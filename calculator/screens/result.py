"""One exit's result: the answer card, and below it one part at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from types import MappingProxyType

import streamlit as st

from calculator.calculation.codes import TRIAGES
from calculator.calculation.outcome import Outcome
from calculator.calculation.to_check import check_words
from calculator.explanation.answer import answer_of
from calculator.explanation.blocks import (
    Block,
    assumed_of,
    last_days_of,
    notes_of,
    pension_life_of,
    pension_of,
    tax_of,
)
from calculator.explanation.charts import payments_and_cap, pension_over_time, timeline
from calculator.explanation.explain import explain
from calculator.explanation.words import plural
from calculator.facts.days import shown_day
from calculator.facts.fields import BY_NAME
from calculator.facts.money import shown_money
from calculator.facts.problems import Problem, Severity
from calculator.one_case.values import problem_words
from calculator.screens import drawings
from calculator.screens.answer_card import show_card
from calculator.screens.hypertext import working_table
from calculator.screens.parts import escape_markdown, table

_PAYEES = (("member", "the member"), ("scheme", "the pension scheme"))


def show_result(
    outcome: Outcome,
    row: int,
    problems: Sequence[Problem],
    parts: Mapping[str, Callable[[], None]] = MappingProxyType({}),
    show_problems: Callable[[], None] | None = None,
    to_check: Callable[[], None] | None = None,
    do_next: Callable[[], None] | None = None,
    key: str = "result-part",
) -> None:
    """Show the answer card of one row of an outcome, and below it the part of the result that is chosen.

    ``parts`` are further parts, by name. ``do_next`` draws the buttons at the foot of the card,
    ``to_check`` what is to be checked before a letter, ``show_problems`` what is to be corrected; without
    them the sentences alone are shown.
    """
    show_card(answer_of(outcome, row, problems), do_next)
    if show_problems is not None:
        show_problems()
    else:
        show_sentences(problems)
    if to_check is not None:
        to_check()
    else:
        for code in outcome.signals.to_check.of(row):
            st.warning(
                f"To check before a letter: {escape_markdown(check_words(outcome.cases, row, code))}"
            )
    if outcome.cases.in_error[row]:
        return
    shown: dict[str, Callable[[], None]] = {
        "Answer": partial(_answer, outcome, row),
        **{name: show for name, show in parts.items() if name == "Letters"},
        "Working": partial(_working, outcome, row, key),
        **{name: show for name, show in parts.items() if name != "Letters"},
    }
    with st.container(key="part-choice"):
        chosen = st.segmented_control(
            "Part of the result", list(shown), default="Answer", key=key, required=True
        )
    shown[chosen or "Answer"]()


def _answer(outcome: Outcome, row: int) -> None:
    """Show what is missing and to be asked, the last days, the charts, the pension, the tax."""
    _show(notes_of(outcome, row))
    _show(last_days_of(outcome, row))
    _charts(outcome, row)
    _pension(outcome, row)
    _show(tax_of(outcome, row))


def _working(outcome: Outcome, row: int, key: str) -> None:
    """Show the working in groups, its lines of £0.00 only if asked for, and what is assumed."""
    explanation = explain(outcome, row)
    if explanation.steps:
        with st.container(key="working"):
            st.markdown("### The working, line by line")
            zero = sum(step.is_nothing for step in explanation.steps)
            shown = bool(zero) and st.checkbox(
                f"Show also {plural(zero, 'line')} of £0.00", key=f"{key}-zero"
            )
            st.html(working_table(explanation, zero=shown))
    _show(assumed_of(outcome, explanation))


def _show(blocks: Iterable[Block]) -> None:
    for block in blocks:
        st.markdown(f"### {escape_markdown(block.heading)}")
        for sentence in block.sentences:
            st.markdown(escape_markdown(sentence))
        if block.points:
            st.markdown("\n".join(f"- {escape_markdown(point)}" for point in block.points))
        if block.lines:
            lines = [tuple(map(escape_markdown, line)) for line in block.lines]
            table(lines, block.columns, block.heading)
        for note in block.notes:
            st.caption(escape_markdown(note))


def show_sentences(problems: Sequence[Problem]) -> None:
    """Say what is wrong and what is to be confirmed, in one box for each."""
    for severity, say in ((Severity.MUST_FIX, st.error), (Severity.PLEASE_CONFIRM, st.warning)):
        lines = [
            f"- {escape_markdown(words_of_problem(problem))}"
            for problem in problems
            if problem.severity is severity
        ]
        if lines:
            say(f"{severity.value.capitalize()}:\n\n" + "\n".join(lines))


def words_of_problem(problem: Problem) -> str:
    """Name the field of a problem, and say what is wrong and what to enter."""
    field = BY_NAME.get(problem.field)
    if field is None:
        return f"{problem.wrong} {problem.enter}"
    return f"{field.heading}: {problem_words(field, problem)}"


def _charts(outcome: Outcome, row: int) -> None:
    chart = payments_and_cap(outcome, row)
    if not chart.bars:
        return
    with st.container(key="not-printed"):
        st.markdown("### The payments against the cap")
        drawings.payments(chart)
        st.caption(escape_markdown(chart.words))
        line = timeline(outcome, row)
        if line.events:
            st.markdown("### The days of this case")
            drawings.days(line)
            st.caption(escape_markdown(line.words))


def _pension(outcome: Outcome, row: int) -> None:
    """Show what the pension lost, apart from what the employer owes, and how it went on."""
    _show(pension_of(outcome, row))
    life = pension_over_time(outcome, row)
    if life.points:
        drawings.pension(life)
        _show(pension_life_of(life))


def summary_lines(outcome: Outcome, row: int) -> list[tuple[str, str]]:
    """List the figures to compare side by side: a label and the formatted figure."""
    results = outcome.row(row)
    lines = [("Result", TRIAGES[results["triage"]])]
    for payee, words in _PAYEES:
        total = outcome.figure(f"{payee}_total", row)
        lines.append((f"Owed to {words}", shown_money(total) if total is not None else "Not known"))
    for name, words in (("contract", "Last day, contract"), ("statute", "Last day, SI 2021/197")):
        last = results[f"{name}_last_day"]
        lines.append((words, shown_day(date.fromisoformat(last)) if last else "None"))
    issue_by = outcome.day("issue_by", row)
    lines.append(("Issue a claim by", shown_day(issue_by) if issue_by else "None"))
    return lines
