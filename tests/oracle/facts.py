"""The facts of one exit, read from a row of text, and the readings of open questions in force."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from .basics import PAYMENTS, STRAIN, Day, anniversary

EARLIEST_DAY, LATEST_DAY = Day(1900, 1, 1), Day(2100, 12, 31)

NOT_KNOWN = {"-", "n/a", "n/k", "nk", "?", "tbc", "unknown", "not known", "don't know"} | {
    "awaited",
    "pending",
}
"""What means blank in a column of money, days or numbers."""
NO_PERSON = NOT_KNOWN | {
    *("na", "n.a.", "none", "nil", "dont know", "not applicable", "not available", "tba", "??"),
    *("--", ".", "0", "x", "see file", "as above", "blank"),
}
"""Fillers that link no exits of a person."""

CHOICES = {
    "employer_kind": {
        *("council", "maintained_school", "academy", "nhs", "police", "fire", "civil_service"),
        *("other_listed", "not_listed", "unknown"),
    },
    "nation": {"england", "wales", "scotland", "northern_ireland"},
    "cap_applied": {"in_writing", "told", "no", "unknown"},
    "entitlement": {"contract", "policy", "decided", "statute", "discretionary", "unknown"},
    "exit_reason": {
        *("redundancy", "business_efficiency", "voluntary", "settlement", "other", "unknown"),
    },
    "settlement_agreement": {"yes", "no", "unknown"},
    "scheme": {
        *("lgps", "tps", "nhs", "civil_service", "police", "fire", "other", "none", "unknown"),
    },
    "pension_outcome": {"unreduced", "reduced", "deferred", "self_funded", "unknown"},
}
CHECKS = (
    "nhs_pension_cost",
    "teachers_compensation",
    "strain_under_55",
    "entitlement",
    "settlement_agreement",
    "cash_alternative",
    "scots_law",
    "representative",
    "one_person_two_births",
)
TRANCHES = ("pension_to_2008", "lump_sum_to_2008", "pension_2008_2014", "pension_care")
PENSION_FIELDS = ("pension_due", "pension_paid", "lump_sum_due", "lump_sum_paid", *TRANCHES)


class UnreadableError(ValueError):
    """A cell that cannot be read, or facts that contradict each other."""


# --- Cells --------------------------------------------------------------------------------------


def pence(text: str) -> int | None:
    """Pounds ("1234.56", "£1,234") in pence; blank is unknown."""
    if not text or text.casefold() in NOT_KNOWN:
        return None
    plain = text.replace("£", "").replace(",", "").replace(" ", "")
    if plain.casefold() == "nil":
        return 0
    if not re.fullmatch(r"\d{1,9}(\.\d{1,2})?", plain):
        raise UnreadableError(text)
    pounds, _, rest = plain.partition(".")
    return int(pounds) * 100 + int(rest.ljust(2, "0"))


def day(text: str) -> Day | None:
    """An ISO day, or day, month and year; blank is unknown."""
    if not text or text.casefold() in NOT_KNOWN:
        return None
    british = re.fullmatch(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})", text)
    try:
        if british:
            found = Day(int(british[4]), int(british[3]), int(british[1]))
        else:
            found = Day.fromisoformat(text)
    except ValueError as error:
        raise UnreadableError(text) from error
    if not EARLIEST_DAY <= found <= LATEST_DAY:
        raise UnreadableError(text)
    return found


def choice(name: str, text: str) -> str:
    """One of the choices of a field; blank stays blank."""
    plain = text.casefold().replace(" ", "_")
    if plain and plain not in CHOICES[name]:
        raise UnreadableError(text)
    return plain


def codes(text: str) -> frozenset[str]:
    """The codes of a list."""
    return frozenset(part.strip() for part in text.split(";") if part.strip())


def matching(reference: str) -> str:
    """A reference as it is compared: spaces and case set aside."""
    return " ".join(reference.split()).casefold()


# --- Positions ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Positions:
    """Readings of the open questions of law."""

    interest_start: str
    notice_pay_reading: str
    cut_order: str
    week_divisor: str
    credits_cash_alternative: bool
    near_line_margin: int
    exits_before_cap_count: bool
    early_top_up_in_period: bool
    pension_clocks_shown: bool
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
        credits_cash_alternative=values.get("cash_alternative", "credit") == "credit",
        near_line_margin=margin,
        exits_before_cap_count=values.get("exit_before_cap", "out_of_scope") == "in_scope",
        early_top_up_in_period=values.get("early_top_up", "in_period") == "in_period",
        pension_clocks_shown=values.get("pension_clocks", "six_years") == "six_years",
        rule_of_85_met=values.get("eighty_five_year_rule") == "met",
    )


# --- Cases --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """The facts of one exit; None is unknown."""

    index: int
    case_ref: str
    person_ref: str
    employer_name: str
    employer_kind: str
    nation: str
    cap_applied: str
    entitlement: str
    exit_reason: str
    exit_date: Day
    date_of_birth: Day | None
    service_start: Day | None
    notice_given_on: Day | None
    no_notice: bool
    payment_date: Day | None
    due_date: Day | None
    strain_due_date: Day | None
    strain_paid_on: Day | None
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
    fund_acknowledged_on: Day | None
    refused_on: Day | None
    pension_decision_on: Day | None
    evidence: frozenset[str]
    scheme: str
    member_funded_strain: int
    pension_outcome: str
    pension_started_on: Day | None
    pension_restored_on: Day | None
    pension: dict[str, int | None]
    other_income: int | None
    died_on: Day | None
    representative_name: str
    checked: frozenset[str]

    @property
    def has_top_up(self) -> bool:
        """Something was paid after the exit, to whom and as what ever."""
        return self.top_up_member + self.top_up_scheme + self.top_up_interest > 0

    @property
    def something_was_due(self) -> bool:
        """A sum above 0 was due."""
        return any(self.due.values())


def read_case(index: int, row: dict[str, str]) -> Case:
    """The facts of a row; raises UnreadableError where the row is in error."""

    def text(name: str) -> str:
        return (row.get(name) or "").strip()

    def amount(name: str) -> int | None:
        return pence(text(name))

    def day_of(name: str) -> Day | None:
        return day(text(name))

    def choice_of(name: str) -> str:
        return choice(name, text(name))

    exit_date = day_of("exit_date")
    if exit_date is None or not text("case_ref"):
        raise UnreadableError("a required fact is blank")
    no_notice = text("notice_given_on").casefold() == "none"
    wholly_waived = text("relaxed_amount").casefold() == "all"
    due = {kind: amount(f"{kind}_due") for kind in PAYMENTS}
    paid = {kind: amount(f"{kind}_paid") for kind in PAYMENTS}
    for kind in PAYMENTS:
        if due[kind] == 0 and paid[kind] is None:
            paid[kind] = 0  # nothing was due, so nothing was paid: a known zero
    person_ref = matching(text("person_ref"))
    case = Case(
        index=index,
        case_ref=text("case_ref"),
        person_ref="" if person_ref in NO_PERSON else person_ref,
        employer_name=text("employer_name"),
        employer_kind=choice_of("employer_kind") or "unknown",
        nation=choice_of("nation") or "england",
        cap_applied=choice_of("cap_applied") or "unknown",
        entitlement=choice_of("entitlement") or "unknown",
        exit_reason=choice_of("exit_reason") or "unknown",
        exit_date=exit_date,
        date_of_birth=day_of("date_of_birth"),
        service_start=day_of("service_start"),
        notice_given_on=None if no_notice else day_of("notice_given_on"),
        no_notice=no_notice,
        payment_date=day_of("payment_date"),
        due_date=day_of("due_date"),
        strain_due_date=day_of("strain_due_date"),
        strain_paid_on=day_of("strain_paid_on"),
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
        settlement_agreement=choice_of("settlement_agreement"),
        top_up_member=amount("top_up_member") or 0,
        top_up_scheme=amount("top_up_scheme") or 0,
        top_up_interest=amount("top_up_interest") or 0,
        top_up_date=day_of("top_up_date"),
        acknowledged_on=day_of("acknowledged_on"),
        fund_acknowledged_on=day_of("fund_acknowledged_on"),
        refused_on=day_of("refused_on"),
        pension_decision_on=day_of("pension_decision_on"),
        evidence=codes(text("evidence")),
        scheme=choice_of("scheme") or "unknown",
        member_funded_strain=amount("member_funded_strain") or 0,
        pension_outcome=choice_of("pension_outcome") or "unknown",
        pension_started_on=day_of("pension_started_on"),
        pension_restored_on=day_of("pension_restored_on"),
        pension={name: amount(name) for name in PENSION_FIELDS},
        other_income=amount("other_income"),
        died_on=day_of("died_on"),
        representative_name=text("representative_name"),
        checked=codes(text("checked")),
    )
    if contradicts_itself(case):
        raise UnreadableError(case.case_ref)
    return case


def contradicts_itself(case: Case) -> bool:
    """Facts that cannot all be true, and a top-up without a day."""
    born, start, exit_date = case.date_of_birth, case.service_start, case.exit_date
    return (
        (born is not None and start is not None and born > start)
        or (start is not None and start > exit_date)
        or (case.notice_given_on is not None and case.notice_given_on > exit_date)
        or (case.pension_started_on is not None and case.pension_started_on <= exit_date)
        or (case.died_on is not None and case.died_on < exit_date)
        or (case.has_top_up and case.top_up_date is None)
        or not case.checked <= set(CHECKS)
    )


@dataclass
class Notes:
    """Reason codes and missing facts, gathered on the way."""

    reasons: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)


# --- What must be checked before a letter goes out ------------------------------------------------


def to_check(case: Case, in_scope: bool, births_of_person: set[Day]) -> list[str]:
    """Facts that may make a figure or a payee wrong and were not ticked as checked."""
    strain, redundancy = case.due[STRAIN] or 0, case.due["redundancy"] or 0
    born = case.date_of_birth
    nhs = case.scheme == "nhs" or (case.employer_kind == "nhs" and case.scheme == "unknown")
    applies = {
        # Agenda for Change section 16: the pension's cost comes out of the redundancy payment
        "nhs_pension_cost": nhs
        and case.exit_reason == "redundancy"
        and redundancy > 0
        and strain > 0,
        # SI 2015/601 regs 6, 8 to 11: compensation to the person, with the employer's agreement
        "teachers_compensation": case.scheme == "tps" and strain > 0,
        # LGPS 2013 reg 30(7)
        "strain_under_55": case.scheme == "lgps"
        and strain > 0
        and born is not None
        and not is_55_at_exit(case),
        # 2021 Regs 4(2)(b): "would have been entitled"
        "entitlement": case.entitlement == "discretionary",
        "settlement_agreement": case.settlement_agreement == "yes",
        "cash_alternative": case.cash_alternative_paid > 0,  # 2020 Regs 8
        "scots_law": case.nation == "scotland",
        "representative": case.died_on is not None and not case.representative_name,
        "one_person_two_births": len(births_of_person) > 1,
    }
    whatever_the_scope = {"representative", "one_person_two_births"}
    return [
        code
        for code in CHECKS
        if applies[code] and code not in case.checked and (in_scope or code in whatever_the_scope)
    ]


def is_55_at_exit(case: Case) -> bool | None:
    """LGPS 2013 reg 30(7): 55 or over on the day of exit, the birthday included; None: not known."""
    born = case.date_of_birth
    return None if born is None else anniversary(born, 55) <= case.exit_date
