"""The table of cases: what is wrong with a row as a whole, lists as bits, columns not given."""

from __future__ import annotations

import pytest

from calculator.facts.case_table import Cases
from calculator.facts.checks import CHECKS

EXIT = "2020-12-31"


def one(**facts: str) -> Cases:
    row = {"case_ref": "A", "exit_date": EXIT, **facts}
    return Cases.from_raw({name: [value] for name, value in row.items()}, 1)


@pytest.mark.parametrize(
    ("name", "wrong", "right"),
    [
        ("pension_started_on", EXIT, "2021-01-01"),
        ("died_on", "2020-12-30", EXIT),
        ("service_start", "2021-01-01", EXIT),
        ("notice_given_on", "2021-01-01", EXIT),
    ],
)
def test_a_day_on_the_wrong_side_of_the_exit_puts_the_row_in_error(
    name: str, wrong: str, right: str
) -> None:
    (problem,) = one(**{name: wrong}).problems
    assert (problem.field, problem.code) == (name, "days_out_of_order")
    assert one(**{name: wrong}).in_error.all()
    assert not one(**{name: right}).problems


def test_each_check_is_a_bit_of_its_own() -> None:
    bits = [int(one(checked=code).checked[0]) for code in CHECKS]
    assert bits == [1 << place for place in range(len(CHECKS))]
    both = one(checked="scots law; entitlement")
    assert both.checked.tolist() == [bits[3] | bits[6]]
    assert both.take(slice(0, 1)).checked.tolist() == both.checked.tolist()


def test_a_column_that_is_not_given_is_blank_in_every_row() -> None:
    given = Cases.from_raw({"case_ref": ["A", "B"], "exit_date": [EXIT] * 2}, 2)
    blank: dict[str, list[None]] = {name: [None, None] for name in ("died_on", "severance_due")}
    same = Cases.from_raw(
        {"case_ref": ["A", "B"], "exit_date": [EXIT] * 2, "checked": [None, None], **blank}, 2
    )
    for part in ("text", "money", "known", "days", "choices"):
        ours, theirs = getattr(given, part), getattr(same, part)
        for name in ours:
            if part != "text":
                assert ours[name].dtype == theirs[name].dtype
            assert str(ours[name].tolist()) == str(theirs[name].tolist()), name
    assert given.checked.tolist() == given.documents.tolist() == [0, 0]
