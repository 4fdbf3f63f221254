"""Which facts would change the result of a row, or make it surer."""

from __future__ import annotations

import numpy as np

from calculator.calculation.code_sets import CodeSets
from calculator.calculation.signals import Confidence, Signals
from calculator.calculation.worked_rows import WorkedRows
from calculator.facts.case_table import Cases
from rules.arrays import Mask
from rules.choices import ExitReason, PensionOutcome, Scheme, YesNo
from rules.exit_payments import KINDS, REDUNDANCY, STRAIN
from rules.pension import reason_gives_unreduced


def set_missing(signals: Signals, worked: WorkedRows) -> None:
    """Set the fields that would change the result of each row, or how sure it is."""
    missing, cases = signals.missing, worked.cases
    statutory, pay = worked.facts.statutory, worked.facts.payments
    found, links = worked.difference, worked.links
    computed = worked.computed
    needs, out = worked.needs_data, worked.out_of_scope
    in_scope = ~out
    short = computed & (found.difference > 0)
    shown_short = short | (out & found.exact & (found.difference > 0))
    cut = computed & (worked.cap.reduction > 0)
    scope = worked.facts.scope
    could_be_in_scope = scope.in_scope | (
        scope.nation_not_covered & ~scope.before_cap & ~scope.after_cap
    )
    missing.add("employer_kind", scope.unconfirmed & could_be_in_scope)
    missing.add("notice_given_on", statutory.notice_unknown)
    salary_decides = (needs & links.notice_unsettled) | (
        computed & pay.notice_unsure & links.notice_differences_differ
    )
    missing.add("annual_salary", salary_decides)
    missing.add("redundancy_due", needs & (pay.none_due | pay.statutory_without_due))
    missing.add(
        "pension_strain_due",
        needs & (pay.none_due | pay.strain_implied | worked.cap.strain_missing),
    )
    amounts_matter = np.where(found.exact, found.split_assumed, in_scope)
    for index, kind in enumerate(KINDS):
        missing.add(f"{kind.name}_due", in_scope & pay.due_missing[index])
        missing.add(f"{kind.name}_paid", pay.paid_unknown[index] & amounts_matter)
    missing.add(
        "settlement_agreement",
        shown_short & (cases.choices["settlement_agreement"] == YesNo.NOT_GIVEN),
    )
    missing.add("payment_date", short & worked.facts.dates.payment_assumed)
    missing.add("evidence", short & (signals.confidence == Confidence.STATED))
    reason = cases.choices["exit_reason"]
    reason_unknown = (reason == ExitReason.NOT_GIVEN) | (reason == ExitReason.UNKNOWN)
    # An unknown statutory part could move an estimated cut from one payment to another.
    no_statutory = cut & ~found.exact & ~statutory.sum_known & (pay.due[REDUNDANCY] > 0)
    redundancy = reason == ExitReason.REDUNDANCY
    missing.add("exit_reason", no_statutory & reason_unknown)
    missing.add("service_start", no_statutory & redundancy & np.isnat(cases.days["service_start"]))
    missing.add("date_of_birth", no_statutory & statutory.applies & ~statutory.weeks_known)
    missing.add("weekly_pay", no_statutory & statutory.applies & ~statutory.week_known)
    missing.add("nation", needs & scope.late & scope.nation_assumed & ~found.paid_total_known)
    _set_missing_for_strain(missing, worked, cases, reason_unknown)
    _set_missing_for_pension(missing, worked, cases)


def scheme_decides_days(cases: Cases, row: int) -> bool:
    """True where the pension was reduced or deferred and the scheme is not known: the LGPS has last days for it."""
    cut = cases.choices["pension_outcome"][row] in (PensionOutcome.REDUCED, PensionOutcome.DEFERRED)
    return cut and cases.choices["scheme"][row] in (Scheme.NOT_GIVEN, Scheme.UNKNOWN)


def _set_missing_for_pension(missing: CodeSets, worked: WorkedRows, cases: Cases) -> None:
    """LegalFacts without which a pension that was reduced, deferred or paid for cannot be calculated."""
    pension = worked.pension
    in_scope = worked.in_scope
    outcome = pension.outcome
    hurt = in_scope & np.isin(
        outcome, (PensionOutcome.REDUCED, PensionOutcome.DEFERRED, PensionOutcome.SELF_FUNDED)
    )
    yearly, lump_sum = pension.yearly, pension.lump_sum
    too_young = (pension.scheme == Scheme.LGPS) & pension.under_55
    short = (hurt | (in_scope & ~yearly.absent)) & ~yearly.known & ~too_young
    missing.add("pension_due", short & ~cases.known["pension_due"])
    missing.add(
        "pension_paid",
        short & ~cases.known["pension_paid"] & (outcome != PensionOutcome.DEFERRED),
    )
    tranches = cases.known["pension_2008_2014"] | cases.known["pension_care"]
    tranches |= cases.known["pension_to_2008"] | cases.known["lump_sum_to_2008"]
    unborn = np.isnat(cases.days["date_of_birth"])
    missing.add("date_of_birth", short & tranches & unborn)
    blank_lump = in_scope & ~lump_sum.known & ~lump_sum.absent
    automatic = ~cases.known["lump_sum_due"] & ~cases.known["lump_sum_paid"]
    automatic &= ~cases.known["lump_sum_to_2008"]
    missing.add("lump_sum_to_2008", blank_lump & automatic)
    for name in ("lump_sum_due", "lump_sum_paid"):
        missing.add(name, blank_lump & ~automatic & ~cases.known[name])
    missing.add("pension_started_on", in_scope & pension.start_unknown)
    missing.add("pension_outcome", in_scope & pension.taken_as_reduced)
    scheme = cases.choices["scheme"]
    not_said = (scheme == Scheme.NOT_GIVEN) | (scheme == Scheme.UNKNOWN)
    missing.add("scheme", in_scope & pension.interest.rule_missing & not_said)


def _set_missing_for_strain(
    missing: CodeSets, worked: WorkedRows, cases: Cases, reason_unknown: Mask
) -> None:
    """LegalFacts not known without which a blank strain is taken as no part of the exit.

    With them known it could have been due: a member of the LGPS, 55 or over, leaving by redundancy or on
    grounds of efficiency.
    """
    pay, birth = worked.facts.payments, cases.days["date_of_birth"]
    scheme, reason = cases.choices["scheme"], cases.choices["exit_reason"]
    scheme_unknown = (scheme == Scheme.NOT_GIVEN) | (scheme == Scheme.UNKNOWN)
    could_be_lgps = scheme_unknown | (scheme == Scheme.LGPS)
    could_be_due = (
        (worked.computed)
        & ~pay.due_known[STRAIN]
        & ~pay.waived
        & could_be_lgps
        & (reason_gives_unreduced(reason) | reason_unknown)
        & (pay.reached_55 | np.isnat(birth))
        & (worked.cap.others_counted <= worked.cap.available)
    )
    missing.add("scheme", could_be_due & scheme_unknown)
    missing.add("exit_reason", could_be_due & reason_unknown)
    missing.add("date_of_birth", could_be_due & np.isnat(birth))
