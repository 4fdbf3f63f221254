"""The ways to get what is owed, and what to look out for: one sentence each, with its source.

Said once here; the explanation, the letters and the page of the law pick by name. A sentence says "may"
where the law is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from calculator.explanation.steps import Row, Step
from rules import sources
from rules.choices import Nation, Scheme
from rules.sources import Citation


@dataclass(frozen=True)
class Route:
    """One route: the name it is picked by, its title, the sentence, and the law behind it."""

    name: str
    title: str
    says: str
    law: tuple[Citation, ...]


ROUTES: tuple[Route, ...] = (
    Route(
        "who_decides",
        "Who decides on an LGPS pension",
        "In the Local Government Pension Scheme the fund decides how much a benefit is, and the employer "
        "decides other questions, such as the reason for leaving.",
        (sources.WHO_DECIDES,),
    ),
    Route(
        "internal_dispute",
        "Internal dispute, LGPS",
        "Apply in writing to the adjudicator of the body that decided within six months of its notice, or of "
        "the last act or omission complained of, or later if the adjudicator allows it, and after the answer "
        "within six months to the pension fund.",
        (sources.LGPS_DISPUTE, sources.LGPS_SECOND_STAGE),
    ),
    Route(
        "internal_dispute_elsewhere",
        "Internal dispute, other schemes",
        "Each other scheme has an internal dispute procedure of its own: ask the scheme for it and for its "
        "time limits.",
        (sources.DISPUTE_PROCEDURES,),
    ),
    Route(
        "ombudsman",
        "Pensions Ombudsman",
        "The Pensions Ombudsman may take a complaint within three years of the event, or of the day the "
        "member knew or ought to have known of it, or later where that was reasonable, normally after the "
        "internal dispute procedure.",
        (sources.OMBUDSMAN_THREE_YEARS, sources.OMBUDSMAN_AFTER_DISPUTE),
    ),
    Route(
        "ombudsman_and_six_years",
        "Pensions Ombudsman and the six years",
        "The Ombudsman cannot give what a court would refuse as out of time, so the six-year limits still "
        "apply; an internal dispute or a complaint may not stop them.",
        (sources.OMBUDSMAN_AND_LIMITATION, sources.OMBUDSMAN_CUT_OFF),
    ),
    Route(
        "judicial_review",
        "Judicial review of a refusal",
        "A fresh refusal in writing may be open to judicial review, promptly and at the latest three months "
        "after it: ask a lawyer at once.",
        (sources.JUDICIAL_REVIEW,),
    ),
    Route(
        "court_claim",
        "Court claim, and its cost",
        "A claim of up to £10,000 is normally a small claim; above that the fee to issue is 5% of the sum "
        "with its interest, £10,000 above £200,000, and the loser may pay the other side's costs: check "
        "the fees of the day.",
        (sources.SMALL_CLAIMS, sources.ISSUE_FEE),
    ),
    Route(
        "court_interest",
        "Interest in the alternative",
        "In the alternative to the 8%, and where regulation 4 is not the basis, the court may award interest "
        "at the rate it thinks fit.",
        (sources.COURT_INTEREST,),
    ),
    Route(
        "mandatory_waiver",
        "A waiver that had to be given",
        "Where the payment was due because of a TUPE transfer, or settled a complaint of whistleblowing, "
        "discrimination or health and safety, the cap had to be relaxed, except by devolved Welsh "
        "authorities: ask whether a waiver was sought.",
        (sources.MANDATORY_RELAXATION, sources.RELAXATION),
    ),
    Route(
        "underpin",
        "McCloud underpin",
        "The estimates do not apply the McCloud underpin: ask the fund whether it was applied, and under "
        "which rule interest was paid.",
        (sources.LGPS_INTEREST_ON_UNDERPIN,),
    ),
    Route(
        "pension_taxed_by_year",
        "Tax on pension arrears",
        "Pension arrears are income of the tax years in which the pension accrued, whenever they are paid: "
        "ask the payer and HMRC to tax them so.",
        (sources.PENSION_TAXED_BY_YEAR,),
    ),
    Route(
        "means_tested_benefits",
        "Means-tested benefits",
        "A payment may count as income or capital for means-tested benefits, and capital above £16,000 ends "
        "universal credit: take benefits advice first, and report it.",
        (sources.CAPITAL_LIMIT,),
    ),
    Route(
        "subject_access",
        "Subject access",
        "The member may ask the employer and the fund for the personal data they hold: normally free, and "
        "answered within a month, or within three where the request is complex.",
        (sources.SUBJECT_ACCESS,),
    ),
    Route(
        "estate",
        "A member who has died",
        "The claim passes to the estate, and the personal representatives may make or go on with an LGPS "
        "dispute.",
        (sources.CLAIMS_OF_AN_ESTATE, sources.LGPS_DISPUTE_AFTER_DEATH),
    ),
)
"""In the order in which they are shown."""


def routes(wanted: Iterable[str]) -> list[Route]:
    """Return the routes of these names in their fixed order. KeyError for a name that is none."""
    names = set(wanted)
    if unknown := names - {route.name for route in ROUTES}:
        raise KeyError(", ".join(sorted(unknown)))
    return [route for route in ROUTES if route.name in names]


def route_steps(row: Row) -> Iterator[Step]:
    """Say the routes that matter for a row, one sentence each."""
    for route in routes(_names(row)):
        yield Step(f"Route: {route.title}", "", "To consider", route.says, route.law)


def _names(row: Row) -> Iterator[str]:
    """Choose the routes of a row by where it is, what is entered and what is owed."""
    worked, index = row.worked, row.index
    days, number = row.outcome.cases.days, row.number
    nation = int(worked.facts.scope.nation[index])
    english_law = nation not in (Nation.SCOTLAND, Nation.NORTHERN_IRELAND)
    pension_lost = any(row.figure(name) for name in ("pension_yearly_loss", "lump_sum_arrears"))
    if english_law:
        if worked.owing[index] or worked.words_of_regulation_4_met[index]:
            yield from ("court_claim", "court_interest")
        if worked.pension.estimated[index]:
            yield "underpin"
        if not np.isnat(days["refused_on"][number]):
            yield "judicial_review"
        if not np.isnat(days["died_on"][number]):
            yield "estate"
    if pension_lost or (row.figure("scheme_shortfall") or 0) > 0:
        lgps = english_law and int(worked.pension.scheme[index]) == Scheme.LGPS
        yield from ("who_decides", "internal_dispute") if lgps else ("internal_dispute_elsewhere",)
        yield "ombudsman"
        if english_law:
            yield "ombudsman_and_six_years"
    if worked.computed[index] and worked.cap.reduction[index] > 0:
        yield "mandatory_waiver"
    if row.figure("pension_arrears"):
        yield "pension_taxed_by_year"
    if row.figure("member_total") or pension_lost:
        yield "means_tested_benefits"
    if not worked.difference.exact[index]:
        yield "subject_access"
