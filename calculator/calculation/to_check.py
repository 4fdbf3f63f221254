"""What a person must check before a letter to the employer or the scheme goes out."""

from __future__ import annotations

import numpy as np

from calculator.calculation.code_sets import CodeSets
from calculator.calculation.codes import TO_CHECK
from calculator.calculation.worked_rows import WorkedRows
from calculator.facts.case_table import Cases
from calculator.facts.checks import CHECKS
from calculator.facts.money import shown_money
from rules.arrays import Mask
from rules.choices import EmployerKind, Entitlement, ExitReason, Scheme, YesNo
from rules.exit_payments import REDUNDANCY, STRAIN


def set_to_check(to_check: CodeSets, worked: WorkedRows) -> None:
    """Set the checks of each row that apply and that no one has marked as checked."""
    for bit, (code, where) in enumerate(checks_of(worked).items()):
        unchecked = (worked.cases.checked >> bit & 1) == 0
        to_check.add(code, where & unchecked)


def checks_of(worked: WorkedRows) -> dict[str, Mask]:
    """Tell by check to which rows it applies, checked or not."""
    cases, pay = worked.cases, worked.facts.payments
    choices = cases.choices
    scheme = choices["scheme"]
    scheme_unknown = (scheme == Scheme.NOT_GIVEN) | (scheme == Scheme.UNKNOWN)
    nhs = (scheme == Scheme.NHS) | ((choices["employer_kind"] == EmployerKind.NHS) & scheme_unknown)
    strain_due = pay.due[STRAIN] > 0
    born_on = cases.days["date_of_birth"]
    applies = {
        "nhs_pension_cost": nhs
        & (choices["exit_reason"] == ExitReason.REDUNDANCY)
        & (pay.due[REDUNDANCY] > 0)
        & strain_due,
        "teachers_compensation": (scheme == Scheme.TPS) & strain_due,
        "strain_under_55": (scheme == Scheme.LGPS)
        & strain_due
        & ~np.isnat(born_on)
        & ~pay.reached_55,
        "entitlement": choices["entitlement"] == Entitlement.DISCRETIONARY,
        "settlement_agreement": choices["settlement_agreement"] == YesNo.YES,
        "cash_alternative": pay.cash_alternative > 0,
        "scots_law": worked.facts.scope.scotland,
    }
    whoever = {
        "representative": ~np.isnat(cases.days["died_on"])
        & cases.text["representative_name"].holds(""),
        "one_person_two_births": _two_births(cases),
    }
    return {
        code: whoever[code] if code in whoever else applies[code] & worked.in_scope
        for code in CHECKS
    }


def _two_births(cases: Cases) -> Mask:
    """Rows of a person whose rows have two different dates of birth."""
    born = cases.days["date_of_birth"].astype(np.int64)
    known = ~np.isnat(cases.days["date_of_birth"])
    persons, index = np.unique(cases.person, return_inverse=True)
    first, last = np.iinfo(np.int64).max, np.iinfo(np.int64).min
    earliest, latest = np.full(len(persons), first), np.full(len(persons), last)
    np.minimum.at(earliest, index[known], born[known])
    np.maximum.at(latest, index[known], born[known])
    two: Mask = (earliest < latest)[index]
    return two


def check_words(cases: Cases, row: int, code: str) -> str:
    """Say what to check in a row before a letter, with the sum of a cash alternative."""
    if code != "cash_alternative":
        return TO_CHECK[code]
    cash = shown_money(int(cases.money["cash_alternative_paid"][row]))
    return TO_CHECK[code].replace("the cash alternative", f"the cash alternative of {cash}")
