"""What the LGPS calls strain, in the words of each scheme; no rule of one is taken for another."""

from __future__ import annotations

import pytest

from calculator.explanation.scheme_words import PLAIN, WORDS, words_of
from rules import sources
from rules.choices import Scheme
from tests.explanation.explained import explained, step

STRAIN = {"pension_strain_due": "120000.00", "pension_strain_paid": "95000.00"}
OTHERS = [scheme for scheme in WORDS if scheme is not Scheme.LGPS]


@pytest.mark.parametrize("scheme", ["lgps", "other", "unknown", ""])
def test_strain_is_called_strain_in_the_lgps_and_where_no_scheme_is_known(scheme: str) -> None:
    given = {**STRAIN, "scheme": scheme} if scheme else STRAIN
    assert step("Pension strain: short to the scheme", **given).formatted == "£25,000.00"
    assert any(
        line.startswith("Owed to the pension scheme: £") for line in explained(**given).headline
    )


def test_a_teacher_is_told_of_compensation_to_the_member_if_it_was_agreed() -> None:
    told = step("Premature retirement compensation: short", scheme="tps", **STRAIN)
    assert told.formatted == "£25,000.00"
    assert "only if the employer agreed" in told.working
    assert sources.PREMATURE_RETIREMENT in told.citations
    said = explained(scheme="tps", **STRAIN).headline
    assert any(
        line.startswith(
            "Owed as premature retirement compensation, to the member, if it was agreed: £"
        )
        for line in said
    )


def test_the_nhs_cost_is_said_to_come_out_of_the_redundancy_payment() -> None:
    told = step("Capitalisation cost of the unreduced pension: short", scheme="nhs", **STRAIN)
    assert "out of the redundancy payment" in told.working


@pytest.mark.parametrize("scheme", OTHERS, ids=lambda scheme: scheme.name)
def test_no_other_scheme_is_given_the_words_or_the_law_of_the_lgps(scheme: Scheme) -> None:
    words = words_of(scheme)
    assert not words.is_strain
    assert words.asks.endswith(".")
    assert not [law for law in words.law if law.source is sources.LGPS_2013]
    whole = explained(scheme=scheme.name.lower(), **STRAIN)
    assert not [line for line in whole.headline if line.startswith("Owed to the pension scheme")]
    assert not [each for each in whole.steps if each.label == "Pension strain: short to the scheme"]


def test_a_scheme_without_words_of_its_own_has_those_of_the_form() -> None:
    assert words_of(Scheme.UNKNOWN) == words_of(Scheme.NONE) == PLAIN
