"""The sample cases cover what the calculator can say."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from calculator.calculation.assess import assess
from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.codes import REASONS
from calculator.calculation.outcome import Outcome
from calculator.calculation.signals import Confidence, Urgency
from calculator.spreadsheets.read import read_cases, read_sheet
from rules.positions import Positions
from tests.test_commands import exitcap


@pytest.fixture
def outcome(sample_cases: Path, frozen_tables: None) -> Outcome:
    return assess(read_cases(read_sheet(sample_cases)), Positions(), date(2026, 11, 22))


def test_there_are_at_least_sixty(outcome: Outcome) -> None:
    assert outcome.cases.size >= 60


def test_every_triage_urgency_and_confidence_is_there(outcome: Outcome) -> None:
    assert set(outcome.texts("triage")) == {triage.name.lower() for triage in Triage}
    for name, codes in (("urgency", Urgency), ("confidence", Confidence)):
        expected = {code.name.lower() for code in codes if code.value}
        assert set(outcome.texts(name)) == {*expected, ""}


def test_every_reason_is_there(outcome: Outcome) -> None:
    given = {code for text in outcome.texts("reasons") for code in text.split(";")}
    # The first month of an exit on 4 November 2020 runs out on 30 November 2026.
    assert set(REASONS) - {"pension_instalments_running_out"} <= given


@pytest.mark.parametrize("name", ["employer_kind", "nation", "exit_reason", "scheme"])
def test_every_choice_is_there(outcome: Outcome, name: str) -> None:
    from calculator.facts.fields import BY_NAME

    assert len(set(outcome.cases.choices[name].tolist()) - {0}) == len(BY_NAME[name].choice_names)


def test_both_payees_are_owed(outcome: Outcome) -> None:
    assert (outcome.figures("member_total").values > 0).any()
    assert (outcome.figures("scheme_total").values > 0).any()


def test_the_rows_named_in_the_readme_show_what_it_says(
    outcome: Outcome, sample_cases: Path
) -> None:
    page = sample_cases.with_name("README.md").read_text(encoding="utf-8")
    rows = {f"S{row + 1:03d}": row for row in range(outcome.cases.size)}
    named = 0
    for line in page.splitlines():
        match = re.match(r"\| (?:(triage|urgency|confidence) )?`(\w+)` \| (S\d.*) \|", line)
        if match is None:
            continue
        column, code = match.group(1) or "reasons", match.group(2)
        for reference in re.findall(r"S\d+", match.group(3)):
            named += 1
            assert code in outcome.texts(column)[rows[reference]].split(";"), (reference, code)
    assert named > 150


def test_letters_to_employer_and_scheme_are_ready_and_others_held(
    sample_cases: Path, tmp_path: Path
) -> None:
    out = tmp_path / "letters.zip"
    done = exitcap("letters", sample_cases, out, "--as-at", "2026-11-22", "--to", "employer")
    assert "2 letters written" in done.stderr
    assert "held: to check first" in done.stderr
    done = exitcap(
        "letters", sample_cases, out, "--as-at", "2026-11-22", "--to", "scheme", "--force"
    )
    assert "2 letters written" in done.stderr
    with ZipFile(out) as written:
        names = {name for name in written.namelist() if name.startswith("letters/scheme/")}
    assert {name.removeprefix("letters/scheme/")[:4] for name in names} == {"S006", "S007"}
