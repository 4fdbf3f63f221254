"""The open questions of law: named settings with a default, shown on every output."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction
from typing import Any

from rules import coverage, exit_payments, interest, pension, reclaim, redundancy, time_limits

WEEK_DIVISORS: dict[str, Fraction] = {
    "52": Fraction(52),
    "52.143": Fraction(52143, 1000),
    "365/7": Fraction(365, 7),
}
"""Weeks in a year, for a week's pay from an annual salary. No statute fixes one."""
_POUNDS = re.compile(r"\d{1,9}(\.\d{1,2})?", re.ASCII)


class PositionError(ValueError):
    """A position that does not exist, or a value it cannot take; the message says what may be used."""


@dataclass(frozen=True)
class Position:
    """Hold one open question: its values, the default first, why it is open and what it changes.

    ``answers`` gives each value in words, in the order of the values. With ``any_amount`` every amount in
    pounds is a value, and there are no answers. ``decides`` is the rules that its value changes or
    switches on: none where it is not law.
    """

    name: str
    values: tuple[str, ...]
    question: str
    why_open: str
    changes: str
    answers: tuple[str, ...] = ()
    any_amount: bool = False
    decides: tuple[Callable[..., object], ...] = ()

    @property
    def default(self) -> str:
        """The value taken where none is given."""
        return self.values[0]

    @property
    def takes_numbers(self) -> bool:
        """Whether a file may give the value as a number too."""
        return self.default.isdigit()

    def said(self, value: str) -> str:
        """Return a value of this position in words."""
        return dict(zip(self.values, self.answers, strict=False)).get(value, value)

    def check(self, value: str) -> None:
        """Raise a PositionError for a value that this position cannot take."""
        if self.any_amount:
            if not _POUNDS.fullmatch(value):
                raise PositionError(
                    f"{self.name} cannot be {value[:20]!r}: enter pounds from 0 to 999999999.99, such as "
                    f"{self.default}"
                )
        elif value not in self.values:
            raise PositionError(
                f"{self.name} cannot be {value[:40]!r}: use one of {', '.join(self.values)}"
            )


INTEREST_START = Position(
    "interest_start",
    ("payment", "exit", "revocation"),
    question=f"From which day does the {interest.RATE_PERCENT}% run?",
    why_open="Regulation 4(3) of SI 2021/197 fixes the rate, not the start.",
    changes="The interest, its low and high, and the totals. Nothing else.",
    answers=(
        "The day of the payment",
        "The day of exit",
        "19 March 2021, or the payment if that is later",
    ),
    decides=(interest.interest_start,),
)
NOTICE_PAY_READING = Position(
    "notice_pay_reading",
    ("excess_only", "all_or_nothing"),
    question="Does notice pay above a quarter of salary count whole, or only the excess?",
    why_open=(
        "Regulation 6(g) of SI 2020/1122 exempts a payment that does not exceed a quarter; the "
        "Treasury's guidance counted only the excess."
    ),
    changes=(
        "What counts towards the cap where notice pay is above a quarter of salary, so "
        "whether the cap was breached and by how much."
    ),
    answers=(
        "Only the excess counts",
        "All of it counts",
    ),
    decides=(exit_payments.counted_notice_pay,),
)
CUT_ORDER = Position(
    "cut_order",
    ("strain_first", "cash_first", "pro_rata"),
    question="Which payments bear the cut, where nobody knows what was paid?",
    why_open=(
        "Regulation 7 of SI 2020/1122 protects statutory redundancy pay and leaves the rest to the "
        "employer."
    ),
    changes=(
        "Where what was paid is not known: how the estimate divides between the member and the "
        "pension scheme."
    ),
    answers=(
        "Pension strain first, then the cash payments",
        "The cash payments first, then pension strain",
        "Each in proportion",
    ),
    decides=(reclaim.share,),
)
WEEK_DIVISOR = Position(
    "week_divisor",
    tuple(WEEK_DIVISORS),
    question="By what is an annual salary divided to give a week's pay?",
    why_open="The Employment Rights Act 1996 gives no divisor.",
    changes=(
        "A week's pay worked out from the salary, so statutory redundancy pay, which the cap "
        "could not cut."
    ),
    answers=(
        "52 weeks",
        "52.143 weeks",
        "365 ÷ 7 weeks",
    ),
    decides=(redundancy.redundancy_pay,),
)
CASH_ALTERNATIVE = Position(
    "cash_alternative",
    ("credit", "ignore"),
    question="Is a cash alternative set against the shortfall?",
    why_open=(
        "Regulation 4(3) of SI 2021/197 gives one net difference; schemes are told to pay the pension "
        "in full either way."
    ),
    changes=(
        "The difference, where a cash alternative was paid: with credit it is taken off, "
        "first for the scheme."
    ),
    answers=(
        "Taken off, first for the scheme",
        "Not taken off",
    ),
    decides=(reclaim.credit_cash_alternative,),
)
NEAR_LINE_MARGIN = Position(
    "near_line_margin",
    ("5000",),
    question="How close to the cap is close enough to check the figures again, in pounds?",
    why_open="Not law: a margin for the caseworker.",
    changes="Which cases with nothing short are shown as near the line. No sum.",
    any_amount=True,
)
EXIT_BEFORE_CAP = Position(
    "exit_before_cap",
    ("out_of_scope", "in_scope"),
    question=(
        "Is an exit before 4 November 2020 that was paid from that day to 19 March 2021 one for "
        "regulation 4?"
    ),
    why_open=(
        "Regulation 4(2)(a) of SI 2021/197 dates the payment and not the exit; the cap was meant for exits "
        "from 4 November 2020."
    ),
    changes="Whether such an exit is calculated like one while the cap was in force.",
    answers=(
        "No: the day of exit decides, and a lawyer is asked",
        "Yes: the day of payment decides",
    ),
    decides=(coverage.excluded_as_before_cap,),
)
EARLY_TOP_UP = Position(
    "early_top_up",
    ("in_period", "since"),
    question="Does interest run on a sum that was paid afterwards, but by 19 March 2021?",
    why_open=(
        "Regulation 4(3) of SI 2021/197 takes off the amount paid during the relevant period, which ended "
        "on that day."
    ),
    changes="The interest on such a sum, its low and high. Not what is still outstanding.",
    answers=(
        "No: it lowers the difference itself",
        "Yes, up to the day it was paid",
    ),
    decides=(reclaim.lowers_from_the_start,),
)
PENSION_CLOCKS = Position(
    "pension_clocks",
    ("six_years", "not_shown"),
    question="Does each sum due under the LGPS Regulations run out six years after it fell due?",
    why_open=(
        "Section 9 of the Limitation Act 1980 is taken to cover them; no decision is known on pensions cut "
        "by the cap."
    ),
    changes="Whether the last days for the pension lump sum and the first month are shown and count for urgency.",
    answers=(
        "Yes: six years each",
        "Not shown",
    ),
    decides=(time_limits.scheme_sums_run_out,),
)
EIGHTY_FIVE_YEAR_RULE = Position(
    "eighty_five_year_rule",
    ("not_applied", "met"),
    question="Did the member meet the 85-year rule when the pension was reduced?",
    why_open=(
        "It hangs on membership of the scheme before October 2006, which is not asked for (SI 2014/525 "
        "Schedule 2). met: the employer had not agreed to more, so service to March 2008, and to March 2014 "
        "for those born by 31 March 1956, is reduced to 60 only. It moves estimates from LGPS benefits by tranche, nothing else."
    ),
    changes=(
        "The estimated reduction of an LGPS pension, so its yearly loss, arrears and "
        "interest. Never the difference."
    ),
    answers=(
        "Not applied",
        "Met",
    ),
    decides=(pension.protected_pension_day, pension.protected_tranches),
)

