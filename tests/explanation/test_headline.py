"""The first lines: the answer by payee, and the deadline that cannot wait."""

from __future__ import annotations

from tests.explanation.explained import explained


def test_an_expired_clock_is_said_in_the_first_line() -> None:
    lines = explained(
        exit_date="2020-11-10", severance_due="100000.00", severance_paid="95000.00"
    ).headline
    assert lines[0] == (
        "The last day for a claim in contract was 10 November 2026; the claim under SI 2021/197 reg 4 is "
        "open to 18 March 2027, 116 days after 22 November 2026."
    )


def test_scotland_has_no_countdown_and_says_why() -> None:
    lines = explained(
        nation="scotland",
        employer_kind="civil_service",
        severance_due="100000.00",
        severance_paid="95000.00",
    ).headline
    assert lines[-1] == "May already have run out under Scots law: ask a Scots lawyer today."


def test_strain_and_members_money_are_never_one_sum() -> None:
    lines = explained(
        severance_due="60000.00",
        severance_paid="50000.00",
        pension_strain_due="50000.00",
        pension_strain_paid="45000.00",
    ).headline
    assert lines[1].startswith("Owed to the member: £14,71")
    assert lines[2].startswith("Owed to the pension scheme: £7,35")
