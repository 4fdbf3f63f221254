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
    stretches = [Stretch(Fraction(LOSS), BEGINS, STARTS), Stretch(Fraction(LOSS), STARTS, ENDS)]
    alike = pension.arrears(np.array([LOSS]), days("2021-01-01"), days("2026-10-01"))
    assert [late_start.arrears_of(stretches, BEGINS, MONTHS)] == alike.tolist()


def test_reg_81_interest_on_one_stretch_is_that_of_a_pension_paid_at_once() -> None:
    """LGPS Regulations 2013 reg 81(4)."""
    stretches = [Stretch(Fraction(LOSS), BEGINS, STARTS), Stretch(Fraction(LOSS), STARTS, ENDS)]
    alike = late_benefits.interest_on_arrears(
        np.array([LOSS]), days("2021-01-01"), days("2026-10-01"), TERMS[0], BANK_RATE
    )
    ours = late_start.interest_on(stretches, MONTHS, ENDS, ENDS, TERMS[0], BANK_RATE)
    assert [ours] == alike.tolist()


def test_reg_81_4_interest_runs_on_after_the_arrears_have_ended() -> None:
    """LGPS Regulations 2013 reg 81(4): from the due date, until the estate is paid."""
    to_death = [Stretch(Fraction(LOSS), BEGINS, STARTS)]
    sooner, later = (
        late_start.interest_on(to_death, MONTHS, paid, paid, TERMS[0], BANK_RATE)
        for paid in (STARTS, ENDS)
    )
    assert later > sooner > 0


def test_art_3_a_sum_of_a_later_day_is_taken_back_to_the_exit() -> None:
    """SI 2021/275 art 3: what has risen to a day, taken back, is what it was."""
    risen = Fraction(LOSS * pension.increased_to(STARTS, MONTHS), pension.WEIGHT_PARTS)
    back = late_start.at_exit_prices(int(risen), STARTS, MONTHS)
    assert LOSS - 1 < back <= LOSS


def test_reg_30_5_a_lump_sum_paid_late_rises_before_it_is_reduced() -> None:
    """LGPS Regulations 2013 reg 30(5): £10,000 with nothing taken off is £10,000 with the increases."""
    paid = late_start.reduced_with_increases([10_000_00], [0], STARTS, MONTHS)
    level = Fraction(pension.increased_to(STARTS, MONTHS), pension.WEIGHT_PARTS)
    assert paid == round(10_000_00 * level)
