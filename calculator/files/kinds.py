"""What a file is: its bytes decide, not its name."""

from __future__ import annotations

import codecs
import re
import zipfile
from enum import StrEnum
from pathlib import Path

from calculator.facts.problems import FileProblem
from calculator.facts.text import shortened
from calculator.files.limited import Refused

_START_BYTES = 4_096
_MOST_INFLATED_BYTES = 600_000_000
"""All parts of a workbook, as its directory states them: a sheet of 200,000 rows of 60 columns is 460 MB."""
_ENCRYPTED = 0x2041
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The start of an old .xls, and of every Office file with a password."""
_XLSX_TYPE = re.compile(
    rb"spreadsheetml\.(sheet|template)\.main\+xml|ms-excel\.(sheet|template)\.macroenabled\.main\+xml"
)
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_UTF_32_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_WEB_STARTS = (
    b"<html",
    b"<!doctype html",
    b"<head",
    b"<meta",
    b"<table",
    b"<style",
    b"mime-version:",
)

DAMAGED = (
    "cannot be opened as a workbook. The file is damaged or not whole: open it in Excel and save it "
    "again, or ask for it to be sent again."
)
TOO_LARGE = (
    "the workbook is far larger inside than a table of cases. Copy the table into a new workbook and "
    "save that."
)
PROTECTED = (
    "the file is protected by a password. Remove the password in Excel and save the file again."
)
OTHER = (
    "cannot be opened as a workbook, for it is a file of another kind. Save the table as .xlsx and use "
    "that."
)
BINARY_WORKBOOK = "this is a binary workbook (.xlsb). Open it in Excel and save it as .xlsx."
_UTF_32 = "the text is UTF-32. Save it as CSV UTF-8."
_NO_TEXT = "this is not a text file and not a workbook. Save the table as .xlsx or as CSV UTF-8."
_WEB_PAGE = "this is a web page and not a workbook. Open it in Excel and save it as .xlsx."
_XML = "this is an XML file and not a workbook. Open it in Excel and save it as .xlsx."


class ArchiveKind(StrEnum):
    """The kinds of workbook that are zip files."""

    XLSX = "xlsx"
    ODS = "ods"


def is_workbook(path: Path, largest: int) -> bool:
    """Return whether a file starts as a workbook does; else it is text.

    Raises FileProblem for a file larger than ``largest`` bytes, and for one that is neither.
    """
    with path.open("rb") as file:
        if file.seek(0, 2) > largest:
            raise file_problem(
                path,
                f"the file is larger than {largest // 1_000_000} MB. Split the table into several files.",
            )
        file.seek(0)
        start = file.read(_START_BYTES)
        if start.startswith((b"PK\x03\x04", b"PK\x05\x06", OLE)):
            return True
        if sentence := _no_text(start):
            raise file_problem(path, sentence)
        piece = start
        while piece and not utf_16_of(start):
            if b"\x00" in piece:
                raise file_problem(path, _NO_TEXT)
            piece = file.read(1 << 20)
    return False


def utf_16_of(start: bytes) -> str:
    """Return the encoding of a text that starts as UTF-16 does; "" for any other.

    Excel puts a mark before it. Without one every second byte shows it: most are 0, and no other is.
    """
    if start.startswith(_UTF_32_MARKS):
        return ""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for high, low, name in (
        (start[1::2], start[::2], "utf-16-le"),
        (start[::2], start[1::2], "utf-16-be"),
    ):
        if 2 * high.count(0) > len(high) and 0 not in low:
            return name
    return ""


def file_problem(path: Path, sentence: str) -> FileProblem:
    """Return the problem of a file: its name, then the sentence, in one line."""
    return FileProblem(f"{shortened(path.name, 100)}: {sentence}")


def parts_of(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Return the parts of a zip file by :func:`part_name`. To be called in a limited process.

    Raises Refused for parts that are encrypted, doubled, or too large together.
    """
    entries = archive.infolist()
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Refused(PROTECTED)
    if sum(entry.file_size for entry in entries) > _MOST_INFLATED_BYTES:
        raise Refused(TOO_LARGE)
    parts = {part_name(entry.filename): entry for entry in entries}
    if len(parts) < len(entries):
        raise Refused(DAMAGED)
    return parts


def part_name(name: str) -> str:
    """Return the name of a part as readers look it up: without regard to capitals, \\ or a first /."""
    return name.replace("\\", "/").lstrip("/").casefold()


def archive_kind(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> ArchiveKind:
    """Return the kind of workbook that a zip file is. To be called in a limited process.

    Raises Refused for any other kind, or for a file with a password.
    """

    def part(name: str) -> bytes:
        return archive.read(parts[name]).lower() if name in parts else b""

    types = part("[content_types].xml")
    is_xlsx, is_ods = bool(_XLSX_TYPE.search(types)), part("mimetype").startswith(_ODS_TYPE)
    if b"ms-excel.sheet.binary" in types:
        raise Refused(BINARY_WORKBOOK)
    if is_xlsx == is_ods:
        raise Refused(OTHER)
    if is_ods and b"encryption-data" in part("meta-inf/manifest.xml"):
        raise Refused(PROTECTED)
    return ArchiveKind.XLSX if is_xlsx else ArchiveKind.ODS


def _no_text(start: bytes) -> str:
    """Return why a file with this start is no text to read; "" where it may be."""
    if start.startswith(_UTF_32_MARKS):
        return _UTF_32
    utf_16 = utf_16_of(start)
    text = start.decode(utf_16, "ignore").encode() if utf_16 else start
    words = text.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if words.startswith(_WEB_STARTS) or (words.startswith(b"<?xml") and b"<html" in words):
        return _WEB_PAGE
    return _XML if words.startswith(b"<?xml") else ""
