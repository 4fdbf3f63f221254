"""The mail-merge files: the words of each letter as a row of a .csv and an .xlsx for each recipient."""

from __future__ import annotations

import csv
import marshal
from collections.abc import Collection, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO

from calculator.letters.letter import Letter
from calculator.letters.placeholders import PLACEHOLDERS, flat_words
from calculator.letters.recipients import Recipient
from calculator.letters.text_workbook import TextSheet, write_text_workbook
from calculator.spreadsheets.results import safe_text

LINES_AT_ONCE = 250
"""Lines held in memory at a time: one may have 15,000 characters."""
MERGE_NAMES: tuple[str, ...] = tuple(
    placeholder.name for placeholder in PLACEHOLDERS if placeholder.name != "sections"
)
"""The columns of the mail-merge files: every placeholder but the sections of our own letter."""


class MailMerge:
    """Collects a line for each letter and writes a .csv and an .xlsx for each recipient, every cell text.

    Lines wait in a file on disk, so that memory does not grow with the number of letters.
    """

    def __init__(self, folder: Path, moment: datetime, to: Collection[Recipient]) -> None:
        self.files: list[Path] = []
        self._folder, self._moment = folder, moment
        self._lines = {recipient: (folder / f"{recipient}.lines") for recipient in to}
        self._streams: dict[Recipient, IO[bytes]] = {
            recipient: path.open("wb") for recipient, path in self._lines.items()
        }

    def add(self, letter: Letter) -> None:
        """Add the line of one letter."""
        flat = flat_words(letter.words)
        marshal.dump([flat[name] for name in MERGE_NAMES], self._streams[letter.plan.to])

    def close(self) -> None:
        """Write the files."""
        for stream in self._streams.values():
            stream.close()
        for recipient, lines in self._lines.items():
            text, book = self._folder / f"{recipient}.csv", self._folder / f"{recipient}.xlsx"
            self.files += [text, book]
            with text.open("w", encoding="utf-8-sig", newline="") as out:
                table = csv.writer(out)
                table.writerow(MERGE_NAMES)
                for rows in _read_lines(lines):
                    table.writerows([[safe_text(cell) for cell in row] for row in rows])
            sheet = TextSheet("Letters", [(name, 18) for name in MERGE_NAMES], _read_lines(lines))
            write_text_workbook(book, [sheet], "Mail merge", self._moment)


def _read_lines(path: Path) -> Iterator[list[list[str]]]:
    """Read the lines of a file written by us, in batches."""
    with path.open("rb") as file:
        rows: list[list[str]] = []
        for _ in iter(partial(_at_end, file), True):
            rows.append(marshal.load(file))  # noqa: S302 - written by us, in a folder of our own
            if len(rows) == LINES_AT_ONCE:
                yield rows
                rows = []
        if rows:
            yield rows


def _at_end(file: IO[bytes]) -> bool:
    return not file.peek(1)  # type: ignore[attr-defined]
