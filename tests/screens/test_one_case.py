"""The screen Check one member, without a browser: what is asked, what is shown, what is kept."""

from __future__ import annotations

import pytest

from calculator.facts.cells import Raw
from calculator.facts.fields import BY_NAME
from calculator.facts.money import shown_money
from calculator.one_case.case_file import CaseFile
from calculator.one_case.person import work
from rules.positions import Positions
from tests.screens.screen import (
    AS_AT,
    CASE,
    LOST,
    labels,
    part,
    press,
    screen,
    unescaped,
    words,
)

FIRST = {
    "Date of exit (needed)",
    "Nation",
    "Employer",
    "Kind of employer",
    "Reason for leaving",
    "Did the employer say the cap was applied?",
}


def test_eight_questions_are_asked_first() -> None:
    assert labels(screen("one_case")) == {
        *FIRST,
        "Redundancy pay due",
        "Redundancy pay paid",
        "Pension strain due",
        "Pension strain paid",
        "Pay in lieu of notice due",
        "Pay in lieu of notice paid",
        "What happened to the pension",
    }


@pytest.mark.parametrize(
    ("reason", "asked", "not_asked"),
    [
        ("redundancy", "Redundancy pay due", "Settlement or conciliation sum due"),
        ("settlement", "Settlement or conciliation sum due", "Redundancy pay due"),
        ("voluntary", "Voluntary exit payment due", "Redundancy pay due"),
        ("business_efficiency", "Severance or ex gratia payment due", "Redundancy pay due"),
    ],
)
def test_the_reason_for_leaving_decides_which_payments_are_asked_for(
    reason: str, asked: str, not_asked: str
) -> None:
    shown = labels(screen("one_case", [{"exit_date": "31/12/2020", "exit_reason": reason}]))
    assert asked in shown
    assert not_asked not in shown


def test_a_payment_entered_stays_when_the_reason_changes() -> None:
    app = screen("one_case", [{**CASE, "exit_reason": "settlement"}])
    assert {"Redundancy pay due", "Settlement or conciliation sum due"} <= labels(app)


def test_out_of_scope_the_rest_is_asked_only_on_request() -> None:
    app = screen("one_case", [{**CASE, "exit_date": "31/12/2019"}])
    assert "The cap did not reach this exit" in words(app)
    assert labels(app) - {"Letter to"} == FIRST
    app.checkbox[0].check().run()
    assert "Redundancy pay due" in labels(app)


def test_the_task_list_says_what_is_done_needed_and_to_correct_and_opens_each() -> None:
    app = screen("one_case", [{**CASE, "service_start": "29 years"}], "Task list")
    tasks = {each.label.partition(": ")[0]: each.label for each in app.button}
    assert tasks["The exit"] == "The exit: Done"
    assert tasks["Dates and pay"] == "Dates and pay: **To correct**"
    assert tasks["Evidence and notes"] == "Evidence and notes: **Needed**"
    assert tasks["Since paid"] == "Since paid: Optional"
    app = press(app, "Dates and pay")
    assert "Continuous service start" in labels(app)
    app = press(app, "Next: Payments")
    assert "Redundancy pay due" in labels(app)
    app = press(app, "Back to the task list")
    assert "Redundancy pay due" not in labels(app)
    assert not app.exception


def test_the_facts_are_listed_in_full_each_with_a_way_to_change_it() -> None:
    app = part(screen("one_case", [{**CASE, "date_of_birth": "1/5/1963"}]), "Facts")
    shown = words(app)
    for line in (
        "**Date of exit**: 31 December 2020",
        "**Reason for leaving**: Redundancy",
        "**Redundancy pay due**: £100,000.00",
        "**Date of birth**: 1 May 1963",
    ):
        assert line in shown
    assert "Date of birth" not in labels(app)
    change = next(b for b in app.button if str(b.key).endswith("-date_of_birth"))
    app = change.click().run()
    assert "Date of birth" in labels(app)


