"""The search for an employer on a terminal: the Schedule, then the bodies gone since."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from calculator.facts.days import shown_day
from calculator.facts.employers import descriptions, search
from calculator.facts.successors import SCHOOL_LAW, SCHOOL_NOTE, gone, speaks_of_school


def search_lines(asked: str, width: int) -> Iterator[str]:
    """Give the names alike, the descriptions that may fit, and what took the place of a body that is gone."""
    suggestions, described = search(asked), descriptions(asked)
    for suggestion in suggestions:
        entry = suggestion.entry
        how = "the name itself" if suggestion.exact else f"{suggestion.likeness}% alike, to confirm"
        yield f"{entry.words}\n    Part {entry.part}, {entry.nation}; {how}"
    if described:
        yield "Bodies covered by description; apply it to the facts:"
        for entry in described:
            yield textwrap.fill(f"- {entry.words} ({entry.nation})", width, subsequent_indent="  ")
    if not suggestions and not described:
        yield (
            "No entry is like this. That alone does not mean that the employer was not covered: most "
            "councils, schools and trusts are covered by description."
        )
    yield from _gone_lines(asked, width)


def _gone_lines(asked: str, width: int) -> Iterator[str]:
    if bodies := gone(asked):
        yield "Abolished or renamed since, if it is one of these; ask the body named whether it owes the debt:"
    for body in bodies:
        line = (
            f"- {body.names[0]}: now {body.new_body}; from {shown_day(body.from_day)}; {body.instrument} "
            f"({body.how_seen})"
        )
        yield textwrap.fill(line, width, subsequent_indent="  ")
    if speaks_of_school(asked):
        law = "; ".join(citation.label for citation in SCHOOL_LAW)
        yield textwrap.fill(f"{SCHOOL_NOTE} ({law})", width)
