"""The workbook to fill in: every field in it once, checked, and read back as it was meant."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from calculator.calculation.assess import assess
from calculator.calculation.confirmations import confirmations
from calculator.facts import fields
from calculator.facts.checks import CHECKS
from calculator.facts.fields import (
    BY_NAME,
    DOCUMENTS,
    FIELDS,
    PAY,
    PAYMENTS,
    Field,
    Kind,
    field_for_heading,
)
from calculator.spreadsheets.read import read_cases, read_sheet
from calculator.spreadsheets.template import book as template_book
from calculator.spreadsheets.template.examples import SAMPLES
from calculator.spreadsheets.template.workbook import write_template
from rules.positions import Positions
from tests.comparing import table
from tests.generated import Row
from tests.test_commands import exitcap

AS_AT = date(2026, 11, 22)
EXPECTED = {
    "EX-001": ("capped_exact", "20280.00", "0.00", "20280.00"),
    "EX-002": ("capped_estimate", "33380.00", "0.00", "33380.00"),
    "EX-003": ("capped_exact", "18200.00", "0.00", "18200.00"),
    "EX-004": ("not_capped", "0.00", "0.00", "0.00"),
    "EX-005": ("capped_exact", "17800.00", "17800.00", "0.00"),
    "EX-006": ("capped_exact", "17330.00", "0.00", "17330.00"),
    "EX-007": ("part_repaired", "55000.00", "55000.00", "0.00"),
}
"""Triage, difference, short to the member and to the scheme."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.xlsx"
    write_template(path)
    return path


