"""What stands in the XML of a workbook, found by patterns as it is inflated: no tree, bounded memory.

These scans give a clear sentence early and find what readers leave out. A file made to slip past them
meets the limits of the process that reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from calculator.sheets.parts import PIECE_BYTES, Refused

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

_MOST_LOOKED_AT = 1_000
"""Cells with an error looked at one by one in each piece; the rest of it are only counted."""
_MOST_ODS_ROWS = 2_000_000
"""Rows written out in an .ods, empty ones too; a sheet has at most 1,048,576."""
_DECLARATION = re.compile(rb"<!(?!--|\[CDATA\[)")
_ADDRESS = re.compile(rb"\sr=[\"']([A-Z]{1,3}[0-9]{1,7})[\"']")
_EMPTY_TEXT = re.compile(rb"\st=[\"']str[\"']")
_READ_CODES = {b"#NULL!", b"#DIV/0!", b"#VALUE!", b"#REF!", b"#NAME?", b"#NUM!", b"#N/A"}
"""The codes of errors that the reader knows; for any other it gives up the whole workbook."""
_FAR_HINT = re.compile(rb" r=[\"'](?:[A-Za-z]{3}|0*(?:[2-9][0-9]{5}|[0-9]{7}))")
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell((?:\s[^<>]*+)?)>")
_ODS_COLUMNS = re.compile(rb"\stable:number-columns-repeated=[\"']([0-9]{1,9})[\"']")
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


def scan_ods(pieces: Iterator[bytes]) -> None:
    """Refused for content too far right or down, or too much of it, repeated cells counted as often."""
    rows = row = cells = 0
    for piece in checked(pieces, b"<table:table-row"):
        rows += piece.count(b"<table:table-row")
        if rows > _MOST_ODS_ROWS:
            raise Refused(TOO_MANY_CELLS)
        for text in piece.split(b"<table:table-row")[1:]:
            if text[:1] not in b" />\t\r\n":
                continue
            attributes, _, body = text.partition(b">")
            times = _repeated(_ODS_ROWS, attributes)
            filled, last = _ods_row(body)
            row += times
            cells += times * filled
            if filled and (row > LAST_ROW or last > LAST_COLUMN):
                raise Refused(TOO_FAR)
            if cells > MOST_CELLS:
                raise Refused(TOO_MANY_CELLS)
            if b"</table:table>" in body:
                row = 0


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
