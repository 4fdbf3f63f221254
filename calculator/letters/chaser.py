"""Chasers: reminders of letters that were sent and not answered, by the index that its owner filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from jinja2 import Template

from calculator.calculation.outcome import Outcome
from calculator.facts.days import shown_day
from calculator.letters.claim import Claim
from calculator.letters.letter_facts import letter_facts
from calculator.letters.plan import Plan
from calculator.letters.recipients import Recipient
from calculator.letters.sender import Sender
from calculator.letters.tracker import Tracked, Tracker, letter_key
from calculator.letters.wording import Wording, environment, read_section, wording


def chasers_of(plans: Sequence[Plan], outcome: Outcome, tracker: Tracker) -> list[Plan]:
    """Plan a chaser for each letter that was sent and not answered in time; skip the others and say why."""
    references = outcome.cases.text["case_ref"]
    chasers = []
    for plan in plans:
        tracked = tracker.get(letter_key(str(references[plan.row]), plan.to))
        why = plan.skipped or _why_none(tracked, outcome.as_at)
        chasers.append(replace(plan, skipped=why, notes=() if why else plan.notes, tracked=tracked))
    return chasers


def _why_none(tracked: Tracked | None, as_at: date) -> str:
    """Return the key of LETTER_SKIPPED that says why there is no chaser; "" where there is one."""
    if tracked is None:
        return "not_in_index"
    if tracked.sent_on is None:
        return "not_sent"
    if tracked.standstill_until is not None:
        return "standstill" if tracked.standstill_until >= as_at else "standstill_over"
    if tracked.acknowledged_on is not None:
        return "acknowledged"
    if tracked.replied_on is not None:
        return "replied"
    if tracked.reply_due is None:
        return "no_reply_day"
    return "" if tracked.reply_due < as_at else "reply_not_due"


def letters_without_case(outcome: Outcome, tracker: Tracker) -> list[str]:
    """Say which rows of the index are of no case of the table."""
    known = {
        letter_key(str(reference), to)
        for reference in outcome.cases.text["case_ref"].tolist()
        for to in Recipient
    }
    return [
        f"The index has a letter to the {to} of case {reference}, which is not among the cases."
        for reference, to in tracker
        if (reference, to) not in known
    ]


def chaser_wording(claim: Claim, plan: Plan, sender: Sender) -> Wording:
    """Word the chaser of one letter."""
    tracked = plan.tracked
    if tracked is None or tracked.sent_on is None or tracked.reply_due is None:
        raise ValueError("a chaser needs the day of the letter and the day for its reply")
    letter = wording(claim, plan.to, plan.writer, sender)
    filled = _template(plan.to).render(
        letter_facts(claim, plan.writer, sender),
        sent_on=shown_day(tracked.sent_on),
        reply_was_due=shown_day(tracked.reply_due),
    )
    return replace(
        letter,
        subject=f"Reminder: {letter.subject}",
        action=(),
        opening=read_section("opening", filled).paragraphs,
        sections=(),
        enclosures=(),
    )


@cache
def _template(to: Recipient) -> Template:
    return environment().get_template(f"{to}/chaser.j2")
