"""For which rows there is an issue pack, a data request or a request for facts, and what to know of each."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.codes import AMBER_DAYS
from calculator.calculation.outcome import Outcome
from calculator.letters.recipients import DATA_REQUESTS, Recipient, Writer
from calculator.letters.sender import month_after
from rules.arrays import Mask
from rules.choices import Nation, Scheme

ANSWERED_BY_THE_SCHEME = frozenset({"", "teachers_compensation", "nhs_pension_cost"})
"""Checks that do not hold a request for facts, as it asks for what is to be checked."""


def why_no_pack(outcome: Outcome, to: Recipient) -> Iterator[tuple[str, Mask]]:
    """Yield the reasons why a row has none of the further kinds of letter, and where; none for the usual ones."""
    choices = outcome.cases.choices
    nation, scheme = choices["nation"], choices["scheme"]
    if to is Recipient.ISSUE_PACK:
        yield "pack_scotland", nation == Nation.SCOTLAND
        yield "pack_northern_ireland", nation == Nation.NORTHERN_IRELAND
        yield "no_sum_yet", outcome.triage == Triage.NEEDS_DATA
        yield from _not_near(outcome)
    if to in DATA_REQUESTS:
        yield "data_died", ~np.isnat(outcome.cases.days["died_on"])
    if to in (Recipient.FUND_DATA_REQUEST, Recipient.SCHEME_FACTS):
        yield "scheme_unknown", np.isin(scheme, (Scheme.NOT_GIVEN, Scheme.UNKNOWN))
        yield "no_scheme", scheme == Scheme.NONE
    if to is Recipient.SCHEME_FACTS:
        elsewhere = np.isin(nation, (Nation.SCOTLAND, Nation.NORTHERN_IRELAND))
        yield "has_own_letter", (scheme == Scheme.LGPS) & ~elsewhere


def _not_near(outcome: Outcome) -> Iterator[tuple[str, Mask]]:
    """Where the claims that would be pleaded are not near their last day.

    The contract is pleaded for a sum of the member, or where regulation 4 is not the basis.
    """
    today = np.datetime64(outcome.as_at, "D")
    contract, statute = (outcome.figures(f"{name}_last_day") for name in ("contract", "statute"))
    yield "statute_gone", statute.filled & (statute.values < today)
    member = outcome.figures("member_outstanding")
    counts = (member.filled & (member.values > 0)) | ~statute.filled
    near = np.zeros(outcome.cases.size, dtype=bool)
    for clock, counted in ((contract, counts), (statute, statute.filled)):
        in_reach = (clock.values >= today) & (clock.values <= today + AMBER_DAYS)
        near |= clock.filled & counted & in_reach
    yield "no_claim_near", ~near


def pack_notes(outcome: Outcome, row: int, to: Recipient, writer: Writer) -> Iterator[str]:
    """Yield what to know of a letter of a further kind before it goes."""
    if to is Recipient.ISSUE_PACK:
        yield "draft_pack"
        if outcome.signals.to_check.of(row):
            yield "pack_to_check"
    if to in DATA_REQUESTS:
        if writer is Writer.UNION:
            yield "needs_authority"
        issue_by = outcome.day("issue_by", row)
        if issue_by is not None and issue_by <= month_after(outcome.as_at):
            yield "data_after_deadline"
    if to is Recipient.EMPLOYER and outcome.triage[row] == Triage.NEEDS_DATA:
        yield "ask_for_data"
