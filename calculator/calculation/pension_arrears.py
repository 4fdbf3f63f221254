"""What a pension or lump sum was short of, by days: arrears, and the scheme's interest on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from calculator.calculation.legal_facts import Table
from rules import late_benefits, late_start, pension
from rules.arrays import Counts, Days, Mask, Pence, day_numbers
from rules.dated import Dated
from rules.late_benefits import NO_TERMS, TERMS
from rules.late_start import Stretch
from rules.pension import PENSIONS_INCREASE


@dataclass
class Benefit(Table):
    """One benefit, the yearly pension or the lump sum: due, paid and short. Amounts are 0 where not known.

    ``due`` is a sum at the exit. ``paid`` is what is in payment on the day of calculation, for a pension
    that started late a sum as at that start, where it was entered. ``absent``: nothing is entered of it.
    ``estimated``: calculated from LGPS benefits by tranche. ``paid_at_exit``: ``paid`` is at exit prices.
    ``before_start_unknown``: unreduced since it started late, and the sum due until then is not known.
    """

    due: Pence
    paid: Pence
    loss: Pence
    known: Mask
    absent: Mask
    estimated: Mask
    paid_at_exit: Mask
    before_start_unknown: Mask


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
    floor: Pence
    floor_known: Mask
    floor_to: np.datetime64

    @property
    def total(self) -> Pence:
        """On pension and lump sum together."""
        return self.on_arrears + self.on_lump_sum


class LossDays(NamedTuple):
    """The days of each row's arrears and interest.

    ``started_late``: rows that came into payment after the day they were due, by the day of calculation.
    """

    begins: Days
    starts: Days
    ends: Days
    settled: Days
    started_late: Mask

    @property
    def in_stretches(self) -> Mask:
        """Rows whose loss is not the same on every day to the day of payment."""
        odd: Mask = self.started_late | (self.ends != self.settled)
        return odd


class _One(NamedTuple):
    """One row that is calculated by itself. Days count from 1 January 1970."""

    row: int
    months: int
    begins: int
    starts: int
    ends: int
    settled: int

    def stretches(self, yearly: Benefit, days: LossDays) -> tuple[list[Stretch], int]:
        """The loss by stretches of days, and how many parts of it make a penny."""
        if not days.started_late[self.row]:
            loss = int(yearly.loss[self.row])
            return [Stretch(loss, self.begins, max(self.begins, self.ends))], 1
        return late_start.short_by_stretches(
            int(yearly.due[self.row]),
            int(yearly.paid[self.row]),
            bool(yearly.paid_at_exit[self.row]),
            (self.begins, self.starts, self.ends),
            self.months,
        )


def _runs(benefit: Benefit, days: LossDays) -> Mask:
    """Where a benefit was short on a day that has passed."""
    short = (benefit.loss > 0) | (days.started_late & (benefit.due > 0))
    runs: Mask = benefit.known & short & (days.ends > days.begins)
    return runs


def arrears_of(yearly: Benefit, days: LossDays) -> tuple[Pence, Mask]:
    """The arrears, and where they are known: no increase is missing, or nothing runs."""
    covered = pension.increases_known(days.begins, days.ends)
    runs = _runs(yearly, days)
    covered |= _increases_known_while_short(yearly, days, runs & ~covered)
    arrears = np.zeros_like(yearly.loss)
    rows = np.flatnonzero(runs & covered & ~days.in_stretches)
    if len(rows):
        arrears[rows] = pension.arrears(yearly.loss[rows], days.begins[rows], days.ends[rows])
    for one in _one_by_one(days, runs & covered & days.in_stretches):
        stretches, parts = one.stretches(yearly, days)
        arrears[one.row] = late_start.arrears_of(stretches, parts, one.begins, one.months)
    return arrears, yearly.known & ~_unknown_before_start(yearly, days) & (covered | ~runs)


def _unknown_before_start(yearly: Benefit, days: LossDays) -> Mask:
    """Where a day passed on which what was due is not known."""
    unknown: Mask = yearly.before_start_unknown & (days.ends > days.begins)
    return unknown


def _increases_known_while_short(yearly: Benefit, days: LossDays, where: Mask) -> Mask:
    """Where every increase is known to the last day on which something was short.

    A pension that started late may have been paid in full since.
    """
    known = np.zeros_like(where)
    started = days.starts <= PENSIONS_INCREASE.last
    for one in _one_by_one(days, where & days.started_late & started):
        short = [stretch.after for stretch in one.stretches(yearly, days)[0] if stretch.yearly]
        ends = np.array([max(short, default=0)], dtype="datetime64[D]")
        known[one.row] = not short or bool(pension.increases_known(days.begins[[one.row]], ends)[0])
    return known


def _one_by_one(days: LossDays, where: Mask) -> Iterator[_One]:
    """The rows of a mask, each with its days and its months to the first increase."""
    rows = np.flatnonzero(where)
    months = pension.months_to_first_increase(days.begins[rows]).tolist()
    each = (day_numbers(d[rows]) for d in (days.begins, days.starts, days.ends, days.settled))
    yield from map(_One, rows.tolist(), months, *each)


def loss_now(yearly: Benefit, days: LossDays) -> Pence:
    """The loss of a year with the increases up to the end, for showing; 0 where not known.

    For a pension that started late with its sum entered, 0: it is not the same sum increased.
    """
    increased = np.zeros_like(yearly.loss)
    covered = pension.increases_known(days.begins, days.ends + 1)
    simple = yearly.paid_at_exit | ~days.started_late
    rows = np.flatnonzero(_runs(yearly, days) & covered & simple)
    if len(rows):
        increased[rows] = pension.with_increases(
            yearly.loss[rows], days.begins[rows], days.ends[rows]
        )
    return increased


def interest_of(
    yearly: Benefit, lump_sum: Benefit, days: LossDays, terms: Counts, rates: Dated
) -> LateInterest:
    """Interest by each scheme's own terms.

    Known where every benefit entered is known, and the terms, the increases and base rate with them.
    """
    begins, ends, settled = days.begins, days.ends, days.settled
    increases = pension.increases_known(begins, ends)
    rates_cover = late_benefits.rates_known(begins, settled, rates)
    first_known = pension.increases_known(begins, begins)
    floor_to = min(rates.last, PENSIONS_INCREASE.last)
    instalments = _instalments_late(yearly, days, settled, terms)
    lump_late = _lump_sum_is_late(lump_sum, days, settled, terms)
    yearly_known = yearly.known & ~_unknown_before_start(yearly, days)
    all_known = (yearly_known | yearly.absent) & (lump_sum.known | lump_sum.absent)
    all_known &= yearly_known | lump_sum.known
    runs = _runs(yearly, days) | _runs_of_lump_sum(lump_sum, days)
    rule_missing = all_known & runs & (terms == NO_TERMS)
    covered = rates_cover & increases & first_known
    rates_missing = all_known & (instalments | lump_late) & ~covered
    on_arrears, on_lump_sum = _by_terms(
        yearly, lump_sum, instalments & covered, lump_late & covered, days, terms, rates, 0
    )
    end = np.full_like(settled, floor_to + 1)
    to_floor = days._replace(ends=np.minimum(ends, end), settled=end)
    lacking = rates_missing & first_known & (settled > floor_to)
    floors = _by_terms(
        yearly,
        lump_sum,
        lacking & _instalments_late(yearly, to_floor, end - 1, terms),
        lacking & _lump_sum_is_late(lump_sum, to_floor, end - 1, terms),
        to_floor,
        terms,
        rates,
        1,
    )
    return LateInterest(
        on_arrears=on_arrears,
        on_lump_sum=on_lump_sum,
        known=all_known & ~rule_missing & ~rates_missing,
        rule_missing=rule_missing,
        rates_missing=rates_missing,
        floor=floors[0] + floors[1],
        floor_known=lacking,
        floor_to=floor_to,
    )


def _instalments_late(yearly: Benefit, days: LossDays, asked_on: Days, terms: Counts) -> Mask:
    """Where the first instalment is paid late, so that interest runs on arrears."""
    months = np.array([rule.pension_months for rule in TERMS])[np.maximum(terms, 0)]
    first_due = late_benefits.first_instalment_due(days.begins)
    late = late_benefits.is_late(first_due, asked_on, months) & _runs(yearly, days)
    bears: Mask = late & (terms != NO_TERMS)
    return bears


def _runs_of_lump_sum(lump_sum: Benefit, days: LossDays) -> Mask:
    runs: Mask = lump_sum.known & (lump_sum.loss > 0) & (days.settled > days.begins)
    return runs


def _lump_sum_is_late(lump_sum: Benefit, days: LossDays, asked_on: Days, terms: Counts) -> Mask:
    """Where the lump sum is paid late. It falls due on the day the pension begins."""
    months = np.array([rule.lump_sum_months for rule in TERMS])[np.maximum(terms, 0)]
    late = late_benefits.is_late(days.begins, asked_on, months)
    bears: Mask = late & _runs_of_lump_sum(lump_sum, days) & (terms != NO_TERMS)
    return bears


def _by_terms(
    yearly: Benefit,
    lump_sum: Benefit,
    instalments: Mask,
    lump_late: Mask,
    days: LossDays,
    terms: Counts,
    rates: Dated,
    asked_before: int,
) -> tuple[Pence, Pence]:
    """Interest on arrears and on the lump sum to the day it is settled, by the rule of each row."""
    on_arrears, on_lump_sum = np.zeros_like(yearly.loss), np.zeros_like(yearly.loss)
    for index, rule in enumerate(TERMS):
        of_rule = terms == index
        rows = np.flatnonzero(instalments & of_rule & ~days.in_stretches)
        if len(rows):
            on_arrears[rows] = late_benefits.interest_on_arrears(
                yearly.loss[rows], days.begins[rows], days.settled[rows], rule, rates, asked_before
            )
        for one in _one_by_one(days, instalments & of_rule & days.in_stretches):
            stretches, parts = one.stretches(yearly, days)
            on_arrears[one.row] = late_start.interest_on(
                stretches,
                parts,
                one.months,
                one.settled,
                one.settled - asked_before,
                rule,
                rates,
            )
        rows = np.flatnonzero(lump_late & of_rule)
        if len(rows):
            on_lump_sum[rows] = late_benefits.interest_on_sum(
                lump_sum.loss[rows],
                days.begins[rows],
                days.settled[rows],
                rule,
                rates,
                asked_before,
            )
    return on_arrears, on_lump_sum
