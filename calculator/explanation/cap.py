"""The steps of the cap: what counts towards it, what it allows, what it required."""

from __future__ import annotations

from collections.abc import Iterator

from calculator.explanation.steps import Row, Step, money_step
from calculator.facts.money import shown_money
from rules import cap, exit_payments, sources
from rules.exit_payments import KINDS, NOTICE
from rules.sources import citations_of


def counted_steps(row: Row) -> Iterator[Step]:
    """Explain which payments count towards the cap, SI 2020/1122 regs 5 and 6."""
    pay, capped, index = row.worked.facts.payments, row.worked.cap, row.index
    for kind_index, kind in enumerate(KINDS):
        if not pay.due_known[kind_index, index]:
            continue
        due = int(pay.due[kind_index, index])
        working = "Counts in full."
        if kind_index == NOTICE:
            working = _notice_working(row)
        yield money_step(f"{kind.title} due", due, working, (kind.citation,))
    if row.figure("exempt_total"):
        yield money_step(
            "Exempt",
            capped.exempt_total[index],
            "Untaken leave, other exempt payments, and the exempt part of notice pay. Never counted.",
            (sources.EXEMPT_PAYMENTS,),
        )
    if (counted := row.figure("counted_total")) is not None:
        yield money_step(
            "Counted towards the cap",
            counted,
            "The exit payments due, less what of notice pay is exempt.",
            citations_of(exit_payments.counted_payments),
        )


def _notice_working(row: Row) -> str:
    pay, index = row.worked.facts.payments, row.index
    counted = shown_money(int(row.worked.cap.counted_notice[index]))
    if pay.salary_known[index]:
        quarter = shown_money(int(pay.quarter[index]))
        return f"A quarter of salary is {quarter}; {counted} counts towards the cap."
    if not pay.notice_unsure[index]:
        return "Nothing due, so nothing counts."
    return "The salary is not known: taken as wholly exempt."


def cap_steps(row: Row) -> Iterator[Step]:
    """Explain the cap available, what it allowed and what it cut, SI 2020/1122 regs 3, 4 and 7."""
    capped, index = row.worked.cap, row.index
    waived = bool(row.worked.facts.payments.waived[index])
    if (before := row.figure("cap_used_before")) is not None:
        yield money_step(
            f"Cap used by earlier exits within {cap.LINKED_DAYS} days",
            before,
            "What the cap would have allowed for those exits, as if it had not been relaxed for them.",
            citations_of(cap.first_linked),
        )
    if (available := row.figure("cap_available")) is not None:
        relaxed = int(row.worked.facts.payments.relaxed_by[index])
        more = f" + {shown_money(relaxed)} relaxed" if relaxed else ""
        yield money_step(
            "Cap available",
            available,
            f"{shown_money(cap.CAP)}{more} − {shown_money(int(capped.used_before[index]))} used before, not "
            "below 0.",
            citations_of(cap.cap_available),
        )
    if (allowed := row.figure("allowed_total")) is not None:
        counted = shown_money(int(capped.counted_total[index]))
        yield money_step(
            "Allowed under the cap",
            allowed,
            "The cap was wholly waived." if waived else _allowed_working(row),
            citations_of(cap.allowed_total),
        )
        yield money_step(
            "Reduction the cap required",
            capped.reduction[index],
            f"{counted} counted − {shown_money(allowed)} allowed.",
            (sources.THE_CAP,),
        )
    if (needed := row.figure("strain_needed_to_breach")) is not None:
        yield money_step(
            "Strain that would reach the cap",
            needed,
            "The strain is not known. A penny more than this exceeds the cap.",
            (*citations_of(cap.strain_needed_to_breach), sources.UNREDUCED_AT_55),
        )


def _allowed_working(row: Row) -> str:
    capped, index = row.worked.cap, row.index
    if capped.counted_total[index] <= capped.available[index]:
        return "The counted payments do not exceed the cap available."
    protected = shown_money(int(row.worked.facts.statutory.protected[index]))
    if not row.worked.facts.statutory.protected[index]:
        return "Over the cap: the payments are allowed up to what is available."
    return (
        f"Over the cap: statutory redundancy pay of {protected} in full, and of the other payments what "
        "the cap leaves after it."
    )
