"""The templates of the letters' text: they name known facts and provisions, and read as they are laid out."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import UndefinedError, meta, nodes

from calculator.letters.claim import Claim, claims
from calculator.letters.letter_facts import InterestFacts, NoSum, letter_facts
from calculator.letters.placeholders import BY_NAME
from calculator.letters.recipients import USUAL, Recipient, Writer
from calculator.letters.word.house_letter import HAS_ACTION
from calculator.letters.wording import (
    CITATIONS,
    ENCLOSURES,
    SECTIONS,
    TEXT,
    Wording,
    environment,
    read_section,
    wording,
)
from tests.letters_helpers import CAPPED, SENDER, worked

FILES = sorted(path for path in TEXT.rglob("*") if path.is_file())
EACH = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TEXT)))
NAMED_BY_PEOPLE = (
    *("member_name", "employer_name", "fund_name", "debtor_name"),
    *("representative_name", "ni_number", "payroll_number", "job_title"),
)


def parsed(source: str) -> nodes.Template:
    return environment().parse(source)


def claim_of(**changed: str) -> Claim:
    return next(claims(worked({**CAPPED, **changed}), [0]))


def shape(text: Wording) -> list[tuple[object, ...]]:
    return [(len(text.opening), len(text.action))] + [
        (
            *(part.heading, len(part.paragraphs), len(part.points), len(part.form)),
            *(part.numbered, part.shows_payments, part.starts_page),
        )
        for part in (*text.sections, *text.enclosures)
    ]


def unknown_names(tree: nodes.Template) -> set[str]:
    """What a template names, on whatever branch, and no letter has: facts, parts of a fact, provisions."""
    facts = letter_facts(claim_of(), Writer.UNION, SENDER)
    unknown = meta.find_undeclared_variables(tree) - facts.keys() - environment().globals.keys()
    unknown |= {
        node.attr for node in tree.find_all(nodes.Getattr) if node.attr not in InterestFacts._fields
    }
    for call in tree.find_all(nodes.Call):
        if getattr(call.node, "name", "") == "law":
            named = [const.value for arg in call.args for const in _constants(arg)]
            unknown |= set(named) - CITATIONS.keys()
    return unknown


def _constants(node: nodes.Expr) -> list[nodes.Const]:
    return [node] if isinstance(node, nodes.Const) else list(node.find_all(nodes.Const))


@EACH
def test_a_template_names_only_what_a_letter_has(path: Path) -> None:
    of_chasers = {"sent_on", "reply_was_due"} if path.stem == "chaser" else set()
    assert unknown_names(parsed(path.read_text(encoding="utf-8"))) <= of_chasers


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("{% if own %}{{ membr_total }}{% endif %}", "membr_total"),
        ("{% for line in interest_lines %}{{ line.principle | money }}{% endfor %}", "principle"),
        ('{{ law("THE_CAP", "THE_CUP") }}', "THE_CUP"),
        ('{{ law("THE_CAP" if own else "THE_CUP") }}', "THE_CUP"),
    ],
)
def test_a_name_with_a_slip_is_seen(source: str, named: str) -> None:
    assert unknown_names(parsed(source)) == {named}


def test_a_letter_stops_at_a_name_it_does_not_have() -> None:
    with pytest.raises(UndefinedError, match="membr_total"):
        environment().from_string("{{ membr_total }}").render()


@EACH
def test_a_template_says_first_whose_section_it_is_and_when_it_appears(path: Path) -> None:
    first, second, *_ = path.read_text(encoding="utf-8").splitlines()
    whom = {to.value: f"To {to.label.lower()}" for to in Recipient} | {"shared": "All letters"}
    assert first.startswith("{# " + whom[path.parent.name])
    assert second.endswith(". #}")
    assert len(first) < 120


def test_every_file_is_part_of_a_letter() -> None:
    """By its section or in another file, so that nobody corrects a text that no letter has."""
    used = {
        f"{to}/{name}.j2"
        for to in Recipient
        for name in ("frame", "opening", *SECTIONS[to], *ENCLOSURES[to])
    }
    used |= {f"{to}/chaser.j2" for to in USUAL}
    used |= {f"{to}/action.j2" for to in Recipient if HAS_ACTION[to]}
    for path in FILES:
        used |= set(
            map(str, meta.find_referenced_templates(parsed(path.read_text(encoding="utf-8"))))
        )
    assert {path.relative_to(TEXT).as_posix() for path in FILES} == used | {"shared/names.j2"}


def test_every_section_is_a_placeholder() -> None:
    sections = {name for names in SECTIONS.values() for name in names}
    assert sections <= {name for name, placeholder in BY_NAME.items() if placeholder.is_list}


@pytest.mark.parametrize("to", list(Recipient))
@pytest.mark.parametrize(
    "name", ["- A", "1. A", "# A", "## A", "___ A", "[table of payments]", "A: B", "A\n\n- B"]
)
def test_a_name_does_not_change_how_a_letter_is_laid_out(to: Recipient, name: str) -> None:
    plain = wording(claim_of(**dict.fromkeys(NAMED_BY_PEOPLE, "A")), to, Writer.UNION, SENDER)
    odd = wording(claim_of(**dict.fromkeys(NAMED_BY_PEOPLE, name)), to, Writer.UNION, SENDER)
    assert shape(odd) == shape(plain)
    if "\n" not in name and to is not Recipient.ISSUE_PACK:
        assert name in odd.addressee


def test_a_sum_of_nothing_reads_as_such_and_counts_as_no() -> None:
    template = environment().from_string("{% if paid %}yes{% else %}no{% endif %} {{ paid }}")
    assert template.render(paid=NoSum("£0.00")) == "no £0.00"
    facts = letter_facts(claim_of(cash_alternative_paid="0"), Writer.UNION, SENDER)
    assert (bool(facts["cash_alternative_paid"]), str(facts["cash_alternative_paid"])) == (
        False,
        "£0.00",
    )
    assert facts["member_total"]


def test_how_a_section_is_laid_out() -> None:
    text = """
# A heading

A sentence.
The next one, in the same paragraph.
\0THE_CAP REVOCATION\0

Another paragraph.

[table of payments]

1. First
on two lines.
1. Second.
"""
    section = read_section("claim", text)
    assert section.heading == "A heading"
    first, second = section.paragraphs
    assert first.text == "A sentence. The next one, in the same paragraph."
    assert first.law == (CITATIONS["THE_CAP"], CITATIONS["REVOCATION"])
    assert (second.text, second.law) == ("Another paragraph.", ())
    assert [point.text for point in section.points] == ["First on two lines.", "Second."]
    assert (section.numbered, section.shows_payments) == (True, True)
    assert not read_section("claim", "- A point.").numbered


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("A.\n{% if own %}\nB.\n{% endif %}\nC.\n", "A.\nB.\nC."),
        ("A\n{% if own %}B.{% endif %}\nC.\n", "A\nB.\nC."),
        ("{# two\n   lines #}\nA.\n", "A."),
    ],
)
def test_a_line_with_a_tag_alone_leaves_no_line(
    source: str, lines: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("calculator.letters.wording.TEXT", tmp_path)
    (tmp_path / tmp_path.name).write_text(source, encoding="utf-8")
    assert environment().get_template(tmp_path.name).render(own=True) == lines
