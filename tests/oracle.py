"""A second, scalar calculation of the £95,000 exit payment cap and of its reversal.

Written from the instruments, one exit at a time, so that it can be read beside them:

* "2020 Regs": Restriction of Public Sector Exit Payments Regulations 2020, SI 2020/1122
* "2021 Regs": Restriction of Public Sector Exit Payments (Revocation) Regulations 2021, SI 2021/197
* "ERA": Employment Rights Act 1996
* "the Act": Small Business, Enterprise and Employment Act 2015

* "LGPS 2013": Local Government Pension Scheme Regulations 2013, SI 2013/2356
* "TP 2014": LGPS (Transitional Provisions, Savings and Amendment) Regulations 2014, SI 2014/525
* "ITEPA": Income Tax (Earnings and Pensions) Act 2003

Money is whole pence in integers, growth is exact fractions, time is calendar days, and nothing reads
the clock. Wording is not written here. Tests compare it with the calculator, so it shares no code
with it.
"""

from __future__ import annotations

import csv
import datetime
import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

Day = datetime.date

DATA = Path(__file__).parent.parent / "rules" / "data"

CAP = 95_000_00  # the Act s.153A(1)
CAP_STARTS = Day(2020, 11, 4)  # 2020 Regs 1(2)
CAP_DISAPPLIED = Day(2021, 2, 12)  # Exit Payment Cap Directions 2021, England
CAP_REVOKED = Day(2021, 3, 19)  # 2021 Regs 1 and 3; last day of the relevant period
WINDOW_DAYS = 27  # 28 consecutive days, both ends included: the Act s.153A(2)
STATUTE_LAST_DAY = Day(2027, 3, 18)  # Limitation Act 1980 s.9 from the start of 19 March 2021
EARLIEST_DAY, LATEST_DAY = Day(1900, 1, 1), Day(2100, 12, 31)

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
CUT_ORDERS = ("strain_first", "cash_first", "pro_rata")

DAY_FIELDS = (
    "exit_date",
    "date_of_birth",
    "service_start",
    "notice_given_on",
    "payment_date",
    "due_date",
    "strain_due_date",
    "top_up_date",
    "acknowledged_on",
    "pension_restored_on",
)

COLUMNS = (
    "case_ref",
    "person_ref",
    "employer_name",
    "triage",
    "urgency",
    "confidence",
    "reasons",
    "missing",
    "counted_total",
    "exempt_total",
    "statutory_redundancy_used",
    "cap_used_before",
    "cap_available",
    "allowed_total",
    "reduction_expected",
    "headroom",
    "strain_needed_to_breach",
    "due_total",
    "paid_total",
    "cash_alternative_credit",
    "difference",
    "over_reduced_by",
    "member_shortfall",
    "scheme_shortfall",
    "member_outstanding",
    "scheme_outstanding",
    "interest_from_member",
    "interest_from_scheme",
    "member_interest",
    "scheme_interest",
    "member_daily_interest",
    "scheme_daily_interest",
    "member_total",
    "scheme_total",
    "member_total_low",
    "member_total_high",
    "scheme_total_low",
    "scheme_total_high",
    "contract_last_day",
    "contract_days_left",
    "statute_last_day",
    "statute_days_left",
    "redundancy_years",
    "redundancy_weeks",
    "relevant_date",
    "weekly_pay_limit",
    "pension_yearly_loss",
    "pension_arrears",
    "lump_sum_arrears",
    "pension_interest",
    "tax_free_part",
    "taxable_part",
    "tax_on_payment",
    "extra_tax",
    "as_at",
)

PENSION_FIELDS = (
    "pension_due",
    "pension_paid",
    "lump_sum_due",
    "lump_sum_paid",
    "pension_to_2008",
    "lump_sum_to_2008",
    "pension_2008_2014",
    "pension_care",
)

EVIDENCE_OF_DUE = {
    "capped_notice",
    "redundancy_calculation",
    "strain_quote",
    "contract_or_policy",
    "settlement_agreement",
}
EVIDENCE_OF_PAID = {"payslip", "p45", "strain_invoice", "pension_statement", "top_up_letter"}


# --- Text to values and back -------------------------------------------------------------------


def pence(text: str) -> int | None:
    """Pounds as canonical text ("1234.56") in pence; blank is unknown."""
    if not text:
        return None
    pounds, _, rest = text.partition(".")
    return int(pounds) * 100 + int(rest.ljust(2, "0") or "0")


def day(text: str) -> Day | None:
    """An ISO day; blank is unknown."""
    return Day.fromisoformat(text) if text else None


def money_text(amount: int | None) -> str:
    """Pence as pounds with two decimals; unknown is empty."""
    return "" if amount is None else f"{amount // 100}.{amount % 100:02d}"


def day_text(value: Day | None) -> str:
    """An ISO day; unknown is empty."""
    return "" if value is None else value.isoformat()


def number_text(value: int | None) -> str:
    """A whole number; unknown is empty."""
    return "" if value is None else str(value)


def half_up(numerator: int, denominator: int) -> int:
    """A quotient of two numbers not below 0, rounded half up."""
    return (2 * numerator + denominator) // (2 * denominator)


@dataclass(frozen=True)
class Positions:
    """Readings of the open questions of law."""

    interest_start: str
    notice_pay_reading: str
    cut_order: str
    week_divisor: str
    cash_alternative: str
    near_line_margin: int
    rule_of_85_met: bool


def read_positions(values: dict[str, str]) -> Positions:
    """The readings in force; a name left out has its default."""
    margin = pence(values.get("near_line_margin", "") or "5000")
    assert margin is not None
    return Positions(
        interest_start=values.get("interest_start", "payment"),
        notice_pay_reading=values.get("notice_pay_reading", "excess_only"),
        cut_order=values.get("cut_order", "strain_first"),
        week_divisor=values.get("week_divisor", "52"),
        cash_alternative=values.get("cash_alternative", "credit"),
        near_line_margin=margin,
        rule_of_85_met=values.get("eighty_five_year_rule") == "met",
    )


@dataclass(frozen=True)
class Case:
    """The facts of one exit; None is unknown."""

    index: int
    case_ref: str
    person_ref: str
    employer_name: str
    employer_kind: str
    nation: str
    exit_reason: str
    exit_date: Day
    date_of_birth: Day | None
    service_start: Day | None
    notice_given_on: Day | None
    no_notice: bool
    payment_date: Day | None
    due_date: Day | None
    strain_due_date: Day | None
    annual_salary: int | None
    weekly_pay: int | None
    monthly_hours: Decimal | None
    due: dict[str, int | None]
    paid: dict[str, int | None]
    statutory_redundancy: int | None
    holiday_pay: int
    other_exempt: int
    total_paid: int | None
    cash_alternative_paid: int
    relaxed_amount: int
    wholly_waived: bool
    settlement_agreement: str
    top_up_member: int
    top_up_scheme: int
    top_up_interest: int
    top_up_date: Day | None
    acknowledged_on: Day | None
    evidence: frozenset[str]
    scheme: str
    member_funded_strain: int
    pension_outcome: str
    pension_restored_on: Day | None
    pension: dict[str, int | None]
    other_income: int | None


def read_case(index: int, row: dict[str, str]) -> Case:
    """The facts of a row that is not in error."""

    def text(name: str) -> str:
        return (row.get(name) or "").strip()

    def amount(name: str) -> int | None:
        return pence(text(name))

    exit_date = day(text("exit_date"))
    assert exit_date is not None
    no_notice = text("notice_given_on") == "none"
    wholly_waived = text("relaxed_amount") == "all"
    due = {kind: amount(f"{kind}_due") for kind in PAYMENTS}
    paid = {kind: amount(f"{kind}_paid") for kind in PAYMENTS}
    for kind in PAYMENTS:
        if due[kind] == 0 and paid[kind] is None:
            paid[kind] = 0  # nothing was due, so nothing was paid: a known zero
    return Case(
        index=index,
        case_ref=text("case_ref"),
        person_ref=text("person_ref"),
        employer_name=text("employer_name"),
        employer_kind=text("employer_kind") or "unknown",
        nation=text("nation") or "england",
        exit_reason=text("exit_reason"),
        exit_date=exit_date,
        date_of_birth=day(text("date_of_birth")),
        service_start=day(text("service_start")),
        notice_given_on=None if no_notice else day(text("notice_given_on")),
        no_notice=no_notice,
        payment_date=day(text("payment_date")),
        due_date=day(text("due_date")),
        strain_due_date=day(text("strain_due_date")),
        annual_salary=amount("annual_salary"),
        weekly_pay=amount("weekly_pay"),
        monthly_hours=Decimal(text("monthly_hours")) if text("monthly_hours") else None,
        due=due,
        paid=paid,
        statutory_redundancy=amount("statutory_redundancy"),
        holiday_pay=amount("holiday_pay") or 0,
        other_exempt=amount("other_exempt") or 0,
        total_paid=amount("total_paid"),
        cash_alternative_paid=amount("cash_alternative_paid") or 0,
        relaxed_amount=0 if wholly_waived else amount("relaxed_amount") or 0,
        wholly_waived=wholly_waived,
        settlement_agreement=text("settlement_agreement"),
        top_up_member=amount("top_up_member") or 0,
        top_up_scheme=amount("top_up_scheme") or 0,
        top_up_interest=amount("top_up_interest") or 0,
        top_up_date=day(text("top_up_date")),
        acknowledged_on=day(text("acknowledged_on")),
        evidence=frozenset(part.strip() for part in text("evidence").split(";") if part.strip()),
        scheme=text("scheme"),
        member_funded_strain=amount("member_funded_strain") or 0,
        pension_outcome=text("pension_outcome"),
        pension_restored_on=day(text("pension_restored_on")),
        pension={name: amount(name) for name in PENSION_FIELDS},
        other_income=amount("other_income"),
    )


