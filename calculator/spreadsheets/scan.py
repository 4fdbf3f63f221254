"""What stands in the XML of a workbook, found by patterns as it is inflated: no tree, bounded memory.

These scans give a clear sentence early and find what readers leave out. A file made to slip past them
meets the limits of the process that reads it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

from calculator.files.parts import PIECE_BYTES, Refused

LAST_COLUMN = 702
"""Column ZZ. The program has about 65 fields; the rest is room for the person's own columns."""
LAST_ROW = 200_000
"""Cases of one file: a table that takes a minute or two."""
MOST_CELLS = 12_000_000
"""Cells with content in all sheets: 200,000 rows of 60 columns. Beyond it memory runs to gigabytes."""
MOST_STRINGS = 5_000_000
"""Shared texts: half of the most cells, were nearly all of them different texts."""
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
TOO_MANY_TEXTS = (
    f"the workbook has more than {MOST_STRINGS:,} texts. Copy the table of cases into a new workbook "
    "and save that."
)
TOO_MANY_ERRORS = "the workbook has more cells with an error than can be named. Correct them and save the file again."

_MOST_LOOKED_AT = 1_000
"""Cells with an error looked at one by one in each piece; the rest of it are only counted."""
_MOST_ODS_LOOKED_AT = 400_000
"""Cells of an .ods that show an error or may be lost, looked at one by one."""
_MOST_ODS_ROWS = 2_000_000
"""Rows written out in an .ods, empty ones too; a sheet has at most 1,048,576."""
_DECLARATION = re.compile(rb"<!(?!--|\[CDATA\[)")
_ADDRESS = re.compile(rb"\sr=[\"']([A-Z]{1,3}[0-9]{1,7})[\"']")
_EMPTY_TEXT = re.compile(rb"\st=[\"']str[\"']")
_READ_CODES = {b"#NULL!", b"#DIV/0!", b"#VALUE!", b"#REF!", b"#NAME?", b"#NUM!", b"#N/A"}
"""The codes of errors that the reader knows; for any other it gives up the whole workbook."""
_FAR_HINT = re.compile(rb" r=[\"'](?:[A-Za-z]{3}|0*(?:[2-9][0-9]{5}|[0-9]{7}))")
_IN_TAG = rb"(?:[^<>\"']++|\"[^<\"]*+\"|'[^<']*+')*+"
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell((?:\s[^<>]*+)?)>")
_ODS_WHOLE_CELL = re.compile(rb"<table:(?:covered-)?table-cell((?:\s%s)?)>" % _IN_TAG)
_ODS_COLUMNS = re.compile(rb"\stable:number-columns-repeated=[\"']([0-9]{1,9})[\"']")
_ODS_SHEET = re.compile(rb"<table:table(\s%s)>" % _IN_TAG)
_ODS_NAME = re.compile(rb"\stable:name=(?:\"([^<\"]*)\"|'([^<']*)')")
_ODS_ERROR = re.compile(rb":value-type=[\"']error[\"']")
_ODS_SHOWN_ERROR = re.compile(
    rb"<text:p(?:\s[^<>]*+)?>(#N/A|#[A-Z/0]{3,9}[!?]|Err:[0-9]{3})</text:p>"
)
_ODS_HAS_VALUE = rb"(?:value-type=[\"']string|(?:date-|time-|boolean-)?value=)"
_ODS_VALUE = re.compile(rb"\soffice:" + _ODS_HAS_VALUE)
_ODS_SIGNS = {
    b"table:formula=": re.compile(
        rb"table:formula=(?:[^<>o]++|o(?!ffice:%s))*+(office:)?" % _ODS_HAS_VALUE
    ),
    b"error": re.compile(rb":value-type=[\"']error[\"']()"),
    b">#": re.compile(rb">#[A-Z/0]{3,9}[!?]?</text:p>()"),
    b">Err:": re.compile(rb">Err:[0-9]{3}</text:p>()"),
}
"""What stands in a lost cell, by how it begins; a formula with its value is not lost."""
_ODS_EMPTY_TEXT = re.compile(rb"\s*+<text:p(?:\s*+/>|></text:p>)\s*+")
_ODS_ROWS = re.compile(rb"\stable:number-rows-repeated=[\"']([0-9]{1,9})[\"']")


