"""The parts of a zip file, inflated piece by piece within limits. What the headers claim is never trusted."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

MOST_ENTRIES = 2_000
"""Parts of one file. A workbook of 200 sheets with charts has some hundreds."""
MOST_PART_BYTES = 500_000_000
"""One part, inflated: a sheet of 200,000 rows of 60 columns is about 460 MB."""
MOST_INFLATED_BYTES = 600_000_000
"""All parts, inflated: the largest sheet and its texts."""
MOST_TIMES = 200
"""How many times its size a part may inflate. Sheets of cases inflate 6 to 20 times."""
FREE_BYTES = 1_000_000
"""Inflated size up to which the times are not counted: a small part may well be all one character."""
PIECE_BYTES = 1 << 20
_READ_BYTES = 1 << 18
_MOST_DIRECTORY_BYTES = 2_000_000
_END = struct.Struct("<4s4H2LH")
_END_64_LOCATOR = struct.Struct("<4sLQL")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCAL = struct.Struct("<4s5H3L2H")
_LONGEST_COMMENT = 65_535
_ENCRYPTED = 0x2041

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


class Refused(ValueError):
    """A file that must not be read: the message is what to say after its name."""


class Parts:
    """The parts of an open zip file by name, in small letters and with forward slashes.

    Refused for a damaged file, encrypted or doubled parts, or too many of them.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = file.seek(0, 2)
        self._inflated = 0
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in _entries(file):
            if entry.flag_bits & _ENCRYPTED:
                raise Refused(PROTECTED)
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise Refused(DAMAGED)
            name = part_name(entry.filename)
            if name in self._entries:
                raise Refused(DAMAGED)
            self._entries[name] = entry

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def spelt(self, name: str) -> str:
        """The name of a part as the file spells it."""
        return self._entries[name].filename.replace("\\", "/").lstrip("/")

    def short(self, name: str, most: int) -> bytes:
        """A part as a whole; empty if there is none. Refused if longer than ``most`` bytes."""
        if name not in self:
            return b""
        held = b""
        for piece in self.pieces(name):
            held += piece
            if len(held) > most:
                raise Refused(TOO_LARGE)
        return held

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part inflated, in pieces of at most PIECE_BYTES. Refused beyond any limit or if damaged."""
        entry = self._entries[name]
        most = min(MOST_PART_BYTES, max(FREE_BYTES, MOST_TIMES * entry.compress_size))
        size = check = 0
        for piece in _inflated(self._packed(entry), entry.compress_type == zipfile.ZIP_DEFLATED):
            size += len(piece)
            self._inflated += len(piece)
            if size > most or self._inflated > MOST_INFLATED_BYTES:
                raise Refused(TOO_LARGE)
            check = zlib.crc32(piece, check)
            yield piece
        if size != entry.file_size or check != entry.CRC:
            raise Refused(DAMAGED)

    def _packed(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        """The bytes of a part as they stand in the file.

        Read here and not through zipfile, which stops at the size that the header claims; other readers
        do not.
        """
        if not 0 <= entry.header_offset <= self._size - _LOCAL.size - entry.compress_size:
            raise Refused(DAMAGED)
        self._file.seek(entry.header_offset)
        header = self._file.read(_LOCAL.size)
        if not header.startswith(b"PK\x03\x04"):
            raise Refused(DAMAGED)
        *_, name_length, extra_length = _LOCAL.unpack(header)
        place = entry.header_offset + _LOCAL.size + name_length + extra_length
        left = entry.compress_size
        while left:
            self._file.seek(place)
            packed = self._file.read(min(left, _READ_BYTES))
            if not packed:
                raise Refused(DAMAGED)
            place += len(packed)
            left -= len(packed)
            yield packed


def part_name(name: str) -> str:
    """The name of a part as readers look it up: capitals, backslashes and a first slash do not count."""
    return name.replace("\\", "/").lstrip("/").casefold()


def _inflated(packed: Iterator[bytes], deflated: bool) -> Iterator[bytes]:
    if not deflated:
        yield from packed
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    held = b""
    while not inflater.eof:
        held = held or next(packed, b"")
        try:
            piece = inflater.decompress(held, PIECE_BYTES)
        except zlib.error:
            raise Refused(DAMAGED) from None
        if not piece and not held:
            raise Refused(DAMAGED)
        held = inflater.unconsumed_tail
        if piece:
            yield piece


def _entries(file: BinaryIO) -> list[zipfile.ZipInfo]:
    _check_directory(file)
    try:
        entries = zipfile.ZipFile(file).infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError):
        raise Refused(DAMAGED) from None
    if len(entries) > MOST_ENTRIES:
        raise Refused(TOO_LARGE)
    return entries


def _check_directory(file: BinaryIO) -> None:
    """Refused where the directory is missing or large; zipfile would read all of it."""
    size = file.seek(0, 2)
    start = max(0, size - _END.size - _LONGEST_COMMENT)
    file.seek(start)
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < _END.size:
        raise Refused(DAMAGED)
    entries, directory = _END.unpack_from(tail, place)[4:6]
    before = start + place - _END_64.size - _END_64_LOCATOR.size
    if before >= 0:
        file.seek(before)
        record, locator = file.read(_END_64.size), file.read(_END_64_LOCATOR.size)
        if locator.startswith(b"PK\x06\x07"):
            entries, directory = _END_64.unpack(record)[7:9]
    if entries > MOST_ENTRIES or directory > _MOST_DIRECTORY_BYTES:
        raise Refused(TOO_LARGE)
