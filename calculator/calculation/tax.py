"""Income tax on what is still owed to the member: an estimate for HMRC to confirm."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calculator.calculation.cap_and_difference import Difference, Owed
from calculator.calculation.legal_facts import LegalFacts, Table
from calculator.facts.case_table import Cases
from rules import tax
from rules.arrays import Mask, Pence
from rules.exit_payments import NOTICE


@dataclass
class Tax(Table):
    """The tax-free and the taxable part of what is owed, and the tax, where its year is known.

    ``arguable`` is the extra tax if the sum is income of 2020-21; with ``other_income`` it is known.
    """

    received: Pence
    left: Pence
    tax_free: Pence
    taxable: Pence
    on_payment: Pence
    on_payment_known: Mask
    other_income: Pence
    extra: Pence
    extra_known: Mask
    arguable: Pence
    income_known: Mask
    notice_short: Mask
    deducts: Mask
    from_interest: Pence
    year: int | None
    year_known: Mask


def tax_of(
    cases: Cases, facts: LegalFacts, found: Difference, owed: Owed, as_at: np.datetime64
) -> Tax:
    """The tax of each row on what is owed to the member, interest left out."""
    received = _received(facts, found)
    left = tax.exemption_left(received)
    free = tax.tax_free_part(owed.member_outstanding, left)
    taxable = owed.member_outstanding - free
    nothing = taxable == 0
    scottish = tax.scottish_bands(facts.scope.nation)
    other, income_known = cases.money["other_income"], cases.known["other_income"]
    year = tax.tax_year(as_at)
    deducts = tax.deducts_from_interest(cases.choices["employer_kind"])
    on_payment, extra, from_interest = (np.zeros_like(taxable) for _ in range(3))
    if year is not None:
        on_payment = tax.month_one_tax(taxable, year, scottish)
        extra = tax.extra_tax(other, taxable, year, scottish)
        from_interest[deducts] = tax.deducted_from_interest(owed.member_interest[deducts], year)
    year_known = np.full(len(taxable), year is not None)
    return Tax(
        received=received,
        left=left,
        tax_free=free,
        taxable=taxable,
        on_payment=on_payment,
        on_payment_known=nothing | year_known,
        other_income=other,
        extra=extra,
        extra_known=nothing | (year_known & income_known),
        arguable=tax.extra_tax(other, taxable, tax.ARGUABLE_YEAR, scottish),
        income_known=income_known,
        notice_short=(found.known_shortfalls[NOTICE] > 0) | (found.borne[NOTICE] > 0),
        deducts=deducts,
        from_interest=from_interest,
        year=year,
        year_known=year_known,
    )


def _received(facts: LegalFacts, found: Difference) -> Pence:
    """What has used the £30,000: payments at the exit, the cash alternative, and what was paid since.

    A payment of unknown amount at its estimate; strain the member paid, and its refund, left out.
    """
    pay = facts.payments
    at_exit = np.where(pay.paid_unknown, pay.due - found.borne, pay.paid)
    return tax.uses_exemption(at_exit) + pay.cash_alternative + facts.dates.top_up_member
