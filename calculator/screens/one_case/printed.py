"""One exit as it is printed: the facts, the answer and every part of the result, in one piece of HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from calculator.calculation.outcome import Outcome
from calculator.calculation.to_check import check_words
from calculator.explanation.answer import answer_of, block_of
from calculator.explanation.blocks import (
    Block,
    assumed_of,
    last_days_of,
    notes_of,
    owed_of,
    payments_of,
    pension_life_of,
    pension_of,
    tax_of,
)
from calculator.explanation.charts import payments_and_cap, pension_over_time
from calculator.explanation.explain import explain
from calculator.explanation.words import LIMITS
from calculator.facts.days import shown_day
from calculator.facts.problems import Problem
from calculator.one_case.tasks import given_facts
from calculator.one_case.values import words_of
from calculator.screens.hypertext import block_html, heading, paragraph, working_table
from calculator.screens.result import words_of_problem
from rules import VERSION


def printed_case(
    outcome: Outcome, row: int, problems: Sequence[Problem], entered: Mapping[str, str]
) -> str:
    """Write one exit for paper: its name, the answer, each part of the result, the working."""
    made = f"Exit cap: what is still owed. As at {shown_day(outcome.as_at)}, rules {VERSION}."
    texts = outcome.cases.text
    name = " · ".join(filter(None, (texts["case_ref"][row], texts["member_name"][row])))
    parts = [
        heading(1, name or "Case"),
        paragraph(made),
        block_html(block_of(answer_of(outcome, row, problems))),
        *map(block_html, _to_do(outcome, row, problems)),
    ]
    facts = Block("Facts entered", columns=("Fact", "Entered"), lines=_facts(entered))
    if outcome.cases.in_error[row]:
        parts += [block_html(facts), paragraph(LIMITS)]
    else:
        explanation = explain(outcome, row)
        parts += map(block_html, (*last_days_of(outcome, row), facts, *_result(outcome, row)))
        parts += [heading(2, "Working"), working_table(explanation, zero=True)]
        parts += map(block_html, assumed_of(outcome, explanation))
    return "".join(parts)


def _to_do(outcome: Outcome, row: int, problems: Sequence[Problem]) -> Iterator[Block]:
    if problems:
        yield Block("To correct or confirm", points=tuple(map(words_of_problem, problems)))
    if check := [
        check_words(outcome.cases, row, code) for code in outcome.signals.to_check.of(row)
    ]:
        yield Block("To check before a letter", points=tuple(check))


def _facts(entered: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (field.heading, words_of(field, entered[field.name]))
        for _, held in given_facts(entered)
        for field in held
    )


def _result(outcome: Outcome, row: int) -> Iterator[Block]:
    yield from owed_of(outcome, row)
    yield from payments_of(outcome, row)
    if words := payments_and_cap(outcome, row).words:
        yield Block("The payments against the cap", (words,))
    yield from pension_of(outcome, row)
    yield from pension_life_of(pension_over_time(outcome, row))
    yield from tax_of(outcome, row)
    yield from notes_of(outcome, row)
