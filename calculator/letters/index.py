"""The index of the letters: each one written or skipped, why, and what to know before it goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from calculator.calculation.outcome import Outcome
from calculator.facts.days import shown_day
from calculator.facts.text import one_line
from calculator.letters.file_names import path_in_zip
from calculator.letters.letter import LettersWanted
from calculator.letters.plan import Plan
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
    ("Contract claim: last day", 20),
    ("Reg 4 claim: last day", 20),
    ("Reply asked for by", 20),
)


def write_index(
    path: Path,
    outcome: Outcome,
    plans: Sequence[Plan],
    names: Sequence[str],
    request: LettersWanted,
    moment: datetime,
) -> None:
    """Write the index workbook. It holds no names of persons."""
    references = outcome.cases.text["case_ref"].tolist()
    columns = {
        name: outcome.texts(name)
        for name in ("triage", "urgency", "contract_last_day", "statute_last_day")
    }
    reply = shown_day(request.sender.reply_by(outcome.as_at))
    lines = []
    for plan in plans:
        if plan.skipped:
            status, note, writer, file = "skipped", LETTER_SKIPPED[plan.skipped], "", ""
        else:
            status, note = "written", " ".join(LETTER_NOTES[note] for note in plan.notes)
            writer, file = f"the {plan.writer}", f"{path_in_zip(plan, names)}.docx"
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
                columns["contract_last_day"][plan.row],
                columns["statute_last_day"][plan.row],
                "" if plan.skipped else reply,
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
