"""Draws the charts with Vega-Lite, from figures calculated elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from calculator.explanation.charts import COUNTED, EXEMPT, THE_CAP, Chart, PensionLife, Timeline
from calculator.facts.days import shown_day
from calculator.facts.money import shown_money

_INK = {"light": "#0b0c0c", "dark": "#f3f5f8"}
_COLOURS = {
    "light": (
        *("#1f5a99", "#c77700", "#3d7a3d", "#7a3d7a", "#8a929b", "#5c3d00", "#0b7285", "#9c3848"),
        "#444444",
    ),
    "dark": (
        *("#6aa5e0", "#e09a2d", "#7fbf7f", "#c58ac5", "#8a929b", "#c9a46b", "#3fb0c4", "#e0808e"),
        "#bbbbbb",
    ),
}
_RED = {"light": "#a4161a", "dark": "#ff8a80"}
_GREY = "#8a929b"
Values = Sequence[Mapping[str, object]]
Spec = dict[str, Any]


def _draw(layers: Sequence[Spec], height: int, words: str) -> None:
    """Draw layers in one chart, with its text alternative."""
    dark = {"labelColor": _ink(), "titleColor": _ink()}
    st.vega_lite_chart(
        spec={
            "layer": list(layers),
            "height": height,
            "padding": {"left": 8, "right": 8, "top": 8},
            "config": {"axis": dark, "legend": dark},
        },
        alt=words,
    )


def _ink() -> str:
    """Give the colour of text in the theme of the page."""
    return _INK[_theme()]


def _theme() -> str:
    return "dark" if st.context.theme.type == "dark" else "light"


def payments(chart: Chart) -> None:
    """Draw due, counted, the cap and paid, one bar each, with its sum at its end."""
    order = [stack for stack, _ in chart.totals]
    side = {"field": "Side", "type": "nominal", "title": None, "sort": order}
    special = {
        EXEMPT: _GREY,
        COUNTED: "#444444" if _theme() == "light" else "#c8cdd2",
        THE_CAP: _RED[_theme()],
    }
    parts = list(dict.fromkeys(bar.part for bar in chart.bars))
    plain = iter(_COLOURS[_theme()])
    colours = [special.get(part) or next(plain) for part in parts]
    bars = _layer(
        [
            {"Side": bar.stack, "Payment": bar.part, "Pounds": bar.pence / 100, "Order": number}
            for number, bar in enumerate(chart.bars)
        ],
        {"type": "bar"},
        x={**_pounds("£", tickCount=4), "aggregate": "sum"},
        y=side,
        order={"field": "Order"},
        color={
            **_colour("Payment", columns=1, labelLimit=260),
            "scale": {"domain": parts, "range": colours},
        },
        tooltip=_tooltip("Side", "Payment"),
    )
    most = max(pence for _, pence in chart.totals)
    sums = _layer(
        [{"Side": s, "Pounds": p / 100, "Sum": shown_money(p)} for s, p in chart.totals],
        {"type": "text", "align": "left", "dx": 4, "color": _ink()},
        x={"field": "Pounds", "type": "quantitative", "scale": {"domain": [0, most / 100 * 1.3]}},
        y=side,
        text={"field": "Sum"},
    )
    _draw([bars, sums], 190 + 20 * len(parts), chart.words)


def days(line: Timeline) -> None:
    """Draw the days of a case along a line of time, each with its name and day beside it."""
    events = [
        {"Day": e.day.isoformat(), "What": f"{e.what}: {shown_day(e.day)}", "Kind": e.kind}
        for e in line.events
    ]
    kinds = ["past", "today", "act", "last"]
    colours = [_GREY, _ink(), "#c77700", _RED[_theme()]]
    what = {"field": "What", "type": "nominal", "title": None, "sort": None}
    points = _layer(
        events,
        {"type": "point", "filled": True, "size": 140, "opacity": 1},
        x=_day("%Y", "year"),
        y={**what, "axis": {"labelLimit": 340, "labelExpr": "split(datum.label, ': ')"}},
        color={
            "field": "Kind",
            "type": "nominal",
            "scale": {"domain": kinds, "range": colours},
            "legend": None,
        },
    )
    today = _layer(
        [event for event in events if event["Kind"] == "today"],
        {"type": "rule", "color": _ink(), "strokeDash": [4, 3]},
        x=_day("%Y", "year"),
    )
    _draw([today, points], 50 + 36 * len(events), line.words)


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
        color={**_colour("Payee", orient="top", columns=1), "sort": None},
        tooltip=_tooltip("Triage", "Payee"),
    )
    _draw([bars], 90 + 50 * len({name for name, _, _ in owed}), words)


def cases_by_days(left: Sequence[tuple[str, int]], words: str) -> None:
    """Draw how many cases have how many days left."""
    bars = _layer(
        [{"Urgency": name, "Cases": cases} for name, cases in left],
        {"type": "bar", "color": _COLOURS[_theme()][0]},
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
    return {
        "field": "Day",
        "type": "temporal",
        "title": None,
        "axis": {"format": date_format, "tickCount": ticks},
        "scale": {"padding": 12},
    }


def _named(field: str, most: int) -> Spec:
    axis = {"labelLimit": most}
    return {"field": field, "type": "nominal", "title": None, "sort": None, "axis": axis}


def _colour(field: str, **legend: object) -> Spec:
    return {
        "field": field,
        "type": "nominal",
        "scale": {"range": list(_COLOURS[_theme()])},
        "legend": {"orient": "bottom", "title": None, **legend},
    }


def _tooltip(*fields: str) -> list[Spec]:
    named: list[Spec] = [{"field": field, "type": "nominal"} for field in fields]
    return [*named, {"field": "Pounds", "type": "quantitative", "format": ",.2f"}]
