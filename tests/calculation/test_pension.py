"""Pension and tax case by case: what is computed from which facts, and what is left empty and why."""

from __future__ import annotations

from datetime import date

import pytest

from calculator.explanation.explain import Explanation, explain
from tests.comparing import calculated, table
from tests.generated import Row

CAPPED = {
    "case_ref": "A",
    "employer_kind": "council",
    "nation": "england",
    "exit_reason": "redundancy",
    "exit_date": "2020-12-31",
    "payment_date": "2020-12-31",
    "redundancy_due": "20000.00",
    "redundancy_paid": "20000.00",
    "pension_strain_due": "90000.00",
    "pension_strain_paid": "75000.00",
    "scheme": "lgps",
}
ENTERED = {
    "pension_due": "15000.00",
    "pension_paid": "9866.00",
    "lump_sum_due": "24000.00",
    "lump_sum_paid": "19756.80",
}
TRANCHES = {
    "date_of_birth": "1964-03-15",
    "pension_to_2008": "8000.00",
    "lump_sum_to_2008": "24000.00",
    "pension_2008_2014": "3000.00",
    "pension_care": "4000.00",
}
PENSION = ("pension_yearly_loss", "pension_arrears", "lump_sum_arrears", "pension_interest")
TAX = ("tax_free_part", "taxable_part", "tax_on_payment", "extra_tax")


def result(as_at: str = "2026-10-08", rule_of_85: str = "not_applied", **facts: str) -> Row:
    positions = {"eighty_five_year_rule": rule_of_85}
    return table(calculated([{**CAPPED, **facts}], positions, date.fromisoformat(as_at)))[0]


def explained(as_at: str = "2026-10-08", **facts: str) -> Explanation:
    return explain(calculated([{**CAPPED, **facts}], {}, date.fromisoformat(as_at)), 0)


def pension(found: Row) -> tuple[str, ...]:
    return tuple(found[name] for name in PENSION)


VECTOR = ("5134.00", "33483.02", "4243.20", "5979.03")


def test_entered_and_by_tranche_come_to_the_same() -> None:
    assert pension(result(pension_outcome="reduced", **TRANCHES)) == VECTOR
    assert pension(result(pension_outcome="reduced", **ENTERED)) == VECTOR
    assert pension(result(**ENTERED)) == VECTOR


def test_entered_sums_come_before_tranches() -> None:
    found = result(pension_outcome="reduced", **{**TRANCHES, **ENTERED, "pension_paid": "15000.00"})
    assert found["pension_yearly_loss"] == "0.00"


@pytest.mark.parametrize("outcome", ["", "unknown"])
def test_tranches_without_an_outcome_are_taken_as_reduced_and_said(outcome: str) -> None:
    found = result(pension_outcome=outcome, **TRANCHES)
    assert pension(found) == VECTOR
    assert "taken as paid at once and reduced" in found["assumptions"]
    assert "pension_outcome" in found["missing"].split(";")


def test_deferred_is_the_whole_pension() -> None:
    for facts in (TRANCHES, {"pension_due": "15000.00", "lump_sum_due": "24000.00"}):
        found = result(pension_outcome="deferred", **facts)
        assert (found["pension_yearly_loss"], found["lump_sum_arrears"]) == ("15000.00", "24000.00")
        assert "if nothing has been drawn" in found["assumptions"]
        assert "pension_started_on" in found["missing"]


def test_unreduced_costs_nothing_whatever_else_is_known() -> None:
    known: tuple[Row, ...] = ({}, {"pension_due": "4000.00"}, TRANCHES, {"scheme": "nhs"})
    for facts in known:
        assert pension(result(pension_outcome="unreduced", **facts)) == ("0.00",) * 4


def test_a_pension_the_member_paid_for_is_not_estimated() -> None:
    assert pension(result(pension_outcome="self_funded", **TRANCHES)) == ("",) * 4
    assert pension(result(pension_outcome="self_funded", **ENTERED)) == VECTOR


