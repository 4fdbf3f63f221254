"""The page of the law: each provision on it is cited, each open question says what it changes."""

from __future__ import annotations

import ast
import re

from calculator.explanation.law import citations, rates, windows
from rules import sources
from rules.sources import Citation
from tests import ROOT


def names_used() -> set[str]:
    """The names that rules, outputs and the text of letters use; an import alone is no use."""
    files = [*(ROOT / "rules").glob("*.py"), *(ROOT / "calculator").rglob("*.py")]
    used: set[str] = set()
    for path in files:
        if path.name != "sources.py":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, (ast.Name, ast.Attribute)):
                    used.add(node.id if isinstance(node, ast.Name) else node.attr)
    for path in (ROOT / "calculator").rglob("*.j2"):
        used |= set(re.findall(r"['\"]([A-Z0-9_]+)['\"]", path.read_text(encoding="utf-8")))
    return used


def test_every_citation_on_the_page_is_cited_by_a_rule_or_an_output() -> None:
    named = {name for name, value in vars(sources).items() if isinstance(value, Citation)}
    assert not named - names_used()
    assert len(citations()) == len(named)


def test_every_day_and_rate_has_its_provision() -> None:
    assert all(law for *_, law in windows())
    assert all(law for *_, law in rates())
