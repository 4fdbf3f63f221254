"""The page of provisions: for each one the rules that apply it, their tests and the open questions.

Read from the code: the provision before the colon in a rule's docstring, its citations, the tests that
call it, and the positions that decide it.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import rules
from rules import sources
from rules.calendar import CalendarDays
from rules.positions import POSITIONS
from rules.sources import Citation, Source, citations_of

TESTS = Path(__file__).resolve().parent.parent / "tests" / "rules"
Rule = Callable[..., object]


@dataclass(frozen=True)
class Row:
    """One rule under one of its instruments."""

    pinpoint: str
    rule: Rule
    tests: tuple[tuple[str, str], ...]
    """The file and the name of each test."""
    also: tuple[Citation, ...]
    """Its citations of other instruments."""

    @property
    def positions(self) -> list[str]:
        """The open questions that decide the rule."""
        return [position.name for position in POSITIONS if self.rule in position.decides]


def all_rules() -> list[Rule]:
    """Every function of ``rules`` that cites a provision, module by module."""
    cited: list[Rule] = []
    for module in pkgutil.iter_modules(rules.__path__):
        loaded = importlib.import_module(f"rules.{module.name}")
        owners = (loaded, CalendarDays) if module.name == "calendar" else (loaded,)
        for function in (f for owner in owners for f in vars(owner).values()):
            if inspect.isfunction(function) and function.__module__ == loaded.__name__:
                try:
                    citations_of(function)
                except KeyError:
                    continue
                cited.append(function)
    return cited


def instruments_of(rule: Rule) -> Iterator[tuple[Source, str]]:
    """The instruments and pinpoints before the colon in a rule's docstring.

    ValueError if one of them is not an instrument that the rule cites.
    """
    provisions, colon, _ = (inspect.getdoc(rule) or "").partition(": ")
    cited = {citation.source.short: citation.source for citation in citations_of(rule)}
    for provision in provisions.split("; "):
        short = max(
            (s for s in cited if provision.startswith(f"{s} ") or provision == s), default=""
        )
        if not colon or not short:
            raise ValueError(f"{rule.__qualname__}: {provision!r} is not one of {', '.join(cited)}")
        yield cited[short], provision.removeprefix(short).strip()


def name_of(rule: Rule) -> str:
    """The module and the name of a rule, as ``cap:headroom``."""
    return f"{rule.__module__.removeprefix('rules.')}:{rule.__qualname__}"


def tests_by_rule() -> dict[str, list[tuple[str, str]]]:
    """The file and the name of each test that calls a rule itself, by the rule's name."""
    methods = {rule.__name__: name_of(rule) for rule in all_rules() if "." in rule.__qualname__}
    tests: dict[str, list[tuple[str, str]]] = {}
    for path in sorted(TESTS.glob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = {
            alias.asname or alias.name: f"{node.module}.{alias.name}"
            for node in tree.body
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("rules")
            for alias in node.names
        }
        for test in tree.body:
            if isinstance(test, ast.FunctionDef) and test.name.startswith("test_"):
                for rule in sorted(set(_used(test, imported, methods))):
                    tests.setdefault(rule, []).append((path.name, test.name))
    return tests


def _used(
    test: ast.FunctionDef, imported: dict[str, str], methods: dict[str, str]
) -> Iterator[str]:
    for node in ast.walk(test):
        dotted = ""
        if isinstance(node, ast.Name):
            dotted = imported.get(node.id, "")
        elif isinstance(node, ast.Attribute):
            if node.attr in methods:
                yield methods[node.attr]
            if isinstance(node.value, ast.Name) and node.value.id in imported:
                dotted = f"{imported[node.value.id]}.{node.attr}"
        package, _, name = dotted.rpartition(".")
        if package.startswith("rules."):
            yield f"{package.removeprefix('rules.')}:{name}"


def rows() -> dict[Source, list[Row]]:
    """Every rule under each of its instruments; instruments as in ``rules/sources.py``, by provision."""
    tests = tests_by_rule()
    table: dict[Source, list[Row]] = {
        source: [] for source in vars(sources).values() if isinstance(source, Source)
    }
    for rule in all_rules():
        instruments = list(instruments_of(rule))
        named = {source for source, _ in instruments}
        also = tuple(c for c in citations_of(rule) if c.source not in named)
        for source, pinpoint in instruments:
            called_in = tuple(tests.get(name_of(rule), ()))
            table[source].append(Row(pinpoint, rule, called_in, also))
    return {
        source: sorted(of_source, key=lambda row: _in_order(row.pinpoint))
        for source, of_source in table.items()
        if of_source
    }


def _in_order(pinpoint: str) -> list[tuple[int, str]]:
    """``reg 3(a)`` before ``regs 3(b), 4`` before ``reg 10``, a Schedule after the regulations."""
    singular = re.sub(r"^(reg|art|s)s?\b", r"\1", pinpoint)
    parts = re.findall(r"\d+|[A-Za-z]+", singular)
    last = [(1, "")] if singular.startswith("Sch") else [(0, "")]
    return last + [(int(part), "") if part.isdigit() else (0, part) for part in parts]


def lines() -> Iterator[str]:
    """The page of provisions in Markdown."""
    yield "# Provisions, rules and tests\n"
    yield (
        "Each rule under the provision that it applies, with the tests that call it directly and the "
        "[position](positions.md) that decides it where the law is open. The kinds of exit payment of "
        "SI 2020/1122 reg 5(2) are a list, `KINDS` in [rules/exit_payments.py](../rules/exit_payments.py). "
        "Written by `python3 tasks.py docs`.\n"
    )
    for source, of_source in rows().items():
        yield f"## [{source.title}]({source.url})\n"
        yield "| provision | rule | tests | position | also rests on |"
        yield "|---|---|---|---|---|"
        for row in of_source:
            path = f"../{row.rule.__module__.replace('.', '/')}.py"
            tests = "<br>".join(f"[{name}](../tests/rules/{file})" for file, name in row.tests)
            positions = ", ".join(f"[{name}](positions.md)" for name in row.positions)
            also = "; ".join(dict.fromkeys(citation.label for citation in row.also))
            provision = f"{source.short} {row.pinpoint}".strip()
            yield (
                f"| {provision} | [{name_of(row.rule)}]({path}) | {tests} | {positions} | {also} |"
            )
        yield ""
