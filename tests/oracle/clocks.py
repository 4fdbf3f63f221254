"""Time limits: Limitation Act 1980 ss.5, 9, 29, 30; and the days by which something must be done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .basics import ONE_DAY, Day, month_end, months_later
from .facts import Case, Positions, is_55_at_exit
from .working_days import working_day_before

STATUTE_LAST_DAY = Day(2027, 3, 18)  # Limitation Act 1980 s.9 from the start of 19 March 2021


def six_years_after(start: Day) -> Day:
    """Limitation Act 1980 ss.5 and 9; a deadline on 29 February falls on the 28th."""
    try:
        return start.replace(year=start.year + 6)
    except ValueError:
        return Day(start.year + 6, 2, 28)


def acknowledged(last_day: Day, acknowledged_on: Day | None, as_at: Day) -> Day:
    """Limitation Act 1980 ss.29(5), (7), 30: six years afresh, if given before the time ran out."""
    if acknowledged_on is None or acknowledged_on > min(as_at, last_day):
        return last_day
    return max(last_day, six_years_after(acknowledged_on))


def contract_last_day(case: Case, as_at: Day) -> Day | None:
    """Limitation Act 1980 s.5: six years from the day the payment was due; none for Scotland."""
    if case.nation == "scotland":
        return None
    last_day = six_years_after(case.due_date or case.exit_date)
    return acknowledged(last_day, case.acknowledged_on, as_at)


def statute_last_day(case: Case, as_at: Day) -> Day | None:
    """Limitation Act 1980 s.9: six years from 19 March 2021, that day in; none for Scotland."""
    if case.nation == "scotland":
        return None
    return acknowledged(STATUTE_LAST_DAY, case.acknowledged_on, as_at)


# --- The pension's own clocks -------------------------------------------------------------------


def unreduced_pension_may_be_due(case: Case, as_at: Day) -> bool:
    """LGPS 2013 reg 30(7): immediate payment without reduction, and not known to be made."""
    return (
        case.scheme == "lgps"
        and case.nation in ("england", "wales")
        and is_55_at_exit(case) is not False
        and case.exit_reason in ("redundancy", "business_efficiency", "unknown")
        and case.pension_outcome not in ("unreduced", "self_funded")
        and (case.pension_restored_on is None or case.pension_restored_on > as_at)
    )


def paid_in_full(case: Case, benefit: str) -> bool:
    """The pension or the lump sum is known to be no less than what is due."""
    due, paid = case.pension[f"{benefit}_due"], case.pension[f"{benefit}_paid"]
    return due is not None and paid is not None and paid >= due


def no_automatic_lump_sum(case: Case) -> bool:
    """Only service to 31 March 2008 brings a lump sum of its own."""
    return (
        case.service_start is not None
        and case.service_start >= Day(2008, 4, 1)
        and not case.pension["lump_sum_due"]
        and not case.pension["lump_sum_to_2008"]
    )


def lump_sum_last_day(case: Case, as_at: Day) -> Day | None:
    """Limitation Act 1980 s.9: six years from the day after the exit, when the lump sum was due."""
    if (
        case.pension["lump_sum_due"] == 0
        or paid_in_full(case, "lump_sum")
        or no_automatic_lump_sum(case)
    ):
        return None
    last_day = six_years_after(case.exit_date + ONE_DAY)
    return acknowledged(last_day, case.fund_acknowledged_on, as_at)


def first_instalment_last_day(case: Case, as_at: Day) -> Day | None:
    """Limitation Act 1980 s.9: six years from the end of the month, when the first was due."""
    if paid_in_full(case, "pension"):
        return None
    last_day = six_years_after(month_end(case.exit_date + ONE_DAY))
    return acknowledged(last_day, case.fund_acknowledged_on, as_at)


# --- All of them together ------------------------------------------------------------------------


@dataclass(frozen=True)
class Clocks:
    """The last days of each kind of claim; None: that clock does not apply."""

    contract: Day | None = None
    statute: Day | None = None
    lump_sum: Day | None = None
    instalment: Day | None = None

    def others_open(self, as_at: Day) -> bool:
        """A clock other than the contract's is given and has not run out."""
        others = (self.statute, self.lump_sum, self.instalment)
        return any(last is not None and last >= as_at for last in others)

    def one_of_two_has_run_out(self, as_at: Day) -> bool:
        """Of contract and statute, one has run out and the other has not."""
        if self.contract is None or self.statute is None:
            return False
        return (self.contract < as_at) != (self.statute < as_at)

    def first_open(self, contract_counts: bool, as_at: Day) -> Day | None:
        """The earliest last day still open of those that count."""
        counted: Iterable[Day | None] = (self.statute, self.lump_sum, self.instalment)
        if contract_counts:
            counted = (self.contract, *counted)
        return min((last for last in counted if last is not None and last >= as_at), default=None)


def clocks_of(
    case: Case, statute_applies: bool, in_scope: bool, positions: Positions, as_at: Day
) -> Clocks:
    """Each clock on its own."""
    contract = contract_last_day(case, as_at)
    statute = statute_last_day(case, as_at) if statute_applies else None
    if not (
        in_scope and positions.pension_clocks_shown and unreduced_pension_may_be_due(case, as_at)
    ):
        return Clocks(contract, statute)
    return Clocks(
        contract, statute, lump_sum_last_day(case, as_at), first_instalment_last_day(case, as_at)
    )


def urgency_and_issue_by(
    case: Case, clocks: Clocks, contract_counts: bool, as_at: Day
) -> tuple[str, Day | None]:
    """How near the earliest deadline still open is, and the last working day before it."""
    if case.nation == "scotland":
        return "advice", None
    first = clocks.first_open(contract_counts, as_at)
    if first is None:
        return "expired", None
    days = (first - as_at).days
    heading = "red" if days <= 28 else "amber" if days <= 90 else "green"
    return heading, working_day_before(first, case.nation == "northern_ireland")


# --- Other last days ----------------------------------------------------------------------------


def judicial_review_last_day(case: Case) -> Day | None:
    """CPR 54.5: promptly, and within three months of the refusal; a day earlier for safety."""
    if case.refused_on is None:
        return None
    return months_later(case.refused_on, 3) - ONE_DAY


def dispute_last_day(case: Case) -> Day | None:
    """LGPS 2013 reg 74(2): within six months of the decision, for the internal disputes procedure."""
    if case.pension_decision_on is None:
        return None
    return months_later(case.pension_decision_on, 6)
