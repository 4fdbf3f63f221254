"""Files that a stranger made: each value is right or an error in its cell, each text file is bounded."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path
from typing import NamedTuple

import docx
import pytest

from calculator.command_line import status_of
from calculator.commands import app
from calculator.facts.cells import Raw
from calculator.facts.problems import MOST_MESSAGE, FileProblem
from calculator.letters.file_names import file_names
from calculator.letters.word.own import OwnLetter
from calculator.letters.word.templates import their_template
from calculator.one_case.case_file import exits_of_upload
from calculator.screens.saved_settings import Settings
from calculator.spreadsheets.read import read_cases, read_sheet
from tests import hostile
from tests.hostile import HEADINGS, MAIN, MARKER, package, part, xlsx, zipped

AS_AT = date(2026, 11, 22)
MOST_SECONDS = 20
ZERO_AND_ONE = "<si><t>zero</t></si><si><t>one</t></si>"


def processor_seconds() -> float:
    return sum(os.times()[:4])


@pytest.fixture(autouse=True)
def _quick() -> object:
    """No test here takes 20 seconds of a processor."""
    started = processor_seconds()
    yield
    assert processor_seconds() - started < MOST_SECONDS


# Values of workbooks

MISREAD_BY_CALAMINE: dict[str, tuple[str, Raw]] = {
    "a comment": ("<c r='C2'><v>44<!-- x -->196</v></c>", 44196),
    "a comment before": ("<c r='C2'><v><!-- x -->44196</v></c>", 44196),
    "a comment of an inner tag": ("<c r='C2'><v>44<!-- </v> -->196</v></c>", 44196),
    "an instruction": ("<c r='C2'><v>44<?x y?>196</v></c>", 44196),
    "CDATA": ("<c r='C2'><v><![CDATA[44196]]></v></c>", 44196),
    "part CDATA": ("<c r='C2'><v>44<![CDATA[196]]></v></c>", 44196),
    "a reference": ("<c r='C2'><v>44&#49;96</v></c>", 44196),
    "a hexadecimal reference": ("<c r='C2' s='0'><v>44&#x31;96</v></c>", 44196),
    "a reference in a day": ("<c r='C2' s='1'><v>44&#49;96</v></c>", date(2020, 12, 31)),
    "a comment in a shared string": ("<c r='C2' t='s'><v>0<!-- -->1</v></c>", "one"),
    "a comment in text": ("<c r='C2' t='str'><v>a<!-- -->b&amp;c</v></c>", "ab&c"),
    "an element": ("<c r='C2'><v>44<b>1</b>96</v></c>", None),
    "two values": ("<c r='C2'><v>44</v><v>196</v></c>", None),
    "string -1": ("<c r='C2' t='s'><v>-1</v></c>", None),
    "string 1e20": ("<c r='C2' t='s'><v>100000000000000000000</v></c>", None),
    "string 1e3": ('<c r="C2" t="s"><v>1e3</v></c>', None),
    "string 1.0": ('<c r="C2" s="0" t="s"><v>1.0</v></c>', None),
    "string +1": ('<c t = "s" r="C2"><v>+1</v></c>', None),
    "string ' 1'": ('<c r="C2" t="s" ><v xml:space="preserve"> 1</v></c>', None),
    "string in words": ('<c r="C2" t="s"><f>1</f><v>one</v></c>', None),
}


@pytest.mark.parametrize("case", MISREAD_BY_CALAMINE)
@pytest.mark.parametrize("rows_before", [0, 700])
def test_a_value_is_right_or_an_error_in_its_cell(
    tmp_path: Path, case: str, rows_before: int
) -> None:
    cell, right = MISREAD_BY_CALAMINE[case]
    number = rows_before + 2
    rows = hostile.row(1, HEADINGS) + "".join(
        hostile.row(n, (f"R{n}", "2020-12-31", "x")) for n in range(2, number)
    )
    rows += hostile.row(number, ("A", "2020-12-31"), cell.replace("C2", f"C{number}"))
    rows += f'<row r="{number + 1}">{hostile.cell(f"A{number + 1}", "B")}'
    rows += f'<c r="B{number + 1}" t="inlineStr"><is><t>2020-12-31</t></is></c>'
    rows += f'<c r="C{number + 1}" t="s"><v>1</v></c></row>'
    strings = part("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{ZERO_AND_ONE}</sst>')
    found = read_sheet(xlsx(tmp_path / "in.xlsx", hostile.sheet(rows), [strings]))
    assert found.rows[-2:] == [["A", "2020-12-31", right], ["B", "2020-12-31", "one"]]
    wrong = [(p.row, p.field, p.wrong) for p in read_cases(found).problems]
    error = [(rows_before, "notes", "The cell holds an error.")]
    assert wrong == (error if right is None else [])


def test_cdata_in_ods_is_read(tmp_path: Path) -> None:
    rows = hostile.ods_row(HEADINGS) + hostile.ods_row(
        ("A", "2020-12-31", "a<![CDATA[b]]>c<!-- -->d")
    )
    assert read_sheet(hostile.ods(tmp_path / "in.ods", rows)).rows == [["A", "2020-12-31", "abcd"]]


def with_day(path: Path, cell: str, workbook: str = "") -> Path:
    rows = hostile.row(1, HEADINGS) + f'<row r="2">{hostile.cell("A2", "A")}{cell}</row>'
    return zipped(path, package([("Cases", hostile.sheet(rows))], workbook=workbook))


@pytest.mark.parametrize("style", ["0", "1"], ids=["number", "formatted as a day"])
@pytest.mark.parametrize(
    "start", ["", '<workbookPr date1904="1"/>', '<workbookPr date1904="true"/>']
)
@pytest.mark.parametrize("number", ["1", "5", "31", "59", "60"])
def test_a_bare_number_in_a_day_cell_is_an_error(
    tmp_path: Path, style: str, start: str, number: str
) -> None:
    cell = f'<c r="B2" s="{style}"><v>{number}</v></c>'
    cases = read_cases(read_sheet(with_day(tmp_path / "in.xlsx", cell, start)))
    assert [(p.field, p.wrong) for p in cases.problems] == [
        ("exit_date", "This number is not a day.")
    ]


@pytest.mark.parametrize("style", ["0", "1"], ids=["number", "formatted as a day"])
@pytest.mark.parametrize(
    ("start", "number"), [("", 44196), ('<workbookPr date1904="1"/>', 44196 - 1462)]
)
def test_a_day_is_right_in_both_date_systems_also_where_it_is_a_number(
    tmp_path: Path, style: str, start: str, number: int
) -> None:
    cell = f'<c r="B2" s="{style}"><v>{number}</v></c>'
    cases = read_cases(read_sheet(with_day(tmp_path / "in.xlsx", cell, start)))
    assert cases.problems == []
    assert str(cases.days["exit_date"][0]) == "2020-12-31"


def test_a_year_is_no_day_where_days_count_from_1904(tmp_path: Path) -> None:
    cell = '<c r="B2"><v>2020</v></c>'
    path = with_day(tmp_path / "in.xlsx", cell, '<workbookPr date1904="1"/>')
    assert [p.wrong for p in read_cases(read_sheet(path)).problems] == [
        "This is a year, not a day."
    ]


def test_a_number_of_a_day_is_right_in_an_ods_that_counts_from_1904(tmp_path: Path) -> None:
    settings = (
        '</table:table><table:calculation-settings><table:null-date table:date-value="1904-01-01"/>'
        '</table:calculation-settings><table:table table:name="More">'
    )
    cell = f'<table:table-cell office:value-type="float" office:value="{44196 - 1462}"/>'
    row = hostile.ods_row(("A",)).replace("</table:table-row>", f"{cell}</table:table-row>")
    path = hostile.ods(tmp_path / "in.ods", hostile.ods_row(HEADINGS) + row + settings)
    assert read_sheet(path).rows == [["A", 44196, None]]


def test_a_workbook_under_one_case_takes_little_of_the_server(tmp_path: Path) -> None:
    """A file that inflates to many cells is not brought into this process."""
    block = f"<row>{'<c><v>1</v></c>' * 100}</row>" * 20
    content = hostile.bomb(
        f"{hostile.SHEET_START}<sheetData>", block, 1_500, "</sheetData></worksheet>"
    )
    path = xlsx(tmp_path / "in.xlsx", content)
    assert path.stat().st_size < 1_000_000
    with pytest.raises(FileProblem, match="takes too much memory or time"):
        exits_of_upload("in.xlsx", path.read_bytes())


# Text files

LONG = "k" * 9_000
TOML: dict[str, bytes] = {
    "a long dotted name": b"a" + b".a" * 49_990 + b" = 1",
    "a shorter dotted name": b"a" + b".a" * 4_900 + b" = 1",
    "a dotted name in braces": b"x = {a" + b".a" * 4_900 + b" = 1}",
    "a dotted heading": b"[a" + b".a" * 4_900 + b"]",
    "a number of 10,000 digits": b"a = " + b"9" * 10_000,
    "a long hexadecimal number": b"a = 0x" + b"f" * 9_000,
    "deep lists": b"a = " + b"[" * 9_000,
    "deep lists that close": b"a = " + b"[" * 300 + b"]" * 300,
    "deep tables": b"a = " + b"{a=" * 3_000,
    "a huge power": b"near_line_margin = 1e99999999999",
    "a huger power": b"near_line_margin = 1e9999999999999999999999",
    "a long name": f'"{LONG}" = "x"'.encode(),
    "a long value": f'interest_start = "{LONG}"'.encode(),
    "a long number as a value": b"interest_start = [" + b"1," * 4_000 + b"]",
    "20,001 bytes": b"#" * 20_001,
    "UTF-16": "a = 1".encode("utf-16"),
    "UTF-32": "a = 1".encode("utf-32"),
    "a zero byte": b'a = "\0"',
    "a steering name": b'"\x1b[2J" = 1',
    "half a character": b'organisation = "\xe2\x82"',
}


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.csv"
    path.write_text("case_ref,exit_date\nA,2020-12-31\n", encoding="utf-8")
    return path


class Done(NamedTuple):
    """How a command ended, and what it printed."""

    exit_code: int
    stdout: str
    stderr: str


def in_process(*words: str | Path) -> Done:
    """Run a command in this process, with its errors said as on a terminal."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = status_of(
            lambda: app([str(word) for word in words], "exitcap", standalone_mode=False)
        )
    return Done(status, out.getvalue(), err.getvalue())


