"""The mail-merge files: the words of each letter as a row of a .csv and an .xlsx for each recipient."""

from __future__ import annotations

import csv
import marshal
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO

from calculator.letters.letter import Letter
from calculator.letters.placeholders import BY_NAME, PLACEHOLDERS, flat_words
from calculator.letters.recipients import Recipient
from calculator.letters.text_workbook import TextSheet, write_text_workbook
from calculator.spreadsheets.results import safe_text

LINES_AT_ONCE = 250
"""Lines held in memory at a time: one may have 15,000 characters."""
OF_SENDING = ("file_name", "email", "letter_head")
"""Columns that no template needs: the name of the letter's file without its ending, the recipient's e-mail
address, and the lines at the top of the letter."""
MERGE_NAMES: tuple[str, ...] = (
    *OF_SENDING,
    *(placeholder.name for placeholder in PLACEHOLDERS if placeholder.name != "sections"),
)
"""The columns of the mail-merge files: those of sending, and every placeholder but the sections of our letter."""
ROWS_LOOKED_AT, MOST_UNSEEN = 8, 255
"""Word reads a workbook by a driver that looks at the first 8 rows of a column: where none of them has more than
255 characters, it cuts all the others to that."""


class MailMerge:
    """Collects a line for each letter and writes a .csv and an .xlsx for each recipient, every cell text.

    Lines wait in a file on disk, so that memory does not grow with the number of letters.
    """

    def __init__(self, folder: Path, moment: datetime, to: Collection[Recipient]) -> None:
        self.files: list[Path] = []
        self.cut: list[str] = []
        """The columns that Word would cut for all that, each with its file."""
        self._folder, self._moment = folder, moment
        self._lines = {recipient: (folder / f"{recipient}.lines") for recipient in to}
        self._longest = {recipient: _Longest() for recipient in to}
        self._streams: dict[Recipient, IO[bytes]] = {
            recipient: path.open("wb") for recipient, path in self._lines.items()
        }

    def add(self, letter: Letter, of_sending: Mapping[str, str]) -> None:
        """Add the line of one letter."""
        flat = {**flat_words(letter.words), **of_sending}
        line = [flat[name] for name in MERGE_NAMES]
        self._longest[letter.plan.to].add(line)
        marshal.dump(line, self._streams[letter.plan.to])

    def close(self) -> None:
        """Write the files."""
        for stream in self._streams.values():
            stream.close()
        for recipient, lines in self._lines.items():
            first, cut = self._longest[recipient].first_rows()
            self.cut += [f"merge/{recipient}.xlsx: {MERGE_NAMES[column]}" for column in cut]
            text, book = self._folder / f"{recipient}.csv", self._folder / f"{recipient}.xlsx"
            self.files += [text, book]
            with text.open("w", encoding="utf-8-sig", newline="") as out:
                table = csv.writer(out)
                table.writerow(MERGE_NAMES)
                for rows in _in_order(lines, first):
                    table.writerows([[safe_text(cell) for cell in row] for row in rows])
            heads = [(name, 18) for name in MERGE_NAMES]
            sheet = TextSheet("Letters", heads, _in_order(lines, first))
            write_text_workbook(book, [sheet], "Mail merge", self._moment)


class _Longest:
    """The row with the longest text of each column, with the lengths of all its texts."""

    def __init__(self) -> None:
        self._rows = 0
        self._best: list[tuple[int, int, list[int]]] = [(0, 0, [])] * len(MERGE_NAMES)

    def add(self, line: list[str]) -> None:
        lengths = [len(text) for text in line]
        for column, (length, best) in enumerate(zip(lengths, self._best, strict=True)):
            if length > best[0]:
                self._best[column] = (length, self._rows, lengths)
        self._rows += 1

    def first_rows(self) -> tuple[list[int], list[int]]:
        """Return the rows to be written first, and the columns that have a long text in none of them.

        First those that a column above 255 characters needs, then the longest of each list.
        """
        first: dict[int, list[int]] = {}
        columns = sorted(range(len(self._best)), key=lambda column: -self._best[column][0])
        long = [column for column in columns if self._best[column][0] > MOST_UNSEEN]
        for column in long:
            if not any(lengths[column] > MOST_UNSEEN for lengths in first.values()):
                first[self._best[column][1]] = self._best[column][2]
        for column in columns:
            length, row, lengths = self._best[column]
            placeholder = BY_NAME.get(MERGE_NAMES[column])
            is_list = placeholder is not None and placeholder.is_list
            reached = any(others[column] == length for others in first.values())
            if is_list and length and not reached and len(first) < ROWS_LOOKED_AT:
                first[row] = lengths
        seen = list(first)[:ROWS_LOOKED_AT]
        cut = [
            column for column in long if not any(first[row][column] > MOST_UNSEEN for row in seen)
        ]
        return seen, cut


def _in_order(path: Path, first: list[int]) -> Iterator[list[list[str]]]:
    """Read the lines of a file written by us, in batches, some rows before all others."""
    if first:
        found = {row: line for row, line in enumerate(_read_lines(path)) if row in set(first)}
        yield [found[row] for row in first]
    rows: list[list[str]] = []
    for row, line in enumerate(_read_lines(path)):
        if row in first:
            continue
        rows.append(line)
        if len(rows) == LINES_AT_ONCE:
            yield rows
            rows = []
    if rows:
        yield rows


def _read_lines(path: Path) -> Iterator[list[str]]:
    with path.open("rb") as file:
        for _ in iter(partial(_at_end, file), True):
            yield marshal.load(file)  # noqa: S302 - written by us, in a folder of our own


def _at_end(file: IO[bytes]) -> bool:
    return not file.peek(1)  # type: ignore[attr-defined]
