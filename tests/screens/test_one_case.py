"""The logic of every screen, without a browser: what is asked, what is shown, what is kept."""

from __future__ import annotations

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from calculator.explanation.law import POSITION_CHANGES
from calculator.facts.money import shown_money
from calculator.letters.plan import Recipient, WithoutConsent
from calculator.letters.sender import Sender
from calculator.letters.word.house_letter import plain_template
from calculator.letters.word.own import OwnLetter
from calculator.one_case.person import work
from calculator.screens.letters import WORD
from calculator.screens.saved_settings import Settings
from rules.positions import POSITIONS, Positions

SCREENS = ("one_case", "many_cases", "employers", "the_law", "self_check", "settings")
AS_AT = Settings.from_toml("as_at = 2026-11-22\n")
CASE = {
    "case_ref": "T-1",
    "exit_date": "31/12/2020",
    "nation": "england",
    "employer_kind": "council",
    "exit_reason": "redundancy",
    "payment_date": "31/12/2020",
    "redundancy_due": "100,000",
    "redundancy_paid": "95000",
}


def screen(name: str, exits: list[dict[str, str]] | None = None) -> AppTest:
    """A screen alone, as at 22 November 2026, with a case entered or none."""
    app = AppTest.from_string(
        f"from calculator.screens import {name}\n{name}.show()", default_timeout=60
    )
    app.session_state["settings"] = AS_AT
    if exits is not None:
        app.session_state["exits"] = exits
    return app.run()


def words(app: AppTest) -> str:
    """All text of a screen, without the backslashes that keep it from being Markdown."""
    found = [
        *(each.value for each in app.markdown),
        *(each.value for each in app.subheader),
        *(each.value for each in app.info),
        *(each.value for each in app.warning),
        *(each.value for each in app.error),
        *(each.value for each in app.success),
    ]
    return re.sub(r"\\(.)", r"\1", "\n".join(str(text) for text in found))


def labels(app: AppTest) -> set[str]:
    return {field.label for field in (*app.text_input, *app.selectbox, *app.multiselect)}


@pytest.mark.parametrize("name", SCREENS)
def test_every_screen_opens_without_an_error(name: str) -> None:
    app = screen(name)
    assert not app.exception
    assert app.title


def test_first_only_what_decides_scope_is_asked() -> None:
    assert labels(screen("one_case")) == {
        "Case reference (needed)",
        "Date of exit (needed)",
        "Nation",
        "Kind of employer",
        "Employer",
        "Reason for leaving",
    }


def test_out_of_scope_the_rest_is_asked_only_on_request() -> None:
    app = screen("one_case", [{**CASE, "exit_date": "31/12/2019"}])
    assert "The cap did not reach this exit" in words(app)
    assert "Redundancy pay due" not in labels(app)
    app.checkbox[0].check().run()
    assert "Redundancy pay due" in labels(app)


def test_a_result_appears_with_the_first_payment_and_is_that_of_the_rules() -> None:
    app = screen("one_case", [{k: v for k, v in CASE.items() if not k.startswith("redundancy_")}])
    assert "Enter the payments due and paid" in words(app)
    assert not app.metric
    app = screen("one_case", [dict(CASE)])
    assert AS_AT.as_at is not None
    expected = work([CASE], Positions(), AS_AT.as_at).outcome
    assert [metric.value for metric in app.metric] == [
        shown_money(int(expected.figures(f"{payee}_total").values[0]))
        for payee in ("member", "scheme")
    ]


def test_a_field_that_matters_only_beside_another_appears_with_it() -> None:
    app = screen("one_case", [dict(CASE)])
    assert "Since paid on" not in labels(app)
    field = next(each for each in app.text_input if each.label == "Since paid to the member")
    field.input("1000").run()
    assert "Since paid on" in labels(app)
    assert "A sum has been paid since, without its day." in words(app)


def test_a_field_that_holds_something_is_never_hidden() -> None:
    app = screen("one_case", [{**CASE, "pension_care": "1200", "monthly_hours": "120"}])
    assert {"LGPS pension from April 2014", "Normal monthly hours"} <= labels(app)


