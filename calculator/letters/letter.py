"""What is asked for, one letter, and what was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from calculator.calculation.codes import LETTER_SKIPPED
from calculator.letters.placeholders import Value
from calculator.letters.plan import Plan, Recipient, WithoutConsent, Writer
from calculator.letters.sender import Sender
from calculator.letters.word.own import OwnLetter


@dataclass(frozen=True)
class LettersWanted:
    """What letters are asked for.

    ``to``: the recipients. ``without_consent``: what becomes of a letter that may not name the union.
    ``own``: the union's own templates, by the recipients whose letters are made from them. ``pdf``: a PDF
    beside each.
    """

    sender: Sender = field(default_factory=Sender)
    to: tuple[Recipient, ...] = tuple(Recipient)
    without_consent: WithoutConsent = WithoutConsent.SKIP
    own: Mapping[Recipient, OwnLetter] = field(default_factory=dict)
    pdf: bool = False

    def own_of(self, plan: Plan) -> OwnLetter | None:
        """The union's template for a letter; None where it is made from the plain letter.

        A letter in the member's own name never is: a union's template may show the union's name.
        """
        return self.own.get(plan.to) if plan.writer is Writer.UNION else None


@dataclass(frozen=True)
class Letter:
    """One letter made: its plan, its words by placeholder, the .docx, and the day it bears."""

    plan: Plan
    words: dict[str, Value]
    docx: bytes
    day: date


@dataclass
class Written:
    """How many letters were written, and how many of each recipient not and why."""

    written: int
    skipped: dict[str, int]

    def sentences(self) -> Iterator[str]:
        """What was done, for a terminal."""
        yield f"{self.written} letters written."
        for code, count in self.skipped.items():
            yield f"  {count} not written: {LETTER_SKIPPED[code]}"
