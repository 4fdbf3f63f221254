"""Search of the Schedule by name. Everything found is a suggestion for a person to confirm.

Only :func:`rules.coverage.named_in_schedule`, an exact match after normalising, decides scope.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from rules.coverage import Entry, named_in_schedule, schedule

ENOUGH = 75
"""Likeness, out of 100, below which an entry is not suggested."""

_SHORT_FORMS = {
    "acas": "advisory conciliation and arbitration service",
    "cefas": "centre for environment fisheries and aquaculture science",
    "defra": "department for environment food and rural affairs",
    "estyn": "chief inspector of education and training in wales",
    "ofcom": "office of communications",
    "ofgem": "office of gas and electricity markets",
    "ofqual": "office of qualifications and examinations regulations",
    "ofsted": "office for standards in education childrens services and skills",
    "ofwat": "water services regulation authority",
    "nice": "national institute for health and care excellence",
    "ukri": "uk research and innovation",
}
"""Names in use that are not the initials of an entry."""
_WORDS = {
    "ltd": "limited",
    "dept": "department",
    "hm": "her majestys",
    "his": "her",
    "govt": "government",
    "nhs": "national health service",
    "uk": "united kingdom",
}
_KINDS = {
    "ccg": "clinical commissioning group",
    "ccgs": "clinical commissioning group",
    "mat": "multi academy trust",
    "pcc": "police and crime commissioner",
}
"""Short forms of kinds of body."""
_TRAILING = {"council", "limited", "plc", "llp"}
_SMALL = {"a", "an", "and", "for", "in", "of", "or", "the", "to"}
_DESCRIBED = {
    "council": "council",
    "borough": "borough",
    "county": "county",
    "district": "district council",
    "city": "council",
    "unitary": "council",
    "metropolitan": "council",
    "london": "london borough",
    "parish": "parish",
    "town": "parish council",
    "academy": "academ",
    "academies": "academ",
    "school": "school",
    "primary": "school",
    "nursery": "school",
    "trust": "trust",
    "hospital": "trust",
    "hospitals": "trust",
    "nhs": "national health service",
    "health": "health",
    "police": "police",
    "constabulary": "police",
    "fire": "fire and rescue",
    "park": "national park",
    "commissioning": "clinical commissioning group",
    "commissioner": "police and crime commissioner",
    "ambulance": "trust",
    "foundation": "foundation",
}
"""Words of a name, and what to look for among the descriptions of the Schedule."""


@dataclass(frozen=True)
class Suggestion:
    """An entry that may be the employer: how alike its name is out of 100, and whether it is its name."""

    entry: Entry
    likeness: int
    exact: bool


def search(words: str, most: int = 8) -> list[Suggestion]:
    """The bodies whose names are like the words, the likest first; an exact match stands first.

    Entries that only describe bodies are left to :func:`descriptions`. Case, punctuation, "&", word order, initials, common short forms, a trailing Council or Limited and
    small misspellings are overlooked. Nothing found does not mean that the employer is not covered.
    """
    wanted = _plain(words)
    if not wanted:
        return []
    exact = named_in_schedule(words)
    found = []
    for entry in schedule():
        if entry.kind == "class":
            continue
        likeness = _likeness_of(entry, wanted, words)
        if likeness >= ENOUGH or entry == exact:
            found.append(Suggestion(entry, 100 if entry == exact else likeness, entry == exact))
    found.sort(key=lambda s: (not s.exact, -s.likeness, s.entry.part, s.entry.words))
    return found[:most]


def descriptions(words: str) -> list[Entry]:
    """The entries that describe bodies of the kind the words speak of, the closest description first.

    A person applies them to the facts.
    """
    wanted = _plain(words)
    told = {_DESCRIBED[word] for word in plain_words(words) if word in _DESCRIBED}
    found = [
        entry
        for entry in schedule()
        if entry.kind == "class"
        and (
            (entry.part == 1 and any(part in entry.words.casefold() for part in told))
            or (wanted and _likeness_of(entry, wanted, words) >= ENOUGH)
        )
    ]
    return sorted(
        found,
        key=lambda entry: -max((len(p) for p in told if p in entry.words.casefold()), default=0),
    )


def _likeness_of(entry: Entry, wanted: str, words: str) -> int:
    return max(_likeness(wanted, words, name) for name in entry.names)


def _likeness(wanted: str, words: str, name: str) -> int:
    if initials_match(words, name):
        return 99
    plain = _plain(name)
    in_any_order = fuzz.token_sort_ratio(wanted, plain)
    # Half the weight for words that are merely contained, so that one common word is not a match.
    contained = 0.92 * fuzz.token_set_ratio(wanted, plain) if _shares_enough(wanted, plain) else 0.0
    return int(max(in_any_order, contained))


def _shares_enough(wanted: str, plain: str) -> bool:
    asked = {word for word in wanted.split() if word not in _SMALL}
    return len(asked & set(plain.split())) >= min(2, len(asked))


@cache
def _initials(name: str) -> frozenset[str]:
    words = plain_words(name)
    long = [word for word in words if word not in _SMALL]
    with_small = "".join(word[0] for word in words if word != "and")
    return frozenset({"".join(word[0] for word in long), with_small})


def initials_match(words: str, name: str) -> bool:
    """Return whether the words are the initials of a name, of three letters or more."""
    asked = re.sub(r"[^a-z0-9]", "", words.casefold())
    return 2 < len(asked) <= 6 and asked in _initials(name)


def plain_words(text: str) -> list[str]:
    """Return the words of a name in small letters, without signs, and usual short forms written out."""
    return [part for word in _words(text) for part in _KINDS.get(word, word).split()]


def _words(text: str) -> list[str]:
    plain = re.sub(r"['’.]", "", text.casefold()).replace("&", " and ")
    return re.findall(r"[a-z0-9]+", plain)


@cache
def _plain(text: str) -> str:
    words: list[str] = []
    for word in plain_words(text):
        words += _SHORT_FORMS.get(word, _WORDS.get(word, word)).split()
    while len(words) > 1 and words[-1] in _TRAILING:
        words.pop()
    return " ".join(word for word in words if word != "the")
