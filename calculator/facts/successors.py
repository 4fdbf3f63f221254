"""Bodies abolished or renamed since the cap, and what took their place: suggested, never decided.

Nothing is filled in from here. Whoever acts must ask the body named whether it owes the debt.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from rapidfuzz import fuzz

from calculator.facts.employers import initials_match, plain_words
from rules.coverage import normalised
from rules.dated import read_table
from rules.sources import ACADEMY_TRANSFERS, TUPE_ASSIGNED, Citation, Source

ENOUGH = 85
"""Likeness of the two place names, out of 100, below which a body is not suggested."""
_COMMON = {
    "council",
    "borough",
    "county",
    "district",
    "city",
    "the",
    "of",
    "metropolitan",
    "bc",
    "cc",
    "dc",
    "mbc",
    "unitary",
}
"""Words that councils share: two names are alike by the rest, the name of the place."""
_SCHOOLS = {"school", "schools", "academy", "academies", "primary", "infant", "junior", "secondary"}

SCHOOL_NOTE = (
    "If the school has become an academy since: only the contracts of those employed at the transfer pass "
    "with it, so for someone who had left a community or voluntary controlled school before, the council "
    "stays the debtor unless a transfer scheme says otherwise. In a foundation or voluntary aided school the "
    "governing body was the employer: ask who took over its debts."
)
SCHOOL_LAW: tuple[Citation, ...] = (TUPE_ASSIGNED, ACADEMY_TRANSFERS)


@dataclass(frozen=True)
class Successor:
    """One body that went, or took a new name: which, what came after, from when, under what, how it was seen.

    ``kind`` is "named" for a body by name and "class" for every body of a kind.
    """

    old_body: str
    kind: str
    new_body: str
    from_day: date
    instrument: str
    url: str
    how_seen: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the body; its table writes " / " between them."""
        return tuple(self.old_body.split(" / "))

    @property
    def law(self) -> Citation:
        """The instrument, with its address."""
        return Citation(Source(self.instrument, self.instrument, self.url), "")


@cache
def successors() -> tuple[Successor, ...]:
    """Return every body of the table, in its order."""
    return tuple(
        Successor(**row | {"from_day": date.fromisoformat(row["from_day"])})  # type: ignore[arg-type]
        for row in read_table("successors.csv")
    )


def gone(words: str) -> list[Successor]:
    """Return the bodies gone or renamed that the words may name; of an exact name, that one alone.

    Words such as council and district are overlooked, and small misspellings; a class is found by its words
    or its usual short form.
    """
    named = _by_name().get(normalised(words))
    return [named] if named else [each for each in successors() if _may_be(each, words)]


@lru_cache(maxsize=10_000)
def surely_gone(name: str) -> tuple[Successor, ...]:
    """Return what is gone of exactly this name or of a kind that is all gone; nothing that is only alike."""
    named = _by_name().get(normalised(name))
    if named:
        return (named,)
    return tuple(each for each in successors() if each.kind == "class" and _may_be(each, name))


@cache
def _by_name() -> dict[str, Successor]:
    return {normalised(name): each for each in successors() for name in each.names}


def speaks_of_school(words: str) -> bool:
    """Return whether the words name a school, for which :data:`SCHOOL_NOTE` may matter."""
    return bool(_SCHOOLS & set(plain_words(words)))


def _may_be(body: Successor, words: str) -> bool:
    if body.kind == "class":
        described = " ".join(plain_words(body.old_body)[1:])
        return described in " ".join(plain_words(words))
    wanted = _place(words)
    if not wanted:
        return False
    return any(
        initials_match(words, name) or fuzz.ratio(wanted, _place(name)) >= ENOUGH
        for name in body.names
    )


def _place(name: str) -> str:
    """The words of a name that tell it from others of its kind, in order of the alphabet."""
    words = plain_words(name)
    return " ".join(sorted(word for word in words if word not in _COMMON)) or " ".join(words)
