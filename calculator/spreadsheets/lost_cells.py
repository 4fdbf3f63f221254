"""What the reader of a workbook does not see: cells with an error, formulas never calculated, what is hidden.

Runs in the limited process, row by row in bounded memory. It refuses what is too far or too much for a
table of cases, before the reader takes memory for it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from itertools import product
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree
from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from calculator.facts.text import quoted
from calculator.files.kinds import DAMAGED, part_name
from calculator.files.limited import Refused
from calculator.spreadsheets.words import listed_rows

LAST_COLUMN = 702
"""Column ZZ. The program has about 65 fields; the rest is room for the person's own columns."""
LAST_ROW = 200_000
"""Cases of one file: a table that takes a minute or two."""
MOST_CELLS = 12_000_000
"""Cells of all sheets: 200,000 rows of 60 columns. Beyond it memory runs to gigabytes."""
MOST_NAMED = 20
"""Addresses named in a sentence for one sheet and one kind of loss; the rest are counted there."""
MOST_KEPT = 200_000
"""Addresses kept for one sheet and one kind of loss."""

MARKUP = (
    "the workbook holds declarations that no spreadsheet program writes. Open it in Excel and save it "
    "again."
)
TOO_FAR = (
    f"a sheet has content beyond column ZZ or row {LAST_ROW:,}. Delete what stands there, or copy the "
    "table into a new workbook."
)
TOO_MANY_CELLS = (
    f"the workbook has more than {MOST_CELLS:,} cells. Split the table into several files."
)
TOO_MANY_ERRORS = "the workbook has more cells with an error than can be named. Correct them and save the file again."
TOO_MANY_MERGED = f"a sheet has more than {MOST_KEPT:,} merged cells. Unmerge them in Excel and save the file again."

