"""The difference: 2021 Regs 4. What was due less what was paid, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from .basics import CAP_REVOKED, PAYMENTS, STRAIN, in_relevant_period
from .counted import notice_pay_counted
from .facts import Case, Positions

CUT_ORDERS = ("strain_first", "cash_first", "pro_rata")


# --- What was paid ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Paid:
    """What is known of the amounts paid at the exit."""

    unknown: tuple[str, ...]  # payments whose paid amount is not known
    known_sum: int
    total_usable: bool
    mismatch: bool
    total: int | None  # without the cash alternative; None where it must be estimated

    @property
    def exact(self) -> bool:
        """2021 Regs 4(3): "the amount paid during the relevant period" is known as a sum."""
        return not self.unknown or self.total_usable


def what_was_paid(case: Case, dues_unknown: set[str]) -> Paid:
    """The sum of the parts, or the total where the parts are not all known and fit into it."""
    unknown = tuple(
        kind
        for kind in PAYMENTS
        if case.paid[kind] is None and (case.due[kind] is not None or kind in dues_unknown)
    )
    known_sum = sum(case.paid[kind] or 0 for kind in PAYMENTS)
    parts = known_sum + case.cash_alternative_paid
    total = case.total_paid
    if not unknown:
        mismatch = total is not None and total != parts
        return Paid(unknown, known_sum, False, mismatch, known_sum)
    if total is None:
        return Paid(unknown, known_sum, False, False, None)
    if total < parts:
        return Paid(unknown, known_sum, False, True, None)
    return Paid(unknown, known_sum, True, False, total - case.cash_alternative_paid)


# --- When it was paid ---------------------------------------------------------------------------


def strain_paid_in_period(case: Case) -> bool:
    """2021 Regs 4(1): a payment to the scheme in respect of P is one to P."""
    return (
        case.strain_paid_on is not None
        and in_relevant_period(case.strain_paid_on)
        and case.paid[STRAIN] != 0
    )


def topped_up_in_period(case: Case) -> bool:
    """A top-up above 0 is dated in the relevant period."""
    return case.has_top_up and case.top_up_date is not None and in_relevant_period(case.top_up_date)


def topped_up_by_revocation(case: Case) -> bool:
    """2021 Regs 4(3): "the amount paid during the relevant period" may include the top-up."""
    return case.has_top_up and case.top_up_date is not None and case.top_up_date <= CAP_REVOKED


def paid_outside_by_date(case: Case) -> bool:
    """2021 Regs 2 and 4(1), (2)(a): no payment is dated in the relevant period."""
    return not (
        in_relevant_period(case.payment_date or case.exit_date)
        or strain_paid_in_period(case)
        or topped_up_in_period(case)
    )


def nothing_paid(case: Case, paid: Paid) -> bool:
    """2021 Regs 4(2)(a): no exit payment was made at all, though something was due."""
    if not paid.exact or not case.something_was_due:
        return False
    return paid.total == 0 and case.cash_alternative_paid == 0 and not topped_up_in_period(case)


# --- Sharing of a cut ---------------------------------------------------------------------------


def share(amount: int, bearable: dict[str, int], cut_order: str) -> dict[str, int]:
    """A cut spread over payments, none beyond what it can bear: the employer's choice of order."""
    amount = min(amount, sum(bearable.values()))
    if cut_order == "pro_rata":
        return share_in_proportion(amount, bearable)
    others = [kind for kind in PAYMENTS if kind in bearable and kind != STRAIN]
    strain = [STRAIN] if STRAIN in bearable else []
    shares = {}
    for kind in strain + others if cut_order == "strain_first" else others + strain:
        shares[kind] = min(amount, bearable[kind])
        amount -= shares[kind]
    return shares


