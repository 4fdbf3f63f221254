"""One summary of a table: its counts are those of the rows, its money is by payee."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given

from calculator.calculation.signals import Urgency
from calculator.calculation.summary import employers_of, summary_of
from rules.exit_payments import Payee
from tests import generated
from tests.comparing import calculated
from tests.generated import Row

AS_AT = date(2026, 11, 22)


@given(rows=generated.tables())
def test_counts_and_sums_are_those_of_the_rows(rows: list[Row]) -> None:
    outcome = calculated(rows, {}, AS_AT)
    summary = summary_of(outcome)
    results = [outcome.row(row) for row in range(len(rows))]
    triages = Counter(each["triage"] for each in results)
    assert {line.name: line.cases for line in summary.triages} == triages
    assert summary.read == len(rows) == summary.computed + summary.in_error
    assert summary.in_error == triages["error"]
    urgencies = Counter(each["urgency"] for each in results)
    for band in Urgency:
        if band is not Urgency.NONE:
            assert summary.urgency[band] == urgencies[band.name.lower()]
    for line in summary.triages:
        assert line.pressing == sum(
            each["urgency"] in ("red", "expired") for each in results if each["triage"] == line.name
        )
    for payee in Payee:
        owed = sum(outcome.figure(f"{payee}_total", row) or 0 for row in range(len(rows)))
        assert summary.owed[payee] == owed == summary.sums[f"{payee}_total"]
        assert owed == sum(line.owed[payee] for line in summary.triages)
        assert owed == sum(employer.owed[payee] for employer in employers_of(outcome))


def test_employers_are_ranked_by_the_larger_debt_and_never_by_a_sum_of_two_payees() -> None:
    common = {"exit_date": "2020-12-31", "employer_kind": "council"}
    member = {"severance_due": "100000", "severance_paid": "92000"}
    both = {
        "severance_due": "60000",
        "severance_paid": "55000",
        "pension_strain_due": "60000",
        "pension_strain_paid": "55000",
    }
    rows = [
        {**common, "case_ref": "A", "employer_name": "Both", **both},
        {**common, "case_ref": "B", "employer_name": "One", **member},
        {
            **common,
            "case_ref": "C",
            "employer_name": "Nothing",
            "severance_due": "1",
            "severance_paid": "1",
        },
    ]
    employers = employers_of(calculated(rows, {}, AS_AT))
    assert [(each.name, each.cases) for each in employers] == [
        ("One", 1),
        ("Both", 1),
        ("Nothing", 1),
    ]


def test_what_was_entered_leaves_out_rows_in_error() -> None:
    rows = [
        {
            "case_ref": "A",
            "exit_date": "2020-12-31",
            "severance_due": "100",
            "severance_paid": "60",
        },
        {"case_ref": "B", "exit_date": "never", "severance_due": "1000", "severance_paid": "1000"},
    ]
    assert summary_of(calculated(rows, {}, AS_AT)).entered == {"due": 10_000, "paid": 6_000}
