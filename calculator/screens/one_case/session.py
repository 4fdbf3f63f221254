"""The case of a session, calculated, and the keys of its fields."""

from __future__ import annotations

from calculator.one_case.person import Worked, of_one_person, with_references, work_leaving_out
from calculator.screens import state
from rules.positions import Positions


def calculated(exits: list[dict[str, str]], positions: Positions | None = None) -> Worked:
    """Calculate the exits, with other positions than those of the settings if given.

    A fact that cannot be read is left out, and the rest is calculated.
    """
    settings = state.settings()
    return work_leaving_out(
        of_one_person(with_references(exits)),
        positions or settings.positions,
        state.as_at(),
        settings.rates,
    )


def field_key(name: str) -> str:
    """Give the key of a field on the page: another for each exit and each case opened."""
    return f"{state.drawn()}-{state.current()}-{name}"


def case_file_name() -> str:
    """Name the file that the case is saved in, by its reference."""
    reference = state.exits()[0].get("case_ref") or "case"
    return f"{''.join(c if c.isalnum() else '-' for c in reference)[:60]}.json"
