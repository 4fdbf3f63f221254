"""The text of a letter: the templates of ``text/``, filled in and read as paragraphs and points.

``text/<recipient>/<section>.j2`` holds the sentences, of the letter and of what is enclosed. They choose and fill in; what they choose by is in
:mod:`calculator.letters.letter_facts`. Each sentence on law names its provision: ``{{ law("THE_CAP") }}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template

from calculator.facts.days import shown_day
from calculator.facts.money import shown_money
from calculator.letters.claim import Claim
from calculator.letters.letter_facts import letter_facts
from calculator.letters.recipients import Recipient, Writer, for_every_recipient
from calculator.letters.sender import Sender
from rules import sources
from rules.sources import Citation

TEXT = Path(__file__).parent / "text"
SECTIONS: dict[Recipient, tuple[str, ...]] = for_every_recipient(
    {
        Recipient.EMPLOYER: (
            *("claim", "estimate", "law", "interest", "requests", "questions", "documents"),
            *("practice", "time"),
        ),
        Recipient.SCHEME: ("law", "pension", "claim", "requests", "time"),
        Recipient.MEMBER: ("claim", "pension", "law", "questions", "time", "documents", "requests"),
        Recipient.ISSUE_PACK: ("time", "claim", "questions", "documents"),
        Recipient.DATA_REQUEST: ("documents", "time"),
        Recipient.FUND_DATA_REQUEST: ("documents", "time"),
        Recipient.SCHEME_FACTS: ("questions", "requests", "time"),
    }
)
"""The sections of each letter, in order; one that says nothing is left out."""
ENCLOSURES: dict[Recipient, tuple[str, ...]] = for_every_recipient(
    {
        Recipient.EMPLOYER: ("reply_form", "acknowledgment", "standstill"),
        Recipient.SCHEME: (),
        Recipient.MEMBER: ("authority",),
        Recipient.ISSUE_PACK: ("particulars",),
        Recipient.DATA_REQUEST: ("information_request",),
        Recipient.FUND_DATA_REQUEST: (),
        Recipient.SCHEME_FACTS: (),
    }
)
"""What follows the schedule of each letter, each on a page of its own; what says nothing is left out."""
CITATIONS = {name: law for name, law in vars(sources).items() if isinstance(law, Citation)}
_TABLE = "[table of payments]"
_TAG_ALONE = re.compile(r"^[ \t]*(\{%(?:(?!%\}).)*|\{#(?:(?!#\}).)*)([%#]\})[ \t]*\n", re.M | re.S)
_NEXT_BLOCK = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:- |1\. |___ ))")
_NEXT_PART = re.compile(r"^(?=##? )", re.M)
_LAW, _NEXT_FILE = "\0", "\f"
"""Marks that no name can hold: around the provisions of a paragraph, and between the files of a letter."""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph or point, and the provisions it states."""

    text: str
    law: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class LetterSection:
    """A heading with paragraphs, then points, then lines to fill in.

    ``name`` is the placeholder of its texts. ``starts_page``: it is the first part of an enclosure.
    """

    name: str
    heading: str
    paragraphs: tuple[Paragraph, ...]
    points: tuple[Paragraph, ...]
    numbered: bool
    shows_payments: bool
    form: tuple[str, ...] = ()
    starts_page: bool = False


@dataclass(frozen=True)
class Wording:
    """A letter in words: how it is marked, its subject, addressee, opening, sections, end and enclosures.

    ``action``: in two words each, what the recipient is to know and to do.
    """

    marking: str
    subject: str
    addressee: str
    salutation: str
    action: tuple[tuple[str, str], ...]
    opening: tuple[Paragraph, ...]
    sections: tuple[LetterSection, ...]
    farewell: str
    enclosures: tuple[LetterSection, ...]

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Every paragraph and point, in order."""
        return (
            *self.opening,
            *(
                text
                for part in (*self.sections, *self.enclosures)
                for text in (*part.paragraphs, *part.points)
            ),
        )

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every provision the letter states, once each, in the order it is first stated."""
        # By identity: each is one object of rules.sources, and hashing its texts is slow.
        return tuple({id(law): law for text in self.paragraphs for law in text.law}.values())


def wording(claim: Claim, to: Recipient, writer: Writer, sender: Sender) -> Wording:
    """Word the letter of one claim to one recipient, written by the union or by the member.

    Takes a claim of a row that is to have a letter.
    """
    filled = _template(to).render(letter_facts(claim, writer, sender))
    frame, action, opening, *texts = filled.split(_NEXT_FILE)
    ends, count = _pairs(frame), len(SECTIONS[to])
    sections = map(read_section, SECTIONS[to], texts)
    return Wording(
        marking=ends.get("Marking", ""),
        subject=ends["Subject"],
        addressee=ends["Addressee"],
        salutation=ends["Salutation"],
        action=tuple(_pairs(action).items()),
        opening=read_section("opening", opening).paragraphs,
        sections=tuple(s for s in sections if s.paragraphs or s.points or s.shows_payments),
        farewell=ends["Farewell"],
        enclosures=tuple(
            part
            for name, text in zip(ENCLOSURES[to], texts[count:], strict=True)
            for part in _enclosure(name, text)
        ),
    )


