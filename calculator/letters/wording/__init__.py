"""The sentences of the letters, by recipient, triage and basis. Each sentence on law carries its provision.

A letter is a list of sections, each with paragraphs and points. Amounts and days are words of the claim;
no sentence calculates anything. Where the law is open the sentence says "may" or "we take".
"""

from __future__ import annotations

from collections.abc import Callable

from calculator.letters.claim import Claim
from calculator.letters.recipients import Recipient, Writer, for_every_recipient
from calculator.letters.sender import Sender
from calculator.letters.wording.employer import letter_to_employer
from calculator.letters.wording.member import letter_to_member
from calculator.letters.wording.parts import Draft, Wording
from calculator.letters.wording.scheme import letter_to_scheme

WORDINGS: dict[Recipient, Callable[[Draft], Wording]] = for_every_recipient(
    {
        Recipient.EMPLOYER: letter_to_employer,
        Recipient.SCHEME: letter_to_scheme,
        Recipient.MEMBER: letter_to_member,
    }
)


def wording(claim: Claim, to: Recipient, writer: Writer, sender: Sender) -> Wording:
    """Word the letter of one claim to one recipient, written by the union or by the member.

    Takes a claim of a row that is to have a letter; each statement of law comes with its provision in
    :mod:`rules.sources`.
    """
    return WORDINGS[to](Draft(claim, sender, writer))
