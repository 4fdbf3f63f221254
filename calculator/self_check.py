"""The published examples: each with its source, what is expected, and what the calculator gives."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from calculator.calculation.assess import assess
from calculator.facts.case_table import Cases
from rules.positions import Positions


@dataclass(frozen=True)
class Example:
    """One published example or vector: its source, the cases made of it, and the values expected."""

    id: str
    topic: str
    source: str
    source_url: str
    provenance: str
    as_at: date
    positions: Positions
    cases: tuple[dict[str, str], ...]
    expected: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Check:
    """One value of an example: the case and column, what is expected and what came out."""

    case_ref: str
    column: str
    expected: str
    got: str

    @property
    def passed(self) -> bool:
        """True where they are the same, to the penny and the day."""
        return self.expected == self.got


def examples() -> list[Example]:
    """All published examples, in the order of the file."""
    return [
        Example(
            id=entry["id"],
            topic=entry["topic"],
            source=entry["source"],
            source_url=entry["source_url"],
            provenance=entry["provenance"],
            as_at=date.fromisoformat(entry["as_at"]),
            positions=Positions.from_mapping(entry["positions"]),
            cases=tuple(entry["cases"]),
            expected=tuple(entry["expected"]),
        )
        for entry in json.loads(_text())["examples"]
    ]


def _text() -> str:
    """The file of examples, in a checkout or inside the installed package."""
    beside = Path(__file__).parent.parent / "sample_data" / "published_examples.json"
    if beside.is_file():
        return beside.read_text(encoding="utf-8")
    return files("calculator").joinpath("published_examples.json").read_text(encoding="utf-8")


def run(example: Example) -> Iterator[Check]:
    """Work the example's cases and compare each value expected. Reasons are yes or no."""
    names = sorted({name for case in example.cases for name in case})
    columns = {name: [case.get(name) for case in example.cases] for name in names}
    outcome = assess(Cases.from_raw(columns, len(example.cases)), example.positions, example.as_at)
    references = outcome.texts("case_ref")
    for expected in example.expected:
        reference = expected["case_ref"]
        row = outcome.row(references.index(reference))
        for name, value in expected.get("values", {}).items():
            yield Check(reference, name, value, row[name])
        reasons = row["reasons"].split(";")
        for key, wanted in (("reasons_include", "yes"), ("reasons_exclude", "no")):
            for code in expected.get(key, []):
                yield Check(reference, f"reason {code}", wanted, "yes" if code in reasons else "no")


def example_lines(example: Example, checks: Sequence[Check]) -> Iterator[str]:
    """Give an example for a terminal: its source, then each value expected and what came out."""
    good = all(check.passed for check in checks)
    yield f"{'ok  ' if good else 'FAIL'} {example.id}: {example.topic}"
    yield f"     {example.source} ({example.provenance})"
    yield f"     {example.source_url}"
    for check in checks:
        mark = "  " if check.passed else "✗ "
        yield (
            f"     {mark}{check.case_ref} {check.column}: expected {check.expected or 'empty'}, "
            f"got {check.got or 'empty'}"
        )
