"""Pension rules against the vectors computed from the instruments, and what must hold of them always."""

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
from rules.dated import Dated
from rules.late_benefits import BANK_RATE, NO_TERMS, TERMS
from rules.pension import LUMP_SUM_FACTORS, PENSION_FACTORS, REDUCTION_PARTS

LGPS, LGPS_SCOTLAND, TEACHERS, NHS_SCOTLAND = TERMS
KEPT = Dated.from_starts(
    "Bank Rate, the last one taken as kept to the end of November 2026",
    [(w.first, w.value) for w in BANK_RATE.windows if w.first <= np.datetime64("2026-10-08")],
    np.datetime64("2026-11-30", "D"),
    BANK_RATE.citations,
)
"""Some vectors assume the rate of 8 October 2026 to hold later."""


def days(*texts: str) -> Days:
    return np.array(texts, dtype="datetime64[D]")


def pence(*pounds: float) -> Pence:
    return np.array([round(amount * 100) for amount in pounds], dtype=np.int64)


# Reductions: LGPS 2013 reg 30(5) and the actuary's factors

BORN, BEGINS = days("1964-03-15"), days("2021-01-01")


def test_years_early_go_by_the_tranche() -> None:
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
    found = pension.years_early(days(begins), days(until))
    assert [int(part[0]) for part in found] == [years, over]


SET_2019 = {
    "pension": [0, 51, 99, 143, 184, 222, 257, 290, 321, 350, 377, 416, 440, 463],
    "lump_sum": [0, 23, 46, 69, 91, 112, 133, 153, 173, 192, 211],
}
SET_2023 = {
    "pension": [0, 49, 93, 135, 174, 209, 243, 274, 303, 330, 356, 395, 418, 439],
    "lump_sum": [0, 17, 33, 49, 65, 81, 96, 111, 126, 141, 155],
}


@pytest.mark.parametrize(("place", "expected"), [(0, SET_2019), (1, SET_2023)])
def test_the_factors_are_those_of_the_fund_pages(
    place: int, expected: dict[str, list[int]]
) -> None:
    assert PENSION_FACTORS[place].tolist() == expected["pension"]
    assert LUMP_SUM_FACTORS[place].tolist() == expected["lump_sum"]


@pytest.mark.parametrize(
    ("begins", "tenths"),
    [("2019-01-07", None), ("2019-01-08", 222), ("2023-07-02", 222), ("2023-07-03", 209)],
)
def test_the_set_goes_by_the_day_the_pension_begins(begins: str, tenths: int | None) -> None:
    start = days(begins)
    found, known = pension.reduction(start, _years_on(start, 5), PENSION_FACTORS)
    assert known.tolist() == [tenths is not None]
    if tenths is not None:
        assert found.tolist() == [tenths * 365]


def test_five_years_early_is_22_2_per_cent_and_no_other_set() -> None:
    """Tyne and Wear Pension Fund and others: the later set, the earlier one and Scotland's differ."""
    found, _ = pension.reduction(BEGINS, _years_on(BEGINS, 5), PENSION_FACTORS)
    assert Fraction(int(found[0]), REDUCTION_PARTS) == Fraction(222, 1000)
    for other in (209, 240, 227, 216):
        assert found[0] != other * 365


def test_past_the_last_year_of_the_table_a_reduction_is_not_known() -> None:
    for sets, last in ((PENSION_FACTORS, 13), (LUMP_SUM_FACTORS, 10)):
        edge = _years_on(BEGINS, last)
        assert pension.reduction(BEGINS, edge, sets)[1].tolist() == [True]
        assert pension.reduction(BEGINS, edge + 1, sets)[1].tolist() == [False]
    assert pension.reduction(BEGINS, days("NaT"), PENSION_FACTORS)[1].tolist() == [False]


def test_the_vector_without_the_85_year_rule() -> None:
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


def test_the_vector_with_the_85_year_rule_met_and_not_agreed() -> None:
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
    found = pension.protected_tranches(days("1956-03-31", "1956-04-01", "NaT"))
    assert found.tolist() == [[True, True, True], [True, False, False], [False, False, False]]


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
    assert pension.normal_pension_day(days(born)).astype(str).tolist() == [pension_day]


def test_pension_age_of_service_before_2014_is_65() -> None:
    found = pension.pension_day_before_2014(days("1960-02-29", "1964-02-29", "1960-12-31"))
    assert found.astype(str).tolist() == ["2025-03-01", "2029-03-01", "2025-12-31"]


def test_those_born_before_the_table_had_reached_state_pension_age() -> None:
    born, begins = days("1954-10-05", "1954-10-06", "1954-10-05"), days("2020-11-05")
    starts = np.append(np.repeat(begins, 2), days("2020-11-03"))
    assert pension.reached_pension_age(born, starts).tolist() == [True, False, False]


# Arrears: by days, with pensions increase


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
    assert pension.months_to_first_increase(days(begins)).tolist() == [months]


@pytest.mark.parametrize(("months", "rounded"), [(5, 21), (4, 17), (3, 13), (2, 8)])
def test_the_first_increase_agrees_with_the_rounded_table_of_the_order(
    months: int, rounded: int
) -> None:
    """SI 2021/275 art 3(2)(b): 0.21, 0.17, 0.13 and 0.08 per cent, rounded there, not here."""
    percent = Fraction(pension.first_increase(months) - 12_000, 12_000) * 100
    assert int(percent * 100 + Fraction(1, 2)) == rounded


