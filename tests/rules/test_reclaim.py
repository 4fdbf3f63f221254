"""The difference: SI 2021/197 reg 4; who bears a cut: SI 2020/1122 regs 7 and 8."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import reclaim
from rules.arrays import Pence
from rules.exit_payments import KINDS, NOTICE, REDUNDANCY, STRAIN
from tests.rules.values import days, mask, pence


def able(redundancy_pay: float, strain: float, other: float = 0) -> Pence:
    table = np.zeros((len(KINDS), 1), dtype=np.int64)
    table[REDUNDANCY], table[STRAIN], table[4] = pence(redundancy_pay, strain, other)[:, None]
    return table


def test_reg_4_3_the_difference_is_owed_by_payee() -> None:
    """SI 2021/197 regs 4(3)(a), 4(3)(c): £14,526 statutory in full, strain of £120,000 cut to £80,474."""
    due, paid = able(14_526, 120_000, 500), able(14_526, 80_474, 700)
    shortfalls = reclaim.signed_shortfalls(due, paid)
    by_payee = reclaim.sum_by_payee(shortfalls)
    assert by_payee.member.tolist() == pence(-200).tolist()
    assert by_payee.scheme.tolist() == pence(39_526).tolist()


def test_reg_4_3_unknown_payments_bore_what_the_known_ones_did_not() -> None:
    """SI 2021/197 reg 4(3); SI 2020/1122 reg 8(1): a reduction of £15,140."""
    borne = reclaim.borne_by_unknown(
        pence(15_140, 15_140, 15_140), pence(5_000, 5_000, 20_000), pence(0, 2_000, 0)
    )
    assert borne.tolist() == pence(10_140, 12_140, 0).tolist()


def test_reg_7_1_statutory_pay_is_not_able_to_bear_a_cut() -> None:
    """SI 2020/1122 reg 7(1): £16,140 of £40,140 redundancy pay is statutory (20 years, 30 weeks at £538)."""
    counted, unknown = able(40_140, 70_000, 900), np.ones((len(KINDS), 1), dtype=bool)
    unknown[4] = mask(False)
    limit = reclaim.able_to_bear(counted, unknown, pence(16_140))[:, 0]
    assert limit[[REDUNDANCY, STRAIN, 4]].tolist() == pence(24_000, 70_000, 0).tolist()


def test_reg_6_g_only_the_counted_part_of_notice_pay_is_able_to_bear_a_cut() -> None:
    """SI 2020/1122 regs 6(g), 7(1)."""
    counted = able(0, 0)
    counted[NOTICE] = pence(15_000)
    limit = reclaim.able_to_bear(counted, counted > 0, pence(0))[:, 0]
    assert limit[NOTICE] == 1_500_000


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("strain_first", {STRAIN: 1_514_000}),
        ("cash_first", {4: 1_514_000}),
        ("pro_rata", {STRAIN: 1_127_447, 4: 386_553}),
    ],
)
def test_reg_7_2_the_cut_is_shared_by_the_order_taken(order: str, expected: dict[int, int]) -> None:
    """SI 2020/1122 reg 7(2): £16,140 statutory, £24,000 more and £70,000 strain are £15,140 over."""
    shared = reclaim.share(pence(15_140), able(0, 70_000, 24_000), order)[:, 0]
    assert {index: int(p) for index, p in enumerate(shared) if p} == expected


def test_reg_7_2_odd_pence_go_by_largest_remainder_and_ties_as_listed() -> None:
    """SI 2020/1122 reg 7(2)."""
    shared = reclaim.share(np.array([100]), able(0.01, 0.01, 0.01) * 50, "pro_rata")[:, 0]
    assert [int(shared[index]) for index in (REDUNDANCY, STRAIN, 4)] == [34, 33, 33]


@given(
    amount=st.integers(0, 10**12),
    caps=st.lists(st.integers(0, 10**11), min_size=9, max_size=9),
    order=st.sampled_from(["strain_first", "cash_first", "pro_rata"]),
)
def test_reg_7_2_all_that_can_be_shared_is_shared_once(
    amount: int, caps: list[int], order: str
) -> None:
    """SI 2020/1122 reg 7(2)."""
    limits = np.array(caps, dtype=np.int64)[:, None]
    shared = reclaim.share(np.array([amount]), limits, order)
    assert int(shared.sum()) == min(amount, sum(caps))
    assert ((shared >= 0) & (shared <= limits)).all()


@given(amount=st.integers(0, 10**7), caps=st.lists(st.integers(0, 10**6), min_size=9, max_size=9))
def test_reg_7_2_the_split_depends_on_the_order_exactly_when_two_orders_differ(
    amount: int, caps: list[int]
) -> None:
    """SI 2020/1122 reg 7(2)."""
    limits = np.array(caps, dtype=np.int64)[:, None]
    strains = {
        int(reclaim.share(np.array([amount]), limits, order)[STRAIN, 0])
        for order in ("strain_first", "cash_first", "pro_rata")
    }
    assert bool(reclaim.split_depends_on_order(np.array([amount]), limits)[0]) == (len(strains) > 1)


def test_reg_4_3_what_one_payee_was_overpaid_is_deducted_from_the_other() -> None:
    """SI 2021/197 reg 4(3): the difference between two sums."""
    net = reclaim.net_of_overpayment(reclaim.ByPayee(pence(-5, 8, -1), pence(8, -5, -1)))
    assert net.member.tolist() == [0, 300, 0]
    assert net.scheme.tolist() == [300, 0, 0]


def test_reg_8_1_a_cash_alternative_is_deducted_from_the_scheme_first() -> None:
    """SI 2020/1122 reg 8(1); SI 2021/197 reg 4(3)."""
    after = reclaim.credit_cash_alternative(reclaim.ByPayee(pence(10), pence(4)), pence(6))
    assert (after.member.tolist(), after.scheme.tolist()) == ([800], [0])


def test_strain_the_member_paid_is_owed_back_up_to_the_schemes_shortfall() -> None:
    """SI 2021/197 reg 4(3)."""
    after = reclaim.refund_of_own_strain(reclaim.ByPayee(pence(1), pence(4)), pence(6))
    assert (after.member.tolist(), after.scheme.tolist()) == ([500], [0])


def test_reg_4_3_what_was_paid_since_is_deducted_once() -> None:
    """SI 2021/197 reg 4(3)."""
    owed = reclaim.outstanding(pence(15_140, 15_140), pence(5_000, 20_000))
    assert owed.tolist() == pence(10_140, 0).tolist()


def test_reg_4_3_a_sum_paid_by_19_march_2021_is_paid_in_the_relevant_period() -> None:
    """SI 2021/197 reg 4(3): "the amount paid during the relevant period", or a payment like any later one."""
    paid_on = days("2021-03-19", "2021-03-20", "NaT")
    assert reclaim.lowers_from_the_start(paid_on, "in_period").tolist() == [True, False, False]
    assert not reclaim.lowers_from_the_start(paid_on, "since").any()
