"""The screen Settings, without a browser."""

from __future__ import annotations

from calculator.letters.recipients import Recipient
from calculator.letters.sender import Sender
from calculator.letters.word.house_letter import house_template
from calculator.screens.letters import WORD
from rules.positions import POSITIONS
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