def row_is_in_error(row: dict[str, str], refs_used: set[str]) -> bool:
    """Facts that contradict each other, or a required one that is blank."""

    def text(name: str) -> str:
        return (row.get(name) or "").strip()

    days = {name: day(text(name)) for name in DAY_FIELDS if text(name) != "none"}
    exit_date = days["exit_date"]
    born, start = days["date_of_birth"], days["service_start"]
    notice = days.get("notice_given_on")
    if not text("case_ref") or text("case_ref") in refs_used or exit_date is None:
        return True
    if any(value and not EARLIEST_DAY <= value <= LATEST_DAY for value in days.values()):
        return True
    if born and start and born > start:
        return True
    if start and start > exit_date:
        return True
    if notice and notice > exit_date:
        return True
    top_ups = ("top_up_member", "top_up_scheme", "top_up_interest")
    return any(pence(text(name)) for name in top_ups) and days["top_up_date"] is None


# --- Scope: 2020 Regs 1, 2 and Schedule ---------------------------------------------------------


def plain_name(name: str) -> str:
    """A body's name without case, punctuation, "&" for "and" and a leading "the"."""
    words = name.casefold().replace("&", " and ").replace("'", "").replace("\u2019", "")
    words = " ".join(re.sub(r"[^\w\s]|_", " ", words).split())
    return words.removeprefix("the ")


@cache
def named_bodies() -> frozenset[str]:
    """2020 Regs, Schedule Part 1: bodies listed by name, and either half of a double name."""
    names: set[str] = set()
    with (DATA / "scheduled_authorities.csv").open(encoding="utf-8", newline="") as file:
        for entry in csv.DictReader(file):
            if entry["part"] == "1" and entry["kind"] == "named":
                names.add(plain_name(entry["entry"]))
                names.update(plain_name(half) for half in entry["entry"].split("/"))
    return frozenset(names - {""})


@dataclass
class Notes:
    """Reason codes and missing facts, gathered on the way."""

    reasons: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)


def employer_in_scope(case: Case, notes: Notes) -> bool:
    """2020 Regs 2, "relevant authority": a body listed in the Schedule.

    Most are listed by a class ("a district council"), so a name that does not match proves nothing.
    For Scotland and Northern Ireland only bodies of the Scottish Administration and of the United
    Kingdom were listed (the Act s.153A(10)).
    """
    if plain_name(case.employer_name) in named_bodies():
        if case.employer_kind == "not_listed":
            notes.reasons.add("employer_kind_conflicts")
        return True
    if case.employer_kind == "not_listed":
        return False
    if case.nation in ("scotland", "northern_ireland"):
        return case.employer_kind in ("civil_service", "other_listed")
    return True


def exit_day_in_scope(case: Case, notes: Notes) -> bool:
    """2020 Regs 1(2) and 2021 Regs 1: exits while the 2020 Regulations were in force."""
    if case.exit_date < CAP_STARTS:
        notes.reasons.add("exit_before_cap")
        return False
    if case.exit_date > CAP_REVOKED:
        notes.reasons.add("exit_after_cap")
        return False
    return True


def note_doubts_of_scope(case: Case, notes: Notes) -> None:
    """What to check about an exit that is taken to be in scope."""
    if plain_name(case.employer_name) not in named_bodies():
        if case.nation in ("scotland", "northern_ireland"):
            notes.reasons.add("check_schedule_entry")
        if case.employer_kind == "unknown":
            notes.reasons.add("employer_unconfirmed")
            notes.missing.add("employer_kind")
    if case.exit_date == CAP_DISAPPLIED:
        notes.reasons.add("boundary_day")
    if is_late_exit(case):
        notes.reasons.add("late_exit_check_why")


def is_late_exit(case: Case) -> bool:
    """An exit after the cap was disapplied in England and before it was revoked."""
    return CAP_DISAPPLIED < case.exit_date <= CAP_REVOKED


# --- Statutory redundancy pay: ERA ss.86, 135, 145, 155, 162, 227 -------------------------------


def anniversary(of: Day, years: int) -> Day:
    """The same day some years later or earlier; 29 February becomes 1 March."""
    try:
        return of.replace(year=of.year + years)
    except ValueError:
        return Day(of.year + years, 3, 1)


def complete_years(start: Day, end_exclusive: Day) -> int:
    """ERA s.162(1)(b): years reckoned backwards from the end that fall after the start."""
    years = max(0, end_exclusive.year - start.year)
    while years > 0 and anniversary(end_exclusive, -years) < start:
        years -= 1
    return years


def statutory_notice_weeks(service_start: Day, material_date: Day) -> int:
    """ERA s.86(1): one week, then a week for each complete year from two, at most twelve."""
    years = complete_years(service_start, material_date + datetime.timedelta(days=1))
    return min(12, max(1, years))


def relevant_date(case: Case, service_start: Day) -> Day:
    """ERA s.145(2), (5), (6): the exit, or the end of statutory notice where that is later.

    The day on which notice is given does not count towards the notice.
    """
    material_date = case.exit_date if case.no_notice else case.notice_given_on
    if material_date is None:
        return case.exit_date
    weeks = statutory_notice_weeks(service_start, material_date)
    return max(case.exit_date, material_date + datetime.timedelta(weeks=weeks))


def statutory_weeks(born: Day, end_exclusive: Day, years: int) -> int:
    """ERA s.162(2), (3): half-weeks of pay for the years counted, by the age held in each."""
    half_weeks = 0
    for back in range(1, min(years, 20) + 1):
        year_starts = anniversary(end_exclusive, -back)
        if anniversary(born, 41) <= year_starts:
            half_weeks += 3
        elif anniversary(born, 22) <= year_starts:
            half_weeks += 2
        else:
            half_weeks += 1
    return half_weeks


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


@cache
def weekly_limits(nation: str) -> tuple[tuple[Day, int], ...]:
    """ERA s.227(1) and its Northern Ireland equivalent: first day and limit in pence."""
    rows = [row for row in table_rows("weekly_pay_limits.csv") if row["nation"] == nation]
    pairs = [(Day.fromisoformat(row["effective_from"]), int(row["limit_pounds"])) for row in rows]
    return tuple((first, pounds * 100) for first, pounds in sorted(pairs))


def weekly_limit(nation: str, on: Day) -> int | None:
    """ERA s.227(1): the limit on a week's pay for a relevant date; None outside the table."""
    limit = None
    table = "ni" if nation == "northern_ireland" else "gb"
    for first, pounds in weekly_limits(table):
        if first <= on <= known_to("weekly_pay_limits.csv", table):
            limit = pounds
    return limit


def weeks_pay(case: Case, positions: Positions) -> tuple[int, int] | None:
    """ERA s.221: a week's pay in pence, as numerator and denominator because it is not rounded."""
    if case.weekly_pay is not None:
        return case.weekly_pay, 1
    if case.annual_salary is None:
        return None
    numerator, denominator = {"52": (1, 52), "52.143": (1000, 52143), "365/7": (7, 365)}[
        positions.week_divisor
    ]
    return case.annual_salary * numerator, denominator


@dataclass(frozen=True)
class Redundancy:
    """Statutory redundancy pay: what the columns show, and the sum computed."""

    years: int | None = None
    half_weeks: int | None = None
    relevant_date: Day | None = None
    limit: int | None = None
    computed: int | None = None


