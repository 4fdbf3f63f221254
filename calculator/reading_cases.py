"""How the commands read cases, from a spreadsheet or a case file, and what they say of what was read.

The parts that take long to load are loaded when they are needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from calculator.command_line import WIDTH, reading, say, say_first
from calculator.facts.text import shortened

if TYPE_CHECKING:
    from calculator.calculation.outcome import Outcome
    from calculator.facts.case_table import Cases
    from calculator.facts.problems import Problem
    from calculator.letters.said import Said
    from calculator.spreadsheets.read import Sheet
    from rules.late_benefits import LaterRates
    from rules.positions import Positions


@dataclass(frozen=True)
class Reading:
    """The sheet to read, the fields of headings of the person's own, and what is taken unasked."""

    sheet: str | None
    mapping: dict[str, str]
    accept_guesses: bool
    accept_suggestions: bool


def read_table(
    path: Path, wanted: Reading, day: date, by_cell: bool = True
) -> tuple[Sheet, Cases, list[Problem]]:
    """Read a spreadsheet of cases and say what was read of it.

    The problems are those that must be fixed and those to confirm, row by row; none without ``by_cell``.
    """
    from calculator.calculation.confirmations import (
        all_grouped,
        confirmations,
        doubtful_rows,
        summed_up,
        taken_lines,
    )
    from calculator.facts.suggestions import accept
    from calculator.spreadsheets.read import read_cases, read_sheet

    with reading(path):
        sheet = read_sheet(path, wanted.sheet, wanted.mapping, accept_guesses=wanted.accept_guesses)
        table = read_cases(sheet)
        if wanted.accept_suggestions:
            suggested = [*table.problems, *table.doubts]
            sheet.notices += taken_lines(suggested)
            sheet.rows = [*sheet.rows]
            taken = accept(sheet.rows, sheet.columns, suggested, sheet.joined)
            for problem in taken:
                parts = sheet.joined.get(problem.field, (sheet.columns[problem.field],))
                sheet.taken += [(problem.row, place) for place in parts]
            table = read_cases(sheet)
            table.doubts += taken
    doubtful = doubtful_rows(table, day)
    problems = [*table.problems, *confirmations(table, doubtful)] if by_cell else []
    problems.sort(key=lambda problem: problem.row)
    groups = all_grouped(table, doubtful)
    lines = [*sheet.notices, *summed_up(groups, lambda problem: sheet.locate(problem)[0])]
    if sheet.accounted:
        say(shortened(sheet.accounted, 10 * WIDTH))
    say_first(lines)
    return sheet, table, problems


def calculated(
    path: Path, settings: Positions, day: date, later: LaterRates | None, wanted: Reading
) -> tuple[Outcome, Said]:
    """Calculate a spreadsheet of cases or a case file, and say what was read, which is returned too."""
    if path.suffix.casefold() == ".json":
        with reading(path):
            return _exits(path, settings, day, later, wanted.accept_suggestions)
    from calculator.calculation.assess import assess
    from calculator.letters.said import said_of

    sheet, table, problems = read_table(path, wanted, day)
    return assess(table, settings, day, rates=later), said_of(sheet, problems)


def _exits(
    path: Path, settings: Positions, day: date, later: LaterRates | None, accepting: bool
) -> tuple[Outcome, Said]:
    """Calculate a case file, with the suggestions for its values taken if wanted, and say what was read."""
    from calculator.calculation.confirmations import confirmations, grouped, summed_up, taken_lines
    from calculator.facts.fields import BY_NAME
    from calculator.facts.suggestions import accept
    from calculator.letters.said import Said
    from calculator.one_case.case_file import case_at
    from calculator.one_case.person import work

    exits = case_at(path).exits
    outcome = work(exits, settings, day, later).outcome
    notices: list[str] = []
    taken: list[Problem] = []
    if accepting:
        suggested = [*outcome.cases.problems, *outcome.cases.doubts]
        notices = taken_lines(suggested)
        taken = accept(exits, {name: name for name in BY_NAME}, suggested)
        outcome = work(exits, settings, day, later).outcome
    cases = outcome.cases
    problems = sorted(
        [*cases.problems, *confirmations(cases, as_at=day), *taken], key=lambda p: p.row
    )
    cells = [
        (f"Exit {p.row + 1}", BY_NAME[p.field].heading if p.field in BY_NAME else p.field)
        for p in problems
    ]
    say_first([*notices, *summed_up(grouped(problems), lambda p: f"Exit {p.row + 1}")])
    return outcome, Said(tuple(notices), tuple(problems), tuple(cells))
