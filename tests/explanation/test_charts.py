"""The figures behind the charts are those of the results."""

from __future__ import annotations

from datetime import date

from calculator.calculation.otherwise import by_cut_order
from calculator.explanation.charts import payments_and_cap, pension_over_time, timeline
from calculator.one_case.person import work
from rules.positions import Positions

AS_AT = date(2026, 11, 22)
CASE = {
    "case_ref": "A",
    "exit_date": "2020-12-31",
    "payment_date": "2021-01-15",
    "redundancy_due": "41000",
    "redundancy_paid": "30000",
    "pension_strain_due": "80000",
    "settlement_due": "1000",
}


def test_the_bars_hold_what_was_due_counted_paid_and_the_cap_and_say_what_is_not_known() -> None:
    chart = payments_and_cap(work([CASE], Positions(), AS_AT).outcome, 0)
    assert dict(chart.totals) == {
        "Due": 12_200_000,
        "Counted": 12_200_000,
        "Cap": 9_500_000,
        "Paid": 3_000_000,
    }
    assert "not known for: pension strain, settlement or conciliation sum" in chart.words


def test_what_is_exempt_is_apart_and_does_not_count() -> None:
    case = {
        **{name: CASE[name] for name in ("case_ref", "exit_date", "payment_date")},
        "annual_salary": "72000",
        "settlement_due": "110000",
        "settlement_paid": "95000",
        "notice_pay_due": "18000",
    }
    chart = payments_and_cap(work([case], Positions(), AS_AT).outcome, 0)
    assert [(bar.part, bar.pence) for bar in chart.bars if bar.stack == "Due"] == [
        ("Settlement or conciliation sum", 11_000_000),
        ("Exempt, never counted", 1_800_000),
    ]
    assert dict(chart.totals)["Counted"] == 11_000_000
    assert "£110,000.00 counts and £18,000.00 is exempt" in chart.words


def test_a_total_paid_is_a_bar_where_its_parts_are_not_known() -> None:
    case = {name: value for name, value in CASE.items() if not name.endswith("_paid")}
    chart = payments_and_cap(work([{**case, "total_paid": "95000"}], Positions(), AS_AT).outcome, 0)
    assert dict(chart.totals)["Paid"] == 9_500_000
    assert "not known" not in chart.words


def test_the_days_of_a_case_are_in_order_and_the_same_as_in_the_results() -> None:
    outcome = work([CASE], Positions(), AS_AT).outcome
    line = timeline(outcome, 0)
    assert [event.day for event in line.events] == sorted(event.day for event in line.events)
    by_what = {event.what: event.day for event in line.events}
    assert by_what["Exit"] == date(2020, 12, 31)
    assert by_what["Payment"] == date(2021, 1, 15)
    assert by_what["Day of calculation"] == AS_AT
    assert by_what["Start the first claim by"] == outcome.day("issue_by", 0)
    assert by_what["Last day, contract claim"] == outcome.day("contract_last_day", 0)
    assert "Last day, 2021 regulations: 18 March 2027." in line.words


def test_a_case_without_a_claim_has_no_line_of_time() -> None:
    case = {
        "case_ref": "A",
        "exit_date": "2020-12-31",
        "redundancy_due": "1",
        "redundancy_paid": "1",
    }
    assert timeline(work([case], Positions(), AS_AT).outcome, 0).events == ()


PENSION = {
    **CASE,
    "date_of_birth": "1962-05-01",
    "scheme": "lgps",
    "pension_outcome": "reduced",
    "pension_due": "12000",
    "pension_paid": "9000",
}


def test_the_pension_over_time_ends_with_the_arrears_of_the_results() -> None:
    outcome = work([PENSION], Positions(), AS_AT).outcome
    life = pension_over_time(outcome, 0)
    assert [point.day.isoformat() for point in life.points] == [
        *("2021-01-01", "2021-04-12", "2022-04-11", "2023-04-10", "2024-04-08", "2025-04-07"),
        *("2026-04-06", "2026-11-22"),
    ]
    first, last = life.points[0], life.points[-1]
    assert (first.due, first.paid, first.arrears) == (1_200_000, 900_000, 0)
    assert last.arrears == int(outcome.figures("pension_arrears").values[0])
    assert [point.arrears for point in life.points] == sorted(p.arrears for p in life.points)
    assert "Arrears to 22 November 2026, the day of calculation: £" in life.words


def test_a_pension_put_right_is_drawn_to_that_day_only() -> None:
    outcome = work([{**PENSION, "pension_restored_on": "2022-06-01"}], Positions(), AS_AT).outcome
    life = pension_over_time(outcome, 0)
    assert life.points[-1].day == date(2022, 6, 1)
    assert "the day it was put right" in life.words


def test_no_pension_lost_draws_nothing() -> None:
    for facts in (CASE, {**PENSION, "pension_paid": "12000"}):
        assert pension_over_time(work([facts], Positions(), AS_AT).outcome, 0).points == ()


def test_an_estimate_says_how_far_it_may_move_with_the_payments_cut() -> None:
    estimate = {k: v for k, v in CASE.items() if k != "redundancy_paid"}
    outcome = work([estimate], Positions(), AS_AT).outcome
    spread = by_cut_order(outcome, 0)
    for payee in ("member", "scheme"):
        each = [
            int(
                work([estimate], Positions(cut_order=order), AS_AT)
                .outcome.figures(f"{payee}_total")
                .values[0]
            )
            for order in ("strain_first", "cash_first", "pro_rata")
        ]
        assert spread[payee] == (min(each), max(each))
        assert min(each) < max(each)


def test_figures_that_are_known_have_no_spread() -> None:
    known = {**CASE, "pension_strain_paid": "65000", "settlement_paid": "1000"}
    assert by_cut_order(work([known], Positions(), AS_AT).outcome, 0) == {}
