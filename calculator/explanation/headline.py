"""The first lines of an explanation: the answer, and any deadline that cannot wait."""

from __future__ import annotations

from collections.abc import Iterator

from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.codes import TRIAGES
from calculator.explanation.pension import pension_line
from calculator.explanation.scheme_words import words_of_row
from calculator.explanation.steps import Row, day_words
from calculator.explanation.words import SCOTS_ADVICE, plural
from calculator.facts.days import shown_day
from calculator.facts.money import shown_money
from rules.exit_payments import Payee


def headline(row: Row, triage: Triage) -> Iterator[str]:
    """Return the answer in a few lines, the most pressing first."""
    if expired := _expired_line(row):
        yield expired
    yield TRIAGES[triage.name.lower()]
    if row.worked.difference.split_assumed[row.index] and triage >= Triage.REPAIRED:
        yield "How it divides between the member and the pension scheme is assumed."
    if triage is Triage.OUT_OF_SCOPE and row.figure("difference"):
        short = shown_money(row.figure("difference") or 0)
        yield f"Less was paid than was due by {short}: ask a lawyer whether there is another claim."
    for payee, words in ((Payee.MEMBER, "the member"), (Payee.SCHEME, "the pension scheme")):
        total = row.figure(f"{payee}_total")
        if total:
            yield f"{_owed_words(row, payee, words)}: {shown_money(total)}."
    yield from pension_line(row)
    if row.worked.facts.scope.scotland[row.index] and triage is not Triage.OUT_OF_SCOPE:
        yield SCOTS_ADVICE
    elif row.outcome.signals.urgency[row.number]:
        yield _next_deadline(row)


def _owed_words(row: Row, payee: Payee, words: str) -> str:
    """Say what is owed and to whom, in the scheme's own words where what is owed is no LGPS strain."""
    scheme = words_of_row(row)
    if payee is Payee.MEMBER or scheme.is_strain:
        return f"Owed to {words}"
    cost = scheme.cost[0].lower() + scheme.cost[1:]
    return f"Owed as {cost}, to {scheme.whose}"


def _next_deadline(row: Row) -> str:
    still_open = [
        (left, row.day(f"{name}_last_day"))
        for name in ("contract", "statute")
        if (left := row.figure(f"{name}_days_left")) is not None and left >= 0
    ]
    if not still_open:
        return "No deadline is still open: ask a lawyer today."
    left, last = min(still_open)
    return f"Next deadline: {day_words(last)}, {plural(left, 'day')} after {shown_day(row.outcome.as_at)}."


def _expired_line(row: Row) -> str | None:
    contract, statute = row.figure("contract_days_left"), row.figure("statute_days_left")
    if contract is None or statute is None or (contract < 0) == (statute < 0):
        return None
    last = {name: row.day(f"{name}_last_day") for name in ("contract", "statute")}
    gone, open_ = ("contract", "statute") if contract < 0 else ("statute", "contract")
    words = {"contract": "in contract", "statute": "under SI 2021/197 reg 4"}
    left = statute if contract < 0 else contract
    return (
        f"The last day for a claim {words[gone]} was {day_words(last[gone])}; the claim {words[open_]} is "
        f"open to {day_words(last[open_])}, {plural(left, 'day')} after {shown_day(row.outcome.as_at)}."
    )
