"""A desk without a file, and one with the sample cases calculated."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from calculator.jobs import (
    RESULTS,
    RESULTS_CSV,
)
from calculator.jobs.desk import Desk, Stage
from tests import ROOT
from tests.jobs.helpers import (
    AS_AT,
    SAMPLE,
    likely_request,
    until,
    until_written,
)


@pytest.fixture
def empty() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.drop()


@pytest.fixture(scope="package")
def sample() -> Iterator[Desk]:
    """The sample cases, worked out."""
    made = Desk()
    made.take(SAMPLE.name, SAMPLE.read_bytes())
    until(made, Stage.LOOKING)
    made.work(likely_request(made.look))
    until_written(made)
    yield made
    made.drop()


@pytest.fixture(scope="package")
def by_command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of the sample cases by the command line."""
    folder = tmp_path_factory.mktemp("command")
    for name in (RESULTS, RESULTS_CSV):
        subprocess.run(  # noqa: S603 - our own command
            [
                *(sys.executable, "-m", "calculator", "assess", str(SAMPLE)),
                *(str(folder / name), "--as-at", AS_AT.isoformat()),
            ],
            check=False,
            cwd=ROOT,
            capture_output=True,
        )
    return folder


@pytest.fixture(scope="package")
def many() -> bytes:
    """Cases enough to be stopped at."""
    head, *lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    return "\n".join([head, *(line for _ in range(150) for line in lines)]).encode()
