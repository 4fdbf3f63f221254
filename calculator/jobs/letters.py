"""The third step, when it is asked for: the letters of the cases calculated, in one zip."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from calculator.calculation.confirmations import confirmations
from calculator.files.replacing import replacing
from calculator.jobs import LETTERS, LETTERS_REQUEST, LETTERS_SUMMARY
from calculator.jobs.messages import Message, read_message, write_message
from calculator.jobs.work import calculated
from calculator.letters.bundle import write_letters
from calculator.letters.letter import LettersWanted
from calculator.letters.said import said_of
from calculator.letters.words import LETTER_SKIPPED


class LettersAsked(Message):
    """What letters are asked for, with the union's own templates in full."""

    wanted: LettersWanted


class LettersSummary(Message):
    """How many letters were written, and for each reason how many not."""

    written: int
    skipped: list[tuple[str, int]]


def run(folder: Path, report: Callable[[str, int, int], None]) -> None:
    """Write the letters that are asked for."""
    wanted = read_message(folder / LETTERS_REQUEST, LettersAsked).wanted
    sheet, outcome = calculated(folder, report)
    cases = outcome.cases
    found = [*cases.problems, *confirmations(cases, as_at=outcome.as_at)]
    problems = sorted(found, key=lambda p: p.row)
    report("writing letters", 0, 0)
    with replacing(folder / LETTERS) as unfinished:
        advance = partial(report, "writing letters")
        said = said_of(sheet, problems)
        written = write_letters(unfinished, outcome, wanted, advance, said)
    summary = LettersSummary(
        written=written.written,
        skipped=[(LETTER_SKIPPED[code], count) for code, count in written.skipped.items()],
    )
    write_message(folder / LETTERS_SUMMARY, summary)
