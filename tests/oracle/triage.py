"""One exit in scope on given assumptions: the heading, the basis of the claim, the confidence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from .basics import CAP, PAYMENTS, STRAIN, Day
from .counted import (
    allowed_under,
    counted_parts,
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
    what_was_paid,
)
from .facts import Case, Positions
from .interest import (
    Claim,
    Reading,
    claim,
    highest_reading,
    likely_reading,
    lowest_reading,
    top_up_counts,
)
from .scope import may_be_estimated

EVIDENCE_OF_DUE = {
    "capped_notice",
    "redundancy_calculation",
    "strain_quote",
    "contract_or_policy",
    "settlement_agreement",
}
EVIDENCE_OF_PAID = {"payslip", "p45", "strain_invoice", "pension_statement", "top_up_letter"}


@dataclass(frozen=True)
class Outcome:
    """The difference and the claim on one reading of what the instruments leave open."""

    net: Net
    within_cap: bool  # the cap did not cause it
    basis: bool  # 2021 Regs 4 is the basis of the claim
    contract_only: int  # of the member's, what 2021 Regs 4 leaves out
    claim: Claim


def outcome_on(
    case: Case, gross: Gross, reduction: int, in_period: bool, reading: Reading, as_at: Day
) -> Outcome:
    """2021 Regs 4: whether it is the basis, and what is owed.

    in_period: something was paid in the relevant period for an exit that was not wholly waived.
    """
    net = net_shortfalls(case, gross, reading.credits_cash_alternative)
    within_cap = net.difference > 0 and reduction == 0
    basis = in_period and not within_cap and not net.is_contract_only
    contract_only = net.contract_only if basis else 0
    owed = claim(case, net, contract_only, basis, reading, as_at)
    return Outcome(net, within_cap, basis, contract_only, owed)


@dataclass(frozen=True)
class Trial:
    """One exit on one assumption about an unknown salary and the cap used before."""

    case: Case
    positions: Positions
    as_at: Day
    dues_unknown: frozenset[str]
    needs: frozenset[str]
    parts: dict[str, int]
    used_before: int
    available: int | None
    allowed: int
    reduction: int
    paid: Paid
    gross: Gross
    outside: bool
    likely: Outcome

    @property
    def counted(self) -> int:
        """2020 Regs 5: the total that counts, unknown parts left out."""
        return sum(self.parts.values())

    @property
    def headroom(self) -> int | None:
        """How far the counted total is from the cap."""
        return None if self.available is None else max(0, self.available - self.counted)

    def on(self, reading: Reading) -> Outcome:
        """The outcome on another reading, the difference and the basis found anew."""
        in_period = not (self.outside or self.case.wholly_waived)
        return outcome_on(self.case, self.gross, self.reduction, in_period, reading, self.as_at)

    @property
    def lowest(self) -> Outcome:
        """The least that is owed."""
        return self.on(lowest_reading(self.case))

    @property
    def highest(self) -> Outcome:
        """The most that is owed."""
        return self.on(highest_reading(self.case, reading_in_force(self.case, self.positions)))

    @cached_property
    def triage(self) -> str:
        """The first heading that applies."""
        if self.needs:
            return "needs_data"
        net = self.likely.net
        if net.difference > 0 and top_up_counts(self.case, self.as_at):
            return "repaired" if self.likely.claim.nothing_left else "part_repaired"
        if net.difference > 0 and self.reduction > 0 and not net.is_contract_only:
            return "capped_exact" if self.paid.exact else "capped_estimate"
        if net.difference > 0:
            return "underpaid_not_capped"
        margin = self.positions.near_line_margin
        if self.available is not None and 0 <= self.available - self.counted < margin:
            return "near_line"
        return "not_capped"

    def reasons(self) -> set[str]:
        """What an exit with all the facts it needs has to say for itself."""
        found = set(self.likely.net.reasons | self.likely.claim.reasons)
        net = self.likely.net
        for code, holds in {
            "paid_outside_relevant_period": self.outside,
            "shortfall_within_cap": self.likely.within_cap,
            "shortfall_is_contract_only": net.is_contract_only,
            "over_cap_paid_in_full": self.triage == "not_capped" and self.is_over_cap,
            "reduction_not_placed": self.gross.not_placed,
            "split_assumed": self.gross.assumed_split,
            "cap_denied": self.case.cap_applied == "no"
            and self.reduction > 0
            and net.difference > 0,
            "cut_beyond_cap": self.paid.exact and net.difference > self.reduction > 0,
        }.items():
            if holds:
                found.add(code)
        return found

    @property
    def is_over_cap(self) -> bool:
        """2020 Regs 3: the counted total is more than is left of the cap."""
        return self.available is not None and self.counted > self.available


def reading_in_force(case: Case, positions: Positions) -> Reading:
    """The likely reading."""
    return likely_reading(
        case,
        positions.interest_start,
        positions.credits_cash_alternative,
        positions.early_top_up_in_period,
    )


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

    dues_unknown = unknown_dues(case, in_scope=True)
    # The strain is blank here, so counted is the other counted payments.
    if strain_may_be_hidden(case) and available is not None and counted <= available:
        dues_unknown.add(STRAIN)
    needs = {f"{kind}_due" for kind in dues_unknown}
    paid = what_was_paid(case, dues_unknown)
    if not may_be_estimated(case) and not paid.exact:
        needs |= {f"{kind}_paid" for kind in paid.unknown if kind not in dues_unknown}

    gross = gross_shortfalls(case, paid, parts, protected, reduction, positions, exempt)
    outside = paid_outside_by_date(case) or nothing_paid(case, paid)
    in_period = not (outside or case.wholly_waived)
    reading = reading_in_force(case, positions)
    return Trial(
        case=case,
        positions=positions,
        as_at=as_at,
        dues_unknown=frozenset(dues_unknown),
        needs=frozenset(needs),
        parts=parts,
        used_before=used_before,
        available=available,
        allowed=allowed,
        reduction=reduction,
        paid=paid,
        gross=gross,
        outside=outside,
        likely=outcome_on(case, gross, reduction, in_period, reading, as_at),
    )


# --- Unknown salary, unknown use of the cap -----------------------------------------------------


@dataclass(frozen=True)
class EarlierExit:
    """2020 Regs 3(b): an earlier exit of the same person and what it used of the cap."""

    case: Case
    use: int | None  # None: unknown


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
    def triage(self) -> str:
        """The heading; needs_data where a fact that decides it is unknown."""
        if self.salary_decides or self.linked_decides:
            return "needs_data"
        return self.likely.triage

    @property
    def figures_differ(self) -> bool:
        """2020 Regs 6(g): the unknown salary changes a figure, though not the triage."""
        exempt, counted = self.likely.likely, self.counted.likely
        return (
            exempt.net.difference != counted.net.difference
            or exempt.contract_only != counted.contract_only
        )


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

    def attempt(used_before: int, exempt: bool) -> Trial:
        return try_exit(case, protected, used_before, exempt, positions, as_at)

    likely = attempt(least, True)
    counted = attempt(least, False) if salary_matters(case) else likely
    if most == least:
        return Trials(likely, counted, likely, counted)
    used = attempt(most, True)
    counted_and_used = attempt(most, False) if salary_matters(case) else used
    return Trials(likely, counted, used, counted_and_used)


def use_of_the_cap(case: Case, trial: Trial, protected: int, known: bool) -> int | None:
    """2020 Regs 3(b): what an exit takes of the cap that later exits share, without relaxation."""
    if case.wholly_waived:
        return 0
    if not known:
        return None
    return allowed_under(max(0, CAP - trial.used_before), trial.counted, protected)


def confidence(case: Case, trials: Trials) -> str:
    """Whether the difference rests on documents, on what was said, or on an estimate."""
    trial = trials.likely
    if not trial.paid.exact or trial.gross.assumed_split or trials.figures_differ:
        return "estimated"
    if case.evidence & EVIDENCE_OF_DUE and case.evidence & EVIDENCE_OF_PAID:
        return "documented"
    return "stated"


def over_reduced_by(case: Case, trial: Trial) -> int | None:
    """How much more was cut than the cap required; None where the cut is estimated."""
    if trial.paid.total is None:
        return None
    due_total = sum(case.due[kind] or 0 for kind in PAYMENTS)
    cut = due_total - trial.paid.total - case.cash_alternative_paid
    return max(0, cut - trial.reduction)
