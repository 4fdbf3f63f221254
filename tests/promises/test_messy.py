"""Messy text is the same value, or the same problem, typed into the form, in CSV and in a workbook."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from calculator.facts.case_table import Cases, read_column
from calculator.facts.fields import BY_NAME, FIELDS, Field, Value
from calculator.spreadsheets.read import Sheet, read_cases, read_sheet

GOOD = {"case_ref": "A", "exit_date": "2100-12-31"}
"""The last day there is, so that no other day comes after it."""
TRIED = (
    "person_ref",
    "member_name",
    "redundancy_due",
    "relaxed_amount",
    "payment_date",
    "notice_given_on",
    "monthly_hours",
    "employer_kind",
    "nation",
    "settlement_agreement",
    "scheme",
    "evidence",
)
"""A field of each kind, and several choices; each text is tried in all of them."""
Told = tuple[str, str, str]
"""A problem: its code, what is wrong and what to enter."""

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
SPACES = ("", " ", "  ", "\u00a0", "\u2009", "\u202f", "\u3000", "\t", "\n", "\r\n", "\v", "\x1f")
ODD = ("\x01", "\x07", "\x7f", "\x85", "\u200b", "\u2028", "\ufeff", "_x0041_", "\u0301", "😀")
SIGNS = ("", "£", "£ ", "-", "−", "–", "+", "(", "£-", "-£", "'", "=", "@", "€", "GBP ")
ENDS = ("", ")", "-", "k", "M", "%", ".", ",", "*", " p.a.", "e5", "E+04", ".00", ".5", ".005")
WORDS = (
    *("n/a", "N / A", "nil", "NIL.", "TBC", "tbc?", "-", "–", "—", "?", "unknown", "none", "all"),
    *("y", "Yes", "NO", "true", "1", "0", "don't know", "Not sure", "NULL", "NaN", "inf", "#N/A"),
    *(
        "Local authority",
        "local-authority",
        "Cymru",
        "N.I.",
        "LGPS",
        "teachers'",
        "P45",
        "pay slip",
    ),
    *("P45; payslip", "p45,payslip;", "p45\npayslip", "payslip; a letter", ";", ",,", '"', "'"),
    *("Christmas", "O'Brien", "=1+1", "'=1", "NA", "None", "null", "2020", "44196", "44196.0"),
)
MONTHS = ("2", "02", "12", "13", "Feb", "FEBRUARY", "Sept", "Febuary", "Dez", "0")
DAYS = ("1", "01", "28", "29", "29th", "30", "31", "31st", "32", "0", "00")
YEARS = ("2020", "2021", "1900", "2100", "1899", "2101", "20", "'20", "02020", "0000")
PARTS = ("/", "-", ".", " ", " / ", ", ", "\u00a0", "–", "")

money = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(SIGNS),
        st.sampled_from(
            ("0", "5", "95000", "95,000", "95 000", "95\u00a0000", "9,5000", "1,234,567", "007")
        )
        | st.integers(0, 10**13).map("{:,}".format),
        st.sampled_from(ENDS),
        st.sampled_from(ENDS),
    ),
)
days = st.builds(
    lambda parts, between, order, end: between.join(parts[place] for place in order) + end,
    st.tuples(st.sampled_from(DAYS), st.sampled_from(MONTHS), st.sampled_from(YEARS)),
    st.sampled_from(PARTS),
    st.permutations(range(3)),
    st.sampled_from(("", " 00:00", " 00:00:00", "T00:00:00.000", " 09:30", "Z", ".")),
)
choices = st.sampled_from(
    sorted({name for field in FIELDS for name in field.choice_names})
    + sorted({word for field in FIELDS for word, _ in field.words})
).flatmap(
    lambda word: st.sampled_from(
        (word, word.upper(), word.replace("_", " "), word.replace("_", "-"), f"{word}?", word[:-1])
    )
)
anything = st.text(
    st.sampled_from("0123456789£,.-−()/ ;'\"=\n\r\t")
    | st.characters(codec="utf-8", exclude_characters="\x00\ufffe\uffff"),
    max_size=12,
)
"""Without NUL, which no CSV file and no workbook can hold, and two characters that XML cannot."""
texts = st.builds(
    lambda before, text, width, odd, after: (
        before + (text.translate(FULL_WIDTH) if width else text) + odd + after
    ),
    st.sampled_from(SPACES),
    money | days | choices | st.sampled_from(WORDS) | anything,
    st.integers(0, 9).map(lambda n: n == 9),
    st.integers(0, 3 * len(ODD)).map(lambda n: ODD[n] if n < len(ODD) else ""),
    st.sampled_from(SPACES),
)


def one_row(facts: dict[str, str]) -> Cases:
    return Cases.from_raw({name: [text] for name, text in facts.items()}, 1)


def typed(name: str, text: str) -> tuple[Value, Told | None]:
    """What the form makes of a text in one field."""
    problems = one_row({**GOOD, name: text}).problems
    if not problems:
        return BY_NAME[name].parse(text), None
    (problem,) = problems
    assert problem.field == name
    return None, (problem.code, problem.wrong, problem.enter)


def in_file(sheet: Sheet, size: int) -> dict[tuple[int, str], tuple[Value, Told | None]]:
    """What is made of every cell of a file."""
    assert len(sheet.rows) == size
    told = {(p.row, p.field): (p.code, p.wrong, p.enter) for p in read_cases(sheet).problems}
    found = {}
    for name in TRIED:
        values, _ = read_column(BY_NAME[name], sheet.column(sheet.columns[name]))
        for row, value in enumerate(values):
            found[row, name] = value, told.pop((row, name), None)
    assert not told
    return found


def table(found: list[str]) -> list[list[str]]:
    """Headings, and a row for each text with the text in every field."""
    names = [*GOOD, *TRIED]
    return [names] + [
        [f"A{n}", GOOD["exit_date"], *[text] * len(TRIED)] for n, text in enumerate(found)
    ]


def from_csv(folder: Path, found: list[str]) -> Sheet:
    path = folder / "in.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(table(found))
    return read_sheet(path)


def from_workbook(folder: Path, found: list[str]) -> Sheet:
    path = folder / "in.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        for row, cells in enumerate(table(found)):
            for place, text in enumerate(cells):
                page.write_string(row, place, text)
    return read_sheet(path)


def without_guard(text: str) -> str:
    """The text as a cell of CSV has it: an apostrophe that guards against a formula is left out there."""
    guarded = text[:1] == "'" and text[1:2] in {*"=+-@\t\r"}
    return text[1:] if guarded and text[1:] else text


@given(st.lists(texts, min_size=1, max_size=40))
@settings(max_examples=40)
@example(["29/02/2020", "29/02/2021", "29 Feb 2100", "２９/02/2020", "31/12/20", "12/31/2020"])
@example(["12/31/2020", "12/11/2020", "1/4/21", "05/05/2020", "3/4-2020", " 3.4.2020 "])
@example(["'00412", '="00412"', "''00412", '\'="1"', "1.2E+5", "N/A", "\ufeffM100", "M–100", "0"])
@example(["£95,000", "(500)", "-5", "£ -5", "nil", "95\u00a0000.5", "９５", "1.005", "0,5", "1e5"])
@example(list(WORDS))
@example([";;;", "\t\t\t", "a;b;c;d\te\tf"])
@example([f"{one}95{other}" for one in SPACES for other in SPACES])
def test_messy_text_is_read_alike_everywhere(found: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        csv_cells = in_file(from_csv(Path(name), found), len(found))
        workbook_cells = in_file(from_workbook(Path(name), found), len(found))
    for field in TRIED:
        either_way = BY_NAME[field].month_first(found)
        for row, text in enumerate(found):
            if text in either_way:  # only a column says that its days are month first
                wrong = either_way[text]
                expected = None, ("cannot_read", wrong.wrong, wrong.enter)
                assert workbook_cells[row, field] == csv_cells[row, field] == expected
                continue
            assert workbook_cells[row, field] == typed(field, text), (field, text)
            assert csv_cells[row, field] == typed(field, without_guard(text)), (field, text)


def test_every_kind_of_field_is_tried() -> None:
    assert {BY_NAME[name].kind for name in TRIED} == {field.kind for field in FIELDS}


@pytest.mark.parametrize("field", [f for f in FIELDS if f.required], ids=lambda f: f.name)
@pytest.mark.parametrize("text", ["", "  ", "\u00a0"])
def test_what_is_required_and_missing_is_told_alike(
    tmp_path: Path, field: Field, text: str
) -> None:
    row = {**GOOD, field.name: text}
    (told,) = one_row(row).problems
    path = tmp_path / "in.csv"
    path.write_text(f"case_ref,exit_date,notes\n{','.join(row.values())},x\n", encoding="utf-8")
    assert read_cases(read_sheet(path)).problems == [told]
