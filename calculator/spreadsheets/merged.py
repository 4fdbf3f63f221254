"""Merged cells among the cases: their value is that of each row they cover, and this is said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from xlsxwriter.utility import xl_range

from calculator.facts import fields
from calculator.facts.cells import Raw, is_empty
from calculator.facts.fields import Kind
from calculator.facts.problems import FileProblem, Problem
from calculator.facts.text import first_of
from calculator.spreadsheets.lost_cells import Range
from calculator.spreadsheets.words import listed, listed_rows

MOST_FILLED = 2_000_000
"""Cells filled from merged ones; hostile ranges may overlap, and cover millions."""
_SUMS = (Kind.MONEY, Kind.MONEY_OR_ALL)


def fill_merged(
    rows: list[list[Raw]],
    numbers: Sequence[int],
    columns: dict[str, int],
    width: int,
    merged: Sequence[Range],
) -> tuple[list[Problem], list[str]]:
    """Fill merged cells down into the rows they cover. Gives the problems, and what to say.

    A sum over several rows is none of each: it is a problem of every row. Across columns nothing is
    filled, since each column is another fact. ``numbers`` are the row numbers as the person sees them.
    """
    index_of = {number - 1: index for index, number in enumerate(numbers)} if merged else {}
    names = {place: name for name, place in columns.items()}
    problems: list[Problem] = []
    groups: dict[tuple[int, ...], list[tuple[Range, str]]] = defaultdict(list)
    wide = []
    filled = 0
    for area in sorted(merged):
        top, left, bottom, right = area
        first = index_of.get(top)
        if first is None or left >= width or is_empty(rows[first][left]):
            continue
        if right > left and any(place in names for place in range(left + 1, right + 1)):
            wide.append(xl_range(top, left, bottom, right))
        value, name = rows[first][left], names.get(left, "")
        below = []
        for index in range(first + 1, len(rows)):
            if numbers[index] > bottom + 1:
                break
            below.append(index)
        if not below:
            continue
        filled += len(below)
        if filled > MOST_FILLED:
            raise FileProblem(
                "The sheet has more merged cells than a table of cases. Unmerge them."
            )
        if name and fields.BY_NAME[name].kind in _SUMS:
            wrong = f"The cells {xl_range(top, left, bottom, left)} are merged: one sum for several exits."
            enter = "Unmerge the cells and enter the sum of each exit."
            problems += [Problem(index, name, wrong, enter) for index in (first, *below)]
            continue
        below = [index for index in below if is_empty(rows[index][left])]
        for index in below:
            rows[index][left] = value
        if below:
            key = (numbers[first], *(numbers[index] for index in below))
            groups[key].append(((top, left, bottom, left), _words(name, value)))
    lines = [_sentence(key, areas) for key, areas in groups.items()]
    if wide:
        lines.append(
            f"Cells {listed(wide)} are merged across columns: each value is read in its first column alone."
        )
    return problems, first_of(lines, "groups of merged cells are filled down")


def _words(name: str, value: Raw) -> str:
    """The heading of a field; with the value too where that is a choice, which tells nothing of a person."""
    if not name:
        return ""
    f = fields.BY_NAME[name]
    return f"{f.heading} ({value})" if f.kind is Kind.CHOICE and _is_choice(f, value) else f.heading


def _is_choice(f: fields.Field, value: Raw) -> bool:
    try:
        return f.parse(value) is not None
    except ValueError:
        return False


def _sentence(key: tuple[int, ...], areas: Sequence[tuple[Range, str]]) -> str:
    first, *below = key
    ranges = listed([xl_range(*area) for area, _ in areas])
    taken = listed([words for _, words in areas if words]) or "the value"
    take = "row {} takes" if len(below) == 1 else "rows {} take"
    return f"Cells {ranges} are merged: {take.format(listed_rows(below))} {taken} from row {first}."
