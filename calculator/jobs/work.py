"""The second step: the cases calculated, the table to show, then the files to download."""

from __future__ import annotations

import csv
import pickle
from collections.abc import Callable
from datetime import date
from pathlib import Path

from pydantic import Field

from calculator.calculation import summary
from calculator.calculation.assess import assess
from calculator.calculation.confirmations import confirmations, grouped
from calculator.calculation.figures import (
    FIGURE,
    LETTER_HEADS,
    PAYEE,
    PAYEES,
    figure_columns,
    letter_lines,
    shown,
)
from calculator.calculation.outcome import Outcome
from calculator.facts.cells import cell_text
from calculator.facts.fields import BY_NAME
from calculator.facts.later_rates import rates_in_rows, rows_of
from calculator.facts.problems import Problem, Severity
from calculator.facts.text import shortened
from calculator.files.replacing import replacing
from calculator.jobs import (
    CASES,
    CORRECTED,
    LETTER_FIGURES,
    PROBLEMS,
    REQUEST,
    RESULTS,
    RESULTS_CSV,
    SHEETS,
    SUMMARY,
)
from calculator.jobs.case_list import write_cases
from calculator.jobs.corrections import Correction, correct
from calculator.jobs.messages import Message, read_message, write_message
from calculator.spreadsheets.problems_workbook import plan_for, write_problems
from calculator.spreadsheets.read import Opened, Sheet, read_cases, sheet_of
from calculator.spreadsheets.results import safe_text, write_results
from rules import VERSION
from rules.exit_payments import Payee
from rules.positions import Positions

MOST_CELLS = 300
"""Problems shown cell by cell; the workbook of problems has all of them."""
MOST_GROUPS = 200
_SHOWN_OF_GROUP = 5
_LETTER_CHUNK = 10_000
_FORMULAS = "Formulas still have the value from before: check each one that uses a corrected cell."

Report = Callable[[str, int, int], None]


class WorkWanted(Message):
    """What to calculate: a sheet, the index of each field's column, the day, the positions, the corrections."""

    sheet: str
    heading_row: int
    columns: dict[str, int]
    others: tuple[tuple[str, int], ...] = ()
    """Sheets with the same headings to be read with it, and the rows of these."""
    as_at: date
    positions: Positions
    rates: list[dict[str, str]] = Field(default_factory=list)
    corrections: list[Correction] = Field(default_factory=list)


class TriageLine(Message):
    """The cases of one result, and what they come to by payee, in pence."""

    triage: str
    cases: int
    pressing: int
    member: int
    scheme: int


class GroupLine(Message):
    """What is wrong in the same way with several cells of one column; ``suggested`` counts the suggestions."""

    field: str
    heading: str
    severity: str
    wrong: str
    enter: str
    count: int
    cells: str
    suggested: int


class CellLine(Message):
    """What is wrong with one cell, what it holds, and the suggestion for it, if any."""

    row: int
    field: str
    case_ref: str
    cell: str
    heading: str
    severity: str
    wrong: str
    enter: str
    held: str
    suggestion: str
    can_correct: bool


class Summary(Message):
    """A table summed up. Money is in pence by payee, never added."""

    as_at: date
    rules_version: str
    positions: Positions
    rates: list[dict[str, str]]
    read: int
    computed: int
    in_error: int
    triage: list[TriageLine]
    urgency: dict[str, int]
    member: int
    scheme: int
    notices: list[str]
    must_fix: int
    to_confirm: int
    groups: list[GroupLine]
    groups_left_out: int
    cells: list[CellLine]


def run(folder: Path, report: Report) -> None:
    """Calculate the file that was looked at, as the folder asks for."""
    sheet, outcome = calculated(folder, report)
    cases, size = outcome.cases, outcome.cases.size
    found = [*cases.problems, *confirmations(cases, as_at=outcome.as_at)]
    problems = sorted(found, key=lambda p: p.row)
    write_cases(
        folder / CASES, sheet, outcome, problems, lambda done: report("sorting", done, size)
    )
    plan = plan_for(sheet, problems) if problems or sheet.taken else None
    summary = summary_of(sheet, outcome, problems)
    summary.notices.extend(plan.sentences if plan else [])
    write_message(folder / SUMMARY, summary)
    report("letters", 0, 0)
    write_letter_figures(folder / LETTER_FIGURES, outcome)
    report("csv", 0, 0)
    with replacing(folder / RESULTS_CSV) as unfinished:
        write_results(unfinished, sheet, outcome, problems)
    report("workbook", 0, size)

    def written(done: int) -> None:
        report(*(("workbook", done, size) if done < size else ("explaining", 0, 0)))

    with replacing(folder / RESULTS) as unfinished:
        write_results(unfinished, sheet, outcome, problems, written)
    for name, marked in ((PROBLEMS, problems), (CORRECTED, [])):
        if plan is None or not (marked if name == PROBLEMS else sheet.taken):
            continue
        report("problems", 0, 0)
        with replacing(folder / name) as unfinished:
            said = write_problems(unfinished, sheet, marked, plan)
        if said and said not in summary.notices:
            summary.notices.append(said)
            write_message(folder / SUMMARY, summary)


