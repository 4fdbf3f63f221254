"""One row of an outcome as ordered steps: label, amount, working in words and figures, citations.

Nothing is worked out here again: every amount is read from the outcome, and the last steps add up to the
totals by payee.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from calculator.calculation.assess import rows_with
from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.codes import ASSUMPTIONS, QUESTIONS, REASONS, TRIAGES
from calculator.calculation.outcome import Outcome
from calculator.calculation.result_columns import plain_weeks
from calculator.explanation.pension import pension_line, pension_steps, tax_steps
from calculator.explanation.steps import Row, Step, as_date, day_step, day_words, money_step
from calculator.facts.days import shown_day
from calculator.facts.fields import BY_NAME
from calculator.facts.money import shown_money
from rules import cap, coverage, exit_payments, interest, reclaim, redundancy, sources
from rules.choices import Nation
from rules.exit_payments import KINDS, NOTICE, Payee
from rules.sources import Citation, citations_of

WARNING = (
    "A letter, a complaint, the scheme's own procedure, Acas and the Ombudsman do not stop the court's "
    "clock."
)
LIMITS = (
    "Worked from the facts entered and the positions shown. It is not advice on law or tax; the figures "
    "and days need a lawyer's check before they are relied on."
)
SCOTS_ADVICE = "May already have run out under Scots law: ask a Scots lawyer today."


@dataclass(frozen=True)
class Explanation:
    """All there is to say of one row, in the order it is read."""

    case_ref: str
    triage: str
    headline: tuple[str, ...]
    reasons: tuple[str, ...]
    steps: tuple[Step, ...]
    assumptions: tuple[str, ...]
    missing: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True)
class PaymentLine:
    """One payment of a row in pence: due, paid and short; None where that is not known.

    ``kind`` is the name of its PaymentKind, ``title`` how that is displayed. ``estimated``: what is short
    is this payment's share of a cut, not due less paid. ``from_total``: that share is taken from the
    total paid.
    """

    kind: str
    title: str
    payee: Payee
    citation: Citation
    due: int | None
    paid: int | None
    short: int | None
    estimated: bool
    from_total: bool


@dataclass(frozen=True)
class InterestLine:
    """The interest to one payee: on what, from and to which day, and what it comes to, in pence.

    ``days`` run from the start to the day of calculation; on the first ``days_before`` of them interest
    runs on ``principal``, and on the rest on ``reduced_to``. Without a sum paid since the two are equal.
    """

    payee: Payee
    principal: int
    reduced_to: int
    start: date
    days_before: int
    days: int
    accrued: int


@dataclass(frozen=True)
class Lines:
    """What the steps of a row say of its payments and interest, as figures and not as sentences."""

    payments: tuple[PaymentLine, ...]
    interest: tuple[InterestLine, ...]
    scheme_before_credit: int
    credit: int
    refunded_strain: int
    regulation_4: bool
    split_assumed: bool
    late: bool
    scotland: bool
    northern_ireland: bool
    wales: bool
    payment_assumed: bool
    schedule_entry: str


def explain(outcome: Outcome, row: int) -> Explanation:
    """The explanation of one row, by its place in the table. A row in error has no steps."""
    signals = outcome.signals
    reference = outcome.cases.text["case_ref"][row]
    codes = signals.reasons.of(row)
    reasons = tuple(REASONS[code] for code in codes)
    triage = Triage(int(outcome.triage[row]))
    if triage is Triage.ERROR:
        wrong = [f"{p.wrong} {p.enter}" for p in outcome.cases.problems if p.row == row]
        return Explanation(
            reference,
            triage.name.lower(),
            (TRIAGES["error"], *wrong),
            reasons,
            (),
            (),
            _missing(outcome, row),
            (),
        )
    block, at = rows_with(outcome, row)
    here = Row(outcome, block, row, at)
    assumptions = [ASSUMPTIONS[code] for code in signals.assumptions.of(row)]
    return Explanation(
        case_ref=reference,
        triage=triage.name.lower(),
        headline=tuple(_headline(here, triage)),
        reasons=tuple(_with_both_differences(here, code) for code in codes),
        steps=tuple(_steps(here, triage)),
        assumptions=(
            *assumptions,
            f"Positions: {outcome.positions.described()}.",
            WARNING,
            LIMITS,
        ),
        missing=_missing(outcome, row),
        questions=tuple(QUESTIONS[code] for code in signals.questions.of(row)),
    )


def lines_of(outcome: Outcome, row: int) -> Lines:
    """The payments and the interest of one row, by its place in the table.

    What is short is given where the results give a difference. ``regulation_4`` says whether SI 2021/197
    reg 4 is the basis, or, where the difference is not known, whether nothing entered rules it out.
    ValueError for a row in error.
    """
    block, at = rows_with(outcome, row)
    here = Row(outcome, block, row, at)
    facts, found = block.facts, block.difference
    entry = coverage.named_in_schedule(outcome.cases.text["employer_name"][row])
    basis = bool(block.basis.regulation_4[at])
    if Triage(int(outcome.triage[row])) < Triage.REPAIRED:
        basis = not (facts.dates.paid_outside_period[at] or facts.payments.waived[at])
    nation = int(facts.scope.nation[at])
    return Lines(
        payments=tuple(_payment_lines(here)),
        interest=tuple(_interest_lines(here)),
        scheme_before_credit=int(found.scheme_net[at]),
        credit=int(found.credit[at]),
        refunded_strain=int(found.refunded_strain[at]),
        regulation_4=basis,
        split_assumed=bool(found.split_assumed[at]),
        late=bool(facts.scope.late[at]),
        scotland=bool(facts.scope.scotland[at]),
        northern_ireland=nation == Nation.NORTHERN_IRELAND,
        wales=nation == Nation.WALES,
        payment_assumed=bool(facts.dates.payment_assumed[at]),
        schedule_entry=entry.words if entry is not None else "",
    )


def _with_both_differences(here: Row, code: str) -> str:
    """A reason's sentence; for notice pay of unknown exemption with both differences where they differ."""
    links, found, at = here.block.links, here.block.difference, here.at
    differ = links.notice_differences_differ[at] and here.figure("difference") is not None
    if code != "notice_pay_taken_as_exempt" or not differ:
        return REASONS[code]
    exempt = shown_money(int(found.difference[at]))
    whole = shown_money(int(links.difference_if_counted[at]))
    return f"{REASONS[code]} The difference is {exempt}; counted in full it would be {whole}."


