"""A screen alone, without a browser, and its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from streamlit.testing.v1 import AppTest

from calculator.screens.saved_settings import Settings

AS_AT = Settings.from_toml("as_at = 2026-11-22\n")
CASE = {
    "case_ref": "T-1",
    "exit_date": "31/12/2020",
    "nation": "england",
    "employer_kind": "council",
    "exit_reason": "redundancy",
    "payment_date": "31/12/2020",
    "redundancy_due": "100,000",
    "redundancy_paid": "95000",
}
LOST = {
    **CASE,
    "date_of_birth": "1 May 1962",
    "pension_strain_due": "20000",
    "pension_strain_paid": "0",
    "scheme": "lgps",
    "pension_outcome": "reduced",
    "pension_due": "12000",
    "pension_paid": "9000",
    "other_income": "20000",
}


def screen(
    name: str, exits: list[dict[str, str]] | None = None, view: str | None = None
) -> AppTest:
    """A screen alone, as at 22 November 2026, with a case entered or none; ``view`` is how to enter facts."""
    app = AppTest.from_string(
        f"from calculator.screens import {name}\n{name}.show()", default_timeout=60
    )
    app.session_state["settings"] = AS_AT
    if exits is not None:
        app.session_state["exits"] = exits
    if view is not None:
        app.session_state["facts-view"] = view
    return app.run()


def words(app: AppTest) -> str:
    """All text of a screen, without the backslashes that keep it from being Markdown."""
    found = [
        *(each.value for each in app.markdown),
        *(each.value for each in app.subheader),
        *(each.value for each in app.info),
        *(each.value for each in app.warning),
        *(each.value for each in app.error),
        *(each.value for each in app.success),
    ]
    return unescaped("\n".join(str(text) for text in found))


def written(app: AppTest) -> list[str]:
    """What a screen shows as HTML."""
    return [each.proto.body for each in app.get("html")]


def unescaped(text: str) -> str:
    """Text as it is drawn, without what keeps it from being Markdown."""
    return re.sub(r"\\(.)", r"\1", text.replace("\N{WORD JOINER}", ""))


def press(app: AppTest, label: str) -> AppTest:
    """Press the first button with this label, or one that begins with it."""
    return next(b for b in app.button if unescaped(b.label).startswith(label)).click().run()


def labels(app: AppTest) -> set[str]:
    return {field.label for field in (*app.text_input, *app.selectbox, *app.multiselect)}


def tabled(frame: Any) -> str:
    """A table's text without the backslashes."""
    return unescaped(frame.to_string())


def pick(app: AppTest, label: str, value: object) -> AppTest:
    return next(each for each in app.selectbox if each.label == label).select(value).run()


def part(app: AppTest, name: str) -> AppTest:
    """Show another part of the result."""
    choice = next(each for each in app.button_group if each.label == "Part of the result")
    return choice.set_value(name).run()


_CODE = re.compile(r"\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b")
_ADDRESS = re.compile(r"\]\([^)]*\)")
_NOT_SHOWN = {"id", "url", "form_id", "icon", "columns", "json"}
"""What a page is told and does not show; ``json`` is the data of a component."""


def codes(app: AppTest) -> set[str]:
    """Every word with an underscore that the page shows: in texts, labels, hints, choices and tables."""
    tables = [tabled(each.value) for each in (*app.table, *app.dataframe)]
    texts = (_ADDRESS.sub("", text) for text in (*_texts(app._tree), *tables))
    return {found for text in texts for found in _CODE.findall(text)}


def _texts(block: Any) -> Iterator[str]:
    for each in block.children.values():
        if hasattr(each, "proto") and hasattr(each.proto, "ListFields"):
            yield from map(unescaped, _strings(each.proto))
        if hasattr(each, "children"):
            yield from _texts(each)


def _strings(message: Any) -> Iterator[str]:
    for field, value in message.ListFields():
        for each in value if field.is_repeated else [value]:
            if field.type == field.TYPE_MESSAGE and hasattr(each, "ListFields"):
                yield from _strings(each)
            elif field.type == field.TYPE_STRING and field.name not in _NOT_SHOWN:
                yield each
