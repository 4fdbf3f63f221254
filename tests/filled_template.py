"""The template filled in as a caseworker would: the sample ``sample_data/filled_template.xlsx``.

``python -m tests.filled_template`` writes it anew.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl

from calculator.facts.fields import BY_NAME, field_for_heading
from calculator.spreadsheets.template.workbook import write_template
from tests import ROOT

SAMPLE = ROOT / "sample_data" / "filled_template.xlsx"
HEADING_ROW = 2
Cell = str | float | date

CASES: tuple[dict[str, Cell], ...] = (
    {
        "case_ref": "0101",
        "member_name": "Ada Sample",
        "employer_name": "Northvale County Council",
        "employer_kind": "council",
        "nation": "england",
        "consent_to_disclose": "yes",
        "exit_reason": "redundancy",
        "exit_date": date(2020, 12, 31),
        "date_of_birth": date(1963, 5, 14),
        "service_start": date(1989, 9, 1),
        "notice_given_on": date(2020, 9, 28),
        "payment_date": date(2021, 1, 22),
        "strain_due_date": date(2021, 1, 31),
        "annual_salary": 49_920,
        "weekly_pay": 960,
        "monthly_hours": 160.25,
        "redundancy_due": 26_880,
        "redundancy_paid": 26_880,
        "pension_strain_due": 88_400.5,
        "pension_strain_paid": 68_120,
        "holiday_pay": 576,
        "scheme": "lgps",
        "pension_outcome": "reduced",
        "pension_due": 21_340,
        "pension_paid": 14_620,
        "settlement_agreement": "no",
        "evidence": "redundancy_calculation; strain_quote; strain_invoice; payslip",
        "notes": "The whole cut fell on the pension strain.",
    },
    {
        "case_ref": "0102",
        "member_name": "Ben Sample",
        "employer_name": "Eastmere Academy Trust",
        "employer_kind": "academy",
        "nation": "england",
        "exit_reason": "redundancy",
        "exit_date": date(2020, 11, 30),
        "date_of_birth": date(1964, 3, 9),
        "service_start": date(2004, 4, 19),
        "notice_given_on": date(2020, 8, 31),
        "annual_salary": 45_210,
        "redundancy_due": 20_431.44,
        "pension_strain_due": 84_560,
        "scheme": "lgps",
        "evidence": "redundancy_calculation; strain_quote",
        "notes": "Nothing is known yet of what was paid.",
    },
    {
        "case_ref": "0103",
        "member_name": "Cleo Sample",
        "employer_name": "Sampleshire Constabulary",
        "employer_kind": "police",
        "nation": "england",
        "exit_reason": "business_efficiency",
        "exit_date": date(2021, 1, 15),
        "date_of_birth": date(1962, 4, 17),
        "notice_given_on": "none",
        "payment_date": date(2021, 1, 29),
        "annual_salary": 68_500,
        "pension_strain_due": 104_200,
        "severance_due": 9_000,
        "total_paid": 95_000,
        "scheme": "lgps",
        "pension_outcome": "reduced",
        "evidence": "capped_notice",
        "notes": "The notice gives one sum for everything paid.",
    },
    {
        "case_ref": "0104",
        "person_ref": "M-2210",
        "member_name": "Dai Sample",
        "employer_name": "Westbrook District Council",
        "employer_kind": "council",
        "nation": "england",
        "exit_reason": "redundancy",
        "exit_date": date(2020, 11, 30),
        "payment_date": date(2020, 12, 18),
        "annual_salary": 62_400,
        "redundancy_due": 56_400,
        "redundancy_paid": 56_400,
        "scheme": "lgps",
        "pension_outcome": "deferred",
        "notes": "The first of two posts.",
    },
    {
        "case_ref": "0105",
        "person_ref": "M-2210",
        "member_name": "Dai Sample",
        "employer_name": "Southmoor District Council",
        "employer_kind": "council",
        "nation": "england",
        "exit_reason": "redundancy",
        "exit_date": date(2020, 12, 18),
        "payment_date": date(2021, 1, 15),
        "annual_salary": 62_400,
        "redundancy_due": 56_400,
        "redundancy_paid": 38_600,
        "scheme": "lgps",
        "pension_outcome": "deferred",
        "evidence": "capped_notice; payslip",
        "notes": "The second of two posts, 18 days later: one cap for both.",
    },
    {
        "case_ref": "0106",
        "member_name": "Eve Sample",
        "employer_name": "Dyffryn County Council",
        "employer_kind": "council",
        "nation": "wales",
        "exit_reason": "redundancy",
        "exit_date": date(2021, 2, 26),
        "payment_date": date(2021, 3, 12),
        "annual_salary": 80_000,
        "redundancy_due": 150_000,
        "redundancy_paid": 95_000,
        "scheme": "lgps",
        "settlement_agreement": "yes",
        "top_up_member": 40_000,
        "top_up_date": date(2022, 6, 30),
        "evidence": "settlement_agreement; top_up_letter",
        "notes": "Part was paid since.",
    },
    {
        "case_ref": "0107",
        "member_name": "Flo Sample",
        "employer_name": "Hillside Community School",
        "employer_kind": "maintained_school",
        "nation": "england",
        "exit_reason": "redundancy",
        "exit_date": date(2020, 12, 31),
        "payment_date": date(2021, 1, 15),
        "annual_salary": 78_400,
        "redundancy_due": 42_215.32,
        "redundancy_paid": 42_215.32,
        "pension_strain_due": 71_300,
        "pension_strain_paid": 71_300,
        "relaxed_amount": "all",
        "scheme": "tps",
        "pension_outcome": "unreduced",
        "notes": "The cap was waived.",
    },
    {
        "case_ref": "0108",
        "member_name": "Gil Sample",
        "employer_name": "Anytown Hospitals Trust",
        "employer_kind": "nhs",
        "nation": "england",
        "exit_reason": "redundancy",
        "exit_date": date(2020, 10, 30),
        "payment_date": date(2020, 11, 2),
        "redundancy_due": 160_000,
        "redundancy_paid": 160_000,
        "scheme": "nhs",
        "pension_outcome": "deferred",
        "notes": "Left before the cap began.",
    },
)


def fill(path: Path) -> None:
    """Write the template as it is now to ``path`` and fill in :data:`CASES`, by heading."""
    write_template(path)
    book = openpyxl.load_workbook(path)
    page = book["Cases"]
    places = {
        field.name: number
        for number, cell in enumerate(page[HEADING_ROW], 1)
        if (field := field_for_heading(str(cell.value))) is not None
    }
    assert set(places) == set(BY_NAME)
    for row, case in enumerate(CASES, HEADING_ROW + 1):
        for name, value in case.items():
            page.cell(row, places[name]).value = value
    book.save(path)


if __name__ == "__main__":
    fill(SAMPLE)
