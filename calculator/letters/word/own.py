"""A union's own letter: a Word template as it was given, held in memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from calculator.letters.word.preflight import MOST_BYTES


@dataclass(frozen=True)
class OwnLetter:
    """A Word template: its name and its bytes."""

    name: str
    data: bytes

    @classmethod
    def read(cls, path: Path) -> OwnLetter:
        """The template in a file, of which no more is read than a template may have. OSError where it cannot be."""
        with path.open("rb") as file:
            return cls(path.name, file.read(MOST_BYTES + 1))