def _missing(outcome: Outcome, row: int) -> tuple[str, ...]:
    names = [code for code in outcome.texts("missing", slice(row, row + 1))[0].split(";") if code]
    return tuple(
        f"{BY_NAME[name].heading} ({name})" if name in BY_NAME else _linked_words(name)
        for name in names
    )


def _linked_words(name: str) -> str:
    return f"What the exit {name.removeprefix('case:')} used of the cap ({name})"


# The first lines: the answer, and any deadline that cannot wait.


def _headline(here: Row, triage: Triage) -> Iterator[str]:
    if expired := _expired_line(here):
        yield expired
    yield TRIAGES[triage.name.lower()]
    if here.block.difference.split_assumed[here.at] and triage >= Triage.REPAIRED:
        yield "How it divides between the member and the pension scheme is assumed."
    if triage is Triage.OUT_OF_SCOPE and here.figure("difference"):
        short = shown_money(here.figure("difference") or 0)
        yield f"Less was paid than was due by {short}: ask a lawyer whether there is another claim."
    for payee, words in ((Payee.MEMBER, "the member"), (Payee.SCHEME, "the pension scheme")):
        total = here.figure(f"{payee}_total")
        if total:
            yield f"Owed to {words}: {shown_money(total)}."
    yield from pension_line(here)
    if here.block.facts.scope.scotland[here.at] and triage is not Triage.OUT_OF_SCOPE:
        yield SCOTS_ADVICE
    elif here.outcome.signals.urgency[here.row]:
        yield _next_deadline(here)