@pytest.mark.parametrize(
    ("end", "arrears", "yearly"),
    [
        ("2021-05-31", 2_109.28, 5_140.42),
        ("2026-04-01", 30_067.38, 6_331.84),
        ("2026-11-21", 34_274.77, 6_572.45),
    ],
)
def test_arrears_of_the_vector(end: str, arrears: float, yearly: float) -> None:
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
    assert pension.increases_known(days(begins), days(end)).tolist() == [known]


FIRST_DAYS = st.integers(0, 135).map(lambda n: days("2020-11-05") + n)
LATER_DAYS = st.integers(0, 2_300)
LOSSES = st.integers(0, 10_000_000).map(lambda pence: np.array([pence]))


@given(loss=LOSSES, begins=FIRST_DAYS, until=LATER_DAYS, later=st.integers(0, 400))
def test_a_later_correction_never_lowers_arrears(
    loss: Pence, begins: Days, until: int, later: int
) -> None:
    before = pension.arrears(loss, begins, begins + until)
    assert (pension.arrears(loss, begins, begins + until + later) >= before).all()


@given(loss=LOSSES, begins=FIRST_DAYS, until=LATER_DAYS)
def test_a_day_more_is_a_days_worth(loss: Pence, begins: Days, until: int) -> None:
    one = pension.arrears(loss, begins, begins + until)
    other = pension.arrears(loss, begins, begins + until + 1)
    day = Fraction(int(pension.with_increases(loss, begins, begins + until)[0])) / Fraction(1461, 4)
    assert abs(int(other[0] - one[0]) - day) <= 2


@given(begins=FIRST_DAYS, until=LATER_DAYS)
def test_nothing_lost_gives_nothing(begins: Days, until: int) -> None:
    nothing = pence(0)
    ends = begins + min(until, int((BANK_RATE.last - begins[0]).astype(int)))
    assert pension.arrears(nothing, begins, ends).tolist() == [0]
    assert late_benefits.interest_on_arrears(nothing, begins, ends, LGPS, BANK_RATE).tolist() == [0]
    assert late_benefits.interest_on_sum(nothing, begins, ends, LGPS, BANK_RATE).tolist() == [0]


@given(unreduced=st.integers(0, 10**11), paid=st.integers(0, 10**11))
def test_a_loss_is_never_below_nothing(unreduced: int, paid: int) -> None:
    found = int(pension.loss(np.array([unreduced]), np.array([paid]))[0])
    assert found == max(0, unreduced - paid)


# Interest on late benefits: LGPS 2013 reg 81


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
def test_interest_on_a_late_sum(amount: float, due: str, paid: str, interest: float) -> None:
    found = late_benefits.interest_on_sum(pence(amount), days(due), days(paid), LGPS, KEPT)
    assert found.tolist() == pence(interest).tolist()


def test_a_late_sum_bears_interest_from_the_first_day() -> None:
    late = late_benefits.interest_on_sum(pence(10_000), BEGINS, days("2021-02-02"), LGPS, BANK_RATE)
    assert late.tolist() == [round(1_000_000 * 32 * 110 / RATE)]


RATE = 3_650_000


def test_teachers_benefits_bear_base_rate_alone() -> None:
    found = late_benefits.interest_on_sum(
        pence(10_000), BEGINS, days("2021-02-02"), TEACHERS, BANK_RATE
    )
    assert found.tolist() == [round(1_000_000 * 32 * 10 / RATE)]


@pytest.mark.parametrize(
    ("scheme", "nation", "place"),
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
def test_no_scheme_borrows_anothers_rule(scheme: Scheme, nation: Nation, place: int) -> None:
    found = late_benefits.terms_of(np.array([scheme]), np.array([nation]))
    assert found.tolist() == [place]


def test_a_pension_put_right_within_a_year_bears_no_interest() -> None:
    for paid, due in (("2022-01-31", False), ("2022-02-01", True)):
        found = late_benefits.interest_on_arrears(
            pence(50_000), BEGINS, days(paid), LGPS, BANK_RATE
        )
        assert (found > 0).tolist() == [due]


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
    """Instalment by instalment, each with its own rests, in exact fractions."""
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
    found = late_benefits.interest_on_arrears(np.array([loss]), first, last, terms, BANK_RATE)
    assert found.tolist() == [int(total + Fraction(1, 2))]


def _grown(due: Days, paid: Days, margin: int) -> Fraction:
    growth, start, rests = Fraction(1), due, 1
    while start[0] < paid[0]:
        stop = np.minimum(months_on(due, 3 * rests), paid)
        rates = BANK_RATE.on(np.arange(start[0], stop[0])) + margin
        growth *= 1 + Fraction(int(rates.sum()), RATE)
        start, rests = stop, rests + 1
    return growth


@given(loss=LOSSES, begins=FIRST_DAYS, until=st.integers(0, 1_900), later=st.integers(0, 100))
def test_later_payment_never_lowers_interest(
    loss: Pence, begins: Days, until: int, later: int
) -> None:
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
    assert late_benefits.rates_known(days(due), days(paid), BANK_RATE).tolist() == [known]


def _years_on(start: Days, years: int) -> Days:
    return months_on(start, 12 * years)
