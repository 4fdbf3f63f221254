"""The sheet Problems of a workbook that we marked, read back: the suggestions that the person accepts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from xlsxwriter.utility import xl_cell_to_rowcol

from calculator.facts.cells import Raw, cell_text, is_empty
from calculator.facts.problems import Severity
from calculator.facts.text import first_of, quoted, shortened

PROBLEMS_HEADING = "Problems found"
"""The last column of the table of problems, left out when it is read again."""
PROBLEMS_SHEET = "Problems"
PROBLEM_HEADS = (
    "Sheet",
    "Cell",
    "Case reference",
    "Column",
    "Severity",
    "What is wrong",
    "What to enter",
    "Suggestion",
    "Accept",
    "Value when checked",
)
"""The headings of our sheet of problems, by which it is known."""
PROBLEM_WIDTHS = (14, 8, 16, 26, 15, 50, 50, 18, 9, 20)
SHADES = {Severity.MUST_FIX: "F8D7DA", Severity.PLEASE_CONFIRM: "FFE8B3"}
"""The colours of cells with a problem, the worst first."""
MOST_LINKS = 65_000
"""Links of one sheet; Excel holds 65,530."""
ACCEPT = "yes"
_NOT_ACCEPTED = ("", "no")
_SHEET, _CELL, _REFERENCE, _SUGGESTION, _ACCEPT, _HELD = (
    PROBLEM_HEADS.index(head)
    for head in (
        "Sheet",
        "Cell",
        "Case reference",
        "Suggestion",
        "Accept",
        "Value when checked",
    )
)


class ProblemLine(NamedTuple):
    """One row of the sheet of problems, in the order of its headings."""

    sheet: str
    cell: str
    reference: str
    column: str
    severity: str
    wrong: str
    enter: str
    suggestion: str
    accept: str
    held: str


@dataclass(frozen=True)
class Answer:
    """What a person wrote beside one suggestion, and what its cell held when it was made."""

    sheet: str
    cell: str
    reference: str
    suggestion: Raw
    accept: str
    held: str


def is_problems_sheet(rows: Sequence[Sequence[Raw]]) -> bool:
    """Return whether a sheet is our sheet of problems: its first row has our headings."""
    first = [cell_text(cell).strip() for cell in rows[0]] if rows else []
    return tuple(first[: len(PROBLEM_HEADS)]) == PROBLEM_HEADS


def without_problems(
    sheets: Sequence[tuple[str, list[list[Raw]]]],
) -> tuple[list[tuple[str, list[list[Raw]]]], list[Answer]]:
    """Return the sheets that are not our sheet of problems, and the answers in that one."""
    others, answers = [], []
    for name, rows in sheets:
        if is_problems_sheet(rows):
            answers += _answers(rows)
        else:
            others.append((name, rows))
    return others, answers


def _answers(rows: Sequence[Sequence[Raw]]) -> list[Answer]:
    found = []
    for row in rows[1:]:
        cells = [*row, *[None] * (len(PROBLEM_HEADS) - len(row))]
        accept = cell_text(cells[_ACCEPT]).strip().casefold()
        if accept not in _NOT_ACCEPTED:
            sheet, cell, reference = (
                cell_text(cells[at]).strip() for at in (_SHEET, _CELL, _REFERENCE)
            )
            held = cell_text(cells[_HELD])
            found.append(Answer(sheet, cell, reference, cells[_SUGGESTION], accept, held))
    return found


def take_accepted(
    answers: Sequence[Answer],
    name: str,
    rows: Sequence[list[Raw]],
    row_numbers: Sequence[int],
    columns: Mapping[str, int],
) -> tuple[list[tuple[int, int]], list[str]]:
    """Put each accepted suggestion of the sheet ``name`` into its row.

    Returns the index of the row and of the column of each cell that took one, and what to say. A cell takes
    it only where the row has the same case reference and the cell holds what it held.
    """
    index_of = {number: index for index, number in enumerate(row_numbers)}
    places = set(columns.values())
    taken, said = [], []
    for answer in answers:
        if answer.sheet not in ("", name):
            continue
        row, place = _position(answer.cell, index_of)
        why = ""
        if answer.accept != ACCEPT:
            why = f"{quoted(answer.accept)} is neither {ACCEPT} nor blank"
        elif is_empty(answer.suggestion):
            why = "there is no suggestion"
        elif row is None or place not in places:
            why = "the cell is not one of a case"
        elif cell_text(rows[row][columns["case_ref"]]).strip() != answer.reference:
            why = "the row has another case reference now"
        elif cell_text(rows[row][place]) != answer.held:
            if cell_text(rows[row][place]) == cell_text(answer.suggestion):
                continue
            why = "the cell holds something else now"
        if why:
            said.append(f"{shortened(answer.cell)}: the suggestion was not taken, for {why}.")
        elif row is not None:
            rows[row][place] = answer.suggestion
            taken.append((row, place))
    said = first_of(said, "suggestions were not taken")
    if taken:
        count = "1 suggestion was" if len(taken) == 1 else f"{len(taken):,} suggestions were"
        said.insert(0, f"{count} taken from the sheet {quoted(PROBLEMS_SHEET)}.")
    return taken, said


def _position(cell: str, index_of: Mapping[int, int]) -> tuple[int | None, int]:
    """The index of the row and of the column of an address; None where it is not a cell of a case."""
    try:
        above, place = xl_cell_to_rowcol(cell)
    except (AttributeError, ValueError):
        return None, -1
    return index_of.get(above + 1), place
