"""Rows in and out of scope, a person's exits, and a file of rows."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from .base_rate import BaseRate, base_rate
from .basics import (
    CAP_REVOKED,
    STRAIN,
    Day,
    day_text,
    in_relevant_period,
    money_text,
)
from .clocks import clocks_of
from .columns import (
    clock_columns,
    difference_columns,
    empty_columns,
    other_last_days,
    redundancy_columns,
    total_columns,
    urgency_columns,
)
from .counted import (
    counted_parts,
    reg_4_key,
    salary_matters,
    strain_may_be_hidden,
    unknown_dues,
)
from .difference import (
    Gross,
    Net,
    Paid,
    gross_shortfalls,
    net_shortfalls,
    nothing_paid,
    paid_outside_by_date,
    strain_paid_in_period,
    topped_up_in_period,
    what_was_paid,
)
from .facts import (
    Case,
    Notes,
    Positions,
    UnreadableError,
    matching,
    read_case,
    read_positions,
    to_check,
)
from .interest import claim
from .pension import pension_columns
from .redundancy import Redundancy, redundancy_pay, statutory_redundancy_used
from .scope import (
    employer_in_scope,
    exit_day_in_scope,
    is_in_scope,
    note_doubts_of_scope,
    plain_name,
)
from .tax import tax_columns
from .triage import (
    EarlierExit,
    Trial,
    Trials,
    confidence,
    over_reduced_by,
    reading_in_force,
    try_all,
    use_of_the_cap,
)

WINDOW_DAYS = 27  # 28 consecutive days, both ends included: the Act s.153A(2)


@dataclass
class Result:
    """One row of results and what the exit used of the cap."""

    columns: dict[str, str]
    use: int | None


@dataclass(frozen=True)
class Settings:
    """What all rows of a file are calculated with."""

    positions: Positions
    base: BaseRate
    as_at: Day


# --- Notes of both kinds of row -------------------------------------------------------------------


def note_facts(case: Case, pay: Redundancy, as_at: Day, notes: Notes) -> None:
    """What the facts alone say, whatever the outcome."""
    if pay.relevant_date is not None and case.notice_given_on is None and not case.no_notice:
        notes.missing.add("notice_given_on")
    if case.has_top_up and case.top_up_date is not None:
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


# --- Out of scope ---------------------------------------------------------------------------------


def words_of_regulation_4_are_met(case: Case, paid: Paid, net: Net) -> bool:
    """2021 Regs 4(2)(a) dates the payment, not the exit, so an earlier exit may be within it."""
    dated = (
        (case.payment_date is not None and in_relevant_period(case.payment_date))
        or strain_paid_in_period(case)
        or topped_up_in_period(case)
    )
    return (
        dated
        and not nothing_paid(case, paid)
        and not case.wholly_waived
        and not net.is_contract_only
    )


def out_of_scope_row(
    case: Case, row: dict[str, str], by_employer: bool, settings: Settings, notes: Notes
) -> Result:
    """An exit that the 2020 Regulations did not reach; its shortfall is another kind of claim."""
    positions, as_at = settings.positions, settings.as_at
    columns = empty_columns(row, "out_of_scope", as_at)
    pay = redundancy_pay(case, positions)
    statutory = statutory_redundancy_used(case, pay, notes)
    note_facts(case, pay, as_at, notes)
    if salary_matters(case):
        notes.reasons.add("notice_pay_taken_as_exempt")
    parts = counted_parts(case, positions, exempt=True)
    dues_unknown = unknown_dues(case, in_scope=False)
    paid = what_was_paid(case, dues_unknown)
    if paid.mismatch:
        notes.reasons.add("total_paid_mismatch")
    columns |= redundancy_columns(pay, statutory)
    columns |= total_columns(case, parts, False, dues_unknown, paid)
    statute_applies = False
    member_is_owed = False
    if not dues_unknown and paid.exact:
        gross = gross_shortfalls(case, paid, parts, statutory or 0, 0, positions, exempt=True)
        net = net_shortfalls(case, gross, positions.credits_cash_alternative)
        columns |= difference_columns(net)
        notes.reasons |= net.reasons
        if gross.assumed_split:
            notes.reasons.add("split_assumed")
        if net.difference > 0:
            notes.reasons.add("needs_review")
        note_split_and_settlement(case, paid, gross, net, notes)
        left = claim(case, net, 0, False, reading_in_force(case, positions), as_at)
        member_is_owed = left.member_outstanding > 0
        statute_applies = (
            by_employer
            and "exit_before_cap" in notes.reasons
            and not left.nothing_left
            and words_of_regulation_4_are_met(case, paid, net)
        )
    clocks = clocks_of(case, statute_applies, False, positions, as_at)
    columns |= clock_columns(clocks, as_at)
    if statute_applies:
        columns |= urgency_columns(case, clocks, member_is_owed, as_at)
        if clocks.one_of_two_has_run_out(as_at):
            notes.reasons.add("contract_clock_expired")
    return Result(columns, 0)


# --- In scope -------------------------------------------------------------------------------------


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
    case: Case, row: dict[str, str], earlier: list[EarlierExit], settings: Settings, notes: Notes
) -> Result:
    """An exit that the 2020 Regulations reached."""
    positions, as_at = settings.positions, settings.as_at
    pay = redundancy_pay(case, positions)
    statutory = statutory_redundancy_used(case, pay, notes)
    note_doubts_of_scope(case, notes)
    note_facts(case, pay, as_at, notes)
    unknown_users = [exit_.case for exit_ in earlier if exit_.use is None]
    trials = try_all(case, statutory or 0, earlier, positions, as_at)
    trial, salary_open, triage = trials.likely, trials.salary_decides, trials.triage
    note_unknowns(case, trials, unknown_users, notes)

    columns = empty_columns(row, triage, as_at)
    columns |= redundancy_columns(pay, statutory)
    columns |= total_columns(case, trial.parts, salary_open, trial.dues_unknown, trial.paid)
    if not (triage == "needs_data" and unknown_users):
        columns["cap_used_before"] = money_text(trial.used_before)
        columns["cap_available"] = money_text(trial.available)
        if not salary_open:
            columns["strain_needed_to_breach"] = strain_needed_to_breach(case, trial)
    if triage != "needs_data":
        columns |= outcome_columns(case, trials, as_at, notes)
    elif trial.outside:
        notes.reasons.add("paid_outside_relevant_period")
    columns |= pension_columns(case, positions, settings.base, as_at, notes)
    columns |= deadline_columns(case, trial, triage, positions, as_at, notes)
    use_known = not (trial.dues_unknown or salary_open or unknown_users)
    return Result(columns, use_of_the_cap(case, trial, statutory or 0, use_known))


def strain_needed_to_breach(case: Case, trial: Trial) -> str:
    """The strain above which the cap would bite, where strain is not given."""
    if not strain_may_be_hidden(case) or trial.dues_unknown - {STRAIN} or trial.headroom is None:
        return ""
    return money_text(trial.headroom)


def outcome_columns(case: Case, trials: Trials, as_at: Day, notes: Notes) -> dict[str, str]:
    """The figures of an exit with all the facts it needs."""
    trial = trials.likely
    notes.reasons |= trial.reasons()
    note_split_and_settlement(case, trial.paid, trial.gross, trial.likely.net, notes)
    if trials.figures_differ:
        notes.missing.add("annual_salary")
    return {
        "confidence": confidence(case, trials),
        "allowed_total": money_text(trial.allowed),
        "reduction_expected": money_text(trial.reduction),
        "headroom": money_text(trial.headroom),
        "over_reduced_by": money_text(over_reduced_by(case, trial)),
        **difference_columns(trial.likely.net),
        **claim_columns(trial),
        **tax_columns(case, trial.gross, trial.likely.claim, as_at),
    }


def claim_columns(trial: Trial) -> dict[str, str]:
    """What is still owed, its interest, and the lowest and highest figures."""
    owed, low, high = trial.likely.claim, trial.lowest.claim, trial.highest.claim
    in_force = reading_in_force(trial.case, trial.positions)
    columns = {
        "member_contract_only": money_text(trial.likely.contract_only),
        "member_outstanding": money_text(owed.member_outstanding),
        "scheme_outstanding": money_text(owed.scheme_outstanding),
        "member_total": money_text(owed.member_total),
        "scheme_total": money_text(owed.scheme_total),
        "member_total_low": money_text(low.member_total),
        "member_total_high": money_text(high.member_total),
        "scheme_total_low": money_text(low.scheme_total),
        "scheme_total_high": money_text(high.scheme_total),
    }
    if trial.likely.basis:
        columns |= {
            "interest_from_member": day_text(in_force.member_from) if owed.member_principal else "",
            "interest_from_scheme": day_text(in_force.scheme_from) if owed.scheme_principal else "",
            "member_interest": money_text(owed.member_interest),
            "scheme_interest": money_text(owed.scheme_interest),
            "member_daily_interest": money_text(owed.member_daily_interest),
            "scheme_daily_interest": money_text(owed.scheme_daily_interest),
        }
    return columns


def deadline_columns(
    case: Case, trial: Trial, triage: str, positions: Positions, as_at: Day, notes: Notes
) -> dict[str, str]:
    """Each clock on its own, and how near the earliest one still open is."""
    if triage == "needs_data":
        statute_applies = not (case.wholly_waived or paid_outside_by_date(case))
    else:
        statute_applies = trial.likely.basis
    clocks = clocks_of(case, statute_applies, True, positions, as_at)
    if clocks.one_of_two_has_run_out(as_at):
        notes.reasons.add("contract_clock_expired")
    if clocks.instalment is not None and clocks.instalment < as_at:
        notes.reasons.add("pension_instalments_running_out")
    columns = {**clock_columns(clocks, as_at), **other_last_days(case)}
    owed = trial.likely.claim
    if triage == "needs_data" or not owed.nothing_left:
        # The creditor of strain is the scheme: the member's contract is of use for a declaration.
        declaration_only = (
            triage != "needs_data" and owed.member_outstanding == 0 and clocks.others_open(as_at)
        )
        columns |= urgency_columns(case, clocks, not declaration_only, as_at)
    return columns


# --- A person's exits, and a file of rows -------------------------------------------------------


def note_order_and_duplicates(
    case: Case, same_day: list[Case], positions: Positions, notes: Notes
) -> None:
    """2020 Regs 4(b)(iv): where nothing else orders exits of one day; and rows entered twice."""
    others = [other for other in same_day if other.index != case.index]
    if not others:
        return
    # Reg 4 orders relevant public sector exits; one that is out of scope has no place in the order.
    if is_in_scope(case, positions):
        alike = [other for other in others if reg_4_key(other) == reg_4_key(case)]
        if any(is_in_scope(other, positions) for other in alike):
            notes.reasons.add("same_day_order")
    name = plain_name(case.employer_name)
    if name and any(plain_name(other.employer_name) == name for other in others):
        notes.reasons.add("possible_duplicate")


def within_28_days(case: Case, done: list[EarlierExit]) -> list[EarlierExit]:
    """2020 Regs 3(b): earlier exits in a period of 28 consecutive days with this one."""
    return list(
        itertools.takewhile(
            lambda exit_: (case.exit_date - exit_.case.exit_date).days <= WINDOW_DAYS,
            reversed(done),
        )
    )


def assess_person(
    exits: list[Case], rows: Sequence[dict[str, str]], settings: Settings
) -> dict[int, dict[str, str]]:
    """2020 Regs 3(b) and 4: a person's exits in order, each with what earlier ones used."""
    results: dict[int, dict[str, str]] = {}
    done: list[EarlierExit] = []
    births = {case.date_of_birth for case in exits if case.date_of_birth is not None}
    by_day_of_exit: dict[Day, list[Case]] = {}
    for case in exits:
        by_day_of_exit.setdefault(case.exit_date, []).append(case)
    for case in sorted(exits, key=lambda exit_: (*reg_4_key(exit_), exit_.index)):
        notes = Notes()
        by_employer = employer_in_scope(case, notes)
        by_day = exit_day_in_scope(case, settings.positions, notes)
        in_scope = by_employer and by_day
        same_day = by_day_of_exit[case.exit_date]
        note_order_and_duplicates(case, same_day, settings.positions, notes)
        row = rows[case.index]
        if in_scope:
            earlier = within_28_days(case, done)
            result = in_scope_row(case, row, earlier, settings, notes)
        else:
            result = out_of_scope_row(case, row, by_employer, settings, notes)
            result.columns |= other_last_days(case)
        result.columns["reasons"] = ";".join(sorted(notes.reasons))
        result.columns["missing"] = ";".join(sorted(notes.missing))
        result.columns["to_check"] = ";".join(to_check(case, in_scope, births))
        results[case.index] = result.columns
        done.append(EarlierExit(case, result.use))
    return results


def assess_rows(
    rows: Sequence[dict[str, str]],
    positions: dict[str, str],
    as_at: Day,
    rates: Sequence[tuple[Day, str]] = (),
    verified_to: Day | None = None,
) -> list[dict[str, str]]:
    """One row of results for each row of facts, in the same order.

    rates: Bank Rate after the table's last day, as (first day, per cent), with the last day for
    which it was verified.
    """
    settings = Settings(read_positions(positions), base_rate(tuple(rates), verified_to), as_at)
    results: dict[int, dict[str, str]] = {}
    persons: dict[str, list[Case]] = {}
    refs_used: set[str] = set()
    for index, row in enumerate(rows):
        reference = matching(row.get("case_ref") or "")
        try:
            if reference in refs_used:
                raise UnreadableError(reference)
            case = read_case(index, row)
            # A row without a person stands alone; its number is no reference a person could have.
            persons.setdefault(case.person_ref or f" {index}", []).append(case)
        except UnreadableError:
            results[index] = empty_columns(row, "error", as_at)
        refs_used.add(reference)
    for exits in persons.values():
        results |= assess_person(exits, rows, settings)
    return [results[index] for index in range(len(rows))]
