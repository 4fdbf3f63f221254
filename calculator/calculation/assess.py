"""THE calculation: ``assess(cases, positions, as_at)``, calling the rules in legal order.

One case is a table of one row. Rows are worked in blocks of whole persons, since the exits of one person
may share a cap; nothing else passes from row to row, so blocks change nothing but speed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import numpy as np

from calculator.calculation.cap_and_difference import (
    Evaluation,
    Run,
    Triage,
    claim,
    evaluate,
    find_difference,
)
from calculator.calculation.legal_facts import LegalFacts, facts_of
from calculator.calculation.linked_exits import possible_duplicates, settle_links
from calculator.calculation.outcome import Outcome
from calculator.calculation.pension import pension_of
from calculator.calculation.tax import tax_of
from calculator.calculation.worked_rows import WorkedRows
from calculator.facts.case_table import Cases
from rules.arrays import Counts, Mask, Pence
from rules.late_benefits import LaterRates
from rules.positions import Positions

BLOCK_ROWS = 16_384
"""Rows worked at a time: large enough for arrays to pay, small enough for a processor's cache."""


def assess(
    cases: Cases,
    positions: Positions,
    as_at: date,
    progress: Callable[[int], None] | None = None,
    rates: LaterRates | None = None,
) -> Outcome:
    """Work every row of a table as at a day.

    Takes the table of cases, the positions on open questions and the day of calculation; ``progress`` is
    called with the number of rows done after each block. Gives one result row per input row, in order.
    Rows in error are not worked and use nothing of the cap. No row's result depends on another person's
    rows, on the order of persons, or on a clock.
    """
    outcome = Outcome(cases, positions, as_at, rates)
    relative_in_error = np.isin(cases.person, np.unique(cases.person[cases.in_error]))
    done = 0
    for rows in _blocks_of_persons(cases):
        outcome.put(_work(outcome, rows, relative_in_error[rows]))
        done += len(rows)
        if progress is not None:
            progress(done)
    return outcome


def rows_with(outcome: Outcome, row: int) -> tuple[WorkedRows, int]:
    """The block a row is worked in, with every intermediate quantity, and the row's place there.

    The block worked last is at hand; else the row's person is worked again. ValueError for a row in error,
    which is not worked.
    """
    block = outcome.last_rows
    if block is None or row not in block.rows:
        block = work_again(outcome, np.array([row]))
    return block, int(np.flatnonzero(block.rows == row)[0])


def work_again(outcome: Outcome, rows: Counts) -> WorkedRows:
    """Work the persons of some rows again, so that these rows can be explained one after another.

    ValueError where a row is in error.
    """
    cases = outcome.cases
    if cases.in_error[rows].any():
        raise ValueError("a row in error is not worked")
    related = np.isin(cases.person, cases.person[rows])
    in_error = np.unique(cases.person[cases.in_error & related])
    worked = np.flatnonzero(related & ~cases.in_error)
    block = _work(outcome, worked, np.isin(cases.person[worked], in_error))
    outcome.last_rows = block
    return block


def _blocks_of_persons(cases: Cases) -> Iterator[Counts]:
    """Rows not in error, in blocks that keep the exits of one person together and in file order."""
    live = np.flatnonzero(~cases.in_error)
    live = live[np.argsort(cases.person[live], kind="stable")]
    person = cases.person[live]
    first_of_person = np.append(True, person[1:] != person[:-1])[: len(live)]
    starts = np.flatnonzero(first_of_person)
    begin = 0
    while begin < len(live):
        place = int(np.searchsorted(starts, begin + BLOCK_ROWS))
        end = int(starts[place]) if place < len(starts) else len(live)
        yield live[begin:end]
        begin = end


def _work(outcome: Outcome, rows: Counts, relative_in_error: Mask) -> WorkedRows:
    positions, as_at = outcome.positions, np.datetime64(outcome.as_at, "D")
    consecutive = bool((np.diff(rows) == 1).all())
    cases = outcome.cases.take(slice(int(rows[0]), int(rows[-1]) + 1) if consecutive else rows)
    facts = facts_of(cases, positions, as_at)
    links, unknown_links = settle_links(facts, cases, positions, as_at)
    exempt = np.zeros(cases.size, dtype=bool)
    likely = evaluate(facts, exempt, links.used_before, positions, as_at)
    low = _totals(facts, likely, "credit", positions, as_at, Run.LOW)
    high = _totals(facts, likely, "ignore", positions, as_at, Run.HIGH)
    unsettled = facts.scope.in_scope & (links.use_unsettled | links.notice_unsettled)
    return WorkedRows(
        rows=rows,
        cases=cases,
        facts=facts,
        links=links,
        cap=likely.cap,
        difference=likely.difference,
        basis=likely.basis,
        owed=likely.owed,
        low_member_total=low[0],
        low_scheme_total=low[1],
        high_member_total=high[0],
        high_scheme_total=high[1],
        pension=pension_of(cases, facts.scope.nation, positions, outcome.rates, as_at),
        tax=tax_of(cases, facts, likely.difference, likely.owed, as_at),
        positions=positions,
        triage=np.where(unsettled, np.int8(Triage.NEEDS_DATA), likely.triage),
        possible_duplicate=possible_duplicates(cases),
        relative_in_error=relative_in_error,
        unknown_links={
            int(rows[row]): [int(rows[earlier]) for earlier in linked]
            for row, linked in unknown_links.items()
        },
        as_at=as_at,
    )


def _totals(
    facts: LegalFacts,
    likely: Evaluation,
    cash_alternative: str,
    positions: Positions,
    as_at: np.datetime64,
    run: Run,
) -> tuple[Pence, Pence]:
    """What is owed to the member and to the scheme on the low or the high run.

    The difference is calculated again only for the rows that had a cash alternative, where the run takes
    the other position on it.
    """
    _, owed = claim(facts, likely.cap, likely.difference, positions, as_at, run)
    member, scheme = owed.member_total, owed.scheme_total
    rows = np.flatnonzero(facts.payments.cash_alternative > 0)
    if positions.cash_alternative != cash_alternative and len(rows):
        other = replace(positions, cash_alternative=cash_alternative)
        some, capped = facts.take(rows), likely.cap.take(rows)
        exempt = np.zeros(len(rows), dtype=bool)
        again = find_difference(some, capped, exempt, other)
        _, owed = claim(some, capped, again, other, as_at, run)
        member[rows], scheme[rows] = owed.member_total, owed.scheme_total
    return member, scheme
