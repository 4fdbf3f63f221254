"""The person's own workbook with every problem marked in its cell. Runs in a limited process.

openpyxl opens and saves the workbook. It keeps neither the value of a formula nor the drop-downs of newer
versions of Excel: both are copied from the person's file, as are numbers that it would shorten.
"""

from __future__ import annotations

import re
import tempfile
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from copy import copy
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles import Alignment, Color, PatternFill
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.xml.constants import ARC_STYLE

from calculator.facts.cells import Raw
from calculator.facts.problems import Severity
from calculator.spreadsheets.answers import (
    ACCEPT,
    MOST_LINKS,
    PROBLEM_HEADS,
    PROBLEM_WIDTHS,
    PROBLEMS_HEADING,
    PROBLEMS_SHEET,
    SHADES,
    ProblemLine,
    is_problems_sheet,
)
from calculator.spreadsheets.not_kept import DROP_DOWNS, SPARKLINES
from calculator.spreadsheets.rows import HIGHEST_ROW, LINE_HEIGHT, MOST_TEXT, lines_needed

_ORDER = list(SHADES)
NOTE_STARTS = "Exit-payment cap calculator"
"""The first line of our part of a note, and the author of a note that is ours alone."""
_HEADING_ROWS = 100
_GAP = "\n\n"
_NOTE_WIDTH, _NOTE_LINE, _LETTERS_ON_A_LINE = 320, 18, 48
_DIGITS_KEPT = 16
_DAY_FORMAT = "d mmm yyyy"
_CELL_COLUMN, _SEVERITY, _ACCEPT, _HELD = (
    PROBLEM_HEADS.index(head) + 1 for head in ("Cell", "Severity", "Accept", "Value when checked")
)
_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f.*?</f>|<f[^>]*/>)?<v(?:/>|>([^<]*)</v>)</c>')
_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
_TYPE = re.compile(r' t="[^"]*"')
_EMPTY_FILL = re.compile(rb"<((?:\w+:)?)fill\s*(?:/>|>\s*</\1fill>)")

Taken = Sequence[tuple[str, str, Raw]]
"""Cells that hold an accepted suggestion: the sheet, the address and the value."""


