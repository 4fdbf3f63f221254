"""The answer card of one exit: the verdict, three sums that are never added, the deadline, how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.codes import CONFIDENCES, REASONS
from calculator.calculation.cut_orders import by_cut_order
from calculator.calculation.outcome import Outcome
from calculator.calculation.signals import Urgency
from calculator.explanation.blocks import Block
from calculator.explanation.scheme_words import SchemeWords, words_of
from calculator.explanation.words import SCOTS_ADVICE, plural
from calculator.facts.days import shown_day
from calculator.facts.fields import BY_NAME
from calculator.facts.money import shown_money
from calculator.facts.problems import Problem, Severity
from rules.cap import CAP
from rules.choices import PensionOutcome, Scheme
from rules.exit_payments import KINDS

_ABOUT = 10_000
"""An estimate is said in words to the nearest £100."""
_LAST_DAYS = (
    ("contract_last_day", "contract claim"),
    ("statute_last_day", "claim under the 2021 regulations"),
    ("pension_lump_sum_last_day", "pension lump sum"),
    ("pension_instalment_last_day", "first month of pension"),
)


@dataclass(frozen=True)
class Sum:
    """One of the sums: whose it is, the sum or what is missing, and a few words more."""

    to: str
    amount: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Deadline:
    """The band of the deadline: its colour, what to do by when, and the last days behind it."""

    band: str
    act: str
    last_days: str


@dataclass(frozen=True)
class Answer:
    """What the card says. ``sums`` is empty where there is nothing to pay or nothing is known yet.

    ``apart`` says that several sums are not to be added, and who gets them.
    """

    verdict: str
    sums: tuple[Sum, ...]
    deadline: Deadline | None
    how_sure: str
    apart: str = ""


def answer_of(outcome: Outcome, row: int, problems: Sequence[Problem] = ()) -> Answer:
    """Say the answer of one row in the words of a caseworker; ``problems`` are those of the row."""
    triage = Triage(int(outcome.triage[row]))
    question = _strain_question(outcome, row, triage)
    if triage is Triage.ERROR or question:
        return Answer(question or _to_correct(problems), (), _deadline(outcome, row), "")
    spread = by_cut_order(outcome, row)
    confidence = outcome.text("confidence", row)
    sums = tuple(_sums(outcome, row, triage, spread))
    return Answer(
        _verdict(outcome, row, triage),
        sums,
        _deadline(outcome, row),
        CONFIDENCES.get(confidence, ""),
        _apart(outcome, row) if len(sums) > 1 else "",
    )


def block_of(answer: Answer) -> Block:
    """Give what the card says for paper: the verdict, the sums by payee, what to do by when, how sure it is."""
    act = answer.deadline.act if answer.deadline is not None else ""
    sure = f"How sure: {answer.how_sure}" if answer.how_sure else ""
    return Block(
        answer.verdict,
        columns=("To", "Amount", "More"),
        lines=tuple((each.to, each.amount, " ".join(each.more)) for each in answer.sums),
        notes=tuple(filter(None, (answer.apart, act, sure))),
    )


def _apart(outcome: Outcome, row: int) -> str:
    """Only LGPS strain never goes to the member; a teacher's compensation does, if it was agreed."""
    never = f" Only the first goes to {_member(outcome, row)}."
    return f"Separate amounts: do not add them.{never if _scheme_words(outcome, row).is_strain else ''}"


def _member(outcome: Outcome, row: int, name: str = "") -> str:
    """Name the payee other than the scheme: the member, or the estate of a member who has died."""
    if np.isnat(outcome.cases.days["died_on"][row]):
        return name or "the member"
    return f"the estate of {name}" if name else "the estate"


def _to_correct(problems: Sequence[Problem]) -> str:
    wrong = dict.fromkeys(
        BY_NAME[p.field].heading
        for p in problems
        if p.severity is Severity.MUST_FIX and p.field in BY_NAME
    )
    return f"There is a problem. Correct: {', '.join(wrong)}."


def _strain_question(outcome: Outcome, row: int, triage: Triage) -> str:
    """Ask for the strain before a verdict that a strain could turn over."""
    cases = outcome.cases
    if triage not in (Triage.NEEDS_DATA, Triage.NEAR_LINE, Triage.NOT_CAPPED):
        return ""
    if cases.known["pension_strain_due"][row] or cases.choices["scheme"][row] == Scheme.NONE:
        return ""
    due = [kind.name for kind in KINDS if cases.known[f"{kind.name}_due"][row]]
    needed = outcome.figure("strain_needed_to_breach", row)
    available = outcome.figure("cap_available", row)
    counted = outcome.figure("counted_total", row)
    if needed is not None and available is not None:
        counted = available - needed
    elif not np.isnat(cases.days["date_of_birth"][row]):
        return ""
    if not due or counted is None or counted > CAP:
        return ""
    return (
        f"So far {shown_money(counted)} of {shown_money(CAP)} counts. Was there a pension strain? Enter it, or 0 "
        "if there was none."
    )


