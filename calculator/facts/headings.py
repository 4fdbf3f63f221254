"""Which column holds which field: by name, heading, alias, or the person's own mapping."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from calculator.facts import fields
from calculator.facts.aliases import ALIASES, FORENAMES, LAST, SURNAMES
from calculator.facts.fields import Kind
from calculator.facts.problems import FileProblem
from calculator.facts.text import first_of, quoted, shortened

_ALIKE = 0.75
_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_NUMBERING = re.compile(r"^\s*(?:\(?\d{1,2}[.):]|Q\d{1,2}[.:)]?)\s+", re.IGNORECASE)
_DAY_FORMAT = re.compile(
    r"\b(?:dd?|mm?|yy(?:yy)?)(?:[/.\- ](?:dd?|mmm?|yy(?:yy)?)){2}\b", re.IGNORECASE
)
_NOTES = frozenset(
    [
        "ddmmyyyy",
        "ddmmyy",
        "gbp",
        "pounds",
        "inpounds",
        "poundsandpence",
        "inpoundsandpence",
        "mandatory",
        "required",
        "optional",
        "ifknown",
        "ifany",
        "ifapplicable",
        "yesno",
        "yn",
        "yesorno",
        "dropdown",
        "select",
        "pleaseselect",
        "picklist",
        "text",
        "date",
        "number",
        "currency",
        "money",
        "pa",
        "perannum",
        "peryear",
        "ayear",
    ]
)
"""Keys of words in brackets that say how to fill in a column and not which column it is."""
_NOTE_NUMBER = re.compile(r"(?:see)?note\d{0,2}|\d")


def parsed_mapping(pairs: Iterable[str]) -> dict[str, str]:
    """Read ``"Their heading=field"`` pairs as a mapping. FileProblem for one that cannot be used."""
    mapping: dict[str, str] = {}
    for pair in pairs:
        heading, equals, name = pair.rpartition("=")
        if not equals or not heading.strip():
            raise FileProblem(f"--map {quoted(pair)}: write it as 'Their heading=field'.")
        mapping[heading.strip()] = name.strip()
    return checked_mapping(mapping)


def mapping_text(mapping: Mapping[str, str]) -> str:
    """Write a mapping as the text of the TOML file that ``--map-file`` reads."""
    lines = (f"{json.dumps(heading)} = {json.dumps(name)}" for heading, name in mapping.items())
    return "".join(f"{line}\n" for line in lines)


def checked_mapping(mapping: dict[str, str]) -> dict[str, str]:
    """Return the same mapping. FileProblem, with the nearest field, where it names no field."""
    for heading, name in mapping.items():
        if name not in fields.BY_NAME:
            near = difflib.get_close_matches(name, fields.BY_NAME, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise FileProblem(
                f"The heading {quoted(heading)} is mapped to {quoted(name)}, no field.{hint}"
            )
    return mapping


def field_named(heading: str) -> tuple[str, int] | None:
    """Give the field that a heading names, and how it does: 0 for the field's own words, then 1 and 2.

    None for a heading that names none. Formats, stars, numbers before it and notes in brackets such as
    (dd/mm/yyyy) do not matter; other words in brackets do.
    """
    return _named(heading)


@lru_cache(maxsize=1 << 12)
def _named(heading: str) -> tuple[str, int] | None:
    for text in (heading, _plain(heading)):
        own = fields.field_for_heading(text)
        if own is not None:
            return own.name, 0
        if (found := _OTHERS.get(fields.key(text))) is not None:
            return found
    return None


def _plain(heading: str) -> str:
    """The heading without numbering, formats, and notes in brackets."""

    def kept(bracket: re.Match[str]) -> str:
        words = fields.key(_DAY_FORMAT.sub("", bracket[1]).replace("\N{POUND SIGN}", ""))
        return "" if not words or words in _NOTES or _NOTE_NUMBER.fullmatch(words) else bracket[0]

    return _DAY_FORMAT.sub("", _BRACKETS.sub(kept, _NUMBERING.sub("", heading)))


def _others() -> dict[str, tuple[str, int]]:
    table: dict[str, tuple[str, int]] = {}
    for rank, aliases in ((1, ALIASES), (2, LAST)):
        for name, labels in aliases.items():
            for label in labels:
                if table.setdefault(fields.key(label), (name, rank)) != (name, rank):
                    raise ValueError(f"The heading {label} is an alias of two fields.")
    return table


_OTHERS = _others()


def match(
    headings: Sequence[str], mapping: Mapping[str, str], results: Collection[str]
) -> tuple[dict[str, int], list[str]]:
    """Match headings with fields: the index of each field's column, and a sentence for each field read twice.

    A heading in the field's own words goes before an alias. Of two columns that read alike, the first named
    in the sentence is taken. ``results`` are the names of our own results: fed back in, a column of ours
    gives way to one of the person's own.
    """
    own = _mapped(headings, mapping)
    ours = _results_among(headings, results)
    columns: dict[str, int] = {}
    ranks: dict[str, int] = {}
    twice = []
    for index, name, rank in _in_order(headings, own, ours):
        if name not in columns:
            columns[name], ranks[name] = index, rank
        elif rank == ranks[name] and index not in ours:
            twice.append(
                f"Two columns, {quoted(headings[columns[name]])} and {quoted(headings[index])}, both read as "
                f"{fields.BY_NAME[name].heading}."
            )
    return columns, twice


def _in_order(
    headings: Sequence[str], own: Mapping[int, str], ours: Collection[int]
) -> list[tuple[int, str, int]]:
    """Index, field and rank of each heading that names one: the surest first, our own results last."""
    found = []
    for index, heading in enumerate(headings):
        named = (own[index], 0) if index in own else field_named(heading)
        if named is not None:
            found.append((index, *named))
    return sorted(found, key=lambda entry: (entry[0] in ours, entry[2], entry[0]))


def columns_of(
    headings: Sequence[str],
    mapping: Mapping[str, str],
    results: Collection[str],
    accept_guesses: bool = False,
) -> dict[str, int]:
    """Give the index of each field's column as :func:`match` does, and of each guess if these are accepted.

    FileProblem where two columns read as one field, or the mapping names a column that is not there.
    """
    columns, twice = match(headings, mapping, results)
    if twice:
        raise FileProblem(f"{twice[0]} Rename or remove one.")
    keys = {fields.key(heading) for heading in headings}
    for heading in mapping:
        if fields.key(heading) not in keys:
            raise FileProblem(f"The file has no column {quoted(heading)}, which the mapping names.")
    if accept_guesses:
        near = nearest(headings, columns, results)
        columns |= {name: index for index, name in near.items() if name}
    return columns


def name_parts(headings: Sequence[str], columns: Mapping[str, int]) -> tuple[int, ...]:
    """Give the indexes of forename and surname where these together are the member's name; else none."""
    surname = columns.get("member_name")
    if surname is None or fields.key(headings[surname]) not in SURNAMES:
        return ()
    used = set(columns.values())
    forenames = [
        index
        for index, heading in enumerate(headings)
        if fields.key(heading) in FORENAMES and index not in used
    ]
    return (forenames[0], surname) if forenames else ()


