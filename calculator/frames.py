"""The same calculation for pandas: frames of cases in, frames of results, problems and explanations out.

Needs the extra ``frame``. A column is known by its field's name, heading or alias; its values may be text,
numbers, decimals, dates or timestamps, of pandas or of Arrow. A missing value is blank, which is not 0.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
import pyarrow as pa

from calculator.calculation.assess import assess
from calculator.calculation.confirmations import confirmations
from calculator.calculation.outcome import Outcome
from calculator.calculation.output import OutputKind
from calculator.calculation.result_columns import OUTPUT, OUTPUT_NAMES
from calculator.explanation.explain import explain
from calculator.explanation.steps import Step
from calculator.facts.case_table import Cases
from calculator.facts.columns import Column
from calculator.facts.headings import columns_of, name_parts
from calculator.facts.problems import FileProblem
from calculator.spreadsheets.arrow import column_of, figures
from calculator.spreadsheets.by_column import ByColumn
from calculator.spreadsheets.read import Sheet, check_required, in_one, read_sheet, sheet_by_column
from rules.late_benefits import LaterRates
from rules.positions import Positions

Money = Literal["decimal", "pence"]
"""How sums are held: exact decimals of pounds, ``decimal128(14, 2)``, or integers of pence."""
_AS_TEXT = ("case_ref", "person_ref", "employer_name")
"""Texts of the person's own; the other texts are choices of a few and are held as categories."""
_REFUSED_BY_ARROW = (pa.ArrowException, TypeError, ValueError, OverflowError)


def read_cases(
    path: str | Path, *, sheet: str | None = None, mapping: Mapping[str, str] = {}
) -> pd.DataFrame:
    """Read a file of cases as a frame of its cells, indexed by the row numbers that the person sees.

    Takes what ``exitcap assess`` takes. FileProblem, in one line, where there are no cases to read.
    """
    found = read_sheet(Path(path), sheet, mapping)
    cells = [Column.of(found.column(place)) for place in range(len(found.headings))]
    frame = pd.DataFrame(
        {place: _series(column) for place, column in enumerate(cells)},
    )
    frame.columns = pd.Index(found.headings)
    frame.index = pd.Index(found.row_numbers, name="row")
    return frame


def assess_frame(
    frame: pd.DataFrame,
    *,
    as_at: date,
    positions: Positions | None = None,
    rates: LaterRates | None = None,
    mapping: Mapping[str, str] = {},
    money: Money = "decimal",
) -> pd.DataFrame:
    """Calculate every row of a frame of cases, as :func:`calculator.calculation.assess.assess` does.

    Returns a frame with the same index and the output columns. FileProblem where a required column is missing
    or two columns are the same field.
    """
    cases = cases_of(frame, mapping)
    outcome = assess(cases, positions or Positions(), as_at, rates=rates)
    return results_of(outcome, frame.index, money)


def problems_of(frame: pd.DataFrame, *, mapping: Mapping[str, str] = {}) -> pd.DataFrame:
    """List what is wrong with a frame of cases, and what to confirm: row, field, text, what to enter.

    ``row`` counts from 0; the index is that of the row in the frame.
    """
    cases = cases_of(frame, mapping)
    found = sorted([*cases.problems, *confirmations(cases)], key=lambda problem: problem.row)
    names = ("row", "field", "wrong", "enter", "severity", "suggestion")
    table = pd.DataFrame([[getattr(p, name) for name in names] for p in found], columns=names)
    table["severity"] = table["severity"].map(str)
    table.index = frame.index.take([problem.row for problem in found])
    return table


def explain_frame(
    frame: pd.DataFrame,
    labels: Iterable[Hashable] | None = None,
    *,
    as_at: date,
    positions: Positions | None = None,
    rates: LaterRates | None = None,
    mapping: Mapping[str, str] = {},
) -> pd.DataFrame:
    """Explain the rows with the index labels given, or all: a row for each step, with its law.

    Rows in error have no steps: :func:`problems_of` says why.
    """
    outcome = assess(cases_of(frame, mapping), positions or Positions(), as_at, rates=rates)
    wanted = np.ones(len(frame), bool) if labels is None else frame.index.isin([*labels])
    rows = np.flatnonzero(wanted)
    lines = [
        [row, found.case_ref, number, step.label, step.amount, step.working, _law(step)]
        for row in rows.tolist()
        for found in [explain(outcome, row)]
        for number, step in enumerate(found.steps, 1)
    ]
    columns = ("row", "case_ref", "step", "label", "amount", "working", "law")
    table = pd.DataFrame(lines, columns=columns)
    table.index = frame.index.take(table.pop("row").to_numpy(dtype=np.int64))
    return table


