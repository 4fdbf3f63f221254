"""The screen Settings, without a browser."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from calculator.letters.recipients import Recipient
from calculator.letters.sender import Sender
from calculator.letters.word.house_letter import house_template
from calculator.screens.letters import WORD
from calculator.screens.saved_settings import Settings
from rules.positions import POSITIONS, Positions
from tests.screens.screen import AS_AT, labels, pick, screen, words


def test_a_setting_out_of_reach_keeps_the_one_before() -> None:
    app = screen("settings")
    field = next(each for each in app.text_input if each.label == "Day of calculation")
    field.input("31/12/20").run()
    assert app.session_state["settings"].as_at == AS_AT.as_at
    field.input("31/12/2021").run()
    assert app.session_state["settings"].as_at.isoformat() == "2021-12-31"


def test_every_position_can_be_set() -> None:
    assert {position.question for position in POSITIONS} <= labels(screen("settings"))


def test_every_answer_to_an_open_question_is_said_in_words() -> None:
    for position in POSITIONS:
        assert len(position.answers) == (0 if position.any_amount else len(position.values))
    field = next(s for s in screen("settings").selectbox if "8%" in s.label)
    assert field.options[0] == "The day of the payment"


def test_the_sender_is_set_and_left_in_brackets_where_blank() -> None:
    app = screen("settings")
    next(each for each in app.text_input if each.label == "Organisation").input("Our Union").run()
    next(area for area in app.text_area if area.label == "Address").input("1 Road\nTown").run()
    sender = app.session_state["settings"].sender
    assert (sender.organisation, sender.address) == ("Our Union", ("1 Road", "Town"))
    assert sender.signed_by == Sender().signed_by
    next(area for area in app.text_area if area.label == "Address").input(
        "\n".join(["line"] * 9)
    ).run()
    assert "at most 8 lines" in words(app)
    assert app.session_state["settings"].sender.address == ("1 Road", "Town")


def test_their_own_letter_is_checked_when_it_is_given() -> None:
    app = screen("settings")
    good = house_template(Recipient.EMPLOYER)
    app.file_uploader[0].upload("letter.docx", good, WORD).run()
    assert not app.exception
    assert list(app.session_state["own-letters"]) == [Recipient.EMPLOYER]
    assert "letter.docx is used for letters to the employer." in words(app)
    app.file_uploader[0].upload("torn.docx", b"PK torn", WORD).run()
    assert not app.exception
    assert app.session_state["own-letters"][Recipient.EMPLOYER].name == "letter.docx"
    assert app.error
    pick(app, "For letters to", Recipient.MEMBER)
    app.file_uploader[0].upload("member.docx", house_template(Recipient.MEMBER), WORD).run()
    assert "letter.docx is used for letters to the employer." in words(app)
    assert "member.docx is used for letters to the member." in words(app)
    next(each for each in app.button if each.label.startswith("Use the plain")).click().run()
    assert list(app.session_state["own-letters"]) == [Recipient.MEMBER]


def test_legal_positions_are_for_a_lawyer_and_can_be_reset() -> None:
    app = screen("settings")
    assert "**Ask your lawyer first.**" in words(app)
    assert next(each for each in app.button if each.label.startswith("Reset")).disabled
    field = next(s for s in app.selectbox if "8%" in s.label)
    field.select("exit").run()
    assert app.session_state["settings"].positions != Positions()
    next(each for each in app.button if each.label.startswith("Reset")).click().run()
    assert app.session_state["settings"].positions == Positions()
    assert app.session_state["settings"].as_at == AS_AT.as_at
    assert next(s for s in app.selectbox if "8%" in s.label).value == "payment"


def test_drafts_can_be_switched_off_and_on() -> None:
    app = screen("settings")
    assert app.toggle[0].value
    app.toggle[0].set_value(False).run()
    assert app.session_state["drafts-off"]
    app.toggle[0].set_value(True).run()
    assert not app.session_state["drafts-off"]


def part(call: str, text: str = "") -> AppTest:
    """Draw a part that several screens show, with these settings."""
    app = AppTest.from_string(f"from calculator.screens import parts\nparts.{call}")
    app.session_state["settings"] = Settings.from_toml(text)
    return app.run()


def test_results_say_when_the_day_or_a_legal_position_is_not_the_usual() -> None:
    assert words(part("say_settings()")) == ""
    said = words(part("say_settings()", "as_at = 2026-11-22\n"))
    assert said == "Results are as at 22 November 2026, which is not today. See Settings."
    said = words(part("say_settings()", '[positions]\ninterest_start = "exit"\n'))
    assert said == ("Legal positions were changed: From which day does the 8% run? See Settings.")


def test_only_a_page_with_a_case_says_to_save_the_case() -> None:
    assert "save the case" in part("footer(of_case=True)").caption[0].value
    assert "save the case" not in part("footer(of_case=False)").caption[0].value
