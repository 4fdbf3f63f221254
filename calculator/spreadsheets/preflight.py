"""A first look at a file before any reader opens it: what it is, whether to refuse it, what is lost.

What a file is, its bytes decide, not its name. A workbook is looked through as it is inflated, within
limits of size, in bounded memory; a workbook of 100,000 rows of 30 columns takes about 2 seconds.
"""

from __future__ import annotations

import html
import posixpath
import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from calculator.facts.problems import FileProblem
from calculator.files.parts import PROTECTED, Parts, Refused, part_name
from calculator.spreadsheets.scan import Lost, OdsScan, SheetScan, checked, count_strings

COMMAND_LINE_BYTES = 200_000_000
"""A file on the command line: ten times a workbook of 100,000 rows of 30 columns."""
BROWSER_BYTES = 25_000_000
"""A file through the browser, where it is held in memory: a workbook of 100,000 rows fits."""
_MOST_INDEX_BYTES = 4_000_000
"""The lists of sheets and of relations; a workbook of 200 sheets has about 40 kB."""
_START_BYTES = 4_096

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENTRY_BYTES = 128
_XLS_ENCRYPTED = re.compile(
    rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL
)
"""The first record of an .xls workbook, then perhaps write protection, then the record of a password."""
_XLSX_TYPES = (
    b"spreadsheetml.sheet.main+xml",
    b"spreadsheetml.template.main+xml",
    b"ms-excel.sheet.macroenabled.main+xml",
    b"ms-excel.template.macroenabled.main+xml",
)
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_NEVER_OPENED = ("customxml/", "basic/", "dialogs/")
"""Folders whose XML no reader opens: there Excel writes UTF-16 and LibreOffice declarations."""
_WEB_STARTS = (
    b"<html",
    b"<!doctype html",
    b"<head",
    b"<meta",
    b"<table",
    b"<style",
    b"mime-version:",
)
_ATTRIBUTE = re.compile(rb"\s(?:\w+:)?(\w+)\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")

UTF_16 = "the text is UTF-16. Save it as CSV UTF-8."
NO_TEXT = "this is not a text file and not a workbook. Save the table as .xlsx or as CSV UTF-8."
OTHER = (
    "cannot be opened as a workbook, for it is a file of another kind. Save the table as .xlsx and use "
    "that."
)
BINARY_WORKBOOK = "this is a binary workbook (.xlsb). Open it in Excel and save it as .xlsx."
WEB_PAGE = "this is a web page and not a workbook. Open it in Excel and save it as .xlsx."
XML = "this is an XML file and not a workbook. Open it in Excel and save it as .xlsx."


