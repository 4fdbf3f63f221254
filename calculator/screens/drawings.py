"""Draws the charts with Vega-Lite, from figures calculated elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from calculator.explanation.charts import Chart, Growth, PensionLife

_INK = "#0b0c0c"
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
_RED = "#a4161a"
Values = Sequence[Mapping[str, object]]
Spec = dict[str, Any]


def _draw(layers: Sequence[Spec], height: int, words: str) -> None:
    """Draw layers in one chart, with its text alternative."""
    dark = {"labelColor": _INK, "titleColor": _INK}
    st.vega_lite_chart(
        spec={
            "layer": list(layers),
            "height": height,
            "config": {"axis": dark, "legend": dark},
        },
        alt=words,
    )


def payments(chart: Chart) -> None:
    """Draw due and paid, stacked by kind, against the cap."""
    bars = _layer(
        [{"Side": bar.stack, "Payment": bar.part, "Pounds": bar.pence / 100} for bar in chart.bars],
        {"type": "bar"},
        x={**_pounds("£"), "aggregate": "sum"},
        y={"field": "Side", "type": "nominal", "title": None, "sort": ["Due", "Paid"]},
        color=_colour("Payment", columns=2, labelLimit=220),
        tooltip=_tooltip("Side", "Payment"),
    )
    cap = _layer(
        [{"Cap": chart.line / 100}],
        {"type": "rule", "color": _RED, "strokeWidth": 3, "strokeDash": [6, 3]},
        x={"field": "Cap", "type": "quantitative"},
    )
    _draw([bars, cap], 190, chart.words)


def growing(growth: Growth) -> None:
    """Draw what is owed to each payee by the day it is paid, and the last days to claim."""
    lines = _layer(
        [
            {"Day": p.day.isoformat(), "Payee": f"To the {p.payee}", "Pounds": p.pence / 100}
            for p in growth.points
        ],
        {"type": "line", "point": True},
        x=_day("%b %Y", 6),
        y={**_pounds("£"), "scale": {"zero": False}},
        color=_colour("Payee"),
    )
    marks = _layer(
        [{"Day": p.day.isoformat()} for p in growth.points if p.deadline],
        {"type": "rule", "color": _RED, "strokeDash": [4, 3]},
        x=_day("%b %Y", 6),
    )
    _draw([lines, marks], 250, growth.words)


def pension(life: PensionLife) -> None:
    """Draw the yearly pension unreduced and as paid, step by step."""
    both = ["Unreduced", "Paid"]
    lines = _layer(
        [
            {"Day": point.day.isoformat(), "Pension": words, "Pounds": pence / 100}
            for point in life.points
            for words, pence in zip(both, (point.due, point.paid), strict=True)
        ],
        {"type": "line", "interpolate": "step-after", "strokeWidth": 3},
        x=_day("%Y", "year"),
        y=_pounds("£ a year", tickCount=5),
        color={**_colour("Pension"), "sort": both},
        strokeDash={"field": "Pension", "type": "nominal", "sort": both, "legend": None},
    )
    _draw([lines], 320, life.words)


def owed_by_triage(owed: Sequence[tuple[str, str, int]], words: str) -> None:
    """Draw what is owed with interest by triage, the payees side by side."""
    bars = _layer(
        [{"Triage": name, "Payee": payee, "Pounds": pence / 100} for name, payee, pence in owed],
        {"type": "bar"},
        x=_pounds("£", tickCount=5),
        y=_named("Triage", 200),
        yOffset={"field": "Payee", "type": "nominal", "sort": None},
        color={**_colour("Payee", orient="top"), "sort": None},
        tooltip=_tooltip("Triage", "Payee"),
    )
    _draw([bars], 90 + 50 * len({name for name, _, _ in owed}), words)


def cases_by_days(left: Sequence[tuple[str, int]], words: str) -> None:
    """Draw how many cases have how many days left."""
    bars = _layer(
        [{"Urgency": name, "Cases": cases} for name, cases in left],
        {"type": "bar", "color": _COLOURS[0]},
        x={
            "field": "Cases",
            "type": "quantitative",
            "title": "Cases",
            "axis": {"format": ",d", "tickCount": 8, "tickMinStep": 1},
        },
        y=_named("Urgency", 220),
        tooltip=[
            {"field": "Urgency", "type": "nominal"},
            {"field": "Cases", "type": "quantitative"},
        ],
    )
    _draw([bars], 60 + 30 * len(left), words)


def _layer(values: Values, mark: Spec, **encoding: object) -> Spec:
    return {"data": {"values": list(values)}, "mark": mark, "encoding": encoding}


def _pounds(title: str, **axis: object) -> Spec:
    return {
        "field": "Pounds",
        "type": "quantitative",
        "title": title,
        "axis": {"format": ",.0f", **axis},
    }


def _day(date_format: str, ticks: int | str) -> Spec:
    axis = {"format": date_format, "tickCount": ticks}
    return {"field": "Day", "type": "temporal", "title": None, "axis": axis}


def _named(field: str, most: int) -> Spec:
    axis = {"labelLimit": most}
    return {"field": field, "type": "nominal", "title": None, "sort": None, "axis": axis}


def _colour(field: str, **legend: object) -> Spec:
    return {
        "field": field,
        "type": "nominal",
        "scale": {"range": list(_COLOURS)},
        "legend": {"orient": "bottom", "title": None, **legend},
    }


def _tooltip(*fields: str) -> list[Spec]:
    named: list[Spec] = [{"field": field, "type": "nominal"} for field in fields]
    return [*named, {"field": "Pounds", "type": "quantitative", "format": ",.2f"}]
