"""The file a case is kept in: the facts as entered, and what they gave when it was saved.

A JSON object with a key for each fact. A person's exits stand in a list under ``exits`` where there are
several. ``saved`` holds the rules version, the day, the positions and the results, so that opening the file
under newer rules can say what changed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from calculator.calculation.outcome import Outcome
from calculator.calculation.result_columns import OUTPUTS
from calculator.facts import fields
from calculator.facts.cells import Raw
from calculator.facts.problems import FileProblem
from calculator.one_case.person import Facts, work
from rules import VERSION
from rules.positions import POSITIONS, PositionError, Positions

MOST_BYTES = 1_000_000
"""The largest case file taken; a case is a few thousand bytes."""
MOST_EXITS = 20
_MOST_DIGITS = 15
_NOT_COMPARED = ("as_at", "rules_version", "assumptions")


@dataclass(frozen=True)
class Saved:
    """What a case gave when it was saved."""

    rules_version: str
    as_at: date
    positions: Positions
    results: tuple[dict[str, str], ...]


@dataclass(frozen=True)
class CaseFile:
    """The exits of a case file, as raw values by field name, and what was saved beside them."""

    exits: tuple[dict[str, Raw], ...]
    saved: Saved | None


@dataclass(frozen=True)
class Change:
    """A result that differs from the one saved."""

    case_ref: str
    heading: str
    before: str
    after: str


def case_file_text(exits: Sequence[Facts], outcome: Outcome) -> str:
    """The text of a case file: the facts of each exit and what they give."""
    facts = [{name: value for name, value in each.items() if value} for each in exits]
    whole: dict[str, Any] = dict(facts[0]) if len(facts) == 1 else {"exits": facts}
    whole["saved"] = {
        "rules_version": VERSION,
        "as_at": outcome.as_at.isoformat(),
        "positions": {p.name: getattr(outcome.positions, p.name) for p in POSITIONS},
        "results": [outcome.row(row) for row in range(outcome.cases.size)],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def read_case_file(text: str) -> CaseFile:
    """The exits of a case file. FileProblem, in one line, where it is not one.

    Decimal numbers are kept as the text they are written in, never taken through floating point.
    """
    found = _json_object(text)
    saved = _saved(found.pop("saved", None))
    exits = found.pop("exits", None)
    if exits is None:
        return CaseFile((_facts(found),), saved)
    if found:
        raise FileProblem(f"The case file gives {next(iter(found))} beside its list of exits.")
    if not isinstance(exits, list) or not 1 <= len(exits) <= MOST_EXITS:
        raise FileProblem(f"The case file must list from 1 to {MOST_EXITS} exits.")
    return CaseFile(tuple(_facts(each) for each in exits), saved)


def changes_since(file: CaseFile) -> list[Change]:
    """The results that today's rules give otherwise, for the day and positions of the saved ones."""
    saved = file.saved
    if saved is None:
        return []
    outcome = work(file.exits, saved.positions, saved.as_at).outcome
    return [
        Change(outcome.row(row)["case_ref"], output.heading, before[output.name], now[output.name])
        for row, before in enumerate(saved.results[: outcome.cases.size])
        if (now := outcome.row(row))
        for output in OUTPUTS
        if output.name in before
        and output.name not in _NOT_COMPARED
        and before[output.name] != now[output.name]
    ]


def _json_object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(
            text,
            parse_float=str,
            parse_int=_whole,
            parse_constant=_no_number,
            object_pairs_hook=_no_duplicates,
        )
        json.dumps(found, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise FileProblem(
            f"The case file is not valid JSON: look at line {error.lineno}, character {error.colno}, or just "
            "before it, for a missing comma, quote or bracket."
        ) from None
    except (RecursionError, UnicodeEncodeError):
        raise FileProblem("The case file is not valid JSON.") from None
    if not isinstance(found, dict):
        raise FileProblem("The case file must hold one JSON object, with a key for each field.")
    return found


def _facts(found: Any) -> dict[str, Raw]:
    """Raw values by key. FileProblem where a key holds more than one plain value."""
    if not isinstance(found, dict):
        raise FileProblem(
            "Each exit of the case file must be an object, with a key for each field."
        )
    for key, value in found.items():
        if isinstance(value, dict):
            raise FileProblem(f"The key {key} holds an object; every key holds one plain value.")
    return found


def _saved(found: Any) -> Saved | None:
    """What was saved beside the facts. FileProblem where it is not as this program writes it."""
    if found is None:
        return None
    try:
        return Saved(
            rules_version=str(found["rules_version"]),
            as_at=date.fromisoformat(found["as_at"]),
            positions=Positions.from_mapping(found["positions"]),
            results=tuple(
                {str(name): str(value) for name, value in row.items()} for row in found["results"]
            ),
        )
    except (KeyError, TypeError, ValueError, AttributeError, PositionError):
        raise FileProblem(
            "The key saved does not hold what this program saves. Remove it to open the facts alone."
        ) from None


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise FileProblem(f"The case file gives {twice} twice.")
    return dict(pairs)


def _whole(digits: str) -> Raw:
    """A whole number, or its digits where no field takes one so long."""
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


def _no_number(constant: str) -> Raw:
    raise FileProblem(f"The case file holds {constant}, which is not a number.")


def as_text(facts: Mapping[str, Raw]) -> dict[str, str]:
    """The facts of an exit as a form shows them: text by field name, without those that are no field."""
    shown = {}
    for name, value in facts.items():
        if name not in fields.BY_NAME or value is None:
            continue
        if isinstance(value, list):
            shown[name] = ";".join(str(part) for part in value)
        else:
            shown[name] = str(value)
    return shown
