"""The screen Check one member, without a browser: what is asked, what is shown, what is kept."""

from __future__ import annotations

from calculator.facts.cells import Raw
from calculator.facts.money import shown_money
from calculator.one_case.case_file import CaseFile
from calculator.one_case.person import work
from rules.positions import Positions
from tests.screens.screen import AS_AT, CASE, labels, screen, unescaped, words


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
        shown_money(int(expected.figures("member_total").values[0]))
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
    errors = [unescaped(each.value) for each in app.error]
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


def test_the_successor_of_an_employer_that_is_gone_is_suggested_and_not_filled_in() -> None:
    app = screen("one_case", [{**CASE, "employer_name": "Corby Borough Council"}])
    assert not app.exception
    assert any("now North Northamptonshire Council" in info.value for info in app.info)
    (debtor,) = (each for each in app.text_input if each.label.startswith("Who owes it now"))
    assert not debtor.value


def test_what_is_to_be_checked_has_a_tick_box_that_sets_the_code_at_once() -> None:
    app = screen("one_case", [{**CASE, "settlement_agreement": "yes"}])
    sentence = "To check before a letter: A settlement agreement was signed"
    assert any(sentence in each.value for each in app.warning)
    box = next(each for each in app.checkbox if each.label == "I have checked this")
    app = box.check().run()
    assert app.session_state["exits"][0]["checked"] == "settlement_agreement"
    assert not any(sentence in each.value for each in app.warning)
    assert any(sentence in each.value for each in app.success)
    assert "Checked by you" not in labels(app)
    box = next(each for each in app.checkbox if each.label == "I have checked this")
    app = box.uncheck().run()
    assert app.session_state["exits"][0]["checked"] == ""
    assert any(sentence in each.value for each in app.warning)
    assert not app.exception


def test_a_case_with_nothing_to_check_has_no_tick_box() -> None:
    app = screen("one_case", [dict(CASE)])
    assert not [each for each in app.checkbox if each.label == "I have checked this"]


def test_of_a_file_of_several_people_one_is_opened_and_the_others_are_counted() -> None:
    ann = {**CASE, "member_name": "Ann Example", "person_ref": "M-1"}
    bob = {**CASE, "case_ref": "B", "member_name": "Bob Example", "exit_date": "10/01/2021"}
    app = screen("one_case")
    exits: list[dict[str, Raw]] = [{**ann}, {**bob}, {**ann, "case_ref": "C"}]
    app.session_state["several-people"] = CaseFile((*exits,), None, ("Row 9: taken as a total.",))
    app.run()
    assert "The file holds 2 people." in words(app)
    assert "Exit 2" not in words(app)
    (question,) = (each for each in app.selectbox if each.label == "Which person?")
    question.select_index(1).run()
    next(each for each in app.button if each.label == "Open this person").click().run()
    assert "1 other person of the file not opened." in words(app)
    assert "Row 9: taken as a total." in words(app)
    assert "Which person?" not in labels(app)
    assert [facts["case_ref"] for facts in app.session_state["exits"]] == ["B"]
