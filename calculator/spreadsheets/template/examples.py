"""Invented cases that show how to fill the workbook in, with the result of each."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.facts.money import shown_money


@dataclass(frozen=True)
class _Result:
    """The result of an example: the triage, and what each payee is short of, in pence."""

    triage: str
    member: int = 0
    scheme: int = 0

    def __str__(self) -> str:
        short = [
            f"{shown_money(pence)} to the {payee}"
            for payee, pence in (("member", self.member), ("pension scheme", self.scheme))
            if pence
        ]
        return f"triage {self.triage}; short at the exit: {' and '.join(short) or 'nothing'}."


@dataclass(frozen=True)
class _Example:
    """One situation: what it shows, its cases as a person would type them, and their results."""

    shows: str
    cases: tuple[dict[str, str], ...]
    results: tuple[_Result, ...]


SAMPLES = (
    _Example(
        "A capped LGPS redundancy. Every amount paid is known; the whole cut fell on the pension strain.",
        (
            {
                "case_ref": "EX-001",
                "member_name": "Ann Example",
                "employer_name": "Sampleshire County Council",
                "employer_kind": "council",
                "nation": "england",
                "consent_to_disclose": "yes",
                "exit_reason": "redundancy",
                "exit_date": "31/12/2020",
                "date_of_birth": "14/05/1963",
                "service_start": "1 Sep 1989",
                "notice_given_on": "28/09/2020",
                "payment_date": "22/01/2021",
                "due_date": "31/12/2020",
                "strain_due_date": "31/01/2021",
                "annual_salary": "£49,920.00",
                "weekly_pay": "£960.00",
                "monthly_hours": "160.25",
                "redundancy_due": "£26,880.00",
                "redundancy_paid": "£26,880.00",
                "statutory_redundancy": "£15,064.00",
                "pension_strain_due": "£88,400.00",
                "pension_strain_paid": "£68,120.00",
                "holiday_pay": "£576.00",
                "scheme": "lgps",
                "pension_outcome": "reduced",
                "pension_due": "£21,340.00",
                "pension_paid": "£14,620.00",
                "settlement_agreement": "no",
                "evidence": "redundancy_calculation; strain_quote; strain_invoice; payslip",
                "notes": "Planning officer. Redundancy pay is the statutory weeks at actual pay.",
            },
        ),
        (_Result("capped_exact", scheme=20_280_00),),
    ),
    _Example(
        "What was paid is not known: the paid columns stay blank. The result is an estimate and says so.",
        (
            {
                "case_ref": "EX-002",
                "member_name": "Bob Example",
                "employer_name": "Anytown Borough Council",
                "employer_kind": "council",
                "nation": "england",
                "exit_reason": "redundancy",
                "exit_date": "30/11/2020",
                "date_of_birth": "21/08/1961",
                "service_start": "07/02/1994",
                "notice_given_on": "24/08/2020",
                "annual_salary": "£57,200.00",
                "redundancy_due": "£31,900.00",
                "pension_strain_due": "£96,480.00",
                "scheme": "lgps",
                "pension_outcome": "unknown",
                "evidence": "redundancy_calculation; strain_quote",
                "notes": "Payslip and strain invoice asked for.",
            },
        ),
        (_Result("capped_estimate", scheme=33_380_00),),
    ),
    _Example(
        "Only the total paid is known. It includes what went to the pension fund; the parts stay blank.",
        (
            {
                "case_ref": "EX-003",
                "member_name": "Cat Example",
                "employer_name": "Sampleshire Constabulary",
                "employer_kind": "police",
                "nation": "england",
                "exit_reason": "business_efficiency",
                "exit_date": "15/01/2021",
                "date_of_birth": "17/04/1962",
                "notice_given_on": "none",
                "payment_date": "29/01/2021",
                "annual_salary": "£68,500.00",
                "pension_strain_due": "£104,200.00",
                "severance_due": "£9,000.00",
                "total_paid": "£95,000.00",
                "scheme": "lgps",
                "pension_outcome": "reduced",
                "evidence": "capped_notice",
                "notes": "Civilian head of estates. The notice gives one sum.",
            },
        ),
        (_Result("capped_exact", scheme=18_200_00),),
    ),
    _Example(
        "Two exits of one person within 28 days: one person reference, and one cap for both.",
        (
            {
                "case_ref": "EX-004",
                "person_ref": "P-17",
                "member_name": "Dev Example",
                "employer_name": "Northvale District Council",
                "employer_kind": "council",
                "nation": "england",
                "exit_reason": "redundancy",
                "exit_date": "30/11/2020",
                "date_of_birth": "09/03/1972",
                "service_start": "02/10/2000",
                "notice_given_on": "31/08/2020",
                "payment_date": "18/12/2020",
                "annual_salary": "£62,400.00",
                "redundancy_due": "£56,400.00",
                "redundancy_paid": "£56,400.00",
                "scheme": "lgps",
                "pension_outcome": "deferred",
                "evidence": "redundancy_calculation; payslip",
                "notes": "Director shared by two councils; this is the first exit.",
            },
            {
                "case_ref": "EX-005",
                "person_ref": "P-17",
                "member_name": "Dev Example",
                "employer_name": "Southvale District Council",
                "employer_kind": "council",
                "nation": "england",
                "exit_reason": "redundancy",
                "exit_date": "18/12/2020",
                "date_of_birth": "09/03/1972",
                "service_start": "02/10/2000",
                "notice_given_on": "18/09/2020",
                "payment_date": "15/01/2021",
                "annual_salary": "£62,400.00",
                "redundancy_due": "£56,400.00",
                "redundancy_paid": "£38,600.00",
                "scheme": "lgps",
                "pension_outcome": "deferred",
                "evidence": "capped_notice; redundancy_calculation; payslip",
                "notes": "The second exit, 18 days later.",
            },
        ),
        (_Result("not_capped"), _Result("capped_exact", member=17_800_00)),
    ),
    _Example(
        "A teacher given a cash alternative (reg 8) up to the cap, with no strain paid to the scheme.",
        (
            {
                "case_ref": "EX-006",
                "member_name": "Eve Example",
                "employer_name": "Hillside Community School",
                "employer_kind": "maintained_school",
                "nation": "england",
                "exit_reason": "redundancy",
                "exit_date": "31/12/2020",
                "date_of_birth": "02/11/1961",
                "service_start": "01/09/1998",
                "notice_given_on": "30/09/2020",
                "payment_date": "29/01/2021",
                "strain_due_date": "31/01/2021",
                "annual_salary": "£58,240.00",
                "redundancy_due": "£32,480.00",
                "redundancy_paid": "£32,480.00",
                "pension_strain_due": "£79,850.00",
                "pension_strain_paid": "0",
                "cash_alternative_paid": "£62,520.00",
                "scheme": "tps",
                "pension_outcome": "reduced",
                "settlement_agreement": "no",
                "evidence": "capped_notice; strain_quote; payslip",
                "notes": "Deputy head. The member may have to hand the cash back.",
            },
        ),
        (_Result("capped_exact", scheme=17_330_00),),
    ),
    _Example(
        "Part has been paid since, without interest: three columns and a day under Since paid.",
        (
            {
                "case_ref": "EX-007",
                "member_name": "Flo Example",
                "employer_name": "Sampleshire Hospitals NHS Trust",
                "employer_kind": "nhs",
                "nation": "england",
                "exit_reason": "redundancy",
                "exit_date": "29/01/2021",
                "date_of_birth": "02/06/1969",
                "service_start": "05/10/1992",
                "notice_given_on": "30/10/2020",
                "payment_date": "26/02/2021",
                "annual_salary": "£75,000.00",
                "redundancy_due": "£150,000.00",
                "redundancy_paid": "£95,000.00",
                "scheme": "nhs",
                "pension_outcome": "deferred",
                "top_up_member": "£40,000.00",
                "top_up_interest": "0",
                "top_up_date": "30/06/2021",
                "settlement_agreement": "no",
                "evidence": "capped_notice; payslip; top_up_letter",
                "notes": "NHS manager: 24 months' pay, cut to the cap.",
            },
        ),
        (_Result("part_repaired", member=55_000_00),),
    ),
)
