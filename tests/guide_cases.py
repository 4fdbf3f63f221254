"""The invented cases that the guide follows, and the day they are worked out as at."""

from __future__ import annotations

from datetime import date

from tests import ROOT

SAMPLES = ROOT / "sample_data"
ONE_EXIT = SAMPLES / "guide_case.json"
TWO_EXITS = SAMPLES / "guide_two_exits.json"
PENSION = {"pension_due": "£14,000", "pension_paid": "£10,000"}
"""What the fund's statement adds to the first case."""
MANY = SAMPLES / "cases.csv"
AS_AT = date(2026, 11, 22)
"""The day of calculation of every figure and picture of the guide."""