_READ_CODES = {"", "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}
"""The codes of errors that the reader knows; for any other it gives up the complete workbook."""
_UNCALCULATED = "uncalculated"
_TRUE = ("1", "true")
_HIDDEN = ("collapse", "filter")
_NOTHING = re.compile(r"0*\.?0+(?![.0-9])")
"""A height or width of 0, with or without its unit."""
_ADDRESS = re.compile(r"([A-Z]{1,9})([0-9]{1,12})", re.ASCII)
_SHOWN_ERROR = re.compile(r"#N/A|#[A-Z/0]{3,9}[!?]|Err:[0-9]{3}")
_XLSX_ERRORS = etree.XPath("*[@t='e']")
_XLSX_UNCALCULATED = etree.XPath(
    "*[not(@t='e')][*[local-name()='f'] and not(*[local-name()='is'])"
    " and not(normalize-space(*[local-name()='v'])) and not(@t='str' and *[local-name()='v'])]"
)
_XLSX_ADDRESSES = etree.XPath("*/@r", smart_strings=False)
_XLSX_FILLED = etree.XPath("*[*]")
_XLSX_MISREAD = etree.XPath(
    "*[@t='s']/*[local-name()='v'][translate(., '0123456789', '') or string-length(.) > 9]"
    " | */*[local-name()='v'][* or preceding-sibling::*[local-name()='v']]"
)
_HIDING = tuple(
    re.compile(pattern)
    for pattern in (
        rb"<!|<\?(?!xml )",
        rb"v(?:\s[^<>]*)?>[^<]*(?:&|<[^/])",
        rb"""t\s*=\s*["']s["'][^>]*>(?!<v>[0-9]{1,9}</v>|[^\0]{0,18}\Z)""",
    )
)
"""Comments and CDATA; a reference or an element in a value, where the reader cuts it; a shared string without a number.

Together in one pattern they take four times as long.
"""
_EXCEL_DAY_0 = date(1899, 12, 30)
DAYS_TO_1904 = 1462
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TABLE_START = f"{_TABLE}table"
_DAY_0 = f"{_TABLE}null-date"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_SIZES = (f"{_STYLE}row-height", f"{_STYLE}column-width")
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_PARAGRAPH = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
_ODS_VALUES = tuple(f"{_OFFICE}{kind}value" for kind in ("", "date-", "time-", "boolean-"))


Range = tuple[int, int, int, int]
"""Merged cells: first row, first column, last row, last column, from 0."""


@dataclass
class Lost:
    """Cells of one sheet that a reader leaves out: those kept, and how many more there are."""

    named: list[str] = field(default_factory=list)
    beyond: int = 0

    def add(self, cell: str) -> None:
        """Count one more, kept if there is room and its address is known."""
        if cell and len(self.named) < MOST_KEPT:
            self.named.append(cell)
        else:
            self.beyond += 1

    def __bool__(self) -> bool:
        return bool(self.named or self.beyond)

    def __str__(self) -> str:
        named = ", ".join(self.named[:MOST_NAMED])
        more = max(0, len(self.named) - MOST_NAMED) + self.beyond
        if not named:
            return f"{more:,} cells"
        return f"{named} and {more:,} more" if more else named


@dataclass
class Findings:
    """What the reader of a file leaves out or does not do.

    ``errors`` and ``uncalculated`` hold, by sheet name, the cells with an error and the formulas never
    calculated; both are read as blank. Of an .xls, formulas never calculated are not known. ``hidden_rows``
    and ``hidden_columns`` count from 0; ``merged`` are the ranges of merged cells.
    """

    errors: dict[str, Lost] = field(default_factory=dict)
    uncalculated: dict[str, Lost] = field(default_factory=dict)
    macros: bool = False
    external_links: bool = False
    days_off: int = 0
    """Days to add to a bare number that stands for a day, in a workbook that counts from 1904."""
    formulas: bool = False
    """Whether an .xlsx has formulas."""
    hidden_rows: dict[str, list[int]] = field(default_factory=dict)
    hidden_columns: dict[str, list[int]] = field(default_factory=dict)
    merged: dict[str, list[Range]] = field(default_factory=dict)
    hidden_sheets: list[str] = field(default_factory=list)
    charts: list[str] = field(default_factory=list)
    """Sheets that hold a chart and no cells."""

    def of(self, sheet: str) -> tuple[Lost, Lost]:
        """Return both kinds of lost cells for one sheet, empty at first."""
        return self.errors.setdefault(sheet, Lost()), self.uncalculated.setdefault(sheet, Lost())

    def hide(self, sheet: str, rows: range | None = None, columns: range | None = None) -> None:
        """Note rows or columns of a sheet as hidden, as far as a table of cases may reach."""
        if rows:
            self.hidden_rows.setdefault(sheet, []).extend(
                range(rows.start, min(rows.stop, LAST_ROW))
            )
        if columns:
            end = min(columns.stop, LAST_COLUMN)
            self.hidden_columns.setdefault(sheet, []).extend(range(columns.start, end))

    def merge(self, sheet: str, ranges: list[Range]) -> None:
        """Note merged cells of a sheet. Raises Refused for more than a table of cases has."""
        self.merged.setdefault(sheet, []).extend(ranges)
        if len(self.merged[sheet]) > MOST_KEPT:
            raise Refused(TOO_MANY_MERGED)

    def sentences(self, sheet: str) -> list[str]:
        """Return what to say to a person who has one sheet of the file read."""
        said = []
        if lost := self.errors.get(sheet):
            said.append(
                f"In sheet {quoted(sheet)} cells with an error are read as blank: "
                f"{lost}. Correct them and save the file again."
            )
        if lost := self.uncalculated.get(sheet):
            said.append(
                f"In sheet {quoted(sheet)} formulas that were never calculated are read as blank: "
                f"{lost}. Open the file in Excel and save it, which calculates them."
            )
        if rows := self.hidden_rows.get(sheet):
            one = len(rows) == 1
            said.append(
                f"In sheet {quoted(sheet)} {len(rows):,} hidden {'row is' if one else 'rows are'} read like the "
                f"others: {'row' if one else 'rows'} {listed_rows([row + 1 for row in rows])}."
            )
        if self.macros:
            said.append("The workbook holds macros. They are not run.")
        if self.external_links:
            said.append(
                "The workbook has links to other workbooks. The values last saved are read; nothing is "
                "fetched."
            )
        return said


def in_xlsx(archive: ZipFile, parts: dict[str, ZipInfo]) -> tuple[Findings, set[str]]:
    """Return the lost cells of an .xlsx, and the parts whose markup hides something from the reader.

    Raises Refused for content too far, or too much of it.
    """
    findings, hiding, cells = Findings(), set[str](), 0
    workbook = _workbook_part(archive, parts)
    if any(
        properties.get("date1904") in ("1", "true")
        for properties in _all(archive, parts, workbook, "workbookPr")
    ):
        findings.days_off = DAYS_TO_1904
    sheets = _sheet_parts(archive, parts, workbook)
    if len({part for _, part in sheets}) < len(sheets):
        raise Refused(DAMAGED)
    for name, part in sheets:
        if part not in parts:
            continue
        errors, uncalculated = findings.of(name)
        number = 0
        for row in _elements(archive, parts[part], hiding, "{*}row", "{*}col", "{*}sheetData"):
            if row.tag.endswith("}col"):
                if _is_hidden(row, "width"):
                    first, last = int(row.get("min", "1")), int(row.get("max", "1"))
                    findings.hide(name, columns=range(first - 1, last))
                continue
            if row.tag.endswith("sheetData"):
                break
            number = _next_number(row, number)
            if _is_hidden(row, "ht") and _XLSX_FILLED(row):
                findings.hide(name, rows=range(number - 1, number))
            cells += len(row)
            if cells > MOST_CELLS:
                raise Refused(TOO_MANY_CELLS)
            if len(row) and _is_far(row[-1]) and any(map(_is_far, _XLSX_FILLED(row))):
                raise Refused(TOO_FAR)
            for cell in _XLSX_ERRORS(row):
                code = (cell.findtext("{*}v") or "").strip()
                _add_error(errors, _address(cell, number), code)
            if hiding:
                for value in _XLSX_MISREAD(row):
                    _add_error(errors, _address(value.getparent(), number), "")
            if next(row.iter("{*}f"), None) is not None:
                findings.formulas = True
                for cell in _XLSX_UNCALCULATED(row):
                    uncalculated.add(_address(cell, number))
    return findings, hiding


def _is_hidden(element: etree._Element, size: str) -> bool:
    """Return whether a row or column of an .xlsx is hidden, or of no height or width."""
    return element.get("hidden") in _TRUE or bool(_NOTHING.match(element.get(size, "")))


def _next_number(row: etree._Element, above: int) -> int:
    """Return the number of a row. Refused where it, or a cell in it, is given again: a reader keeps one alone."""
    number = int(row.get("r", above + 1))
    if not len(row):
        return above if row.get("r") else number
    addresses = _XLSX_ADDRESSES(row)
    columns = {address.upper().removesuffix(str(number)) for address in addresses}
    if number <= above or len(columns) < len(addresses) or not f"A{''.join(columns)}".isalpha():
        raise Refused(DAMAGED)
    return number


def _add_error(errors: Lost, address: str, code: str) -> None:
    if code not in _READ_CODES:
        raise Refused(
            f"{f'the cell {address}' if address else 'a cell'} holds an error that cannot be read. Correct "
            "it and save the file again."
        )
    errors.add(f"{address} {code}".strip() if address else "")


def _address(cell: etree._Element, number: int) -> str:
    """Return the address of a cell of row ``number``; without one, it is beside the cell before it."""
    address: str = cell.get("r", "")
    if address:
        return address if _ADDRESS.fullmatch(address) else ""
    right = 0
    while (cell := cell.getprevious()) is not None:
        if before := _ADDRESS.fullmatch(cell.get("r", "")):
            right += xl_cell_to_rowcol(before[0])[1] + 1
            break
        right += 1
    return str(xl_rowcol_to_cell(number - 1, right))


def in_ods(archive: ZipFile, parts: dict[str, ZipInfo]) -> tuple[Findings, set[str]]:
    """Return the same of an .ods, repeated cells as often. Raises Refused as :func:`in_xlsx`."""
    findings, hiding, cells, kept = Findings(), set[str](), 0, 0
    above, beside, name, errors, uncalculated = 0, 0, "", Lost(), Lost()
    of_no_size = set[str]()
    tags = (_TABLE_START, f"{_TABLE}table-column", f"{_TABLE}table-row", _DAY_0, f"{_STYLE}style")
    for element in _elements(archive, parts["content.xml"], hiding, *tags):
        if element.tag == _DAY_0:
            with suppress(ValueError):
                day = date.fromisoformat(element.get(f"{_TABLE}date-value", ""))
                findings.days_off = (day - _EXCEL_DAY_0).days
            continue
        if element.tag == f"{_STYLE}style":
            sizes = [v for part in element for k, v in part.items() if k in _SIZES]
            if any(map(_NOTHING.match, sizes)):
                of_no_size.add(element.get(f"{_STYLE}name", ""))
            continue
        if element.tag == _TABLE_START:
            if next(element.iterancestors(_TABLE_START), None) is not None:
                raise Refused(DAMAGED)
            above, beside, name = 0, 0, element.get(f"{_TABLE}name", "")
            errors, uncalculated = findings.of(name)
            continue
        is_hidden = (
            element.get(f"{_TABLE}visibility") in _HIDDEN
            or element.get(f"{_TABLE}style-name") in of_no_size
        )
        if element.tag == f"{_TABLE}table-column":
            columns = range(beside, beside + _repeated(element, "columns"))
            findings.hide(name, columns=columns if is_hidden else None)
            beside = columns.stop
            continue
        if is_hidden and next(element.iter(_PARAGRAPH), None) is not None:
            findings.hide(name, rows=range(above, above + _repeated(element, "rows")))
        below, right = above + _repeated(element, "rows"), 0
        for cell in element.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            left, right = right, right + _repeated(cell, "columns")
            times = (below - above) * (right - left)
            if len(cell) or cell.get(f"{_OFFICE}value-type") is not None:
                cells += times
                if below > LAST_ROW or right > LAST_COLUMN:
                    raise Refused(TOO_FAR)
                if cells > MOST_CELLS:
                    raise Refused(TOO_MANY_CELLS)
            if spans := _spans(cell):
                findings.merge(name, [(above, left, above + spans[0] - 1, left + spans[1] - 1)])
            code = _ods_loss(cell)
            if code is None:
                continue
            kept += times
            if kept > MOST_KEPT:
                raise Refused(TOO_MANY_ERRORS)
            for row, column in product(range(above, below), range(left, right)):
                address = xl_rowcol_to_cell(row, column)
                if code == _UNCALCULATED:
                    uncalculated.add(address)
                else:
                    errors.add(f"{address} {code}".strip())
        above = below
    return findings, hiding


def _ods_loss(cell: etree._Element) -> str | None:
    """Return the error that a cell shows, "" where it shows none, _UNCALCULATED, or None where nothing is lost.

    Some programs mark an error in the attributes; others write a number or text and only show the error.
    An empty text is a value, and has no attribute.
    """
    formula = cell.get(f"{_TABLE}formula") is not None
    if not formula and "error" not in cell.values():
        return None
    shown = cell.find(_PARAGRAPH)
    text = "" if shown is None else "".join(shown.itertext())
    is_shown = formula and _SHOWN_ERROR.fullmatch(text)
    if is_shown or any(k.endswith("}value-type") and v == "error" for k, v in cell.items()):
        return text if is_shown else ""
    has_value = cell.get(f"{_OFFICE}value-type") == "string" or any(map(cell.get, _ODS_VALUES))
    if not formula or has_value or (shown is not None and not text):
        return None
    return _UNCALCULATED


def _spans(cell: etree._Element) -> tuple[int, int] | None:
    """Return how many rows and columns merged cells have; None for a cell that is alone."""
    down, across = (
        int(cell.get(f"{_TABLE}number-{what}-spanned", "1")) for what in ("rows", "columns")
    )
    return (down, across) if down > 1 or across > 1 else None


def _repeated(element: etree._Element, what: str) -> int:
    return max(1, int(element.get(f"{_TABLE}number-{what}-repeated", "1")))


def _is_far(cell: etree._Element) -> bool:
    found = _ADDRESS.fullmatch(cell.get("r", "").upper())
    return found is not None and (len(found[1]) > 2 or int(found[2]) > LAST_ROW)


def rewritten(archive: ZipFile, names: set[str]) -> bytes:
    """Return a workbook whose parts of these names are without comments, CDATA and needless references."""
    copy = BytesIO()
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    with ZipFile(copy, "w", ZIP_DEFLATED, compresslevel=1) as out:
        for entry in archive.infolist():
            data = archive.read(entry)
            if entry.filename in names:
                root = etree.fromstring(data, parser)
                data = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
            out.writestr(entry.filename, data)
    return copy.getvalue()


class _Watched:
    """A part as it is read, whose name is added to ``hiding`` where its markup hides something."""

    def __init__(self, file: IO[bytes], name: str, hiding: set[str]) -> None:
        self._file, self._name, self._hiding, self._end = file, name, hiding, b""

    def read(self, size: int) -> bytes:
        block = self._file.read(size)
        searched = self._end + block
        if any(pattern.search(searched) for pattern in _HIDING):
            self._hiding.add(self._name)
        self._end = searched[-1_000:]
        return block


def _elements(
    archive: ZipFile, part: ZipInfo, hiding: set[str], *tags: str
) -> Iterator[etree._Element]:
    """Yield the elements with these tags as they end, a table as it begins, and then forget them.

    Raises Refused for what the reader does not read: declared types and entities, and UTF-16.
    """
    options = dict.fromkeys(("resolve_entities", "load_dtd", "huge_tree", "collect_ids"), False)
    options |= dict.fromkeys(("no_network", "remove_comments", "remove_pis"), True)
    events = ("start", "end") if _TABLE_START in tags else ("end",)
    with archive.open(part) as file:
        checked = False
        watched = _Watched(file, part.filename, hiding)
        for event, element in etree.iterparse(watched, events, tag=tags, **options):
            info = None if checked else element.getroottree().docinfo
            if info and (
                info.internalDTD is not None or (info.encoding or "").startswith("UTF-16")
            ):
                raise Refused(MARKUP)
            checked = True
            if (event == "start") == (element.tag == _TABLE_START):
                yield element
            if event == "end":
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]


