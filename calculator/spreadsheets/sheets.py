"""Which sheets of a workbook hold the cases, and what is said of all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from calculator.facts import fields
from calculator.facts.cells import Raw, is_empty
from calculator.facts.problems import FileProblem
from calculator.facts.text import quoted, shortened
from calculator.spreadsheets.answers import Answer
from calculator.spreadsheets.lost_cells import Findings
from calculator.spreadsheets.table import HEADING_ROWS, heading_row_of, headings_at
from calculator.spreadsheets.words import MOST_SPANS, listed

ALL = "all"
"""The word for all sheets with the same headings."""
BESIDE = {
    "Cases": {"How to fill this in", "Examples", "Lists"},
    "Results": {
        "Summary",
        "By urgency",
        "Letter figures",
        "Explanations",
        "Problems",
        "Assumptions and law",
    },
}
"""The sheets that our own template and results have beside the one with the cases."""
_MOST_SHEETS = 5
"""Sheets named in a question."""


@dataclass(frozen=True)
class Opened:
    """A file that was found good: the rows of each sheet, what its reader leaves out, and what to say.

    ``answers`` are those of our sheet of problems, which is not among the sheets.
    """

    path: Path
    sheets: list[tuple[str, list[list[Raw]]]]
    findings: Findings
    notices: list[str]
    answers: list[Answer] = field(default_factory=list)

    def rows(self, name: str) -> list[list[Raw]]:
        """Return the rows of a sheet."""
        return next(rows for other, rows in self.sheets if other == name)


@dataclass(frozen=True)
class Candidate:
    """A sheet that could hold cases, and the row of its headings."""

    name: str
    heading_row: int
    is_hidden: bool
    has_cases: bool


def candidates(opened: Opened, mapping: Mapping[str, str] = {}) -> list[Candidate]:
    """Give the sheets with headings of ours, without the other sheets of our own workbooks."""
    names = {name for name, _ in opened.sheets}
    beside = {other for sheet, others in BESIDE.items() if sheet in names for other in others}
    found = []
    for name, rows in opened.sheets:
        if name in beside:
            continue
        row = heading_row_of(rows, mapping, opened.findings.merged.get(name, ()))
        if row is not None:
            is_hidden = name in opened.findings.hidden_sheets
            has_cases = any(not all(map(is_empty, cells)) for cells in rows[row + 1 :])
            found.append(Candidate(name, row, is_hidden, has_cases))
    return found


def likely(found: Sequence[Candidate]) -> list[Candidate]:
    """Give those to choose among: the visible ones with cases; else the visible; else those with cases."""
    for wanted in (
        [each for each in found if each.has_cases and not each.is_hidden],
        [each for each in found if not each.is_hidden],
        [each for each in found if each.has_cases],
    ):
        if wanted:
            return wanted
    return list(found)


def chosen(opened: Opened, wanted: str | None, mapping: Mapping[str, str]) -> list[Candidate]:
    """Give the sheet to read, or several for ``all``. FileProblem where there is none, or which is not plain."""
    path, found = opened.path, candidates(opened, mapping)
    if wanted is not None:
        named = [name for name, _ in opened.sheets if name.casefold() == wanted.casefold()]
        if named:
            return [_of_name(opened, named[0], mapping)]
        if wanted.casefold() != ALL:
            raise FileProblem(f"{path.name}: there is no sheet {quoted(wanted)}.")
    plausible = likely(found)
    if not plausible:
        raise FileProblem(
            f"{path.name}: no headings found in the first {HEADING_ROWS} rows. The columns "
            f"{_required_headings()} are needed."
        )
    if wanted is not None:
        return _alike(opened, plausible, mapping)
    if len(plausible) > 1 and plausible[0].has_cases:
        names = listed([quoted(each.name) for each in plausible], _MOST_SHEETS)
        raise FileProblem(
            f"{path.name}: the sheets {names} could all hold cases. Say which with --sheet NAME, or --sheet "
            "all for all that have the same headings."
        )
    return plausible[:1]


def _required_headings() -> str:
    return " and ".join(f.heading for f in fields.FIELDS if f.required)


def _of_name(opened: Opened, name: str, mapping: Mapping[str, str]) -> Candidate:
    """The sheet that was asked for, hidden or not, one of our own or not."""
    row = heading_row_of(opened.rows(name), mapping, opened.findings.merged.get(name, ()))
    if row is None:
        raise FileProblem(
            f"{opened.path.name}: no headings found in the first {HEADING_ROWS} rows of the sheet "
            f"{quoted(name)}. The columns {_required_headings()} are needed."
        )
    return Candidate(name, row, name in opened.findings.hidden_sheets, True)


def _alike(
    opened: Opened, found: Sequence[Candidate], mapping: Mapping[str, str]
) -> list[Candidate]:
    """The largest group of sheets with the same headings. FileProblem where no one group is the largest."""
    groups: dict[tuple[str, ...], list[Candidate]] = {}
    for each in found:
        groups.setdefault(same_headings(opened, each, mapping), []).append(each)
    largest = max(map(len, groups.values()))
    first, *others = [group for group in groups.values() if len(group) == largest]
    if others:
        names = listed([quoted(each.name) for each in found], _MOST_SHEETS)
        raise FileProblem(
            f"{opened.path.name}: the sheets {names} do not have the same headings. Say one with --sheet."
        )
    return first


def same_headings(opened: Opened, each: Candidate, mapping: Mapping[str, str]) -> tuple[str, ...]:
    """Give the headings of a sheet as they are compared."""
    merged = opened.findings.merged.get(each.name, ())
    texts = headings_at(opened.rows(each.name), each.heading_row, merged, mapping).texts
    return tuple(map(fields.key, texts))


def accounted(opened: Opened, read: Sequence[str]) -> str:
    """Write one sentence for the sheets read and one for those not read; nothing for a file without sheets."""
    if [name for name, _ in opened.sheets] == [""]:
        return ""
    hidden = opened.findings.hidden_sheets
    taken = [
        shortened(name) + (" (hidden)" if name in hidden else "")
        for name, _ in opened.sheets
        if name in read
    ]
    left = [
        f"{shortened(name)} ({'hidden, ' * (name in hidden)}{_counted(rows)})"
        for name, rows in opened.sheets
        if name not in read
    ]
    left += [f"{shortened(name)} (a chart)" for name in opened.findings.charts]
    words = f"Read: {'sheet' if len(taken) == 1 else 'sheets'} {_commas(taken)}."
    return f"{words} Not read: {_commas(left)}." if left else words


def _commas(names: Sequence[str]) -> str:
    more = len(names) - 2 * MOST_SPANS
    return ", ".join([*names[: 2 * MOST_SPANS], *([f"{more:,} more"] if more > 0 else [])])


def _counted(rows: Sequence[list[Raw]]) -> str:
    count = sum(any(not is_empty(cell) for cell in row) for row in rows)
    return "empty" if not count else f"{count:,} row{'s' if count > 1 else ''}"
