"""The reclaim: the difference by payee, what was paid instead, and what has been paid since."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rules.arrays import Mask, Pence, proportion
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
def signed_shortfalls(due: Pence, paid: Pence) -> Pence:
    """Due less paid, payment by payment; below 0 where more was paid than due."""
    return due - paid


@cited(THE_DIFFERENCE, CASH_ALTERNATIVE)
def borne_by_unknown(reduction: Pence, known_shortfalls: Pence, cash_alternative: Pence) -> Pence:
    """What the payments of unknown amount must have lost, if the employer cut what the cap required.

    The reduction expected, less what is known to be short, plus a cash alternative, which stood under the
    same cap as the strain it replaced.
    """
    borne: Pence = np.maximum(0, reduction - known_shortfalls + cash_alternative)
    return borne


@cited(STATUTORY_PROTECTED, NOTICE_QUARTER)
def able_to_bear(counted_due: Pence, unknown: Mask, protected: Pence) -> Pence:
    """What each payment of unknown amount can lose to the cap: its counted due, less statutory pay."""
    able = counted_due.copy()
    able[REDUNDANCY] = np.maximum(0, able[REDUNDANCY] - protected)
    return np.where(unknown, able, 0)


@cited(STATUTORY_PROTECTED)
def share(amount: Pence, able: Pence, cut_order: str) -> Pence:
    """``amount`` shared over the payments (kinds by cases), none above what it is able to bear.

    ``strain_first``: strain, then the others as listed; ``cash_first``: the others, then strain;
    ``pro_rata``: in proportion, whole pence by largest remainder, ties as listed. What cannot be placed
    stays unplaced.
    """
    placeable = np.minimum(amount, able.sum(axis=0))
    if cut_order == "pro_rata":
        return _in_proportion(placeable, able)
    others = list(MEMBER_KINDS)
    sequence = [STRAIN, *others] if cut_order == "strain_first" else [*others, STRAIN]
    borne = np.zeros_like(able)
    left = placeable
    for kind in sequence:
        borne[kind] = np.minimum(left, able[kind])
        left = left - borne[kind]
    return borne


@cited(STATUTORY_PROTECTED)
def split_depends_on_order(amount: Pence, able: Pence) -> Mask:
    """True where the order of cutting changes what falls on the strain.

    Strain first gives it the most any order can, cash first the least; in proportion lies between.
    """
    able_in_all = able.sum(axis=0)
    placeable = np.minimum(amount, able_in_all)
    most = np.minimum(placeable, able[STRAIN])
    least = np.maximum(0, placeable - (able_in_all - able[STRAIN]))
    depends: Mask = most != least
    return depends


def _in_proportion(amount: Pence, able: Pence) -> Pence:
    whole = np.maximum(1, able.sum(axis=0))
    floors = np.empty_like(able)
    remainders = np.empty_like(able)
    for kind in range(len(KINDS)):
        floors[kind], remainders[kind] = proportion(amount, able[kind], whole)
    pence_over = amount - floors.sum(axis=0)
    by_remainder = np.argsort(-remainders, axis=0, kind="stable")
    rank = np.empty_like(by_remainder)
    np.put_along_axis(rank, by_remainder, np.arange(len(KINDS))[:, None], axis=0)
    return floors + np.where(rank < pence_over, 1, 0)


@cited(WHO_IS_PAID)
def sum_by_payee(shortfalls: Pence) -> ByPayee:
    """Signed shortfalls (kinds by cases) summed by payee: strain to the scheme, all else to the member."""
    return ByPayee(shortfalls[list(MEMBER_KINDS)].sum(axis=0), shortfalls[STRAIN].copy())


@cited(WHO_IS_PAID)
def net_of_overpayment(shortfall: ByPayee) -> ByPayee:
    """One net difference: what one payee was overpaid is set against the other's, neither below 0."""
    member = shortfall.member + np.minimum(0, shortfall.scheme)
    scheme = shortfall.scheme + np.minimum(0, shortfall.member)
    return ByPayee(np.maximum(0, member), np.maximum(0, scheme))


@cited(CASH_ALTERNATIVE, WHO_IS_PAID)
def credit_cash_alternative(shortfall: ByPayee, credit: Pence) -> ByPayee:
    """The shortfalls after the cash alternative: first against the scheme's, the rest the member's."""
    against_scheme = np.minimum(shortfall.scheme, credit)
    against_member = np.minimum(shortfall.member, credit - against_scheme)
    return ByPayee(shortfall.member - against_member, shortfall.scheme - against_scheme)


@cited(WHO_IS_PAID)
def refund_of_own_strain(shortfall: ByPayee, member_funded: Pence) -> ByPayee:
    """Strain the member paid personally is owed back to the member, up to the scheme's shortfall."""
    moved = np.minimum(shortfall.scheme, member_funded)
    return ByPayee(shortfall.member + moved, shortfall.scheme - moved)


@cited(THE_DIFFERENCE)
def outstanding(shortfall: Pence, paid_since: Pence) -> Pence:
    """What is still owed to one payee; an excess is never used for the other."""
    owed: Pence = np.maximum(0, shortfall - paid_since)
    return owed
