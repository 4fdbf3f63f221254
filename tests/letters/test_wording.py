"""The wording of each triage and recipient, as read and approved: tests/golden/letters.

After a change of wording: ``UPDATE_GOLDEN=1 pytest tests/letters/test_wording.py``, then read the
difference before it is committed.
"""

from __future__ import annotations

import os

import pytest

from calculator.facts.cells import Raw
from calculator.letters.recipients import Recipient, Writer
from tests import ROOT
from tests.letters_helpers import CAPPED, one

GOLDEN = ROOT / "tests" / "golden" / "letters"
NO_CONSENT: dict[str, Raw] = {"consent_to_disclose": "no"}
CASES: dict[str, dict[str, Raw]] = {
    "exact": CAPPED,
    "exact_member_only": {
        **CAPPED,
        "pension_strain_due": None,
        "pension_strain_paid": None,
        "severance_due": "90000",
        "severance_paid": "57000",
        "pension_outcome": None,
        "scheme": "none",
    },
    "exact_cash_alternative": {
        **CAPPED,
        "cash_alternative_paid": "5000",
        "checked": "cash_alternative",
    },
    "exact_own_strain": {**CAPPED, "member_funded_strain": "4000"},
    "exact_paid_outside_the_period": {**CAPPED, "payment_date": "2021-04-01"},
    "exact_wales": {**CAPPED, "nation": "wales"},
    "exact_scotland": {
        **CAPPED,
        "nation": "scotland",
        "employer_kind": "civil_service",
        "checked": "scots_law",
    },
    "exact_named_in_schedule": {**CAPPED, "employer_name": "Arts Council England"},
    "estimate": {**CAPPED, "redundancy_paid": None, "pension_strain_paid": None},
    "needs_data": {**CAPPED, "pension_strain_due": None, "pension_strain_paid": None},
    "part_repaired": {**CAPPED, "top_up_member": "500", "top_up_date": "2022-03-04"},
    "part_repaired_interest_only": {
        **CAPPED,
        "top_up_member": "2000",
        "top_up_scheme": "13000",
        "top_up_date": "2022-03-04",
    },
    "underpaid_not_capped": {
        **CAPPED,
        "pension_strain_due": "50000",
        "pension_strain_paid": "45000",
    },
    "pension_lost": {
        **CAPPED,
        "pension_due": "12000",
        "pension_paid": "9000",
        "lump_sum_due": "8000",
        "lump_sum_paid": "7000",
    },
    "pension_put_right": {
        **CAPPED,
        "pension_due": "12000",
        "pension_paid": "9000",
        "pension_restored_on": "2021-11-01",
        "redundancy_due": "20000",
        "redundancy_paid": "12000",
        "pension_strain_due": "90000",
        "pension_strain_paid": "83000",
    },
    "settlement_signed": {
        **CAPPED,
        "settlement_agreement": "yes",
        "checked": "settlement_agreement",
    },
    "exact_scheme_only": {**CAPPED, "redundancy_paid": "40000", "pension_strain_paid": "55000"},
    "exact_beyond_cap": {**CAPPED, "redundancy_paid": "20000"},
    "contract_only_part": {
        **CAPPED,
        "annual_salary": "40000",
        "notice_pay_due": "10000",
        "notice_pay_paid": "4000",
    },
    "contract_only_all": {
        **CAPPED,
        "redundancy_paid": "40000",
        "pension_strain_paid": "70000",
        "annual_salary": "40000",
        "notice_pay_due": "10000",
        "notice_pay_paid": "4000",
    },
    "early_top_up": {**CAPPED, "top_up_member": "500", "top_up_date": "2021-03-12"},
    "pension_deferred": {
        **CAPPED,
        "pension_outcome": "deferred",
        "pension_due": "12000",
        "lump_sum_due": "8000",
    },
    "estate": {
        **CAPPED,
        "died_on": "2024-05-06",
        "representative_name": "Ray Example",
    },
    "own_strain_beyond_what_is_short": {**CAPPED, "member_funded_strain": "20000"},
    "addressed": {
        **CAPPED,
        "employer_address": "Legal Services\nTown Hall\nAnytown AN1 2BB",
        "fund_name": "Anyshire Pension Fund",
        "fund_address": "County Hall, Anytown AN1 3CC",
        "member_address": "2 Side Road\nAnytown AN4 4DD",
        "ni_number": "AB123456C",
        "payroll_number": "104233",
        "job_title": "Librarian",
    },
    "longest": {
        **CAPPED,
        "employer_address": "Legal Services\nTown Hall\nHigh Street\nAnytown\nAN1 2BB",
        "ni_number": "AB123456C",
        "payroll_number": "104233",
        "cash_alternative_paid": "3000",
        "checked": "cash_alternative",
        "top_up_member": "100",
        "top_up_date": "2022-02-02",
        "notice_pay_due": "9000",
    },
    "successor": {**CAPPED, "debtor_name": "Newtown Unitary Council"},
    "late_deadline": {
        **CAPPED,
        "exit_date": "2021-02-10",
        "payment_date": "2021-02-20",
        "settlement_agreement": "no",
    },
    "northern_ireland": {
        **CAPPED,
        "nation": "northern_ireland",
        "employer_kind": "other_listed",
        "employer_name": "Arts Council of Northern Ireland",
    },
    "before_cap": {
        **CAPPED,
        "exit_date": "2020-10-31",
        "payment_date": "2020-11-27",
        "pension_strain_due": "40000",
        "pension_strain_paid": "25000",
    },
}