def _next_deadline(here: Row) -> str:
    still_open = [
        (left, here.day(f"{name}_last_day"))
        for name in ("contract", "statute")
        if (left := here.figure(f"{name}_days_left")) is not None and left >= 0
    ]
    if not still_open:
        return "No deadline is still open: ask a lawyer today."
    left, last = min(still_open)
    return f"Next deadline: {day_words(last)}, {_plural(left, 'day')} after {shown_day(here.outcome.as_at)}."


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _expired_line(here: Row) -> str | None:
    contract, statute = here.figure("contract_days_left"), here.figure("statute_days_left")
    if contract is None or statute is None or (contract < 0) == (statute < 0):
        return None
    last = {name: here.day(f"{name}_last_day") for name in ("contract", "statute")}
    gone, open_ = ("contract", "statute") if contract < 0 else ("statute", "contract")
    words = {"contract": "in contract", "statute": "under SI 2021/197 reg 4"}
    left = statute if contract < 0 else contract
    return (
        f"The last day for a claim {words[gone]} was {day_words(last[gone])}; the claim {words[open_]} is "
        f"open to {day_words(last[open_])}, {_plural(left, 'day')} after {shown_day(here.outcome.as_at)}."
    )


# The steps, in legal order.


def _steps(here: Row, triage: Triage) -> Iterator[Step]:
    yield from _scope_steps(here)
    yield from _redundancy_steps(here)
    yield from _counted_steps(here)
    yield from _cap_steps(here)
    yield from _difference_steps(here, triage)
    if triage < Triage.REPAIRED or here.block.difference.difference[here.at] > 0:
        yield from _deadline_steps(here)
    if triage >= Triage.NEEDS_DATA:
        yield from pension_steps(here)
    if triage >= Triage.REPAIRED:
        yield from _since_steps(here)
        yield from _interest_steps(here)
        yield from tax_steps(here)
        yield from _total_steps(here)


def _scope_steps(here: Row) -> Iterator[Step]:
    scope, at = here.block.facts.scope, here.at
    exit_date = here.block.facts.dates.exit_date[at]
    yield Step(
        "Date of exit",
        str(exit_date),
        day_words(as_date(exit_date)),
        f"The cap was in force from {day_words(as_date(coverage.CAP_IN_FORCE))}, was lifted in England on "
        f"{day_words(as_date(coverage.CAP_DISAPPLIED))} and was revoked on {day_words(as_date(coverage.REVOKED))}.",
        (sources.COMMENCEMENT, sources.DISAPPLIED, sources.REVOCATION),
    )
    name = here.outcome.cases.text["employer_name"][here.row]
    entry = coverage.named_in_schedule(name)
    if entry is not None:
        working = f"Named in the Schedule: {entry.words}."
    elif scope.in_scope[at]:
        working = "Taken as a body the Schedule describes; no entry has its name."
    else:
        working = "No entry has its name, or the exit was outside the days of the cap."
    yield Step(
        "In scope",
        "yes" if scope.in_scope[at] else "no",
        "Yes" if scope.in_scope[at] else "No",
        working,
        (sources.THE_SCHEDULE, sources.DEFINITIONS),
    )


def _redundancy_steps(here: Row) -> Iterator[Step]:
    pay, at = here.block.facts.statutory, here.at
    if pay.applies[at]:
        yield day_step(
            "Redundancy pay is counted to (relevant date)",
            pay.relevant_date[at],
            "Not extended: the day of notice is not known."
            if pay.notice_unknown[at]
            else "The date of exit, or the end of statutory notice if later.",
            citations_of(redundancy.relevant_date),
        )
        years = int(pay.years[at])
        yield Step(
            "Complete years that count",
            str(years),
            str(years),
            "Counted backwards from the day after the relevant date, at most 20.",
            citations_of(redundancy.years_that_count),
        )
    if pay.weeks_known[at]:
        weeks = plain_weeks(int(pay.half_weeks[at]))
        yield Step(
            "Weeks of redundancy pay",
            weeks,
            weeks,
            "A half for each year below 22, one from 22, one and a half from 41, that age throughout the "
            "year; none under two years' service.",
            citations_of(redundancy.half_weeks),
        )
    if pay.applies[at] and not pay.limit_known[at]:
        yield Step(
            "Limit on a week's pay",
            "",
            "Not known",
            "The relevant date lies outside the table of limits; nothing is extrapolated.",
            citations_of(redundancy.weekly_limit),
        )
    if pay.computed_known[at]:
        yield money_step(
            "Statutory redundancy pay worked out",
            pay.computed[at],
            _redundancy_working(here),
            citations_of(redundancy.redundancy_pay),
        )
    if pay.used_known[at]:
        entered = bool(here.outcome.cases.known["statutory_redundancy"][here.row])
        working = "The sum entered" if entered else "The sum worked out"
        yield money_step(
            "Statutory redundancy pay used",
            pay.used[at],
            f"{working}, and never more than the redundancy pay due. The cap could not reduce it.",
            (sources.STATUTORY_PROTECTED,),
        )


