"""Early pensions: LGPS Regulations 2013 reg 30; SI 2014/525; SI 2021/275."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import pension
from rules.arrays import Days, Pence, day_numbers
from rules.calendar import months_on
from rules.choices import ExitReason
from rules.pension import LUMP_SUM_FACTORS, PENSION_FACTORS, REDUCTION_PARTS, WEIGHT_PARTS
from tests.rules.values import days, pence

BORN, BEGINS = days("1964-03-15"), days("2021-01-01")
"""The worked example: an exit on 31 December 2020."""


@pytest.mark.parametrize(
    ("born", "exit_date", "old_enough"),
    [
        ("1965-12-31", "2020-12-31", True),
        ("1966-01-01", "2020-12-31", False),
        ("1966-02-28", "2021-02-28", True),
        ("NaT", "2020-12-31", False),
        ("1960-01-01", "NaT", False),
    ],
)
def test_reg_30_7_a_member_is_55_on_the_birthday(
    born: str, exit_date: str, old_enough: bool
) -> None:
    """LGPS Regulations 2013 reg 30(7)."""
    assert pension.old_enough_at_exit(days(born), days(exit_date)).tolist() == [old_enough]


def test_reg_30_7_redundancy_and_efficiency_alone_give_an_unreduced_pension() -> None:
    """LGPS Regulations 2013 reg 30(7)."""
    reasons = [r for r in ExitReason if pension.reason_gives_unreduced(np.array([r]))[0]]
    assert reasons == [ExitReason.REDUNDANCY, ExitReason.BUSINESS_EFFICIENCY]


def test_a_pension_begins_the_day_after_the_exit() -> None:
    """LGPS Regulations 2013 reg 32(1)."""
    assert pension.pension_begins(days("2020-12-31")).tolist() == BEGINS.tolist()


def test_years_early_go_by_the_tranche() -> None:
    """LGPS Regulations 2013 reg 30(5), Sch 1; SI 2014/525 reg 3(5), Sch 2 para 1(4)."""
    before_2014 = pension.years_early(BEGINS, pension.pension_day_before_2014(BORN))
    care = pension.years_early(BEGINS, pension.normal_pension_day(BORN))
    protected = pension.protected_pension_day(BORN, pension.pension_day_before_2014(BORN))
    assert [int(part[0]) for part in before_2014] == [8, 73]
    assert [int(part[0]) for part in care] == [10, 73]
    assert [int(part[0]) for part in pension.years_early(BEGINS, protected)] == [3, 74]


@pytest.mark.parametrize(
    ("begins", "until", "years", "over"),
    [
        ("2021-01-01", "2021-01-01", 0, 0),
        ("2021-01-01", "2020-06-01", 0, 0),
        ("2021-01-01", "2021-12-31", 0, 364),
        ("2021-01-01", "2022-01-01", 1, 0),
        ("2020-12-31", "2024-12-30", 3, 365),
        ("2021-02-28", "2024-02-29", 3, 1),
        ("2021-01-01", "NaT", 0, 0),
    ],
)
def test_a_period_is_complete_years_and_days(
    begins: str, until: str, years: int, over: int
) -> None:
    """LGPS Regulations 2013 reg 30(5)."""
    result = pension.years_early(days(begins), days(until))
    assert [int(part[0]) for part in result] == [years, over]


SET_2019 = {
    "pension": [0, 51, 99, 143, 184, 222, 257, 290, 321, 350, 377, 416, 440, 463],
    "lump_sum": [0, 23, 46, 69, 91, 112, 133, 153, 173, 192, 211],
}


SET_2023 = {
    "pension": [0, 49, 93, 135, 174, 209, 243, 274, 303, 330, 356, 395, 418, 439],
    "lump_sum": [0, 17, 33, 49, 65, 81, 96, 111, 126, 141, 155],
}


@pytest.mark.parametrize(("index", "expected"), [(0, SET_2019), (1, SET_2023)])
def test_the_factors_are_those_of_the_fund_pages(
    index: int, expected: dict[str, list[int]]
) -> None:
    """Tyne and Wear Pension Fund, Cheshire, Bedfordshire; for the later set Swansea."""
    assert PENSION_FACTORS[index].tolist() == expected["pension"]
    assert LUMP_SUM_FACTORS[index].tolist() == expected["lump_sum"]


@pytest.mark.parametrize(
    ("begins", "tenths"),
    [("2019-01-07", None), ("2019-01-08", 222), ("2023-07-02", 222), ("2023-07-03", 209)],
)
def test_the_set_goes_by_the_day_the_pension_begins(begins: str, tenths: int | None) -> None:
    """LGPS Regulations 2013 reg 30(5)."""
    start = days(begins)
    result, known = pension.reduction(start, _years_on(start, 5), PENSION_FACTORS)
    assert known.tolist() == [tenths is not None]
    if tenths is not None:
        assert result.tolist() == [tenths * 365]


def test_five_years_early_is_22_2_per_cent_and_no_other_set() -> None:
    """LGPS Regulations 2013 reg 30(5): Tyne and Wear Pension Fund; the later, the earlier and Scotland's set differ."""
    result, _ = pension.reduction(BEGINS, _years_on(BEGINS, 5), PENSION_FACTORS)
    assert Fraction(int(result[0]), REDUCTION_PARTS) == Fraction(222, 1000)
    for other in (209, 240, 227, 216):
        assert result[0] != other * 365


