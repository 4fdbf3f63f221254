"""The result of one exit on the page."""

from __future__ import annotations

import re

from tests.screens.screen import (
    CASE,
    LOST,
    part,
    press,
    screen,
    tabled,
    unescaped,
    words,
    written,
)


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
    england = words(screen("one_case", [{**late, "nation": "england"}]))
    assert (
        "The cap had been lifted in England on 12 February 2021: ask why they were cut." in england
    )
    wales = words(screen("one_case", [{**late, "nation": "wales"}]))
    assert "In Wales it was lifted by a later direction" in wales
    assert "The usual reason" not in england + wales


def test_the_working_is_in_groups_and_leaves_out_lines_of_nothing_until_they_are_asked_for() -> (
    None
):
    app = part(screen("one_case", [dict(LOST)]), "Working")
    (working,) = (html for html in written(app) if "<table" in html)
    groups = re.findall("<h4>(.*?)</h4>", working)
    assert groups[:2] == ["Who is covered", "What counts, and the cap"]
    assert groups[-1] == "What is owed"
    assert "<td>£0.00</td>" not in re.sub("<td [^>]*>", "<td>", working)
    (box,) = (each for each in app.checkbox if "of £0.00" in each.label)
    (complete,) = (html for html in written(box.check().run()) if "<table" in html)
    numbers = [int(n) for n in re.findall('data-of="No.">([0-9]+)<', complete)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > len(re.findall('data-of="No."', working))


def test_the_print_is_written_when_it_is_asked_for_and_not_again() -> None:
    app = screen("one_case", [dict(LOST)])
    assert not [html for html in written(app) if "Facts entered" in html]
    (print_out,) = (html for html in written(press(app, "Print")) if "Facts entered" in html)
    for words_on_paper in ("<h1>T-1</h1>", "£20,000.00", "Arrears by then", "Taxable", "Assumed"):
        assert words_on_paper in print_out
    assert not [html for html in written(app.run()) if "Facts entered" in html]
