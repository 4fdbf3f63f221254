"""Rows whose person references leave in doubt who is one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from calculator.facts.case_table import Cases
from calculator.facts.references import matching
from rules.arrays import Mask
from rules.cap import LINKED_DAYS


def two_names(cases: Cases) -> Mask:
    """Mark the rows of each person whose rows have two different member names."""
    first: dict[int, str] = {}
    several = set()
    _, index, counts = np.unique(cases.person, return_inverse=True, return_counts=True)
    linked = counts[index] > 1
    for row in np.flatnonzero(linked & (cases.text["member_name"] != "")).tolist():
        person, name = int(cases.person[row]), _same_name(cases.text["member_name"][row])
        if first.setdefault(person, name) != name:
            several.add(person)
    return np.isin(cases.person, [*several])


def only_zeros_differ(cases: Cases) -> Mask:
    """Mark the rows whose person references differ from another's by leading zeros alone."""
    marked = np.zeros(cases.size, dtype=bool)
    given = np.flatnonzero(cases.text["person_ref"] != "").tolist()
    references = {row: matching(cases.text["person_ref"][row]) for row in given}
    bare = {reference.lstrip("0") for reference in references.values() if reference[0] == "0"}
    alike: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row, reference in references.items():
        if bare and reference.lstrip("0") in bare:
            alike[reference.lstrip("0")][reference].append(row)
    for by_reference in alike.values():
        if len(by_reference) > 1:
            for rows in by_reference.values():
                marked[rows] = True
    return marked


def perhaps_one_person(cases: Cases) -> Mask:
    """Mark rows of one name and birth, not linked by their references, whose exits could share a cap."""
    marked = np.zeros(cases.size, dtype=bool)
    born, left = cases.days["date_of_birth"], cases.days["exit_date"]
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    days = born.astype(np.int64).tolist()
    usable = ~np.isnat(born) & ~np.isnat(left) & (cases.text["member_name"] != "")
    for row in np.flatnonzero(usable).tolist():
        groups[days[row], _same_name(cases.text["member_name"][row])].append(row)
    exits, person = left.astype(np.int64).tolist(), cases.person.tolist()
    for rows in groups.values():
        if len(rows) > 1:
            rows.sort(key=lambda row: exits[row])
            for order in (rows, rows[::-1]):
                marked[_near_another(order, exits, person)] = True
    return marked


def _near_another(rows: Iterable[int], exits: list[int], person: list[int]) -> list[int]:
    """Give the rows, in the order of their exits, with an exit of another person shortly before."""
    near = []
    last: int | None = None
    other: int | None = None
    for row in rows:
        if last is not None and person[row] != person[last]:
            other = last
        if other is not None and abs(exits[row] - exits[other]) < LINKED_DAYS:
            near.append(row)
        last = row
    return near


def _same_name(name: str) -> str:
    return matching(name).replace("’", "'")
