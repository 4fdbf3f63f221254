"""The oracle against figures calculated by hand, each with its provision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import holidays
import pytest

from tests import oracle
from tests.generated import Row
from tests.oracle import base_rate
from tests.oracle.basics import table_rows
from tests.oracle.working_days import bank_holidays, working_day_before

AS_AT = "2025-12-31"  # 1,826 days after 31 December 2020


EXIT = {"case_ref": "A", "employer_kind": "council", "exit_date": "2020-12-31"}


def calculate(as_at: str = AS_AT, **facts: str) -> Row:
    """One exit of 31 December 2020 from a council, with the facts given."""
    return calculate_under({}, as_at, **facts)


def calculate_under(positions: Row, as_at: str = AS_AT, **facts: str) -> Row:
    """The same under other positions."""
    return oracle.assess_rows([EXIT | facts], positions, date.fromisoformat(as_at))[0]


def shown(row: Row, *names: str) -> list[str]:
    return [row[name] for name in names]


def codes(text: str) -> set[str]:
    return set(filter(None, text.split(";")))


SCHEME_ONLY = {
    "redundancy_due": "20000",
    "redundancy_paid": "20000",
    "pension_strain_due": "90000",
    "pension_strain_paid": "75000",
}
"""110,000 against 95,000: 15,000 of strain was cut."""
MEMBER_ONLY = {"redundancy_due": "110140", "redundancy_paid": "95000"}
"""15,140 was cut from the member's redundancy pay."""
IRISH = {"nation": "northern_ireland", "employer_kind": "other_listed"}
LGPS = {"scheme": "lgps", "exit_reason": "redundancy", "date_of_birth": "1962-06-01"}


# --- Facts that contradict each other -------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "triage"),
    [
        ({"died_on": "2020-12-30"}, "error"),  # before the exit
        ({"died_on": "2020-12-31"}, "needs_data"),
        ({"died_on": "2021-01-01"}, "needs_data"),
        ({"pension_started_on": "2020-12-31"}, "error"),  # on the exit
        ({"pension_started_on": "2021-01-01"}, "needs_data"),
        ({"checked": "scots_law; entitlement"}, "needs_data"),
        ({"checked": "all"}, "error"),
        ({"top_up_interest": "0.01"}, "error"),
        ({"exit_date": "31/12/2020"}, "needs_data"),
    ],
)
def test_rows_in_error(facts: Row, triage: str) -> None:
    assert calculate(**facts)["triage"] == triage


# --- What must be checked before a letter goes out ------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "check"),
    [
        # Agenda for Change section 16
        ({"scheme": "nhs", "exit_reason": "redundancy", **SCHEME_ONLY}, "nhs_pension_cost"),
        ({"employer_kind": "nhs", "exit_reason": "redundancy", **SCHEME_ONLY}, "nhs_pension_cost"),
        (
            {"employer_kind": "nhs", "scheme": "lgps", "exit_reason": "redundancy", **SCHEME_ONLY},
            "",
        ),
        ({"scheme": "nhs", "exit_reason": "voluntary", **SCHEME_ONLY}, ""),
        # SI 2015/601 regs 9 to 11
        ({"scheme": "tps", "pension_strain_due": "1"}, "teachers_compensation"),
        ({"scheme": "tps", "pension_strain_due": "0"}, ""),
        # LGPS 2013 reg 30(7): 55 on the day of exit, the birthday included
        ({"scheme": "lgps", "date_of_birth": "1965-12-31", **SCHEME_ONLY}, ""),
        ({"scheme": "lgps", "date_of_birth": "1966-01-01", **SCHEME_ONLY}, "strain_under_55"),
        # 2021 Regs 4(2)(b)
        ({"entitlement": "discretionary"}, "entitlement"),
        ({"entitlement": "discretionary", "checked": "entitlement"}, ""),
        ({"settlement_agreement": "yes"}, "settlement_agreement"),
        ({"cash_alternative_paid": "0.01"}, "cash_alternative"),
        ({"nation": "scotland", "employer_kind": "civil_service"}, "scots_law"),
        ({"nation": "scotland"}, ""),  # out of scope
        ({"nation": "scotland", "died_on": "2024-01-01"}, "representative"),
        ({"died_on": "2024-01-01", "representative_name": "R. Example"}, ""),
    ],
)
def test_what_must_be_checked(facts: Row, check: str) -> None:
    assert calculate(**facts)["to_check"] == check


