"""The sentences that several parts of the program show with a result."""

from __future__ import annotations

WARNING = (
    "A letter, a complaint, the scheme's own procedure, Acas and the Ombudsman do not stop the court's "
    "clock."
)
LIMITS = (
    "Calculated from the facts entered and the positions shown. It is not advice on law or tax; the figures "
    "and days need a lawyer's check before they are relied on."
)
SCOTS_ADVICE = "May already have run out under Scots law: ask a Scots lawyer today."


def plural(count: int, noun: str) -> str:
    """Return a count with its noun: ``1 day``, ``2 days``."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
