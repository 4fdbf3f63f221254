"""Rows calculated together, with every intermediate quantity of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from calculator.calculation.cap_and_difference import Basis, CapResult, Difference, Owed, Triage
from calculator.calculation.legal_facts import LegalFacts
from calculator.calculation.linked_exits import Links
from calculator.calculation.pension import Pension
from calculator.calculation.tax import Tax
from calculator.calculation.working_days import working_days_before
from calculator.facts.case_table import Cases
from rules import time_limits
from rules.arrays import Codes, Counts, Days, Mask, Pence
from rules.choices import ExitReason, Nation, PensionOutcome, Scheme
from rules.pension import no_automatic_lump_sum, reason_gives_unreduced
from rules.positions import Positions


@dataclass(frozen=True)
class Clock:
    """One last day: the day, the days left to it, and for which rows it is shown."""

    last_day: Days
    days_left: Counts
    shown: Mask

    @property
    def open(self) -> Mask:
        """Where it is shown and has not passed; the last day itself is open."""
        still: Mask = self.shown & (self.days_left >= 0)
        return still


@dataclass(frozen=True)
class Clocks:
    """The last days for a claim.

    ``contract_counts``: where the contract clock decides what is urgent, and is not only of use for a
    declaration. ``next_day``: the earliest day still open of those that count, ``NaT`` where there is none.
    """

    contract: Clock
    statute: Clock
    lump_sum: Clock
    instalment: Clock
    contract_counts: Mask
    next_day: Days


@dataclass
class WorkedRows:
    """The rows calculated together. Every array has one entry a row.

    ``rows`` are their indexes in the table of cases; ``unknown_links`` gives, for a row whose triage
    depends on them, the rows of earlier exits whose use of the cap is not known.
    """

    rows: Counts
    cases: Cases
    facts: LegalFacts
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
    positions: Positions
    triage: Codes
    possible_duplicate: Mask
    relative_in_error: Mask
    unknown_links: dict[int, list[int]]
    as_at: np.datetime64

    @cached_property
    def computed(self) -> Mask:
        """Rows whose difference is calculated."""
        computed: Mask = self.triage >= Triage.REPAIRED
        return computed

    @cached_property
    def needs_data(self) -> Mask:
        """Rows whose answer depends on a fact not known."""
        needs: Mask = self.triage == Triage.NEEDS_DATA
        return needs

    @cached_property
    def out_of_scope(self) -> Mask:
        """Rows that the cap did not reach."""
        out: Mask = self.triage == Triage.OUT_OF_SCOPE
        return out

    @cached_property
    def in_scope(self) -> Mask:
        """Rows that the cap reached, or may have reached."""
        return self.computed | self.needs_data

    @cached_property
    def owing(self) -> Mask:
        """Rows with a sum still owed to either payee."""
        return (self.owed.member_total > 0) | (self.owed.scheme_total > 0)

    @cached_property
    def difference_shown(self) -> Mask:
        """Rows whose difference is shown: those calculated, and those out of scope where it is exact."""
        return self.computed | (self.out_of_scope & self.difference.exact)

    @cached_property
    def notice_settled(self) -> Mask:
        """Rows whose result does not depend on how much of the notice pay is exempt."""
        return ~(self.needs_data & self.links.notice_unsettled)

    @cached_property
    def use_settled(self) -> Mask:
        """Rows whose result does not depend on what an earlier exit used of the cap."""
        return ~(self.needs_data & self.links.use_unsettled)

    @cached_property
    def rule_of_85_met(self) -> bool:
        """Whether the 85-year rule is taken as met."""
        return self.positions.eighty_five_year_rule == "met"

    @cached_property
    def member_contract_only(self) -> Pence:
        """What of the member's shortfall is owed under the contract alone, where regulation 4 is the basis."""
        return np.where(self.basis.regulation_4, self.difference.contract_only, 0)

    @cached_property
    def words_of_regulation_4_met(self) -> Mask:
        """Exits out of scope by their day alone, whose payment meets the words of regulation 4(2)(a)."""
        left = (self.owed.member_outstanding > 0) | (self.owed.scheme_outstanding > 0)
        met: Mask = (
            self.out_of_scope
            & self.facts.scope.only_before_cap
            & self.facts.dates.paid_in_period_as_given
            & ~(self.basis.nothing_paid | self.facts.payments.waived | self.basis.contract_only)
            & self.difference.exact
            & left
        )
        return met

    @cached_property
    def clocks(self) -> Clocks:
        """Each clock on its own, after any acknowledgment that counts. Scotland shows none."""
        dates, scotland = self.facts.dates, self.facts.scope.scotland
        may_be_basis = ~dates.paid_outside_period & ~self.facts.payments.waived
        statute_shown = (
            (self.computed & self.basis.regulation_4)
            | (self.needs_data & may_be_basis)
            | self.words_of_regulation_4_met
        )
        contract = self._clock(
            time_limits.contract_last_day(dates.due_on), dates.acknowledged_on, ~scotland
        )
        statute = self._clock(
            time_limits.statute_last_day(len(self.rows)),
            dates.acknowledged_on,
            statute_shown & ~scotland,
        )
        begins = self.pension.begins
        fund_acknowledged = self.cases.days["fund_acknowledged_on"]
        may_be_due = self._unreduced_pension_may_be_due
        lump_sum = self._clock(
            time_limits.lump_sum_last_day(begins),
            fund_acknowledged,
            may_be_due & ~self._no_lump_sum_is_short,
        )
        instalment = self._clock(
            time_limits.instalment_last_day(begins),
            fund_acknowledged,
            may_be_due & ~_paid_in_full(self.cases, "pension"),
        )
        others_open = statute.open | lump_sum.open | instalment.open
        nothing_of_the_member = ~self.needs_data & (self.owed.member_outstanding == 0)
        counts = ~(nothing_of_the_member & (others_open | self.words_of_regulation_4_met))
        return Clocks(
            contract,
            statute,
            lump_sum,
            instalment,
            counts,
            _earliest_open(contract, counts, statute, lump_sum, instalment),
        )

    @cached_property
    def issue_by(self) -> Days:
        """The last working day before the earliest day still open; ``NaT`` where nothing is urgent."""
        urgent = (self.in_scope & (self.needs_data | self.owing)) | self.words_of_regulation_4_met
        next_day = np.where(
            urgent & ~self.facts.scope.scotland, self.clocks.next_day, np.datetime64("NaT", "D")
        )
        return working_days_before(next_day, self.facts.scope.nation == Nation.NORTHERN_IRELAND)

    def _clock(self, last_day: Days, acknowledged_on: Days, shown: Mask) -> Clock:
        last_day = time_limits.after_acknowledgment(last_day, acknowledged_on, self.as_at)
        return Clock(last_day, time_limits.days_left(last_day, self.as_at), shown)

    @cached_property
    def _unreduced_pension_may_be_due(self) -> Mask:
        """LGPS Regulations 2013 reg 30(7): nothing entered rules an unreduced pension out, or says it is paid."""
        cases, choices = self.cases, self.cases.choices
        reason, outcome = choices["exit_reason"], choices["pension_outcome"]
        reason_unknown = (reason == ExitReason.NOT_GIVEN) | (reason == ExitReason.UNKNOWN)
        old_enough = self.facts.payments.reached_55 | np.isnat(cases.days["date_of_birth"])
        nation = self.facts.scope.nation
        may_be: Mask = (
            self.in_scope
            & (choices["scheme"] == Scheme.LGPS)
            & ((nation == Nation.ENGLAND) | (nation == Nation.WALES))
            & old_enough
            & (reason_gives_unreduced(reason) | reason_unknown)
            & (outcome != PensionOutcome.UNREDUCED)
            & (outcome != PensionOutcome.SELF_FUNDED)
            & ~self.pension.restored
        )
        return may_be & time_limits.scheme_sums_run_out(
            len(self.rows), self.positions.pension_clocks
        )

    @cached_property
    def _no_lump_sum_is_short(self) -> Mask:
        """Where no lump sum was due, or all of it was paid: service since April 2008 brings none of its own."""
        money, known = self.cases.money, self.cases.known
        none_due = known["lump_sum_due"] & (money["lump_sum_due"] == 0)
        none_entered = (money["lump_sum_due"] == 0) & (money["lump_sum_to_2008"] == 0)
        no_automatic = none_entered & no_automatic_lump_sum(self.cases.days["service_start"])
        nothing: Mask = none_due | no_automatic | _paid_in_full(self.cases, "lump_sum")
        return nothing


def _paid_in_full(cases: Cases, benefit: str) -> Mask:
    due, paid = f"{benefit}_due", f"{benefit}_paid"
    full: Mask = cases.known[due] & cases.known[paid] & (cases.money[paid] >= cases.money[due])
    return full


def _earliest_open(contract: Clock, contract_counts: Mask, *others: Clock) -> Days:
    """The earliest last day that is open and counts; ``NaT`` where there is none."""
    never = np.datetime64("9999-12-31", "D")
    days = [np.where(contract.open & contract_counts, contract.last_day, never)]
    days += [np.where(clock.open, clock.last_day, never) for clock in others]
    earliest = np.min(days, axis=0)
    return np.where(earliest == never, np.datetime64("NaT", "D"), earliest)
