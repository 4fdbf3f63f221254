"""The codes for each row: how urgent, how sure, why, what is missing, what is assumed, what to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from calculator.calculation.code_sets import CodeSets
from calculator.calculation.codes import AMBER_DAYS, ASSUMPTIONS, QUESTIONS, REASONS, RED_DAYS
from calculator.calculation.worked_rows import WorkedRows
from calculator.facts import fields
from calculator.facts.case_table import Cases
from calculator.facts.checks import CHECKS
from rules import time_limits
from rules.arrays import Codes, Counts, Mask

MISSABLE = tuple(
    f.name
    for f in fields.FIELDS
    if f.section != fields.LETTERS and f.name not in ("notes", "member_name", "checked")
)
"""Fields that the column ``missing`` may name."""


class Urgency(IntEnum):
    """How soon a claim must be issued."""

    NONE = 0
    RED = 1
    AMBER = 2
    GREEN = 3
    EXPIRED = 4
    ADVICE = 5


class Confidence(IntEnum):
    """How well the figures behind the difference are known."""

    NONE = 0
    DOCUMENTED = 1
    ESTIMATED = 2
    STATED = 3


@dataclass
class Signals:
    """The codes for each row: urgency, confidence, reasons, missing facts, assumptions, questions."""

    urgency: Codes
    confidence: Codes
    reasons: CodeSets
    missing: CodeSets
    to_check: CodeSets
    assumptions: CodeSets
    questions: CodeSets

    @classmethod
    def none(cls, size: int) -> Signals:
        """Return the signals of rows for which nothing is said yet."""
        return cls(
            urgency=np.zeros(size, dtype=np.int8),
            confidence=np.zeros(size, dtype=np.int8),
            reasons=CodeSets(REASONS, size),
            missing=CodeSets(MISSABLE, size),
            to_check=CodeSets(CHECKS, size),
            assumptions=CodeSets(ASSUMPTIONS, size),
            questions=CodeSets(QUESTIONS, size),
        )

    def put(self, rows: Counts, other: Signals) -> None:
        """Take over the signals of some rows from a table of those rows."""
        self.urgency[rows] = other.urgency
        self.confidence[rows] = other.confidence
        self.reasons.put(rows, other.reasons)
        self.missing.put(rows, other.missing)
        self.to_check.put(rows, other.to_check)
        self.assumptions.put(rows, other.assumptions)
        self.questions.put(rows, other.questions)


def urgency_of(worked: WorkedRows) -> Codes:
    """Return how soon a claim must be issued, from the earliest last day that is still open and counts."""
    next_day = worked.clocks.next_day
    days = time_limits.days_left(next_day, worked.as_at)
    applies = (
        worked.needs_data | (worked.computed & worked.owing) | worked.words_of_regulation_4_met
    )
    return np.select(
        [
            ~applies,
            worked.facts.scope.scotland,
            np.isnat(next_day),
            days <= RED_DAYS,
            days <= AMBER_DAYS,
        ],
        [
            np.int8(Urgency.NONE),
            np.int8(Urgency.ADVICE),
            np.int8(Urgency.EXPIRED),
            np.int8(Urgency.RED),
            np.int8(Urgency.AMBER),
        ],
        np.int8(Urgency.GREEN),
    )


def confidence_of(worked: WorkedRows) -> Codes:
    """Return how well the figures behind the difference are known."""
    cases = worked.cases
    notice_differs = worked.facts.payments.notice_unsure & worked.links.notice_differences_differ
    estimated = ~worked.difference.exact | worked.difference.split_assumed | notice_differs
    documented = _holds(cases, fields.DUE_DOCUMENTS) & _holds(cases, fields.PAID_DOCUMENTS)
    return np.select(
        [~worked.computed, estimated, documented],
        [
            np.int8(Confidence.NONE),
            np.int8(Confidence.ESTIMATED),
            np.int8(Confidence.DOCUMENTED),
        ],
        np.int8(Confidence.STATED),
    )


def _holds(cases: Cases, documents: Sequence[str]) -> Mask:
    bits = sum(1 << fields.DOCUMENTS.index(document) for document in documents)
    held: Mask = (cases.documents & bits) != 0
    return held