def test_past_the_last_year_of_the_table_a_reduction_is_not_known() -> None:
    """LGPS Regulations 2013 reg 30(5)."""
    for sets, last in ((PENSION_FACTORS, 13), (LUMP_SUM_FACTORS, 10)):
        edge = _years_on(BEGINS, last)
        assert pension.reduction(BEGINS, edge, sets)[1].tolist() == [True]
        assert pension.reduction(BEGINS, edge + 1, sets)[1].tolist() == [False]
    assert pension.reduction(BEGINS, days("NaT"), PENSION_FACTORS)[1].tolist() == [False]


def test_reg_30_5_the_worked_example_without_the_85_year_rule() -> None:
    """LGPS Regulations 2013 regs 30(5), 30(7); SI 2014/525 reg 3(5)."""
    at_65, care = pension.pension_day_before_2014(BORN), pension.normal_pension_day(BORN)
    early = [pension.reduction(BEGINS, day, PENSION_FACTORS)[0] for day in (at_65, at_65, care)]
    benefits = np.stack([pence(8_000), pence(3_000), pence(4_000)])
    paid = pension.reduced_benefit(benefits, np.stack(early))
    lump, _ = pension.reduction(BEGINS, at_65, LUMP_SUM_FACTORS)
    lump_paid = pension.reduced_benefit(pence(24_000)[None], lump[None])
    assert paid.tolist() == pence(9_866).tolist()
    assert pension.loss(pence(15_000), paid).tolist() == pence(5_134).tolist()
    assert lump_paid.tolist() == pence(19_756.80).tolist()
    assert pension.loss(pence(24_000), lump_paid).tolist() == pence(4_243.20).tolist()


def test_reg_30_5_the_worked_example_with_the_85_year_rule_met_and_not_agreed() -> None:
    """LGPS Regulations 2013 regs 30(5), 30(7); SI 2014/525 Sch 2 para 1(4)."""
    at_65, care = pension.pension_day_before_2014(BORN), pension.normal_pension_day(BORN)
    at_60 = pension.protected_pension_day(BORN, at_65)
    early = [pension.reduction(BEGINS, day, PENSION_FACTORS)[0] for day in (at_60, at_65, care)]
    benefits = np.stack([pence(8_000), pence(3_000), pence(4_000)])
    paid = pension.reduced_benefit(benefits, np.stack(early))
    lump, _ = pension.reduction(BEGINS, at_60, LUMP_SUM_FACTORS)
    lump_paid = pension.reduced_benefit(pence(24_000)[None], lump[None])
    assert paid.tolist() == pence(11_269.90).tolist()
    assert pension.loss(pence(15_000), paid).tolist() == pence(3_730.10).tolist()
    assert lump_paid.tolist() == pence(22_236.95).tolist()
    assert pension.loss(pence(24_000), lump_paid).tolist() == pence(1_763.05).tolist()


def test_which_service_the_85_year_rule_protects() -> None:
    """SI 2014/525 Sch 2 para 3."""
    result = pension.protected_tranches(days("1956-03-31", "1956-04-01", "NaT"))
    assert result.tolist() == [[True, True, True], [True, False, False], [False, False, False]]


