"""Every source of law once: what it is, where it is, and how it was seen.

A rule is tied to its provisions with :func:`cited`, so that the explanation, the docs and the tests can
ask which words a figure rests on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import ParamSpec, TypeVar


class Seen(StrEnum):
    """How sure we are that a source says what we cite it for."""

    TEXT = "seen in the text"
    SECONDARY = "secondary source"
    READING = "our reading"


@dataclass(frozen=True)
class Source:
    """One instrument, Act or publication: its short name, full title and address."""

    short: str
    title: str
    url: str


@dataclass(frozen=True)
class Citation:
    """A pinpoint in a source, how it was seen, and the address of the provision itself."""

    source: Source
    pinpoint: str
    seen: Seen = Seen.TEXT
    path: str = ""

    @property
    def label(self) -> str:
        """The citation in one line, as printed beside a figure."""
        return f"{self.source.short} {self.pinpoint}".strip()

    @property
    def url(self) -> str:
        """The address of the provision, or of the source where no deeper address is known."""
        return self.source.url + self.path


CAP_REGULATIONS = Source(
    "SI 2020/1122",
    "The Restriction of Public Sector Exit Payments Regulations 2020",
    "https://www.legislation.gov.uk/uksi/2020/1122",
)
REVOCATION_REGULATIONS = Source(
    "SI 2021/197",
    "The Restriction of Public Sector Exit Payments (Revocation) Regulations 2021",
    "https://www.legislation.gov.uk/uksi/2021/197",
)
ENABLING_ACT = Source(
    "SBEEA 2015",
    "Small Business, Enterprise and Employment Act 2015",
    "https://www.legislation.gov.uk/ukpga/2015/26",
)
JUDGMENT_RATE = Source(
    "SI 1993/564",
    "The Judgment Debts (Rate of Interest) Order 1993",
    "https://www.legislation.gov.uk/uksi/1993/564",
)
ERA = Source(
    "ERA 1996", "Employment Rights Act 1996", "https://www.legislation.gov.uk/ukpga/1996/18"
)
LIMITS_ORDER = Source(
    "SI 2020/205",
    "The Employment Rights (Increase of Limits) Order 2020",
    "https://www.legislation.gov.uk/uksi/2020/205",
)
LIMITS_TABLE = Source(
    "GOV.UK redundancy rates",
    "Weekly limits as held by GOV.UK smart answers (alphagov/smart-answers, 6fb9aab957)",
    "https://github.com/alphagov/smart-answers/tree/6fb9aab957/config/smart_answers/rates",
)
LIMITS_NI = Source(
    "Labour Relations Agency",
    "Labour Relations Agency, limits on a week's pay in Northern Ireland, no. 169 of 2015 and no. 37 of "
    "2016",
    "https://www.lra.org.uk",
)
LIMITATION_ACT = Source(
    "Limitation Act 1980", "Limitation Act 1980", "https://www.legislation.gov.uk/ukpga/1980/58"
)
NI_LIMITATION = Source(
    "Limitation (NI) Order 1989",
    "The Limitation (Northern Ireland) Order 1989",
    "https://www.legislation.gov.uk/nisi/1989/1339",
)
PRESCRIPTION_ACT = Source(
    "Prescription Act 1973",
    "Prescription and Limitation (Scotland) Act 1973",
    "https://www.legislation.gov.uk/ukpga/1973/52",
)
INTERPRETATION_ACT = Source(
    "Interpretation Act 1978",
    "Interpretation Act 1978",
    "https://www.legislation.gov.uk/ukpga/1978/30",
)
FAMILY_LAW_REFORM = Source(
    "Family Law Reform Act 1969",
    "Family Law Reform Act 1969",
    "https://www.legislation.gov.uk/ukpga/1969/46",
)
LGPS_2013 = Source(
    "LGPS Regulations 2013",
    "The Local Government Pension Scheme Regulations 2013 (SI 2013/2356)",
    "https://www.legislation.gov.uk/uksi/2013/2356",
)
SCHEME_BOARD = Source(
    "LGPS Advisory Board",
    "LGPS Scheme Advisory Board, Public sector exit payments",
    "https://www.lgpsboard.org/index.php/public-sector-exit-payments",
)
INTERIM_GUIDE = Source(
    "MHCLG interim guide",
    "Local government exit pay: a guide for local authorities for the interim period, December 2020",
    "https://www.gov.uk/government/publications/local-government-exit-pay",
)
INTEREST_NOTE = Source(
    "LexisNexis",
    "LexisNexis, Interest on judgment debts",
    "https://www.lexisnexis.co.uk/legal/guidance/interest-on-judgment-debts",
)
LGA_PAGE = Source(
    "LGA",
    "Local Government Association, Reform of local government exit payments",
    "https://www.local.gov.uk/reform-local-government-exit-payments",
)
TREASURY_GUIDANCE = Source(
    "HM Treasury guidance",
    "Guidance on the 2020 Regulations, as reported by Capsticks",
    "https://www.capsticks.com/insights/cap-on-public-sector-exit-paymentsguidance-and-hm-treasury-direction-published",
)

COMMENCEMENT = Citation(CAP_REGULATIONS, "reg 1(2)", path="/regulation/1")
EXIT_DATE_DECIDES = Citation(INTERIM_GUIDE, "on the days of exit", Seen.SECONDARY)
REVOCATION = Citation(REVOCATION_REGULATIONS, "regs 1, 3", path="/regulation/3")
DEFINITIONS = Citation(CAP_REGULATIONS, "reg 2", path="/regulation/2")
THE_CAP = Citation(CAP_REGULATIONS, "reg 3", path="/regulation/3")
ORDER_OF_EXITS = Citation(CAP_REGULATIONS, "reg 4", path="/regulation/4")
EXIT_PAYMENTS = Citation(CAP_REGULATIONS, "reg 5", path="/regulation/5")
EXEMPT_PAYMENTS = Citation(CAP_REGULATIONS, "reg 6", path="/regulation/6")
NOTICE_QUARTER = Citation(CAP_REGULATIONS, "reg 6(g)", path="/regulation/6")
NOTICE_EXCESS_ONLY = Citation(TREASURY_GUIDANCE, "on reg 6(g)", Seen.SECONDARY)
STATUTORY_PROTECTED = Citation(CAP_REGULATIONS, "reg 7", path="/regulation/7")
CASH_ALTERNATIVE = Citation(CAP_REGULATIONS, "reg 8", path="/regulation/8")
WHO_RELAXES = Citation(CAP_REGULATIONS, "reg 10", path="/regulation/10")
RELAXATION = Citation(ENABLING_ACT, "s.153C", path="/section/153C")
THE_SCHEDULE = Citation(CAP_REGULATIONS, "Schedule", path="/schedule")
CAP_IN_ACT = Citation(ENABLING_ACT, "s.153A", path="/section/153A")
RELEVANT_PERIOD = Citation(REVOCATION_REGULATIONS, "reg 2", path="/regulation/2")
THE_DIFFERENCE = Citation(REVOCATION_REGULATIONS, "reg 4", path="/regulation/4")
WHO_IS_PAID = Citation(REVOCATION_REGULATIONS, "reg 4(3)", path="/regulation/4")
EIGHT_PER_CENT = Citation(JUDGMENT_RATE, "art 2", path="/article/2")
SIMPLE_INTEREST = Citation(INTEREST_NOTE, "on simple interest", Seen.SECONDARY)
INTEREST_START = Citation(SCHEME_BOARD, "on the start of the 8%", Seen.SECONDARY)
DISAPPLIED = Citation(LGA_PAGE, "on the directions of 12 February 2021", Seen.SECONDARY)
MINIMUM_NOTICE = Citation(ERA, "s.86", Seen.SECONDARY, "/section/86")
REDUNDANCY_RIGHT = Citation(ERA, "s.135", path="/section/135")
RELEVANT_DATE = Citation(ERA, "s.145", path="/section/145")
TWO_YEARS = Citation(ERA, "s.155", path="/section/155")
REDUNDANCY_AMOUNT = Citation(ERA, "s.162", path="/section/162")
WEEKS_PAY = Citation(ERA, "ss.220-229", path="/part/XIV/chapter/II")
WEEKLY_LIMIT = Citation(ERA, "s.227", path="/section/227")
WEEKLY_LIMIT_2020 = Citation(LIMITS_ORDER, "art 3, Sch row 8")
WEEKLY_LIMITS = Citation(LIMITS_TABLE, "")
WEEKLY_LIMITS_NI = Citation(LIMITS_NI, "", Seen.SECONDARY)
AGE_REACHED = Citation(FAMILY_LAW_REFORM, "s.9(1)", path="/section/9")
LEAP_DAY = Citation(FAMILY_LAW_REFORM, "s.9(1)", Seen.READING, "/section/9")
CONTRACT_LIMIT = Citation(LIMITATION_ACT, "s.5", path="/section/5")
STATUTE_LIMIT = Citation(LIMITATION_ACT, "s.9", path="/section/9")
NI_LIMIT = Citation(NI_LIMITATION, "art 4", path="/article/4")
ACKNOWLEDGMENT = Citation(LIMITATION_ACT, "ss.29, 30", path="/section/29")
NI_ACKNOWLEDGMENT = Citation(NI_LIMITATION, "on acknowledgments", Seen.READING)
STATUTE_ACCRUAL = Citation(INTERPRETATION_ACT, "ss.4, 23", Seen.READING, "/section/4")
SCOTS_PRESCRIPTION = Citation(PRESCRIPTION_ACT, "s.6", Seen.READING, "/section/6")
UNREDUCED_AT_55 = Citation(LGPS_2013, "reg 30(7)", path="/regulation/30")

_Params = ParamSpec("_Params")
_Result = TypeVar("_Result")
_CITED: dict[str, tuple[Citation, ...]] = {}


def cited(
    *citations: Citation,
) -> Callable[[Callable[_Params, _Result]], Callable[_Params, _Result]]:
    """Tie a rule to the provisions it applies; the rule itself is left as it is."""

    def tie(rule: Callable[_Params, _Result]) -> Callable[_Params, _Result]:
        _CITED[f"{rule.__module__}.{rule.__qualname__}"] = citations
        return rule

    return tie


def citations_of(rule: Callable[..., object]) -> tuple[Citation, ...]:
    """The provisions tied to a rule. KeyError for a function that cites none."""
    return _CITED[f"{rule.__module__}.{rule.__qualname__}"]
