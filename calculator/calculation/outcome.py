"""The outcome of a table of cases: every output column, typed, with a mask of which cells are filled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from calculator.calculation.cap_and_difference import Basis, CapResult, Difference, Owed, Triage
from calculator.calculation.code_sets import Marks
from calculator.calculation.codes import ASSUMPTIONS, QUESTIONS, REASONS
from calculator.calculation.legal_facts import Facts
from calculator.calculation.linked_exits import Links
from calculator.calculation.pension import OFFICIAL_SCHEMES, Pension
from calculator.calculation.tax import Tax
from calculator.facts import fields
from calculator.facts.case_table import Cases
from calculator.facts.money import plain_money
from rules import VERSION, time_limits
from rules.arrays import Codes, Counts, Days, Mask, Pence
from rules.choices import ExitReason, PensionOutcome, Scheme, YesNo
from rules.exit_payments import KINDS, NOTICE, REDUNDANCY, STRAIN
from rules.pension import reason_gives_unreduced
from rules.positions import Positions

RED_DAYS, AMBER_DAYS = 28, 90
"""Days left up to which a case is red, and amber."""

MISSABLE = tuple(f.name for f in fields.FIELDS if f.name not in ("notes", "member_name"))
"""Fields that may stand in the column ``missing``."""


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


class OutputKind(StrEnum):
    """How the values of an output column are held and written."""

    TEXT = "text"
    MONEY = "money"
    DAY = "day"
    COUNT = "whole number"
    HALVES = "half-weeks, written as weeks"


@dataclass(frozen=True)
class Output:
    """One output column: its name, its heading for people, its kind."""

    name: str
    heading: str
    kind: OutputKind


_T, _M, _D = OutputKind.TEXT, OutputKind.MONEY, OutputKind.DAY
_C, _H = OutputKind.COUNT, OutputKind.HALVES

OUTPUTS: tuple[Output, ...] = tuple(
    Output(*parts)
    for parts in (
        ("case_ref", "Case reference", _T),
        ("person_ref", "Person reference", _T),
        ("employer_name", "Employer", _T),
        ("triage", "Triage", _T),
        ("urgency", "Urgency", _T),
        ("confidence", "Confidence", _T),
        ("reasons", "Reasons", _T),
        ("missing", "Missing", _T),
        ("counted_total", "Counted towards the cap", _M),
        ("exempt_total", "Exempt", _M),
        ("statutory_redundancy_used", "Statutory redundancy pay", _M),
        ("cap_used_before", "Cap used by earlier exits", _M),
        ("cap_available", "Cap available", _M),
        ("allowed_total", "Allowed under the cap", _M),
        ("reduction_expected", "Reduction the cap required", _M),
        ("headroom", "Room left under the cap", _M),
        ("strain_needed_to_breach", "Strain that would reach the cap", _M),
        ("due_total", "Due", _M),
        ("paid_total", "Paid", _M),
        ("cash_alternative_credit", "Cash alternative credited", _M),
        ("difference", "Difference", _M),
        ("over_reduced_by", "Cut beyond what the cap required", _M),
        ("member_shortfall", "Short to the member", _M),
        ("scheme_shortfall", "Short to the pension scheme", _M),
        ("member_outstanding", "Still owed to the member", _M),
        ("scheme_outstanding", "Still owed to the pension scheme", _M),
        ("interest_from_member", "Interest to the member from", _D),
        ("interest_from_scheme", "Interest to the scheme from", _D),
        ("member_interest", "Interest to the member", _M),
        ("scheme_interest", "Interest to the scheme", _M),
        ("member_daily_interest", "Daily interest to the member", _M),
        ("scheme_daily_interest", "Daily interest to the scheme", _M),
        ("member_total", "Owed to the member with interest", _M),
        ("scheme_total", "Owed to the scheme with interest", _M),
        ("member_total_low", "Owed to the member, low", _M),
        ("member_total_high", "Owed to the member, high", _M),
        ("scheme_total_low", "Owed to the scheme, low", _M),
        ("scheme_total_high", "Owed to the scheme, high", _M),
        ("contract_last_day", "Contract claim: last day", _D),
        ("contract_days_left", "Contract claim: days left", _C),
        ("statute_last_day", "SI 2021/197 reg 4 claim: last day", _D),
        ("statute_days_left", "SI 2021/197 reg 4 claim: days left", _C),
        ("redundancy_years", "Redundancy: years that count", _C),
        ("redundancy_weeks", "Redundancy: weeks", _H),
        ("relevant_date", "Redundancy: relevant date", _D),
        ("weekly_pay_limit", "Redundancy: limit on a week's pay", _M),
        ("pension_yearly_loss", "Pension lost a year (estimate)", _M),
        ("pension_arrears", "Pension arrears (estimate)", _M),
        ("lump_sum_arrears", "Pension lump sum arrears (estimate)", _M),
        ("pension_interest", "Scheme's interest on late pension (estimate)", _M),
        ("tax_free_part", "Free of tax (estimate)", _M),
        ("taxable_part", "Taxable (estimate)", _M),
        ("tax_on_payment", "Tax taken on payment (estimate)", _M),
        ("extra_tax", "Extra tax for the year (estimate)", _M),
        ("assumptions", "Assumptions", _T),
        ("ask_employer", "Ask the employer", _T),
        ("as_at", "Worked out as at", _D),
        ("rules_version", "Version of the rules", _T),
    )
)
OUTPUT_NAMES: tuple[str, ...] = tuple(output.name for output in OUTPUTS)
_KINDS = {output.name: output.kind for output in OUTPUTS}

Values = npt.NDArray[Any]
Rows = slice | Counts
"""Some rows of a table: a run of them, or their places."""


@dataclass
class Column:
    """One output column over all rows: its values and where they are filled."""

    kind: OutputKind
    values: Values
    filled: Mask


@dataclass
class Block:
    """The rows worked together, with every intermediate quantity of theirs.

    ``rows`` are their places in the table of cases; ``unknown_links`` gives, for a row whose triage
    depends on them, the rows of earlier exits whose use of the cap is not known.
    """

    rows: Counts
    cases: Cases
    facts: Facts
    links: Links
    cap: CapResult
    difference: Difference
    basis: Basis
    owed: Owed
    low_member_total: Pence
    low_scheme_total: Pence
    high_member_total: Pence
    high_scheme_total: Pence
    pension: Pension
    tax: Tax
    rule_of_85_met: bool
    triage: Codes
    possible_duplicate: Mask
    relative_in_error: Mask
    unknown_links: dict[int, list[int]]
    as_at: np.datetime64

    @cached_property
    def clocks(self) -> Clocks:
        """The last days of each row, worked once for the block."""
        return clocks_of(self)


@dataclass
class Signals:
    """What is said of each row beside its figures."""

    urgency: Codes
    confidence: Codes
    reasons: Marks
    missing: Marks
    assumptions: Marks
    questions: Marks


class Outcome:
    """The result of :func:`calculator.calculation.assess.assess` for a whole table, row by row as the input.

    Holds the cases, positions and day it was worked from, and the output columns. Of the intermediate
    quantities only the block worked last is kept; :func:`calculator.calculation.assess.block_of` works another again
    when a row of it is to be explained. Rows in error have only their references, reasons and what is
    missing.
    """

    def __init__(self, cases: Cases, positions: Positions, as_at: date) -> None:
        self.cases = cases
        self.positions = positions
        self.as_at = as_at
        self.triage: Codes = np.zeros(cases.size, dtype=np.int8)
        self.signals = _no_signals(cases.size)
        self.unknown_links: dict[int, list[int]] = {}
        self.last_block: Block | None = None
        self._numbers: dict[str, Column] = {}
        self._mark_errors()

    def place(self, block: Block) -> None:
        """Take over the results of a block of rows."""
        self.triage[block.rows] = block.triage
        self.unknown_links |= block.unknown_links
        for name, (values, filled) in _figures(block).items():
            column = self._numbers.get(name)
            if column is None:
                column = _empty_column(_KINDS[name], self.cases.size)
                self._numbers[name] = column
            column.values[block.rows] = values
            column.filled[block.rows] = filled
        found = signals_of(block)
        self.signals.urgency[block.rows] = found.urgency
        self.signals.confidence[block.rows] = found.confidence
        for mine, theirs in (
            (self.signals.reasons, found.reasons),
            (self.signals.missing, found.missing),
            (self.signals.assumptions, found.assumptions),
            (self.signals.questions, found.questions),
        ):
            mine.bits[block.rows] = theirs.bits
        self.last_block = block

    def _mark_errors(self) -> None:
        for problem in self.cases.problems:
            row = np.zeros(self.cases.size, dtype=bool)
            row[problem.row] = True
            self.signals.reasons.add(problem.code, row)
            if problem.code in ("required_missing", "top_up_without_date"):
                self.signals.missing.add(problem.field, row)

    def figures(self, name: str) -> Column:
        """A column of money, days or numbers. KeyError for a text column."""
        if name in self._numbers:
            return self._numbers[name]
        if name == "as_at":
            every_day = np.full(self.cases.size, self.as_at, dtype="datetime64[D]")
            return Column(OutputKind.DAY, every_day, np.ones(self.cases.size, dtype=bool))
        if _KINDS[name] is OutputKind.TEXT:
            raise KeyError(name)
        return _empty_column(_KINDS[name], self.cases.size)

    def texts(self, name: str, rows: Rows = slice(None)) -> list[str]:
        """Any output column as text for CSV and JSON, "" where empty; of all rows or of some."""
        if _KINDS[name] is OutputKind.TEXT:
            return self._TEXTS[name](self, rows)
        column = self.figures(name)
        return column_texts(Column(column.kind, column.values[rows], column.filled[rows]))

    def row(self, row: int) -> dict[str, str]:
        """All outputs of one row as text, in the order of the columns."""
        return {name: self.texts(name, slice(row, row + 1))[0] for name in OUTPUT_NAMES}

    def _missing_texts(self, rows: Rows) -> list[str]:
        texts = self.signals.missing.texts(";", rows=rows)
        for place, row in enumerate(np.arange(self.cases.size)[rows].tolist()):
            for other in self.unknown_links.get(row, ()):
                reference = f"case:{self.cases.text['case_ref'][other]}"
                texts[place] = f"{texts[place]};{reference}" if texts[place] else reference
        return texts

    def _assumption_texts(self, rows: Rows) -> list[str]:
        texts = self.signals.assumptions.texts(" ", ASSUMPTIONS, rows)
        positions = f"Positions: {self.positions.described()}."
        return [
            "" if error else f"{text} {positions}".strip()
            for text, error in zip(texts, self.cases.in_error[rows].tolist(), strict=True)
        ]

    def _constant(self, text: str, rows: Rows) -> list[str]:
        return [text] * len(np.arange(self.cases.size)[rows])

    _TEXTS: ClassVar[dict[str, Callable[[Outcome, Rows], list[str]]]] = {
        "case_ref": lambda self, rows: self.cases.text["case_ref"][rows].tolist(),
        "person_ref": lambda self, rows: self.cases.text["person_ref"][rows].tolist(),
        "employer_name": lambda self, rows: self.cases.text["employer_name"][rows].tolist(),
        "triage": lambda self, rows: _names(Triage, self.triage[rows]),
        "urgency": lambda self, rows: _names(Urgency, self.signals.urgency[rows]),
        "confidence": lambda self, rows: _names(Confidence, self.signals.confidence[rows]),
        "reasons": lambda self, rows: self.signals.reasons.texts(";", rows=rows),
        "missing": _missing_texts,
        "assumptions": _assumption_texts,
        "ask_employer": lambda self, rows: self.signals.questions.texts(" ", QUESTIONS, rows),
        "rules_version": lambda self, rows: self._constant(VERSION, rows),
    }


def _empty_column(kind: OutputKind, size: int) -> Column:
    held = "datetime64[D]" if kind is OutputKind.DAY else np.int64
    return Column(kind, np.zeros(size, dtype=held), np.zeros(size, dtype=bool))


def _names(codes: type[IntEnum], values: Codes) -> list[str]:
    words = {member.value: member.name.lower() for member in codes}
    if "NONE" in codes.__members__:
        words[codes["NONE"].value] = ""
    return [words[value] for value in values.tolist()]


def column_texts(column: Column) -> list[str]:
    """A column of figures as text: money with two decimals, ISO days, weeks with one decimal."""
    filled = column.filled.tolist()
    if column.kind is OutputKind.DAY:
        days = np.datetime_as_string(column.values).tolist()
        return [day if full else "" for day, full in zip(days, filled, strict=True)]
    return [
        _WRITERS[column.kind](value) if full else ""
        for value, full in zip(column.values.tolist(), filled, strict=True)
    ]


def plain_weeks(half_weeks: int) -> str:
    """Half-weeks as weeks with one decimal: ``"28.5"``."""
    return f"{half_weeks // 2}.{half_weeks % 2 * 5}"


_WRITERS: dict[OutputKind, Callable[[int], str]] = {
    OutputKind.MONEY: plain_money,
    OutputKind.HALVES: plain_weeks,
    OutputKind.COUNT: str,
}


def _no_signals(size: int) -> Signals:
    return Signals(
        urgency=np.zeros(size, dtype=np.int8),
        confidence=np.zeros(size, dtype=np.int8),
        reasons=Marks(REASONS, size),
        missing=Marks(MISSABLE, size),
        assumptions=Marks(ASSUMPTIONS, size),
        questions=Marks(QUESTIONS, size),
    )


@dataclass(frozen=True)
class Clocks:
    """The last days, the days left to them, and for which rows each clock is shown."""

    contract: Days
    contract_left: Counts
    contract_shown: Mask
    statute: Days
    statute_left: Counts
    statute_shown: Mask


def clocks_of(block: Block) -> Clocks:
    """Both clocks, each on its own, after any acknowledgment that counts. Scotland shows neither."""
    dates, scope, as_at = block.facts.dates, block.facts.scope, block.as_at
    contract = time_limits.after_acknowledgment(
        time_limits.contract_last_day(dates.due_on), dates.acknowledged_on, as_at
    )
    statute = time_limits.after_acknowledgment(
        time_limits.statute_last_day(len(contract)), dates.acknowledged_on, as_at
    )
    computed = block.triage >= Triage.REPAIRED
    needs = block.triage == Triage.NEEDS_DATA
    may_be_basis = ~dates.paid_outside_period & ~block.facts.payments.waived
    statute_shown = (computed & block.basis.regulation_4) | (needs & may_be_basis)
    return Clocks(
        contract,
        time_limits.days_left(contract, as_at),
        ~scope.scotland,
        statute,
        time_limits.days_left(statute, as_at),
        statute_shown & ~scope.scotland,
    )


def _figures(block: Block) -> dict[str, tuple[Values, Mask]]:
    """Every output figure of a block with the rows it is filled for."""
    statutory, pay = block.facts.statutory, block.facts.payments
    capped, found, owed, links = block.cap, block.difference, block.owed, block.links
    clocks = block.clocks
    computed = block.triage >= Triage.REPAIRED
    needs, out = block.triage == Triage.NEEDS_DATA, block.triage == Triage.OUT_OF_SCOPE
    notice_settled = ~(needs & links.notice_unsettled)
    use_settled = ~(needs & links.use_unsettled)
    exact_if_out = computed | (out & found.exact)
    cap_shown = computed | (needs & use_settled)
    interest_shown = computed & block.basis.regulation_4
    notice_given = pay.due_known[NOTICE] | ~pay.due_missing[NOTICE]
    strain_shown = (
        (computed | needs)
        & pay.strain_could_be_due
        & pay.others_due_known
        & notice_settled
        & use_settled
    )
    return {
        "counted_total": (capped.counted_total, capped.due_complete & notice_settled),
        "exempt_total": (capped.exempt_total, notice_given & notice_settled),
        "statutory_redundancy_used": (statutory.used, statutory.used_known),
        "cap_used_before": (capped.used_before, cap_shown),
        "cap_available": (capped.available, cap_shown & ~pay.waived),
        "allowed_total": (capped.allowed_total, computed),
        "reduction_expected": (capped.reduction, computed),
        "headroom": (capped.headroom, computed & ~pay.waived),
        "strain_needed_to_breach": (capped.strain_needed, strain_shown),
        "due_total": (found.due_total, capped.due_complete),
        "paid_total": (found.paid_total, found.paid_total_known),
        "cash_alternative_credit": (found.credit, exact_if_out),
        "difference": (found.difference, exact_if_out),
        "over_reduced_by": (found.over_reduced_by, computed & found.exact),
        "member_shortfall": (found.member_shortfall, exact_if_out),
        "scheme_shortfall": (found.scheme_shortfall, exact_if_out),
        "member_outstanding": (owed.member_outstanding, computed),
        "scheme_outstanding": (owed.scheme_outstanding, computed),
        "interest_from_member": (owed.member_from, interest_shown & (found.member_shortfall > 0)),
        "interest_from_scheme": (owed.scheme_from, interest_shown & (found.scheme_shortfall > 0)),
        "member_interest": (owed.member_interest, interest_shown),
        "scheme_interest": (owed.scheme_interest, interest_shown),
        "member_daily_interest": (owed.member_daily, interest_shown),
        "scheme_daily_interest": (owed.scheme_daily, interest_shown),
        "member_total": (owed.member_total, computed),
        "scheme_total": (owed.scheme_total, computed),
        "member_total_low": (block.low_member_total, computed),
        "member_total_high": (block.high_member_total, computed),
        "scheme_total_low": (block.low_scheme_total, computed),
        "scheme_total_high": (block.high_scheme_total, computed),
        "contract_last_day": (clocks.contract, clocks.contract_shown),
        "contract_days_left": (clocks.contract_left, clocks.contract_shown),
        "statute_last_day": (clocks.statute, clocks.statute_shown),
        "statute_days_left": (clocks.statute_left, clocks.statute_shown),
        "redundancy_years": (statutory.years, statutory.applies),
        "redundancy_weeks": (statutory.half_weeks, statutory.weeks_known),
        "relevant_date": (statutory.relevant_date, statutory.applies),
        "weekly_pay_limit": (statutory.limit, statutory.limit_known),
        **_pension_figures(block),
        **_tax_figures(block),
    }


def _pension_figures(block: Block) -> dict[str, tuple[Values, Mask]]:
    """The pension columns: where they can be computed, data needed elsewhere or not."""
    pension = block.pension
    worked = block.triage >= Triage.NEEDS_DATA
    return {
        "pension_yearly_loss": (pension.yearly.loss, worked & pension.yearly.known),
        "pension_arrears": (pension.arrears, worked & pension.arrears_known),
        "lump_sum_arrears": (pension.lump_sum.loss, worked & pension.lump_sum.known),
        "pension_interest": (pension.interest.total, worked & pension.interest.known),
    }


def _tax_figures(block: Block) -> dict[str, tuple[Values, Mask]]:
    """The tax columns: of every row whose difference is worked out, where the year's bands are known."""
    tax = block.tax
    computed = block.triage >= Triage.REPAIRED
    return {
        "tax_free_part": (tax.tax_free, computed),
        "taxable_part": (tax.taxable, computed),
        "tax_on_payment": (tax.on_payment, computed & tax.on_payment_known),
        "extra_tax": (tax.extra, computed & tax.extra_known),
    }


