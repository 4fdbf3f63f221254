"""One case as a validated model over the list of fields, from JSON or from a row."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal, cast

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    create_model,
    field_validator,
)
from pydantic_core import PydanticCustomError

from calculator.facts import fields
from calculator.facts.cells import CannotRead, Raw
from calculator.facts.problems import Problem, Severity

_TYPES: dict[fields.Kind, Any] = {
    fields.Kind.TEXT: str,
    fields.Kind.MONEY: int,
    fields.Kind.MONEY_OR_ALL: int | Literal["all"],
    fields.Kind.DAY: date,
    fields.Kind.DAY_OR_NONE: date | Literal["none"],
    fields.Kind.HOURS: Decimal,
    fields.Kind.DOCUMENTS: tuple[str, ...],
}


class CaseBase(BaseModel):
    """What a case can do; its fields are added from the one list in :mod:`calculator.facts.fields`."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    @field_validator("*", mode="before")
    @classmethod
    def _read(cls, raw: Raw, info: ValidationInfo) -> fields.Value:
        field = fields.BY_NAME[str(info.field_name)]
        try:
            value = field.parse(raw)
        except CannotRead as error:
            raise PydanticCustomError(
                "cannot_read", "{wrong} {enter}", {"wrong": error.wrong, "enter": error.enter}
            ) from None
        if value is None and field.missing:
            wrong, enter = field.missing
            raise PydanticCustomError(
                "required_missing", "{wrong} {enter}", {"wrong": wrong, "enter": enter}
            )
        return value

    def value(self, name: str) -> fields.Value:
        """The value of one field: pence, a day, a choice, text, documents, or None where not given."""
        return cast("fields.Value", getattr(self, name))


def _definition(field: fields.Field) -> Any:
    kind: Any = field.choices or _TYPES[field.kind]
    return (
        kind | None,
        Field(default=None, validate_default=True, title=field.heading, description=field.help),
    )


Case: type[CaseBase] = create_model(
    "Case",
    __base__=CaseBase,
    __module__=__name__,
    __doc__="One exit: every field of calculator.facts.fields, read and checked.",
    **cast("Any", {field.name: _definition(field) for field in fields.FIELDS}),
)


def read_case(raw: Mapping[str, Raw]) -> tuple[CaseBase | None, list[Problem]]:
    """A case from raw values by field name, and everything that is wrong with them.

    None with the problems where a value cannot be read. A key that is no field is named, with the nearest
    one, and otherwise left alone.
    """
    unknown = [_unknown_key(key) for key in raw if key not in fields.BY_NAME]
    try:
        return Case.model_validate(raw), unknown
    except ValidationError as error:
        wrong = [
            Problem(
                row=0,
                field=str(detail["loc"][0]),
                wrong=detail["ctx"]["wrong"],
                enter=detail["ctx"]["enter"],
                code=detail["type"],
            )
            for detail in error.errors(include_url=False, include_input=False)
        ]
        return None, wrong + unknown


def _unknown_key(key: str) -> Problem:
    meant = fields.field_for_heading(key)
    near = [meant.name] if meant else difflib.get_close_matches(key, fields.BY_NAME, n=1)
    enter = f"It was not used. Did you mean {near[0]}?" if near else "It was not used."
    return Problem(0, key, "This is not a field.", enter, Severity.PLEASE_CONFIRM, "unknown_key")