def test_two_births_are_asked_of_every_row_of_the_person() -> None:
    rows: list[Row] = [
        {"case_ref": str(place), "person_ref": "P 1", "exit_date": day, "date_of_birth": born}
        for place, (day, born) in enumerate(
            [("2020-12-31", "1960-01-01"), ("2016-01-01", "1960-01-02"), ("2020-12-31", "")]
        )
    ]
    rows[2]["checked"] = "one_person_two_births"
    found = [row["to_check"] for row in oracle.assess_rows(rows, {}, date(2026, 11, 28))]
    assert found == ["one_person_two_births", "one_person_two_births", ""]


# --- Scope ----------------------------------------------------------------------------------------

BEFORE = {"exit_date": "2020-10-31", "payment_date": "2020-11-27"} | MEMBER_ONLY


def test_exit_before_the_cap_paid_inside_the_period() -> None:
    # 2021 Regs 4(2)(a) dates the payment. Contract: 31 October 2026, past. Statute: 18 March 2027, a
    # Thursday, 110 days from 28 November 2026; the working day before it is Wednesday the 17th.
    row = calculate("2026-11-28", **BEFORE)
    assert codes(row["reasons"]) >= {"exit_before_cap", "needs_review", "contract_clock_expired"}
    assert shown(row, "triage", "difference", "urgency", "issue_by", "statute_days_left") == [
        *("out_of_scope", "15140.00", "green", "2027-03-17", "110"),
    ]
    # Northern Ireland keeps 17 March; only a body named in the Schedule was caught there.
    there = calculate("2026-11-28", **(BEFORE | IRISH))
    assert there["issue_by"] == "2027-03-16"


@pytest.mark.parametrize(
    "facts",
    [
        {"payment_date": "2020-11-03"},  # the day before the relevant period
        {"payment_date": "2021-03-20"},  # the day after it
        {"payment_date": ""},
        {"relaxed_amount": "all"},
        {"redundancy_paid": "0"},  # nothing was paid
        {"redundancy_paid": ""},  # no exact shortfall
        {"employer_kind": "not_listed"},  # another ground
        {"top_up_member": "15140", "top_up_date": "2021-06-30"},  # nothing is left
        {"redundancy_paid": "110140", "notice_pay_due": "9", "annual_salary": "40"}
        | {"notice_pay_paid": "0"},  # 2020 Regs 6(g)
    ],
)
def test_exit_before_the_cap_that_regulation_4_does_not_reach(facts: Row) -> None:
    row = calculate("2026-11-28", **(BEFORE | facts))
    assert shown(row, "triage", "urgency", "issue_by", "statute_last_day") == [
        *("out_of_scope", "", "", ""),
    ]


def test_exit_before_the_cap_where_the_strain_was_paid_inside_the_period() -> None:
    # The scheme's shortfall alone: the member's contract (31 October 2026) does not count.
    facts = {"exit_date": "2020-10-31", "strain_paid_on": "2021-03-19", **SCHEME_ONLY}
    row = calculate("2026-10-20", **facts)
    assert shown(row, "contract_last_day", "urgency", "issue_by") == [
        *("2026-10-31", "green", "2027-03-17"),
    ]
    assert calculate("2026-10-20", **(facts | {"strain_paid_on": "2021-03-20"}))["urgency"] == ""
    nothing = facts | {"pension_strain_paid": "0"}
    assert calculate("2026-10-20", **nothing)["urgency"] == ""


def test_exit_before_the_cap_as_if_in_the_window() -> None:
    row = calculate_under({"exit_before_cap": "in_scope"}, **BEFORE)
    assert shown(row, "triage", "reduction_expected") == ["capped_exact", "15140.00"]
    assert "exit_before_cap" in codes(row["reasons"])


