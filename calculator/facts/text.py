"""A person's text made safe to print: one line, no control characters, no direction marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

MOST_NAME = 200
"""Characters of a name or reference in a letter; a longer text ends with an ellipsis."""
MOST_WORD = 60
"""Characters of a heading, a key or a sheet's name that a message repeats."""
MOST_LINES = 20
"""Lines of one kind that a message has; the rest are counted."""
_FORBIDDEN_IN_XML = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u2028\u2029]")


def one_line(text: str, most: int = MOST_NAME) -> str:
    """Return a person's text as one line that a letter can hold, at most ``most`` characters.

    Drops characters that XML forbids, that change the direction of text or that show nothing; runs of
    spaces and line ends become one space. Right-to-left text is isolated, so that it cannot reorder the
    figures beside it.
    """
    line = " ".join(_INVISIBLE.sub("", _FORBIDDEN_IN_XML.sub("", text)).split())
    if len(line) > most:
        line = line[: most - 1] + "…"
    if not line.isascii() and any(unicodedata.bidirectional(c) in ("R", "AL") for c in line):
        return f"\N{FIRST STRONG ISOLATE}{line}\N{POP DIRECTIONAL ISOLATE}"
    return line


def shortened(text: str, most: int = MOST_WORD) -> str:
    """Return text as one printable line of at most ``most`` characters, cut in its middle."""
    line = printable(text)
    if len(line) <= most:
        return line
    return f"{line[: most // 2]}…{line[len(line) - (most - 1) // 2 :]}"


def quoted(text: str) -> str:
    """Return a name from a file, such as a heading or a key, in quotes for a message; a long one is cut."""
    quotes = repr(text[: MOST_WORD + 1])
    return quotes if len(quotes) <= MOST_WORD + 2 else repr(shortened(text))


def first_of(lines: Sequence[str], more: str) -> list[str]:
    """Return the first lines of a list, and one line that says how many ``more`` there are."""
    left_out = len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], f"{left_out:,} more {more}."] if left_out > 0 else list(lines)


def printable(text: str, instead: str = "?", kept: str = "") -> str:
    """Return text without characters that could steer a terminal or break a line.

    ``instead`` replaces each of them, except those in ``kept``.
    """
    return "".join(c if c.isprintable() or c in kept else instead for c in text)
