"""The answer card of one exit: the verdict, three sums that are never added, the deadline, how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.codes import CONFIDENCES, REASONS
from calculator.calculation.otherwise import by_cut_order
from calculator.calculation.outcome import Outcome
from calculator.explanation.blocks import Block
from calculator.explanation.deadline_band import Deadline, deadline_of
from calculator.explanation.scheme_words import SchemeWords, words_of
from calculator.facts.days import shown_day
from calculator.facts.fields import BY_NAME
from calculator.facts.money import shown_money
from calculator.facts.problems import Problem, Severity
from rules.cap import CAP, LINKED_DAYS
from rules.choices import Nation, PensionOutcome, Scheme
from rules.coverage import CAP_DISAPPLIED
from rules.exit_payments import KINDS

_ABOUT = 10_000
"""An estimate is said in words to the nearest £100."""


@dataclass(frozen=True)
class Sum:
    """One of the sums: whose it is, the sum or what is missing, and a few words more."""

    to: str
    amount: str
    more: tuple[str, ...] = ()


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
        return Answer(question or _to_correct(problems), (), deadline_of(outcome, row), "")
    spread = by_cut_order(outcome, row)
    confidence = outcome.text("confidence", row)
    sums = tuple(_sums(outcome, row, triage, spread))
    left_out = [*_left_out(problems)]
    known = "" if left_out and confidence != "estimated" else CONFIDENCES.get(confidence, "")
    sure = [*left_out, known, _doubt(outcome, row).reason]
    return Answer(
        " ".join(filter(None, _verdict(outcome, row, triage))),
        sums,
        deadline_of(outcome, row),
        " ".join(filter(None, sure)),
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


def _left_out(problems: Sequence[Problem]) -> Iterator[str]:
    """Say what the answer leaves out, as it cannot be used yet."""
    for problem in problems:
        if problem.severity is Severity.MUST_FIX and problem.field in BY_NAME:
            heading = BY_NAME[problem.field].heading
            yield problem.without or f"Leaves out what cannot be read: {heading}."


class _Doubt(NamedTuple):
    """Why the cap may not be what cut an exit: to ask in the verdict, and as a reason of how sure it is."""

    asks: str = ""
    reason: str = ""


def _doubt(outcome: Outcome, row: int) -> _Doubt:
    """Say why the cap may not be what cut an exit; nothing where no fact speaks against it."""
    if outcome.triage[row] not in (
        Triage.CAPPED_EXACT,
        Triage.CAPPED_ESTIMATE,
        Triage.PART_REPAIRED,
    ):
        return _Doubt()
    codes = outcome.signals.reasons.of(row)
    why = "In doubt: whether the cap was the reason, as"
    if "cap_denied" in codes:
        return _Doubt(
            "The employer says that the cap was not applied: ask why.",
            f"{why} the employer says that it was not applied.",
        )
    if "late_exit_wales" in codes:
        return _Doubt(
            "In Wales the cap was lifted by a later direction, whose day is not known here: ask whether it still "
            "applied.",
            f"{why} it may have been lifted in Wales.",
        )
    nation = outcome.cases.choices["nation"][row]
    if "late_exit_check_why" in codes or ("boundary_day" in codes and nation != Nation.WALES):
        return _Doubt(
            f"The cap had been lifted in England on {shown_day(CAP_DISAPPLIED.astype(object))}: ask why they were "
            "cut.",
            f"{why} it had been lifted.",
        )
    return _Doubt()


def _verdict(outcome: Outcome, row: int, triage: Triage) -> Iterator[str]:
    """Say the answer, after the warning that cannot wait and before what else a claim must reckon with."""
    codes = outcome.signals.reasons.of(row)
    in_scotland = outcome.cases.choices["nation"][row] == Nation.SCOTLAND
    if triage is Triage.OUT_OF_SCOPE and in_scotland:
        yield "Ask a Scots lawyer today: a claim may already have run out under Scots law."
    yield _finding(outcome, row, triage)
    used, left = outcome.figure("cap_used_before", row), outcome.figure("cap_available", row)
    if used and left is not None:
        yield (
            f"{_earlier_exit(outcome, row)} used {shown_money(used)} of the cap; {shown_money(left)} was left."
        )
    if "settlement_agreement_signed" in codes and triage is not Triage.OUT_OF_SCOPE:
        yield "A settlement agreement was signed: a lawyer must read it before any claim or letter."


def _earlier_exit(outcome: Outcome, row: int) -> str:
    """Name the exit that used a part of the cap by its day, where only one can have."""
    cases = outcome.cases
    days = cases.days["exit_date"]
    before = (days[row] - days).astype(int)
    linked = (cases.person == cases.person[row]) & ~cases.in_error
    linked &= (before >= 0) & (before <= LINKED_DAYS)
    linked[row] = False
    others = np.flatnonzero(linked).tolist()
    if len(others) != 1:
        return "Earlier exits"
    return f"The earlier exit of {shown_day(days[others[0]].astype(object))}"


def _finding(outcome: Outcome, row: int, triage: Triage) -> str:
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
    if triage is Triage.PART_REPAIRED and _only_interest(outcome, row):
        return f"The {shown_money(short)} was paid late. What is still owed is interest: {_each(outcome, row, owed)}."
    if triage is Triage.PART_REPAIRED:
        return f"Part has been paid since. {_still_owed(outcome, row, owed)}"
    if triage is Triage.CAPPED_EXACT:
        by_cap = min(cut, short)
        more = " More was cut than the cap required." if short > cut else ""
        found = f"Yes: the cap cut this exit by {shown_money(by_cap)}.{more}"
        if doubt := _doubt(outcome, row).asks:
            found = f"The payments were {shown_money(short)} short. {doubt}"
        return f"{found} {_still_owed(outcome, row, owed)}"
    if triage is Triage.CAPPED_ESTIMATE:
        sums = " and ".join(f"about {shown_money(_rounded(total))[:-3]}" for total in owed if total)
        asks = _doubt(outcome, row).asks
        found = (
            "Payments were very likely cut." if asks else "Yes, very likely: the cap cut this exit."
        )
        return (
            f"{found}{asks and ' '}{asks} The employer still owes {sums or 'a sum that is not known'}. "
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
    """Say what is owed and to whom."""
    words = _each(outcome, row, owed)
    return f"The employer still owes {words}." if words else ""


def _each(outcome: Outcome, row: int, owed: Sequence[int]) -> str:
    """Name each sum and its payee; what is no LGPS strain in its scheme's own words."""
    scheme = _scheme_words(outcome, row)
    to_scheme = f"to the {_fund_or_scheme(outcome, row)}"
    if not scheme.is_strain:
        to_scheme = f"as {scheme.cost[0].lower()}{scheme.cost[1:]}, to {scheme.whose}"
    return " and, separately, ".join(
        f"{shown_money(total)} {where}"
        for total, where in zip(owed, (f"to {_member(outcome, row)}", to_scheme), strict=True)
        if total
    )


