"""What the cap cost in pension: LGPS 2013 regs 30, 81; TP 2014 Sch 2. Never part of the difference."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from .base_rate import BaseRate
from .basics import (
    ONE_DAY,
    Day,
    anniversary,
    day_text,
    half_up,
    known_to,
    money_text,
    month_end,
    months_later,
    table_rows,
)
from .facts import TRANCHES, Case, Notes, Positions
from .increases import increased_days, increases_are_known, level_on

SPA_TABLE_STARTS = Day(1954, 10, 6)  # anyone born earlier had reached it by 4 November 2020
YEAR = Fraction(1461, 4)  # days


def rounded(amount: Fraction) -> int:
    """Half up to the penny."""
    return half_up(amount.numerator, amount.denominator)


# --- Pension ages and reductions ------------------------------------------------------------------


@cache
def state_pension_day(born: Day) -> Day | None:
    """Pensions Act 1995 Sch 4: birthday, years and months."""
    for row in table_rows("state_pension_age.csv"):
        if Day.fromisoformat(row["born_from"]) <= born <= Day.fromisoformat(row["born_to"]):
            return months_later(born, 12 * int(row["spa_years"]) + int(row["spa_months"]))
    return None


@cache
def factors(column: str, in_force: str) -> dict[int, Fraction]:
    """LGPS 2013 reg 30(5): the actuary's reduction in per cent by whole years early."""
    return {
        int(row["years_early"]): Fraction(row[column])
        for row in table_rows("lgps_early_retirement.csv")
        if row["factor_set"] == in_force and row[column]
    }


@cache
def reduction(column: str, begins: Day, pension_day: Day) -> Fraction | None:
    """LGPS 2013 reg 30(5): the part taken off, part years by days / 365; None outside the table.

    The set is the one in force on the day the pension begins.
    """
    if begins > known_to("lgps_early_retirement.csv"):
        return None
    started = [
        row["factor_set"]
        for row in table_rows("lgps_early_retirement.csv")
        if row["factor_set"] <= begins.isoformat()
    ]
    if not started:
        return None
    by_year = factors(column, started[-1])
    if pension_day <= begins:
        return Fraction(0)
    years = 0
    while months_later(begins, 12 * (years + 1)) <= pension_day:
        years += 1
    over = (pension_day - months_later(begins, 12 * years)).days
    if years not in by_year or (over and years + 1 not in by_year):
        return None
    percent = by_year[years]
    if over:
        percent += (by_year[years + 1] - percent) * Fraction(over, 365)
    return percent / 100


def pension_day_of(born: Day, tranche: str, rule_of_85_met: bool) -> Day | None:
    """The day a tranche is paid in full: 65, State Pension age if later, or 60 where protected."""
    at_65 = anniversary(born, 65)
    if born < SPA_TABLE_STARTS:
        return at_65  # both ages are reached
    if tranche == "pension_care":
        state = state_pension_day(born)
        return None if state is None else max(state, at_65)
    protected = tranche != "pension_2008_2014" or born <= Day(1956, 3, 31)
    if rule_of_85_met and protected:  # TP 2014 Sch 2 paras 1, 3, 4
        return min(at_65, anniversary(born, 60))
    return at_65


def left_after_reduction(
    case: Case, column: str, tranches: Iterable[str], begins: Day, rule_of_85_met: bool
) -> Fraction | None:
    """LGPS 2013 reg 30(5): what is left of the tranches, in money of the exit; None: not known."""
    assert case.date_of_birth is not None
    left = Fraction(0)
    for name in tranches:
        amount = case.pension[name] or 0
        if not amount:
            continue
        if case.date_of_birth < SPA_TABLE_STARTS:  # at pension age by November 2020: no reduction
            left += amount
            continue
        pension_day = pension_day_of(case.date_of_birth, name, rule_of_85_met)
        if pension_day is None:
            return None
        off = reduction(column, begins, pension_day)
        if off is None:
            return None
        left += amount * (1 - off)
    return left


# --- The scheme's rule of interest ----------------------------------------------------------------


@dataclass(frozen=True)
class Terms:
    """The scheme's own rule: margin over base rate, months of grace for pension and lump sum."""

    margin: Fraction
    pension_grace: int
    lump_sum_grace: int


def interest_terms(case: Case) -> Terms | None:
    """The rule of the member's scheme; None where none is known."""
    south = case.nation in ("england", "wales")
    if is_lgps(case) and (south or case.nation == "scotland"):
        return Terms(Fraction(1, 100), 12, 1)  # LGPS 2013 reg 81; LGPS (Scotland) 2018 reg 76
    if case.scheme == "tps" and south:
        return Terms(Fraction(0), 1, 1)  # Teachers' Pension Scheme Regulations 2014 reg 178
    if case.scheme == "nhs" and case.nation == "scotland":
        return Terms(Fraction(0), 1, 1)  # SSI 2015/94 Sch 3 para 9
    return None


# --- The loss -------------------------------------------------------------------------------------


def is_lgps(case: Case) -> bool:
    """In the LGPS, by the scheme given or, where none is, by the LGPS benefits given."""
    given = any(case.pension[name] is not None for name in TRANCHES)
    return case.scheme == "lgps" or (case.scheme == "unknown" and given)


