"""The letters wanted, one letter made, and how many were written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from calculator.letters.claim import Claim
from calculator.letters.placeholders import Value
from calculator.letters.plan import HELD, Plan
from calculator.letters.recipients import USUAL, Recipient, WithoutConsent, Writer
from calculator.letters.sender import Sender
from calculator.letters.word.own import OwnLetter
from calculator.letters.words import LETTER_SKIPPED


@dataclass(frozen=True)
class LettersWanted:
    """The letters wanted.

    ``to``: the recipients. ``without_consent``: what becomes of a letter that may not name the union.
    ``own``: the union's own templates, by the recipients whose letters are made from them. ``pdf``: also
    a PDF of each. ``rows``: the rows of the table to write for; None for all.
    """

    sender: Sender = field(default_factory=Sender)
    to: tuple[Recipient, ...] = USUAL
    without_consent: WithoutConsent = WithoutConsent.SKIP
    own: Mapping[Recipient, OwnLetter] = field(default_factory=dict)
    pdf: bool = False
    rows: frozenset[int] | None = None

    def own_of(self, plan: Plan) -> OwnLetter | None:
        """The union's template for a letter; None where the letter is made from our plain one.

        A letter in the member's own name is always plain: a union's template may show the union's name.
        """
        return self.own.get(plan.to) if plan.writer is Writer.UNION else None


@dataclass(frozen=True)
class Letter:
    """One letter: its plan and claim, its words by placeholder, the .docx and its date."""

    plan: Plan
    claim: Claim
    words: dict[str, Value]
    docx: bytes
    day: date


@dataclass
class Written:
    """How many letters were written, and for each reason how many were not."""

    written: int
    skipped: dict[str, int]

    def sentences(self) -> Iterator[str]:
        """Report on a terminal what was written."""
        yield f"{self.written} letters written."
        for code, count in self.skipped.items():
            if code == HELD:
                yield f"  {count} held: to check first."
            else:
                yield f"  {count} not written: {LETTER_SKIPPED[code]}"