POSITIONS: tuple[Position, ...] = (
    INTEREST_START,
    NOTICE_PAY_READING,
    CUT_ORDER,
    WEEK_DIVISOR,
    CASH_ALTERNATIVE,
    NEAR_LINE_MARGIN,
    EXIT_BEFORE_CAP,
    EARLY_TOP_UP,
    PENSION_CLOCKS,
    EIGHTY_FIVE_YEAR_RULE,
)
"""Every position, in the order it is shown."""


@dataclass(frozen=True)
class Positions:
    """Hold the value of each position for one calculation. PositionError for a value it cannot take."""

    interest_start: str = INTEREST_START.default
    notice_pay_reading: str = NOTICE_PAY_READING.default
    cut_order: str = CUT_ORDER.default
    week_divisor: str = WEEK_DIVISOR.default
    cash_alternative: str = CASH_ALTERNATIVE.default
    near_line_margin: str = NEAR_LINE_MARGIN.default
    exit_before_cap: str = EXIT_BEFORE_CAP.default
    early_top_up: str = EARLY_TOP_UP.default
    pension_clocks: str = PENSION_CLOCKS.default
    eighty_five_year_rule: str = EIGHTY_FIVE_YEAR_RULE.default

    def __post_init__(self) -> None:
        for position in POSITIONS:
            position.check(getattr(self, position.name))

    @classmethod
    def from_mapping(cls, given: Mapping[str, Any]) -> Positions:
        """Read positions from names and values as a file or a form gives them; the rest at default.

        Text as in the table of positions; whole or decimal numbers too where the default is a number.
        PositionError for an unknown name or value.
        """
        positions = {position.name: position for position in POSITIONS}
        values: dict[str, str] = {}
        for name, value in given.items():
            if name not in positions:
                raise PositionError(f"{name[:40]!r} is not a position: use {', '.join(positions)}")
            number = isinstance(value, (int, Decimal)) and not isinstance(value, bool)
            if not isinstance(value, str) and not (number and positions[name].takes_numbers):
                raise PositionError(f"{name} cannot be {repr(value)[:40]}: enter text in quotes")
            values[name] = _plain(str(value))
        return cls(**values)

    @property
    def near_line_pence(self) -> int:
        """The near-line margin in pence."""
        return int(Decimal(self.near_line_margin) * 100)

    @property
    def weeks_in_year(self) -> Fraction:
        """The divisor that turns an annual salary into a week's pay."""
        return WEEK_DIVISORS[self.week_divisor]

    def described(self) -> str:
        """Return every position and its value, in one line."""
        return ", ".join(f"{each.name} {getattr(self, each.name)}" for each in POSITIONS)


if tuple(field.name for field in fields(Positions)) != tuple(each.name for each in POSITIONS):
    raise TypeError("the fields of Positions are not the POSITIONS")


def _plain(text: str) -> str:
    """``52.0`` and ``5000.00`` as ``52`` and ``5000``; other text as it is."""
    trimmed = text.strip()
    if "." in trimmed and trimmed.replace(".", "", 1).isdigit():
        return trimmed.rstrip("0").rstrip(".")
    return trimmed
