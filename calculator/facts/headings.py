"""Which column holds which field: by name, heading, alias, or the person's own mapping."""

from __future__ import annotations

import difflib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence

from calculator.facts import fields
from calculator.facts.problems import FileProblem
from calculator.facts.text import first_of, quoted, shortened

_ALIKE = 0.75


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


def match(
    headings: Sequence[str], mapping: Mapping[str, str], results: Collection[str]
) -> tuple[dict[str, int], list[str]]:
    """Match headings with fields: the index of each field's column, and a sentence for each field read twice.

    Of two columns that read as one field, the first named in the sentence is taken. ``results`` are the
    names of our own results: fed back in, a column of ours gives way to one of the person's own.
    """
    own = _mapped(headings, mapping)
    ours = _results_among(headings, results)
    columns: dict[str, int] = {}
    twice = []
    for index in sorted(range(len(headings)), key=lambda index: index in ours):
        field = fields.field_for_heading(headings[index])
        name = own.get(index) or (field.name if field is not None else None)
        if name is None or (name in columns and index in ours):
            continue
        if name in columns:
            twice.append(
                f"Two columns, {quoted(headings[columns[name]])} and {quoted(headings[index])}, both read as "
                f"{fields.BY_NAME[name].heading}."
            )
        else:
            columns[name] = index
    return columns, twice


def columns_of(
    headings: Sequence[str], mapping: Mapping[str, str], results: Collection[str]
) -> dict[str, int]:
    """Give the index of each field's column as :func:`match` does.

    FileProblem where two columns read as one field, or the mapping names a column that is not there.
    """
    columns, twice = match(headings, mapping, results)
    if twice:
        raise FileProblem(f"{twice[0]} Rename or remove one.")
    keys = {fields.key(heading) for heading in headings}
    for heading in mapping:
        if fields.key(heading) not in keys:
            raise FileProblem(f"The file has no column {quoted(heading)}, which the mapping names.")
    return columns


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
    headings: Sequence[str], columns: Mapping[str, int], results: Collection[str]
) -> list[str]:
    """Write a line for each heading that is no field, with the field it may mean. Results are left out."""
    lines = []
    for index, name in nearest(headings, columns, results).items():
        heading = headings[index]
        hint = f' If it means {name}, add --map "{shortened(heading)}={name}".' if name else ""
        lines.append(f"The column {quoted(heading)} is no field; it is kept as it is.{hint}")
    return first_of(lines, "columns are no field; they are kept as they are")


def nearest(
    headings: Sequence[str], columns: Mapping[str, int], results: Collection[str]
) -> dict[int, str | None]:
    """Give the index of each heading that is no field, and the field it may mean. Results are left out."""
    used = set(columns.values())
    free = [f for f in fields.FIELDS if f.name not in columns]
    labels = {f.heading.casefold(): f.name for f in free}
    labels |= {f.name.replace("_", " ").casefold(): f.name for f in free}
    meant: dict[int, str | None] = {}
    for index, heading in enumerate(headings):
        if index in used or not heading or result_name(heading) in results:
            continue
        near = difflib.get_close_matches(heading.casefold(), labels, n=1, cutoff=_ALIKE)
        meant[index] = labels[near[0]] if near else None
    return meant
