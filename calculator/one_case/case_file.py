"""The file a case is kept in: the facts as entered, and their results when it was saved.

A JSON object with a key for each fact. Several exits are a list under ``exits``; those of one person have the
same ``person_ref``. ``saved``
holds the rules version, the day, the positions and the results, so that opening the file under newer rules
can say what changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from calculator.calculation.outcome import Outcome
from calculator.calculation.result_columns import OUTPUTS
from calculator.facts import fields
from calculator.facts.cells import Raw, cell_text
from calculator.facts.problems import FileProblem
from calculator.facts.text import shortened
from calculator.files.folders import temporary_folder
from calculator.files.kinds import file_problem
from calculator.files.limited import Limits, Refused
from calculator.files.texts import start_of, text_of
from calculator.one_case.person import RawExit, of_one_person, with_references, work_leaving_out
from calculator.one_case.values import read_back
from rules import VERSION
from rules.positions import Positions

MOST_BYTES = 1_000_000
"""The largest case file taken; a case is a few thousand bytes."""
MOST_SENT = 5_000_000
"""Bytes of cells that a workbook of one case may come to."""
MOST_EXITS = 20
MOST_KEYS = 500
"""Keys of one object; an exit and its results have about 150."""
_MOST_DIGITS = 15
_NOT_COMPARED = ("case_ref", "as_at", "rules_version", "assumptions")


class Saved(BaseModel):
    """The results of a case when it was saved, and what they were calculated with."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    rules_version: str
    as_at: date
    positions: Positions
    results: tuple[dict[str, str], ...]


@dataclass(frozen=True)
class CaseFile:
    """The exits of a case file, as raw values by field name, and what was saved beside them.

    ``notices`` are lines for the person about the file.
    """

    exits: tuple[dict[str, Raw], ...]
    saved: Saved | None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """A result that differs from the one saved."""

    case_ref: str
    name: str
    heading: str
    before: str
    after: str


def case_file_text(exits: Sequence[RawExit], outcome: Outcome) -> str:
    """Write the text of a case file: the facts of each exit of one person and their results."""
    exits = of_one_person(exits)
    given = [{name: value for name, value in each.items() if value} for each in exits]
    content: dict[str, Any] = dict(given[0]) if len(given) == 1 else {"exits": given}
    saved = Saved(
        rules_version=VERSION,
        as_at=outcome.as_at,
        positions=outcome.positions,
        results=tuple(outcome.row(row) for row in range(outcome.cases.size)),
    )
    content["saved"] = saved.model_dump(mode="json")
    return json.dumps(content, ensure_ascii=False, indent=2)


def read_case_file(text: str) -> CaseFile:
    """Read the exits of a case file. FileProblem, in one line, where it is not one.

    Decimal numbers are kept as the text they are written in, never taken through floating point.
    """
    content = _json_object(text)
    saved = _saved(content.pop("saved", None))
    exits = content.pop("exits", None)
    if exits is None:
        return CaseFile((_exit(content),), saved)
    if content:
        raise FileProblem(
            f"The case file gives {shortened(next(iter(content)))} beside its list of exits."
        )
    if not isinstance(exits, list) or not 1 <= len(exits) <= MOST_EXITS:
        raise FileProblem(f"The case file must list from 1 to {MOST_EXITS} exits.")
    listed = [_exit(each) for each in exits]
    # An earlier version saved the exits of one person without a reference.
    return CaseFile(tuple(map(dict, of_one_person(listed) if saved else listed)), saved)


def case_at(path: Path) -> CaseFile:
    """Read a case file. FileProblem, in one line, if it is not one; OSError if it cannot be opened.

    What the app saved may have no case reference: then it is to be filled in.
    """
    try:
        file = read_case_file(text_of(start_of(path, MOST_BYTES), MOST_BYTES))
        exits = with_references(file.exits) if file.saved else file.exits
        return replace(file, exits=tuple(map(dict, exits)))
    except Refused as refused:
        raise file_problem(path, str(refused)) from None


