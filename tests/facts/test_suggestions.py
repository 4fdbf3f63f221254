"""What a value plainly means although it cannot be read: suggested, never taken unasked."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from calculator.facts.case_table import Cases, read_column
from calculator.facts.cells import CannotRead, Raw
from calculator.facts.fields import BY_NAME
from calculator.facts.suggestions import accept
from tests.promises.test_messy import TRIED, texts


def suggested(name: str, raw: Raw) -> str:
    with pytest.raises(CannotRead) as caught:
        BY_NAME[name].parse(raw)
    return caught.value.suggestion


@pytest.mark.parametrize(
    ("raw", "suggestion"),
    [
        ("41k", "£41,000.00"),
        ("£41.5K", "£41,500.00"),
        ("0.1m", "£100,000.00"),
        ("28500 pounds", "£28,500.00"),
        ("95,000 GBP", "£95,000.00"),
        ("95,000*", "£95,000.00"),
        ("９５，０００", "£95,000.00"),
        ("1.234,56", "£1,234.56"),
        ("95'000", "£95,000.00"),
        (12345.670000000002, "£12,345.67"),
    ],
)
def test_sums_with_one_plain_reading(raw: Raw, suggestion: str) -> None:
    assert suggested("redundancy_due", raw) == suggestion
    assert suggested("relaxed_amount", raw) == suggestion


@pytest.mark.parametrize(
    "raw",
    [
        *("41,500k", "95.000", "9,5000", "1.005", "95000²", "-41k", "(500)", "6.8E+04", "12 34"),
        *("a k", "about 27,000", "27000-28000", "1" * 6000, "2000000k"),
    ],
)
def test_sums_without_one(raw: str) -> None:
    assert suggested("redundancy_due", raw) == ""


@pytest.mark.parametrize(
    ("name", "raw", "suggestion"),
    [
        ("exit_date", "31/12/20", "31 December 2020"),
        ("exit_date", "1.3.21", "1 March 2021"),
        ("exit_date", "31 Dec 20", "31 December 2020"),
        ("exit_date", "1/3/25", "1 March 2025"),
        ("exit_date", "1/3/63", "1 March 2063"),
        ("date_of_birth", "1/3/63", "1 March 1963"),
        ("date_of_birth", "1/3/25", "1 March 2025"),
        ("service_start", "1/3/26", "1 March 1926"),
        ("notice_given_on", "1/3/21", "1 March 2021"),
        ("exit_date", "12/31/2020", "31 December 2020"),
        ("exit_date", "22 Janaury 2021", "22 January 2021"),
        ("exit_date", "Dec 31, 2020", "31 December 2020"),
        ("exit_date", "2020/12/31", "31 December 2020"),
        ("exit_date", "31/12/2020 09:30", "31 December 2020"),
    ],
)
def test_days_with_one_plain_reading(name: str, raw: str, suggestion: str) -> None:
    assert suggested(name, raw) == suggestion


@pytest.mark.parametrize("raw", ["Feb 2021", "30/02/21", "Juny 3 2020", "22/01/2201", "0/5/20"])
def test_days_without_one(raw: str) -> None:
    assert suggested("exit_date", raw) == ""


@pytest.mark.parametrize(
    ("name", "raw", "suggestion"),
    [
        ("employer_kind", "Acad", "academy"),
        ("employer_kind", "Counsil", "council"),
        ("exit_reason", "redundency", "redundancy"),
        ("nation", "Northern", "northern_ireland"),
        ("pension_outcome", "Red", "reduced"),
        ("employer_kind", "unlisted", ""),
        ("employer_kind", "Not", ""),
        ("employer_kind", "not a council", ""),
        ("employer_kind", "Other", ""),
        ("exit_reason", "involuntary", ""),
        ("scheme", "n", ""),
    ],
)
def test_choices_begun_or_misspelled(name: str, raw: str, suggestion: str) -> None:
    assert suggested(name, raw) == suggestion


@given(texts)
def test_whatever_is_suggested_can_be_read(text: str) -> None:
    for name in TRIED:
        for problem in read_column(BY_NAME[name], [text])[1]:
            if problem.suggestion:
                assert read_column(BY_NAME[name], [problem.suggestion])[1] == []


@pytest.mark.parametrize(
    ("column", "read"),
    [
        (["12/31/2020", "12/11/2020"], ["31 December 2020", "11 December 2020"]),
        (["1/4/21", "12/31/20"], ["4 January 2021", "31 December 2020"]),
        (["05.06.2020", "5.5.2020", "06.30.2020"], ["6 May 2020", None, "30 June 2020"]),
        (["3/4-2020", "2020-03-04", "3 Apr 2020", "12-31-2020"], [*[None] * 3, "31 December 2020"]),
        (["31/12/2020", "12/11/2020"], [None, None]),
        (["13/31/2020", "12/11/2020"], ["", None]),
        (["2/30/2020", "12/11/2020"], ["", None]),
    ],
)
@pytest.mark.parametrize("name", ["exit_date", "notice_given_on"])
def test_a_column_with_a_day_that_is_month_first_leaves_no_other_in_doubt(
    name: str, column: list[str], read: list[str | None]
) -> None:
    """None is read as it is; a suggestion, or "" for none, is an error."""
    values, problems = read_column(BY_NAME[name], column)
    found = {problem.row: problem.suggestion for problem in problems}
    assert [found.get(row) for row in range(len(column))] == read
    assert [value is None for value in values] == [each is not None for each in read]


def test_every_row_of_a_column_counts_one_in_error_too() -> None:
    facts = {"case_ref": ["A", ""], "exit_date": ["12/11/2020", "12/31/2020"]}
    assert {problem.row for problem in Cases.from_raw(facts, 2).problems} == {0, 1}


def test_suggestions_are_taken_one_or_all_of_a_kind() -> None:
    columns = {"case_ref": 0, "exit_date": 2, "severance_due": 1}
    rows: list[list[Any]] = [["A", "41k", "12/31/2020"], ["B", "some", "12/11/2020"]]
    problems = table(columns, rows).problems
    taken = accept(rows, columns, [p for p in problems if p.field == "severance_due"])
    assert rows == [["A", "£41,000.00", "12/31/2020"], ["B", "some", "12/11/2020"]]
    assert [(p.row, p.field, p.wrong) for p in taken] == [
        (0, "severance_due", "Taken as suggested: £41,000.00.")
    ]
    accept(rows, columns, problems[-1:])  # one of the column: the others stay in doubt
    (first, *_) = table(columns, rows).problems
    assert (first.row, first.suggestion) == (0, "31 December 2020")
    accept(rows, columns, table(columns, rows).problems)
    assert [(p.row, p.field) for p in table(columns, rows).problems] == [(1, "severance_due")]


def test_suggestions_for_exits_by_name_are_taken_alike() -> None:
    exits = [{"case_ref": "A", "exit_date": "31/12/20"}]
    columns = {name: [exits[0][name]] for name in exits[0]}
    names = {name: name for name in columns}
    accept(exits, names, Cases.from_raw(columns, 1).problems)
    assert exits == [{"case_ref": "A", "exit_date": "31 December 2020"}]


def table(columns: dict[str, int], rows: list[list[Any]]) -> Cases:
    cells = {name: [row[place] for row in rows] for name, place in columns.items()}
    return Cases.from_raw(cells, len(rows))