class FileKind(StrEnum):
    """What a file is by its bytes."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"


@dataclass
class Findings:
    """What a file is, and what its reader would leave out without a word.

    ``errors`` and ``uncalculated`` hold, by sheet name, the cells with an error and the formulas never
    calculated; both are read as blank. Of an .xls the errors are found as it is read, and
    formulas never calculated are not known.
    """

    kind: FileKind
    errors: dict[str, Lost] = field(default_factory=dict)
    uncalculated: dict[str, Lost] = field(default_factory=dict)
    macros: bool = False
    external_links: bool = False

    def sentences(self, sheet: str) -> list[str]:
        """What to say to a person who has one sheet of the file read."""
        said = []
        if sheet in self.errors:
            said.append(
                f"In sheet {_plain(sheet)!r} cells with an error are read as blank: "
                f"{self.errors[sheet]}. Correct them and save the file again."
            )
        if sheet in self.uncalculated:
            said.append(
                f"In sheet {_plain(sheet)!r} formulas that were never calculated are read as blank: "
                f"{self.uncalculated[sheet]}. Open the file in Excel and save it, which calculates them."
            )
        if self.macros:
            said.append("The workbook holds macros. They are not run.")
        if self.external_links:
            said.append(
                "The workbook has links to other workbooks. The values last saved are read; nothing is "
                "fetched."
            )
        return said


def inspect(path: Path, largest: int = COMMAND_LINE_BYTES) -> Findings:
    """What a file is and what its reader would leave out.

    FileProblem, in one line that holds nothing of the file's content, for a file larger than ``largest``
    bytes, of a kind that is not read, damaged, protected, or made to exhaust its reader.
    """
    try:
        with path.open("rb") as file:
            return _findings(file, largest)
    except Refused as refused:
        raise file_problem(path, str(refused)) from None


def file_problem(path: Path, sentence: str) -> FileProblem:
    """The problem of a file: its name, then the sentence, in one line."""
    return FileProblem(f"{_plain(path.name)}: {sentence}")


def _plain(name: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in name)


def _findings(file: BinaryIO, largest: int) -> Findings:
    if file.seek(0, 2) > largest:
        raise Refused(
            f"the file is larger than {largest // 1_000_000} MB. Split the table into several files."
        )
    file.seek(0)
    start = file.read(_START_BYTES)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(Parts(file))
    if start.startswith(_OLE):
        return Findings(_ole_kind(file))
    _check_text(file, start)
    return Findings(FileKind.TEXT)


def _check_text(file: BinaryIO, start: bytes) -> None:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused(UTF_16)
    words = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if words.startswith(_WEB_STARTS):
        raise Refused(WEB_PAGE)
    if words.startswith(b"<?xml"):
        raise Refused(WEB_PAGE if b"<html" in words else XML)
    file.seek(0)
    while piece := file.read(1 << 20):
        if b"\x00" in piece:
            raise Refused(NO_TEXT)


def _ole_kind(file: BinaryIO) -> FileKind:
    """An old .xls by the streams of its directory. Refused for any other, or with a password."""
    kind = None
    file.seek(0)
    before = b""
    place = 0
    while piece := file.read(1 << 20):
        held = before + piece
        if _has_stream(held, place, "EncryptedPackage") or _XLS_ENCRYPTED.search(held):
            raise Refused(PROTECTED)
        if _has_stream(held, place, "Workbook") or _has_stream(held, place, "Book"):
            kind = FileKind.XLS
        before = held[-_OLE_ENTRY_BYTES:]
        place += len(held) - len(before)
    if kind is None:
        raise Refused(OTHER)
    return kind


def _has_stream(held: bytes, place: int, name: str) -> bool:
    """True if a directory entry for a stream of that name begins in ``held``, which begins at ``place``."""
    sought = name.encode("utf-16-le")
    length = (len(sought) + 2).to_bytes(2, "little")
    found = held.find(sought)
    while found >= 0:
        if (place + found) % _OLE_ENTRY_BYTES == 0 and held[
            found + 64 : found + 67
        ] == length + b"\x02":
            return True
        found = held.find(sought, found + 1)
    return False


def _zip(parts: Parts) -> Findings:
    """Look through a zip file."""
    types = parts.short("[content_types].xml", _MOST_INDEX_BYTES).lower()
    is_xlsx = any(kind in types for kind in _XLSX_TYPES)
    is_ods = "mimetype" in parts and parts.short("mimetype", 200).startswith(_ODS_TYPE)
    if b"ms-excel.sheet.binary" in types:
        raise Refused(BINARY_WORKBOOK)
    if is_xlsx == is_ods:
        raise Refused(OTHER)
    return _xlsx(parts) if is_xlsx else _ods(parts)


def _ods(parts: Parts) -> Findings:
    if b"encryption-data" in parts.short("meta-inf/manifest.xml", _MOST_INDEX_BYTES):
        raise Refused(PROTECTED)
    scan = OdsScan()
    for name in parts:
        if name == "content.xml":
            scan.scan(parts.pieces(name))
        else:
            _run_through(parts, name)
    return Findings(FileKind.ODS, scan.errors, scan.uncalculated)


def _xlsx(parts: Parts) -> Findings:
    folder = _workbook_folder(parts)
    sheets = _sheet_names(parts, folder)
    findings = Findings(FileKind.XLSX)
    scan = SheetScan()
    for name in parts:
        if name in sheets or (name.startswith(f"{folder}worksheets/") and name.endswith(".xml")):
            errors, uncalculated = scan.scan(parts.pieces(name))
            if errors and name in sheets:
                findings.errors[sheets[name]] = errors
            if uncalculated and name in sheets:
                findings.uncalculated[sheets[name]] = uncalculated
        elif name == f"{folder}sharedstrings.xml":
            count_strings(parts.pieces(name))
        else:
            _run_through(parts, name)
        findings.macros = findings.macros or name.endswith("vbaproject.bin")
        findings.external_links = findings.external_links or "externallinks/" in name
    return findings


def _run_through(parts: Parts, name: str) -> None:
    """Inflate a part that nothing is sought in; of XML that a reader may open also refuse declarations."""
    pieces = parts.pieces(name)
    if name.endswith((".xml", ".rels")) and not name.startswith(_NEVER_OPENED):
        pieces = checked(pieces)
    for _ in pieces:
        pass


def _workbook_folder(parts: Parts) -> str:
    """The folder of the workbook's parts, ``xl/`` as a rule, as the reader finds it."""
    folder = "xl/"
    for relation in _elements(parts.short("_rels/.rels", _MOST_INDEX_BYTES), b"Relationship"):
        if relation.get("Type", "").endswith("/relationships/officeDocument"):
            folder = part_name(relation.get("Target", "").rpartition("/")[0] + "/")
    return folder


def _sheet_names(parts: Parts, folder: str) -> dict[str, str]:
    """The name of each sheet by the name of its part."""
    relations = parts.short(f"{folder}_rels/workbook.xml.rels", _MOST_INDEX_BYTES)
    targets = {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in _elements(relations, b"Relationship")
    }
    found = {}
    for sheet in _elements(parts.short(f"{folder}workbook.xml", _MOST_INDEX_BYTES), b"sheet"):
        target = targets.get(sheet.get("id", ""), "")
        if target:
            part = target if target.startswith("/") else folder + target
            found[part_name(posixpath.normpath(part))] = sheet.get("name", "")
    return found


def _elements(xml: bytes, name: bytes) -> list[dict[str, str]]:
    """The attributes of every element of that name, without prefixes."""
    tags = re.findall(rb"<(?:\w+:)?" + name + rb"(\s[^<>]*)>", xml)
    return [
        {
            key.decode("utf-8", "replace"): html.unescape((one or other).decode("utf-8", "replace"))
            for key, one, other in _ATTRIBUTE.findall(tag)
        }
        for tag in tags
    ]
