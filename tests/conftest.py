"""Fixtures shared by the tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "project", deadline=None, max_examples=100, suppress_health_check=list(HealthCheck)
)
settings.load_profile("project")


@pytest.fixture
def sample_cases() -> Path:
    """The invented sample cases."""
    return Path(__file__).parent.parent / "sample_data" / "cases.csv"
