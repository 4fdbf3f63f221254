"""Text and cells to whole pence and back: the only place where money is read or written."""

from __future__ import annotations

import re
from decimal import Decimal

from calculator.facts.cells import DASHES, FULL_WIDTH, CannotRead, Raw, is_blank, trimmed

MOST_PENCE = 99_999_999_999
"""£999,999,999.99, the largest sum a field takes."""
_MOST_FIGURES = len(str(MOST_PENCE // 100))
_ENTER = "Enter pounds and pence, such as 1234.50, £1,234.50 or 0."
OF_A_CELL = " A spreadsheet cell may hold more decimals than it shows: use =ROUND(…,2)."
"""What only somebody with a spreadsheet needs to know."""
_POUNDS = re.compile(r"(\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)(?:\.(\d*))?", re.ASCII)
_NIL_OF_ACCOUNTS = re.compile(rf"£\s*[{re.escape(''.join(DASHES))}]")
"""How the accounting format of a spreadsheet shows 0."""
_SHORTENED = re.compile(r"(\d+(?:\.\d+)?)\s*([km])", re.ASCII)
_TIMES = {"k": 1_000, "m": 1_000_000}
_COMMA_FOR_PENCE = re.compile(r"(\d+|\d{1,3}(?:[.'’ ]\d{3})+),(\d\d)", re.ASCII)
_APOSTROPHES = re.compile(r"\d{1,3}(?:['’]\d{3})+(?:\.\d\d?)?", re.ASCII)
_CURRENCY = re.compile(r"^(?:â?£|gbp)\s*|\s*(?:£|gbp|pounds?(?: sterling)?|[.*])$")
"""Signs beside a sum; Â£ is a £ that was encoded twice."""
_SHOWN_OF_NOISE = 6
"""Decimals beyond which those of a number are the noise of a calculation."""


def parse_money(raw: Raw) -> int | None:
    """Pence from text or a number cell; None where blank or not known; ``nil`` is 0.

    At most two decimals, from 0 to £999,999,999.99. CannotRead for anything else, with what it plainly means.
    """
    if is_blank(raw):
        return None
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float, Decimal)):
        raise CannotRead("This is not an amount of money.", _ENTER)
    text = trimmed(raw) if isinstance(raw, str) else _number_text(raw)
    if text.casefold() == "nil" or _NIL_OF_ACCOUNTS.fullmatch(text):
        return 0
    try:
        return _pence(text)
    except CannotRead as error:
        raise CannotRead(error.wrong, error.enter, _suggested(text)) from None


def _suggested(text: str) -> str:
    """Give the sum that a text plainly means although it is not written as one; else nothing."""
    plain = text.translate(FULL_WIDTH).casefold()
    for _ in range(2):  # £28,500 pounds
        plain = _CURRENCY.sub("", plain)
    if match := _SHORTENED.fullmatch(plain):
        return _shown_sum(match[1], _TIMES[match[2]])
    if match := _COMMA_FOR_PENCE.fullmatch(plain):
        return _shown_sum(f"{re.sub('[^0-9]', '', match[1])}.{match[2]}")
    if _APOSTROPHES.fullmatch(plain):
        return _shown_sum(re.sub("['’]", "", plain))
    return _shown_sum(plain)


def _shown_sum(text: str, times: int = 1) -> str:
    """Give a sum as money shown, without the noise of a calculation; nothing where it is no sum of pence."""
    match = _POUNDS.fullmatch(text)
    if match is None or len(text) > 2 * _MOST_FIGURES:
        return ""
    pence = Decimal(re.sub("[, ]", "", text)) * times * 100
    decimals = len(match[2] or "")
    if decimals > _SHOWN_OF_NOISE:
        pence = round(pence, _SHOWN_OF_NOISE - 2)
    elif decimals > 2 and times == 1:  # 95.000 may be ninety-five thousand
        return ""
    whole = int(pence)
    return shown_money(whole) if whole == pence and whole <= MOST_PENCE else ""


def _number_text(raw: float | Decimal) -> str:
    """A number cell as it would be typed: 95000.0 as 95000; no rounding."""
    text = repr(raw) if isinstance(raw, float) else str(raw)
    return text.removesuffix(".0")


def _pence(text: str) -> int:
    negative = re.match(r"£?\s*[-−–(]", text)
    if negative and re.search(r"\d", text):
        raise CannotRead(
            "A payment cannot be below zero.",
            "Enter what was due and what was paid as separate amounts of 0 or more.",
        )
    if re.fullmatch(r"£?\s*[\d.,]+\s*[kKmM]", text):
        raise CannotRead("Thousands cannot be shortened with a letter.", _ENTER)
    if re.fullmatch(r"£?\s*[\d.]+[eE][+-]?\d+", text):
        raise CannotRead("Powers of ten cannot be read as money.", _ENTER)
    match = _POUNDS.fullmatch(re.sub(r"^£\s*", "", text))
    if match is None:
        raise CannotRead("This is not an amount of money.", _ENTER)
    pounds, decimals = match.group(1), match.group(2)
    if decimals is not None and not 1 <= len(decimals) <= 2:
        raise CannotRead(
            "An amount has pounds and at most two decimals.",
            f"{_ENTER}{OF_A_CELL}",
        )
    figures = re.sub(r"[, ]", "", pounds).lstrip("0")
    if len(figures) > _MOST_FIGURES:
        raise CannotRead("The amount is above £999,999,999.99.", "Check the decimal point.")
    return int(figures or "0") * 100 + int((decimals or "0").ljust(2, "0"))


def plain_money(pence: int) -> str:
    """Pence as text for CSV and JSON: ``"4500.00"``."""
    return f"{pence // 100}.{pence % 100:02d}"


def shown_money(pence: int) -> str:
    """Pence as a person reads them: ``£4,500.00``."""
    return f"£{pence // 100:,}.{pence % 100:02d}"
