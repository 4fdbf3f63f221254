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
from calculator.facts.case_table import Cases
from rules import time_limits
from rules.arrays import Codes, Counts, Days, Mask, Pence


@dataclass(frozen=True)
class Clocks:
    """The last days, the days left to them, and for which rows each clock is shown."""

    contract: Days
    contract_left: Counts
    contract_shown: Mask
    statute: Days
    statute_left: Counts
    statute_shown: Mask


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
    rule_of_85_met: bool
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
    def clocks(self) -> Clocks:
        """Both clocks, each on its own, after any acknowledgment that counts. Scotland shows neither."""
        dates, scope, as_at = self.facts.dates, self.facts.scope, self.as_at
        contract = time_limits.after_acknowledgment(
            time_limits.contract_last_day(dates.due_on), dates.acknowledged_on, as_at
        )
        statute = time_limits.after_acknowledgment(
            time_limits.statute_last_day(len(contract)), dates.acknowledged_on, as_at
        )
        may_be_basis = ~dates.paid_outside_period & ~self.facts.payments.waived
        statute_shown = (self.computed & self.basis.regulation_4) | (self.needs_data & may_be_basis)
        return Clocks(
            contract,
            time_limits.days_left(contract, as_at),
            ~scope.scotland,
            statute,
            time_limits.days_left(statute, as_at),
            statute_shown & ~scope.scotland,
        )