def _redundancy_working(here: Row) -> str:
    pay, at = here.block.facts.statutory, here.at
    weeks = plain_weeks(int(pay.half_weeks[at]))
    if int(pay.half_weeks[at]) == 0:
        return "No weeks, so nothing."
    limit = shown_money(int(pay.limit[at]))
    week = shown_money(int(pay.week[at]))
    if here.outcome.cases.known["weekly_pay"][here.row]:
        return f"{weeks} weeks × the lesser of {week} a week and the limit of {limit}."
    divisor = here.outcome.positions.week_divisor
    return f"{weeks} weeks × the lesser of {week} ÷ {divisor} a week and the limit of {limit}."


def _counted_steps(here: Row) -> Iterator[Step]:
    pay, capped, at = here.block.facts.payments, here.block.cap, here.at
    for place, kind in enumerate(KINDS):
        if not pay.due_known[place, at]:
            continue
        due = int(pay.due[place, at])
        working = "Counts in full."
        if place == NOTICE:
            working = _notice_working(here)
        yield money_step(f"{kind.title} due", due, working, (kind.citation,))
    if here.figure("exempt_total"):
        yield money_step(
            "Exempt",
            capped.exempt_total[at],
            "Untaken leave, other exempt payments, and the exempt part of notice pay. Never counted.",
            (sources.EXEMPT_PAYMENTS,),
        )
    if (counted := here.figure("counted_total")) is not None:
        yield money_step(
            "Counted towards the cap",
            counted,
            "The exit payments due, less what of notice pay is exempt.",
            citations_of(exit_payments.counted_payments),
        )


def _notice_working(here: Row) -> str:
    pay, at = here.block.facts.payments, here.at
    counted = shown_money(int(here.block.cap.counted_notice[at]))
    if pay.salary_known[at]:
        quarter = shown_money(int(pay.quarter[at]))
        return f"A quarter of salary is {quarter}; {counted} counts towards the cap."
    if not pay.notice_unsure[at]:
        return "Nothing due, so nothing counts."
    return "The salary is not known: taken as wholly exempt."


def _cap_steps(here: Row) -> Iterator[Step]:
    capped, at = here.block.cap, here.at
    waived = bool(here.block.facts.payments.waived[at])
    if (before := here.figure("cap_used_before")) is not None:
        yield money_step(
            "Cap used by earlier exits within 28 days",
            before,
            "What the cap would have allowed for those exits, as if it had not been relaxed for them.",
            citations_of(cap.first_linked),
        )
    if (available := here.figure("cap_available")) is not None:
        relaxed = int(here.block.facts.payments.relaxed_by[at])
        more = f" + {shown_money(relaxed)} relaxed" if relaxed else ""
        yield money_step(
            "Cap available",
            available,
            f"{shown_money(cap.CAP)}{more} − {shown_money(int(capped.used_before[at]))} used before, not "
            "below 0.",
            citations_of(cap.cap_available),
        )
    if (allowed := here.figure("allowed_total")) is not None:
        counted = shown_money(int(capped.counted_total[at]))
        yield money_step(
            "Allowed under the cap",
            allowed,
            "The cap was wholly waived." if waived else _allowed_working(here),
            citations_of(cap.allowed_total),
        )
        yield money_step(
            "Reduction the cap required",
            capped.reduction[at],
            f"{counted} counted − {shown_money(allowed)} allowed.",
            (sources.THE_CAP,),
        )
    if (needed := here.figure("strain_needed_to_breach")) is not None:
        yield money_step(
            "Strain that would reach the cap",
            needed,
            "The strain is not known. A penny more than this exceeds the cap.",
            (*citations_of(cap.strain_needed_to_breach), sources.UNREDUCED_AT_55),
        )


