"""Fixtures shared by the tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import ROOT

settings.register_profile(
    "project", deadline=None, max_examples=100, suppress_health_check=list(HealthCheck)
)
settings.load_profile("project")


@pytest.fixture(scope="session")
def sample_data() -> Path:
    """The folder of sample data."""
    return ROOT / "sample_data"


@pytest.fixture
def sample_cases(sample_data: Path) -> Path:
    """The invented sample cases."""
    return sample_data / "cases.csv"
