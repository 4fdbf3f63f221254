"""The table of cases on disk, most urgent first: filtered, sorted and read a page at a time.

Nothing of a large table is held in the memory of the server. Each case has its cells with it, so that it can be
explained, with every exit of its person, without the file being read again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import IntEnum
from pathlib import Path
from typing import Any

import numpy as np

from calculator.calculation.assess import assess
from calculator.calculation.codes import RED_DAYS
from calculator.calculation.outcome import Outcome
from calculator.calculation.output import ResultColumn
from calculator.calculation.urgent_first import urgent_first
from calculator.facts import fields
from calculator.facts.case_table import Cases
from calculator.facts.cells import CannotRead, Raw, cell_text, is_blank
from calculator.facts.fields import BY_NAME, Field, Kind
from calculator.facts.money import shown_money
from calculator.facts.problems import Problem, Severity
from calculator.spreadsheets.read import Sheet
from rules.late_benefits import LaterRates
from rules.positions import Positions

MOST_OF_PERSON = 200
"""Exits of one person explained together; more mean that the references of persons are wrong."""
_CHUNK = 5_000
_DAY_KINDS = (Kind.DAY, Kind.DAY_OR_NONE)
_MONEY_KINDS = (Kind.MONEY, Kind.MONEY_OR_ALL)

_SHOWN = (
    "number",
    "case_ref",
    "name",
    "employer",
    "triage",
    "urgency",
    "confidence",
    "days_left",
    "issue_by",
    "contract_day",
    "statute_day",
    "member",
    "scheme",
    "missing",
    "to_check",
)
_FIGURES = {
    "issue_by": "issue_by",
    "contract_day": "contract_last_day",
    "statute_day": "statute_last_day",
    "member": "member_total",
    "scheme": "scheme_total",
}
_TABLE = f"""
CREATE TABLE cases (row INTEGER PRIMARY KEY, {", ".join(_SHOWN)}, place, person, sought, cells, problems);
"""
_INDEXES = """
CREATE INDEX of_person ON cases (person);
CREATE INDEX by_place ON cases (place);
"""

TILES: dict[str, tuple[str, str]] = {
    "soon": (f"Start a claim within {RED_DAYS} days", f"days_left <= {RED_DAYS}"),
    "run_out": ("Run out, or Scots law", "urgency IN ('expired', 'advice')"),
    "facts": ("Facts needed", "triage = 'needs_data'"),
    "to_check": ("To check", "to_check <> ''"),
    "error": ("Cannot be read", "triage = 'error'"),
    "all": ("All", "1"),
}
"""What a list is filtered by first: the words for each, and which cases it has. A case may be in several."""

ORDERS: dict[str, tuple[str, str]] = {
    "urgent": ("Most urgent first", "place, row"),
    "member": ("Most owed to the member first", "member DESC, row"),
    "scheme": ("Most owed to the pension scheme first", "scheme DESC, row"),
    "employer": ("By employer", "employer COLLATE NOCASE, place, row"),
    "reference": ("By case reference", "case_ref COLLATE NOCASE, row"),
    "file": ("In the order of your file", "row"),
}
"""The orders of a table: the words for each, and how it is made."""


@dataclass(frozen=True)
class Wanted:
    """Which cases to show: those of a tile and of some triages, with a text in name, reference or employer."""

    tile: str = "all"
    triages: tuple[str, ...] = ()
    search: str = ""
    order: str = "urgent"


@dataclass(frozen=True)
class Totals:
    """How many cases, and what they are owed by payee, in pence; never added."""

    cases: int
    member: int
    scheme: int


@dataclass(frozen=True)
class Position:
    """The position of a row among the cases wanted, from 1, and the rows before and after it."""

    number: int
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Line:
    """One case as the table shows it. Money is in pence; what is not known is None."""

    row: int
    number: int
    case_ref: str
    name: str
    employer: str
    triage: str
    urgency: str
    confidence: str
    days_left: int | None
    issue_by: date | None
    contract_day: date | None
    statute_day: date | None
    member: int | None
    scheme: int | None
    missing: str
    to_check: str


@dataclass(frozen=True)
class Exit:
    """One exit with its cells by field and what is wrong with them."""

    row: int
    case_ref: str
    cells: dict[str, Raw]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Explained:
    """The outcome of all exits of a person, the place of the one asked for, and its problems."""

    outcome: Outcome
    place: int
    problems: tuple[Problem, ...]


# Writing


def write_cases(
    path: Path,
    sheet: Sheet,
    outcome: Outcome,
    problems: Sequence[Problem],
    progress: Callable[[int], None],
) -> None:
    """Write every case of a table."""
    size = outcome.cases.size
    place = np.full(size, size, dtype=np.int64)
    first = urgent_first(outcome)
    place[first] = np.arange(len(first))
    said: dict[int, list[Problem]] = {}
    for problem in problems:
        said.setdefault(problem.row, []).append(problem)
    marks = ", ".join("?" * (len(_SHOWN) + 6))
    with closing(sqlite3.connect(path)) as base:
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.execute(_TABLE)
        for start in range(0, size, _CHUNK):
            rows = slice(start, min(start + _CHUNK, size))
            base.executemany(
                f"INSERT INTO cases VALUES ({marks})",  # noqa: S608 - only question marks
                _lines(rows, sheet, outcome, place, said),
            )
            progress(rows.stop)
        base.executescript(_INDEXES)
        base.commit()


def _lines(
    rows: slice,
    sheet: Sheet,
    outcome: Outcome,
    place: Any,
    said: dict[int, list[Problem]],
) -> Iterator[tuple[Any, ...]]:
    columns: dict[str, list[Any]] = {
        "number": sheet.row_numbers[rows],
        "case_ref": outcome.texts("case_ref", rows),
        "name": outcome.cases.text["member_name"][rows].tolist(),
        "days_left": _days_left(outcome, rows),
        "employer": outcome.texts("employer_name", rows),
        **{
            name: outcome.texts(name, rows)
            for name in ("triage", "urgency", "confidence", "missing", "to_check")
        },
        **{name: _figures(outcome.figures(output), rows) for name, output in _FIGURES.items()},
    }
    for payee in ("member", "scheme"):
        columns[payee] = _nought_only_if_known(outcome, rows, columns[payee])
    shown = zip(*(columns[name] for name in _SHOWN), strict=True)
    names = [(name, BY_NAME[name]) for name in sheet.columns]
    numbers = range(rows.start, rows.stop)
    persons = outcome.cases.person[rows].tolist()
    sought = [
        "\n".join(texts).casefold()
        for texts in zip(*(columns[each] for each in ("case_ref", "name", "employer")), strict=True)
    ]
    for row, values, at, person, searched in zip(
        numbers, shown, place[rows].tolist(), persons, sought, strict=True
    ):
        cells = {
            name: kept_cell(field, cell)
            for name, field in names
            if (cell := sheet.entered(row, name)) is not None and cell != ""
        }
        problems = [
            (p.field, p.wrong, p.enter, p.severity.value, p.code, p.suggestion)
            for p in said.get(row, ())
        ]
        yield (
            row,
            *values,
            at,
            person,
            searched,
            json.dumps(cells, ensure_ascii=False),
            json.dumps(problems, ensure_ascii=False) if problems else "",
        )


def _days_left(outcome: Outcome, rows: slice) -> list[int | None]:
    """Days to the day to issue by; 0 also where it is past and a last day is still open."""
    issue_by = outcome.figures("issue_by")
    left = (issue_by.values[rows] - np.datetime64(outcome.as_at, "D")).astype(np.int64)
    return [
        max(0, days) if filled else None
        for days, filled in zip(left.tolist(), issue_by.filled[rows].tolist(), strict=True)
    ]


def _figures(column: ResultColumn, rows: slice) -> list[Any]:
    """Figures as whole numbers or ISO days, None where not filled."""
    values = column.values[rows]
    found = np.datetime_as_string(values) if values.dtype.kind == "M" else values
    return [
        value if filled else None
        for value, filled in zip(found.tolist(), column.filled[rows].tolist(), strict=True)
    ]


def _nought_only_if_known(outcome: Outcome, rows: slice, totals: list[Any]) -> list[Any]:
    """Leave out a total of £0.00 that depends on which payments were cut."""
    reasons = outcome.texts("reasons", rows)
    return [
        None if total == 0 and "split_assumed" in codes.split(";") else total
        for total, codes in zip(totals, reasons, strict=True)
    ]


def kept_cell(field: Field, cell: Raw) -> Raw:
    """A cell as JSON can hold it, so that its field reads it the same again."""
    if isinstance(cell, datetime) and field.kind in _DAY_KINDS:
        return cell.date().isoformat()
    return str(cell) if isinstance(cell, date) else cell


# Reading


class CaseTable:
    """The table of cases of one file, read as it is asked for."""

    def __init__(self, path: Path) -> None:
        self._address = f"{path.absolute().as_uri()}?mode=ro"

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self._address, uri=True)) as base:
            return base.execute(query, values).fetchall()

    def count(self, wanted: Wanted) -> int:
        """How many cases there are of those wanted."""
        where, values = _where(wanted)
        return int(self._rows(f"SELECT count(*) FROM cases{where}", values)[0][0])  # noqa: S608

    def tiles(self) -> dict[str, Totals]:
        """Count and sum up the cases of each tile."""
        return {name: self.totals(Wanted(tile=name)) for name in TILES}

    def totals(self, wanted: Wanted) -> Totals:
        """Count and sum up the cases wanted."""
        where, values = _where(wanted)
        query = f"SELECT count(*), total(member), total(scheme) FROM cases{where}"  # noqa: S608
        cases, member, scheme = self._rows(query, values)[0]
        return Totals(cases, int(member), int(scheme))

    def rows(self, wanted: Wanted) -> list[int]:
        """Give the rows of the cases wanted, in their order."""
        where, values = _where(wanted)
        query = f"SELECT row FROM cases{where} ORDER BY {ORDERS[wanted.order][1]}"  # noqa: S608
        return [row for (row,) in self._rows(query, values)]

    def position(self, wanted: Wanted, row: int) -> Position | None:
        """Give the position of a row among the cases wanted; None where it is not one of them."""
        rows = self.rows(wanted)
        if row not in rows:
            return None
        at = rows.index(row)
        after = rows[at + 1] if at + 1 < len(rows) else None
        return Position(at + 1, rows[at - 1] if at else None, after)

    def suggestions(self, field: str, wrong: str, enter: str) -> list[Problem]:
        """Give the problems of one kind that have a suggestion, of the complete table."""
        query = "SELECT row, problems FROM cases WHERE instr(problems, ?) ORDER BY row"
        return [
            problem
            for row, kept in self._rows(query, (json.dumps(field),))
            for problem in _problems(row, kept)
            if problem.suggestion
            and (problem.field, problem.wrong, problem.enter) == (field, wrong, enter)
        ]

    def page(self, wanted: Wanted, start: int, most: int) -> list[Line]:
        """Some of the cases wanted, from a place on."""
        where, values = _where(wanted)
        query = (
            f"SELECT row, {', '.join(_SHOWN)} FROM cases{where} "  # noqa: S608 - no text of a person
            f"ORDER BY {ORDERS[wanted.order][1]} LIMIT ? OFFSET ?"
        )
        return [_line(found) for found in self._rows(query, (*values, most, start))]

    def line(self, row: int) -> Line | None:
        """One case by its row."""
        query = f"SELECT row, {', '.join(_SHOWN)} FROM cases WHERE row = ?"  # noqa: S608
        return next((_line(found) for found in self._rows(query, (row,))), None)

    def exits_with(self, row: int) -> list[Exit]:
        """Every exit of the person of a row, in the order of the file; one more than are taken at most."""
        query = (
            "SELECT row, case_ref, cells, problems FROM cases WHERE person = "
            "(SELECT person FROM cases WHERE row = ?) ORDER BY row LIMIT ?"
        )
        return [
            Exit(at, reference, json.loads(cells), _problems(at, problems))
            for at, reference, cells, problems in self._rows(query, (row, MOST_OF_PERSON + 1))
        ]


def _where(wanted: Wanted) -> tuple[str, list[str]]:
    parts = [TILES[wanted.tile][1]]
    values: list[str] = []
    if wanted.triages:
        parts.append(f"triage IN ({', '.join('?' * len(wanted.triages))})")
        values += wanted.triages
    if wanted.search.strip():
        parts.append("instr(sought, ?)")
        values.append(wanted.search.strip().casefold())
    return f" WHERE {' AND '.join(parts)}", values


def _line(found: tuple[Any, ...]) -> Line:
    row, *rest = found
    values = dict(zip(_SHOWN, rest, strict=True))
    for name in ("issue_by", "contract_day", "statute_day"):
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    return Line(row, **values)


def _problems(row: int, kept: str) -> tuple[Problem, ...]:
    return tuple(
        Problem(row, field, wrong, enter, Severity(severity), code, suggestion)
        for field, wrong, enter, severity, code, suggestion in json.loads(kept or "[]")
    )


# One case of the table


def explained(
    exits: Sequence[Exit],
    row: int,
    positions: Positions,
    as_at: date,
    rates: LaterRates | None = None,
) -> Explained | None:
    """The outcome of a row, worked with every exit of its person. None where those are too many.

    What was found wrong in the file is taken over, for some of it (a reference used twice) shows only there.
    """
    if len(exits) > MOST_OF_PERSON:
        return None
    names = {name for each in exits for name in each.cells}
    columns: dict[str, list[Raw]] = {
        name: [each.cells.get(name) for each in exits] for name in BY_NAME if name in names
    }
    cases = Cases.from_raw(columns, len(exits))
    wrong = {
        replace(problem, row=place)
        for place, each in enumerate(exits)
        for problem in each.problems
        if problem.severity is Severity.MUST_FIX
    }
    of_the_file = sorted(wrong - set(cases.problems), key=lambda problem: problem.row)
    if of_the_file:
        cases = Cases.from_raw(columns, len(exits), of_the_file)
    outcome = assess(cases, positions, as_at, rates=rates)
    place = next(place for place, each in enumerate(exits) if each.row == row)
    return Explained(outcome, place, exits[place].problems)


def as_entered(exits: Sequence[Exit]) -> list[dict[str, str]]:
    """The cells of exits as the form of one case holds them."""
    return [
        {f.name: text for f in fields.FIELDS if (text := _entered(f, each.cells.get(f.name))) != ""}
        for each in exits
    ]


def _entered(field: Field, cell: Raw) -> str:
    """A cell as the form holds it: a choice by its name, a day and a sum as a person writes them."""
    if cell is None or (is_blank(cell) and field.choices is None):
        return ""
    try:
        value = field.parse(cell)
    except CannotRead:
        return cell_text(cell)
    if isinstance(value, IntEnum):
        return value.name.lower()
    if isinstance(value, tuple):
        return cell_text([*value])
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if field.kind in _MONEY_KINDS and type(value) is int:
        return shown_money(value)
    return cell_text(cell) if field.kind is not Kind.TEXT else str(value or "")