def calculated(folder: Path, report: Report) -> tuple[Sheet, Outcome]:
    """Calculate the sheet that the folder asks for."""
    wanted = read_message(folder / REQUEST, WorkWanted)
    report("reading", 0, 0)
    with (folder / SHEETS).open("rb") as file:
        # Written by the first step into a folder that is this session's alone.
        opened: Opened = pickle.load(file)  # noqa: S301
    sheet = sheet_of(opened, wanted.sheet, wanted.heading_row, wanted.columns, wanted.others)
    if wanted.corrections and opened.findings.formulas:
        sheet.notices.append(_FORMULAS)
    del opened
    to_confirm = correct(
        sheet, [(wanted.sheet, wanted.heading_row), *wanted.others], wanted.corrections
    )
    size = len(sheet.rows)
    report("checking", 0, 0)
    cases = read_cases(sheet)
    cases.doubts += to_confirm
    report("working", 0, size)
    outcome = assess(
        cases,
        wanted.positions,
        wanted.as_at,
        lambda done: report("working", done, size),
        rates_in_rows(wanted.rates),
    )
    return sheet, outcome


# The summary


def summary_of(sheet: Sheet, outcome: Outcome, problems: list[Problem]) -> Summary:
    """The counts and totals of a table, and its problems by column and by cell."""
    table = summary.summary_of(outcome)
    must_fix = [p for p in problems if p.severity is Severity.MUST_FIX]
    to_confirm = [p for p in problems if p.severity is not Severity.MUST_FIX]
    groups = [*grouped(must_fix), *grouped(to_confirm)]
    references = outcome.cases.text["case_ref"]
    return Summary(
        as_at=outcome.as_at,
        rules_version=VERSION,
        positions=outcome.positions,
        rates=rows_of(outcome.rates),
        read=table.read,
        computed=table.computed,
        in_error=table.in_error,
        triage=[
            TriageLine(
                triage=line.name,
                cases=line.cases,
                pressing=line.pressing,
                member=line.owed[Payee.MEMBER],
                scheme=line.owed[Payee.SCHEME],
            )
            for line in table.triages
        ],
        urgency={band.name.lower(): cases for band, cases in table.urgency.items()},
        member=table.owed[Payee.MEMBER],
        scheme=table.owed[Payee.SCHEME],
        notices=[*filter(None, [sheet.accounted]), *sheet.notices],
        must_fix=len(must_fix),
        to_confirm=len(to_confirm),
        groups=[
            GroupLine(
                field=group.field,
                heading=group.heading,
                severity=group.severity.value,
                wrong=group.wrong,
                enter=group.enter,
                count=group.count,
                cells=group.cells(lambda p: sheet.locate(p)[0], _SHOWN_OF_GROUP),
                suggested=sum(bool(member.suggestion) for member in group.members),
            )
            for group in groups[:MOST_GROUPS]
        ],
        groups_left_out=max(0, len(groups) - MOST_GROUPS),
        cells=[
            _cell_line(sheet, problem, str(references[problem.row]))
            for problem in [*must_fix, *to_confirm][:MOST_CELLS]
        ],
    )


def _cell_line(sheet: Sheet, problem: Problem, reference: str) -> CellLine:
    cell, heading = sheet.locate(problem)
    place = sheet.columns.get(problem.field)
    held = "" if place is None else cell_text(sheet.rows[problem.row][place])
    return CellLine(
        row=problem.row,
        field=problem.field,
        case_ref=reference,
        cell=cell,
        heading=heading,
        severity=problem.severity.value,
        wrong=problem.wrong,
        enter=problem.enter,
        held=shortened(held),
        suggestion=problem.suggestion,
        can_correct=problem.field in BY_NAME,
    )


# Letter figures


def write_letter_figures(path: Path, outcome: Outcome) -> None:
    """The figures for letters as CSV, a row for each case and payee with something owed.

    The columns of the sheet "Letter figures", shown as letters show them. With the mark by which a word
    processor knows UTF-8.
    """
    lines = letter_lines(outcome)
    with (
        replacing(path) as unfinished,
        unfinished.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        writer = csv.writer(file)
        writer.writerow(LETTER_HEADS)
        for start in range(0, len(lines.rows), _LETTER_CHUNK):
            some = lines.some(start, _LETTER_CHUNK)
            columns = {
                PAYEE: [PAYEES[payee] for payee in some.payees],
                **{
                    name: [
                        safe_text(shown(value, FIGURE[name].kind)) if shows else ""
                        for value, shows in zip(column, some.shows(name), strict=True)
                    ]
                    for name, column in figure_columns(outcome, some.rows).items()
                },
            }
            writer.writerows(zip(*(columns[name] for name in LETTER_HEADS), strict=True))
