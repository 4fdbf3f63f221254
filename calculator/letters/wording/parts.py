"""The parts of a letter in words, and what every sentence draws on."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.facts.days import shown_day
from calculator.letters.claim import Claim
from calculator.letters.recipients import Writer
from calculator.letters.sender import Sender
from rules.sources import Citation


@dataclass(frozen=True)
class Paragraph:
    """One paragraph or point, and the provisions it states."""

    text: str
    law: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class LetterSection:
    """A heading with paragraphs, then points. ``name`` is the placeholder of its texts."""

    name: str
    heading: str
    paragraphs: tuple[Paragraph, ...] = ()
    points: tuple[Paragraph, ...] = ()
    numbered: bool = False
    shows_payments: bool = False


def filled_sections(*sections: LetterSection) -> tuple[LetterSection, ...]:
    """Leave out the sections that say nothing."""
    return tuple(s for s in sections if s.paragraphs or s.points or s.shows_payments)


@dataclass(frozen=True)
class Wording:
    """A letter in words: its subject, addressee, opening, sections and end."""

    subject: str
    addressee: str
    salutation: str
    opening: tuple[Paragraph, ...]
    sections: tuple[LetterSection, ...]
    farewell: str

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Every paragraph and point, in order."""
        return (
            *self.opening,
            *(text for part in self.sections for text in (*part.paragraphs, *part.points)),
        )

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every provision the letter states, once each, in the order it is first stated."""
        # By identity: each is one object of rules.sources, and hashing its texts is slow.
        return tuple({id(law): law for text in self.paragraphs for law in text.law}.values())


@dataclass(frozen=True)
class Voice:
    """How the writer speaks of themselves and of the person whose money it is."""

    we: str
    us: str
    member: str
    to_member: str
    members: str
    has: str

    @property
    def subject(self) -> str:
        """The person at the start of a sentence."""
        return self.member[0].upper() + self.member[1:]


VOICES = {
    Writer.UNION: Voice("we", "us", "the member", "the member", "the member's", "has"),
    Writer.MEMBER: Voice("I", "me", "I", "me", "my", "have"),
}


@dataclass(frozen=True)
class Draft:
    """What every sentence draws on: the claim, who sends the letter and who writes it."""

    claim: Claim
    sender: Sender
    writer: Writer

    @property
    def words(self) -> dict[str, str]:
        """The figures of the claim in words."""
        return self.claim.words

    @property
    def voice(self) -> Voice:
        """How the writer speaks."""
        return VOICES[self.writer]

    @property
    def we(self) -> str:
        """The writer at the start of a sentence."""
        return self.voice.we[0].upper() + self.voice.we[1:]

    @property
    def member_name(self) -> str:
        """The member's name, or "our member"."""
        return self.words["member_name"] or "our member"

    @property
    def own(self) -> bool:
        """Whether the member writes in their own name."""
        return self.writer is Writer.MEMBER

    @property
    def reply_by(self) -> str:
        """The day by which a reply is asked for."""
        return shown_day(self.sender.reply_by(self.claim.as_at))
