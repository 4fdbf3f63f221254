"""What a person should look at again: facts of a row that can be read and are unlikely together.

Nothing here stops a row. What cannot be read is found where it is read, in :mod:`calculator.facts.case_table`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from calculator.calculation.doubtful_days import doubtful_days
from calculator.calculation.doubtful_payments import in_words, paid_more, swapped, totals
from calculator.calculation.linked_exits import possible_duplicates
from calculator.calculation.lookalikes import only_zeros_differ, perhaps_one_person, two_names
from calculator.calculation.pension import TRANCHE_FIELDS, benefits_of
from calculator.calculation.pension_arrears import Benefit
from calculator.facts.case_table import Cases
from calculator.facts.fields import BY_NAME
from calculator.facts.problems import Problem, Severity
from rules import pension
from rules.arrays import Counts, Mask
from rules.calendar import CalendarDays
from rules.cap import LINKED_DAYS
from rules.choices import ExitReason, Nation, PensionOutcome, Scheme
from rules.coverage import CAP_IN_FORCE
from rules.exit_payments import KINDS
from rules.pension import EARLIEST_AGE, PARTS_OF_TENTH, PENSION_FACTORS, REDUCTION_PARTS
from rules.positions import Positions

LEAST_SALARY, MOST_SALARY = 1_000_000, 50_000_000
"""£10,000 and £500,000 a year in pence: outside, the figure is probably monthly or has a wrong point."""
MOST_WEEK = 1_000_000
"""£10,000 in pence: above it the week's pay is probably that of a year."""
WEEKS = 52
LEAST_STRAIN, MOST_STRAIN = 5, 25
"""Times the yearly reduction between which strain usually lies. Never used to work one from the other."""
BLOCK_ROWS = 16_384
"""Rows looked at together, few enough for a processor's cache."""
_SHOWN = 5
"""Cells named of one fault."""
LGPS_BENEFITS = (*TRANCHE_FIELDS, "lump_sum_to_2008")


@dataclass(frozen=True)
class _Doubt:
    """One thing to confirm: the field it is shown at, and the sentences."""

    field: str
    wrong: str
    enter: str


def _problems(doubt: _Doubt, rows: Counts) -> Iterator[Problem]:
    """The problem of each of the rows."""
    for row in rows.tolist():
        yield Problem(
            row, doubt.field, doubt.wrong, doubt.enter, Severity.PLEASE_CONFIRM, "to_confirm"
        )


_ENTERED_TWICE = _Doubt(
    "case_ref",
    "This person has another exit on this day with this employer.",
    "Remove one if it is the same exit entered twice.",
)


def confirmations(
    cases: Cases,
    doubtful: Mapping[_Doubt, Counts] | None = None,
    as_at: date | None = None,
) -> list[Problem]:
    """Everything to confirm in a table, row by row. Rows in error are left out, columns are not.

    ``doubtful`` is what :func:`doubtful_rows` gives, where it is there already. Without the day of
    calculation, ``as_at``, days to come are not asked about.
    """
    of_rows = doubtful_rows(cases, as_at) if doubtful is None else doubtful
    found = [problem for doubt, rows in of_rows.items() for problem in _problems(doubt, rows)]
    return sorted([*_of_columns(cases), *found], key=lambda problem: problem.row)


def _of_columns(cases: Cases) -> list[Problem]:
    """What to confirm of cells and columns as they were entered."""
    found = [p for doubt, row in _columns(cases) for p in _problems(doubt, np.array([row]))]
    return [*cases.doubts, *found]


def _columns(cases: Cases) -> Iterator[tuple[_Doubt, int]]:
    """Doubts about a column as one, each with the first row that it concerns."""
    for kind, row in swapped(cases):
        yield (
            _Doubt(
                f"{kind}_paid",
                "In most rows more was paid than was due: the two columns may be swapped.",
                f"Check which column is {BY_NAME[f'{kind}_due'].heading}.",
            ),
            row,
        )
    for total in totals(cases):
        yield (
            _Doubt(
                total.name,
                f"In most rows this column is the total of {in_words(total.parts)}, and is counted beside "
                "them.",
                "If it is a total, leave the column out.",
            ),
            total.first_row,
        )


def _persons(cases: Cases) -> Iterator[tuple[_Doubt, Mask]]:
    yield (
        _Doubt(
            "person_ref",
            "This person reference is on rows with two member names.",
            "Check that these are one person: exits of one person share one cap.",
        ),
        two_names(cases),
    )
    yield (
        _Doubt(
            "person_ref",
            "This person reference and another differ only by zeros in front.",
            "If this is one person, enter the same reference on all rows.",
        ),
        only_zeros_differ(cases),
    )
    yield (
        _Doubt(
            "person_ref",
            f"Another row has this name and date of birth, an exit within {LINKED_DAYS} days and not this "
            "person reference.",
            "If this is one person, they share one cap: enter the same person reference on all rows.",
        ),
        perhaps_one_person(cases),
    )


