"""What counts: SI 2020/1122 regs 5 and 6."""

from __future__ import annotations

import numpy as np
import pytest

from rules import exit_payments
from rules.exit_payments import KINDS, NOTICE, REDUNDANCY, STRAIN
from tests.rules.values import mask, pence


def test_reg_5_2_each_paragraph_is_one_kind_of_payment() -> None:
    """SI 2020/1122 reg 5(2)(a) to 5(2)(i)."""
    assert sorted(kind.paragraph for kind in KINDS) == [f"5(2)({letter})" for letter in "abcdefghi"]


def test_strain_is_the_only_payment_owed_to_the_scheme() -> None:
    """SI 2020/1122 reg 5(2)(b); SI 2021/197 reg 4(3)(c)."""
    assert [kind.name for kind in KINDS if kind.payee == "scheme"] == ["pension_strain"]


def test_reg_6_g_notice_pay_of_a_quarter_is_exempt_on_either_reading() -> None:
    """SI 2020/1122 reg 6(g): a payment that does not exceed one quarter of salary."""
    quarter = exit_payments.quarter_of_salary(pence(60_000))
    for reading in ("excess_only", "all_or_nothing"):
        assert exit_payments.counted_notice_pay(pence(15_000), quarter, reading).tolist() == [0]


def test_reg_6_g_notice_pay_above_a_quarter_counts_by_the_reading_taken() -> None:
    """SI 2020/1122 reg 6(g), and HM Treasury guidance on it: £30,000 on a salary of £60,000."""
    quarter = exit_payments.quarter_of_salary(pence(60_000))
    notice = pence(30_000)
    assert exit_payments.counted_notice_pay(notice, quarter, "excess_only")[0] == 1_500_000
    assert exit_payments.counted_notice_pay(notice, quarter, "all_or_nothing")[0] == 3_000_000


@pytest.mark.parametrize(("salary", "quarter"), [(100, 25), (101, 25), (102, 26), (103, 26)])
def test_reg_6_g_a_quarter_of_salary_is_rounded_half_up_to_the_penny(
    salary: int, quarter: int
) -> None:
    """SI 2020/1122 reg 6(g)."""
    assert exit_payments.quarter_of_salary(np.array([salary]))[0] == quarter


def test_reg_5_2_the_counted_payments_of_rogers_are_99_500() -> None:
    """SI 2020/1122 regs 5(2), 6(g): Rogers 2015, 30 years and £40,000 a year.

    Strain £78,800, redundancy £20,700 and notice £9,200 are £108,700; the notice pay is within a quarter.
    """
    payments = np.zeros((len(KINDS), 1), dtype=np.int64)
    payments[STRAIN], payments[REDUNDANCY] = pence(78_800), pence(20_700)
    payments[NOTICE] = pence(9_200)
    quarter = exit_payments.quarter_of_salary(pence(40_000))
    notice = exit_payments.counted_notice_pay(payments[NOTICE], quarter, "excess_only")
    counted = exit_payments.counted_payments(payments, notice)
    assert exit_payments.total(payments).tolist() == pence(108_700).tolist()
    assert exit_payments.total(counted).tolist() == pence(99_500).tolist()


def test_reg_5_2_a_payment_that_is_not_known_is_not_in_the_known_total() -> None:
    """SI 2020/1122 reg 5(2)."""
    payments = np.stack([pence(20_000, 5_000), pence(70_000, 1_000)])
    known = np.stack([mask(True, False), mask(True, True)])
    total = exit_payments.known_total(payments, known)
    assert total.tolist() == pence(90_000, 1_000).tolist()


def test_reg_6_g_notice_pay_within_a_quarter_is_owed_by_contract_alone() -> None:
    """SI 2020/1122 reg 6(g): £20,000 short of which £5,000 counted; all counted; nothing short; overpaid."""
    alone = exit_payments.notice_owed_by_contract_alone(
        pence(20_000, 5_000, 0, -100), pence(5_000, 5_000, 0, -100)
    )
    assert alone.tolist() == pence(15_000, 0, 0, 0).tolist()
