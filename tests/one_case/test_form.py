"""The form draws every field: a field that it forgot is an error when the program loads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from calculator.facts import fields
from calculator.facts.fields import BY_NAME, FIELDS, Kind
from calculator.one_case import form

NEW = "made_up"


def drawn(entered: dict[str, str]) -> list[str]:
    """The fields that the form draws, in its order."""
    names = [field.name for field in form.first_section().fields]
    for section in form.later_sections(entered):
        if section.title == fields.PAYMENTS:
            for kind in form.shown_kinds(entered):
                names += [f"{kind.name}_due", f"{kind.name}_paid"]
                names += [field.name for field in form.beside(kind, entered)]
        names += [field.name for field in section.fields]
    return names


def test_every_field_that_holds_something_is_drawn_once() -> None:
    assert sorted(drawn(dict.fromkeys(BY_NAME, "x"))) == sorted(BY_NAME)


@pytest.mark.parametrize("section", fields.SECTIONS)
@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.MONEY])
def test_a_new_field_of_any_section_is_drawn_without_more_ado(
    section: str, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = replace(FIELDS[0], name=NEW, section=section, kind=kind, missing=None)
    monkeypatch.setattr(form, "FIELDS", (*FIELDS, new))
    assert form.not_drawn() == []
    assert NEW in drawn({})


def test_a_field_beside_a_payment_that_is_none_is_told_when_the_program_loads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(form._BESIDE, "no_payment", ("weekly_pay",))
    assert form.not_drawn() == ["weekly_pay"]
    with pytest.raises(ValueError, match="weekly_pay"):
        form.check_all_drawn()


def test_the_sections_come_in_one_order() -> None:
    titles = [form.first_section().title, *(s.title for s in form.later_sections({}))]
    assert titles == [fields.WHO, "The member", *fields.SECTIONS[1:]]


@pytest.mark.parametrize(
    ("name", "without", "when"),
    [
        ("pension_started_on", {"pension_outcome": "unreduced"}, {"pension_outcome": "deferred"}),
        ("pension_decision_on", {"pension_outcome": "self_funded"}, {"pension_outcome": "reduced"}),
        ("representative_name", {}, {"died_on": "1 Feb 2023"}),
        ("entitlement", {}, {"severance_due": "5000"}),
        ("strain_paid_on", {"redundancy_due": "5000"}, {"pension_strain_due": "5000"}),
        ("fund_acknowledged_on", {"redundancy_due": "5000"}, {"pension_strain_due": "5000"}),
    ],
)
def test_a_fact_is_asked_where_it_matters_and_not_before(
    name: str, without: dict[str, str], when: dict[str, str]
) -> None:
    assert name not in drawn(without)
    assert name in drawn(when)


def test_what_is_true_of_the_person_is_taken_over_to_a_further_exit() -> None:
    first = {"case_ref": "A", "died_on": "1 Feb 2023", "ni_number": "QQ123456C", "debtor_name": "B"}
    assert form.next_exit(first, 2) == {
        "died_on": "1 Feb 2023",
        "ni_number": "QQ123456C",
        "case_ref": "A-2",
    }
