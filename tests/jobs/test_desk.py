"""A spreadsheet worked in a process of its own, for the browser app."""

from __future__ import annotations

import csv
import io
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from calculator.calculation.assess import assess
from calculator.calculation.confirmations import confirmations
from calculator.calculation.figures import FIGURES, LETTER_HEADS
from calculator.calculation.result_columns import OUTPUT_NAMES, OutputKind
from calculator.explanation.explain import explain
from calculator.facts.days import shown_day
from calculator.facts.fields import FIELDS
from calculator.jobs import (
    CASES,
    ERROR,
    LETTER_FIGURES,
    LETTERS,
    LOOK,
    PROBLEMS,
    REQUEST,
    RESULTS,
    RESULTS_CSV,
    SCRATCH,
    SUMMARY,
    UPLOAD,
    desk,
    folders,
    progress_words,
)
from calculator.jobs.case_list import (
    MOST_OF_PERSON,
    ORDERS,
    CaseTable,
    Wanted,
    as_entered,
    explained,
    write_cases,
)
from calculator.jobs.desk import Desk, Stage
from calculator.jobs.look import (
    Look,
    field_at,
    free_for,
    lacking,
    look_at,
    read_as,
    remembered,
)
from calculator.jobs.messages import Progress, read_json, write_json
from calculator.jobs.work import MOST_CELLS, Request, request_for
from calculator.letters.bundle import write_letters
from calculator.letters.letter import LettersWanted as Letters
from calculator.letters.recipients import Recipient, WithoutConsent
from calculator.letters.sender import Sender
from calculator.letters.word.house_letter import house_template
from calculator.letters.word.own import OwnLetter
from calculator.letters.words import LETTER_SKIPPED
from calculator.one_case.person import work
from calculator.spreadsheets.read import Opened, open_file, read_cases, read_sheet, sheet_of
from rules.positions import Positions
from tests import ROOT
from tests.generated import random_rows
from tests.hostile import MARKER

SAMPLE = ROOT / "sample_data" / "cases.csv"
AS_AT = date(2026, 11, 22)
SIZE = len(list(csv.reader(SAMPLE.read_text(encoding="utf-8").splitlines()))) - 1


def until(desk_: Desk, *stages: Stage, seconds: float = 90) -> None:
    """Wait while a desk is at one of these stages."""
    end = time.monotonic() + seconds
    while desk_.stage in stages:
        assert time.monotonic() < end, "too slow"
        time.sleep(0.02)


def now(desk_: Desk) -> Stage:
    return desk_.stage


def until_written(desk_: Desk, seconds: float = 90) -> None:
    until(desk_, Stage.WORKING, seconds=seconds)
    end = time.monotonic() + seconds
    while desk_.busy:
        assert time.monotonic() < end, "too slow"
        time.sleep(0.02)


def likely_request(look: Look, as_at: date = AS_AT, positions: Positions | None = None) -> Request:
    table = look["tables"][look["likely"]]
    return request_for(
        table["name"], table["heading_row"], table["taken"], as_at, positions or Positions()
    )


def gone(process: int, seconds: float = 10) -> bool:
    """True once a process is there no more, or only waits to be asked how it ended."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def empty() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.drop()


@pytest.fixture(scope="module")
def sample() -> Iterator[Desk]:
    """The sample cases, worked out."""
    made = Desk()
    made.take(SAMPLE.name, SAMPLE.read_bytes())
    until(made, Stage.LOOKING)
    made.work(likely_request(made.look))
    until_written(made)
    yield made
    made.drop()


@pytest.fixture(scope="module")
def by_command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of the sample cases by the command line."""
    folder = tmp_path_factory.mktemp("command")
    for name in (RESULTS, RESULTS_CSV):
        subprocess.run(  # noqa: S603 - our own command
            [
                *(sys.executable, "-m", "calculator", "assess", str(SAMPLE)),
                *(str(folder / name), "--as-at", AS_AT.isoformat()),
            ],
            check=False,
            cwd=ROOT,
            capture_output=True,
        )
    return folder


def content(desk_: Desk, name: str, folder: Path) -> Path:
    path = folder / name
    path.write_bytes(desk_.content(name))
    return path


# The results


