"""The figures of a table by name, and by payee: what letters, mail-merge files and workbooks show.

Every figure is a result or a fact entered; nothing is calculated here.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from calculator.calculation.outcome import Outcome
from calculator.calculation.output import OutputKind, plain_weeks
from calculator.calculation.result_columns import OUTPUTS
from calculator.facts.days import shown_day
from calculator.facts.fields import BY_NAME, Kind
from calculator.facts.money import shown_money
from calculator.facts.text import one_line
from rules.arrays import Counts

_KIND_OF_INPUT = {
    Kind.TEXT: OutputKind.TEXT,
    Kind.MONEY: OutputKind.MONEY,
    Kind.DAY: OutputKind.DAY,
}


class Figure(NamedTuple):
    """One figure of a row that letters may show: its name, what it says, how it is held, whose it is."""

    name: str
    says: str
    kind: OutputKind
    is_input: bool


_INPUTS = (
    ("member_name", "The member's name"),
    ("exit_date", "Day of the exit"),
    ("date_of_birth", "Member's date of birth"),
    ("service_start", "First day of continuous service"),
    ("payment_date", "Day of the member's last exit payment"),
    ("due_date", "Day the payment was due"),
    ("strain_due_date", "Day the strain was or would have been invoiced"),
    ("annual_salary", "Annual salary at the exit"),
    ("cash_alternative_paid", "Cash alternative paid to the member"),
    ("member_funded_strain", "Strain the member paid personally"),
    ("top_up_member", "Since paid to the member"),
    ("top_up_scheme", "Since paid to the pension scheme"),
    ("top_up_interest", "Since paid as interest"),
    ("top_up_date", "Day of what has been paid since"),
    ("pension_restored_on", "Day the unreduced pension came into payment"),
    ("pension_due", "Yearly pension at exit, unreduced"),
    ("pension_paid", "Yearly pension at exit, in payment"),
    ("lump_sum_due", "Pension lump sum, unreduced"),
    ("lump_sum_paid", "Pension lump sum, paid"),
)
FIGURES: tuple[Figure, ...] = tuple(
    Figure(output.name, output.heading, output.kind, is_input=False)
    for output in OUTPUTS
    if output.in_letters
) + tuple(
    Figure(name, says, _KIND_OF_INPUT[BY_NAME[name].kind], is_input=True) for name, says in _INPUTS
)
"""Every figure by the name it has in letters, in mail-merge files and in the sheet Letter figures."""
FIGURE = {figure.name: figure for figure in FIGURES}
PAYEE = "payee"
"""The column of the letter figures that says to whom the sums of a line are owed: one of PAYEES."""
PAYEES = ("member", "scheme")
OF_PAYEE = {
    name.format(payee): payee
    for payee in PAYEES
    for name in (
        *("{}_shortfall", "{}_outstanding", "{}_interest", "{}_daily_interest", "interest_from_{}"),
        *("{}_total", "{}_total_low", "{}_total_high", "top_up_{}"),
    )
}
"""The figures of one payee, shown on its line only, so that no sum is counted twice."""
LETTER_HEADS = (
    "case_ref",
    PAYEE,
    *(figure.name for figure in FIGURES if figure.name != "case_ref"),
)
"""The columns of the letter figures."""


class LetterLines(NamedTuple):
    """The lines of the letter figures: of each its row and the place of its payee in PAYEES."""

    rows: Counts
    payees: Counts

    def some(self, start: int, count: int) -> LetterLines:
        """Return some of the lines."""
        return LetterLines(self.rows[start : start + count], self.payees[start : start + count])

    def shows(self, name: str) -> list[bool]:
        """Tell for each line whether it shows a figure."""
        if name not in OF_PAYEE:
            return [True] * len(self.rows)
        shows: list[bool] = (self.payees == PAYEES.index(OF_PAYEE[name])).tolist()
        return shows


def letter_lines(outcome: Outcome) -> LetterLines:
    """A line for each case and payee with something owed, in the order of the table, the member first."""
    totals = [outcome.figures(f"{payee}_total") for payee in PAYEES]
    owed = np.column_stack([total.filled & (total.values > 0) for total in totals])
    return LetterLines(*np.nonzero(owed))


def figure_columns(outcome: Outcome, rows: Counts) -> dict[str, list[Any]]:
    """Each figure of some rows by name: pence, days and numbers as they are, text; None where empty."""
    columns: dict[str, list[Any]] = {}
    for figure in FIGURES:
        if figure.kind is OutputKind.TEXT:
            texts = (
                outcome.cases.text[figure.name][rows].tolist()
                if figure.is_input
                else outcome.texts(figure.name, rows)
            )
            columns[figure.name] = [one_line(text) for text in texts]
            continue
        if not figure.is_input:
            column = outcome.figures(figure.name)
            values, filled = column.values[rows], column.filled[rows]
        elif figure.kind is OutputKind.DAY:
            values = outcome.cases.days[figure.name][rows]
            filled = ~np.isnat(values)
        else:
            values = outcome.cases.money[figure.name][rows]
            filled = outcome.cases.known[figure.name][rows]
        columns[figure.name] = [
            value if full else None
            for value, full in zip(values.tolist(), filled.tolist(), strict=True)
        ]
    return columns


def shown(value: Any, kind: OutputKind) -> str:
    """A figure as a letter shows it: ``£1,234.56``, ``31 December 2020``, ``28.5``; "" where empty."""
    if value is None:
        return ""
    if kind is OutputKind.MONEY:
        return shown_money(value)
    if kind is OutputKind.DAY:
        return shown_day(value)
    if kind is OutputKind.HALVES:
        return plain_weeks(value)
    return str(value)
