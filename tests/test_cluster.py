"""A cluster: two worker processes give what one machine gives, row for row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from calculator import cluster, frames
from calculator.calculation.assess import assess
from calculator.cluster import ROW, Settings
from calculator.commands import app
from calculator.facts.problems import FileProblem
from calculator.spreadsheets.read import read_cases, read_sheet
from calculator.spreadsheets.results import write_results
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


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_the_files_of_a_cluster_hold_the_lines_of_one_file(
    client: Any, tmp_path: Path, suffix: str
) -> None:
    source = tmp_path / f"in{suffix}"
    frame = pd.DataFrame(linked_rows())
    if suffix == ".csv":
        frame.to_csv(source, index=False)
    else:
        frame.to_parquet(source)
    sheet = read_sheet(source)
    outcome = assess(read_cases(sheet), SETTINGS.positions, AS_AT)
    write_results(tmp_path / f"one{suffix}", sheet, outcome, [])
    (tmp_path / "parts").mkdir()
    read = cluster.read_dask(source).repartition(npartitions=5)
    counts = cluster.write_dask(read, SETTINGS, tmp_path / "parts", suffix)
    assert counts == (len(frame), int(outcome.cases.in_error.sum()))
    parts = sorted((tmp_path / "parts").iterdir())
    assert len(parts) > 1
    assert lines_of(parts) == lines_of([tmp_path / f"one{suffix}"])


def lines_of(paths: list[Path]) -> list[Any]:
    if paths[0].suffix == ".csv":
        heading = paths[0].read_bytes().split(b"\r\n")[0]
        return sorted(
            line
            for path in paths
            for line in path.read_bytes().split(b"\r\n")
            if line not in (b"", heading)
        )
    return sorted(str(row) for path in paths for row in pd.read_parquet(path).to_dict("records"))


def test_exits_of_one_person_have_one_hash_whatever_their_case_and_spaces() -> None:
    refs = ["P 1", "p  1", " 'P 1", None, None]
    frame = pd.DataFrame(
        {"case_ref": [*"ABCDE"], "exit_date": ["2020-12-31"] * 5, "person_ref": refs}
    )
    hashes = cluster._numbered(frame, 3, SETTINGS)[cluster._PERSON].tolist()
    assert len(set(hashes[:3])) == 1
    assert len(set(hashes)) == 3


@pytest.mark.filterwarnings("ignore")
def test_the_command_writes_a_folder_on_the_cluster(client: Any, tmp_path: Path) -> None:
    frame = pd.DataFrame(linked_rows())
    frame.to_parquet(tmp_path / "in.parquet")
    address = client.scheduler.address
    words = ["assess", str(tmp_path / "in.parquet"), str(tmp_path / "out.csv")]
    options = ["--engine", "dask", "--scheduler", address, "--as-at", AS_AT.isoformat()]
    done = CliRunner().invoke(app, [*words, *options])
    assert (done.exit_code, done.exception.__class__) == (1, SystemExit)
    assert "240 rows" in done.stderr
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["out.csv"]
    again = CliRunner().invoke(app, [*words, *options])
    assert "is there already" in str(again.exception)


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
    ("day", "from_csv", "words"),
    [
        ("12/31/2020", False, "Date of exit has a day with its month first"),
        ("", True, "may be a total"),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_what_needs_the_complete_table_is_refused(day: str, from_csv: bool, words: str) -> None:
    days = ["01/12/2020", "2020-12-31", day]
    frame = pd.DataFrame({"case_ref": [*"ABC"], "exit_date": days})
    settings = Settings(AS_AT, from_csv=from_csv)
    with pytest.raises(FileProblem, match=words):
        cluster.assess_dask(dask_frames.from_pandas(frame, npartitions=3), settings)