def _mapped(headings: Sequence[str], mapping: Mapping[str, str]) -> dict[int, str]:
    """The field of each column that the mapping names: of headings that read alike, the same one."""
    columns: dict[int, str] = {}
    for heading, name in mapping.items():
        alike = [i for i, other in enumerate(headings) if fields.key(other) == fields.key(heading)]
        same = [i for i in alike if headings[i].casefold() == heading.casefold()]
        columns |= dict.fromkeys(same or alike, name)
    return columns


def result_name(heading: str) -> str:
    """Give the name of the result that a heading would be; a result is known by its exact name alone."""
    return heading.strip().casefold()


def _results_among(headings: Sequence[str], results: Collection[str]) -> set[int]:
    """The indexes of the columns of results where all are there; none in any other file."""
    ours = {i for i, heading in enumerate(headings) if result_name(heading) in results}
    return ours if {result_name(headings[i]) for i in ours} == set(results) else set()


def unmatched(
    headings: Sequence[str],
    columns: Mapping[str, int],
    results: Collection[str],
    sums: Collection[int] = (),
) -> tuple[list[str], list[str]]:
    """Write a line for each heading that is no field, with the field it may mean. Results are left out.

    ``sums`` are the indexes of columns that hold sums of money: the lines of these and of guesses come
    apart, to be said first.
    """
    first, others = [], []
    joined = name_parts(headings, columns)
    for index, name in nearest(headings, columns, results).items():
        if index in joined:
            continue
        heading = quoted(headings[index])
        hint = f'add --map "{shortened(headings[index])}={name}"' if name else ""
        if (named := field_named(headings[index])) is not None and named[0] in columns:
            better = [headings[i] for i in joined] or [headings[columns[named[0]]]]
            others.append(
                f"The column {heading} is kept as it is: {fields.BY_NAME[named[0]].heading} is read from "
                f"{' and '.join(map(quoted, better))}."
            )
        elif index in sums:
            meant = f"If it means {name}, {hint}, or --accept-guesses." if name else _MAP_SUMS
            first.append(
                f"The column {heading} holds sums and is no field: it is not used. {meant}"
            )
        elif name:
            first.append(
                f"The column {heading} is no field; it is kept as it is. If it means {name}, {hint}, or "
                "--accept-guesses."
            )
        else:
            others.append(f"The column {heading} is no field; it is kept as it is.")
    more = "columns are no field; they are kept as they are"
    return first_of(first, more), first_of(others, more)


