"""The steps of time: Limitation Act 1980 ss.5 and 9, and Scotland's lack of a countdown."""

from __future__ import annotations

from calculator.explanation.words import SCOTS_ADVICE, WARNING
from rules import sources
from tests.explanation.explained import step

OVER = {"severance_due": "100000", "severance_paid": "95000"}


def test_s_9_the_last_day_under_reg_4_and_the_working_day_before_it() -> None:
    statute = step("Last day for a claim under SI 2021/197 reg 4", **OVER)
    assert statute.amount == "2027-03-18"
    assert statute.working.startswith(
        "116 days left. Last working day on or before it: 18 March 2027. Issue the claim a day earlier."
    )
    assert sources.STATUTE_LIMIT in statute.citations


def test_s_5_a_day_that_has_passed_has_no_plan() -> None:
    contract = step("Last day for a claim in contract", **OVER, exit_date="2020-11-10")
    assert contract.working.startswith("Passed 12 days ago. A sum paid since may")


def test_northern_ireland_has_its_own_limitation_order() -> None:
    contract = step(
        "Last day for a claim in contract",
        **OVER,
        nation="northern_ireland",
        employer_kind="civil_service",
    )
    assert contract.citations == (sources.NI_LIMIT, sources.NI_ACKNOWLEDGMENT)


def test_scotland_has_advice_and_no_day() -> None:
    last_day = step("Last day to claim", **OVER, nation="scotland", employer_kind="civil_service")
    assert (last_day.amount, last_day.formatted, last_day.working) == ("", SCOTS_ADVICE, WARNING)
