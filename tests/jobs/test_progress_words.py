"""What a page says of a file that is calculated."""

from __future__ import annotations

from datetime import date

import pytest

from calculator.calculation.codes import TRIAGES
from calculator.facts.checks import CHECKS
from calculator.facts.fields import FIELDS
from calculator.jobs import (
    progress_words,
)
from calculator.jobs.desk import Desk
from calculator.jobs.messages import Progress
from calculator.jobs.progress_words import check_words, status_words, sure_words
from rules.positions import Positions
from tests.jobs.helpers import (
    AS_AT,
)


def test_progress_in_words() -> None:
    def words(stage: str, done: int, total: int, now: float) -> tuple[float, str]:
        progress = Progress(stage=stage, done=done, total=total, started=100.0)
        return progress_words.progress_words(progress, now)

    assert progress_words.progress_words(None, 0) == (0.0, "Starting")
    assert words("reading", 0, 0, 101)[1] == "Reading the file"
    assert words("checking", 0, 0, 107.4)[1] == "Reading the cells, 7 seconds so far"
    assert words("working", 45_000, 100_000, 102)[1] == (
        "Calculating the cases: 45,000 of 100,000 cases, 22,500 a second, about 2 seconds left"
    )
    assert words("writing letters", 300, 1_000, 101)[1] == (
        "Writing the letters: 300 of 1,000 letters, 300 a second, about 2 seconds left"
    )
    assert words("workbook", 10, 10_000, 110)[1].endswith("1 a second, about 166 minutes left")
    shares = [words(stage, 1, 2, 101)[0] for stage in ("reading", "checking", "working", "sorting")]
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 for share in shares)


def test_settings_changed_since_are_said(sample: Desk) -> None:
    summary = sample.summary
    assert progress_words.since_changed(summary, Positions(), AS_AT) == ""
    later = progress_words.since_changed(summary, Positions(), date(2026, 12, 1))
    assert "as at 22 November 2026. Since then the day of calculation is now 1 December" in later
    other = Positions.from_mapping({"interest_start": "exit"})
    assert "open questions of law" in progress_words.since_changed(summary, other, AS_AT)


def test_the_charts_say_in_words_what_they_show(sample: Desk) -> None:
    summary = sample.summary
    for name, payee, pence in progress_words.owed_bars(summary):
        assert name in progress_words.owed_words(summary)
        assert payee in ("To members", "To pension schemes")
        assert pence >= 0
    red = summary.urgency["red"]
    assert f"red: 28 days or fewer, {red} cases" in progress_words.days_left_words(summary)
    assert [row[0] for row in progress_words.triage_rows(summary)][:2] == [
        "Cannot be read",
        "Not reached by the cap",
    ]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("Cases 2026.xlsx", "Cases 2026-results.xlsx"),
        ("../../x<y>.csv", "x-y--results.xlsx"),
        (".csv", "-csv-results.xlsx"),
        ("", "cases-results.xlsx"),
    ],
)
def test_the_name_of_a_download(given: str, name: str) -> None:
    assert progress_words.download_name(given, "results.xlsx") == name


def test_choices_are_shown_as_words_that_the_reader_takes() -> None:
    for field in FIELDS:
        for name in field.choice_names:
            assert field.parse(progress_words.problem_words("", name)) == field.parse(name)
    assert progress_words.problem_words("This is wrong.", "Enter strain_quote.") == (
        "This is wrong. Enter strain quote."
    )


def test_words_for_columns_and_counts() -> None:
    assert progress_words.columns_sentence(63, 63) == "All 63 columns are read."
    assert progress_words.columns_sentence(5, 2).startswith(
        "Of 5 columns, 2 are read. The other 3 are kept"
    )
    assert "The other one is kept" in progress_words.columns_sentence(2, 1)
    assert progress_words.missing_words("evidence;case:S1") == "Documents held, case S1"


def test_what_is_to_be_checked_is_said_in_words() -> None:
    assert check_words("") == ""
    assert check_words("settlement_agreement;scots_law") == "Settlement agreement, Scots law"
    for code in CHECKS:
        assert "_" not in check_words(code)


def test_every_result_has_its_status_in_words() -> None:
    for triage in TRIAGES:
        assert "_" not in status_words(triage, "")
    assert status_words("needs_data", "expired") == "Run out: ask a lawyer. Facts needed"
    assert status_words("needs_data", "red", 1) == "Facts needed"
    assert status_words("needs_data", "red", 0) == "Start a claim today. Facts needed"
    assert sure_words("stated") == "Not yet backed by documents"