def doubtful_rows(cases: Cases, as_at: date | None = None) -> dict[_Doubt, Counts]:
    """The rows of each thing to confirm, in order. Rows in error are left out."""
    found: dict[_Doubt, list[Counts]] = defaultdict(list)
    all_swapped = {name for name, _ in swapped(cases)}
    for doubt, where in _persons(cases):
        found[doubt].append(np.flatnonzero(where & ~cases.in_error))
    for start in range(0, cases.size, BLOCK_ROWS):
        block = cases.take(slice(start, start + BLOCK_ROWS))
        for doubt, where in _doubts(block, all_swapped, as_at):
            found[doubt].append(start + np.flatnonzero(where & ~block.in_error))
    found[_ENTERED_TWICE].append(np.flatnonzero(possible_duplicates(cases) & ~cases.in_error))
    return {doubt: np.concatenate(rows) for doubt, rows in found.items()}


def _doubts(
    cases: Cases, all_swapped: Collection[str], as_at: date | None
) -> Iterator[tuple[_Doubt, Mask]]:
    """What a row alone shows, apart from payments that are swapped in the complete table."""
    yield from _payments(cases, all_swapped)
    for field, wrong, enter, where in doubtful_days(cases, as_at):
        yield _Doubt(field, wrong, enter), where
    yield from _pay(cases)
    yield from _pension(cases)


def _payments(cases: Cases, all_swapped: Collection[str]) -> Iterator[tuple[_Doubt, Mask]]:
    money, known = cases.money, cases.known
    paid_parts = sum(money[f"{kind.name}_paid"] for kind in KINDS)
    due_parts = sum(money[f"{kind.name}_due"] for kind in KINDS)
    for kind in KINDS:
        more, _ = paid_more(cases, kind.name)
        yield (
            _Doubt(
                f"{kind.name}_paid",
                "More was paid than was due.",
                "Check what was due and what was paid.",
            ),
            more & (kind.name not in all_swapped),
        )
    yield (
        _Doubt(
            "statutory_redundancy",
            "The statutory part is more than the whole redundancy pay due.",
            "Enter the whole payment, statutory part included, as redundancy pay due.",
        ),
        known["redundancy_due"] & (money["statutory_redundancy"] > money["redundancy_due"]),
    )
    yield (
        _Doubt(
            "total_paid",
            "The total paid is less than the payments entered one by one.",
            "Enter everything paid at the exit, what went to the pension fund included.",
        ),
        known["total_paid"] & (money["total_paid"] < paid_parts + money["cash_alternative_paid"]),
    )
    yield (
        _Doubt(
            "total_paid",
            "The total paid is more than all that was due.",
            "Check the total, and that everything due is entered.",
        ),
        known["total_paid"] & (due_parts > 0) & (money["total_paid"] > due_parts),
    )
    yield (
        _Doubt(
            "member_funded_strain",
            "The member paid more strain than was due.",
            "Check both amounts.",
        ),
        known["pension_strain_due"] & (money["member_funded_strain"] > money["pension_strain_due"]),
    )
    reason = cases.choices["exit_reason"]
    other_reason = (reason != ExitReason.NOT_GIVEN) & (reason != ExitReason.UNKNOWN)
    yield (
        _Doubt(
            "exit_reason",
            "There is redundancy pay, and the reason for leaving is not redundancy.",
            "Enter redundancy, voluntary redundancy included, or another kind of payment.",
        ),
        other_reason & (reason != ExitReason.REDUNDANCY) & (money["redundancy_due"] > 0),
    )


def _pay(cases: Cases) -> Iterator[tuple[_Doubt, Mask]]:
    salary, known = cases.money["annual_salary"], cases.known["annual_salary"]
    week, week_known = cases.money["weekly_pay"], cases.known["weekly_pay"]
    yield (
        _Doubt(
            "annual_salary", "The salary is under £10,000 a year.", "Enter the salary for a year."
        ),
        known & (salary < LEAST_SALARY),
    )
    yield (
        _Doubt("annual_salary", "The salary is over £500,000 a year.", "Check the decimal point."),
        known & (salary > MOST_SALARY),
    )
    both = known & week_known & (salary > 0)
    yield (
        _Doubt(
            "weekly_pay",
            "The week's pay is far from the salary.",
            "Enter the pay for one week, and the salary for a year.",
        ),
        both & ((2 * week * WEEKS < salary) | (week * WEEKS > 2 * salary)),
    )
    yield (
        _Doubt("weekly_pay", "The week's pay is over £10,000.", "Enter the pay for one week."),
        week_known & ~both & (week > MOST_WEEK),
    )
    yield (
        _Doubt("notice_pay_due", "Notice pay is more than a year's salary.", "Check both amounts."),
        known & (salary > 0) & (cases.money["notice_pay_due"] > salary),
    )


