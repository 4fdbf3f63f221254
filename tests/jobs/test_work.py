"""The cases of a file calculated: the same results as the command's, and a summary that adds up."""

from __future__ import annotations

import csv
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from calculator.calculation.figures import FIGURES, LETTER_HEADS
from calculator.calculation.output import OutputKind
from calculator.facts.days import shown_day
from calculator.jobs import (
    LETTER_FIGURES,
    PROBLEMS,
    RESULTS,
    RESULTS_CSV,
    progress_words,
)
from calculator.jobs.case_list import (
    Wanted,
)
from calculator.jobs.desk import Desk, Stage
from calculator.jobs.work import MOST_CELLS
from tests.jobs.helpers import (
    SIZE,
    content,
    likely_request,
    until,
    until_written,
)


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
    assert summary.read == summary.computed + summary.in_error == SIZE
    assert sum(line.cases for line in summary.triage) == summary.read
    assert sum(line.member for line in summary.triage) == summary.member
    assert sum(line.scheme for line in summary.triage) == summary.scheme
    assert sample.table.count(Wanted()) == summary.read
    assert sum(group.count for group in summary.groups) == (summary.must_fix + summary.to_confirm)
    assert progress_words.counts_sentence(summary) == (
        f"{summary.computed} of {SIZE} cases calculated. {summary.in_error} need a correction."
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
    for cell in sample.summary.cells:
        assert f"{cell.wrong} {cell.enter}" in said


def test_a_workbook_comes_back_marked_and_is_taken_again(empty: Desk, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Leavers")
        page.write_row(0, 0, ["Case reference", "Exit date", "Severance due"])
        page.write_row(1, 0, ["A1", "2020-12-31", "41k"])
        page.insert_textbox("F2", "Ask Jo.")
    for lost in ("shapes and text boxes.", "the size"):
        empty.take("in.xlsx", path.read_bytes())
        until(empty, Stage.LOOKING)
        assert [table.name for table in empty.look.tables] == ["Leavers"]
        empty.work(likely_request(empty.look))
        until_written(empty)
        assert empty.summary.read == empty.summary.must_fix == 1
        read, said = empty.summary.notices
        assert read == "Read: sheet Leavers."
        assert f"marked, without: {lost}" in said
        path = content(empty, PROBLEMS, tmp_path)
        assert openpyxl.load_workbook(path).sheetnames == ["Leavers", "Problems"]


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
    assert summary.read == 400
    assert summary.in_error == sum(n % 4 != 1 or n % 3 != 0 for n in range(400))
    assert summary.must_fix == 300 + 266
    assert len(summary.cells) == MOST_CELLS
    assert summary.groups[0].cells.endswith("and 95 more")
    assert empty.has(PROBLEMS)
    assert "more was paid" in " ".join(g.wrong.casefold() for g in summary.groups)


def test_a_file_without_problems_has_no_workbook_of_them(empty: Desk) -> None:
    empty.take("fine.csv", b"case_ref,exit_date\nA1,2020-12-31\n")
    until(empty, Stage.LOOKING)
    empty.work(likely_request(empty.look))
    until_written(empty)
    assert not empty.has(PROBLEMS)
    assert empty.has(RESULTS)
    assert empty.summary.groups == []
