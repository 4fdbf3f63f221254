"""Large tables by column: the same cells, results and bytes as row by row."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from calculator.calculation.assess import assess
from calculator.calculation.outcome import Outcome
from calculator.calculation.output import OutputKind
from calculator.calculation.result_columns import OUTPUT, OUTPUT_NAMES
from calculator.facts.cells import cell_text
from calculator.facts.problems import FileProblem
from calculator.spreadsheets import csv_text, read
from calculator.spreadsheets.arrow import plain_csv
from calculator.spreadsheets.by_column import ByColumn
from calculator.spreadsheets.read import Sheet, read_cases, read_sheet
from calculator.spreadsheets.reader import LONGEST_CELL
from calculator.spreadsheets.results import result_columns, safe_text, write_results
from rules.positions import Positions
from tests import ROOT
from tests.generated import random_rows

AS_AT = date(2026, 11, 22)
SAMPLES = ("cases.csv", "every_problem.csv", "filled_template.xlsx")
parts = st.sampled_from(
    [
        "a",
        "b ",
        '"',
        '""',
        ",",
        ";",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "'=1",
        "=1",
        "é",
        "\u2028",
        "\x00",
        " ",
        "",
    ]
)
cells = st.lists(parts, max_size=3).map("".join)


def row_by_row(path: Path) -> list[list[str]]:
    """The rows of a file as Python's own reader has them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return csv_text._rows_of(csv_text._short_lines(file, ",", path), ",", path)  # type: ignore[return-value]


def by_column(path: Path) -> ByColumn | None:
    return plain_csv(path, ",", LONGEST_CELL)


@given(st.lists(st.lists(cells, min_size=2, max_size=2), min_size=1, max_size=6), st.booleans())
@settings(max_examples=100, deadline=None)
def test_a_table_that_a_program_wrote_is_read_alike(rows: list[list[str]], mark: bool) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    assert_read_alike(("\ufeff" if mark else "") + text.getvalue())


@given(st.lists(parts, max_size=20).map("".join))
@settings(max_examples=150, deadline=None)
@example('a,"b"c\n1,2\n')
@example('a,b"\n"1,2\n')
@example('"a","b""c"\n"1\n2",3')
@example('a,b\n1,"2')
@example("a,b\n1,2\n\n3,4\n")
@example("a,b\n1\n")
@example('\ufeff"a",b\r1,2\r')
def test_any_text_is_read_alike_or_left_to_the_other_reader(text: str) -> None:
    assert_read_alike(text)


def assert_read_alike(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "in.csv"
        path.write_text(text, encoding="utf-8", newline="")
        found = by_column(path)
        if found is not None:
            blank = [""] * len(found.columns)
            assert [*found] == [row or blank for row in row_by_row(path)]


def test_our_sample_is_read_by_column() -> None:
    path = ROOT / "sample_data" / "cases.csv"
    found = by_column(path)
    assert found is not None
    assert [*found] == row_by_row(path)


_PLAIN = "case_ref,exit_date,Forename,Surname,severance_due,x,notes\n"


@pytest.mark.parametrize(
    ("text", "is_plain"),
    [
        (_PLAIN + "A1,2020-12-31,Ann,Lee,5,1,\n'=A2,2020-12-30,Bo,,-,2,\n", True),
        (_PLAIN + '"=""007""",12/31/2020,,,1,1,\n B ,01/12/2020,,,1,1,\n', True),
        (_PLAIN + "A1,2020-12-31,,,5,1,\nTotal,,,,5,1,\n", False),
        (_PLAIN + "A1,2020-12-31,,,5,1,\nNorth branch,,,,,,\n", False),
        (_PLAIN + "A1,2020-12-31,,,5,1,\n" + _PLAIN, False),
        (_PLAIN + "your own,dd mm yyyy,,,in pounds,,\nA1,2020-12-31,,,5,1,\n", False),
        ("Exits of 2020,,,,,,\n" + _PLAIN + "A1,2020-12-31,,,5,1,\n", False),
        ("case_ref,exit_date,\nA1,2020-12-31,\n", False),
        ("case_ref,exit_date,Problems found\nA1,2020-12-31,none\n", False),
        ("case_ref,exit_date\nA1,\n", False),
    ],
)
def test_a_table_by_column_is_the_one_of_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, is_plain: bool
) -> None:
    path = tmp_path / "in.csv"
    path.write_text(text, encoding="utf-8", newline="")
    found = read_sheet(path)
    assert isinstance(found.rows, ByColumn) is is_plain
    monkeypatch.setattr(read, "csv_columns", lambda path, mapping: None)
    assert found == read_sheet(path)


