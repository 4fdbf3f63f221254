"""Settings: what is saved is what is loaded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from calculator.facts.problems import FileProblem
from calculator.letters.recipients import Extra
from calculator.letters.sender import Sender, read_sender
from calculator.screens.saved_settings import Settings
from rules.positions import Positions

AS_AT = date(2026, 11, 22)


def test_settings_come_back_as_saved() -> None:
    settings = Settings(
        as_at=AS_AT,
        positions=Positions(cut_order="pro_rata"),
        sender=Sender(
            organisation='Example "Union"',
            address=("1 High Street", "Town\\Shire"),
            signed_by="A. N. Other",
            reply_days=28,
            approved_by="Sol Solicitor",
            leave_out=(Extra.STANDSTILL, Extra.AUTHORITY),
        ),
    )
    assert Settings.from_toml(settings.to_toml()) == settings
    assert Settings.from_toml("") == Settings()


def test_saved_settings_serve_as_a_sender_of_letters(tmp_path: Path) -> None:
    settings = Settings(as_at=AS_AT, sender=Sender(organisation="U", address=("1 Road",)))
    path = tmp_path / "settings.toml"
    path.write_text(settings.to_toml(), encoding="utf-8")
    assert read_sender(path) == settings.sender


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = ", "not a file of settings"),
        ("colour = 3", "no such setting"),
        ("reply_days = 15", "reply_days must be 14 or 28"),
        ("as_at = 3", "as_at must be a day"),
        ("organisation = 3", "organisation must be text"),
        ("positions = 3", "name = value lines"),
        ('[positions]\ninterest_start = "never"', "interest_start cannot be"),
    ],
)
def test_bad_settings_are_refused_in_one_line(text: str, message: str) -> None:
    with pytest.raises(FileProblem, match=message):
        Settings.from_toml(text)
