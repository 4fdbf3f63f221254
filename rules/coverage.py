"""Who the cap applied to: the bodies in the Schedule, the nations, and the days of exit."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np

from rules.arrays import Codes, Days, Mask, day
from rules.choices import EmployerKind, Nation
from rules.dated import read_table
from rules.sources import (
    CAP_IN_ACT,
    COMMENCEMENT,
    DISAPPLIED,
    EXIT_DATE_DECIDES,
    RELEVANT_PERIOD,
    REVOCATION,
    THE_SCHEDULE,
    cited,
)

CAP_IN_FORCE = day("2020-11-04")
"""SI 2020/1122 reg 1(2): the twenty-first day after 14 October 2020. First day of the relevant period."""
CAP_DISAPPLIED = day("2021-02-12")
"""The day of the directions that disapplied the cap in England (secondary source)."""
REVOKED = day("2021-03-19")
"""SI 2021/197 regs 1, 3: the 2020 Regulations are revoked. Last day of the relevant period (reg 2)."""


@dataclass(frozen=True)
class Entry:
    """One entry of the Schedule to SI 2020/1122, in its own words.

    ``part`` 1 lists bodies, 2 offices; ``nation`` is the Schedule's heading, not the place of work;
    ``kind``, this project's classification, is "named" for a body or office by name, "class" for a
    description to apply to the facts.
    """

    part: int
    nation: str
    words: str
    kind: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the entry: its own words, and each half of a double name."""
        halves = [half.strip() for half in self.words.split("/")]
        return (self.words, *halves) if len(halves) > 1 else (self.words,)


@cache
def schedule() -> tuple[Entry, ...]:
    """Return the 552 entries of the Schedule as in force on 4 November 2020."""
    return tuple(
        Entry(int(row["part"]), row["nation"], row["entry"], row["kind"])
        for row in read_table("scheduled_authorities.csv")
    )


def normalised(name: str) -> str:
    """Return a name without case, accents, punctuation, spaces and a leading "the", and "&" as "and".

    Two names are the same body for the Schedule exactly when this gives the same text.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub(r"^\s*the\s+", "", plain.casefold().replace("&", " and "))
    return re.sub(r"[^a-z0-9]", "", words)


@cache
def _named_bodies() -> dict[str, Entry]:
    return {
        normalised(name): entry
        for entry in schedule()
        if entry.part == 1 and entry.kind == "named"
        for name in entry.names
    }


@cited(THE_SCHEDULE)
def named_in_schedule(name: str) -> Entry | None:
    """SI 2020/1122 Schedule: return the Part 1 entry that names this body, or None.

    An exact match after :func:`normalised`, nothing less. Most employers are covered by a description
    ("a district council") and not by name, so None does not mean "not covered".
    """
    key = normalised(name)
    return _named_bodies().get(key) if key else None


@cited(THE_SCHEDULE, CAP_IN_ACT)
def employer_covered(named: Mask, kind: Codes, nation: Codes) -> Mask:
    """SI 2020/1122 Schedule; SBEEA 2015 s.153A(10): True where the employer is or may be covered.

    A named body is a relevant authority, whatever its kind. Otherwise "not listed" is not. In Scotland
    and Northern Ireland only the civil service and other listed bodies may be: in Scotland bodies of the
    Scottish Administration (no Scottish council, school, police or health body is listed), in both
    nations United Kingdom bodies (s.153A(10) excludes the transferred bodies of Northern Ireland).
    """
    may_be_listed = ~_is(kind, EmployerKind.NOT_LISTED)
    outside_england_and_wales = _is(nation, Nation.SCOTLAND, Nation.NORTHERN_IRELAND)
    possible_there = _is(kind, EmployerKind.CIVIL_SERVICE, EmployerKind.OTHER_LISTED)
    return named | (may_be_listed & (~outside_england_and_wales | possible_there))


@cited(THE_SCHEDULE)
def schedule_to_be_checked(named: Mask, kind: Codes, nation: Codes) -> Mask:
    """SI 2020/1122 Schedule: True where only some bodies of the kind were listed.

    In Scotland and Northern Ireland, unless the body is named.
    """
    possible_there = _is(kind, EmployerKind.CIVIL_SERVICE, EmployerKind.OTHER_LISTED)
    return ~named & _is(nation, Nation.SCOTLAND, Nation.NORTHERN_IRELAND) & possible_there


@cited(THE_SCHEDULE)
def employer_unconfirmed(named: Mask, kind: Codes) -> Mask:
    """SI 2020/1122 Schedule: True where neither name nor kind says whether the employer is listed."""
    return ~named & _is(kind, EmployerKind.NOT_GIVEN, EmployerKind.UNKNOWN)


@cited(COMMENCEMENT, EXIT_DATE_DECIDES)
def exit_before_cap(exit_date: Days) -> Mask:
    """SI 2020/1122 reg 1(2): True for an exit before the cap was in force."""
    return exit_date < CAP_IN_FORCE


@cited(COMMENCEMENT, EXIT_DATE_DECIDES)
def excluded_as_before_cap(exit_date: Days, position: str) -> Mask:
    """SI 2020/1122 reg 1(2): True where an exit before the cap is left out, under the position taken.

    ``out_of_scope``: the exit date decides. ``in_scope``: regulation 4(2)(a) of SI 2021/197 dates the
    payment, not the exit.
    """
    if position == "in_scope":
        return np.zeros(exit_date.shape, dtype=bool)
    return exit_before_cap(exit_date)


@cited(REVOCATION, EXIT_DATE_DECIDES)
def exit_after_cap(exit_date: Days) -> Mask:
    """SI 2021/197 regs 1, 3: True for an exit after the day of revocation."""
    return exit_date > REVOKED


@cited(DISAPPLIED)
def on_boundary_day(exit_date: Days) -> Mask:
    """LGA on the directions of 12 February 2021: True for an exit on that day.

    The day the cap was disapplied in England. It is in scope; sources differ.
    """
    boundary: Mask = exit_date == CAP_DISAPPLIED
    return boundary


@cited(DISAPPLIED, REVOCATION)
def late_exit(exit_date: Days) -> Mask:
    """LGA on the directions of 12 February 2021; SI 2021/197 regs 1, 3: True for an exit in between.

    After the cap was disapplied in England, and not after the day of revocation.
    """
    late: Mask = (exit_date > CAP_DISAPPLIED) & (exit_date <= REVOKED)
    return late


@cited(RELEVANT_PERIOD)
def in_relevant_period(days: Days) -> Mask:
    """SI 2021/197 reg 2: True from 4 November 2020 to 19 March 2021, both days included."""
    inside: Mask = (days >= CAP_IN_FORCE) & (days <= REVOKED)
    return inside


def _is(codes: Codes, *members: int) -> Mask:
    is_member = np.zeros(codes.shape, dtype=bool)
    for member in members:
        is_member |= codes == member
    return is_member