def _pension(cases: Cases) -> Iterator[tuple[_Doubt, Mask]]:
    money, known = cases.money, cases.known
    scheme, outcome = cases.choices["scheme"], cases.choices["pension_outcome"]
    due, paid = money["pension_due"], money["pension_paid"]
    both = known["pension_due"] & known["pension_paid"]
    for benefit, words in (("pension", "pension"), ("lump_sum", "pension lump sum")):
        given = known[f"{benefit}_due"] & known[f"{benefit}_paid"]
        yield (
            _Doubt(
                f"{benefit}_paid",
                f"More {words} was paid than was due.",
                "Check the unreduced sum and the one paid.",
            ),
            given & (money[f"{benefit}_paid"] > money[f"{benefit}_due"]),
        )
    yield (
        _Doubt(
            "pension_due",
            "The yearly pension is more than the salary.",
            "Enter the pension for a year, and the lump sum apart.",
        ),
        known["annual_salary"] & (money["annual_salary"] > 0) & (due > money["annual_salary"]),
    )
    stated = cases.choices["nation"]
    nation = np.where(stated == Nation.NOT_GIVEN, np.int8(Nation.ENGLAND), stated)
    yearly, lump_sum = benefits_of(cases, nation, Positions(), CAP_IN_FORCE)
    yield from _tranches(cases, yearly, lump_sum)
    yield from _reductions(cases, both & (scheme == Scheme.LGPS), yearly)
    yield (
        _Doubt(
            "pension_outcome",
            "The pension is given as unreduced, and less is paid than was due.",
            "Check what happened to the pension and both sums.",
        ),
        both & (outcome == PensionOutcome.UNREDUCED) & (paid < due),
    )
    yield (
        _Doubt(
            "pension_outcome",
            "The pension is given as deferred, and a pension is paid.",
            "Check what happened to the pension; it is calculated from the sums entered.",
        ),
        both & (outcome == PensionOutcome.DEFERRED) & (paid > 0),
    )
    benefits = [known[name] for name in LGPS_BENEFITS]
    teacher = scheme == Scheme.TPS
    lgps_outcome = np.any(benefits, axis=0) | (outcome == PensionOutcome.SELF_FUNDED)
    yield (
        _Doubt(
            "scheme",
            "The scheme is the teachers' scheme, and the pension facts are those of the LGPS.",
            "Teachers have no automatic unreduced pension. School staff who do not teach are normally in "
            "the LGPS: check the scheme.",
        ),
        teacher & lgps_outcome,
    )
    born = CalendarDays.of(cases.days["date_of_birth"])
    begins = pension.pension_begins(cases.days["exit_date"])
    reached_55 = born.plus_years(EARLIEST_AGE).not_after(CalendarDays.of(begins))
    yield (
        _Doubt(
            "date_of_birth",
            "The member was under 55 when the pension would have begun, and an LGPS pension is entered.",
            "An LGPS pension is not paid before 55: check the date of birth and the pension.",
        ),
        born.known & ~reached_55 & (scheme == Scheme.LGPS) & known["pension_due"],
    )


def _tranches(cases: Cases, yearly: Benefit, lump: Benefit) -> Iterator[tuple[_Doubt, Mask]]:
    """Benefits by tranche that are used although a sum is entered, or that lack a part."""
    known = cases.known
    for benefit, used in (("pension", yearly), ("lump_sum", lump)):
        for name, other in (
            (f"{benefit}_due", "the one paid"),
            (f"{benefit}_paid", "the unreduced one"),
        ):
            yield (
                _Doubt(
                    name,
                    f"Entered without {other}: the LGPS benefits by tranche are used instead.",
                    "Enter both sums, or leave both blank.",
                ),
                used.estimated & known[name],
            )
    yield (
        _Doubt(
            "pension_care",
            "Blank, and other LGPS benefits by tranche are entered: taken as none.",
            "An active member has benefits from April 2014: enter them.",
        ),
        yearly.estimated & ~known["pension_care"],
    )


