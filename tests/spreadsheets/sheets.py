"""Sheets made for a test, and their results."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl

from calculator.calculation.assess import assess
from calculator.calculation.outcome import Outcome
from calculator.spreadsheets.read import Sheet, read_cases, read_sheet
from rules.positions import Positions

AS_AT = date(2026, 11, 22)


def sheet_of(tmp_path: Path, text: str | bytes, name: str = "in.csv") -> Sheet:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_sheet(path)


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    book.save(path)
    return path


def worked(sheet: Sheet) -> Outcome:
    return assess(read_cases(sheet), Positions(), AS_AT)
