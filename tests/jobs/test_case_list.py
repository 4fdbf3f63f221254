"""The table of cases on disk: order, filters, pages, and one case explained from it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from calculator.calculation.assess import assess
from calculator.calculation.confirmations import confirmations
from calculator.calculation.result_columns import OUTPUT_NAMES
from calculator.explanation.explain import explain
from calculator.facts.fields import FIELDS
from calculator.jobs import (
    CASES,
    RESULTS_CSV,
    progress_words,
)
from calculator.jobs.case_list import (
    MOST_OF_PERSON,
    ORDERS,
    TILES,
    CaseTable,
    Line,
    Position,
    Totals,
    Wanted,
    as_entered,
    explained,
    write_cases,
)
from calculator.jobs.desk import Desk, Stage
from calculator.one_case.person import work
from calculator.spreadsheets.read import open_file, read_cases, sheet_of
from rules.positions import Positions
from tests.generated import random_rows
from tests.jobs.helpers import (
    AS_AT,
    SIZE,
    likely_request,
    until,
    until_written,
)


def test_the_table_is_most_urgent_first_and_pages_do_not_overlap(sample: Desk) -> None:
    whole = sample.table.page(Wanted(), 0, 1000)
    assert len({line.row for line in whole}) == SIZE
    pages = [
        line for start in range(0, SIZE, 50) for line in sample.table.page(Wanted(), start, 50)
    ]
    assert pages == whole
    days = [line.issue_by for line in whole if line.urgency in ("red", "amber", "green")]
    assert None not in days
    assert days == sorted(day for day in days if day is not None)
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
        assert line.to_check == found["to_check"]
        assert (line.issue_by.isoformat() if line.issue_by else "") == found["issue_by"]
        for day, name in ((line.contract_day, "contract"), (line.statute_day, "statute")):
            assert (day.isoformat() if day else "") == found[f"{name}_last_day"]
        assert line.name == found["member_name"]
        left = (line.issue_by - AS_AT).days if line.issue_by else None
        assert line.days_left == (None if left is None else max(0, left))
        for pence, name in ((line.member, "member"), (line.scheme, "scheme")):
            text = found[f"{name}_total"]
            if text == "0.00" and "split_assumed" in found["reasons"]:
                text = ""
            assert pence == (int(text.replace(".", "")) if text else None)
    assumed = [each for each in results if "split_assumed" in each["reasons"]]
    assert any("0.00" in (each["member_total"], each["scheme_total"]) for each in assumed)


def test_filters_go_together_and_take_text_as_it_is(sample: Desk) -> None:
    table = sample.table
    wanted = Wanted("soon", ("capped_exact", "needs_data"), "COUNCIL")
    lines = table.page(wanted, 0, 1000)
    assert len(lines) == table.count(wanted) > 0
    for line in lines:
        assert line.triage in ("capped_exact", "needs_data")
        assert line.days_left is not None
        assert line.days_left <= 28
        assert "council" in line.employer.casefold()
    assert [line.case_ref for line in table.page(Wanted(search="s007"), 0, 9)] == ["S007"]
    assert {line.name for line in table.page(Wanted(search="dan ex"), 0, 9)} == {"Dan Example"}
    assert table.count(Wanted(search="%")) == 0
    assert table.count(Wanted(search="' OR 1=1 --")) == 0


def test_each_tile_counts_and_adds_up_its_cases_by_payee(sample: Desk) -> None:
    everything = sample.table.page(Wanted(), 0, 1000)
    holds: dict[str, Callable[[Line], bool]] = {
        "soon": lambda line: line.days_left is not None and line.days_left <= 28,
        "run_out": lambda line: line.urgency in ("expired", "advice"),
        "facts": lambda line: line.triage == "needs_data",
        "to_check": lambda line: bool(line.to_check),
        "error": lambda line: line.triage == "error",
        "all": lambda line: True,
    }
    tiles = sample.table.tiles()
    assert set(tiles) == set(TILES) == set(holds)
    for name, totals in tiles.items():
        lines = [line for line in everything if holds[name](line)]
        assert totals == Totals(
            len(lines),
            sum(line.member or 0 for line in lines),
            sum(line.scheme or 0 for line in lines),
        )
        assert totals.cases > 0
    assert (tiles["all"].member, tiles["all"].scheme) == (
        sample.summary.member,
        sample.summary.scheme,
    )


def test_the_next_and_previous_case_follow_the_list_as_it_is_shown(sample: Desk) -> None:
    table, wanted = sample.table, Wanted("facts", order="reference")
    rows = [line.row for line in table.page(wanted, 0, 1000)]
    assert table.rows(wanted) == rows
    assert table.position(wanted, rows[0]) == Position(1, None, rows[1])
    assert table.position(wanted, rows[1]) == Position(2, rows[0], rows[2])
    assert table.position(wanted, rows[-1]) == Position(len(rows), rows[-2], None)
    other = next(line.row for line in table.page(Wanted("error"), 0, 1))
    assert table.position(wanted, other) is None


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
            "exit_date": "31/12/2020",
            "payment_date": "04/01/2021",
            "severance_due": "£99,500.50",
            "severance_paid": "£95,000.00",
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
