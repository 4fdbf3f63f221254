"""A diary gets each day to issue by, each last day, and reminders that stand on their own."""

from __future__ import annotations

from datetime import UTC, date, datetime

import icalendar

from calculator.explanation.calendar import calendar_of
from tests.comparing import calculated

MADE = datetime(2026, 11, 22, 9, tzinfo=UTC)


def events(as_at: date = date(2026, 11, 22), **facts: str) -> list[tuple[date, str]]:
    row = {
        "case_ref": "A",
        "member_name": "Ann Example",
        "exit_date": "2020-12-31",
        "employer_kind": "council",
        "severance_due": "99500",
        "severance_paid": "95000",
        **facts,
    }
    outcome = calculated([row], {}, as_at)
    written = icalendar.Calendar.from_ical(calendar_of(outcome, [0], MADE))
    return [(event.decoded("dtstart"), str(event["summary"])) for event in written.walk("VEVENT")]


def uids(written: bytes) -> list[bytes]:
    return [line for line in written.splitlines() if line.startswith(b"UID:")]


def test_the_day_to_issue_by_the_last_days_and_the_reminders_that_are_still_to_come() -> None:
    assert events() == [
        (date(2026, 12, 30), "A: issue the claim today"),
        (date(2026, 12, 2), "A: 28 days left to issue the claim: 30 December 2026"),
        (date(2026, 12, 16), "A: 14 days left to issue the claim: 30 December 2026"),
        (date(2026, 12, 23), "A: 7 days left to issue the claim: 30 December 2026"),
        (date(2026, 12, 29), "A: 1 day left to issue the claim: 30 December 2026"),
        (date(2026, 12, 31), "A: last day for a claim in contract"),
        (date(2027, 3, 18), "A: last day for a claim under SI 2021/197 regulation 4"),
        *(
            (
                day,
                f"A: {left} left to the last day for a claim under SI 2021/197 regulation 4: 18 March 2027",
            )
            for day, left in (
                (date(2027, 2, 18), "28 days"),
                (date(2027, 3, 4), "14 days"),
                (date(2027, 3, 11), "7 days"),
                (date(2027, 3, 17), "1 day"),
            )
        ),
    ]


def test_a_day_to_issue_by_that_has_passed_falls_on_the_day_of_calculation() -> None:
    on_the_last_day = events(as_at=date(2026, 12, 31))
    assert on_the_last_day[0] == (date(2026, 12, 31), "A: issue the claim today")


def test_nothing_owed_needs_no_claim_and_has_no_day() -> None:
    assert events(severance_paid="99500") == []


def test_scotland_has_no_day_that_a_diary_could_hold() -> None:
    assert events(nation="scotland", employer_kind="civil_service") == []


def test_a_refusal_has_its_own_day_whatever_else_is_open() -> None:
    titles = [title for _, title in events(refused_on="2026-11-20")]
    assert "A: last day to ask for judicial review; ask promptly" in titles


def test_an_event_is_one_complete_day_is_the_same_at_each_export_and_names_no_person() -> None:
    outcome = calculated(
        [
            {
                "case_ref": "A",
                "member_name": "Ann Example",
                "exit_date": "2020-12-31",
                "employer_kind": "council",
                "severance_due": "99500",
                "severance_paid": "95000",
            }
        ],
        {},
        date(2026, 11, 22),
    )
    first, second = (calendar_of(outcome, [0], moment) for moment in (MADE, datetime.now(UTC)))
    assert b"Example" not in first
    assert b"METHOD:PUBLISH" in first
    assert uids(first) == uids(second)
    assert b"DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n" in first
