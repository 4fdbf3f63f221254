"""The pension of a table of cases: what the cap cost the member, by the scheme's own benefits.

Estimates for the scheme to confirm. Nothing here is part of the difference, and nothing of the
difference is part of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from calculator.calculation.pension_arrears import (
    Benefit,
    LateInterest,
    LossDays,
    arrears_of,
    interest_of,
    loss_now,
)
from calculator.facts.case_table import Cases
from rules import late_benefits, late_start, pension
from rules.arrays import Codes, Counts, Days, Mask, Pence, day_numbers
from rules.calendar import months_on
from rules.choices import Nation, PensionOutcome, Scheme
from rules.late_benefits import LaterRates
from rules.pension import LUMP_SUM_FACTORS, PENSION_FACTORS, TO_2008
from rules.positions import Positions

TRANCHE_FIELDS = ("pension_to_2008", "pension_2008_2014", "pension_care")
"""The fields of the tranches, in the order of :data:`rules.pension.TRANCHES`."""
OFFICIAL_SCHEMES = (
    Scheme.LGPS,
    Scheme.TPS,
    Scheme.NHS,
    Scheme.CIVIL_SERVICE,
    Scheme.POLICE,
    Scheme.FIRE,
)
"""Schemes whose pensions rise with the yearly orders under the Pensions (Increase) Act 1971."""
LUMP_SUM_MONTHS = 12
"""Months after which a pension lump sum is normally an unauthorised payment (HMRC PTM146400)."""


@dataclass
class Pension:
    """What the cap cost the member in pension: the loss, its arrears and the scheme's interest.

    ``begins``: the day after the exit; ``starts``: the day the pension came into payment, ``NaT`` where it
    has not or that is not known. ``ends``: the day the arrears end; ``settled``: the day interest ends, the
    same but for a member who has died. ``loss_if_85`` is the yearly loss if the 85-year rule was met,
    ``loss_if_not`` if not.
    """

    begins: Days
    starts: Days
    ends: Days
    settled: Days
    restored: Mask
    died: Mask
    late_start: Mask
    start_unknown: Mask
    not_started: Mask
    scheme: Codes
    scheme_from_benefits: Mask
    outcome: Codes
    under_55: Mask
    yearly: Benefit
    lump_sum: Benefit
    loss_if_85: Pence
    loss_if_not: Pence
    arrears: Pence
    arrears_known: Mask
    loss_now: Pence
    terms: Counts
    interest: LateInterest

    @property
    def estimated(self) -> Mask:
        """Where a benefit is worked from LGPS benefits by tranche, with reduction factors."""
        estimated: Mask = (self.yearly.estimated | self.lump_sum.estimated) & ~self.not_started
        return estimated

    @property
    def taken_as_reduced(self) -> Mask:
        """Where nothing says what happened to the pension, and it is estimated as reduced."""
        not_said = (self.outcome == PensionOutcome.NOT_GIVEN) | (
            self.outcome == PensionOutcome.UNKNOWN
        )
        taken: Mask = not_said & self.estimated
        return taken

    @property
    def nothing_paid(self) -> Mask:
        """Where nothing is in payment on the day of calculation."""
        taken: Mask = self.not_started & self.shown
        return taken

    @property
    def shown(self) -> Mask:
        """Where any figure can be shown."""
        return self.yearly.known | self.lump_sum.known

    @property
    def rates_missing(self) -> Mask:
        """Where a table of increases or of base rate ends before the day of calculation."""
        return (self.yearly.known & ~self.arrears_known) | self.interest.rates_missing

    @property
    def lump_sum_late(self) -> Mask:
        """Where a lump sum is short and could only be paid too late to be an authorised payment."""
        late = self.settled > months_on(self.begins, LUMP_SUM_MONTHS)
        return self.lump_sum.known & (self.lump_sum.loss > 0) & late


class _Facts(NamedTuple):
    """What the sums depend on, read once. ``start_unknown``: a deferred pension's start is not known."""

    born: Days
    begins: Days
    in_payment_from: Days
    outcome: Codes
    lgps: Mask
    could_be_estimated: Mask
    under_55: Mask
    late_start: Mask
    not_started: Mask
    scheme: Codes
    scheme_from_benefits: Mask
    start_unknown: Mask