def test_the_results_are_those_of_the_command(
    sample: Desk, by_command: Path, tmp_path: Path
) -> None:
    assert sample.error == ""
    assert (
        content(sample, RESULTS_CSV, tmp_path).read_bytes()
        == (by_command / RESULTS_CSV).read_bytes()
    )
    ours = openpyxl.load_workbook(content(sample, RESULTS, tmp_path))
    theirs = openpyxl.load_workbook(by_command / RESULTS)
    assert ours.sheetnames == theirs.sheetnames
    for name in ours.sheetnames:
        for mine, other in zip_longest(ours[name].values, theirs[name].values):
            assert mine == other, name


def test_the_counts_add_up(sample: Desk) -> None:
    summary = sample.summary
    assert summary["read"] == summary["computed"] + summary["in_error"] == SIZE
    assert sum(line["cases"] for line in summary["triage"]) == summary["read"]
    assert sum(line["member"] for line in summary["triage"]) == summary["member"]
    assert sum(line["scheme"] for line in summary["triage"]) == summary["scheme"]
    assert sample.table.count(Wanted()) == summary["read"]
    with_urgency = sample.table.count(
        Wanted(urgencies=tuple(filter(None, progress_words.URGENCIES)))
    )
    assert with_urgency == sum(summary["urgency"].values())
    assert sum(group["count"] for group in summary["groups"]) == (
        summary["must_fix"] + summary["to_confirm"]
    )
    assert progress_words.counts_sentence(summary) == (
        f"{SIZE} cases read: {summary['computed']} worked out, {summary['in_error']} in error."
    )


def test_the_letter_figures_are_those_of_the_workbook(sample: Desk, tmp_path: Path) -> None:
    page = openpyxl.load_workbook(content(sample, RESULTS, tmp_path))["Letter figures"]
    with content(sample, LETTER_FIGURES, tmp_path).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == page.max_row > 50
    head, *below = page.values
    assert rows[0] == list(LETTER_HEADS) == list(head)
    kinds = {figure.name: figure.kind for figure in FIGURES}
    for mine, theirs in zip(rows[1:], below, strict=True):
        for text, cell, name in zip(mine, theirs, LETTER_HEADS, strict=True):
            assert text == as_in_a_letter(cell, kinds.get(name, OutputKind.TEXT)), name


def as_in_a_letter(cell: Any, kind: OutputKind) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return shown_day(cell.date())
    shapes = {OutputKind.MONEY: "£{:,.2f}", OutputKind.HALVES: "{:.1f}", OutputKind.COUNT: "{:.0f}"}
    return shapes.get(kind, "{}").format(cell)


def test_the_workbook_of_problems_has_every_problem(sample: Desk, tmp_path: Path) -> None:
    page = openpyxl.load_workbook(content(sample, PROBLEMS, tmp_path))["Cases"]
    said = " ".join(str(page.cell(row, page.max_column).value) for row in range(2, SIZE + 2))
    for cell in sample.summary["cells"]:
        assert f"{cell['wrong']} {cell['enter']}" in said


# The table of cases


def test_the_table_is_most_urgent_first_and_pages_do_not_overlap(sample: Desk) -> None:
    whole = sample.table.page(Wanted(), 0, 1000)
    assert len({line.row for line in whole}) == SIZE
    pages = [
        line for start in range(0, SIZE, 50) for line in sample.table.page(Wanted(), start, 50)
    ]
    assert pages == whole
    left = [
        min(x for x in (line.contract_left, line.statute_left) if x is not None and x >= 0)
        for line in whole
        if line.urgency in ("red", "amber", "green")
    ]
    assert left == sorted(left)
    urgent = [bool(line.urgency) for line in whole]
    assert urgent == sorted(urgent, reverse=True)


def test_each_line_says_what_the_results_say(sample: Desk, by_command: Path) -> None:
    with (by_command / RESULTS_CSV).open(encoding="utf-8", newline="") as file:
        results = list(csv.DictReader(file))
    for line in sample.table.page(Wanted(order="file"), 0, 1000):
        found = results[line.row]
        assert line.number == line.row + 2
        assert (line.case_ref, line.triage) == (found["case_ref"], found["triage"])
        assert (line.urgency, line.confidence) == (found["urgency"], found["confidence"])
        assert (line.missing, line.employer) == (found["missing"], found["employer_name"])
        for day, name in ((line.contract_day, "contract"), (line.statute_day, "statute")):
            assert (day.isoformat() if day else "") == found[f"{name}_last_day"]
        for left, name in ((line.contract_left, "contract"), (line.statute_left, "statute")):
            assert ("" if left is None else str(left)) == found[f"{name}_days_left"]
        for pence, name in ((line.member, "member"), (line.scheme, "scheme")):
            text = found[f"{name}_total"]
            assert pence == (int(text.replace(".", "")) if text else None)


