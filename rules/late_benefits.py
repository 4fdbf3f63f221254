"""Interest on a pension or a lump sum that the scheme pays late: compound, by that scheme's own rule."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import numpy as np

from rules.arrays import (
    Codes,
    Counts,
    Days,
    Mask,
    Pence,
    day,
    day_numbers,
    distinct_pairs,
    exact,
    scaled,
)
from rules.calendar import months_on
from rules.choices import Nation, Scheme
from rules.dated import Dated, TableError, known_to, read_table
from rules.pension import (
    FIRST_BEGINNING,
    FIRST_INCREASE_DAY,
    WEIGHT_PARTS,
    YEAR_QUARTER_DAYS,
    days_increased,
    first_increase,
    months_to_first_increase,
)
from rules.sources import (
    BANK_RATES,
    BASE_RATE,
    LATE_BENEFITS,
    LATE_IN_SCOTLAND,
    LATE_INSTALMENTS,
    LATE_NHS_SCOTLAND,
    LATE_TEACHERS,
    THREE_MONTHLY_RESTS,
    Citation,
    cited,
)

RATE_PARTS = 100 * 100 * 365
"""Base rate is in hundredths of a per cent; interest for a day is 1/365 of it."""
MONTHS_BETWEEN_RESTS = 3
MOST_RATE = 2500
"""25 per cent in hundredths: more is a slip of the pen."""
_MOST_ENDS = 4096
"""Days of payment whose instalments are cached: more than there are days since the cap."""


def _hundredths(text: str) -> int:
    units, _, decimals = text.partition(".")
    return int(units) * 100 + int(decimals.ljust(2, "0"))


_BANK_RATES = read_table("bank_rate.csv")
BANK_RATE = Dated.from_starts(
    "Bank Rate",
    [(day(row["effective_from"]), _hundredths(row["rate_percent"])) for row in _BANK_RATES],
    known_to(_BANK_RATES),
    (BANK_RATES, BASE_RATE),
)
"""Hundredths of a per cent a year, by day."""


@dataclass(frozen=True)
class LaterRates:
    """Bank Rate after the last day of the official table, as a person entered it.

    ``starts``: the first day of each rate and the rate in hundredths of a per cent. ``source`` and
    ``known_to`` say where and how far it was looked up. :class:`rules.dated.TableError` where the rates do
    not follow the table.
    """

    starts: tuple[tuple[np.datetime64, int], ...]
    source: str
    known_to: np.datetime64

    def __post_init__(self) -> None:
        first = min((start for start, _ in self.starts), default=self.known_to)
        if first <= BANK_RATE.last or self.known_to < first:
            raise TableError(
                f"later rates start after {BANK_RATE.last} and by the day they are known to"
            )
        if not all(0 <= rate <= MOST_RATE for _, rate in self.starts):
            raise TableError("a rate is from 0 to 25 per cent")
        _ = self.table

    @cached_property
    def table(self) -> Dated:
        """The official table with the later rates after it. TableError where they leave a day out of order."""
        known = [(window.first, window.value) for window in BANK_RATE.windows]
        return Dated.from_starts(
            "Bank Rate", [*known, *self.starts], self.known_to, BANK_RATE.citations
        )


RATE_DECISIONS = tuple(day(row["decision"]) for row in read_table("rate_decisions.csv"))
"""The days on which Bank Rate may move, as announced; it moves on no other, but for an emergency."""


@cited(BASE_RATE, BANK_RATES)
def decisions_missing(rates: Dated, as_at: np.datetime64) -> list[np.datetime64]:
    """LGPS Regulations 2013 Sch 1: return the announced decisions after the last day of the rates and by the day of calculation."""
    return [decision for decision in RATE_DECISIONS if rates.last < decision <= as_at]


@cited(BASE_RATE, BANK_RATES)
def base_rates(later: LaterRates | None) -> Dated:
    """LGPS Regulations 2013 Sch 1: return Bank Rate by day: the official table, with a person's later rates where there are any."""
    return BANK_RATE if later is None else later.table


@dataclass(frozen=True)
class Terms:
    """One scheme's rule: the margin over base rate, and the months after which a payment is late."""

    name: str
    margin: int
    pension_months: int
    lump_sum_months: int
    citation: Citation


TERMS: tuple[Terms, ...] = (
    Terms("LGPS, England and Wales", 100, 12, 1, LATE_BENEFITS),
    Terms("LGPS, Scotland", 100, 12, 1, LATE_IN_SCOTLAND),
    Terms("Teachers, England and Wales", 0, 1, 1, LATE_TEACHERS),
    Terms("NHS, Scotland", 0, 1, 1, LATE_NHS_SCOTLAND),
)
"""The schemes' rules; the margin in hundredths of a per cent. No other scheme uses one of them."""
NO_TERMS = -1


