"""The choices of a field, and the items of a list, in words."""

from __future__ import annotations

from calculator.facts.fields import Field

_CHOICE_WORDS = {
    "northern_ireland": "Northern Ireland",
    "nhs": "NHS",
    "lgps": "Local government (LGPS)",
    "tps": "Teachers (TPS)",
    "academy": "Academy or academy trust",
    "council": "Council",
    "other_listed": "Another body in the Schedule",
    "not_listed": "Not in the Schedule",
    "business_efficiency": "Efficiency of the service",
    "self_funded": "Unreduced, the member paid for it",
    "unknown": "Not known",
    "in_writing": "Yes, in writing",
    "told": "Yes, by word of mouth",
    "contract": "Yes, by the contract",
    "policy": "Yes, by a policy",
    "decided": "Yes, by a decision or award made before or at the exit",
    "statute": "Yes, by statute",
    "discretionary": "No: hoped for, never decided",
    "p45": "P45",
    "nhs_pension_cost": "NHS: redundancy entered without the pension cost",
    "teachers_compensation": "Teachers: the employer agreed to the compensation",
    "strain_under_55": "Strain before age 55",
    "entitlement": "What is due was an entitlement",
    "settlement_agreement": "Settlement agreement",
    "cash_alternative": "Instructions on the cash alternative",
    "scots_law": "Scots law",
    "representative": "Who acts for the estate",
    "one_person_two_births": "One person, two dates of birth",
}


def labels(field: Field) -> dict[str, str]:
    """Give the choices of a field and the words a person reads for them."""
    return {name: _CHOICE_WORDS.get(name, _in_words(name)) for name in field.choice_names}


def listed_words(name: str) -> str:
    """Give an item of a list, such as a document, as a person reads it."""
    return _CHOICE_WORDS.get(name, _in_words(name))


def _in_words(name: str) -> str:
    return name.replace("_", " ").capitalize()