def pension_of(
    cases: Cases,
    nation: Codes,
    positions: Positions,
    rates: LaterRates | None,
    as_at: np.datetime64,
) -> Pension:
    """The pension of each row, where it can be computed from what is entered."""
    facts = _facts_of(cases, nation, as_at)
    begins = facts.begins
    restored_on = cases.days["pension_restored_on"]
    restored = restored_on <= as_at
    settled = np.where(restored, restored_on, as_at)
    died = cases.days["died_on"] < settled
    ends = np.where(died, cases.days["died_on"] + 1, settled)
    not_met, met = (_pension(cases, facts, rule) for rule in (False, True))
    applied = positions.eighty_five_year_rule == "met"
    yearly = met if applied else not_met
    lump_sum = _lump_sum(cases, facts, applied)
    terms = late_benefits.terms_of(facts.scheme, nation)
    started_late = facts.late_start & ~facts.not_started
    days = LossDays(begins, facts.in_payment_from, ends, settled, started_late)
    arrears, arrears_known = arrears_of(yearly, days)
    return Pension(
        begins=begins,
        starts=np.where(facts.start_unknown, np.datetime64("NaT", "D"), facts.in_payment_from),
        ends=ends,
        settled=settled,
        restored=restored,
        died=died,
        late_start=facts.late_start,
        start_unknown=facts.start_unknown,
        not_started=facts.not_started,
        scheme=facts.scheme,
        scheme_from_benefits=facts.scheme_from_benefits,
        outcome=facts.outcome,
        under_55=facts.under_55,
        yearly=yearly,
        lump_sum=lump_sum,
        loss_if_85=met.loss,
        loss_if_not=not_met.loss,
        arrears=arrears,
        arrears_known=arrears_known,
        loss_now=loss_now(yearly, days),
        terms=terms,
        interest=interest_of(yearly, lump_sum, days, terms, late_benefits.base_rates(rates)),
    )


def benefits_of(
    cases: Cases, nation: Codes, positions: Positions, as_at: np.datetime64
) -> tuple[Benefit, Benefit]:
    """The yearly pension and the lump sum of each row, without what they come to since."""
    facts, applied = _facts_of(cases, nation, as_at), positions.eighty_five_year_rule == "met"
    return _pension(cases, facts, applied), _lump_sum(cases, facts, applied)


def _scheme_of(given: Codes, tranche_given: Mask) -> tuple[Codes, Mask]:
    """The scheme, and where it is taken as the LGPS because LGPS benefits are entered."""
    not_said = (given == Scheme.NOT_GIVEN) | (given == Scheme.UNKNOWN)
    from_benefits = not_said & tranche_given
    return np.where(from_benefits, np.int8(Scheme.LGPS), given), from_benefits


def _facts_of(cases: Cases, nation: Codes, as_at: np.datetime64) -> _Facts:
    """What the sums depend on."""
    begins = pension.pension_begins(cases.days["exit_date"])
    tranche_given = _any_known(cases, (*TRANCHE_FIELDS, "lump_sum_to_2008"))
    scheme, from_benefits = _scheme_of(cases.choices["scheme"], tranche_given)
    born = cases.days["date_of_birth"]
    outcome = cases.choices["pension_outcome"]
    started_on = cases.days["pension_started_on"]
    start_unknown = np.isnat(started_on) & (outcome == PensionOutcome.DEFERRED)
    late_start = start_unknown | (started_on > begins)
    in_payment_from = np.where(np.isnat(started_on), begins, started_on)
    old_enough = pension.old_enough_to_draw(born, in_payment_from)
    lgps = scheme == Scheme.LGPS
    south = (nation == Nation.ENGLAND) | (nation == Nation.WALES)
    estimated_for = ~np.isin(outcome, (PensionOutcome.UNREDUCED, PensionOutcome.SELF_FUNDED))
    return _Facts(
        born=born,
        begins=begins,
        in_payment_from=in_payment_from,
        outcome=outcome,
        lgps=lgps,
        could_be_estimated=lgps & south & old_enough & estimated_for,
        under_55=~np.isnat(born) & ~old_enough,
        late_start=late_start,
        not_started=start_unknown | (late_start & (started_on > as_at)),
        scheme=scheme,
        scheme_from_benefits=from_benefits,
        start_unknown=start_unknown,
    )


def _any_known(cases: Cases, names: tuple[str, ...]) -> Mask:
    given: Mask = np.any([cases.known[name] for name in names], axis=0)
    return given


def _pension(cases: Cases, facts: _Facts, rule_of_85: bool) -> Benefit:
    """The yearly pension: as entered, else by what happened, else estimated from the tranches."""
    tranches = np.stack([cases.money[name] for name in TRANCHE_FIELDS])
    given = _any_known(cases, TRANCHE_FIELDS)
    rows = np.flatnonzero(facts.could_be_estimated & given & ~facts.not_started)
    days = _pension_days(facts.born[rows], rule_of_85)
    reduced = _reduced(facts, rows, tranches, days, PENSION_FACTORS)
    fields = ("pension_due", "pension_paid")
    return _benefit(cases, facts, fields, tranches.sum(axis=0), given, *reduced)


