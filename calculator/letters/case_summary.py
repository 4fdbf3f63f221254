"""The case summary: the exits of one person on a page each, for the file, a solicitor or a colleague."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np

from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.codes import STATUSES
from calculator.calculation.outcome import Outcome
from calculator.explanation.answer import answer_of, block_of
from calculator.explanation.blocks import NOTHING, Block, last_days, payments_of
from calculator.explanation.cap import cap_steps
from calculator.explanation.deadlines import deadline_steps
from calculator.explanation.difference import difference_steps
from calculator.explanation.explain import explain
from calculator.explanation.interest import interest_steps
from calculator.explanation.lines import lines_of
from calculator.explanation.pension import pension_steps
from calculator.explanation.redundancy import redundancy_steps
from calculator.explanation.scope import scope_steps
from calculator.explanation.steps import Step, explained_row
from calculator.explanation.words import LIMITS, WARNING
from calculator.facts.choice_words import labels
from calculator.facts.days import shown_day
from calculator.facts.fields import BY_NAME, DOCUMENTS
from calculator.facts.money import shown_money
from calculator.facts.text import one_line
from calculator.letters.words import DOCUMENT_WORDS
from rules import VERSION
from rules.exit_payments import Payee
from rules.sources import Citation

_FACTS = (
    *("date_of_birth", "died_on", "representative_name", "employer_kind", "nation", "debtor_name"),
    *("exit_reason", "service_start", "notice_given_on", "annual_salary", "weekly_pay"),
    *("payment_date", "due_date", "strain_due_date", "cap_applied", "entitlement"),
    *("relaxed_amount", "cash_alternative_paid", "member_funded_strain", "total_paid"),
    *("top_up_member", "top_up_scheme", "top_up_interest", "top_up_date", "acknowledged_on"),
    *("scheme", "pension_outcome", "pension_started_on", "pension_restored_on"),
    *("pension_due", "pension_paid", "lump_sum_due", "lump_sum_paid"),
    *("settlement_agreement", "consent_to_disclose"),
)
_CONSENT = "Consent to name the union"
_CODE = re.compile(r" \([a-z_]+\)$")


def case_summary_pdf(outcome: Outcome) -> bytes:
    """Make the summary of the exits of one person as a PDF, each exit on a page.

    FileProblem where Typst is not installed, or no font has all the characters.
    """
    from calculator.letters.word.summary_pdf import summary_pdf

    return summary_pdf(summary_of_case(outcome), outcome.as_at)


def summary_of_case(outcome: Outcome) -> dict[str, Any]:
    """Give what the summary says, as texts and tables of texts."""
    rows = range(outcome.cases.size)
    texts = outcome.cases.text
    names = list(dict.fromkeys(one_line(texts["member_name"][row]) for row in rows))
    references = list(dict.fromkeys(one_line(texts["case_ref"][row]) for row in rows))
    who = ", ".join(filter(None, names))
    return {
        "title": f"Case summary: {who}" if who else "Case summary",
        "as_at": shown_day(outcome.as_at),
        "foot": " · ".join([*filter(None, references), f"rules {VERSION}"]),
        "limits": f"{LIMITS} {WARNING}",
        "people": [_line(outcome, row) for row in rows] if len(rows) > 1 else [],
        "exits": [_exit(outcome, row) for row in rows],
    }


def _line(outcome: Outcome, row: int) -> list[str]:
    """One exit among several: which, the result, and what each recipient is owed."""
    results = outcome.row(row)
    totals = [outcome.figure(f"{payee}_total", row) for payee in Payee]
    return [
        one_line(results["case_ref"]),
        _day(_exit_date(outcome, row)),
        one_line(results["employer_name"]),
        STATUSES[results["triage"]],
        *(NOTHING if total is None else shown_money(total) for total in totals),
    ]


def _exit(outcome: Outcome, row: int) -> dict[str, Any]:
    explanation = explain(outcome, row)
    results, in_error = outcome.row(row), bool(outcome.cases.in_error[row])
    employer = one_line(results["employer_name"])
    answer = block_of(answer_of(outcome, row))
    steps = [] if in_error else list(_steps(outcome, row))
    return {
        "heading": " · ".join(
            part
            for part in (
                one_line(results["case_ref"]),
                f"exit on {_day(_exit_date(outcome, row))}",
                employer,
            )
            if part
        ),
        "verdict": " ".join(explanation.headline) if in_error else answer.heading,
        "sums": [[*line] for line in answer.lines],
        "notes": " ".join((*answer.notes, *explanation.reasons)),
        "deadlines": [[*line] for line in last_days(outcome, row)],
        "facts": list(_facts(outcome, row)),
        "payments": [] if in_error else _lines(payments_of(outcome, row)),
        "working": [
            [step.label, step.formatted, _first(step.working)]
            for step in steps
            if not step.is_nothing
        ],
        "sources": "" if in_error else _sources(_laws(outcome, row, steps)),
        "unknown": "; ".join(_CODE.sub("", words) for words in explanation.missing),
    }


def _steps(outcome: Outcome, row: int) -> Iterator[Step]:
    """The steps from what was due to the difference and its interest; what the tables hold is left out."""
    explained, triage = explained_row(outcome, row), Triage(int(outcome.triage[row]))
    yield from scope_steps(explained)
    yield from redundancy_steps(explained)
    yield from cap_steps(explained)
    yield from difference_steps(explained, triage)
    if triage >= Triage.NEEDS_DATA:
        yield from pension_steps(explained)
    if triage >= Triage.REPAIRED:
        yield from interest_steps(explained)


def _laws(outcome: Outcome, row: int, steps: Sequence[Step]) -> Iterator[Citation]:
    """The provisions of the working, of the payments and of the last days."""
    yield from (law for step in steps for law in step.citations)
    yield from (line.citation for line in lines_of(outcome, row).payments)
    explained = explained_row(outcome, row)
    yield from (law for step in deadline_steps(explained, True) for law in step.citations)


def _first(working: str) -> str:
    """The first sentence of a working; all of it where it has none."""
    end = working.find(". ")
    return working if end < 0 else working[: end + 1]


def _lines(blocks: Iterator[Block]) -> list[list[str]]:
    """Return the lines of the tables of some blocks."""
    return [[*line] for block in blocks for line in block.lines]


def _facts(outcome: Outcome, row: int) -> Iterator[list[str]]:
    for name in _FACTS:
        if said := _said(outcome, row, name):
            yield [_CONSENT if name == "consent_to_disclose" else BY_NAME[name].heading, said]
    held = int(outcome.cases.documents[row])
    documents = [DOCUMENT_WORDS[name] for bit, name in enumerate(DOCUMENTS) if held >> bit & 1]
    if documents:
        yield ["Documents held", "; ".join(documents)]


def _said(outcome: Outcome, row: int, name: str) -> str:
    """A fact as it was entered, "" where it was not."""
    cases = outcome.cases
    if name in cases.choices:
        kinds = BY_NAME[name].choices
        value = int(cases.choices[name][row])
        return labels(BY_NAME[name])[kinds(value).name.lower()] if kinds and value else ""
    if name in cases.days:
        day = cases.days[name][row]
        return "" if np.isnat(day) else shown_day(day.astype(object))
    if name in cases.money:
        return shown_money(int(cases.money[name][row])) if cases.known[name][row] else ""
    return one_line(cases.text[name][row])


def _sources(laws: Iterable[Citation]) -> str:
    """Sources in one text, each once with its provisions."""
    provisions: dict[str, dict[str, None]] = {}
    for law in laws:
        provisions.setdefault(law.source.short, {})[law.pinpoint] = None
    return "; ".join(
        f"{short} {', '.join(filter(None, points))}".strip() for short, points in provisions.items()
    )


def _exit_date(outcome: Outcome, row: int) -> date | None:
    day = outcome.cases.days["exit_date"][row]
    return None if np.isnat(day) else day.astype(object)


def _day(day: date | None) -> str:
    return shown_day(day) if day is not None else "a day not known"
