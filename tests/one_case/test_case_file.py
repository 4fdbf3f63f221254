"""Case files: what is saved is what is opened, and what changed since is said."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from calculator.calculation.result_columns import OUTPUT_NAMES
from calculator.facts.fields import FIELDS
from calculator.facts.problems import FileProblem
from calculator.one_case.case_file import (
    as_text,
    case_file_text,
    changes_since,
    exits_of_upload,
    read_case_file,
)
from calculator.one_case.case_workbook import case_workbook
from calculator.one_case.person import of_one_person, people, work
from rules import VERSION
from rules.positions import Positions

AS_AT = date(2026, 11, 22)


CASE = {
    "case_ref": "0012",
    "person_ref": "M-17",
    "exit_date": "31/12/2020",
    "redundancy_due": "£100,000",
    "redundancy_paid": "95000",
}


SECOND = {**CASE, "case_ref": "0013", "exit_date": "2021-01-10", "redundancy_paid": ""}


@pytest.mark.parametrize("exits", [[CASE], [CASE, SECOND]])
def test_a_saved_case_opens_with_the_same_facts_and_no_change(exits: list[dict[str, str]]) -> None:
    outcome = work(exits, Positions(interest_start="exit"), AS_AT).outcome
    file = read_case_file(case_file_text(exits, outcome))
    assert [as_text(facts) for facts in file.exits] == [
        {name: value for name, value in facts.items() if value} for facts in exits
    ]
    assert file.saved is not None
    assert (file.saved.rules_version, file.saved.as_at) == (VERSION, AS_AT)
    assert file.saved.positions.interest_start == "exit"
    assert changes_since(file) == []


def test_exits_entered_as_those_of_one_person_are_saved_as_such() -> None:
    exits = [{**facts, "person_ref": ""} for facts in (CASE, SECOND)]
    outcome = work(of_one_person(exits), Positions(), AS_AT).outcome
    for file in (
        read_case_file(case_file_text(exits, outcome)),
        exits_of_upload("case.xlsx", case_workbook(exits)),
    ):
        again = work(file.exits, Positions(), AS_AT).outcome
        assert again.texts("cap_available") == outcome.texts("cap_available")
        assert again.texts("cap_available") != ["95000.00", "95000.00"]


def test_a_file_saved_before_exits_had_to_have_a_reference_still_holds_one_person() -> None:
    exits = [CASE, SECOND]
    saved = json.loads(case_file_text(exits, work(exits, Positions(), AS_AT).outcome))
    for facts in saved["exits"]:
        del facts["person_ref"]
    assert len(people(read_case_file(json.dumps(saved)).exits)) == 1
    del saved["saved"]
    assert len(people(read_case_file(json.dumps(saved)).exits)) == 2


def test_what_is_saved_is_told_in_plain_values() -> None:
    outcome = work([CASE], Positions(cut_order="pro_rata"), AS_AT).outcome
    saved = json.loads(case_file_text([CASE], outcome))["saved"]
    assert saved == {
        "rules_version": VERSION,
        "as_at": "2026-11-22",
        "positions": {**asdict(Positions()), "cut_order": "pro_rata"},
        "results": [outcome.row(0)],
    }


def test_cells_of_a_typed_workbook_are_what_the_form_holds(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    cells = {
        "case_ref": 17,
        "exit_date": datetime(2020, 12, 31),
        "severance_due": 99500.5,
        "severance_paid": 95000.0,
        "strain_due_date": datetime(2021, 1, 4, 9, 30),
        "notes": None,
    }
    book.active.append(list(cells))
    book.active.append(list(cells.values()))
    book.save(tmp_path / "typed.xlsx")
    (found,) = exits_of_upload("typed.xlsx", (tmp_path / "typed.xlsx").read_bytes()).exits
    assert as_text(found) == {
        "case_ref": "17",
        "exit_date": "31 December 2020",
        "severance_due": "£99,500.50",
        "severance_paid": "£95,000.00",
        "strain_due_date": "2021-01-04 09:30:00",
    }


def test_what_changed_since_it_was_saved_is_said_by_result() -> None:
    whole = json.loads(case_file_text([CASE], work([CASE], Positions(), AS_AT).outcome))
    whole["saved"]["results"][0]["member_total"] = "1.00"
    (change,) = changes_since(read_case_file(json.dumps(whole)))
    assert (change.heading, change.before) == ("Owed to the member with interest", "1.00")
    assert change.after == work([CASE], Positions(), AS_AT).outcome.row(0)["member_total"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"exits": []}', "from 1 to 20 exits"),
        ('{"exits": 3}', "from 1 to 20 exits"),
        ('{"exits": [3]}', "must be an object"),
        ('{"exits": [{"case_ref": "A"}], "case_ref": "B"}', "case_ref beside its list"),
        ('{"case_ref": "A", "saved": 3}', "does not hold what this program saves"),
        ('{"case_ref": "A", "saved": {"rules_version": "1"}}', "does not hold what this program"),
        (
            '{"case_ref": "A", "saved": {"rules_version": "1", "as_at": "2026-01-01", "positions": '
            '{"interest_start": "never"}, "results": []}}',
            "does not hold what this program saves",
        ),
        (
            '{"case_ref": "A", "saved": {"rules_version": "1", "as_at": "2026-01-01", "positions": '
            '{"no_position": "x"}, "results": []}}',
            "does not hold what this program saves",
        ),
        (
            '{"case_ref": "A", "saved": {"rules_version": "1", "as_at": 86400, "positions": {}, '
            '"results": []}}',
            "does not hold what this program saves",
        ),
    ],
)
def test_a_bad_case_file_is_refused_in_one_line(text: str, message: str) -> None:
    with pytest.raises(FileProblem, match=message):
        read_case_file(text)


@pytest.mark.parametrize("exits", [[CASE], [CASE, SECOND]])
def test_the_workbook_of_a_case_gives_the_same_results(exits: list[dict[str, str]]) -> None:
    file = exits_of_upload("case.xlsx", case_workbook(exits))
    before, after = (work(each, Positions(), AS_AT).outcome for each in (exits, file.exits))
    for name in OUTPUT_NAMES:
        assert after.texts(name) == before.texts(name)


def test_a_workbook_of_every_field_comes_back_as_entered() -> None:
    facts = {field.name: "=1+1" if field.name == "notes" else "" for field in FIELDS} | CASE
    (found,) = exits_of_upload("case.xlsx", case_workbook([facts])).exits
    assert as_text(found) == {name: value for name, value in facts.items() if value}


def test_what_is_said_of_a_workbook_comes_with_its_case(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["Case reference", "Date of exit", "Strain cost (full)"])
    page.append(["A", "31/12/2020", 80_000])
    book.save(path)
    (said,) = exits_of_upload("case.xlsx", path.read_bytes()).notices
    assert said.startswith("The column 'Strain cost (full)' holds sums and is no field")


def test_a_spreadsheet_of_many_cases_is_sent_to_many_cases() -> None:
    many = [{**CASE, "case_ref": str(number)} for number in range(21)]
    with pytest.raises(FileProblem, match="Use Check a list"):
        exits_of_upload("case.xlsx", case_workbook(many))


def test_a_disk_without_room_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    with pytest.raises(FileProblem, match="cannot be kept on the server"):
        exits_of_upload("case.xlsx", case_workbook([CASE]))


@pytest.mark.parametrize("data", [b"\xff\xfe", b"{", b"PK\x03\x04"])
def test_bytes_that_are_no_case_are_refused_in_one_line(data: bytes) -> None:
    for name in ("case.json", "case.xlsx"):
        with pytest.raises(FileProblem):
            exits_of_upload(name, data)


def test_the_case_command_takes_a_case_saved_in_the_app(tmp_path: Path) -> None:
    from tests.test_commands import exitcap

    path = tmp_path / "case.json"
    exits = [CASE, SECOND]
    path.write_text(
        case_file_text(exits, work(exits, Positions(), AS_AT).outcome), encoding="utf-8"
    )
    done = exitcap("case", path, "--json", "--as-at", AS_AT.isoformat())
    found = [each["results"] for each in json.loads(done.stdout)]
    expected = work(exits, Positions(), AS_AT).outcome
    assert found == [expected.row(0), expected.row(1)]