@pytest.mark.parametrize(
    "facts",
    [
        {"date_of_birth": ""},
        {"date_of_birth": "1966-01-02"},
        {"nation": "scotland", "employer_kind": "other_listed"},
        {"nation": "northern_ireland", "employer_kind": "other_listed"},
        {"scheme": "tps"},
        {"scheme": "nhs"},
    ],
)
def test_outside_the_factors_nothing_is_estimated(facts: dict[str, str]) -> None:
    assert pension(result(pension_outcome="reduced", **{**TRANCHES, **facts})) == ("",) * 4


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({"pension_outcome": "reduced"}, {"pension_due", "pension_paid"}),
        ({"pension_outcome": "deferred"}, {"pension_due", "pension_started_on"}),
        ({"pension_due": "15000.00"}, {"pension_paid"}),
        ({"pension_outcome": "reduced", "lump_sum_due": "1.00", **TRANCHES}, set()),
        (
            {"pension_outcome": "reduced", **TRANCHES, "date_of_birth": ""},
            {"pension_due", "pension_paid", "date_of_birth", "lump_sum_due", "lump_sum_paid"},
        ),
        (
            {"pension_outcome": "reduced", **TRANCHES, "lump_sum_to_2008": ""},
            {"lump_sum_to_2008"},
        ),
    ],
)
def test_what_is_missing_is_named(facts: dict[str, str], missing: set[str]) -> None:
    named = set(result(**facts)["missing"].split(";"))
    about = {name for name in named if name.startswith(("pension_", "lump_", "date_of_birth"))} - {
        "pension_strain_due",
        "pension_strain_paid",
    }
    assert about == missing


def test_service_before_2008_without_its_lump_sum_leaves_the_interest_empty() -> None:
    found = result(pension_outcome="reduced", **{**TRANCHES, "lump_sum_to_2008": ""})
    assert pension(found) == ("5134.00", "33483.02", "", "")


def test_a_lump_sum_left_blank_is_none_where_the_pension_is_entered() -> None:
    found = result(pension_due="15000.00", pension_paid="9866.00")
    assert pension(found) == ("5134.00", "33483.02", "", "4821.61")
    assert "No pension lump sum is entered" in found["assumptions"]


@pytest.mark.parametrize(
    ("restored", "as_at", "arrears", "interest"),
    [
        ("2021-05-31", "2026-10-08", "2109.28", "19.20"),
        ("2021-05-31", "2021-05-30", "2095.21", "19.07"),
        ("2027-01-01", "2021-05-31", "2109.28", "19.20"),
        ("2021-01-01", "2026-10-08", "0.00", "0.00"),
        ("2020-11-30", "2026-10-08", "0.00", "0.00"),
        ("", "2020-12-01", "0.00", "0.00"),
    ],
)
def test_arrears_run_to_the_day_it_was_put_right_or_the_day_of_calculation(
    restored: str, as_at: str, arrears: str, interest: str
) -> None:
    found = result(as_at, pension_restored_on=restored, **ENTERED)
    assert (found["pension_arrears"], found["pension_interest"]) == (arrears, interest)
    assert found["pension_yearly_loss"] == "5134.00"


@pytest.mark.usefixtures("frozen_tables")
@pytest.mark.parametrize(
    ("as_at", "empty"),
    [
        ("2026-10-09", set()),
        ("2026-10-10", {"pension_interest"}),
        ("2026-11-21", {"pension_interest"}),
        ("2027-04-05", {"pension_interest"}),
        ("2027-04-06", {"pension_interest", "tax_on_payment", "extra_tax"}),
        ("2027-04-12", {"pension_interest", "tax_on_payment", "extra_tax"}),
        ("2027-04-13", {"pension_interest", "pension_arrears", "tax_on_payment", "extra_tax"}),
    ],
)
def test_past_the_last_day_of_a_table_its_figures_are_empty_and_it_is_said(
    as_at: str, empty: set[str]
) -> None:
    facts = {"redundancy_due": "60000.00", "other_income": "30000.00", **ENTERED}
    found = result(as_at, **facts)
    assert {name for name in (*PENSION, *TAX) if not found[name]} == empty
    assert ("rates_not_known" in found["reasons"].split(";")) == bool(empty)


