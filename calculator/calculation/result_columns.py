"""THE list of output columns: each with its name, its heading, its kind and what fills it.

A new output is added here: a figure with the function that fills it, a text with its function in
:mod:`calculator.calculation.outcome`. The program does not load with an output that nothing fills. An
output is a placeholder of letters only where it says ``in_letters``.
"""

from __future__ import annotations

import numpy as np

from calculator.calculation.output import Output, OutputKind
from calculator.calculation.worked_rows import WorkedRows
from rules import time_limits
from rules.arrays import Mask
from rules.exit_payments import NOTICE


def _interest_shown(worked: WorkedRows) -> Mask:
    shown: Mask = worked.computed & worked.basis.regulation_4
    return shown


def _exempt_known(worked: WorkedRows) -> Mask:
    pay = worked.facts.payments
    notice_given = pay.due_known[NOTICE] | ~pay.due_missing[NOTICE]
    known: Mask = notice_given & worked.notice_settled
    return known


def _strain_shown(worked: WorkedRows) -> Mask:
    pay = worked.facts.payments
    shown: Mask = (
        worked.in_scope
        & pay.strain_could_be_due
        & pay.others_due_known
        & worked.notice_settled
        & worked.use_settled
        & ~(worked.needs_data & worked.links.earlier_use_unknown)
    )
    return shown


def _cap_shown(worked: WorkedRows) -> Mask:
    settled = worked.use_settled & ~worked.links.earlier_use_unknown
    shown: Mask = worked.computed | (worked.needs_data & settled)
    return shown


_T, _M, _D = OutputKind.TEXT, OutputKind.MONEY, OutputKind.DAY
_C, _H = OutputKind.COUNT, OutputKind.HALVES