def written_row_by_row(sheet: Sheet, outcome: Outcome) -> bytes:
    """The results as Python's own writer has them."""
    file = io.StringIO()
    writer = csv.writer(file)
    columns = result_columns(sheet)
    texts = {name: outcome.texts(name) for name in OUTPUT_NAMES}
    writer.writerow([safe_text(column.heading) for column in columns])
    for row, own in enumerate(sheet.rows):
        writer.writerow(
            safe_text(
                texts[column.output][row] if column.output else cell_text(own[column.index or 0])
            )
            for column in columns
        )
    return file.getvalue().encode()


def worked(path: Path) -> tuple[Sheet, Outcome]:
    sheet = read_sheet(path)
    return sheet, assess(read_cases(sheet), Positions(), AS_AT)


def hostile_table(folder: Path) -> Path:
    path = folder / "hostile.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["case_ref", "exit_date", "their, own", "notes"])
        for number, cell in enumerate(
            ["=1+1", "-5", "-x", '"', "a\nb", "a\rb", "'=1", "'", " ", "é,"]
        ):
            writer.writerow([f"{cell}{number}", "2020-12-31", cell, cell * 2])
    return path


@pytest.mark.parametrize("name", [*SAMPLES, "hostile", "generated"])
def test_results_are_written_in_the_same_bytes(tmp_path: Path, name: str) -> None:
    if name == "hostile":
        sheet, outcome = worked(hostile_table(tmp_path))
    elif name == "generated":
        path = tmp_path / "in.csv"
        path.write_bytes(generated())
        sheet, outcome = worked(path)
    else:
        sheet, outcome = worked(ROOT / "sample_data" / name)
    write_results(tmp_path / "out.csv", sheet, outcome, [])
    assert (tmp_path / "out.csv").read_bytes() == written_row_by_row(sheet, outcome)


def generated() -> bytes:
    rows = random_rows(23, 200)
    names = ["case_ref", *sorted({name for row in rows for name in row} - {"case_ref"})]
    file = io.StringIO()
    csv.DictWriter(file, names).writerows([dict(zip(names, names, strict=True)), *rows])
    return file.getvalue().encode()


@pytest.mark.parametrize("name", SAMPLES)
def test_parquet_has_the_results_of_csv_and_is_read_again(tmp_path: Path, name: str) -> None:
    sheet, outcome = worked(ROOT / "sample_data" / name)
    write_results(tmp_path / "out.parquet", sheet, outcome, [])
    table = pq.read_table(tmp_path / "out.parquet")
    for output in OUTPUT_NAMES:
        texts = ["" if cell is None else str(cell) for cell in table[output].to_pylist()]
        assert texts == outcome.texts(output), output
        if OUTPUT[output].kind is OutputKind.MONEY:
            assert table[output].type == pa.decimal128(14, 2)
    again, outcome_again = worked(tmp_path / "out.parquet")
    assert again.row_numbers == [row + 2 for row in range(len(sheet.rows))]
    for output in OUTPUT_NAMES:
        assert outcome_again.texts(output) == outcome.texts(output), output


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (pa.table({"case_ref": ["A"]}), "Date of exit is missing"),
        (pa.table({"case_ref": [], "exit_date": []}), "no cases"),
        (pa.table({"case_ref": [["A"]], "exit_date": ["2020-12-31"]}), "no single values"),
        (None, "cannot be read as Parquet"),
    ],
)
def test_a_parquet_file_without_cases_is_refused_in_a_line(
    tmp_path: Path, table: pa.Table | None, words: str
) -> None:
    path = tmp_path / "in.parquet"
    if table is None:
        path.write_bytes(b"PAR1 and nothing else PAR1")
    else:
        pq.write_table(table, path)
    with pytest.raises(FileProblem, match=words):
        read_sheet(path)


def test_two_columns_of_one_name_are_not_written_to_parquet(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("case_ref,exit_date,x,x\nA,2020-12-31,1,2\n", encoding="utf-8")
    sheet, outcome = worked(path)
    with pytest.raises(FileProblem, match="Two columns are called 'x'"):
        write_results(tmp_path / "out.parquet", sheet, outcome, [])
