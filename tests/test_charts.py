"""The figures behind the charts are those of the results."""

from __future__ import annotations

from datetime import date

from calculator.charts import growth, payments_and_cap
from calculator.single import work
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
