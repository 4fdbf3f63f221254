"""Builders of hostile and awkward files: small on disk, made byte by byte, large ones by repetition."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

MARKER = "PRIVATE-7f3a"
"""Stands in cells of every file; no message may repeat it."""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
HEADINGS = ("case_ref", "exit_date", "notes")


@dataclass(frozen=True)
class Part:
    """One part of a zip file as it is to stand there, true or not."""

    name: str
    packed: bytes
    size: int
    check: int
    method: int = 8
    flags: int = 0


def part(name: str, content: str | bytes) -> Part:
    """An honest part."""
    data = content.encode() if isinstance(content, str) else content
    return Part(name, deflated(data, zlib.Z_FINISH), len(data), zlib.crc32(data))


def deflated(data: bytes, flush: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush(flush)


def repeated(name: str, before: str, block: str, times: int, after: str) -> Part:
    """A part with a block that stands in it many times: packed once, its packing repeated.

    The longer the block, the more it inflates.
    """
    start, middle, end = before.encode(), block.encode(), after.encode()
    packed = (
        deflated(start, zlib.Z_FULL_FLUSH)
        + deflated(middle, zlib.Z_FULL_FLUSH) * times
        + deflated(end, zlib.Z_FINISH)
    )
    check = zlib.crc32(start)
    for _ in range(times):
        check = zlib.crc32(middle, check)
    size = len(start) + len(middle) * times + len(end)
    return Part(name, packed, size, zlib.crc32(end, check))


def zipped(path: Path, parts: Iterable[Part]) -> Path:
    """A zip file of the parts."""
    directory = []
    entries = 0
    with path.open("wb") as file:
        for one in parts:
            name = one.name.encode()
            fields = (
                one.flags,
                one.method,
                0,
                33,
                one.check,
                len(one.packed),
                one.size,
                len(name),
                0,
            )
            place = file.tell()
            file.write(struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, *fields) + name + one.packed)
            head = struct.pack("<4s6H3L2H", b"PK\x01\x02", 20, 20, *fields)
            directory.append(head + struct.pack("<3H2L", 0, 0, 0, 0, place) + name)
            entries += 1
        start = file.tell()
        file.writelines(directory)
        size = file.tell() - start
        count = entries & 0xFFFF
        file.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, size, start, 0))
    return path


def cell(address: str, value: str | float) -> str:
    """A cell of text or of a number."""
    if isinstance(value, str):
        return f'<c r="{address}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{address}"><v>{value}</v></c>'


def row(number: int, values: Sequence[str | float], more: str = "") -> str:
    """A row of cells from column A on, then cells written out."""
    cells = "".join(cell(f"{letters(n)}{number}", value) for n, value in enumerate(values))
    return f'<row r="{number}">{cells}{more}</row>'


def letters(place: int) -> str:
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(65 + rest) + text
    return text


TABLE = row(1, HEADINGS) + row(2, ("A", "2020-12-31", MARKER)) + row(3, ("B", "2020-12-31", "x"))
SHEET_START = f'<?xml version="1.0"?><worksheet xmlns="{MAIN}">'


def sheet(rows: str = TABLE, before: str = "", after: str = "") -> str:
    """A sheet of rows; ``before`` and ``after`` stand around its data."""
    return f"{SHEET_START}{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def package(
    sheets: Sequence[tuple[str, str | Part]] = (("Cases", sheet()),),
    workbook: str = "",
    kind: str = SHEET_TYPE,
    more: Sequence[Part] = (),
    declared: str = "",
) -> list[Part]:
    """The parts of a workbook; parts in ``more`` take the place of those of their name."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>'
        for n, (name, _) in enumerate(sheets, 1)
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/s{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    parts = [
        part(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>',
        ),
        part(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        ),
        part(
            "xl/workbook.xml",
            f'<?xml version="1.0"?>{declared}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{workbook}'
            f"<sheets>{listed}</sheets></workbook>",
        ),
        part(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
        ),
        part(
            "xl/styles.xml",
            f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
            "</styleSheet>",
        ),
    ]
    for n, (_, content) in enumerate(sheets, 1):
        name = f"xl/worksheets/s{n}.xml"
        parts.append(
            replace(content, name=name) if isinstance(content, Part) else part(name, content)
        )
    instead = {one.name for one in more}
    return [one for one in parts if one.name not in instead] + list(more)


def xlsx(path: Path, content: str | Part = "", more: Sequence[Part] = ()) -> Path:
    """A workbook of one sheet, by default a good one."""
    return zipped(path, package([("Cases", content or sheet())], more=more))


def bomb(before: str, block: str, times: int, after: str) -> Part:
    """A sheet in which a block is repeated."""
    return repeated("sheet", before, block, times, after)


LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "haha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)
QUADRATIC = f'<!DOCTYPE w [<!ENTITY j "{"x" * 50_000}">]>'
EXTERNAL = '<!DOCTYPE w [<!ENTITY j SYSTEM "file:///etc/passwd">]>'


def with_entities(path: Path, declared: str, where: str) -> Path:
    """A workbook with entities declared, and used, in one of its parts."""
    text = f"<t>{'&j;' * 100}</t>"
    strings = f'<?xml version="1.0"?>{declared}<sst xmlns="{MAIN}"><si>{text}</si></sst>'
    styles = (
        f'{declared}<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/></cellXfs></styleSheet>'
    )
    cells = sheet(
        row(1, HEADINGS) + f'<row r="2"><c r="A2" t="inlineStr"><is>{text}</is></c></row>'
    )
    if where == "workbook":
        return zipped(path, package(declared=declared))
    if where == "sheet":
        return xlsx(path, cells.replace("<worksheet", f"{declared}<worksheet"))
    content = strings if where == "sharedStrings" else styles
    return xlsx(path, more=[part(f"xl/{where}.xml", content)])


def ods(path: Path, rows: str, declared: str = "", encrypted: bool = False) -> Path:
    """An OpenDocument sheet of rows."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    secret = "<manifest:encryption-data/>" if encrypted else ""
    return zipped(
        path,
        [
            Part("mimetype", kind, len(kind), zlib.crc32(kind), method=0),
            part(
                "META-INF/manifest.xml",
                f'<manifest:manifest xmlns:manifest="{office}:manifest:1.0"><manifest:file-entry '
                f'manifest:full-path="content.xml">{secret}</manifest:file-entry></manifest:manifest>',
            ),
            part(
                "content.xml",
                f'<?xml version="1.0"?>{declared}<office:document-content xmlns:office="{office}:office:1.0" '
                f'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
                f'xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0"><office:body>'
                f'<office:spreadsheet><table:table table:name="Cases">{rows}</table:table>'
                "</office:spreadsheet></office:body></office:document-content>",
            ),
        ],
    )


def ods_row(values: Sequence[str], times: int | str = 1, each: int | str = 1) -> str:
    cells = "".join(
        f'<table:table-cell table:number-columns-repeated="{each}" office:value-type="string">'
        f"<text:p>{value}</text:p></table:table-cell>"
        for value in values
    )
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def ole(path: Path, streams: dict[str, bytes]) -> Path:
    """A compound file, as an old .xls or an encrypted workbook is, with these streams."""
    nothing, end = 0xFFFFFFFF, 0xFFFFFFFE
    names = ["Root Entry", *streams]
    entry_sectors = -(-len(names) // 4)
    fat = [0xFFFFFFFD, *range(2, entry_sectors + 1), end]
    entries = b""
    body = b""
    for place, name in enumerate(names):
        data = streams.get(name, b"")
        data += bytes(max(0, 4096 - len(data)) if data else 0)
        start = end
        if data:
            sectors = -(-len(data) // 512)
            start = len(fat)
            fat += [*range(start + 1, start + sectors), end]
            body += data.ljust(sectors * 512, b"\0")
        text = name.encode("utf-16-le") + b"\0\0"
        beside = place + 1 if 0 < place < len(streams) else nothing
        child = 1 if place == 0 else nothing
        kind = 5 if place == 0 else 2
        entries += text.ljust(64, b"\0") + struct.pack(
            "<HBB3L", len(text), kind, 1, nothing, beside, child
        )
        entries += bytes(36) + struct.pack("<LQ", start, len(data))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9L", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109L", 0, *[nothing] * 108)
    table = struct.pack("<128L", *fat, *[nothing] * (128 - len(fat)))
    path.write_bytes(header + table + entries.ljust(entry_sectors * 512, b"\0") + body)
    return path


def xls(
    path: Path,
    rows: Sequence[Sequence[str | float | None]],
    locked: bool = False,
    merged: Sequence[tuple[int, int, int, int]] = (),
) -> Path:
    """An Excel 97 workbook of one sheet. None makes a cell that holds the error #REF!.

    ``merged`` are ranges of cells: first and last row, first and last column, from 0.
    """
    start = struct.pack("<4H2L", 0x0600, 5, 0, 0, 0, 0)
    sheet_start = struct.pack("<4H2L", 0x0600, 0x10, 0, 0, 0, 0)
    records = [_record(0x809, start)]
    if locked:
        records.append(_record(0x2F, struct.pack("<3H", 1, 1, 1) + bytes(48)))
    records.append(_record(0x42, struct.pack("<H", 1200)))
    after = len(b"".join(records)) + 4 + 8 + len("Cases") + 4
    records.append(_record(0x85, struct.pack("<LHBB", after, 0, len("Cases"), 0) + b"Cases"))
    records += [_record(0x0A, b""), _record(0x809, sheet_start)]
    for n, values in enumerate(rows):
        for place, value in enumerate(values):
            if value is None:
                records.append(_record(0x205, struct.pack("<3H2B", n, place, 0, 0x17, 1)))
            elif isinstance(value, str):
                text = struct.pack("<3HHB", n, place, 0, len(value), 0) + value.encode("latin-1")
                records.append(_record(0x204, text))
            else:
                records.append(_record(0x203, struct.pack("<3Hd", n, place, 0, value)))
    if merged:
        areas = b"".join(struct.pack("<4H", *area) for area in merged)
        records.append(_record(0xE5, struct.pack("<H", len(merged)) + areas))
    records.append(_record(0x0A, b""))
    return ole(path, {"Workbook": b"".join(records)})


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data
