"""The index as a tracker: filled in by its owner, read back, and the chasers that follow from it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from calculator.facts.problems import FileProblem
from calculator.letters.bundle import write_letters
from calculator.letters.letter import LettersWanted
from calculator.letters.recipients import USUAL, Recipient
from calculator.letters.tracker import TRACKED, Tracked, read_tracker
from calculator.letters.word.letter_parts import letter_parts
from calculator.letters.words import LETTER_SKIPPED
from tests.letters_helpers import CAPPED, SENDER, text_of, worked
from tests.test_commands import case_file, exitcap

LATER = date(2027, 1, 5)
ALL = LettersWanted(SENDER)
SENT, PAST = date(2026, 11, 23), date(2026, 11, 27)


def write_index(folder: Path, *cases: Mapping[str, Any]) -> Path:
    """The index of the letters of some cases, out of their zip."""
    write_letters(folder / "letters.zip", worked(*cases), ALL)
    with ZipFile(folder / "letters.zip") as parts:
        (folder / "index.xlsx").write_bytes(parts.read("index.xlsx"))
    return folder / "index.xlsx"


def fill_in(path: Path, case: str, to: str, **cells: Any) -> None:
    """Fill in a row, as a person does in a spreadsheet program."""
    book = openpyxl.load_workbook(path)
    page = book["Letters"]
    place = {cell.value: cell.column for cell in page[1]}
    for row in range(2, page.max_row + 1):
        if (page.cell(row, place["Case"]).value, page.cell(row, 2).value) == (case, to):
            for name, value in cells.items():
                page.cell(row, place[TRACKED.get(name, name)]).value = value
    book.save(path)


def rows_of(path: Path, sheet: str = "Letters") -> list[dict[str, Any]]:
    """The rows of a sheet of the index in a zip."""
    with ZipFile(path) as parts:
        page = openpyxl.load_workbook(io.BytesIO(parts.read("index.xlsx")), data_only=True)[sheet]
    heads, *rows = page.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_what_is_filled_in_is_read_back(tmp_path: Path) -> None:
    path = write_index(tmp_path, CAPPED)
    entered = {"sent_on": "23/11/2026", "how": "post", "checked_by": "Jo", "replied_on": SENT}
    fill_in(path, "A1", "employer", **entered, standstill_until="1 March 2027", notes="ours")
    tracked = read_tracker(path, LATER)
    assert tracked["a1", Recipient.EMPLOYER] == Tracked(
        "Jo", SENT, "post", PAST, SENT, None, date(2027, 3, 1), "ours"
    )
    assert tracked["a1", Recipient.MEMBER] == Tracked(reply_due=PAST)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"sent_on": "soon"}, "I2 (Sent on) cannot be read: This is not a day"),
        ({"replied_on": "1/1/27"}, "L2 (Replied on) cannot be read: The year needs four figures"),
        ({"sent_on": date(2027, 1, 6)}, "I2 (Sent on) is after 5 January 2027"),
        ({"sent_on": date(2026, 12, 24)}, "K2 (Reply due) is before the letter was sent"),
        ({"Letter to": "court"}, "B2 (Letter to) must be employer, scheme"),
        ({"Letter to": "scheme"}, "A3 (Case) has two rows for the letter to the scheme"),
        ({"sent_on": "=1/0"}, "I2 (Sent on) holds an error or a formula without a result"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(
    tmp_path: Path, cells: dict[str, Any], said: str
) -> None:
    path = write_index(tmp_path, CAPPED)
    fill_in(path, "A1", "employer", **cells)
    with pytest.raises(FileProblem) as problem:
        read_tracker(path, LATER)
    assert said in str(problem.value)


def test_a_workbook_of_another_kind_is_no_index(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Case", "Letter to"])
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(FileProblem, match="this is no index of letters"):
        read_tracker(tmp_path / "other.xlsx", LATER)


WHY: tuple[tuple[dict[str, Any], str], ...] = (
    ({}, "not_sent"),
    ({"sent_on": SENT}, ""),
    ({"sent_on": SENT, "reply_due": LATER}, "reply_not_due"),
    ({"sent_on": SENT, "reply_due": None}, "no_reply_day"),
    ({"sent_on": SENT, "replied_on": date(2026, 12, 1)}, "replied"),
    ({"sent_on": SENT, "acknowledged_on": date(2026, 12, 1)}, "acknowledged"),
    ({"sent_on": SENT, "standstill_until": LATER}, "standstill"),
    ({"sent_on": SENT, "standstill_until": date(2027, 1, 4)}, "standstill_over"),
)


@pytest.mark.parametrize(("cells", "why"), WHY)
def test_a_chaser_is_written_only_where_no_reply_came_in_time(
    tmp_path: Path, cells: dict[str, Any], why: str
) -> None:
    path = write_index(tmp_path, CAPPED)
    fill_in(path, "A1", "employer", **cells)
    outcome = worked(CAPPED)
    outcome.as_at = LATER
    tracker = read_tracker(path, LATER)
    write_letters(tmp_path / "chasers.zip", outcome, ALL, chase=tracker)
    row = next(r for r in rows_of(tmp_path / "chasers.zip") if r["Letter to"] == "employer")
    if why:
        assert (row["Status"], row["Why, or what to know first"]) == (
            "skipped",
            LETTER_SKIPPED[why],
        )
        entered = {TRACKED[name]: value for name, value in cells.items()}
        shown = {name: row[name] and row[name].date() for name in entered}
        assert shown == entered, "what was entered goes on in the new index"
    else:
        assert (row["Status"], row["File"]) == (
            "written",
            "chasers/employer/A1_employer_2027-01-05.docx",
        )


def test_a_chaser_says_what_it_reminds_of_and_has_no_schedule(tmp_path: Path) -> None:
    index = write_index(tmp_path, CAPPED)
    for to in USUAL:
        fill_in(index, "A1", to, sent_on=SENT, notes="by hand")
    case = case_file(tmp_path, {name: str(value) for name, value in CAPPED.items()})
    out = tmp_path / "chasers.zip"
    done = exitcap("letters", case, out, "--as-at", LATER.isoformat(), "--chase", index)
    assert (done.returncode, "3 letters written." in done.stderr) == (0, True), done.stderr
    with ZipFile(out) as parts:
        texts = {
            to: text_of(letter_parts(parts.read(f"chasers/{to}/A1_{to}_{LATER}.docx")))
            for to in USUAL
        }
    for text in texts.values():
        assert "We wrote to you on 23 November 2026" in text
        assert "Please reply by " in text
        assert "Schedule" not in text
        assert "£" not in text.replace("£95,000", "")
    assert "asked for a reply by 27 November 2026" in texts[Recipient.EMPLOYER]
    row = rows_of(out)[0]
    assert row["Sent on"] is None, "the chaser itself is yet to be sent"
    assert row["Notes"] == "Chaser of the letter sent on 23 November 2026. by hand"


def test_a_letter_in_the_index_without_its_case_is_said(tmp_path: Path) -> None:
    index = write_index(tmp_path, CAPPED, {**CAPPED, "case_ref": "GONE"})
    tracker = read_tracker(index, LATER)
    write_letters(tmp_path / "out.zip", worked(CAPPED), ALL, chase=tracker)
    said = [
        row["What is wrong or to confirm"] for row in rows_of(tmp_path / "out.zip", "From the file")
    ]
    assert (
        "The index has a letter to the employer of case gone, which is not among the cases." in said
    )


def test_the_index_is_a_table_to_work_with(tmp_path: Path) -> None:
    path = write_index(tmp_path, CAPPED)
    book = openpyxl.load_workbook(path)
    page = book["Letters"]
    cells = {cell.value: page.cell(2, cell.column) for cell in page[1]}
    assert page.auto_filter.ref == f"A1:{page.cell(1, page.max_column).column_letter}4"
    assert cells["Issue by"].value.date() == date(2026, 12, 30)
    assert cells["Reply due"].number_format == "d mmmm yyyy"
    assert cells["Employer"].value == "Anytown Council"
    assert cells["File"].value.startswith(
        '=HYPERLINK("letters/employer/A1_employer_2026-11-22.docx"'
    )
    notes = [row[1:] for row in book["Case notes"].iter_rows(min_row=2, values_only=True)]
    assert ("Document missing", "The P45") in notes
    assert {kind for kind, _ in notes} == {"Assumption", "Document missing"}


def test_what_assess_says_is_said_before_and_stands_in_the_index(tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text(
        "case_ref,exit_date,employer_name,employer_kind,redundancy_due,redundancy_paid,Early pension bill\n"
        "A,2020-12-31,Anytown Council,council,100000,95000,78000\n"
        "B,2020-12-31,Anytown Council,council,5000,100000,\n"
        "C,2020-12-31,Anytown Council,council,lots,100000,\n",
        encoding="utf-8",
    )
    of_assess = exitcap(
        "assess", tmp_path / "cases.csv", tmp_path / "out.csv", "--as-at", "2026-11-22"
    )
    done = exitcap("letters", tmp_path / "cases.csv", tmp_path / "out.zip", "--as-at", "2026-11-22")
    lines, before = done.stderr.splitlines(), of_assess.stderr.splitlines()
    first = lines[: next(n for n, line in enumerate(lines) if "letters written" in line)]
    assert first
    assert first == before[: len(first)]
    sentences = {
        row["What is wrong or to confirm"] for row in rows_of(tmp_path / "out.zip", "From the file")
    }
    assert any("Early pension bill" in said for said in sentences)
    why = {row["Case"]: row["Why, or what to know first"] for row in rows_of(tmp_path / "out.zip")}
    assert "More was paid than was due." in why["B"]
    assert why["C"].startswith(LETTER_SKIPPED["error"])
    assert "This is not an amount of money." in why["C"]
