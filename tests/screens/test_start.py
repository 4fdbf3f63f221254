"""The start page says what this is, how long is left, and leads to a first answer."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from calculator.screens.saved_settings import Settings
from tests.screens.screen import screen, unescaped


def start(as_at: str) -> AppTest:
    app = AppTest.from_string("from calculator.screens import start\nstart.show()")
    app.session_state["settings"] = Settings.from_toml(f"as_at = {as_at}\n")
    return app.run(timeout=60)


def test_the_last_days_are_counted_down() -> None:
    assert start("2026-11-27").error[0].value == (
        "Contract claims have been running out since 4 November 2026. Claims under the 2021 regulations "
        "(SI 2021/197, regulation 4) end on 18 March 2027: 111 days left."
    )
    assert start("2027-03-19").error[0].value.endswith("ended on 18 March 2027.")


def test_a_case_in_hand_is_not_forgotten() -> None:
    shown = screen("start", [{"case_ref": "A1"}])
    assert "A case is entered" in unescaped(shown.info[0].value)