def _reductions(cases: Cases, lgps: Mask, yearly: Benefit) -> Iterator[tuple[_Doubt, Mask]]:
    """LGPS pensions reduced by more than any factor, and strain out of proportion to the reduction.

    Where no date of birth is given the largest factor of the table is taken. The reduction is as entered,
    else as estimated from the benefits by tranche; with a deferred pension there is none to compare.
    """
    due, paid = cases.money["pension_due"], cases.money["pension_paid"]
    reduced = lgps & (cases.choices["pension_outcome"] != PensionOutcome.DEFERRED) & (paid < due)
    rows = np.flatnonzero(reduced)
    born = cases.days["date_of_birth"][rows]
    begins = pension.pension_begins(cases.days["exit_date"][rows])
    largest = int(max(factors.max() for factors in PENSION_FACTORS)) * PARTS_OF_TENTH
    by_age, known = pension.reduction(begins, pension.normal_pension_day(born), PENSION_FACTORS)
    factor = np.where(known, by_age, largest)
    factor = np.where(pension.reached_pension_age(born, begins), 0, factor)
    lost, most = (due - paid)[rows] * REDUCTION_PARTS, due[rows] * factor + REDUCTION_PARTS
    too_much = np.zeros(cases.size, dtype=bool)
    too_much[rows] = lost > most
    yield (
        _Doubt(
            "pension_paid",
            "The pension is reduced by more than any early-payment factor explains.",
            "Check both sums, and that neither is after exchange for a lump sum.",
        ),
        too_much,
    )
    strain = cases.money["pension_strain_due"]
    not_deferred = cases.choices["pension_outcome"] != PensionOutcome.DEFERRED
    reduction = np.where(yearly.known & not_deferred, yearly.loss, 0)
    out_of_band = (strain < LEAST_STRAIN * reduction) | (strain > MOST_STRAIN * reduction)
    yield (
        _Doubt(
            "pension_strain_due",
            f"The strain is not between {LEAST_STRAIN} and {MOST_STRAIN} times the yearly reduction.",
            "Check the strain against the fund's quote, and both yearly pensions.",
        ),
        (reduction > 0) & (strain > 0) & out_of_band,
    )


@dataclass(frozen=True)
class Group:
    """The problems of one column that say the same: the first of them, or all, and how many there are."""

    field: str
    wrong: str
    enter: str
    severity: Severity
    members: tuple[Problem, ...]
    count: int

    @property
    def heading(self) -> str:
        """The heading of the field, or its name where it is no field."""
        return BY_NAME[self.field].heading if self.field in BY_NAME else self.field

    def cells(self, address: Callable[[Problem], str], most: int) -> str:
        """The first few cells and how many more there are."""
        shown = ", ".join(address(member) for member in self.members[:most])
        more = self.count - most
        return f"{shown} and {more} more" if more > 0 else shown


def grouped(problems: Iterable[Problem]) -> list[Group]:
    """The problems by column and fault, in the order in which each is first met."""
    groups: dict[tuple[str, str, str, Severity], list[Problem]] = defaultdict(list)
    for problem in problems:
        groups[problem.field, problem.wrong, problem.enter, problem.severity].append(problem)
    return [Group(*key, tuple(members), len(members)) for key, members in groups.items()]


def all_grouped(cases: Cases, doubtful: Mapping[_Doubt, Counts]) -> list[Group]:
    """The problems of a table and what is to confirm, as :func:`grouped`, with the first few members."""
    to_confirm = [
        Group(d.field, d.wrong, d.enter, Severity.PLEASE_CONFIRM, members, len(rows))
        for d, rows in doubtful.items()
        if (members := tuple(_problems(d, rows[:_SHOWN])))
    ]
    of_columns = sorted(_of_columns(cases), key=lambda problem: problem.row)
    groups = [*grouped(cases.problems), *grouped(of_columns), *to_confirm]
    return sorted(groups, key=lambda group: group.members[0].row)


def summed_up(groups: Iterable[Group], address: Callable[[Problem], str]) -> Iterator[str]:
    """One line for each fault of a column: how many cells, the first few of them, what to enter."""
    for group in groups:
        cells = group.cells(address, _SHOWN)
        yield f"{group.heading} ({group.severity}): {group.wrong} {group.enter} {cells}."


def taken_lines(problems: Iterable[Problem]) -> list[str]:
    """One line for each fault of a column whose suggestions were taken: how many."""
    return [
        f"{group.heading}: {group.count} taken as suggested, where: {group.wrong}"
        for group in grouped(problem for problem in problems if problem.suggestion)
    ]