def has_tranches(case: Case, tranches: Iterable[str]) -> bool:
    """One of the tranches is given; a blank one beside it is none."""
    return any(case.pension[name] is not None for name in tranches)


def may_be_estimated(case: Case, tranches: Iterable[str]) -> bool:
    """LGPS 2013 reg 30(5): the reduction from the tranches, England and Wales alone, from 55.

    55 on the day the pension starts, or could have started: the day after the exit.
    """
    starts = case.pension_started_on or case.exit_date + ONE_DAY
    return (
        has_tranches(case, tranches)
        and is_lgps(case)
        and case.nation in ("england", "wales")
        and case.pension_outcome in ("reduced", "deferred", "unknown")
        and case.date_of_birth is not None
        and anniversary(case.date_of_birth, 55) <= starts
    )


@dataclass(frozen=True)
class Start:
    """When the benefits were due, and when they came into payment."""

    due: Day  # the day after the exit
    paid_from: Day | None  # None: nothing is known to be in payment
    in_payment: bool  # on the day of calculation


def start_of(case: Case, as_at: Day) -> Start:
    """LGPS 2013 reg 30(7), immediate payment: due the day after the exit; paid when it was."""
    due = case.exit_date + ONE_DAY
    if case.pension_started_on is not None and case.pension_started_on > due:
        return Start(due, case.pension_started_on, case.pension_started_on <= as_at)
    if case.pension_outcome == "deferred" and case.pension_started_on is None:
        return Start(due, None, False)
    return Start(due, due, True)


@dataclass(frozen=True)
class Loss:
    """A benefit's loss in pence; None is not known."""

    entered: bool
    shown: int | None  # what the column shows: a year's loss at exit, or the lump sum's arrears
    whole: int | None  # unreduced, lost while nothing is in payment
    gap: Fraction | None  # lost a year once something is, in money of the exit


def entered_at_all(case: Case, name: str, tranches: tuple[str, ...]) -> bool:
    """Something was entered about the benefit."""
    given = (case.pension[f"{name}_due"], case.pension[f"{name}_paid"])
    return any(amount is not None for amount in given) or has_tranches(case, tranches)


def yearly_loss(case: Case, start: Start, rule_of_85_met: bool) -> Loss:
    """LGPS 2013 reg 30(7): the unreduced pension less the one in payment."""
    tranches = ("pension_to_2008", "pension_2008_2014", "pension_care")
    due, paid = case.pension["pension_due"], case.pension["pension_paid"]
    entered = entered_at_all(case, "pension", tranches)
    sum_at_exit = sum(case.pension[name] or 0 for name in tranches)
    estimated = may_be_estimated(case, tranches)
    if not start.in_payment:
        whole = sum_at_exit if due is None and estimated else due
        return Loss(entered, whole, whole, None)
    assert start.paid_from is not None
    if due is not None and paid is not None:
        # pension_paid is a yearly sum as at the day it started, so that increases on it start then
        gap = due - paid / level_on(start.due, start.paid_from)
        return Loss(True, max(0, due - paid), due, max(Fraction(0), gap))
    if case.pension_outcome == "unreduced":
        return Loss(entered, 0, due, Fraction(0))
    if estimated:
        left = left_after_reduction(
            case, "pension_percent", tranches, start.paid_from, rule_of_85_met
        )
        if left is None:
            return Loss(True, None, sum_at_exit, None)
        lost = max(0, sum_at_exit - rounded(left))
        return Loss(True, lost, sum_at_exit, Fraction(lost))
    return Loss(entered, None, due, None)


def lump_sum_loss(case: Case, start: Start, rule_of_85_met: bool) -> Loss:
    """LGPS 2013 reg 30(7): the unreduced lump sum less the one paid."""
    tranches = ("lump_sum_to_2008",)
    due, paid = case.pension["lump_sum_due"], case.pension["lump_sum_paid"]
    # Service to March 2008 brings a lump sum of its own, so a blank one is not none.
    entered = entered_at_all(case, "lump_sum", tranches) or bool(case.pension["pension_to_2008"])
    at_exit = case.pension["lump_sum_to_2008"] or 0
    estimated = may_be_estimated(case, tranches)
    if not start.in_payment:
        whole = at_exit if due is None and estimated else due
        return Loss(entered, whole, whole, None)
    assert start.paid_from is not None
    if due is not None and paid is not None:
        return Loss(True, max(0, due - paid), due, None)
    if case.pension_outcome == "unreduced":
        return Loss(entered, 0, due, None)
    if estimated:
        left = left_after_reduction(
            case, "lump_sum_percent", tranches, start.paid_from, rule_of_85_met
        )
        if left is None:
            return Loss(True, None, at_exit, None)
        if start.paid_from > start.due:
            if not increases_are_known(start.due, start.paid_from):
                return Loss(True, None, at_exit, None)
            left *= level_on(start.due, start.paid_from)
        return Loss(True, max(0, at_exit - rounded(left)), at_exit, None)
    return Loss(entered, None, due, None)