def _workbook_part(archive: ZipFile, parts: dict[str, ZipInfo]) -> str:
    workbook = "xl/workbook.xml"
    for relation in _all(archive, parts, "_rels/.rels", "Relationship"):
        if relation.get("Type", "").endswith("/relationships/officeDocument"):
            workbook = part_name(relation.get("Target", ""))
    return workbook


def _sheet_parts(
    archive: ZipFile, parts: dict[str, ZipInfo], workbook: str
) -> list[tuple[str, str]]:
    """Return the name and the part of each sheet of an .xlsx."""
    folder, name = posixpath.split(workbook)
    relations = _all(archive, parts, f"{folder}/_rels/{name}.rels".lstrip("/"), "Relationship")
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    found = []
    for sheet in _all(archive, parts, workbook, "sheet"):
        target = targets.get(next((v for k, v in sheet.items() if k.endswith("}id")), ""), "")
        path = posixpath.normpath(posixpath.join("/", folder, target))
        found.append((sheet.get("name", ""), part_name(path)))
    return found


def _all(archive: ZipFile, parts: dict[str, ZipInfo], part: str, name: str) -> list[etree._Element]:
    """Return all elements of a name in a part; none where there is no such part."""
    if part not in parts:
        return []
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(archive.read(parts[part]), parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused(MARKUP)
    return list(root.iter(f"{{*}}{name}"))
