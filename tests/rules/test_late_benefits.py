"""Interest on late benefits: LGPS Regulations 2013 reg 81 and the rules of other schemes."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import late_benefits, pension
from rules.arrays import Days, Pence
from rules.calendar import months_on
from rules.choices import Nation, Scheme
from rules.dated import Dated, TableError
from rules.late_benefits import BANK_RATE, NO_TERMS, RATE_PARTS, TERMS
from tests.rules.values import days, pence

LGPS, LGPS_SCOTLAND, TEACHERS, NHS_SCOTLAND = TERMS
KEPT = Dated.from_starts(
    "Bank Rate, the last one kept to the end of November 2026",
    [(w.first, w.value) for w in BANK_RATE.windows if w.first <= np.datetime64("2026-10-08")],
    np.datetime64("2026-11-30", "D"),
    BANK_RATE.citations,
)
"""Some worked examples assume that the rate of 8 October 2026 applies later."""
BEGINS = days("2021-01-01")
FIRST_DAYS = st.integers(0, 135).map(lambda n: days("2020-11-05") + n)
LOSSES = st.integers(0, 10_000_000).map(lambda pence: np.array([pence]))


@pytest.mark.parametrize(
    ("scheme", "nation", "index"),
    [
        (Scheme.LGPS, Nation.ENGLAND, 0),
        (Scheme.LGPS, Nation.WALES, 0),
        (Scheme.LGPS, Nation.SCOTLAND, 1),
        (Scheme.LGPS, Nation.NORTHERN_IRELAND, NO_TERMS),
        (Scheme.TPS, Nation.ENGLAND, 2),
        (Scheme.TPS, Nation.SCOTLAND, NO_TERMS),
        (Scheme.NHS, Nation.ENGLAND, NO_TERMS),
        (Scheme.NHS, Nation.SCOTLAND, 3),
        (Scheme.CIVIL_SERVICE, Nation.ENGLAND, NO_TERMS),
        (Scheme.POLICE, Nation.ENGLAND, NO_TERMS),
        (Scheme.NOT_GIVEN, Nation.ENGLAND, NO_TERMS),
    ],
)
def test_no_scheme_borrows_anothers_rule(scheme: Scheme, nation: Nation, index: int) -> None:
    """LGPS Regulations 2013 reg 81; SSI 2018/141 reg 76; SI 2014/512 reg 178; SSI 2015/94 Sch 3 para 9."""
    result = late_benefits.terms_of(np.array([scheme]), np.array([nation]))
    assert result.tolist() == [index]


@pytest.mark.parametrize(
    ("paid", "months", "late"),
    [
        ("2021-02-01", 1, False),
        ("2021-02-02", 1, True),
        ("2022-01-01", 12, False),
        ("2022-01-02", 12, True),
    ],
)
def test_reg_81_2_a_lump_sum_is_late_after_a_month_and_a_pension_after_a_year(
    paid: str, months: int, late: bool
) -> None:
    """LGPS Regulations 2013 regs 81(1), 81(2)(b), 81(2)(c)."""
    assert late_benefits.is_late(BEGINS, days(paid), months).tolist() == [late]


def test_reg_81_3_the_first_instalment_is_due_at_the_end_of_its_month() -> None:
    """LGPS Regulations 2013 reg 81(3)(a)."""
    due = late_benefits.first_instalment_due(days("2021-01-01", "2021-02-28", "2024-02-10"))
    assert due.astype(str).tolist() == ["2021-01-31", "2021-02-28", "2024-02-29"]


@pytest.mark.parametrize(
    ("amount", "due", "paid", "interest"),
    [
        (10_000, "2020-12-31", "2023-12-31", 962.25),
        (10_000, "2020-12-31", "2026-06-30", 2_564.42),
        (10_000, "2021-02-12", "2026-06-30", 2_548.39),
        (10_000, "2021-01-01", "2026-10-08", 2_727.70),
        (10_000, "2021-01-01", "2026-11-21", 2_800.51),
        (4_243.20, "2021-01-01", "2021-05-31", 19.20),
        (4_243.20, "2021-01-01", "2026-11-21", 1_188.31),
        (4_243.20, "2021-01-01", "2021-02-01", 0),
        (4_243.20, "2021-01-01", "2020-12-01", 0),
    ],
)
def test_reg_81_4_interest_on_a_late_sum(
    amount: float, due: str, paid: str, interest: float
) -> None:
    """LGPS Regulations 2013 reg 81(4)."""
    result = late_benefits.interest_on_sum(pence(amount), days(due), days(paid), LGPS, KEPT)
    assert result.tolist() == pence(interest).tolist()


def test_reg_81_4_a_late_sum_has_interest_from_the_first_day() -> None:
    """LGPS Regulations 2013 reg 81(4): 32 days at 1% over 0.1%."""
    late = late_benefits.interest_on_sum(pence(10_000), BEGINS, days("2021-02-02"), LGPS, BANK_RATE)
    assert late.tolist() == [round(1_000_000 * 32 * 110 / RATE_PARTS)]


def test_teachers_benefits_have_interest_at_base_rate_alone() -> None:
    """SI 2014/512 reg 178: 32 days at 0.1%; interest as in LGPS Regulations 2013 reg 81(4)."""
    result = late_benefits.interest_on_sum(
        pence(10_000), BEGINS, days("2021-02-02"), TEACHERS, BANK_RATE
    )
    assert result.tolist() == [round(1_000_000 * 32 * 10 / RATE_PARTS)]


def test_reg_81_2_a_pension_corrected_within_a_year_has_no_interest() -> None:
    """LGPS Regulations 2013 regs 81(2)(b), 81(4)."""
    for paid, due in (("2022-01-31", False), ("2022-02-01", True)):
        result = late_benefits.interest_on_arrears(
            pence(50_000), BEGINS, days(paid), LGPS, BANK_RATE
        )
        assert (result > 0).tolist() == [due]


@pytest.mark.parametrize(
    ("begins", "paid", "terms"),
    [
        ("2021-01-01", "2026-10-08", LGPS),
        ("2020-11-05", "2022-03-01", LGPS),
        ("2021-02-28", "2024-02-29", TEACHERS),
        ("2021-03-20", "2022-04-01", LGPS),
        ("2020-11-30", "2026-10-09", TEACHERS),
        ("2021-04-11", "2023-07-31", LGPS),
    ],
)
def test_interest_on_arrears_is_that_of_each_month_added(
    begins: str, paid: str, terms: late_benefits.Terms
) -> None:
    """LGPS Regulations 2013 reg 81(4): instalment by instalment, each with its own rests, in exact fractions."""
    loss, first, last = 513_400, days(begins), days(paid)
    total = Fraction(0)
    month = first.astype("datetime64[M]")
    while (month + 1).astype("datetime64[D]")[0] <= last[0]:
        start = np.maximum(first, month.astype("datetime64[D]"))
        after = (month + 1).astype("datetime64[D]")
        if late_benefits.is_late(after - 1, last, terms.pension_months)[0]:
            months = int(pension.months_to_first_increase(first)[0])
            count = int(first[0].astype(int))
            weight = Fraction(
                pension.weighted_days(count, int(after[0].astype(int)), months)
                - pension.weighted_days(count, int(start[0].astype(int)), months),
                pension.WEIGHT_PARTS,
            )
            instalment = loss * weight / Fraction(1461, 4)
            total += instalment * (_grown(after - 1, last, terms.margin) - 1)
        month = month + 1
    result = late_benefits.interest_on_arrears(np.array([loss]), first, last, terms, BANK_RATE)
    assert result.tolist() == [int(total + Fraction(1, 2))]


def _grown(due: Days, paid: Days, margin: int) -> Fraction:
    growth, start, rests = Fraction(1), due, 1
    while start[0] < paid[0]:
        stop = np.minimum(months_on(due, 3 * rests), paid)
        rates = BANK_RATE.on(np.arange(start[0], stop[0])) + margin
        growth *= 1 + Fraction(int(rates.sum()), RATE_PARTS)
        start, rests = stop, rests + 1
    return growth


@given(begins=FIRST_DAYS, until=st.integers(0, 1_900))
def test_without_a_loss_there_is_no_interest(begins: Days, until: int) -> None:
    """LGPS Regulations 2013 reg 81(4)."""
    for interest in (late_benefits.interest_on_arrears, late_benefits.interest_on_sum):
        assert interest(pence(0), begins, begins + until, LGPS, BANK_RATE).tolist() == [0]


@given(loss=LOSSES, begins=FIRST_DAYS, until=st.integers(0, 1_900), later=st.integers(0, 100))
def test_later_payment_never_lowers_interest(
    loss: Pence, begins: Days, until: int, later: int
) -> None:
    """LGPS Regulations 2013 reg 81(4)."""
    for interest in (late_benefits.interest_on_arrears, late_benefits.interest_on_sum):
        one = interest(loss, begins, begins + until, LGPS, BANK_RATE)
        assert (interest(loss, begins, begins + until + later, LGPS, BANK_RATE) >= one).all()


@pytest.mark.usefixtures("frozen_tables")
@pytest.mark.parametrize(
    ("due", "paid", "known"),
    [
        ("2020-03-18", "2021-01-01", False),
        ("2020-03-19", "2021-01-01", True),
        ("2021-01-01", "2026-10-09", True),
        ("2021-01-01", "2026-10-10", False),
    ],
)
def test_the_rate_is_not_extended_past_the_day_it_was_seen(
    due: str, paid: str, known: bool
) -> None:
    """LGPS Regulations 2013 Sch 1, base rate."""
    assert late_benefits.rates_known(days(due), days(paid), BANK_RATE).tolist() == [known]


def test_sch_1_later_rates_follow_the_official_table() -> None:
    """LGPS Regulations 2013 Sch 1: a person's rates go on where the table ends, and no day before moves."""
    first = BANK_RATE.last + 28
    later = late_benefits.LaterRates(((first, 400),), "bankofengland.co.uk", first + 41)
    rates = late_benefits.base_rates(later)
    assert late_benefits.base_rates(None) is BANK_RATE
    assert rates.on(np.array([first - 1, first, first + 41])).tolist()[1:] == [400, 400]
    assert rates.on(np.array([BANK_RATE.last])).tolist() == [BANK_RATE.windows[-1].value]
    for wrong in (BANK_RATE.last, first + 42):
        with pytest.raises(TableError):
            late_benefits.LaterRates(((wrong, 400),), "x", first + 41)
    with pytest.raises(TableError, match="from 0 to 25"):
        late_benefits.LaterRates(((first, 2501),), "x", first + 41)


def test_sch_1_a_decision_after_the_last_known_day_is_missing() -> None:
    """LGPS Regulations 2013 Sch 1: the announced days on which Bank Rate may move."""
    decision = late_benefits.RATE_DECISIONS[-1]
    rates = late_benefits.base_rates(
        late_benefits.LaterRates(((decision - 1, 400),), "x", decision - 1)
        if decision - 1 > BANK_RATE.last
        else None
    )
    if rates.last < decision:
        assert late_benefits.decisions_missing(rates, decision) == [decision]
    assert late_benefits.decisions_missing(rates, BANK_RATE.last) == []