def _verdict(outcome: Outcome, row: int, triage: Triage) -> str:
    owed = [outcome.figure(f"{payee}_total", row) or 0 for payee in ("member", "scheme")]
    cut = outcome.figure("reduction_expected", row) or 0
    short = outcome.figure("difference", row) or 0
    if triage is Triage.OUT_OF_SCOPE:
        return " ".join(["The cap did not reach this exit.", *_reasons(outcome, row)])
    if triage is Triage.NEEDS_DATA:
        missing = _missing(outcome, row)
        because = f"Tell us: {'; '.join(missing)}." if missing else " ".join(_reasons(outcome, row))
        return f"We cannot say yet. {because}"
    if triage is Triage.REPAIRED:
        return f"The exit was {shown_money(short)} short. It has been paid since, with interest."
    if triage is Triage.PART_REPAIRED:
        return f"Part has been paid since. {_still_owed(outcome, row, owed)}"
    if triage is Triage.CAPPED_EXACT:
        by_cap = min(cut, short)
        more = " More was cut than the cap required." if short > cut else ""
        return f"Yes: the cap cut this exit by {shown_money(by_cap)}.{more} {_still_owed(outcome, row, owed)}"
    if triage is Triage.CAPPED_ESTIMATE:
        sums = " and ".join(f"about {shown_money(_rounded(total))[:-3]}" for total in owed if total)
        return (
            f"Yes, very likely: the cap cut this exit. The employer still owes {sums or 'a sum that is not known'}. "
            f"{_paid_unknown(outcome, row)}, so this is an estimate."
        )
    if triage is Triage.UNDERPAID_NOT_CAPPED:
        still = _still_owed(outcome, row, owed)
        return f"Underpaid by {shown_money(short)}, but the cap did not require it. {still}"
    if triage is Triage.NEAR_LINE:
        headroom = outcome.figure("headroom", row) or 0
        return f"Nothing is short, but the total is only {shown_money(headroom)} under the cap. Check the figures."
    return "Nothing is short on the payments entered. That does not mean that the member is owed nothing."


def _paid_unknown(outcome: Outcome, row: int) -> str:
    """Say what is not known of the payments made: all of them, or some by name."""
    known = outcome.cases.known
    of_due = [kind for kind in KINDS if known[f"{kind.name}_due"][row]]
    unknown = [kind.title.lower() for kind in of_due if not known[f"{kind.name}_paid"][row]]
    if not unknown or len(unknown) == len(of_due):
        return "We do not know what was paid"
    return f"We do not know what was paid of: {', '.join(unknown)}"


def _scheme_words(outcome: Outcome, row: int) -> SchemeWords:
    return words_of(Scheme(int(outcome.cases.choices["scheme"][row])))


def _still_owed(outcome: Outcome, row: int, owed: Sequence[int]) -> str:
    """Say what is owed and to whom; what is no LGPS strain in its scheme's own words."""
    scheme = _scheme_words(outcome, row)
    to_scheme = "to the pension scheme"
    if not scheme.is_strain:
        to_scheme = f"as {scheme.cost[0].lower()}{scheme.cost[1:]}, to {scheme.whose}"
    words = [
        f"{shown_money(total)} {where}"
        for total, where in zip(owed, (f"to {_member(outcome, row)}", to_scheme), strict=True)
        if total
    ]
    return f"The employer still owes {' and, separately, '.join(words)}." if words else ""