@pytest.mark.parametrize(
    ("facts", "triage", "reason"),
    [
        ({"exit_date": "2021-02-12"}, "capped_estimate", "boundary_day"),
        ({"exit_date": "2021-02-13"}, "needs_data", "late_exit_check_why"),
        ({"exit_date": "2021-02-13", "cap_applied": "no"}, "needs_data", "late_exit_check_why"),
        ({"exit_date": "2021-02-13", "cap_applied": "told"}, "capped_estimate", ""),
        ({"exit_date": "2021-03-19", "cap_applied": "in_writing"}, "capped_estimate", ""),
        ({"exit_date": "2021-03-19", "nation": "wales"}, "capped_estimate", "late_exit_wales"),
        ({"exit_date": "2021-03-20", "cap_applied": "told"}, "out_of_scope", "exit_after_cap"),
    ],
)
def test_late_exits(facts: Row, triage: str, reason: str) -> None:
    row = calculate(redundancy_due="110140", **facts)
    assert row["triage"] == triage
    assert {reason} - {""} <= codes(row["reasons"])


def test_out_of_scope_a_blank_payment_is_no_part_of_the_exit() -> None:
    row = calculate(employer_kind="not_listed")
    assert shown(row, "due_total", "paid_total", "difference") == ["0.00"] * 3


# --- The basis of the claim -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "basis"),
    [
        ({"payment_date": "2020-11-03"}, False),
        ({"payment_date": "2020-11-04"}, True),
        ({"payment_date": "2021-03-19"}, True),
        ({"payment_date": "2021-03-20"}, False),
        # 2021 Regs 4(1): a payment to the scheme is one to the member
        ({"payment_date": "2021-03-26", "strain_paid_on": "2021-03-05"}, True),
        ({"payment_date": "2021-03-26", "strain_paid_on": "2021-03-20"}, False),
        (
            {"payment_date": "2021-03-26", "strain_paid_on": "2021-03-05"}
            | {"pension_strain_paid": "0"},
            False,
        ),
        (
            {"payment_date": "2021-03-26", "top_up_scheme": "1", "top_up_date": "2021-03-19"},
            True,
        ),
        (
            {"payment_date": "2021-03-26", "top_up_scheme": "1", "top_up_date": "2021-03-20"},
            False,
        ),
        # Nothing paid in the period, unless a top-up was
        ({"redundancy_paid": "0", "pension_strain_paid": "0"}, False),
        (
            {"redundancy_paid": "0", "pension_strain_paid": "0", "top_up_member": "1"}
            | {"top_up_date": "2021-03-19"},
            True,
        ),
    ],
)
def test_any_payment_in_the_relevant_period_is_enough(facts: Row, basis: bool) -> None:
    row = calculate(**(SCHEME_ONLY | facts))
    assert (row["statute_last_day"] != "") == basis
    assert (row["scheme_interest"] != "") == basis
    assert ("paid_outside_relevant_period" in codes(row["reasons"])) != basis


# --- The difference -------------------------------------------------------------------------------


def test_notice_pay_within_a_quarter_is_owed_under_the_contract_only() -> None:
    # A quarter of 80,000 is 20,000. 5,000 x 1,826 x 8 / 36,500 = 2,001.10; 5,000 x 8 / 36,500 = 1.10
    facts = {"redundancy_due": "100000", "redundancy_paid": "95000", "annual_salary": "80000"}
    facts |= {"notice_pay_due": "20000", "notice_pay_paid": "0"}
    row = calculate(**facts)
    assert shown(row, "difference", "member_shortfall", "member_contract_only") == [
        *("25000.00", "25000.00", "20000.00"),
    ]
    assert shown(row, "member_interest", "member_daily_interest", "member_total") == [
        *("2001.10", "1.10", "27001.10"),
    ]
    # A penny over a quarter is an exit payment: the rest of it is not.
    over = calculate(**(facts | {"notice_pay_due": "20000.01"}))
    assert shown(over, "counted_total", "member_contract_only") == ["100000.01", "20000.00"]
    # A top-up goes first to what bears interest.
    later = calculate(**facts, top_up_member="6000", top_up_date="2025-12-31")
    assert shown(later, "member_outstanding", "member_daily_interest") == ["19000.00", "0.00"]


