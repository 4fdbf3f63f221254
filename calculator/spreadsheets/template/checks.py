"""What may be typed in a column, as validations that a spreadsheet program applies."""

from __future__ import annotations

import textwrap

from xlsxwriter.utility import xl_range_abs

from calculator.facts.cells import CannotRead
from calculator.facts.days import FIRST_DAY, LAST_DAY
from calculator.facts.fields import MOST_HOURS, NO_NOTICE, WAIVED, Field, Kind
from calculator.facts.money import MOST_PENCE, plain_money
from calculator.spreadsheets.template.book import LISTS, Book, choices

_LONGEST_TITLE = 32
_LONGEST_MESSAGE = 255
"""Excel's limits on the messages of a validation."""


def check_of(book: Book, field: Field, cell: str) -> dict[str, object]:
    """Give the validation of a column whose first cell is ``cell``, as XlsxWriter takes it."""
    money = f"AND({cell}>=0,{cell}<={plain_money(MOST_PENCE)},ROUND({cell},2)={cell})"
    day = f"AND({cell}>=DATE({FIRST_DAY.year},1,1),{cell}<DATE({LAST_DAY.year + 1},1,1))"
    if listed := choices(field):
        column = book.listed.index(field)
        return {
            "validate": "list",
            "source": f"={LISTS}!{xl_range_abs(1, column, len(listed), column)}",
            "show_error": field.kind is Kind.CHOICE,
        }
    match field.kind:
        case Kind.DAY:
            return {
                "validate": "date",
                "criteria": "between",
                "minimum": FIRST_DAY,
                "maximum": LAST_DAY,
            }
        case Kind.DAY_OR_NONE:
            return _custom(f'=IF(ISNUMBER({cell}),{day},LOWER(TRIM({cell}))="{NO_NOTICE}")')
        case Kind.MONEY:
            return _custom(f"=IF(ISNUMBER({cell}),{money},FALSE)")
        case Kind.MONEY_OR_ALL:
            return _custom(f'=IF(ISNUMBER({cell}),{money},LOWER(TRIM({cell}))="{WAIVED}")')
        case Kind.HOURS:
            return {
                "validate": "decimal",
                "criteria": "between",
                "minimum": 0,
                "maximum": MOST_HOURS,
            }
    return {"validate": "any"}


def messages(field: Field) -> dict[str, object]:
    """Give the help shown while a cell is filled in, and the message for a value that fails its check."""
    title = textwrap.shorten(field.heading, _LONGEST_TITLE, placeholder="…")
    needed = "Required. " if field.required else ""
    return {
        "input_title": title,
        "input_message": textwrap.shorten(needed + field.help, _LONGEST_MESSAGE, placeholder="…"),
        "error_title": title,
        "error_message": textwrap.shorten(_enter(field), _LONGEST_MESSAGE, placeholder="…"),
        "error_type": "stop" if field.kind is Kind.CHOICE else "warning",
    }


def _enter(field: Field) -> str:
    """Give what the reader says to enter where it cannot read a value."""
    try:
        field.parse("no such value")
    except CannotRead as error:
        return error.enter + ("" if field.required else " Leave blank if you do not know.")
    return ""


def _custom(formula: str) -> dict[str, object]:
    return {"validate": "custom", "value": formula}