def test_filters_go_together_and_take_text_as_it_is(sample: Desk) -> None:
    table = sample.table
    wanted = Wanted(triages=("capped_exact", "needs_data"), urgencies=("red",), employer="COUNCIL")
    lines = table.page(wanted, 0, 1000)
    assert len(lines) == table.count(wanted) > 0
    for line in lines:
        assert line.triage in ("capped_exact", "needs_data")
        assert line.urgency == "red"
        assert "council" in line.employer.casefold()
    assert [line.case_ref for line in table.page(Wanted(reference="s007"), 0, 9)] == ["S007"]
    assert table.count(Wanted(employer="%")) == 0
    assert table.count(Wanted(employer="' OR 1=1 --")) == 0


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_gives_every_case(sample: Desk, order: str) -> None:
    lines = sample.table.page(Wanted(order=order), 0, 1000)
    assert len(lines) == SIZE
    if order in ("member", "scheme"):
        owed = [getattr(line, order) or 0 for line in lines]
        assert owed == sorted(owed, reverse=True)


def test_any_row_is_explained_as_the_whole_file_has_it(sample: Desk, by_command: Path) -> None:
    with (by_command / RESULTS_CSV).open(encoding="utf-8", newline="") as file:
        results = list(csv.DictReader(file))
    for row, expected in enumerate(results):
        found = explained(sample.table.exits_with(row), row, Positions(), AS_AT)
        assert found is not None
        got = found.outcome.row(found.place)
        assert {name: got[name] for name in OUTPUT_NAMES} == {
            name: expected[name].removeprefix("'") for name in OUTPUT_NAMES
        }
        words = explain(found.outcome, found.place).headline
        assert len(set(words)) == len(words)


def table_of(rows: list[dict[str, str]], folder: Path) -> tuple[CaseTable, list[dict[str, str]]]:
    """The table on disk of some rows, and the outcome of each."""
    path = folder / "generated.csv"
    names = [f.name for f in FIELDS]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)
    opened = open_file(path)
    sheet = sheet_of(opened, "", 0, {name: place for place, name in enumerate(names)})
    cases = read_cases(sheet)
    problems = [*cases.problems, *confirmations(cases)]
    outcome = assess(cases, Positions(), AS_AT)
    write_cases(folder / CASES, sheet, outcome, problems, lambda done: None)
    return CaseTable(folder / CASES), [outcome.row(row) for row in range(cases.size)]


def test_generated_rows_are_explained_as_their_whole_table_has_them(tmp_path: Path) -> None:
    table, expected = table_of(random_rows(7, 150, 40), tmp_path)
    for row, want in enumerate(expected):
        found = explained(table.exits_with(row), row, Positions(), AS_AT)
        assert found is not None
        assert found.outcome.row(found.place) == want


def test_edited_as_one_case_a_row_gives_the_same(sample: Desk) -> None:
    seen = 0
    for line in sample.table.page(Wanted(order="file"), 0, 1000):
        exits = sample.table.exits_with(line.row)
        if any(p.severity == "must fix" for each in exits for p in each.problems):
            continue
        place = next(at for at, each in enumerate(exits) if each.row == line.row)
        got = work(as_entered(exits), Positions(), AS_AT).outcome.row(place)
        found = explained(exits, line.row, Positions(), AS_AT)
        assert found is not None
        assert got == found.outcome.row(place)
        seen += 1
    assert seen > 100


def test_cells_of_a_workbook_become_what_a_form_holds(tmp_path: Path, empty: Desk) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Cases"
    cells: dict[str, object] = {
        "case_ref": 17,
        "exit_date": datetime(2020, 12, 31),
        "payment_date": datetime(2021, 1, 4, 9, 30),
        "severance_due": 99500.5,
        "severance_paid": 95000,
        "evidence": "P45; payslip",
        "nation": "England",
        "settlement_agreement": "Unknown",
        "notes": "-",
    }
    book.active.append(list(cells))
    book.active.append(list(cells.values()))
    book.save(tmp_path / "typed.xlsx")
    empty.take("typed.xlsx", (tmp_path / "typed.xlsx").read_bytes())
    until(empty, Stage.LOOKING)
    empty.work(likely_request(empty.look))
    until_written(empty)
    exits = empty.table.exits_with(0)
    assert as_entered(exits) == [
        {
            "case_ref": "17",
            "exit_date": "2020-12-31",
            "payment_date": "2021-01-04",
            "severance_due": "99500.50",
            "severance_paid": "95000.00",
            "evidence": "payslip;p45",
            "nation": "england",
            "settlement_agreement": "unknown",
        }
    ]
    found = explained(exits, 0, Positions(), AS_AT)
    assert found is not None
    assert found.outcome.row(0)["difference"] == "4500.50"