def test_notice_pay_partly_paid() -> None:
    # A quarter of 60,000 is 15,000. Due 30,000 counts 15,000; paid 10,000 counts 0. Of the 20,000
    # short, 15,000 was an exit payment; read as all or nothing the whole of it was.
    facts = {"redundancy_due": "100000", "redundancy_paid": "95000", "annual_salary": "60000"}
    facts |= {"notice_pay_due": "30000", "notice_pay_paid": "10000"}
    assert calculate(**facts)["member_contract_only"] == "5000.00"
    strict = calculate_under({"notice_pay_reading": "all_or_nothing"}, **facts)
    assert strict["member_contract_only"] == "0.00"


def test_where_all_of_it_is_notice_pay_regulation_4_is_not_the_basis() -> None:
    facts = {"redundancy_due": "100000", "redundancy_paid": "100000", "annual_salary": "80000"}
    row = calculate(**facts, notice_pay_due="20000", notice_pay_paid="0")
    assert shown(row, "triage", "reduction_expected", "difference") == [
        *("underpaid_not_capped", "5000.00", "20000.00"),
    ]
    assert shown(row, "member_contract_only", "member_interest", "statute_last_day") == [
        *("0.00", "", ""),
    ]
    assert row["member_total"] == row["member_total_high"] == "20000.00"
    assert "shortfall_is_contract_only" in codes(row["reasons"])


def test_unknown_salary_that_changes_only_what_bears_interest() -> None:
    # Read as exempt the notice pay is contract only; read as counted it is not. The triage, and the
    # difference of 25,000, are the same.
    row = calculate(
        redundancy_due="100000",
        redundancy_paid="95000",
        notice_pay_due="20000",
        notice_pay_paid="0",
    )
    assert shown(row, "triage", "difference", "member_contract_only", "confidence") == [
        *("capped_exact", "25000.00", "20000.00", "estimated"),
    ]
    assert "annual_salary" in codes(row["missing"])


def test_cut_beyond_the_cap_and_a_cap_denied() -> None:
    exactly = calculate(**SCHEME_ONLY, cap_applied="no")
    beyond = calculate(**(SCHEME_ONLY | {"pension_strain_paid": "74999.99"}))
    assert codes(exactly["reasons"]) >= {"cap_denied"}
    assert "cut_beyond_cap" not in codes(exactly["reasons"])
    assert "cut_beyond_cap" in codes(beyond["reasons"])
    assert beyond["over_reduced_by"] == "0.01"
    within = {"redundancy_due": "95000", "redundancy_paid": "0"}
    assert "cap_denied" not in codes(calculate(**within, cap_applied="no")["reasons"])


# --- Since paid, interest, low and high -------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "position", "triage", "interest"),
    [
        # 71 days from 31 December 2020: 15,140 x 71 x 8 / 36,500 = 235.60
        ("2021-03-12", "in_period", "repaired", "0.00"),
        ("2021-03-12", "since", "part_repaired", "235.60"),
        # 78 days: 258.83; 79 days: 262.15
        ("2021-03-19", "in_period", "repaired", "0.00"),
        ("2021-03-19", "since", "part_repaired", "258.83"),
        ("2021-03-20", "in_period", "part_repaired", "262.15"),
    ],
)
def test_top_up_by_19_march_2021(day: str, position: str, triage: str, interest: str) -> None:
    row = calculate_under(
        {"early_top_up": position},
        **MEMBER_ONLY,
        top_up_member="15140",
        top_up_date=day,
    )
    assert shown(row, "triage", "member_interest") == [triage, interest]
    assert ("top_up_in_relevant_period" in codes(row["reasons"])) == (day <= "2021-03-19")


