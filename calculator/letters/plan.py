"""Which letters are written for which rows, in whose name, and why the others are not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import numpy as np

from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.outcome import Outcome
from calculator.facts.text import one_line
from calculator.letters.pack_plan import ANSWERED_BY_THE_SCHEME, pack_notes, why_no_pack
from calculator.letters.recipients import USUAL, Recipient, WithoutConsent, Writer
from calculator.letters.sender import is_near, reply_day
from calculator.letters.tracker import Tracked
from rules.arrays import Mask
from rules.choices import Consent, ExitReason, Nation, PensionOutcome, Scheme, YesNo
from rules.pension import old_enough_at_exit, reason_gives_unreduced

HELD = "to_check"
"""Why a letter to the employer or the scheme is held: something is to be checked first."""
NAMES_IN_LETTERS = ("case_ref", "person_ref", "member_name", "employer_name")
_CLAIMS = 2
"""Of the clocks, those of a claim against the employer; the others are the pension's."""
_OF_A_CLAIM = ("reply_after_deadline", "deadline_near", "estimate")
"""What is told of a letter that claims from the employer, or tells the member of it."""
_CLAIMS_NOTHING = frozenset(Recipient) - {Recipient.EMPLOYER, Recipient.MEMBER}
_OURS = (Recipient.MEMBER, Recipient.ISSUE_PACK)
"""Recipients on our side, whose letters are not held."""
WRITTEN = (
    Triage.NEEDS_DATA,
    Triage.PART_REPAIRED,
    Triage.CAPPED_EXACT,
    Triage.CAPPED_ESTIMATE,
    Triage.UNDERPAID_NOT_CAPPED,
)
"""The triages that letters are written for."""


@dataclass(frozen=True)
class Plan:
    """One letter to be written, or not.

    ``row`` is its index in the table. ``skipped`` is "" for a letter to be written, else a key of
    :data:`calculator.letters.words.LETTER_SKIPPED`; ``notes`` are keys of
    :data:`calculator.letters.words.LETTER_NOTES`, for the person who sends the letter. ``tracked`` is what
    is known of the letter that a chaser reminds of.
    """

    row: int
    to: Recipient
    writer: Writer
    skipped: str
    notes: tuple[str, ...]
    tracked: Tracked | None = None

    @property
    def is_chaser(self) -> bool:
        """Whether it is a reminder of a letter that was sent."""
        return self.tracked is not None and not self.skipped


def plan_letters(
    outcome: Outcome,
    to: Collection[Recipient] = USUAL,
    without_consent: WithoutConsent = WithoutConsent.SKIP,
    reply_days: int = 14,
    from_own: Collection[Recipient] = (),
) -> list[Plan]:
    """Plan one letter for each row and recipient asked for, in the order of the table.

    A letter that would show the recipient the member's union is planned only where the member agrees;
    otherwise it is skipped or, with ``WithoutConsent.MEMBER``, planned in the member's own name. Such a
    letter is never made from a union's template, which may show the union's name; ``from_own`` are the
    recipients whose letters are made from one.
    Source: UK GDPR art 9, membership of a trade union.
    """
    skips = {recipient: skip_codes(outcome, recipient) for recipient in to}
    notes = _notes(outcome, reply_days)
    consents = outcome.cases.choices["consent_to_disclose"].tolist()
    died = (~np.isnat(outcome.cases.days["died_on"])).tolist()
    plans = []
    for row in range(outcome.cases.size):
        for recipient in Recipient:
            if recipient not in skips:
                continue
            skipped, writer = skips[recipient][row], Writer.UNION
            noted = list(notes[row]) if not skipped else []
            discloses = recipient.needs_consent and consents[row] != Consent.YES
            if not skipped and discloses and without_consent is WithoutConsent.SKIP:
                skipped, noted = "no_consent", []
            elif not skipped and discloses and died[row]:
                skipped, noted = "died", []
            elif not skipped and discloses:
                writer = Writer.MEMBER
                noted += ["own_name"] + ["not_from_template"] * (recipient in from_own)
            if recipient in _CLAIMS_NOTHING:
                noted = [note for note in noted if note not in _OF_A_CLAIM]
            if recipient is Recipient.SCHEME and not skipped and _facts_unknown(outcome, row):
                noted.append("facts_unknown")
            if not skipped:
                noted += pack_notes(outcome, row, recipient, writer)
            plans.append(Plan(row, recipient, writer, skipped, tuple(noted)))
    return plans


def skip_codes(outcome: Outcome, to: Recipient) -> list[str]:
    """Say for each row why there is no letter to this recipient, "" where there is one."""
    reasons = np.full(outcome.cases.size, "", dtype=object)
    for triage in Triage:
        if triage not in WRITTEN:
            reasons[outcome.triage == triage] = triage.name.lower()
    if to is Recipient.MEMBER:
        reasons[outcome.words_of_regulation_4_met] = ""
    if to is Recipient.SCHEME:
        for code, where in _no_scheme_letter(outcome):
            reasons[where & (reasons == "")] = code
    for code, where in why_no_pack(outcome, to):
        reasons[where & (reasons == "")] = code
    if to not in _OURS:
        asked = ANSWERED_BY_THE_SCHEME if to is Recipient.SCHEME_FACTS else frozenset({""})
        checks = [set(codes.split(";")) - asked for codes in outcome.texts("to_check")]
        held = np.array(list(map(bool, checks)), dtype=bool)
        reasons[held & (reasons == "")] = HELD
    codes: list[str] = reasons.tolist()
    return codes


