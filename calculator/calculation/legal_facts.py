"""The facts of a table of cases as the rules need them, in legal order: scope, redundancy, payments."""

from __future__ import annotations

from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Self

import numpy as np

from calculator.facts.case_table import Cases
from rules import coverage, redundancy
from rules.arrays import Codes, Counts, Days, Mask, Pence
from rules.calendar import CalendarDays
from rules.choices import CapApplied, EmployerKind, ExitReason, Nation, Scheme
from rules.exit_payments import KINDS, NOTICE, REDUNDANCY, STRAIN, quarter_of_salary
from rules.pension import old_enough_at_exit, reason_gives_unreduced
from rules.positions import Positions


class Table:
    """A dataclass of arrays whose last axis is the row."""

    def take(self, rows: Counts) -> Self:
        """The same facts for some of the rows, in the order given."""
        picked = {f.name: getattr(self, f.name)[..., rows] for f in fields(self)}  # type: ignore[arg-type]
        return type(self)(**picked)


@dataclass
class Scope(Table):
    """SI 2020/1122 regs 1, 2 and Schedule; SI 2021/197 reg 2."""

    nation: Codes
    nation_assumed: Mask
    scotland: Mask
    named: Mask
    kind_conflicts: Mask
    kind_not_listed: Mask
    unconfirmed: Mask
    check_schedule: Mask
    nation_not_covered: Mask
    before_cap: Mask
    after_cap: Mask
    boundary_day: Mask
    late: Mask
    cap_confirmed: Mask
    only_before_cap: Mask
    in_scope: Mask


@dataclass
class StatutoryPay(Table):
    """ERA 1996 ss.86, 145, 155, 162, 227. ``sum`` is what is entered, else what is worked out."""

    applies: Mask
    relevant_date: Days
    notice_unknown: Mask
    years: Counts
    half_weeks: Counts
    weeks_known: Mask
    limit: Pence
    limit_known: Mask
    week: Pence
    week_known: Mask
    week_from_salary: Mask
    computed: Pence
    computed_known: Mask
    sum: Pence
    sum_known: Mask
    used: Pence
    used_known: Mask
    protected: Pence
    differs: Mask
    short: Mask


@dataclass
class Payments(Table):
    """What was due and paid, kinds by cases, and what is known of it.

    ``due`` and ``paid`` are 0 where not known. ``paid_unknown``: due above 0 and paid not given.
    ``notice_unsure``: notice pay due, and no salary to tell what of it is exempt.
    """

    due: Pence
    due_known: Mask
    paid: Pence
    paid_unknown: Mask
    none_due: Mask
    due_missing: Mask
    statutory_without_due: Mask
    strain_implied: Mask
    due_incomplete: Mask
    paid_incomplete: Mask
    strain_paid_blank: Mask
    strain_not_nothing: Mask
    others_due_known: Mask
    strain_could_be_due: Mask
    reached_55: Mask
    total_paid: Pence
    total_known: Mask
    cash_alternative: Pence
    member_funded: Pence
    exempt_listed: Pence
    quarter: Pence
    salary_known: Mask
    notice_unsure: Mask
    relaxed_by: Pence
    waived: Mask


@dataclass
class Dates(Table):
    """The days that start interest and clocks, and what has been paid since by the day of calculation."""

    exit_date: Days
    member_paid_on: Days
    scheme_paid_on: Days
    payment_assumed: Mask
    strain_day_assumed: Mask
    paid_outside_period: Mask
    paid_in_period_as_given: Mask
    top_up_in_period: Mask
    strain_paid_late: Mask
    due_given_on: Days
    due_on: Days
    due_assumed: Mask
    acknowledged_on: Days
    top_up_on: Days
    top_up_member: Pence
    top_up_scheme: Pence
    top_up_interest: Pence
    topped_up: Mask
    top_up_after: Mask
    top_up_early: Mask


def scope_of(cases: Cases, positions: Positions) -> Scope:
    """Who is in scope, and why not. ``only_before_cap``: nothing but the day of exit rules it out."""
    kind = cases.choices["employer_kind"]
    given_nation = cases.choices["nation"]
    nation_assumed = given_nation == Nation.NOT_GIVEN
    nation = np.where(nation_assumed, np.int8(Nation.ENGLAND), given_nation)
    exit_date = cases.days["exit_date"]
    named = cases.text["employer_name"].test(
        lambda name: coverage.named_in_schedule(name) is not None
    )
    covered = coverage.employer_covered(named, kind, nation)
    not_listed = ~named & (kind == EmployerKind.NOT_LISTED)
    before, after = coverage.exit_before_cap(exit_date), coverage.exit_after_cap(exit_date)
    excluded = coverage.excluded_as_before_cap(exit_date, positions.exit_before_cap)
    cap_applied = cases.choices["cap_applied"]
    return Scope(
        nation=nation,
        nation_assumed=nation_assumed,
        scotland=nation == Nation.SCOTLAND,
        named=named,
        kind_conflicts=named & (kind == EmployerKind.NOT_LISTED),
        kind_not_listed=not_listed,
        unconfirmed=coverage.employer_unconfirmed(named, kind),
        check_schedule=coverage.schedule_to_be_checked(named, kind, nation),
        nation_not_covered=~covered & ~not_listed,
        before_cap=before,
        after_cap=after,
        boundary_day=coverage.on_boundary_day(exit_date),
        late=coverage.late_exit(exit_date),
        cap_confirmed=(cap_applied == CapApplied.IN_WRITING) | (cap_applied == CapApplied.TOLD),
        only_before_cap=covered & excluded,
        in_scope=covered & ~excluded & ~after,
    )