_MAP_SUMS = 'If it is a payment due or paid, say so with --map "heading=field".'


def nearest(
    headings: Sequence[str], columns: Mapping[str, int], results: Collection[str]
) -> dict[int, str | None]:
    """Give the index of each heading that is no field, and a guess at the field it may mean.

    Results are left out. No field is guessed twice.
    """
    used = set(columns.values())
    free = {f.name for f in fields.FIELDS if f.name not in columns}
    meant: dict[int, str | None] = {}
    for index, heading in enumerate(headings):
        if index in used or not heading or result_name(heading) in results:
            continue
        meant[index] = _guess(heading, free)
        free -= {meant[index] or ""}
    return meant


_KINDS = (
    ("pension_strain", re.compile(r"strain|capital(?:ised|isation)? cost|hidden cost|\bcmp\b")),
    ("notice_pay", re.compile(r"\bpilon\b|notice.*\bpay|pay.*\bnotice")),
    ("redundancy", re.compile(r"redundancy")),
    ("severance", re.compile(r"severance|ex.gratia")),
    ("voluntary_exit", re.compile(r"voluntary exit")),
)
"""Words of a heading that mean a kind of payment, the first that fits."""
_DUE = re.compile(
    r"\b(?:due|full|uncapped|entitle\w*|payable|without|before|original|contractual|quot\w+|unrestricted|owed)\b"
)
_PAID = re.compile(r"\b(?:paid|actual\w*|received|after|capped|restricted|reduced)\b")
_NO_SUM = re.compile(
    r"\b(?:date|day|when|on|weeks?|years?|reason|type|factor|ref|no|number)\b|%|"
    r"statutory|invoice|outstanding|difference|short"
)
_THOUSANDS = re.compile(r"\b0{3}s?\b|\d\s*k\b|\bk\b|thousand")
_PERHAPS = {"type": "employer_kind"}
"""Headings that are only ever guessed."""
_CHARGED = ("pension_strain",)
"""Kinds whose sum alone, neither due nor paid, is what was charged: due."""


def _guess(heading: str, free: Collection[str]) -> str | None:
    """The field that a heading may mean: the kind of payment in it and whether due or paid; else one alike."""
    words = " ".join(re.sub(r"[^\w%]+", " ", heading.casefold().replace("_", " ")).split())
    if _THOUSANDS.search(words):
        return None
    for kind, pattern in _KINDS:
        if pattern.search(words) and not _NO_SUM.search(words):
            due, paid = bool(_DUE.search(words)), bool(_PAID.search(words))
            if due == paid and (due or kind not in _CHARGED):
                return None
            name = f"{kind}_paid" if paid else f"{kind}_due"
            return name if name in free else None
    labels = {words: name for words, name in _PERHAPS.items() if name in free}
    for name in free:
        f = fields.BY_NAME[name]
        if f.kind is Kind.MONEY and _NO_SUM.search(words):
            continue
        labels |= {f.heading.casefold(): name, name.replace("_", " "): name}
    near = difflib.get_close_matches(words, labels, n=3, cutoff=_ALIKE)
    return next((labels[label] for label in near if _same_words(words, label)), None)


_JOINING = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "s", "the", "to")
)
_ABOUT_A_PERSON = _JOINING | {"employee", "leaver", "member"}
_WORD_ALIKE = 0.8
"""How alike two words are that may be one, such as one with a slip of the keyboard."""


def _same_words(heading: str, label: str) -> bool:
    """Return whether each word of one is also in the other, but for words that only join, or say whose it is."""
    theirs, ours = re.findall(r"\w+", heading), re.findall(r"\w+", label)
    return _all_in(theirs, ours, _ABOUT_A_PERSON) and _all_in(ours, theirs, _JOINING)


def _all_in(words: Sequence[str], others: Sequence[str], left_out: Collection[str]) -> bool:
    return all(
        word in left_out or difflib.get_close_matches(word, others, n=1, cutoff=_WORD_ALIKE)
        for word in words
    )