def refused(*words: str | Path) -> str:
    """The one line with which a command refuses a file, with status 2."""
    done = in_process(*words)
    assert done.exit_code == 2, done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == 1
    assert len(lines[0]) <= MOST_MESSAGE + len("exitcap: ")
    assert lines[0].isprintable()
    return lines[0]


@pytest.mark.parametrize("case", TOML)
@pytest.mark.parametrize("option", ["--positions", "--map-file", "--sender"])
def test_a_hostile_toml_file_is_refused_in_one_line(
    tmp_path: Path, good: Path, case: str, option: str
) -> None:
    path = tmp_path / "in.toml"
    path.write_bytes(TOML[case])
    command = "letters" if option == "--sender" else "assess"
    out = tmp_path / ("out.zip" if option == "--sender" else "out.csv")
    refused(command, good, out, option, path)
    assert not out.exists()


@pytest.mark.parametrize("case", TOML)
def test_hostile_settings_are_refused_in_one_line(case: str) -> None:
    with pytest.raises(FileProblem) as caught:
        Settings.from_toml(TOML[case])
    assert len(str(caught.value)) <= MOST_MESSAGE
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("option", ["--positions", "--map-file"])
def test_a_byte_order_mark_is_taken_everywhere(tmp_path: Path, good: Path, option: str) -> None:
    path = tmp_path / "in.toml"
    lines = {"--positions": 'cut_order = "pro_rata"', "--map-file": 'Ours = "notes"'}
    path.write_text(lines[option], encoding="utf-8-sig")
    good.write_text("case_ref,exit_date,Ours\nA,2020-12-31,x\n", encoding="utf-8")
    done = in_process("assess", str(good), str(tmp_path / "out.csv"), option, str(path))
    assert done.exit_code == 0, done.stderr
    assert Settings.from_toml("\ufeffreply_days = 28").sender.reply_days == 28


