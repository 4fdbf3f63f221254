"""What counts towards the cap, what is unknown of it, and the order of a person's exits."""

from __future__ import annotations

from decimal import Decimal

from .basics import PAYMENTS, STRAIN, half_up
from .facts import Case, Positions, is_55_at_exit


def salary_matters(case: Case) -> bool:
    """2020 Regs 6(g): notice pay is due and the salary it is measured against is unknown."""
    return case.annual_salary is None and bool(case.due["notice_pay"])


def notice_pay_counted(amount: int, case: Case, positions: Positions, exempt: bool) -> int:
    """2020 Regs 6(g): pay in lieu of notice up to a quarter of salary is not an exit payment.

    Where the salary is unknown it is taken as wholly exempt or wholly counted.
    """
    if case.annual_salary is None:
        return 0 if exempt else amount
    quarter = half_up(case.annual_salary, 4)
    if positions.notice_pay_reading == "all_or_nothing":
        return amount if amount > quarter else 0
    return max(0, amount - quarter)


def counted_parts(case: Case, positions: Positions, exempt: bool) -> dict[str, int]:
    """2020 Regs 5(2) and 6: of each payment due, what counts towards the cap."""
    parts = {kind: case.due[kind] or 0 for kind in PAYMENTS}
    parts["notice_pay"] = notice_pay_counted(parts["notice_pay"], case, positions, exempt)
    return parts


def strain_may_be_hidden(case: Case) -> bool:
    """LGPS 2013 reg 30(7): 55 or over and redundant or leaving for efficiency, strain not given."""
    return (
        case.due[STRAIN] is None
        and case.scheme == "lgps"
        and is_55_at_exit(case) is True
        and case.exit_reason in ("redundancy", "business_efficiency")
        and not case.wholly_waived
    )


def unknown_dues(case: Case, in_scope: bool) -> set[str]:
    """Payments of which it is not known how much was due.

    Out of scope a payment with due and paid blank is no part of the exit.
    """
    unknown = {kind for kind in PAYMENTS if case.due[kind] is None and case.paid[kind] is not None}
    if in_scope and all(case.due[kind] is None for kind in PAYMENTS):
        unknown |= {"redundancy", STRAIN}
    if case.statutory_redundancy and case.due["redundancy"] is None:
        unknown.add("redundancy")
    if case.due[STRAIN] is None and (case.cash_alternative_paid or case.member_funded_strain):
        unknown.add(STRAIN)
    return unknown


def allowed_under(available: int, counted: int, protected: int) -> int:
    """2020 Regs 3 and 7: the total allowed; the statutory redundancy payment is never cut."""
    if counted <= available:
        return counted
    return protected + min(counted - protected, max(0, available - protected))


def reg_4_key(case: Case) -> tuple[object, ...]:
    """2020 Regs 4: day of exit, then salary, hours and length of service, each descending."""
    salary, hours, start = case.annual_salary, case.monthly_hours, case.service_start
    return (
        case.exit_date,
        (salary is None, -(salary or 0)),
        (hours is None, -(hours or Decimal(0))),
        (start is None, start or case.exit_date),
    )
