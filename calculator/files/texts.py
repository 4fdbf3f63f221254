"""Text files of others: a bound on what is taken, then the parser.

The bounds stop what a file can do to the parsers of the standard library, so that no process of its own is
needed: see docs/decisions.md.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from calculator.files.kinds import file_problem
from calculator.files.limited import Refused

TOML_BYTES = 20_000
"""A sender's address and a mapping of every field have a few thousand bytes."""
_MOST_POINTS = 50
"""Points on one line of TOML: a dotted name takes memory by the square of its points."""
_NOT_TOML = "not a TOML file of name = value lines."


def start_of(path: Path, most: int) -> bytes:
    """Read a file, but no more than one byte above ``most``. OSError where that fails."""
    with path.open("rb") as file:
        return file.read(most + 1)


def text_of(data: bytes, most: int) -> str:
    """Decode UTF-8 with or without a byte order mark. Raises Refused for more than ``most`` bytes or no text."""
    if len(data) > most:
        raise Refused(f"the file is larger than {most // 1_000:,} kB.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("the text is not UTF-8.") from None


def toml_at(path: Path) -> dict[str, Any]:
    """Read a TOML file as :func:`toml_of` does. Raises FileProblem; OSError if it cannot be opened."""
    try:
        return toml_of(start_of(path, TOML_BYTES))
    except Refused as refused:
        raise file_problem(path, str(refused)) from None


def toml_of(data: bytes) -> dict[str, Any]:
    """Parse TOML, decimal numbers as Decimal. Raises Refused for anything but a small file of plain values."""
    text = text_of(data, TOML_BYTES)
    if max((line.count(".") for line in text.splitlines()), default=0) > _MOST_POINTS:
        raise Refused(_NOT_TOML)
    try:
        table = tomllib.loads(text, parse_float=Decimal)
        str(table)  # fails for numbers too long and lists too deep to print
    except (ValueError, ArithmeticError, RecursionError):
        raise Refused(_NOT_TOML) from None
    return table
