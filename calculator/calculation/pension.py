"""The pension of a table of cases: what the cap cost the member, by the scheme's own benefits.

Estimates for the scheme to confirm. Nothing here is part of the difference, and nothing of the
difference is part of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from calculator.calculation.legal_facts import Table
from calculator.facts.case_table import Cases
from rules import late_benefits, pension
from rules.arrays import Codes, Counts, Days, Mask, Pence
from rules.calendar import CalendarDays, months_on
from rules.choices import Nation, PensionOutcome, Scheme
from rules.late_benefits import BANK_RATE, NO_TERMS, TERMS
from rules.pension import LUMP_SUM_FACTORS, PENSION_FACTORS, PENSIONS_INCREASE, TO_2008
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
class Benefit(Table):
    """One benefit, the yearly pension or the lump sum: due, paid and short. Amounts are 0 where not known.

    ``absent``: nothing is entered of it. ``estimated``: worked from LGPS benefits by tranche.
    """

    due: Pence
    paid: Pence
    loss: Pence
    known: Mask
    absent: Mask
    estimated: Mask


@dataclass
class LateInterest(Table):
    """The scheme's interest, and why it is not known where it is not.

    ``verified`` is the interest to the last day that base rate is known for, where it is known no further.
    """

    on_arrears: Pence
    on_lump_sum: Pence
    known: Mask
    rule_missing: Mask
    rates_missing: Mask
    verified: Pence

    @property
    def total(self) -> Pence:
        """On pension and lump sum together."""
        return self.on_arrears + self.on_lump_sum


@dataclass
class Pension:
    """What the cap cost the member in pension: the loss, its arrears and the scheme's interest.

    ``loss_if_85`` is the yearly loss if the 85-year rule was met, ``loss_if_not`` if not.
    """

    begins: Days
    ends: Days
    restored: Mask
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
        from_tranches = self.yearly.estimated | self.lump_sum.estimated
        estimated: Mask = from_tranches & (self.outcome != PensionOutcome.DEFERRED)
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
        """Where a deferred pension is taken as not paid at all."""
        nothing = (self.yearly.paid == 0) & (self.lump_sum.paid == 0)
        taken: Mask = (self.outcome == PensionOutcome.DEFERRED) & self.shown & nothing
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
        late = self.ends > months_on(self.begins, LUMP_SUM_MONTHS)
        return self.lump_sum.known & (self.lump_sum.loss > 0) & late


class _Facts(NamedTuple):
    """What the sums hang on, read once."""

    born: Days
    begins: Days
    outcome: Codes
    lgps: Mask
    could_be_reduced: Mask
    under_55: Mask


def pension_of(cases: Cases, nation: Codes, positions: Positions, as_at: np.datetime64) -> Pension:
    """The pension of each row, where it can be computed from what is entered."""
    begins = pension.pension_begins(cases.days["exit_date"])
    restored_on = cases.days["pension_restored_on"]
    restored = restored_on <= as_at
    ends = np.where(restored, restored_on, as_at)
    tranche_given = _any_known(cases, (*TRANCHE_FIELDS, "lump_sum_to_2008"))
    scheme, from_benefits = _scheme_of(cases.choices["scheme"], tranche_given)
    facts = _facts_of(cases, begins, nation, scheme)
    not_met, met = (_pension(cases, facts, rule) for rule in (False, True))
    applied = positions.eighty_five_year_rule == "met"
    yearly = met if applied else not_met
    lump_sum = _lump_sum(cases, facts, applied)
    terms = late_benefits.terms_of(scheme, nation)
    arrears, arrears_known = _arrears(yearly, begins, ends)
    return Pension(
        begins=begins,
        ends=ends,
        restored=restored,
        scheme=scheme,
        scheme_from_benefits=from_benefits,
        outcome=facts.outcome,
        under_55=facts.under_55,
        yearly=yearly,
        lump_sum=lump_sum,
        loss_if_85=met.loss,
        loss_if_not=not_met.loss,
        arrears=arrears,
        arrears_known=arrears_known,
        loss_now=_loss_now(yearly, begins, ends),
        terms=terms,
        interest=_interest(yearly, lump_sum, begins, ends, terms),
    )


def _scheme_of(given: Codes, tranche_given: Mask) -> tuple[Codes, Mask]:
    """The scheme, and where it is taken as the LGPS because LGPS benefits are entered."""
    not_said = (given == Scheme.NOT_GIVEN) | (given == Scheme.UNKNOWN)
    from_benefits = not_said & tranche_given
    return np.where(from_benefits, np.int8(Scheme.LGPS), given), from_benefits


def _facts_of(cases: Cases, begins: Days, nation: Codes, scheme: Codes) -> _Facts:
    born = cases.days["date_of_birth"]
    calendar = CalendarDays.of(born)
    reached_55 = calendar.plus_years(pension.EARLIEST_AGE).not_after(CalendarDays.of(begins))
    under_55 = calendar.known & ~reached_55
    outcome = cases.choices["pension_outcome"]
    lgps = scheme == Scheme.LGPS
    south = (nation == Nation.ENGLAND) | (nation == Nation.WALES)
    not_reduced = np.isin(
        outcome,
        (PensionOutcome.UNREDUCED, PensionOutcome.DEFERRED, PensionOutcome.SELF_FUNDED),
    )
    could_be_reduced = lgps & south & reached_55 & ~not_reduced
    return _Facts(born, begins, outcome, lgps, could_be_reduced, under_55)


def _any_known(cases: Cases, names: tuple[str, ...]) -> Mask:
    found: Mask = np.any([cases.known[name] for name in names], axis=0)
    return found


def _pension(cases: Cases, facts: _Facts, rule_of_85: bool) -> Benefit:
    """The yearly pension: as entered, else by what happened, else estimated from the tranches."""
    tranches = np.stack([cases.money[name] for name in TRANCHE_FIELDS])
    given = _any_known(cases, TRANCHE_FIELDS)
    rows = np.flatnonzero(facts.could_be_reduced & given)
    days = _pension_days(facts.born[rows], rule_of_85)
    reduced = _reduced(facts, rows, tranches, days, PENSION_FACTORS)
    fields = ("pension_due", "pension_paid")
    return _benefit(cases, facts, fields, tranches.sum(axis=0), given, *reduced)


def _lump_sum(cases: Cases, facts: _Facts, rule_of_85: bool) -> Benefit:
    """The pension lump sum, in the same way; the automatic one comes from service to March 2008.

    Where pension from that service is entered there was one, so blank is not nothing.
    """
    automatic, given = cases.money["lump_sum_to_2008"], cases.known["lump_sum_to_2008"]
    rows = np.flatnonzero(facts.could_be_reduced & given)
    days = _pension_days(facts.born[rows], rule_of_85)[TO_2008:][:1]
    reduced = _reduced(facts, rows, automatic[None], days, LUMP_SUM_FACTORS)
    fields = ("lump_sum_due", "lump_sum_paid")
    found = _benefit(cases, facts, fields, automatic, given, *reduced)
    found.absent &= ~(cases.money[TRANCHE_FIELDS[TO_2008]] > 0)
    return found


def _pension_days(born: Days, rule_of_85: bool) -> Days:
    """The day each tranche is paid in full (tranches by cases)."""
    before_2014 = pension.pension_day_before_2014(born)
    days = np.stack([before_2014, before_2014, pension.normal_pension_day(born)])
    if not rule_of_85:
        return days
    earlier = np.stack([pension.protected_pension_day(born, tranche) for tranche in days])
    return np.where(pension.protected_tranches(born), earlier, days)


def _reduced(
    facts: _Facts, rows: Counts, tranches: Pence, days: Days, factors: tuple[Counts, ...]
) -> tuple[Pence, Mask]:
    """What some rows' tranches come to after reduction, and where that is known; 0 for the others."""
    size = tranches.shape[1]
    reduced, reduced_known = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=bool)
    begins = facts.begins[rows]
    reached = pension.reached_pension_age(facts.born[rows], begins)
    found = [pension.reduction(begins, tranche_days, factors) for tranche_days in days]
    parts = np.stack([np.where(known & ~reached, part, 0) for part, known in found])
    known = np.stack([known | reached for _, known in found])
    reduced[rows] = pension.reduced_benefit(tranches[:, rows], parts)
    reduced_known[rows] = (known | (tranches[:, rows] == 0)).all(axis=0)
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
    entered = due_known & paid_known
    unreduced = ~entered & (facts.outcome == PensionOutcome.UNREDUCED)
    from_tranches = facts.lgps & tranche_given & ~facts.under_55
    whole = np.where(due_known, due, tranches)
    deferred = ~entered & (facts.outcome == PensionOutcome.DEFERRED) & (due_known | from_tranches)
    estimated = (
        ~entered & facts.could_be_reduced & from_tranches & reduced_known & ~unreduced & ~deferred
    )
    known = entered | unreduced | deferred | estimated
    due = np.select([entered | unreduced | deferred, estimated], [whole, tranches], 0)
    paid = np.select([entered, unreduced, estimated], [paid, whole, reduced], 0)
    return Benefit(
        due=due,
        paid=paid,
        loss=pension.loss(due, paid),
        known=known,
        absent=~(due_known | paid_known | tranche_given),
        estimated=estimated | (deferred & ~due_known),
    )


