"""The index of the letters: each one written or not, why, and what its owner notes of it until it is settled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from calculator.calculation.codes import TO_CHECK
from calculator.calculation.outcome import Outcome
from calculator.calculation.result_columns import CLAIM_DAYS
from calculator.facts.days import shown_day
from calculator.facts.text import one_line
from calculator.letters.claim import Claim, claims
from calculator.letters.file_names import path_in_zip
from calculator.letters.letter import LettersWanted
from calculator.letters.letter_facts import assumption_words, documents_missing
from calculator.letters.plan import HELD, Plan
from calculator.letters.said import Said
from calculator.letters.sender import Sender
from calculator.letters.text_workbook import Cell, Link, TextSheet, write_text_workbook
from calculator.letters.tracker import CASE, LETTER_TO, SHEET, TRACKED, TRACKED_DAYS, Tracked
from calculator.letters.words import DOCUMENT_WORDS, LETTER_NOTES, LETTER_SKIPPED
from calculator.spreadsheets.rows import CHUNK
from rules import VERSION
from rules.choices import Nation

_WIDTHS = {"how": 10, "notes": 40}
_TRACKED_WIDTH = 17
_BEFORE = (
    (CASE, 16),
    (LETTER_TO, 11),
    ("Status", 10),
    ("Why, or what to know first", 70),
    ("File", 40),
    ("Issue by", 18),
    ("Employer", 30),
)
_AFTER = (
    ("In the name of", 14),
    ("Result", 20),
    ("Urgency", 10),
    ("Contract claim: last day", 18),
    ("Reg 4 claim: last day", 18),
    ("Pension lump sum: last day", 18),
    ("First month of pension: last day", 18),
)
_COLUMNS = (
    *_BEFORE,
    *((heading, _WIDTHS.get(name, _TRACKED_WIDTH)) for name, heading in TRACKED.items()),
    *_AFTER,
)
Rows = list[list[Cell]]


@dataclass
class Noted:
    """What is collected while the letters are written, for their index."""

    of_cases: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    """Of each case the assumptions and the missing documents, each with its kind."""
    about: list[tuple[str, str]] = field(default_factory=list)

    def case(self, claim: Claim) -> None:
        """Note what is assumed and missing in a case; the letters to the other side may not say it."""
        if claim.row not in self.of_cases:
            self.of_cases[claim.row] = [
                *(("Assumption", assumption_words(claim, code)) for code in claim.assumptions),
                *(
                    ("Document missing", f"{words[0].upper()}{words[1:]}")
                    for words in map(DOCUMENT_WORDS.__getitem__, documents_missing(claim))
                ),
            ]


def in_order(plans: Iterable[Plan], outcome: Outcome) -> list[Plan]:
    """Sort the plans: expired and Scottish ones first, then by the day to issue a claim by, then the others."""
    issue_by, urgency = outcome.texts("issue_by"), outcome.texts("urgency")

    def pressing(plan: Plan) -> tuple[int, str]:
        if issue_by[plan.row]:
            return 1, issue_by[plan.row]
        return 0 if urgency[plan.row] else 2, ""

    return sorted(plans, key=pressing)


def _reply_due(plan: Plan, outcome: Outcome, sender: Sender) -> date | None:
    northern_ireland = outcome.cases.choices["nation"][plan.row] == Nation.NORTHERN_IRELAND
    issue_by = outcome.day("issue_by", plan.row)
    return sender.reply_due(plan.to, outcome.as_at, issue_by, bool(northern_ireland))


def write_index(
    path: Path,
    outcome: Outcome,
    plans: Sequence[Plan],
    names: Sequence[str],
    request: LettersWanted,
    moment: datetime,
    said: Said,
    noted: Noted,
) -> None:
    """Write the index workbook, in the order of the plans. It holds no names of persons."""
    letters = _letters(outcome, plans, names, request, said)
    case_notes = _case_notes(outcome, plans, noted)
    sheets = [
        TextSheet(
            SHEET,
            _COLUMNS,
            _chunks(letters),
            wrapped=True,
            filled_in=tuple(TRACKED.values()),
            days=tuple(TRACKED[name] for name in TRACKED_DAYS),
            filtered=len(letters),
        ),
        TextSheet(
            "Case notes",
            ((CASE, 16), ("Kind", 20), ("Note", 110)),
            _chunks(case_notes),
            wrapped=True,
            filtered=len(case_notes),
        ),
        TextSheet(
            "From the file",
            ((CASE, 16), ("Cell", 14), ("Column", 30), ("What is wrong or to confirm", 110)),
            _chunks(_from_the_file(outcome, said)),
            wrapped=True,
        ),
        TextSheet("About", (("What", 36), ("Value", 90)), [_about(outcome, request, noted)], True),
    ]
    write_text_workbook(path, sheets, "Letters: index", moment)


def _chunks(rows: Rows) -> list[Rows]:
    return [rows[n : n + CHUNK] for n in range(0, len(rows), CHUNK)]


def _letters(
    outcome: Outcome,
    plans: Sequence[Plan],
    names: Sequence[str],
    request: LettersWanted,
    said: Said,
) -> Rows:
    texts = outcome.cases.text
    triage, urgency, to_check = (outcome.texts(name) for name in ("triage", "urgency", "to_check"))
    days = {
        name: [date.fromisoformat(day) if day else None for day in outcome.texts(name)]
        for name in ("issue_by", *CLAIM_DAYS)
    }
    of_rows = said.of_rows()
    rows: Rows = []
    for plan in plans:
        row = plan.row
        status, why = _status(plan, to_check[row])
        tracked = _tracked(plan, _reply_due(plan, outcome, request.sender))
        rows.append(
            [
                one_line(texts["case_ref"][row]),
                plan.to.value,
                status,
                " ".join(part for part in (why, of_rows.get(row, "")) if part),
                None if plan.skipped else Link(f"{path_in_zip(plan, names, outcome.as_at)}.docx"),
                days["issue_by"][row],
                one_line(texts["employer_name"][row]),
                *(getattr(tracked, name) for name in TRACKED),
                "" if plan.skipped else f"the {plan.writer}",
                triage[row].replace("_", " "),
                urgency[row],
                *(days[name][row] for name in CLAIM_DAYS),
            ]
        )
    return rows


def _status(plan: Plan, to_check: str) -> tuple[str, str]:
    if plan.skipped == HELD:
        checks = " ".join(TO_CHECK[code] for code in to_check.split(";"))
        return "held", f"To check first. {checks}"
    if plan.skipped:
        return "skipped", LETTER_SKIPPED[plan.skipped]
    return "written", " ".join(LETTER_NOTES[note] for note in plan.notes)


def _tracked(plan: Plan, reply_by: date | None) -> Tracked:
    """What the index says of a letter since: of a new one its day for the reply, of another what was entered."""
    if plan.skipped:
        return plan.tracked or Tracked()
    if plan.tracked is None or plan.tracked.sent_on is None:
        return Tracked(reply_due=reply_by)
    before = f"Chaser of the letter sent on {shown_day(plan.tracked.sent_on)}. {plan.tracked.notes}"
    return Tracked(reply_due=reply_by, notes=before.strip())


def _case_notes(outcome: Outcome, plans: Sequence[Plan], noted: Noted) -> Rows:
    rows = list(dict.fromkeys(p.row for p in plans if not p.skipped or p.skipped == HELD))
    for claim in claims(outcome, [row for row in rows if row not in noted.of_cases]):
        noted.case(claim)
    references = outcome.cases.text["case_ref"]
    return [
        [one_line(references[row]), kind, note]
        for row in rows
        for kind, note in noted.of_cases[row]
    ]


def _from_the_file(outcome: Outcome, said: Said) -> Rows:
    references = outcome.cases.text["case_ref"]
    rows: Rows = [["", "", "The file", notice] for notice in said.notices]
    for problem, (cell, heading) in zip(said.problems, said.cells, strict=True):
        sentence = f"{problem.severity.capitalize()}: {problem.wrong} {problem.enter}"
        rows.append([one_line(references[problem.row]), cell, one_line(heading), sentence])
    return rows


def _about(outcome: Outcome, request: LettersWanted, noted: Noted) -> Rows:
    about: list[tuple[str, str]] = [
        ("Calculated as at", shown_day(outcome.as_at)),
        ("Rules", VERSION),
        ("Positions", outcome.positions.described()),
        ("Letters without consent", request.without_consent.value),
        *(
            (
                f"Template for letters to the {to}",
                request.own[to].name if to in request.own else "the plain letter",
            )
            for to in request.to
        ),
        (
            "Before a letter goes",
            "A lawyer should check its figures and dates. No letter stops the court's clock.",
        ),
        (
            "The yellow columns",
            "Fill them in as letters go out and replies come in. exitcap letters CASES OUT.zip --chase INDEX.xlsx "
            "then writes a chaser where a letter was sent and no reply came by the day in Reply due, and an index "
            "that takes this one's place.",
        ),
        *noted.about,
    ]
    return [list(line) for line in about]
