"""Exits of one person within 28 days: what earlier ones used of the cap, and where that is not known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from calculator.calculation.cap_and_difference import apply_cap, evaluate
from calculator.calculation.legal_facts import LegalFacts, Table
from calculator.facts.case_table import Cases
from rules import cap
from rules.arrays import Codes, Counts, Mask, Pence
from rules.coverage import normalised
from rules.positions import Positions


@dataclass
class Links(Table):
    """How exits of one person within 28 days share the cap."""

    used_before: Pence
    earlier_use_unknown: Mask
    use_unsettled: Mask
    notice_unsettled: Mask
    notice_differences_differ: Mask
    difference_if_counted: Pence
    by_order_given: Mask

    @classmethod
    def none(cls, size: int) -> Links:
        """No exit shares its cap with another."""
        amounts = (np.zeros(size, dtype=np.int64) for _ in range(2))
        masks = (np.zeros(size, dtype=bool) for _ in range(5))
        return cls(
            used_before=next(amounts),
            earlier_use_unknown=next(masks),
            use_unsettled=next(masks),
            notice_unsettled=next(masks),
            notice_differences_differ=next(masks),
            difference_if_counted=next(amounts),
            by_order_given=next(masks),
        )


def settle_links(
    facts: LegalFacts, cases: Cases, positions: Positions, as_at: np.datetime64
) -> tuple[Links, dict[int, list[int]]]:
    """What earlier exits of the same person used of the cap, exit by exit in the order of reg 4.

    An earlier exit uses what the cap would have allowed it without its own relaxation. Where its use, or a
    salary that decides how notice pay counts, is not known, the row is worked both ways: if the triage is
    the same nothing is used and notice pay is exempt, else the row needs data. For later exits the use of a
    row stays unknown while what it found used, or the salary its triage hangs on, is not known.
    """
    links = Links.none(cases.size)
    use_unknown = np.zeros(cases.size, dtype=bool)
    unknown_links: dict[int, list[int]] = {}

    members = np.flatnonzero(facts.scope.in_scope)
    order, ties = cap.order_of_exits(
        cases.person[members],
        cases.days["exit_date"][members],
        cases.money["annual_salary"][members],
        cases.known["annual_salary"][members],
        cases.hours[members],
        cases.hours_known[members],
        cases.days["service_start"][members],
    )
    links.by_order_given[members] = ties
    sequence = members[order]
    person = cases.person[sequence]
    first = cap.first_linked(person, cases.days["exit_date"][sequence])
    count = len(sequence)
    follows = np.zeros(count, dtype=bool)
    follows[1:] = person[1:] == person[:-1]
    has_next = np.append(follows[1:], False)
    begins = np.maximum.accumulate(np.where(follows, 0, np.arange(count)))
    place = np.arange(count) - begins
    use_so_far = np.zeros(count, dtype=np.int64)
    unknown_so_far = np.zeros(count, dtype=np.int64)

    by_place = np.argsort(place, kind="stable")
    cuts = np.searchsorted(place[by_place], np.arange(1, int(place.max(initial=0)) + 1))
    for at in np.split(by_place, cuts):
        rows = sequence[at]
        links.used_before[rows] = use_so_far[at] - use_so_far[first[at]]
        links.earlier_use_unknown[rows] = unknown_so_far[at] > unknown_so_far[first[at]]
        doubtful = rows[links.earlier_use_unknown[rows] | facts.payments.notice_unsure[rows]]
        if len(doubtful):
            _work_both_ways(facts, doubtful, links, positions, as_at)
        for row, linked_from, here in _rows_to_name(links.use_unsettled, rows, first, at):
            earlier = sequence[linked_from:here]
            unknown_links[row] = [int(r) for r in earlier if use_unknown[r]]
        going_on = at[has_next[at]]
        if len(going_on):
            going = sequence[going_on]
            use, unknown = _use_of_cap(
                facts.take(going),
                links.used_before[going],
                links.earlier_use_unknown[going] | links.notice_unsettled[going],
                positions,
            )
            use_unknown[going] = unknown
            use_so_far[going_on + 1] = use_so_far[going_on] + use
            unknown_so_far[going_on + 1] = unknown_so_far[going_on] + unknown
    return links, unknown_links


def _rows_to_name(
    unsettled: Mask, rows: Counts, first: Counts, at: Counts
) -> Iterator[tuple[int, int, int]]:
    for place in np.flatnonzero(unsettled[rows]).tolist():
        yield int(rows[place]), int(first[at[place]]), int(at[place])


def _work_both_ways(
    facts: LegalFacts, rows: Counts, links: Links, positions: Positions, as_at: np.datetime64
) -> None:
    """Set, for the rows in doubt, whether their triage hangs on a salary or on an earlier exit.

    Unknown use is taken as nothing and as one whole cap: exits within 28 days of this one shared one.
    """
    part = facts.take(rows)
    unsure, used = part.payments.notice_unsure, links.used_before[rows]
    whole_cap = np.where(links.earlier_use_unknown[rows], cap.CAP, 0)

    def worked(counted: bool, all_used: bool) -> tuple[Codes, Pence, Pence]:
        before = used + whole_cap if all_used else used
        one = evaluate(part, unsure & counted, before, positions, as_at)
        contract_only = np.where(one.basis.regulation_4, one.difference.contract_only, 0)
        return one.triage, one.difference.difference, contract_only

    exempt, difference, contract_only = worked(counted=False, all_used=False)
    counted_whole, difference_if_counted, contract_only_if = worked(counted=True, all_used=False)
    exempt_all_used, _, _ = worked(counted=False, all_used=True)
    counted_all_used, _, _ = worked(counted=True, all_used=True)
    links.notice_unsettled[rows] = (exempt != counted_whole) | (exempt_all_used != counted_all_used)
    links.use_unsettled[rows] = (exempt != exempt_all_used) | (counted_whole != counted_all_used)
    links.notice_differences_differ[rows] = (difference != difference_if_counted) | (
        contract_only != contract_only_if
    )
    links.difference_if_counted[rows] = difference_if_counted


def _use_of_cap(
    facts: LegalFacts, used_before: Pence, unsettled: Mask, positions: Positions
) -> tuple[Pence, Mask]:
    """What each exit uses of the cap for later ones, and where that is not known.

    ``unsettled``: what it found used before it is not known, or its triage hangs on a salary.
    """
    exempt = np.zeros(len(used_before), dtype=bool)
    capped = apply_cap(facts, exempt, used_before, positions)
    no_relaxation = np.zeros_like(used_before)
    allowed = cap.allowed_total(
        capped.counted_total,
        facts.statutory.protected,
        cap.cap_available(no_relaxation, used_before),
    )
    waived = facts.payments.waived
    unknown = ~waived & (unsettled | ~capped.due_complete)
    return np.where(waived | unknown, 0, allowed), unknown


def possible_duplicates(cases: Cases) -> Mask:
    """Rows of one person, on one day, with one employer."""
    flagged = np.zeros(cases.size, dtype=bool)
    order = np.lexsort((cases.days["exit_date"].astype(np.int64), cases.person))
    person, day = cases.person[order], cases.days["exit_date"][order]
    beside = np.flatnonzero((person[1:] == person[:-1]) & (day[1:] == day[:-1]))
    if not len(beside):
        return flagged
    rows = np.unique(np.concatenate((order[beside], order[beside + 1])))
    names = cases.text["employer_name"][rows].tolist()
    bodies = {name: normalised(name) for name in set(names)}
    groups: dict[tuple[int, int, str], list[int]] = {}
    for row, one, left_on, name in zip(
        rows.tolist(),
        cases.person[rows].tolist(),
        cases.days["exit_date"][rows].astype(np.int64).tolist(),
        names,
        strict=True,
    ):
        groups.setdefault((one, left_on, bodies[name]), []).append(row)
    twice = [same for (*_, employer), same in groups.items() if len(same) > 1 and employer]
    flagged[[row for same in twice for row in same]] = True
    return flagged
