"""One exit's result: the answer card, and below it one part at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from types import MappingProxyType

import streamlit as st

from calculator.calculation.codes import ASSUMPTIONS, QUESTIONS, TO_CHECK, TRIAGES
from calculator.calculation.outcome import Outcome
from calculator.explanation.charts import (
    PensionLife,
    payments_and_cap,
    pension_over_time,
    timeline,
)
from calculator.explanation.explain import Explanation, explain, missing_of, reasons_of
from calculator.explanation.lines import lines_of
from calculator.explanation.words import WARNING
from calculator.facts.days import shown_day
from calculator.facts.fields import BY_NAME
from calculator.facts.money import shown_money
from calculator.facts.problems import Problem, Severity
from calculator.one_case.answer import answer_of
from calculator.one_case.values import problem_words
from calculator.screens import drawings
from calculator.screens.answer_card import show_card
from calculator.screens.parts import escape_markdown, law, table
from rules.positions import POSITIONS

_PAYEES = (("member", "the member"), ("scheme", "the pension scheme"))
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


def show_result(
    outcome: Outcome,
    row: int,
    problems: Sequence[Problem],
    parts: Mapping[str, Callable[[], None]] = MappingProxyType({}),
    show_problems: Callable[[], None] | None = None,
    to_check: Callable[[], None] | None = None,
    do_next: Callable[[], None] | None = None,
    key: str = "result-part",
) -> None:
    """Show the answer card of one row of an outcome, and below it the part of the result that is chosen.

    ``parts`` are further parts, by name. ``do_next`` draws the buttons at the foot of the card,
    ``to_check`` what is to be checked before a letter, ``show_problems`` what is to be corrected; without
    them the sentences alone are shown.
    """
    show_card(answer_of(outcome, row, problems), do_next)
    if show_problems is not None:
        show_problems()
    else:
        show_sentences(problems)
    if to_check is not None:
        to_check()
    else:
        for code in outcome.signals.to_check.of(row):
            st.warning(f"To check before a letter: {escape_markdown(TO_CHECK[code])}")
    if outcome.cases.in_error[row]:
        return
    shown: dict[str, Callable[[], None]] = {
        "Answer": partial(_answer, outcome, row),
        **{name: show for name, show in parts.items() if name == "Letters"},
        "Working": partial(_working_and_assumed, outcome, row),
        **{name: show for name, show in parts.items() if name != "Letters"},
    }
    with st.container(key="part-choice"):
        chosen = st.segmented_control(
            "Part of the result", list(shown), default="Answer", key=key, required=True
        )
    shown[chosen or "Answer"]()


def _answer(outcome: Outcome, row: int) -> None:
    """Show what is missing and to be asked, the last days, the charts, the pension, the tax."""
    _notes(outcome, row)
    _deadlines(outcome, row)
    _charts(outcome, row)
    _pension(outcome, row)
    _tax(outcome, row)


def _working_and_assumed(outcome: Outcome, row: int) -> None:
    explanation = explain(outcome, row)
    _working(explanation)
    _assumptions(explanation, outcome)


def show_sentences(problems: Sequence[Problem]) -> None:
    """Say what is wrong and what is to be confirmed, in one box for each."""
    for severity, say in ((Severity.MUST_FIX, st.error), (Severity.PLEASE_CONFIRM, st.warning)):
        lines = [
            f"- {escape_markdown(_words(problem))}"
            for problem in problems
            if problem.severity is severity
        ]
        if lines:
            say(f"{severity.value.capitalize()}:\n\n" + "\n".join(lines))


def _words(problem: Problem) -> str:
    field = BY_NAME.get(problem.field)
    if field is None:
        return f"{problem.wrong} {problem.enter}"
    return f"{field.heading}: {problem_words(field, problem)}"


def _deadlines(outcome: Outcome, row: int) -> None:
    """Show the last days if something is owed or may be."""
    if not outcome.signals.urgency[row]:
        return
    counts = lines_of(outcome, row).contract_counts
    lines = []
    for name, words in (
        (
            "contract_last_day",
            "Claim for breach of contract" + ("" if counts else ", of use for a declaration only"),
        ),
        ("statute_last_day", "Claim under the 2021 regulations (SI 2021/197, regulation 4)"),
        ("pension_lump_sum_last_day", "Pension lump sum: may run out"),
        ("pension_instalment_last_day", "First month of the pension: may run out"),
        ("judicial_review_last_day", "Judicial review of the refusal: promptly, and at the latest"),
        ("idrp_last_day", "Internal dispute procedure, first stage"),
    ):
        if (last := outcome.day(name, row)) is not None:
            lines.append((words, shown_day(last), _days_left((last - outcome.as_at).days)))
    if lines:
        st.markdown("### Last days to issue a claim")
        st.markdown(f"{escape_markdown(WARNING)} Do not leave a claim to its last day.")
        table(lines, ("Claim", "Last day", "Days left"), "Last day of each claim and the days left")


def _days_left(left: int) -> str:
    if left < 0:
        return f"Passed {-left} days ago"
    return "Today" if left == 0 else f"{left}"


def _notes(outcome: Outcome, row: int) -> None:
    for heading, lines in (
        ("Note", reasons_of(outcome, row)),
        ("Missing", missing_of(outcome, row)),
        ("Ask the employer", [QUESTIONS[code] for code in outcome.signals.questions.of(row)]),
    ):
        if lines:
            st.markdown(f"### {heading}")
            st.markdown("\n".join(f"- {escape_markdown(line)}" for line in lines))


def _charts(outcome: Outcome, row: int) -> None:
    chart = payments_and_cap(outcome, row)
    if not chart.bars:
        return
    with st.container(key="not-printed"):
        st.markdown("### The payments against the cap")
        drawings.payments(chart)
        st.caption(escape_markdown(chart.words))
        line = timeline(outcome, row)
        if line.events:
            st.markdown("### The days of this case")
            drawings.days(line)
            st.caption(escape_markdown(line.words))


def _pension(outcome: Outcome, row: int) -> None:
    """Show what the pension lost, apart from what the employer owes, and how it went on."""
    if not _figures("Pension lost: an estimate for the scheme to confirm", _PENSION, outcome, row):
        return
    st.caption(
        "It is no part of what is owed above. In the LGPS the pension fund puts it right; other schemes have "
        "rules of their own."
    )
    if (floor_to := outcome.day("pension_interest_floor_to", row)) is not None:
        st.caption(
            f"At least: the interest to {shown_day(floor_to)}, the last day for which Bank Rate is known here."
        )
    if outcome.signals.assumptions.has("deferred_nothing_paid")[row]:
        st.caption(escape_markdown(ASSUMPTIONS["deferred_nothing_paid"]))
    life = pension_over_time(outcome, row)
    if life.points:
        _pension_chart(life)


def _pension_chart(life: PensionLife) -> None:
    drawings.pension(life)
    st.caption(escape_markdown(life.words))
    table(
        [
            tuple(
                escape_markdown(text)
                for text in (
                    shown_day(point.day),
                    shown_money(point.due),
                    shown_money(point.paid),
                    shown_money(point.arrears),
                )
            )
            for point in life.points
        ],
        ("From", "Unreduced a year", "Paid a year", "Arrears by then"),
        "The yearly pension unreduced and paid from each increase on, and the arrears by then",
    )


def _tax(outcome: Outcome, row: int) -> None:
    """Show what tax may leave of the sum owed to the member."""
    if _figures(
        "Tax on what is owed to the member: an estimate for HMRC to confirm", _TAX, outcome, row
    ):
        st.caption(
            "Code 0T, month 1, may take too much at first; it comes back after the year or on a claim to "
            "HMRC. The working has each step."
        )


def _figures(heading: str, names: Sequence[tuple[str, str]], outcome: Outcome, row: int) -> bool:
    """Show a table of some results. Shows nothing and gives False if all are 0 or unknown."""
    if not any(outcome.figure(name, row) for name, _ in names):
        return False
    st.markdown(f"### {heading}")
    known = [
        (words, outcome.figure(name, row))
        for name, words in names
        if not _said_by_the_other(outcome, row, name)
    ]
    table(
        [
            (words, escape_markdown(shown_money(pence)) if pence is not None else "Not known")
            for words, pence in known
        ],
        ("What", "Amount"),
        heading,
    )
    return True


def _said_by_the_other(outcome: Outcome, row: int, name: str) -> bool:
    """Tell whether the interest, or what it is at least, is to be left out as the other of the two is given."""
    floor = outcome.figure("pension_interest_floor", row)
    return (name == "pension_interest" and floor is not None) or (
        name == "pension_interest_floor" and floor is None
    )


def _working(explanation: Explanation) -> None:
    if not explanation.steps:
        return
    with st.container(key="working"):
        st.markdown("### The working, line by line")
        _steps(explanation)


def _steps(explanation: Explanation) -> None:
    table(
        [
            (
                str(number),
                escape_markdown(step.label),
                escape_markdown(step.formatted),
                escape_markdown(step.working),
                law(step.citations),
            )
            for number, step in enumerate(explanation.steps, 1)
        ],
        ("No.", "What", "Amount", "Working", "Law"),
        "Each step of the working with its amount and the law",
    )


def _assumptions(explanation: Explanation, outcome: Outcome) -> None:
    lines = [line for line in explanation.assumptions if not line.startswith("Positions: ")]
    if not lines:
        return
    st.markdown("### Assumed")
    st.markdown("\n".join(f"- {escape_markdown(line)}" for line in lines))
    st.markdown("### Open questions of law, as answered under Settings")
    taken = [
        f"- {escape_markdown(p.question)} **{escape_markdown(p.said(getattr(outcome.positions, p.name)))}**"
        for p in POSITIONS
    ]
    st.markdown("\n".join(taken))


def summary_lines(outcome: Outcome, row: int) -> list[tuple[str, str]]:
    """List the figures to compare side by side: a label and the formatted figure."""
    results = outcome.row(row)
    lines = [("Result", TRIAGES[results["triage"]])]
    for payee, words in _PAYEES:
        total = outcome.figure(f"{payee}_total", row)
        lines.append((f"Owed to {words}", shown_money(total) if total is not None else "Not known"))
    for name, words in (("contract", "Last day, contract"), ("statute", "Last day, SI 2021/197")):
        last = results[f"{name}_last_day"]
        lines.append((words, shown_day(date.fromisoformat(last)) if last else "None"))
    issue_by = outcome.day("issue_by", row)
    lines.append(("Issue a claim by", shown_day(issue_by) if issue_by else "None"))
    return lines
