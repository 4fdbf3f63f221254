"""Whole tables of made-up cases: a random one for bulk, and a Hypothesis strategy that shrinks."""

from __future__ import annotations

import random
from collections.abc import Callable

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
    _draw_payments(row, choose, chance)
    _draw_pension(row, choose, chance)
    if chance(15):
        row["total_paid"] = choose(pools.SUMS)
    if chance(20):
        for to in ("member", "scheme", "interest"):
            if chance(60):
                row[f"top_up_{to}"] = choose(pools.SUMS)
        if chance(97):
            row["top_up_date"] = choose(pools.OTHER_DAYS)
    return row


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