@cited(LATE_BENEFITS, LATE_IN_SCOTLAND, LATE_TEACHERS, LATE_NHS_SCOTLAND)
def terms_of(scheme: Codes, nation: Codes) -> Counts:
    """LGPS Regulations 2013 reg 81; SSI 2018/141 reg 76; SI 2014/512 reg 178; SSI 2015/94 Sch 3 para 9: choose the terms.

    The index in :data:`TERMS` of the scheme's own rule, or NO_TERMS.
    """
    south = (nation == Nation.ENGLAND) | (nation == Nation.WALES)
    north = nation == Nation.SCOTLAND
    lgps = scheme == Scheme.LGPS
    return np.select(
        [
            lgps & south,
            lgps & north,
            (scheme == Scheme.TPS) & south,
            (scheme == Scheme.NHS) & north,
        ],
        [0, 1, 2, 3],
        NO_TERMS,
    )


@cited(LATE_BENEFITS)
def is_late(due: Days, paid: Days, months: int | Counts) -> Mask:
    """LGPS Regulations 2013 regs 81(1), 81(2): True where it is paid more than ``months`` after the due date."""
    late: Mask = paid > months_on(due, months)
    return late


@cited(BASE_RATE, BANK_RATES)
def rates_known(due: Days, paid: Days, rates: Dated) -> Mask:
    """LGPS Regulations 2013 Sch 1: True where base rate is known from the due date to the day before payment."""
    known: Mask = (due >= rates.first) & (paid - 1 <= rates.last)
    return known


@cited(LATE_INSTALMENTS)
def first_instalment_due(begins: Days) -> Days:
    """LGPS Regulations 2013 reg 81(3)(a): return the last day of the month that the pension begins in."""
    return (begins.astype("datetime64[M]") + 1).astype("datetime64[D]") - 1


@cited(LATE_BENEFITS, THREE_MONTHLY_RESTS, BASE_RATE)
def interest_on_sum(
    amount: Pence, due: Days, paid: Days, terms: Terms, rates: Dated, asked_before: int = 0
) -> Pence:
    """LGPS Regulations 2013 reg 81(4): calculate interest by the day, compounded every three months.

    From the due date to the day before payment. Half up to the penny, once; 0 where it is not late, which
    is asked that many days before payment.
    Only for cases that are :func:`rates_known`.
    """
    pairs, pair_of_case = distinct_pairs(due, paid)
    growths = [
        _growth(first, last, terms.margin, rates)
        for first, last in zip(*(day_numbers(d) for d in pairs), strict=True)
    ]
    interest = exact(growth - RATE_PARTS**rests for growth, rests in growths)
    scales = exact(RATE_PARTS**rests for _, rests in growths)
    late = is_late(due, paid - asked_before, terms.lump_sum_months)
    return np.where(late, scaled(amount, interest[pair_of_case], scales[pair_of_case]), 0)


@cited(LATE_BENEFITS, LATE_INSTALMENTS, THREE_MONTHLY_RESTS, BASE_RATE)
def interest_on_arrears(
    yearly_loss: Pence, begins: Days, paid: Days, terms: Terms, rates: Dated, asked_before: int = 0
) -> Pence:
    """LGPS Regulations 2013 regs 81(3)(a), 81(4): calculate interest on the arrears of each month.

    Each instalment separately: its arrears with pensions increase, due on the last day of its month, and
    interest as on any sum if it is late, asked that many days before payment. All are added first, then
    rounded half up to the penny, once.
    Only for cases that are :func:`rates_known` and whose increases are known.
    """
    pairs, pair_of_case = distinct_pairs(begins, paid)
    months = months_to_first_increase(pairs[0])
    interest = [
        instalments_late_on(last - asked_before, last, terms, rates).interest(first, late)
        for first, last, late in zip(*(day_numbers(d) for d in pairs), months.tolist(), strict=True)
    ]
    numerators = exact(4 * days for days, _ in interest)
    denominators = exact(YEAR_QUARTER_DAYS * WEIGHT_PARTS * scale for _, scale in interest)
    return scaled(yearly_loss, numerators[pair_of_case], denominators[pair_of_case])


# Growth of a sum between two days, as integers: a growth of 1 after n rests is RATE_PARTS ** n


@cache
def _summed_rates(rates: Dated) -> tuple[list[int], int]:
    """Return the sum of the rates of all days before each day of the table, and the first day.

    In hundredths of a per cent.
    """
    days = np.arange(rates.first, rates.last + 1)
    return [0, *np.cumsum(rates.on(days)).tolist()], _number(rates.first)


