"""Income tax on what is still owed to the member: an estimate for HMRC to confirm.

The £30,000 exemption, the deduction by code 0T on a payment after the P45, and the tax of the full year.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rules.arrays import Codes, Mask, Pence, day, half_up
from rules.choices import EmployerKind, Nation
from rules.dated import Dated, Window, read_table
from rules.exit_payments import MEMBER_KINDS, NOTICE, SHARES, total
from rules.sources import (
    AFTER_P45,
    DEDUCTED_FROM_INTEREST,
    INCOME_TAX_BANDS,
    NOTICE_PAY_TAXED,
    ORDER_OF_RECEIPT,
    PERSONAL_ALLOWANCE,
    TAX_YEAR_OF_RECEIPT,
    TERMINATION_CHARGE,
    TERMINATION_EXEMPT,
    cited,
)

EXEMPT = 3_000_000
"""£30,000 in pence: ITEPA 2003 s.403(1)."""
MONTHS = 12
EXEMPT_KINDS = tuple(kind for kind in MEMBER_KINDS if kind not in (NOTICE, SHARES))
"""Indexes in KINDS of the payments at the exit that use the £30,000."""
ARGUABLE_YEAR = 2020
"""2020-21: the sum could be required from 19 March 2021 (ITEPA 2003 s.403(3); our reading)."""


class Bands(NamedTuple):
    """The bands of one tax year and nation: pence of taxable income up to which each rate holds.

    The last band has no upper limit, so there is one limit fewer than rates. ``allowance`` falls £1 for
    each £2 above ``taper_above``.
    """

    limits: tuple[int, ...]
    percents: tuple[int, ...]
    allowance: int
    taper_above: int


_ROWS = read_table("income_tax_bands.csv")


def _bands() -> dict[tuple[int, str], Bands]:
    bands: dict[tuple[int, str], Bands] = {}
    for row in _ROWS:
        key = (int(row["tax_year"][:4]), row["nation"])
        limits, percents, *_ = bands.get(key, Bands((), (), 0, 0))
        limit = row["band_upper_limit_of_taxable_income"]
        bands[key] = Bands(
            (*limits, int(limit) * 100) if limit else limits,
            (*percents, int(row["rate_percent"])),
            int(row["personal_allowance"]) * 100,
            int(row["taper_threshold"]) * 100,
        )
    return bands


BANDS = _bands()
"""By the year a tax year begins in, and ``ruk`` or ``scotland``."""
SAVINGS_BASIC_RATES = {
    int(row["tax_year"][:4]): int(row["savings_basic_rate_percent"]) for row in _ROWS
}
"""The basic rate on savings in per cent, by the year a tax year begins in."""
TAX_YEARS = Dated(
    "The bands of income tax",
    [
        Window(day(f"{year}-04-06"), day(f"{year + 1}-04-05"), year)
        for year in sorted({year for year, _ in BANDS})
    ],
    (INCOME_TAX_BANDS,),
)
"""The year a tax year begins in, by day."""


@cited(TERMINATION_EXEMPT, NOTICE_PAY_TAXED)
def uses_exemption(payments: Pence) -> Pence:
    """HMRC Employment Income Manual EIM12975: the member's payments (kinds by cases) that use the £30,000, added.

    Pay in lieu of notice and shares do not: they are taxed as earnings.
    """
    return total(payments[list(EXEMPT_KINDS)])


@cited(TERMINATION_CHARGE, TERMINATION_EXEMPT, ORDER_OF_RECEIPT)
def exemption_left(received: Pence) -> Pence:
    """ITEPA 2003 ss.403(1), 404: return what the payments already received leave of the £30,000."""
    left: Pence = np.maximum(0, EXEMPT - received)
    return left


@cited(TERMINATION_CHARGE, TERMINATION_EXEMPT)
def tax_free_part(owed: Pence, left: Pence) -> Pence:
    """ITEPA 2003 s.403(1): return the part of what is owed that is within the exemption left."""
    free: Pence = np.minimum(owed, left)
    return free


@cited(TERMINATION_CHARGE, TAX_YEAR_OF_RECEIPT, INCOME_TAX_BANDS)
def tax_year(paid_on: np.datetime64) -> int | None:
    """ITEPA 2003 s.403(2): return the tax year of payment, by the year it begins in; None outside the table."""
    payment_day = np.array([paid_on], dtype="datetime64[D]")
    return int(TAX_YEARS.on(payment_day)[0]) if TAX_YEARS.covers(payment_day)[0] else None


@cited(AFTER_P45, INCOME_TAX_BANDS)
def month_one_tax(payment: Pence, year: int, scottish: Mask) -> Pence:
    """PAYE Regulations 2003 reg 37: calculate tax by code 0T, month 1 on a payment after the P45.

    No allowance; each band's limit / 12, not rounded; the tax half up to the penny, once.
    """
    tax = _by_nation(payment * MONTHS, year, scottish)
    return half_up(tax, 100 * MONTHS)


@cited(PERSONAL_ALLOWANCE, INCOME_TAX_BANDS)
def allowance(income: Pence, bands: Bands) -> Pence:
    """Income Tax Act 2007 s.35: return the personal allowance, £1 less for each full £2 above £100,000."""
    full_twos: Pence = np.maximum(0, income - bands.taper_above) // 200
    left: Pence = np.maximum(0, bands.allowance - 100 * full_twos)
    return left


@cited(TERMINATION_CHARGE, PERSONAL_ALLOWANCE, INCOME_TAX_BANDS)
def extra_tax(other_income: Pence, payment: Pence, year: int, scottish: Mask) -> Pence:
    """ITEPA 2003 s.403: calculate the tax of the year with the payment, less the tax without it.

    Half up to the penny, once, on the difference.
    """
    with_payment, without = (
        np.where(
            scottish,
            _year_tax(income, BANDS[year, "scotland"]),
            _year_tax(income, BANDS[year, "ruk"]),
        )
        for income in (other_income + payment, other_income)
    )
    return half_up(with_payment - without, 100)


@cited(DEDUCTED_FROM_INTEREST)
def deducts_from_interest(kind: Codes) -> Mask:
    """Income Tax Act 2007 ss.874, 992: True for payers that deduct tax from yearly interest.

    Local authorities and companies, and a company is any body corporate: every kind of employer but the
    civil service, which is the Crown, and those whose kind is not known.
    """
    others = (EmployerKind.NOT_GIVEN, EmployerKind.UNKNOWN, EmployerKind.CIVIL_SERVICE)
    return ~np.isin(kind, others)


@cited(DEDUCTED_FROM_INTEREST)
def deducted_from_interest(interest: Pence, year: int) -> Pence:
    """Income Tax Act 2007 s.874: calculate tax at the basic rate on savings, half up to the penny."""
    return half_up(interest * SAVINGS_BASIC_RATES[year], 100)


@cited(INCOME_TAX_BANDS)
def scottish_bands(nation: Codes) -> Mask:
    """GOV.UK income tax rates: True for those who worked in Scotland, treated as Scottish taxpayers."""
    scottish: Mask = nation == Nation.SCOTLAND
    return scottish


def _by_nation(twelfths: Pence, year: int, scottish: Mask) -> Pence:
    return np.where(
        scottish,
        _banded(twelfths, BANDS[year, "scotland"]),
        _banded(twelfths, BANDS[year, "ruk"]),
    )


def _year_tax(income: Pence, bands: Bands) -> Pence:
    return _banded(np.maximum(0, income - allowance(income, bands)), bands)


def _banded(taxable: Pence, bands: Bands) -> Pence:
    """Calculate tax in hundredths of a penny: each rate on what is between its limits."""
    tax = np.zeros_like(taxable)
    below = 0
    for limit, percent in zip((*bands.limits, None), bands.percents, strict=True):
        upper = taxable if limit is None else np.minimum(taxable, limit)
        tax += np.maximum(0, upper - below) * percent
        below = limit or below
    return tax