@pytest.mark.usefixtures("frozen_tables")
def test_the_working_says_how_far_the_rate_is_known_and_what_it_comes_to() -> None:
    steps = {step.label: step for step in explained("2026-11-22", **ENTERED).steps}
    step = steps["Scheme's interest on late pension, at least (estimate)"]
    assert step.amount == "5983.84"
    assert step.working.startswith("At least £5,983.84, to 8 October 2026: Bank Rate")


@pytest.mark.parametrize(
    ("facts", "interest", "reason"),
    [
        ({"scheme": "lgps"}, "19.20", False),
        ({"scheme": "tps"}, "2.10", False),
        ({"scheme": "nhs"}, "", True),
        ({"scheme": "civil_service"}, "", True),
        ({"scheme": "police"}, "", True),
        ({"scheme": ""}, "", True),
        (
            {"scheme": "lgps", "nation": "northern_ireland", "employer_kind": "other_listed"},
            "",
            True,
        ),
    ],
)
def test_interest_only_by_the_schemes_own_rule(
    facts: dict[str, str], interest: str, reason: bool
) -> None:
    lump = {"lump_sum_due": "24000.00", "lump_sum_paid": "19756.80"}
    found = result(pension_restored_on="2021-05-31", **{**lump, **facts})
    assert found["lump_sum_arrears"] == "4243.20"
    assert ("no_interest_rule" in found["reasons"].split(";")) == reason
    if interest and facts["scheme"] == "tps":
        assert 0 < float(found["pension_interest"]) < 19.20
    else:
        assert found["pension_interest"] == interest


def test_the_85_year_rule_is_an_option_with_its_effect_shown() -> None:
    facts = {"pension_outcome": "reduced", **TRANCHES}
    found = result(**facts)
    assert "The 85-year rule is not applied" in found["assumptions"]
    met = result(rule_of_85="met", **facts)
    assert (met["pension_yearly_loss"], met["lump_sum_arrears"]) == ("3730.10", "1763.05")
    assert "taken as met" in met["assumptions"]
    effect = {step.label: step.amount for step in explained(**facts).steps}
    assert effect["Pension lost a year if the 85-year rule was met"] == "3730.10"
    entered = result(rule_of_85="met", **ENTERED)
    assert entered["pension_yearly_loss"] == "5134.00"


@pytest.mark.parametrize(
    ("facts", "pension_filled", "tax_filled"),
    [
        ({"exit_date": "2020-11-03"}, False, False),
        ({"exit_date": "31 February"}, False, False),
        ({"redundancy_due": "", "redundancy_paid": "1.00"}, True, False),
        ({}, True, True),
    ],
)
def test_which_rows_have_pension_and_tax(
    facts: dict[str, str], pension_filled: bool, tax_filled: bool
) -> None:
    found = result(other_income="0.00", **{**ENTERED, **facts})
    assert all(bool(found[name]) == pension_filled for name in PENSION)
    assert all(bool(found[name]) == tax_filled for name in TAX)


def test_every_output_says_it_is_an_estimate() -> None:
    found = result(redundancy_due="60000.00", **ENTERED)
    assert "estimates for the scheme to confirm" in found["assumptions"]
    assert "estimates for HMRC to confirm" in found["assumptions"]
    words = explained(redundancy_due="60000.00", **ENTERED)
    assert any("An estimate for the scheme to confirm" in line for line in words.headline)
    for step in words.steps:
        if step.label.endswith("(estimate)") and step.amount:
            assert "estimate for" in step.working.lower(), step.label


# Tax