def _allowed_working(here: Row) -> str:
    capped, at = here.block.cap, here.at
    if capped.counted_total[at] <= capped.available[at]:
        return "The counted payments do not exceed the cap available."
    protected = shown_money(int(here.block.facts.statutory.protected[at]))
    if not here.block.facts.statutory.protected[at]:
        return "Over the cap: the payments are allowed up to what is available."
    return (
        f"Over the cap: statutory redundancy pay of {protected} in full, and of the other payments what "
        "the cap leaves after it."
    )


def _difference_steps(here: Row, triage: Triage) -> Iterator[Step]:
    found, at = here.block.difference, here.at
    if here.figure("difference") is None:
        yield from _known_totals(here)
        return
    for line in _payment_lines(here):
        if line.due is None or line.short is None:
            continue
        due = shown_money(line.due)
        if line.paid is None:
            source = "the total paid" if line.from_total else "the cut the cap required"
            working = (
                f"{due} due; what was paid is not known. Its share of the shortfall, from {source}."
            )
        else:
            working = f"{due} due − {shown_money(line.paid)} paid."
        yield money_step(
            f"{line.title}: short to the {line.payee}",
            line.short,
            working,
            citations_of(reclaim.signed_shortfalls),
        )
    yield from _known_totals(here)
    yield from _payee_steps(here)
    if triage >= Triage.REPAIRED and found.difference[at] > 0:
        yield _basis_step(here)


def _payment_lines(here: Row) -> Iterator[PaymentLine]:
    pay, found, at = here.block.facts.payments, here.block.difference, here.at
    known = here.outcome.cases.known
    difference_known = here.figure("difference") is not None
    for place, kind in enumerate(KINDS):
        due_known, unknown = bool(pay.due_known[place, at]), bool(pay.paid_unknown[place, at])
        due, paid = int(pay.due[place, at]), int(pay.paid[place, at])
        paid_known = bool(known[f"{kind.name}_paid"][here.row]) or (due_known and not unknown)
        if not (due_known or paid_known) or not (due or paid):
            continue
        short = int((found.borne if unknown else found.known_shortfalls)[place, at])
        yield PaymentLine(
            kind=kind.name,
            title=kind.title,
            payee=kind.payee,
            citation=kind.citation,
            due=due if due_known else None,
            paid=paid if paid_known else None,
            short=short if difference_known and due_known else None,
            estimated=unknown and not (found.total_used[at] and not found.split_assumed[at]),
            from_total=unknown and bool(found.total_used[at]),
        )


def _known_totals(here: Row) -> Iterator[Step]:
    if (due := here.figure("due_total")) is not None:
        yield money_step(
            "Due in all",
            due,
            "The exit payments due: notice pay whole, leave and other exempt payments left out.",
            (sources.THE_DIFFERENCE,),
        )
    if (paid := here.figure("paid_total")) is not None:
        yield money_step(
            "Paid in all", paid, "Without any cash alternative.", (sources.THE_DIFFERENCE,)
        )


def _payee_steps(here: Row) -> Iterator[Step]:
    found, at = here.block.difference, here.at
    gross = {"member": int(found.member_gross[at]), "scheme": int(found.scheme_gross[at])}
    if min(gross.values()) < 0:
        for payee, amount in gross.items():
            yield money_step(
                f"Shortfall of the {payee}'s payments before netting",
                amount,
                "Below 0: more was paid than was due. It is set against the other's shortfall.",
                citations_of(reclaim.net_of_overpayment),
            )
    credit = int(found.credit[at])
    if credit:
        yield money_step(
            "Short to the scheme before the credit",
            found.scheme_net[at],
            "The whole strain shortfall, which the scheme may ask for in full.",
            citations_of(reclaim.sum_by_payee),
        )
        yield money_step(
            "Cash alternative credited",
            credit,
            "Set first against the scheme's shortfall, then the member's. The member may have to hand it "
            "back when the pension is put right.",
            citations_of(reclaim.credit_cash_alternative),
        )
    if refunded := int(found.refunded_strain[at]):
        yield money_step(
            "Strain the member paid, owed back to the member",
            refunded,
            "Moved from the scheme's shortfall to the member's.",
            citations_of(reclaim.refund_of_own_strain),
        )
    for payee, amount in (
        ("member", found.member_shortfall[at]),
        ("scheme", found.scheme_shortfall[at]),
    ):
        yield money_step(
            f"Short to the {payee}",
            amount,
            "This payee's part of the difference.",
            citations_of(reclaim.sum_by_payee),
        )
    yield money_step(
        "Difference",
        found.difference[at],
        f"{shown_money(int(found.member_shortfall[at]))} to the member and "
        f"{shown_money(int(found.scheme_shortfall[at]))} to the pension scheme.",
        (sources.WHO_IS_PAID,),
    )
    if here.figure("over_reduced_by"):
        yield money_step(
            "Cut beyond what the cap required",
            found.over_reduced_by[at],
            "The employer paid less than the cap allowed.",
            (sources.THE_CAP,),
        )


