"""Each scheme's own words for what the LGPS calls strain: what it is, whose it is, what to ask of whom.

No rule of one scheme is taken for another. A scheme that is not known has the words of the form.
"""

from __future__ import annotations

from dataclasses import dataclass

from calculator.explanation.steps import Row
from rules import sources
from rules.choices import Scheme
from rules.sources import Citation


@dataclass(frozen=True)
class SchemeWords:
    """The words of one scheme.

    ``cost`` is its name for the cost of an unreduced pension; ``whose`` says to whom it is due, where it is
    entered as strain; ``asks`` is what to ask, and of whom.
    """

    cost: str
    whose: str
    asks: str
    law: tuple[Citation, ...]

    @property
    def is_strain(self) -> bool:
        """True where the sum is what the form calls it: strain, due to the scheme."""
        return self.cost == PLAIN.cost


PLAIN = SchemeWords("Pension strain", "the pension scheme", "", ())
"""For a scheme that is not known, or has no words of its own here."""
WORDS: dict[Scheme, SchemeWords] = {
    Scheme.LGPS: SchemeWords(
        "Pension strain",
        "the pension scheme",
        "Ask the pension fund what it charged for the unreduced pension, and whether it was paid.",
        (sources.LGPS_STRAIN,),
    ),
    Scheme.TPS: SchemeWords(
        "Premature retirement compensation",
        "the member, if it was agreed",
        "It is paid to the member by the compensating authority (the local authority for most maintained "
        "schools, else the academy trust), only if the employer agreed to it, and not beside compensation for "
        "termination under Part 3: ask for the employer's written notice to the scheme.",
        (sources.PREMATURE_RETIREMENT, sources.COMPENSATING_AUTHORITY),
    ),
    Scheme.NHS: SchemeWords(
        "Capitalisation cost of the unreduced pension",
        "NHS Pensions, out of the redundancy payment",
        "Under Agenda for Change in England it is met out of the redundancy payment, so it is no sum beside "
        "it; the terms of doctors, very senior managers and NHS Wales differ: ask the employer how the payment "
        "was divided, and NHS Pensions what it received.",
        (sources.CAPITALISATION_COST,),
    ),
    Scheme.CIVIL_SERVICE: SchemeWords(
        "Cost of buying out the reduction",
        "the pension scheme, for the member",
        "Under the Civil Service Compensation Scheme the exit payment may buy out the reduction, and the "
        "employer may top it up: ask the scheme administrator what was bought out, and with whose money.",
        (sources.BUY_OUT,),
    ),
    Scheme.POLICE: SchemeWords(
        "Cost of the unreduced pension",
        "the police pension scheme, if anyone",
        "No rule on such a cost is known here, and none is borrowed: ask the scheme; staff who are not officers "
        "are normally in the LGPS, so check which scheme it was.",
        (),
    ),
    Scheme.FIRE: SchemeWords(
        "Cost of the unreduced pension",
        "the firefighters' pension scheme, if anyone",
        "No rule on such a cost is known here, and none is borrowed; an early pension that the fire authority "
        "began was no exit payment: ask the scheme; support staff are normally in the LGPS, so check which "
        "scheme it was.",
        (sources.FIRE_EXEMPT,),
    ),
}


def words_of(scheme: Scheme) -> SchemeWords:
    """Return the words of a scheme, plain ones where it has none of its own."""
    return WORDS.get(scheme, PLAIN)


def words_of_row(row: Row) -> SchemeWords:
    """Return the words of the scheme entered for a row."""
    return words_of(Scheme(int(row.outcome.cases.choices["scheme"][row.number])))