def test_what_cannot_be_read_is_said_at_the_field_and_in_the_result() -> None:
    app = screen("one_case", [{**CASE, "redundancy_paid": "95k"}])
    errors = [re.sub(r"\\(.)", r"\1", each.value) for each in app.error]
    assert sum("Thousands cannot be shortened with a letter." in text for text in errors) == 1
    assert any("Must fix" in text and "Redundancy pay paid" in text for text in errors)
    assert words(app).count("Thousands cannot be shortened") == 1


def test_a_value_that_is_no_choice_stays_visible_and_is_refused() -> None:
    app = screen("one_case", [{**CASE, "nation": "mars"}])
    assert next(each for each in app.selectbox if each.label == "Nation").value == "mars"
    assert "This is not one of the choices." in words(app)


def test_clearing_the_case_removes_every_fact() -> None:
    app = screen("one_case", [dict(CASE)])
    next(each for each in app.button if each.label == "Clear this case").click().run()
    assert not any(value for facts in app.session_state["exits"] for value in facts.values())
    assert not app.metric


def test_another_exit_takes_over_what_is_of_the_person() -> None:
    app = screen("one_case", [{**CASE, "date_of_birth": "1 May 1963"}])
    next(each for each in app.button if each.label.startswith("Add another")).click().run()
    first, second = app.session_state["exits"]
    assert second["date_of_birth"] == first["date_of_birth"]
    assert second["case_ref"] == "T-1-2"
    assert not second.get("redundancy_due")
    assert not app.exception


def test_a_setting_out_of_reach_keeps_the_one_before() -> None:
    app = screen("settings")
    field = next(each for each in app.text_input if each.label == "Day of calculation")
    field.input("31/12/20").run()
    assert app.session_state["settings"].as_at == AS_AT.as_at
    field.input("31/12/2021").run()
    assert app.session_state["settings"].as_at.isoformat() == "2021-12-31"


def test_every_position_can_be_set_and_says_what_it_changes() -> None:
    assert set(POSITION_CHANGES) == {position.name for position in POSITIONS}
    assert {position.question for position in POSITIONS} <= labels(screen("settings"))


def test_every_answer_to_an_open_question_is_said_in_words() -> None:
    for position in POSITIONS:
        numbered = len(position.values) == 1
        assert len(position.answers) == (0 if numbered else len(position.values))
    field = next(s for s in screen("settings").selectbox if "8%" in s.label)
    assert field.options[0] == "The day of the payment"


LOST = {
    **CASE,
    "date_of_birth": "1 May 1962",
    "pension_strain_due": "20000",
    "pension_strain_paid": "0",
    "scheme": "lgps",
    "pension_outcome": "reduced",
    "pension_due": "12000",
    "pension_paid": "9000",
    "other_income": "20000",
}


def test_what_the_pension_lost_and_what_tax_may_take_stand_apart_from_what_is_owed() -> None:
    app = screen("one_case", [dict(LOST)])
    shown = words(app)
    assert "Pension lost: an estimate for the scheme to confirm" in shown
    assert "Tax on what is owed to the member: an estimate for HMRC to confirm" in shown
    assert [metric.label for metric in app.metric] == [
        "Owed to the member",
        "Owed to the pension scheme",
    ]
    tables = [tabled(each.value) for each in app.table]
    assert any("£3,000.00" in text and "Pension lost a year" in text for text in tables)
    assert any("Arrears by then" in text for text in tables)


def test_an_estimate_is_called_one_beside_the_figure() -> None:
    app = screen("one_case", [{**LOST, "redundancy_paid": "", "pension_strain_paid": ""}])
    assert [metric.label for metric in app.metric] == [
        "Owed to the member (estimate)",
        "Owed to the pension scheme (estimate)",
    ]
    assert "whichever payments were cut" in words(app)


def tabled(frame: Any) -> str:
    """A table's text without the backslashes."""
    return re.sub(r"\\(.)", r"\1", frame.to_string())


def pick(app: AppTest, label: str, value: object) -> AppTest:
    return next(each for each in app.selectbox if each.label == label).select(value).run()


