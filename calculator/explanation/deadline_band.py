"""The deadline of one exit: its colour, what to do by when, and the last days behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from calculator.calculation.otherwise import if_lgps, in_other_orders
from calculator.calculation.outcome import Outcome
from calculator.calculation.signals import Urgency
from calculator.explanation.words import SCOTS_ADVICE, plural
from calculator.facts.days import shown_day

_LAST_DAYS = (
    ("contract_last_day", "contract claim"),
    ("statute_last_day", "claim under the 2021 regulations"),
    ("pension_lump_sum_last_day", "pension lump sum"),
    ("pension_instalment_last_day", "first month of pension"),
)
_PENSION_DAYS = ("pension_lump_sum_last_day", "pension_instalment_last_day")


@dataclass(frozen=True)
class Deadline:
    """The band of the deadline: its colour, what to do by when, and the last days behind it."""

    band: str
    act: str
    last_days: str


def deadline_of(outcome: Outcome, row: int) -> Deadline | None:
    """Give the deadline of a row: where facts that are not known decide it, the earliest that is possible."""
    urgency = Urgency(int(outcome.signals.urgency[row]))
    scots = "scots_time_limit" in outcome.signals.reasons.of(row)
    if urgency is Urgency.NONE and not scots:
        return None
    if urgency is Urgency.ADVICE or scots:
        return Deadline("red", SCOTS_ADVICE, "")
    days = _last_days(outcome, row)
    issue_by = _issue_by(outcome, row)
    for other, at in in_other_orders(outcome, row):
        if (day := _issue_by(other, at)) is not None and (issue_by is None or day < issue_by):
            issue_by, urgency = day, Urgency(int(other.signals.urgency[at]))
    choose = ""
    for lgps, at in if_lgps(outcome, row):
        if first := min((d for name in _PENSION_DAYS if (d := lgps.day(name, at))), default=None):
            choose = _choose_scheme(first, outcome.as_at)
            urgency = Urgency.AMBER if urgency is Urgency.GREEN else urgency
        if (day := _issue_by(lgps, at)) is not None and (issue_by is None or day < issue_by):
            issue_by = day
            nearer = Urgency(int(lgps.signals.urgency[at]))
            urgency = Urgency.AMBER if nearer is Urgency.GREEN else nearer
    last_days = f"Last days: {' · '.join(days)}." if days else ""
    if issue_by is None:
        act = "No deadline is still open: ask a lawyer today."
        return Deadline("gray", f"{act}{choose}", last_days)
    return Deadline(urgency.name.lower(), f"{_act(issue_by, outcome.as_at)}{choose}", last_days)


def _issue_by(outcome: Outcome, row: int) -> date | None:
    return outcome.day("issue_by", row)


def _last_days(outcome: Outcome, row: int) -> list[str]:
    return [
        f"{words} {shown_day(last)}{' (passed)' if last < outcome.as_at else ''}"
        for name, words in _LAST_DAYS
        if (last := outcome.day(name, row)) is not None
    ]


def _choose_scheme(first: date, today: date) -> str:
    """Say from when claims for the pension may run out if the scheme is the LGPS."""
    when = "may have been running out since" if first < today else "may run out from"
    return f" Claims for the pension {when} {shown_day(first)}. Choose the pension scheme."


def _act(issue_by: date, today: date) -> str:
    left = (issue_by - today).days
    if left <= 0:
        return "Start the first claim today."
    return (
        f"Start the first claim by {issue_by:%A} {shown_day(issue_by)}: {plural(left, 'day')} left."
    )
