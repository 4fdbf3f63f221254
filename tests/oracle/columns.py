"""The columns of a row of results, and those that rows in and out of scope share."""

from __future__ import annotations

from collections.abc import Iterable

from .basics import PAYMENTS, Day, day_text, money_text, number_text
from .clocks import Clocks, dispute_last_day, judicial_review_last_day, urgency_and_issue_by
from .difference import Net, Paid
from .facts import NO_PERSON, Case, matching
from .redundancy import Redundancy

COLUMNS = (
    "case_ref",
    "person_ref",
    "employer_name",
    "triage",
    "urgency",
    "confidence",
    "reasons",
    "missing",
    "to_check",
    "issue_by",
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
    "member_contract_only",
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
    "pension_lump_sum_last_day",
    "pension_instalment_last_day",
    "judicial_review_last_day",
    "idrp_last_day",
    "redundancy_years",
    "redundancy_weeks",
    "relevant_date",
    "weekly_pay_limit",
    "pension_yearly_loss",
    "pension_arrears",
    "lump_sum_arrears",
    "pension_interest",
    "pension_interest_floor",
    "pension_interest_floor_to",
    "tax_free_part",
    "taxable_part",
    "tax_on_payment",
    "extra_tax",
    "as_at",
)


def empty_columns(row: dict[str, str], triage: str, as_at: Day) -> dict[str, str]:
    """The columns that every row has, in order, the rest empty."""
    columns = dict.fromkeys(COLUMNS, "")
    for name in ("case_ref", "person_ref", "employer_name"):
        columns[name] = (row.get(name) or "").strip()
    if matching(columns["person_ref"]) in NO_PERSON:
        columns["person_ref"] = ""
    columns["triage"] = triage
    columns["as_at"] = as_at.isoformat()
    return columns


# --- Columns of both kinds of row -----------------------------------------------------------------


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


def difference_columns(net: Net) -> dict[str, str]:
    """The difference and whose it is."""
    return {
        "cash_alternative_credit": money_text(net.credit),
        "difference": money_text(net.difference),
        "member_shortfall": money_text(net.member),
        "scheme_shortfall": money_text(net.scheme),
    }


def clock_columns(clocks: Clocks, as_at: Day) -> dict[str, str]:
    """Each clock's last day, and the days left of the two that are counted down."""

    def left(last_day: Day | None) -> str:
        return number_text(None if last_day is None else (last_day - as_at).days)

    return {
        "contract_last_day": day_text(clocks.contract),
        "contract_days_left": left(clocks.contract),
        "statute_last_day": day_text(clocks.statute),
        "statute_days_left": left(clocks.statute),
        "pension_lump_sum_last_day": day_text(clocks.lump_sum),
        "pension_instalment_last_day": day_text(clocks.instalment),
    }


def other_last_days(case: Case) -> dict[str, str]:
    """Last days that do not count for urgency."""
    return {
        "judicial_review_last_day": day_text(judicial_review_last_day(case)),
        "idrp_last_day": day_text(dispute_last_day(case)),
    }


def urgency_columns(
    case: Case, clocks: Clocks, contract_counts: bool, as_at: Day
) -> dict[str, str]:
    """How near the earliest deadline is, and by when to issue."""
    urgency, issue_by = urgency_and_issue_by(case, clocks, contract_counts, as_at)
    return {"urgency": urgency, "issue_by": day_text(issue_by)}
