"""One exit's result: the answer card, and below it one part at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from datetime import date
from functools import partial
from types import MappingProxyType

import streamlit as st

from calculator.calculation.codes import ASSUMPTIONS, TRIAGES
from calculator.calculation.outcome import Outcome
from calculator.explanation.charts import PensionLife, growth, payments_and_cap, pension_over_time
from calculator.explanation.explain import Explanation, explain
from calculator.explanation.lines import lines_of
from calculator.facts.days import shown_day
from calculator.facts.fields import BY_NAME
from calculator.facts.money import shown_money
from calculator.facts.problems import Problem, Severity
from calculator.one_case.answer import answer_of
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
    marked_beside: Container[str] = (),
    to_check: Callable[[], None] | None = None,
    do_next: Callable[[], None] | None = None,
    key: str = "result-part",
) -> None:
    """Show the answer card of one row of an outcome, and below it the part of the result that is chosen.

    ``parts`` are further parts, by name; ``do_next`` draws the buttons at the foot of the card. ``to_check`` shows what is to be checked before a letter; without
    it the sentences alone are shown. ``marked_beside``: the fields whose problem is shown beside them; in
    the result they are only named.
    """
    explanation = explain(outcome, row)
    answer = answer_of(outcome, row, problems)
    show_card(answer, do_next)
    _problems(problems, marked_beside)
    if to_check is not None:
        to_check()
    else:
        for sentence in explanation.headline[: len(explanation.to_check)]:
            st.warning(f"To check before a letter: {escape_markdown(sentence)}")
    if explanation.triage == "error":
        return
    shown: dict[str, Callable[[], None]] = {
        "Answer": partial(_answer, explanation, outcome, row),
        **parts,
        "Working": partial(_working_and_assumed, explanation, outcome),
    }
    with st.container(key="part-choice"):
        chosen = st.segmented_control(
            "Part of the result", list(shown), default="Answer", key=key, required=True
        )
    shown[chosen or "Answer"]()


def _answer(explanation: Explanation, outcome: Outcome, row: int) -> None:
    """Show what is missing and to be asked, the last days, the charts, the pension, the tax."""
    _notes(explanation)
    _deadlines(outcome, row, outcome.row(row))
    _charts(outcome, row)
    _pension(outcome, row)
    _tax(outcome, row)


def _working_and_assumed(explanation: Explanation, outcome: Outcome) -> None:
    _working(explanation)
    _assumptions(explanation, outcome)


def _problems(problems: Sequence[Problem], marked_beside: Container[str]) -> None:
    for severity, say in ((Severity.MUST_FIX, st.error), (Severity.PLEASE_CONFIRM, st.warning)):
        lines = [
            f"- {escape_markdown(BY_NAME[p.field].heading)}: correct it where it is marked."
            if p.field in marked_beside and severity is Severity.MUST_FIX
            else f"- {escape_markdown(p.wrong)} {escape_markdown(p.enter)}"
            for p in problems
            if p.severity is severity
        ]
        if lines:
            say(f"{severity.value.capitalize()}:\n\n" + "\n".join(lines))


def _deadlines(outcome: Outcome, row: int, results: dict[str, str]) -> None:
    """Show the last days if something is owed or may be."""
    if not results["urgency"]:
        return
    counts = lines_of(outcome, row).contract_counts
    lines = []
    for name, words in (
        ("contract_last_day", "Contract" if counts else "Contract, of use for a declaration only"),
        ("statute_last_day", "SI 2021/197 regulation 4"),
        ("pension_lump_sum_last_day", "Pension lump sum: may run out"),
        ("pension_instalment_last_day", "First month of the pension: may run out"),
        ("judicial_review_last_day", "Judicial review of the refusal: promptly, and at the latest"),
        ("idrp_last_day", "Internal dispute procedure, first stage"),
    ):
        if results[name]:
            last = date.fromisoformat(results[name])
            lines.append((words, shown_day(last), _days_left((last - outcome.as_at).days)))
    if lines:
        st.markdown("### Last days to issue a claim")
        table(lines, ("Claim", "Last day", "Days left"), "Last day of each claim and the days left")


def _days_left(left: int) -> str:
    if left < 0:
        return f"Passed {-left} days ago"
    return "Today" if left == 0 else f"{left}"


def _notes(explanation: Explanation) -> None:
    for heading, lines in (
        ("Note", explanation.reasons),
        ("Missing", [_without_name(line) for line in explanation.missing]),
        ("Ask the employer", explanation.questions),
    ):
        if lines:
            st.markdown(f"### {heading}")
            st.markdown("\n".join(f"- {escape_markdown(line)}" for line in lines))


def _without_name(missing: str) -> str:
    """Name a missing field by its heading alone: the name in brackets is for case files."""
    return re.sub(r" \([a-z_0-9]+\)$", "", missing)


def _charts(outcome: Outcome, row: int) -> None:
    chart = payments_and_cap(outcome, row)
    if not chart.bars:
        return
    with st.container(key="not-printed"):
        st.markdown("### The payments against the cap")
        drawings.payments(chart)
        st.caption(escape_markdown(f"{chart.words} The dashed line is the cap available."))
        _growth(outcome, row)


def _growth(outcome: Outcome, row: int) -> None:
    growing = growth(outcome, row)
    if not growing.words:
        return
    st.markdown("### What is owed, by the day it is paid")
    drawings.growing(growing)
    st.caption(escape_markdown(f"{growing.words} The dashed lines are the last days to claim."))


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