def signals_of(block: Block) -> Signals:
    """Urgency, confidence, reasons, what is missing, assumptions and questions of a block of rows."""
    cases, clocks = block.cases, block.clocks
    signals = _no_signals(cases.size)
    signals.urgency = _urgency(block, clocks)
    signals.confidence = _confidence(block, cases)
    _set_reasons(signals.reasons, block, cases, clocks)
    _set_missing(signals, block, cases)
    _set_assumptions(signals.assumptions, block, cases)
    _set_questions(signals, block, cases)
    return signals


def _urgency(block: Block, clocks: Clocks) -> Codes:
    needs = block.triage == Triage.NEEDS_DATA
    owing = (block.owed.member_total > 0) | (block.owed.scheme_total > 0)
    applies = needs | ((block.triage >= Triage.REPAIRED) & owing)
    contract_open = clocks.contract_shown & (clocks.contract_left >= 0)
    statute_open = clocks.statute_shown & (clocks.statute_left >= 0)
    far = np.iinfo(np.int64).max
    days = np.minimum(
        np.where(contract_open, clocks.contract_left, far),
        np.where(statute_open, clocks.statute_left, far),
    )
    return np.select(
        [
            ~applies,
            block.facts.scope.scotland,
            ~(contract_open | statute_open),
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


def _confidence(block: Block, cases: Cases) -> Codes:
    computed = block.triage >= Triage.REPAIRED
    notice_differs = block.facts.payments.notice_unsure & block.links.notice_differences_differ
    estimated = ~block.difference.exact | block.difference.split_assumed | notice_differs
    documented = _holds(cases, fields.DUE_DOCUMENTS) & _holds(cases, fields.PAID_DOCUMENTS)
    return np.select(
        [~computed, estimated, documented],
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


def _set_reasons(reasons: Marks, block: Block, cases: Cases, clocks: Clocks) -> None:
    scope, statutory, pay = block.facts.scope, block.facts.statutory, block.facts.payments
    dates, found, links = block.facts.dates, block.difference, block.links
    computed = block.triage >= Triage.REPAIRED
    needs, out = block.triage == Triage.NEEDS_DATA, block.triage == Triage.OUT_OF_SCOPE
    shown = computed | (out & found.exact)
    contract_gone = clocks.contract_left < 0
    statute_gone = clocks.statute_left < 0
    both_clocks = clocks.contract_shown & clocks.statute_shown
    settled_notice = pay.notice_unsure & ~(needs & links.notice_unsettled)
    settled_use = links.earlier_use_unknown & ~(needs & links.use_unsettled)
    outside = dates.paid_outside_period | block.basis.nothing_paid
    to_review = out & found.exact & (found.difference > 0)
    owing = (block.owed.member_total > 0) | (block.owed.scheme_total > 0)
    scots_claim = scope.scotland & (needs | to_review | (computed & owing))
    for code, where in (
        ("linked_row_in_error", block.relative_in_error),
        ("employer_not_listed", scope.kind_not_listed),
        ("employer_kind_conflicts", scope.kind_conflicts),
        ("employer_unconfirmed", scope.unconfirmed & scope.in_scope),
        ("nation_not_covered", scope.nation_not_covered),
        ("check_schedule_entry", scope.check_schedule & scope.in_scope),
        ("exit_before_cap", scope.before_cap),
        ("exit_after_cap", scope.after_cap),
        ("boundary_day", scope.boundary_day & scope.in_scope),
        ("late_exit_check_why", scope.late & scope.in_scope),
        ("needs_review", to_review),
        ("possible_duplicate", block.possible_duplicate),
        ("same_day_order", links.by_order_given),
        ("notice_pay_taken_as_exempt", settled_notice),
        ("statutory_redundancy_differs", statutory.differs),
        ("statutory_redundancy_short", statutory.short),
        ("linked_exit_unknown", settled_use),
        ("cap_wholly_waived", pay.waived & scope.in_scope),
        ("total_paid_mismatch", found.total_mismatch),
        ("reduction_not_placed", computed & found.not_placed),
        ("split_assumed", shown & found.split_assumed),
        ("member_overpaid_at_exit", shown & found.member_overpaid),
        ("scheme_overpaid_at_exit", shown & found.scheme_overpaid),
        ("cash_alternative_exceeds_shortfall", shown & (found.credit_unused > 0)),
        ("self_funded_strain", shown & (found.refunded_strain > 0)),
        (
            "over_cap_paid_in_full",
            (block.triage == Triage.NOT_CAPPED)
            & ~pay.waived
            & (block.cap.counted_total > block.cap.available)
            & (found.difference == 0),
        ),
        ("shortfall_within_cap", computed & block.basis.within_cap),
        ("paid_outside_relevant_period", (computed | needs) & outside),
        (
            "settlement_agreement_signed",
            cases.choices["settlement_agreement"] == YesNo.YES,
        ),
        ("top_up_after_as_at", dates.top_up_after),
        ("top_up_in_relevant_period", dates.top_up_early),
        ("member_overpaid_since", computed & (dates.top_up_member > found.member_shortfall)),
        ("scheme_overpaid_since", computed & (dates.top_up_scheme > found.scheme_shortfall)),
        ("interest_overpaid_since", computed & (block.owed.interest_overpaid > 0)),
        ("contract_clock_expired", both_clocks & (contract_gone != statute_gone)),
        ("scots_time_limit", scots_claim),
    ):
        reasons.add(code, where)
    _set_pension_reasons(reasons, block)


def _set_pension_reasons(reasons: Marks, block: Block) -> None:
    pension, tax = block.pension, block.tax
    worked = block.triage >= Triage.NEEDS_DATA
    computed = block.triage >= Triage.REPAIRED
    bands_missing = computed & (tax.taxable > 0) & ~tax.year_known
    reasons.add("rates_not_known", (worked & pension.rates_missing) | bands_missing)
    reasons.add("no_interest_rule", worked & pension.interest.rule_missing)
    reasons.add("late_lump_sum_tax", worked & pension.lump_sum_late)


def _set_missing(signals: Signals, block: Block, cases: Cases) -> None:
    missing = signals.missing
    statutory, pay = block.facts.statutory, block.facts.payments
    found, links = block.difference, block.links
    computed = block.triage >= Triage.REPAIRED
    needs, out = block.triage == Triage.NEEDS_DATA, block.triage == Triage.OUT_OF_SCOPE
    in_scope = ~out
    short = computed & (found.difference > 0)
    shown_short = short | (out & found.exact & (found.difference > 0))
    cut = computed & (block.cap.reduction > 0)
    scope = block.facts.scope
    could_be_in_scope = scope.in_scope | (
        scope.nation_not_covered & ~scope.before_cap & ~scope.after_cap
    )
    missing.add("employer_kind", scope.unconfirmed & could_be_in_scope)
    missing.add("notice_given_on", statutory.notice_unknown)
    salary_decides = (needs & links.notice_unsettled) | (
        computed & pay.notice_unsure & links.notice_differences_differ
    )
    missing.add("annual_salary", salary_decides)
    missing.add("redundancy_due", needs & (pay.none_due | pay.statutory_without_due))
    missing.add(
        "pension_strain_due",
        needs & (pay.none_due | pay.strain_implied | block.cap.strain_missing),
    )
    amounts_matter = np.where(found.exact, found.split_assumed, in_scope)
    for place, kind in enumerate(KINDS):
        missing.add(f"{kind.name}_due", in_scope & pay.due_missing[place])
        missing.add(f"{kind.name}_paid", pay.paid_unknown[place] & amounts_matter)
    missing.add(
        "settlement_agreement",
        shown_short & (cases.choices["settlement_agreement"] == YesNo.NOT_GIVEN),
    )
    missing.add("payment_date", short & block.facts.dates.payment_assumed)
    missing.add("evidence", short & (signals.confidence == Confidence.STATED))
    reason = cases.choices["exit_reason"]
    reason_unknown = (reason == ExitReason.NOT_GIVEN) | (reason == ExitReason.UNKNOWN)
    # An unknown statutory part could move an estimated cut from one payment to another.
    no_statutory = cut & ~found.exact & ~statutory.sum_known & (pay.due[REDUNDANCY] > 0)
    redundancy = reason == ExitReason.REDUNDANCY
    missing.add("exit_reason", no_statutory & reason_unknown)
    missing.add("service_start", no_statutory & redundancy & np.isnat(cases.days["service_start"]))
    missing.add("date_of_birth", no_statutory & statutory.applies & ~statutory.weeks_known)
    missing.add("weekly_pay", no_statutory & statutory.applies & ~statutory.week_known)
    missing.add("nation", needs & scope.late & scope.nation_assumed & ~found.paid_total_known)
    _set_missing_for_strain(missing, block, cases, reason_unknown)
    _set_missing_for_pension(missing, block, cases)


def _set_missing_for_pension(missing: Marks, block: Block, cases: Cases) -> None:
    """Facts without which a pension that was reduced, deferred or paid for cannot be worked out."""
    pension = block.pension
    worked = block.triage >= Triage.NEEDS_DATA
    outcome = pension.outcome
    hurt = worked & np.isin(
        outcome, (PensionOutcome.REDUCED, PensionOutcome.DEFERRED, PensionOutcome.SELF_FUNDED)
    )
    yearly, lump_sum = pension.yearly, pension.lump_sum
    too_young = (pension.scheme == Scheme.LGPS) & pension.under_55
    short = (hurt | (worked & ~yearly.absent)) & ~yearly.known & ~too_young
    missing.add("pension_due", short & ~cases.known["pension_due"])
    missing.add(
        "pension_paid",
        short & ~cases.known["pension_paid"] & (outcome != PensionOutcome.DEFERRED),
    )
    tranches = cases.known["pension_2008_2014"] | cases.known["pension_care"]
    tranches |= cases.known["pension_to_2008"] | cases.known["lump_sum_to_2008"]
    unborn = np.isnat(cases.days["date_of_birth"])
    missing.add("date_of_birth", short & tranches & unborn)
    blank_lump = worked & ~lump_sum.known & ~lump_sum.absent
    automatic = ~cases.known["lump_sum_due"] & ~cases.known["lump_sum_paid"]
    automatic &= ~cases.known["lump_sum_to_2008"]
    missing.add("lump_sum_to_2008", blank_lump & automatic)
    for name in ("lump_sum_due", "lump_sum_paid"):
        missing.add(name, blank_lump & ~automatic & ~cases.known[name])
    missing.add("pension_outcome", worked & pension.taken_as_reduced)
    scheme = cases.choices["scheme"]
    not_said = (scheme == Scheme.NOT_GIVEN) | (scheme == Scheme.UNKNOWN)
    missing.add("scheme", worked & pension.interest.rule_missing & not_said)


def _set_missing_for_strain(
    missing: Marks, block: Block, cases: Cases, reason_unknown: Mask
) -> None:
    """Facts not known without which a blank strain is taken as no part of the exit.

    With them known it could have been due: a member of the LGPS, 55 or over, leaving by redundancy or on
    grounds of efficiency.
    """
    pay, birth = block.facts.payments, cases.days["date_of_birth"]
    scheme, reason = cases.choices["scheme"], cases.choices["exit_reason"]
    scheme_unknown = (scheme == Scheme.NOT_GIVEN) | (scheme == Scheme.UNKNOWN)
    could_be_lgps = scheme_unknown | (scheme == Scheme.LGPS)
    could_be_due = (
        (block.triage >= Triage.REPAIRED)
        & ~pay.due_known[STRAIN]
        & ~pay.waived
        & could_be_lgps
        & (reason_gives_unreduced(reason) | reason_unknown)
        & (pay.reached_55 | np.isnat(birth))
        & (block.cap.others_counted <= block.cap.available)
    )
    missing.add("scheme", could_be_due & scheme_unknown)
    missing.add("exit_reason", could_be_due & reason_unknown)
    missing.add("date_of_birth", could_be_due & np.isnat(birth))


def _set_assumptions(assumptions: Marks, block: Block, cases: Cases) -> None:
    scope, pay, dates = block.facts.scope, block.facts.payments, block.facts.dates
    found, links = block.difference, block.links
    computed = block.triage >= Triage.REPAIRED
    needs = block.triage == Triage.NEEDS_DATA
    in_scope = computed | needs
    any_blank = ~(pay.due_known | pay.due_missing).all(axis=0)
    assumptions.add("nation_england", scope.nation_assumed)
    assumptions.add("employer_listed", scope.unconfirmed & in_scope)
    assumptions.add("payment_on_exit", in_scope & dates.payment_assumed)
    assumptions.add("due_on_exit", dates.due_assumed & ~scope.scotland)
    assumptions.add(
        "strain_due_on_payment",
        computed & dates.strain_day_assumed & (found.scheme_shortfall > 0),
    )
    assumptions.add("blank_is_no_part", computed & any_blank)
    assumptions.add("no_benefits_in_kind", block.facts.statutory.week_from_salary)
    assumptions.add("notice_day_unknown", block.facts.statutory.notice_unknown)
    assumptions.add("notice_exempt", pay.notice_unsure & ~(needs & links.notice_unsettled))
    assumptions.add("cut_as_cap_required", computed & ~found.exact)
    assumptions.add("split_by_cut_order", computed & found.split_assumed)
    assumptions.add(
        "linked_nothing_used", links.earlier_use_unknown & ~(needs & links.use_unsettled)
    )
    _set_pension_assumptions(assumptions, block)
    _set_tax_assumptions(assumptions, block)


def _set_pension_assumptions(assumptions: Marks, block: Block) -> None:
    pension = block.pension
    worked = block.triage >= Triage.NEEDS_DATA
    shown = worked & pension.shown
    lost = shown & ((pension.yearly.loss > 0) | (pension.lump_sum.loss > 0))
    applied = block.rule_of_85_met
    official = np.isin(pension.scheme, OFFICIAL_SCHEMES)
    assumptions.add("pension_estimate", shown)
    assumptions.add("pension_from_tranches", worked & pension.estimated)
    assumptions.add("rule_of_85_not_applied", worked & pension.estimated & (not applied))
    assumptions.add("rule_of_85_met", worked & pension.estimated & applied)
    assumptions.add("pension_taken_as_reduced", worked & pension.taken_as_reduced)
    assumptions.add("scheme_from_benefits", shown & pension.scheme_from_benefits)
    assumptions.add("deferred_nothing_paid", worked & pension.nothing_paid)
    assumptions.add("arrears_paid_when_restored", lost & pension.restored)
    assumptions.add("increases_as_public_service", lost & ~official)
    assumptions.add("no_lump_sum", lost & pension.lump_sum.absent & ~pension.lump_sum.known)
    assumptions.add("teachers_mandatory_part", lost & (pension.scheme == Scheme.TPS))


def _set_tax_assumptions(assumptions: Marks, block: Block) -> None:
    owed = (block.triage >= Triage.REPAIRED) & (block.owed.member_outstanding > 0)
    assumptions.add("tax_estimate", owed)
    assumptions.add("notice_pay_taxed", owed & block.tax.notice_short)
    assumptions.add("refund_taxed", owed & (block.difference.refunded_strain > 0))


def _set_questions(signals: Signals, block: Block, cases: Cases) -> None:
    questions, missing = signals.questions, signals.missing
    scope, statutory = block.facts.scope, block.facts.statutory
    found, links = block.difference, block.links
    computed = block.triage >= Triage.REPAIRED
    needs = block.triage == Triage.NEEDS_DATA
    short = computed & (found.difference > 0)
    owing = (block.owed.member_total > 0) | (block.owed.scheme_total > 0)
    ask = needs | short
    unknown_amounts = ask & (
        ~found.exact | found.split_assumed | (signals.confidence == Confidence.STATED)
    )
    strain_in_play = missing.has("pension_strain_due") | (found.scheme_shortfall > 0)
    questions.add("package", unknown_amounts)
    questions.add("cap_applied", ask & ~(short & (block.cap.reduction == 0)))
    questions.add("strain", ask & strain_in_play)
    questions.add(
        "redundancy", ask & (statutory.differs | statutory.short | missing.has("redundancy_due"))
    )
    questions.add("salary", missing.has("annual_salary"))
    questions.add("linked_exit", links.earlier_use_unknown)
    questions.add("dates", missing.has("payment_date"))
    questions.add("notice", ask & missing.has("notice_given_on"))
    questions.add("employer", scope.unconfirmed | scope.check_schedule)
    questions.add("why_capped", scope.late & scope.in_scope)
    agreement = cases.choices["settlement_agreement"]
    questions.add(
        "settlement",
        missing.has("settlement_agreement") | (short & (agreement == YesNo.UNKNOWN)),
    )
    questions.add("since_paid", block.facts.dates.topped_up & short)
    questions.add("acknowledge", computed & owing)
    pension = block.pension
    lost = (pension.yearly.loss > 0) | (pension.lump_sum.loss > 0)
    hurt = (pension.outcome == PensionOutcome.REDUCED) | (
        pension.outcome == PensionOutcome.DEFERRED
    )
    questions.add("pension_put_right", (computed | needs) & (lost | hurt) & ~pension.restored)
    questions.add("tax_taken", computed & (block.owed.member_outstanding > 0))