def _pairs(text: str) -> dict[str, str]:
    """Read lines such as ``Subject: Your exit payments``."""
    return dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)


def _enclosure(name: str, filled: str) -> Iterator[LetterSection]:
    """Read an enclosure: ``# `` begins it, ``## `` each part after the first."""
    parts = [part for part in _NEXT_PART.split(filled) if part.strip()]
    for index, part in enumerate(parts):
        text = part.removeprefix("#") if part.startswith("##") else part
        yield replace(read_section(name, text), starts_page=index == 0)


def read_section(name: str, text: str) -> LetterSection:
    """Read a section: blank lines separate paragraphs.

    ``# `` is its heading, ``- `` or ``1. `` a point, ``___ `` a line to fill in.
    """
    heading, numbered, shows_payments = "", False, False
    paragraphs: list[Paragraph] = []
    points: list[Paragraph] = []
    form: list[str] = []
    for block in _NEXT_BLOCK.split(text):
        first, *rest = block.split(_LAW)
        words = "".join((first, *rest[1::2])).strip().replace("\n", " ")
        if "  " in words:
            words = " ".join(words.split())
        law = _cited(*rest[::2]) if rest else ()
        if words.startswith("# "):
            heading = words[2:]
        elif words.startswith("- "):
            points.append(Paragraph(words[2:], law))
        elif words.startswith("1. "):
            points.append(Paragraph(words[3:], law))
            numbered = True
        elif words.startswith("___ "):
            form.append(words[4:])
        elif words == _TABLE:
            shows_payments = True
        elif words:
            paragraphs.append(Paragraph(words, law))
    return LetterSection(
        name,
        heading,
        tuple(paragraphs),
        tuple(points),
        numbered,
        shows_payments,
        tuple(form),
    )


@cache
def _template(to: Recipient) -> Template:
    """Compile a letter: its files one after the other."""
    names = ("frame", "action", "opening", *SECTIONS[to], *ENCLOSURES[to])
    return environment().from_string(
        _NEXT_FILE.join(f'{{% include "{to}/{name}.j2" ignore missing %}}' for name in names)
    )


@cache
def environment() -> Environment:
    """Make the environment of the templates of ``text/``; each is compiled once."""
    env = Environment(  # noqa: S701 - plain text: what goes into Word's XML is escaped there
        loader=FunctionLoader(_source),
        undefined=StrictUndefined,
        auto_reload=False,
        cache_size=-1,
    )
    env.filters |= {
        "capital": lambda text: text[:1].upper() + text[1:],
        "day": shown_day,
        "money": shown_money,
        "pounds": _pounds,
        "number": lambda number: f"{number:,}",
        "plural": lambda number, noun: f"{number:,} {noun}{'s' * (number != 1)}",
    }
    env.tests["known"] = lambda figure: figure != ""
    env.globals = {"law": _law, "listed": _listed}
    names = vars(env.get_template("shared/names.j2").module)
    env.globals |= {name: text for name, text in names.items() if not name.startswith("_")}
    return env


def _source(name: str) -> tuple[str, str, None] | None:
    """Read a template. A line with a tag alone leaves no line: its end is put into the tag."""
    path = TEXT / name
    if not path.is_file():
        return None
    return _TAG_ALONE.sub(r"\1\n\2", path.read_text(encoding="utf-8")), str(path), None


@cache
def _cited(*marks: str) -> tuple[Citation, ...]:
    """Give the provisions of the marks of a paragraph."""
    return tuple(CITATIONS[name] for names in marks for name in names.split())


def _law(*names: str) -> str:
    """Mark the provisions of a paragraph, by their names in rules/sources.py."""
    return f"{_LAW}{' '.join(names)}{_LAW}"


def _pounds(amount: str) -> str:
    """Round an amount in words, such as an estimate, to whole pounds."""
    return f"£{round(Decimal(amount.replace('£', '').replace(',', ''))):,}"


def _listed(*sums: tuple[str, str]) -> str:
    """List the sums that are not nothing: ``£1.00 to me, £2.00 to the pension scheme and £3.00 as interest``."""
    *others, last = [f"{amount} {to}" for amount, to in sums if amount]
    return f"{', '.join(others)} and {last}" if others else last
