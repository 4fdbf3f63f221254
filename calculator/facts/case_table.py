"""A table of cases as columns: arrays of equal length, with masks of what is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from calculator.facts import fields
from calculator.facts.cells import CannotRead, Raw
from calculator.facts.checks import CHECKS
from calculator.facts.columns import Column
from calculator.facts.doubtful_columns import column_doubts
from calculator.facts.fields import Kind, Value
from calculator.facts.problems import Problem
from calculator.facts.references import matching
from calculator.facts.twice_encoded import twice_encoded
from rules.arrays import Codes, Counts, Days, Mask, Pence

Texts = npt.NDArray[np.object_]
"""A column of text; an array of references, so that a part of it is taken without a copy of the text."""

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
    text: dict[str, Texts]
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
                money[f.name] = _ints(column[f.name], lambda value: value or 0)
                known[f.name] = _flags(column[f.name], lambda value: value is not None)
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
                f.name: _ints(column[f.name], lambda value: value or 0).astype(np.int8)
                for f in fields.FIELDS
                if f.kind is Kind.CHOICE
            },
            hours=_ints(hours, lambda value: int(value * _HOURS_SCALE) if value else 0),
            hours_known=_flags(hours, lambda value: value is not None),
            no_notice=_flags(column["notice_given_on"], lambda value: value == fields.NO_NOTICE),
            wholly_waived=_flags(column["relaxed_amount"], lambda value: value == fields.WAIVED),
            documents=_ints(column["evidence"], partial(_bits, fields.DOCUMENTS)),
            checked=_ints(column["checked"], partial(_bits, CHECKS)),
        )
        cases.person = _person_numbers(cases.text["person_ref"].tolist())
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
    values, unread = _plain_values(f, column)
    raw = column.listed() if unread else []
    wrong: dict[int, CannotRead] = {}
    for index in unread:
        try:
            error = month_first.get(raw[index]) if type(raw[index]) is str else None
            if error is not None:
                raise error
            values[index] = f.parse(raw[index])
        except CannotRead as unreadable:
            wrong[index] = unreadable
    problems = []
    for row in column.rows_of(wrong).tolist() if wrong else ():
        error = wrong[int(column.which[row])]
        problems.append(Problem(row, f.name, error.wrong, error.enter, suggestion=error.suggestion))
    return Column(values, column.which), problems


def _plain_values(f: fields.Field, column: Column) -> tuple[list[Value], list[int]]:
    """The distinct values of a column whose spelling is plain, and the indexes of those still to be read."""
    if not isinstance(column.values, list):
        from calculator.facts.plain import plain_values  # loads Arrow

        read = plain_values(f, column.values)
        if read is not None:
            values, plain = read
            return values, np.flatnonzero(~plain).tolist()
    size = len(column.values)
    return [None] * size, list(range(size))


def _ints(column: Column, number: Callable[[Any], Any]) -> Counts:
    """The number of each row, 0 where its value has none."""
    numbers = (number(value) for value in column.values)
    return np.array([n if isinstance(n, int) else 0 for n in numbers], dtype=np.int64)[column.which]


def _flags(column: Column, test: Callable[[Any], bool]) -> Mask:
    return np.array([test(value) for value in column.values], dtype=bool)[column.which]


def _texts(column: Column) -> Texts:
    texts = np.empty(len(column.values), dtype=object)
    texts[:] = ["" if value is None else str(value) for value in column.values]
    return texts[column.which]


def _days(column: Column) -> Days:
    days = [value if isinstance(value, date) else None for value in column.values]
    return np.array(days, dtype="datetime64[D]")[column.which]


def _bits(listed: tuple[str, ...], held: tuple[str, ...] | None) -> int:
    """The words held of a list as bits, the first word of the list the lowest."""
    return sum(1 << listed.index(word) for word in held or ())


def _person_numbers(references: Sequence[str]) -> Counts:
    """One number for each person; a blank reference is a person of its own."""
    numbers: dict[str, int] = {}
    return np.array(
        [
            numbers.setdefault(matching(reference), row) if reference else row
            for row, reference in enumerate(references)
        ],
        dtype=np.int64,
    )


def _row_problems(cases: Cases) -> list[Problem]:
    """What is wrong with a row as a whole: a missing fact, facts in the wrong order, a repeat."""
    problems: list[Problem] = []

    def report(where: Mask, name: str, code: str, wrong: str, enter: str) -> None:
        problems.extend(
            Problem(row, name, wrong, enter, code=code) for row in np.flatnonzero(where).tolist()
        )

    days, exit_date = cases.days, cases.days["exit_date"]
    blank = {"case_ref": cases.text["case_ref"] == "", "exit_date": np.isnat(exit_date)}
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
    again = np.flatnonzero(used_again(cases.text["case_ref"].tolist()))
    problems.extend(map(reference_used_again, again.tolist()))
    return problems


def used_again(references: Sequence[str]) -> Mask:
    """Return a mask of the rows whose case reference a row above has."""
    seen: set[str] = set()
    again = np.zeros(len(references), dtype=bool)
    for row, reference in enumerate(map(matching, references)):
        again[row] = bool(reference) and reference in seen
        seen.add(reference)
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
