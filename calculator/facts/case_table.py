"""A table of cases as columns: arrays of equal length, with masks of what is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

import numpy as np

from calculator.facts import fields
from calculator.facts.cells import CannotRead, Raw
from calculator.facts.checks import CHECKS
from calculator.facts.columns import Column
from calculator.facts.doubtful_columns import column_doubts
from calculator.facts.fields import Kind, Value
from calculator.facts.problems import Problem
from calculator.facts.references import compared, matching, numbered
from calculator.facts.twice_encoded import twice_encoded
from rules.arrays import Codes, Counts, Days, Mask, Pence

_HOURS_SCALE = 10**fields.HOURS_DECIMALS


@dataclass
class Cases:
    """Exits by column. Row i of every column is the same exit; all have ``size`` rows.

    ``money``: pence, 0 where ``known`` is False. ``days``: NaT where not known. ``choices``: codes of
    :mod:`rules.choices`, 0 where not given. ``text``: "" where not given. ``hours``: ten-thousandths of
    an hour. ``documents``: a bit for each of :data:`calculator.facts.fields.DOCUMENTS`. ``checked``: one
    for each of :data:`calculator.facts.checks.CHECKS`. ``person``: equal numbers for exits of one person. ``in_error``: rows that cannot be computed; ``problems`` says why. ``doubts``: what to confirm of cells and columns.
    """

    size: int
    text: dict[str, Column]
    money: dict[str, Pence]
    known: dict[str, Mask]
    days: dict[str, Days]
    choices: dict[str, Codes]
    hours: Counts
    hours_known: Mask
    no_notice: Mask
    wholly_waived: Mask
    documents: Counts
    checked: Counts
    person: Counts = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    in_error: Mask = field(default_factory=lambda: np.zeros(0, dtype=bool))
    problems: list[Problem] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)

    @classmethod
    def from_raw(
        cls,
        columns: Mapping[str, Sequence[Raw]],
        size: int,
        faults: Iterable[Problem] = (),
        elsewhere: Mapping[str, str] = {},
    ) -> Cases:
        """The table of raw columns by field name; columns not given are blank.

        A cell that cannot be read puts its row in error, with a problem that names it; the other rows are not
        touched. ``faults`` are problems already found in the file; ``elsewhere`` has for a column a text of
        another part of the table.
        """
        raw = {name: Column.of(cells) for name, cells in columns.items()}
        values: dict[str, Column] = {}
        problems: list[Problem] = list(faults)
        doubts: list[Problem] = []
        for name, column in raw.items():
            field = fields.BY_NAME[name]
            values[name], wrong = read_column(field, column, elsewhere.get(name))
            problems += wrong
            doubts += column_doubts(field, column)
        cases = cls.from_values(values, size, problems)
        cases.doubts = [*doubts, *twice_encoded(raw, values)]
        return cases

    @classmethod
    def from_values(
        cls,
        values: Mapping[str, Sequence[Value]],
        size: int,
        problems: Iterable[Problem] = (),
    ) -> Cases:
        """The table of values already read, with the checks that concern several facts of a row."""
        column = {
            f.name: Column.of(values[f.name]) if f.name in values else Column.blank(size)
            for f in fields.FIELDS
        }
        money: dict[str, Pence] = {}
        known: dict[str, Mask] = {}
        for f in fields.FIELDS:
            if f.kind in (Kind.MONEY, Kind.MONEY_OR_ALL):
                money[f.name] = _numbers(column[f.name], _whole)
                known[f.name] = _known(column[f.name])
        hours = column["monthly_hours"]
        cases = cls(
            size=size,
            text={f.name: _texts(column[f.name]) for f in fields.FIELDS if f.kind is Kind.TEXT},
            money=money,
            known=known,
            days={
                f.name: _days(column[f.name])
                for f in fields.FIELDS
                if f.kind in (Kind.DAY, Kind.DAY_OR_NONE)
            },
            choices={
                f.name: _numbers(column[f.name], _whole, np.int8)
                for f in fields.FIELDS
                if f.kind is Kind.CHOICE
            },
            hours=_numbers(hours, lambda value: int(value * _HOURS_SCALE) if value else 0),
            hours_known=_known(hours),
            no_notice=column["notice_given_on"].holds(fields.NO_NOTICE),
            wholly_waived=column["relaxed_amount"].holds(fields.WAIVED),
            documents=_numbers(column["evidence"], partial(_bits, fields.DOCUMENTS)),
            checked=_numbers(column["checked"], partial(_bits, CHECKS)),
        )
        cases.person = _person_numbers(cases.text["person_ref"])
        unreadable = list(problems)
        cells = {(problem.row, problem.field) for problem in unreadable}
        of_rows = [p for p in _row_problems(cases) if (p.row, p.field) not in cells]
        cases.problems = sorted([*unreadable, *of_rows], key=lambda problem: problem.row)
        cases.in_error = np.zeros(size, dtype=bool)
        if cases.problems:
            cases.in_error[[problem.row for problem in cases.problems]] = True
        return cases

    def take(self, rows: Counts | slice) -> Cases:
        """The table of some of the rows, in the order given. Problems stay with the whole table."""
        return Cases(
            size=len(self.person[rows]),
            text={name: texts[rows] for name, texts in self.text.items()},
            money={name: array[rows] for name, array in self.money.items()},
            known={name: array[rows] for name, array in self.known.items()},
            days={name: array[rows] for name, array in self.days.items()},
            choices={name: array[rows] for name, array in self.choices.items()},
            hours=self.hours[rows],
            hours_known=self.hours_known[rows],
            no_notice=self.no_notice[rows],
            wholly_waived=self.wholly_waived[rows],
            documents=self.documents[rows],
            checked=self.checked[rows],
            person=self.person[rows],
            in_error=self.in_error[rows],
        )


def read_column(
    f: fields.Field, cells: Sequence[Raw], elsewhere: str | None = None
) -> tuple[Column, list[Problem]]:
    """The values of one column and the problems of its cells. Each distinct cell is read once."""
    column = Column.of(cells)
    month_first = f.month_first(column, filter(None, [elsewhere]))
    wrong: dict[int, CannotRead] = {}

    def parsed(index: int, raw: Raw) -> Value:
        try:
            error = month_first.get(raw) if type(raw) is str else None
            if error is not None:
                raise error
            return f.parse(raw)
        except CannotRead as unreadable:
            wrong[index] = unreadable
            return None

    plain = _plain_values(f, column)
    if plain is None:
        values = Column([parsed(*cell) for cell in enumerate(column.listed())], column.which)
    else:
        unread = np.flatnonzero(~plain[1])
        raw = zip(unread.tolist(), column.at(unread), strict=True)
        values = Column(plain[0], column.which).replaced(unread, [parsed(*cell) for cell in raw])
    problems = []
    for row in column.rows_of(wrong).tolist() if wrong else ():
        error = wrong[int(column.which[row])]
        problems.append(Problem(row, f.name, error.wrong, error.enter, suggestion=error.suggestion))
    return values, problems


def _plain_values(f: fields.Field, column: Column) -> tuple[Any, Mask] | None:
    """The distinct values of a column that are read together, and a mask of those that could be."""
    if isinstance(column.values, list):
        return None
    from calculator.facts.plain import plain_values  # loads Arrow

    return plain_values(f, column)


def _numbers(column: Column, number: Callable[[Any], int], dtype: type = np.int64) -> Any:
    """The number of each row, 0 where its value has none."""
    if isinstance(column.values, list):
        numbers: Counts = np.array([number(value) for value in column.values], dtype=dtype)
    else:
        numbers = column.values.fill_null(0).to_numpy()
    if not numbers.any():
        return np.zeros(len(column), dtype=dtype)  # takes no memory until it is written to
    return numbers[column.which]


def _whole(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _known(column: Column) -> Mask:
    if isinstance(column.values, list):
        return column.test(lambda value: value is not None)
    return np.asarray(column.values.is_valid())[column.which]


def _texts(column: Column) -> Column:
    if isinstance(column.values, list):
        return column.mapped(lambda value: "" if value is None else str(value))
    return Column(column.values.fill_null(""), column.which)


def _days(column: Column) -> Days:
    days = [value if isinstance(value, date) else None for value in column.values]
    return np.array(days, dtype="datetime64[D]")[column.which]


def _bits(listed: tuple[str, ...], held: tuple[str, ...] | None) -> int:
    """The words held of a list as bits, the first word of the list the lowest."""
    return sum(1 << listed.index(word) for word in held or ())


def _person_numbers(references: Column) -> Counts:
    """One number for each person, its first row; a blank reference is a person of its own."""
    same = numbered(compared(references, matching))
    return np.where(same < 0, np.arange(len(same)), _first_rows(same)[same])


def _first_rows(numbers: Counts) -> Counts:
    """The first row of each number, and at the end that of the rows with -1."""
    first = np.zeros(numbers.max(initial=0) + 2, dtype=np.int64)
    first[numbers[::-1]] = np.arange(len(numbers))[
        ::-1
    ]  # of those written to one place the last stays
    return first


def _row_problems(cases: Cases) -> list[Problem]:
    """What is wrong with a row as a whole: a missing fact, facts in the wrong order, a repeat."""
    problems: list[Problem] = []

    def report(where: Mask, name: str, code: str, wrong: str, enter: str) -> None:
        problems.extend(
            Problem(row, name, wrong, enter, code=code) for row in np.flatnonzero(where).tolist()
        )

    days, exit_date = cases.days, cases.days["exit_date"]
    blank = {"case_ref": cases.text["case_ref"].holds(""), "exit_date": np.isnat(exit_date)}
    for f in fields.FIELDS:
        if f.missing:
            wrong, enter = f.missing
            report(blank[f.name], f.name, "required_missing", wrong, enter)
    report(
        days["date_of_birth"] > days["service_start"],
        "service_start",
        "days_out_of_order",
        "Continuous service starts before the date of birth.",
        "Check both days.",
    )
    report(
        days["service_start"] > exit_date,
        "service_start",
        "days_out_of_order",
        "Continuous service starts after the date of exit.",
        "Check both days.",
    )
    report(
        days["notice_given_on"] > exit_date,
        "notice_given_on",
        "days_out_of_order",
        "Notice was given after the date of exit.",
        "Check both days, or enter none where no notice was given.",
    )
    report(
        days["pension_started_on"] <= exit_date,
        "pension_started_on",
        "days_out_of_order",
        "The pension came into payment on or before the date of exit.",
        "Check both days: the first day of the pension is the day after the exit or later.",
    )
    report(
        days["died_on"] < exit_date,
        "died_on",
        "days_out_of_order",
        "The member died before the date of exit.",
        "Check both days.",
    )
    topped_up = sum(cases.money[f"top_up_{to}"] for to in ("member", "scheme", "interest"))
    report(
        (topped_up > 0) & np.isnat(days["top_up_date"]),
        "top_up_date",
        "top_up_without_date",
        "A sum has been paid since, without its day.",
        "Enter the day it was paid.",
    )
    again = np.flatnonzero(used_again(cases.text["case_ref"]))
    problems.extend(map(reference_used_again, again.tolist()))
    return problems


def used_again(references: Sequence[str]) -> Mask:
    """Return a mask of the rows whose case reference a row above has."""
    same = numbered(compared(Column.of(references), matching))
    again: Mask = (same >= 0) & (_first_rows(same)[same] != np.arange(len(same)))
    return again


def reference_used_again(row: int) -> Problem:
    """Return the problem of a row whose case reference a row above has."""
    return Problem(
        row,
        "case_ref",
        "This case reference is already used by a row above.",
        "Give each exit its own reference.",
        code="duplicate_reference",
    )
