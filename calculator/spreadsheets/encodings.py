"""The encoding of a CSV file, told by what it makes of the bytes that are not ASCII."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from calculator.facts.problems import FileProblem
from calculator.files.kinds import utf_16_of

UTF_8 = "utf-8-sig"
"""UTF-8, with or without the mark that Excel puts before it."""
_BLOCK, _START = 1 << 20, 4_096
_MOST_SEEN = 5_000
"""Places with such bytes that are compared; a list of names has a few in a hundred rows."""
_NOT_ASCII = re.compile(rb"[ -~]?[\x80-\xff]+[ -~]?")
_SAVE = "Open it in Excel and save it as CSV UTF-8."
_NAMES = {
    "cp1252": "Windows text (cp1252)",
    "mac_roman": "text of Excel for Mac (Mac Roman)",
    "cp850": "DOS text (cp850)",
}
"""The encodings that spreadsheet programs in Britain write, likeliest first."""


def encoding_of(path: Path, notices: list[str]) -> str:
    """Return the encoding of a text: UTF-8 or UTF-16, or else the one that gives plausible words, which is said.

    FileProblem, in one line, where none does.
    """
    if utf_16 := _utf_16(path):
        if not _is_in(path, utf_16):
            raise FileProblem(f"{path.name}: the text cannot be read. {_SAVE}")
        return utf_16
    if _is_in(path, UTF_8):
        return UTF_8
    seen = _places(path)
    scores = {name: _score(seen, name) for name in _NAMES}
    best = max(_NAMES, key=lambda name: scores[name])
    wrong, right = scores[best]
    if -2 * wrong > right:
        raise FileProblem(f"{path.name}: the text cannot be read. {_SAVE}")
    sure = best == "cp1252" and not wrong
    check = (
        "" if sure else " Check the names with an accent; if one is wrong, save it as CSV UTF-8."
    )
    notices.append(f"The file is not UTF-8; it was read as {_NAMES[best]}.{check}")
    return best


def _utf_16(path: Path) -> str:
    with path.open("rb") as file:
        return utf_16_of(file.read(_START))


def _is_in(path: Path, encoding: str) -> bool:
    """Return whether the file is text in this encoding, without the character 0."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                if "\0" in decoder.decode(block):
                    return False
            decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _places(path: Path) -> set[bytes]:
    """Each run of bytes that are not ASCII, with the character on either side."""
    seen: set[bytes] = set()
    with path.open("rb") as file:
        while len(seen) < _MOST_SEEN and (block := file.read(_BLOCK)):
            if block.isascii():
                continue
            for line in block.split(b"\n"):
                if not line.isascii():
                    seen.update(_NOT_ASCII.findall(line))
    return seen


def _score(seen: set[bytes], encoding: str) -> tuple[int, int]:
    """How many places are implausible, below zero, and how many plausible, in this encoding."""
    wrong = right = 0
    for place in seen:
        try:
            text = place.decode(encoding)
        except UnicodeDecodeError:
            return -len(seen) - 1, 0
        for fits in _fitting(text):
            right += fits
            wrong -= not fits
    return wrong, right


def _fitting(text: str) -> Iterator[bool]:
    """For each character that is not ASCII whether it is one that names, sums or sentences have there."""
    around = f" {text} "
    for before, character, after in zip(around, around[1:], around[2:], strict=False):
        if character.isascii():
            continue
        between = before.isalpha() and after.isalpha()
        if character in _LETTERS:
            # A capital inside a word is what a wrong encoding gives: JosŽ.
            yield not (character.isupper() and before.islower())
        elif character == "£":
            yield not before.isalpha() and not after.isalpha()
        elif character in "\u2019\u00ad":
            yield True
        elif character in "\u2018\u201c\u00ab":
            yield not before.isalpha()
        elif character in _SIGNS:
            yield not between
        else:
            yield False


_SIGNS = frozenset("–—…”•\N{NO-BREAK SPACE}·§°½¼¾€©®™×÷»±²³µ")
"""Signs of a sentence, never between two letters."""
_LETTERS = frozenset("áàâäãåæçéèêëíìîïñóòôöõøúùûüýÿßœšžÁÀÂÄÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØÚÙÛÜÝŒŠŽŸ")
"""Letters with accents of names in Western Europe. Those of Windows text alone, such as š, count as well."""
