"""The figures behind the charts are those of the results."""

from __future__ import annotations

from datetime import date

from calculator.explanation.charts import growth, payments_and_cap, pension_over_time
from calculator.one_case.person import by_cut_order, work
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


def test_the_stacks_hold_the_payments_entered_and_say_what_is_not_known() -> None:
    chart = payments_and_cap(work([CASE], Positions(), AS_AT).outcome, 0)
    due = sum(bar.pence for bar in chart.bars if bar.stack == "Due")
    paid = sum(bar.pence for bar in chart.bars if bar.stack == "Paid")
    assert (due, paid, chart.line) == (12_200_000, 3_000_000, 9_500_000)
    assert "not known for: pension strain, settlement or conciliation sum" in chart.words


def test_what_is_owed_on_each_day_is_what_the_results_of_that_day_say() -> None:
    case = {**CASE, "pension_strain_paid": "65000", "settlement_paid": "1000"}
    found = growth(work([case], Positions(), AS_AT).outcome, 0)
    assert {point.day for point in found.points} >= {AS_AT, date(2026, 12, 31), date(2027, 3, 18)}
    for point in found.points:
        results = work([case], Positions(), point.day).outcome.row(0)
        assert results[f"{point.payee}_total"] == f"{point.pence // 100}.{point.pence % 100:02d}"
    assert "On 31 December 2026: £" in found.words


def test_nothing_owed_has_no_growth() -> None:
    case = {
        "case_ref": "A",
        "exit_date": "2020-12-31",
        "redundancy_due": "1",
        "redundancy_paid": "1",
    }
    assert growth(work([case], Positions(), AS_AT).outcome, 0).points == ()


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