def _basis_step(here: Row) -> Step:
    basis, dates, at = here.block.basis, here.block.facts.dates, here.at
    if basis.regulation_4[at]:
        when = "is taken as made" if dates.payment_assumed[at] else "was made"
        working = f"A payment {when} in the relevant period, 4 November 2020 to 19 March 2021."
    elif here.block.facts.payments.waived[at]:
        working = "The cap was wholly waived, so nothing was capped: an ordinary contract or scheme claim."
    elif dates.paid_outside_period[at] or basis.nothing_paid[at]:
        working = (
            "Nothing was paid in the relevant period: an ordinary contract or scheme claim, without the "
            "8%."
        )
    else:
        working = (
            "The cap required no reduction: an ordinary contract or scheme claim, without the 8%."
        )
    answer = "yes" if basis.regulation_4[at] else "no"
    return Step(
        "SI 2021/197 reg 4 is the basis",
        answer,
        answer.capitalize(),
        working,
        (sources.THE_DIFFERENCE, sources.RELEVANT_PERIOD),
    )


def _deadline_steps(here: Row) -> Iterator[Step]:
    if here.block.facts.scope.scotland[here.at]:
        yield Step("Last day to claim", "", SCOTS_ADVICE, WARNING, (sources.SCOTS_PRESCRIPTION,))
        return
    northern_ireland = int(here.block.facts.scope.nation[here.at]) == Nation.NORTHERN_IRELAND
    for name, label, limit in (
        ("contract", "Last day for a claim in contract", sources.CONTRACT_LIMIT),
        ("statute", "Last day for a claim under SI 2021/197 reg 4", sources.STATUTE_LIMIT),
    ):
        last, left = here.day(f"{name}_last_day"), here.figure(f"{name}_days_left")
        if last is None or left is None:
            continue
        law = (
            [sources.NI_LIMIT, sources.NI_ACKNOWLEDGMENT]
            if northern_ireland
            else [limit, sources.ACKNOWLEDGMENT]
        )
        if name == "statute":
            law.append(sources.STATUTE_ACCRUAL)
        yield Step(
            label,
            last.isoformat(),
            shown_day(last),
            f"{_left(left)}{_plan(last, left, bool(northern_ireland))} A sum paid since may start the "
            "clock afresh; do not rely on it.",
            tuple(law),
        )


def _plan(last: date, left: int, northern_ireland: bool) -> str:
    if left < 0:
        return ""
    from calculator.explanation.working_days import last_working_day

    working_day = shown_day(last_working_day(last, northern_ireland))
    return f" Last working day on or before it: {working_day}. Issue the claim a day earlier."


def _left(days: int) -> str:
    if days < 0:
        return f"Passed {_plural(-days, 'day')} ago."
    return "Today." if days == 0 else f"{_plural(days, 'day')} left."


