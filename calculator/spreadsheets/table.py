"""Where a table begins, on one row of headings or two, and which of the rows below are no cases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

from calculator.calculation.result_columns import OUTPUT_NAMES
from calculator.facts import fields
from calculator.facts.cells import CannotRead, Raw, is_empty
from calculator.facts.fields import Kind
from calculator.facts.headings import field_named, match
from calculator.facts.money import parse_money
from calculator.spreadsheets.answers import PROBLEMS_HEADING
from calculator.spreadsheets.by_column import ByColumn
from calculator.spreadsheets.lost_cells import LAST_COLUMN, Range
from calculator.spreadsheets.totals import Totals, is_total
from calculator.spreadsheets.words import listed_rows, rows_named

HEADING_ROWS = 100
"""Rows looked at for the headings, so that a title and notes above them do no harm."""
GUIDANCE_ROWS = 3
"""Rows below the headings that may say how to fill in the columns."""
_LEAST_GUIDANCE = 2
"""Cells of days, sums or choices of such a row that hold words."""
_EXAMPLE = frozenset({"example", "examplerow", "eg", "sample"})
"""Keys of a reference that no case has: the row of a template that shows how to fill it in."""
_DIGIT = re.compile(r"\d")
_SHORTEST_NAME = 4
"""Letters of one word that may be the name of a section; a shorter one may be a reference."""
_SAMPLE = 200
_NO_SUMS = re.compile(
    r"\b(?:no|nos|number|ref|reference|id|year|years|age|phone|tel|telephone|mobile|hours|code|post|fte|date|day|"
    r"days|weeks|service|row|index|factor)\b|%",
    re.IGNORECASE,
)

Cells = Sequence[list[Raw]]


@dataclass(frozen=True)
class Headings:
    """The headings of a table, how many columns it has, and the index of the first row below them."""

    texts: list[str]
    width: int
    first: int


def heading_row_of(
    rows: Cells, mapping: Mapping[str, str], merged: Sequence[Range] = ()
) -> int | None:
    """Give the index of the headings: the first row that names both required fields, alone or with the next.

    Else the first that names one of them and two others.
    """
    own = _own(mapping)
    above = rows[:HEADING_ROWS]
    for index, row in enumerate(above):
        if _required(_named(_texts(row), own)) == 2:
            return index
    for index in range(len(above) - 1):
        if _is_words(rows[index]) and _is_words(rows[index + 1]):
            both = _joined(_across(rows, index, merged), _texts(rows[index + 1]))
            if _required(_named(both, own)) == 2:
                return index
    for index, row in enumerate(above):
        names = _named(_texts(row), own)
        if _required(names) == 1 and len(names) >= 3:
            return index
    return None


def headings_at(
    rows: Cells, index: int, merged: Sequence[Range] = (), mapping: Mapping[str, str] = {}
) -> Headings:
    """Give the headings in a row, joined with those in the row above or below where that names more fields.

    Empty columns at the end are left out. A last column of problems is one of the table and no heading.
    """
    own = _own(mapping)
    texts, first = _texts(rows[index]), index + 1
    most = len(_named(texts, own))
    pairs = [(index - 1, index), (index, index + 1)]
    for upper, lower in pairs:
        if (
            upper < 0
            or lower >= len(rows)
            or not (_is_words(rows[upper]) and _is_words(rows[lower]))
        ):
            continue
        both = _joined(_across(rows, upper, merged), _texts(rows[lower]))
        if len(_named(both, own)) > most:
            texts, first, most = both, lower + 1, len(_named(both, own))
    width = max((place for place, heading in enumerate(texts, 1) if heading), default=0)
    for row in rows[first:] if width < len(texts) else ():
        while width < len(texts) and any(not is_empty(cell) for cell in row[width : len(texts)]):
            width += 1
    kept = width - (width > 0 and texts[width - 1] == PROBLEMS_HEADING)
    return Headings(texts[:kept], width, first)


def _own(mapping: Mapping[str, str]) -> dict[str, str]:
    return {fields.key(heading): name for heading, name in mapping.items()}


def _texts(row: Sequence[Raw]) -> list[str]:
    return ["" if cell is None else str(cell).strip() for cell in row]


def _named(texts: Sequence[str], own: Mapping[str, str]) -> set[str]:
    names = set()
    for text in texts:
        if text:
            found = field_named(text)
            names |= {own.get(fields.key(text)) or (found[0] if found else None)}
    return {name for name in names if name}


def _required(names: set[str]) -> int:
    return sum(fields.BY_NAME[name].required for name in names)


def _is_words(row: Sequence[Raw]) -> bool:
    """True for a row of texts without figures, as a second row of headings is."""
    filled = [cell for cell in row if not is_empty(cell)]
    return bool(filled) and all(isinstance(c, str) and not _DIGIT.search(c) for c in filled)


def _across(rows: Cells, index: int, merged: Sequence[Range]) -> list[str]:
    """The texts of an upper row of headings, each also over the columns that it is merged across."""
    texts = _texts(rows[index])
    for top, left, _, right in merged:
        if top == index and right > left < len(texts) and texts[left]:
            texts += [""] * (min(right + 1, LAST_COLUMN) - len(texts))
            texts[left + 1 : right + 1] = [texts[left]] * (min(right + 1, LAST_COLUMN) - left - 1)
    return texts


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Two rows of headings as one; without merged cells a heading above reaches over the next columns too."""
    size = max(len(upper), len(lower))
    above, below = ([*row, *[""] * (size - len(row))] for row in (upper, lower))
    both, group = [], ""
    for over, under in zip(above, below, strict=True):
        group = (over if under else "") if over else (group if under else "")
        both.append(f"{group} {under}".strip() if under else over)
    return both