def test_a_person_with_very_many_exits_is_not_worked_again_in_the_page(tmp_path: Path) -> None:
    rows = [
        {"case_ref": f"C{n}", "person_ref": "P", "exit_date": "2020-12-31"}
        for n in range(MOST_OF_PERSON + 2)
    ]
    table, _ = table_of(rows, tmp_path)
    exits = table.exits_with(3)
    assert len(exits) == MOST_OF_PERSON + 1
    assert explained(exits, 3, Positions(), AS_AT) is None
    assert progress_words.too_many_to_edit(exits)
    assert not progress_words.too_many_to_edit(exits[:20])


# The look


def opened(tmp_path: Path, sheets: dict[str, list[list[object]]]) -> Opened:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(tmp_path / "in.xlsx")
    return open_file(tmp_path / "in.xlsx")


def test_headings_nobody_knows_can_be_given_a_meaning(tmp_path: Path, empty: Desk) -> None:
    book = opened(
        tmp_path,
        {
            "Notes": [["About this file"], ["Nothing"]],
            "Leavers": [
                ["Our list of leavers"],
                ["Their ref", "Finished", "Gross", "", "Gross"],
                ["A1", datetime(2020, 12, 31), 99500, "x", 95000],
                ["A2", datetime(2020, 12, 31), 99500, None, 95000],
            ],
        },
    )
    look = look_at(book)
    assert [table["name"] for table in look["tables"]] == ["Notes", "Leavers"]
    table = look["tables"][look["likely"]]
    assert (table["name"], table["heading_row"], table["rows"]) == ("Leavers", 1, 2)
    assert [column["heading"] for column in table["columns"]] == [
        "Their ref",
        "Finished",
        "Gross",
        "",
        "Gross",
    ]
    assert table["columns"][1]["sample"] == "2020-12-31"
    assert len(lacking(table["taken"])) == 2
    taken = table["taken"]
    for place, name in enumerate(
        ("case_ref", "exit_date", "severance_due", None, "severance_paid")
    ):
        taken = read_as(taken, place, name)
    empty.take("in.xlsx", (tmp_path / "in.xlsx").read_bytes())
    until(empty, Stage.LOOKING)
    empty.work(request_for("Leavers", 1, taken, AS_AT, Positions()))
    until_written(empty)
    assert [line.number for line in empty.table.page(Wanted(order="file"), 0, 9)] == [3, 4]
    found = explained(empty.table.exits_with(0), 0, Positions(), AS_AT)
    assert found is not None
    assert found.outcome.row(0)["difference"] == "4500.00"


def test_our_own_sheet_is_taken_first_even_when_it_is_empty(tmp_path: Path) -> None:
    look = look_at(
        opened(
            tmp_path,
            {
                "Examples": [["case_ref", "exit_date"], ["A1", "2020-12-31"]],
                "Cases": [["case_ref", "exit_date"]],
            },
        )
    )
    assert look["tables"][look["likely"]]["name"] == "Cases"
    assert look["tables"][look["likely"]]["rows"] == 0


