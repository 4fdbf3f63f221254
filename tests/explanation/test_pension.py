"""The steps of the pension: late starts, deaths, the floor of the interest and later rates."""

from __future__ import annotations

from datetime import date

from calculator.calculation.assess import assess
from calculator.calculation.outcome import Outcome
from calculator.explanation.charts import pension_over_time
from calculator.explanation.explain import explain
from calculator.explanation.steps import Step
from calculator.facts.case_table import Cases
from rules.late_benefits import BANK_RATE, LaterRates
from rules.positions import Positions
from tests.explanation.explained import explained, step

LGPS = {
    "exit_reason": "redundancy",
    "date_of_birth": "1962-05-01",
    "payment_date": "2021-01-15",
    "redundancy_due": "40000",
    "redundancy_paid": "38000",
    "pension_strain_due": "70000",
    "pension_strain_paid": "57000",
    "scheme": "lgps",
    "pension_outcome": "reduced",
    "pension_due": "12000",
    "pension_paid": "9000",
}
DEFERRED = {**LGPS, "pension_outcome": "deferred"}
ROW = {"case_ref": "A", "exit_date": "2020-12-31", "employer_kind": "council"}
ARREARS = "Pension arrears (estimate)"


def outcome_of(facts: dict[str, str], rates: LaterRates | None, as_at: date) -> Outcome:
    row = {**ROW, **facts}
    cases = Cases.from_raw({name: [value] for name, value in row.items()}, 1)
    return assess(cases, Positions(), as_at, rates=rates)


def test_a_deferred_pension_of_unknown_start_holds_only_if_nothing_has_been_drawn() -> None:
    explanation = explained(**DEFERRED)
    assert any("if nothing has been drawn: £" in line for line in explanation.headline)
    arrears = step("Pension arrears, if nothing has been drawn (estimate)", **DEFERRED)
    assert "as nothing was in payment" in arrears.working


def test_a_late_start_has_two_stretches() -> None:
    facts = {**DEFERRED, "pension_started_on": "2024-03-01"}
    working = step(ARREARS, **facts).working
    assert (
        "from 1 January 2021 to the day before 1 March 2024, as nothing was in payment" in working
    )
    assert "then £12,000.00 less the £9,000.00 paid, which rises from that day" in working
    assert (
        "Once it was in payment, from 1 March 2024"
        in step("Pension lost a year (estimate)", **facts).working
    )


def test_a_start_that_is_still_to_come_pays_nothing_yet() -> None:
    facts = {**LGPS, "pension_started_on": "2027-03-01"}
    assert step("Yearly pension: paid", **facts).working == (
        "Nothing is in payment before 1 March 2027."
    )


def test_arrears_end_with_the_day_of_death_and_interest_runs_on() -> None:
    facts = {
        **LGPS,
        "died_on": "2023-07-04",
        "representative_name": "R",
        "pension_restored_on": "2026-09-01",
    }
    assert "to 4 July 2023: arrears end with the day of death" in step(ARREARS, **facts).working
    assert "to the day before 1 September 2026" in step("Interest on the arrears", **facts).working
    assert any(
        "until 4 July 2023, the day of death" in line for line in explained(**facts).headline
    )


def test_interest_past_the_known_bank_rate_is_a_floor() -> None:
    last = BANK_RATE.last.astype(object)
    outcome = outcome_of(
        LGPS, None, date(2027, 1, 15) if last < date(2027, 1, 1) else date(2027, 4, 1)
    )
    floor = step_of(outcome, "Scheme's interest on late pension, at least (estimate)")
    assert floor.amount == outcome.texts("pension_interest_floor")[0] != ""
    assert floor.working.startswith(f"At least {floor.formatted}, to ")
    assert any("at least £" in line for line in explain(outcome, 0).headline)


def test_later_rates_are_named_where_they_were_used_and_only_there() -> None:
    first = BANK_RATE.last + 28
    rates = LaterRates(((first, 400),), "a notice of the bank", first + 60)
    used = outcome_of(LGPS, rates, (first + 30).astype(object))
    sentence = "4.00% from "
    for text in (used.texts("assumptions")[0], " ".join(explain(used, 0).assumptions)):
        assert sentence in text
        assert "entered by the user, source a notice of the bank, known to " in text
    assert sentence in step_of(used, "Scheme's interest on late pension (estimate)").working
    restored = outcome_of(
        {**LGPS, "pension_restored_on": "2026-09-01"}, rates, (first + 30).astype(object)
    )
    assert sentence not in restored.texts("assumptions")[0]


def test_the_chart_of_a_late_start_pays_nothing_before_it_and_ends_with_the_arrears() -> None:
    outcome = outcome_of({**DEFERRED, "pension_started_on": "2024-03-01"}, None, date(2026, 9, 1))
    life = pension_over_time(outcome, 0)
    assert {point.paid for point in life.points if point.day < date(2024, 3, 1)} == {0}
    (start,) = (point for point in life.points if point.day == date(2024, 3, 1))
    assert start.paid == 900_000
    assert life.points[-1].paid > 900_000
    assert life.points[-1].arrears == outcome.figure("pension_arrears", 0)
    assert [p.arrears for p in life.points] == sorted(p.arrears for p in life.points)
    assert "It came into payment on 1 March 2024." in life.words


def test_the_chart_of_a_death_ends_there() -> None:
    outcome = outcome_of({**LGPS, "died_on": "2023-07-04"}, None, date(2026, 9, 1))
    life = pension_over_time(outcome, 0)
    assert life.points[-1].day == date(2023, 7, 5)
    assert life.points[-1].arrears == outcome.figure("pension_arrears", 0)
    assert "the day after the death" in life.words


def test_the_chart_of_a_pension_that_may_not_have_been_drawn_says_so() -> None:
    life = pension_over_time(outcome_of(DEFERRED, None, date(2026, 9, 1)), 0)
    assert {point.paid for point in life.points} == {0}
    assert "hold if nothing has been drawn" in life.words


def step_of(outcome: Outcome, label: str) -> Step:
    (only,) = (each for each in explain(outcome, 0).steps if each.label == label)
    return only
