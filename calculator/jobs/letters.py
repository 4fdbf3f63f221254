"""The third step, when it is asked for: the letters of the cases worked out, in one zip."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypedDict

from calculator.files.unfinished import replacing
from calculator.jobs import LETTERS, LETTERS_REQUEST, LETTERS_SUMMARY
from calculator.jobs.messages import read_json, write_json
from calculator.jobs.work import worked_out
from calculator.letters.bundle import write_letters
from calculator.letters.letter import LettersWanted
from calculator.letters.recipients import Recipient, WithoutConsent
from calculator.letters.sender import Sender
from calculator.letters.word.own import OwnLetter
from calculator.letters.words import LETTER_SKIPPED

TEMPLATE = "template-{}.docx"
"""A union's own letter to a recipient, where there is one."""


class LettersRequest(TypedDict):
    """What letters are asked for. ``own``: the names of the union's own letters by recipient; each lies beside it."""

    to: list[str]
    without_consent: str
    pdf: bool
    sender: dict[str, Any]
    own: dict[str, str]


class LettersSummary(TypedDict):
    """How many letters were written, and for each reason how many not."""

    written: int
    skipped: list[tuple[str, int]]


def ask_for(folder: Path, request: LettersWanted) -> None:
    """Leave in a folder what letters are asked for."""
    for to in Recipient:
        template = folder / TEMPLATE.format(to)
        template.unlink(missing_ok=True)
        if to in request.own:
            template.write_bytes(request.own[to].data)
    asked = LettersRequest(
        to=[to.value for to in request.to],
        without_consent=request.without_consent.value,
        pdf=request.pdf,
        sender=request.sender.given(),
        own={to.value: own.name for to, own in request.own.items()},
    )
    write_json(folder / LETTERS_REQUEST, asked)


def run(folder: Path, report: Callable[[str, int, int], None]) -> None:
    """Write the letters that are asked for."""
    asked: LettersRequest = read_json(folder / LETTERS_REQUEST)
    request = LettersWanted(
        sender=Sender.from_mapping(asked["sender"]),
        to=tuple(Recipient(to) for to in asked["to"]),
        without_consent=WithoutConsent(asked["without_consent"]),
        own={
            Recipient(to): OwnLetter(name, (folder / TEMPLATE.format(to)).read_bytes())
            for to, name in asked["own"].items()
        },
        pdf=asked["pdf"],
    )
    _, outcome = worked_out(folder, report)
    report("writing letters", 0, 0)
    with replacing(folder / LETTERS) as unfinished:
        written = write_letters(unfinished, outcome, request, partial(report, "writing letters"))
    summary = LettersSummary(
        written=written.written,
        skipped=[(LETTER_SKIPPED[code], count) for code, count in written.skipped.items()],
    )
    write_json(folder / LETTERS_SUMMARY, summary)
