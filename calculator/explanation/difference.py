"""The steps of the difference: due less paid by payment, by payee and in all, and its basis."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from calculator.calculation.cap_and_difference import Triage
from calculator.explanation.lines import payment_lines
from calculator.explanation.scheme_words import words_of_row
from calculator.explanation.steps import Row, Step, as_date, day_words, money_step
from calculator.facts.money import shown_money
from rules import coverage, interest, reclaim, sources
from rules.sources import citations_of

_RELEVANT_PERIOD = " to ".join(
    day_words(as_date(day)) for day in (coverage.CAP_IN_FORCE, coverage.REVOKED)
)
_ORDINARY_CLAIM = f"an ordinary contract or scheme claim, without the {interest.RATE_PERCENT}%"


def difference_steps(row: Row, triage: Triage) -> Iterator[Step]:
    """Explain the difference, SI 2021/197 reg 4(3); only the known totals where it is not known."""
    difference, index = row.worked.difference, row.index
    if row.figure("difference") is None:
        yield from _known_totals(row)
        return
    words = words_of_row(row)
    for line in payment_lines(row):
        if line.due is None or line.short is None:
            continue
        due = shown_money(line.due)
        if line.paid is None:
            source = "the total paid" if line.from_total else "the cut the cap required"
            working = (
                f"{due} due; what was paid is not known. Its share of the shortfall, from {source}."
            )
        else:
            working = f"{due} due − {shown_money(line.paid)} paid."
        label = f"{line.title}: short to the {line.payee}"
        law = citations_of(reclaim.signed_shortfalls)
        if line.kind == "pension_strain" and not words.is_strain:
            label = f"{words.cost}: short"
            working += (
                f" Entered as strain, and counted here with the scheme's payments. Due to {words.whose}. "
                f"{words.asks}"
            )
            law += words.law
        yield money_step(label, line.short, working, law)
    yield from _known_totals(row)
    yield from _payee_steps(row)
    if triage >= Triage.REPAIRED and difference.difference[index] > 0:
        yield _basis_step(row)
    elif row.worked.words_of_regulation_4_met[index]:
        yield Step(
            "Words of SI 2021/197 reg 4(2)(a) met",
            "yes",
            "Yes",
            f"{_payment_in_period(row)} The regulation dates the payment and not the exit. Whether it "
            "reaches an exit before the cap is open (setting exit_before_cap): ask a lawyer.",
            (sources.THE_DIFFERENCE, sources.RELEVANT_PERIOD),
        )


def _known_totals(row: Row) -> Iterator[Step]:
    if (due := row.figure("due_total")) is not None:
        yield money_step(
            "Due in all",
            due,
            "The exit payments due: notice pay whole, leave and other exempt payments left out.",
            (sources.THE_DIFFERENCE,),
        )
    if (paid := row.figure("paid_total")) is not None:
        yield money_step(
            "Paid in all", paid, "Without any cash alternative.", (sources.THE_DIFFERENCE,)
        )


def _payee_steps(row: Row) -> Iterator[Step]:
    difference, index = row.worked.difference, row.index
    gross = {
        "member": int(difference.member_gross[index]),
        "scheme": int(difference.scheme_gross[index]),
    }
    if min(gross.values()) < 0:
        for payee, amount in gross.items():
            yield money_step(
                f"Shortfall of the {payee}'s payments before netting",
                amount,
                "Below 0: more was paid than was due. It is set against the other's shortfall.",
                citations_of(reclaim.net_of_overpayment),
            )
    credit = int(difference.credit[index])
    if credit:
        yield money_step(
            "Short to the scheme before the credit",
            difference.scheme_net[index],
            "The whole strain shortfall, which the scheme may ask for in full.",
            citations_of(reclaim.sum_by_payee),
        )
        yield money_step(
            "Cash alternative credited",
            credit,
            "Set first against the scheme's shortfall, then the member's. The member may have to hand it "
            "back when the pension is put right.",
            citations_of(reclaim.credit_cash_alternative),
        )
    if refunded := int(difference.refunded_strain[index]):
        yield money_step(
            "Strain the member paid, owed back to the member",
            refunded,
            "Moved from the scheme's shortfall to the member's.",
            citations_of(reclaim.refund_of_own_strain),
        )
    for payee, amount in (
        ("member", difference.member_shortfall[index]),
        ("scheme", difference.scheme_shortfall[index]),
    ):
        yield money_step(
            f"Short to the {payee}",
            amount,
            "This payee's part of the difference.",
            citations_of(reclaim.sum_by_payee),
        )
    yield money_step(
        "Difference",
        difference.difference[index],
        f"{shown_money(int(difference.member_shortfall[index]))} to the member and "
        f"{shown_money(int(difference.scheme_shortfall[index]))} to the pension scheme.",
        (sources.WHO_IS_PAID,),
    )
    if contract_only := row.figure("member_contract_only"):
        yield money_step(
            "Of the member's part, owed under the contract only",
            contract_only,
            "Notice pay within a quarter of salary is no exit payment (reg 6(g)). What is short of it is owed "
            f"under the contract and not under SI 2021/197 reg 4, and bears no {interest.RATE_PERCENT}%.",
            (sources.NOTICE_QUARTER, sources.THE_DIFFERENCE),
        )
    if row.figure("over_reduced_by"):
        beyond = row.outcome.signals.reasons.has("cut_beyond_cap")[row.number]
        whole = " Regulation 4(3) gives the full difference and is not limited to the cut the cap required."
        yield money_step(
            "Cut beyond what the cap required",
            difference.over_reduced_by[index],
            f"The employer paid less than the cap allowed.{whole if beyond else ''}",
            (sources.THE_CAP, *((sources.WHO_IS_PAID,) if beyond else ())),
        )


def _basis_step(row: Row) -> Step:
    basis, dates, index = row.worked.basis, row.worked.facts.dates, row.index
    if basis.regulation_4[index]:
        working = _payment_in_period(row)
    elif row.worked.facts.payments.waived[index]:
        working = "The cap was wholly waived, so nothing was capped: an ordinary contract or scheme claim."
    elif dates.paid_outside_period[index]:
        working = f"Nothing was paid in the relevant period: {_ORDINARY_CLAIM}."
    elif basis.nothing_paid[index]:
        working = (
            "Nothing at all was paid, and the regulation needs a payment in the relevant period, "
            f"{_RELEVANT_PERIOD}: {_ORDINARY_CLAIM}."
        )
    elif basis.contract_only[index] and not basis.within_cap[index]:
        working = (
            "All that is short is notice pay within a quarter of salary, which is no exit payment: a claim "
            f"under the contract only, without the {interest.RATE_PERCENT}%."
        )
    else:
        working = f"The cap required no reduction: {_ORDINARY_CLAIM}."
    answer = "yes" if basis.regulation_4[index] else "no"
    return Step(
        "SI 2021/197 reg 4 is the basis",
        answer,
        answer.capitalize(),
        working,
        (sources.THE_DIFFERENCE, sources.RELEVANT_PERIOD),
    )


def _payment_in_period(row: Row) -> str:
    """Return which payment was made in the relevant period: to the member, to the fund, or since."""
    dates, index = row.worked.facts.dates, row.index
    if coverage.in_relevant_period(dates.member_paid_on[[index]])[0]:
        when = "is taken as made" if dates.payment_assumed[index] else "was made"
        return f"A payment {when} in the relevant period, {_RELEVANT_PERIOD}."
    to_fund = row.worked.cases.days["strain_paid_on"][index]
    not_nothing = row.worked.facts.payments.strain_not_nothing[index]
    if not_nothing and coverage.in_relevant_period(np.array([to_fund]))[0]:
        return (
            f"The employer paid the pension fund on {day_words(as_date(to_fund))}, in the relevant period, "
            f"{_RELEVANT_PERIOD}. A payment to the scheme counts like one to the member (reg 4(1))."
        )
    return (
        f"A sum was paid since on {day_words(as_date(dates.top_up_on[index]))}, in the relevant period, "
        f"{_RELEVANT_PERIOD}."
    )