@dataclass
class Below:
    """The rows below the headings: the indexes of those that are cases, and what is said of the others."""

    kept: list[int] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


@dataclass
class _LeftOut:
    """The numbers of rows that are no cases, by what they are."""

    sections: list[int] = field(default_factory=list)
    guidance: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    other_headings: list[int] = field(default_factory=list)
    other_rows: list[int] = field(default_factory=list)


def cases_below(
    rows: Cells,
    headings: Headings,
    columns: Mapping[str, int],
    merged: Sequence[Range] = (),
    mapping: Mapping[str, str] = {},
) -> Below:
    """Tell the rows that are cases from totals, headings of sections, guidance, and other tables below."""
    below, out = Below(), _LeftOut()
    totals = Totals(rows, columns, headings.texts)
    day, reference = columns["exit_date"], columns["case_ref"]
    is_other, skip = False, headings.first
    for index in rows.indexes() if isinstance(rows, Few) else range(headings.first, len(rows)):
        cells = rows[index]
        cell = cells[day] if len(cells) > day else None
        is_dated = _DIGIT.search(cell) if type(cell) is str else cell is not None
        is_early = index < headings.first + GUIDANCE_ROWS and not below.kept
        if index < skip:
            continue
        if is_dated and not is_early and not is_other:
            below.kept.append(index)
            continue
        if all(map(is_empty, cells)):
            continue
        number = index + 1
        if not is_dated and _is_headings(rows, index, mapping):
            again = headings_at(rows, index, merged, mapping)
            is_other = not _is_same(again.texts, headings.texts, mapping)
            (out.other_headings if is_other else out.repeated).append(number)
            skip = again.first
        elif is_other:
            out.other_rows.append(number)
        elif is_early and (_is_guidance(cells, columns) or _is_example(rows, index, reference)):
            out.guidance.append(number)
        elif not is_dated and is_total(cells, reference):
            totals.add(index, below.kept)
        elif not is_dated and _is_section(cells, reference):
            out.sections.append(number)
        elif not is_dated and totals.is_unnamed(index, below.kept, columns):
            totals.add(index, below.kept)
        else:
            below.kept.append(index)
    below.notices = [*_notices(out, below.kept), *totals.notices()]
    return below


class Few(Sequence[list[Raw]]):
    """The rows of a very large table that may be no cases, and one row for each run of cases between them.

    ``rows`` are these below the headings, by their index; that of a run has the sums of its columns.
    """

    def __init__(self, rows: Mapping[int, list[Raw]], day: int) -> None:
        self._rows, self._case = rows, [*[None] * day, "1"]

    def indexes(self) -> list[int]:
        """Return the indexes of the rows, in order."""
        return sorted(self._rows)

    def __len__(self) -> int:
        return max(self._rows, default=0) + 1

    @overload
    def __getitem__(self, index: int) -> list[Raw]: ...
    @overload
    def __getitem__(self, index: slice) -> list[list[Raw]]: ...
    def __getitem__(self, index: int | slice) -> Any:
        """Return the cells of a row; nothing of a slice, in which only cells beside the table are looked for."""
        return [] if isinstance(index, slice) else self._rows.get(index, self._case)


def may_be_no_case(cells: list[Raw], columns: Mapping[str, int]) -> bool:
    """Return False where :func:`cases_below` takes a row for a case in any table, the first rows apart."""
    day, reference = cells[columns["exit_date"]], columns["case_ref"]
    if isinstance(day, str) and _DIGIT.search(day):
        return False
    sums = {place for name, place in columns.items() if fields.BY_NAME[name].kind is Kind.MONEY}
    filled = {place for place, cell in enumerate(cells) if not is_empty(cell)}
    return (
        filled <= sums
        or _is_words(cells)
        or is_total(cells, reference)
        or _is_section(cells, reference)
    )


