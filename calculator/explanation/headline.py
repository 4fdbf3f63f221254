"""The first lines of an explanation: what to check, the answer, and any deadline that cannot wait."""

from __future__ import annotations

from collections.abc import Iterator

from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.codes import TRIAGES
from calculator.explanation.deadlines import issue_by_words
from calculator.explanation.pension import pension_line
from calculator.explanation.scheme_words import words_of_row
from calculator.explanation.steps import Row, as_date, day_words
from calculator.explanation.words import SCOTS_ADVICE, plural
from calculator.facts.days import shown_day
from calculator.facts.money import shown_money
from rules import coverage
from rules.exit_payments import Payee

_PAYEES = ((Payee.MEMBER, "the member"), (Payee.SCHEME, "the pension scheme"))


def headline(row: Row, triage: Triage) -> Iterator[str]:
    """Return the answer in a few lines, the most pressing first."""
    if expired := _expired_line(row):
        yield expired
    yield _answer(row, triage)
    if row.worked.difference.split_assumed[row.index] and triage >= Triage.REPAIRED:
        yield "How it divides between the member and the pension scheme is assumed."
    if triage is Triage.OUT_OF_SCOPE and row.figure("difference"):
        yield from _short_out_of_scope(row)
    for payee, words in _PAYEES:
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


def _answer(row: Row, triage: Triage) -> str:
    """Return the answer; an exit before the cap whose payment meets regulation 4 is not called unreached."""
    if not row.worked.words_of_regulation_4_met[row.index]:
        return TRIAGES[triage.name.lower()]
    force, revoked = (day_words(as_date(day)) for day in (coverage.CAP_IN_FORCE, coverage.REVOKED))
    return (
        f"The exit was before the cap came into force on {force}, but it was paid from {force} to {revoked}, "
        "and less was paid than was due. SI 2021/197 regulation 4 looks at the day of payment: there may be "
        "a claim. Ask a lawyer before the day below."
    )


def _short_out_of_scope(row: Row) -> Iterator[str]:
    if not row.worked.words_of_regulation_4_met[row.index]:
        short = shown_money(row.figure("difference") or 0)
        yield f"Less was paid than was due by {short}: ask a lawyer whether there is another claim."
        return
    for payee, words in _PAYEES:
        if left := int(getattr(row.worked.owed, f"{payee}_outstanding")[row.index]):
            yield f"Short to {words}: {shown_money(left)}, without interest."


def _next_deadline(row: Row) -> str:
    clocks, index = row.worked.clocks, row.index
    counted = (
        ("in contract", clocks.contract, bool(clocks.contract_counts[index])),
        ("under SI 2021/197 reg 4", clocks.statute, True),
        ("for the pension lump sum, which may run out then", clocks.lump_sum, True),
        ("for the first month of the pension, which may run out then", clocks.instalment, True),
    )
    still_open = [
        (int(clock.days_left[index]), words, as_date(clock.last_day[index]))
        for words, clock, counts in counted
        if counts and clock.open[index]
    ]
    if not still_open:
        return "No deadline is still open: ask a lawyer today."
    left, words, last = min(still_open)
    return (
        f"Next deadline: {day_words(last)}, {plural(left, 'day')} after {shown_day(row.outcome.as_at)}, "
        f"{words}. {issue_by_words(row)}"
    )


def _expired_line(row: Row) -> str | None:
    contract, statute = row.figure("contract_days_left"), row.figure("statute_days_left")
    if contract is None or statute is None or (contract < 0) == (statute < 0):
        return None
    last = {name: row.day(f"{name}_last_day") for name in ("contract", "statute")}
    gone, open_ = ("contract", "statute") if contract < 0 else ("statute", "contract")
    counts = row.worked.clocks.contract_counts[row.index]
    words = {
        "contract": "in contract" if counts else "in contract, of use for a declaration only,",
        "statute": "under SI 2021/197 reg 4",
    }
    left = statute if contract < 0 else contract
    return (
        f"The last day for a claim {words[gone]} was {day_words(last[gone])}; the claim {words[open_]} is "
        f"open to {day_words(last[open_])}, {plural(left, 'day')} after {shown_day(row.outcome.as_at)}."
    )