@pytest.fixture
def book(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def headings(page: Any) -> list[str]:
    return [cell.value for cell in page[2]]


def columns(page: Any) -> Iterator[tuple[Field, int]]:
    for number, heading in enumerate(headings(page), 1):
        field = field_for_heading(heading)
        assert field is not None, heading
        yield field, number


def checks(page: Any) -> dict[str, Any]:
    """The validation of each field, by its name; each covers the rows that are ready for input."""
    by_column = {}
    for check in page.data_validations.dataValidation:
        (cells,) = check.sqref.ranges
        assert cells.min_col == cells.max_col
        assert (cells.min_row, cells.max_row) == (3, 1002)
        assert cells.min_col not in by_column
        by_column[cells.min_col] = check
    return {field.name: by_column[number] for field, number in columns(page)}


def listed(book: Any, check: Any) -> list[str]:
    """The words of a drop-down."""
    sheet, _, cells = check.formula1.partition("!")
    return [row[0].value for row in book[sheet][cells.replace("$", "")]]


def worked(path: Path) -> list[Row]:
    return table(assess(read_cases(read_sheet(path)), Positions(), AS_AT))


def filled(book: Any, rows: list[dict[str, Any]], path: Path) -> Path:
    """The template with rows in it, by name of field."""
    page = book["Cases"]
    for field, number in columns(page):
        for place, row in enumerate(rows, 3):
            if row.get(field.name) not in (None, ""):
                page.cell(place, number).value = row[field.name]
    book.save(path)
    return path


def examples(book: Any) -> list[dict[str, Any]]:
    page = book["Examples"]
    names = [field.name for field, _ in columns(page)]
    return [
        dict(zip(names, (cell.value for cell in row), strict=True))
        for row in page.iter_rows(min_row=3)
        if row[0].value.startswith("EX-")
    ]


def test_the_sheets_are_there_and_the_cases_come_first(book: Any) -> None:
    assert book.sheetnames == ["Cases", "How to fill this in", "Examples", "Lists"]
    assert book.active.title == "Cases"
    assert book["Lists"].sheet_state == "hidden"


@pytest.mark.parametrize("sheet", ["Cases", "Examples"])
def test_every_field_has_its_column_once(book: Any, sheet: str) -> None:
    found = [field.name for field, _ in columns(book[sheet])]
    assert sorted(found) == sorted(BY_NAME)
    assert headings(book[sheet]) == headings(book["Cases"])


def test_columns_go_by_section_with_due_and_paid_side_by_side(book: Any) -> None:
    found = [field for field, _ in columns(book["Cases"])]
    assert list(dict.fromkeys(field.section for field in found)) == [
        "Who and where",
        "Dates",
        "Pay",
        "Exit payments due and paid",
        "Pension",
        "Since paid",
        "Who acts and who owes now",
        "Evidence and notes",
        "For letters",
    ]
    for field, after in pairwise(found):
        if field.section == PAYMENTS and field.name.endswith("_due"):
            assert after.name == field.name.replace("_due", "_paid")


def test_every_column_has_the_band_of_its_section(book: Any) -> None:
    page = book["Cases"]
    assert page["A1"].value == "* required"
    colours: dict[str, set[str]] = {}
    band = ""
    for field, number in list(columns(page))[1:]:
        cell = page.cell(1, number)
        band = getattr(cell, "value", None) or band
        assert band == field.section
        if cell.value:
            colours.setdefault(field.section, set()).add(cell.fill.fgColor.rgb)
    assert all(len(found) == 1 for found in colours.values())
    assert len(set.union(*colours.values())) == len(colours)


def test_required_headings_have_a_star_in_bold_and_a_colour_of_their_own(book: Any) -> None:
    page = book["Cases"]
    looks: dict[bool, set[tuple[bool, str, str]]] = {True: set(), False: set()}
    for field, number in columns(page):
        cell = page.cell(2, number)
        assert cell.value == field.heading + (" *" if field.required else "")
        assert cell.alignment.wrap_text
        colour = getattr(cell.font.color, "rgb", "")
        looks[field.required].add((bool(cell.font.b), str(colour), cell.fill.fgColor.rgb))
    assert {bold for bold, _, _ in looks[True]} == {True}
    assert {bold for bold, _, _ in looks[False]} == {False}
    for part in (1, 2):
        assert not {look[part] for look in looks[True]} & {look[part] for look in looks[False]}


def test_each_choice_has_its_drop_down_with_exactly_its_choices(book: Any) -> None:
    found = checks(book["Cases"])
    chosen = [field for field in FIELDS if field.kind is Kind.CHOICE]
    assert len(chosen) == 9
    for field in chosen:
        check = found[field.name]
        assert (check.type, check.errorStyle or "stop") == ("list", "stop")
        assert check.showErrorMessage
        assert not check.showDropDown, "in a workbook this hides the arrow"
        assert listed(book, check) == list(field.choice_names)


@pytest.mark.parametrize(("name", "words"), [("evidence", DOCUMENTS), ("checked", CHECKS)])
def test_lists_have_words_to_pick_from_and_may_be_typed(
    book: Any, name: str, words: tuple[str, ...]
) -> None:
    check = checks(book["Cases"])[name]
    assert listed(book, check) == list(words)
    assert not check.showErrorMessage


def test_every_column_has_its_check_and_its_messages_within_the_limits(book: Any) -> None:
    found = checks(book["Cases"])
    types = {
        Kind.TEXT: None,
        Kind.MONEY: "custom",
        Kind.MONEY_OR_ALL: "custom",
        Kind.DAY: "date",
        Kind.DAY_OR_NONE: "custom",
        Kind.HOURS: "decimal",
        Kind.CHOICE: "list",
        Kind.LIST: "list",
    }
    for field in FIELDS:
        check = found[field.name]
        assert check.type == types[field.kind], field.name
        assert check.allowBlank
        assert check.showInputMessage
        assert field.help in check.prompt
        assert ("Required." in check.prompt) == field.required
        assert len(check.promptTitle) <= 32
        assert max(len(check.prompt), len(check.error or "")) <= 255
        if field.kind is not Kind.TEXT:
            assert "Enter " in check.error
        if field.kind is not Kind.CHOICE:
            assert check.errorStyle == "warning"


def test_long_help_is_cut_to_the_limit(
    book: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = Field("long", "A heading of very many words indeed", PAY, Kind.MONEY, "Much help. " * 40)
    monkeypatch.setattr(template_book, "FIELDS", (*FIELDS, long))
    write_template(tmp_path / "long.xlsx")
    page = openpyxl.load_workbook(tmp_path / "long.xlsx")["Cases"]
    check = next(
        check
        for check in page.data_validations.dataValidation
        if check.promptTitle.startswith("A heading of very")
    )
    assert check.promptTitle.endswith("…")
    assert len(check.promptTitle) <= 32
    assert 200 < len(check.prompt) <= 255


def test_days_and_money_are_checked_between_their_limits(book: Any) -> None:
    found = checks(book["Cases"])
    exit_date = found["exit_date"]
    assert (exit_date.operator or "between", exit_date.formula1, exit_date.formula2) == (
        "between",
        "1",
        "73415",
    )
    letters = {
        field.name: openpyxl.utils.get_column_letter(number)
        for field, number in columns(book["Cases"])
    }
    cell = f"{letters['redundancy_due']}3"
    assert found["redundancy_due"].formula1 == (
        f"IF(ISNUMBER({cell}),AND({cell}>=0,{cell}<=999999999.99,ROUND({cell},2)={cell}),FALSE)"
    )
    assert found["relaxed_amount"].formula1.endswith('="all")')
    assert found["notice_given_on"].formula1.endswith('="none")')
    assert (found["monthly_hours"].formula1, found["monthly_hours"].formula2) == ("0", "744")


@pytest.mark.parametrize("sheet", ["Cases", "Examples"])
def test_panes_filter_formats_and_print_are_set(book: Any, sheet: str) -> None:
    page = book[sheet]
    last = openpyxl.utils.get_column_letter(len(FIELDS))
    assert page.freeze_panes == "B3"
    assert page.auto_filter.ref == f"A2:{last}{1002 if sheet == 'Cases' else page.max_row}"
    assert page.page_setup.orientation == "landscape"
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.print_title_rows, page.print_title_cols) == ("$1:$2", "$A:$A")
    formats = {}
    for found in page.column_dimensions.values():
        for number in range(found.min, found.max + 1):
            formats[number] = found.number_format
    for field, number in columns(page):
        expected = {
            Kind.MONEY: "£#,##0.00",
            Kind.MONEY_OR_ALL: "£#,##0.00",
            Kind.DAY: "d mmm yyyy",
            Kind.DAY_OR_NONE: "d mmm yyyy",
            Kind.HOURS: "General",
        }
        assert formats[number] == expected.get(field.kind, "@")


def test_no_cell_is_a_formula_and_no_text_can_become_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fields, "SECTIONS", (*fields.SECTIONS, "+1"))
    odd = Field("odd", "=HYPERLINK(1)", "+1", Kind.TEXT, "@SUM(1)", ("-odd",))
    monkeypatch.setattr(template_book, "FIELDS", (*FIELDS, odd))
    write_template(tmp_path / "odd.xlsx")
    found = []
    for page in openpyxl.load_workbook(tmp_path / "odd.xlsx"):
        for row in page.iter_rows():
            found += [cell for cell in row if cell.value is not None]
    assert {"=HYPERLINK(1)", "+1", "@SUM(1)"} <= {cell.value for cell in found}
    assert "f" not in {cell.data_type for cell in found}


def test_a_field_that_is_added_appears_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = Field("new_sum", "A new sum", PAY, Kind.MONEY, "Enter the new sum.")
    monkeypatch.setattr(fields, "SECTIONS", (*fields.SECTIONS, "A new section"))
    elsewhere = Field("odd_text", "Another text", "A new section", Kind.TEXT, "Enter it.")
    monkeypatch.setattr(template_book, "FIELDS", (*FIELDS, new, elsewhere))
    write_template(tmp_path / "new.xlsx")
    book = openpyxl.load_workbook(tmp_path / "new.xlsx")
    heads = headings(book["Cases"])
    assert heads == headings(book["Examples"])
    first_of_next = next(f for f in FIELDS if f.section == PAYMENTS)
    assert heads.index("A new sum") == heads.index(first_of_next.heading) - 1
    assert heads[-1] == "Another text"
    assert book["Cases"].cell(1, len(heads)).value == "A new section"
    assert len(book["Cases"].data_validations.dataValidation) == len(heads)
    guide = [row[:2] for row in book["How to fill this in"].iter_rows(values_only=True)]
    assert ("A new sum", "Enter the new sum.") in guide
    assert ("Another text", "Enter it.") in guide


def test_the_guide_has_a_line_for_every_field(book: Any) -> None:
    rows = list(book["How to fill this in"].iter_rows(values_only=True))
    assert ("Heading", "What to enter", "Kind, or choices", "Example", "Required") in rows
    by_heading = {row[0]: row for row in rows}
    for field in FIELDS:
        row = by_heading[field.heading + (" *" if field.required else "")]
        assert row[1] == field.help
        kind = "; ".join(field.choice_names) or field.kind.value
        assert row[2] == ("; ".join(field.listed) or kind)
        assert field.parse(row[3]) is not None, f"the example of {field.name} can be read"
        assert (row[4] == "yes") == field.required
    text = " ".join(str(row[0]) for row in rows)
    for said in ("one exit", "Blank is not 0", "day first", "pension fund", "28 days"):
        assert said in text
    assert "exitcap assess CASES OUT" in text


def test_the_same_workbook_is_written_each_time(book: Any, tmp_path: Path) -> None:
    write_template(tmp_path / "again.xlsx")
    again = openpyxl.load_workbook(tmp_path / "again.xlsx")
    for page in book:
        assert list(page.values) == list(again[page.title].values)


def test_nothing_filled_in_gives_one_clear_line(path: Path, tmp_path: Path) -> None:
    done = exitcap("assess", path, tmp_path / "out.csv")
    assert done.returncode == 2
    assert done.stderr == "exitcap: template.xlsx: there are no cases under the headings.\n"
    assert not (tmp_path / "out.csv").exists()