def _lump_sum(cases: Cases, facts: _Facts, rule_of_85: bool) -> Benefit:
    """The pension lump sum, in the same way; the automatic one comes from service to March 2008.

    Where pension from that service is entered there was one, so blank is not nothing. One that is paid
    late is paid with the increases to that day.
    """
    automatic, given = cases.money["lump_sum_to_2008"], cases.known["lump_sum_to_2008"]
    rows = np.flatnonzero(facts.could_be_estimated & given & ~facts.not_started)
    days = _pension_days(facts.born[rows], rule_of_85)[TO_2008:][:1]
    late = np.zeros(cases.size, dtype=bool)
    late[rows] = facts.late_start[rows]
    reduced, reduced_known = _reduced(facts, rows, automatic[None], days, LUMP_SUM_FACTORS, late)
    fields = ("lump_sum_due", "lump_sum_paid")
    benefit = _benefit(cases, facts, fields, automatic, given, reduced, reduced_known)
    benefit.absent &= ~(cases.money[TRANCHE_FIELDS[TO_2008]] > 0)
    return benefit


def _pension_days(born: Days, rule_of_85: bool) -> Days:
    """The day each tranche is paid in full (tranches by cases)."""
    before_2014 = pension.pension_day_before_2014(born)
    days = np.stack([before_2014, before_2014, pension.normal_pension_day(born)])
    if not rule_of_85:
        return days
    earlier = np.stack([pension.protected_pension_day(born, tranche) for tranche in days])
    return np.where(pension.protected_tranches(born), earlier, days)


def _reduced(
    facts: _Facts,
    rows: Counts,
    tranches: Pence,
    days: Days,
    factors: tuple[Counts, ...],
    increased: Mask | None = None,
) -> tuple[Pence, Mask]:
    """What some rows' tranches come to after reduction, and where that is known; 0 for the others.

    The reduction of the day the pension came into payment. ``increased``: rows whose sum rises with the
    increases to that day before it is reduced.
    """
    size = tranches.shape[1]
    reduced, reduced_known = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=bool)
    starts = facts.in_payment_from[rows]
    reached = pension.reached_pension_age(facts.born[rows], starts)
    found = [pension.reduction(starts, tranche_days, factors) for tranche_days in days]
    parts = np.stack([np.where(known & ~reached, part, 0) for part, known in found])
    known = np.stack([known | reached for _, known in found])
    reduced[rows] = pension.reduced_benefit(tranches[:, rows], parts)
    reduced_known[rows] = (known | (tranches[:, rows] == 0)).all(axis=0)
    if increased is not None:
        for index in np.flatnonzero(increased[rows]).tolist():
            row = int(rows[index])
            months = int(pension.months_to_first_increase(facts.begins[[row]])[0])
            on = facts.in_payment_from[[row]]
            known_increase = bool(pension.increases_known(facts.begins[[row]], on + 1)[0])
            reduced_known[row] &= known_increase
            if known_increase:
                reduced[row] = late_start.reduced_with_increases(
                    tranches[:, row].tolist(), parts[:, index].tolist(), day_numbers(on)[0], months
                )
    return reduced, reduced_known


def _benefit(
    cases: Cases,
    facts: _Facts,
    names: tuple[str, str],
    tranches: Pence,
    tranche_given: Mask,
    reduced: Pence,
    reduced_known: Mask,
) -> Benefit:
    due_field, paid_field = names
    due, due_known = cases.money[due_field], cases.known[due_field]
    paid, paid_known = cases.money[paid_field], cases.known[paid_field]
    nothing = facts.not_started
    from_tranches = facts.could_be_estimated & tranche_given
    entered = due_known & paid_known & ~nothing
    unreduced = ~entered & ~nothing & (facts.outcome == PensionOutcome.UNREDUCED)
    all_due = np.where(due_known, due, tranches)
    unpaid = nothing & (due_known | from_tranches)
    estimated = ~entered & ~unreduced & ~nothing & from_tranches & reduced_known
    known = entered | unreduced | unpaid | estimated
    due = np.select([entered | unreduced | unpaid, estimated], [all_due, tranches], 0)
    paid = np.select([entered, unreduced, estimated], [paid, all_due, reduced], 0)
    return Benefit(
        due=due,
        paid=paid,
        loss=pension.loss(due, paid),
        known=known,
        absent=~(due_known | paid_known | tranche_given),
        estimated=estimated | (unpaid & ~due_known),
        paid_at_exit=~entered,
        before_start_unknown=unreduced & facts.late_start & ~due_known,
    )
