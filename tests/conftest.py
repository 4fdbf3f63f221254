"""Fixtures shared by the tests."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import ROOT
from tests.frozen import tables_at_release

settings.register_profile(
    "project", deadline=None, max_examples=100, suppress_health_check=list(HealthCheck)
)
settings.load_profile("project")

# A run begun in the background ignores these, and so would every program that a test starts and stops.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.fixture(scope="session")
def sample_data() -> Path:
    """The folder of sample data."""
    return ROOT / "sample_data"


@pytest.fixture
def frozen_tables() -> Iterator[None]:
    """The official tables as at this release, for tests of what is said past their last day."""
    with tables_at_release():
        yield


@pytest.fixture
def sample_cases(sample_data: Path) -> Path:
    """The invented sample cases."""
    return sample_data / "cases.csv"
