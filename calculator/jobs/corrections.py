"""Corrections made on the screen: taken from an edited case, and put into the cells of a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from xlsxwriter.utility import xl_col_to_name

from calculator.facts.cells import is_empty
from calculator.facts.fields import BY_NAME, FIELDS
from calculator.facts.problems import Problem
from calculator.facts.suggestions import accept
from calculator.jobs.messages import Message
from calculator.spreadsheets.read import Sheet


class Correction(Message):
    """The text that a cell holds from now on, "" for an empty cell; ``suggested`` if a suggestion was accepted."""

    row: int
    field: str
    text: str
    suggested: bool = False


def differences(
    rows: Sequence[int],
    before: Sequence[Mapping[str, str]],
    now: Sequence[Mapping[str, str]],
) -> list[Correction]:
    """List what was changed in exits since before; ``rows`` are their rows in the table."""
    return [
        Correction(row=row, field=field.name, text=new.get(field.name, ""))
        for row, old, new in zip(rows, before, now, strict=True)
        for field in FIELDS
        if old.get(field.name, "") != new.get(field.name, "")
    ]


def correct(
    sheet: Sheet, heading_rows: Sequence[tuple[str, int]], corrections: Sequence[Correction]
) -> list[Problem]:
    """Put corrections into a sheet, the last one of each cell; give what to confirm of them.

    A field without a column gets one at the end. ``heading_rows`` are the names of the sheets read and the
    rows of their headings, from 0.
    """
    last = {(each.row, each.field): each for each in corrections if each.row < len(sheet.rows)}
    for each in last.values():
        if each.field not in sheet.columns and each.text:
            _add_column(sheet, heading_rows, each.field)
    given = {at: each for at, each in last.items() if each.field in sheet.columns}
    sheet.faults = [
        fault
        for fault in sheet.faults
        if (fault.row, fault.field) not in given
        or not is_empty(sheet.entered(fault.row, fault.field))
    ]
    for each in given.values():
        first, *others = sheet.joined.get(each.field, (sheet.columns[each.field],))
        for place, text in ((first, each.text), *((place, "") for place in others)):
            sheet.rows[each.row][place] = text or None
            if (each.row, place) not in sheet.taken:
                sheet.taken.append((each.row, place))
    return accept(sheet.rows, sheet.columns, _suggestions(given.values()))


def _suggestions(corrections: Iterable[Correction]) -> Iterator[Problem]:
    wrong = enter = ""
    for each in corrections:
        if each.suggested:
            yield Problem(each.row, each.field, wrong, enter, suggestion=each.text)


def _add_column(sheet: Sheet, heading_rows: Sequence[tuple[str, int]], name: str) -> None:
    """Add a column for a field, before the column of the sheets' names where several are read."""
    heading, place = BY_NAME[name].heading, len(sheet.headings) - bool(sheet.sources)
    sheet.headings.insert(place, heading)
    sheet.columns[name] = place
    sheet.added += [
        (of, f"{xl_col_to_name(place)}{heading_row + 1}", heading)
        for of, heading_row in heading_rows
    ]
    for row in sheet.rows:
        row.insert(place, None)