BASE = '"case_ref": "A", "exit_date": "31/12/2020"'
JSON: dict[str, bytes] = {
    "100,000 keys": ("{" + ",".join(f'"k{n}": 1' for n in range(70_000)) + "}").encode(),
    "a long key": f'{{{BASE}, "{"k" * 200_000}": {{}}}}'.encode(),
    "a long key twice": f'{{"{"k" * 200_000}": 1, "{"k" * 200_000}": 2}}'.encode(),
    "a steering key twice": b'{"\\u009b\\u202e": 1, "\\u009b\\u202e": 2}',
    "deep lists": b"[" * 400_000,
    "deep objects": b'{"a":' * 100_000,
    "more than a megabyte": f'{{{BASE}, "notes": "{"x" * 1_000_000}"}}'.encode(),
    "no number": f'{{{BASE}, "severance_due": NaN}}'.encode(),
    "a lone surrogate": b'{"case_ref": "\\ud800"}',
    "UTF-16": f"{{{BASE}}}".encode("utf-16"),
    "UTF-32": f"{{{BASE}}}".encode("utf-32"),
    "a key beside the exits": f'{{"exits": [{{{BASE}}}], "{"k" * 9_000}": 1}}'.encode(),
}


@pytest.mark.parametrize("case", JSON)
def test_a_hostile_case_file_is_refused_in_one_line(tmp_path: Path, case: str) -> None:
    path = tmp_path / "in.json"
    path.write_bytes(JSON[case])
    refused("case", path)
    with pytest.raises(FileProblem) as caught:
        exits_of_upload(path.name, JSON[case])
    assert len(str(caught.value)) <= MOST_MESSAGE
    assert str(caught.value).isprintable()


