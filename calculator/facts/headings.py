"""Which column holds which field: by name, heading, alias, or the person's own mapping."""

from __future__ import annotations

import difflib
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from calculator.calculation.result_columns import OUTPUT_NAMES
from calculator.facts import fields
from calculator.facts.problems import FileProblem

_ALIKE = 0.75


def parsed_mapping(pairs: Iterable[str]) -> dict[str, str]:
    """``"Their heading=field"`` pairs as a mapping. FileProblem for one that cannot be used."""
    mapping: dict[str, str] = {}
    for pair in pairs:
        heading, equals, name = pair.rpartition("=")
        if not equals or not heading.strip():
            raise FileProblem(f"--map {pair!r}: write it as 'Their heading=field'.")
        mapping[heading.strip()] = name.strip()
    return checked_mapping(mapping)


def read_mapping(path: Path) -> dict[str, str]:
    """A saved mapping: a TOML file of ``"Their heading" = "field"`` lines."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise FileProblem(f'{path.name}: not a file of "Their heading" = "field" lines.') from None
    return checked_mapping({heading: str(name) for heading, name in found.items()})


def mapping_text(mapping: Mapping[str, str]) -> str:
    """A mapping as the text of a file that :func:`read_mapping` reads."""
    lines = (f"{json.dumps(heading)} = {json.dumps(name)}" for heading, name in mapping.items())
    return "".join(f"{line}\n" for line in lines)


def checked_mapping(mapping: dict[str, str]) -> dict[str, str]:
    """The same mapping. FileProblem, with the nearest field, where it names no field."""
    for heading, name in mapping.items():
        if name not in fields.BY_NAME:
            near = difflib.get_close_matches(name, fields.BY_NAME, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise FileProblem(f"The heading {heading!r} is mapped to {name!r}, no field.{hint}")
    return mapping


def match(headings: Sequence[str], mapping: Mapping[str, str]) -> dict[str, int]:
    """The place of each field's column. FileProblem where two columns claim one field.

    In results fed back in, a column of ours gives way to one of the person's own for the same field.
    """
    own = {_key(heading): name for heading, name in mapping.items()}
    ours = _places_of_results(headings)
    found: dict[str, int] = {}
    for place in sorted(range(len(headings)), key=lambda place: place in ours):
        heading = headings[place]
        name = own.get(_key(heading)) or _known(heading)
        if name is None or (name in found and place in ours):
            continue
        if name in found:
            raise FileProblem(
                f"Two columns, {headings[found[name]]!r} and {heading!r}, both read as "
                f"{fields.BY_NAME[name].heading}. Rename or remove one."
            )
        found[name] = place
    unused = [heading for heading in mapping if _key(heading) not in map(_key, headings)]
    if unused:
        raise FileProblem(f"The file has no column {unused[0]!r}, which the mapping names.")
    return found


def _places_of_results(headings: Sequence[str]) -> set[int]:
    """The places of the columns of results where all are there; none in any other file."""
    results = {_key(name) for name in OUTPUT_NAMES}
    places = {place for place, heading in enumerate(headings) if _key(heading) in results}
    return places if {_key(headings[place]) for place in places} == results else set()


def _known(heading: str) -> str | None:
    found = fields.field_for_heading(heading)
    return found.name if found is not None else None


def unmatched(headings: Sequence[str], columns: Mapping[str, int]) -> list[str]:
    """A line for each heading that is no field, with the field it may mean. Results are left out."""
    lines = []
    for place, name in nearest(headings, columns).items():
        heading = headings[place]
        hint = f' If it means {name}, add --map "{heading}={name}".' if name else ""
        lines.append(f"The column {heading!r} is no field; it is kept as it is.{hint}")
    return lines


def nearest(headings: Sequence[str], columns: Mapping[str, int]) -> dict[int, str | None]:
    """The place of each heading that is no field, and the field it may mean. Results are left out."""
    used = set(columns.values())
    results = {_key(name) for name in OUTPUT_NAMES}
    free = {f.heading: f for f in fields.FIELDS if f.name not in columns}
    free |= {f.name.replace("_", " "): f for f in fields.FIELDS if f.name not in columns}
    folded = _folded(free)
    found: dict[int, str | None] = {}
    for place, heading in enumerate(headings):
        if place in used or not heading or _key(heading) in results:
            continue
        near = difflib.get_close_matches(heading.casefold(), folded, n=1, cutoff=_ALIKE)
        found[place] = folded[near[0]].name if near else None
    return found


def _folded(free: Mapping[str, fields.Field]) -> dict[str, fields.Field]:
    return {label.casefold(): f for label, f in free.items()}


def _key(text: str) -> str:
    return " ".join(text.casefold().split())