def test_two_columns_of_one_meaning_are_said_and_the_first_is_taken(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Ref", "Exit date", "Case reference"], ["A1", "2020-12-31", "B1"]]
    table = look_at(opened(tmp_path, {"Any": rows}))["tables"][0]
    assert table["taken"] == {"case_ref": 0, "exit_date": 1}
    assert "The first is taken" in table["notices"][0]


def test_columns_as_a_person_changes_them() -> None:
    taken = {"case_ref": 0, "exit_date": 1}
    assert read_as(taken, 2, "nation") == {"case_ref": 0, "exit_date": 1, "nation": 2}
    assert read_as(taken, 0, None) == {"exit_date": 1}
    assert read_as(taken, 2, "case_ref") == {"exit_date": 1, "case_ref": 2}
    assert field_at(taken, 1) == "exit_date"
    assert field_at(taken, 2) is None
    assert "exit_date" in free_for(taken, 1)
    assert "exit_date" not in free_for(taken, 2)
    columns = [{"heading": h, "sample": "", "near": None} for h in ("Ref", "Day", "Where")]
    chosen = {"Where": "nation", "Ref": None, "Other": "notes"}
    assert remembered(taken, columns, chosen) == {"exit_date": 1, "nation": 2}  # type: ignore[arg-type]


# Files that cannot be used


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("cases.xlsx", b"PK\x03\x04" + MARKER.encode(), "damaged or not whole"),
        ("cases.xls", MARKER.encode(), "cannot be opened as a workbook"),
        ("cases.csv", b"", "holds no table"),
        ("cases.csv", f'case_ref,exit_date\n"{MARKER}'.encode(), "quote is not closed"),
        ("cases.pdf", MARKER.encode(), "one of these kinds"),
        ("cases.csv", "case_ref".encode("utf-16"), "UTF-16"),
        ("cases.csv", b"case_ref,exit_date\n" + b"x" * 25_000_001, "larger than 25 MB"),
    ],
    ids=["damaged", "no workbook", "empty", "open quote", "kind", "utf-16", "large"],
)
def test_a_file_that_cannot_be_used_gives_one_sentence(
    empty: Desk, name: str, data: bytes, says: str
) -> None:
    empty.take(name, data)
    until(empty, Stage.LOOKING)
    assert now(empty) is Stage.FAILED
    assert says.casefold() in empty.error.casefold()
    assert empty.error[0].isupper()
    assert "\n" not in empty.error
    assert MARKER not in empty.error
    assert UPLOAD not in empty.error
    empty.take("cases.csv", SAMPLE.read_bytes())
    until(empty, Stage.LOOKING)
    assert now(empty) is Stage.LOOKED
    assert empty.error == ""


def test_a_bomb_of_a_workbook_gives_one_sentence(empty: Desk, tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "spreadsheetml.sheet.main+xml")
        archive.writestr("xl/worksheets/sheet1.xml", "<x>" + " " * 300_000_000)
    empty.take(path.name, path.read_bytes())
    until(empty, Stage.LOOKING)
    assert now(empty) is Stage.FAILED
    assert "far larger inside" in empty.error


def test_when_no_case_is_left_the_columns_can_be_changed(empty: Desk) -> None:
    empty.take("notes.csv", b"case_ref,exit_date\n,only a note\n")
    until(empty, Stage.LOOKING)
    empty.work(likely_request(empty.look))
    until(empty, Stage.WORKING)
    assert now(empty) is Stage.LOOKED
    assert empty.error == "There are no cases under the headings."


def test_what_nobody_foresaw_is_one_sentence_and_no_data_in_the_log(tmp_path: Path) -> None:
    shutil.copy(SAMPLE, tmp_path / f"{UPLOAD}.csv")
    run_step(tmp_path, "look")
    request = likely_request(read_json(tmp_path / LOOK))
    write_json(tmp_path / REQUEST, {**request, "positions": MARKER})
    done = run_step(tmp_path, "work")
    assert done.returncode == 2
    assert "Something went wrong" in read_json(tmp_path / ERROR)
    assert done.stderr.startswith(b"bulk_job work: ")
    assert MARKER.encode() not in done.stderr
    assert b"Traceback" not in done.stderr


def run_step(
    folder: Path, step: str, seconds: float = 900, first: str = ""
) -> subprocess.CompletedProcess[bytes]:
    """A step with its standard input held open, as a parent does; ``first``: code that runs before it."""
    code = (
        f"{first}\nimport sys; from pathlib import Path; from calculator.jobs.__main__ import main; "
        "sys.exit(main(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3])))"
    )
    reading, writing = os.pipe()
    try:
        return subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", code, step, str(folder), str(seconds)],
            stdin=reading,
            capture_output=True,
            cwd=ROOT,
            check=False,
            start_new_session=True,
            timeout=300,
        )
    finally:
        os.close(reading)
        os.close(writing)