def test_the_unknown_keys_of_a_case_are_named_short_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "in.json"
    keys = ", ".join(f'"{"k" * 1_000}{n}\\u009b": 1' for n in range(400))
    path.write_text(f"{{{BASE}, {keys}}}", encoding="utf-8")
    done = in_process("case", path)
    assert done.exit_code == 0
    assert done.stdout.count("This is not a field.") == 20
    assert "380 more keys" in done.stdout
    assert max(map(len, done.stdout.splitlines())) < MOST_MESSAGE


def test_the_json_of_a_case_holds_nothing_that_steers_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "in.json"
    path.write_text(
        '{"case_ref": "A\\u009b\\u202e\\u007f\\udb40\\udc01", "exit_date": "31/12/2020"}'
    )
    done = in_process("case", path, "--json")
    assert all(c.isprintable() or c == "\n" for c in done.stdout)
    assert "A\\u009b\\u202e\\u007f\\udb40\\udc01" in done.stdout


# CSV

HEAD = "case_ref,exit_date"
CSV: dict[str, tuple[Callable[[], str], str]] = {
    "99,000 headings": (
        lambda: f"{HEAD},{','.join(f'h{n}' for n in range(99_000))}\nA,2020-12-31\n",
        "more than 702 cells",
    ),
    "703 cells in a row": (lambda: f"{HEAD}\nA,2020-12-31{',x' * 701}\n", "more than 702 cells"),
    "a long line with one emoji": (
        lambda: f"{HEAD}\n{MARKER * 2_000_000}\N{GRINNING FACE}\n",
        "more than 4,000,000 characters",
    ),
    "501 exits of one person": (
        lambda: f"{HEAD},person_ref\n" + "".join(f"{n},2020-12-31,{MARKER}\n" for n in range(501)),
        "More than 500 rows have the same person reference",
    ),
    "a long line of many cells": (
        lambda: f"{HEAD}\n{','.join([chr(34) + 'x' * 900_000 + chr(34)] * 5)}\n",
        "more than 4,000,000 characters",
    ),
}


