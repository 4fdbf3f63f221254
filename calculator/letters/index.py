"""The index of the letters: each one written or skipped, why, and what to know before it goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from calculator.calculation.codes import TO_CHECK
from calculator.calculation.outcome import Outcome
from calculator.facts.days import shown_day
from calculator.facts.text import one_line
from calculator.letters.file_names import path_in_zip
from calculator.letters.letter import LettersWanted
from calculator.letters.plan import HELD, Plan, replies
from calculator.letters.text_workbook import TextSheet, write_text_workbook
from calculator.letters.words import LETTER_NOTES, LETTER_SKIPPED
from calculator.spreadsheets.rows import CHUNK
from rules import VERSION

_COLUMNS = (
    ("Case", 16),
    ("Letter to", 11),
    ("Status", 10),
    ("Why, or what to know first", 70),
    ("In the name of", 14),
    ("File", 34),
    ("Result", 20),
    ("Urgency", 10),
    ("Issue by", 12),
    ("Contract claim: last day", 20),
    ("Reg 4 claim: last day", 20),
    ("Pension lump sum: last day", 20),
    ("First month of pension: last day", 20),
    ("Reply asked for by", 20),
)


_LAST_DAYS = (
    "contract_last_day",
    "statute_last_day",
    "pension_lump_sum_last_day",
    "pension_instalment_last_day",
)


def _pressing(columns: Mapping[str, Sequence[str]], row: int) -> tuple[int, str]:
    """Order the rows: expired and Scottish ones first, then by the day to issue by, then the others."""
    issue_by = columns["issue_by"][row]
    if issue_by:
        return 1, issue_by
    return 0 if columns["urgency"][row] else 2, ""


def write_index(
    path: Path,
    outcome: Outcome,
    plans: Sequence[Plan],
    names: Sequence[str],
    request: LettersWanted,
    moment: datetime,
) -> None:
    """Write the index workbook, the most urgent first. It holds no names of persons."""
    references = outcome.cases.text["case_ref"].tolist()
    columns = {
        name: outcome.texts(name)
        for name in ("triage", "urgency", "to_check", "issue_by", *_LAST_DAYS)
    }
    reply_by = replies(outcome, request.sender.reply_days)
    lines = []
    for plan in sorted(plans, key=lambda plan: _pressing(columns, plan.row)):
        if plan.skipped == HELD:
            codes = columns["to_check"][plan.row].split(";")
            status, writer, file = "held", "", ""
            note = f"To check first. {' '.join(TO_CHECK[code] for code in codes)}"
        elif plan.skipped:
            status, note, writer, file = "skipped", LETTER_SKIPPED[plan.skipped], "", ""
        else:
            status, note = "written", " ".join(LETTER_NOTES[note] for note in plan.notes)
            writer, file = f"the {plan.writer}", f"{path_in_zip(plan, names, outcome.as_at)}.docx"
        lines.append(
            [
                one_line(references[plan.row]),
                plan.to.value,
                status,
                note,
                writer,
                file,
                columns["triage"][plan.row].replace("_", " "),
                columns["urgency"][plan.row],
                columns["issue_by"][plan.row],
                *(columns[name][plan.row] for name in _LAST_DAYS),
                "" if plan.skipped else shown_day(reply_by[plan.row]),
            ]
        )
    about = [
        ["Worked out as at", shown_day(outcome.as_at)],
        ["Rules", VERSION],
        ["Positions", outcome.positions.described()],
        ["Letters without consent", request.without_consent.value],
        *(
            [
                f"Template for letters to the {to}",
                request.own[to].name if to in request.own else "the plain letter",
            ]
            for to in request.to
        ),
        [
            "Before a letter goes",
            "A lawyer should check its figures and dates. No letter stops the court's clock.",
        ],
    ]
    write_text_workbook(
        path,
        [
            TextSheet(
                "Letters",
                _COLUMNS,
                [lines[n : n + CHUNK] for n in range(0, len(lines), CHUNK)],
                True,
            ),
            TextSheet("About", (("What", 36), ("Value", 90)), [about], True),
        ],
        "Letters: index",
        moment,
    )
