"""The codes of what a person must check before a letter to the employer or the scheme goes out.

The field ``checked`` holds those that were checked. When each applies, and its sentence, is for the
calculation to say.
"""

from __future__ import annotations

CHECKS = (
    "nhs_pension_cost",
    "teachers_compensation",
    "strain_under_55",
    "entitlement",
    "settlement_agreement",
    "cash_alternative",
    "scots_law",
    "representative",
    "one_person_two_births",
)
"""In the order in which they are shown; the place of a code is its bit in ``Cases.checked``."""
