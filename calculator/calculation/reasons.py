"""Why each row has the result it has."""

from __future__ import annotations

from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.code_sets import CodeSets
from calculator.calculation.worked_rows import WorkedRows
from rules.choices import CapApplied, Nation, YesNo


def set_reasons(reasons: CodeSets, worked: WorkedRows) -> None:
    """Set the reasons of each row: what decided its result, and what to know about it."""
    cases, clocks = worked.cases, worked.clocks
    scope, statutory, pay = worked.facts.scope, worked.facts.statutory, worked.facts.payments
    dates, found, links = worked.facts.dates, worked.difference, worked.links
    computed = worked.computed
    needs, out = worked.needs_data, worked.out_of_scope
    shown = worked.difference_shown
    contract_gone = clocks.contract.days_left < 0
    statute_gone = clocks.statute.days_left < 0
    both_clocks = clocks.contract.shown & clocks.statute.shown
    short_of_a_cut = computed & (found.difference > 0) & (worked.cap.reduction > 0)
    in_wales = scope.nation == Nation.WALES
    outside = dates.paid_outside_period | worked.basis.nothing_paid
    to_review = out & found.exact & (found.difference > 0)
    scots_claim = scope.scotland & (needs | to_review | (computed & worked.owing))
    for code, where in (
        ("linked_row_in_error", worked.relative_in_error),
        ("employer_not_listed", scope.kind_not_listed),
        ("employer_kind_conflicts", scope.kind_conflicts),
        ("employer_unconfirmed", scope.unconfirmed & scope.in_scope),
        ("nation_not_covered", scope.nation_not_covered),
        ("check_schedule_entry", scope.check_schedule & scope.in_scope),
        ("exit_before_cap", scope.before_cap),
        ("exit_after_cap", scope.after_cap),
        ("boundary_day", scope.boundary_day & scope.in_scope),
        ("late_exit_check_why", scope.late & scope.in_scope & ~in_wales),
        ("late_exit_wales", scope.late & scope.in_scope & in_wales),
        ("needs_review", to_review),
        ("possible_duplicate", worked.possible_duplicate),
        ("same_day_order", links.by_order_given),
        ("notice_pay_taken_as_exempt", pay.notice_unsure & worked.notice_settled),
        ("statutory_redundancy_differs", statutory.differs),
        ("statutory_redundancy_short", statutory.short),
        ("linked_exit_unknown", links.earlier_use_unknown & worked.use_settled),
        ("cap_wholly_waived", pay.waived & scope.in_scope),
        ("total_paid_mismatch", found.total_mismatch),
        ("reduction_not_placed", computed & found.not_placed),
        ("split_assumed", shown & found.split_assumed),
        ("member_overpaid_at_exit", shown & found.member_overpaid),
        ("scheme_overpaid_at_exit", shown & found.scheme_overpaid),
        ("cash_alternative_exceeds_shortfall", shown & (found.credit_unused > 0)),
        ("self_funded_strain", shown & (found.refunded_strain > 0)),
        (
            "over_cap_paid_in_full",
            (worked.triage == Triage.NOT_CAPPED)
            & ~pay.waived
            & (worked.cap.counted_total > worked.cap.available)
            & (found.difference == 0),
        ),
        ("shortfall_within_cap", computed & worked.basis.within_cap),
        ("shortfall_is_contract_only", computed & worked.basis.contract_only),
        (
            "cap_denied",
            short_of_a_cut & (cases.choices["cap_applied"] == CapApplied.NO),
        ),
        (
            "cut_beyond_cap",
            short_of_a_cut & found.exact & (found.difference > worked.cap.reduction),
        ),
        ("paid_outside_relevant_period", (computed | needs) & outside),
        (
            "settlement_agreement_signed",
            cases.choices["settlement_agreement"] == YesNo.YES,
        ),
        ("top_up_after_as_at", dates.top_up_after),
        ("top_up_in_relevant_period", dates.top_up_early),
        ("member_overpaid_since", computed & (dates.top_up_member > found.member_shortfall)),
        ("scheme_overpaid_since", computed & (dates.top_up_scheme > found.scheme_shortfall)),
        ("interest_overpaid_since", computed & (worked.owed.interest_overpaid > 0)),
        ("contract_clock_expired", both_clocks & (contract_gone != statute_gone)),
        (
            "pension_instalments_running_out",
            clocks.instalment.shown & (clocks.instalment.days_left < 0),
        ),
        ("scots_time_limit", scots_claim),
    ):
        reasons.add(code, where)
    _set_pension_reasons(reasons, worked)


def _set_pension_reasons(reasons: CodeSets, worked: WorkedRows) -> None:
    pension, tax = worked.pension, worked.tax
    in_scope = worked.in_scope
    computed = worked.computed
    bands_missing = computed & (tax.taxable > 0) & ~tax.year_known
    reasons.add("rates_not_known", (in_scope & pension.rates_missing) | bands_missing)
    reasons.add("no_interest_rule", in_scope & pension.interest.rule_missing)
    reasons.add("late_lump_sum_tax", in_scope & pension.lump_sum_late)
