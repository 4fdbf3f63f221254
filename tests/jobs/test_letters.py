"""The letters of many cases, written by a job."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from calculator.calculation.assess import assess
from calculator.jobs import (
    LETTERS,
    RESULTS,
    UPLOAD,
)
from calculator.jobs.desk import Desk, Stage
from calculator.letters.bundle import write_letters
from calculator.letters.letter import LettersWanted as Letters
from calculator.letters.recipients import Recipient, WithoutConsent
from calculator.letters.sender import Sender
from calculator.letters.word.house_letter import house_template
from calculator.letters.word.own import OwnLetter
from calculator.letters.words import LETTER_SKIPPED
from calculator.spreadsheets.read import read_cases, read_sheet
from rules.positions import Positions
from tests.jobs.helpers import (
    AS_AT,
    likely_request,
    until,
    until_done,
    until_written,
)
from tests.letters.test_tracker import fill_in


@pytest.fixture
def three(empty: Desk) -> Desk:
    """Three cases worked out: one agreed to letters, one not, one with nothing owed."""
    empty.take(
        "three.csv",
        b"case_ref,exit_date,member_name,consent_to_disclose,redundancy_due,redundancy_paid\n"
        b"A,2020-12-01,Ann Example,yes,99000,95000\nB,2020-12-01,Bo Example,no,99000,95000\n"
        b"C,2020-12-01,Cy Example,yes,5000,5000\n",
    )
    until(empty, Stage.LOOKING)
    empty.work(likely_request(empty.look))
    until_written(empty)
    return empty


def letters_in(desk_: Desk) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(desk_.content(LETTERS))) as found:
        return {name: found.read(name) for name in found.namelist()}


def test_the_letters_are_those_of_the_same_cases_and_settings(three: Desk, tmp_path: Path) -> None:
    asked = Letters(Sender(organisation="Our Union"), without_consent=WithoutConsent.MEMBER)
    three.write_letters(asked)
    assert three.writes_letters
    until_done(three)
    assert three.stage is Stage.WORKED
    assert three.letters is not None
    table = tmp_path / "three.csv"
    table.write_bytes((three._path(f"{UPLOAD}.csv")).read_bytes())
    outcome = assess(read_cases(read_sheet(table)), Positions(), AS_AT)
    written = write_letters(tmp_path / "direct.zip", outcome, asked)
    assert three.letters.written == written.written == 4
    with ZipFile(tmp_path / "direct.zip") as direct:
        assert letters_in(three) == {name: direct.read(name) for name in direct.namelist()}


def test_consent_holds_for_letters_of_many_cases(three: Desk) -> None:
    three.write_letters(Letters(to=(Recipient.EMPLOYER,)))
    until_done(three)
    assert [name for name in letters_in(three) if name.endswith(".docx")] == [
        "letters/employer/A_employer_2026-11-22.docx"
    ]
    assert three.letters is not None
    assert dict(three.letters.skipped) == {
        LETTER_SKIPPED["no_consent"]: 1,
        LETTER_SKIPPED["not_capped"]: 1,
    }


def test_their_own_letter_is_used_for_many_cases(three: Desk) -> None:
    marked = house_template(Recipient.MEMBER)
    held = io.BytesIO()
    with ZipFile(io.BytesIO(marked)) as old, ZipFile(held, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = data.replace(b"{{ subject }}", b"OURS {{ subject }}")
            new.writestr(name, data)
    own = {Recipient.EMPLOYER: OwnLetter("ours.docx", held.getvalue())}
    three.write_letters(Letters(to=(Recipient.EMPLOYER, Recipient.MEMBER), own=own))
    until_done(three)
    assert three.error == ""
    for name, data in letters_in(three).items():
        if name.endswith(".docx"):
            with ZipFile(io.BytesIO(data)) as found:
                text = found.read("word/document.xml")
            assert (b"OURS " in text) is ("/employer/" in name)


def test_no_letter_to_write_is_said_and_the_results_stay(empty: Desk) -> None:
    empty.take("one.csv", b"case_ref,exit_date,redundancy_due,redundancy_paid\nC,2020-12-01,5,5\n")
    until(empty, Stage.LOOKING)
    empty.work(likely_request(empty.look))
    until_written(empty)
    empty.write_letters(Letters())
    until_done(empty)
    assert empty.stage is Stage.WORKED
    assert empty.error == ""
    assert empty.letters is not None
    assert empty.letters.written == 0
    assert dict(empty.letters.skipped) == {LETTER_SKIPPED["not_capped"]: 3}
    assert empty.has(RESULTS)


def test_letters_stopped_leave_the_results(empty: Desk, many: bytes) -> None:
    empty.take("many.csv", many[: len(many) // 100].rpartition(b"\n")[0])
    until(empty, Stage.LOOKING)
    empty.work(likely_request(empty.look))
    until_written(empty)
    empty.write_letters(Letters(without_consent=WithoutConsent.MEMBER))
    empty.stop_letters()
    assert not empty.busy
    assert empty.stage is Stage.WORKED
    assert empty.letters is None
    assert empty.has(RESULTS)
    assert not empty.has(LETTERS)
    assert empty.error == ""


def test_with_an_index_filled_in_reminders_are_written(three: Desk, tmp_path: Path) -> None:
    three.write_letters(Letters(to=(Recipient.EMPLOYER,)))
    until_done(three)
    index = tmp_path / "index.xlsx"
    index.write_bytes(letters_in(three)["index.xlsx"])
    fill_in(index, "A", "employer", sent_on=date(2026, 11, 1), reply_due=date(2026, 11, 15))
    three.write_letters(Letters(to=(Recipient.EMPLOYER,)), index.read_bytes())
    until_done(three)
    assert [name for name in letters_in(three) if name.endswith(".docx")] == [
        "chasers/employer/A_employer_2026-11-22.docx"
    ]
    three.write_letters(Letters(), b"no index")
    until_done(three)
    assert "cannot be opened as a workbook" in three.error
    assert three.stage is Stage.WORKED
