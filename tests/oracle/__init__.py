"""A second, scalar calculation of the £95,000 exit payment cap and of its reversal.

Written from the instruments, one exit at a time, so that it can be read beside them:

* "2020 Regs": Restriction of Public Sector Exit Payments Regulations 2020, SI 2020/1122
* "2021 Regs": Restriction of Public Sector Exit Payments (Revocation) Regulations 2021, SI 2021/197
* "the Act": Small Business, Enterprise and Employment Act 2015
* "ERA": Employment Rights Act 1996
* "LGPS 2013": Local Government Pension Scheme Regulations 2013, SI 2013/2356
* "TP 2014": LGPS (Transitional Provisions, Savings and Amendment) Regulations 2014, SI 2014/525
* "ITEPA": Income Tax (Earnings and Pensions) Act 2003

Money is whole pence in integers, growth is exact fractions, time is calendar days, and nothing reads
the clock. Wording is not written here. Tests compare it with the calculator, so it shares no code
with it.
"""

from .columns import COLUMNS
from .facts import CHECKS, PENSION_FIELDS
from .rows import assess_rows

__all__ = ["CHECKS", "COLUMNS", "PENSION_FIELDS", "assess_rows"]