def statutory_pay_of(cases: Cases, nation: Codes, positions: Positions) -> StatutoryPay:
    """Statutory redundancy pay, where the reason is redundancy and the start of service is known."""
    service_start = CalendarDays.of(cases.days["service_start"])
    is_redundancy = cases.choices["exit_reason"] == ExitReason.REDUNDANCY
    applies = is_redundancy & service_start.known
    no_notice, notice_day = cases.no_notice, cases.days["notice_given_on"]
    relevant = redundancy.relevant_date(
        cases.days["exit_date"], service_start, notice_day, no_notice
    )
    day_after = CalendarDays.of(relevant + 1)
    years = redundancy.years_that_count(service_start, day_after)
    too_short = years < redundancy.QUALIFYING_YEARS
    born = CalendarDays.of(cases.days["date_of_birth"])
    half_weeks = redundancy.half_weeks(years, born, day_after)
    weeks_known = applies & (too_short | born.known)
    limit, limit_known = redundancy.weekly_limit(relevant, nation)
    week_given = cases.known["weekly_pay"]
    salary, salary_known = cases.money["annual_salary"], cases.known["annual_salary"]
    from_week = redundancy.redundancy_pay(half_weeks, cases.money["weekly_pay"], Fraction(1), limit)
    from_salary = redundancy.redundancy_pay(half_weeks, salary, positions.weeks_in_year, limit)
    computed = np.where(too_short, 0, np.where(week_given, from_week, from_salary))
    week_known = week_given | salary_known
    computed_known = weeks_known & limit_known & (too_short | week_known)

    entered, entered_known = (
        cases.money["statutory_redundancy"],
        cases.known["statutory_redundancy"],
    )
    due, due_known = cases.money["redundancy_due"], cases.known["redundancy_due"]
    paid_known = cases.known["redundancy_paid"] | (due_known & (due == 0))
    statutory_sum = np.where(entered_known, entered, np.where(computed_known, computed, 0))
    sum_known = entered_known | computed_known
    used = np.where(due_known, np.minimum(statutory_sum, due), statutory_sum)
    return StatutoryPay(
        applies=applies,
        relevant_date=relevant,
        notice_unknown=applies & ~no_notice & np.isnat(notice_day),
        years=years,
        half_weeks=half_weeks,
        weeks_known=weeks_known,
        limit=limit,
        limit_known=applies & limit_known,
        week=np.where(week_given, cases.money["weekly_pay"], salary),
        week_known=week_known,
        week_from_salary=computed_known & ~week_given & ~too_short,
        computed=computed,
        computed_known=computed_known,
        sum=statutory_sum,
        sum_known=sum_known,
        used=used,
        used_known=sum_known & (due_known | cases.known["redundancy_paid"]),
        protected=np.where(due_known & sum_known, used, 0),
        differs=entered_known & computed_known & (entered != computed),
        short=sum_known & paid_known & (cases.money["redundancy_paid"] < statutory_sum),
    )