@dataclass
class Lost:
    """Cells of one sheet that a reader leaves out: those kept, and how many more there are."""

    named: list[str] = field(default_factory=list)
    beyond: int = 0

    def add(self, cell: str) -> None:
        """One more, kept if there is still room and its address is known."""
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


class _Patterns(NamedTuple):
    """What to look for in a sheet whose elements bear a prefix, as in ``<x:c>``."""

    cell_start: bytes
    cell_end: bytes
    formula: bytes
    far: re.Pattern[bytes]
    error: re.Pattern[bytes]
    uncalculated: re.Pattern[bytes]


@lru_cache(maxsize=8)
def _patterns(prefix: bytes) -> _Patterns:
    """The patterns for a prefix. None tries a tag twice, so that no sheet makes them slow."""
    p = prefix
    formula = rb"<" + p + rb"f(?:\s[^<>]*+)?(?:(?<=/)>|(?<!/)>[^<]*+</" + p + rb"f>)\s*+"
    value = rb"<" + p + rb"v>"
    empty = rb"<" + p + rb"v\s*+/>|" + value + rb"\s*+</" + p + rb"v>"
    address = rb"(?>\s(?:[^<>]*?\s)?r=[\"'])([A-Za-z]{1,9})([0-9]{1,12})[\"']"
    return _Patterns(
        cell_start=b"<" + p + b"c ",
        cell_end=b"</" + p + b"c>",
        formula=b"<" + p + b"f",
        far=re.compile(rb"<%sc%s[^<>]*+(?<!/)>\s*+<(?!/)" % (p, address)),
        error=re.compile(
            rb"<%sc((?>\s[^<>]*?\bt=[\"']e[\"'])[^<>]*+)>\s*+(?:%s)?(?:%s([^<]{0,20})<)?"
            % (p, formula, value)
        ),
        uncalculated=re.compile(
            rb"<%sc((?:\s[^<>]*+)?)>\s*+%s(%s)?\s*+</%sc>" % (p, formula, empty, p)
        ),
    )


def prefix_of(piece: bytes, root: bytes) -> bytes:
    """The prefix of a part's elements, with its colon, as its root element bears it."""
    found = re.search(rb"<(\w{1,20}:)" + root + rb"[\s>]", piece[:4096])
    return found[1] if found else b""


def checked(pieces: Iterator[bytes], whole: bytes = b"") -> Iterator[bytes]:
    """The pieces of an XML part cut anew so that no tag lies across two. Refused for a declaration.

    A new piece begins, where that leaves it short enough, at the last ``whole``: the start of a cell or
    row, so that none lies across two pieces either.
    """
    held = b""
    first = True
    for piece in pieces:
        if first and (b"\x00" in piece[:8] or piece.startswith((b"\xfe\xff", b"\xff\xfe"))):
            raise Refused(MARKUP)
        first = False
        held += piece
        cut = held.rfind(whole) if whole else 0
        if cut <= 0 or len(held) - cut > PIECE_BYTES:
            cut = held.rfind(b"<")
        if cut <= 0:
            if len(held) < PIECE_BYTES:
                continue
            cut = len(held)
        yield _declared_nothing(held[:cut])
        held = held[cut:]
    yield _declared_nothing(held)


def _declared_nothing(piece: bytes) -> bytes:
    if _DECLARATION.search(piece):
        raise Refused(MARKUP)
    return piece