def _since_steps(here: Row) -> Iterator[Step]:
    dates, found, at = here.block.facts.dates, here.block.difference, here.at
    if not dates.topped_up[at]:
        return
    day = shown_day(as_date(dates.top_up_on[at]))
    for payee, paid, short in (
        ("member", dates.top_up_member[at], found.member_shortfall[at]),
        ("scheme", dates.top_up_scheme[at], found.scheme_shortfall[at]),
    ):
        if paid:
            over = int(paid) - int(short)
            more = f" That is {shown_money(over)} more than was short." if over > 0 else ""
            yield money_step(
                f"Since paid to the {payee}",
                paid,
                f"On {day}.{more}",
                citations_of(reclaim.outstanding),
            )
    if dates.top_up_interest[at]:
        over = int(here.block.owed.interest_overpaid[at])
        more = f" That is {shown_money(over)} more than is due." if over else ""
        yield money_step(
            "Since paid as interest",
            dates.top_up_interest[at],
            f"On {day}. Taken off the member's interest first, then the scheme's.{more}",
            (sources.WHO_IS_PAID,),
        )


def _interest_steps(here: Row) -> Iterator[Step]:
    for line in _interest_lines(here):
        yield money_step(
            f"Interest to the {line.payee}",
            line.accrued,
            _interest_working(here, line),
            citations_of(interest.simple_interest),
        )


def _interest_lines(here: Row) -> Iterator[InterestLine]:
    owed, found, dates, at = (
        here.block.owed,
        here.block.difference,
        here.block.facts.dates,
        here.at,
    )
    if not here.block.basis.regulation_4[at] or here.figure("member_interest") is None:
        return
    end = np.datetime64(here.outcome.as_at, "D")
    for payee, principal, start, accrued, top_up in (
        (
            Payee.MEMBER,
            int(found.member_shortfall[at]),
            owed.member_from[at],
            owed.member_accrued[at],
            int(dates.top_up_member[at]),
        ),
        (
            Payee.SCHEME,
            int(found.scheme_shortfall[at]),
            owed.scheme_from[at],
            owed.scheme_accrued[at],
            int(dates.top_up_scheme[at]),
        ),
    ):
        if not principal:
            continue
        days = max(0, int((end - start).astype(int)))
        before = days
        if top_up:
            before = min(days, max(0, int((dates.top_up_on[at] - start).astype(int))))
        yield InterestLine(
            payee=payee,
            principal=principal,
            reduced_to=max(0, principal - top_up),
            start=as_date(start),
            days_before=before,
            days=days,
            accrued=int(accrued),
        )


def _interest_working(here: Row, line: InterestLine) -> str:
    rate = f"{interest.RATE_PERCENT}% ÷ {interest.DAYS_IN_YEAR}"
    span = f"from {day_words(line.start)} (that day left out) to {shown_day(here.outcome.as_at)}"
    principal = shown_money(line.principal)
    if line.reduced_to == line.principal or line.days == 0:
        return f"{principal} × {line.days} days × {rate}, {span}."
    return (
        f"({principal} × {line.days_before} days + {shown_money(line.reduced_to)} × "
        f"{line.days - line.days_before} days) × {rate}, {span}."
    )


def _total_steps(here: Row) -> Iterator[Step]:
    owed, at = here.block.owed, here.at
    for payee, words in ((Payee.MEMBER, "the member"), (Payee.SCHEME, "the pension scheme")):
        principal = int(getattr(owed, f"{payee}_outstanding")[at])
        unpaid = int(getattr(owed, f"{payee}_interest")[at])
        total = int(getattr(owed, f"{payee}_total")[at])
        low, high = here.figure(f"{payee}_total_low"), here.figure(f"{payee}_total_high")
        spread = ""
        if low is not None and high is not None and (low, high) != (total, total):
            spread = f" Between {shown_money(low)} and {shown_money(high)} if interest runs from another day."
        daily = here.figure(f"{payee}_daily_interest")
        each_day = f" It grows by {shown_money(daily)} a day." if daily else ""
        yield money_step(
            f"Still owed to {words}",
            principal,
            "What is short, less what has been paid since.",
            citations_of(reclaim.outstanding),
        )
        yield money_step(
            f"Interest unpaid to {words}",
            unpaid,
            "The interest above, less what has been paid as interest.",
            citations_of(interest.simple_interest),
        )
        yield money_step(
            f"Owed to {words} in all",
            total,
            f"{shown_money(principal)} + {shown_money(unpaid)}.{each_day}{spread}",
            (sources.WHO_IS_PAID,),
        )