def _fund_or_scheme(outcome: Outcome, row: int) -> str:
    """Name the payee of strain: only the LGPS has pension funds."""
    lgps = outcome.cases.choices["scheme"][row] == Scheme.LGPS
    return "pension fund" if lgps else "pension scheme"


def _only_interest(outcome: Outcome, row: int) -> bool:
    """True where all that was short has been paid, and not its interest."""
    return not any(outcome.figure(f"{payee}_outstanding", row) for payee in ("member", "scheme"))


def _rounded(pence: int) -> int:
    return (pence + _ABOUT // 2) // _ABOUT * _ABOUT


def _reasons(outcome: Outcome, row: int) -> Iterator[str]:
    """Give the reasons of a row; the warning of Scots law is said before them."""
    for code in outcome.signals.reasons.of(row):
        if code != "scots_time_limit":
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
    if to_member or not (to_scheme or pension) or spread.get("member", (0, 0))[1]:
        yield Sum(now, *_owed(outcome, row, "member", spread))
    else:
        yield Sum(now, "Nothing directly", ("What is missing is in the pension.",))
    if pension is not None:
        yield pension
    if to_scheme or pension is not None or spread.get("scheme", (0, 0))[1]:
        words = _scheme_words(outcome, row)
        to = (
            f"Employer to the {_fund_or_scheme(outcome, row)}"
            if words.is_strain
            else f"{words.cost}, to {words.whose}"
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
        made_of = " and ".join(parts)
        more.append(f"{made_of[:1].upper()}{made_of[1:]}{growing}.")
    least, most = spread.get(payee, (total, total))
    ends = [outcome.figure(f"{payee}_total_{end}", row) for end in ("low", "high")]
    known = [end for end in ends if end is not None]
    if least != most:
        more.append(
            f"Between {shown_money(least)} and {shown_money(most)}, depending on which payments were cut."
        )
    elif known and min(known) != max(known):
        more.append(
            f"Between {shown_money(min(known))} and {shown_money(max(known))}, {_why_open(outcome, row, payee)}."
        )
    return "Not known" if least != most and not total else shown_money(total), tuple(more)


def _why_open(outcome: Outcome, row: int, payee: str) -> str:
    """Say what a range is due to: the cash alternative, if it may be taken off what this payee is owed."""
    cash = int(outcome.cases.money["cash_alternative_paid"][row])
    if payee == "member":
        # It is taken off what the scheme is owed first.
        to_scheme = outcome.figure("scheme_shortfall", row) or 0
        credited = outcome.positions.cash_alternative == "credit"
        cash = cash if (not to_scheme if credited else cash > to_scheme) else 0
    if cash:
        return f"the higher if the {shown_money(cash)} cash is not taken off"
    return "as the law is open on some points"


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
