"""The cap: £95,000 for all exits within 28 days; statutory redundancy pay is never cut."""

from __future__ import annotations

import numpy as np

from rules.arrays import Counts, Days, Mask, Pence
from rules.sources import (
    CAP_IN_ACT,
    ORDER_OF_EXITS,
    RELAXATION,
    STATUTORY_PROTECTED,
    THE_CAP,
    WHO_RELAXES,
    cited,
)

CAP = 9_500_000
"""£95,000 in pence: Small Business, Enterprise and Employment Act 2015 s.153A(1)."""
LINKED_DAYS = 28
"""Exits within 28 consecutive days share one cap (s.153A(2), reg 3(b)): first and last at most 27 days apart."""


@cited(THE_CAP, RELAXATION, WHO_RELAXES, CAP_IN_ACT)
def cap_available(relaxed_by: Pence, used_before: Pence) -> Pence:
    """SI 2020/1122 reg 3; SBEEA 2015 s.153C(1): return what is left of the cap for this exit.

    The cap, more where it was relaxed, less what earlier exits used.
    """
    available: Pence = np.maximum(0, CAP + relaxed_by - used_before)
    return available


@cited(THE_CAP, STATUTORY_PROTECTED)
def allowed_total(counted_total: Pence, protected: Pence, available: Pence) -> Pence:
    """SI 2020/1122 regs 3(a), 7(1), 7(2), 7(3): return what the cap allows of the counted payments.

    All of them up to the cap: exactly the cap does not exceed it (reg 3(a)). Above it, statutory
    redundancy pay in full (reg 7(1)) and of the other payments what the cap leaves after it (reg 7(2)),
    nothing where that pay alone reaches the cap (reg 7(3)).
    """
    other_payments = counted_total - protected
    left_for_others = np.maximum(0, available - protected)
    when_over = protected + np.minimum(other_payments, left_for_others)
    return np.where(counted_total <= available, counted_total, when_over)


@cited(THE_CAP)
def headroom(counted_total: Pence, available: Pence) -> Pence:
    """SI 2020/1122 reg 3(a): return how far the counted payments are below the cap; 0 at or above it."""
    below: Pence = np.maximum(0, available - counted_total)
    return below


@cited(THE_CAP)
def strain_needed_to_breach(other_counted: Pence, available: Pence) -> Pence:
    """SI 2020/1122 reg 3(a): return the pension strain that brings the total to the cap exactly."""
    needed: Pence = np.maximum(0, available - other_counted)
    return needed


@cited(ORDER_OF_EXITS)
def order_of_exits(
    person: Counts,
    exit_date: Days,
    salary: Pence,
    salary_known: Mask,
    hours: Counts,
    hours_known: Mask,
    service_start: Days,
) -> tuple[Counts, Mask]:
    """SI 2020/1122 reg 4: sort the exits into the order in which they use the cap, person by person.

    Gives the indexes of the cases in order of person, then of reg 4: day of exit; on one day salary, then
    hours, then length of service, each descending with unknown values last. Where these are equal reg 4
    leaves the order to the Minister; the order given is used instead. The mask is True, in the order of
    the cases, where only the order given separates two of a person's exits.
    """
    service_known = ~np.isnat(service_start)
    started = np.where(service_known, service_start, np.datetime64("9999-12-31", "D"))
    keys = (
        started.astype(np.int64),
        ~service_known,
        np.where(hours_known, -hours, 0),
        ~hours_known,
        np.where(salary_known, -salary, 0),
        ~salary_known,
        exit_date.astype(np.int64),
        person,
    )
    order = np.lexsort(keys)
    ties = np.ones(max(0, len(order) - 1), dtype=bool)
    for key in keys:
        ordered = key[order]
        ties &= ordered[1:] == ordered[:-1]
    by_order_given = np.zeros(len(order), dtype=bool)
    by_order_given[order[:-1][ties]] = True
    by_order_given[order[1:][ties]] = True
    return order, by_order_given


@cited(THE_CAP, CAP_IN_ACT)
def first_linked(person: Counts, exit_date: Days) -> Counts:
    """SI 2020/1122 reg 3(b): return for each exit the index of the person's first exit within 28 days.

    The exits must be in order of person and day. 28 consecutive days include both days, so an exit 27
    days before is linked and one 28 days before is not.
    """
    day_number = exit_date.astype(np.int64)
    earliest = int(day_number.min(initial=0))
    latest = int(day_number.max(initial=0))
    stride = latest - earliest + LINKED_DAYS + 1
    timeline = person * stride + (day_number - earliest)
    return np.searchsorted(timeline, timeline - (LINKED_DAYS - 1), side="left")
