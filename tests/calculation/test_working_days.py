"""The last working day before a deadline, by the bank holidays of each nation."""

from __future__ import annotations

from datetime import date

from calculator.calculation.working_days import last_working_day


def test_last_working_day_skips_weekends_and_bank_holidays() -> None:
    assert last_working_day(date(2026, 12, 27), False) == date(2026, 12, 24)
    assert last_working_day(date(2026, 12, 28), False) == date(2026, 12, 24)
    assert last_working_day(date(2027, 1, 31), False) == date(2027, 1, 29)
    assert last_working_day(date(2027, 1, 1), False) == date(2026, 12, 31)
    assert last_working_day(date(2027, 3, 17), True) == date(2027, 3, 16)
    assert last_working_day(date(2027, 3, 17), False) == date(2027, 3, 17)