class SheetScan:
    """What stands in the sheets of an .xlsx: too far, too much, and what readers leave out."""

    def __init__(self) -> None:
        self._cells = 0

    def scan(self, pieces: Iterator[bytes]) -> tuple[Lost, Lost]:
        """The cells of one sheet that hold an error, and formulas that were never calculated."""
        errors, uncalculated = Lost(), Lost()
        start = next(pieces, b"")
        found = _patterns(prefix_of(start, b"worksheet"))
        far = False
        for piece in checked(_again(start, pieces), found.cell_start):
            self._cells += piece.count(found.cell_end)
            if self._cells > MOST_CELLS:
                raise Refused(TOO_MANY_CELLS)
            far = far or _FAR_HINT.search(piece) is not None
            if far:
                _refuse_far(found.far.findall(piece))
            if b't="e"' in piece or b"t='e'" in piece:
                _add_errors(errors, found.error.findall(piece))
            if found.formula in piece:
                _add_uncalculated(uncalculated, found.uncalculated.findall(piece))
        return errors, uncalculated


def _again(start: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield start
    yield from pieces


def _refuse_far(cells: list[tuple[bytes, bytes]]) -> None:
    for column, row in cells:
        letters = column.decode().upper()
        if len(letters) > 2 or int(row) > LAST_ROW:
            raise Refused(TOO_FAR)


def _add_errors(errors: Lost, cells: list[tuple[bytes, bytes]]) -> None:
    errors.beyond += max(0, len(cells) - _MOST_LOOKED_AT)
    for attributes, code in cells[:_MOST_LOOKED_AT]:
        address = _address(attributes)
        if code and code not in _READ_CODES:
            raise Refused(
                f"{f'the cell {address}' if address else 'a cell'} holds an error that cannot be read. "
                "Correct it and save the file again."
            )
        errors.add(f"{address} {code.decode()}".strip() if address else "")


def _add_uncalculated(lost: Lost, cells: list[tuple[bytes, bytes]]) -> None:
    for attributes, empty in cells:
        if not (empty and _EMPTY_TEXT.search(attributes)):
            lost.add(_address(attributes))


def _address(attributes: bytes) -> str:
    found = _ADDRESS.search(attributes)
    return found[1].decode() if found else ""


def count_strings(pieces: Iterator[bytes]) -> None:
    """Refused for more shared texts than any table of cases has."""
    start = next(pieces, b"")
    name = b"<" + prefix_of(start, b"sst") + b"si"
    strings = 0
    for piece in checked(_again(start, pieces)):
        strings += sum(piece.count(name + end) for end in (b">", b"/>", b" "))
        if strings > MOST_STRINGS:
            raise Refused(TOO_MANY_TEXTS)


class OdsScan:
    """What stands in the sheets of an .ods: too far, too much, and what its reader leaves out.

    Repeated cells are counted as often. ``errors`` and ``uncalculated`` hold the cells with an error and
    the formulas never calculated by sheet name.
    """

    def __init__(self) -> None:
        self.errors: dict[str, Lost] = {}
        self.uncalculated: dict[str, Lost] = {}
        self._kept = 0
        self._looked_at = 0
        self._sheet = ""
        self._row = 1
        self._times = 0
        self._column = 0

    def scan(self, pieces: Iterator[bytes]) -> None:
        """Look through the content. Refused for content too far right or down, or too much of it."""
        rows = cells = 0
        for piece in checked(pieces, b"<table:table-row"):
            rows += piece.count(b"<table:table-row")
            if rows > _MOST_ODS_ROWS:
                raise Refused(TOO_MANY_CELLS)
            lossy = _ods_may_lose(piece)
            texts = piece.split(b"<table:table-row")
            for place, text in enumerate(texts):
                if place and text[:1] not in b" />\t\r\n":
                    continue
                body = text
                if place:
                    attributes, _, body = text.partition(b">")
                    self._row += self._times
                    self._times, self._column = _repeated(_ODS_ROWS, attributes), 0
                    filled, last = _ods_row(body)
                    cells += self._times * filled
                    if filled and (self._row + self._times - 1 > LAST_ROW or last > LAST_COLUMN):
                        raise Refused(TOO_FAR)
                    if cells > MOST_CELLS:
                        raise Refused(TOO_MANY_CELLS)
                if lossy or place in (0, len(texts) - 1):
                    self._find_lost(body)
                if b"<table:table " in body:
                    self._sheet = _ods_sheet(body)
                    self._row, self._times = 1, 0

    def _find_lost(self, body: bytes) -> None:
        """The lost cells of a row, or of a part of it where a piece begins or ends within the row."""
        counted = done = 0
        for sign_start, sign_end in _ods_signs(body):
            self._looked_at += 1
            if self._looked_at > _MOST_ODS_LOOKED_AT:
                raise Refused(TOO_MANY_ERRORS)
            start = body.rfind(b"<table:", done, sign_start + len(b"<table:"))
            cell = _ODS_WHOLE_CELL.match(body, start) if start >= 0 else None
            done = sign_end
            if cell is None:
                continue
            self._column += _ods_columns(body[counted:start])
            counted = cell.end()
            shown = body[counted : body.find(b"table:", counted)]
            shown = shown.rpartition(b"</office:annotation>")[2]
            times = _repeated(_ODS_COLUMNS, cell[1])
            error = _ods_error(cell[1], shown)
            if error is not None:
                self._add(self.errors, times, error)
            elif _never_calculated(cell[1], shown):
                self._add(self.uncalculated, times, "")
            self._column += times
        self._column += _ods_columns(body[counted:])

    def _add(self, by_sheet: dict[str, Lost], times: int, code: str) -> None:
        self._kept += self._times * times
        if self._kept > MOST_KEPT:
            raise Refused(TOO_MANY_ERRORS)
        lost = by_sheet.setdefault(self._sheet, Lost())
        for row in range(self._row, self._row + self._times):
            for column in range(self._column, self._column + times):
                lost.add(f"{xl_rowcol_to_cell(row - 1, column)} {code}".strip())


def _ods_signs(text: bytes) -> list[tuple[int, int]]:
    """Where in order each sign of a lost cell begins and ends."""
    found = []
    for start, pattern in _ODS_SIGNS.items():
        if start in text:
            found += [sign.span() for sign in pattern.finditer(text) if not sign[1]]
    return sorted(found)


def _ods_may_lose(text: bytes) -> bool:
    return any(
        not sign[1]
        for start, pattern in _ODS_SIGNS.items()
        if start in text
        for sign in pattern.finditer(text)
    )


def _ods_error(attributes: bytes, shown: bytes) -> str | None:
    """The error a cell holds, ``""`` where it is not shown; None where it holds none.

    Some programs mark it in the attributes; others write a number or text and only show the error.
    """
    found = _ODS_SHOWN_ERROR.search(shown) if b"table:formula" in attributes else None
    if found is None and _ODS_ERROR.search(attributes) is None:
        return None
    return found[1].decode() if found else ""


def _never_calculated(attributes: bytes, shown: bytes) -> bool:
    """True for a formula whose cell holds no value. An empty text is a value, and has no attribute."""
    if b"table:formula" not in attributes or _ODS_VALUE.search(attributes):
        return False
    return _ODS_EMPTY_TEXT.match(shown) is None


def _ods_columns(cells: bytes) -> int:
    """How many columns some cells of a row take."""
    written = cells.count(b"<table:table-cell") + cells.count(b"<table:covered-table-cell")
    return written + sum(int(times) - 1 for times in _ODS_COLUMNS.findall(cells))


def _ods_sheet(body: bytes) -> str:
    """The name of the last sheet that begins here."""
    tags = _ODS_SHEET.findall(body)
    name = _ODS_NAME.search(tags[-1]) if tags else None
    return html.unescape((name[1] or name[2] or b"").decode("utf-8", "replace")) if name else ""


def _ods_row(body: bytes) -> tuple[int, int]:
    """The number of cells of a row with content, and the column of the last of them, from 1."""
    written = body.count(b"<table:table-cell") + body.count(b"<table:covered-table-cell")
    if written <= LAST_COLUMN and b"number-columns-repeated" not in body:
        return body.count(b"</table:table-cell>"), written
    column = filled = last = 0
    for attributes in _ODS_CELL.findall(body):
        times = _repeated(_ODS_COLUMNS, attributes)
        column += times
        if not attributes.endswith(b"/") or b" office:value" in attributes:
            filled += times
            last = column
    return filled, last


def _repeated(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes) if b"repeated" in attributes else None
    return int(found[1]) if found else 1