def exits_of_upload(name: str, data: bytes) -> CaseFile:
    """Read the exits of an uploaded case file or workbook. FileProblem, in one line, where it is no case.

    A workbook is read through a file in a folder that is removed at once.
    """
    if len(data) > MOST_BYTES:
        raise FileProblem("The file is too large for one case. Use Check a list for a spreadsheet.")
    if name.casefold().endswith(".json"):
        try:
            return read_case_file(text_of(data, MOST_BYTES))
        except Refused:
            raise FileProblem("The case file is not UTF-8 text.") from None
    from calculator.spreadsheets.read import read_sheet

    try:
        with temporary_folder() as folder:
            path = folder / f"case{Path(name).suffix.casefold()}"
            path.write_bytes(data)
            sheet = read_sheet(path, limits=Limits(900_000_000, 20, 60, MOST_SENT))
    except OSError:
        raise FileProblem(
            "The file cannot be kept on the server. Tell whoever looks after it."
        ) from None
    if len(sheet.rows) > MOST_EXITS:
        raise FileProblem(
            f"The workbook has {len(sheet.rows)} cases. Use Check a list for more than {MOST_EXITS}."
        )
    if sheet.faults:
        raise FileProblem(
            "A cell of the workbook cannot be read. Open it under Check a list to see which."
        )
    exits: list[dict[str, Raw]] = [
        {
            field: value
            for field in sheet.columns
            if (value := sheet.entered(row, field)) not in (None, "")
        }
        for row in range(len(sheet.rows))
    ]
    return CaseFile(tuple(exits), None, tuple(sheet.notices))


def changes_since(file: CaseFile) -> list[Change]:
    """Compare the saved results with today's rules, for the day and positions of the saved ones."""
    saved = file.saved
    if saved is None:
        return []
    exits = with_references(file.exits)
    outcome = work_leaving_out(exits, saved.positions, saved.as_at).outcome
    return [
        Change(now["case_ref"], output.name, output.heading, before[output.name], now[output.name])
        for row, before in enumerate(saved.results[: outcome.cases.size])
        if (now := outcome.row(row))
        for output in OUTPUTS
        if output.name in before
        and output.name not in _NOT_COMPARED
        and before[output.name] != now[output.name]
    ]


def as_text(facts: Mapping[str, Raw]) -> dict[str, str]:
    """Give the facts of an exit as a form shows them: text by field name, without keys that are no field."""
    return {
        name: _as_typed(fields.BY_NAME[name], value)
        for name, value in facts.items()
        if name in fields.BY_NAME and value is not None
    }


def _as_typed(field: fields.Field, value: Raw) -> str:
    """Write a sum or day of a cell as a person does; what is typed stays as it is."""
    text = cell_text(value)
    return text if isinstance(value, str) else read_back(field, text) or text


def _json_object(text: str) -> dict[str, Any]:
    try:
        content = json.loads(
            text,
            parse_float=str,
            parse_int=_integer,
            parse_constant=_no_number,
            object_pairs_hook=_no_duplicates,
        )
        json.dumps(content, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise FileProblem(
            f"The case file is not valid JSON: look at line {error.lineno}, character {error.colno}, or just "
            "before it, for a missing comma, quote or bracket."
        ) from None
    except (RecursionError, UnicodeEncodeError):
        raise FileProblem("The case file is not valid JSON.") from None
    if not isinstance(content, dict):
        raise FileProblem("The case file must hold one JSON object, with a key for each field.")
    return content


def _exit(facts: Any) -> dict[str, Raw]:
    """Raw values by key. FileProblem where a key holds more than one plain value."""
    if not isinstance(facts, dict):
        raise FileProblem(
            "Each exit of the case file must be an object, with a key for each field."
        )
    for key, value in facts.items():
        if isinstance(value, dict):
            raise FileProblem(
                f"The key {shortened(key)} holds an object; every key holds one plain value."
            )
    return facts


def _saved(content: Any) -> Saved | None:
    """What was saved beside the facts. FileProblem where it is not as this program writes it."""
    try:
        return (
            None if content is None else Saved.model_validate_json(json.dumps(content), strict=True)
        )
    except ValidationError:
        raise FileProblem(
            "The key saved does not hold what this program saves. Remove it to open the facts alone."
        ) from None


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > MOST_KEYS:
        raise FileProblem(f"The case file has more than {MOST_KEYS} keys in one object.")
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name in values:
            raise FileProblem(f"The case file gives {shortened(name)} twice.")
        values[name] = value
    return values


def _integer(digits: str) -> Raw:
    """A whole number, or its digits where no field takes one so long."""
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


def _no_number(constant: str) -> Raw:
    raise FileProblem(f"The case file holds {constant[:9]}, which is not a number.")
