"""Hostile and awkward files: the right values, or one clear sentence, in bounded time and memory."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from calculator.facts.problems import FileProblem
from calculator.files.kinds import is_workbook
from calculator.files.limited import Limits
from calculator.spreadsheets import reader
from calculator.spreadsheets.lost_cells import MOST_NAMED, Findings
from calculator.spreadsheets.read import BROWSER_BYTES, Sheet, read_cases, read_sheet
from calculator.spreadsheets.reader import read_workbook
from tests import hostile
from tests.hostile import HEADINGS, MARKER, Part, package, part, sheet, xlsx, zipped
from tests.needs import SOFFICE, needs

MOST_SECONDS = 25
MOST_PARENT_MB = 200
MOST_CHILD_MB = 2_300
LINUX = sys.platform == "linux"
Build = Callable[[Path], Path]


@contextmanager
def bounded() -> Iterator[None]:
    """Fails where what is done takes much of a processor, or much memory, here or in a child."""
    if LINUX:  # the peak so far is forgotten
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    started, before = processor_seconds(), peak_mb()
    yield
    assert processor_seconds() - started < MOST_SECONDS
    assert peak_mb() - before < MOST_PARENT_MB
    assert peak_mb(children=True) < MOST_CHILD_MB


def processor_seconds() -> float:
    """Seconds of a processor used so far here and by children that have ended: other work does not count."""
    return sum(os.times()[:4])


def peak_mb(children: bool = False) -> int:
    """The largest memory of this process, or of a child that has ended; 0 where it is not told so."""
    if sys.platform != "linux":
        return 0
    import resource

    who = resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF
    return resource.getrusage(who).ru_maxrss // 1024


def read(path: Path) -> Sheet:
    with bounded():
        return read_sheet(path)


def findings(path: Path) -> Findings:
    return read_workbook(path)[1]


def refusal(path: Path, act: Callable[[Path], object] = read_sheet) -> str:
    """The sentence that refuses a file, which is one line and tells nothing of its content."""
    with bounded(), pytest.raises(FileProblem) as caught:
        act(path)
    message = str(caught.value)
    assert message.startswith(f"{path.name}: ")
    assert "\n" not in message
    assert message.endswith(".")
    assert len(message) < 300
    assert MARKER not in message
    return message


def good(path: Path) -> Path:
    return xlsx(path)


def cut(share: float) -> Build:
    def build(path: Path) -> Path:
        whole = xlsx(path).read_bytes()
        path.write_bytes(whole[: int(len(whole) * share)])
        return path

    return build


def written(data: bytes) -> Build:
    def build(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return build


def sheet_part(content: Callable[[], str | Part]) -> Build:
    return lambda path: xlsx(path, content())


def cell_at(address: str) -> str:
    """A good table and beneath it a cell with content at this address."""
    number = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return sheet(f'{hostile.TABLE}<row r="{number}">{hostile.cell(address, "x")}</row>')


def lying(path: Path) -> Path:
    """A sheet whose header says 100 bytes, with the right checksum of its first 100."""
    block = "<row/>" * 300
    honest = hostile.bomb(hostile.SHEET_START, block, 10_000, "</worksheet>")
    first = (hostile.SHEET_START + block)[:100].encode()
    return xlsx(path, Part("x", honest.packed, 100, zlib.crc32(first)))


def spaces(path: Path) -> Path:
    """One part of 1 GB of spaces."""
    packed = hostile.deflated(b" " * (1 << 20), zlib.Z_FULL_FLUSH) * 1_000
    end = hostile.deflated(b"", zlib.Z_FINISH)
    return xlsx(path, Part("x", packed + end, 1_000 << 20, 0))


def many_parts(path: Path) -> Path:
    """Parts that are each within the limits and together are not."""
    one = hostile.repeated("x", "", " " * 2_000, 20_000, "")
    more = [Part(f"xl/extra{n}.xml", one.packed, one.size, one.check) for n in range(30)]
    return xlsx(path, more=more)


def nested(path: Path) -> Path:
    """A zip file in a zip file, each many times what holds it."""
    inner = path.with_suffix(".inner")
    zipped(inner, [hostile.repeated("x.zip", "", "\0" * 100_000, 100, "")])
    data = inner.read_bytes()
    inner.unlink()
    return zipped(path, [part("a.zip", data), part("b.zip", data)])


def strings(block: str, times: int) -> Build:
    start = f'<sst xmlns="{hostile.MAIN}">'

    def build(path: Path) -> Path:
        return xlsx(
            path, more=[hostile.repeated("xl/sharedStrings.xml", start, block, times, "</sst>")]
        )

    return build


def encrypted_entries(path: Path) -> Path:
    parts = package()
    return zipped(path, [Part(p.name, p.packed, p.size, p.check, flags=1) for p in parts])


def content_of(kind: bytes) -> list[Part]:
    return [part("[Content_Types].xml", b'<Types><Override ContentType="' + kind + b'"/></Types>')]


def utf_16(path: Path) -> Path:
    text = hostile.sheet().replace("<worksheet", f"{hostile.LAUGHS}<worksheet")
    return zipped(
        path,
        package(more=[part("xl/worksheets/s1.xml", text.encode("utf-16"))]),
    )


def one_part_for_many_sheets(path: Path) -> Path:
    """A workbook of 1,000 names for one sheet of 19,000 rows."""
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 1_001))
    block = f"<row>{hostile.cell('A1', MARKER)}</row>".replace(' r="A1"', "")
    long = hostile.bomb(
        f"{hostile.SHEET_START}<sheetData>", block, 19_000, "</sheetData></worksheet>"
    )
    start = f'<workbook xmlns="{hostile.MAIN}" xmlns:r="{hostile.RELATIONS}"><sheets>'
    book = part("xl/workbook.xml", f"{start}{listed}</sheets></workbook>")
    return xlsx(path, long, [book])


def changed_ods(path: Path, old: str, new: str) -> Path:
    """A good .ods with a change in the text of its content."""
    with zipfile.ZipFile(hostile.ods(path, hostile.ods_row(HEADINGS) * 3)) as archive:
        parts = [part(name, archive.read(name)) for name in archive.namelist()]
        content = archive.read("content.xml").decode().replace(old, new)
    return zipped(path, [*parts[:-1], part("content.xml", content)])


PASSWORD = "protected by a password. Remove the password in Excel"  # noqa: S105
CANNOT_OPEN = "cannot be opened as a workbook"
DAMAGED = "damaged"
LARGER = "far larger inside than a table of cases"
FAR = "content beyond column ZZ or row 200,000"
DECLARED = "declarations that no spreadsheet program writes"
OTHER = "file of another kind"
TOO_MUCH = "takes too much memory or time"

ENTITIES = {
    "laughing": hostile.LAUGHS,
    "quadratic": hostile.QUADRATIC,
    "external": hostile.EXTERNAL,
    "small-letter": hostile.QUADRATIC.replace("DOCTYPE", "doctype"),
}

REFUSED: dict[str, tuple[str, Build, str]] = {
    "encrypted workbook": (
        "in.xlsx",
        lambda p: hostile.ole(
            p, {"EncryptionInfo": b"x", "EncryptedPackage": MARKER.encode() * 900}
        ),
        PASSWORD,
    ),
    "encrypted xls": ("in.xls", lambda p: hostile.xls(p, [HEADINGS], locked=True), PASSWORD),
    "encrypted ods": (
        "in.ods",
        lambda p: hostile.ods(p, hostile.ods_row([MARKER]), encrypted=True),
        PASSWORD,
    ),
    "encrypted entries": ("in.xlsx", encrypted_entries, PASSWORD),
    "old Word document": (
        "in.xls",
        lambda p: hostile.ole(p, {"WordDocument": MARKER.encode()}),
        OTHER,
    ),
    "cut at 1%": ("in.xlsx", cut(0.01), DAMAGED),
    "cut at half": ("in.xlsx", cut(0.5), DAMAGED),
    "cut at 99%": ("in.xlsx", cut(0.99), DAMAGED),
    "1 GB of spaces": ("in.xlsx", spaces, LARGER),
    "many large parts": ("in.xlsx", many_parts, LARGER),
    "nested zip": ("in.xlsx", nested, OTHER),
    "header lies about size": ("in.xlsx", lying, DAMAGED),
    "100,000 entries": (
        "in.xlsx",
        lambda p: zipped(p, (Part(f"{n}", b"", 0, 0, method=0) for n in range(100_000))),
        OTHER,
    ),
    "duplicate names": ("in.xlsx", lambda p: zipped(p, [*package(), package()[2]]), DAMAGED),
    "names that differ in capitals": (
        "in.xlsx",
        lambda p: zipped(p, [*package(), part("XL\\Workbook.xml", "<workbook/>")]),
        DAMAGED,
    ),
    "UTF-16 part": ("in.xlsx", utf_16, DECLARED),
    "ods with entities": (
        "in.ods",
        lambda p: hostile.ods(p, hostile.ods_row(["&j;"]), hostile.LAUGHS),
        DECLARED,
    ),
    "one cell at the far corner": (
        "in.xlsx",
        sheet_part(lambda: cell_at("XFD1048576")),
        FAR,
    ),
    "one cell in row 200,001": ("in.xlsx", sheet_part(lambda: cell_at("A200001")), FAR),
    "one cell in column AAA": ("in.xlsx", sheet_part(lambda: cell_at("AAA5")), FAR),
    "5,000 rows with a cell at XFD": (
        "in.xlsx",
        sheet_part(
            lambda: sheet(
                "".join(f'<row r="{n}">{hostile.cell(f"XFD{n}", 1)}</row>' for n in range(1, 5_001))
            )
        ),
        FAR,
    ),
    "20 million cells": (
        "in.xlsx",
        sheet_part(
            lambda: hostile.bomb(
                hostile.SHEET_START + "<sheetData>",
                f"<row>{'<c><v>1</v></c>' * 100}</row>",
                200_000,
                "</sheetData></worksheet>",
            )
        ),
        "more than 12,000,000 cells",
    ),
    "ods of 1e6 x 1024 repeated cells": (
        "in.ods",
        lambda p: hostile.ods(p, hostile.ods_row([MARKER], times=1_000_000, each=1024)),
        FAR,
    ),
    "ods of 100,000 x 500 repeated cells": (
        "in.ods",
        lambda p: hostile.ods(p, hostile.ods_row([MARKER], times=100_000, each=500)),
        "cells",
    ),
    "ods of 2 billion repeated spaces": (
        "in.ods",
        lambda p: hostile.ods(p, hostile.ods_row(['<text:s text:c="2000000000"/>'])),
        TOO_MUCH,
    ),
    "many texts promised": (
        "in.xlsx",
        lambda p: xlsx(
            p,
            more=[
                part(
                    "xl/sharedStrings.xml",
                    f'<sst xmlns="{hostile.MAIN}" uniqueCount="999999999999"/>',
                )
            ],
        ),
        TOO_MUCH,
    ),
    "cells far apart": ("in.xlsx", sheet_part(lambda: cell_at("ZZ200000")), TOO_MUCH),
    "cells less far apart": ("in.xlsx", sheet_part(lambda: cell_at("ZZ30000")), "much further"),
    "an error the reader does not know": (
        "in.xlsx",
        sheet_part(
            lambda: sheet(f'{hostile.TABLE}<row r="9"><c r="F9" t="e"><v>{MARKER}</v></c></row>')
        ),
        "the cell F9 holds an error that cannot be read",
    ),
    "10 MB in one cell": (
        "in.xlsx",
        sheet_part(
            lambda: hostile.bomb(
                f'{hostile.SHEET_START}<sheetData>{hostile.TABLE}<row r="9"><c r="A9" t="inlineStr"><is><t>',
                f"{MARKER} and more ",
                10_000_000 // 22,
                "</t></is></c></row></sheetData></worksheet>",
            )
        ),
        "more than 1,000,000 characters",
    ),
    "a row given twice": (
        "in.xlsx",
        sheet_part(lambda: sheet(hostile.TABLE + hostile.row(3, ("C", "2021-01-01", MARKER)))),
        DAMAGED,
    ),
    "a row that comes too late": (
        "in.xlsx",
        sheet_part(lambda: sheet(hostile.row(4, ("C", "2021-01-01")) + hostile.TABLE)),
        DAMAGED,
    ),
    "a cell given twice": (
        "in.xlsx",
        sheet_part(
            lambda: sheet(hostile.TABLE.replace("</row>", hostile.cell("A2", "x") + "</row>"))
        ),
        DAMAGED,
    ),
    "a cell in the row of another": (
        "in.xlsx",
        sheet_part(lambda: sheet(hostile.TABLE.replace('r="B3"', 'r="B2"'))),
        DAMAGED,
    ),
    "a table in a cell": (
        "in.ods",
        lambda p: hostile.ods(
            p,
            hostile.ods_row(HEADINGS)
            + hostile.ods_row(["A", "2020-12-31", MARKER]).replace(
                "<text:p>2020-12-31</text:p>",
                f"<table:table>{hostile.ods_row(['x'])}</table:table>",
            ),
        ),
        DAMAGED,
    ),
    "10 MB in one cell of CSV": (
        "in.csv",
        written(f'case_ref,exit_date\n"{MARKER * 800_000}",x\n'.encode()),
        "a line has more than 4,000,000 characters",
    ),
    "2 MB in one cell of CSV": (
        "in.csv",
        written(f'case_ref,exit_date\n"{MARKER * 160_000}",x\n'.encode()),
        "a cell is too long",
    ),
    "10 million cells in a line of CSV": (
        "in.csv",
        written(b"case_ref,exit_date" + b"," * 10_000_000),
        "a line has more than",
    ),
    "2 million blank lines of CSV": (
        "in.csv",
        written(b"case_ref,exit_date\n" + b"\n" * 2_000_000),
        "more than 1,048,576 rows",
    ),
    "zero bytes in CSV": (
        "in.csv",
        written(f"case_ref,exit_date\n{MARKER}\0,x".encode()),
        "not a text file",
    ),
    "UTF-16 CSV": ("in.csv", written(f"case_ref,{MARKER}".encode("utf-16")), "no headings found"),
    "UTF-16 CSV with a long line": (
        "in.txt",
        written(("case_ref\texit_date" + "\t" * 5_000_000).encode("utf-16")),
        "a line has more than",
    ),
    "noise as xlsx": ("in.xlsx", written(bytes(range(256)) * 99), "not a workbook"),
    "html as xls": (
        "in.xls",
        written(f"\n<HTML><table><td>{MARKER}</table>".encode()),
        "web page",
    ),
    "xml as xls": (
        "in.xls",
        written(f'<?xml version="1.0"?><Workbook>{MARKER}</Workbook>'.encode()),
        "XML file",
    ),
    "CSV as xlsx": (
        "in.xlsx",
        written(f"case_ref,exit_date\n{MARKER},x\n".encode()),
        "plain text. If it is CSV, give it the ending .csv",
    ),
    "nothing as xlsx": ("in.xlsx", written(b""), "empty"),
    "docx as xlsx": (
        "in.xlsx",
        lambda p: zipped(p, content_of(b"application/...wordprocessingml.document.main+xml")),
        OTHER,
    ),
    "xlsb": (
        "in.xlsx",
        lambda p: zipped(p, content_of(b"application/vnd.ms-excel.sheet.binary.macroEnabled.main")),
        "binary workbook",
    ),
    "two kinds in one": (
        "in.xlsx",
        lambda p: zipped(
            p,
            [*package(), part("mimetype", "application/vnd.oasis.opendocument.spreadsheet")],
        ),
        OTHER,
    ),
    "1,000 sheets on one part": ("in.xlsx", one_part_for_many_sheets, DAMAGED),
    "two sheets on one part in other words": (
        "in.xlsx",
        lambda p: zipped(
            p,
            package(
                [("Cases", sheet()), ("Copy", sheet())],
                more=[
                    part(
                        "xl/_rels/workbook.xml.rels",
                        f'<Relationships><Relationship Id="rId1" Type="{hostile.RELATIONS}/worksheet" '
                        'Target="worksheets/s1.xml"/><Relationship Id="rId2" '
                        f'Type="{hostile.RELATIONS}/worksheet" Target="/xl/../xl/Worksheets\\S1.xml"/>'
                        "</Relationships>",
                    )
                ],
            ),
        ),
        DAMAGED,
    ),
    "a shared string out of range": (
        "in.xlsx",
        sheet_part(lambda: sheet(f'{hostile.TABLE}<row r="9"><c r="C9" t="s"><v>99</v></c></row>')),
        CANNOT_OPEN,
    ),
    "ods without the end of its table": (
        "in.ods",
        lambda p: changed_ods(p, "</table:table>", ""),
        CANNOT_OPEN,
    ),
    "ods cut in its table": (
        "in.ods",
        lambda p: changed_ods(p, "</table:table></office:spreadsheet>", "<table:table-row>"),
        CANNOT_OPEN,
    ),
    "ods whose table ends under another name": (
        "in.ods",
        lambda p: changed_ods(p, "</table:table>", "</table:Table>"),
        CANNOT_OPEN,
    ),
    "no rows": ("in.xlsx", sheet_part(lambda: sheet("")), "no headings found"),
    "headings alone": (
        "in.xlsx",
        sheet_part(lambda: sheet(hostile.row(1, HEADINGS))),
        "no cases under the headings",
    ),
}
REFUSED |= {
    f"ods of {times!r} {what}": (
        "in.ods",
        lambda p, times=times, what=what: hostile.ods(  # type: ignore[misc]
            p,
            hostile.ods_row(HEADINGS)
            + hostile.ods_row([MARKER], **{"times" if what == "rows" else "each": times}),
        ),
        FAR,
    )
    for what in ("rows", "columns")
    for times in ("4294967297", " 4294967297 ", "18446744073709551617", "9" * 4_000)
}
REFUSED |= {
    f"{name} entities in {where}": (
        "in.xlsx",
        lambda p, declared=declared, where=where: hostile.with_entities(p, declared, where),  # type: ignore[misc]
        CANNOT_OPEN if where == "sharedStrings" or "doctype" in declared else DECLARED,
    )
    for where in ("sharedStrings", "sheet", "workbook")
    for name, declared in ENTITIES.items()
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_hostile_file_is_refused_in_one_sentence(tmp_path: Path, case: str) -> None:
    name, build, expected = REFUSED[case]
    assert expected in refusal(build(tmp_path / name))


AS_BEFORE = [["A", "2020-12-31", MARKER], ["B", "2020-12-31", "x"]]

HARMLESS: dict[str, tuple[str, Build]] = {
    "a good workbook": ("in.xlsx", good),
    "a name in capitals": ("IN.XLSX", good),
    "a workbook named xls": ("in.xls", good),
    "a workbook named csv": ("in.csv", good),
    "false dimension": (
        "in.xlsx",
        sheet_part(lambda: sheet(before='<dimension ref="A1:XFD1048576"/>')),
    ),
    "merged over the whole sheet": (
        "in.xlsx",
        sheet_part(
            lambda: sheet(after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
        ),
    ),
    "a formatted empty cell far down": (
        "in.xlsx",
        sheet_part(
            lambda: sheet(
                f'{hostile.TABLE}<row r="1048576"><c r="XFD1048576" s="1"/><c r="XFE1048576"></c></row>'
            )
        ),
    ),
    "a million empty rows": (
        "in.xlsx",
        sheet_part(
            lambda: hostile.bomb(
                f"{hostile.SHEET_START}<sheetData>{hostile.TABLE}",
                '<row r="9"/>' * 500,
                2_000,
                "</sheetData></worksheet>",
            )
        ),
    ),
    "two million nested tags": (
        "in.xlsx",
        sheet_part(
            lambda: hostile.bomb(
                f"{hostile.SHEET_START}<sheetData>{hostile.TABLE}</sheetData>",
                "<a>" * 1_000,
                2_000,
                "</worksheet>",
            )
        ),
    ),
    "two million cell formats": (
        "in.xlsx",
        lambda p: xlsx(
            p,
            more=[
                hostile.repeated(
                    "xl/styles.xml",
                    f'<styleSheet xmlns="{hostile.MAIN}"><cellXfs>',
                    '<xf numFmtId="0"/>' * 200,
                    10_000,
                    "</cellXfs></styleSheet>",
                )
            ],
        ),
    ),
    "30 million shared strings": ("in.xlsx", strings("<si/>" * 300, 100_000)),
    "a zip file inside": (
        "in.xlsx",
        lambda p: xlsx(p, more=[part("xl/embeddings/x.zip", nested(p).read_bytes())]),
    ),
    "prefixed elements": (
        "in.xlsx",
        sheet_part(
            lambda: (
                sheet()
                .replace("<", "<x:")
                .replace("<x:/", "</x:")
                .replace("<x:?", "<?")
                .replace("xmlns=", "xmlns:x=")
            )
        ),
    ),
    "the UTF-16 part of a query": (
        "in.xlsx",
        lambda p: xlsx(p, more=[part("customXml/item1.xml", "<DataMashup/>".encode("utf-16"))]),
    ),
    "macros": ("in.xlsm", lambda p: zipped(p, package(kind=hostile.MACRO_TYPE))),
    "another folder and absolute targets": (
        "in.xlsx",
        lambda p: zipped(
            p,
            [
                Part(one.name.replace("xl/", "book/"), one.packed, one.size, one.check)
                for one in package(
                    more=[
                        part(
                            "_rels/.rels",
                            f'<Relationships><Relationship Id="r" Type="{hostile.RELATIONS}/officeDocument" '
                            'Target="/book/workbook.xml"/></Relationships>',
                        ),
                        part(
                            "xl/_rels/workbook.xml.rels",
                            f'<Relationships><Relationship Id="rId1" Type="{hostile.RELATIONS}/worksheet" '
                            'Target="/book/worksheets/s1.xml"/></Relationships>',
                        ),
                    ]
                )
            ],
        ),
    ),
    "old xls": (
        "in.xls",
        lambda p: hostile.xls(p, [HEADINGS, ("A", "2020-12-31", MARKER), ("B", "2020-12-31", "x")]),
    ),
    "ods": (
        "in.ods",
        lambda p: hostile.ods(
            p,
            hostile.ods_row(HEADINGS)
            + hostile.ods_row(AS_BEFORE[0])
            + hostile.ods_row(AS_BEFORE[1])
            + '<table:table-row table:number-rows-repeated="1048573"><table:table-cell '
            'table:number-columns-repeated="16384"/></table:table-row>',
        ),
    ),
}
HARMLESS |= {
    # The reader does not read the declarations of this part.
    f"{name} entities in styles": (
        "in.xlsx",
        lambda p, declared=declared: hostile.with_entities(p, declared, "styles"),  # type: ignore[misc]
    )
    for name, declared in ENTITIES.items()
}


@pytest.mark.parametrize("case", HARMLESS)
def test_an_awkward_file_is_read(tmp_path: Path, case: str) -> None:
    name, build = HARMLESS[case]
    found = read(build(tmp_path / name))
    assert found.headings == list(HEADINGS)
    assert found.rows == AS_BEFORE
    assert found.row_numbers == [2, 3]


def test_300_columns_are_read(tmp_path: Path) -> None:
    headings = [*HEADINGS, *(f"own {n}" for n in range(297))]
    found = read(
        xlsx(
            tmp_path / "in.xlsx",
            sheet(hostile.row(1, headings) + hostile.row(2, ["A", *[5] * 299])),
        )
    )
    assert found.headings == headings
    assert found.rows == [["A", *[5] * 299]]


def test_merged_cells_are_filled_down_below_a_merged_title(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    book = openpyxl.Workbook()
    page: Any = book.active
    for values in (["The branch"], HEADINGS, ["A", "2020-12-31", "both"], ["B", "2020-12-31"]):
        page.append(values)
    page.merge_cells("A1:C1")
    page.merge_cells("C3:C4")
    book.save(path)
    found = read(path)
    assert found.rows == [["A", "2020-12-31", "both"], ["B", "2020-12-31", "both"]]
    assert found.notices == ["Cells C3:C4 are merged: row 4 takes Notes from row 3."]


@pytest.mark.parametrize(("start", "first"), [("", date(1899, 12, 30)), ("1904", date(1904, 1, 1))])
def test_days_are_right_in_both_date_systems(tmp_path: Path, start: str, first: date) -> None:
    serial = (date(2020, 12, 31) - first).days
    rows = hostile.row(1, HEADINGS) + (
        f'<row r="2">{hostile.cell("A2", "A")}<c r="B2" s="1"><v>{serial}</v></c></row>'
    )
    properties = '<workbookPr date1904="1"/>' if start else ""
    path = zipped(tmp_path / "in.xlsx", package([("Cases", sheet(rows))], workbook=properties))
    assert read(path).rows == [["A", date(2020, 12, 31), None]]


def test_links_to_other_workbooks_give_the_values_last_saved_and_are_said(tmp_path: Path) -> None:
    formula = '<c r="C2" t="str"><f>[1]Other!A1</f><v>saved</v></c>'
    path = xlsx(
        tmp_path / "in.xlsx",
        sheet(hostile.row(1, HEADINGS) + hostile.row(2, ("A", "2020-12-31"), formula)),
        [part("xl/externalLinks/externalLink1.xml", f"<externalLink>{MARKER}</externalLink>")],
    )
    found = read(path)
    assert found.rows == [["A", "2020-12-31", "saved"]]
    assert found.notices == [
        "The workbook has links to other workbooks. The values last saved are read; nothing is fetched."
    ]


def test_macros_are_said(tmp_path: Path) -> None:
    macros = [part("xl/vbaProject.bin", MARKER)]
    path = zipped(tmp_path / "in.xlsm", package(kind=hostile.MACRO_TYPE, more=macros))
    assert read(path).notices == ["The workbook holds macros. They are not run."]


def test_cells_with_an_error_are_said_with_their_addresses(tmp_path: Path) -> None:
    errors = (
        f'<c r="C2" t="e"><v>#REF!</v></c><c t="e" r="D2"><f>{MARKER}()</f><v>#N/A</v></c>'
        '<c r="E2" s="1" t="e"/>'
    )
    path = xlsx(
        tmp_path / "in.xlsx",
        sheet(hostile.row(1, HEADINGS) + hostile.row(2, ("A", "2020-12-31"), errors)),
    )
    said = findings(path)
    assert said.sentences("Another") == []
    assert said.sentences("Cases") == [
        "In sheet 'Cases' cells with an error are read as blank: C2 #REF!, D2 #N/A, E2. "
        "Correct them and save the file again."
    ]
    found = read(path)
    assert found.rows == [["A", "2020-12-31", None]]
    assert found.notices == said.sentences("Cases")
    assert [(fault.row, fault.field) for fault in found.faults] == [(0, found_field(found, 2))]


def found_field(sheet: Sheet, place: int) -> str:
    """The field that is read from a column."""
    return next(name for name, column in sheet.columns.items() if column == place)


def test_a_cell_with_an_error_puts_its_row_in_error_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = "Cases"
    page.append(["case_ref", "exit_date", "pension_strain_due"])
    page.append(["A", "2020-12-31", "=80000+8000"])
    page.append(["B", "2020-12-31", 88000])
    book.save(path)
    cases = read_cases(read(path))
    assert cases.in_error.tolist() == [True, False]
    assert [problem.field for problem in cases.problems] == ["pension_strain_due"]
    assert "never calculated" in cases.problems[0].wrong


def test_formulas_never_calculated_are_said_with_their_addresses(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = "Fees & costs"
    page.append([*HEADINGS, "sum"])
    for n in range(2, 40):
        page.append([f"C{n}", "2020-12-31", "x", f"={n}+1"])
    book.save(path)
    found = read(path)
    assert len(found.rows) == 38
    assert found.notices == [
        "In sheet 'Fees & costs' formulas that were never calculated are read as blank: "
        + ", ".join(f"D{n}" for n in range(2, 2 + MOST_NAMED))
        + f" and {38 - MOST_NAMED} more. Open the file in Excel and save it, which calculates them.",
        "The column 'sum' is no field; it is kept as it is.",
    ]


@pytest.mark.parametrize(
    ("formula", "lost"),
    [
        ('<c r="C2"><f>1+1</f><v>2</v></c>', False),
        ('<c r="C2" t="str"><f>""</f><v></v></c>', False),
        ('<c r="C2"><f t="shared" si="0"/><v>2</v></c>', False),
        ('<c r="C2"><f t="shared" si="0"/></c>', True),
        ('<c r="C2" s="1"><f>1&gt;2</f></c>', True),
        ('<c s="1" r="C2"><f>1>2</f><v/></c>', True),
        ('<c r="C2"><f>1+1</f> <v></v>\n</c>', True),
    ],
)
def test_every_way_of_writing_a_formula_is_told_apart(
    tmp_path: Path, formula: str, lost: bool
) -> None:
    rows = hostile.row(1, HEADINGS) + hostile.row(2, ("A", "2020-12-31"), formula)
    found = findings(xlsx(tmp_path / "in.xlsx", sheet(rows)))
    assert ("Cases" in found.uncalculated) is lost
    assert not lost or found.uncalculated["Cases"].named == ["C2"]


def test_losses_are_found_wherever_a_sheet_is_cut_into_pieces(tmp_path: Path) -> None:
    cells = [
        f'<row r="{n}">{hostile.cell(f"A{n}", f"{random.Random(n).random()}")}'
        f'<c r="B{n}" t="e"><v>#N/A</v></c><c r="C{n}"><f>SUM(A1:A{n})</f></c></row>'
        for n in range(1, 40_001)
    ]
    found = findings(xlsx(tmp_path / "in.xlsx", sheet("".join(cells))))
    for lost in (found.errors["Cases"], found.uncalculated["Cases"]):
        assert len(lost.named) + lost.beyond == 40_000


ODS_TEXT = 'office:value-type="string" calcext:value-type'
LOST_IN_ODS = {
    f'<table:table-cell table:formula="of:=1/0" {ODS_TEXT}="error"><text:p>#DIV/0!</text:p></table:table-cell>': "C2 #DIV/0!",
    f"<table:table-cell {ODS_TEXT}='error'><text:p>#WERT!</text:p></table:table-cell>": "C2",
    '<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0">'
    "<text:p>Err:532</text:p></table:table-cell>": "C2 Err:532",
    '<table:table-cell office:value-type="string" table:formula="of:=[.#REF!]"><office:annotation>'
    "<text:p>why</text:p></office:annotation><text:p>#REF!</text:p></table:table-cell>": "C2 #REF!",
}
NEVER_CALCULATED_IN_ODS = (
    '<table:table-cell table:formula="of:=1+1"/>',
    '<table:table-cell table:formula="of:=1>2" table:style-name="a"></table:table-cell>',
    '<table:table-cell table:formula="of:=1+1" office:value-type="float"/>',
    '<table:table-cell table:formula="of:=1+1"><text:p>2</text:p></table:table-cell>',
)
KEPT_IN_ODS = (
    '<table:table-cell table:formula="of:=1>2" office:value-type="float" office:value="0"><text:p>0</text:p></table:table-cell>',
    '<table:table-cell office:value-type="float" office:value="2" table:formula="of:=2"><text:p>2</text:p></table:table-cell>',
    "<table:table-cell table:formula='of:=\"\"'><text:p/></table:table-cell>",
    '<table:table-cell table:formula="of:=T()"><office:annotation><text:p>why</text:p></office:annotation><text:p/></table:table-cell>',
    '<table:table-cell office:value-type="string"><text:p>#N/A</text:p></table:table-cell>',
    '<table:table-cell office:value-type="string"><text:p>error</text:p></table:table-cell>',
)


def ods_with(path: Path, cell: str, after: str = "") -> Path:
    row = hostile.ods_row(("A", "2020-12-31"))
    broken = row.replace("</table:table-row>", f"{cell}</table:table-row>")
    good = hostile.ods_row(("B", "2020-12-31", "x"))
    return hostile.ods(path, hostile.ods_row(HEADINGS) + broken + good + after)


@pytest.mark.parametrize("cell", LOST_IN_ODS)
def test_an_error_in_ods_puts_its_row_in_error_and_no_other(tmp_path: Path, cell: str) -> None:
    found = read(ods_with(tmp_path / "in.ods", cell))
    assert found.rows == [["A", "2020-12-31", None], ["B", "2020-12-31", "x"]]
    cases = read_cases(found)
    assert cases.in_error.tolist() == [True, False]
    assert [(problem.field, problem.wrong) for problem in cases.problems] == [
        ("notes", "The cell holds an error.")
    ]
    assert f"read as blank: {LOST_IN_ODS[cell]}." in found.notices[0]


@pytest.mark.parametrize("cell", NEVER_CALCULATED_IN_ODS)
def test_a_formula_never_calculated_in_ods_puts_its_row_in_error(tmp_path: Path, cell: str) -> None:
    cases = read_cases(read(ods_with(tmp_path / "in.ods", cell)))
    assert cases.in_error.tolist() == [True, False]
    assert "never calculated" in cases.problems[0].wrong


@pytest.mark.parametrize("cell", KEPT_IN_ODS)
def test_formulas_with_a_value_in_ods_are_left_alone(tmp_path: Path, cell: str) -> None:
    found = read(ods_with(tmp_path / "in.ods", cell))
    assert (found.notices, read_cases(found).problems) == ([], [])


def test_losses_in_ods_are_named_where_cells_and_rows_are_repeated(tmp_path: Path) -> None:
    lost = '<table:table-cell table:formula="of:=NA()" table:number-columns-repeated="2"/>'
    text = '<table:table-cell table:number-columns-repeated="3"/><table:covered-table-cell/>'
    rows = f'<table:table-row table:number-rows-repeated="2">{text}{lost}{text}{lost}</table:table-row>'
    more = '</table:table><table:table table:style-name="a" table:name="Fees &amp; costs">'
    path = hostile.ods(tmp_path / "in.ods", rows + rows + more + rows)
    first = ["E1", "F1", "K1", "L1", "E2", "F2", "K2", "L2"]
    lost_cells = findings(path).uncalculated
    assert list(lost_cells) == ["Cases", "Fees & costs"]
    assert sorted(lost_cells["Cases"].named) == sorted(
        [*first, "E3", "F3", "K3", "L3", "E4", "F4", "K4", "L4"]
    )
    assert sorted(lost_cells["Fees & costs"].named) == sorted(first)


def test_losses_in_ods_are_found_wherever_a_sheet_is_cut_into_pieces(tmp_path: Path) -> None:
    texts = [str(random.Random(n).random()) for n in range(700)]
    lost = '<table:table-cell table:formula="of:=NA()"/>'
    long = hostile.ods_row([text * 150 for text in texts]).replace("</table:table-row>", lost)
    short = "".join(
        f"{hostile.ods_row([text])[: -len('</table:table-row>')]}{lost}</table:table-row>"
        for text in texts * 20
    )
    path = hostile.ods(tmp_path / "in.ods", f"{long}</table:table-row>{short}")
    assert path.stat().st_size > 100_000
    assert findings(path).uncalculated["Cases"].named == [
        "ZY1",
        *(f"B{n}" for n in range(2, 14_002)),
    ]


@pytest.mark.parametrize(
    "block",
    [
        '<table:table-row><table:table-cell table:formula=""/></table:table-row>',
        '<table:table-cell table:formula="">',
        '<table:table-cell table:formula="" b:value-type="error"/>',
        "table:formula= ",
        "table:formula= office:value-type=",
        '<table:table-cell table:formula "',
        " >#N/A</text:p>",
        '<table:table-row table:number-rows-repeated="9999"><table:table-cell table:formula=""/>',
        '<table:table table:name="x"><table:table-row><table:table-cell table:formula=""/>',
    ],
)
def test_no_ods_makes_the_scan_slow(tmp_path: Path, block: str) -> None:
    before = '<?xml version="1.0"?><table:table table:name="Cases"><table:table-cell '
    content = hostile.repeated("content.xml", before, block * (10_000 // len(block)), 8_000, "")
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    path = zipped(
        tmp_path / "in.ods", [Part("mimetype", kind, len(kind), zlib.crc32(kind), 0), content]
    )
    with bounded(), suppress(FileProblem):
        read_workbook(path)


@needs("calc")
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_errors_in_a_workbook_that_libreoffice_saves_are_found(tmp_path: Path, kind: str) -> None:
    book = openpyxl.Workbook()
    page: Any = book.active
    page.append(["case_ref", "exit_date", "severance_due", "severance_paid"])
    errors = ["=1/0", "=NA()", "=#REF!", "=NOSUCH(1)", "=SQRT(-1)"]
    for number, formula in enumerate([*errors, "=1-1", '=""', "=TODAY()*0", 5]):
        page.append([f"C{number}", "2020-12-31", formula, 1])
    book.save(tmp_path / "in.xlsx")
    subprocess.run(  # noqa: S603 - LibreOffice on a file of our own
        [SOFFICE, "--headless", "--convert-to", kind, "--outdir", tmp_path, tmp_path / "in.xlsx"],
        check=True,
        capture_output=True,
        timeout=180,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    cases = read_cases(read(tmp_path / f"in.{kind}"))
    assert cases.in_error.tolist() == [True] * 5 + [False] * 4
    assert {problem.wrong for problem in cases.problems} == {"The cell holds an error."}


def test_a_cell_of_an_old_xls_with_an_error_puts_its_row_in_error(tmp_path: Path) -> None:
    rows = [HEADINGS, ("A", "2020-12-31", None), ("B", "2020-12-31", "x")]
    path = hostile.xls(tmp_path / "in.xls", rows)
    cases = read_cases(read(path))
    assert cases.in_error.tolist() == [True, False]
    (problem,) = cases.problems
    assert (problem.field, problem.wrong) == ("notes", "The cell holds an error.")


def test_losses_are_told_by_sheet(tmp_path: Path) -> None:
    broken = sheet(hostile.row(1, HEADINGS) + '<row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>')
    path = zipped(tmp_path / "in.xlsx", package([("Cases", sheet()), ("Other", broken)]))
    assert list(findings(path).errors) == ["Other"]
    assert read(path).notices == []
    assert [name for name, _ in read_workbook(path)[0]] == ["Cases", "Other"]


@pytest.mark.parametrize(
    "tags",
    [
        '<c t="e"',
        '<c r="AAA1" ',
        ' t="e" r="AAA1"',
        '<c r="AAA1" t="e"> ',
        "<c><f>1",
        "<c><f>1</f> ",
        '<c r="A1" t="e"/>',
        "<table:table-row/>",
        "<si",
    ],
)
def test_no_sheet_makes_the_scan_slow(tmp_path: Path, tags: str) -> None:
    block = tags * (2_000 // len(tags))
    start = f'{hostile.SHEET_START}<row r="999999"><c t="e" r="AAA1" '
    long = hostile.bomb(start, block, 20_000, "</worksheet>")
    path = xlsx(tmp_path / "in.xlsx", long)
    with bounded(), suppress(FileProblem):
        read_workbook(path)


@pytest.mark.parametrize(
    ("name", "build", "expected"),
    [
        ("a", good, True),
        ("b", lambda p: hostile.xls(p, [HEADINGS]), True),
        ("c", lambda p: hostile.ods(p, hostile.ods_row(HEADINGS)), True),
        ("d", written(b"case_ref,exit_date\n<p>,x\n"), False),
    ],
)
def test_the_bytes_say_what_a_file_is(
    tmp_path: Path, name: str, build: Build, expected: bool
) -> None:
    assert is_workbook(build(tmp_path / name), BROWSER_BYTES) is expected


def test_a_file_above_the_limit_of_its_entrance_is_refused(tmp_path: Path) -> None:
    path = good(tmp_path / "in.xlsx")
    assert "larger than 0 MB" in refusal(path, lambda p: is_workbook(p, 1_000))
    with path.open("ab") as file:
        file.truncate(BROWSER_BYTES + 1)
    assert "larger than 25 MB" in refusal(path, lambda p: read_sheet(p, largest=BROWSER_BYTES))


def test_a_name_with_a_line_break_stays_on_one_line(tmp_path: Path) -> None:
    path = tmp_path / "two\nlines.xlsx"
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(FileProblem, match=r"^two\?lines\.xlsx: .*\.$"):
        read_workbook(path)


def test_random_damage_is_refused_or_read(tmp_path: Path) -> None:
    whole = good(tmp_path / "in.xlsx").read_bytes()
    compound = hostile.xls(tmp_path / "in.xls", [HEADINGS, ("A", 1, "x")]).read_bytes()
    chance = random.Random(2026)
    for n in range(40):
        name, data = (
            ("in.xls", bytearray(compound)) if n % 4 == 0 else ("in.xlsx", bytearray(whole))
        )
        for _ in range(chance.choice([1, 3, 20])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path = tmp_path / name
        path.write_bytes(data)
        with suppress(FileProblem):
            read_sheet(path)


@pytest.mark.parametrize(
    "limits",
    [
        pytest.param(Limits(sent=10), id="bytes sent"),
        pytest.param(
            Limits(memory=200_000_000),
            id="memory",
            marks=pytest.mark.skipif(not LINUX, reason="memory is limited on Linux"),
        ),
    ],
)
def test_a_reading_beyond_its_limits_is_ended(tmp_path: Path, limits: Limits) -> None:
    path = xlsx(tmp_path / "in.xlsx", cell_at("ZZ30000"))
    assert TOO_MUCH in refusal(path, lambda p: read_workbook(p, limits))


def endless(_: Path) -> Iterator[object]:
    yield max(count())


@pytest.mark.parametrize(
    "limits",
    [
        pytest.param(Limits(wall_seconds=1), id="wall clock"),
        pytest.param(
            Limits(cpu_seconds=1),
            id="processor",
            marks=pytest.mark.skipif(not LINUX, reason="processor time is limited on Linux"),
        ),
    ],
)
def test_a_reading_without_end_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limits: Limits
) -> None:
    """The reader never comes back, so that the test is the same on a machine of any speed."""
    monkeypatch.setattr(reader, "_contents", endless)
    assert TOO_MUCH in refusal(good(tmp_path / "in.xlsx"), lambda p: read_workbook(p, limits))