def _rounded(pence: int) -> int:
    return (pence + _ABOUT // 2) // _ABOUT * _ABOUT


def _reasons(outcome: Outcome, row: int) -> Iterator[str]:
    codes = outcome.signals.reasons.of(row)
    for code in sorted(codes, key=lambda code: code != "scots_time_limit"):
        yield REASONS[code]


def _missing(outcome: Outcome, row: int) -> list[str]:
    """Name the first facts that the answer needs."""
    names = [name for name in outcome.text("missing", row).split(";") if name]
    return [
        BY_NAME[name].heading
        if name in BY_NAME
        else f"what the exit {name.removeprefix('case:')} used of the cap"
        for name in names[:3]
    ]


def _sums(
    outcome: Outcome, row: int, triage: Triage, spread: dict[str, tuple[int, int]]
) -> Iterator[Sum]:
    """Give the three sums; a member whose pension was cut never sees a lone £0.00."""
    pension = _pension(outcome, row)
    to_scheme = outcome.figure("scheme_total", row)
    to_member = outcome.figure("member_total", row)
    if triage < Triage.REPAIRED or not (to_member or to_scheme or pension):
        return
    estimate = " (estimate)" if outcome.text("confidence", row) == "estimated" else ""
    payee = _member(outcome, row, str(outcome.cases.text["member_name"][row]))
    now = f"To {payee} now{estimate}"
    if to_member or not (to_scheme or pension):
        yield Sum(now, *_owed(outcome, row, "member", spread))
    else:
        yield Sum(now, "Nothing directly", ("What is missing is in the pension.",))
    if pension is not None:
        yield pension
    if to_scheme or pension is not None:
        words = _scheme_words(outcome, row)
        to = (
            "Employer to the pension fund" if words.is_strain else f"{words.cost}, to {words.whose}"
        )
        yield Sum(f"{to}{estimate}", *_owed(outcome, row, "scheme", spread))


def _owed(
    outcome: Outcome, row: int, payee: str, spread: dict[str, tuple[int, int]]
) -> tuple[str, tuple[str, ...]]:
    """Give a payee's sum, one range around it, and what it is made of."""
    total = outcome.figure(f"{payee}_total", row)
    if total is None:
        return "Not known yet", ()
    more = []
    outstanding = outcome.figure(f"{payee}_outstanding", row)
    interest = outcome.figure(f"{payee}_interest", row)
    if total and outstanding is not None and interest is not None:
        daily = outcome.figure(f"{payee}_daily_interest", row)
        growing = f", growing by {shown_money(daily)} a day" if daily else ""
        parts = [shown_money(outstanding)] if outstanding else []
        parts += [f"interest of {shown_money(interest)}"] if interest else []
        more.append(f"{' and '.join(parts)}{growing}.")
    least, most = spread.get(payee, (total, total))
    ends = [outcome.figure(f"{payee}_total_{end}", row) for end in ("low", "high")]
    known = [end for end in ends if end is not None]
    if least != most:
        more.append(
            f"Between {shown_money(least)} and {shown_money(most)}, depending on which payments were cut."
        )
    elif known and min(known) != max(known):
        more.append(
            f"Between {shown_money(min(known))} and {shown_money(max(known))}, as the law is open on some points."
        )
    return shown_money(total), tuple(more)


def _pension(outcome: Outcome, row: int) -> Sum | None:
    """Say what is to be corrected in the pension; None where it was not cut."""
    to = "To be corrected in the pension"
    yearly, arrears, lump_sum = (
        outcome.figure(name, row)
        for name in ("pension_yearly_loss", "pension_arrears", "lump_sum_arrears")
    )
    cut = outcome.cases.choices["pension_outcome"][row] in (
        PensionOutcome.REDUCED,
        PensionOutcome.DEFERRED,
    )
    if yearly or arrears or lump_sum:
        words = [
            f"{shown_money(amount)} {what}"
            for amount, what in ((arrears, "of arrears"), (lump_sum, "of lump sum"))
            if amount
        ]
        pays = (
            "The fund pays this, not the employer. An estimate for the fund to confirm."
            if _scheme_words(outcome, row).is_strain
            else "Ask the scheme who pays this. An estimate for the scheme to confirm."
        )
        return Sum(
            to,
            f"{shown_money(yearly)} a year" if yearly else " and ".join(words),
            (*([f"{' and '.join(words)} so far."] if yearly and words else []), pays),
        )
    if cut and not outcome.cases.known["pension_due"][row]:
        return Sum(to, "To be restored", ("Enter both yearly pensions to see the arrears.",))
    return None


def _deadline(outcome: Outcome, row: int) -> Deadline | None:
    urgency = Urgency(int(outcome.signals.urgency[row]))
    scots = "scots_time_limit" in outcome.signals.reasons.of(row)
    if urgency is Urgency.NONE and not scots:
        return None
    if urgency is Urgency.ADVICE or scots:
        return Deadline("red", SCOTS_ADVICE, "")
    days = [
        f"{words} {shown_day(last)}{' (passed)' if last < outcome.as_at else ''}"
        for name, words in _LAST_DAYS
        if (last := outcome.day(name, row)) is not None
    ]
    last_days = f"Last days: {' · '.join(days)}." if days else ""
    issue_by = outcome.day("issue_by", row)
    if issue_by is None:
        return Deadline("gray", "No deadline is still open: ask a lawyer today.", last_days)
    return Deadline(urgency.name.lower(), _act(issue_by, outcome.as_at), last_days)


def _act(issue_by: date, today: date) -> str:
    left = (issue_by - today).days
    if left <= 0:
        return "Start the first claim today."
    return (
        f"Start the first claim by {issue_by:%A} {shown_day(issue_by)}: {plural(left, 'day')} left."
    )
