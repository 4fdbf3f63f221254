"""Extending an official table is adding rows: the rules use them, nothing else moves, no test goes red."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from rules.arrays import Days
from rules.dated import read_table
from rules.pension import STATE_PENSION_AGE
from tests import ROOT
from tests.frozen import KNOWN_AT_RELEASE
from tests.rules.test_dated import every_table

TABLES = ROOT / "rules" / "data"
NATIONS = ("ruk", "scotland")
MODULES = ("arrays", "choices", "dated", "late_benefits", "pension", "redundancy", "tax")
ENDS = {table.name: table.last for table in every_table()}


def rows_to_add(end: dict[str, np.datetime64]) -> dict[str, list[dict[str, str]]]:
    """Invented rows that begin on the day after each table ends, wherever that is."""
    bank, pensions, factors, births, taxed = (
        end[name]
        for name in (
            "Bank Rate",
            "Pensions increase",
            "The set of factors for LGPS pensions paid early",
            "State Pension age by day of birth",
            "The bands of income tax",
        )
    )
    year = int(str(taxed)[:4])
    months = STATE_PENSION_AGE.windows[-1].value + 1
    return {
        "bank_rate.csv": [
            {"effective_from": on(bank, 1), "rate_percent": "3.50", "known_to": on(bank, 40)},
            {"effective_from": on(bank, 41), "rate_percent": "3.25", "known_to": on(bank, 80)},
        ],
        "weekly_pay_limits.csv": [
            {
                "nation": nation,
                "effective_from": on(end[name], 1),
                "limit_pounds": pounds,
                "known_to": on(end[name], 365),
            }
            for nation, name, pounds in (
                ("gb", "The limit on a week's pay in Great Britain", "790"),
                ("ni", "The limit on a week's pay in Northern Ireland", "820"),
            )
        ],
        "pensions_increase.csv": [
            {
                "effective_from": on(pensions, 1),
                "percent": "2.5",
                "confidence": "invented",
                "known_to": on(pensions, 364),
            }
        ],
        "lgps_early_retirement.csv": [
            {
                "factor_set": on(factors, 1),
                "years_early": str(years),
                "pension_percent": f"{4 * years}.0",
                "lump_sum_percent": f"{years}.5",
                "known_to": on(factors, 365),
            }
            for years in range(11)
        ],
        "state_pension_age.csv": [
            {
                "born_from": on(births, 1),
                "born_to": on(births, 30),
                "spa_years": str(months // 12),
                "spa_months": str(months % 12),
            }
        ],
        "income_tax_bands.csv": [
            {
                "tax_year": f"{year}-{(year + 1) % 100:02d}",
                "nation": nation,
                "personal_allowance": "13000",
                "taper_threshold": "100000",
                "band_upper_limit_of_taxable_income": limit,
                "rate_percent": rate,
                "savings_basic_rate_percent": "22",
            }
            for nation in NATIONS
            for limit, rate in (("40000", "20"), ("", "40"))
        ],
    }


def on(end: np.datetime64, later: int) -> str:
    return str(end + later)


def extend(folder: Path, *names: str) -> None:
    """Append the rows to tables of a folder, as text: no line that is there is touched."""
    for name in names:
        columns = list(read_table(name)[0])
        with (folder / name).open("a", encoding="utf-8", newline="") as file:
            for row in ROWS[name]:
                file.write(",".join(row.get(column, "") for column in columns) + "\n")


ROWS = rows_to_add(ENDS)


def rules_in(folder: Path) -> SimpleNamespace:
    """The rules of a folder, loaded beside those the other tests use."""
    held = {name: sys.modules.pop(name) for name in list(sys.modules) if is_rule(name)}
    sys.path.insert(0, str(folder))
    try:
        return SimpleNamespace(**{n: importlib.import_module(f"rules.{n}") for n in MODULES})
    finally:
        sys.path.remove(str(folder))
        for name in filter(is_rule, list(sys.modules)):
            del sys.modules[name]
        sys.modules.update(held)


def is_rule(name: str) -> bool:
    return name == "rules" or name.startswith("rules.")


def copied(folder: Path, *names: str) -> Any:
    """A copy of the rules in a folder, with these tables extended."""
    shutil.copytree(ROOT / "rules", folder / "rules", ignore=shutil.ignore_patterns("__pycache__"))
    extend(folder / "rules" / "data", *names)
    return rules_in(folder)


@pytest.fixture(scope="module")
def real() -> Any:
    return rules_in(ROOT)


def tables_of(loaded: Any) -> dict[str, Any]:
    return {
        value.name: value
        for module in vars(loaded).values()
        for value in vars(module).values()
        if isinstance(value, loaded.dated.Dated)
    }


def one(day: np.datetime64) -> Days:
    return np.array([day], dtype="datetime64[D]")


@pytest.mark.parametrize("name", ROWS)
def test_a_row_more_moves_nothing_else(name: str, tmp_path: Path, real: Any) -> None:
    before, after = tables_of(real), tables_of(copied(tmp_path, name))
    assert set(before) == set(after) == set(KNOWN_AT_RELEASE)
    longer = {table for table in after if after[table].last > before[table].last}
    assert len(longer) == (2 if name == "weekly_pay_limits.csv" else 1)
    for table, old in before.items():
        days = np.arange(old.first, old.last + 1)
        assert (after[table].on(days) == old.on(days)).all()
        assert after[table].first == old.first
        assert (after[table].last == old.last) == (table not in longer)


@pytest.mark.parametrize("name", [name for name in ROWS if "known_to" in ROWS[name][0]])
def test_a_row_without_the_last_known_day_is_refused(name: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    path = tmp_path / "rules" / "data" / name
    extend(path.parent, name)
    path.write_text(path.read_text(encoding="utf-8").rstrip()[: -len("2027-01-01")] + "\n")
    with pytest.raises(ValueError, match="no known_to"):
        rules_in(tmp_path)


def test_interest_uses_a_rate_that_is_added(tmp_path: Path, real: Any) -> None:
    end = ENDS["Bank Rate"]
    amount, due, terms = np.array([10_000_000]), one(end - 50), real.late_benefits.TERMS[1]
    late = copied(tmp_path, "bank_rate.csv").late_benefits

    def interest(loaded: Any, paid: np.datetime64) -> int:
        assert loaded.rates_known(due, one(paid), loaded.BANK_RATE).all()
        return int(loaded.interest_on_sum(amount, due, one(paid), terms, loaded.BANK_RATE)[0])

    for paid in (end - 10, end + 1):
        assert interest(late, paid) == interest(real.late_benefits, paid)
    assert not real.late_benefits.rates_known(due, one(end + 2), real.late_benefits.BANK_RATE)[0]
    assert not late.rates_known(due, one(end + 82), late.BANK_RATE)[0]
    # £100,000 at 3.5% and the scheme's 1%: £12.33 a day
    assert interest(late, end + 31) - interest(late, end + 1) in (36_986, 36_987)


@pytest.mark.parametrize(("nation", "pounds"), [("ENGLAND", 790), ("NORTHERN_IRELAND", 820)])
def test_redundancy_pay_uses_a_limit_that_is_added(
    nation: str, pounds: int, tmp_path: Path, real: Any
) -> None:
    place = "Northern Ireland" if nation == "NORTHERN_IRELAND" else "Great Britain"
    first = one(ENDS[f"The limit on a week's pay in {place}"] + 1)
    code = np.array([real.choices.Nation[nation]])
    limit, known = copied(tmp_path, "weekly_pay_limits.csv").redundancy.weekly_limit(first, code)
    assert (limit.tolist(), known.tolist()) == ([100 * pounds], [True])
    assert real.redundancy.weekly_limit(first, code)[1].tolist() == [False]


def test_a_pension_uses_an_increase_that_is_added(tmp_path: Path, real: Any) -> None:
    begins, first = one(np.datetime64("2021-01-01")), one(ENDS["Pensions increase"] + 1)
    loss = np.array([100_000_000])
    longer = copied(tmp_path, "pensions_increase.csv").pension
    was, now = (int(longer.with_increases(loss, begins, day)[0]) for day in (first - 1, first + 1))
    assert abs(now - was * 1.025) <= 1
    for day in (first - 100, first):
        assert longer.arrears(loss, begins, day) == real.pension.arrears(loss, begins, day)
    assert not real.pension.increases_known(begins, first + 1)[0]
    assert longer.increases_known(begins, first + 1)[0]


def test_a_reduction_uses_a_set_of_factors_that_is_added(tmp_path: Path, real: Any) -> None:
    first = one(ENDS["The set of factors for LGPS pensions paid early"] + 1)
    longer = copied(tmp_path, "lgps_early_retirement.csv").pension
    in_five_years = longer.months_on(first, 60)
    for sets, tenths in ((longer.PENSION_FACTORS, 200), (longer.LUMP_SUM_FACTORS, 55)):
        parts, known = longer.reduction(first, in_five_years, sets)
        assert (parts.tolist(), known.tolist()) == ([tenths * longer.PARTS_OF_TENTH], [True])
    assert not real.pension.reduction(first, in_five_years, real.pension.PENSION_FACTORS)[1][0]


def test_a_pension_age_uses_a_birth_that_is_added(tmp_path: Path, real: Any) -> None:
    born = one(ENDS["State Pension age by day of birth"] + 1)
    longer = copied(tmp_path, "state_pension_age.csv").pension
    months = STATE_PENSION_AGE.windows[-1].value + 1
    assert longer.normal_pension_day(born) == longer.months_on(born, months)
    assert np.isnat(real.pension.normal_pension_day(born))[0]


def test_tax_uses_a_year_that_is_added(tmp_path: Path, real: Any) -> None:
    first = ENDS["The bands of income tax"] + 1
    longer = copied(tmp_path, "income_tax_bands.csv").tax
    year = int(str(first)[:4])
    assert [longer.tax_year(day) for day in (first - 1, first)] == [year - 1, year]
    assert real.tax.tax_year(first) is None
    everyone = np.array([False, True])
    # £50,000 over an allowance of £13,000: £37,000 at 20%
    payment, nothing = np.array([5_000_000] * 2), np.zeros(2, dtype=np.int64)
    assert longer.extra_tax(nothing, payment, year, everyone).tolist() == [740_000] * 2
    assert longer.deducted_from_interest(np.array([100_00]), year).tolist() == [22_00]
    assert real.tax.SAVINGS_BASIC_RATES | {year: 22} == longer.SAVINGS_BASIC_RATES


SENSITIVE = (  # what reads the official tables
    "letters/test_wording.py",
    "promises/test_oracle.py",
    "promises/test_oracle_examples.py",
    "calculation/test_pension.py",
    "test_self_check.py",
    "rules",
    "promises/test_sample.py",
)


def test_no_test_goes_red_when_every_table_is_extended(tmp_path: Path) -> None:
    """In a copy with a row more in every table, the tests that read the tables are run."""
    for part in ("rules", "calculator", "sample_data", "docs", "tests"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    extend(tmp_path / "rules" / "data", *ROWS)
    found = [str(tmp_path / "tests" / name) for name in SENSITIVE]
    done = subprocess.run(  # noqa: S603 - our own tests
        [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", *found],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONSAFEPATH": ""},
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr
