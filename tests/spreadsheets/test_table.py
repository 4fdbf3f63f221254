"""Where a table begins, and which rows below its headings are no cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from calculator.facts.problems import FileProblem
from calculator.spreadsheets.read import Sheet, read_cases, read_sheet
from tests.spreadsheets.sheets import sheet_of, workbook, worked

HEADINGS = "Case reference,Date of exit,Redundancy pay due,Redundancy pay paid"
CASES = "A1,31/12/2020,40000,30000\nA2,15/01/2021,50000,45000\n"


def refs(sheet: Sheet) -> list[str]:
    return list(read_cases(sheet).text["case_ref"])


@pytest.mark.parametrize("lines", [0, 24, 98])
def test_headings_are_found_below_many_lines(tmp_path: Path, lines: int) -> None:
    notes = "".join(f"Note {n} about the list\n" for n in range(lines))
    sheet = sheet_of(tmp_path, f"{notes}{HEADINGS}\n{CASES}")
    assert sheet.row_numbers == [lines + 2, lines + 3]


def test_it_is_said_how_far_headings_were_looked_for(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="no headings found in the first 100 rows"):
        sheet_of(tmp_path, "Note\n" * 100 + f"{HEADINGS}\n{CASES}")


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["Case reference", "Date of exit", "Redundancy pay", None, "Strain", None],
            [None, None, "Due", "Paid", "Due", "Paid"],
        ],
        [
            [None, None, "Redundancy pay", None, "Strain", None],
            ["Case reference", "Date of exit", "Due", "Paid", "Due", "Paid"],
        ],
        [
            ["Case", "Date of", "Redundancy pay", "Redundancy pay", "Strain", "Strain"],
            ["reference", "exit", "due", "paid", "due", "paid"],
        ],
    ],
)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_headings_on_two_rows_are_joined(
    tmp_path: Path, rows: list[list[object]], kind: str
) -> None:
    table: list[list[object]] = [
        ["List of the branch"],
        *rows,
        ["A1", "31/12/2020", 40000, 30000, 80000, 55000],
    ]
    if kind == "xlsx":
        sheet = read_sheet(workbook(tmp_path / "in.xlsx", table))
    else:
        lines = (",".join("" if cell is None else str(cell) for cell in row) for row in table)
        sheet = sheet_of(tmp_path, "\n".join(lines))
    cases = read_cases(sheet)
    assert cases.problems == []
    sums = [
        int(cases.money[f"{kind}_{side}"][0])
        for kind in ("redundancy", "pension_strain")
        for side in ("due", "paid")
    ]
    assert sums == [4_000_000, 3_000_000, 8_000_000, 5_500_000]


def test_a_cell_beside_the_table_of_a_workbook_is_told_in_words_for_a_workbook(
    tmp_path: Path,
) -> None:
    rows: list[list[object]] = [["case_ref", "exit_date"], ["A", "2020-12-31", None, "beside"]]
    fault = read_sheet(workbook(tmp_path / "in.xlsx", rows)).faults[0]
    assert "headings" in fault.wrong
    assert "Put quotes" not in fault.enter


@pytest.mark.parametrize(
    "total",
    [
        "Total,,90000,75000",
        ",,90000,75000",
        "Grand total:,,£90000.00,£75000",
        "TOTALS (2 cases),,90000,",
    ],
)
def test_a_row_of_totals_is_no_case_and_agrees(tmp_path: Path, total: str) -> None:
    sheet = sheet_of(tmp_path, f"{HEADINGS}\n{CASES}{total}\n")
    assert refs(sheet) == ["A1", "A2"]
    assert sheet.notices == [
        "Row 4: taken as a total, not as a case. The sums are those of the cases above."
    ]


def test_a_total_that_is_not_the_sum_of_the_cases_is_said(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, f"{HEADINGS}\n{CASES}Total,,90000,75001\n")
    assert sheet.notices == [
        "Row 4 is a total: its 'Redundancy pay paid', £75,001.00, is not the sum of the cases above, "
        "£75,000.00."
    ]


def test_totals_of_sections_are_compared_with_their_sections(tmp_path: Path) -> None:
    text = (
        f"{HEADINGS}\nNorth branch,,,\n{CASES}Sub-total,,90000,75000\nSOUTH,,,\nB1,31/12/2020,1000,500\n"
        "Subtotal,,1000,500\nGrand total,,91000,75500\n"
    )
    sheet = sheet_of(tmp_path, text)
    assert refs(sheet) == ["A1", "A2", "B1"]
    assert sheet.notices == [
        "Rows 2 and 6 between the cases: taken as headings of sections, not as cases.",
        "Rows 5 and 8 to 9: taken as totals, not as cases. The sums are those of the cases above.",
    ]


@pytest.mark.parametrize("row", ["T9,,90000,75000", "A3,,,", "Total-7,31/12/2020,1,1"])
def test_a_row_with_a_reference_of_its_own_stays_a_case(tmp_path: Path, row: str) -> None:
    sheet = sheet_of(tmp_path, f"{HEADINGS}\n{CASES}{row}\n")
    assert len(sheet.rows) == 3


@pytest.mark.parametrize(
    "row",
    [
        "Your own ref,DD/MM/YYYY,In pounds,In pounds",
        "e.g. 001,day first,pounds,pounds",
        ",Date,Number,Number",
    ],
)
def test_a_row_of_guidance_is_left_out_in_one_line(tmp_path: Path, row: str) -> None:
    sheet = sheet_of(tmp_path, f"{HEADINGS}\n{row}\n{CASES}")
    assert refs(sheet) == ["A1", "A2"]
    assert sheet.notices == ["Row 2 below the headings: taken as guidance, not as cases."]


@pytest.mark.parametrize("reference", ["Example", "EXAMPLE", "e.g.", "Example row"])
def test_the_example_of_a_template_is_no_case(tmp_path: Path, reference: str) -> None:
    sheet = sheet_of(tmp_path, f"{HEADINGS}\n{reference},31/12/2020,60000,50000\n{CASES}")
    assert refs(sheet) == ["A1", "A2"]
    assert sheet.notices == ["Row 2 below the headings: taken as guidance, not as cases."]


def test_an_example_alone_or_among_the_cases_is_a_case(tmp_path: Path) -> None:
    row = "Example,31/12/2020,60000,50000\n"
    assert refs(sheet_of(tmp_path, f"{HEADINGS}\n{row}")) == ["Example"]
    assert refs(sheet_of(tmp_path, f"{HEADINGS}\n{CASES}{row}")) == ["A1", "A2", "Example"]


def test_a_first_case_that_cannot_be_read_is_no_guidance(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, f"{HEADINGS}\nA0,31/12/20,40k,30k\n{CASES}")
    assert worked(sheet).texts("triage")[0] == "error"


def test_the_headings_again_are_no_case(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, f"{HEADINGS}\nA0,31/12/2020,1,1\n\n{HEADINGS}\n{CASES}")
    assert refs(sheet) == ["A0", "A1", "A2"]
    assert sheet.notices == ["Row 4: the headings again, not a case."]


@pytest.mark.parametrize(
    "other",
    [
        "Case reference,Date of exit,Redundancy pay paid,Redundancy pay due",
        "Date of exit,Case reference,Redundancy pay due,Redundancy pay paid",
        "Case reference,Date of exit,Strain due,Strain paid",
    ],
)
def test_another_table_below_is_not_read_under_the_first_headings(
    tmp_path: Path, other: str
) -> None:
    sheet = sheet_of(tmp_path, f"{HEADINGS}\n{CASES}\nSouth branch\n{other}\nS1,31/12/2020,1,2\n")
    assert refs(sheet) == ["A1", "A2"]
    assert sheet.notices[0].startswith(
        "Row 6: another table with other headings. It is not calculated: rows left out: 7."
    )


def test_forename_and_surname_are_the_members_name(tmp_path: Path) -> None:
    sheet = sheet_of(
        tmp_path, "Case,Surname,Forename,Name,Date left\nA,Example,Ann,K Officer,31/12/2020\n"
    )
    assert list(read_cases(sheet).text["member_name"]) == ["Ann Example"]
    assert sheet.rows[0][:4] == ["A", "Example", "Ann", "K Officer"]


@pytest.mark.parametrize("accept", [False, True])
def test_columns_with_sums_are_said_first_and_guesses_read_only_when_accepted(
    tmp_path: Path, accept: bool
) -> None:
    path = tmp_path / "in.csv"
    text = "Case,Date left,Branch,Strain cost (full),Hidden sum\nA,31/12/2020,North,80000,£90\n"
    path.write_text(text, encoding="utf-8")
    sheet = read_sheet(path, accept_guesses=accept)
    assert ("pension_strain_due" in sheet.columns) is accept
    first = sheet.notices[0]
    assert first.startswith(
        f"The column {'Hidden sum' if accept else 'Strain cost (full)'!r} holds sums"
    )
    assert any("a guess that you accepted" in line for line in sheet.notices) is accept
    assert sheet.notices[-1] == "The column 'Branch' is no field; it is kept as it is."


def test_an_average_and_a_count_are_no_cases_and_are_not_compared_with_sums(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, f"{HEADINGS}\n{CASES}Average,,45000,37500\nCount,,2,2\n")
    assert refs(sheet) == ["A1", "A2"]
    assert sheet.notices == ["Rows 4 to 5: taken as totals, not as cases."]
