"""What must hold of every result, whatever the facts."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from calculator.explanation.explain import explain
from calculator.letters.plan import plan_letters
from calculator.letters.recipients import Recipient
from rules.positions import POSITIONS
from tests import generated
from tests.comparing import calculated, table
from tests.generated import Row

AS_AT = date(2026, 11, 22)
NEW_FIELDS = (
    "cap_applied",
    "entitlement",
    "strain_paid_on",
    "fund_acknowledged_on",
    "refused_on",
    "pension_decision_on",
    "pension_started_on",
    "died_on",
    "representative_name",
    "debtor_name",
    "checked",
    "fund_name",
    "job_title",
)
"""The fields that the second edition of the rules added."""
ANY_POSITIONS = st.fixed_dictionaries(
    {}, optional={each.name: st.sampled_from(each.values) for each in POSITIONS}
)


def money(text: str) -> Decimal:
    return Decimal(text or "0")


@given(rows=generated.tables())
def test_the_two_payees_make_up_the_difference(rows: list[Row]) -> None:
    for row in table(calculated(rows, {}, AS_AT)):
        assert money(row["member_shortfall"]) + money(row["scheme_shortfall"]) == money(
            row["difference"]
        )


@given(rows=generated.tables())
def test_totals_are_outstanding_plus_interest(rows: list[Row]) -> None:
    for row in table(calculated(rows, {}, AS_AT)):
        for payee in ("member", "scheme"):
            assert money(row[f"{payee}_total"]) == money(row[f"{payee}_outstanding"]) + money(
                row[f"{payee}_interest"]
            )


@given(rows=generated.tables())
def test_the_difference_is_due_less_paid_less_credit(rows: list[Row]) -> None:
    for row in table(calculated(rows, {}, AS_AT)):
        if row["difference"] and row["paid_total"]:
            short = money(row["due_total"]) - money(row["paid_total"])
            assert money(row["difference"]) == max(
                Decimal(0), short - money(row["cash_alternative_credit"])
            )


@given(rows=generated.tables())
def test_the_cap_never_cuts_statutory_pay_and_never_allows_more_than_counted(
    rows: list[Row],
) -> None:
    for row in table(calculated(rows, {}, AS_AT)):
        if row["allowed_total"]:
            assert money(row["allowed_total"]) <= money(row["counted_total"])
            assert (
                money(row["allowed_total"]) >= money(row["statutory_redundancy_used"])
                or not row["statutory_redundancy_used"]
            )


@given(rows=generated.tables(), later=st.integers(1, 400))
def test_a_later_day_never_lowers_what_is_owed(rows: list[Row], later: int) -> None:
    without_top_ups = [
        {name: text for name, text in row.items() if not name.startswith("top_up")} for row in rows
    ]
    before = table(calculated(without_top_ups, {}, AS_AT))
    after = table(calculated(without_top_ups, {}, AS_AT + timedelta(days=later)))
    for one, other in zip(before, after, strict=True):
        for payee in ("member", "scheme"):
            assert money(other[f"{payee}_total"]) >= money(one[f"{payee}_total"])


@given(rows=generated.tables(), positions=ANY_POSITIONS)
def test_low_is_at_most_likely_and_likely_at_most_high_on_any_positions(
    rows: list[Row], positions: dict[str, str]
) -> None:
    for row in table(calculated(rows, positions, AS_AT)):
        for payee in ("member", "scheme"):
            low, likely, high = (money(row[f"{payee}_total{end}"]) for end in ("_low", "", "_high"))
            assert low <= likely <= high


@given(rows=generated.tables())
def test_no_letter_goes_to_an_opponent_while_something_is_to_be_checked(rows: list[Row]) -> None:
    outcome = calculated([{**row, "consent_to_disclose": "yes"} for row in rows], {}, AS_AT)
    for plan in plan_letters(outcome):
        if plan.to is not Recipient.MEMBER and outcome.texts("to_check")[plan.row]:
            assert plan.skipped


CLOCKS = (
    "contract_last_day",
    "statute_last_day",
    "pension_lump_sum_last_day",
    "pension_instalment_last_day",
    "judicial_review_last_day",
    "idrp_last_day",
)


@given(rows=generated.tables(), later=st.integers(1, 400))
def test_a_later_day_of_calculation_never_brings_a_deadline_forward(
    rows: list[Row], later: int
) -> None:
    before = table(calculated(rows, {}, AS_AT))
    after = table(calculated(rows, {}, AS_AT + timedelta(days=later)))
    for one, other in zip(before, after, strict=True):
        for name in CLOCKS:
            if one[name] and other[name]:
                assert other[name] >= one[name]


@given(rows=generated.tables())
def test_a_payees_total_never_includes_the_others(rows: list[Row]) -> None:
    outcome = calculated(rows, {}, AS_AT)
    for index, row in enumerate(table(outcome)):
        if not row["member_total"]:
            continue
        for payee in ("member", "scheme"):
            assert money(row[f"{payee}_outstanding"]) <= money(row[f"{payee}_shortfall"])
            if not money(row[f"{payee}_shortfall"]):
                assert money(row[f"{payee}_total"]) == 0
        for step in explain(outcome, index).steps:
            if step.label.endswith(" in all") and step.label.startswith("Owed to "):
                payee = "member" if "member" in step.label else "scheme"
                assert step.amount == row[f"{payee}_total"]


@given(rows=generated.tables(), blank=st.sampled_from(("", " ")))
def test_a_blank_new_field_changes_nothing(rows: list[Row], blank: str) -> None:
    old = [{name: text for name, text in row.items() if name not in NEW_FIELDS} for row in rows]
    with_blank = [{**row, **dict.fromkeys(NEW_FIELDS, blank)} for row in old]
    assert table(calculated(with_blank, {}, AS_AT)) == table(calculated(old, {}, AS_AT))


@given(rows=generated.tables())
def test_no_money_is_negative_and_all_is_text_with_two_decimals(rows: list[Row]) -> None:
    from calculator.calculation.output import OutputKind
    from calculator.calculation.result_columns import OUTPUTS

    for row in table(calculated(rows, {}, AS_AT)):
        for output in OUTPUTS:
            if output.kind is OutputKind.MONEY and row[output.name]:
                assert row[output.name][-3] == "."
                assert money(row[output.name]) >= 0


@given(rows=generated.tables())
def test_an_error_has_no_figures(rows: list[Row]) -> None:
    for row in table(calculated(rows, {}, AS_AT)):
        if row["triage"] == "error":
            filled = {name for name, text in row.items() if text}
            assert filled <= {
                "case_ref",
                "person_ref",
                "employer_name",
                "triage",
                "reasons",
                "missing",
                "as_at",
                "rules_version",
            }


PENSION_COLUMNS = (
    "pension_yearly_loss",
    "pension_arrears",
    "lump_sum_arrears",
    "pension_interest",
    "pension_interest_floor",
    "pension_interest_floor_to",
)
PENSION_WORDS = {"reasons", "missing", "assumptions", "ask_employer"}
PENSION_DAYS = {
    "pension_lump_sum_last_day",
    "pension_instalment_last_day",
    "idrp_last_day",
    "issue_by",
    "urgency",
}
"""What else pension facts may move: its clocks, and how soon to issue."""


@given(rows=generated.tables())
def test_a_pension_paid_as_due_costs_nothing(rows: list[Row]) -> None:
    for row in rows:
        if row.pop("pension_started_on", ""):
            row.pop("pension_outcome", "")
        if row.get("pension_outcome") == "deferred":
            row["pension_outcome"] = "reduced"
        for name in ("pension", "lump_sum"):
            row[f"{name}_due"] = row[f"{name}_paid"] = row.get(f"{name}_due") or "12345.67"
    for row in table(calculated(rows, {}, AS_AT)):
        if row["triage"] not in ("error", "out_of_scope"):
            assert {row[name] for name in PENSION_COLUMNS[:4]} == {"0.00"}


@given(rows=generated.tables())
def test_pension_facts_move_no_other_figure(rows: list[Row]) -> None:
    kept = ("pension_strain_due", "pension_strain_paid", "cash_alternative_paid")
    without = [
        {
            name: text
            for name, text in row.items()
            if name in kept or not name.startswith(("pension_", "lump_sum_"))
        }
        for row in rows
    ]
    tables = (table(calculated(rows, {}, AS_AT)), table(calculated(without, {}, AS_AT)))
    in_error = [[row["triage"] == "error" for row in each] for each in tables]
    assume(in_error[0] == in_error[1])
    for one, other in zip(*tables, strict=True):
        if one["triage"] == "error":
            continue
        moved = {name for name in one if one[name] != other[name]}
        assert moved <= PENSION_WORDS | PENSION_DAYS | set(PENSION_COLUMNS)


@given(rows=generated.tables(), later=st.integers(1, 400))
def test_a_later_correction_never_lowers_pension_arrears(rows: list[Row], later: int) -> None:
    restored = date(2021, 6, 30)
    tables = []
    for day in (restored, restored + timedelta(days=later)):
        for row in rows:
            row["pension_restored_on"] = day.isoformat()
        tables.append(table(calculated(rows, {}, AS_AT)))
    for one, other in zip(*tables, strict=True):
        for name in ("pension_arrears", "pension_interest"):
            assert money(other[name]) >= money(one[name])


@given(rows=generated.tables())
def test_the_tax_free_and_the_taxable_part_make_up_what_is_owed(rows: list[Row]) -> None:
    for row in table(calculated(rows, {}, AS_AT)):
        parts = money(row["tax_free_part"]) + money(row["taxable_part"])
        assert parts == money(row["member_outstanding"])
        assert money(row["tax_free_part"]) <= 30_000
        assert money(row["tax_on_payment"]) <= money(row["taxable_part"])
        assert money(row["extra_tax"]) <= money(row["taxable_part"])
