"""The index of the letters as its owner has filled it in: when each was sent, and what came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from xlsxwriter.utility import xl_rowcol_to_cell

from calculator.facts.cells import CannotRead, Raw, is_empty
from calculator.facts.days import parse_day, shown_day
from calculator.facts.fields import key
from calculator.facts.problems import FileProblem
from calculator.facts.text import one_line
from calculator.letters.recipients import Recipient, one_of
from calculator.spreadsheets.lost_cells import Findings
from calculator.spreadsheets.read import open_file

SHEET = "Letters"
CASE, LETTER_TO = "Case", "Letter to"
MOST_NOTES = 1_000
_MOST_CELLS = 3
"""Cells named in the sentence on what cannot be read."""


@dataclass(frozen=True)
class Tracked:
    """What is known of a letter since it was written."""

    checked_by: str = ""
    sent_on: date | None = None
    how: str = ""
    reply_due: date | None = None
    replied_on: date | None = None
    acknowledged_on: date | None = None
    standstill_until: date | None = None
    notes: str = ""


TRACKED = {each.name: each.name.replace("_", " ").capitalize() for each in fields(Tracked)}
"""The heading of each column that the owner fills in."""
TRACKED_DAYS = ("sent_on", "reply_due", "replied_on", "acknowledged_on", "standstill_until")
Tracker = Mapping[tuple[str, Recipient], Tracked]


def letter_key(reference: str, to: Recipient) -> tuple[str, Recipient]:
    """Return what a row of the index is known by."""
    return one_line(reference).casefold(), to


def read_tracker(path: Path, as_at: date) -> dict[tuple[str, Recipient], Tracked]:
    """Read an index that was filled in, a workbook in a limited process.

    FileProblem, in one line, where it is no index, or names the cells that cannot be read.
    """
    opened = open_file(path)
    for name, rows in sorted(opened.sheets, key=lambda sheet: sheet[0] != SHEET):
        heads = [key(str(cell)) for cell in rows[0]] if rows else []
        if {key(CASE), key(LETTER_TO), *map(key, TRACKED.values())} <= set(heads):
            reading = _Reading(rows, heads, as_at, _lost(opened.findings, name))
            return reading.tracked(path.name)
    raise FileProblem(
        f"{path.name}: this is no index of letters. Use the index.xlsx of the zip, with its headings in row 1."
    )


def _lost(findings: Findings, sheet: str) -> set[str]:
    """Name the cells that hold an error, or a formula that was never calculated."""
    lost = (findings.errors.get(sheet), findings.uncalculated.get(sheet))
    return {cell.split(" ", 1)[0] for each in lost if each is not None for cell in each.named}


class _Reading:
    """Reads the rows of an index and collects what is wrong with its cells."""

    def __init__(
        self, rows: Sequence[Sequence[Raw]], heads: Sequence[str], as_at: date, lost: set[str]
    ) -> None:
        self._rows, self._as_at, self._lost = rows, as_at, lost
        self._place = {head: heads.index(head) for head in heads}
        self._wrong: list[str] = []

    def tracked(self, file: str) -> dict[tuple[str, Recipient], Tracked]:
        """Return what is known of each letter. FileProblem names the cells that cannot be read."""
        found: dict[tuple[str, Recipient], Tracked] = {}
        for row in range(1, len(self._rows)):
            reference = self._text(row, CASE)
            if not reference:
                continue
            to = self._text(row, LETTER_TO).casefold()
            if to not in list(Recipient):
                self._say(row, LETTER_TO, f"must be {one_of(Recipient)}")
                continue
            which = letter_key(reference, Recipient(to))
            if which in found:
                self._say(row, CASE, f"has two rows for the letter to the {to}")
            found[which] = self._row(row)
        if self._wrong:
            more = len(self._wrong) - _MOST_CELLS
            said = "; ".join(self._wrong[:_MOST_CELLS]) + (f"; and {more} more" if more > 0 else "")
            raise FileProblem(f"{file}: {said}.")
        return found

    def _row(self, row: int) -> Tracked:
        days = {name: self._day(row, TRACKED[name]) for name in TRACKED_DAYS}
        sent = days["sent_on"]
        for name in ("sent_on", "replied_on", "acknowledged_on"):
            if (day := days[name]) is not None and day > self._as_at:
                self._say(row, TRACKED[name], f"is after {shown_day(self._as_at)}")
        for name in TRACKED_DAYS[1:]:
            if sent is not None and (day := days[name]) is not None and day < sent:
                self._say(row, TRACKED[name], "is before the letter was sent")
        return Tracked(
            self._text(row, TRACKED["checked_by"]),
            days["sent_on"],
            self._text(row, TRACKED["how"]),
            days["reply_due"],
            days["replied_on"],
            days["acknowledged_on"],
            days["standstill_until"],
            self._text(row, TRACKED["notes"]),
        )

    def _cell(self, row: int, head: str) -> Raw:
        place = self._place[key(head)]
        if xl_rowcol_to_cell(row, place) in self._lost:
            self._say(row, head, "holds an error or a formula without a result")
            return None
        return self._rows[row][place] if place < len(self._rows[row]) else None

    def _text(self, row: int, head: str) -> str:
        cell = self._cell(row, head)
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return "" if is_empty(cell) else one_line(str(cell), MOST_NOTES)

    def _day(self, row: int, head: str) -> date | None:
        try:
            return parse_day(self._cell(row, head))
        except CannotRead as problem:
            self._say(row, head, f"cannot be read: {problem.wrong.rstrip('.')}")
            return None

    def _say(self, row: int, head: str, wrong: str) -> None:
        cell = xl_rowcol_to_cell(row, self._place[key(head)])
        self._wrong.append(f"{cell} ({head}) {wrong}")