def test_the_range_covers_both_readings_of_the_cash_alternative() -> None:
    # Strain 90,000 unpaid, cash alternative 75,000: 15,000, or 90,000 if nothing is credited.
    # 1,826 days: 6,003.29 and 36,019.73; from 19 March 2021 1,748 days: 5,746.85
    facts = SCHEME_ONLY | {"pension_strain_paid": "0", "cash_alternative_paid": "75000"}
    row = calculate(**facts)
    assert shown(row, "scheme_total_low", "scheme_total", "scheme_total_high") == [
        *("20746.85", "21003.29", "126019.73"),
    ]


def test_the_highest_interest_runs_from_the_exit_or_the_day_it_was_due() -> None:
    # Paid 31 January 2021: likely 1,795 days, 5,956.45. Highest: from the exit 1,826 days, 6,059.32;
    # due 15 January 2021, 1,811 days, 6,009.54; due before the exit, from the exit.
    facts = MEMBER_ONLY | {"payment_date": "2021-01-31"}
    assert calculate(**facts)["member_total"] == "21096.45"
    for due, highest in (("", "21199.32"), ("2021-01-15", "21149.54"), ("2020-12-01", "21199.32")):
        assert calculate(**facts, due_date=due)["member_total_high"] == highest


# --- Time limits ------------------------------------------------------------------------------------


def test_the_pensions_own_clocks() -> None:
    # Exit 30 November 2020: the lump sum was due on 1 December 2020, the first instalment on the 31st.
    facts = LGPS | SCHEME_ONLY | {"exit_date": "2020-11-30", "service_start": "2000-01-01"}
    row = calculate("2026-11-28", **facts)
    assert shown(row, "pension_lump_sum_last_day", "pension_instalment_last_day") == [
        *("2026-12-01", "2026-12-31"),
    ]
    # The contract's 30 November 2026 is of use for a declaration only: nothing is the member's.
    assert shown(row, "contract_last_day", "urgency", "issue_by") == [
        *("2026-11-30", "red", "2026-11-30"),
    ]
    passed = calculate("2027-01-01", **facts)
    assert "pension_instalments_running_out" in codes(passed["reasons"])
    assert shown(passed, "urgency", "issue_by") == ["amber", "2027-03-17"]
    assert calculate("2026-12-31", **facts)["issue_by"] == "2026-12-30"
    hidden = calculate_under({"pension_clocks": "not_shown"}, "2026-11-28", **facts)
    assert shown(hidden, "pension_lump_sum_last_day", "issue_by") == ["", "2027-03-17"]


@pytest.mark.parametrize(
    ("facts", "lump_sum", "instalment"),
    [
        ({"date_of_birth": "1965-12-31"}, True, True),  # 55 on the day of exit
        ({"date_of_birth": "1966-01-01"}, False, False),
        ({"date_of_birth": ""}, True, True),
        ({"service_start": "2008-03-31"}, True, True),
        ({"service_start": "2008-04-01"}, False, True),
        ({"service_start": "2008-04-01", "lump_sum_to_2008": "1"}, True, True),
        ({"service_start": "2008-04-01", "lump_sum_due": "0"}, False, True),
        ({"lump_sum_due": "5", "lump_sum_paid": "5"}, False, True),
        ({"lump_sum_due": "5", "lump_sum_paid": "4.99"}, True, True),
        ({"pension_due": "5", "pension_paid": "5"}, True, False),
        ({"exit_reason": "settlement"}, False, False),
        ({"exit_reason": ""}, True, True),
        ({"pension_outcome": "unreduced"}, False, False),
        ({"pension_restored_on": "2025-12-31"}, False, False),
        ({"pension_restored_on": "2026-01-01"}, True, True),
        (IRISH, False, False),
        ({"scheme": "unknown"}, False, False),
    ],
)
def test_where_the_pensions_clocks_are_given(facts: Row, lump_sum: bool, instalment: bool) -> None:
    row = calculate(**(LGPS | SCHEME_ONLY | facts))
    assert (row["pension_lump_sum_last_day"] == "2027-01-01") == lump_sum
    assert (row["pension_instalment_last_day"] == "2027-01-31") == instalment