@pytest.mark.usefixtures("frozen_tables")
@pytest.mark.parametrize(
    ("born", "pension_day"),
    [
        ("1954-10-05", "NaT"),
        ("1954-10-06", "2020-10-06"),
        ("1960-04-05", "2026-04-05"),
        ("1960-04-06", "2026-05-06"),
        ("1960-07-31", "2026-11-30"),
        ("1961-03-05", "2028-02-05"),
        ("1961-03-06", "2028-03-06"),
        ("1964-03-15", "2031-03-15"),
        ("1964-02-29", "2031-02-28"),
        ("1977-04-05", "2044-04-05"),
        ("1977-04-06", "NaT"),
        ("NaT", "NaT"),
    ],
)
def test_pension_age_of_service_since_2014(born: str, pension_day: str) -> None:
    """LGPS Regulations 2013 Sch 1; Pensions Act 1995 Sch 4."""
    assert pension.normal_pension_day(days(born)).astype(str).tolist() == [pension_day]


def test_pension_age_of_service_before_2014_is_65() -> None:
    """SI 2014/525 reg 3(5)."""
    result = pension.pension_day_before_2014(days("1960-02-29", "1964-02-29", "1960-12-31"))
    assert result.astype(str).tolist() == ["2025-03-01", "2029-03-01", "2025-12-31"]


def test_those_born_before_the_table_had_reached_state_pension_age() -> None:
    """Pensions Act 1995 Sch 4."""
    born, begins = days("1954-10-05", "1954-10-06", "1954-10-05"), days("2020-11-05")
    starts = np.append(np.repeat(begins, 2), days("2020-11-03"))
    assert pension.reached_pension_age(born, starts).tolist() == [True, False, False]


@given(unreduced=st.integers(0, 10**11), paid=st.integers(0, 10**11))
def test_reg_30_7_a_loss_is_never_below_nothing(unreduced: int, paid: int) -> None:
    """LGPS Regulations 2013 reg 30(7)."""
    result = int(pension.loss(np.array([unreduced]), np.array([paid]))[0])
    assert result == max(0, unreduced - paid)


@pytest.mark.parametrize(
    ("begins", "months"),
    [
        ("2020-10-28", 5),
        ("2020-11-27", 5),
        ("2020-11-28", 4),
        ("2020-12-27", 4),
        ("2020-12-28", 3),
        ("2021-01-27", 3),
        ("2021-01-28", 2),
        ("2021-02-27", 2),
        ("2021-02-28", 1),
        ("2021-03-20", 1),
    ],
)
def test_months_to_the_first_increase_as_in_the_table_of_the_order(
    begins: str, months: int
) -> None:
    """SI 2021/275 art 3(2)(b)."""
    assert pension.months_to_first_increase(days(begins)).tolist() == [months]


@pytest.mark.parametrize(("months", "rounded"), [(5, 21), (4, 17), (3, 13), (2, 8)])
def test_the_first_increase_agrees_with_the_rounded_table_of_the_order(
    months: int, rounded: int
) -> None:
    """SI 2021/275 art 3(2)(b): 0.21, 0.17, 0.13 and 0.08 per cent, rounded there, not here."""
    percent = Fraction(pension.first_increase(months) - 12_000, 12_000) * 100
    assert int(percent * 100 + Fraction(1, 2)) == rounded


def test_a_day_has_the_increases_before_it() -> None:
    """SI 2021/275 art 3: 101 days to 11 April 2021, then one with 0.5% × 3 / 12."""
    begin = int(BEGINS[0].astype(int))
    assert pension.weighted_days(begin, begin + 10, 3) == 10 * WEIGHT_PARTS
    with_increase = pension.weighted_days(begin, begin + 102, 3)
    assert Fraction(with_increase, WEIGHT_PARTS) == 101 + 1 + Fraction(125, 100_000)


