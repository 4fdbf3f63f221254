"""The open questions of law: named settings with a default, shown on every output."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rules import exit_payments, interest, pension, reclaim, redundancy

WEEK_DIVISORS: dict[str, Fraction] = {
    "52": Fraction(52),
    "52.143": Fraction(52143, 1000),
    "365/7": Fraction(365, 7),
}
"""Weeks in a year, for a week's pay from an annual salary. No statute fixes one."""


class PositionError(ValueError):
    """A position that does not exist, or a value it cannot take; the message says what may be used."""


@dataclass(frozen=True)
class Position:
    """One open question: its values (the default first), the question, why it is open, and each answer.

    ``answers`` says each value in words, in the order of the values; empty where the value is a number.
    ``decides`` is the rules that its value changes or switches on: none where it is not law.
    """

    name: str
    values: tuple[str, ...]
    question: str
    why_open: str
    answers: tuple[str, ...] = ()
    decides: tuple[Callable[..., object], ...] = ()

    def said(self, value: str) -> str:
        """A value of this position in words."""
        return dict(zip(self.values, self.answers, strict=False)).get(value, value)


POSITIONS: tuple[Position, ...] = (
    Position(
        "interest_start",
        ("payment", "exit", "revocation"),
        "From which day does the 8% run?",
        "Regulation 4(3) of SI 2021/197 fixes the rate, not the start.",
        (
            "The day of the payment",
            "The day of exit",
            "19 March 2021, or the payment if that is later",
        ),
        (interest.interest_start,),
    ),
    Position(
        "notice_pay_reading",
        ("excess_only", "all_or_nothing"),
        "Does notice pay above a quarter of salary count whole, or only the excess?",
        "Regulation 6(g) of SI 2020/1122 exempts a payment that does not exceed a quarter; the "
        "Treasury's guidance counted only the excess.",
        (
            "Only the excess counts",
            "All of it counts",
        ),
        (exit_payments.counted_notice_pay,),
    ),
    Position(
        "cut_order",
        ("strain_first", "cash_first", "pro_rata"),
        "Which payments bear the cut, where nobody knows what was paid?",
        "Regulation 7 of SI 2020/1122 protects statutory redundancy pay and leaves the rest to the "
        "employer.",
        (
            "Pension strain first, then the cash payments",
            "The cash payments first, then pension strain",
            "Each in proportion",
        ),
        (reclaim.share,),
    ),
    Position(
        "week_divisor",
        ("52", "52.143", "365/7"),
        "By what is an annual salary divided to give a week's pay?",
        "The Employment Rights Act 1996 gives no divisor.",
        (
            "52 weeks",
            "52.143 weeks",
            "365 ÷ 7 weeks",
        ),
        (redundancy.redundancy_pay,),
    ),
    Position(
        "cash_alternative",
        ("credit", "ignore"),
        "Is a cash alternative set against the shortfall?",
        "Regulation 4(3) of SI 2021/197 gives one net difference; schemes are told to pay the pension "
        "in full either way.",
        (
            "Taken off, first for the scheme",
            "Not taken off",
        ),
        (reclaim.credit_cash_alternative,),
    ),
    Position(
        "near_line_margin",
        ("5000",),
        "How close to the cap is close enough to check the figures again, in pounds?",
        "Not law: a margin for the caseworker.",
    ),
    Position(
        "eighty_five_year_rule",
        ("not_applied", "met"),
        "Did the member meet the 85-year rule when the pension was reduced?",
        "It hangs on membership of the scheme before October 2006, which is not asked for (SI 2014/525 "
        "Schedule 2). met: the employer had not agreed to more, so service to March 2008, and to March 2014 "
        "for those born by 31 March 1956, is reduced to 60 only. It moves estimates from LGPS benefits by tranche, nothing else.",
        (
            "Not applied",
            "Met",
        ),
        (pension.protected_pension_day, pension.protected_tranches),
    ),
)


@dataclass(frozen=True)
class Positions:
    """The positions in force for one calculation. Values are checked when it is made."""

    interest_start: str = "payment"
    notice_pay_reading: str = "excess_only"
    cut_order: str = "strain_first"
    week_divisor: str = "52"
    cash_alternative: str = "credit"
    near_line_margin: str = "5000"
    eighty_five_year_rule: str = "not_applied"

    def __post_init__(self) -> None:
        for position in POSITIONS:
            value = getattr(self, position.name)
            if position.name == "near_line_margin":
                _pounds_to_pence(value)
            elif value not in position.values:
                raise PositionError(
                    f"{position.name} cannot be {value!r}: use one of {', '.join(position.values)}"
                )

    @classmethod
    def from_mapping(cls, given: Mapping[str, Any]) -> Positions:
        """Positions from names and values as a file or a form gives them; the rest at default.

        Text as in the table of positions; whole or decimal numbers too for week_divisor and
        near_line_margin. PositionError for an unknown name or value.
        """
        names = [field.name for field in fields(cls)]
        values: dict[str, str] = {}
        for name, value in given.items():
            if name not in names:
                raise PositionError(f"{name!r} is not a position: use {', '.join(names)}")
            number = isinstance(value, (int, Decimal)) and not isinstance(value, bool)
            if not isinstance(value, str) and not (
                number and name in ("week_divisor", "near_line_margin")
            ):
                raise PositionError(f"{name} cannot be {value!r}: enter text in quotes")
            values[name] = _plain(str(value))
        return cls(**values)

    @property
    def near_line_pence(self) -> int:
        """The near-line margin in pence."""
        return _pounds_to_pence(self.near_line_margin)

    @property
    def weeks_in_year(self) -> Fraction:
        """The divisor that turns an annual salary into a week's pay."""
        return WEEK_DIVISORS[self.week_divisor]

    def described(self) -> str:
        """Every position and its value, in one line."""
        return ", ".join(f"{field.name} {getattr(self, field.name)}" for field in fields(self))


def _plain(text: str) -> str:
    """``52.0`` and ``5000.00`` as ``52`` and ``5000``; other text as it is."""
    trimmed = text.strip()
    if "." in trimmed and trimmed.replace(".", "", 1).isdigit():
        return trimmed.rstrip("0").rstrip(".")
    return trimmed


def _pounds_to_pence(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}(\.\d{1,2})?", text, re.ASCII):
        raise PositionError(
            f"near_line_margin cannot be {text[:20]!r}: enter pounds from 0 to 999999999.99, such as 5000"
        )
    return int(Decimal(text) * 100)
