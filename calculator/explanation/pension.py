"""The steps of the pension and of tax. Estimates, and no part of the difference; each line says so."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from calculator.calculation.pension import Benefit
from calculator.explanation.steps import Row, Step, as_date, day_words, money_step, not_known_step
from calculator.facts.money import shown_money
from rules import pension, sources, tax
from rules.choices import Nation, Scheme
from rules.late_benefits import BANK_RATE, NO_TERMS, TERMS, Terms
from rules.pension import FACTOR_SET, PENSIONS_INCREASE
from rules.sources import Citation, citations_of

TO_CONFIRM = "An estimate for the scheme to confirm, no part of the difference."
FOR_HMRC = "An estimate for HMRC to confirm."
_BEGINS_LAW = citations_of(pension.pension_begins)


def pension_steps(here: Row) -> Iterator[Step]:
    """The pension: what was due and paid, the loss, its arrears, the lump sum and the interest."""
    found, at = here.block.pension, here.at
    if here.figure("pension_yearly_loss") is not None:
        yield from _benefit_steps(here, found.yearly, "Yearly pension", "Pension lost a year")
        yield from _effect_of_85(here)
        yield from _arrears_steps(here)
    lump_sum = found.lump_sum
    if here.figure("lump_sum_arrears") is not None and (lump_sum.due[at] or lump_sum.paid[at]):
        yield from _benefit_steps(here, lump_sum, "Pension lump sum", "Pension lump sum arrears")
        yield from _late_lump_sum_step(here)
    yield from _interest_steps(here)
    entered = not (found.yearly.absent[at] and lump_sum.absent[at])
    if entered and found.under_55[at] and int(found.scheme[at]) == Scheme.LGPS:
        yield Step(
            "Age when the pension would have begun",
            "under 55",
            "Under 55",
            "An LGPS pension is not paid before 55, so none is estimated from benefits by tranche.",
            (sources.UNREDUCED_AT_55, sources.REDUCED_BY_ELECTION),
        )


def pension_line(here: Row) -> Iterator[str]:
    """One line for the top: what the pension cost, apart from what the employer owes."""
    parts = [
        f"{shown_money(amount)}{words}"
        for name, words in (
            ("pension_yearly_loss", " a year"),
            ("pension_arrears", " in arrears"),
            ("lump_sum_arrears", " of lump sum"),
        )
        if (amount := here.figure(name))
    ]
    if parts:
        found, at = here.block.pension, here.at
        until = (
            f" until {day_words(as_date(found.ends[at]))}, when it was put right"
            if found.restored[at]
            else ""
        )
        yield f"Pension lost{until}: {', '.join(parts)}. An estimate for the scheme to confirm."


def _in_england_or_wales(here: Row) -> bool:
    """Whether the LGPS Regulations 2013 apply. Scotland and Northern Ireland have regulations of their own."""
    nation = here.block.facts.scope.nation[here.at]
    south = nation not in (Nation.SCOTLAND, Nation.NORTHERN_IRELAND)
    return int(here.block.pension.scheme[here.at]) == Scheme.LGPS and bool(south)


def _benefit_steps(here: Row, benefit: Benefit, name: str, lost: str) -> Iterator[Step]:
    at = here.at
    lgps = _in_england_or_wales(here)
    if not (benefit.due[at] or benefit.paid[at]):
        yield money_step(
            f"{lost} (estimate)",
            benefit.loss[at],
            f"Nothing was lost, on what is entered. {TO_CONFIRM}",
            (sources.UNREDUCED_AT_55,) if lgps else _BEGINS_LAW,
        )
        return
    source = "The benefits by tranche added." if benefit.estimated[at] else "As entered."
    due, paid = (shown_money(int(sum_[at])) for sum_ in (benefit.due, benefit.paid))
    yield money_step(
        f"{name}: unreduced",
        benefit.due[at],
        f"{source} At exit, without later increases.",
        (sources.UNREDUCED_AT_55,) if lgps else _BEGINS_LAW,
    )
    working, law = _paid_working(here, benefit)
    yield money_step(f"{name}: paid", benefit.paid[at], working, law if lgps else _BEGINS_LAW)
    yield money_step(
        f"{lost} (estimate)",
        benefit.loss[at],
        f"{due} − {paid}, not below 0. {TO_CONFIRM}",
        citations_of(pension.loss) if lgps else _BEGINS_LAW,
    )


def _paid_working(here: Row, benefit: Benefit) -> tuple[str, tuple[Citation, ...]]:
    found, at = here.block.pension, here.at
    lgps = _in_england_or_wales(here)
    if found.nothing_paid[at]:
        return "Deferred: nothing paid yet.", (
            (sources.REDUCED_BY_ELECTION,) if lgps else _BEGINS_LAW
        )
    if not benefit.estimated[at]:
        return "As entered, or the same as due where it was not reduced.", (
            (sources.UNREDUCED_AT_55,) if lgps else _BEGINS_LAW
        )
    in_force = next(
        window.first for window in reversed(FACTOR_SET.windows) if window.first <= found.begins[at]
    )
    working = (
        f"Reduced by the factors in force from {day_words(as_date(in_force))}: by years and days to 65 "
        "for service before April 2014, to State Pension age, at least 65, for service since."
    )
    return working, citations_of(pension.reduction)


def _effect_of_85(here: Row) -> Iterator[Step]:
    found, at = here.block.pension, here.at
    met, not_met = int(found.loss_if_85[at]), int(found.loss_if_not[at])
    if not found.yearly.estimated[at] or met == not_met:
        return
    applied = here.block.rule_of_85_met
    yield money_step(
        f"Pension lost a year if the 85-year rule was {'not ' if applied else ''}met",
        not_met if applied else met,
        "It is met where the member joined before October 2006, and age and membership in whole years come "
        "to 85. Without the employer's agreement service to March 2008, and to March 2014 for those born by "
        "31 March 1956, is then reduced to 60 only, and not at all from 60. "
        f"{'Taken as met' if applied else 'Not applied'} here, by the setting eighty_five_year_rule.",
        citations_of(pension.protected_pension_day),
    )


def _arrears_steps(here: Row) -> Iterator[Step]:
    found, at = here.block.pension, here.at
    lgps = _in_england_or_wales(here)
    law = tuple(c for c in citations_of(pension.arrears) if lgps or c is not sources.DAILY_ARREARS)
    if (arrears := here.figure("pension_arrears")) is None:
        last = day_words(as_date(PENSIONS_INCREASE.last))
        working = f"Pensions increase is known to {last} only, and is not taken further."
        yield not_known_step("Pension arrears (estimate)", working, law)
        return
    if not found.yearly.loss[at]:
        return
    loss = shown_money(int(found.yearly.loss[at]))
    now = int(found.loss_now[at])
    more = f" With increases it is {shown_money(now)} a year by then." if now else ""
    until = "the day it was put right" if found.restored[at] else "the day of calculation"
    yield money_step(
        "Pension arrears (estimate)",
        arrears,
        f"{loss} ÷ 365.25 for each day from {day_words(as_date(found.begins[at]))} to the day before "
        f"{day_words(as_date(found.ends[at]))}, {until}, with each April's increase, the first in "
        f"proportion.{more} {TO_CONFIRM}",
        (*_BEGINS_LAW, *law),
    )


def _late_lump_sum_step(here: Row) -> Iterator[Step]:
    if here.block.pension.lump_sum_late[here.at]:
        yield Step(
            "Tax on a late lump sum",
            "advice",
            "Take advice",
            "Paid more than a year after it fell due it may be an unauthorised payment: ask the fund to meet "
            "any charge.",
            (sources.LATE_LUMP_SUM_TAX,),
        )


def _interest_steps(here: Row) -> Iterator[Step]:
    found, at = here.block.pension, here.at
    label = "Scheme's interest on late pension (estimate)"
    if found.interest.rule_missing[at]:
        working = (
            "No rule on interest for this scheme's late benefits is known here. That of another scheme, such as "
            "the LGPS, is not borrowed: ask the scheme."
        )
        yield not_known_step(label, working, (sources.LATE_BENEFITS,))
        return
    if found.terms[at] == NO_TERMS:
        return
    terms = TERMS[int(found.terms[at])]
    law: tuple[Citation, ...] = (terms.citation, sources.BANK_RATES)
    if _in_england_or_wales(here):
        law += (sources.LATE_INSTALMENTS, sources.THREE_MONTHLY_RESTS, sources.BASE_RATE)
    if found.interest.rates_missing[at]:
        yield not_known_step(label, _rates_missing_working(here), law)
        return
    if (interest := here.figure("pension_interest")) is None:
        return
    parts = int(found.interest.on_arrears[at]), int(found.interest.on_lump_sum[at])
    if parts[0]:
        yield money_step(
            "Interest on the arrears", parts[0], _arrears_interest_working(here, terms), law
        )
    if parts[1]:
        yield money_step(
            "Interest on the lump sum", parts[1], _lump_interest_working(here, terms), law
        )
    if found.yearly.loss[at] or found.lump_sum.loss[at]:
        made_of = (
            f"{shown_money(parts[0])} on arrears + {shown_money(parts[1])} on the lump sum."
            if found.yearly.known[at]
            else "On the lump sum alone: the yearly pension is not known."
        )
        yield money_step(label, interest, f"{made_of} Never the 8%. {TO_CONFIRM}", law)


def _rates_missing_working(here: Row) -> str:
    found, at = here.block.pension, here.at
    name = "Bank Rate, which stands for base rate, is known to"
    last = day_words(as_date(min(BANK_RATE.last, PENSIONS_INCREASE.last)))
    so_far = shown_money(int(found.interest.verified[at]))
    return f"{name} {last} only, and is not taken further. To the end of that day it comes to {so_far}."


def _rate_words(terms: Terms) -> str:
    margin = " + 1%" if terms.margin else ""
    return f"Base rate{margin} by the day, added to the sum every three months"


def _arrears_interest_working(here: Row, terms: Terms) -> str:
    until = day_words(as_date(here.block.pension.ends[here.at]))
    late = "a year" if terms.pension_months > 1 else "a month"
    return (
        f"{_rate_words(terms)}: each month's arrears from the last day of that month to the day before "
        f"{until}, those more than {late} late."
    )


def _lump_interest_working(here: Row, terms: Terms) -> str:
    found, at = here.block.pension, here.at
    lump = shown_money(int(found.lump_sum.loss[at]))
    begins, until = (day_words(as_date(day[at])) for day in (found.begins, found.ends))
    return f"{_rate_words(terms)}: {lump} from {begins} to the day before {until}."


def tax_steps(here: Row) -> Iterator[Step]:
    """Tax on what is owed to the member: the £30,000, the deduction on payment, the year, the interest."""
    found, at = here.block.tax, here.at
    owed = here.figure("member_outstanding")
    if not owed:
        yield from _tax_on_interest_step(here)
        return
    yield money_step(
        "Already received of what uses the £30,000",
        found.received[at],
        "The member's payments at the exit without notice pay and shares, any cash alternative, and what "
        "has been paid since.",
        (sources.ORDER_OF_RECEIPT,),
    )
    yield money_step(
        "Free of tax (estimate)",
        found.tax_free[at],
        f"The lesser of {shown_money(owed)} owed and {shown_money(int(found.left[at]))} left of the "
        f"{shown_money(tax.EXEMPT)}. {FOR_HMRC}",
        citations_of(tax.tax_free_part),
    )
    yield money_step(
        "Taxable (estimate)",
        found.taxable[at],
        f"The rest. Interest is left out; strain paid to the scheme is not taxed on the member. {FOR_HMRC}",
        (*citations_of(tax.tax_free_part), sources.STRAIN_NOT_TAXED),
    )
    if found.taxable[at]:
        yield from _deduction_step(here)
        yield from _year_steps(here)
    yield from _tax_on_interest_step(here)


def _deduction_step(here: Row) -> Iterator[Step]:
    found, at = here.block.tax, here.at
    law = citations_of(tax.month_one_tax)
    label = "Tax taken on payment (estimate)"
    if (taken := here.figure("tax_on_payment")) is None:
        yield not_known_step(label, _bands_missing(), law)
        return
    left = int(found.tax_free[at]) + int(found.taxable[at]) - taken
    yield money_step(
        label,
        taken,
        "Code 0T, month 1, as on a payment after the P45: no allowance, and a twelfth of each band. "
        f"{shown_money(left)} is left on the day. What is taken too much comes back after the year, or on "
        f"a claim to HMRC. {FOR_HMRC}",
        law,
    )


def _year_steps(here: Row) -> Iterator[Step]:
    found, at = here.block.tax, here.at
    law = (*citations_of(tax.extra_tax), sources.TAX_YEAR_OF_RECEIPT)
    label = "Extra tax for the year (estimate)"
    unsettled = "Which tax year counts is unsettled: take tax advice."
    if not found.income_known[at]:
        working = f"It needs the member's other taxable income in the year. {unsettled}"
        yield not_known_step(label, working, law)
        return
    other = shown_money(int(found.other_income[at]))
    year = tax.tax_year(np.datetime64(here.outcome.as_at, "D"))
    if year is None:
        yield not_known_step(label, _bands_missing(), law)
    else:
        yield money_step(
            label,
            found.extra[at],
            f"The tax of {_year_words(year)}, the year of the day of calculation, with other income of "
            f"{other}, less the tax without the payment. {unsettled} {FOR_HMRC}",
            law,
        )
    yield money_step(
        f"Extra tax if it is income of {_year_words(tax.ARGUABLE_YEAR)} (estimate)",
        found.arguable[at],
        f"It could be required from 19 March 2021. Worked with the same other income of {other}; what "
        f"counts is that year's. {unsettled} {FOR_HMRC}",
        law,
    )


def _year_words(year: int) -> str:
    return f"{year}-{(year + 1) % 100:02d}"


def _bands_missing() -> str:
    last = day_words(as_date(tax.TAX_YEARS.last))
    return f"The bands of income tax are known to {last} only, and are not taken further."


def _tax_on_interest_step(here: Row) -> Iterator[Step]:
    found, at = here.block.tax, here.at
    interest = here.figure("member_interest")
    if not interest:
        return
    law = (sources.INTEREST_TAXED, sources.DEDUCTED_FROM_INTEREST)
    if not found.deducts[at] or found.year is None:
        yield not_known_step(
            "Tax the payer takes from the interest",
            f"The interest of {shown_money(interest)} is savings income, apart from the rest. A company or a "
            "local authority must take tax at the basic rate from it.",
            law,
        )
        return
    yield money_step(
        "Tax the payer takes from the interest (estimate)",
        found.from_interest[at],
        f"The interest of {shown_money(interest)} is savings income, apart from the rest. A company or a "
        f"local authority takes {tax.SAVINGS_BASIC_RATES[found.year]}% and certifies it; some or all may come back "
        f"under the member's savings allowance. {FOR_HMRC}",
        law,
    )