def _runs(benefit: Benefit, begins: Days, ends: Days) -> Mask:
    """Where there is a loss and a day of it has passed."""
    runs: Mask = benefit.known & (benefit.loss > 0) & (ends > begins)
    return runs


def _arrears(yearly: Benefit, begins: Days, ends: Days) -> tuple[Pence, Mask]:
    """The arrears, and where they are known: no increase is missing, or nothing runs."""
    covered = pension.increases_known(begins, ends)
    runs = _runs(yearly, begins, ends)
    arrears = np.zeros_like(yearly.loss)
    rows = np.flatnonzero(runs & covered)
    if len(rows):
        arrears[rows] = pension.arrears(yearly.loss[rows], begins[rows], ends[rows])
    return arrears, yearly.known & (covered | ~runs)


def _loss_now(yearly: Benefit, begins: Days, ends: Days) -> Pence:
    """The loss of a year with the increases up to the end, for showing; 0 where not known."""
    grown = np.zeros_like(yearly.loss)
    covered = pension.increases_known(begins, ends + 1)
    rows = np.flatnonzero(_runs(yearly, begins, ends) & covered)
    if len(rows):
        grown[rows] = pension.with_increases(yearly.loss[rows], begins[rows], ends[rows])
    return grown


def _interest(
    yearly: Benefit, lump_sum: Benefit, begins: Days, ends: Days, terms: Counts
) -> LateInterest:
    """Interest by each scheme's own terms.

    Known where every benefit entered is known, and the terms, the increases and base rate with them.
    """
    increases = pension.increases_known(begins, ends)
    rates = late_benefits.rates_known(begins, ends, BANK_RATE)
    worked = pension.increases_known(begins, begins)
    last_end = np.minimum(ends, min(BANK_RATE.last, PENSIONS_INCREASE.last) + 1)
    instalments = _instalments_late(yearly, begins, ends, terms)
    lump_late = _lump_sum_is_late(lump_sum, begins, ends, terms)
    whole = (yearly.known | yearly.absent) & (lump_sum.known | lump_sum.absent)
    whole &= yearly.known | lump_sum.known
    runs = _runs(yearly, begins, ends) | _runs(lump_sum, begins, ends)
    rule_missing = whole & runs & (terms == NO_TERMS)
    covered = rates & increases & worked
    rates_missing = whole & (instalments | lump_late) & ~covered
    until = np.where(covered, ends, last_end)
    on_arrears, on_lump_sum = _by_terms(
        yearly, lump_sum, instalments & worked, lump_late & worked, begins, until, terms
    )
    return LateInterest(
        on_arrears=np.where(covered, on_arrears, 0),
        on_lump_sum=np.where(covered, on_lump_sum, 0),
        known=whole & ~rule_missing & ~rates_missing,
        rule_missing=rule_missing,
        rates_missing=rates_missing,
        verified=np.where(rates_missing, on_arrears + on_lump_sum, 0),
    )


