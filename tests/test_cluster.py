"""A cluster: two worker processes give what one machine gives, row for row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from calculator import cluster, cluster_files, frames
from calculator.cluster import Settings
from calculator.cluster_pass import ROW
from calculator.commands import app
from calculator.facts.problems import FileProblem
from calculator.spreadsheets.read import read_cases, read_sheet
from tests.comparing import calculated
from tests.generated import Row, random_rows

dask_frames = pytest.importorskip("dask.dataframe")
AS_AT = date(2026, 11, 22)
SETTINGS = Settings(AS_AT)


def linked_rows() -> list[Row]:
    """Cases of a few persons far apart in the table, with references used again."""
    rows = random_rows(31, 240, persons=40)
    for place, row in enumerate(rows):
        row["case_ref"] = f"C{place % 230}"
        row["notes"] = f"{place}: 'kept', = as it is"
    return rows


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as workers,
        Client(workers) as client,
    ):
        yield client


@pytest.mark.filterwarnings("ignore")
def test_two_workers_give_the_results_of_one_machine(client: Any) -> None:
    rows = linked_rows()
    frame = pd.DataFrame(rows)
    found = cluster.assess_dask(dask_frames.from_pandas(frame, npartitions=7), SETTINGS)
    assert client.scheduler_info()["n_workers"] == 2
    assert found.npartitions > 1
    result = found.compute().sort_values(ROW)
    expected = frames.results_of(calculated(rows, {}, AS_AT), frame.index, categories=False)
    assert expected["reasons"].str.contains("duplicate_reference").sum() >= 10
    pd.testing.assert_frame_equal(
        result[expected.columns].astype(object), expected.astype(object), check_like=False
    )
    assert result["notes"].tolist() == frame["notes"].tolist()


def test_exits_of_one_person_have_one_number_whatever_their_case_and_spaces() -> None:
    refs = ["P 1", "p  1", " 'P 1", None, None]
    frame = pd.DataFrame({"case_ref": [*"ABCDE"], "exit_date": ["31/12/2020"] * 5, "person": refs})
    numbers = cluster._persons(frame, np.arange(5), {"person": "person_ref"}).tolist()
    assert len(set(numbers[:3])) == 1
    assert len(set(numbers)) == 3


class Both:
    """The command on one machine and on the cluster, for the same file."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address = folder, address
        self.one = self.many = ""

    def assess(self, source: Path, suffix: str, *options: str) -> tuple[list[Any], list[Any]]:
        """The rows that each wrote; what each said is in ``one`` and ``many``."""
        one, many = self.folder / f"one{suffix}", self.folder / f"many{suffix}"
        given = [*options, "--as-at", AS_AT.isoformat()]
        done = CliRunner().invoke(app, ["assess", str(source), str(one), *given])
        assert isinstance(done.exception, (SystemExit, type(None))), done.exception
        self.one = done.stderr
        given += ["--engine", "dask", "--scheduler", self.address]
        given += ["--problems", str(self.folder / "problems.csv")]
        done = CliRunner().invoke(app, ["assess", str(source), str(many), *given])
        assert isinstance(done.exception, (SystemExit, type(None))), done.exception
        self.many = done.stderr
        parts = sorted(many.iterdir())
        assert len(parts) > 1
        return rows_of([one]), rows_of(parts)

    def problems(self) -> list[tuple[int, str, str]]:
        """Row, field and what is wrong, as the cluster wrote them."""
        parts = [pd.read_csv(path) for path in (self.folder / "problems.csv").iterdir()]
        found = pd.concat(parts)[["row", "field", "wrong"]]
        return sorted(found.itertuples(index=False, name=None))


def rows_of(paths: list[Path]) -> list[Any]:
    """The lines of CSV, or the rows of Parquet with the type of each column, in the order of the text."""
    if paths[0].suffix == ".csv":
        heading = paths[0].read_bytes().split(b"\r\n")[0]
        lines = [line for path in paths for line in path.read_bytes().split(b"\r\n")]
        assert lines.count(heading) == len(paths)
        return sorted(line for line in lines if line not in (b"", heading))
    tables = [pq.read_table(path) for path in paths]
    assert len({str(table.schema) for table in tables}) == 1
    rows = [row for table in tables for row in table.to_pylist()]
    return [str(tables[0].schema), *sorted(str(row) for row in rows)]


