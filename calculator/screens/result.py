"""One exit's result, read top down: the answer, by payee, the days, the working, what is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

import altair as alt
import streamlit as st

from calculator.charts import growth, payments_and_cap
from calculator.days import shown_day
from calculator.explain import Explanation, explain
from calculator.money import shown_money
from calculator.outcome import Outcome
from calculator.problems import Problem, Severity
from calculator.screens.parts import law, plain, table
from calculator.words import CONFIDENCES, TRIAGES, URGENCIES
from rules.positions import POSITIONS

_PAYEES = (("member", "the member"), ("scheme", "the pension scheme"))
_COLOURS = (
    "#1f5a99",
    "#c77700",
    "#3d7a3d",
    "#7a3d7a",
    "#8a929b",
    "#5c3d00",
    "#0b7285",
    "#9c3848",
    "#444444",
)
_URGENCY_COLOURS = {
    "red": "red",
    "amber": "orange",
    "green": "green",
    "expired": "gray",
    "advice": "blue",
}


def show_result(
    outcome: Outcome,
    row: int,
    problems: Sequence[Problem],
    before_working: Callable[[], None] = lambda: None,
) -> None:
    """Show everything there is to say of one row of an outcome, and what belongs before its working."""
    found = explain(outcome, row)
    results = outcome.row(row)
    _answer(found, results)
    _problems(problems)
    if found.triage == "error":
        return
    _owed(outcome, row, results)
    _deadlines(outcome, row, results)
    _notes(found)
    _charts(outcome, row)
    before_working()
    _working(found)
    _assumptions(found, outcome)


def _answer(found: Explanation, results: dict[str, str]) -> None:
    with st.container(key="answer"):
        st.subheader(plain(found.headline[0]), anchor="answer")
        for line in found.headline[1:]:
            st.markdown(plain(line))
        badges = [
            f":{_URGENCY_COLOURS[u]}-badge[{u}] {plain(URGENCIES[u])}"
            for u in [results["urgency"]]
            if u
        ]
        badges += [
            f":gray-badge[{c}] {plain(CONFIDENCES[c])}" for c in [results["confidence"]] if c
        ]
        for badge in badges:
            st.markdown(badge)


def _problems(problems: Sequence[Problem]) -> None:
    for severity, say in ((Severity.MUST_FIX, st.error), (Severity.PLEASE_CONFIRM, st.warning)):
        lines = [f"- {plain(p.wrong)} {plain(p.enter)}" for p in problems if p.severity is severity]
        if lines:
            say(f"{severity.value.capitalize()}:\n\n" + "\n".join(lines))


def _owed(outcome: Outcome, row: int, results: dict[str, str]) -> None:
    """What each payee is owed, side by side, never added."""
    if not results["member_total"] and not results["scheme_total"]:
        return
    for column, (payee, words) in zip(st.columns(2), _PAYEES, strict=True):
        total = _pence(outcome, f"{payee}_total", row)
        with column.container(border=True):
            st.metric(f"Owed to {words}", shown_money(total) if total is not None else "Not known")
            outstanding = _pence(outcome, f"{payee}_outstanding", row)
            interest = _pence(outcome, f"{payee}_interest", row)
            if outstanding is not None and interest is not None:
                daily = _pence(outcome, f"{payee}_daily_interest", row)
                more = f", growing by {shown_money(daily)} a day" if daily else ""
                st.markdown(
                    f"{shown_money(outstanding)} and interest of {shown_money(interest)}{more}."
                )
            low, high = (_pence(outcome, f"{payee}_total_{end}", row) for end in ("low", "high"))
            if low is not None and high is not None and low != high:
                st.markdown(
                    f"Low {shown_money(low)}, likely {shown_money(total or 0)}, high {shown_money(high)}."
                )
    st.caption(
        "Two debts to two payees: do not add them. Low and high follow the settings on open questions of law."
    )


def _deadlines(outcome: Outcome, row: int, results: dict[str, str]) -> None:
    """The last days, where something is owed or may be."""
    if not results["urgency"]:
        return
    lines = []
    for name, words in (
        ("contract", "Contract"),
        ("statute", "SI 2021/197 regulation 4"),
    ):
        if results[f"{name}_last_day"]:
            last = date.fromisoformat(results[f"{name}_last_day"])
            left = int(results[f"{name}_days_left"])
            lines.append((words, shown_day(last), _days_left(left)))
    if lines:
        st.markdown("### Last days to issue a claim")
        table(lines, ("Claim", "Last day", "Days left"), "Last day of each claim and the days left")


def _days_left(left: int) -> str:
    if left < 0:
        return f"Passed {-left} days ago"
    return "Today" if left == 0 else f"{left}"


def _notes(found: Explanation) -> None:
    for heading, lines in (
        ("Note", found.reasons),
        ("Missing", [_without_name(line) for line in found.missing]),
        ("Ask the employer", found.questions),
    ):
        if lines:
            st.markdown(f"### {heading}")
            st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def _without_name(missing: str) -> str:
    """A missing field by its heading alone: its name in brackets is for case files."""
    return re.sub(r" \([a-z_0-9]+\)$", "", missing)


def _charts(outcome: Outcome, row: int) -> None:
    chart = payments_and_cap(outcome, row)
    if not chart.bars:
        return
    with st.container(key="not-printed"):
        st.markdown("### The payments against the cap")
        values: list[dict[str, object]] = [
            {"Side": bar.stack, "Payment": bar.part, "Pounds": bar.pence / 100}
            for bar in chart.bars
        ]
        bars = (
            alt.Chart(_data(values))
            .mark_bar()
            .encode(
                x=alt.X("sum(Pounds):Q", title="£", axis=alt.Axis(format=",.0f")),
                y=alt.Y("Side:N", title=None, sort=["Due", "Paid"]),
                color=alt.Color(
                    "Payment:N",
                    scale=alt.Scale(range=list(_COLOURS)),
                    legend=alt.Legend(orient="bottom", columns=2, labelLimit=220, title=None),
                ),
                tooltip=["Side:N", "Payment:N", alt.Tooltip("Pounds:Q", format=",.2f")],
            )
        )
        cap = (
            alt.Chart(_data([{"Cap": chart.line / 100}]))
            .mark_rule(color="#a4161a", strokeWidth=3, strokeDash=[6, 3])
            .encode(x="Cap:Q")
        )
        st.altair_chart((bars + cap).properties(height=170), alt=chart.words)
        st.caption(plain(f"{chart.words} The dashed line is the cap available."))
        _growth(outcome, row)


def _growth(outcome: Outcome, row: int) -> None:
    found = growth(outcome, row)
    if not found.words:
        return
    st.markdown("### What is owed, by the day it is paid")
    values: list[dict[str, object]] = [
        {"Day": p.day.isoformat(), "Payee": f"To the {p.payee}", "Pounds": p.pence / 100}
        for p in found.points
    ]
    marks: list[dict[str, object]] = [
        {"Day": p.day.isoformat()} for p in found.points if p.deadline
    ]
    base = alt.Chart(_data(values)).encode(
        x=alt.X("Day:T", title=None, axis=alt.Axis(format="%b %Y", tickCount=6)),
        y=alt.Y("Pounds:Q", title="£", scale=alt.Scale(zero=False), axis=alt.Axis(format=",.0f")),
        color=alt.Color(
            "Payee:N",
            scale=alt.Scale(range=list(_COLOURS)),
            legend=alt.Legend(orient="bottom", title=None),
        ),
    )
    deadlines = (
        alt.Chart(_data(marks)).mark_rule(color="#a4161a", strokeDash=[4, 3]).encode(x="Day:T")
        if marks
        else None
    )
    lines = base.mark_line(point=True)
    chart = lines + deadlines if deadlines is not None else lines
    st.altair_chart(chart.properties(height=230), alt=found.words)
    st.caption(plain(f"{found.words} The dashed lines are the last days to claim."))


def _data(values: list[dict[str, object]]) -> alt.Data:
    return alt.Data(values=values)  # type: ignore[no-untyped-call]


def _working(found: Explanation) -> None:
    if not found.steps:
        return
    with st.container(key="working"):
        st.markdown("### The working, line by line")
        _steps(found)


def _steps(found: Explanation) -> None:
    table(
        [
            (
                str(number),
                plain(step.label),
                plain(step.shown),
                plain(step.working),
                law(step.citations),
            )
            for number, step in enumerate(found.steps, 1)
        ],
        ("No.", "What", "Amount", "Working", "Law"),
        "Each step of the working with its amount and the law",
    )


def _assumptions(found: Explanation, outcome: Outcome) -> None:
    lines = [line for line in found.assumptions if not line.startswith("Positions: ")]
    if not lines:
        return
    st.markdown("### Assumed")
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))
    st.markdown("### Open questions of law, as answered under Settings")
    taken = [
        f"- {plain(p.question)} **{plain(getattr(outcome.positions, p.name).replace('_', ' '))}**"
        for p in POSITIONS
    ]
    st.markdown("\n".join(taken))


def _pence(outcome: Outcome, name: str, row: int) -> int | None:
    column = outcome.figures(name)
    return int(column.values[row]) if column.filled[row] else None


def summary_lines(outcome: Outcome, row: int) -> list[tuple[str, str]]:
    """The few figures that are compared side by side: what, and how it is shown."""
    results = outcome.row(row)
    lines = [("Result", TRIAGES[results["triage"]])]
    for payee, words in _PAYEES:
        total = _pence(outcome, f"{payee}_total", row)
        lines.append((f"Owed to {words}", shown_money(total) if total is not None else "Not known"))
    for name, words in (("contract", "Last day, contract"), ("statute", "Last day, SI 2021/197")):
        last = results[f"{name}_last_day"]
        lines.append((words, shown_day(date.fromisoformat(last)) if last else "None"))
    return lines