def test_the_funds_acknowledgment() -> None:
    # Limitation Act 1980 s.29(5), (7): six years afresh, if given before the time ran out.
    facts = LGPS | SCHEME_ONLY | {"exit_date": "2020-11-30"}
    names = ("pension_lump_sum_last_day", "pension_instalment_last_day")
    given = calculate("2026-12-05", **facts, fund_acknowledged_on="2026-12-01")
    assert shown(given, *names) == ["2032-12-01", "2032-12-01"]
    late = calculate("2026-12-05", **facts, fund_acknowledged_on="2026-12-02")
    assert shown(late, *names) == ["2026-12-01", "2032-12-02"]
    not_yet = calculate("2026-11-30", **facts, fund_acknowledged_on="2026-12-01")
    assert shown(not_yet, *names) == ["2026-12-01", "2026-12-31"]


def test_when_the_contract_clock_counts() -> None:
    # Nothing is the member's, no other clock is open: then the contract's counts.
    facts = SCHEME_ONLY | {"payment_date": "2021-03-26"}
    row = calculate("2026-12-01", **facts)
    assert shown(row, "contract_last_day", "urgency", "issue_by") == [
        *("2026-12-31", "amber", "2026-12-30"),
    ]
    # In needs_data it counts whatever is known to be the member's.
    assert calculate("2026-12-30")["urgency"] == "red"


def test_issue_by_is_the_last_working_day_before() -> None:
    # 26 December 2026 is a Saturday: the bank holiday is Monday the 28th (by proclamation), Christmas
    # Day a Friday. Easter 2027 is 28 March.
    for due, issue_by in (("2020-12-29", "2026-12-24"), ("2021-01-04", "2026-12-31")):
        facts = MEMBER_ONLY | {"due_date": due, "relaxed_amount": "all"}
        assert calculate("2026-11-28", **facts)["issue_by"] == issue_by
    assert working_day_before(date(2027, 3, 30), northern_ireland=False) == date(2027, 3, 25)
    assert working_day_before(date(2027, 7, 13), northern_ireland=True) == date(2027, 7, 9)
    scots = calculate(**MEMBER_ONLY, nation="scotland", employer_kind="civil_service")
    assert shown(scots, "urgency", "issue_by", "contract_last_day") == ["advice", "", ""]


@pytest.mark.parametrize(("subdivision", "irish"), [("ENG", False), ("WLS", False), ("NIR", True)])
def test_bank_holidays_are_those_of_a_published_calendar(subdivision: str, irish: bool) -> None:
    for year in range(2020, 2051):
        published = holidays.country_holidays("GB", subdiv=subdivision, years=year)
        weekdays = {day for day in published if day.weekday() < 5}
        assert {day for day in bank_holidays(year, irish) if day.weekday() < 5} == weekdays


@pytest.mark.parametrize(
    ("refused", "review", "decided", "dispute"),
    [
        ("2026-11-30", "2027-02-27", "2026-08-31", "2027-02-28"),
        ("2026-08-31", "2026-11-29", "2021-08-30", "2022-02-28"),
        ("2023-11-29", "2024-02-28", "2023-08-29", "2024-02-29"),
    ],
)
def test_review_of_a_refusal_and_internal_disputes(
    refused: str, review: str, decided: str, dispute: str
) -> None:
    row = calculate(refused_on=refused, pension_decision_on=decided)
    assert shown(row, "judicial_review_last_day", "idrp_last_day") == [review, dispute]


# --- Pension ----------------------------------------------------------------------------------------

PENSION = {"scheme": "lgps", "pension_due": "12000", "pension_paid": "9000", **MEMBER_ONLY}


def test_deferred_pension_that_is_not_known_to_be_drawn() -> None:
    # 1 to 31 January 2021, 31 days: 12,000 x 31 / 365.25 = 1,018.48
    row = calculate("2021-02-01", **PENSION, pension_outcome="deferred")
    assert shown(row, "pension_yearly_loss", "pension_arrears") == ["12000.00", "1018.48"]
    assert "pension_started_on" in codes(row["missing"])


