"""Rows whose person references leave in doubt who is one person."""

from __future__ import annotations

import numpy as np

from calculator.facts.case_table import Cases
from calculator.facts.references import compared, matching, numbered
from rules.arrays import Counts, Mask
from rules.cap import LINKED_DAYS


def two_names(cases: Cases) -> Mask:
    """Mark the rows of each person whose rows have two different member names."""
    names = _names(cases)
    persons, person = np.unique(cases.person, return_inverse=True)
    named = names >= 0
    return _differ(person[named], names[named], len(persons))[person]


def only_zeros_differ(cases: Cases) -> Mask:
    """Mark the rows whose person references differ from another's by leading zeros alone."""
    marked = np.zeros(cases.size, dtype=bool)
    column = cases.text["person_ref"]
    if len(column.search("^0")):
        references = compared(column, matching)
        number = numbered(references)
        given = np.flatnonzero(number >= 0)
        bare = numbered(references.mapped(lambda text: text.lstrip("0")))[given] + 1
        marked[given] = _differ(bare, number[given], len(references.values) + 1)[bare]
    return marked


def _differ(groups: Counts, numbers: Counts, count: int) -> Mask:
    """Mark the groups, numbered up to a count, in which two numbers are not the same."""
    last = np.zeros(count, dtype=np.int64)
    last[groups] = numbers
    differ = np.zeros(len(last), dtype=bool)
    differ[groups[numbers != last[groups]]] = True
    return differ


def perhaps_one_person(cases: Cases) -> Mask:
    """Mark rows of one name and birth, not linked by their references, whose exits could share a cap."""
    marked = np.zeros(cases.size, dtype=bool)
    born, left = cases.days["date_of_birth"], cases.days["exit_date"]
    names = _names(cases)
    usable = np.flatnonzero(~np.isnat(born) & ~np.isnat(left) & (names >= 0))
    rows = usable[np.lexsort((left[usable], names[usable], born[usable]))]
    for order in (rows, rows[::-1]):
        marked[order[_near_another(order, names, cases)]] = True
    return marked


def _near_another(rows: Counts, names: Counts, cases: Cases) -> Mask:
    """Mark those of the rows, in the order of their exits, with an exit of another person shortly before."""
    person, left = cases.person[rows], cases.days["exit_date"][rows]
    born, name = cases.days["date_of_birth"][rows], names[rows]
    goes_on = np.zeros(len(rows), dtype=bool)
    alike = np.zeros(len(rows), dtype=bool)
    alike[1:] = (born[1:] == born[:-1]) & (name[1:] == name[:-1])
    goes_on[1:] = alike[1:] & (person[1:] == person[:-1])
    place = np.arange(len(rows))
    begins = np.maximum.accumulate(np.where(goes_on, 0, place))
    other = np.maximum(begins - 1, 0)
    apart = np.abs((left - left[other]).astype(np.int64))
    near: Mask = alike[begins] & (apart < LINKED_DAYS)
    return near


def _names(cases: Cases) -> Counts:
    """Number each row by its member's name; -1 where there is none."""
    return numbered(compared(cases.text["member_name"], _same_name))


def _same_name(name: str) -> str:
    return matching(name).replace("’", "'")
