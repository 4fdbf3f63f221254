"""Results as text for a terminal: one case explained, or a table summed up."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from calculator.calculation.outcome import Outcome
from calculator.calculation.summary import summary_of
from calculator.explanation.explain import Explanation
from calculator.facts.days import shown_day
from calculator.facts.money import shown_money
from calculator.facts.problems import Problem
from calculator.facts.text import shortened
from rules import VERSION
from rules.exit_payments import Payee


def in_words(
    outcome: Outcome, row: int, explanation: Explanation, problems: Sequence[Problem], width: int
) -> str:
    """Return one case explained: the answer, why, the working line by line with the law, what is missing."""

    def wrapped(text: str, indent: str = "") -> str:
        return textwrap.fill(text, width, initial_indent=indent, subsequent_indent=indent)

    results = outcome.row(row)
    title = " · ".join(
        part for part in (results["triage"], results["urgency"], results["confidence"]) if part
    ).replace("_", " ")
    lines = [f"{shortened(explanation.case_ref or 'Case')}: {title}", ""]
    lines += [wrapped(line) for line in explanation.headline]
    sections = (
        ("Problems", [f"{p.field}: {p.wrong} {p.enter} ({p.severity})" for p in problems]),
        ("Note", explanation.reasons),
    )
    for heading, texts in sections:
        if texts:
            lines += ["", heading, *(wrapped(f"- {text}", "  ") for text in texts)]
    if explanation.groups:
        lines += ["", "Working"]
    for group in explanation.groups:
        lines += ["", f"  {group.heading}"]
        for number, step in group.numbered():
            dots = "." * max(2, width - 4 - len(f"{number}. {step.label}{step.formatted}"))
            lines.append(f"  {number}. {step.label} {dots} {step.formatted}")
            lines.append(wrapped(step.working, "     "))
            lines.extend(f"     {c.label} <{c.url}> ({c.seen})" for c in step.citations)
    for heading, texts in (
        ("Assumed", explanation.assumptions),
        ("Missing", explanation.missing),
        ("Ask the employer", explanation.questions),
    ):
        if texts:
            lines += ["", heading, *(wrapped(f"- {text}", "  ") for text in texts)]
    lines += ["", f"Calculated as at {shown_day(outcome.as_at)}, rules {VERSION}."]
    return "\n".join(lines)


def table_summary(outcome: Outcome) -> Iterator[str]:
    """Return a table summed up in lines: rows read, triage, urgency, and money by payee, never added."""
    summary = summary_of(outcome)
    yield f"{summary.read} rows read: {summary.computed} calculated, {summary.in_error} in error."
    for line in summary.triages:
        yield f"  {line.name}: {line.cases}"
    urgencies = [f"{band.name.lower()} {count}" for band, count in summary.urgency.items() if count]
    if urgencies:
        yield f"Urgency: {', '.join(urgencies)}."
    for payee, words in ((Payee.MEMBER, "members"), (Payee.SCHEME, "pension schemes")):
        yield f"Owed to {words}, with interest: {shown_money(summary.owed[payee])}."
    yield (
        f"As at {shown_day(outcome.as_at)}, rules {VERSION}. Positions: "
        f"{outcome.positions.described()}."
    )
