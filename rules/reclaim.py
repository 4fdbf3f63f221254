"""The reclaim: the difference by payee, what was paid instead, and what has been paid since."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rules.arrays import Days, Mask, Pence, proportion
from rules.coverage import REVOKED
from rules.exit_payments import KINDS, MEMBER_KINDS, REDUNDANCY, STRAIN
from rules.sources import (
    CASH_ALTERNATIVE,
    NOTICE_QUARTER,
    STATUTORY_PROTECTED,
    THE_DIFFERENCE,
    WHO_IS_PAID,
    cited,
)


class ByPayee(NamedTuple):
    """Two sums in pence that are never added into one "owed": the member's and the pension scheme's."""

    member: Pence
    scheme: Pence


@cited(THE_DIFFERENCE)
def lowers_from_the_start(top_up_on: Days, position: str) -> Mask:
    """SI 2021/197 reg 4(3): True where a sum paid since lowers the difference from the first day of interest.

    ``in_period``: a sum paid by 19 March 2021 is part of "the amount paid during the relevant period".
    ``since``: it is a payment like any later one.
    """
    if position == "since":
        return np.zeros(top_up_on.shape, dtype=bool)
    early: Mask = top_up_on <= REVOKED
    return early


@cited(THE_DIFFERENCE)
def signed_shortfalls(due: Pence, paid: Pence) -> Pence:
    """SI 2021/197 reg 4(3): subtract paid from due, payment by payment; below 0 where overpaid."""
    return due - paid


@cited(THE_DIFFERENCE, CASH_ALTERNATIVE)
def borne_by_unknown(reduction: Pence, known_shortfalls: Pence, cash_alternative: Pence) -> Pence:
    """SI 2021/197 reg 4(3); SI 2020/1122 reg 8(1): return what payments of unknown amount must have lost.

    If the employer cut what the cap required: the reduction expected, less what is known to be short,
    plus a cash alternative, which was under the same cap as the strain it replaced (reg 8(2)).
    """
    borne: Pence = np.maximum(0, reduction - known_shortfalls + cash_alternative)
    return borne


@cited(STATUTORY_PROTECTED, NOTICE_QUARTER)
def able_to_bear(counted_due: Pence, unknown: Mask, protected: Pence) -> Pence:
    """SI 2020/1122 regs 6(g), 7(1): return what each payment of unknown amount can lose to the cap.

    The counted part of what was due, less statutory redundancy pay.
    """
    able = counted_due.copy()
    able[REDUNDANCY] = np.maximum(0, able[REDUNDANCY] - protected)
    return np.where(unknown, able, 0)


@cited(STATUTORY_PROTECTED)
def share(amount: Pence, able: Pence, cut_order: str) -> Pence:
    """SI 2020/1122 reg 7(2): share ``amount`` over the payments (kinds by cases), none above its limit.

    ``able`` is the limit: what each payment can lose. ``strain_first``: strain, then the others as
    listed; ``cash_first``: the others, then strain; ``pro_rata``: in proportion, odd pence by largest
    remainder, ties as listed. What is above all the limits is not shared.
    """
    shared = np.minimum(amount, able.sum(axis=0))
    if cut_order == "pro_rata":
        return _in_proportion(shared, able)
    others = list(MEMBER_KINDS)
    sequence = [STRAIN, *others] if cut_order == "strain_first" else [*others, STRAIN]
    borne = np.zeros_like(able)
    left = shared
    for kind in sequence:
        borne[kind] = np.minimum(left, able[kind])
        left = left - borne[kind]
    return borne


@cited(STATUTORY_PROTECTED)
def split_depends_on_order(amount: Pence, able: Pence) -> Mask:
    """SI 2020/1122 reg 7(2): True where the order of the cut changes how much of it the strain bears.

    Strain first gives the most that any order can, cash first the least; in proportion is in between.
    """
    limit = able.sum(axis=0)
    shared = np.minimum(amount, limit)
    most = np.minimum(shared, able[STRAIN])
    least = np.maximum(0, shared - (limit - able[STRAIN]))
    depends: Mask = most != least
    return depends


def _in_proportion(amount: Pence, able: Pence) -> Pence:
    limit = np.maximum(1, able.sum(axis=0))
    floors = np.empty_like(able)
    remainders = np.empty_like(able)
    for kind in range(len(KINDS)):
        floors[kind], remainders[kind] = proportion(amount, able[kind], limit)
    pence_over = amount - floors.sum(axis=0)
    by_remainder = np.argsort(-remainders, axis=0, kind="stable")
    rank = np.empty_like(by_remainder)
    np.put_along_axis(rank, by_remainder, np.arange(len(KINDS))[:, None], axis=0)
    return floors + np.where(rank < pence_over, 1, 0)


@cited(WHO_IS_PAID)
def sum_by_payee(shortfalls: Pence) -> ByPayee:
    """SI 2021/197 regs 4(3)(a), 4(3)(c): add the signed shortfalls (kinds by cases) by payee.

    Strain to the scheme, all else to the member.
    """
    return ByPayee(shortfalls[list(MEMBER_KINDS)].sum(axis=0), shortfalls[STRAIN].copy())


@cited(WHO_IS_PAID)
def net_of_overpayment(shortfall: ByPayee) -> ByPayee:
    """SI 2021/197 reg 4(3): deduct what one payee was overpaid from the other's, neither below 0.

    The regulation gives one net difference.
    """
    member = shortfall.member + np.minimum(0, shortfall.scheme)
    scheme = shortfall.scheme + np.minimum(0, shortfall.member)
    return ByPayee(np.maximum(0, member), np.maximum(0, scheme))


@cited(CASH_ALTERNATIVE, WHO_IS_PAID)
def credit_cash_alternative(shortfall: ByPayee, credit: Pence) -> ByPayee:
    """SI 2020/1122 reg 8(1); SI 2021/197 reg 4(3): deduct the cash alternative from the shortfalls.

    First from the scheme's, the rest from the member's.
    """
    against_scheme = np.minimum(shortfall.scheme, credit)
    against_member = np.minimum(shortfall.member, credit - against_scheme)
    return ByPayee(shortfall.member - against_member, shortfall.scheme - against_scheme)


@cited(WHO_IS_PAID)
def refund_of_own_strain(shortfall: ByPayee, member_funded: Pence) -> ByPayee:
    """SI 2021/197 reg 4(3): move strain that the member paid personally to the member.

    Up to the scheme's shortfall.
    """
    moved = np.minimum(shortfall.scheme, member_funded)
    return ByPayee(shortfall.member + moved, shortfall.scheme - moved)


@cited(THE_DIFFERENCE)
def outstanding(shortfall: Pence, paid_since: Pence) -> Pence:
    """SI 2021/197 reg 4(3): return what is still owed to one payee; an excess is never used for the other."""
    owed: Pence = np.maximum(0, shortfall - paid_since)
    return owed
