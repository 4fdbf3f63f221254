"""What a result says below its answer, block by block: sentences, lists and tables, for a screen and for paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from calculator.calculation.codes import ASSUMPTIONS, QUESTIONS
from calculator.calculation.outcome import Outcome
from calculator.explanation.charts import PensionLife
from calculator.explanation.explain import Explanation, missing_of, reasons_of
from calculator.explanation.lines import lines_of
from calculator.explanation.words import WARNING, plural
from calculator.facts.days import shown_day
from calculator.facts.money import shown_money
from rules.exit_payments import Payee
from rules.positions import POSITIONS

_OWED = {Payee.MEMBER: "The member", Payee.SCHEME: "The pension scheme"}
NOTHING = "–"
_LAST_DAYS = (
    ("issue_by", "Issue the first claim by"),
    ("contract_last_day", "Claim for breach of contract"),
    ("statute_last_day", "Claim under the 2021 regulations (SI 2021/197, regulation 4)"),
    ("pension_lump_sum_last_day", "Pension lump sum: may run out (our reading)"),
    ("pension_instalment_last_day", "First month of the pension: may run out (our reading)"),
    ("judicial_review_last_day", "Judicial review of the refusal: promptly, and at the latest"),
    ("idrp_last_day", "Internal dispute procedure, first stage"),
)
_PENSION = (
    ("pension_yearly_loss", "Pension lost a year, at exit"),
    ("pension_arrears", "Arrears"),
    ("lump_sum_arrears", "Lump sum arrears"),
    ("pension_interest", "The scheme's interest on late payment"),
    ("pension_interest_floor", "The scheme's interest on late payment, at least"),
)
_TAX = (
    ("tax_free_part", "Free of tax"),
    ("taxable_part", "Taxable"),
    ("tax_on_payment", "Tax taken on payment"),
    ("extra_tax", "Extra tax for the year"),
)
Lines = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Block:
    """Hold one block: a heading, sentences, a list, a table with its row of headings, and what to know about it."""

    heading: str
    sentences: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    lines: Lines = ()
    notes: tuple[str, ...] = ()


def notes_of(outcome: Outcome, row: int) -> Iterator[Block]:
    """Say what to know about a result, what is missing and what to ask the employer."""
    for heading, points in (
        ("Note", reasons_of(outcome, row)),
        ("Missing", missing_of(outcome, row)),
        ("Ask the employer", [QUESTIONS[code] for code in outcome.signals.questions.of(row)]),
    ):
        if points:
            yield Block(heading, points=tuple(points))


def last_days_of(outcome: Outcome, row: int) -> Iterator[Block]:
    """Say the last days if something is owed or may be."""
    if not outcome.signals.urgency[row]:
        return
    if lines := tuple(last_days(outcome, row)):
        yield Block(
            "Last days to issue a claim",
            (f"{WARNING} Do not leave a claim to its last day.",),
            columns=("Claim", "Last day", "Days left"),
            lines=lines,
        )


def last_days(outcome: Outcome, row: int) -> Iterator[tuple[str, str, str]]:
    """Return the day to issue by and each last day, with the days left."""
    for name, what in _LAST_DAYS:
        if (last := outcome.day(name, row)) is None:
            continue
        if name == "contract_last_day" and not lines_of(outcome, row).contract_counts:
            what += ", of use for a declaration only"
        left = (last - outcome.as_at).days
        words = f"passed {plural(-left, 'day')} ago" if left < 0 else f"{plural(left, 'day')} left"
        yield what, shown_day(last), words if left else "today"


def owed_of(outcome: Outcome, row: int) -> Iterator[Block]:
    """Say what each recipient is owed: never in one sum."""
    lines = []
    for payee, called in _OWED.items():
        names = ("outstanding", "interest", "total", "daily_interest")
        sums = [outcome.figure(f"{payee}_{name}", row) for name in names]
        if any(sums):
            lines.append((called, *(_sum(each) for each in sums)))
    if lines:
        columns = ("Owed to", "Still unpaid", "Interest", "Total", "A day")
        yield Block("What is owed", columns=columns, lines=tuple(lines))


def payments_of(outcome: Outcome, row: int) -> Iterator[Block]:
    """Say of each payment what was due, paid and short, and to whom it is payable."""
    lines = tuple(
        (line.title, _sum(line.due), _sum(line.paid), _sum(line.short), f"the {line.payee}")
        for line in lines_of(outcome, row).payments
    )
    if lines:
        yield Block(
            "Payments", columns=("Payment", "Due", "Paid", "Short", "Payable to"), lines=lines
        )


def pension_of(outcome: Outcome, row: int) -> Iterator[Block]:
    """Say what the pension lost, apart from what the employer owes."""
    lines = tuple(_known(_PENSION, outcome, row))
    if not lines:
        return
    notes = [
        "It is no part of what is owed above. In the LGPS the pension fund corrects it; other schemes have "
        "rules of their own."
    ]
    if (floor_to := outcome.day("pension_interest_floor_to", row)) is not None:
        notes.append(
            f"At least: the interest to {shown_day(floor_to)}, the last day for which Bank Rate is known here."
        )
    if outcome.signals.assumptions.has("deferred_nothing_paid")[row]:
        notes.append(ASSUMPTIONS["deferred_nothing_paid"])
    yield Block(
        "Pension lost: an estimate for the scheme to confirm",
        columns=("What", "Amount"),
        lines=lines,
        notes=tuple(notes),
    )


def pension_life_of(life: PensionLife) -> Iterator[Block]:
    """Say how the pension went on from each increase."""
    if life.points:
        yield Block(
            "The yearly pension from each increase on",
            columns=("From", "Unreduced a year", "Paid a year", "Arrears by then"),
            lines=tuple(
                (shown_day(p.day), shown_money(p.due), shown_money(p.paid), shown_money(p.arrears))
                for p in life.points
            ),
            notes=(life.words,),
        )


def tax_of(outcome: Outcome, row: int) -> Iterator[Block]:
    """Say what tax may leave of the sum owed to the member."""
    if lines := tuple(_known(_TAX, outcome, row)):
        yield Block(
            "Tax on what is owed to the member: an estimate for HMRC to confirm",
            columns=("What", "Amount"),
            lines=lines,
            notes=(
                "Code 0T, month 1, may take too much at first; it comes back after the year or on a claim to "
                "HMRC. The working has each step.",
            ),
        )


def assumed_of(outcome: Outcome, explanation: Explanation) -> Iterator[Block]:
    """Say what is assumed, and how open questions of law are answered."""
    points = [line for line in explanation.assumptions if not line.startswith("Positions: ")]
    if points:
        yield Block("Assumed", points=tuple(points))
        yield Block(
            "Open questions of law, as answered under Settings",
            columns=("Question", "Answer"),
            lines=tuple(
                (each.question, each.said(getattr(outcome.positions, each.name)))
                for each in POSITIONS
            ),
        )


def _known(
    names: Sequence[tuple[str, str]], outcome: Outcome, row: int
) -> Iterator[tuple[str, str]]:
    """Return some results with their words. Nothing if all are 0 or unknown."""
    if any(outcome.figure(name, row) for name, _ in names):
        for name, words in names:
            if not _said_by_the_other(outcome, row, name):
                pence = outcome.figure(name, row)
                yield words, "Not known" if pence is None else shown_money(pence)


def _said_by_the_other(outcome: Outcome, row: int, name: str) -> bool:
    """Tell whether the interest, or what it is at least, is to be left out as the other of the two is given."""
    floor = outcome.figure("pension_interest_floor", row)
    return (name == "pension_interest" and floor is not None) or (
        name == "pension_interest_floor" and floor is None
    )


def _sum(pence: int | None) -> str:
    if pence is None:
        return NOTHING
    return f"{'−' if pence < 0 else ''}{shown_money(abs(pence))}"
