"""The payments of a row as figures: each known by its kind, not by its title."""

from __future__ import annotations

from calculator.explanation.lines import lines_of
from rules.exit_payments import KINDS
from tests.comparing import calculated
from tests.explanation.explained import AS_AT

ROW = {
    "case_ref": "A",
    "exit_date": "2020-12-31",
    "employer_kind": "council",
    **{f"{kind.name}_{side}": "20000" for kind in KINDS for side in ("due", "paid")},
}


def test_each_kind_of_payment_is_one_line_with_its_name() -> None:
    lines = lines_of(calculated([ROW], {}, AS_AT), 0)
    assert [line.kind for line in lines.payments] == [kind.name for kind in KINDS]
    assert [line.title for line in lines.payments] == [kind.title for kind in KINDS]


def test_a_share_taken_from_the_total_paid_says_so() -> None:
    row = {
        "case_ref": "A",
        "exit_date": "2020-12-31",
        "employer_kind": "council",
        "severance_due": "100000",
        "total_paid": "90000",
    }
    (line,) = lines_of(calculated([row], {}, AS_AT), 0).payments
    assert (line.kind, line.short, line.from_total, line.estimated) == (
        "severance",
        1_000_000,
        True,
        False,
    )
