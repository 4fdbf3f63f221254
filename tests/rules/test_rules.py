"""The rules one by one, against the vectors computed from the instruments."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import cap, coverage, exit_payments, interest, reclaim, redundancy, time_limits
from rules.arrays import Days, Mask, Pence, half_up, proportion
from rules.calendar import CalendarDays, complete_years
from rules.choices import EmployerKind, Nation
from rules.exit_payments import KINDS, REDUNDANCY, STRAIN


def days(*texts: str) -> Days:
    return np.array(texts, dtype="datetime64[D]")


def pence(*pounds: float) -> Pence:
    return np.array([round(amount * 100) for amount in pounds], dtype=np.int64)


def mask(*flags: bool) -> Mask:
    return np.array(flags, dtype=bool)


def calendar(text: str) -> CalendarDays:
    return CalendarDays.of(days(text))


# Rounding


def test_half_up_rounds_a_half_penny_up() -> None:
    assert half_up(np.array([1, 3, 2, 5]), 2).tolist() == [1, 2, 1, 3]


@given(
    amount=st.integers(0, 10**12),
    part=st.integers(0, 10**12),
    more=st.integers(1, 10**12),
)
def test_a_proportion_is_exact_however_large(amount: int, part: int, more: int) -> None:
    floor, rest = proportion(np.array([amount]), np.array([part]), np.array([part + more]))
    assert int(floor[0]) * (part + more) + int(rest[0]) == amount * part


# The cap: SI 2020/1122 regs 3, 4, 7


def test_exactly_the_cap_does_not_exceed_it() -> None:
    allowed = cap.allowed_total(pence(95_000, 95_000.01), pence(0, 0), pence(95_000, 95_000))
    assert allowed.tolist() == pence(95_000, 95_000).tolist()


def test_statutory_redundancy_pay_is_allowed_although_it_exceeds_what_is_left() -> None:
    allowed = cap.allowed_total(pence(48_070), pence(8_070), pence(0))
    assert allowed.tolist() == pence(8_070).tolist()


def test_the_cut_falls_on_the_other_payments_alone() -> None:
    allowed = cap.allowed_total(pence(134_526), pence(14_526), pence(95_000))
    assert allowed.tolist() == pence(95_000).tolist()


@pytest.mark.parametrize(("apart", "linked"), [(0, True), (27, True), (28, False)])
def test_exits_share_a_cap_within_28_consecutive_days(apart: int, linked: bool) -> None:
    first = np.datetime64("2020-12-01")
    exits = np.array([first, first + apart], dtype="datetime64[D]")
    starts = cap.first_linked(np.array([0, 0]), exits)
    assert starts.tolist() == [0, 0 if linked else 1]


def test_windows_roll_and_persons_are_kept_apart() -> None:
    exits = days("2020-12-01", "2020-12-20", "2021-01-10", "2020-12-01", "2020-12-02")
    starts = cap.first_linked(np.array([0, 0, 0, 1, 2]), exits)
    assert starts.tolist() == [0, 0, 1, 3, 4]


def test_exits_on_one_day_use_the_cap_by_salary_hours_and_service_blanks_last() -> None:
    size = 6
    order, ties = cap.order_of_exits(
        person=np.zeros(size, dtype=np.int64),
        exit_date=np.full(size, np.datetime64("2020-12-31")),
        salary=pence(0, 20_000, 30_000, 20_000, 20_000, 20_000),
        salary_known=mask(False, True, True, True, True, True),
        hours=np.array([0, 0, 0, 37, 37, 37]),
        hours_known=mask(False, False, False, True, True, True),
        service_start=days(
            "2000-01-01", "2000-01-01", "2000-01-01", "2010-01-01", "2000-01-01", "2010-01-01"
        ),
    )
    assert order.tolist() == [2, 4, 3, 5, 1, 0]
    assert ties.tolist() == [False, False, False, True, False, True]


# Exit payments: SI 2020/1122 regs 5, 6


def test_notice_pay_of_a_quarter_is_exempt_on_either_reading() -> None:
    quarter = exit_payments.quarter_of_salary(pence(60_000))
    for reading in ("excess_only", "all_or_nothing"):
        assert exit_payments.counted_notice_pay(pence(15_000), quarter, reading).tolist() == [0]


def test_notice_pay_above_a_quarter_counts_by_the_reading_taken() -> None:
    quarter = exit_payments.quarter_of_salary(pence(60_000))
    notice = pence(30_000)
    assert exit_payments.counted_notice_pay(notice, quarter, "excess_only")[0] == 1_500_000
    assert exit_payments.counted_notice_pay(notice, quarter, "all_or_nothing")[0] == 3_000_000


@pytest.mark.parametrize(("salary", "quarter"), [(100, 25), (101, 25), (102, 26), (103, 26)])
def test_a_quarter_of_salary_is_rounded_half_up_to_the_penny(salary: int, quarter: int) -> None:
    assert exit_payments.quarter_of_salary(np.array([salary]))[0] == quarter


def test_strain_is_the_only_payment_owed_to_the_scheme() -> None:
    assert [kind.name for kind in KINDS if kind.payee == "scheme"] == ["pension_strain"]


# The difference: SI 2021/197 reg 4


def able(redundancy_pay: float, strain: float, other: float = 0) -> Pence:
    table = np.zeros((len(KINDS), 1), dtype=np.int64)
    table[REDUNDANCY], table[STRAIN], table[4] = pence(redundancy_pay, strain, other)[:, None]
    return table


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("strain_first", {STRAIN: 1_514_000}),
        ("cash_first", {4: 1_514_000}),
        ("pro_rata", {STRAIN: 1_127_447, 4: 386_553}),
    ],
)
def test_the_cut_is_shared_by_the_order_taken(order: str, expected: dict[int, int]) -> None:
    shared = reclaim.share(pence(15_140), able(0, 70_000, 24_000), order)[:, 0]
    assert {place: int(p) for place, p in enumerate(shared) if p} == expected


def test_odd_pence_go_by_largest_remainder_and_ties_as_listed() -> None:
    shared = reclaim.share(np.array([100]), able(0.01, 0.01, 0.01) * 50, "pro_rata")[:, 0]
    assert [int(shared[place]) for place in (REDUNDANCY, STRAIN, 4)] == [34, 33, 33]


@given(
    amount=st.integers(0, 10**12),
    caps=st.lists(st.integers(0, 10**11), min_size=9, max_size=9),
    order=st.sampled_from(["strain_first", "cash_first", "pro_rata"]),
)
def test_a_share_places_all_that_can_be_placed_and_nothing_twice(
    amount: int, caps: list[int], order: str
) -> None:
    limits = np.array(caps, dtype=np.int64)[:, None]
    shared = reclaim.share(np.array([amount]), limits, order)
    assert int(shared.sum()) == min(amount, sum(caps))
    assert ((shared >= 0) & (shared <= limits)).all()


@given(amount=st.integers(0, 10**7), caps=st.lists(st.integers(0, 10**6), min_size=9, max_size=9))
def test_the_split_depends_on_the_order_exactly_when_two_orders_differ(
    amount: int, caps: list[int]
) -> None:
    limits = np.array(caps, dtype=np.int64)[:, None]
    strains = {
        int(reclaim.share(np.array([amount]), limits, order)[STRAIN, 0])
        for order in ("strain_first", "cash_first", "pro_rata")
    }
    assert bool(reclaim.split_depends_on_order(np.array([amount]), limits)[0]) == (len(strains) > 1)


def test_what_one_payee_was_overpaid_is_set_against_the_other() -> None:
    net = reclaim.net_of_overpayment(reclaim.ByPayee(pence(-5, 8, -1), pence(8, -5, -1)))
    assert net.member.tolist() == [0, 300, 0]
    assert net.scheme.tolist() == [300, 0, 0]


def test_a_cash_alternative_is_credited_against_the_scheme_first() -> None:
    after = reclaim.credit_cash_alternative(reclaim.ByPayee(pence(10), pence(4)), pence(6))
    assert (after.member.tolist(), after.scheme.tolist()) == ([800], [0])


def test_strain_the_member_paid_is_owed_back_up_to_the_schemes_shortfall() -> None:
    after = reclaim.refund_of_own_strain(reclaim.ByPayee(pence(1), pence(4)), pence(6))
    assert (after.member.tolist(), after.scheme.tolist()) == ([500], [0])


# Interest: SI 2021/197 reg 4(3), SI 1993/564


@pytest.mark.parametrize(
    ("principal", "start", "end", "expected"),
    [
        (15_140, "2020-12-31", "2021-06-30", 600.62),
        (15_140, "2021-03-19", "2021-06-30", 341.79),
        (15_140, "2020-12-31", "2025-12-31", 6_059.32),
        (10_000, "2020-11-04", "2026-11-21", 4_839.45),
        (10_000, "2020-12-31", "2027-03-18", 4_970.96),
        (10_000, "2021-03-19", "2026-12-31", 4_631.23),
        (13_700, "2020-11-04", "2021-11-04", 1_096.00),
        (10_000, "2021-01-01", "2020-12-31", 0.00),
    ],
)
def test_interest_is_eight_per_cent_simple_by_the_day(
    principal: float, start: str, end: str, expected: float
) -> None:
    found = interest.simple_interest(
        pence(principal), days(start), np.datetime64(end), pence(0), days("NaT")
    )
    assert found.tolist() == pence(expected).tolist()


def test_a_part_payment_lowers_the_principal_from_its_day() -> None:
    found = interest.simple_interest(
        pence(10_000),
        days("2021-01-01"),
        np.datetime64("2021-12-31"),
        pence(4_000),
        days("2021-04-11"),
    )
    assert found[0] == half_up(np.array([(1_000_000 * 100 + 600_000 * 264) * 8]), 36_500)[0]


def test_a_part_payment_before_the_start_lowers_it_from_the_start() -> None:
    start, end = days("2021-03-19"), np.datetime64("2022-03-19")
    found = interest.simple_interest(pence(10_000), start, end, pence(4_000), days("2021-01-01"))
    assert found.tolist() == pence(480).tolist()


def test_a_part_payment_above_the_principal_ends_interest() -> None:
    start, end = days("2021-01-01"), np.datetime64("2022-01-01")
    found = interest.simple_interest(pence(100), start, end, pence(500), days("2021-01-01"))
    assert found.tolist() == [0]


def test_daily_interest_on_ten_thousand_is_two_pounds_nineteen() -> None:
    assert interest.daily_interest(pence(10_000)).tolist() == [219]


# Redundancy: ERA 1996 ss.86, 145, 155, 162, 227


@pytest.mark.parametrize(
    ("born", "started", "relevant", "years", "weeks", "pay"),
    [
        ("1979-01-01", "2000-09-01", "2020-12-31", 20, 20.5, 11_029),
        ("1978-12-31", "2000-09-01", "2020-12-31", 20, 20.5, 11_029),
        ("1979-01-02", "2000-09-01", "2020-12-31", 20, 19.5, 10_491),
        ("1970-06-15", "2019-01-01", "2020-12-31", 2, 3.0, 1_614),
        ("1970-06-15", "2019-01-02", "2020-12-31", 1, 0, 0),
        ("1960-03-03", "1995-01-01", "2020-12-31", 20, 29.5, 15_871),
        ("1965-05-05", "2001-01-01", "2020-12-31", 20, 27.0, 14_526),
        ("1962-07-20", "1990-09-01", "2020-12-31", 20, 28.5, 15_333),
        ("1985-08-14", "2008-09-01", "2020-12-31", 12, 12.0, 6_456),
        ("1998-05-01", "2017-09-01", "2021-01-31", 3, 1.5, 807),
    ],
)
def test_years_count_backwards_and_weeks_go_by_the_age_held_throughout(
    born: str, started: str, relevant: str, years: int, weeks: float, pay: float
) -> None:
    day_after = CalendarDays.of(days(relevant) + 1)
    found = redundancy.years_that_count(calendar(started), day_after)
    halves = redundancy.half_weeks(found, calendar(born), day_after)
    limit, known = redundancy.weekly_limit(days(relevant), np.array([Nation.ENGLAND]))
    assert known.all()
    amount = redundancy.redundancy_pay(halves, pence(900), Fraction(1), limit)
    assert found.tolist() == [years]
    assert halves.tolist() == [weeks * 2]
    assert amount.tolist() == pence(pay).tolist()


@pytest.mark.parametrize(
    ("start", "day_after", "years"),
    [
        ("2016-02-29", "2017-02-28", 0),
        ("2016-02-29", "2017-03-01", 1),
        ("2016-02-29", "2020-02-29", 4),
        ("2018-03-01", "2020-02-29", 2),
        ("2019-01-01", "2020-12-31", 1),
        ("2019-01-01", "2021-01-01", 2),
        ("2021-01-02", "2021-01-01", -1),
    ],
)
def test_a_29_february_has_its_anniversary_on_1_march(
    start: str, day_after: str, years: int
) -> None:
    assert complete_years(calendar(start), calendar(day_after)).tolist() == [years]


@pytest.mark.parametrize(
    ("started", "given", "weeks"),
    [
        ("2019-01-01", "2020-12-30", 1),
        ("2019-01-01", "2020-12-31", 2),
        ("2009-01-01", "2020-12-30", 11),
        ("2009-01-01", "2020-12-31", 12),
        ("1990-01-01", "2020-12-31", 12),
        ("2020-12-31", "2020-06-01", 1),
    ],
)
def test_minimum_notice_is_a_week_a_year_between_one_and_twelve(
    started: str, given: str, weeks: int
) -> None:
    assert redundancy.minimum_notice_weeks(calendar(started), days(given)).tolist() == [weeks]


@pytest.mark.parametrize(
    ("given", "none", "expected"),
    [
        ("2020-11-19", False, "2021-02-12"),
        ("2020-11-20", False, "2021-02-12"),
        ("2020-11-21", False, "2021-02-13"),
        ("NaT", True, "2021-05-07"),
        ("NaT", False, "2021-02-12"),
    ],
)
def test_statutory_notice_may_move_the_relevant_date(given: str, none: bool, expected: str) -> None:
    moved = redundancy.relevant_date(
        days("2021-02-12"), calendar("1995-09-01"), days(given), mask(none)
    )
    assert moved.astype(str).tolist() == [expected]


def test_a_week_from_a_salary_is_not_rounded_the_product_is() -> None:
    limit = pence(479)
    paid = redundancy.redundancy_pay(np.array([10]), pence(24_000), Fraction(52), limit)
    assert paid.tolist() == pence(2_307.69).tolist()


@pytest.mark.usefixtures("frozen_tables")
def test_outside_the_table_the_limit_is_not_known() -> None:
    nation = np.array([Nation.ENGLAND, Nation.NORTHERN_IRELAND, Nation.NORTHERN_IRELAND])
    _, known = redundancy.weekly_limit(days("2015-04-05", "2015-04-05", "2027-04-06"), nation)
    assert known.tolist() == [False, True, False]


# Time limits: Limitation Act 1980


@pytest.mark.parametrize(
    ("due", "last"),
    [
        ("2020-11-04", "2026-11-04"),
        ("2020-12-31", "2026-12-31"),
        ("2021-01-31", "2027-01-31"),
        ("2020-02-29", "2026-02-28"),
        ("2018-02-28", "2024-02-28"),
    ],
)
def test_a_contract_claim_runs_six_years_from_the_day_it_was_due(due: str, last: str) -> None:
    assert time_limits.contract_last_day(days(due)).astype(str).tolist() == [last]


def test_the_statutory_claim_runs_to_18_march_2027() -> None:
    assert time_limits.statute_last_day(1).astype(str).tolist() == ["2027-03-18"]


@pytest.mark.parametrize(
    ("acknowledged", "as_at", "last"),
    [
        ("2022-05-01", "2026-11-22", "2028-05-01"),
        ("2020-12-31", "2026-11-22", "2026-12-31"),
        ("2026-12-31", "2026-12-31", "2032-12-31"),
        ("2027-01-01", "2027-01-01", "2026-12-31"),
        ("2026-12-01", "2026-11-30", "2026-12-31"),
        ("2024-02-29", "2026-11-22", "2030-02-28"),
        ("NaT", "2026-11-22", "2026-12-31"),
    ],
)
def test_an_acknowledgment_starts_six_years_afresh_if_made_in_time(
    acknowledged: str, as_at: str, last: str
) -> None:
    found = time_limits.after_acknowledgment(
        days("2026-12-31"), days(acknowledged), np.datetime64(as_at)
    )
    assert found.astype(str).tolist() == [last]


# Coverage: the Schedule


def test_the_schedule_is_whole() -> None:
    entries = coverage.schedule()
    assert len(entries) == 552
    counts = {(part, kind): 0 for part in (1, 2) for kind in ("named", "class")}
    for entry in entries:
        counts[entry.part, entry.kind] += 1
    assert counts == {(1, "named"): 423, (1, "class"): 37, (2, "named"): 75, (2, "class"): 17}


@pytest.mark.parametrize(
    "name",
    [
        "Arts Council England",
        "the ARTS COUNCIL, England",
        "Guys and St Thomas Enterprises Limited",
        "Guy's & St Thomas' Enterprises Limited",
        "Corff Adnoddau Naturiol Cymru",
        "Natural Resources Wales",
        "Natural Resources Wales / Corff Adnoddau Naturiol Cymru",
        "The Pension Protection Fund Ombudsman",
        "HM Courts and Tribunals Service",
    ],
)
def test_a_name_matches_when_only_case_punctuation_and_and_or_the_differ(name: str) -> None:
    assert coverage.named_in_schedule(name) is not None


@pytest.mark.parametrize(
    "name",
    [
        "",
        "the",
        "Arts Council",
        "Arts Councl England",
        "HMRC",
        "A district council",
        "Sheriff Clerk",
        "Anytown Council",
    ],
)
def test_nothing_less_than_the_name_itself_decides(name: str) -> None:
    assert coverage.named_in_schedule(name) is None


@pytest.mark.parametrize(
    ("kind", "nation", "covered"),
    [
        (EmployerKind.COUNCIL, Nation.ENGLAND, True),
        (EmployerKind.COUNCIL, Nation.WALES, True),
        (EmployerKind.NOT_LISTED, Nation.ENGLAND, False),
        (EmployerKind.UNKNOWN, Nation.ENGLAND, True),
        (EmployerKind.NOT_GIVEN, Nation.WALES, True),
        (EmployerKind.COUNCIL, Nation.SCOTLAND, False),
        (EmployerKind.UNKNOWN, Nation.SCOTLAND, False),
        (EmployerKind.CIVIL_SERVICE, Nation.SCOTLAND, True),
        (EmployerKind.OTHER_LISTED, Nation.NORTHERN_IRELAND, True),
        (EmployerKind.NHS, Nation.NORTHERN_IRELAND, False),
    ],
)
def test_coverage_by_kind_and_nation_without_a_name(
    kind: EmployerKind, nation: Nation, covered: bool
) -> None:
    found = coverage.employer_covered(mask(False), np.array([kind]), np.array([nation]))
    assert found.tolist() == [covered]
    named = coverage.employer_covered(mask(True), np.array([kind]), np.array([nation]))
    assert named.tolist() == [True]