def cases_of(frame: pd.DataFrame, mapping: Mapping[str, str] = {}) -> Cases:
    """Read a frame as a table of cases with the parsers of every other way in."""
    headings, columns = fields_of(frame, mapping)
    cells = {name: cells_in(frame.iloc[:, columns[name]]) for name in columns}
    if parts := name_parts(headings, columns):
        names = zip(*(cells_in(frame.iloc[:, place]) for place in parts), strict=True)
        cells["member_name"] = Column.of([in_one(name) for name in names])
    return Cases.from_raw(cells, len(frame))


def sheet_of(frame: pd.DataFrame, mapping: Mapping[str, str] = {}) -> Sheet:
    """Make a table of a file, to be written with its results, of a frame."""
    rows = ByColumn([cells_in(frame.iloc[:, place]) for place in range(len(frame.columns))])
    headings, columns = fields_of(frame, mapping)
    return sheet_by_column(None, headings, rows, list(range(2, len(frame) + 2)), columns)


def fields_of(
    frame: pd.DataFrame, mapping: Mapping[str, str] = {}, accept_guesses: bool = False
) -> tuple[list[str], dict[str, int]]:
    """Give the headings of a frame and the index of the column of each field, guesses included if accepted."""
    headings = [str(name).strip() for name in frame.columns]
    columns = columns_of(headings, mapping, OUTPUT_NAMES, accept_guesses)
    check_required(headings, columns)
    return headings, columns


def results_of(
    outcome: Outcome, index: pd.Index, money: Money = "decimal", categories: bool = True
) -> pd.DataFrame:
    """Make a frame of the results, with an index; an empty result is a missing value.

    Choices are categories, or text without ``categories``.
    """
    if money not in ("decimal", "pence"):
        raise FileProblem("money is decimal or pence.")
    return pd.DataFrame(
        {name: _result(outcome, name, money, categories) for name in OUTPUT_NAMES},
        index=index,
        copy=False,
    )


def _law(step: Step) -> str:
    return "; ".join(citation.label for citation in step.citations)


def _result(outcome: Outcome, name: str, money: Money, categories: bool) -> Any:
    kind = OUTPUT[name].kind
    if kind is OutputKind.TEXT:
        texts = outcome.column(name)
        if name in _AS_TEXT or not categories:
            return pd.array([text or None for text in texts.tolist()], dtype="string[pyarrow]")
        return _categories(texts)
    column = outcome.figures(name)
    in_pence = kind is OutputKind.MONEY and money == "pence"
    found = pa.array(column.values, mask=~column.filled) if in_pence else figures(column)
    return pd.arrays.ArrowExtensionArray(found)


def _categories(column: Column) -> pd.Categorical:
    index = {"": -1}
    codes = np.array([index.setdefault(text, len(index) - 1) for text in column.values])
    return pd.Categorical.from_codes(codes[column.which], [*index][1:])


def _series(column: Column) -> Any:
    """The cells of a file: text as text, others as they are."""
    if isinstance(column.values, list):
        return pd.Series(column.tolist(), dtype=object)
    values = column.values.take(pa.array(column.which))
    if column.is_text:
        return pd.array(values, dtype="string[pyarrow]")
    return pd.arrays.ArrowExtensionArray(values)


def cells_in(series: pd.Series) -> Column:
    """Give a column of a frame as its distinct values."""
    if isinstance(series.dtype, pd.CategoricalDtype):
        inner = cells_in(pd.Series(series.cat.categories))
        codes = series.cat.codes.to_numpy()
        return Column([*inner.tolist(), None], codes)  # the code of a missing value is -1: the last
    if series.dtype != object or pd.api.types.infer_dtype(series) == "string":
        try:
            return column_of(_without_nanoseconds(pa.array(series, from_pandas=True)))
        except _REFUSED_BY_ARROW:
            pass
    return Column.of([_cell(value) for value in series])


def _without_nanoseconds(values: Any) -> Any:
    """Timestamps as Python has them."""
    if pa.types.is_timestamp(values.type) and values.type.unit == "ns":
        return values.cast(pa.timestamp("us", values.type.tz), safe=False)
    return values


def _cell(value: Any) -> Any:
    """A single value as a Python object; a missing one is None."""
    if isinstance(value, (list, tuple)):
        return list(value)
    if isinstance(value, np.datetime64):
        value = pd.Timestamp(value)
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime(warn=False)
    if isinstance(value, np.generic):
        return value.item()
    return value