def share_in_proportion(amount: int, bearable: dict[str, int]) -> dict[str, int]:
    """Whole pence by largest remainder, ties in the order of the payments."""
    whole = sum(bearable.values())
    if whole == 0:
        return dict.fromkeys(bearable, 0)
    shares = {kind: amount * most // whole for kind, most in bearable.items()}
    by_remainder = sorted(
        bearable, key=lambda kind: (-(amount * bearable[kind] % whole), PAYMENTS.index(kind))
    )
    for kind in by_remainder[: amount - sum(shares.values())]:
        shares[kind] += 1
    return shares


def rest_of_total(paid: Paid) -> int:
    """What the payments of unknown amount got together, where the total is known."""
    assert paid.total is not None
    return paid.total - paid.known_sum


def share_of_unknown(
    case: Case, paid: Paid, most: dict[str, int], estimate: int, cut_order: str
) -> dict[str, int]:
    """The shortfall of the payments whose paid amount is unknown, spread over them.

    With a total it is what was due less what is left of the total; else the estimated cut.
    """
    if not paid.total_usable:
        return share(estimate, most, cut_order)
    dues = {kind: case.due[kind] or 0 for kind in paid.unknown}
    short = sum(dues.values()) - rest_of_total(paid)
    if short <= 0:
        return dict.fromkeys(dues, 0)
    first = share(short, most, cut_order)
    rest = {kind: dues[kind] - most[kind] for kind in dues}
    second = share(short - sum(first.values()), rest, cut_order)
    return {kind: first[kind] + second[kind] for kind in dues}


# --- Shortfalls by payee ------------------------------------------------------------------------


@dataclass(frozen=True)
class Gross:
    """Shortfalls by payee before the cash alternative, signed, and how they were found."""

    member: int
    scheme: int
    notice_no_exit_payment: int  # of the notice pay short, what 2020 Regs 6(g) takes out
    not_placed: bool
    assumed_split: bool
    shares: dict[str, int]  # what payments of unknown amount bear


def counted_shortfalls(
    case: Case, paid: Paid, parts: dict[str, int], positions: Positions, exempt: bool
) -> int:
    """Known shortfalls as far as they count; of notice pay, what counted of due less of paid."""
    known = 0
    for kind in PAYMENTS:
        if kind not in paid.unknown:
            amount = case.paid[kind] or 0
            if kind == "notice_pay":
                amount = notice_pay_counted(amount, case, positions, exempt)
            known += parts[kind] - amount
    return known


def gross_shortfalls(
    case: Case,
    paid: Paid,
    parts: dict[str, int],
    protected: int,
    reduction: int,
    positions: Positions,
    exempt: bool,
) -> Gross:
    """2021 Regs 4(2), (3): due less paid, by payee; strain is the scheme's, all else the member's."""
    member = scheme = 0
    notice_short = 0
    for kind in PAYMENTS:
        if kind not in paid.unknown:
            shortfall = (case.due[kind] or 0) - (case.paid[kind] or 0)
            if kind == STRAIN:
                scheme += shortfall
            else:
                member += shortfall
            if kind == "notice_pay":
                notice_short = shortfall
    most = {kind: parts[kind] for kind in paid.unknown}
    if "redundancy" in most:
        most["redundancy"] = max(0, most["redundancy"] - protected)  # 2020 Regs 7(1)
    estimate = 0
    if paid.unknown and not paid.total_usable:
        # The cash alternative stood in for strain: it was cut by that much more (2020 Regs 8).
        known = counted_shortfalls(case, paid, parts, positions, exempt)
        estimate = max(0, reduction - known + case.cash_alternative_paid)

    def to_scheme(order: str) -> int:
        return share_of_unknown(case, paid, most, estimate, order).get(STRAIN, 0)

    shares = share_of_unknown(case, paid, most, estimate, positions.cut_order)
    both_payees = STRAIN in paid.unknown and len(paid.unknown) > 1
    assumed_split = both_payees and len({to_scheme(order) for order in CUT_ORDERS}) > 1
    scheme += shares.get(STRAIN, 0)
    member += sum(amount for kind, amount in shares.items() if kind != STRAIN)
    notice_short = shares.get("notice_pay", notice_short)
    if paid.total_usable:
        excess = max(0, rest_of_total(paid) - sum(case.due[kind] or 0 for kind in paid.unknown))
        # Either all of it went to the member, or the scheme has no known shortfall to set it
        # against: so the member's shortfall comes first.
        off_member = min(excess, max(0, member))
        off_scheme = min(excess - off_member, max(0, scheme))
        member, scheme = member - off_member, scheme - off_scheme
    return Gross(
        member,
        scheme,
        notice_no_exit_payment(case, notice_short, positions, exempt),
        estimate > sum(most.values()),
        assumed_split,
        shares,
    )


def notice_no_exit_payment(case: Case, short: int, positions: Positions, exempt: bool) -> int:
    """2020 Regs 6(g): notice pay short that was no exit payment, so that 2021 Regs 4 leaves it out."""
    if short <= 0:
        return 0
    due = case.due["notice_pay"] or 0
    counted_due = notice_pay_counted(due, case, positions, exempt)
    counted_paid = notice_pay_counted(due - short, case, positions, exempt)
    return max(0, short - (counted_due - counted_paid))


@dataclass(frozen=True)
class Net:
    """The difference by payee after the cash alternative and self-funded strain."""

    member: int
    scheme: int
    credit: int
    contract_only: int  # of the member's, notice pay that is no exit payment
    reasons: frozenset[str]

    @property
    def difference(self) -> int:
        """2021 Regs 4(3): one net difference."""
        return self.member + self.scheme

    @property
    def is_contract_only(self) -> bool:
        """2020 Regs 6(g): nothing that is short was an exit payment."""
        return 0 < self.difference == self.contract_only


def net_shortfalls(case: Case, gross: Gross, credit_it: bool) -> Net:
    """2021 Regs 4(3)(a) to (d): one net difference, owed to one payee or more.

    The cash alternative (2020 Regs 8) stood in for the strain, so it is credited there first.
    Strain that the member paid is owed back to the member.
    """
    reasons = set()
    member, scheme = gross.member, gross.scheme
    if gross.member < 0:
        reasons.add("member_overpaid_at_exit")
        scheme += gross.member
    if gross.scheme < 0:
        reasons.add("scheme_overpaid_at_exit")
        member += gross.scheme
    member, scheme = max(0, member), max(0, scheme)
    credit = case.cash_alternative_paid if credit_it else 0
    if credit > member + scheme:
        reasons.add("cash_alternative_exceeds_shortfall")
    from_scheme = min(credit, scheme)
    from_member = min(credit - from_scheme, member)
    member, scheme = member - from_member, scheme - from_scheme
    contract_only = min(gross.notice_no_exit_payment, member)
    self_funded = min(case.member_funded_strain, scheme)
    if self_funded:
        reasons.add("self_funded_strain")
    return Net(
        member + self_funded, scheme - self_funded, credit, contract_only, frozenset(reasons)
    )