@pytest.mark.parametrize(
    ("facts", "free"),
    [
        ({}, "10000.00"),
        ({"cash_alternative_paid": "5000.00"}, "5000.00"),
        ({"notice_pay_due": "9000.00", "notice_pay_paid": "9000.00"}, "10000.00"),
        ({"shares_due": "9000.00", "shares_paid": "9000.00"}, "10000.00"),
        ({"holiday_pay": "9000.00"}, "10000.00"),
        ({"severance_due": "4000.00", "severance_paid": "4000.00"}, "6000.00"),
        ({"top_up_member": "4000.00", "top_up_date": "2021-06-01"}, "6000.00"),
        ({"top_up_member": "4000.00", "top_up_date": "2027-06-01"}, "10000.00"),
        ({"member_funded_strain": "3000.00"}, "10000.00"),
    ],
)
def test_what_uses_the_exemption(facts: dict[str, str], free: str) -> None:
    found = result(redundancy_due="60000.00", annual_salary="60000.00", **facts)
    assert found["tax_free_part"] == free


def test_notice_pay_short_and_a_refund_of_strain_are_said() -> None:
    found = result(notice_pay_due="9000.00", notice_pay_paid="0.00", member_funded_strain="100.00")
    assert "Notice pay is taxed in full" in found["assumptions"]
    assert "refund of strain" in found["assumptions"]


def test_extra_tax_needs_other_income_and_both_years_are_shown() -> None:
    facts = {"redundancy_due": "70000.00"}
    assert result(**facts)["extra_tax"] == ""
    found = result(other_income="30000.00", **facts)
    assert (found["taxable_part"], found["extra_tax"]) == ("40000.00", "11946.00")
    steps = {step.label: step for step in explained(other_income="30000.00", **facts).steps}
    assert steps["Extra tax if it is income of 2020-21 (estimate)"].amount == "12000.00"
    assert "unsettled" in steps["Extra tax for the year (estimate)"].working


def test_tax_from_interest_is_noted_for_payers_that_deduct_it() -> None:
    facts = {"redundancy_due": "60000.00"}
    for kind, amount in (
        ("council", True),
        ("academy", True),
        ("nhs", True),
        ("civil_service", False),
    ):
        steps = explained(employer_kind=kind, **facts).steps
        found = [step for step in steps if step.label.startswith("Tax the payer takes")]
        assert len(found) == 1
        assert bool(found[0].amount) == amount


def test_nothing_owed_to_the_member_is_no_tax_whatever_the_year() -> None:
    for as_at in ("2026-10-08", "2033-01-01"):
        assert [result(as_at)[name] for name in TAX] == ["0.00"] * 4


def test_the_law_of_england_is_not_cited_for_scotland() -> None:
    found = explained(nation="scotland", pension_outcome="reduced", **ENTERED)
    cited = {c.label for step in found.steps if "ension" in step.label for c in step.citations}
    assert cited
    assert not any("LGPS Regulations 2013" in label for label in cited)


def test_nothing_entered_of_an_unreduced_pension_is_not_called_entered() -> None:
    found = explained(pension_outcome="unreduced")
    steps = [step for step in found.steps if "ension lost" in step.label or "Yearly" in step.label]
    assert [step.working[:17] for step in steps] == ["Nothing was lost,"]


def test_the_headline_of_a_pension_put_right_says_until_when() -> None:
    found = explained(pension_outcome="reduced", pension_restored_on="2022-03-01", **ENTERED)
    assert any(line.startswith("Pension lost until 1 March 2022") for line in found.headline)


def test_interest_alone_has_its_line_on_tax() -> None:
    paid = {"redundancy_paid": "10000.00", "top_up_member": "10000.00", "top_up_date": "2022-01-01"}
    labels = [step.label for step in explained(**paid).steps]
    assert any(label.startswith("Tax the payer takes from the interest") for label in labels)


def test_interest_on_a_lump_sum_alone_says_so() -> None:
    lump = {"lump_sum_due": "15000.00", "lump_sum_paid": "10000.00"}
    steps = {s.label: s for s in explained(pension_outcome="reduced", **lump).steps}
    step = steps["Scheme's interest on late pension (estimate)"]
    assert step.working.startswith("On the lump sum alone: the yearly pension is not known.")