def test_what_was_read_is_said_in_full_under_the_field() -> None:
    app = screen("one_case", [dict(CASE)])
    said = [unescaped(each.value) for each in app.caption]
    assert {"Read as 31 December 2020", "Read as £100,000.00", "Read as £95,000.00"} <= set(said)


def test_one_field_that_cannot_be_read_is_left_out_and_the_rest_is_shown() -> None:
    for wrong in ({"service_start": "29 years"}, {"top_up_member": "500", "top_up_date": ""}):
        app = screen("one_case", [{**CASE, **wrong}])
        assert app.metric
        assert "The answer leaves it out." in words(app)
    (led,) = (each for each in app.button if each.label.startswith("Correct: "))
    app = led.click().run()
    assert led.label == "Correct: Since paid on"
    assert "Since paid on" in labels(app)


@pytest.mark.parametrize(
    ("name", "typed", "used"),
    [
        ("redundancy_paid", "95000 pounds", "£95,000.00"),
        ("redundancy_paid", "９５，０００", "£95,000.00"),
        ("redundancy_paid", "95k", "£95,000.00"),
        ("exit_date", "31/12/20", "31 December 2020"),
        ("service_start", "29 years", "1 January 1992"),
    ],
)
def test_what_is_plainly_meant_is_offered_beside_its_field_and_taken_with_one_press(
    name: str, typed: str, used: str
) -> None:
    app = screen("one_case", [{**CASE, name: typed}], "Show all fields")
    app = press(app, f"Use {used}")
    assert app.session_state["exits"][0][name] == used
    assert not app.error
    assert not app.exception


@pytest.mark.parametrize("typed", ["not known", "?", "TBC", "unknown"])
def test_a_word_for_not_known_is_read_as_such_and_this_is_said(typed: str) -> None:
    app = screen("one_case", [{**CASE, "redundancy_paid": typed}])
    assert "Read as not known" in [unescaped(each.value) for each in app.caption]
    assert not app.error


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
    app = screen("one_case", [dict(CASE)], "Show all fields")
    assert "Since paid on" not in labels(app)
    field = next(each for each in app.text_input if each.label == "Since paid to the member")
    field.input("1000").run()
    assert "Since paid on" in labels(app)
    assert "Correct: Since paid on" in {each.label for each in app.button}


def test_a_field_that_holds_something_is_never_hidden() -> None:
    app = screen(
        "one_case", [{**CASE, "pension_care": "1200", "monthly_hours": "120"}], "Show all fields"
    )
    assert {"LGPS pension from April 2014", "Normal monthly hours"} <= labels(app)


def test_the_fields_for_letters_are_drawn_when_opened_and_change_opens_them() -> None:
    app = screen("one_case", [{**CASE, "member_email": "ann@example.org"}], "Show all fields")
    label = BY_NAME["member_email"].heading
    assert label not in labels(app)
    app = part(app, "Facts")
    next(
        b for b in app.button if str(b.key).startswith("change-") and "member_email" in str(b.key)
    ).click().run()
    assert next(f for f in app.text_input if f.label == label).value == "ann@example.org"
    app.session_state["facts-for-letters"] = False
    assert app.run().session_state["exits"][0]["member_email"] == "ann@example.org"


def test_what_cannot_be_read_is_said_at_the_field_and_in_the_result() -> None:
    app = screen("one_case", [{**CASE, "redundancy_paid": "95k"}])
    errors = [unescaped(each.value) for each in app.error]
    assert sum("Thousands cannot be shortened with a letter." in text for text in errors) == 1
    assert "Correct: Redundancy pay paid" in {each.label for each in app.button}
    assert words(app).count("Thousands cannot be shortened") == 1