def _instalments_late(yearly: Benefit, begins: Days, ends: Days, terms: Counts) -> Mask:
    """Where the first instalment is paid late, so that interest runs on arrears."""
    months = np.array([rule.pension_months for rule in TERMS])[np.maximum(terms, 0)]
    first_due = late_benefits.first_instalment_due(begins)
    late = late_benefits.is_late(first_due, ends, months) & _runs(yearly, begins, ends)
    bears: Mask = late & (terms != NO_TERMS)
    return bears


def _lump_sum_is_late(lump_sum: Benefit, begins: Days, ends: Days, terms: Counts) -> Mask:
    """Where the lump sum is paid late. It falls due on the day the pension begins."""
    months = np.array([rule.lump_sum_months for rule in TERMS])[np.maximum(terms, 0)]
    late = late_benefits.is_late(begins, ends, months) & _runs(lump_sum, begins, ends)
    bears: Mask = late & (terms != NO_TERMS)
    return bears


def _by_terms(
    yearly: Benefit,
    lump_sum: Benefit,
    instalments: Mask,
    lump_late: Mask,
    begins: Days,
    until: Days,
    terms: Counts,
) -> tuple[Pence, Pence]:
    """Interest on arrears and on the lump sum to a day, by the rule of each row."""
    on_arrears, on_lump_sum = np.zeros_like(yearly.loss), np.zeros_like(yearly.loss)
    for place, rule in enumerate(TERMS):
        rows = np.flatnonzero(instalments & (terms == place))
        if len(rows):
            on_arrears[rows] = late_benefits.interest_on_arrears(
                yearly.loss[rows], begins[rows], until[rows], rule, BANK_RATE
            )
        rows = np.flatnonzero(lump_late & (terms == place))
        if len(rows):
            on_lump_sum[rows] = late_benefits.interest_on_sum(
                lump_sum.loss[rows], begins[rows], until[rows], rule, BANK_RATE
            )
    return on_arrears, on_lump_sum
