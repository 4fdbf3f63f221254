"""What is assumed for a row, and what to ask the employer."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from calculator.calculation.code_sets import CodeSets
from calculator.calculation.codes import ASSUMPTIONS
from calculator.calculation.pension import OFFICIAL_SCHEMES
from calculator.calculation.signals import Confidence, Signals
from calculator.calculation.worked_rows import WorkedRows
from calculator.facts.later_rates import described
from rules.choices import CapApplied, PensionOutcome, Scheme, YesNo
from rules.late_benefits import BANK_RATE, LaterRates


def assumption_words(rates: LaterRates | None) -> Mapping[str, str]:
    """Return the sentence of each assumption, with the later rates of Bank Rate that a person entered."""
    return ASSUMPTIONS if rates is None else {**ASSUMPTIONS, "rates_entered": described(rates)}


def set_assumptions(assumptions: CodeSets, worked: WorkedRows) -> None:
    """Set what is assumed for each row."""
    scope, pay, dates = worked.facts.scope, worked.facts.payments, worked.facts.dates
    found, links = worked.difference, worked.links
    computed = worked.computed
    needs = worked.needs_data
    in_scope = computed | needs
    any_blank = ~(pay.due_known | pay.due_missing).all(axis=0)
    assumptions.add("nation_england", scope.nation_assumed)
    assumptions.add("employer_listed", scope.unconfirmed & in_scope)
    assumptions.add("payment_on_exit", in_scope & dates.payment_assumed)
    assumptions.add("due_on_exit", dates.due_assumed & ~scope.scotland)
    assumptions.add(
        "strain_due_on_payment",
        computed & dates.strain_day_assumed & (found.scheme_shortfall > 0),
    )
    assumptions.add("strain_paid_late", in_scope & dates.strain_paid_late)
    assumptions.add("blank_is_no_part", computed & any_blank)
    assumptions.add("no_benefits_in_kind", worked.facts.statutory.week_from_salary)
    assumptions.add("notice_day_unknown", worked.facts.statutory.notice_unknown)
    assumptions.add("notice_exempt", pay.notice_unsure & worked.notice_settled)
    assumptions.add("cut_as_cap_required", computed & ~found.exact)
    assumptions.add("split_by_cut_order", computed & found.split_assumed)
    assumptions.add("linked_nothing_used", links.earlier_use_unknown & worked.use_settled)
    _set_pension_assumptions(assumptions, worked)
    _set_tax_assumptions(assumptions, worked)


def _set_pension_assumptions(assumptions: CodeSets, worked: WorkedRows) -> None:
    pension = worked.pension
    in_scope = worked.in_scope
    shown = in_scope & pension.shown
    lost = shown & ((pension.yearly.loss > 0) | (pension.lump_sum.loss > 0))
    applied = worked.rule_of_85_met
    official = np.isin(pension.scheme, OFFICIAL_SCHEMES)
    assumptions.add("pension_estimate", shown)
    assumptions.add("pension_from_tranches", in_scope & pension.estimated)
    assumptions.add("rule_of_85_not_applied", in_scope & pension.estimated & (not applied))
    assumptions.add("rule_of_85_met", in_scope & pension.estimated & applied)
    assumptions.add("pension_taken_as_reduced", in_scope & pension.taken_as_reduced)
    assumptions.add("scheme_from_benefits", shown & pension.scheme_from_benefits)
    assumptions.add("deferred_nothing_paid", in_scope & pension.start_unknown & pension.shown)
    assumptions.add("started_late", shown & pension.late_start & ~pension.start_unknown)
    assumptions.add("underpin_not_applied", in_scope & pension.estimated)
    assumptions.add("arrears_to_death", lost & pension.died)
    # The official table ends before this day only where a person entered later rates.
    entered = pension.interest.floor_to > BANK_RATE.last
    bears = (pension.interest.total > 0) | (pension.interest.floor > 0)
    past_the_table = pension.settled > BANK_RATE.last + 1
    assumptions.add("rates_entered", shown & bears & past_the_table & entered)
    assumptions.add("arrears_paid_when_restored", lost & pension.restored)
    assumptions.add("increases_as_public_service", lost & ~official)
    assumptions.add("no_lump_sum", lost & pension.lump_sum.absent & ~pension.lump_sum.known)
    assumptions.add("teachers_mandatory_part", lost & (pension.scheme == Scheme.TPS))


def _set_tax_assumptions(assumptions: CodeSets, worked: WorkedRows) -> None:
    owed = (worked.computed) & (worked.owed.member_outstanding > 0)
    assumptions.add("tax_estimate", owed)
    assumptions.add("notice_pay_taxed", owed & worked.tax.notice_short)
    assumptions.add("refund_taxed", owed & (worked.difference.refunded_strain > 0))


def set_questions(signals: Signals, worked: WorkedRows) -> None:
    """Set the questions for the employer of each row."""
    cases = worked.cases
    questions, missing = signals.questions, signals.missing
    scope, statutory = worked.facts.scope, worked.facts.statutory
    found, links = worked.difference, worked.links
    computed = worked.computed
    needs = worked.needs_data
    short = computed & (found.difference > 0)
    ask = needs | short
    unknown_amounts = ask & (
        ~found.exact | found.split_assumed | (signals.confidence == Confidence.STATED)
    )
    strain_in_play = missing.has("pension_strain_due") | (found.scheme_shortfall > 0)
    denied = (worked.cap.reduction > 0) & (cases.choices["cap_applied"] == CapApplied.NO)
    questions.add("cap_denied", short & denied)
    questions.add("package", unknown_amounts)
    questions.add("cap_applied", ask & ~(short & (worked.cap.reduction == 0)))
    questions.add("strain", ask & strain_in_play)
    questions.add(
        "redundancy", ask & (statutory.differs | statutory.short | missing.has("redundancy_due"))
    )
    questions.add("salary", missing.has("annual_salary"))
    questions.add("linked_exit", links.earlier_use_unknown)
    questions.add("dates", missing.has("payment_date"))
    questions.add("notice", ask & missing.has("notice_given_on"))
    questions.add("employer", scope.unconfirmed | scope.check_schedule)
    questions.add("why_capped", scope.late & scope.in_scope)
    agreement = cases.choices["settlement_agreement"]
    questions.add(
        "settlement",
        missing.has("settlement_agreement") | (short & (agreement == YesNo.UNKNOWN)),
    )
    questions.add("since_paid", worked.facts.dates.topped_up & short)
    questions.add("acknowledge", computed & worked.owing)
    pension = worked.pension
    lost = (pension.yearly.loss > 0) | (pension.lump_sum.loss > 0)
    hurt = (pension.outcome == PensionOutcome.REDUCED) | (
        pension.outcome == PensionOutcome.DEFERRED
    )
    questions.add("pension_put_right", (computed | needs) & (lost | hurt) & ~pension.restored)
    questions.add("tax_taken", computed & (worked.owed.member_outstanding > 0))
