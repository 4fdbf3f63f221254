"""Runs the calculator and the oracle on the same rows and says where they differ."""

from __future__ import annotations

from datetime import date

from calculator.calculation.assess import assess
from calculator.calculation.codes import REASONS
from calculator.calculation.outcome import Outcome
from calculator.calculation.result_columns import OUTPUT_NAMES
from calculator.facts.case_table import Cases
from calculator.facts.fields import BY_NAME
from rules.positions import Positions
from tests import oracle, pools
from tests.generated import Row

WORDING = {"assumptions", "ask_employer", "rules_version"}
"""Columns of words, which the oracle does not write."""
OWN_REASONS = {
    "cannot_read",
    "required_missing",
    "days_out_of_order",
    "top_up_without_date",
    "duplicate_reference",
    "linked_row_in_error",
    "employer_not_listed",
    "nation_not_covered",
    "cap_wholly_waived",
    "settlement_agreement_signed",
    "scots_time_limit",
    "rates_not_known",
    "no_interest_rule",
    "late_lump_sum_tax",
}
"""Reasons the calculator adds to say why; the oracle gives only those that the rules turn on."""
OWN_MISSING = {
    "case_ref",
    "exit_date",
    "top_up_date",
    "evidence",
    "payment_date",
    "service_start",
    "date_of_birth",
    "weekly_pay",
    "employer_kind",
    "exit_reason",
    "scheme",
    "nation",
    "pension_outcome",
    *oracle.PENSION_FIELDS,
}
"""Fields the calculator may add as missing beyond those that decide the result. A case that needs data
names its unknown paid amounts too."""


def cases_of(rows: list[Row]) -> Cases:
    """The rows as a table, read by the same parsers as a file."""
    names = [name for name in BY_NAME if any(name in row for row in rows)]
    return Cases.from_raw({name: [row.get(name) for row in rows] for name in names}, len(rows))


def calculated(rows: list[Row], positions: dict[str, str], as_at: date) -> Outcome:
    """The calculator's outcome for the rows."""
    return assess(cases_of(rows), Positions.from_mapping(positions), as_at)


def table(outcome: Outcome) -> list[Row]:
    """An outcome as a list of rows of text."""
    columns = [outcome.texts(name) for name in OUTPUT_NAMES]
    return [dict(zip(OUTPUT_NAMES, values, strict=True)) for values in zip(*columns, strict=True)]


def differences(
    rows: list[Row], positions: dict[str, str], as_at: date
) -> list[tuple[int, str, str, str]]:
    """(row, column, oracle's value, calculator's value) wherever they differ."""
    expected = oracle.assess_rows(rows, positions, as_at)
    found = []
    for place, (want, got) in enumerate(
        zip(expected, table(calculated(rows, positions, as_at)), strict=True)
    ):
        for name in OUTPUT_NAMES:
            if name in WORDING:
                continue
            mine, theirs = got[name], want[name]
            if name == "reasons":
                mine = _sorted(set(_codes(mine)) - OWN_REASONS)
                assert set(_codes(mine)) <= set(REASONS)
            if name == "missing":
                extra = set(_codes(mine)) - set(_codes(theirs)) - OWN_MISSING
                if got["triage"] == "needs_data":
                    extra -= {
                        f"{kind}_paid"
                        for kind in pools.PAYMENTS
                        if not rows[place].get(f"{kind}_paid")
                    }
                lacking = set(_codes(theirs)) - set(_codes(mine))
                mine, theirs = _sorted(extra), _sorted(lacking)
                if not extra and not lacking:
                    continue
            if mine != theirs:
                found.append((place, name, theirs, mine))
    return found


def _codes(text: str) -> list[str]:
    return [code for code in text.split(";") if code]


def _sorted(codes: set[str]) -> str:
    return ";".join(sorted(codes))
