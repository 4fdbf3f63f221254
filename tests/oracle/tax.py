"""Tax, for guidance: ITEPA ss.401 to 404."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from .basics import PAYMENTS, STRAIN, Day, half_up, money_text, table_rows
from .difference import Gross
from .facts import Case
from .interest import Claim, top_up_counts

BANDS = "income_tax_bands.csv"


@cache
def tax_bands(year: str, nation: str) -> tuple[tuple[int | None, int], ...]:
    """Upper limit of taxable income in pence and rate in per cent; no limit is None."""
    return tuple(
        (
            int(row["band_upper_limit_of_taxable_income"]) * 100
            if row["band_upper_limit_of_taxable_income"]
            else None,
            int(row["rate_percent"]),
        )
        for row in table_rows(BANDS)
        if row["tax_year"] == year and row["nation"] == nation
    )


@cache
def full_allowance(year: str) -> int:
    """The personal allowance before any taper, in pence."""
    rows = [row for row in table_rows(BANDS) if row["tax_year"] == year]
    return int(rows[0]["personal_allowance"]) * 100


@cache
def tax_year_of(on: Day) -> str | None:
    """The tax year of a day, from 6 April to 5 April; None outside the table."""
    starts = on.year if (on.month, on.day) >= (4, 6) else on.year - 1
    year = f"{starts}-{(starts + 1) % 100:02d}"
    return year if any(row["tax_year"] == year for row in table_rows(BANDS)) else None


def tax_on(taxable: Fraction, bands: tuple[tuple[int | None, int], ...], share: int) -> Fraction:
    """Tax by bands, each limit divided by share."""
    tax, below = Fraction(0), Fraction(0)
    for limit, percent in bands:
        top = taxable if limit is None else min(taxable, Fraction(limit, share))
        tax += max(Fraction(0), top - below) * percent / 100
        below = top if limit is None else Fraction(limit, share)
    return tax


def year_tax(income: int, year: str, nation: str) -> Fraction:
    """The tax of a year after the allowance, which falls a pound for each whole two above 100,000."""
    over = max(0, income - 100_000_00)
    allowance = max(0, full_allowance(year) - over // 200 * 100)
    return tax_on(Fraction(max(0, income - allowance)), tax_bands(year, nation), 1)


def received_by_member(case: Case, gross: Gross, as_at: Day) -> int:
    """ITEPA s.401: what the member had of it already, refunds of strain among them.

    Strain went to the scheme (s.408); notice pay and shares are earnings or taxed by other rules.
    """
    received = case.cash_alternative_paid
    for kind in PAYMENTS:
        if kind in (STRAIN, "notice_pay", "shares"):
            continue
        paid = case.paid[kind]
        if paid is None:
            paid = (case.due[kind] or 0) - gross.shares.get(kind, 0)
        received += paid
    if top_up_counts(case, as_at):
        received += case.top_up_member
    return received


def tax_columns(case: Case, gross: Gross, owed: Claim, as_at: Day) -> dict[str, str]:
    """ITEPA ss.403, 404: what is left of 30,000, the deduction by 0T month 1, and the extra tax."""
    received = received_by_member(case, gross, as_at)
    free = min(owed.member_outstanding, max(0, 30_000_00 - received))
    taxable = owed.member_outstanding - free
    year = tax_year_of(as_at)
    nation = "scotland" if case.nation == "scotland" else "ruk"
    on_payment: int | None = None
    extra: int | None = None
    if taxable == 0:
        on_payment = extra = 0
    elif year is not None:
        month = tax_on(Fraction(taxable), tax_bands(year, nation), 12)
        on_payment = half_up(month.numerator, month.denominator)
        if case.other_income is not None:
            more = year_tax(case.other_income + taxable, year, nation)
            more -= year_tax(case.other_income, year, nation)
            extra = half_up(more.numerator, more.denominator)
    return {
        "tax_free_part": money_text(free),
        "taxable_part": money_text(taxable),
        "tax_on_payment": money_text(on_payment),
        "extra_tax": money_text(extra),
    }