def test_a_file_full_of_problems_adds_up(empty: Desk) -> None:
    days = ("31/12/20", "2020-12-31", "soon", "12/31/2020")
    sums = ("£1,000", "-5", "ten")
    lines = ["case_ref,exit_date,redundancy_due,redundancy_paid"]
    lines += [f'R{n},{days[n % 4]},"{sums[n % 3]}",5000' for n in range(400)]
    empty.take("problems.csv", "\n".join(lines).encode())
    until(empty, Stage.LOOKING)
    empty.work(likely_request(empty.look))
    until_written(empty)
    summary = empty.summary
    assert summary["read"] == 400
    assert summary["in_error"] == sum(n % 4 != 1 or n % 3 != 0 for n in range(400))
    assert summary["must_fix"] == 300 + 266
    assert len(summary["cells"]) == MOST_CELLS
    assert summary["groups"][0]["cells"].endswith("and 95 more")
    assert empty.has(PROBLEMS)
    assert "more was paid" in " ".join(g["wrong"].casefold() for g in summary["groups"])


def test_a_file_without_problems_has_no_workbook_of_them(empty: Desk) -> None:
    empty.take("fine.csv", b"case_ref,exit_date\nA1,2020-12-31\n")
    until(empty, Stage.LOOKING)
    empty.work(likely_request(empty.look))
    until_written(empty)
    assert not empty.has(PROBLEMS)
    assert empty.has(RESULTS)
    assert empty.summary["groups"] == []


# Letters


