"""Frames: whatever type a column has, the results are those of the same values typed as text."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculator import frames
from calculator.calculation.result_columns import OUTPUT_NAMES
from calculator.explanation.explain import explain
from calculator.facts.fields import BY_NAME, Kind
from calculator.facts.problems import FileProblem
from calculator.facts.text import printable
from tests import ROOT
from tests.comparing import calculated
from tests.generated import Row, random_rows, tables

AS_AT = date(2026, 11, 22)
Texts = Sequence[str | None]
Typed = Callable[[Texts], Any]


def iso(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def whole(text: str | None) -> bool:
    return not text or Decimal(text) == int(Decimal(text))


ANY_TEXT: dict[str, Typed] = {
    "object": lambda texts: pd.Series(texts, dtype=object),
    "str": lambda texts: pd.Series(texts, dtype="str"),
    "arrow": lambda texts: pd.Series(texts, dtype=pd.ArrowDtype(pa.string())),
    "category": lambda texts: pd.Series(texts, dtype="category"),
    "spaces": lambda texts: pd.Series([f" {text or ''}\u00a0" for text in texts]),
    "pd.NA": lambda texts: pd.Series([text or pd.NA for text in texts], dtype=object),
}
DAYS: dict[str, Typed] = {
    "date": lambda texts: pd.Series([iso(text) for text in texts], dtype=object),
    "datetime64": lambda texts: pd.to_datetime(pd.Series(texts, dtype=object)),
    "Timestamp": lambda texts: pd.Series(
        [pd.Timestamp(text) if text else pd.NaT for text in texts], dtype=object
    ),
    "date32": lambda texts: pd.Series(
        [iso(text) for text in texts], dtype=pd.ArrowDtype(pa.date32())
    ),
    "zone": lambda texts: pd.to_datetime(pd.Series(texts, dtype=object)).dt.tz_localize("UTC"),
    "category of days": lambda texts: pd.Series(
        pd.Categorical(pd.to_datetime(pd.Series(texts, dtype=object)))
    ),
}
MONEY: dict[str, Typed] = {
    "Decimal": lambda texts: pd.Series([Decimal(t) if t else None for t in texts], dtype=object),
    "decimal128": lambda texts: pd.Series(
        [Decimal(t) if t else None for t in texts], dtype=pd.ArrowDtype(pa.decimal128(14, 2))
    ),
    "float": lambda texts: pd.Series([float(t) if t else np.nan for t in texts]),
    "pounds": lambda texts: pd.Series([f"£{Decimal(t):,.2f}" if t else "" for t in texts]),
    "mixed": lambda texts: pd.Series(
        [(np.float64(t) if n % 2 else t) if t else None for n, t in enumerate(texts)], dtype=object
    ),
}
WHOLE: dict[str, Typed] = {
    "Int64": lambda texts: pd.Series(
        [int(Decimal(t)) if t else pd.NA for t in texts], dtype="Int64"
    )
}


def ways(name: str, texts: Texts) -> dict[str, Typed]:
    """The types that a column of these texts can have."""
    kind = BY_NAME[name].kind
    if kind is Kind.DAY:
        return ANY_TEXT | DAYS
    if kind is Kind.MONEY:
        return ANY_TEXT | MONEY | (WHOLE if all(whole(text) for text in texts) else {})
    return ANY_TEXT


@st.composite
def typed_frames(draw: st.DrawFn) -> tuple[list[Row], pd.DataFrame]:
    """Rows of text, and the same rows as a frame whose columns have any types."""
    rows = draw(tables())
    columns = {}
    for name in sorted({name for row in rows for name in row} | {"case_ref", "exit_date"}):
        texts = [row.get(name) or None for row in rows]
        found = ways(name, texts)
        columns[name] = found[draw(st.sampled_from(sorted(found)))](texts)
    return rows, pd.DataFrame(columns)


@given(typed_frames())
@settings(max_examples=60, deadline=None)
def test_columns_of_every_type_give_the_results_of_text(
    made: tuple[list[Row], pd.DataFrame],
) -> None:
    rows, frame = made
    expected = frames.results_of(calculated(rows, {}, AS_AT), frame.index)
    pd.testing.assert_frame_equal(frames.assess_frame(frame, as_at=AS_AT), expected)


def frame_of(rows: list[Row]) -> pd.DataFrame:
    return pd.DataFrame(rows, index=pd.Index([f"r{n}" for n in range(len(rows))], name="ours"))


def test_results_hold_every_column_as_text_has_it() -> None:
    rows = random_rows(5, 300)
    outcome = calculated(rows, {}, AS_AT)
    found = frames.assess_frame(frame_of(rows), as_at=AS_AT)
    assert list(found.index) == [f"r{n}" for n in range(len(rows))]
    assert tuple(found.columns) == OUTPUT_NAMES
    for name in OUTPUT_NAMES:
        texts = ["" if pd.isna(value) else str(value) for value in found[name]]
        assert texts == outcome.texts(name), name
    pence = frames.assess_frame(frame_of(rows), as_at=AS_AT, money="pence")
    assert (pence["member_total"].dropna() == found["member_total"].dropna() * 100).all()


def test_a_column_is_known_by_its_heading_or_a_mapping() -> None:
    frame = pd.DataFrame({"Our no.": [7.0], "Leaving date": [date(2020, 12, 31)]})
    found = frames.assess_frame(frame, as_at=AS_AT, mapping={"Our no.": "case_ref"})
    assert found["case_ref"].tolist() == ["7"]
    with pytest.raises(FileProblem, match="Case reference is missing"):
        frames.assess_frame(frame, as_at=AS_AT)


def test_problems_name_the_row_the_field_and_what_to_enter() -> None:
    rows = [
        {"case_ref": "A", "exit_date": "2020-12-31"},
        {"case_ref": "B", "exit_date": "31/12/20"},
    ]
    (problem,) = frames.problems_of(frame_of(rows)).itertuples()
    assert (problem.Index, problem.row, problem.field) == ("r1", 1, "exit_date")
    assert (problem.wrong, problem.severity) == ("The year needs four figures.", "must fix")
    assert problem.enter.startswith("Enter the day first")
    assert frames.problems_of(frame_of(rows[:1])).empty


def test_the_steps_of_a_row_are_those_of_the_case_alone() -> None:
    rows = random_rows(5, 40)
    outcome = calculated(rows, {}, AS_AT)
    row = int(np.flatnonzero(~outcome.cases.in_error)[3])
    found = frames.explain_frame(frame_of(rows), [f"r{row}"], as_at=AS_AT)
    assert found["label"].tolist() == [step.label for step in explain(outcome, row).steps]
    assert set(found.index) == {f"r{row}"}


@pytest.mark.parametrize("name", ["cases.csv", "every_problem.csv", "filled_template.xlsx"])
def test_a_file_is_read_as_the_frame_of_its_cells(name: str) -> None:
    frame = frames.read_cases(ROOT / "sample_data" / name)
    from calculator.calculation.assess import assess
    from calculator.spreadsheets.read import read_cases, read_sheet
    from rules.positions import Positions

    sheet = read_sheet(ROOT / "sample_data" / name)
    outcome = assess(read_cases(sheet), Positions(), AS_AT)
    assert frame.index.tolist() == sheet.row_numbers
    pd.testing.assert_frame_equal(
        frames.assess_frame(frame, as_at=AS_AT), frames.results_of(outcome, frame.index)
    )


@pytest.mark.parametrize(
    "words", [["case", "sample_data/guide_case.json"], ["employer", "HMRC"], ["schema", "case"]]
)
def test_one_case_starts_without_pandas_or_arrow(words: list[str]) -> None:
    code = (
        "import sys; from calculator.commands import app\n"
        f"try: app({words!r}, standalone_mode=False)\n"
        "except BaseException as end: print(repr(end), file=sys.stderr)\n"
        "print('LOADED', sorted({'pandas', 'pyarrow'} & set(sys.modules)))"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "LOADED []", printable(done.stderr)
    assert len(done.stdout.splitlines()) > 1


def test_the_frame_of_a_parquet_file_keeps_its_types(tmp_path: Path) -> None:
    made = pd.DataFrame(
        {
            "case_ref": ["A", "B"],
            "exit_date": pd.Series([date(2020, 12, 31)] * 2, dtype=pd.ArrowDtype(pa.date32())),
            "redundancy_due": [95_000.5, None],
        }
    )
    made.to_parquet(tmp_path / "in.parquet")
    frame = frames.read_cases(tmp_path / "in.parquet")
    pd.testing.assert_frame_equal(
        frames.assess_frame(frame, as_at=AS_AT).reset_index(drop=True),
        frames.assess_frame(made, as_at=AS_AT),
    )
