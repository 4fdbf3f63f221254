"""Income tax on what is owed: ITEPA 2003 ss.403, 404; Income Tax Act 2007 ss.35, 874."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import tax
from rules.choices import EmployerKind, Nation
from rules.exit_payments import KINDS
from tests.rules.values import pence

SCOTTISH = {"ruk": np.array([False]), "scotland": np.array([True])}


def test_the_exemption_is_used_in_order_of_receipt() -> None:
    """ITEPA 2003 ss.403(1), 404: after HMRC EIM13955, three yearly sums of £12,000 leave £6,000 for the last."""
    received = pence(0, 12_000, 24_000, 36_000)
    left = tax.exemption_left(received)
    assert left.tolist() == pence(30_000, 18_000, 6_000, 0).tolist()
    free = tax.tax_free_part(pence(12_000, 12_000, 12_000, 12_000), left)
    assert free.tolist() == pence(12_000, 12_000, 6_000, 0).tolist()


def test_notice_pay_and_shares_do_not_use_the_exemption() -> None:
    """HMRC Employment Income Manual EIM12975: nor does strain, which is not paid to the member."""
    uses = ("redundancy", "settlement", "severance", "voluntary_exit", "fixed_term", "other_exit")
    for index, kind in enumerate(KINDS):
        payments = np.zeros((len(KINDS), 1), dtype=np.int64)
        payments[index] = 100
        assert tax.uses_exemption(payments).tolist() == [100 if kind.name in uses else 0]
    assert tax.uses_exemption(np.full((len(KINDS), 1), 100)).tolist() == [600]


@pytest.mark.usefixtures("frozen_tables")
@pytest.mark.parametrize(
    ("day", "year"),
    [
        ("2020-04-05", None),
        ("2020-04-06", 2020),
        ("2021-04-05", 2020),
        ("2026-11-22", 2026),
        ("2027-04-05", 2026),
        ("2027-04-06", None),
    ],
)
def test_the_tax_year_of_a_day(day: str, year: int | None) -> None:
    """ITEPA 2003 s.403(2)."""
    assert tax.tax_year(np.datetime64(day, "D")) == year


@pytest.mark.parametrize(
    ("nation", "year", "extra"),
    [
        ("ruk", 2020, (8_300, 12_000, 37_000)),
        ("ruk", 2026, (8_232, 11_946, 37_217)),
        ("scotland", 2020, (9_861.57, 13_714, 37_925)),
        ("scotland", 2026, (9_822.05, 13_930.98, 41_052.30)),
    ],
)
def test_extra_tax_of_the_year(nation: str, year: int, extra: tuple[float, ...]) -> None:
    """ITEPA 2003 s.403; GOV.UK income tax rates."""
    for other, payment, expected in zip(
        (12_000, 30_000, 50_000), (40_000, 40_000, 80_000), extra, strict=True
    ):
        result = tax.extra_tax(pence(other), pence(payment), year, SCOTTISH[nation])
        assert result.tolist() == pence(expected).tolist()


@pytest.mark.parametrize(
    ("payment", "expected"), [(20_000, 7_850.25), (40_000, 16_850.25), (60_000, 25_850.25)]
)
def test_code_0t_month_1_on_a_payment_after_the_p45(payment: float, expected: float) -> None:
    """PAYE Regulations 2003 reg 37."""
    result = tax.month_one_tax(pence(payment), 2026, SCOTTISH["ruk"])
    assert result.tolist() == pence(expected).tolist()


@pytest.mark.parametrize(
    ("income", "left"),
    [
        (100_000, 12_570),
        (100_001, 12_570),
        (100_001.99, 12_570),
        (100_002, 12_569),
        (125_138, 1),
        (125_140, 0),
        (1_000_000, 0),
    ],
)
def test_s_35_the_allowance_falls_a_pound_for_every_two(income: float, left: int) -> None:
    """Income Tax Act 2007 s.35."""
    result = tax.allowance(pence(income), tax.BANDS[2026, "ruk"])
    assert result.tolist() == pence(left).tolist()


def test_s_992_every_body_corporate_deducts_tax_from_interest() -> None:
    """Income Tax Act 2007 ss.874, 992: a company is any body corporate; the rate is the basic one of 20%."""
    deducting = [kind.name for kind in EmployerKind if tax.deducts_from_interest(np.array([kind]))]
    assert deducting == [
        *("COUNCIL", "MAINTAINED_SCHOOL", "ACADEMY", "NHS", "POLICE", "FIRE"),
        *("OTHER_LISTED", "NOT_LISTED"),
    ]
    assert tax.deducted_from_interest(np.array([3, 2, 100]), 2026).tolist() == [1, 0, 20]


def test_only_those_who_worked_in_scotland_have_scottish_bands() -> None:
    """GOV.UK income tax rates."""
    assert [n for n in Nation if tax.scottish_bands(np.array([n]))[0]] == [Nation.SCOTLAND]


def test_every_year_has_bands_of_both_kinds() -> None:
    years = {window.value for window in tax.TAX_YEARS.windows}
    assert set(tax.BANDS) == {(year, nation) for year in years for nation in SCOTTISH}
    for bands in tax.BANDS.values():
        assert list(bands.limits) == sorted(set(bands.limits))
        assert len(bands.percents) == len(bands.limits) + 1


NATIONS = st.sampled_from(sorted(SCOTTISH))


YEARS = st.integers(2020, 2026)


SUMS = st.integers(0, 50_000_000)


@given(nation=NATIONS, year=YEARS, other=SUMS, payment=SUMS, more=st.integers(0, 10_000_00))
def test_more_pay_is_never_less_tax_and_never_all_of_it(
    nation: str, year: int, other: int, payment: int, more: int
) -> None:
    """ITEPA 2003 s.403."""

    def extra(sum_paid: int) -> int:
        result = tax.extra_tax(np.array([other]), np.array([sum_paid]), year, SCOTTISH[nation])
        return int(result[0])

    assert extra(payment) <= extra(payment + more)
    assert extra(payment) <= payment


@given(nation=NATIONS, year=YEARS, payment=SUMS)
def test_the_deduction_by_month_1_is_at_least_the_tax_without_other_income(
    nation: str, year: int, payment: int
) -> None:
    """PAYE Regulations 2003 reg 37; ITEPA 2003 s.403."""
    one = np.array([payment])
    month = tax.month_one_tax(one, year, SCOTTISH[nation])
    assert (month >= tax.extra_tax(np.array([0]), one, year, SCOTTISH[nation])).all()