def test_a_value_that_is_no_choice_stays_visible_and_is_refused() -> None:
    app = screen("one_case", [{**CASE, "nation": "mars"}])
    assert next(each for each in app.selectbox if each.label == "Nation").value == "mars"
    assert "This is not one of the choices. Choose from the list." in words(app)


def test_clearing_the_case_removes_every_fact_and_can_be_undone() -> None:
    app = press(screen("one_case", [dict(CASE)]), "Clear this case")
    assert not any(value for facts in app.session_state["exits"] for value in facts.values())
    assert not app.metric
    app = press(app, "Undo")
    assert app.session_state["exits"][0]["redundancy_due"] == CASE["redundancy_due"]


def test_an_exit_removed_can_be_brought_back() -> None:
    app = screen("one_case", [dict(CASE), {**CASE, "case_ref": "T-2", "exit_date": "10/01/2021"}])
    app = press(app, "Remove this exit")
    assert [facts["case_ref"] for facts in app.session_state["exits"]] == ["T-2"]
    app = press(app, "Undo")
    assert [facts["case_ref"] for facts in app.session_state["exits"]] == ["T-1", "T-2"]


def test_only_the_date_of_exit_is_called_needed() -> None:
    asked = labels(screen("one_case", [dict(CASE)], "Show all fields"))
    assert [label for label in asked if "needed" in label] == ["Date of exit (needed)"]
    assert "Case reference" in asked


def test_another_exit_takes_over_what_is_of_the_person() -> None:
    app = screen("one_case", [{**CASE, "date_of_birth": "1 May 1963"}])
    next(each for each in app.button if each.label.startswith("Add another")).click().run()
    first, second = app.session_state["exits"]
    assert second["date_of_birth"] == first["date_of_birth"]
    assert second["case_ref"] == "T-1-2"
    assert not second.get("redundancy_due")
    assert not app.exception


def test_the_successor_of_an_employer_that_is_gone_is_suggested_and_not_filled_in() -> None:
    app = screen(
        "one_case", [{**CASE, "employer_name": "Corby Borough Council"}], "Show all fields"
    )
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


def test_a_case_opened_over_another_can_be_undone() -> None:
    app = screen("one_case", [dict(CASE)])
    other: dict[str, Raw] = {**CASE, "case_ref": "B"}
    app.session_state["several-people"] = CaseFile((other, {**other, "case_ref": "C"}), None)
    app = press(app.run(), "Open this person")
    assert "Case opened in place of the one before." in words(app)
    app = press(app, "Undo")
    assert [facts["case_ref"] for facts in app.session_state["exits"]] == ["T-1"]


def test_a_summary_of_the_case_is_offered_as_a_pdf() -> None:
    app = screen("one_case", [dict(LOST)])
    assert "Case summary (PDF)" in [button.proto.label for button in app.get("download_button")]


def test_the_scheme_is_asked_for_as_soon_as_the_pension_was_cut() -> None:
    cut = {**CASE, "pension_strain_due": "20000", "pension_strain_paid": "0"}
    for outcome, asked in (
        ("", False),
        ("unreduced", False),
        ("reduced", True),
        ("deferred", True),
    ):
        app = screen("one_case", [{**cut, "pension_outcome": outcome}])
        assert ("Pension scheme" in labels(app)) is asked
        assert ("- Pension scheme" in words(app)) is asked
    app = screen("one_case", [{**cut, "pension_outcome": "reduced"}], "Task list")
    assert "Pension: **Needed**" in [button.label for button in app.button]
    app = screen("one_case", [{**cut, "pension_outcome": "reduced", "scheme": "lgps"}])
    assert "Pension scheme" in labels(app)
    assert "- Pension scheme" not in words(app)


def test_the_empty_day_of_what_was_paid_since_says_what_is_wrong() -> None:
    app = screen("one_case", [{**CASE, "top_up_member": "500"}], "Show all fields")
    (error,) = app.error
    assert unescaped(error.value).startswith("Since paid on: A sum has been paid since, without")