def _simple(first: int, last: int, margin: int, rates: Dated) -> int:
    """Return 1 plus the interest from ``first`` to the day before ``last``, in RATE_PARTS."""
    summed, start = _summed_rates(rates)
    return RATE_PARTS + summed[last - start] - summed[first - start] + margin * (last - first)


@cache
def _at_rests(due: int, margin: int, rates: Dated) -> tuple[list[int], list[int]]:
    """Return the rests of a sum due on a day, that day first, and the growth of 1 at each.

    After n rests the growth is in parts of ``RATE_PARTS ** n``.
    """
    end = _number(rates.last) + 1
    start = np.array([due], dtype="datetime64[D]")
    most = max(0, end - due) // (28 * MONTHS_BETWEEN_RESTS) + 1
    later = day_numbers(months_on(start, MONTHS_BETWEEN_RESTS * np.arange(1, most + 1)))
    rests, growth = [due], [1]
    for rest in later:
        if rest > end:
            break
        growth.append(growth[-1] * _simple(rests[-1], rest, margin, rates))
        rests.append(rest)
    return rests, growth


def _growth(due: int, paid: int, margin: int, rates: Dated) -> tuple[int, int]:
    """Return the growth of 1 from its due date to its payment, and the power of RATE_PARTS it is in."""
    if paid <= due:
        return 1, 0
    rests, growth = _at_rests(due, margin, rates)
    last_rest = bisect_right(rests, paid) - 1
    since = _simple(rests[last_rest], paid, margin, rates)
    return growth[last_rest] * since, last_rest + 1


class _Instalments:
    """The instalments that are late on a day, and the interest on them for a yearly loss of 1.

    Held as sums from each month to the last, so that a pension can begin in any month.
    """

    def __init__(self, paid: int, late_on: int, margin: int, late_after: int, rates: Dated) -> None:
        months = np.arange(_month(_number(FIRST_BEGINNING)), _month(paid)).astype("datetime64[M]")
        dues = (months + 1).astype("datetime64[D]") - 1
        late = is_late(dues, np.array([late_on], dtype="datetime64[D]"), late_after)
        within = dues >= rates.first
        self.firsts = day_numbers(months[late & within].astype("datetime64[D]"))
        growths = [_growth(due, paid, margin, rates) for due in day_numbers(dues[late & within])]
        most_rests = max((rests for _, rests in growths), default=0)
        self.scale = RATE_PARTS**most_rests
        self.interest_of_month = [
            growth * RATE_PARTS ** (most_rests - rests) - self.scale for growth, rests in growths
        ]
        self.before = [0] * (len(growths) + 1)
        self.after = [0] * (len(growths) + 1)
        for month in reversed(range(len(growths))):
            before, after = _days_of(self.firsts[month], _next_month(self.firsts[month]))
            interest = self.interest_of_month[month]
            self.before[month] = self.before[month + 1] + before * interest
            self.after[month] = self.after[month + 1] + after * interest

    def interest(self, begin: int, months: int) -> tuple[int, int]:
        """Return the interest on a pension that begins on a day, and the scale it is in.

        In weighted days: multiply by the yearly loss and divide by the days of a year.
        """
        next_month = _next_month(begin)
        month = bisect_right(self.firsts, begin) - 1
        if month < 0 or _next_month(self.firsts[month]) != next_month:
            return 0, self.scale
        before, after = _days_of(begin, next_month)
        before = before * self.interest_of_month[month] + self.before[month + 1]
        after = after * self.interest_of_month[month] + self.after[month + 1]
        return before * WEIGHT_PARTS + first_increase(months) * after, self.scale


@lru_cache(maxsize=_MOST_ENDS)
def instalments_late_on(late_on: int, paid: int, terms: Terms, rates: Dated) -> _Instalments:
    """Return the instalments that are late on a day, with interest to the day before ``paid``.

    Both days count from 1 January 1970.
    """
    return _Instalments(paid, late_on, terms.margin, terms.pension_months, rates)


def _days_of(first: int, after: int) -> tuple[int, int]:
    """Return the days before the first increase, and the days from it weighted by later increases."""
    before = max(0, min(after, FIRST_INCREASE_DAY) - first)
    return before, days_increased(after) - days_increased(max(first, FIRST_INCREASE_DAY))


def _month(number: int) -> int:
    """Return the number of months from January 1970 to the month of a day."""
    return int(np.datetime64(number, "D").astype("datetime64[M]").astype(np.int64))


@lru_cache(maxsize=_MOST_ENDS)
def _next_month(number: int) -> int:
    """Return the first day of the month after a day."""
    return int(np.datetime64(_month(number) + 1, "M").astype("datetime64[D]").astype(np.int64))


def _number(one_day: np.datetime64) -> int:
    return int(one_day.astype(np.int64))
