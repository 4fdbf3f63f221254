"""What one letter may say: the figures of a row in words and in pence, its codes, its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from calculator.calculation.assess import work_again
from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.figures import FIGURES, figure_columns, shown
from calculator.calculation.outcome import Outcome
from calculator.calculation.output import OutputKind
from calculator.explanation.lines import Lines, lines_of
from calculator.facts.days import shown_day
from calculator.facts.fields import DOCUMENTS
from calculator.facts.text import one_line
from calculator.letters.plan import no_unreduced_pension, skip_codes
from calculator.letters.recipients import Recipient
from rules.choices import Consent, EmployerKind, ExitReason, PensionOutcome, Scheme, YesNo
from rules.late_benefits import LaterRates
from rules.positions import Positions

CLAIMS_AT_ONCE = 500
MOST_NOTES = 5_000
_LAST_DAYS = (
    "issue_by",
    "pension_lump_sum_last_day",
    "pension_instalment_last_day",
    "judicial_review_last_day",
    "idrp_last_day",
)
_OF_ARREARS = (
    "pension_arrears",
    "lump_sum_arrears",
    "pension_interest",
    "pension_interest_floor",
    "pension_interest_floor_to",
)
_NAMES = ("debtor_name", "fund_name", "ni_number", "payroll_number", "job_title")
_ADDRESSES = ("employer_address", "fund_address", "member_address")
MOST_ADDRESS = 8
_KINDS = {figure.name: figure.kind for figure in FIGURES}
_MONEY = tuple(name for name, kind in _KINDS.items() if kind is OutputKind.MONEY)
_DAYS = tuple(name for name, kind in _KINDS.items() if kind is OutputKind.DAY)


@dataclass(frozen=True)
class Claim:
    """Everything a letter of one row may say: its figures in words and in pence, its codes, its lines.

    ``pence`` and ``days`` hold only what is known.
    ``last_days`` hold the pension's two, the day to issue by and those of a review, where they are given.
    ``unreduced_ruled_out``: age or reason rules LGPS Regulations 2013 reg 30(7) out.
    ``scheme_asked``: a letter to the pension scheme is due. ``details``: names and numbers.
    """

    row: int
    triage: Triage
    words: dict[str, str]
    pence: dict[str, int]
    days: dict[str, date]
    lines: Lines
    unreduced_ruled_out: bool
    scheme_asked: bool
    urgency: str
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    assumptions: tuple[str, ...]
    questions: tuple[str, ...]
    to_check: tuple[str, ...]
    held: tuple[str, ...]
    exit_reason: ExitReason
    employer_kind: EmployerKind
    scheme: Scheme
    pension_outcome: PensionOutcome
    settlement: YesNo
    consent: bool
    died: bool
    representative: str
    last_days: dict[str, date]
    details: dict[str, str]
    addresses: dict[str, tuple[str, ...]]
    notes: str
    as_at: date
    positions: Positions
    rates: LaterRates | None

    def owed(self, name: str) -> int:
        """A sum in pence, 0 where it is unknown."""
        return self.pence.get(name, 0)

    @property
    def debtor(self) -> str:
        """Who owes it now: the successor that is entered, else the employer."""
        return self.details["debtor_name"] or self.words["employer_name"]

    @property
    def issue_by(self) -> date | None:
        """The day by which a claim is to be issued."""
        return self.last_days.get("issue_by")

    @property
    def corrected_on(self) -> date | None:
        """The day the pension was corrected; None if not by the day of calculation."""
        day = self.days.get("pension_restored_on")
        return day if day is not None and day <= self.as_at else None

    @property
    def pension_until(self) -> str:
        """The day the arrears run to, in words."""
        return shown_day(self.corrected_on or self.as_at)

    @property
    def estimated(self) -> bool:
        """Whether the figures, or how they divide, are an estimate."""
        return self.words["confidence"] == "estimated"

    @property
    def computed(self) -> bool:
        """Whether there is a difference to claim, not only questions."""
        return self.triage is not Triage.NEEDS_DATA

    @property
    def undrawn(self) -> bool:
        """Whether a deferred pension is taken as not drawn, as the day it came into payment is not known."""
        deferred = self.pension_outcome is PensionOutcome.DEFERRED
        return deferred and "pension_started_on" in self.missing

    @property
    def topped_up(self) -> bool:
        """Whether a sum has been paid since, by the day of calculation."""
        paid_on = self.days.get("top_up_date")
        sums = ("top_up_member", "top_up_scheme", "top_up_interest")
        return (
            paid_on is not None and paid_on <= self.as_at and any(self.owed(name) for name in sums)
        )


def claims(outcome: Outcome, rows: Sequence[int]) -> Iterator[Claim]:
    """Yield the claims of some rows, in the order given. ValueError for a row in error."""
    ruled_out = np.any([where for _, where in no_unreduced_pension(outcome)], axis=0)
    scheme_asked = [not code for code in skip_codes(outcome, Recipient.SCHEME)]
    for start in range(0, len(rows), CLAIMS_AT_ONCE):
        some = np.array(rows[start : start + CLAIMS_AT_ONCE], dtype=np.int64)
        work_again(outcome, some)
        columns = figure_columns(outcome, some)
        in_words = [
            [shown(value, _KINDS[name]) for value in column] for name, column in columns.items()
        ]
        words = zip(*in_words, strict=True)
        missing, urgency = outcome.texts("missing", some), outcome.texts("urgency", some)
        for index, row in enumerate(some.tolist()):
            sums = {name: columns[name][index] for name in _MONEY}
            days = {name: columns[name][index] for name in _DAYS}
            yield _claim(
                outcome,
                row,
                dict(zip(columns, next(words), strict=True)),
                {name: value for name, value in sums.items() if value is not None},
                {name: value for name, value in days.items() if value is not None},
                missing[index],
                urgency[index],
                bool(ruled_out[row]),
                scheme_asked[row],
            )


def _claim(
    outcome: Outcome,
    row: int,
    words: dict[str, str],
    pence: dict[str, int],
    days: dict[str, date],
    missing: str,
    urgency: str,
    unreduced_ruled_out: bool,
    scheme_asked: bool,
) -> Claim:
    cases, signals = outcome.cases, outcome.signals
    documents = int(cases.documents[row])
    choices = cases.choices
    outcome_of_pension = PensionOutcome(int(choices["pension_outcome"][row]))
    if outcome_of_pension is PensionOutcome.DEFERRED and "pension_started_on" in missing.split(";"):
        # They hold only if nothing has been drawn.
        words = {**words, **dict.fromkeys(_OF_ARREARS, "")}
        pence = {name: sum_ for name, sum_ in pence.items() if name not in _OF_ARREARS}
        days = {name: day for name, day in days.items() if name not in _OF_ARREARS}
    return Claim(
        row=row,
        triage=Triage(int(outcome.triage[row])),
        words=words,
        pence=pence,
        days=days,
        lines=lines_of(outcome, row),
        unreduced_ruled_out=unreduced_ruled_out,
        scheme_asked=scheme_asked,
        urgency=urgency,
        reasons=tuple(signals.reasons.of(row)),
        missing=tuple(code for code in missing.split(";") if code),
        assumptions=tuple(signals.assumptions.of(row)),
        questions=tuple(signals.questions.of(row)),
        to_check=tuple(signals.to_check.of(row)),
        held=tuple(name for bit, name in enumerate(DOCUMENTS) if documents >> bit & 1),
        exit_reason=ExitReason(int(choices["exit_reason"][row])),
        employer_kind=EmployerKind(int(choices["employer_kind"][row])),
        scheme=Scheme(int(choices["scheme"][row])),
        pension_outcome=outcome_of_pension,
        settlement=YesNo(int(choices["settlement_agreement"][row])),
        consent=int(choices["consent_to_disclose"][row]) == Consent.YES,
        died=not np.isnat(cases.days["died_on"][row]),
        representative=one_line(cases.text["representative_name"][row]),
        last_days={name: day for name in _LAST_DAYS if (day := outcome.day(name, row)) is not None},
        details={name: one_line(cases.text[name][row]) for name in _NAMES},
        addresses={name: _lines(cases.text[name][row]) for name in _ADDRESSES},
        notes=one_line(cases.text["notes"][row], MOST_NOTES),
        as_at=outcome.as_at,
        positions=outcome.positions,
        rates=outcome.rates,
    )


def _lines(text: str) -> tuple[str, ...]:
    """The lines of an address; one of a single line is divided at its commas."""
    if not text:
        return ()
    parts = text.splitlines() if "\n" in text else text.split(",")
    return tuple(line for part in parts if (line := one_line(part)))[:MOST_ADDRESS]
