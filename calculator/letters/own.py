"""A union's own letter as it was uploaded: held in memory, and in a file only while it is used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from calculator.letters.bundle import Request
from calculator.letters.plan import Recipient
from calculator.letters.render import their_template

MOST_BYTES = 10_000_000


@dataclass(frozen=True)
class OwnLetter:
    """A Word template: its name, its bytes, and the recipients whose letters are made from it."""

    name: str
    data: bytes
    to: tuple[Recipient, ...]

    @contextmanager
    def used(self, request: Request) -> Iterator[Request]:
        """The request with this letter in a file, which is gone afterwards."""
        with self._in_a_file() as path:
            yield replace(request, template=path, template_to=self.to)

    def check(self, day: date) -> None:
        """FileProblem, in one line, where it cannot be used as a template."""
        with self._in_a_file() as path:
            their_template(path, day)

    @contextmanager
    def _in_a_file(self) -> Iterator[Path]:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "template.docx"
            path.write_bytes(self.data)
            yield path