@pytest.mark.parametrize("outcome", ["deferred", "reduced", "unknown"])
def test_pension_that_started_later(outcome: str) -> None:
    # (12,000 x 10 + 3,000 x 21) / 365.25 = 501.03
    facts = PENSION | {"pension_outcome": outcome, "pension_started_on": "2021-01-11"}
    row = calculate("2021-02-01", **facts)
    assert shown(row, "pension_yearly_loss", "pension_arrears") == ["3000.00", "501.03"]
    assert "pension_started_on" not in codes(row["missing"])
    before = calculate("2021-01-10", **facts)
    assert shown(before, "pension_yearly_loss", "pension_arrears") == ["12000.00", "295.69"]


def test_increases_on_a_pension_in_payment_start_the_day_it_starts() -> None:
    # From 12 April 2021 0.5% x 3/12: 12,015. 101 days at 12,000, then 10 at 3,015: 3,400.82
    facts = PENSION | {"pension_outcome": "deferred", "pension_started_on": "2021-04-12"}
    assert calculate("2021-04-22", **facts)["pension_arrears"] == "3400.82"
    # A day earlier 9,000 is increased too: 100 days at 12,000, one at 3,000, 10 at 3,003.75: 3,375.87
    facts |= {"pension_started_on": "2021-04-11"}
    assert calculate("2021-04-22", **facts)["pension_arrears"] == "3375.87"


TRANCHES = LGPS | {"date_of_birth": "1964-03-15", "pension_outcome": "deferred", **MEMBER_ONLY}


def test_the_factors_are_those_of_the_day_the_pension_started() -> None:
    # Six years early in March 2023, set of 2019: 25.7%. Five in March 2024, set of 2023: 20.9%
    facts = TRANCHES | {"pension_2008_2014": "3000"}
    first = calculate("2026-01-01", **facts, pension_started_on="2023-03-15")
    second = calculate("2026-01-01", **facts, pension_started_on="2024-03-15")
    assert shown(first, "pension_yearly_loss") == ["771.00"]
    assert shown(second, "pension_yearly_loss") == ["627.00"]
    assert calculate("2026-01-01", **facts)["pension_yearly_loss"] == "3000.00"
    # LGPS 2013 reg 30(5): no pension is drawn before 55
    young = facts | {"date_of_birth": "1969-03-16", "pension_started_on": "2024-03-15"}
    assert calculate("2026-01-01", **young)["pension_yearly_loss"] == ""


def test_a_deferred_lump_sum_grows_until_it_is_paid() -> None:
    # 1.00125 x 1.031 = 1.03228875 by April 2022. Eight years early in March 2022 less 15 March 2029:
    # seven years, 15.3%: 24,000 x 0.847 x 1.00125 (March 2022) = 20,353.41; 24,000 less that 3,646.59
    facts = TRANCHES | {"lump_sum_to_2008": "24000", "pension_to_2008": "8000"}
    row = calculate("2026-01-01", **facts, pension_started_on="2022-03-15")
    assert row["lump_sum_arrears"] == "3646.59"
    # Five years early in March 2024, 8.1%: 24,000 x 0.919 x 1.13655 is more than 24,000
    assert calculate("2026-01-01", **facts, pension_started_on="2024-03-15")[
        "lump_sum_arrears"
    ] == ("0.00")


def test_reference_figures_of_the_estimate_from_tranches() -> None:
    # 32.68% and 38.48% off: 15,000 to 9,866.00; arrears with increases; the lump sum 17.68% off
    facts = TRANCHES | {"pension_outcome": "reduced", "pension_to_2008": "8000"}
    facts |= {"lump_sum_to_2008": "24000", "pension_2008_2014": "3000", "pension_care": "4000"}
    for as_at, arrears in (
        ("2021-05-31", "2109.28"),
        ("2026-04-01", "30067.38"),
        ("2026-11-21", "34274.77"),
    ):
        row = calculate(as_at, **facts)
        assert shown(row, "pension_yearly_loss", "pension_arrears", "lump_sum_arrears") == [
            *("5134.00", arrears, "4243.20"),
        ]


