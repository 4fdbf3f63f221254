"""The law and nothing else: pure functions on whole pence and days, each beside its provision.

Amounts are ``int64`` arrays of pence, days are ``datetime64[D]`` arrays (``NaT`` where a day is not
known), facts of one kind are arrays of the codes in :mod:`rules.choices`. No function here reads a
clock, a file given by a user, or a floating-point amount.
"""

from __future__ import annotations

VERSION = "2.0.0"
"""Printed on every output. It changes when a result for some exit day would change."""
