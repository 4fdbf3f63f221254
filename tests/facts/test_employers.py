"""The forgiving search of the Schedule."""

from __future__ import annotations

import pytest

from calculator.facts.employers import descriptions, search
from rules.coverage import schedule


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("HMRC", "Her Majesty's Revenue and Customs"),
        ("DfE", "Department for Education"),
        ("dwp", "Department for Work and Pensions"),
        ("TfL", "Transport for London"),
        ("Ofsted", "Office for Standards in Education, Children's Services and Skills"),
        ("defra", "Department for Environment, Food and Rural Affairs"),
        ("NHS Improvment", "NHS Improvement"),
        ("national health service england", "NHS England"),
        ("Education, Department for", "Department for Education"),
        ("network rail ltd", "Network Rail Limited"),
        ("Land & Property", ""),
        ("HM courts & tribunals service", "HM Courts & Tribunals Service"),
        ("bank of  ENGLAND.", "Bank of England"),
        ("Natural Resource Wales", "Natural Resources Wales / Corff Adnoddau Naturiol Cymru"),
        ("Chwaraeon Cymru", "Sport Wales / Chwaraeon Cymru"),
        ("Arts Council", "Arts Council England"),
        ("general medicl council", "General Medical Council"),
    ],
)
def test_a_body_is_found_however_it_is_written(words: str, found: str) -> None:
    names = [suggestion.entry.words for suggestion in search(words)]
    assert (found in names[:3]) if found else names == []


def test_only_the_name_itself_is_exact() -> None:
    assert [s.exact for s in search("The Bank of England")][:1] == [True]
    assert not any(s.exact for s in search("Bank England"))
    assert not any(s.exact for s in search("HMRC"))


@pytest.mark.parametrize("entry", schedule(), ids=lambda entry: entry.words[:40])
def test_every_entry_is_found_by_its_own_words(entry: object) -> None:
    from rules.coverage import Entry

    assert isinstance(entry, Entry)
    found = [suggestion.entry for suggestion in search(entry.words, most=40)]
    described = descriptions(entry.words)
    assert entry in (described if entry.kind == "class" else found)
    assert not set(found) & set(described)


def test_nothing_is_found_for_nothing() -> None:
    assert search("") == []
    assert search("  ?! ") == []


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("Anytown Borough Council", "borough council"),
        ("St Mary's Primary School", "community schools"),
        ("Northfield Academy Trust", "proprietor of Academies"),
        ("Anyshire Police", "police force"),
        ("Anyshire Fire Service", "fire and rescue authority"),
    ],
)
def test_bodies_covered_by_description_are_pointed_to(words: str, part: str) -> None:
    assert any(part in entry.words for entry in descriptions(words))
