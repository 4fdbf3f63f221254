"""The page of provisions holds every rule, each with a test, and the positions that decide it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from datetime import date
from functools import cache

import numpy as np
import pytest

from calculator.calculation.assess import assess
from rules.positions import POSITIONS, Position, Positions
from rules.sources import citations_of
from tests import generated, pools
from tests.comparing import cases_of
from tools import provisions
from tools.provisions import Rule, all_rules, name_of, rows


def test_every_rule_is_on_the_page_with_a_direct_test() -> None:
    on_page = [row for of_source in rows().values() for row in of_source]
    assert {row.rule for row in on_page} == set(all_rules())
    assert [name_of(row.rule) for row in on_page if not row.tests] == []


def test_provisions_are_in_order() -> None:
    first, second, *_ = rows().values()
    pinpoints = [row.pinpoint for row in first]
    assert pinpoints[0] == "reg 1(2)"
    assert pinpoints[-1] == "Schedule"
    assert pinpoints.index("reg 4") < pinpoints.index("regs 6(g), 7(1)")
    assert {row.pinpoint for row in second} >= {"reg 2", "reg 4(3)"}


@pytest.mark.parametrize("doc", ["No provision", "ERA 1996 s.162: another instrument", None])
def test_a_rule_whose_docstring_names_no_instrument_that_it_cites_is_refused(
    doc: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = all_rules()[-1]
    monkeypatch.setattr(rule, "__doc__", doc)
    with pytest.raises(ValueError, match="is not one of"):
        list(provisions.instruments_of(rule))


def test_every_test_of_a_rule_names_an_instrument_that_the_rule_cites() -> None:
    shorts: dict[tuple[str, str], set[str]] = {}
    tests = provisions.tests_by_rule()
    for rule in all_rules():
        for test in tests[name_of(rule)]:
            cited = {citation.source.short for citation in citations_of(rule)}
            shorts[test] = shorts.get(test, set()) | cited
    for path in sorted(provisions.TESTS.glob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and (path.name, node.name) in shorts:
                doc = ast.get_docstring(node) or ""
                assert any(short in doc for short in shorts[path.name, node.name]), node.name


ROWS = generated.random_rows(11, 80, persons=60)
TRANCHES = {
    "case_ref": "tranches",
    "exit_date": "2020-12-31",
    "date_of_birth": "1964-03-15",
    "employer_kind": "council",
    "nation": "england",
    "scheme": "lgps",
    "pension_outcome": "reduced",
    "pension_to_2008": "8000",
    "pension_2008_to_2014": "3000",
    "pension_from_2014": "4000",
    "lump_sum_to_2008": "24000",
}


@cache
def calls(positions: Positions) -> list[tuple[str, bytes]]:
    """Every call of a rule by the calculation, in order, with what it was given."""
    made: list[tuple[str, bytes]] = []
    inside: list[Rule] = []

    def recorded(rule: Rule) -> Callable[..., object]:
        def call(*given: object, **named: object) -> object:
            if not inside:
                values = [*given, *named.values()]
                made.append((name_of(rule), b"".join(map(_bytes, values))))
            inside.append(rule)
            try:
                return rule(*given, **named)
            finally:
                inside.pop()

        return call

    with pytest.MonkeyPatch.context() as patch:
        for rule in all_rules():
            if "." not in rule.__qualname__:
                patch.setattr(sys.modules[rule.__module__], rule.__name__, recorded(rule))
        assess(cases_of([*ROWS, TRANCHES]), positions, date(2026, 11, 21))
    return made


def _bytes(value: object) -> bytes:
    return value.tobytes() if isinstance(value, np.ndarray) else repr(value).encode()


@pytest.mark.parametrize("position", POSITIONS, ids=lambda position: position.name)
def test_a_position_names_the_rules_that_it_decides(position: Position) -> None:
    """The first rule called otherwise under another value is named; each named rule is called otherwise."""
    named = {name_of(rule) for rule in position.decides}
    default = calls(Positions())
    for value in pools.POSITIONS[position.name][1:]:
        other = calls(Positions(**{position.name: value}))
        pairs = zip(default, other, strict=False)
        first = next(({before[0], after[0]} for before, after in pairs if before != after), set())
        assert bool(first & named) == bool(first or named), f"{first} is called otherwise"
        for rule in named:
            assert [c for c in default if c[0] == rule] != [c for c in other if c[0] == rule]
