"""The house: which way imports point, and what the rules may not hold."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest

import rules
from rules import sources
from tests import ROOT

RULES = sorted((ROOT / "rules").glob("*.py"))
CALCULATOR = sorted((ROOT / "calculator").rglob("*.py"))
SCREENS = ROOT / "calculator" / "screens"
LIBRARIES_OF_RULES = {
    "__future__",
    "bisect",
    "collections",
    "csv",
    "dataclasses",
    "decimal",
    "enum",
    "fractions",
    "functools",
    "importlib",
    "itertools",
    "numpy",
    "re",
    "rules",
    "typing",
    "unicodedata",
}


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.name)
def test_rules_stand_on_numpy_and_the_standard_library_alone(path: Path) -> None:
    assert {name.split(".")[0] for name in imported(path)} <= LIBRARIES_OF_RULES


@pytest.mark.parametrize("path", CALCULATOR, ids=lambda path: path.stem)
def test_the_calculator_does_not_know_the_screens(path: Path) -> None:
    if SCREENS not in path.parents:
        assert not {
            name
            for name in imported(path)
            if name.startswith(("app", "streamlit", "calculator.screens"))
        }


def test_the_oracle_knows_neither_rules_nor_calculator() -> None:
    names = {name.split(".")[0] for name in imported(ROOT / "tests" / "oracle.py")}
    assert not names & {"rules", "calculator", "numpy", "tests"}


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.name)
def test_rules_hold_no_float_and_no_clock(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), node.lineno
        assert not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div))
        if isinstance(node, (ast.Name, ast.Attribute)):
            name = node.id if isinstance(node, ast.Name) else node.attr
            assert name not in {
                "float",
                "float32",
                "float64",
                "true_divide",
                "divide",
                "round",
                "now",
                "today",
                "time",
                "utcnow",
                "datetime64_today",
            }, f"{path.name}:{node.lineno} {name}"


def public_rules() -> list[object]:
    found: list[object] = []
    for module in pkgutil.iter_modules(rules.__path__):
        if module.name in {"arrays", "choices", "dated", "positions", "sources"}:
            continue
        loaded = importlib.import_module(f"rules.{module.name}")
        for name, value in vars(loaded).items():
            own = inspect.isfunction(value) and value.__module__ == loaded.__name__
            if own and not name.startswith("_") and name not in {"schedule", "normalised"}:
                found.append(value)
    return found


@pytest.mark.parametrize("rule", public_rules(), ids=lambda rule: rule.__qualname__)
def test_every_rule_has_a_docstring_and_its_citation(rule: object) -> None:
    assert callable(rule)
    assert inspect.getdoc(rule)
    assert sources.citations_of(rule)


def test_every_citation_has_a_label_and_an_address() -> None:
    found = [value for value in vars(sources).values() if isinstance(value, sources.Citation)]
    assert len(found) > 30
    for citation in found:
        assert citation.label
        assert citation.url.startswith("https://")


def test_no_file_speaks_of_a_machine() -> None:
    for path in (*RULES, *CALCULATOR):
        assert "/home/" not in path.read_text(encoding="utf-8")