@pytest.mark.parametrize(
    ("died", "arrears"),
    [
        ("2020-12-31", "0.00"),  # on the day of exit
        ("2021-01-01", "8.21"),  # 3,000 / 365.25
        ("2021-01-31", "254.62"),  # 31 days
        ("2021-02-28", "254.62"),  # after the day of calculation
    ],
)
def test_death_ends_the_arrears(died: str, arrears: str) -> None:
    facts = PENSION | {"pension_outcome": "reduced", "died_on": died}
    assert calculate("2021-02-01", **facts)["pension_arrears"] == arrears


def test_interest_on_a_late_lump_sum_runs_on_after_death() -> None:
    # LGPS 2013 reg 81(4): from the due date. 4,243.20 from 1 January to 31 May 2021: 19.20
    facts = {"scheme": "lgps", "lump_sum_due": "4243.20", "lump_sum_paid": "0", **MEMBER_ONLY}
    for died in ("", "2021-02-10"):
        assert calculate("2021-05-31", **facts, died_on=died)["pension_interest"] == "19.20"
    # Reg 81(2)(c): not paid within one month
    assert calculate("2021-02-01", **facts)["pension_interest"] == "0.00"
    assert calculate("2021-02-02", **facts)["pension_interest"] != "0.00"


LATE = {"scheme": "lgps", "pension_outcome": "reduced", "pension_due": "4350"} | {
    "pension_paid": "0",
    "lump_sum_due": "2600",
    "lump_sum_paid": "0",
    **MEMBER_ONLY,
}


@pytest.fixture
def known_to_8_october_2026(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Bank Rate as it was known on 8 October 2026, however far the table goes."""
    table = [row for row in table_rows("bank_rate.csv") if row["effective_from"] <= "2026-10-08"]
    monkeypatch.setattr(base_rate, "table_rows", lambda _: table)
    monkeypatch.setattr(base_rate, "known_to", lambda _: date(2026, 10, 8))
    base_rate.base_rate.cache_clear()
    yield
    base_rate.base_rate.cache_clear()


INTEREST = ("pension_interest", "pension_interest_floor", "pension_interest_floor_to")


@pytest.mark.usefixtures("known_to_8_october_2026")
def test_interest_past_the_last_day_of_bank_rate_has_a_floor() -> None:
    # 4,088.80 on the pension and 709.63 on the lump sum, to the end of 8 October 2026
    assert shown(calculate("2026-10-09", **LATE), *INTEREST) == ["4798.43", "", ""]
    for as_at in ("2026-10-10", "2026-11-28", "2033-01-01"):
        assert shown(calculate(as_at, **LATE), *INTEREST) == ["", "4798.43", "2026-10-08"]


@pytest.mark.usefixtures("known_to_8_october_2026")
@pytest.mark.parametrize(
    ("rates", "interest"),
    [([(date(2026, 11, 5), "4.00")], "5018.95"), ([], "5014.34")],
)
def test_later_rates(rates: list[tuple[date, str]], interest: str) -> None:
    day = date(2026, 11, 27)
    found = oracle.assess_rows([EXIT | LATE], {}, day, rates, date(2026, 11, 26))[0]
    assert shown(found, *INTEREST) == [interest, "", ""]
    found = oracle.assess_rows([EXIT | LATE], {}, day, rates, date(2026, 11, 25))[0]
    assert shown(found, "pension_interest", "pension_interest_floor_to") == ["", "2026-11-25"]


# --- Tax --------------------------------------------------------------------------------------------


def test_a_refund_of_the_members_own_strain_uses_the_30000() -> None:
    # Redundancy 20,000 received. The 15,000 the member paid is owed back; 6,000 of it was refunded:
    # 9,000 is left, of the 30,000 only 4,000.
    facts = SCHEME_ONLY | {"member_funded_strain": "15000", "top_up_member": "6000"}
    row = calculate(**facts, top_up_date="2021-06-30")
    assert shown(row, "member_outstanding", "tax_free_part", "taxable_part") == [
        *("9000.00", "4000.00", "5000.00"),
    ]