@pytest.mark.parametrize("case", CSV)
def test_a_hostile_csv_is_refused_in_one_line(tmp_path: Path, case: str) -> None:
    build, says = CSV[case]
    path = tmp_path / "in.csv"
    path.write_text(build(), encoding="utf-8")
    line = refused("assess", path, tmp_path / "out.csv")
    assert says in line
    assert MARKER not in line


def test_utf_32_is_named(tmp_path: Path) -> None:
    for encoding in ("utf-32", "utf-32-be"):
        path = tmp_path / "in.csv"
        mark = "" if encoding == "utf-32" else "\ufeff"
        path.write_bytes(f"{mark}{HEAD}\n".encode(encoding))
        assert "the text is UTF-32." in refused("assess", path, tmp_path / "out.csv")


@pytest.mark.parametrize("blank", [698, 90_000])
def test_blank_headings_take_linear_time(tmp_path: Path, blank: int) -> None:
    path = tmp_path / "in.csv"
    rows = "".join(f"A{n},2020-12-31\n" for n in range(20_000))
    path.write_text(f"{HEAD}{',' * blank}\n{rows}", encoding="utf-8")
    found = read_sheet(path)
    assert found.headings == ["case_ref", "exit_date"]
    assert len(found.rows) == 20_000


def test_a_column_without_a_heading_is_kept_up_to_its_last_cell(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(f"{HEAD},,,\nA,2020-12-31\nB,2020-12-31,,x,\n", encoding="utf-8")
    found = read_sheet(path)
    assert found.headings == ["case_ref", "exit_date", "", ""]
    assert found.rows == [["A", "2020-12-31", None, None], ["B", "2020-12-31", "", "x"]]
    assert found.faults == []


def test_what_is_said_of_a_file_is_short(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    own = ",".join(f"{'h' * 5_000}{n}\x9b" for n in range(300))
    days = "".join(f"A{n},{n}/13/20201\n" for n in range(300))
    path.write_text(f"{HEAD},{own}\n{days}", encoding="utf-8")
    done = in_process("assess", path, tmp_path / "out.csv")
    lines = done.stderr.splitlines()
    assert done.exit_code == 1
    assert any("280 more columns are no field" in line for line in lines)
    assert len(lines) <= 50
    assert max(len(line) for line in lines if not line.startswith("As at ")) <= MOST_MESSAGE
    assert all(line.isprintable() for line in lines)


# Letters


def test_names_of_letters_take_linear_time() -> None:
    names = file_names(["Ωμέγα"] * 60_000 + ["case-5", "CASE"])
    assert names[:3] == ["case", "case-2", "case-3"]
    assert names[-2:] == ["case-5-2", "CASE-60001"]


@pytest.mark.parametrize("mark", ["{{ member_name }}", "{% if member_name %}x{% endif %}"])
def test_a_template_of_countless_placeholders_is_refused(tmp_path: Path, mark: str) -> None:
    document = docx.Document()
    for _ in range(100):
        document.add_paragraph(mark * 1_000)
    document.save(str(tmp_path / "in.docx"))
    own = OwnLetter.read(tmp_path / "in.docx")
    assert len(own.data) < 100_000
    with pytest.raises(FileProblem, match=r"^in\.docx: .*(placeholders|plainer document)"):
        their_template(own, AS_AT)
