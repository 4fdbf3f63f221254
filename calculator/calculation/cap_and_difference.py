"""One run of the calculation over rows whose share of the cap is settled.

The cap, the difference by payee, whether regulation 4 is its basis, what is still owed, the triage. Low,
likely and high are three runs of :func:`evaluate`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

import numpy as np

from calculator.calculation.legal_facts import Dates, LegalFacts, Payments, Table
from rules import cap, exit_payments, interest, reclaim
from rules.arrays import Codes, Days, Mask, Pence
from rules.choices import Nation
from rules.exit_payments import MEMBER_KINDS, NOTICE, STRAIN
from rules.positions import Positions


class Triage(IntEnum):
    """What is to be done with a case; the first that applies."""

    ERROR = 0
    OUT_OF_SCOPE = 1
    NEEDS_DATA = 2
    REPAIRED = 3
    PART_REPAIRED = 4
    CAPPED_EXACT = 5
    CAPPED_ESTIMATE = 6
    UNDERPAID_NOT_CAPPED = 7
    NEAR_LINE = 8
    NOT_CAPPED = 9


class Run(StrEnum):
    """The three runs of the same calculation."""

    LIKELY = "likely"
    LOW = "low"
    HIGH = "high"


@dataclass
class CapResult(Table):
    """SI 2020/1122 regs 3 to 7: what counted, what was left of the cap, what it allowed."""

    used_before: Pence
    counted_notice: Pence
    counted: Pence
    counted_total: Pence
    exempt_total: Pence
    others_counted: Pence
    available: Pence
    allowed_total: Pence
    reduction: Pence
    headroom: Pence
    strain_needed: Pence
    strain_missing: Mask
    due_complete: Mask


@dataclass
class Difference(Table):
    """SI 2021/197 reg 4: due, paid and short, by payee. ``borne`` is kinds by cases, estimated."""

    due_total: Pence
    paid_total: Pence
    paid_total_known: Mask
    exact: Mask
    total_used: Mask
    total_mismatch: Mask
    known_shortfalls: Pence
    borne: Pence
    not_placed: Mask
    split_assumed: Mask
    member_gross: Pence
    scheme_gross: Pence
    member_overpaid: Mask
    scheme_overpaid: Mask
    scheme_net: Pence
    credit: Pence
    credit_unused: Pence
    refunded_strain: Pence
    difference: Pence
    over_reduced_by: Pence
    contract_only: Pence
    member_shortfall: Pence
    scheme_shortfall: Pence


@dataclass
class Basis(Table):
    """Whether regulation 4 is the basis, and if not why."""

    nothing_paid: Mask
    within_cap: Mask
    contract_only: Mask
    regulation_4: Mask


@dataclass
class Owed(Table):
    """What is still owed, with interest, to each payee."""

    member_outstanding: Pence
    scheme_outstanding: Pence
    member_principal: Pence
    scheme_principal: Pence
    member_from: Days
    scheme_from: Days
    member_accrued: Pence
    scheme_accrued: Pence
    member_interest: Pence
    scheme_interest: Pence
    member_daily: Pence
    scheme_daily: Pence
    member_total: Pence
    scheme_total: Pence
    interest_overpaid: Pence


@dataclass
class Evaluation:
    """One run over rows whose shared cap is settled."""

    cap: CapResult
    difference: Difference
    basis: Basis
    owed: Owed
    triage: Codes


def evaluate(
    facts: LegalFacts,
    notice_counted_whole: Mask,
    used_before: Pence,
    positions: Positions,
    as_at: np.datetime64,
) -> Evaluation:
    """The likely run: the cap, the difference, its basis, what is still owed, the triage.

    ``notice_counted_whole`` says, for rows whose salary is not known, whether their notice pay is taken
    as counted in full (else as wholly exempt); ``used_before`` what earlier linked exits used of the cap.
    """
    capped = apply_cap(facts, notice_counted_whole, used_before, positions)
    found = find_difference(facts, capped, notice_counted_whole, positions)
    basis, owed = claim(facts, capped, found, positions, as_at, Run.LIKELY)
    triage = _triage(facts, capped, found, basis, owed, positions)
    return Evaluation(capped, found, basis, owed, triage)


def claim(
    facts: LegalFacts,
    capped: CapResult,
    found: Difference,
    positions: Positions,
    as_at: np.datetime64,
    run: Run,
) -> tuple[Basis, Owed]:
    """What a difference comes to on one run: whether regulation 4 is its basis, and what is owed."""
    basis = _find_basis(facts, capped, found)
    return basis, _still_owed(facts, found, basis, positions, as_at, run)


def apply_cap(
    facts: LegalFacts, notice_counted_whole: Mask, used_before: Pence, positions: Positions
) -> CapResult:
    """What counts, what is left of the cap for each exit, and what the cap allows of it."""
    pay, protected = facts.payments, facts.statutory.protected
    notice = pay.due[NOTICE]
    by_salary = exit_payments.counted_notice_pay(notice, pay.quarter, positions.notice_pay_reading)
    without_salary = np.where(notice_counted_whole, notice, 0)
    counted_notice = np.where(pay.salary_known, by_salary, without_salary)
    counted = exit_payments.counted_payments(pay.due, counted_notice)
    counted_total = exit_payments.total(counted)
    others = counted_total - counted[STRAIN]
    available = cap.cap_available(pay.relaxed_by, used_before)
    allowed = np.where(
        pay.waived, counted_total, cap.allowed_total(counted_total, protected, available)
    )
    strain_missing = facts.scope.in_scope & pay.strain_could_be_due & (others <= available)
    return CapResult(
        used_before=used_before,
        counted_notice=counted_notice,
        counted=counted,
        counted_total=counted_total,
        exempt_total=pay.exempt_listed + notice - counted_notice,
        others_counted=others,
        available=available,
        allowed_total=allowed,
        reduction=counted_total - allowed,
        headroom=cap.headroom(counted_total, available),
        strain_needed=cap.strain_needed_to_breach(others, available),
        strain_missing=strain_missing,
        due_complete=~(pay.due_incomplete | strain_missing),
    )


def find_difference(
    facts: LegalFacts, capped: CapResult, notice_counted_whole: Mask, positions: Positions
) -> Difference:
    """Due less paid, exact or estimated, by payee, after the cash alternative and own strain."""
    pay, credited = facts.payments, positions.cash_alternative == "credit"
    unknown, cash = pay.paid_unknown, pay.cash_alternative
    due_total, known_paid = exit_payments.total(pay.due), exit_payments.total(pay.paid)
    paid_incomplete = pay.paid_incomplete | (capped.strain_missing & pay.strain_paid_blank)
    total_fits = pay.total_known & (pay.total_paid >= known_paid + cash)
    total_used = paid_incomplete & total_fits
    paid_total = np.where(paid_incomplete, pay.total_paid - cash, known_paid)
    paid_total_known = ~paid_incomplete | total_used
    exact = capped.due_complete & paid_total_known

    shortfalls = np.where(unknown, 0, reclaim.signed_shortfalls(pay.due, pay.paid))
    counted_known = exit_payments.total(
        exit_payments.counted_payments(
            shortfalls, _counted_notice_shortfall(pay, capped, notice_counted_whole, positions)
        )
    )
    due_of_unknown = exit_payments.known_total(pay.due, unknown)
    rest_paid = paid_total - known_paid
    any_unknown = unknown.any(axis=0)
    to_place = np.where(
        total_used,
        np.maximum(0, due_of_unknown - rest_paid),
        reclaim.borne_by_unknown(capped.reduction, counted_known, cash),
    )
    to_place = np.where(any_unknown, to_place, 0)
    able = reclaim.able_to_bear(capped.counted, unknown, facts.statutory.protected)
    borne, split_assumed = _share_out(pay, able, to_place, total_used, positions.cut_order)
    placed = exit_payments.total(borne)

    gross = reclaim.sum_by_payee(shortfalls + borne)
    excess = np.where(total_used & any_unknown, np.maximum(0, rest_paid - due_of_unknown), 0)
    gross = _less_excess(gross, excess)
    netted = reclaim.net_of_overpayment(gross)
    credit = cash if credited else np.zeros_like(cash)
    after_credit = reclaim.credit_cash_alternative(netted, credit)
    final = reclaim.refund_of_own_strain(after_credit, pay.member_funded)
    difference = final.member + final.scheme
    required = capped.reduction
    return Difference(
        due_total=due_total,
        paid_total=paid_total,
        paid_total_known=paid_total_known,
        exact=exact,
        total_used=total_used,
        total_mismatch=pay.total_known
        & np.where(paid_incomplete, ~total_fits, pay.total_paid != known_paid + cash),
        known_shortfalls=shortfalls,
        borne=borne,
        not_placed=any_unknown & ~total_used & (to_place > placed),
        split_assumed=split_assumed,
        member_gross=gross.member,
        scheme_gross=gross.scheme,
        member_overpaid=gross.member < 0,
        scheme_overpaid=gross.scheme < 0,
        scheme_net=netted.scheme,
        credit=credit,
        credit_unused=np.maximum(0, credit - netted.member - netted.scheme),
        refunded_strain=after_credit.scheme - final.scheme,
        difference=difference,
        over_reduced_by=np.maximum(0, due_total - paid_total - cash - required),
        contract_only=np.minimum(
            _notice_under_contract_alone(
                pay, capped, shortfalls[NOTICE] + borne[NOTICE], notice_counted_whole, positions
            ),
            after_credit.member,
        ),
        member_shortfall=final.member,
        scheme_shortfall=final.scheme,
    )


def _notice_under_contract_alone(
    pay: Payments, capped: CapResult, short: Pence, counted_whole: Mask, positions: Positions
) -> Pence:
    """Of a shortfall of notice pay, what is no exit payment: SI 2020/1122 reg 6(g)."""
    paid = pay.due[NOTICE] - short
    by_salary = exit_payments.counted_notice_pay(paid, pay.quarter, positions.notice_pay_reading)
    without_salary = np.where(counted_whole, paid, 0)
    counted_paid = np.where(pay.salary_known, by_salary, without_salary)
    counted_short = capped.counted_notice - counted_paid
    return exit_payments.notice_owed_by_contract_alone(short, counted_short)


def _counted_notice_shortfall(
    pay: Payments, capped: CapResult, notice_counted_whole: Mask, positions: Positions
) -> Pence:
    """Of a known shortfall of notice pay, the part that the cap could have caused."""
    paid = pay.paid[NOTICE]
    by_salary = exit_payments.counted_notice_pay(paid, pay.quarter, positions.notice_pay_reading)
    without_salary = np.where(notice_counted_whole, paid, 0)
    counted_paid = np.where(pay.salary_known, by_salary, without_salary)
    return np.where(pay.paid_unknown[NOTICE], 0, capped.counted_notice - counted_paid)


def _share_out(
    pay: Payments, able: Pence, to_place: Pence, total_used: Mask, cut_order: str
) -> tuple[Pence, Mask]:
    """What each payment of unknown amount bears, and where the split between payees is assumed.

    Worked only where there is something to place. With a known total, what is left when all have borne
    their most is shared in the same way over the rest of each due.
    """
    borne = np.zeros_like(able)
    split_assumed = np.zeros(able.shape[1], dtype=bool)
    rows = np.flatnonzero(to_place > 0)
    if not len(rows):
        return borne, split_assumed
    unknown, able = pay.paid_unknown[:, rows], able[:, rows]
    rest = np.where(unknown, pay.due[:, rows] - able, 0)
    first = reclaim.share(to_place[rows], able, cut_order)
    left = np.where(total_used[rows], to_place[rows] - exit_payments.total(first), 0)
    borne[:, rows] = first + reclaim.share(left, rest, cut_order)
    both = unknown[STRAIN] & unknown[list(MEMBER_KINDS)].any(axis=0)
    depends = reclaim.split_depends_on_order(to_place[rows], able) | (
        reclaim.split_depends_on_order(left, rest)
    )
    split_assumed[rows] = both & depends
    return borne, split_assumed


def _less_excess(gross: reclaim.ByPayee, excess: Pence) -> reclaim.ByPayee:
    """What the payments of unknown amount got above their due, set against the known shortfalls.

    The member's first, then the scheme's, and no more than they are.
    """
    off_member = np.minimum(excess, np.maximum(0, gross.member))
    off_scheme = np.minimum(excess - off_member, np.maximum(0, gross.scheme))
    return reclaim.ByPayee(gross.member - off_member, gross.scheme - off_scheme)


def _find_basis(facts: LegalFacts, capped: CapResult, found: Difference) -> Basis:
    """SI 2021/197 reg 4(2): a payment in the relevant period, and a cap that caused the shortfall."""
    pay = facts.payments
    nothing_paid = (
        found.paid_total_known
        & (found.paid_total + pay.cash_alternative == 0)
        & ~facts.dates.top_up_in_period
        & (found.due_total > 0)
    )
    short = found.difference > 0
    within_cap = short & (capped.reduction == 0)
    contract_only = short & (found.contract_only == found.difference)
    outside = facts.dates.paid_outside_period | nothing_paid
    not_basis = outside | pay.waived | within_cap | contract_only
    return Basis(nothing_paid, within_cap, contract_only, ~not_basis)


def _still_owed(
    facts: LegalFacts,
    found: Difference,
    basis: Basis,
    positions: Positions,
    as_at: np.datetime64,
    run: Run,
) -> Owed:
    dates = facts.dates
    accrued: dict[str, Pence] = {}
    starts: dict[str, Days] = {}
    from_start = reclaim.lowers_from_the_start(dates.top_up_on, _early_top_up(positions, run))
    under_contract = np.where(basis.regulation_4, found.contract_only, 0)
    principals = {
        "member": found.member_shortfall - under_contract,
        "scheme": found.scheme_shortfall,
    }
    for payee, paid_on, top_up in (
        ("member", dates.member_paid_on, dates.top_up_member),
        ("scheme", dates.scheme_paid_on, dates.top_up_scheme),
    ):
        start = starts[payee] = _interest_from(paid_on, dates, positions, run)
        lowered_on = np.where(from_start, start, dates.top_up_on)
        all_of_it = interest.simple_interest(principals[payee], start, as_at, top_up, lowered_on)
        accrued[payee] = np.where(basis.regulation_4, all_of_it, 0)
    member_outstanding = reclaim.outstanding(found.member_shortfall, dates.top_up_member)
    scheme_outstanding = reclaim.outstanding(found.scheme_shortfall, dates.top_up_scheme)
    paid = dates.top_up_interest
    member_interest = np.maximum(0, accrued["member"] - paid)
    left = np.maximum(0, paid - accrued["member"])
    scheme_interest = np.maximum(0, accrued["scheme"] - left)
    return Owed(
        member_outstanding=member_outstanding,
        scheme_outstanding=scheme_outstanding,
        member_principal=principals["member"],
        scheme_principal=principals["scheme"],
        member_from=starts["member"],
        scheme_from=starts["scheme"],
        member_accrued=accrued["member"],
        scheme_accrued=accrued["scheme"],
        member_interest=member_interest,
        scheme_interest=scheme_interest,
        member_daily=interest.daily_interest(
            reclaim.outstanding(principals["member"], dates.top_up_member)
        ),
        scheme_daily=interest.daily_interest(scheme_outstanding),
        member_total=member_outstanding + member_interest,
        scheme_total=scheme_outstanding + scheme_interest,
        interest_overpaid=np.where(basis.regulation_4, np.maximum(0, left - accrued["scheme"]), 0),
    )


def _interest_from(paid_on: Days, dates: Dates, positions: Positions, run: Run) -> Days:
    if run is Run.LOW:
        return interest.interest_start(paid_on, dates.exit_date, "revocation")
    in_force = interest.interest_start(paid_on, dates.exit_date, positions.interest_start)
    if run is Run.HIGH:
        return interest.earliest_start(in_force, paid_on, dates.exit_date, dates.due_given_on)
    return in_force


def _early_top_up(positions: Positions, run: Run) -> str:
    """The position on early top-ups that a run takes: low and high cover both."""
    return {Run.LOW: "in_period", Run.HIGH: "since"}.get(run, positions.early_top_up)


def _needs_data(facts: LegalFacts, capped: CapResult, found: Difference) -> Mask:
    """A missing fact on which the answer hangs; salary and linked exits are settled apart."""
    return ~capped.due_complete | _late_and_unknown(facts, found)


def _late_and_unknown(facts: LegalFacts, found: Difference) -> Mask:
    """An exit after the cap was disapplied in England is estimated only where the employer applied it.

    In Wales, where the direction came later, it is estimated always.
    """
    applied = facts.scope.cap_confirmed | (facts.scope.nation == Nation.WALES)
    late: Mask = facts.scope.late & ~applied & ~found.paid_total_known
    return late


def _triage(
    facts: LegalFacts,
    capped: CapResult,
    found: Difference,
    basis: Basis,
    owed: Owed,
    positions: Positions,
) -> Codes:
    short = found.difference > 0
    cut = (capped.reduction > 0) & ~basis.contract_only
    still_owed = (owed.member_total > 0) | (owed.scheme_total > 0)
    topped_up = facts.dates.topped_up
    near = (
        ~short
        & ~facts.payments.waived
        & (capped.counted_total <= capped.available)
        & (capped.headroom < positions.near_line_pence)
    )
    conditions = (
        (~facts.scope.in_scope, Triage.OUT_OF_SCOPE),
        (_needs_data(facts, capped, found), Triage.NEEDS_DATA),
        (short & topped_up & ~still_owed, Triage.REPAIRED),
        (short & topped_up, Triage.PART_REPAIRED),
        (short & cut & found.exact, Triage.CAPPED_EXACT),
        (short & cut, Triage.CAPPED_ESTIMATE),
        (short, Triage.UNDERPAID_NOT_CAPPED),
        (near, Triage.NEAR_LINE),
    )
    return np.select(
        [condition for condition, _ in conditions],
        [np.int8(triage) for _, triage in conditions],
        np.int8(Triage.NOT_CAPPED),
    )