@pytest.fixture
def both(client: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Both:
    monkeypatch.setattr(cluster_files, "BLOCK", 20_000)
    return Both(tmp_path, client.scheduler.address)


def write(rows: list[Row], path: Path) -> None:
    """The rows as CSV, or as Parquet in groups, days as dates and sums as decimals."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = {name: [row.get(name) or None for row in rows] for name in names}
    if path.suffix == ".csv":
        pd.DataFrame(columns).to_csv(path, index=False)
        return
    table = pa.table(columns)
    for place, name in enumerate(table.column_names):
        kind = {"redundancy_due": pa.decimal128(12, 2), "date_of_birth": pa.date32()}.get(name)
        if kind is not None:
            table = table.set_column(place, name, table[name].cast(kind))
    pq.write_table(table, path, row_group_size=50)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_the_files_of_a_cluster_hold_the_rows_of_one_file(both: Both, ending: str) -> None:
    source = both.folder / f"in{ending}"
    write(linked_rows(), source)
    one, many = both.assess(source, ending)
    assert one == many
    assert "240 rows" in both.many


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("options", [(), ("--accept-suggestions",)])
def test_a_day_with_its_month_first_is_seen_from_every_part(both: Both, options: Any) -> None:
    rows = linked_rows()
    for row in rows[:150]:
        row["notice_given_on"] = "04/05/2020"
    rows[-1]["notice_given_on"] = "12/31/2019"
    write(rows, both.folder / "in.csv")
    one, many = both.assess(both.folder / "in.csv", ".csv", *options)
    assert one == many
    assert sum(b"5 April 2020" in line for line in many) == (150 if options else 0)
    sheet = read_sheet(both.folder / "in.csv")
    expected = [(sheet.row_numbers[p.row], p.field, p.wrong) for p in read_cases(sheet).problems]
    if not options:
        assert both.problems() == sorted(expected)
    assert sum(field == "notice_given_on" for _, field, _ in both.problems()) == 151


@pytest.mark.filterwarnings("ignore")
def test_rows_that_are_no_cases_are_left_out_as_on_one_machine(both: Both) -> None:
    sums = {"holiday_pay": "10.10", "other_exempt": "1"}
    rows = [
        {name: text for name, text in (row | sums).items() if not re.search(r"\d", name)}
        for row in linked_rows()
    ]
    unnamed = {"holiday_pay": "2434.10", "other_exempt": "£241"}
    blank: Row = dict.fromkeys(rows[0], "")
    headings = {name: name for name in dict.fromkeys(name for row in rows for name in row)}
    forgotten = dict(rows[3], case_ref="no day", exit_date="")
    guidance = {"case_ref": "Your reference", "exit_date": "day", "redundancy_due": "pounds"}
    guidance["notice_given_on"] = "12/31/2019"
    rows[5]["notice_given_on"] = "04/05/2020"
    table = [
        *(guidance, *rows[:100], blank, {"case_ref": "Northern branch"}, headings, *rows[100:200]),
        *(forgotten, blank, *rows[200:], {"case_ref": "C5"}, unnamed, blank),
        *({"case_ref": "Total", "holiday_pay": "1.00"}, {"notes": "Seen by payroll."}),
    ]
    write(table, both.folder / "in.csv")
    one, many = both.assess(both.folder / "in.csv", ".parquet")
    assert one == many
    said = [line for line in both.one.splitlines() if line.startswith(("Row ", "Rows "))]
    assert len(said) == 6
    assert [line for line in said if line not in both.many.splitlines()] == []


@pytest.mark.filterwarnings("ignore")
def test_headings_that_are_guessed_are_read_if_accepted(both: Both) -> None:
    rows = [dict(row, **{"Redundancy due figure": "120000"}) for row in linked_rows()]
    for row in rows:
        row.pop("redundancy_due", None)
    write(rows, both.folder / "in.csv")
    one, many = both.assess(both.folder / "in.csv", ".csv", "--accept-guesses")
    assert one == many
    assert "a guess that you accepted" in both.one
    assert "a guess that you accepted" in both.many


@pytest.mark.filterwarnings("ignore")
def test_the_command_writes_a_new_folder_or_nothing(client: Any, tmp_path: Path) -> None:
    write(linked_rows(), tmp_path / "in.parquet")
    words = ["assess", str(tmp_path / "in.parquet"), str(tmp_path / "out.csv")]
    options = ["--engine", "dask", "--scheduler", client.scheduler.address]
    done = CliRunner().invoke(app, [*words, *options])
    assert (done.exit_code, done.exception.__class__) == (1, SystemExit)
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["out.csv"]
    again = CliRunner().invoke(app, [*words, *options])
    assert "is there already" in str(again.exception)
    words[2] = str(tmp_path / "other.csv")
    (tmp_path / "in.parquet").write_bytes(b"PAR1")
    damaged = CliRunner().invoke(app, [*words, *options])
    assert "cannot be read as Parquet" in str(damaged.exception)
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["out.csv"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--engine", "dask"], "needs --engine dask and --scheduler"),
        (["--scheduler", "tcp://127.0.0.1:1"], "needs --engine dask and --scheduler"),
        (["--engine", "dask", "--scheduler", "tcp://127.0.0.1:1", "--force"], "takes no"),
        (["--engine", "dask", "--scheduler", "nowhere"], "no such file"),
    ],
)
def test_what_a_cluster_cannot_do_is_said(tmp_path: Path, options: list[str], words: str) -> None:
    files = [str(tmp_path / "in.csv"), str(tmp_path / "out.csv")]
    done = CliRunner().invoke(app, ["assess", *files, *options])
    assert words in str(done.exception)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A list\ncase_ref,exit_date\nA,2020-12-31\n", "the first line must hold the headings"),
        ("case_ref,exit_date\nA,2020-12-31,5\n", "as many cells on each line"),
        ('case_ref,exit_date\n"A,2020-12-31\n', "no line breaks in cells"),
        ("case_ref,exit_date\nJos\xe9,2020-12-31\n", "Save the table as CSV UTF-8"),
        ("case_ref,exit_date,notes,notes\nA,2020-12-31,,\n", "Two columns are called"),
        ("case_ref,exit_date\n", "no cases in the table"),
        ("case_ref,exit_date\nWrite one here,\n", "no cases in the table"),
        (
            "case_ref,exit_date\nA,2020-12-31\nB,2020-12-31\nC,2020-12-31\nD,2020-12-31\n"
            "exit_date,case_ref\n2020-12-31,E\n",
            "Another table with other headings",
        ),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_a_csv_that_cannot_be_read_in_pieces_is_refused_in_one_line(
    tmp_path: Path, text: str, words: str
) -> None:
    (tmp_path / "in.csv").write_bytes(text.encode("latin-1"))

    def calculate() -> None:
        frame, source = cluster_files.read_dask(tmp_path / "in.csv")
        cluster.write_dask(frame, Settings(AS_AT, source=source), tmp_path)

    with pytest.raises(FileProblem, match=words):
        calculate()


@pytest.mark.parametrize("block", [1, 9, 40, 1_000])
@pytest.mark.parametrize(
    "text",
    [
        "case_ref;exit_date;notes\nA;2020-12-31;José, \nB;2020-12-31;'=1+1\nC;2020-12-31;",
        '\ufeffcase_ref,exit_date,notes\r\n\r\nA,2020-12-31,"says ""yes"""\r\n\r\n'
        "B,2020-12-31,'-\r\nC,2020-12-31,'tis\r\n\r\n\r\n",
    ],
)
def test_csv_in_pieces_has_the_cells_and_row_numbers_of_one_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, block: int
) -> None:
    (tmp_path / "in.csv").write_bytes(text.encode())
    assert rows_in_pieces(tmp_path / "in.csv", block, monkeypatch) == rows_of_sheet(tmp_path)