def mark(source: Path, target: Path, lines: Sequence[ProblemLine], taken: Taken) -> None:
    """Write the workbook of ``source`` to ``target`` with each problem marked, and a sheet of all if there are any."""
    tempfile.tempdir = str(target.parent)
    laid_out = target.parent / "laid_out.xlsx"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = _Reader(source, rich_text=True)
        reader.read()
        book = reader.wb
        book.template = False
        for page in book.worksheets:
            page._images = []
        _unmark(book)
        for sheet, address, value in taken:
            _enter(_cell(book[sheet], address), value)
            book.calculation.fullCalcOnLoad = True
        if lines:
            _add_problems(book, lines, _shade(book, lines))
        book.save(laid_out)
    parts = {
        f"xl/worksheets/sheet{number}.xml": reader.parts[page.title]
        for number, page in enumerate(book.worksheets, 1)
        if page.title in reader.parts
    }
    del book
    with (
        zipfile.ZipFile(source) as theirs,
        zipfile.ZipFile(laid_out) as saved,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for info in saved.infolist():
            data = saved.read(info)
            if info.filename in parts:
                data = _with_kept(data.decode(), theirs, parts[info.filename], reader)
            out.writestr(info.filename, data)
    laid_out.unlink()


class _Reader(ExcelReader):  # type: ignore[misc]
    """Reads a workbook with its numbers as they are, also where they are shown as days."""

    parts: dict[str, str]
    archive: zipfile.ZipFile

    def __init__(self, source: Path, **options: bool) -> None:
        super().__init__(source, **options)
        self.archive.close()
        self.archive = _Archive(source)

    def read_worksheets(self) -> None:
        self.wb._date_formats, self.wb._timedelta_formats = set(), set()
        self.parts = {sheet.name: rel.target for sheet, rel in self.parser.find_sheets()}
        super().read_worksheets()


class _Archive(zipfile.ZipFile):
    """Reads a fill without a pattern, which openpyxl refuses and some programs write, as no fill."""

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        data = super().read(name, pwd)
        return (
            _EMPTY_FILL.sub(rb"<\1fill><\1patternFill/></\1fill>", data)
            if name == ARC_STYLE
            else data
        )


# Before: what we marked last time


def _unmark(book: Any) -> None:
    """Remove our earlier sheets of problems, and our notes and shades where they still are."""
    fills: dict[tuple[str, str], Any] = {}
    earlier = [page for page in book.worksheets if is_problems_sheet(_first_row(page))]
    for page in earlier:
        for row in page.iter_rows(min_row=2, max_col=len(PROBLEM_HEADS)):
            sheet, address = str(row[0].value), str(row[_CELL_COLUMN - 1].value)
            if _ADDRESS.fullmatch(address):
                fills[sheet, address] = copy(row[_HELD - 1].fill)
        book.remove(page)
    for page in book.worksheets:
        noted = [cell for cell in page._cells.values() if cell.comment is not None]
        ours = {cell.coordinate: PatternFill() for cell in noted if _remove_note(cell)}
        for (sheet, address), fill in fills.items():
            if sheet == page.title:
                ours[_cell(page, address).coordinate] = fill
        for address, fill in ours.items():
            if _is_shaded(page[address]):
                page[address].fill = fill
        if earlier:
            _clear_explained(page)


def _first_row(page: Any) -> list[list[Raw]]:
    return [[cell.value for cell in row] for row in page.iter_rows(max_row=1)]


def _remove_note(cell: Any) -> bool:
    """Remove our part of a note; False where there is none."""
    before, ours, _ = cell.comment.text.rpartition(NOTE_STARTS)
    if not ours or (before and not before.endswith(_GAP)):
        return False
    theirs = before.removesuffix(_GAP)
    cell.comment = _note(theirs, cell.comment.author) if theirs else None
    return True


def _is_shaded(cell: Any) -> bool:
    fill = cell.fill
    return fill.fill_type == "solid" and fill.fgColor.rgb in {f"FF{rgb}" for rgb in SHADES.values()}


def _clear_explained(page: Any) -> None:
    """Empty the last column of a table of problems, which says what was wrong before."""
    for row in page.iter_rows(max_row=min(page.max_row, _HEADING_ROWS)):
        for cell in row:
            if cell.value == PROBLEMS_HEADING:
                for below in page.iter_rows(cell.row, page.max_row, cell.column, cell.column):
                    below[0].value = None
                return


# The cells


def _cell(page: Any, address: str) -> Any:
    """The cell at an address; of merged cells the first, which alone is shown."""
    cell = page[address]
    if isinstance(cell, MergedCell):
        merged = next(each for each in page.merged_cells.ranges if address in each)
        return page.cell(merged.min_row, merged.min_col)
    return cell


def _enter(cell: Any, value: Raw) -> None:
    """Put a value into a cell: text is never a formula, and a day is shown as a day."""
    if isinstance(value, str):
        cell.value, cell.data_type = ILLEGAL_CHARACTERS_RE.sub("?", value)[:MOST_TEXT], "s"
        return
    form = cell.number_format
    cell.value = value
    if isinstance(value, date):
        cell.number_format = form if is_date_format(form) else _DAY_FORMAT


def _shade(book: Any, lines: Sequence[ProblemLine]) -> list[Any]:
    """Shade the cells and write their notes. Return the fill that the cell of each line had."""
    fills = {severity: PatternFill("solid", fgColor=f"FF{rgb}") for severity, rgb in SHADES.items()}
    of_cell: dict[tuple[str, str], list[ProblemLine]] = defaultdict(list)
    had = []
    for line in lines:
        cell = _cell(book[line.sheet], line.cell)
        of_cell[line.sheet, cell.coordinate].append(line)
        had.append(copy(cell.fill))
    for (sheet, address), of_this in of_cell.items():
        cell = book[sheet][address]
        cell.fill = fills[min((Severity(each.severity) for each in of_this), key=_ORDER.index)]
        theirs = cell.comment
        said = _GAP.join(part for part in (theirs.text if theirs else "", _said(of_this)) if part)
        cell.comment = _note(said, theirs.author if theirs else NOTE_STARTS)
    return had


def _said(lines: Sequence[ProblemLine]) -> str:
    """What is wrong with one cell and what to enter, under our name."""
    said = [NOTE_STARTS]
    for line in lines:
        said.append(f"{line.severity.capitalize()}: {line.wrong} {line.enter}")
        if line.suggestion:
            said.append(
                f"Suggestion: {line.suggestion} (to take it, write {ACCEPT} in the sheet of problems)"
            )
    return "\n".join(said)


def _note(text: str, author: str) -> Comment:
    text = ILLEGAL_CHARACTERS_RE.sub("?", text)[:MOST_TEXT]
    lines = sum(1 + len(line) // _LETTERS_ON_A_LINE for line in text.split("\n"))
    return Comment(text, author or NOTE_STARTS, _NOTE_LINE * (lines + 1), _NOTE_WIDTH)


# The sheet of problems


def _add_problems(book: Any, lines: Sequence[ProblemLine], had: Sequence[Any]) -> None:
    """Add the sheet of problems; the last column has the fill that the cell had, to be restored."""
    page = book.create_sheet(_free_title(book))
    top, plain = Alignment(vertical="top", wrap_text=True), copy(page.cell(1, 1).font)
    bold, link = copy(plain), copy(plain)
    bold.b, link.color, link.u = True, Color("FF0563C1"), "single"
    grey, fills = _fill("E9ECEF"), {str(severity): _fill(rgb) for severity, rgb in SHADES.items()}
    for column, (head, width) in enumerate(zip(PROBLEM_HEADS, PROBLEM_WIDTHS, strict=True), 1):
        cell = page.cell(1, column)
        cell.value, cell.font, cell.fill, cell.alignment = head, bold, grey, top
        page.column_dimensions[cell.column_letter].width = width
    heights = lines_needed(lines, PROBLEM_WIDTHS)
    for number, (line, fill, height) in enumerate(zip(lines, had, heights, strict=True), 2):
        page.row_dimensions[number].height = min(HIGHEST_ROW, LINE_HEIGHT * height)
        for column, text in enumerate(line, 1):
            cell = page.cell(number, column)
            if text:
                _enter(cell, text)
            cell.number_format, cell.alignment = "@", top
        page.cell(number, _SEVERITY).fill = fills[line.severity]
        page.cell(number, _HELD).fill = fill
        if number <= MOST_LINKS:
            cell = page.cell(number, _CELL_COLUMN)
            target = f"{quote_sheetname(line.sheet)}!{line.cell}"
            cell.hyperlink, cell.font = Hyperlink(ref=cell.coordinate, location=target), link
    _set_page(page, max(2, len(lines) + 1))


def _set_page(page: Any, last: int) -> None:
    """Freeze, filter and lay out the sheet of problems, and offer what may be written under Accept."""
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{page.cell(1, len(PROBLEM_HEADS)).column_letter}{last}"
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"
    choice = DataValidation(type="list", formula1=f'"{ACCEPT}"', allow_blank=True)
    letter = page.cell(1, _ACCEPT).column_letter
    choice.add(f"{letter}2:{letter}{last}")
    page.add_data_validation(choice)


def _fill(rgb: str) -> PatternFill:
    return PatternFill("solid", fgColor=f"FF{rgb}")


def _free_title(book: Any) -> str:
    """A name for our sheet that no sheet of theirs has."""
    used = {name.casefold() for name in book.sheetnames}
    numbered = (f"{PROBLEMS_SHEET} {number}" for number in range(2, len(used) + 3))
    return next(name for name in (PROBLEMS_SHEET, *numbered) if name.casefold() not in used)


# After: what openpyxl does not keep


def _with_kept(markup: str, theirs: zipfile.ZipFile, part: str, reader: _Reader) -> bytes:
    """Return a sheet as saved, with the values of its formulas, its long numbers and its drop-downs."""
    formulas: dict[str, tuple[str, str]] = {}
    numbers: dict[str, str] = {}
    extensions: list[str] = []
    with theirs.open(part) as file:
        for element in _elements(file):
            if element.tag.endswith("}row"):
                _note_values(element, formulas, numbers, reader.shared_strings)
            elif element.getparent() is not None and element.getparent().getparent() is None:
                extensions += _copied(element)

    def kept(found: re.Match[str]) -> str:
        address, attributes, formula, value = found.groups()
        if formula and address in formulas:
            kind, last = formulas[address]
            attributes = f"{_TYPE.sub('', attributes)} t={quoteattr(kind)}"
            return f'<c r="{address}"{attributes}>{formula}<v>{escape(last)}</v></c>'
        exact = numbers.get(address, "")
        if exact and value and float(value) == float(f"{float(exact):.16g}"):
            return f'<c r="{address}"{attributes}><v>{exact}</v></c>'
        return found[0]

    if formulas or numbers:
        markup = _CELL.sub(kept, markup)
    if extensions:
        added = f"<extLst>{''.join(extensions)}</extLst></worksheet>"
        markup = added.join(markup.rsplit("</worksheet>", 1))
    return markup.encode()


def _elements(file: Any) -> Iterator[Any]:
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False}
    for _, element in etree.iterparse(file, ("end",), tag=("{*}row", "{*}extLst"), **options):
        yield element
        if element.tag.endswith("}row"):
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _note_values(
    row: Any,
    formulas: dict[str, tuple[str, str]],
    numbers: dict[str, str],
    shared: Sequence[object],
) -> None:
    """Note the last value of each formula of a row, and each number of more digits than are saved."""
    for cell in row.iterchildren("{*}c"):
        value, kind = cell.findtext("{*}v"), cell.get("t", "n")
        if not value:
            continue
        if cell.find("{*}f") is not None:
            known = ("str", str(shared[int(value)])) if kind == "s" else (kind, value)
            formulas[cell.get("r", "")] = known
        elif kind == "n" and len(value) > _DIGITS_KEPT:
            numbers[cell.get("r", "")] = value


def _copied(extension_list: Any) -> list[str]:
    """The markup of the extensions of a sheet that say everything themselves."""
    found = []
    for extension in extension_list:
        if str(extension.get("uri", "")).strip("{}").upper() not in (DROP_DOWNS, SPARKLINES):
            continue
        for element in extension.iter():
            for name in [name for name in element.attrib if "/revision" in name]:
                del element.attrib[name]
        etree.cleanup_namespaces(extension)
        found.append(etree.tostring(extension, encoding="unicode", with_tail=False))
    return found
