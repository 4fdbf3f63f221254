"""A union's own Word template, as it was given."""

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
        """Read a template from a file, no more than the most a template may have. OSError where that fails."""
        with path.open("rb") as file:
            return cls(path.name, file.read(MOST_BYTES + 1))