def until_done(desk_: Desk, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while desk_.busy:
        assert time.monotonic() < end, "too slow"
        time.sleep(0.02)
        now(desk_)


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
    assert three.letters["written"] == written.written == 4
    with ZipFile(tmp_path / "direct.zip") as direct:
        assert letters_in(three) == {name: direct.read(name) for name in direct.namelist()}


def test_consent_holds_for_letters_of_many_cases(three: Desk) -> None:
    three.write_letters(Letters(to=(Recipient.EMPLOYER,)))
    until_done(three)
    assert [name for name in letters_in(three) if name.endswith(".docx")] == [
        "letters/employer/A.docx"
    ]
    assert three.letters is not None
    assert dict(three.letters["skipped"]) == {
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
    assert empty.letters["written"] == 0
    assert dict(empty.letters["skipped"]) == {LETTER_SKIPPED["not_capped"]: 3}
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


# Stopping


@pytest.fixture(scope="module")
def many() -> bytes:
    """Cases enough to be stopped at."""
    head, *lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    return "\n".join([head, *(line for _ in range(150) for line in lines)]).encode()


def start_without_end(_: str, folder: Path) -> subprocess.Popen[bytes]:
    """A process in place of a step: it has begun to write, and works until it is stopped."""
    (folder / SCRATCH).mkdir(exist_ok=True)
    (folder / SCRATCH / "of LibreOffice").touch()
    (folder / ".unfinished-results").mkdir()
    return subprocess.Popen(
        [sys.executable, "-c", "while True: pass"],
        stdin=subprocess.PIPE,
        start_new_session=sys.platform != "win32",
    )


def test_cancel_ends_the_process_and_keeps_the_columns(
    empty: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty.take("cases.csv", SAMPLE.read_bytes())
    until(empty, Stage.LOOKING)
    monkeypatch.setattr(desk, "start", start_without_end)
    empty.work(likely_request(empty.look))
    assert now(empty) is Stage.WORKING
    process, folder = empty._process, empty._folder
    assert process is not None
    assert folder is not None
    assert list(folder.glob(".unfinished-*"))
    empty.cancel()
    assert gone(process.pid)
    assert not (folder / SCRATCH).exists()
    assert now(empty) is Stage.LOOKED
    assert empty.error == ""
    assert not list(folder.glob(".unfinished-*"))
    assert not (folder / CASES).exists()
    assert not (folder / SUMMARY).exists()


def test_cancel_while_it_is_looked_at_drops_the_file(empty: Desk, many: bytes) -> None:
    empty.take("many.csv", many)
    folder = empty._folder
    assert folder is not None
    empty.cancel()
    assert now(empty) is Stage.EMPTY
    assert not folder.exists()


def test_a_new_file_drops_the_old_one_and_its_results(empty: Desk, many: bytes) -> None:
    empty.take("many.csv", many)
    until(empty, Stage.LOOKING)
    empty.work(likely_request(empty.look))
    process, folder, number = empty._process, empty._folder, empty.number
    assert process is not None
    assert folder is not None
    empty.take("cases.csv", SAMPLE.read_bytes())
    assert gone(process.pid)
    assert not folder.exists()
    assert empty.number > number
    until(empty, Stage.LOOKING)
    assert not empty.has(SUMMARY)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_the_process_ends_when_its_parent_is_gone(tmp_path: Path, many: bytes) -> None:
    (tmp_path / "many.csv").write_bytes(many)
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom datetime import date\n"
        "from calculator.jobs.desk import Desk, Stage\n"
        "from tests.jobs.test_desk import likely_request, until\n"
        "d = Desk(); d.take('many.csv', Path(sys.argv[1]).read_bytes()); until(d, Stage.LOOKING)\n"
        "d.work(likely_request(d.look)); print(d._process.pid, d._folder, flush=True); time.sleep(60)"
    )
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", code, str(tmp_path / "many.csv")],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        text=True,
    ) as parent:
        assert parent.stdout is not None
        process, folder = parent.stdout.readline().split()
        assert Path(folder).is_dir()
        time.sleep(0.5)
        parent.send_signal(signal.SIGKILL)
    assert gone(int(process))
    folders.remove_leftovers(tmp_path)
    assert not Path(folder).parent.exists()


def test_the_folder_is_gone_when_the_server_ends(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom calculator.jobs.desk import Desk\n"
        "d = Desk(); d.take('cases.csv', Path(sys.argv[1]).read_bytes()); print(d._folder)"
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", code, str(SAMPLE)],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        text=True,
        check=True,
    )
    assert done.stdout.strip().startswith(str(tmp_path))
    end = time.monotonic() + 5
    while list(tmp_path.iterdir()) and time.monotonic() < end:
        time.sleep(0.05)
    assert not list(tmp_path.iterdir())


def test_folders_of_a_server_that_runs_are_left_alone(tmp_path: Path) -> None:
    young = tmp_path / "exit-cap-young"
    young.mkdir()
    other = tmp_path / "another"
    other.mkdir()
    used = tmp_path / "exit-cap-used"
    used.mkdir()
    with folders._locked(used / "alive"):
        folders.remove_leftovers(tmp_path)
        assert used.is_dir()
    folders.remove_leftovers(tmp_path)
    assert not used.exists()
    assert young.is_dir()
    assert other.is_dir()


def test_it_ends_by_itself_after_its_time(tmp_path: Path) -> None:
    endless = "import threading; from calculator.bulk_job import look; look.run = lambda *_: threading.Event().wait()"
    run_step(tmp_path, "look", 0.5, endless)
    assert "takes longer than" in read_json(tmp_path / ERROR)


def test_others_wait_their_turn(empty: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "MOST_AT_ONCE", 0)
    empty.take("cases.csv", SAMPLE.read_bytes())
    assert now(empty) is Stage.LOOKING
    assert empty.waiting
    monkeypatch.setattr(desk, "MOST_AT_ONCE", 2)
    until(empty, Stage.LOOKING)
    assert now(empty) is Stage.LOOKED


def let_go(desk_: Desk, still_here: bool) -> None:
    """Lose the connection of a page, and wait until what that brings is done."""
    desk_.let_go(lambda: still_here, 0.05)
    assert desk_._leaving is not None
    desk_._leaving.join()


def test_a_page_that_does_not_come_back_loses_its_files(empty: Desk) -> None:
    empty.take("cases.csv", SAMPLE.read_bytes())
    until(empty, Stage.LOOKING)
    folder = empty._folder
    assert folder is not None
    let_go(empty, still_here=True)
    assert folder.is_dir()
    let_go(empty, still_here=False)
    assert not folder.exists()
    assert now(empty) is Stage.EMPTY


# Words


def test_progress_in_words() -> None:
    def words(stage: str, done: int, total: int, now: float) -> tuple[float, str]:
        progress = Progress(stage=stage, done=done, total=total, started=100.0)
        return progress_words.progress_words(progress, now)

    assert progress_words.progress_words(None, 0) == (0.0, "Starting")
    assert words("reading", 0, 0, 101)[1] == "Reading the file"
    assert words("checking", 0, 0, 107.4)[1] == "Reading the cells, 7 seconds so far"
    assert words("working", 45_000, 100_000, 102)[1] == (
        "Working out the cases: 45,000 of 100,000 cases, 22,500 a second, about 2 seconds left"
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
    red = summary["urgency"]["red"]
    assert f"red: 28 days or fewer, {red} cases" in progress_words.days_left_words(summary)
    assert [row[0] for row in progress_words.triage_rows(summary)][:2] == ["Error", "Out of scope"]


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
