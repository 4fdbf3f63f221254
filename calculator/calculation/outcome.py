"""The outcome of a table of cases: every output column, typed, with a mask of which cells are filled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import IntEnum

import numpy as np

from calculator.calculation.assumptions import (
    assumption_words,
    set_assumptions,
    set_questions,
)
from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.codes import QUESTIONS
from calculator.calculation.missing_facts import set_missing
from calculator.calculation.output import OutputKind, ResultColumn
from calculator.calculation.reasons import set_reasons
from calculator.calculation.result_columns import OUTPUT, OUTPUT_NAMES, OUTPUTS
from calculator.calculation.signals import Confidence, Signals, Urgency, confidence_of, urgency_of
from calculator.calculation.to_check import set_to_check
from calculator.calculation.worked_rows import WorkedRows
from calculator.facts.case_table import Cases
from calculator.facts.columns import Column
from rules import VERSION
from rules.arrays import Codes, Counts, Mask
from rules.late_benefits import LaterRates
from rules.positions import Positions

Rows = slice | Counts
"""Some rows of a table: a run of them, or their indexes."""


class Outcome:
    """The result of :func:`calculator.calculation.assess.assess` for a whole table, row by row as the input.

    Holds the cases, positions and day it was calculated from, and the output columns. Of the intermediate
    quantities only the rows calculated last are kept; :func:`calculator.calculation.assess.rows_with`
    calculates others again when one is to be explained. ``otherwise`` keeps, by what and by row, the
    results if a fact that is not known were otherwise, once somebody has asked. Rows in error have only their references, reasons
    and what is missing.
    """

    def __init__(
        self,
        cases: Cases,
        positions: Positions,
        as_at: date,
        rates: LaterRates | None = None,
    ) -> None:
        self.cases = cases
        self.positions = positions
        self.as_at = as_at
        self.rates = rates
        self.triage: Codes = np.zeros(cases.size, dtype=np.int8)
        self.signals = Signals.none(cases.size)
        self.unknown_links: dict[int, list[int]] = {}
        self.last_rows: WorkedRows | None = None
        self.otherwise: dict[tuple[str, int], list[tuple[Outcome, int]]] = {}
        self._figures = {
            output.name: ResultColumn.empty(output.kind, cases.size)
            for output in OUTPUTS
            if output.fill is not None
        }
        self._figures["as_at"].values[:] = as_at
        self._figures["as_at"].filled[:] = True
        self._mark_errors()

    def put(self, worked: WorkedRows) -> None:
        """Take over the results of rows calculated together."""
        self.triage[worked.rows] = worked.triage
        self.unknown_links |= worked.unknown_links
        for name, column in self._figures.items():
            fill = OUTPUT[name].fill
            if fill is not None:
                column.values[worked.rows], column.filled[worked.rows] = fill(worked)
        self.signals.put(worked.rows, signals_of(worked))
        self.last_rows = worked

    @property
    def words_of_regulation_4_met(self) -> Mask:
        """Rows out of scope by the day of exit alone whose payment meets regulation 4(2)(a).

        No other row out of scope has an urgency.
        """
        met: Mask = (self.triage == Triage.OUT_OF_SCOPE) & (self.signals.urgency != Urgency.NONE)
        return met

    def _mark_errors(self) -> None:
        reasons: dict[str, list[int]] = {}
        missing: dict[str, list[int]] = {}
        for problem in self.cases.problems:
            reasons.setdefault(problem.code, []).append(problem.row)
            if problem.code in ("required_missing", "top_up_without_date"):
                missing.setdefault(problem.field, []).append(problem.row)
        for codes, rows_by_code in (
            (self.signals.reasons, reasons),
            (self.signals.missing, missing),
        ):
            for code, rows in rows_by_code.items():
                where = np.zeros(self.cases.size, dtype=bool)
                where[rows] = True
                codes.add(code, where)

    def figures(self, name: str) -> ResultColumn:
        """Return a column of money, days or numbers. KeyError for a text column."""
        return self._figures[name]

    def figure(self, name: str, row: int) -> int | None:
        """Return an amount or number of one row, None where it is empty. KeyError for a text column."""
        column = self.figures(name)
        return int(column.values[row]) if column.filled[row] else None

    def day(self, name: str, row: int) -> date | None:
        """Return a day of one row, None where it is empty. KeyError for a text column."""
        column = self.figures(name)
        day: date | None = column.values[row].astype(object) if column.filled[row] else None
        return day

    def texts(self, name: str, rows: Rows = slice(None)) -> list[str]:
        """Return any output column as text for CSV and JSON, "" where empty; of all rows or of some."""
        if name in _TEXTS:
            return self.column(name, rows).tolist()
        column = self.figures(name)
        return ResultColumn(column.kind, column.values[rows], column.filled[rows]).texts()

    def text(self, name: str, row: int) -> str:
        """Return one output of one row as text, "" where empty."""
        return self.texts(name, slice(row, row + 1))[0]

    def column(self, name: str, rows: Rows = slice(None)) -> Column:
        """Return a text column of all rows or of some. KeyError for a figure."""
        return _TEXTS[name](self, rows)

    def row(self, row: int) -> dict[str, str]:
        """Return all outputs of one row as text, in the order of the columns."""
        return {name: self.texts(name, slice(row, row + 1))[0] for name in OUTPUT_NAMES}


def signals_of(worked: WorkedRows) -> Signals:
    """Return the codes of rows calculated together."""
    signals = Signals.none(len(worked.rows))
    signals.urgency = urgency_of(worked)
    signals.confidence = confidence_of(worked)
    set_reasons(signals.reasons, worked)
    set_missing(signals, worked)
    set_to_check(signals.to_check, worked)
    set_assumptions(signals.assumptions, worked)
    set_questions(signals, worked)
    return signals


def _of_input(name: str) -> Callable[[Outcome, Rows], Column]:
    return lambda outcome, rows: outcome.cases.text[name][rows]


def _missing(outcome: Outcome, rows: Rows) -> Column:
    column = outcome.signals.missing.column(";", rows=rows)
    texts, which = column.listed(), column.which
    numbers = np.arange(outcome.cases.size)[rows]
    for index in np.flatnonzero(np.isin(numbers, list(outcome.unknown_links))).tolist():
        others = outcome.unknown_links[int(numbers[index])]
        references = [f"case:{outcome.cases.text['case_ref'][other]}" for other in others]
        text = texts[which[index]]
        which[index] = len(texts)
        texts.append(";".join([text, *references] if text else references))
    return column


def _assumptions(outcome: Outcome, rows: Rows) -> Column:
    column = outcome.signals.assumptions.column(" ", assumption_words(outcome.rates), rows)
    positions = f"Positions: {outcome.positions.described()}."
    texts = [f"{text} {positions}".strip() for text in column.values]
    which = np.where(outcome.cases.in_error[rows], len(texts), column.which)
    return Column([*texts, ""], which)


def _names(codes: type[IntEnum], values: Codes) -> Column:
    words = {member.value: member.name.lower() for member in codes}
    if "NONE" in codes.__members__:
        words[codes["NONE"].value] = ""
    return Column([words.get(value, "") for value in range(max(words) + 1)], values)


_TEXTS: dict[str, Callable[[Outcome, Rows], Column]] = {
    "case_ref": _of_input("case_ref"),
    "person_ref": _of_input("person_ref"),
    "employer_name": _of_input("employer_name"),
    "triage": lambda outcome, rows: _names(Triage, outcome.triage[rows]),
    "urgency": lambda outcome, rows: _names(Urgency, outcome.signals.urgency[rows]),
    "confidence": lambda outcome, rows: _names(Confidence, outcome.signals.confidence[rows]),
    "reasons": lambda outcome, rows: outcome.signals.reasons.column(";", rows=rows),
    "missing": _missing,
    "to_check": lambda outcome, rows: outcome.signals.to_check.column(";", rows=rows),
    "assumptions": _assumptions,
    "ask_employer": lambda outcome, rows: outcome.signals.questions.column(" ", QUESTIONS, rows),
    "rules_version": lambda outcome, rows: Column([VERSION], np.zeros_like(outcome.triage[rows])),
}
if {output.name for output in OUTPUTS if output.kind is OutputKind.TEXT} != set(_TEXTS):
    raise ValueError("each text output needs its function in _TEXTS, and only those")