def redundancy_pay(case: Case, positions: Positions) -> Redundancy:
    """ERA ss.135, 155, 162: weeks for age and service, times the limited week, rounded once."""
    if case.exit_reason != "redundancy" or case.service_start is None:
        return Redundancy()
    date = relevant_date(case, case.service_start)
    end_exclusive = date + datetime.timedelta(days=1)
    years = complete_years(case.service_start, end_exclusive)
    half_weeks: int | None = None
    if years < 2:  # s.155
        half_weeks = 0
    elif case.date_of_birth is not None:
        half_weeks = statutory_weeks(case.date_of_birth, end_exclusive, years)
    limit = weekly_limit(case.nation, date)
    week = weeks_pay(case, positions)
    computed: int | None = None
    if limit is not None and half_weeks == 0:
        computed = 0
    elif limit is not None and half_weeks is not None and week is not None:
        numerator, denominator = week
        if numerator > limit * denominator:
            numerator, denominator = limit, 1
        computed = half_up(half_weeks * numerator, 2 * denominator)
    return Redundancy(min(years, 20), half_weeks, date, limit, computed)


def statutory_redundancy_used(case: Case, pay: Redundancy, notes: Notes) -> int | None:
    """2020 Regs 7(1): the relevant redundancy payment, entered or computed, within what is due."""
    entered = case.statutory_redundancy
    if entered is not None and pay.computed is not None and entered != pay.computed:
        notes.reasons.add("statutory_redundancy_differs")
    statutory = pay.computed if entered is None else entered
    due, paid = case.due["redundancy"], case.paid["redundancy"]
    if statutory is None or (due is None and paid is None):
        return None
    if paid is not None and paid < statutory:
        notes.reasons.add("statutory_redundancy_short")
    return statutory if due is None else min(statutory, due)


# --- What counts: 2020 Regs 5 and 6 -------------------------------------------------------------


def salary_matters(case: Case) -> bool:
    """2020 Regs 6(g): notice pay is due and the salary it is measured against is unknown."""
    return case.annual_salary is None and bool(case.due["notice_pay"])


def notice_pay_counted(amount: int, case: Case, positions: Positions, exempt: bool) -> int:
    """2020 Regs 6(g): pay in lieu of notice up to a quarter of salary is not an exit payment.

    Where the salary is unknown it is taken as wholly exempt or wholly counted.
    """
    if case.annual_salary is None:
        return 0 if exempt else amount
    quarter = half_up(case.annual_salary, 4)
    if positions.notice_pay_reading == "all_or_nothing":
        return amount if amount > quarter else 0
    return max(0, amount - quarter)


def counted_parts(case: Case, positions: Positions, exempt: bool) -> dict[str, int]:
    """2020 Regs 5(2) and 6: of each payment due, what counts towards the cap."""
    parts = {kind: case.due[kind] or 0 for kind in PAYMENTS}
    parts["notice_pay"] = notice_pay_counted(parts["notice_pay"], case, positions, exempt)
    return parts


def strain_may_be_hidden(case: Case) -> bool:
    """LGPS 2013 reg 30(7): 55 or over and redundant or leaving for efficiency, strain not given."""
    return (
        case.due[STRAIN] is None
        and case.scheme == "lgps"
        and case.date_of_birth is not None
        and anniversary(case.date_of_birth, 55) <= case.exit_date
        and case.exit_reason in ("redundancy", "business_efficiency")
        and not case.wholly_waived
    )


def unknown_dues(case: Case) -> set[str]:
    """Payments of which it is not known how much was due."""
    unknown = {kind for kind in PAYMENTS if case.due[kind] is None and case.paid[kind] is not None}
    if all(case.due[kind] is None for kind in PAYMENTS):
        unknown |= {"redundancy", STRAIN}
    if case.statutory_redundancy and case.due["redundancy"] is None:
        unknown.add("redundancy")
    if case.due[STRAIN] is None and (case.cash_alternative_paid or case.member_funded_strain):
        unknown.add(STRAIN)
    return unknown


# --- The cap: 2020 Regs 3, 4, 7; the Act s.153A -------------------------------------------------


def allowed_under(available: int, counted: int, protected: int) -> int:
    """2020 Regs 3 and 7: the total allowed; the statutory redundancy payment is never cut."""
    if counted <= available:
        return counted
    return protected + min(counted - protected, max(0, available - protected))


def reg_4_key(case: Case) -> tuple[object, ...]:
    """2020 Regs 4: day of exit, then salary, hours and length of service, each descending."""
    salary, hours, start = case.annual_salary, case.monthly_hours, case.service_start
    return (
        case.exit_date,
        (salary is None, -(salary or 0)),
        (hours is None, -(hours or Decimal(0))),
        (start is None, start or case.exit_date),
    )


# --- What was paid -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Paid:
    """What is known of the amounts paid at the exit."""

    unknown: tuple[str, ...]  # payments whose paid amount is not known
    known_sum: int
    total_usable: bool
    mismatch: bool
    total: int | None  # without the cash alternative; None where it must be estimated

    @property
    def exact(self) -> bool:
        """2021 Regs 4(3): "the amount paid during the relevant period" is known as a sum."""
        return not self.unknown or self.total_usable


def what_was_paid(case: Case, dues_unknown: set[str]) -> Paid:
    """The sum of the parts, or the total where the parts are not all known and fit into it."""
    unknown = tuple(
        kind
        for kind in PAYMENTS
        if case.paid[kind] is None and (case.due[kind] is not None or kind in dues_unknown)
    )
    known_sum = sum(case.paid[kind] or 0 for kind in PAYMENTS)
    parts = known_sum + case.cash_alternative_paid
    total = case.total_paid
    if not unknown:
        mismatch = total is not None and total != parts
        return Paid(unknown, known_sum, False, mismatch, known_sum)
    if total is None:
        return Paid(unknown, known_sum, False, False, None)
    if total < parts:
        return Paid(unknown, known_sum, False, True, None)
    return Paid(unknown, known_sum, True, False, total - case.cash_alternative_paid)


# --- The difference: 2021 Regs 4 ----------------------------------------------------------------


def share(amount: int, bearable: dict[str, int], cut_order: str) -> dict[str, int]:
    """A cut spread over payments, none beyond what it can bear: the employer's choice of order."""
    amount = min(amount, sum(bearable.values()))
    if cut_order == "pro_rata":
        return share_in_proportion(amount, bearable)
    others = [kind for kind in PAYMENTS if kind in bearable and kind != STRAIN]
    strain = [STRAIN] if STRAIN in bearable else []
    shares = {}
    for kind in strain + others if cut_order == "strain_first" else others + strain:
        shares[kind] = min(amount, bearable[kind])
        amount -= shares[kind]
    return shares


