"""The figures of letters: one flat mapping of names to words for each row, and the lines behind them.

Every word is one of the results, of the facts entered, or of the lines of the explanation; nothing is
worked out here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from calculator.calculation.assess import work_again
from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.outcome import OUTPUTS, Outcome, OutputKind
from calculator.explanation.explain import Lines, lines_of
from calculator.facts.days import shown_day
from calculator.facts.fields import BY_NAME, DOCUMENTS, Kind
from calculator.facts.money import shown_money
from calculator.letters.plan import no_unreduced_pension
from rules.arrays import Counts
from rules.choices import Consent, EmployerKind, ExitReason, PensionOutcome, Scheme, YesNo
from rules.positions import Positions

CLAIMS_AT_ONCE = 500
MOST_NAME = 200
"""Characters of a name or reference in a letter; what is longer is no name, and ends with an ellipsis."""
MOST_NOTES = 5_000
NAMES_IN_LETTERS = ("case_ref", "person_ref", "member_name", "employer_name")
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


_KIND_OF_OUTPUT = {output.name: output.kind for output in OUTPUTS}
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
_NOT_IN_LETTERS = frozenset(
    # Codes, jargon, sums of two payees, and texts that the lists of a letter hold in words.
    (
        "urgency",
        "reasons",
        "missing",
        "difference",
        "over_reduced_by",
        "headroom",
        "strain_needed_to_breach",
        "assumptions",
        "ask_employer",
    )
)
FIGURES: tuple[Figure, ...] = tuple(
    Figure(output.name, output.heading, output.kind, is_input=False)
    for output in OUTPUTS
    if output.name not in _NOT_IN_LETTERS
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
"""The figures that stand on the line of one payee only, so that none of these sums stands twice."""
LETTER_HEADS = (
    "case_ref",
    PAYEE,
    *(figure.name for figure in FIGURES if figure.name != "case_ref"),
)
"""The columns of the letter figures."""
_KINDS = {figure.name: figure.kind for figure in FIGURES}
_MONEY = tuple(name for name, kind in _KINDS.items() if kind is OutputKind.MONEY)
_DAYS = tuple(name for name, kind in _KINDS.items() if kind is OutputKind.DAY)

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_STEERING = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u2028\u2029]")


def shown_text(text: str, most: int = MOST_NAME) -> str:
    """A person's text as one line that a letter can hold.

    Characters that XML forbids, that steer the direction of text or that show nothing are left out; runs
    of spaces and line ends become one space. Text in a script that runs from right to left is isolated,
    so that it cannot turn the figures beside it round.
    """
    plain = " ".join(_STEERING.sub("", _NO_XML.sub("", text)).split())
    if len(plain) > most:
        plain = plain[: most - 1] + "…"
    if not plain.isascii() and any(unicodedata.bidirectional(c) in ("R", "AL") for c in plain):
        return f"\N{FIRST STRONG ISOLATE}{plain}\N{POP DIRECTIONAL ISOLATE}"
    return plain


@dataclass(frozen=True)
class Claim:
    """All that a letter of one row may say: its figures in words and in pence, its codes, its lines.

    ``pence`` holds only the sums that are known. ``days`` holds the days that are known.
    ``unreduced_ruled_out``: age or reason rules LGPS Regulations 2013 reg 30(7) out.
    """

    row: int
    triage: Triage
    words: dict[str, str]
    pence: dict[str, int]
    days: dict[str, date]
    lines: Lines
    unreduced_ruled_out: bool
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    assumptions: tuple[str, ...]
    questions: tuple[str, ...]
    held: tuple[str, ...]
    exit_reason: ExitReason
    employer_kind: EmployerKind
    scheme: Scheme
    pension_outcome: PensionOutcome
    settlement: YesNo
    consent: bool
    notes: str
    as_at: date
    positions: Positions

    def owed(self, name: str) -> int:
        """A sum in pence, 0 where it is not known or nothing."""
        return self.pence.get(name, 0)

    @property
    def put_right_on(self) -> date | None:
        """The day the pension was put right; None where it was not by the day of calculation."""
        day = self.days.get("pension_restored_on")
        return day if day is not None and day <= self.as_at else None

    @property
    def pension_until(self) -> str:
        """The day that the arrears run to."""
        return shown_day(self.put_right_on or self.as_at)

    @property
    def estimated(self) -> bool:
        """Whether the figures, or how they divide, are an estimate."""
        return self.words["confidence"] == "estimated"

    @property
    def computed(self) -> bool:
        """Whether there is a difference to claim at all, and not only questions."""
        return self.triage is not Triage.NEEDS_DATA

    @property
    def topped_up(self) -> bool:
        """Whether a sum has been paid since, by the day of calculation."""
        paid_on = self.days.get("top_up_date")
        sums = ("top_up_member", "top_up_scheme", "top_up_interest")
        return (
            paid_on is not None and paid_on <= self.as_at and any(self.owed(name) for name in sums)
        )


class LetterLines(NamedTuple):
    """The lines of the letter figures: of each its row and the place of its payee in PAYEES."""

    rows: Counts
    payees: Counts

    def some(self, start: int, count: int) -> LetterLines:
        """Some of the lines."""
        return LetterLines(self.rows[start : start + count], self.payees[start : start + count])

    def shows(self, name: str) -> list[bool]:
        """Of each line whether a figure stands on it."""
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
            columns[figure.name] = [shown_text(text) for text in texts]
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
        return f"{value // 2}.{value % 2 * 5}"
    return str(value)


def claims(outcome: Outcome, rows: Sequence[int]) -> Iterator[Claim]:
    """The claims of some rows, none in error, in the order given. ValueError for a row in error."""
    ruled_out = np.any([where for _, where in no_unreduced_pension(outcome)], axis=0)
    for start in range(0, len(rows), CLAIMS_AT_ONCE):
        here = np.array(rows[start : start + CLAIMS_AT_ONCE], dtype=np.int64)
        work_again(outcome, here)
        columns = figure_columns(outcome, here)
        in_words = [
            [shown(value, _KINDS[name]) for value in column] for name, column in columns.items()
        ]
        words = zip(*in_words, strict=True)
        missing = outcome.texts("missing", here)
        for place, row in enumerate(here.tolist()):
            sums = {name: columns[name][place] for name in _MONEY}
            days = {name: columns[name][place] for name in _DAYS}
            yield _claim(
                outcome,
                row,
                dict(zip(columns, next(words), strict=True)),
                {name: value for name, value in sums.items() if value is not None},
                {name: value for name, value in days.items() if value is not None},
                missing[place],
                bool(ruled_out[row]),
            )


def _claim(
    outcome: Outcome,
    row: int,
    words: dict[str, str],
    pence: dict[str, int],
    days: dict[str, date],
    missing: str,
    unreduced_ruled_out: bool,
) -> Claim:
    cases, signals = outcome.cases, outcome.signals
    documents = int(cases.documents[row])
    choices = cases.choices
    return Claim(
        row=row,
        triage=Triage(int(outcome.triage[row])),
        words=words,
        pence=pence,
        days=days,
        lines=lines_of(outcome, row),
        unreduced_ruled_out=unreduced_ruled_out,
        reasons=tuple(signals.reasons.of(row)),
        missing=tuple(code for code in missing.split(";") if code),
        assumptions=tuple(signals.assumptions.of(row)),
        questions=tuple(signals.questions.of(row)),
        held=tuple(name for place, name in enumerate(DOCUMENTS) if documents >> place & 1),
        exit_reason=ExitReason(int(choices["exit_reason"][row])),
        employer_kind=EmployerKind(int(choices["employer_kind"][row])),
        scheme=Scheme(int(choices["scheme"][row])),
        pension_outcome=PensionOutcome(int(choices["pension_outcome"][row])),
        settlement=YesNo(int(choices["settlement_agreement"][row])),
        consent=int(choices["consent_to_disclose"][row]) == Consent.YES,
        notes=shown_text(cases.text["notes"][row], MOST_NOTES),
        as_at=outcome.as_at,
        positions=outcome.positions,
    )
