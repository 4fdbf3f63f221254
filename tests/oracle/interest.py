"""What is still owed, and interest on it: 2021 Regs 4(3), Judgment Debts (Rate of Interest) Order 1993."""

from __future__ import annotations

from dataclasses import dataclass

from .basics import CAP_REVOKED, Day, half_up
from .difference import Net, topped_up_by_revocation
from .facts import Case


def simple_interest(principal: int, start: Day, end: Day, top_up: int, top_up_day: Day) -> int:
    """Judgment Debts (Rate of Interest) Order 1993 art 2: 8% a year, simple, on 365 days.

    The first day is left out and the last counts. A top-up lowers the principal from its day.
    """
    if end <= start:
        return 0
    turn = min(max(top_up_day, start), end)
    before = principal * (turn - start).days
    after = max(0, principal - top_up) * (end - turn).days
    return half_up((before + after) * 8, 36_500)


def daily_interest(outstanding: int) -> int:
    """A day's interest on what is still owed, for information."""
    return half_up(outstanding * 8, 36_500)


@dataclass(frozen=True)
class Reading:
    """One reading of what 2021 Regs 4 leaves open: the likely one, the lowest or the highest."""

    member_from: Day
    scheme_from: Day
    credits_cash_alternative: bool
    early_top_up_in_period: bool


def usual_starts(case: Case) -> tuple[Day, Day]:
    """The day of payment, and the day the strain was or would have been invoiced."""
    member = case.payment_date or case.exit_date
    return member, case.strain_due_date or member


def likely_reading(case: Case, interest_start: str, credit_it: bool, in_period: bool) -> Reading:
    """2021 Regs 4(3) fixes a rate and no first day: the reading in force."""
    member, scheme = usual_starts(case)
    if interest_start == "exit":
        member = scheme = case.exit_date
    elif interest_start == "revocation":
        member, scheme = max(member, CAP_REVOKED), max(scheme, CAP_REVOKED)
    return Reading(member, scheme, credit_it, in_period)


def lowest_reading(case: Case) -> Reading:
    """Interest from the revocation, the cash alternative credited, an early top-up in the period."""
    member, scheme = usual_starts(case)
    return Reading(max(member, CAP_REVOKED), max(scheme, CAP_REVOKED), True, True)


def highest_reading(case: Case, in_force: Reading) -> Reading:
    """Interest from the earliest day arguable, no credit, and an early top-up since."""
    member, scheme = usual_starts(case)
    exit_or_due = max(case.due_date or case.exit_date, case.exit_date)
    return Reading(
        min(in_force.member_from, member, exit_or_due),
        min(in_force.scheme_from, scheme, exit_or_due),
        False,
        False,
    )


def top_up_counts(case: Case, as_at: Day) -> bool:
    """Something was paid after the exit and by the day of calculation."""
    return case.has_top_up and case.top_up_date is not None and case.top_up_date <= as_at


@dataclass(frozen=True)
class Claim:
    """What is owed on the day of calculation, by payee."""

    member_outstanding: int
    scheme_outstanding: int
    member_principal: int  # what bears interest, before top-ups
    scheme_principal: int
    member_interest: int
    scheme_interest: int
    member_daily_interest: int
    scheme_daily_interest: int
    reasons: frozenset[str]

    @property
    def member_total(self) -> int:
        """Principal and unpaid interest owed to the member."""
        return self.member_outstanding + self.member_interest

    @property
    def scheme_total(self) -> int:
        """Principal and unpaid interest owed to the scheme."""
        return self.scheme_outstanding + self.scheme_interest

    @property
    def nothing_left(self) -> bool:
        """Neither principal nor interest is outstanding to either payee."""
        return self.member_total == 0 and self.scheme_total == 0


def claim(
    case: Case, net: Net, contract_only: int, basis: bool, reading: Reading, as_at: Day
) -> Claim:
    """2021 Regs 4(3): the difference less what was paid since, and interest still unpaid.

    One payee's excess is never used for the other. Interest paid goes to the member's line first.
    Notice pay that was no exit payment bears no interest, and a top-up goes to it last.
    """
    counts = top_up_counts(case, as_at)
    to_member = case.top_up_member if counts else 0
    to_scheme = case.top_up_scheme if counts else 0
    as_interest = case.top_up_interest if counts else 0
    reasons = set()
    if to_member > net.member:
        reasons.add("member_overpaid_since")
    if to_scheme > net.scheme:
        reasons.add("scheme_overpaid_since")
    member, scheme = net.member - contract_only, net.scheme
    member_interest = scheme_interest = 0
    if basis:
        turn = case.top_up_date or as_at
        if reading.early_top_up_in_period and topped_up_by_revocation(case):
            turn = Day.min  # part of "the amount paid during the relevant period"
        member_gross = simple_interest(member, reading.member_from, as_at, to_member, turn)
        scheme_gross = simple_interest(scheme, reading.scheme_from, as_at, to_scheme, turn)
        if as_interest > member_gross + scheme_gross:
            reasons.add("interest_overpaid_since")
        member_interest = max(0, member_gross - as_interest)
        left = max(0, as_interest - member_gross)
        scheme_interest = max(0, scheme_gross - left)
    return Claim(
        max(0, net.member - to_member),
        max(0, net.scheme - to_scheme),
        member,
        scheme,
        member_interest,
        scheme_interest,
        daily_interest(max(0, member - to_member)),
        daily_interest(max(0, scheme - to_scheme)),
        frozenset(reasons),
    )