# --- Arrears --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stretch:
    """Days of which each lost the same yearly sum, in money of the exit; the end is not counted."""

    start: Day
    end: Day
    yearly: Fraction


def stretches(loss: Loss, start: Start, end: Day) -> list[Stretch] | None:
    """The whole pension until it came into payment, then the gap; None: a sum is not known."""
    paid_from = end if start.paid_from is None else max(start.due, min(end, start.paid_from))
    found = []
    for first, after, yearly in (
        (start.due, paid_from, loss.whole),
        (paid_from, end, loss.gap),
    ):
        if first >= after:
            continue
        if yearly is None:
            return None
        if yearly:
            found.append(Stretch(first, after, Fraction(yearly)))
    return found


def arrears_of(due: Day, parts: list[Stretch]) -> int | None:
    """The yearly gap / 365.25 for each day; None past the known increases."""
    if not all(increases_are_known(due, part.end - ONE_DAY) for part in parts):
        return None
    total = sum(
        (part.yearly * increased_days(due, part.start, part.end) for part in parts), Fraction(0)
    )
    return rounded(total / YEAR)


def interest_on_a_pound_a_year(
    base: BaseRate, due: Day, part: Stretch, end: Day, asked: Day, terms: Terms
) -> Fraction | None:
    """LGPS 2013 reg 81: each month's arrears, due on its last day, on its own.

    end: the interest runs to the day before; asked: the day as at which an instalment is late.
    """
    key = (due, part.start, part.end, end, asked, terms)
    if key in base.coefficients:
        return base.coefficients[key]
    total, first = Fraction(0), part.start
    while first < part.end:
        last = month_end(first)
        after = min(part.end, last + ONE_DAY)
        if asked > months_later(last, terms.pension_grace):
            if not increases_are_known(due, after - ONE_DAY):
                return None
            days = increased_days(due, first, after)
            total += days * (base.growth(last, end, terms.margin) - 1)
        first = after
    base.coefficients[key] = total / YEAR
    return base.coefficients[key]


def interest_of(
    base: BaseRate,
    start: Start,
    parts: list[Stretch],
    lump_sum: int,
    end: Day,
    asked: Day,
    terms: Terms,
) -> int | None:
    """LGPS 2013 reg 81: on the arrears and on the lump sum, each rounded once."""
    on_pension = Fraction(0)
    for part in parts:
        a_pound = interest_on_a_pound_a_year(base, start.due, part, end, asked, terms)
        if a_pound is None:
            return None
        on_pension += part.yearly * a_pound
    on_lump_sum = Fraction(0)
    if asked > months_later(start.due, terms.lump_sum_grace):
        on_lump_sum = lump_sum * (base.growth(start.due, end, terms.margin) - 1)
    return rounded(on_pension) + rounded(on_lump_sum)


def interest_columns(
    case: Case,
    base: BaseRate,
    start: Start,
    yearly: Loss,
    lump_sum: Loss,
    parts: list[Stretch] | None,
    end: Day,
) -> dict[str, str]:
    """The scheme's interest; where base rate is not known to its end, what is known at least."""
    pension_known = parts is not None and yearly.shown is not None
    if not pension_known and lump_sum.shown is None:
        return {}
    if (not pension_known and yearly.entered) or (lump_sum.shown is None and lump_sum.entered):
        return {}
    instalments = parts if parts is not None and pension_known else []
    lump = lump_sum.shown or 0
    if end <= start.due or not (instalments or lump):
        return {"pension_interest": money_text(0)}
    terms = interest_terms(case)
    if terms is None:
        return {}
    if end - ONE_DAY <= base.known_to:
        interest = interest_of(base, start, instalments, lump, end, end, terms)
        return {"pension_interest": money_text(interest)}
    known = base.known_to
    floor = interest_of(base, start, instalments, lump, known + ONE_DAY, known, terms)
    if floor is None:
        return {}
    return {
        "pension_interest_floor": money_text(floor),
        "pension_interest_floor_to": day_text(known),
    }


def pension_columns(
    case: Case, positions: Positions, base: BaseRate, as_at: Day, notes: Notes
) -> dict[str, str]:
    """What the cap cost in pension, to be confirmed by the scheme."""
    if case.pension_outcome == "deferred" and case.pension_started_on is None:
        notes.missing.add("pension_started_on")
    start = start_of(case, as_at)
    settled = min(as_at, case.pension_restored_on or as_at)
    # Arrears end with life; interest on them runs on until they are paid (reg 81(4)).
    arrears_end = settled if case.died_on is None else min(settled, case.died_on + ONE_DAY)
    yearly = yearly_loss(case, start, positions.rule_of_85_met)
    lump_sum = lump_sum_loss(case, start, positions.rule_of_85_met)
    parts = stretches(yearly, start, arrears_end)
    arrears = None
    if parts is not None and yearly.shown is not None:
        arrears = arrears_of(start.due, parts)
    return {
        "pension_yearly_loss": money_text(yearly.shown),
        "pension_arrears": money_text(arrears),
        "lump_sum_arrears": money_text(lump_sum.shown),
        **interest_columns(case, base, start, yearly, lump_sum, parts, settled),
    }
