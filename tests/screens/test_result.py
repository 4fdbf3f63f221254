"""The result of one exit on the page."""

from __future__ import annotations

from tests.screens.screen import CASE, LOST, screen, tabled, unescaped, words


def test_what_the_pension_lost_and_what_tax_may_take_stand_apart_from_what_is_owed() -> None:
    app = screen("one_case", [dict(LOST)])
    shown = words(app)
    assert "Pension lost: an estimate for the scheme to confirm" in shown
    assert "Tax on what is owed to the member: an estimate for HMRC to confirm" in shown
    assert [unescaped(metric.label) for metric in app.metric] == [
        "To the member now",
        "To be corrected in the pension",
        "Employer to the pension fund",
    ]
    tables = [tabled(each.value) for each in app.table]
    assert any("£3,000.00" in text and "Pension lost a year" in text for text in tables)
    assert any("Arrears by then" in text for text in tables)


def test_an_estimate_is_called_one_beside_the_figure() -> None:
    app = screen("one_case", [{**LOST, "redundancy_paid": "", "pension_strain_paid": ""}])
    assert [unescaped(metric.label) for metric in app.metric] == [
        "To the member now (estimate)",
        "To be corrected in the pension",
        "Employer to the pension fund (estimate)",
    ]
    assert "depending on which payments were cut" in " ".join(each.value for each in app.caption)


def test_a_late_exit_in_wales_is_not_asked_whether_the_employer_was_in_wales() -> None:
    late = {**CASE, "exit_date": "01/03/2021"}
    assert "The usual reason is that the employer was in Wales." in words(
        screen("one_case", [{**late, "nation": "england"}])
    )
    wales = words(screen("one_case", [{**late, "nation": "wales"}]))
    assert "In Wales it was lifted by a later direction" in wales
    assert "The usual reason" not in wales
