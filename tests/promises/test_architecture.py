"""The house: which way imports point, and what the rules may not hold."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import sys
from graphlib import TopologicalSorter
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


ARROWS = (
    ("rules",),
    ("facts",),
    ("files",),
    ("calculation",),
    ("explanation",),
    ("spreadsheets", "self_check"),
    ("one_case", "letters", "frames"),
    ("jobs", "cluster_files", "cluster_pass"),
    ("screens", "cluster"),
)
"""Who may import whom: a package only those of the lines above its own. docs/architecture.md draws it."""
RANK = {package: rank for rank, packages in enumerate(ARROWS) for package in packages}


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_name(path): path for path in (*RULES, *CALCULATOR)}


def modules_imported(path: Path) -> set[str]:
    """Our own modules that a file imports, also inside a function or for types only."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            modules = inside & MODULES.keys()
            names |= modules if len(modules) == len(node.names) else {node.module, *modules}
    return names & MODULES.keys()


def package_of(module: str) -> str:
    first, _, rest = module.partition(".")
    return first if first == "rules" else rest.partition(".")[0]


@pytest.mark.parametrize("module", sorted(MODULES))
def test_every_import_points_the_right_way(module: str) -> None:
    """The commands and what starts them may import everything; nobody imports them."""
    mine = package_of(module)
    for other in modules_imported(MODULES[module]):
        theirs = package_of(other)
        if mine != theirs and mine in RANK and theirs:
            assert RANK.get(theirs, len(ARROWS)) < RANK[mine], f"{module} -> {other}"


def test_no_module_imports_itself_round_a_circle() -> None:
    """Also not through an import inside a function or for types only. CycleError names the circle."""
    tuple(TopologicalSorter({m: modules_imported(p) for m, p in MODULES.items()}).static_order())


@pytest.mark.parametrize("path", CALCULATOR, ids=lambda path: path.stem)
def test_only_the_screens_know_streamlit(path: Path) -> None:
    if SCREENS not in path.parents:
        assert not {name for name in imported(path) if name.startswith("streamlit")}


@pytest.mark.parametrize("path", [*RULES, *CALCULATOR], ids=lambda path: path.stem)
def test_no_module_is_over_500_lines_but_the_list_of_fields(path: Path) -> None:
    if path != ROOT / "calculator" / "facts" / "fields.py":
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 500


ORACLE = sorted((ROOT / "tests" / "oracle").glob("*.py"))


@pytest.mark.parametrize("path", ORACLE, ids=lambda path: path.stem)
def test_the_oracle_knows_neither_rules_nor_calculator(path: Path) -> None:
    names = {name.split(".")[0] for name in imported(path)}
    assert not names & {"rules", "calculator", "numpy", "tests"}
    assert names <= {*sys.stdlib_module_names, *(module.stem for module in ORACLE)}


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
        if module.name in {"arrays", "choices", "citing", "dated", "positions", "sources"}:
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
