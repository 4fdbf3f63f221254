"""Text that a program encoded twice, so that é became Ã©: where it is, and what it was."""

from __future__ import annotations

from collections.abc import Mapping

from calculator.facts import fields
from calculator.facts.columns import Column
from calculator.facts.fields import Kind
from calculator.facts.problems import Problem, Severity

_NOT_ASCII = r"[^\x00-\x7F]"
_CHANGED = "Letters with an accent were changed before this was saved: é is now Ã©."
_ACCEPT = "Accept the suggestion, or export the table again as .xlsx or CSV UTF-8."
_EXPORT = "Export the table again from where it comes from, as .xlsx or CSV UTF-8."


def once_encoded(text: str) -> str:
    """Return what a text was before it was encoded a second time; "" where it was not."""
    try:
        once = b"".join(map(_windows_byte, text)).decode()
    except UnicodeError:
        return ""
    return once if len(once) < len(text) and once.isprintable() else ""


def _windows_byte(character: str) -> bytes:
    """Return the byte that Windows reads as a character; five bytes that it has no character for stay as they are."""
    return character.encode("latin-1" if "\x80" <= character <= "\x9f" else "cp1252")


def twice_encoded(raw: Mapping[str, Column], read: Mapping[str, Column]) -> list[Problem]:
    """Give each text of a table that was encoded twice, as it was typed and as it was read.

    What it was is suggested where every text with an accent was encoded twice: else the table was put
    together from several, and which letters were meant is not certain.
    """
    found: list[tuple[str, int, str]] = []
    certain = True
    for name, column in read.items():
        if fields.BY_NAME[name].kind is not Kind.TEXT:
            continue
        accented = column.search(_NOT_ASCII)
        typed = zip(accented.tolist(), raw[name].at(accented), strict=True)
        before = {index: once_encoded(str(text).strip(" ")) for index, text in typed}
        certain = certain and all(before.values())
        for row in column.rows_of(i for i, text in before.items() if text).tolist():
            found.append((name, row, before[int(column.which[row])]))
    wrong, enter = _CHANGED, _ACCEPT if certain else _EXPORT
    severity, code = Severity.PLEASE_CONFIRM, "to_confirm"
    return [
        Problem(row, name, wrong, enter, severity, code, text if certain else "")
        for name, row, text in found
    ]