def all_are_cases(
    rows: ByColumn, first: Cells, columns: Mapping[str, int], mapping: Mapping[str, str]
) -> bool:
    """True where every row below a first row of headings is a case as :func:`cases_below` tells them.

    ``first`` are the first of the rows.
    """
    if not {"case_ref", "exit_date"} <= columns.keys() or len(rows) < 2:
        return False
    headings = headings_at(first, 0, (), mapping)
    if headings.first != 1 or headings.texts != _texts(first[0]):
        return False
    day = rows.columns[columns["exit_date"]][1:]
    if not all(isinstance(cell, str) and _DIGIT.search(cell) for cell in day.used()):
        return False
    below = cases_below(first, headings, columns, (), mapping)
    return below.kept == list(range(1, len(first))) and not below.notices


def _is_headings(rows: Cells, index: int, mapping: Mapping[str, str]) -> bool:
    if not _is_words(rows[index]):
        return False
    names = _named(_texts(rows[index]), _own(mapping))
    required = _required(names)
    return required == 2 or (required == 1 and len(names) >= 3)


def _is_same(one: list[str], other: list[str], mapping: Mapping[str, str]) -> bool:
    """True where two rows of headings name the same fields in the same columns."""
    return match(one, mapping, OUTPUT_NAMES)[0] == match(other, mapping, OUTPUT_NAMES)[0]


def _is_guidance(cells: Sequence[Raw], columns: Mapping[str, int]) -> bool:
    """True where the cells of days, sums and choices hold words, and nothing that can be read."""
    reference = columns["case_ref"]
    text = cells[reference] if reference < len(cells) else None
    if isinstance(text, str) and _DIGIT.search(text) and " " not in text.strip():
        return False
    words = others = 0
    for name, place in columns.items():
        f = fields.BY_NAME[name]
        cell = cells[place] if place < len(cells) else None
        if f.kind in (Kind.TEXT, Kind.LIST) or is_empty(cell):
            continue
        try:
            if f.parse(cell) is not None:
                return False
        except CannotRead:
            has_figures = not isinstance(cell, str) or _DIGIT.search(cell)
            words, others = words + (not has_figures), others + bool(has_figures)
    return words >= _LEAST_GUIDANCE and words >= others


def _is_example(rows: Cells, index: int, reference: int) -> bool:
    """True where the reference says that the row is an example, and rows follow that may be the cases."""
    cells = rows[index]
    text = cells[reference] if reference < len(cells) else None
    return (
        isinstance(text, str)
        and fields.key(text) in _EXAMPLE
        and any(not all(map(is_empty, below)) for below in rows[index + 1 :])
    )


def _is_section(cells: Sequence[Raw], reference: int) -> bool:
    """True for a single text, such as the name of a branch above its cases; a lone reference is a case."""
    filled = [place for place, cell in enumerate(cells) if not is_empty(cell)]
    if len(filled) != 1:
        return False
    cell = cells[filled[0]]
    if filled[0] != reference:
        return True
    words = cell.strip() if isinstance(cell, str) else ""
    return " " in words or (len(words) >= _SHORTEST_NAME and not _DIGIT.search(words))


def _notices(out: _LeftOut, kept: Sequence[int]) -> Iterator[str]:
    last = kept[-1] + 1 if kept else 0
    notes = [number for number in out.sections if number > last]
    if out.guidance:
        yield f"{rows_named(out.guidance)} below the headings: taken as guidance, not as cases."
    if above := [number for number in out.sections if number < last]:
        yield f"{rows_named(above)} between the cases: taken as headings of sections, not as cases."
    if out.repeated:
        yield f"{rows_named(out.repeated)}: the headings again, not a case."
    if out.other_headings:
        yield (
            f"{rows_named(out.other_headings)}: another table with other headings. It is not calculated: rows left "
            f"out: {listed_rows(out.other_rows) or 'none'}. Put its columns in the order of the first table, or "
            "save it as a file of its own."
        )
    if notes:
        yield f"{rows_named(notes)} below the cases: taken as notes, not as cases."


def sums_in(rows: Cells, headings: Sequence[str], used: set[int]) -> set[int]:
    """Give the indexes of columns beside those used that hold sums of money, as far as their cells show."""
    found = set()
    for place, heading in enumerate(headings):
        if place in used or not heading or _NO_SUMS.search(heading.replace("_", " ")):
            continue
        cells = [row[place] for row in rows[: 5 * _SAMPLE] if place < len(row)]
        cells = [cell for cell in cells if not is_empty(cell)][:_SAMPLE]
        if cells and 2 * sum(map(_is_sum, cells)) >= len(cells):
            found.add(place)
    return found


def _is_sum(cell: Raw) -> bool:
    """True for an amount of £100 or more, or one written with £."""
    try:
        pence = parse_money(cell)
    except CannotRead:
        return False
    return pence is not None and (pence >= 10_000 or (isinstance(cell, str) and "£" in cell))
