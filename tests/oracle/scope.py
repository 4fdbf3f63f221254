"""Which exits the 2020 Regulations reached: employer, nation and day."""

from __future__ import annotations

import re
from functools import cache

from .basics import CAP_DISAPPLIED, CAP_REVOKED, CAP_STARTS, table_rows
from .facts import Case, Notes, Positions


@cache
def plain_name(name: str) -> str:
    """A body's name without case, punctuation, "&" for "and" and a leading "the"."""
    words = name.casefold().replace("&", " and ").replace("'", "").replace("\u2019", "")
    words = " ".join(re.sub(r"[^\w\s]|_", " ", words).split())
    return words.removeprefix("the ")


@cache
def named_bodies() -> frozenset[str]:
    """2020 Regs, Schedule Part 1: bodies listed by name, and either half of a double name."""
    names: set[str] = set()
    for entry in table_rows("scheduled_authorities.csv"):
        if entry["part"] == "1" and entry["kind"] == "named":
            names.add(plain_name(entry["entry"]))
            names.update(plain_name(half) for half in entry["entry"].split("/"))
    return frozenset(names - {""})


def employer_in_scope(case: Case, notes: Notes) -> bool:
    """2020 Regs 2, "relevant authority": a body listed in the Schedule.

    Most are listed by a class ("a district council"), so a name that does not match proves nothing.
    For Scotland and Northern Ireland only bodies of the Scottish Administration and of the United
    Kingdom were listed (the Act s.153A(10)).
    """
    if plain_name(case.employer_name) in named_bodies():
        if case.employer_kind == "not_listed":
            notes.reasons.add("employer_kind_conflicts")
        return True
    if case.employer_kind == "not_listed":
        return False
    if case.nation in ("scotland", "northern_ireland"):
        return case.employer_kind in ("civil_service", "other_listed")
    return True


def exit_day_in_scope(case: Case, positions: Positions, notes: Notes) -> bool:
    """2020 Regs 1(2) and 2021 Regs 1: exits while the 2020 Regulations were in force.

    2021 Regs 4(2)(a) dates the payment and not the exit, so that an earlier exit is a position.
    """
    if case.exit_date < CAP_STARTS:
        notes.reasons.add("exit_before_cap")
        return positions.exits_before_cap_count
    if case.exit_date > CAP_REVOKED:
        notes.reasons.add("exit_after_cap")
        return False
    return True


def is_in_scope(case: Case, positions: Positions) -> bool:
    """2020 Regs 2: a relevant public sector exit while the cap was in force."""
    return employer_in_scope(case, Notes()) and exit_day_in_scope(case, positions, Notes())


def is_late_exit(case: Case) -> bool:
    """An exit after the cap was disapplied in England and before it was revoked."""
    return CAP_DISAPPLIED < case.exit_date <= CAP_REVOKED


def may_be_estimated(case: Case) -> bool:
    """Whether an unknown paid amount may be estimated as if the cap was applied.

    The Directions of 12 February 2021 did not cover devolved Welsh authorities; elsewhere a later
    exit was capped only if the employer said so.
    """
    return (
        not is_late_exit(case)
        or case.nation == "wales"
        or case.cap_applied in ("in_writing", "told")
    )


def note_doubts_of_scope(case: Case, notes: Notes) -> None:
    """What to check about an exit that is taken to be in scope."""
    if plain_name(case.employer_name) not in named_bodies():
        if case.nation in ("scotland", "northern_ireland"):
            notes.reasons.add("check_schedule_entry")
        if case.employer_kind == "unknown":
            notes.reasons.add("employer_unconfirmed")
            notes.missing.add("employer_kind")
    if case.exit_date == CAP_DISAPPLIED:
        notes.reasons.add("boundary_day")
    if is_late_exit(case):
        wales = case.nation == "wales"
        notes.reasons.add("late_exit_wales" if wales else "late_exit_check_why")
