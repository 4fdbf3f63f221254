"""The steps of tax on what is owed to the member. Estimates for HMRC to confirm."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from calculator.explanation.steps import Row, Step, as_date, day_words, money_step, not_known_step
from calculator.facts.money import shown_money
from rules import sources, tax
from rules.sources import citations_of

FOR_HMRC = "An estimate for HMRC to confirm."


def tax_steps(row: Row) -> Iterator[Step]:
    """Explain the tax on what is owed to the member: the £30,000, on payment, of the year, on interest."""
    result, index = row.worked.tax, row.index
    owed = row.figure("member_outstanding")
    if not owed:
        yield from _tax_on_interest_step(row)
        return
    yield money_step(
        "Already received of what uses the £30,000",
        result.received[index],
        "The member's payments at the exit without notice pay and shares, any cash alternative, and what "
        "has been paid since.",
        (sources.ORDER_OF_RECEIPT,),
    )
    yield money_step(
        "Free of tax (estimate)",
        result.tax_free[index],
        f"The lesser of {shown_money(owed)} owed and {shown_money(int(result.left[index]))} left of the "
        f"{shown_money(tax.EXEMPT)}. {FOR_HMRC}",
        citations_of(tax.tax_free_part),
    )
    yield money_step(
        "Taxable (estimate)",
        result.taxable[index],
        f"The rest. Interest is left out; strain paid to the scheme is not taxed on the member. {FOR_HMRC}",
        (*citations_of(tax.tax_free_part), sources.STRAIN_NOT_TAXED),
    )
    if result.taxable[index]:
        yield from _deduction_step(row)
        yield from _year_steps(row)
    yield from _tax_on_interest_step(row)


def _deduction_step(row: Row) -> Iterator[Step]:
    result, index = row.worked.tax, row.index
    law = citations_of(tax.month_one_tax)
    label = "Tax taken on payment (estimate)"
    if (taken := row.figure("tax_on_payment")) is None:
        yield not_known_step(label, _bands_missing(), law)
        return
    left = int(result.tax_free[index]) + int(result.taxable[index]) - taken
    yield money_step(
        label,
        taken,
        "Code 0T, month 1, as on a payment after the P45: no allowance, and a twelfth of each band. "
        f"{shown_money(left)} is left on the day. What is taken too much comes back after the year, or on "
        f"a claim to HMRC. {FOR_HMRC}",
        law,
    )


def _year_steps(row: Row) -> Iterator[Step]:
    result, index = row.worked.tax, row.index
    law = (*citations_of(tax.extra_tax), sources.TAX_YEAR_OF_RECEIPT)
    label = "Extra tax for the year (estimate)"
    unsettled = "Which tax year counts is unsettled: take tax advice."
    if not result.income_known[index]:
        working = f"It needs the member's other taxable income in the year. {unsettled}"
        yield not_known_step(label, working, law)
        return
    other = shown_money(int(result.other_income[index]))
    year = tax.tax_year(np.datetime64(row.outcome.as_at, "D"))
    if year is None:
        yield not_known_step(label, _bands_missing(), law)
    else:
        yield money_step(
            label,
            result.extra[index],
            f"The tax of {_year_words(year)}, the year of the day of calculation, with other income of "
            f"{other}, less the tax without the payment. {unsettled} {FOR_HMRC}",
            law,
        )
    yield money_step(
        f"Extra tax if it is income of {_year_words(tax.ARGUABLE_YEAR)} (estimate)",
        result.arguable[index],
        f"It could be required from 19 March 2021. Worked with the same other income of {other}; what "
        f"counts is that year's. {unsettled} {FOR_HMRC}",
        law,
    )


def _year_words(year: int) -> str:
    return f"{year}-{(year + 1) % 100:02d}"


def _bands_missing() -> str:
    last = day_words(as_date(tax.TAX_YEARS.last))
    return f"The bands of income tax are known to {last} only, and are not taken further."


def _tax_on_interest_step(row: Row) -> Iterator[Step]:
    result, index = row.worked.tax, row.index
    interest = row.figure("member_interest")
    if not interest:
        return
    law = (sources.INTEREST_TAXED, sources.DEDUCTED_FROM_INTEREST)
    if not result.deducts[index] or result.year is None:
        yield not_known_step(
            "Tax the payer takes from the interest",
            f"The interest of {shown_money(interest)} is savings income, apart from the rest. A company or a "
            "local authority must take tax at the basic rate from it.",
            law,
        )
        return
    yield money_step(
        "Tax the payer takes from the interest (estimate)",
        result.from_interest[index],
        f"The interest of {shown_money(interest)} is savings income, apart from the rest. A company or a "
        f"local authority takes {tax.SAVINGS_BASIC_RATES[result.year]}% and certifies it; some or all may come back "
        f"under the member's savings allowance. {FOR_HMRC}",
        law,
    )
