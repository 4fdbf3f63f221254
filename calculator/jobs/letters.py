"""The third step, when it is asked for: the letters of the cases calculated, in one zip."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from calculator.calculation.confirmations import confirmations
from calculator.files.replacing import replacing
from calculator.jobs import FILLED_INDEX, LETTERS, LETTERS_REQUEST, LETTERS_SUMMARY
from calculator.jobs.messages import Message, read_message, write_message
from calculator.jobs.work import calculated
from calculator.letters.bundle import write_letters
from calculator.letters.letter import LettersWanted
from calculator.letters.said import said_of
from calculator.letters.tracker import read_tracker
from calculator.letters.words import LETTER_SKIPPED


class LettersAsked(Message):
    """What letters are asked for, with the union's own templates in full.

    With ``index``, an index of letters that was filled in, reminders are written in their place.
    """

    wanted: LettersWanted
    index: bytes | None = None


class LettersSummary(Message):
    """How many letters were written, and for each reason how many not."""

    written: int
    skipped: list[tuple[str, int]]


def run(folder: Path, report: Callable[[str, int, int], None]) -> None:
    """Write the letters that are asked for."""
    asked = read_message(folder / LETTERS_REQUEST, LettersAsked)
    sheet, outcome = calculated(folder, report)
    tracker = None
    if asked.index is not None:
        (folder / FILLED_INDEX).write_bytes(asked.index)
        tracker = read_tracker(folder / FILLED_INDEX, outcome.as_at)
    cases = outcome.cases
    found = [*cases.problems, *confirmations(cases, as_at=outcome.as_at)]
    problems = sorted(found, key=lambda p: p.row)
    report("writing letters", 0, 0)
    with replacing(folder / LETTERS) as unfinished:
        advance = partial(report, "writing letters")
        said = said_of(sheet, problems)
        written = write_letters(unfinished, outcome, asked.wanted, advance, said, tracker)
    summary = LettersSummary(
        written=written.written,
        skipped=[(LETTER_SKIPPED[code], count) for code, count in written.skipped.items()],
    )
    write_message(folder / LETTERS_SUMMARY, summary)
