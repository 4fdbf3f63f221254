"""One row of an outcome as ordered steps: label, amount, working in words and figures, citations.

Nothing is calculated here: every amount is read from the outcome, and the last steps add up to the
totals by payee.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from calculator.calculation.assumptions import assumption_words
from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.codes import QUESTIONS, REASONS, TO_CHECK, TRIAGES
from calculator.calculation.missing_facts import scheme_decides_days
from calculator.calculation.outcome import Outcome
from calculator.explanation.cap import cap_steps, counted_steps
from calculator.explanation.deadlines import deadline_steps
from calculator.explanation.debtor import debtor_steps
from calculator.explanation.difference import difference_steps
from calculator.explanation.headline import headline
from calculator.explanation.interest import interest_steps, since_steps
from calculator.explanation.pension import pension_steps
from calculator.explanation.redundancy import redundancy_steps
from calculator.explanation.routes import route_steps
from calculator.explanation.scope import scope_steps
from calculator.explanation.steps import Group, Row, Step, explained_row
from calculator.explanation.tax import tax_steps
from calculator.explanation.totals import total_steps
from calculator.explanation.words import LIMITS, WARNING
from calculator.facts.fields import BY_NAME
from calculator.facts.money import shown_money


@dataclass(frozen=True)
class Explanation:
    """Hold the complete explanation of one row, in the order it is read.

    ``to_check``: the codes of what to check before a letter; their sentences open the headline.
    """

    case_ref: str
    triage: str
    to_check: tuple[str, ...]
    headline: tuple[str, ...]
    reasons: tuple[str, ...]
    groups: tuple[Group, ...]
    assumptions: tuple[str, ...]
    missing: tuple[str, ...]
    questions: tuple[str, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the steps of all groups in their order."""
        return tuple(step for group in self.groups for step in group.steps)


def explain(outcome: Outcome, row: int) -> Explanation:
    """Explain one row, by its index in the table. A row in error has no steps."""
    signals = outcome.signals
    reference = outcome.cases.text["case_ref"][row]
    codes = signals.reasons.of(row)
    reasons = tuple(REASONS[code] for code in codes)
    triage = Triage(int(outcome.triage[row]))
    if triage is Triage.ERROR:
        wrong = [f"{p.wrong} {p.enter}" for p in outcome.cases.problems if p.row == row]
        return Explanation(
            reference,
            triage.name.lower(),
            (),
            (TRIAGES["error"], *wrong),
            reasons,
            (),
            (),
            _missing(outcome, row),
            (),
        )
    explained = explained_row(outcome, row)
    words = assumption_words(outcome.rates)
    assumptions = [words[code] for code in signals.assumptions.of(row)]
    to_check = tuple(signals.to_check.of(row))
    return Explanation(
        case_ref=reference,
        triage=triage.name.lower(),
        to_check=to_check,
        headline=(*(TO_CHECK[code] for code in to_check), *headline(explained, triage)),
        reasons=tuple(_with_both_differences(explained, code) for code in codes),
        groups=tuple(_groups(explained, triage)),
        assumptions=(
            *assumptions,
            f"Positions: {outcome.positions.described()}.",
            WARNING,
            LIMITS,
        ),
        missing=_missing(outcome, row),
        questions=tuple(QUESTIONS[code] for code in signals.questions.of(row)),
    )


def _groups(row: Row, triage: Triage) -> Iterator[Group]:
    """Return the steps in legal order, under the question that they answer."""
    number = 1
    for heading, found in _questions(row, triage):
        if steps := tuple(found):
            yield Group(heading, number, steps)
            number += len(steps)


def _questions(row: Row, triage: Triage) -> Iterator[tuple[str, Iterable[Step]]]:
    short = bool(row.worked.difference.difference[row.index] > 0)
    owed = triage >= Triage.REPAIRED
    yield "Who is covered", scope_steps(row)
    yield "Statutory redundancy pay", redundancy_steps(row)
    yield "What counts, and the cap", (*counted_steps(row), *cap_steps(row))
    yield "What is short", difference_steps(row, triage)
    if triage < Triage.REPAIRED or short:
        yield "Who owes it", debtor_steps(row)
    yield "Last days to claim", deadline_steps(row, triage < Triage.REPAIRED or short)
    if triage >= Triage.NEEDS_DATA:
        yield "Pension", pension_steps(row)
    if short or Triage.NEEDS_DATA <= triage <= Triage.UNDERPAID_NOT_CAPPED:
        yield "Where to complain or claim", route_steps(row)
    if owed:
        yield "Paid since, and interest", (*since_steps(row), *interest_steps(row))
        yield "Tax on what is owed to the member", tax_steps(row)
        yield "What is owed", total_steps(row)


def reasons_of(outcome: Outcome, row: int) -> list[str]:
    """Say why a row has the result it has, and what to know about it."""
    codes = outcome.signals.reasons.of(row)
    if "notice_pay_taken_as_exempt" not in codes or outcome.cases.in_error[row]:
        return [REASONS[code] for code in codes]
    explained = explained_row(outcome, row)
    return [_with_both_differences(explained, code) for code in codes]


def missing_of(outcome: Outcome, row: int) -> list[str]:
    """Name what would make the answer firmer, each by its heading alone."""
    names = [code for code in outcome.texts("missing", slice(row, row + 1))[0].split(";") if code]
    if "scheme" not in names and scheme_decides_days(outcome.cases, row):
        names.append("scheme")
    return [
        BY_NAME[name].heading
        if name in BY_NAME
        else f"What the exit {name.removeprefix('case:')} used of the cap"
        for name in names
    ]


def _with_both_differences(row: Row, code: str) -> str:
    """Return a reason's sentence, for notice pay of unknown exemption with both differences that differ."""
    links, difference, index = row.worked.links, row.worked.difference, row.index
    differ = links.notice_differences_differ[index] and row.figure("difference") is not None
    if code != "notice_pay_taken_as_exempt" or not differ:
        return REASONS[code]
    exempt = shown_money(int(difference.difference[index]))
    in_full = shown_money(int(links.difference_if_counted[index]))
    return f"{REASONS[code]} The difference is {exempt}; counted in full it would be {in_full}."


def _missing(outcome: Outcome, row: int) -> tuple[str, ...]:
    names = [code for code in outcome.texts("missing", slice(row, row + 1))[0].split(";") if code]
    return tuple(
        f"{BY_NAME[name].heading} ({name})" if name in BY_NAME else _linked_words(name)
        for name in names
    )


def _linked_words(name: str) -> str:
    return f"What the exit {name.removeprefix('case:')} used of the cap ({name})"