def test_the_examples_copied_to_the_cases_give_what_they_claim(book: Any, tmp_path: Path) -> None:
    found = {
        row["case_ref"]: tuple(
            row[name] for name in ("triage", "difference", "member_shortfall", "scheme_shortfall")
        )
        for row in worked(filled(book, examples(book), tmp_path / "filled.xlsx"))
    }
    assert found == EXPECTED


def test_the_examples_say_what_the_calculator_finds(book: Any) -> None:
    page = book["Examples"]
    said = [row[1].value for row in page.iter_rows(min_row=3) if row[0].value == "Result"]
    assert said == [
        "triage capped_exact; short at the exit: £20,280.00 to the pension scheme.",
        "triage capped_estimate; short at the exit: £33,380.00 to the pension scheme.",
        "triage capped_exact; short at the exit: £18,200.00 to the pension scheme.",
        "triage not_capped; short at the exit: nothing. "
        "Then triage capped_exact; short at the exit: £17,800.00 to the member.",
        "triage capped_exact; short at the exit: £17,330.00 to the pension scheme.",
        "triage part_repaired; short at the exit: £55,000.00 to the member.",
    ]


def test_examples_have_no_fault_of_their_own(book: Any, tmp_path: Path) -> None:
    path = filled(book, examples(book), tmp_path / "filled.xlsx")
    cases = read_cases(read_sheet(path))
    assert (cases.problems, confirmations(cases)) == ([], [])
    odd = {"statutory_redundancy_differs", "total_paid_mismatch", "over_cap_paid_in_full"}
    for row in worked(path):
        assert not odd & set(row["reasons"].split(";")), row["case_ref"]
        assert row["over_reduced_by"] in ("0.00", "")


def test_a_typed_workbook_and_csv_text_give_the_same_results(book: Any, tmp_path: Path) -> None:
    """The typed cells of the examples against the words they were made from."""
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(BY_NAME))
        writer.writeheader()
        writer.writerows(case for sample in SAMPLES for case in sample.cases)
    typed = filled(book, examples(book), tmp_path / "filled.xlsx")
    assert worked(typed) == worked(tmp_path / "in.csv")


def test_a_filled_template_and_csv_give_the_same_results(
    book: Any, tmp_path: Path, sample_cases: Path
) -> None:
    with sample_cases.open(encoding="utf-8", newline="") as file:
        rows: list[dict[str, Any]] = list(csv.DictReader(file))
    assert worked(filled(book, rows, tmp_path / "filled.xlsx")) == worked(sample_cases)


def test_the_cases_are_read_wherever_their_sheet_stands(book: Any, tmp_path: Path) -> None:
    book.move_sheet("Cases", 3)
    path = filled(book, [{"case_ref": "A", "exit_date": "31/12/2020"}], tmp_path / "filled.xlsx")
    assert [row["case_ref"] for row in worked(path)] == ["A"]


def test_references_keep_their_leading_zeros(book: Any, tmp_path: Path) -> None:
    rows = [{"case_ref": "007", "exit_date": "31/12/2020"}]
    assert worked(filled(book, rows, tmp_path / "filled.xlsx"))[0]["case_ref"] == "007"


def test_a_problem_is_named_by_the_cell_of_the_template(book: Any, tmp_path: Path) -> None:
    rows = [{"case_ref": "A", "exit_date": "31/12/20"}]
    path = filled(book, rows, tmp_path / "filled.xlsx")
    done = exitcap("assess", path, tmp_path / "out.csv")
    assert done.returncode == 1
    sheets, line, *_ = done.stderr.splitlines()
    assert sheets.startswith("Read: sheet Cases. Not read: How to fill this in (")
    assert line.startswith("Date of exit (must fix): The year needs four figures.")
    assert line.endswith(" I3.")


def test_the_command_writes_it_and_never_over_another_file_unasked(tmp_path: Path) -> None:
    out = tmp_path / "cases.xlsx"
    done = exitcap("template", out)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"Written to {out}.\n")
    out.write_text("mine", encoding="utf-8")
    done = exitcap("template", out)
    assert done.returncode == 2
    assert done.stderr == (
        "exitcap: cases.xlsx is there already. Choose another name, or add --force.\n"
    )
    assert out.read_text(encoding="utf-8") == "mine"
    assert exitcap("template", out, "--force").returncode == 0
    assert openpyxl.load_workbook(out).sheetnames[0] == "Cases"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("cases.csv", "the template is written to .xlsx"),
        ("cases", "the template is written to .xlsx"),
        ("none/cases.xlsx", "there is no such folder"),
    ],
)
def test_what_cannot_be_written_gives_one_clear_line(
    tmp_path: Path, name: str, message: str
) -> None:
    done = exitcap("template", tmp_path / name, "--force")
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