def test_a_cell_may_have_line_breaks_where_no_piece_ends_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = 'case_ref,exit_date,notes\nA,2020-12-31,"one\n\ntwo"\n\nB,2020-12-31,\n'
    (tmp_path / "in.csv").write_text(text)
    assert rows_in_pieces(tmp_path / "in.csv", 1_000, monkeypatch) == rows_of_sheet(tmp_path)
    with pytest.raises(FileProblem, match="no line breaks in cells"):
        rows_in_pieces(tmp_path / "in.csv", 10, monkeypatch)


def rows_in_pieces(path: Path, block: int, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    monkeypatch.setattr(cluster_files, "BLOCK", block)
    frame = cluster_files.read_dask(path)[0].compute(scheduler="synchronous")
    numbered = enumerate(frame.fillna("").to_numpy().tolist(), 2)
    return [(number, cells) for number, cells in numbered if any(cells)]


def rows_of_sheet(folder: Path) -> list[Any]:
    sheet = read_sheet(folder / "in.csv")
    return [*zip(sheet.row_numbers, map(list, sheet.rows), strict=True)]


@pytest.mark.filterwarnings("ignore")
def test_a_reference_on_too_many_rows_is_refused_as_on_one_machine() -> None:
    rows = [{"case_ref": f"C{n}", "exit_date": "2020-12-31", "person_ref": "P"} for n in range(501)]
    frame = dask_frames.from_pandas(pd.DataFrame(rows), npartitions=3)
    with pytest.raises(FileProblem, match="More than 500 rows have the same person reference"):
        cluster.assess_dask(frame, SETTINGS).compute()
