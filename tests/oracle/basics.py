"""Days, money, rounding and the official tables, on which every rule stands."""

from __future__ import annotations

import csv
import datetime
from functools import cache
from pathlib import Path

Day = datetime.date
ONE_DAY = datetime.timedelta(days=1)

DATA = Path(__file__).parent.parent.parent / "rules" / "data"

CAP = 95_000_00  # the Act s.153A(1)
CAP_STARTS = Day(2020, 11, 4)  # 2020 Regs 1(2); first day of the relevant period
CAP_DISAPPLIED = Day(2021, 2, 12)  # Exit Payment Cap Directions 2021, England
CAP_REVOKED = Day(2021, 3, 19)  # 2021 Regs 1 and 3; last day of the relevant period

STRAIN = "pension_strain"
# 2020 Regs 5(2), in the order in which the payments are listed to people.
PAYMENTS = (
    "redundancy",
    STRAIN,
    "notice_pay",
    "settlement",
    "severance",
    "voluntary_exit",
    "fixed_term",
    "shares",
    "other_exit",
)


def in_relevant_period(on: Day) -> bool:
    """2021 Regs 2: from the day the 2020 Regulations came into force to 19 March 2021, both in."""
    return CAP_STARTS <= on <= CAP_REVOKED


def half_up(numerator: int, denominator: int) -> int:
    """A quotient of two numbers not below 0, rounded half up."""
    return (2 * numerator + denominator) // (2 * denominator)


def money_text(amount: int | None) -> str:
    """Pence as pounds with two decimals; unknown is empty."""
    return "" if amount is None else f"{amount // 100}.{amount % 100:02d}"


def day_text(value: Day | None) -> str:
    """An ISO day; unknown is empty."""
    return "" if value is None else value.isoformat()


def number_text(value: int | None) -> str:
    """A whole number; unknown is empty."""
    return "" if value is None else str(value)


@cache
def anniversary(of: Day, years: int) -> Day:
    """The same day some years later or earlier; 29 February becomes 1 March.

    Family Law Reform Act 1969 s.9(1): an age is reached at the start of "the relevant anniversary".
    """
    try:
        return of.replace(year=of.year + years)
    except ValueError:
        return Day(of.year + years, 3, 1)


@cache
def months_later(start: Day, months: int) -> Day:
    """The same day some months later, or the last day of that month."""
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    for date in (start.day, 30, 29, 28):
        if date <= start.day:
            try:
                return Day(year, month, date)
            except ValueError:
                continue
    raise ValueError(start)


def month_end(on: Day) -> Day:
    """The last day of the month of a day."""
    return months_later(on.replace(day=1), 1) - ONE_DAY


@cache
def table_rows(name: str) -> list[dict[str, str]]:
    """An official table."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def known_to(name: str, nation: str | None = None) -> Day:
    """The last day that a table, or its rows of a nation, is known for."""
    rows = [row for row in table_rows(name) if nation is None or row["nation"] == nation]
    return Day.fromisoformat(rows[-1]["known_to"])
