"""Workbooks marked for a test, with a suggestion where the text has one."""

from __future__ import annotations

import warnings
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from calculator.calculation.confirmations import confirmations
from calculator.facts.problems import Problem
from calculator.spreadsheets.problems_workbook import Plan, plan_for, write_problems
from calculator.spreadsheets.read import Sheet, read_cases, read_sheet

MUST_FIX = "FFF8D7DA"
HEADS = ["Case reference", "Exit date", "Severance due", "Severance paid", "Note", "Difference"]


SUGGESTED = {"41k": "41,000.00", "31/12/20": "31/12/2020"}


def opened(path: Path, **options: bool) -> Any:
    """A workbook as openpyxl opens it, which warns of what it leaves out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(path, **options)


def marked(source: Path, out: Path, wanted: str | None = None) -> tuple[Sheet, list[Problem], Plan]:
    """Mark a workbook, with a suggestion for the texts that have one."""
    sheet = read_sheet(source, wanted)
    cases = read_cases(sheet)
    problems = [
        replace(p, suggestion=SUGGESTED.get(str(sheet.rows[p.row][sheet.columns[p.field]]), ""))
        for p in [*cases.problems, *confirmations(cases)]
    ]
    plan = plan_for(sheet, problems)
    assert write_problems(out, sheet, problems, plan) == ""
    return sheet, problems, plan


def accepted(tmp_path: Path, answer: str = "yes") -> tuple[Path, Any]:
    """A marked workbook of one wrong amount with an answer beside the suggestion, and the open book."""
    path = tmp_path / "in.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(HEADS[:4])
    page.append(["A1", date(2020, 12, 31), "41k", 30_000])
    page.append(["A2", date(2020, 12, 31), "41k", 30_000])
    book.save(path)
    marked(path, tmp_path / "out.xlsx")
    book = opened(tmp_path / "out.xlsx")
    book["Problems"]["I2"] = answer
    return tmp_path / "out.xlsx", book


def rewritten(path: Path, part: str, old: str, new: str) -> None:
    """Replace text in one part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
