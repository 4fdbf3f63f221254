"""The facts that the rules distinguish. 0 is always "not given"; the order is that of the form."""

from __future__ import annotations

from enum import IntEnum


class EmployerKind(IntEnum):
    """What sort of body the employer is, for the Schedule to SI 2020/1122."""

    NOT_GIVEN = 0
    COUNCIL = 1
    MAINTAINED_SCHOOL = 2
    ACADEMY = 3
    NHS = 4
    POLICE = 5
    FIRE = 6
    CIVIL_SERVICE = 7
    OTHER_LISTED = 8
    NOT_LISTED = 9
    UNKNOWN = 10


class Nation(IntEnum):
    """Where the person worked."""

    NOT_GIVEN = 0
    ENGLAND = 1
    WALES = 2
    SCOTLAND = 3
    NORTHERN_IRELAND = 4


class ExitReason(IntEnum):
    """Why the employment or office ended."""

    NOT_GIVEN = 0
    REDUNDANCY = 1
    BUSINESS_EFFICIENCY = 2
    VOLUNTARY = 3
    SETTLEMENT = 4
    OTHER = 5
    UNKNOWN = 6


class Scheme(IntEnum):
    """The pension scheme of the employment."""

    NOT_GIVEN = 0
    LGPS = 1
    TPS = 2
    NHS = 3
    CIVIL_SERVICE = 4
    POLICE = 5
    FIRE = 6
    OTHER = 7
    NONE = 8
    UNKNOWN = 9


class PensionOutcome(IntEnum):
    """What happened to the pension when the person left."""

    NOT_GIVEN = 0
    UNREDUCED = 1
    REDUCED = 2
    DEFERRED = 3
    SELF_FUNDED = 4
    UNKNOWN = 5


class YesNo(IntEnum):
    """Yes, no, or stated as not known."""

    NOT_GIVEN = 0
    YES = 1
    NO = 2
    UNKNOWN = 3


class Consent(IntEnum):
    """Whether the member agrees that a letter may show union membership."""

    NOT_GIVEN = 0
    YES = 1
    NO = 2


class CapApplied(IntEnum):
    """Whether the employer said that it applied the cap to the exit, and how."""

    NOT_GIVEN = 0
    IN_WRITING = 1
    TOLD = 2
    NO = 3
    UNKNOWN = 4


class Entitlement(IntEnum):
    """What bound the employer to pay what is entered as due, for SI 2021/197 reg 4(2)(b)."""

    NOT_GIVEN = 0
    CONTRACT = 1
    POLICY = 2
    DECIDED = 3
    STATUTE = 4
    DISCRETIONARY = 5
    UNKNOWN = 6
