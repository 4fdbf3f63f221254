"""What a source and a citation are, and how a rule is tied to the provisions it applies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import ParamSpec, TypeVar

_Params = ParamSpec("_Params")
_Result = TypeVar("_Result")


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