OUTPUTS: tuple[Output, ...] = (
    Output("case_ref", "Case reference", _T, in_letters=True),
    Output("person_ref", "Person reference", _T, in_letters=True),
    Output("employer_name", "Employer", _T, in_letters=True),
    Output("triage", "Triage", _T, in_letters=True),
    Output("urgency", "Urgency", _T),
    Output("confidence", "Confidence", _T, in_letters=True),
    Output("reasons", "Reasons", _T),
    Output("missing", "Missing", _T),
    Output("to_check", "To check before a letter", _T),
    Output(
        "issue_by",
        "Issue a claim by",
        _D,
        lambda w: (w.issue_by, ~np.isnat(w.issue_by)),
    ),
    Output(
        "counted_total",
        "Counted towards the cap",
        _M,
        lambda w: (w.cap.counted_total, w.cap.due_complete & w.notice_settled),
        in_letters=True,
    ),
    Output(
        "exempt_total",
        "Exempt",
        _M,
        lambda w: (w.cap.exempt_total, _exempt_known(w)),
        in_letters=True,
    ),
    Output(
        "statutory_redundancy_used",
        "Statutory redundancy pay",
        _M,
        lambda w: (w.facts.statutory.used, w.facts.statutory.used_known),
        in_letters=True,
    ),
    Output(
        "cap_used_before",
        "Cap used by earlier exits",
        _M,
        lambda w: (w.cap.used_before, _cap_shown(w)),
        in_letters=True,
    ),
    Output(
        "cap_available",
        "Cap available",
        _M,
        lambda w: (w.cap.available, _cap_shown(w) & ~w.facts.payments.waived),
        in_letters=True,
    ),
    Output(
        "allowed_total",
        "Allowed under the cap",
        _M,
        lambda w: (w.cap.allowed_total, w.computed),
        in_letters=True,
    ),
    Output(
        "reduction_expected",
        "Reduction the cap required",
        _M,
        lambda w: (w.cap.reduction, w.computed),
        in_letters=True,
    ),
    Output(
        "headroom",
        "Room left under the cap",
        _M,
        lambda w: (w.cap.headroom, w.computed & ~w.facts.payments.waived),
    ),
    Output(
        "strain_needed_to_breach",
        "Strain that would reach the cap",
        _M,
        lambda w: (w.cap.strain_needed, _strain_shown(w)),
    ),
    Output(
        "due_total",
        "Due",
        _M,
        lambda w: (w.difference.due_total, w.cap.due_complete),
        in_letters=True,
    ),
    Output(
        "paid_total",
        "Paid",
        _M,
        lambda w: (w.difference.paid_total, w.difference.paid_total_known),
        in_letters=True,
    ),
    Output(
        "cash_alternative_credit",
        "Cash alternative credited",
        _M,
        lambda w: (w.difference.credit, w.difference_shown),
        in_letters=True,
    ),
    Output("difference", "Difference", _M, lambda w: (w.difference.difference, w.difference_shown)),
    Output(
        "over_reduced_by",
        "Cut beyond what the cap required",
        _M,
        lambda w: (w.difference.over_reduced_by, w.computed & w.difference.exact),
    ),
    Output(
        "member_shortfall",
        "Short to the member",
        _M,
        lambda w: (w.difference.member_shortfall, w.difference_shown),
        in_letters=True,
    ),
    Output(
        "member_contract_only",
        "Owed to the member by contract only",
        _M,
        lambda w: (w.member_contract_only, w.computed),
        in_letters=True,
    ),
    Output(
        "scheme_shortfall",
        "Short to the pension scheme",
        _M,
        lambda w: (w.difference.scheme_shortfall, w.difference_shown),
        in_letters=True,
    ),
    Output(
        "member_outstanding",
        "Still owed to the member",
        _M,
        lambda w: (w.owed.member_outstanding, w.computed),
        in_letters=True,
    ),
    Output(
        "scheme_outstanding",
        "Still owed to the pension scheme",
        _M,
        lambda w: (w.owed.scheme_outstanding, w.computed),
        in_letters=True,
    ),
    Output(
        "interest_from_member",
        "Interest to the member from",
        _D,
        lambda w: (w.owed.member_from, _interest_shown(w) & (w.owed.member_principal > 0)),
        in_letters=True,
    ),
    Output(
        "interest_from_scheme",
        "Interest to the scheme from",
        _D,
        lambda w: (w.owed.scheme_from, _interest_shown(w) & (w.owed.scheme_principal > 0)),
        in_letters=True,
    ),
    Output(
        "member_interest",
        "Interest to the member",
        _M,
        lambda w: (w.owed.member_interest, _interest_shown(w)),
        in_letters=True,
    ),
    Output(
        "scheme_interest",
        "Interest to the scheme",
        _M,
        lambda w: (w.owed.scheme_interest, _interest_shown(w)),
        in_letters=True,
    ),
    Output(
        "member_daily_interest",
        "Daily interest to the member",
        _M,
        lambda w: (w.owed.member_daily, _interest_shown(w)),
        in_letters=True,
    ),
    Output(
        "scheme_daily_interest",
        "Daily interest to the scheme",
        _M,
        lambda w: (w.owed.scheme_daily, _interest_shown(w)),
        in_letters=True,
    ),
    Output(
        "member_total",
        "Owed to the member with interest",
        _M,
        lambda w: (w.owed.member_total, w.computed),
        in_letters=True,
    ),
    Output(
        "scheme_total",
        "Owed to the scheme with interest",
        _M,
        lambda w: (w.owed.scheme_total, w.computed),
        in_letters=True,
    ),
    Output(
        "member_total_low",
        "Owed to the member, low",
        _M,
        lambda w: (w.low_member_total, w.computed),
        in_letters=True,
    ),
    Output(
        "member_total_high",
        "Owed to the member, high",
        _M,
        lambda w: (w.high_member_total, w.computed),
        in_letters=True,
    ),
    Output(
        "scheme_total_low",
        "Owed to the scheme, low",
        _M,
        lambda w: (w.low_scheme_total, w.computed),
        in_letters=True,
    ),
    Output(
        "scheme_total_high",
        "Owed to the scheme, high",
        _M,
        lambda w: (w.high_scheme_total, w.computed),
        in_letters=True,
    ),
    Output(
        "contract_last_day",
        "Contract claim: last day",
        _D,
        lambda w: (w.clocks.contract.last_day, w.clocks.contract.shown),
        in_letters=True,
    ),
    Output(
        "contract_days_left",
        "Contract claim: days left",
        _C,
        lambda w: (w.clocks.contract.days_left, w.clocks.contract.shown),
        in_letters=True,
    ),
    Output(
        "statute_last_day",
        "SI 2021/197 reg 4 claim: last day",
        _D,
        lambda w: (w.clocks.statute.last_day, w.clocks.statute.shown),
        in_letters=True,
    ),
    Output(
        "statute_days_left",
        "SI 2021/197 reg 4 claim: days left",
        _C,
        lambda w: (w.clocks.statute.days_left, w.clocks.statute.shown),
        in_letters=True,
    ),
    Output(
        "pension_lump_sum_last_day",
        "Pension lump sum: last day",
        _D,
        lambda w: (w.clocks.lump_sum.last_day, w.clocks.lump_sum.shown),
    ),
    Output(
        "pension_instalment_last_day",
        "First month of pension: last day",
        _D,
        lambda w: (w.clocks.instalment.last_day, w.clocks.instalment.shown),
    ),
    Output(
        "judicial_review_last_day",
        "Judicial review of the refusal: last day",
        _D,
        lambda w: (
            time_limits.judicial_review_last_day(w.cases.days["refused_on"]),
            ~np.isnat(w.cases.days["refused_on"]),
        ),
    ),
    Output(
        "idrp_last_day",
        "Internal dispute, stage one: last day",
        _D,
        lambda w: (
            time_limits.internal_dispute_last_day(w.cases.days["pension_decision_on"]),
            ~np.isnat(w.cases.days["pension_decision_on"]),
        ),
    ),
    Output(
        "redundancy_years",
        "Redundancy: years that count",
        _C,
        lambda w: (w.facts.statutory.years, w.facts.statutory.applies),
        in_letters=True,
    ),
    Output(
        "redundancy_weeks",
        "Redundancy: weeks",
        _H,
        lambda w: (w.facts.statutory.half_weeks, w.facts.statutory.weeks_known),
        in_letters=True,
    ),
    Output(
        "relevant_date",
        "Redundancy: relevant date",
        _D,
        lambda w: (w.facts.statutory.relevant_date, w.facts.statutory.applies),
        in_letters=True,
    ),
    Output(
        "weekly_pay_limit",
        "Redundancy: limit on a week's pay",
        _M,
        lambda w: (w.facts.statutory.limit, w.facts.statutory.limit_known),
        in_letters=True,
    ),
    Output(
        "pension_yearly_loss",
        "Pension lost a year (estimate)",
        _M,
        lambda w: (w.pension.yearly.loss, w.in_scope & w.pension.yearly.known),
        in_letters=True,
    ),
    Output(
        "pension_arrears",
        "Pension arrears (estimate)",
        _M,
        lambda w: (w.pension.arrears, w.in_scope & w.pension.arrears_known),
        in_letters=True,
    ),
    Output(
        "lump_sum_arrears",
        "Pension lump sum arrears (estimate)",
        _M,
        lambda w: (w.pension.lump_sum.loss, w.in_scope & w.pension.lump_sum.known),
        in_letters=True,
    ),
    Output(
        "pension_interest",
        "Scheme's interest on late pension (estimate)",
        _M,
        lambda w: (w.pension.interest.total, w.in_scope & w.pension.interest.known),
        in_letters=True,
    ),
    Output(
        "pension_interest_floor",
        "Scheme's interest, at least (estimate)",
        _M,
        lambda w: (w.pension.interest.floor, w.in_scope & w.pension.interest.floor_known),
        in_letters=True,
    ),
    Output(
        "pension_interest_floor_to",
        "Scheme's interest, at least: to",
        _D,
        lambda w: (
            np.full(len(w.rows), w.pension.interest.floor_to),
            w.in_scope & w.pension.interest.floor_known,
        ),
        in_letters=True,
    ),
    Output(
        "tax_free_part",
        "Free of tax (estimate)",
        _M,
        lambda w: (w.tax.tax_free, w.computed),
        in_letters=True,
    ),
    Output(
        "taxable_part",
        "Taxable (estimate)",
        _M,
        lambda w: (w.tax.taxable, w.computed),
        in_letters=True,
    ),
    Output(
        "tax_on_payment",
        "Tax taken on payment (estimate)",
        _M,
        lambda w: (w.tax.on_payment, w.computed & w.tax.on_payment_known),
        in_letters=True,
    ),
    Output(
        "extra_tax",
        "Extra tax for the year (estimate)",
        _M,
        lambda w: (w.tax.extra, w.computed & w.tax.extra_known),
        in_letters=True,
    ),
    Output("assumptions", "Assumptions", _T),
    Output("ask_employer", "Ask the employer", _T),
    Output(
        "as_at",
        "Worked out as at",
        _D,
        lambda w: (np.full(len(w.rows), w.as_at), np.ones(len(w.rows), dtype=bool)),
        in_letters=True,
    ),
    Output("rules_version", "Version of the rules", _T, in_letters=True),
)
CLAIM_DAYS = (
    "contract_last_day",
    "statute_last_day",
    "pension_lump_sum_last_day",
    "pension_instalment_last_day",
)
"""The last days that may decide by when a claim is issued, each the name of an output."""
OUTPUT_NAMES: tuple[str, ...] = tuple(output.name for output in OUTPUTS)
OUTPUT: dict[str, Output] = {output.name: output for output in OUTPUTS}
