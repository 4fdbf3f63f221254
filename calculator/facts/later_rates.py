"""Bank Rate after the official table, as a person enters it: where from, and how far it is known."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence

import numpy as np

from calculator.facts.cells import CannotRead
from calculator.facts.days import parse_day, shown_day
from calculator.facts.problems import FileProblem
from calculator.facts.text import one_line
from rules.arrays import day
from rules.dated import TableError
from rules.late_benefits import BANK_RATE, LaterRates

COLUMNS = ("effective_from", "rate_percent", "source", "verified_to")
MOST_ROWS = 200
_RATE = re.compile(r"\d{1,2}(\.\d{1,2})?", re.ASCII)


def rates_in_csv(text: str) -> LaterRates:
    """Read a CSV file of later rates: ``effective_from,rate_percent,source,verified_to``.

    The last two stand on the last row that has them. FileProblem, in one line, where it is wrong.
    """
    rows = list(csv.DictReader(text.splitlines()[: MOST_ROWS + 2]))
    if not rows or not set(COLUMNS) <= set(rows[0]):
        raise FileProblem(f"A file of rates has the columns {', '.join(COLUMNS)}.")
    return later_rates([{name: row.get(name) or "" for name in COLUMNS} for row in rows])


def rates_in_rows(rows: Sequence[Mapping[str, str]]) -> LaterRates | None:
    """Read rows of text; None where there are none. FileProblem as :func:`later_rates`."""
    return later_rates(rows) if rows else None


def later_rates(rows: Sequence[Mapping[str, str]]) -> LaterRates:
    """Make later rates of rows of text. FileProblem where a row is wrong, or does not follow the table."""
    if len(rows) > MOST_ROWS:
        raise FileProblem(f"There are more than {MOST_ROWS} rates.")
    starts = [(_day(row["effective_from"]), _hundredths(row["rate_percent"])) for row in rows]
    source = next((row["source"] for row in reversed(rows) if row["source"].strip()), "")
    known_to = next(
        (row["verified_to"] for row in reversed(rows) if row["verified_to"].strip()), ""
    )
    if not source or not known_to:
        raise FileProblem(
            "Say in source where the rates were seen, and in verified_to up to which day."
        )
    try:
        return LaterRates(tuple(starts), one_line(source), _day(known_to))
    except TableError:
        last = shown_day(BANK_RATE.last.astype(object))
        raise FileProblem(
            f"Later rates begin after {last}, go on in order to the day they are verified to, and are from 0 to 25 "
            "per cent."
        ) from None


def rows_of(rates: LaterRates | None) -> list[dict[str, str]]:
    """Return rows of text that :func:`rates_in_rows` reads back; none for None."""
    if rates is None:
        return []
    return [
        {
            "effective_from": str(start),
            "rate_percent": f"{rate // 100}.{rate % 100:02d}",
            "source": rates.source,
            "verified_to": str(rates.known_to),
        }
        for start, rate in rates.starts
    ]


def described(rates: LaterRates) -> str:
    """Say which rates were entered, by whom they were seen, and to which day: for every output."""
    each = ", ".join(
        f"{rate // 100}.{rate % 100:02d}% from {shown_day(start.astype(object))}"
        for start, rate in rates.starts
    )
    return (
        f"Bank Rate {each or 'unchanged'}: entered by the user, source {rates.source}, known to "
        f"{shown_day(rates.known_to.astype(object))}."
    )


def _day(text: str) -> np.datetime64:
    try:
        found = parse_day(text)
    except CannotRead as error:
        raise FileProblem(f"{error.wrong} {error.enter}") from None
    if found is None:
        raise FileProblem("A rate needs the day it takes effect, and the day it is verified to.")
    return day(found.isoformat())


def _hundredths(text: str) -> int:
    if not _RATE.fullmatch(text.strip()):
        raise FileProblem("A rate is per cent a year with at most two decimals, such as 4.00.")
    units, _, decimals = text.strip().partition(".")
    return int(units) * 100 + int((decimals or "0").ljust(2, "0"))
