"""What an exit payment is, what part of it counts towards the cap, and whose money it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from rules.arrays import Mask, Pence, half_up
from rules.sources import EXIT_PAYMENTS, NOTICE_EXCESS_ONLY, NOTICE_QUARTER, Citation, cited


class Payee(StrEnum):
    """SI 2021/197 reg 4(3)(a), 4(3)(c): to whom the difference is owed.

    A payment to another person in respect of the member, reg 4(3)(b), is entered as the member's.
    """

    MEMBER = "member"
    SCHEME = "scheme"


@dataclass(frozen=True)
class PaymentKind:
    """SI 2020/1122 reg 5(2): one description of an exit payment."""

    name: str
    title: str
    payee: Payee
    paragraph: str

    @property
    def citation(self) -> Citation:
        """The paragraph of regulation 5 that makes it an exit payment."""
        return Citation(
            EXIT_PAYMENTS.source, f"reg {self.paragraph}", EXIT_PAYMENTS.seen, EXIT_PAYMENTS.path
        )


KINDS: tuple[PaymentKind, ...] = (
    PaymentKind("redundancy", "Redundancy pay", Payee.MEMBER, "5(2)(a)"),
    PaymentKind("pension_strain", "Pension strain", Payee.SCHEME, "5(2)(b)"),
    PaymentKind("notice_pay", "Pay in lieu of notice", Payee.MEMBER, "5(2)(g)"),
    PaymentKind("settlement", "Settlement or conciliation sum", Payee.MEMBER, "5(2)(c)"),
    PaymentKind("severance", "Severance or ex gratia payment", Payee.MEMBER, "5(2)(d)"),
    PaymentKind("voluntary_exit", "Voluntary exit payment", Payee.MEMBER, "5(2)(f)"),
    PaymentKind("fixed_term", "Payment for the rest of a fixed term", Payee.MEMBER, "5(2)(h)"),
    PaymentKind("shares", "Shares or share options", Payee.MEMBER, "5(2)(e)"),
    PaymentKind("other_exit", "Other payment because of leaving", Payee.MEMBER, "5(2)(i)"),
)
"""SI 2020/1122 reg 5(2): the exit payments, in the order in which they are listed and share a cut.

The first axis of every table of payments in the rules has this order."""

REDUNDANCY, STRAIN, NOTICE, SHARES = map(
    [kind.name for kind in KINDS].index, ("redundancy", "pension_strain", "notice_pay", "shares")
)
"""Indexes in :data:`KINDS` of the kinds that a rule names."""
MEMBER_KINDS: tuple[int, ...] = tuple(
    index for index, kind in enumerate(KINDS) if kind.payee is Payee.MEMBER
)
"""Indexes in :data:`KINDS` of the payments owed to the member."""


@cited(NOTICE_QUARTER)
def quarter_of_salary(annual_salary: Pence) -> Pence:
    """SI 2020/1122 reg 6(g): return a quarter of annual salary, half up to the penny."""
    return half_up(annual_salary, 4)


@cited(NOTICE_QUARTER, NOTICE_EXCESS_ONLY)
def counted_notice_pay(notice_pay: Pence, quarter: Pence, reading: str) -> Pence:
    """SI 2020/1122 reg 6(g): return the part of pay in lieu of notice that counts towards the cap.

    ``excess_only``: what exceeds a quarter of salary (the Treasury's guidance). ``all_or_nothing``: the
    full sum once it exceeds a quarter, else nothing. A sum of exactly a quarter is exempt either way.
    """
    exceeds = notice_pay > quarter
    counted_if_exceeding = notice_pay - quarter if reading == "excess_only" else notice_pay
    return np.where(exceeds, counted_if_exceeding, 0)


@cited(NOTICE_QUARTER)
def notice_owed_by_contract_alone(short: Pence, counted_short: Pence) -> Pence:
    """SI 2020/1122 reg 6(g): return the part of a shortfall of notice pay that is no exit payment.

    ``counted_short`` is the part of the shortfall that counted towards the cap: what counts of the sum due
    less what counts of the sum paid. The rest is owed under the contract and not under regulation 4.
    """
    return np.where(short > 0, np.maximum(0, short - counted_short), 0)


@cited(EXIT_PAYMENTS)
def counted_payments(payments: Pence, counted_notice: Pence) -> Pence:
    """SI 2020/1122 reg 5(2): return the payments (kinds by cases) with only the counted notice pay."""
    counted = payments.copy()
    counted[NOTICE] = counted_notice
    return counted


@cited(EXIT_PAYMENTS)
def total(payments: Pence) -> Pence:
    """SI 2020/1122 reg 5(2): add the payments (kinds by cases) of each case."""
    summed: Pence = payments.sum(axis=0, dtype=np.int64)
    return summed


@cited(EXIT_PAYMENTS)
def known_total(payments: Pence, known: Mask) -> Pence:
    """SI 2020/1122 reg 5(2): add the payments (kinds by cases) of each case that are known."""
    return total(np.where(known, payments, 0))