@pytest.mark.parametrize(
    ("end", "arrears", "yearly"),
    [
        ("2021-05-31", 2_109.28, 5_140.42),
        ("2026-04-01", 30_067.38, 6_331.84),
        ("2026-11-21", 34_274.77, 6_572.45),
    ],
)
def test_reg_30_7_arrears_of_the_worked_example(end: str, arrears: float, yearly: float) -> None:
    """LGPS Regulations 2013 reg 30(7); SI 2021/275 art 3."""
    loss = pence(5_134)
    assert pension.arrears(loss, BEGINS, days(end)).tolist() == pence(arrears).tolist()
    grown = pension.with_increases(loss, BEGINS, days(end))
    assert grown.tolist() == pence(yearly).tolist()


@pytest.mark.usefixtures("frozen_tables")
@pytest.mark.parametrize(
    ("begins", "end", "known"),
    [
        ("2020-04-11", "2021-06-01", False),
        ("2020-04-12", "2021-06-01", True),
        ("2021-04-11", "2021-06-01", True),
        ("2021-04-12", "2021-06-01", False),
        ("2021-01-01", "2027-04-12", True),
        ("2021-01-01", "2027-04-13", False),
    ],
)
def test_outside_the_table_increases_are_not_known(begins: str, end: str, known: bool) -> None:
    """SI 2021/275 art 3."""
    assert pension.increases_known(days(begins), days(end)).tolist() == [known]


FIRST_DAYS = st.integers(0, 135).map(lambda n: days("2020-11-05") + n)


LATER_DAYS = st.integers(0, 2_300)


LOSSES = st.integers(0, 10_000_000).map(lambda pence: np.array([pence]))


@given(loss=LOSSES, begins=FIRST_DAYS, until=LATER_DAYS, later=st.integers(0, 400))
def test_a_later_correction_never_lowers_arrears(
    loss: Pence, begins: Days, until: int, later: int
) -> None:
    """LGPS Regulations 2013 reg 30(7)."""
    before = pension.arrears(loss, begins, begins + until)
    assert (pension.arrears(loss, begins, begins + until + later) >= before).all()


@given(loss=LOSSES, begins=FIRST_DAYS, until=LATER_DAYS)
def test_a_day_more_is_a_days_worth(loss: Pence, begins: Days, until: int) -> None:
    """LGPS Regulations 2013 reg 30(7): the yearly pension / 365.25."""
    one = pension.arrears(loss, begins, begins + until)
    other = pension.arrears(loss, begins, begins + until + 1)
    day = Fraction(int(pension.with_increases(loss, begins, begins + until)[0])) / Fraction(1461, 4)
    assert abs(int(other[0] - one[0]) - day) <= 2


@given(begins=FIRST_DAYS, until=LATER_DAYS)
def test_without_a_loss_there_are_no_arrears(begins: Days, until: int) -> None:
    """LGPS Regulations 2013 reg 30(7)."""
    assert pension.arrears(pence(0), begins, begins + until).tolist() == [0]


def _years_on(start: Days, years: int) -> Days:
    return months_on(start, 12 * years)


def test_reg_30_5_a_pension_is_drawn_from_55() -> None:
    """LGPS Regulations 2013 reg 30(5): the birthday counts, and a birth that is not known does not."""
    births = days("1966-01-01", "1966-01-02", "NaT")
    starts = days("2021-01-01", "2021-01-01", "2021-01-01")
    assert pension.old_enough_to_draw(births, starts).tolist() == [True, False, False]


def test_reg_3_1_service_since_april_2008_brings_no_lump_sum_of_its_own() -> None:
    """SI 2014/525 reg 3(1), (2)."""
    starts = days("2008-03-31", "2008-04-01", "NaT")
    assert pension.no_automatic_lump_sum(starts).tolist() == [False, True, False]


def test_art_3_a_sum_rises_with_every_increase_up_to_a_day() -> None:
    """SI 2021/275 art 3: begun on 12 January 2021, three months before the first increase of 0.5%."""
    begins = days("2021-01-12")
    months = int(pension.months_to_first_increase(begins)[0])
    before, first, second = (
        pension.increased_to(number, months)
        for number in day_numbers(days("2021-04-11", "2021-04-12", "2022-04-11"))
    )
    assert before == pension.WEIGHT_PARTS
    # 0.5% x 3/12, then 3.1% on top
    assert Fraction(first, before) == 1 + Fraction(5, 1000) * Fraction(3, 12)
    assert Fraction(second, first) == Fraction(1031, 1000)