@pytest.mark.usefixtures("frozen_tables")
@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("to", list(Recipient))
@pytest.mark.parametrize("writer", list(Writer))
def test_the_wording_is_the_one_approved(name: str, to: Recipient, writer: Writer) -> None:
    if not is_written(name, to, writer):
        return
    scheme = {"scheme": _SCHEMES.get(name)} if to is Recipient.SCHEME_FACTS else {}
    case = {**CASES[name], **scheme, **(NO_CONSENT if writer is Writer.MEMBER else {})}
    path = GOLDEN / f"{name}-{to}{'-own-name' if writer is Writer.MEMBER else ''}.txt"
    text = one(case, to).text + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def is_written(name: str, to: Recipient, writer: Writer) -> bool:
    """Whether there is an approved text: of the further kinds for the cases in which they differ."""
    if to in _FURTHER:
        own = to.needs_consent and name == "exact"
        return name in _FURTHER[to] and (writer is Writer.UNION or own)
    if writer is Writer.MEMBER and (to is Recipient.MEMBER or name not in _OWN):
        return False
    if to is Recipient.SCHEME:
        return name not in ("exact_member_only", "exact_scotland", "northern_ireland", "before_cap")
    return to is Recipient.MEMBER or name != "before_cap"


_SCHEMES = {
    "exact": "tps",
    "exact_own_strain": "nhs",
    "exact_wales": "civil_service",
    "estimate": "police",
    "underpaid_not_capped": "other",
    "northern_ireland": "lgps",
    "estate": "fire",
}
_FURTHER = {
    Recipient.ISSUE_PACK: (
        *("exact", "exact_member_only", "exact_cash_alternative", "exact_named_in_schedule"),
        *("exact_paid_outside_the_period", "part_repaired", "underpaid_not_capped", "estate"),
        *("contract_only_part", "contract_only_all", "settlement_signed", "successor"),
    ),
    Recipient.DATA_REQUEST: (
        *("exact", "exact_cash_alternative", "exact_member_only", "exact_scotland"),
        *("needs_data", "successor", "addressed"),
    ),
    Recipient.FUND_DATA_REQUEST: ("exact", "exact_own_strain", "addressed"),
    Recipient.SCHEME_FACTS: tuple(_SCHEMES),
}
_OWN = ("exact", "estimate", "needs_data", "part_repaired", "underpaid_not_capped")


def test_every_approved_text_belongs_to_a_case() -> None:
    for path in GOLDEN.iterdir():
        assert path.stem.split("-")[0] in CASES
