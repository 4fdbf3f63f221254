"""The first step: what is in a file. Its sheets, and for each heading the field it is taken for."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from calculator.calculation.result_columns import OUTPUT_NAMES
from calculator.facts import fields
from calculator.facts.cells import Raw, cell_text, is_empty
from calculator.facts.headings import match, name_parts, nearest
from calculator.facts.problems import FileProblem
from calculator.facts.text import first_of
from calculator.jobs import LOOK, SHEETS, UPLOAD
from calculator.jobs.messages import Message, write_message
from calculator.spreadsheets.read import BROWSER_BYTES, open_file
from calculator.spreadsheets.sheets import Opened, accounted, candidates, likely
from calculator.spreadsheets.table import HEADING_ROWS, cases_below, headings_at, sums_in

_LONGEST_SAMPLE = 40
_LONGEST_HEADING = 200
_MOST_COLUMNS = 500
"""Columns of a table that a person can say the meaning of."""


class TheirColumn(Message):
    """One column of theirs: its heading, its first value, and the field it may mean."""

    heading: str
    sample: str
    near: str | None
    has_sums: bool = False


class TheirTable(Message):
    """One sheet: the row of its headings, its columns, and the index of each field's column.

    ``others`` are sheets that are read with it as one table; ``accounted`` says which sheets are read.
    """

    name: str
    heading_row: int
    columns: list[TheirColumn]
    taken: dict[str, int]
    rows: int
    notices: list[str]
    is_hidden: bool = False
    others: tuple[tuple[str, int], ...] = ()
    accounted: str = ""


class Look(Message):
    """What is in a file: its tables, and the index of the one that most likely holds the cases.

    ``asks`` where several could hold them: the person says which.
    """

    tables: list[TheirTable]
    likely: int
    notices: list[str]
    asks: bool = False


def run(folder: Path, report: Callable[[str, int, int], None]) -> None:
    """Look at the file of a folder and keep what it holds for the step after."""
    report("reading", 0, 0)
    opened = open_file(next(folder.glob(f"{UPLOAD}.*")), BROWSER_BYTES)
    look = look_at(opened)
    with (folder / SHEETS).open("wb") as file:
        pickle.dump(opened, file, 5)
    write_message(folder / LOOK, look)


def look_at(opened: Opened) -> Look:
    """The tables of an open file. FileProblem where there is none."""
    found = candidates(opened)
    known = {each.name: each for each in found}
    tables = []
    for name, rows in opened.sheets:
        place = known[name].heading_row if name in known else _fullest(rows)
        if place is None:
            continue
        table = _table(opened, name, rows, place)
        if name in known or table.rows:
            tables.append(table)
    if not tables:
        raise FileProblem(
            "The file holds no table. A row of headings is needed, and the cases below it."
        )
    names = [table.name for table in tables]
    plausible = [names.index(each.name) for each in likely(found)]
    asks = len(plausible) > 1 and tables[plausible[0]].rows > 0
    if asks:
        tables += _together(opened, [tables[index] for index in plausible])
    longest = max(range(len(names)), key=lambda index: tables[index].rows)
    return Look(
        tables=tables,
        likely=plausible[0] if plausible else longest,
        notices=list(opened.notices),
        asks=asks,
    )


def _together(opened: Opened, plausible: Sequence[TheirTable]) -> list[TheirTable]:
    """One table of all the sheets that have the headings of the first; none where that is alone."""
    headings = [[column.heading for column in table.columns] for table in plausible]
    alike = [table for table, own in zip(plausible, headings, strict=True) if own == headings[0]]
    if len(alike) == 1:
        return []
    first, *others = alike
    read = [table.name for table in alike]
    return [
        first.model_copy(
            update={
                "rows": sum(table.rows for table in alike),
                "notices": [notice for table in alike for notice in table.notices],
                "others": tuple((table.name, table.heading_row) for table in others),
                "accounted": accounted(opened, read),
            }
        )
    ]


def _fullest(rows: Sequence[list[Raw]]) -> int | None:
    """Of the first rows the one with the most texts: the likeliest for headings nobody knows."""
    texts = [
        sum(isinstance(c, str) and bool(c.strip()) for c in row) for row in rows[:HEADING_ROWS]
    ]
    most = max(texts, default=0)
    return texts.index(most) if most else None


def _table(opened: Opened, name: str, rows: Sequence[list[Raw]], heading_row: int) -> TheirTable:
    merged = opened.findings.merged.get(name, ())
    found = headings_at(rows, heading_row, merged)
    headings = found.texts
    if len(headings) > _MOST_COLUMNS:
        raise FileProblem(
            f"The table has more than {_MOST_COLUMNS} columns. Copy only the columns of the cases into a new "
            "workbook."
        )
    below = rows[found.first :]
    taken, twice = match(headings, {}, OUTPUT_NAMES)
    near = nearest(headings, taken, OUTPUT_NAMES)
    samples = _samples(below, len(headings))
    sums = sums_in(below, headings, set(taken.values()))
    count = sum(any(not is_empty(cell) for cell in row) for row in below)
    left_out = []
    if not lacking(taken):
        cases = cases_below(rows, found, taken, merged)
        count, left_out = len(cases.kept), cases.notices
    return TheirTable(
        name=name,
        heading_row=heading_row,
        columns=[
            TheirColumn(
                heading=_cut(heading, _LONGEST_HEADING),
                sample=samples.get(place, ""),
                near=near.get(place),
                has_sums=place in sums,
            )
            for place, heading in enumerate(headings)
        ],
        taken=taken,
        rows=count,
        notices=[
            *first_of(
                [
                    f"{sentence} The first is taken and the second kept as it is."
                    for sentence in twice
                ],
                "columns both read as a field that another gives",
            ),
            *left_out,
        ],
        is_hidden=name in opened.findings.hidden_sheets,
        accounted=accounted(opened, [name]),
    )


def _samples(rows: Sequence[list[Raw]], width: int) -> dict[int, str]:
    """The first value of each column that has one, shortened, by the index of the column."""
    samples: dict[int, str] = {}
    for row in rows:
        for place, cell in enumerate(row[:width]):
            if place not in samples and not is_empty(cell):
                text = " ".join(cell_text(cell).split())
                samples[place] = _cut(text, _LONGEST_SAMPLE)
        if len(samples) == width:
            break
    return samples


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


# The columns as a person changes them


def field_at(taken: Mapping[str, int], place: int) -> str | None:
    """The field that a column is read as; None where it is kept as it is."""
    return next((name for name, at in taken.items() if at == place), None)


def read_as(taken: Mapping[str, int], place: int, name: str | None) -> dict[str, int]:
    """The columns with one of them read as another field, or kept as it is."""
    changed = {other: at for other, at in taken.items() if at != place and other != name}
    return {**changed, name: place} if name is not None else changed


def asked_about(columns: Sequence[TheirColumn], taken: Mapping[str, int]) -> list[int]:
    """The columns that no field is read from and no name is part of: those with sums and guesses first."""
    parts = name_parts([column.heading for column in columns], taken)
    unknown = [
        place
        for place, column in enumerate(columns)
        if place not in taken.values() and place not in parts and (column.heading or column.sample)
    ]
    return sorted(unknown, key=lambda place: not (columns[place].has_sums or columns[place].near))


def free_for(taken: Mapping[str, int], place: int) -> list[str]:
    """The fields a column may be read as: those that no other column gives."""
    return [f.name for f in fields.FIELDS if taken.get(f.name, place) == place]


def lacking(taken: Mapping[str, int]) -> list[str]:
    """The headings of required fields that no column gives."""
    return [f.heading for f in fields.FIELDS if f.required and f.name not in taken]


def remembered(
    taken: Mapping[str, int], columns: Sequence[TheirColumn], chosen: Mapping[str, str | None]
) -> dict[str, int]:
    """The columns with what a person chose for the same headings in an earlier file."""
    found = dict(taken)
    for place, column in enumerate(columns):
        if column.heading in chosen:
            name = chosen[column.heading]
            if name is None or name not in found:
                found = read_as(found, place, name)
    return found
