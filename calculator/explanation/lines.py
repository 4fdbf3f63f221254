"""The payments and the interest of a row as figures, for letters and for the steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.outcome import Outcome
from calculator.explanation.steps import Row, as_date, explained_row
from rules import coverage, reclaim
from rules.choices import Nation
from rules.exit_payments import KINDS, Payee
from rules.sources import Citation


@dataclass(frozen=True)
class PaymentLine:
    """Hold one payment of a row in pence: due, paid and short; None where that is not known.

    ``kind`` is the name of its PaymentKind, ``title`` how that is displayed. ``estimated``: what is short
    is this payment's share of a cut, not due less paid. ``from_total``: that share is taken from the
    total paid.
    """

    kind: str
    title: str
    payee: Payee
    citation: Citation
    due: int | None
    paid: int | None
    short: int | None
    estimated: bool
    from_total: bool


@dataclass(frozen=True)
class InterestLine:
    """Hold the interest to one payee: on what sum, from which day, for how many days, in pence.

    ``days`` run from the start to the day of calculation; on the first ``days_before`` of them interest
    runs on ``principal``, and on the rest on ``reduced_to``. Without a sum paid since the two are equal.
    ``early``: a sum paid by 19 March 2021 that is taken off ``principal`` from the first day, else 0.
    """

    payee: Payee
    principal: int
    reduced_to: int
    start: date
    days_before: int
    days: int
    accrued: int
    early: int


@dataclass(frozen=True)
class Lines:
    """Hold the payments and the interest of a row as figures, where the steps give sentences.

    ``outstanding``: what is left of each payee's shortfall. ``contract_counts``: False where the contract
    clock is of use for a declaration only. ``words_met``: an exit before the cap whose payment meets the
    words of regulation 4. ``due_on``: the day the payments fell due, the day of exit where none is given.
    """

    payments: tuple[PaymentLine, ...]
    interest: tuple[InterestLine, ...]
    scheme_before_credit: int
    credit: int
    refunded_strain: int
    regulation_4: bool
    split_assumed: bool
    late: bool
    scotland: bool
    northern_ireland: bool
    wales: bool
    payment_assumed: bool
    schedule_entry: str
    outstanding: Mapping[Payee, int]
    contract_counts: bool
    words_met: bool
    due_on: date


def lines_of(outcome: Outcome, row: int) -> Lines:
    """Return the payments and the interest of one row, by its index in the table.

    What is short is given where the results give a difference. ``regulation_4`` says whether SI 2021/197
    reg 4 is the basis, or, where the difference is not known, whether nothing entered rules it out.
    ValueError for a row in error.
    """
    explained = explained_row(outcome, row)
    worked, index = explained.worked, explained.index
    facts, difference = worked.facts, worked.difference
    entry = coverage.named_in_schedule(outcome.cases.text["employer_name"][row])
    basis = bool(worked.basis.regulation_4[index])
    if Triage(int(outcome.triage[row])) < Triage.REPAIRED:
        basis = not (facts.dates.paid_outside_period[index] or facts.payments.waived[index])
    nation = int(facts.scope.nation[index])
    return Lines(
        payments=tuple(payment_lines(explained)),
        interest=tuple(interest_lines(explained)),
        scheme_before_credit=int(difference.scheme_net[index]),
        credit=int(difference.credit[index]),
        refunded_strain=int(difference.refunded_strain[index]),
        regulation_4=basis,
        split_assumed=bool(difference.split_assumed[index]),
        late=bool(facts.scope.late[index]),
        scotland=bool(facts.scope.scotland[index]),
        northern_ireland=nation == Nation.NORTHERN_IRELAND,
        wales=nation == Nation.WALES,
        payment_assumed=bool(facts.dates.payment_assumed[index]),
        schedule_entry=entry.words if entry is not None else "",
        outstanding={
            Payee.MEMBER: int(worked.owed.member_outstanding[index]),
            Payee.SCHEME: int(worked.owed.scheme_outstanding[index]),
        },
        contract_counts=bool(worked.clocks.contract_counts[index]),
        words_met=bool(worked.words_of_regulation_4_met[index]),
        due_on=as_date(facts.dates.due_on[index]),
    )


def payment_lines(row: Row) -> Iterator[PaymentLine]:
    """Return each payment of a row that is due or paid, in the order of KINDS."""
    pay, difference, index = row.worked.facts.payments, row.worked.difference, row.index
    known = row.outcome.cases.known
    difference_known = row.figure("difference") is not None
    for kind_index, kind in enumerate(KINDS):
        cell = kind_index, index
        due_known, unknown = bool(pay.due_known[cell]), bool(pay.paid_unknown[cell])
        due, paid = int(pay.due[cell]), int(pay.paid[cell])
        paid_known = bool(known[f"{kind.name}_paid"][row.number]) or (due_known and not unknown)
        if not (due_known or paid_known) or not (due or paid):
            continue
        short = int((difference.borne if unknown else difference.known_shortfalls)[cell])
        from_total = unknown and bool(difference.total_used[index])
        yield PaymentLine(
            kind=kind.name,
            title=kind.title,
            payee=kind.payee,
            citation=kind.citation,
            due=due if due_known else None,
            paid=paid if paid_known else None,
            short=short if difference_known and due_known else None,
            estimated=unknown and (not from_total or bool(difference.split_assumed[index])),
            from_total=from_total,
        )


def interest_lines(row: Row) -> Iterator[InterestLine]:
    """Return the interest to each payee that is short; none where SI 2021/197 reg 4 is not the basis."""
    owed, dates, index = row.worked.owed, row.worked.facts.dates, row.index
    if not row.worked.basis.regulation_4[index] or row.figure("member_interest") is None:
        return
    end = np.datetime64(row.outcome.as_at, "D")
    in_period = reclaim.lowers_from_the_start(
        dates.top_up_on[[index]], row.outcome.positions.early_top_up
    )[0]
    for payee, principal, start, accrued, top_up in (
        (
            Payee.MEMBER,
            int(owed.member_principal[index]),
            owed.member_from[index],
            owed.member_accrued[index],
            int(dates.top_up_member[index]),
        ),
        (
            Payee.SCHEME,
            int(owed.scheme_principal[index]),
            owed.scheme_from[index],
            owed.scheme_accrued[index],
            int(dates.top_up_scheme[index]),
        ),
    ):
        if not principal:
            continue
        early = min(principal, top_up) if in_period else 0
        principal, top_up = principal - early, 0 if in_period else top_up
        days = max(0, int((end - start).astype(int)))
        before = days
        if top_up:
            before = min(days, max(0, int((dates.top_up_on[index] - start).astype(int))))
        yield InterestLine(
            payee=payee,
            principal=principal,
            reduced_to=max(0, principal - top_up),
            start=as_date(start),
            days_before=before,
            days=days,
            accrued=int(accrued),
            early=early,
        )
