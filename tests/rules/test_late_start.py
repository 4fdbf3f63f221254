"""A pension that came into payment late, or whose arrears ended with a death."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from rules import late_benefits, late_start, pension
from rules.arrays import day_numbers
from rules.late_benefits import BANK_RATE, TERMS
from rules.late_start import Stretch
from tests.rules.values import days

BEGINS, STARTS, ENDS = day_numbers(days("2021-01-01", "2023-06-01", "2026-10-01"))
MONTHS = int(pension.months_to_first_increase(days("2021-01-01"))[0])
LOSS = 4_350_00


def test_reg_30_7_one_stretch_is_the_arrears_of_a_pension_paid_at_once() -> None:
    """LGPS Regulations 2013 reg 30(7)."""
    stretches = [Stretch(LOSS, BEGINS, STARTS), Stretch(LOSS, STARTS, ENDS)]
    alike = pension.arrears(np.array([LOSS]), days("2021-01-01"), days("2026-10-01"))
    assert [late_start.arrears_of(stretches, 1, BEGINS, MONTHS)] == alike.tolist()


def test_reg_81_interest_on_one_stretch_is_that_of_a_pension_paid_at_once() -> None:
    """LGPS Regulations 2013 reg 81(4)."""
    stretches = [Stretch(LOSS, BEGINS, STARTS), Stretch(LOSS, STARTS, ENDS)]
    alike = late_benefits.interest_on_arrears(
        np.array([LOSS]), days("2021-01-01"), days("2026-10-01"), TERMS[0], BANK_RATE
    )
    ours = late_start.interest_on(stretches, 1, MONTHS, ENDS, ENDS, TERMS[0], BANK_RATE)
    assert [ours] == alike.tolist()


def test_reg_81_4_interest_runs_on_after_the_arrears_have_ended() -> None:
    """LGPS Regulations 2013 reg 81(4): from the due date, until the estate is paid."""
    to_death = [Stretch(LOSS, BEGINS, STARTS)]
    sooner, later = (
        late_start.interest_on(to_death, 1, MONTHS, paid, paid, TERMS[0], BANK_RATE)
        for paid in (STARTS, ENDS)
    )
    assert later > sooner > 0


def test_reg_30_7_before_the_start_all_is_short_and_after_it_the_difference() -> None:
    """LGPS Regulations 2013 reg 30(7): a sum of the day of the start is compared at the prices of the exit."""
    days_of = (BEGINS, STARTS, ENDS)
    (before, after), parts = late_start.short_by_stretches(10_000, 4_000, True, days_of, MONTHS)
    assert (before, after, parts) == (
        Stretch(10_000, BEGINS, STARTS),
        Stretch(6_000, STARTS, ENDS),
        1,
    )
    risen = 10_000 * pension.increased_to(STARTS, MONTHS) // pension.WEIGHT_PARTS + 1
    (_, nothing), _ = late_start.short_by_stretches(10_000, risen, False, days_of, MONTHS)
    assert nothing.yearly == 0


def test_reg_30_7_a_pension_that_starts_after_the_arrears_end_was_short_in_full() -> None:
    """LGPS Regulations 2013 reg 30(7)."""
    stretches, parts = late_start.short_by_stretches(
        10_000, 4_000, False, (BEGINS, ENDS, STARTS), MONTHS
    )
    assert (stretches, parts) == ([Stretch(10_000, BEGINS, STARTS)], 1)


def test_reg_30_5_a_lump_sum_paid_late_rises_before_it_is_reduced() -> None:
    """LGPS Regulations 2013 reg 30(5): £10,000 with nothing taken off is £10,000 with the increases."""
    paid = late_start.reduced_with_increases([10_000_00], [0], STARTS, MONTHS)
    level = Fraction(pension.increased_to(STARTS, MONTHS), pension.WEIGHT_PARTS)
    assert paid == int(10_000_00 * level + Fraction(1, 2))
