"""Whole tables of made-up cases: a random one for bulk, and a Hypothesis strategy that shrinks."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import strategies as st

from tests import pools

Row = dict[str, str]
Choose = Callable[[tuple[str, ...]], str]
Chance = Callable[[int], bool]
"""True about that many times in a hundred."""


def random_rows(seed: int, size: int, persons: int | None = None) -> list[Row]:
    """A table of cases from a seed, the same every time."""
    source = random.Random(seed)
    return [
        a_row(
            source.choice, lambda percent: source.random() * 100 < percent, place, persons or size
        )
        for place in range(size)
    ]


@st.composite
def tables(draw: st.DrawFn, most: int = 6) -> list[Row]:
    """Tables of a few rows of a few persons; values and blanks shrink towards the plain case."""
    size = draw(st.integers(1, most))

    def choose(pool: tuple[str, ...]) -> str:
        return draw(st.sampled_from(pool))

    def chance(percent: int) -> bool:
        return draw(st.integers(0, 99)) >= 100 - percent

    return [a_row(choose, chance, place, 3) for place in range(size)]


def a_row(choose: Choose, chance: Chance, place: int, persons: int) -> Row:
    """One case with facts drawn from the pools; blank where the draw says so."""
    row: Row = {"case_ref": f"C{place}", "exit_date": choose(pools.EXIT_DAYS[2:])}
    if chance(3):
        row["exit_date"] = choose(pools.EXIT_DAYS)
    if chance(1):
        row["case_ref"] = choose(("", "C0"))
    if chance(60):
        row["person_ref"] = f"P{place * 7 % max(1, persons)}" if chance(50) else "P0"
        if chance(70):
            row["exit_date"] = choose(pools.EXIT_DAYS[5:10])
    for name, pool, percent in (
        ("employer_name", pools.EMPLOYERS, 50),
        ("employer_kind", pools.KINDS, 80),
        ("nation", pools.NATIONS, 50),
        ("exit_reason", pools.REASONS, 40),
        ("date_of_birth", pools.BIRTHS, 80),
        ("service_start", pools.SERVICE_STARTS, 80),
        ("notice_given_on", pools.NOTICE_DAYS, 60),
        ("payment_date", pools.OTHER_DAYS, 50),
        ("due_date", pools.OTHER_DAYS, 20),
        ("strain_due_date", pools.OTHER_DAYS, 20),
        ("annual_salary", pools.SALARIES, 70),
        ("weekly_pay", pools.WEEKS, 50),
        ("monthly_hours", pools.HOURS, 20),
        ("statutory_redundancy", pools.SUMS, 20),
        ("holiday_pay", pools.SUMS, 10),
        ("other_exempt", pools.SUMS, 10),
        ("cash_alternative_paid", pools.SUMS, 15),
        ("member_funded_strain", pools.SUMS, 8),
        ("relaxed_amount", pools.RELAXED, 8),
        ("settlement_agreement", ("yes", "no", "unknown"), 50),
        ("acknowledged_on", pools.OTHER_DAYS, 10),
        ("evidence", pools.EVIDENCE, 40),
        ("scheme", pools.SCHEMES, 40),
    ):
        if chance(percent):
            row[name] = choose(pool)
    if "exit_reason" not in row:
        row["exit_reason"] = "redundancy"
    if "scheme" not in row:
        row["scheme"] = "lgps"
    if row.get("nation") and chance(60):
        row["nation"] = "england"
    if chance(4):  # before the cap, and paid at a border of the relevant period
        row["exit_date"] = "2020-11-03"
        row["payment_date"] = choose(pools.TOP_UP_DAYS)
    _draw_payments(row, choose, chance)
    _draw_pension(row, choose, chance)
    if chance(15):
        row["total_paid"] = choose(pools.SUMS)
    if chance(20):
        for to in ("member", "scheme", "interest"):
            if chance(60):
                row[f"top_up_{to}"] = choose(pools.SUMS)
        if chance(97):
            row["top_up_date"] = choose(pools.TOP_UP_DAYS if chance(30) else pools.OTHER_DAYS)
    if chance(45):
        _draw_who_and_when(row, choose, chance)
    if chance(25):
        _draw_borders(row, choose, chance)
    return row


def _draw_who_and_when(row: Row, choose: Choose, chance: Chance) -> None:
    """Facts about the claim, the days of it and the person; each blank more often than not."""
    for name, pool, percent in (
        ("cap_applied", pools.CAP_APPLIED, 40),
        ("entitlement", pools.ENTITLEMENTS, 30),
        ("strain_paid_on", pools.STRAIN_PAID_DAYS, 35),
        ("acknowledged_on", pools.ACKNOWLEDGED_DAYS, 10),
        ("fund_acknowledged_on", pools.ACKNOWLEDGED_DAYS, 20),
        ("refused_on", pools.DECISION_DAYS, 15),
        ("pension_decision_on", pools.DECISION_DAYS, 15),
        ("pension_started_on", pools.PENSION_STARTS, 35),
        ("died_on", pools.DEATHS, 12),
        ("representative_name", pools.REPRESENTATIVES, 10),
        ("debtor_name", pools.EMPLOYERS, 5),
        ("checked", pools.CHECKED, 25),
    ):
        if chance(percent):
            row[name] = choose(pool)
    if chance(2):
        row["checked"] = "everything"


def _draw_borders(row: Row, choose: Choose, chance: Chance) -> None:
    """Facts on, just before and just after the line that another fact of the row draws."""
    exit_date = date.fromisoformat(row["exit_date"])

    def near(day: date, *shifts: int) -> str:
        shift = int(choose(tuple(str(shift) for shift in shifts or (-1, 0, 1))))
        return (day + timedelta(days=shift)).isoformat()

    def near_sum(pence: int) -> str:
        pence = max(0, pence + int(choose(("-1", "0", "1"))))
        return f"{pence // 100}.{pence % 100:02d}"

    if chance(35):  # the 55th birthday
        row["date_of_birth"] = near(_years_before(exit_date, 55))
    if chance(15):
        row["pension_started_on"] = near(exit_date, 0, 1, 1, 2)
    if chance(10):
        row["died_on"] = near(exit_date)
    if chance(15):
        row["payment_date"] = near(exit_date, -1, 0, 1)
    if chance(15):
        row["due_date"] = near(exit_date, -1, 0, 1)
    if chance(25) and row.get("annual_salary"):  # a quarter of salary
        row["notice_pay_due"] = near_sum((_pence(row["annual_salary"]) * 2 + 4) // 8)
        if chance(60):
            row["notice_pay_paid"] = choose(("0.00", row["notice_pay_due"], "5000.00"))
    if chance(25):  # the cap
        others = sum(
            _pence(row.get(f"{kind}_due", ""))
            for kind in pools.PAYMENTS
            if kind not in ("pension_strain", "notice_pay")
        )
        if others < 95_000_00:
            row.pop("notice_pay_due", None)
            row.pop("notice_pay_paid", None)
            row["pension_strain_due"] = near_sum(95_000_00 - others)
    if chance(10) and row.get("pension_due"):
        row["pension_paid"] = near_sum(_pence(row["pension_due"]))


def _years_before(day: date, years: int) -> date:
    """The day some years earlier; for 29 February the 28th."""
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year - years)


def _pence(text: str) -> int:
    pounds, _, rest = text.partition(".")
    return int(pounds or "0") * 100 + int(rest or "0")


def _draw_pension(row: Row, choose: Choose, chance: Chance) -> None:
    if chance(40):
        return
    tranches = chance(50)
    for name, pool, percent in (
        ("pension_outcome", pools.OUTCOMES, 60),
        ("pension_restored_on", pools.RESTORED, 25),
        ("pension_due", pools.PENSIONS, 15 if tranches else 80),
        ("pension_paid", pools.PENSIONS, 10 if tranches else 70),
        ("lump_sum_due", pools.LUMP_SUMS, 10 if tranches else 50),
        ("lump_sum_paid", pools.LUMP_SUMS, 10 if tranches else 50),
        ("pension_to_2008", pools.PENSIONS, 70 if tranches else 5),
        ("lump_sum_to_2008", pools.LUMP_SUMS, 65 if tranches else 5),
        ("pension_2008_2014", pools.PENSIONS, 80 if tranches else 5),
        ("pension_care", pools.PENSIONS, 80 if tranches else 5),
        ("other_income", pools.INCOMES, 60),
    ):
        if chance(percent):
            row[name] = choose(pool)
    if tranches and chance(60):
        row["pension_outcome"] = "reduced"


def _draw_payments(row: Row, choose: Choose, chance: Chance) -> None:
    paid_in_full = chance(20)
    for name in pools.PAYMENTS:
        if not chance(80 if name in ("redundancy", "pension_strain") else 20):
            continue
        due = choose(pools.SUMS)
        if chance(98):
            row[f"{name}_due"] = due
        if paid_in_full:
            row[f"{name}_paid"] = due
        elif chance(55):
            row[f"{name}_paid"] = choose(pools.SUMS)
