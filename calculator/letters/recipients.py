"""THE list of recipients and of extras, whose name a letter may be in, and what happens without consent.

A recipient is added here; what still lacks it (its wording, its schedule) fails when the program loads.
Light to load, as the commands draw their help on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Self, TypeVar

T = TypeVar("T")


class Recipient(StrEnum):
    """Who a letter goes to, and what kind it is where there are several.

    ``label``: what the screens call them. ``needs_consent``: a letter from the union shows them that the
    member belongs to it. ``address``: the field with their address.
    Source: UK GDPR art 9, membership of a trade union.
    """

    label: str
    needs_consent: bool
    address: str

    def __new__(
        cls, value: str, label: str = "", needs_consent: bool = True, address: str = ""
    ) -> Self:
        """Make a recipient of its word in commands, files and placeholders, and of the above."""
        made = str.__new__(cls, value)
        made._value_ = value
        made.label, made.needs_consent, made.address = label, needs_consent, address
        return made

    EMPLOYER = "employer", "The employer", True, "employer_address"
    SCHEME = "scheme", "The pension scheme", True, "fund_address"
    MEMBER = "member", "The member", False, "member_address"
    ISSUE_PACK = "issue_pack", "The solicitor: issue pack", False, ""
    DATA_REQUEST = "data_request", "The employer: data request", True, "employer_address"
    FUND_DATA_REQUEST = (
        "fund_data_request",
        "The pension scheme: data request",
        True,
        "fund_address",
    )
    SCHEME_FACTS = (
        "scheme_facts",
        "Another pension scheme: request for facts",
        True,
        "fund_address",
    )


USUAL = (Recipient.EMPLOYER, Recipient.SCHEME, Recipient.MEMBER)
"""Who is written to where nobody is named. A data request needs a signed authority, which nobody has yet."""
DATA_REQUESTS = (Recipient.DATA_REQUEST, Recipient.FUND_DATA_REQUEST)


class Writer(StrEnum):
    """In whose name a letter is written."""

    UNION = "union"
    MEMBER = "member"


class Extra(StrEnum):
    """What our letters hold beside the letter and its schedule, and may go without. ``label``: on the screens."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make an extra of its word in commands and files, and of its label."""
        made = str.__new__(cls, value)
        made._value_ = value
        made.label = label
        return made

    PRACTICE_DIRECTION = "practice_direction", "Letter before claim: the Practice Direction"
    REPLY_FORM = "reply_form", "Reply form for the employer"
    ACKNOWLEDGMENT = "acknowledgment", "Acknowledgment for the employer to sign"
    STANDSTILL = "standstill", "Standstill agreement"
    AUTHORITY = "authority", "Authority and instructions for the member to sign"
    INFORMATION_REQUEST = "information_request", "Freedom of information request to the employer"


class WithoutConsent(StrEnum):
    """What becomes of a letter that would name the union where the member has not agreed."""

    SKIP = "skip"
    MEMBER = "member"


def for_every_recipient(mapping: dict[Recipient, T]) -> dict[Recipient, T]:
    """Return the mapping. LookupError where a recipient is missing from it."""
    if missing := [to.value for to in Recipient if to not in mapping]:
        raise LookupError(f"nothing is declared here for letters to: {', '.join(missing)}")
    return mapping


def one_of(words: Iterable[str]) -> str:
    """List words as alternatives: ``a, b or c``."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
