"""What reading the cases said: on the file, and on each cell that cannot be read or is to be confirmed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from calculator.facts.problems import Problem
from calculator.spreadsheets.read import Sheet


@dataclass(frozen=True)
class Said:
    """``notices`` are on the file; ``problems`` on its cells, ``cells`` the address and heading of each."""

    notices: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    cells: tuple[tuple[str, str], ...] = ()

    def of_rows(self) -> dict[int, str]:
        """Return what is said of each row, in one text."""
        sentences = defaultdict(list)
        for problem, (cell, heading) in zip(self.problems, self.cells, strict=True):
            sentences[problem.row].append(
                f"{cell} {heading} ({problem.severity}): {problem.wrong} {problem.enter}"
            )
        return {row: " ".join(lines) for row, lines in sentences.items()}


def said_of(sheet: Sheet, problems: Sequence[Problem]) -> Said:
    """Give what was said of a sheet and of its cells."""
    read = [sheet.accounted] if sheet.accounted else []
    return Said((*read, *sheet.notices), tuple(problems), tuple(map(sheet.locate, problems)))