def test_a_letter_is_read_on_the_page_and_holds_the_figures() -> None:
    app = screen("one_case", [{**LOST, "consent_to_disclose": "yes", "member_name": "Ann Example"}])
    totals = [str(metric.value) for metric in app.metric]
    pick(app, "Letter to", Recipient.EMPLOYER)
    assert not app.exception
    letter = words(app) + "".join(tabled(each.value) for each in app.table)
    assert "Ann Example" in letter
    assert all(total in letter for total in totals)
    assert "Download the letter (Word)" in [b.proto.label for b in app.get("download_button")]


def test_without_consent_no_letter_names_the_union() -> None:
    app = screen("one_case", [dict(LOST)])
    pick(app, "Letter to", Recipient.EMPLOYER)
    assert "The member has not agreed that a letter may show union membership." in words(app)
    next(each for each in app.radio if "has not agreed" in each.label).set_value(
        WithoutConsent.MEMBER
    ).run()
    assert "From the member in their own name" in words(app)
    assert not app.exception


def test_the_sender_is_set_and_left_in_brackets_where_blank() -> None:
    app = screen("settings")
    next(each for each in app.text_input if each.label == "Organisation").input("Our Union").run()
    app.text_area[0].input("1 Road\nTown").run()
    sender = app.session_state["settings"].sender
    assert (sender.organisation, sender.address) == ("Our Union", ("1 Road", "Town"))
    assert sender.signed_by == Sender().signed_by
    app.text_area[0].input("\n".join(["line"] * 9)).run()
    assert "at most 8 lines" in words(app)
    assert app.session_state["settings"].sender.address == ("1 Road", "Town")


def test_their_own_letter_is_checked_when_it_is_given() -> None:
    app = screen("settings")
    good = plain_template(Recipient.EMPLOYER)
    app.file_uploader[0].upload("letter.docx", good, WORD).run()
    assert not app.exception
    assert list(app.session_state["own-letters"]) == [Recipient.EMPLOYER]
    assert "letter.docx is used for letters to the employer." in words(app)
    app.file_uploader[0].upload("torn.docx", b"PK torn", WORD).run()
    assert not app.exception
    assert app.session_state["own-letters"][Recipient.EMPLOYER].name == "letter.docx"
    assert app.error
    pick(app, "For letters to", Recipient.MEMBER)
    app.file_uploader[0].upload("member.docx", plain_template(Recipient.MEMBER), WORD).run()
    assert "letter.docx is used for letters to the employer." in words(app)
    assert "member.docx is used for letters to the member." in words(app)
    next(each for each in app.button if each.label.startswith("Use the plain")).click().run()
    assert list(app.session_state["own-letters"]) == [Recipient.MEMBER]


def test_their_own_letter_is_used_for_its_recipient() -> None:
    own = OwnLetter("ours.docx", plain_template(Recipient.EMPLOYER))
    app = AppTest.from_string(
        "from calculator.screens import one_case\none_case.show()", default_timeout=60
    )
    app.session_state["settings"] = AS_AT
    app.session_state["own-letters"] = {Recipient.EMPLOYER: own}
    app.session_state["exits"] = [{**LOST, "consent_to_disclose": "yes"}]
    app.run()
    pick(app, "Letter to", Recipient.EMPLOYER)
    assert not app.exception
    assert any("Made from your own letter" in str(each.value) for each in app.caption)
    pick(app, "Letter to", Recipient.MEMBER)
    assert not any("Made from your own letter" in str(each.value) for each in app.caption)


def test_names_and_descriptions_of_the_schedule_are_apart() -> None:
    app = screen("employers")
    app.text_input[0].input("health authority").run()
    names, described = (each.value for each in app.table)
    assert set(names["Entry"]).isdisjoint(set(described["Description"]))
    assert "Nation" in names.columns


def test_sign_in_is_asked_for_only_where_the_server_sets_it_up() -> None:
    script = (
        "from calculator.screens.sign_in import let_in\nimport streamlit as st\nst.write(let_in())"
    )
    app = AppTest.from_string(script, default_timeout=60).run()
    assert app.markdown[0].value == "`True`"
    app = AppTest.from_string(script, default_timeout=60)
    app.secrets["auth"] = {"client_id": "example"}
    app.run()
    assert app.title[0].value == "Sign in"
