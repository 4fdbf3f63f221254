"""A case file or a one-row workbook that a person opens, as exits."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from calculator.facts.cells import Raw
from calculator.facts.problems import FileProblem
from calculator.one_case.case_file import MOST_BYTES, MOST_EXITS, CaseFile, read_case_file


def exits_of_upload(name: str, data: bytes) -> CaseFile:
    """The exits of an uploaded file. FileProblem, in one line, where it is no case.

    A workbook is read through a file in a folder that is removed at once.
    """
    if len(data) > MOST_BYTES:
        raise FileProblem("The file is too large for one case. Use Many cases for a spreadsheet.")
    if name.casefold().endswith(".json"):
        try:
            return read_case_file(data.decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise FileProblem("The case file is not UTF-8 text.") from None
    from calculator.spreadsheets.read import read_sheet

    with TemporaryDirectory() as folder:
        path = Path(folder) / f"case{Path(name).suffix.casefold()}"
        path.write_bytes(data)
        sheet = read_sheet(path)
    if len(sheet.rows) > MOST_EXITS:
        raise FileProblem(
            f"The workbook has {len(sheet.rows)} cases. Use Many cases for more than {MOST_EXITS}."
        )
    if sheet.faults:
        raise FileProblem(
            "A cell of the workbook cannot be read. Open it under Many cases to see which."
        )
    exits: list[dict[str, Raw]] = [
        {
            name: _plain(row[place])
            for name, place in sheet.columns.items()
            if row[place] not in (None, "")
        }
        for row in sheet.rows
    ]
    return CaseFile(tuple(exits), None)


def case_at(path: Path) -> CaseFile:
    """Read a case file. FileProblem, in one line, if it is not one; OSError if it cannot be opened."""
    try:
        return read_case_file(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise FileProblem(f"{path.name}: the text is not UTF-8.") from None


def _plain(cell: Raw) -> Raw:
    """A cell as a form shows it: a day in ISO form, a whole number without a point."""
    from datetime import date, datetime

    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else str(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell
