"""The notebook in the docs runs, and says what the calculation says."""

from __future__ import annotations

import runpy
from decimal import Decimal

import pytest

from tests import ROOT


def test_the_notebook_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    made = runpy.run_path(str(ROOT / "docs" / "notebook.py"))
    results, grouped = made["results"], made["by_employer"]
    named = results[results["employer_name"].notna() & results["urgency"].notna()]
    assert grouped["member_total"].sum() == sum(named["member_total"].dropna(), Decimal(0)) > 0
    assert made["chart"].to_dict()["mark"]["type"] == "bar"
    assert len(made["steps"]) > 5