def _no_scheme_letter(outcome: Outcome) -> list[tuple[str, Mask]]:
    """Why the scheme is not asked. LGPS Regulations 2013 reg 30(7): from 55, by redundancy or efficiency."""
    choices, known = outcome.cases.choices, outcome.cases.known
    scheme, pension = choices["scheme"], choices["pension_outcome"]
    short = outcome.figures("scheme_shortfall")
    money = outcome.cases.money
    met = known["pension_strain_paid"] & (
        money["pension_strain_paid"] >= money["pension_strain_due"]
    )
    strain = known["pension_strain_due"] & (money["pension_strain_due"] > 0) & ~met
    lost = np.isin(
        pension, (PensionOutcome.REDUCED, PensionOutcome.DEFERRED, PensionOutcome.SELF_FUNDED)
    )
    return [
        ("scheme_unknown", np.isin(scheme, (Scheme.NOT_GIVEN, Scheme.UNKNOWN))),
        ("not_lgps", scheme != Scheme.LGPS),
        (
            "other_lgps",
            np.isin(choices["nation"], (Nation.SCOTLAND, Nation.NORTHERN_IRELAND)),
        ),
        *no_unreduced_pension(outcome),
        ("unreduced", pension == PensionOutcome.UNREDUCED),
        ("no_pension_loss", ~lost & ~(short.filled & (short.values > 0)) & ~strain),
    ]


def no_unreduced_pension(outcome: Outcome) -> list[tuple[str, Mask]]:
    """Where age at exit or the reason for leaving rules out LGPS Regulations 2013 reg 30(7)."""
    birth, exit_date = outcome.cases.days["date_of_birth"], outcome.cases.days["exit_date"]
    reason = outcome.cases.choices["exit_reason"]
    unknown_reason = np.isin(reason, (ExitReason.NOT_GIVEN, ExitReason.UNKNOWN))
    return [
        ("under_55", ~np.isnat(birth) & ~old_enough_at_exit(birth, exit_date)),
        ("other_reason", ~reason_gives_unreduced(reason) & ~unknown_reason),
    ]


def _facts_unknown(outcome: Outcome, row: int) -> bool:
    reason = outcome.cases.choices["exit_reason"][row]
    return bool(
        np.isnat(outcome.cases.days["date_of_birth"][row])
        or reason in (ExitReason.NOT_GIVEN, ExitReason.UNKNOWN)
    )


def _notes(outcome: Outcome, reply_days: int) -> list[list[str]]:
    """Choose what the person who sends the letters of each row should know."""
    cases = outcome.cases
    clocks = [
        outcome.figures(f"{name}_last_day")
        for name in ("contract", "statute", "pension_lump_sum", "pension_instalment")
    ]
    today = np.datetime64(outcome.as_at, "D")
    rows = range(cases.size)
    near = [is_near(reply_days, outcome.as_at, outcome.day("issue_by", row)) for row in rows]
    reply_by = np.array(replies(outcome, reply_days), dtype="datetime64[D]")
    none = np.zeros(cases.size, dtype=bool)
    still_open, soon, gone = none, none, none
    claim_open = none
    for index, clock in enumerate(clocks):
        open_ = clock.filled & (clock.values >= today)
        still_open = still_open | open_
        soon = soon | (open_ & (clock.values <= reply_by))
        if index < _CLAIMS:
            claim_open = claim_open | open_
            gone = gone | (clock.filled & ~open_)
    shown = clocks[0].filled | clocks[1].filled
    conditions = (
        ("reply_after_deadline", soon),
        ("deadline_near", np.array(near, dtype=bool) & ~soon),
        ("no_deadline_open", shown & ~still_open),
        ("one_clock_gone", gone & claim_open),
        ("scotland", cases.choices["nation"] == Nation.SCOTLAND),
        ("before_cap", outcome.words_of_regulation_4_met),
        ("settlement_signed", cases.choices["settlement_agreement"] == YesNo.YES),
        ("estimate", np.array(outcome.texts("confidence")) == "estimated"),
        ("own_strain_beyond", _own_strain_beyond(outcome)),
        ("no_name", cases.text["member_name"].holds("")),
        ("no_employer", cases.text["employer_name"].holds("")),
        ("changed", np.array([_changes(outcome, row) for row in range(cases.size)], dtype=bool)),
    )
    return [[code for code, where in conditions if where[row]] for row in range(outcome.cases.size)]


def _own_strain_beyond(outcome: Outcome) -> Mask:
    """Where the member paid more strain than the employer left unpaid."""
    money, known = outcome.cases.money, outcome.cases.known
    unpaid = money["pension_strain_due"] - money["pension_strain_paid"]
    both = known["pension_strain_due"] & known["pension_strain_paid"]
    return both & known["member_funded_strain"] & (money["member_funded_strain"] > unpaid)


def replies(outcome: Outcome, reply_days: int) -> list[date]:
    """Give the day by which the letters of each row ask for a reply."""
    nations = outcome.cases.choices["nation"].tolist()
    return [
        reply_day(
            reply_days,
            outcome.as_at,
            outcome.day("issue_by", row),
            nation == Nation.NORTHERN_IRELAND,
        )
        for row, nation in enumerate(nations)
    ]


def _changes(outcome: Outcome, row: int) -> bool:
    texts = outcome.cases.text
    return any(
        one_line(texts[name][row]) != " ".join(texts[name][row].split())
        for name in NAMES_IN_LETTERS
    )