def payments_of(cases: Cases, in_scope: Mask) -> Payments:
    """The exit payments due and paid, and which facts about them are missing.

    Out of scope a payment with neither sum entered is no part of the exit.
    """
    due = np.stack([cases.money[f"{kind.name}_due"] for kind in KINDS])
    due_known = np.stack([cases.known[f"{kind.name}_due"] for kind in KINDS])
    paid = np.stack([cases.money[f"{kind.name}_paid"] for kind in KINDS])
    paid_given = np.stack([cases.known[f"{kind.name}_paid"] for kind in KINDS])
    paid_unknown = due_known & (due > 0) & ~paid_given
    due_missing = paid_given & ~due_known
    none_due: Mask = in_scope & ~np.any(due_known, axis=0)
    statutory_without_due = (cases.money["statutory_redundancy"] > 0) & ~due_known[REDUNDANCY]
    strain_blank = ~due_known[STRAIN]
    cash, funded = cases.money["cash_alternative_paid"], cases.money["member_funded_strain"]
    strain_implied = strain_blank & ((cash > 0) | (funded > 0))
    due_incomplete = none_due | due_missing.any(axis=0) | statutory_without_due | strain_implied
    paid_incomplete = (
        paid_unknown.any(axis=0)
        | ((none_due | statutory_without_due) & ~paid_given[REDUNDANCY])
        | ((none_due | strain_implied) & ~paid_given[STRAIN])
    )
    others = [place for place in range(len(KINDS)) if place != STRAIN]
    reached_55 = old_enough_at_exit(cases.days["date_of_birth"], cases.days["exit_date"])
    salary_known = cases.known["annual_salary"]
    return Payments(
        due=due,
        due_known=due_known,
        paid=paid,
        paid_unknown=paid_unknown,
        none_due=none_due,
        due_missing=due_missing,
        statutory_without_due=statutory_without_due,
        strain_implied=strain_implied,
        due_incomplete=due_incomplete,
        paid_incomplete=paid_incomplete,
        strain_paid_blank=~paid_given[STRAIN],
        strain_not_nothing=~(
            np.where(paid_given[STRAIN], paid[STRAIN] == 0, due_known[STRAIN] & (due[STRAIN] == 0))
        ),
        others_due_known=~(none_due | due_missing[others].any(axis=0) | statutory_without_due),
        strain_could_be_due=(
            strain_blank
            & (cases.choices["scheme"] == Scheme.LGPS)
            & reached_55
            & reason_gives_unreduced(cases.choices["exit_reason"])
            & ~cases.wholly_waived
        ),
        reached_55=reached_55,
        total_paid=cases.money["total_paid"],
        total_known=cases.known["total_paid"],
        cash_alternative=cash,
        member_funded=funded,
        exempt_listed=cases.money["holiday_pay"] + cases.money["other_exempt"],
        quarter=quarter_of_salary(cases.money["annual_salary"]),
        salary_known=salary_known,
        notice_unsure=~salary_known & (due[NOTICE] > 0),
        relaxed_by=cases.money["relaxed_amount"],
        waived=cases.wholly_waived,
    )


def dates_of(cases: Cases, strain_not_nothing: Mask, as_at: np.datetime64) -> Dates:
    """The days, with those not given taken from the next best, and the top-up that counts so far.

    ``paid_outside_period``: no exit payment is known to have been made in the relevant period, to the
    member, the scheme or since. SI 2021/197 reg 4(2)(a).
    """
    exit_date, payment = cases.days["exit_date"], cases.days["payment_date"]
    payment_blank = np.isnat(payment)
    paid_on = np.where(payment_blank, exit_date, payment)
    strain_day = cases.days["strain_due_date"]
    strain_blank = np.isnat(strain_day)
    due_day = cases.days["due_date"]
    due_blank = np.isnat(due_day)
    sums = {to: cases.money[f"top_up_{to}"] for to in ("member", "scheme", "interest")}
    any_sum = (sums["member"] > 0) | (sums["scheme"] > 0) | (sums["interest"] > 0)
    after = any_sum & (cases.days["top_up_date"] > as_at)
    payment_inside = coverage.in_relevant_period(paid_on)
    strain_paid_on = cases.days["strain_paid_on"]
    strain_inside = strain_not_nothing & coverage.in_relevant_period(strain_paid_on)
    top_up_inside = any_sum & coverage.in_relevant_period(cases.days["top_up_date"])
    return Dates(
        exit_date=exit_date,
        member_paid_on=paid_on,
        scheme_paid_on=np.where(strain_blank, paid_on, strain_day),
        payment_assumed=payment_blank,
        strain_day_assumed=strain_blank,
        paid_outside_period=~(payment_inside | strain_inside | top_up_inside),
        paid_in_period_as_given=(~payment_blank & payment_inside) | strain_inside | top_up_inside,
        top_up_in_period=top_up_inside,
        strain_paid_late=strain_not_nothing & (strain_paid_on > coverage.REVOKED),
        due_given_on=due_day,
        due_on=np.where(due_blank, exit_date, due_day),
        due_assumed=due_blank,
        acknowledged_on=cases.days["acknowledged_on"],
        top_up_on=cases.days["top_up_date"],
        top_up_member=np.where(after, 0, sums["member"]),
        top_up_scheme=np.where(after, 0, sums["scheme"]),
        top_up_interest=np.where(after, 0, sums["interest"]),
        topped_up=any_sum & ~after,
        top_up_after=after,
        top_up_early=any_sum & (cases.days["top_up_date"] <= coverage.REVOKED),
    )


@dataclass
class LegalFacts(Table):
    """All that is known of the rows of a block."""

    scope: Scope
    statutory: StatutoryPay
    payments: Payments
    dates: Dates

    def take(self, rows: Counts) -> LegalFacts:
        """The same facts for some of the rows."""
        return LegalFacts(
            self.scope.take(rows),
            self.statutory.take(rows),
            self.payments.take(rows),
            self.dates.take(rows),
        )


def facts_of(cases: Cases, positions: Positions, as_at: np.datetime64) -> LegalFacts:
    """All the facts of a table of cases, in legal order."""
    scope = scope_of(cases, positions)
    payments = payments_of(cases, scope.in_scope)
    return LegalFacts(
        scope,
        statutory_pay_of(cases, scope.nation, positions),
        payments,
        dates_of(cases, payments.strain_not_nothing, as_at),
    )
