"""The steps of time: the last day of each claim, of the pension, and of a review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from calculator.calculation.working_days import last_working_day
from calculator.explanation.steps import Row, Step
from calculator.explanation.words import SCOTS_ADVICE, WARNING, plural
from calculator.facts.days import shown_day
from rules import sources
from rules.choices import Nation
from rules.sources import Citation

DECLARATION_ONLY = "Of use for a declaration only: what is short is the scheme's, and it is not the member's contract debt."
_PENSION_CLOCKS = (
    (
        "pension_lump_sum_last_day",
        "Last day for the pension lump sum (our reading)",
        "A sum due under the LGPS Regulations may run out six years after it fell due: the lump sum on the "
        "day the pension began.",
    ),
    (
        "pension_instalment_last_day",
        "Last day for the first month of the pension (our reading)",
        "Each month's pension may run out six years after it fell due, on the last day of that month. With "
        "each month after it a month of arrears may be lost.",
    ),
)


def deadline_steps(row: Row, claims: bool) -> Iterator[Step]:
    """Explain the last day of each claim, if there may be one, and of the pension and any review.

    Scotland: advice and no day.
    """
    scotland = bool(row.worked.facts.scope.scotland[row.index])
    if scotland and claims:
        yield Step("Last day to claim", "", SCOTS_ADVICE, WARNING, (sources.SCOTS_PRESCRIPTION,))
    elif claims:
        yield from _claim_steps(row)
    yield from _pension_steps(row)
    if (issue_by := row.day("issue_by")) is not None:
        yield Step(
            "Issue by",
            issue_by.isoformat(),
            shown_day(issue_by),
            f"{issue_by_words(row)} It is the last working day before the earliest day above that is still "
            f"open and counts. {WARNING}",
            (sources.BANK_HOLIDAYS,),
        )
    yield from _review_steps(row)


def issue_by_words(row: Row) -> str:
    """Return by which working day to issue a claim; "" where nothing is to be issued."""
    issue_by = row.day("issue_by")
    if issue_by is None:
        return ""
    if issue_by < row.outcome.as_at:
        return f"Issue today: the last working day before it, {shown_day(issue_by)}, has already passed."
    if issue_by == row.outcome.as_at:
        return "Issue today, the last working day before it."
    return f"Issue by {shown_day(issue_by)}, a working day."


def _claim_steps(row: Row) -> Iterator[Step]:
    northern_ireland = _northern_ireland(row)
    counts = bool(row.worked.clocks.contract_counts[row.index])
    for name, label, limit in (
        ("contract", "Last day for a claim in contract", sources.CONTRACT_LIMIT),
        ("statute", "Last day for a claim under SI 2021/197 reg 4", sources.STATUTE_LIMIT),
    ):
        last, left = row.day(f"{name}_last_day"), row.figure(f"{name}_days_left")
        if last is None or left is None:
            continue
        law = (
            [sources.NI_LIMIT, sources.NI_ACKNOWLEDGMENT]
            if northern_ireland
            else [limit, sources.ACKNOWLEDGMENT]
        )
        if name == "statute":
            law.append(sources.STATUTE_ACCRUAL)
        only = "" if name == "statute" or counts else f"{DECLARATION_ONLY} "
        yield Step(
            label,
            last.isoformat(),
            shown_day(last),
            f"{_left(left)} {only}{_plan(last, left, northern_ireland)}A sum paid since may start the clock "
            "afresh; do not rely on it.",
            tuple(law),
        )


def _pension_steps(row: Row) -> Iterator[Step]:
    for name, label, words in _PENSION_CLOCKS:
        if (last := row.day(name)) is None:
            continue
        left = (last - row.outcome.as_at).days
        yield Step(
            label,
            last.isoformat(),
            shown_day(last),
            f"{_left(left)} {words} {_plan(last, left, _northern_ireland(row))}That section 9 covers it is "
            "our reading, for a lawyer to confirm. A complaint to the fund or the Ombudsman does not stop it.",
            (sources.SCHEME_SUM_LIMIT, sources.ACKNOWLEDGMENT),
        )


def _review_steps(row: Row) -> Iterator[Step]:
    """Explain the days of judicial review and of an internal dispute, which do not count for urgency."""
    steps: tuple[tuple[str, str, str, Citation], ...] = (
        (
            "judicial_review_last_day",
            "Judicial review of the refusal, at the latest",
            "It must be asked for promptly, and at the latest on this day: three months from the refusal, "
            "less a day for safety. Ask a lawyer at once.",
            sources.JUDICIAL_REVIEW,
        ),
        (
            "idrp_last_day",
            "Internal dispute procedure, first stage, last day",
            "Six months from the decision on the pension; the scheme may allow longer. It does not stop the "
            "court's clock.",
            sources.INTERNAL_DISPUTE,
        ),
    )
    for name, label, words, law in steps:
        if (last := row.day(name)) is not None:
            left = _left((last - row.outcome.as_at).days)
            yield Step(label, last.isoformat(), shown_day(last), f"{left} {words}", (law,))


def _northern_ireland(row: Row) -> bool:
    return int(row.worked.facts.scope.nation[row.index]) == Nation.NORTHERN_IRELAND


def _plan(last: date, left: int, northern_ireland: bool) -> str:
    if left < 0:
        return ""
    working_day = shown_day(last_working_day(last, northern_ireland))
    return f"Last working day on or before it: {working_day}. Issue the claim a day earlier. "


def _left(days: int) -> str:
    if days < 0:
        return f"Passed {plural(-days, 'day')} ago."
    return "Today." if days == 0 else f"{plural(days, 'day')} left."
