"""THE list of input fields. The form, the template, the reader, the case file and the docs draw on it.

A field's name is its JSON key and CSV heading; its heading is what a person sees. A new input is added
here and nowhere else.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import IntEnum, StrEnum
from functools import cached_property, partial
from typing import Literal

from calculator.facts.cells import NOT_KNOWN, CannotRead, Raw, distinct, is_blank, trimmed
from calculator.facts.checks import CHECKS
from calculator.facts.days import month_first, parse_day
from calculator.facts.money import parse_money
from calculator.facts.references import parse_case_ref, parse_person_ref
from rules.choices import (
    CapApplied,
    Consent,
    EmployerKind,
    Entitlement,
    ExitReason,
    Nation,
    PensionOutcome,
    Scheme,
    YesNo,
)

Value = str | int | Decimal | date | IntEnum | tuple[str, ...] | None
"""A value once read: text, pence, hours, a day, a choice, words of a list; None where not given."""

WAIVED: Literal["all"] = "all"
"""The relaxed amount where the cap was wholly waived."""
NO_NOTICE: Literal["none"] = "none"
"""The notice day where no notice was given."""

DUE_DOCUMENTS = (
    "capped_notice",
    "redundancy_calculation",
    "strain_quote",
    "contract_or_policy",
    "settlement_agreement",
)
"""Documents that prove what was due."""
PAID_DOCUMENTS = ("payslip", "p45", "strain_invoice", "pension_statement", "top_up_letter")
"""Documents that prove what was paid."""
DOCUMENTS = (
    "capped_notice",
    "redundancy_calculation",
    "strain_quote",
    "strain_invoice",
    "payslip",
    "p45",
    "contract_or_policy",
    "settlement_agreement",
    "pension_statement",
    "top_up_letter",
)


class Kind(StrEnum):
    """How a field is stored and checked."""

    TEXT = "text"
    MONEY = "money"
    MONEY_OR_ALL = "money, or all"
    DAY = "day"
    DAY_OR_NONE = "day, or none"
    HOURS = "hours a month"
    CHOICE = "choice"
    LIST = "list, ; between"


@dataclass(frozen=True)
class Field:
    """One input: its names, how it is read, and the help shown beside it."""

    name: str
    heading: str
    section: str
    kind: Kind
    help: str
    aliases: tuple[str, ...] = ()
    choices: type[IntEnum] | None = None
    words: tuple[tuple[str, str], ...] = ()
    listed: tuple[str, ...] = ()
    """The words that a list may hold."""
    several_lines: bool = False
    """True for a text that may hold line breaks."""
    missing: tuple[str, str] | None = None
    """What is wrong where a required field is blank, and what to enter."""
    first_year: int = 2000
    """The first of the hundred years in which a two-digit year of this field plainly lies."""
    reader: Callable[[Raw], Value] | None = None
    """The reader of a field that is read in its own way."""

    def __post_init__(self) -> None:
        if self.section not in SECTIONS:
            raise ValueError(f"The section of the field {self.name} is not one of SECTIONS.")

    @property
    def required(self) -> bool:
        """True for a field that no exit can be without."""
        return self.missing is not None

    @cached_property
    def parse(self) -> Callable[[Raw], Value]:
        """The reader of this field: a raw cell or key in, a value out. CannotRead where it cannot."""
        if self.reader is not None:
            return self.reader
        if self.kind is Kind.DAY:
            return partial(parse_day, first_year=self.first_year)
        if self.choices is not None:
            return partial(_parse_choice, self.choices, dict(self.words))
        if self.listed:
            return partial(_parse_list, self.listed)
        return _PARSERS[self.kind]

    def month_first(
        self, column: Sequence[Raw], elsewhere: Iterable[str] = ()
    ) -> dict[str, CannotRead]:
        """What is wrong with the texts of a column of days where another of its days is month first.

        ``elsewhere`` are texts of the column in other parts of the table.
        """
        if self.kind not in (Kind.DAY, Kind.DAY_OR_NONE):
            return {}
        texts = [*(raw for raw in distinct(column) if type(raw) is str), *elsewhere]
        return {
            text: CannotRead(
                "Another day of this column has the month first, so this one may have too.",
                "Enter the day with its month in words, such as 31 December 2020.",
                suggestion,
            )
            for text, suggestion in (month_first(texts, self.first_year) or {}).items()
        }

    @property
    def choice_names(self) -> tuple[str, ...]:
        """The words a choice takes, in the order of the form."""
        if self.choices is None:
            return ()
        return tuple(member.name.lower() for member in self.choices if member.value)


def parse_text(raw: Raw) -> str | None:
    """Read a text without outer spaces; None where blank. CannotRead for a list or a NUL."""
    if raw is None:
        return None
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if isinstance(raw, list):
        raise CannotRead("This is a list.", "Enter one text.")
    text = trimmed(raw) if isinstance(raw, str) else str(raw)
    if "\x00" in text:
        raise CannotRead("The text holds a character that cannot be kept.", "Type it again.")
    return text or None


def _parse_money_or_all(raw: Raw) -> int | str | None:
    if isinstance(raw, str) and trimmed(raw).casefold() == WAIVED:
        return WAIVED
    try:
        return parse_money(raw)
    except CannotRead as error:
        enter = f"{error.enter} Enter all for a cap wholly waived."
        raise CannotRead(error.wrong, enter, error.suggestion) from None


def _parse_day_or_none(raw: Raw) -> date | str | None:
    if isinstance(raw, str) and trimmed(raw).casefold() == NO_NOTICE:
        return NO_NOTICE
    try:
        return parse_day(raw)
    except CannotRead as error:
        enter = f"{error.enter} Enter none if no notice was given."
        raise CannotRead(error.wrong, enter, error.suggestion) from None


def _parse_hours(raw: Raw) -> Decimal | None:
    enter = "Enter the normal hours in a month, such as 162.5."
    if is_blank(raw):
        return None
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float, Decimal)):
        raise CannotRead("This is not a number of hours.", enter)
    text = trimmed(raw) if isinstance(raw, str) else str(raw)
    try:
        hours = Decimal(text) if re.fullmatch(r"\d+(\.\d+)?", text, re.ASCII) else Decimal("NaN")
    except InvalidOperation:
        hours = Decimal("NaN")
    if hours.is_nan() or hours > MOST_HOURS:
        raise CannotRead("This is not a number of hours in a month.", enter)
    exponent = hours.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > HOURS_DECIMALS:
        raise CannotRead("Hours have at most four decimals.", enter)
    return hours


_LEAST_WORD, _ALIKE = 3, 0.8
"""The letters of a word that is taken for a choice, and how like it they are: "unlisted" is not "listed"."""
_SAYS_NOTHING = ("other", "not")
"""Words that begin a choice and do not mean it."""
MOST_HOURS = 744
"""The hours of a month of 31 days."""
HOURS_DECIMALS = 4


def _parse_choice(choices: type[IntEnum], words: dict[str, str], raw: Raw) -> IntEnum | None:
    names = {key(member.name): member for member in choices if member.value}
    enter = "Enter one of: " + ", ".join(member.name.lower() for member in names.values()) + "."
    if raw is None:
        return None
    if isinstance(raw, bool) and "yes" in names:
        return names["yes" if raw else "no"]
    if not isinstance(raw, str):
        raise CannotRead("This is not one of the choices.", enter)
    entered = key(raw)
    if entered in names:
        return names[entered]
    if entered in words:
        return names[key(words[entered])]
    if entered in _NOT_KNOWN_KEYS:
        return names.get("unknown")
    if is_blank(raw):
        return None
    known = names | {word: names[key(name)] for word, name in words.items()}
    raise CannotRead("This is not one of the choices.", enter, _choice_meant(entered, names, known))


def _choice_meant(entered: str, names: dict[str, IntEnum], known: dict[str, IntEnum]) -> str:
    """Give the one choice whose name a word begins, or that it is spelled much like; else nothing."""
    if len(entered) < _LEAST_WORD or entered in _SAYS_NOTHING:
        return ""
    meant = {names[name] for name in names if name.startswith(entered)}
    if not meant:
        alike = difflib.get_close_matches(entered, known, n=len(known), cutoff=_ALIKE)
        meant = {known[word] for word in alike if word[0] == entered[0]}
    return meant.pop().name.lower() if len(meant) == 1 else ""


def _parse_list(listed: tuple[str, ...], raw: Raw) -> tuple[str, ...] | None:
    if is_blank(raw):
        return None
    enter = "Enter words from this list, with ; between: " + ", ".join(listed) + "."
    if isinstance(raw, list):
        parts = [part for part in raw if isinstance(part, str)]
        if len(parts) != len(raw):
            raise CannotRead("The list holds something other than text.", enter)
    elif isinstance(raw, str):
        parts = re.split(r"[;,\n]", raw)
    else:
        raise CannotRead("This is not a list of words.", enter)
    keys = {key(word): word for word in listed}
    held = set()
    for part in parts:
        if key(part) in keys:
            held.add(keys[key(part)])
        elif trimmed(part):
            raise CannotRead("One of these is not in the list.", enter)
    return tuple(word for word in listed if word in held) or None


_PARSERS: dict[Kind, Callable[[Raw], Value]] = {
    Kind.TEXT: parse_text,
    Kind.MONEY: parse_money,
    Kind.MONEY_OR_ALL: _parse_money_or_all,
    Kind.DAY: parse_day,
    Kind.DAY_OR_NONE: _parse_day_or_none,
    Kind.HOURS: _parse_hours,
}

_YES_WORDS = (
    ("y", "yes"),
    ("true", "yes"),
    ("1", "yes"),
    ("n", "no"),
    ("false", "no"),
    ("0", "no"),
)
_NOT_KNOWN = (("dontknow", "unknown"), ("notknown", "unknown"), ("notsure", "unknown"))

WHO = "Who and where"
DATES = "Dates"
PAY = "Pay"
PAYMENTS = "Exit payments due and paid"
PENSION = "Pension"
SINCE = "Since paid"
NOW = "Who acts and who owes now"
EVIDENCE = "Evidence and notes"
LETTERS = "For letters"
SECTIONS = (WHO, DATES, PAY, PAYMENTS, PENSION, SINCE, NOW, EVIDENCE, LETTERS)
"""The sections in the order a caseworker meets the facts."""


def _payment(name: str, heading: str, due_help: str, aliases: str) -> tuple[Field, Field]:
    """The pair of fields, due and paid, of one kind of exit payment."""
    stems = aliases.split("|")
    return (
        Field(
            f"{name}_due",
            f"{heading} due",
            PAYMENTS,
            Kind.MONEY,
            f"{due_help} What the member was entitled to without the cap; leave out what was only hoped "
            "for. Leave blank if it was no part of the exit.",
            tuple(
                f"{stem} {word}" for stem in stems for word in ("due", "entitlement", "uncapped")
            ),
        ),
        Field(
            f"{name}_paid",
            f"{heading} paid",
            PAYMENTS,
            Kind.MONEY,
            "What was paid at the exit. Leave blank if you do not know; enter 0 if nothing was paid.",
            tuple(f"{stem} {word}" for stem in stems for word in ("paid", "actual", "received")),
        ),
    )


_OF_LETTERS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("employer_address", "Employer's address", ("address of employer",)),
    ("employer_email", "Employer's e-mail", ("email of employer", "employer e-mail")),
    ("fund_name", "Pension fund", ("name of fund", "administering authority")),
    ("fund_address", "Pension fund's address", ("address of fund",)),
    ("fund_email", "Pension fund's e-mail", ("email of fund", "fund e-mail")),
    ("member_address", "Member's address", ("home address", "address of member")),
    ("member_email", "Member's e-mail", ("email of member", "member e-mail")),
    ("ni_number", "National Insurance number", ("nino", "national insurance")),
    ("payroll_number", "Payroll number", ()),
    ("job_title", "Job title", ("post title", "post held")),
)
"""The names, headings and other headings of what only letters use."""

FIELDS: tuple[Field, ...] = (
    Field(
        "case_ref",
        "Case reference",
        WHO,
        Kind.TEXT,
        "Your own reference for this exit. Each exit has its own.",
        ("case", "case number", "case no", "case id", "reference", "ref"),
        missing=("Case reference is missing.", "Enter your own reference for this exit."),
        reader=parse_case_ref,
    ),
    Field(
        "person_ref",
        "Person reference",
        WHO,
        Kind.TEXT,
        "The same reference on every exit of one person. Exits within 28 days share one cap. Leave blank "
        "if there was only one.",
        (
            "person",
            "person id",
            "member reference",
            "member ref",
            "membership number",
            "member number",
        ),
        reader=parse_person_ref,
    ),
    Field(
        "member_name",
        "Member name",
        WHO,
        Kind.TEXT,
        "Used in letters only.",
        ("full name",),
    ),
    Field(
        "employer_name",
        "Employer",
        WHO,
        Kind.TEXT,
        "The body that employed the member, as on the contract or payslip.",
        ("employer name",),
    ),
    Field(
        "employer_kind",
        "Kind of employer",
        WHO,
        Kind.CHOICE,
        "What sort of body it is. Further education colleges, universities and housing associations "
        "were not listed.",
        ("employer type", "type of employer", "sector"),
        EmployerKind,
        (
            ("localauthority", "council"),
            ("la", "council"),
            ("countycouncil", "council"),
            ("districtcouncil", "council"),
            ("boroughcouncil", "council"),
            ("school", "maintained_school"),
            ("communityschool", "maintained_school"),
            ("voluntaryaidedschool", "maintained_school"),
            ("foundationschool", "maintained_school"),
            ("academytrust", "academy"),
            ("mat", "academy"),
            ("multiacademytrust", "academy"),
            ("nhstrust", "nhs"),
            ("health", "nhs"),
            ("fireandrescue", "fire"),
            ("governmentdepartment", "civil_service"),
            ("listed", "other_listed"),
            *_NOT_KNOWN,
        ),
    ),
    Field(
        "nation",
        "Nation",
        WHO,
        Kind.CHOICE,
        "Where the member worked. England is taken if this is blank.",
        ("country",),
        Nation,
        (
            ("eng", "england"),
            ("wal", "wales"),
            ("cymru", "wales"),
            ("scot", "scotland"),
            ("ni", "northern_ireland"),
        ),
    ),
    Field(
        "consent_to_disclose",
        "Consent to name the union to the employer and the pension scheme",
        WHO,
        Kind.CHOICE,
        "Whether the member agrees that a letter to either may show union membership.",
        ("consent", "consent to disclose", "consent to name the union to the employer"),
        Consent,
        _YES_WORDS,
    ),
    Field(
        "cap_applied",
        "Did the employer say the cap was applied?",
        PAYMENTS,
        Kind.CHOICE,
        "In a letter, an e-mail or a calculation: in_writing. By word of mouth: told.",
        ("cap applied", "was the cap applied"),
        CapApplied,
        (
            ("writing", "in_writing"),
            ("yesinwriting", "in_writing"),
            ("verbally", "told"),
            ("orally", "told"),
            ("n", "no"),
            *_NOT_KNOWN,
        ),
    ),
    Field(
        "entitlement",
        "Was the employer bound to pay the member what is entered as due?",
        PAYMENTS,
        Kind.CHOICE,
        "What bound it: the contract, a policy, a decision or award made before or at the exit (decided), "
        "or statute. Hoped for and never decided is discretionary.",
        ("entitlement", "entitled under", "basis of entitlement"),
        Entitlement,
        (
            ("contractual", "contract"),
            ("award", "decided"),
            ("awarded", "decided"),
            ("decision", "decided"),
            ("statutory", "statute"),
            ("discretion", "discretionary"),
            ("hopedfor", "discretionary"),
            *_NOT_KNOWN,
        ),
    ),
    Field(
        "exit_reason",
        "Reason for leaving",
        WHO,
        Kind.CHOICE,
        "Voluntary redundancy is redundancy. Mutual agreement on grounds of efficiency is "
        "business_efficiency.",
        ("reason", "leaving reason", "exit type"),
        ExitReason,
        (
            ("voluntaryredundancy", "redundancy"),
            ("compulsoryredundancy", "redundancy"),
            ("vr", "redundancy"),
            ("cr", "redundancy"),
            ("redundant", "redundancy"),
            ("efficiency", "business_efficiency"),
            ("voluntaryexit", "voluntary"),
            ("settlementagreement", "settlement"),
            *_NOT_KNOWN,
        ),
    ),
    Field(
        "exit_date",
        "Date of exit",
        DATES,
        Kind.DAY,
        "The day the employment or office ended, as on the P45.",
        ("leaving date", "date of leaving", "termination date", "last day of service", "end date"),
        missing=("Date of exit is missing.", "Enter the day the employment ended."),
    ),
    Field(
        "date_of_birth",
        "Date of birth",
        DATES,
        Kind.DAY,
        "Needed for redundancy weeks and for the age at exit.",
        ("dob", "birth date"),
        first_year=1926,
    ),
    Field(
        "service_start",
        "Continuous service start",
        DATES,
        Kind.DAY,
        "The first day of continuous service, as on the redundancy calculation. Service with other "
        "local-government bodies may count.",
        ("start date", "continuous service", "continuous service date", "service start date"),
        first_year=1926,
    ),
    Field(
        "notice_given_on",
        "Notice given on",
        DATES,
        Kind.DAY_OR_NONE,
        "The date of the dismissal letter. Enter none where no notice was given.",
        ("notice date", "date of notice", "notice given"),
    ),
    Field(
        "payment_date",
        "Date exit payment was made",
        DATES,
        Kind.DAY,
        "The day the member's last exit payment was made, as on the payslip.",
        ("payment date", "paid on", "date paid"),
    ),
    Field(
        "due_date",
        "Date payment was due",
        DATES,
        Kind.DAY,
        "The day it was due under the contract or policy. The date of exit is taken if this is blank.",
        ("due date", "contractual due date"),
    ),
    Field(
        "strain_due_date",
        "Date strain was or would have been invoiced",
        DATES,
        Kind.DAY,
        "The day the pension fund invoiced the employer, or would have.",
        ("strain invoice date", "strain date"),
    ),
    Field(
        "strain_paid_on",
        "Date the employer paid the fund",
        DATES,
        Kind.DAY,
        "The day the employer paid the strain, or part of it, to the pension fund. Leave blank if you do not "
        "know.",
        ("strain paid on", "strain payment date", "date strain paid"),
    ),
    Field(
        "annual_salary",
        "Annual salary",
        PAY,
        Kind.MONEY,
        "The contractual annual value at exit, benefits in kind included. The actual salary, not the "
        "full-time equivalent.",
        ("salary", "annual pay"),
    ),
    Field(
        "weekly_pay",
        "Week's pay",
        PAY,
        Kind.MONEY,
        "A week's pay as on the redundancy calculation. Calculated from the salary if blank.",
        ("weekly pay", "weeks pay"),
    ),
    Field(
        "monthly_hours",
        "Normal monthly hours",
        PAY,
        Kind.HOURS,
        "Only used to put exits on the same day in order.",
        ("hours", "monthly hours"),
    ),
    *_payment(
        "redundancy",
        "Redundancy pay",
        "The whole redundancy payment, statutory part included.",
        "redundancy|redundancy payment",
    ),
    Field(
        "statutory_redundancy",
        "of which statutory",
        PAYMENTS,
        Kind.MONEY,
        "The statutory part of the redundancy payment. Calculated where it can be if this is blank.",
        ("statutory redundancy", "statutory redundancy pay", "srp"),
    ),
    *_payment(
        "pension_strain",
        "Pension strain",
        "The cost the pension fund charges for an unreduced early pension.",
        "strain|strain cost|pension strain cost",
    ),
    *_payment(
        "notice_pay",
        "Pay in lieu of notice",
        "Notice pay due under the contract.",
        "pilon|notice pay",
    ),
    *_payment(
        "settlement",
        "Settlement or conciliation sum",
        "A sum under a settlement or Acas agreement.",
        "settlement|settlement sum",
    ),
    *_payment(
        "severance",
        "Severance or ex gratia payment",
        "A severance or ex gratia payment.",
        "severance|ex gratia",
    ),
    *_payment(
        "voluntary_exit", "Voluntary exit payment", "Paid on voluntary exit.", "voluntary exit"
    ),
    *_payment(
        "fixed_term",
        "Payment for the rest of a fixed term",
        "Paid to end a fixed-term contract early.",
        "fixed term",
    ),
    *_payment("shares", "Shares or share options", "The value of shares or options.", "shares"),
    *_payment(
        "other_exit",
        "Other payment because of leaving",
        "Anything else paid because the employment ended.",
        "other|other payment|other exit",
    ),
    Field(
        "holiday_pay",
        "Untaken leave",
        PAYMENTS,
        Kind.MONEY,
        "Pay for leave due and not taken. Listed, never counted.",
        ("holiday pay", "annual leave"),
    ),
    Field(
        "other_exempt",
        "Other exempt payments (reg 6)",
        PAYMENTS,
        Kind.MONEY,
        "Death, ill-health, court-ordered and other payments that SI 2020/1122 reg 6 exempts. Never counted.",
        ("exempt payments", "other exempt"),
    ),
    Field(
        "total_paid",
        "Total exit payments actually paid",
        PAYMENTS,
        Kind.MONEY,
        "Where you know the total and not the split. Including what went to the pension fund, notice "
        "pay and any cash alternative; without holiday pay and other exempt payments.",
        ("total paid",),
    ),
    Field(
        "cash_alternative_paid",
        "Cash alternative paid (reg 8)",
        PAYMENTS,
        Kind.MONEY,
        "Cash paid to the member instead of the strain, under SI 2020/1122 reg 8.",
        ("cash alternative", "cash alternative paid"),
    ),
    Field(
        "relaxed_amount",
        "Amount the cap was relaxed by",
        PAYMENTS,
        Kind.MONEY_OR_ALL,
        "If the cap was relaxed for this exit. Enter all if it was wholly waived.",
        ("relaxed by", "waiver", "cap relaxed by"),
    ),
    Field(
        "settlement_agreement",
        "Settlement agreement signed",
        EVIDENCE,
        Kind.CHOICE,
        "A settlement agreement may bar some claims. A lawyer should read it.",
        ("settlement agreement",),
        YesNo,
        (*_YES_WORDS, *_NOT_KNOWN),
    ),
    Field(
        "top_up_member",
        "Since paid to the member",
        SINCE,
        Kind.MONEY,
        "Paid to the member after the exit, towards the difference.",
        ("top up member", "since paid to member"),
    ),
    Field(
        "top_up_scheme",
        "Since paid to the pension scheme",
        SINCE,
        Kind.MONEY,
        "Paid to the pension scheme after the exit, towards the difference.",
        ("top up scheme", "since paid to scheme"),
    ),
    Field(
        "top_up_interest",
        "Since paid as interest",
        SINCE,
        Kind.MONEY,
        "The part of what has since been paid that was interest.",
        ("top up interest", "interest paid"),
    ),
    Field(
        "top_up_date",
        "Since paid on",
        SINCE,
        Kind.DAY,
        "The day of that payment. Needed when any of the three is given.",
        ("top up date", "top up paid on"),
    ),
    Field(
        "acknowledged_on",
        "Signed written acknowledgment by the employer",
        SINCE,
        Kind.DAY,
        "The day of a signed letter from the employer that admits the debt.",
        ("acknowledged", "acknowledgment date", "acknowledgement date"),
    ),
    Field(
        "fund_acknowledged_on",
        "Signed written acknowledgment by the pension fund",
        SINCE,
        Kind.DAY,
        "The day of a signed letter from the pension fund that admits that pension is owed.",
        ("fund acknowledged", "fund acknowledgment date", "fund acknowledgement date"),
    ),
    Field(
        "refused_on",
        "Date the employer refused in writing",
        SINCE,
        Kind.DAY,
        "The day of the employer's letter that refuses to pay. The time for judicial review runs from it.",
        ("refused on", "refusal date", "date of refusal"),
    ),
    Field(
        "pension_decision_on",
        "Date of the decision on the pension",
        SINCE,
        Kind.DAY,
        "The day the employer or the fund decided that the pension is reduced or deferred. The time for an "
        "internal dispute runs from it.",
        ("pension decision date", "pension decision on"),
    ),
    Field(
        "evidence",
        "Documents held",
        EVIDENCE,
        Kind.LIST,
        "The documents you hold, with ; between.",
        ("documents", "evidence held"),
        listed=DOCUMENTS,
    ),
    Field(
        "scheme",
        "Pension scheme",
        PENSION,
        Kind.CHOICE,
        "The scheme of this employment.",
        ("pension", "scheme"),
        Scheme,
        (
            ("localgovernment", "lgps"),
            ("localgovernmentpensionscheme", "lgps"),
            ("teachers", "tps"),
            ("teacherspensionscheme", "tps"),
            ("nhspensionscheme", "nhs"),
            *_NOT_KNOWN,
        ),
    ),
    Field(
        "pension_outcome",
        "What happened to the pension",
        PENSION,
        Kind.CHOICE,
        "What the member got when the cap was applied.",
        ("pension outcome",),
        PensionOutcome,
        _NOT_KNOWN,
    ),
    Field(
        "pension_started_on",
        "Date the pension came into payment",
        PENSION,
        Kind.DAY,
        "The first day of the pension that the member got. If blank, a reduced pension is taken to begin the "
        "day after the exit; of a deferred one it is not known.",
        ("pension started on", "pension start date", "pension began"),
    ),
    Field(
        "pension_restored_on",
        "Date the pension was put right",
        PENSION,
        Kind.DAY,
        "The day the unreduced pension came into payment. Leave blank if it is not known to be.",
        ("pension restored", "pension put right"),
    ),
    Field(
        "pension_due",
        "Yearly pension at exit: unreduced",
        PENSION,
        Kind.MONEY,
        "The yearly pension without reduction, as on the pension statement.",
        ("unreduced pension",),
    ),
    Field(
        "pension_paid",
        "Yearly pension at exit: in payment",
        PENSION,
        Kind.MONEY,
        "The yearly pension that came into payment.",
        ("pension in payment", "reduced pension"),
    ),
    Field(
        "lump_sum_due",
        "Pension lump sum: unreduced",
        PENSION,
        Kind.MONEY,
        "The pension lump sum without reduction.",
        ("unreduced lump sum", "lump sum due"),
    ),
    Field(
        "lump_sum_paid",
        "Pension lump sum: paid",
        PENSION,
        Kind.MONEY,
        "The pension lump sum that was paid.",
        ("lump sum paid",),
    ),
    Field(
        "pension_to_2008",
        "LGPS pension to March 2008",
        PENSION,
        Kind.MONEY,
        "Yearly LGPS pension at exit from service to 31 March 2008.",
        ("pension to 2008",),
    ),
    Field(
        "lump_sum_to_2008",
        "LGPS lump sum to March 2008",
        PENSION,
        Kind.MONEY,
        "The automatic lump sum from service to 31 March 2008.",
        ("lump sum to 2008",),
    ),
    Field(
        "pension_2008_2014",
        "LGPS pension April 2008 to March 2014",
        PENSION,
        Kind.MONEY,
        "Yearly LGPS pension at exit from service in those years.",
        ("pension 2008 to 2014",),
    ),
    Field(
        "pension_care",
        "LGPS pension from April 2014",
        PENSION,
        Kind.MONEY,
        "Yearly career-average LGPS pension at exit.",
        ("care pension", "pension from 2014"),
    ),
    Field(
        "member_funded_strain",
        "Strain the member paid personally",
        PENSION,
        Kind.MONEY,
        "Strain the member paid so that the pension would not be reduced.",
        ("strain paid by member", "member funded strain"),
    ),
    Field(
        "other_income",
        "Member's other taxable income in the year of payment",
        PAY,
        Kind.MONEY,
        "For the tax estimate.",
        ("other income", "other taxable income"),
    ),
    Field(
        "died_on",
        "Date the member died",
        NOW,
        Kind.DAY,
        "Leave blank if the member is living. The claim is then the estate's.",
        ("date of death", "member died on"),
    ),
    Field(
        "representative_name",
        "Personal representative",
        NOW,
        Kind.TEXT,
        "Who acts for the estate of a member who has died: the executor or administrator.",
        ("executor", "representative name"),
    ),
    Field(
        "debtor_name",
        "Who owes it now, if another body",
        NOW,
        Kind.TEXT,
        "The successor of an employer that was abolished, merged or converted. Check it: exitcap employer "
        "suggests and never decides.",
        ("successor", "successor body", "debtor"),
    ),
    Field(
        "checked",
        "Checked by you",
        EVIDENCE,
        Kind.LIST,
        "The codes of the column to_check that you have checked, with ; between. Letters to the employer and "
        "the scheme wait for them.",
        ("checks done",),
        listed=CHECKS,
    ),
    Field(
        "notes",
        "Notes",
        EVIDENCE,
        Kind.TEXT,
        "Copied through. Keep it short.",
        ("note", "comments"),
    ),
    *(
        Field(
            name,
            heading,
            LETTERS,
            Kind.TEXT,
            "Used in letters only.",
            aliases,
            several_lines=name.endswith("_address"),
        )
        for name, heading, aliases in _OF_LETTERS
    ),
)

BY_NAME: dict[str, Field] = {field.name: field for field in FIELDS}


def key(text: str) -> str:
    """Reduce text to what is compared of headings and choices: no case, spaces, punctuation or £.

    Text of signs alone, such as a heading "#", keeps them.
    """
    folded = text.casefold()
    return re.sub(r"[\W_]", "", folded) or folded.strip()


_NOT_KNOWN_KEYS = frozenset(key(word) for word in NOT_KNOWN)


def _headings() -> dict[str, Field]:
    table: dict[str, Field] = {}
    for labels in (
        lambda field: (field.name,),
        lambda field: (field.heading,),
        lambda field: field.aliases,
    ):
        for field in FIELDS:
            for label in labels(field):
                table.setdefault(key(label), field)
    return table


_HEADINGS = _headings()


def field_for_heading(heading: str) -> Field | None:
    """The field a spreadsheet heading names, by name, heading or alias, or None."""
    return _HEADINGS.get(key(heading))