def share_in_proportion(amount: int, bearable: dict[str, int]) -> dict[str, int]:
    """Whole pence by largest remainder, ties in the order of the payments."""
    whole = sum(bearable.values())
    if whole == 0:
        return dict.fromkeys(bearable, 0)
    shares = {kind: amount * most // whole for kind, most in bearable.items()}
    by_remainder = sorted(
        bearable, key=lambda kind: (-(amount * bearable[kind] % whole), PAYMENTS.index(kind))
    )
    for kind in by_remainder[: amount - sum(shares.values())]:
        shares[kind] += 1
    return shares


@dataclass(frozen=True)
class Gross:
    """Shortfalls by payee before the cash alternative, signed, and how they were found."""

    member: int
    scheme: int
    not_placed: bool = False
    assumed_split: bool = False
    shares: tuple[tuple[str, int], ...] = ()  # what payments of unknown amount bear


def share_of_unknown(
    case: Case, paid: Paid, most: dict[str, int], estimate: int, cut_order: str
) -> dict[str, int]:
    """The shortfall of the payments whose paid amount is unknown, spread over them.

    With a total it is what was due less what is left of the total; else the estimated cut.
    """
    if not paid.total_usable:
        return share(estimate, most, cut_order)
    dues = {kind: case.due[kind] or 0 for kind in paid.unknown}
    short = sum(dues.values()) - rest_of_total(paid)
    if short <= 0:
        return dict.fromkeys(dues, 0)
    first = share(short, most, cut_order)
    rest = {kind: dues[kind] - most[kind] for kind in dues}
    second = share(short - sum(first.values()), rest, cut_order)
    return {kind: first[kind] + second[kind] for kind in dues}


def rest_of_total(paid: Paid) -> int:
    """What the payments of unknown amount got together, where the total is known."""
    assert paid.total is not None
    return paid.total - paid.known_sum


def gross_shortfalls(
    case: Case,
    paid: Paid,
    parts: dict[str, int],
    protected: int,
    reduction: int,
    counted_of_known: dict[str, int],
    cut_order: str,
) -> Gross:
    """2021 Regs 4(2), (3): due less paid, by payee; strain is the scheme's, all else the member's.

    counted_of_known: the known shortfalls as far as they count towards the cap, which is what
    an expected reduction has to be compared with.
    """
    member = scheme = 0
    for kind in PAYMENTS:
        if kind not in paid.unknown:
            shortfall = (case.due[kind] or 0) - (case.paid[kind] or 0)
            if kind == STRAIN:
                scheme += shortfall
            else:
                member += shortfall
    most = {kind: parts[kind] for kind in paid.unknown}
    if "redundancy" in most:
        most["redundancy"] = max(0, most["redundancy"] - protected)  # 2020 Regs 7(1)
    # The cash alternative stood in for strain, so strain was cut by that much more (2020 Regs 8).
    cut = reduction - sum(counted_of_known.values()) + case.cash_alternative_paid
    estimate = max(0, cut) if paid.unknown and not paid.total_usable else 0

    def to_scheme(order: str) -> int:
        return share_of_unknown(case, paid, most, estimate, order).get(STRAIN, 0)

    shares = share_of_unknown(case, paid, most, estimate, cut_order)
    both_payees = STRAIN in paid.unknown and len(paid.unknown) > 1
    assumed_split = both_payees and len({to_scheme(order) for order in CUT_ORDERS}) > 1
    scheme += shares.get(STRAIN, 0)
    member += sum(amount for kind, amount in shares.items() if kind != STRAIN)
    if paid.total_usable:
        excess = max(0, rest_of_total(paid) - sum(case.due[kind] or 0 for kind in paid.unknown))
        # Either all of it went to the member, or the scheme has no known shortfall to set it
        # against: so the member's shortfall comes first.
        off_member = min(excess, max(0, member))
        off_scheme = min(excess - off_member, max(0, scheme))
        member, scheme = member - off_member, scheme - off_scheme
    not_placed = estimate > sum(most.values())
    return Gross(member, scheme, not_placed, assumed_split, tuple(shares.items()))


@dataclass(frozen=True)
class Net:
    """The difference by payee after the cash alternative and self-funded strain."""

    member: int
    scheme: int
    credit: int
    reasons: frozenset[str]

    @property
    def difference(self) -> int:
        """2021 Regs 4(3): one net difference."""
        return self.member + self.scheme


def net_shortfalls(case: Case, gross: Gross, credit_it: bool) -> Net:
    """2021 Regs 4(3)(a) to (d): one net difference, owed to one payee or more.

    The cash alternative (2020 Regs 8) stood in for the strain, so it is credited there first.
    Strain that the member paid is owed back to the member.
    """
    reasons = set()
    member, scheme = gross.member, gross.scheme
    if gross.member < 0:
        reasons.add("member_overpaid_at_exit")
        scheme += gross.member
    if gross.scheme < 0:
        reasons.add("scheme_overpaid_at_exit")
        member += gross.scheme
    member, scheme = max(0, member), max(0, scheme)
    credit = case.cash_alternative_paid if credit_it else 0
    if credit > member + scheme:
        reasons.add("cash_alternative_exceeds_shortfall")
    from_scheme = min(credit, scheme)
    from_member = min(credit - from_scheme, member)
    member, scheme = member - from_member, scheme - from_scheme
    self_funded = min(case.member_funded_strain, scheme)
    if self_funded:
        reasons.add("self_funded_strain")
    return Net(member + self_funded, scheme - self_funded, credit, frozenset(reasons))


# --- Whether regulation 4 is the basis ----------------------------------------------------------


def paid_outside_by_date(case: Case) -> bool:
    """2021 Regs 2, "relevant period": the payment was made before or after it."""
    return not CAP_STARTS <= (case.payment_date or case.exit_date) <= CAP_REVOKED


def nothing_paid(case: Case, paid: Paid) -> bool:
    """2021 Regs 4(2)(a): no exit payment was made at all, though something was due."""
    if not paid.exact or not any(case.due.values()):
        return False
    return paid.total == 0 and case.cash_alternative_paid == 0


# --- Interest: 2021 Regs 4(3), JDO 1993 --------------------------------------------------------


def simple_interest(principal: int, start: Day, end: Day, top_up: int, top_up_day: Day) -> int:
    """Judgment Debts (Rate of Interest) Order 1993 art 2: 8% a year, simple, on 365 days.

    The first day is left out and the last counts. A top-up lowers the principal from its day.
    """
    if end <= start:
        return 0
    turn = min(max(top_up_day, start), end)
    before = principal * (turn - start).days
    after = max(0, principal - top_up) * (end - turn).days
    return half_up((before + after) * 8, 36_500)


def daily_interest(outstanding: int) -> int:
    """A day's interest on what is still owed, for information."""
    return half_up(outstanding * 8, 36_500)


def start_under(reading: str, usual_start: Day, exit_date: Day) -> Day:
    """2021 Regs 4(3) fixes a rate and no first day: the readings of it."""
    return {
        "payment": usual_start,
        "exit": exit_date,
        "revocation": max(usual_start, CAP_REVOKED),
        "earliest": min(usual_start, exit_date),
    }[reading]


@dataclass(frozen=True)
class Claim:
    """What is owed on the day of calculation, by payee."""

    member_outstanding: int
    scheme_outstanding: int
    member_from: Day
    scheme_from: Day
    member_interest: int
    scheme_interest: int
    reasons: frozenset[str]

    @property
    def member_total(self) -> int:
        """Principal and unpaid interest owed to the member."""
        return self.member_outstanding + self.member_interest

    @property
    def scheme_total(self) -> int:
        """Principal and unpaid interest owed to the scheme."""
        return self.scheme_outstanding + self.scheme_interest


def has_top_up(case: Case) -> bool:
    """Something was paid after the exit."""
    return case.top_up_member + case.top_up_scheme + case.top_up_interest > 0


def top_up_counts(case: Case, as_at: Day) -> bool:
    """Something was paid after the exit and by the day of calculation."""
    return has_top_up(case) and case.top_up_date is not None and case.top_up_date <= as_at


def claim(case: Case, net: Net, with_interest: bool, reading: str, as_at: Day) -> Claim:
    """2021 Regs 4(3): the difference less what was paid since, and interest still unpaid.

    One payee's excess is never used for the other. Interest paid goes to the member's line first.
    """
    counts = top_up_counts(case, as_at)
    to_member = case.top_up_member if counts else 0
    to_scheme = case.top_up_scheme if counts else 0
    as_interest = case.top_up_interest if counts else 0
    reasons = set()
    if to_member > net.member:
        reasons.add("member_overpaid_since")
    if to_scheme > net.scheme:
        reasons.add("scheme_overpaid_since")
    member_usual = case.payment_date or case.exit_date
    scheme_usual = case.strain_due_date or member_usual
    member_from = start_under(reading, member_usual, case.exit_date)
    scheme_from = start_under(reading, scheme_usual, case.exit_date)
    member_interest = scheme_interest = 0
    if with_interest:
        turn = case.top_up_date or as_at
        member_gross = simple_interest(net.member, member_from, as_at, to_member, turn)
        scheme_gross = simple_interest(net.scheme, scheme_from, as_at, to_scheme, turn)
        if as_interest > member_gross + scheme_gross:
            reasons.add("interest_overpaid_since")
        member_interest = max(0, member_gross - as_interest)
        left = max(0, as_interest - member_gross)
        scheme_interest = max(0, scheme_gross - left)
    return Claim(
        max(0, net.member - to_member),
        max(0, net.scheme - to_scheme),
        member_from,
        scheme_from,
        member_interest,
        scheme_interest,
        frozenset(reasons),
    )


# --- Time limits: Limitation Act 1980 ss.5, 9, 29, 30 -------------------------------------------


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


def urgency(case: Case, last_days: Iterable[Day | None], as_at: Day) -> str:
    """How near the earlier deadline still open is."""
    if case.nation == "scotland":
        return "advice"
    still_open = [(last - as_at).days for last in last_days if last is not None and last >= as_at]
    if not still_open:
        return "expired"
    days = min(still_open)
    return "red" if days <= 28 else "amber" if days <= 90 else "green"


# --- One exit on given assumptions --------------------------------------------------------------


@dataclass(frozen=True)
class Trial:
    """One exit in scope, worked out on one assumption about notice pay and the cap used before."""

    triage: str
    dues_unknown: frozenset[str]
    needs: frozenset[str]
    parts: dict[str, int]
    used_before: int
    available: int | None
    allowed: int
    reduction: int
    paid: Paid
    gross: Gross
    net: Net
    basis: bool
    claim: Claim
    reasons: frozenset[str]

    @property
    def counted(self) -> int:
        """2020 Regs 5: the total that counts, unknown parts left out."""
        return sum(self.parts.values())

    @property
    def shares_of_unknown(self) -> dict[str, int]:
        """What each payment of unknown amount is taken to have lost."""
        return dict(self.gross.shares)

    @property
    def headroom(self) -> int | None:
        """How far the counted total is from the cap."""
        return None if self.available is None else max(0, self.available - self.counted)


def try_exit(
    case: Case,
    protected: int,
    used_before: int,
    exempt: bool,
    positions: Positions,
    as_at: Day,
) -> Trial:
    """The whole calculation for one exit, in legal order."""
    parts = counted_parts(case, positions, exempt)
    counted = sum(parts.values())
    available = None
    if not case.wholly_waived:
        available = max(0, CAP + case.relaxed_amount - used_before)
    allowed = counted if available is None else allowed_under(available, counted, protected)
    reduction = counted - allowed

    dues_unknown = unknown_dues(case)
    # The strain is blank here, so counted is the other counted payments.
    if strain_may_be_hidden(case) and available is not None and counted <= available:
        dues_unknown.add(STRAIN)
    needs = {f"{kind}_due" for kind in dues_unknown}
    paid = what_was_paid(case, dues_unknown)
    if is_late_exit(case) and case.nation != "wales" and not paid.exact:
        needs |= {f"{kind}_paid" for kind in paid.unknown if kind not in dues_unknown}

    known = counted_shortfalls(case, paid, parts, positions, exempt)
    gross = gross_shortfalls(case, paid, parts, protected, reduction, known, positions.cut_order)
    net = net_shortfalls(case, gross, positions.cash_alternative == "credit")

    reasons: set[str] = set()
    basis = not case.wholly_waived
    if paid_outside_by_date(case) or nothing_paid(case, paid):
        reasons.add("paid_outside_relevant_period")
        basis = False
    if not needs and net.difference > 0 and reduction == 0:
        reasons.add("shortfall_within_cap")
        basis = False
    owed = claim(case, net, basis, positions.interest_start, as_at)
    over_cap = available is not None and counted > available
    triage = "needs_data"
    if not needs:
        near = available is not None and 0 <= available - counted < positions.near_line_margin
        triage = triage_of(case, net, owed, reduction, paid.exact, near, as_at)
        if triage == "not_capped" and over_cap:
            reasons.add("over_cap_paid_in_full")
        reasons |= net.reasons | owed.reasons
        if gross.not_placed:
            reasons.add("reduction_not_placed")
        if gross.assumed_split:
            reasons.add("split_assumed")
    return Trial(
        triage=triage,
        dues_unknown=frozenset(dues_unknown),
        needs=frozenset(needs),
        parts=parts,
        used_before=used_before,
        available=available,
        allowed=allowed,
        reduction=reduction,
        paid=paid,
        gross=gross,
        net=net,
        basis=basis,
        claim=owed,
        reasons=frozenset(reasons),
    )


def counted_shortfalls(
    case: Case, paid: Paid, parts: dict[str, int], positions: Positions, exempt: bool
) -> dict[str, int]:
    """Known shortfalls as far as they count; of notice pay, what counted of due less of paid."""
    known = {}
    for kind in PAYMENTS:
        if kind not in paid.unknown:
            amount = case.paid[kind] or 0
            if kind == "notice_pay":
                amount = notice_pay_counted(amount, case, positions, exempt)
            known[kind] = parts[kind] - amount
    return known


def triage_of(
    case: Case, net: Net, owed: Claim, reduction: int, exact: bool, near: bool, as_at: Day
) -> str:
    """The first heading that applies to an exit with all the facts it needs."""
    if net.difference > 0 and top_up_counts(case, as_at):
        settled = owed.member_total == 0 and owed.scheme_total == 0
        return "repaired" if settled else "part_repaired"
    if net.difference > 0 and reduction > 0:
        return "capped_exact" if exact else "capped_estimate"
    if net.difference > 0:
        return "underpaid_not_capped"
    return "near_line" if near else "not_capped"


# --- Pension: LGPS 2013 regs 30, 81; TP 2014 Sch 2 ----------------------------------------------

SPA_TABLE_STARTS = Day(1954, 10, 6)  # anyone born earlier had reached it by 4 November 2020
ONE_DAY = datetime.timedelta(days=1)


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


def reduction(column: str, begins: Day, pension_day: Day) -> Fraction | None:
    """LGPS 2013 reg 30(5): the part taken off, part years by days / 365; None outside the table."""
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


def at_55(case: Case) -> bool | None:
    """LGPS 2013 reg 30(5): 55 or over when the pension begins; None where the birth is not known."""
    born = case.date_of_birth
    return None if born is None else anniversary(born, 55) <= case.exit_date + ONE_DAY


def is_lgps(case: Case) -> bool:
    """In the LGPS, by the scheme given or, where none is, by the LGPS benefits given."""
    tranches = ("pension_to_2008", "lump_sum_to_2008", "pension_2008_2014", "pension_care")
    given = any(case.pension[name] is not None for name in tranches)
    return case.scheme == "lgps" or (case.scheme in ("", "unknown") and given)


def pension_day_of(case: Case, tranche: str, rule_of_85_met: bool) -> Day | None:
    """The day a tranche is paid in full: 65, State Pension age if later, or 60 where protected."""
    born = case.date_of_birth
    assert born is not None
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


def reduced_to(
    case: Case, column: str, tranches: Iterable[str], rule_of_85_met: bool
) -> int | None:
    """LGPS 2013 reg 30(5): what is left of the tranches after reduction, rounded once."""
    left = Fraction(0)
    for name in tranches:
        amount = case.pension[name] or 0
        if not amount:
            continue
        pension_day = pension_day_of(case, name, rule_of_85_met)
        if pension_day is None:
            return None
        off = reduction(column, case.exit_date + ONE_DAY, pension_day)
        if off is None:
            return None
        left += amount * (1 - off)
    return half_up(left.numerator, left.denominator)


@dataclass(frozen=True)
class Benefit:
    """A pension or a lump sum: nothing entered, or the loss, or not known."""

    entered: bool
    loss: int | None


def benefit(
    case: Case, name: str, column: str, tranches: tuple[str, ...], rule_of_85_met: bool
) -> Benefit:
    """LGPS 2013 reg 30(7): unreduced less paid, as entered, else from what happened and the tranches."""
    due, paid = case.pension[f"{name}_due"], case.pension[f"{name}_paid"]
    given = [case.pension[tranche] for tranche in tranches]
    has_tranches = any(amount is not None for amount in given)
    entered = due is not None or paid is not None or has_tranches
    if due is not None and paid is not None:
        return Benefit(True, max(0, due - paid))
    if case.pension_outcome == "unreduced":
        return Benefit(entered, 0)
    usable = has_tranches and is_lgps(case) and at_55(case) is not False
    if case.pension_outcome == "deferred":
        if due is not None:
            return Benefit(True, due)
        return Benefit(entered, sum(amount or 0 for amount in given) if usable else None)
    if case.pension_outcome == "self_funded" or not usable or not at_55(case):
        return Benefit(entered, None)
    if case.nation not in ("england", "wales"):  # the factors are not those of other nations
        return Benefit(entered, None)
    left = reduced_to(case, column, tranches, rule_of_85_met)
    whole = sum(amount or 0 for amount in given)
    return Benefit(True, None if left is None else max(0, whole - left))


@cache
def increases() -> tuple[tuple[Day, Fraction], ...]:
    """Pensions increase by the day it takes effect."""
    return tuple(
        (Day.fromisoformat(row["effective_from"]), Fraction(row["percent"]) / 100)
        for row in table_rows("pensions_increase.csv")
    )


def complete_months(begins: Day, first: Day) -> int:
    """SI 2021/275 art 3(2)(b): complete months, 16 odd days or more counting as one."""
    months = 0
    while months_later(begins, months + 1) <= first:
        months += 1
    odd = (first - months_later(begins, months)).days
    return months + (odd >= 16)


@cache
def increased_days(begins: Day, start: Day, end: Day) -> Fraction:
    """The days from start to the day before end, each with the increases in force on it."""
    total, level = Fraction(0), Fraction(1)
    edges = [*increases(), (Day.max, Fraction(0))]
    at = start
    for place, (takes_effect, percent) in enumerate(edges):
        if takes_effect > at:
            until = min(end, takes_effect)
            total += level * max(0, (until - at).days)
            at = max(at, until)
        part = Fraction(complete_months(begins, takes_effect), 12) if place == 0 else Fraction(1)
        level *= 1 + percent * part
    return total


def pension_end(case: Case, as_at: Day) -> Day:
    """Arrears run to the day of calculation, or to the day the pension was put right."""
    restored = case.pension_restored_on
    return min(as_at, restored) if restored else as_at


def pension_arrears(loss: int, begins: Day, end: Day) -> int | None:
    """The yearly gap / 365.25 for each day, end day not counted; None past the known increases."""
    if not loss or end <= begins:
        return 0
    if end - ONE_DAY > known_to("pensions_increase.csv"):
        return None
    whole = loss * increased_days(begins, begins, end) / Fraction(1461, 4)
    return half_up(whole.numerator, whole.denominator)


@cache
def bank_rates() -> tuple[tuple[Day, Fraction], ...]:
    """Bank Rate, standing for base rate, by its first day."""
    return tuple(
        (Day.fromisoformat(row["effective_from"]), Fraction(row["rate_percent"]) / 100)
        for row in table_rows("bank_rate.csv")
    )


def simple_growth(start: Day, end: Day, margin: Fraction) -> Fraction:
    """1 and the interest of each day from start to the day before end."""
    interest = Fraction(0)
    edges = [*bank_rates(), (known_to("bank_rate.csv") + ONE_DAY, Fraction(0))]
    for (first, rate), (after, _) in itertools.pairwise(edges):
        days = (min(end, after) - max(start, first)).days
        if days > 0:
            interest += (rate + margin) * days / 365
    return 1 + interest


@cache
def growth(due: Day, paid: Day, margin: Fraction) -> Fraction:
    """LGPS 2013 reg 81(4): interest by the day, added every three months from the due date."""
    grown, start, rests = Fraction(1), due, 1
    while start < paid:
        end = min(paid, months_later(due, 3 * rests))
        grown *= simple_growth(start, end, margin)
        start, rests = end, rests + 1
    return grown


def interest_terms(case: Case) -> tuple[Fraction, int, int] | None:
    """The scheme's own rule: margin over base rate, months of grace for pension and lump sum."""
    south = case.nation in ("england", "wales")
    one = Fraction(1, 100)
    if is_lgps(case) and (south or case.nation == "scotland"):
        return one, 12, 1  # LGPS 2013 reg 81; LGPS (Scotland) 2018 reg 76
    if case.scheme == "tps" and south:
        return Fraction(0), 1, 1  # Teachers' Pension Scheme Regulations 2014 reg 178
    if case.scheme == "nhs" and case.nation == "scotland":
        return Fraction(0), 1, 1  # SSI 2015/94 Sch 3 para 9
    return None


def rates_are_known(end: Day) -> bool:
    """Base rate is known to the day before the end."""
    return end - ONE_DAY <= known_to("bank_rate.csv")


def interest_on_arrears(
    loss: int, begins: Day, end: Day, margin: Fraction, grace: int
) -> int | None:
    """LGPS 2013 reg 81: each month's arrears, due on its last day, on its own."""
    total = Fraction(0)
    first = begins
    while (after := months_later(first.replace(day=1), 1)) <= end:
        due = after - ONE_DAY
        if end > months_later(due, grace):
            if not rates_are_known(end) or end - ONE_DAY > known_to("pensions_increase.csv"):
                return None
            instalment = loss * increased_days(begins, first, after) / Fraction(1461, 4)
            total += instalment * (growth(due, end, margin) - 1)
        first = after
    return half_up(total.numerator, total.denominator)


def interest_on_lump_sum(
    loss: int, begins: Day, end: Day, margin: Fraction, grace: int
) -> int | None:
    """LGPS 2013 reg 81: from the due date, where it is paid more than a month after."""
    if end <= months_later(begins, grace):
        return 0
    if not rates_are_known(end):
        return None
    interest = loss * (growth(begins, end, margin) - 1)
    return half_up(interest.numerator, interest.denominator)


def pension_interest(
    case: Case, yearly: Benefit, lump_sum: Benefit, begins: Day, end: Day
) -> int | None:
    """The scheme's interest; None where a benefit entered, the rule or a rate is not known."""
    if yearly.loss is None and lump_sum.loss is None:
        return None
    if any(part.loss is None and part.entered for part in (yearly, lump_sum)):
        return None
    loss, lump = yearly.loss or 0, lump_sum.loss or 0
    if end <= begins or not (loss or lump):
        return 0
    terms = interest_terms(case)
    if terms is None:
        return None
    margin, pension_grace, lump_grace = terms
    parts = (
        interest_on_arrears(loss, begins, end, margin, pension_grace) if loss else 0,
        interest_on_lump_sum(lump, begins, end, margin, lump_grace) if lump else 0,
    )
    return None if None in parts else sum(part or 0 for part in parts)


def pension_columns(case: Case, positions: Positions, as_at: Day) -> dict[str, str]:
    """What the cap cost in pension, to be confirmed by the scheme; never part of the difference."""
    begins, end = case.exit_date + ONE_DAY, pension_end(case, as_at)
    met = positions.rule_of_85_met
    tranches = ("pension_to_2008", "pension_2008_2014", "pension_care")
    yearly = benefit(case, "pension", "pension_percent", tranches, met)
    automatic = ("lump_sum_to_2008",)
    lump_sum = benefit(case, "lump_sum", "lump_sum_percent", automatic, met)
    if case.pension["pension_to_2008"]:
        # Service to March 2008 brings a lump sum of its own, so a blank one is not none.
        lump_sum = Benefit(True, lump_sum.loss)
    arrears = None if yearly.loss is None else pension_arrears(yearly.loss, begins, end)
    return {
        "pension_yearly_loss": money_text(yearly.loss),
        "pension_arrears": money_text(arrears),
        "lump_sum_arrears": money_text(lump_sum.loss),
        "pension_interest": money_text(pension_interest(case, yearly, lump_sum, begins, end)),
    }


# --- Tax: ITEPA ss.401 to 404 ------------------------------------------------------------------


@cache
def tax_bands(year: str, nation: str) -> tuple[tuple[int | None, int], ...]:
    """Upper limit of taxable income in pence and rate in per cent; no limit is None."""
    return tuple(
        (
            int(row["band_upper_limit_of_taxable_income"]) * 100
            if row["band_upper_limit_of_taxable_income"]
            else None,
            int(row["rate_percent"]),
        )
        for row in table_rows("income_tax_bands.csv")
        if row["tax_year"] == year and row["nation"] == nation
    )


@cache
def full_allowance(year: str) -> int:
    """The personal allowance before any taper, in pence."""
    rows = [row for row in table_rows("income_tax_bands.csv") if row["tax_year"] == year]
    return int(rows[0]["personal_allowance"]) * 100


def tax_year_of(on: Day) -> str | None:
    """The tax year of a day, from 6 April to 5 April; None outside the table."""
    starts = on.year if (on.month, on.day) >= (4, 6) else on.year - 1
    year = f"{starts}-{(starts + 1) % 100:02d}"
    return (
        year if any(row["tax_year"] == year for row in table_rows("income_tax_bands.csv")) else None
    )


def tax_on(taxable: Fraction, bands: tuple[tuple[int | None, int], ...], share: int) -> Fraction:
    """Tax by bands, each limit divided by share."""
    tax, below = Fraction(0), Fraction(0)
    for limit, percent in bands:
        top = taxable if limit is None else min(taxable, Fraction(limit, share))
        tax += max(Fraction(0), top - below) * percent / 100
        below = top if limit is None else Fraction(limit, share)
    return tax


def year_tax(income: int, year: str, nation: str) -> Fraction:
    """The tax of a year after the allowance, which falls a pound for each whole two above 100,000."""
    over = max(0, income - 100_000_00)
    allowance = max(0, full_allowance(year) - over // 200 * 100)
    return tax_on(Fraction(max(0, income - allowance)), tax_bands(year, nation), 1)


def tax_columns(case: Case, trial: Trial, as_at: Day) -> dict[str, str]:
    """ITEPA ss.403, 404: what is left of 30,000, the deduction by 0T month 1, and the extra tax."""
    received = case.cash_alternative_paid
    for kind in PAYMENTS:
        if kind in (STRAIN, "notice_pay", "shares"):
            continue
        paid = case.paid[kind]
        if paid is None:
            paid = (case.due[kind] or 0) - trial.shares_of_unknown.get(kind, 0)
        received += paid
    if top_up_counts(case, as_at):
        received += case.top_up_member
    owed = trial.claim.member_outstanding
    free = min(owed, max(0, 30_000_00 - received))
    taxable = owed - free
    year = tax_year_of(as_at)
    nation = "scotland" if case.nation == "scotland" else "ruk"
    on_payment: int | None = None
    extra: int | None = None
    if taxable == 0:
        on_payment = extra = 0
    elif year is not None:
        month = tax_on(Fraction(taxable), tax_bands(year, nation), 12)
        on_payment = half_up(month.numerator, month.denominator)
        if case.other_income is not None:
            more = year_tax(case.other_income + taxable, year, nation)
            more -= year_tax(case.other_income, year, nation)
            extra = half_up(more.numerator, more.denominator)
    return {
        "tax_free_part": money_text(free),
        "taxable_part": money_text(taxable),
        "tax_on_payment": money_text(on_payment),
        "extra_tax": money_text(extra),
    }


# --- Rows of results ---------------------------------------------------------------------------


@dataclass(frozen=True)
class EarlierExit:
    """2020 Regs 3(b): an earlier exit of the same person and what it used of the cap."""

    case: Case
    use: int | None  # None: unknown


@dataclass
class Result:
    """One row of results and what the exit used of the cap."""

    columns: dict[str, str]
    notes: Notes
    use: int | None


def empty_columns(row: dict[str, str], triage: str, as_at: Day) -> dict[str, str]:
    """The columns that every row has, in order, the rest empty."""
    columns = dict.fromkeys(COLUMNS, "")
    for name in ("case_ref", "person_ref", "employer_name"):
        columns[name] = (row.get(name) or "").strip()
    columns["triage"] = triage
    columns["as_at"] = as_at.isoformat()
    return columns


def redundancy_columns(pay: Redundancy, used: int | None) -> dict[str, str]:
    """The statutory redundancy columns."""
    half_weeks = pay.half_weeks
    weeks = "" if half_weeks is None else f"{half_weeks // 2}.{5 * (half_weeks % 2)}"
    return {
        "statutory_redundancy_used": money_text(used),
        "redundancy_years": number_text(pay.years),
        "redundancy_weeks": weeks,
        "relevant_date": day_text(pay.relevant_date),
        "weekly_pay_limit": money_text(pay.limit),
    }


def total_columns(
    case: Case, parts: dict[str, int], salary_open: bool, dues_unknown: Iterable[str], paid: Paid
) -> dict[str, str]:
    """Counted, exempt, due and paid, each where every part of it is known."""
    unknown = set(dues_unknown)
    due_total = sum(case.due[kind] or 0 for kind in PAYMENTS)
    exempt_notice = (case.due["notice_pay"] or 0) - parts["notice_pay"]
    exempt_total = case.holiday_pay + case.other_exempt + exempt_notice
    return {
        "counted_total": "" if unknown or salary_open else money_text(sum(parts.values())),
        "exempt_total": "" if "notice_pay" in unknown or salary_open else money_text(exempt_total),
        "due_total": "" if unknown else money_text(due_total),
        "paid_total": money_text(paid.total),
    }


def clock_columns(name: str, last_day: Day | None, as_at: Day) -> dict[str, str]:
    """A clock's last day and the days left to it."""
    left = None if last_day is None else (last_day - as_at).days
    return {f"{name}_last_day": day_text(last_day), f"{name}_days_left": number_text(left)}


def difference_columns(net: Net) -> dict[str, str]:
    """The difference and whose it is."""
    return {
        "cash_alternative_credit": money_text(net.credit),
        "difference": money_text(net.difference),
        "member_shortfall": money_text(net.member),
        "scheme_shortfall": money_text(net.scheme),
    }


def note_facts(case: Case, pay: Redundancy, as_at: Day, notes: Notes) -> None:
    """What the facts alone say, whatever the outcome."""
    if pay.relevant_date is not None and case.notice_given_on is None and not case.no_notice:
        notes.missing.add("notice_given_on")
    if has_top_up(case) and case.top_up_date is not None:
        if case.top_up_date > as_at:
            notes.reasons.add("top_up_after_as_at")
        if case.top_up_date <= CAP_REVOKED:
            notes.reasons.add("top_up_in_relevant_period")


def note_split_and_settlement(case: Case, paid: Paid, gross: Gross, net: Net, notes: Notes) -> None:
    """Facts that would lift the confidence in a difference that is shown."""
    if not paid.exact or gross.assumed_split:
        notes.missing |= {f"{kind}_paid" for kind in paid.unknown}
    if net.difference > 0 and not case.settlement_agreement:
        notes.missing.add("settlement_agreement")


def out_of_scope_row(
    case: Case, row: dict[str, str], positions: Positions, as_at: Day, notes: Notes
) -> Result:
    """An exit that the 2020 Regulations did not reach; its shortfall is another kind of claim."""
    columns = empty_columns(row, "out_of_scope", as_at)
    pay = redundancy_pay(case, positions)
    statutory = statutory_redundancy_used(case, pay, notes)
    note_facts(case, pay, as_at, notes)
    if salary_matters(case):
        notes.reasons.add("notice_pay_taken_as_exempt")
    parts = counted_parts(case, positions, exempt=True)
    dues_unknown = unknown_dues(case)
    paid = what_was_paid(case, dues_unknown)
    if paid.mismatch:
        notes.reasons.add("total_paid_mismatch")
    columns |= redundancy_columns(pay, statutory)
    columns |= total_columns(case, parts, False, dues_unknown, paid)
    columns |= clock_columns("contract", contract_last_day(case, as_at), as_at)
    if not dues_unknown and paid.exact:
        gross = gross_shortfalls(case, paid, parts, statutory or 0, 0, {}, positions.cut_order)
        net = net_shortfalls(case, gross, positions.cash_alternative == "credit")
        columns |= difference_columns(net)
        notes.reasons |= net.reasons
        if gross.assumed_split:
            notes.reasons.add("split_assumed")
        if net.difference > 0:
            notes.reasons.add("needs_review")
        note_split_and_settlement(case, paid, gross, net, notes)
    return Result(columns, notes, 0)


@dataclass(frozen=True)
class Trials:
    """One exit under each assumption that is open: notice pay exempt or counted, cap used or not.

    Where nothing is unknown the four are alike.
    """

    likely: Trial  # notice pay wholly exempt, nothing used by exits whose use is unknown
    counted: Trial  # notice pay wholly counted
    used: Trial  # the whole cap used by exits whose use is unknown
    counted_and_used: Trial

    @property
    def salary_decides(self) -> bool:
        """2020 Regs 6(g): the outcome depends on a salary that is unknown."""
        return (
            self.likely.triage != self.counted.triage
            or self.used.triage != self.counted_and_used.triage
        )

    @property
    def linked_decides(self) -> bool:
        """2020 Regs 3(b): the outcome depends on an earlier exit whose use is unknown."""
        return (
            self.likely.triage != self.used.triage
            or self.counted.triage != self.counted_and_used.triage
        )

    @property
    def needs_data(self) -> bool:
        """A fact that decides the outcome is unknown."""
        return self.likely.triage == "needs_data" or self.salary_decides or self.linked_decides

    @property
    def differences_differ(self) -> bool:
        """2020 Regs 6(g): the unknown salary changes the difference, though not the triage."""
        return self.likely.net.difference != self.counted.net.difference


def try_all(
    case: Case,
    protected: int,
    earlier: list[EarlierExit],
    positions: Positions,
    as_at: Day,
) -> Trials:
    """2020 Regs 3(b), 6(g): an unknown use of the cap is nothing or the whole cap."""
    least = sum(exit_.use or 0 for exit_ in earlier)
    # Exits within 28 days of this one share one cap among themselves: one whole cap, not one each.
    most = least + (CAP if any(exit_.use is None for exit_ in earlier) else 0)
    otherwise = not salary_matters(case)
    return Trials(
        likely=try_exit(case, protected, least, True, positions, as_at),
        counted=try_exit(case, protected, least, otherwise, positions, as_at),
        used=try_exit(case, protected, most, True, positions, as_at),
        counted_and_used=try_exit(case, protected, most, otherwise, positions, as_at),
    )


def note_unknowns(case: Case, trials: Trials, unknown_users: list[Case], notes: Notes) -> None:
    """What is unknown about the payments, the salary and earlier exits, and whether it decides."""
    notes.missing |= trials.likely.needs
    if trials.salary_decides:
        notes.missing.add("annual_salary")
    elif salary_matters(case):
        notes.reasons.add("notice_pay_taken_as_exempt")
    if trials.linked_decides:
        notes.missing |= {f"case:{user.case_ref}" for user in unknown_users}
    elif unknown_users:
        notes.reasons.add("linked_exit_unknown")
    if trials.likely.paid.mismatch:
        notes.reasons.add("total_paid_mismatch")


def in_scope_row(
    case: Case,
    row: dict[str, str],
    earlier: list[EarlierExit],
    positions: Positions,
    as_at: Day,
    notes: Notes,
) -> Result:
    """An exit that the 2020 Regulations reached."""
    pay = redundancy_pay(case, positions)
    statutory = statutory_redundancy_used(case, pay, notes)
    note_doubts_of_scope(case, notes)
    note_facts(case, pay, as_at, notes)
    unknown_users = [exit_.case for exit_ in earlier if exit_.use is None]
    trials = try_all(case, statutory or 0, earlier, positions, as_at)
    trial, salary_open = trials.likely, trials.salary_decides
    note_unknowns(case, trials, unknown_users, notes)

    triage = "needs_data" if trials.needs_data else trial.triage
    columns = empty_columns(row, triage, as_at)
    columns |= redundancy_columns(pay, statutory)
    columns |= total_columns(case, trial.parts, salary_open, trial.dues_unknown, trial.paid)
    if not trials.linked_decides:
        columns["cap_used_before"] = money_text(trial.used_before)
        columns["cap_available"] = money_text(trial.available)
        if not salary_open:
            columns["strain_needed_to_breach"] = strain_needed_to_breach(case, trial)
    if triage == "needs_data":
        notes.reasons |= trial.reasons & {"paid_outside_relevant_period"}
    else:
        columns |= outcome_columns(case, trials, positions, as_at, notes)
    columns |= pension_columns(case, positions, as_at)
    columns |= deadline_columns(case, trial, triage, as_at, notes)
    use_known = not (trial.dues_unknown or salary_open or unknown_users)
    return Result(columns, notes, use_of_the_cap(case, trial, statutory or 0, use_known))


def outcome_columns(
    case: Case, trials: Trials, positions: Positions, as_at: Day, notes: Notes
) -> dict[str, str]:
    """The figures of an exit with all the facts it needs."""
    trial = trials.likely
    notes.reasons |= trial.reasons
    note_split_and_settlement(case, trial.paid, trial.gross, trial.net, notes)
    if trials.differences_differ:
        notes.missing.add("annual_salary")
    return {
        "confidence": confidence(case, trial, trials.differences_differ),
        **cap_columns(case, trial),
        **difference_columns(trial.net),
        **claim_columns(case, trial, positions, as_at),
        **tax_columns(case, trial, as_at),
    }


def deadline_columns(
    case: Case, trial: Trial, triage: str, as_at: Day, notes: Notes
) -> dict[str, str]:
    """Each clock on its own, and how near the earlier one still open is."""
    contract = contract_last_day(case, as_at)
    statute = statute_last_day(case, as_at)
    if triage == "needs_data":
        statute_applies = not (case.wholly_waived or paid_outside_by_date(case))
    else:
        statute_applies = trial.basis
    if not statute_applies:
        statute = None
    if contract and statute and (contract < as_at) != (statute < as_at):
        notes.reasons.add("contract_clock_expired")
    open_claim = trial.claim.member_total + trial.claim.scheme_total > 0
    matters = triage == "needs_data" or open_claim
    return {
        **clock_columns("contract", contract, as_at),
        **clock_columns("statute", statute, as_at),
        "urgency": urgency(case, (contract, statute), as_at) if matters else "",
    }


def use_of_the_cap(case: Case, trial: Trial, protected: int, known: bool) -> int | None:
    """2020 Regs 3(b): what an exit takes of the cap that later exits share, without relaxation."""
    if case.wholly_waived:
        return 0
    if not known:
        return None
    return allowed_under(max(0, CAP - trial.used_before), trial.counted, protected)


def strain_needed_to_breach(case: Case, trial: Trial) -> str:
    """The strain above which the cap would bite, where strain is not given."""
    if not strain_may_be_hidden(case) or trial.dues_unknown - {STRAIN} or trial.headroom is None:
        return ""
    return money_text(trial.headroom)


def cap_columns(case: Case, trial: Trial) -> dict[str, str]:
    """The cap, and how far the employer cut below it."""
    over_reduced: int | None = None
    if trial.paid.total is not None:
        due_total = sum(case.due[kind] or 0 for kind in PAYMENTS)
        cut = due_total - trial.paid.total - case.cash_alternative_paid
        over_reduced = max(0, cut - trial.reduction)
    return {
        "allowed_total": money_text(trial.allowed),
        "reduction_expected": money_text(trial.reduction),
        "headroom": money_text(trial.headroom),
        "over_reduced_by": money_text(over_reduced),
    }


def confidence(case: Case, trial: Trial, salary_open: bool) -> str:
    """Whether the difference rests on documents, on what was said, or on an estimate."""
    if not trial.paid.exact or trial.gross.assumed_split or salary_open:
        return "estimated"
    if case.evidence & EVIDENCE_OF_DUE and case.evidence & EVIDENCE_OF_PAID:
        return "documented"
    return "stated"


def claim_columns(case: Case, trial: Trial, positions: Positions, as_at: Day) -> dict[str, str]:
    """What is still owed, its interest, and the lowest and highest figures."""
    owed, net = trial.claim, trial.net
    low_net = net_shortfalls(case, trial.gross, credit_it=True)
    low = claim(case, low_net, trial.basis, "revocation", as_at)
    high = claim(case, net, trial.basis, "earliest", as_at)
    columns = {
        "member_outstanding": money_text(owed.member_outstanding),
        "scheme_outstanding": money_text(owed.scheme_outstanding),
        "member_total": money_text(owed.member_total),
        "scheme_total": money_text(owed.scheme_total),
        "member_total_low": money_text(low.member_total),
        "member_total_high": money_text(high.member_total),
        "scheme_total_low": money_text(low.scheme_total),
        "scheme_total_high": money_text(high.scheme_total),
    }
    if trial.basis:
        columns |= {
            "interest_from_member": day_text(owed.member_from) if net.member else "",
            "interest_from_scheme": day_text(owed.scheme_from) if net.scheme else "",
            "member_interest": money_text(owed.member_interest),
            "scheme_interest": money_text(owed.scheme_interest),
            "member_daily_interest": money_text(daily_interest(owed.member_outstanding)),
            "scheme_daily_interest": money_text(daily_interest(owed.scheme_outstanding)),
        }
    return columns


# --- A person's exits, and a file of rows -------------------------------------------------------


def is_in_scope(case: Case) -> bool:
    """2020 Regs 2: a relevant public sector exit while the cap was in force."""
    return employer_in_scope(case, Notes()) and exit_day_in_scope(case, Notes())


def note_order_and_duplicates(case: Case, exits: list[Case], notes: Notes) -> None:
    """2020 Regs 4(b)(iv): where nothing else orders exits of one day; and rows entered twice."""
    others = [other for other in exits if other.index != case.index]
    # Reg 4 orders relevant public sector exits; one that is out of scope has no place in the order.
    ordered = [other for other in others if is_in_scope(other)] if is_in_scope(case) else []
    if any(reg_4_key(other) == reg_4_key(case) for other in ordered):
        notes.reasons.add("same_day_order")
    for other in others:
        same_employer = plain_name(other.employer_name) == plain_name(case.employer_name)
        if case.employer_name and same_employer and other.exit_date == case.exit_date:
            notes.reasons.add("possible_duplicate")


def assess_person(
    exits: list[Case], rows: list[dict[str, str]], positions: Positions, as_at: Day
) -> dict[int, dict[str, str]]:
    """2020 Regs 3(b) and 4: a person's exits in order, each with what earlier ones used."""
    results: dict[int, dict[str, str]] = {}
    done: list[EarlierExit] = []
    for case in sorted(exits, key=lambda exit_: (*reg_4_key(exit_), exit_.index)):
        notes = Notes()
        by_employer = employer_in_scope(case, notes)
        by_day = exit_day_in_scope(case, notes)
        note_order_and_duplicates(case, exits, notes)
        row = rows[case.index]
        if by_employer and by_day:
            window = [e for e in done if (case.exit_date - e.case.exit_date).days <= WINDOW_DAYS]
            result = in_scope_row(case, row, window, positions, as_at, notes)
        else:
            result = out_of_scope_row(case, row, positions, as_at, notes)
        result.columns["reasons"] = ";".join(sorted(notes.reasons))
        result.columns["missing"] = ";".join(sorted(notes.missing))
        results[case.index] = result.columns
        done.append(EarlierExit(case, result.use))
    return results


def assess_rows(
    rows: list[dict[str, str]], positions: dict[str, str], as_at: datetime.date
) -> list[dict[str, str]]:
    """One row of results for each row of facts, in the same order."""
    in_force = read_positions(positions)
    results: dict[int, dict[str, str]] = {}
    persons: dict[str, list[Case]] = {}
    refs_used: set[str] = set()
    for index, row in enumerate(rows):
        if row_is_in_error(row, refs_used):
            results[index] = empty_columns(row, "error", as_at)
        else:
            case = read_case(index, row)
            # A row without a person stands alone; its number is no reference a person could have.
            persons.setdefault(case.person_ref or f" {index}", []).append(case)
        refs_used.add((row.get("case_ref") or "").strip())
    for exits in persons.values():
        results |= assess_person(exits, rows, in_force, as_at)
    return [results[index] for index in range(len(rows))]
