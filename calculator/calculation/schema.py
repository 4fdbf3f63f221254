"""The contract for programs: JSON Schemas of a case and of a result, made from the lists of fields and outputs."""

from __future__ import annotations

from typing import Any

from calculator.calculation.cap_and_difference import Triage
from calculator.calculation.output import OutputKind
from calculator.calculation.result_columns import OUTPUTS
from calculator.calculation.signals import Confidence, Urgency
from calculator.facts.fields import FIELDS, NO_NOTICE, WAIVED, Field, Kind
from rules import VERSION

Schema = dict[str, Any]
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_POUNDS = r"^[0-9]{1,9}(\.[0-9]{1,2})?$"
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_HOURS = r"^[0-9]{1,3}(\.[0-9]{1,4})?$"
_CODES = {"triage": Triage, "urgency": Urgency, "confidence": Confidence}
_WRITTEN = {
    OutputKind.TEXT: {},
    OutputKind.MONEY: {"pattern": r"^([0-9]+\.[0-9]{2})?$"},
    OutputKind.DAY: {"pattern": r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"},
    OutputKind.COUNT: {"pattern": r"^(-?[0-9]+)?$"},
    OutputKind.HALVES: {"pattern": r"^([0-9]+\.[05])?$"},
}


def case_schema() -> Schema:
    """Return the schema of a case: the plain spelling of each field, null where not known.

    The program reads other spellings too. An object with a list of ``exits`` holds those of one person.
    """
    case = {
        "type": "object",
        "properties": {field.name: _of_field(field) for field in FIELDS},
        "required": [field.name for field in FIELDS if field.required],
    }
    exits = {"type": "array", "items": {"$ref": "#/$defs/exit"}, "minItems": 1}
    several = {"type": "object", "properties": {"exits": exits}, "required": ["exits"]}
    return {
        "$schema": _DRAFT,
        "$id": f"urn:exit-cap:case:{VERSION}",
        "title": "A case, or the exits of one person",
        "anyOf": [{"$ref": "#/$defs/exit"}, several],
        "$defs": {"exit": case},
    }


def result_schema() -> Schema:
    """Return the schema of a result, as ``exitcap case --json`` prints it: an object for each exit."""
    text = {"type": "string"}
    citation = _object(label=text, url=text, seen=text)
    step = _object(label=text, amount=text, working=text, citations=_list(citation))
    results = _object(**{output.name: _of_output(output.name, output.kind) for output in OUTPUTS})
    problem = _object(field=text, severity=text, wrong=text, enter=text)
    result = _object(
        results=results,
        to_check=_list(_object(code=text, sentence=text)),
        steps=_list(step),
        assumptions=_list(text),
        problems=_list(problem),
    )
    return {
        "$schema": _DRAFT,
        "$id": f"urn:exit-cap:result:{VERSION}",
        "title": "The result of a case, or a list of those of one person",
        "anyOf": [{"$ref": "#/$defs/result"}, _list({"$ref": "#/$defs/result"})],
        "$defs": {"result": result},
    }


SCHEMAS = {"case": case_schema, "result": result_schema}
"""What a schema can be asked for."""


def _of_field(field: Field) -> Schema:
    said = {"title": field.heading, "description": field.help}
    values = _values_of(field)
    if not field.required:
        values = {"anyOf": [*values.get("anyOf", [values]), {"type": "null"}]}
    return said | values


def _values_of(field: Field) -> Schema:
    """The plain spellings of a field."""
    money = [
        {"type": "string", "pattern": _POUNDS},
        {"type": "number", "minimum": 0, "exclusiveMaximum": 10**9},
    ]
    day = {"type": "string", "format": "date", "pattern": _DAY}
    if field.choices is not None:
        return {"enum": list(field.choice_names)}
    if field.listed:
        return {"type": "array", "items": {"enum": list(field.listed)}}
    values: dict[Kind, Schema] = {
        Kind.TEXT: {"type": "string"},
        Kind.MONEY: {"anyOf": money},
        Kind.MONEY_OR_ALL: {"anyOf": [*money, {"const": WAIVED}]},
        Kind.DAY: day,
        Kind.DAY_OR_NONE: {"anyOf": [day, {"const": NO_NOTICE}]},
        Kind.HOURS: {"type": "string", "pattern": _HOURS},
    }
    return values[field.kind]


def _of_output(name: str, kind: OutputKind) -> Schema:
    if name in _CODES:
        words = [code.name.lower() for code in _CODES[name]]
        return {"enum": ["" if word == "none" else word for word in words]}
    return {"type": "string", **_WRITTEN[kind]}


def _object(**properties: Schema) -> Schema:
    """An object that has all of these and nothing else."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}
