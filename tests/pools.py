"""Values that cases are generated from: every edge of every rule, and ordinary ones between them."""

from __future__ import annotations

EXIT_DAYS = (
    "2016-02-29",
    "2020-02-28",
    "2020-11-03",
    "2020-11-04",
    "2020-11-30",
    "2020-12-01",
    "2020-12-28",
    "2020-12-29",
    "2020-12-31",
    "2021-01-12",
    "2021-01-31",
    "2021-02-11",
    "2021-02-12",
    "2021-02-13",
    "2021-02-28",
    "2021-03-19",
    "2021-03-20",
    "2027-06-01",
)
SERVICE_STARTS = (
    "1985-06-01",
    "1996-02-29",
    "2000-09-01",
    "2001-01-01",
    "2008-12-31",
    "2009-01-01",
    "2016-01-01",
    "2018-12-31",
    "2019-01-01",
    "2019-01-02",
    "2019-11-05",
    "2020-10-01",
)
BIRTHS = (
    "1953-08-01",
    "1954-10-05",
    "1954-10-06",
    "1956-03-31",
    "1956-04-01",
    "1960-04-06",
    "1960-07-31",
    "1960-02-29",
    "1964-02-29",
    "1964-03-15",
    "1965-12-28",
    "1965-12-31",
    "1966-01-01",
    "1966-02-13",
    "1978-12-31",
    "1979-01-01",
    "1979-01-02",
    "1998-05-01",
)
NOTICE_DAYS = ("none", "2019-12-01", "2020-08-01", "2020-10-08", "2020-10-31", "2020-11-03")
OTHER_DAYS = (
    "2020-02-29",
    "2020-11-03",
    "2020-11-04",
    "2020-12-31",
    "2021-01-15",
    "2021-03-19",
    "2021-03-20",
    "2021-06-30",
    "2024-02-29",
    "2026-11-21",
    "2026-11-23",
    "2027-03-18",
)
AS_AT = (
    "2020-11-01",
    "2021-01-31",
    "2021-03-19",
    "2021-03-20",
    "2024-02-29",
    "2026-10-08",
    "2026-10-09",
    "2026-10-10",
    "2026-11-21",
    "2026-11-28",
    "2026-12-01",
    "2026-12-02",
    "2026-12-31",
    "2027-01-01",
    "2027-03-18",
    "2027-03-19",
    "2027-04-05",
    "2027-04-06",
    "2027-04-12",
    "2027-04-13",
    "2033-01-01",
)
STRAIN_PAID_DAYS = (
    "2020-11-03",
    "2020-11-04",
    "2021-01-15",
    "2021-03-19",
    "2021-03-20",
    "2021-06-30",
)
TOP_UP_DAYS = ("2020-11-03", "2020-11-04", "2021-03-19", "2021-03-20")
"""The borders of the relevant period."""
ACKNOWLEDGED_DAYS = (
    "2021-06-30",
    "2024-02-29",
    "2026-11-04",
    "2026-11-05",
    "2026-11-30",
    "2026-12-01",
    "2026-12-02",
    "2026-12-31",
    "2027-01-01",
    "2027-01-31",
    "2027-02-12",
    "2027-02-28",
    "2027-03-18",
    "2027-03-19",
)
"""The last days of the clocks and the days after them."""
DECISION_DAYS = (
    "2020-11-30",
    "2021-08-31",
    "2023-11-29",
    "2023-11-30",
    "2024-08-29",
    "2026-05-31",
    "2026-11-30",
    "2026-12-01",
)
"""Refusals and decisions whose day three or six months later does or does not exist."""
PENSION_STARTS = (
    "2021-01-01",
    "2021-03-01",
    "2021-04-11",
    "2021-04-12",
    "2021-04-13",
    "2022-04-11",
    "2023-07-02",
    "2023-07-03",
    "2025-09-15",
    "2026-10-08",
    "2026-11-28",
    "2027-06-01",
)
"""Around the first increase, the second set of factors and the days of calculation."""
DEATHS = (
    "2021-01-31",
    "2021-03-20",
    "2021-12-31",
    "2023-07-03",
    "2025-04-06",
    "2026-10-08",
    "2026-11-28",
    "2027-03-01",
)
CAP_APPLIED = ("in_writing", "told", "no", "unknown")
ENTITLEMENTS = ("contract", "policy", "decided", "statute", "discretionary", "unknown")
REPRESENTATIVES = ("R. Example", "Executor of the estate")
CHECKED = (
    "nhs_pension_cost",
    "teachers_compensation",
    "strain_under_55",
    "entitlement",
    "settlement_agreement;cash_alternative",
    "scots_law; representative",
    "one_person_two_births",
    "entitlement;strain_under_55;settlement_agreement;cash_alternative;one_person_two_births",
)
SUMS = (
    "0.00",
    "0.01",
    "0.02",
    "99.99",
    "1000.00",
    "8070.00",
    "10000.00",
    "14999.99",
    "15000.00",
    "15000.01",
    "16140.00",
    "25000.00",
    "40000.00",
    "54860.00",
    "70000.00",
    "90000.00",
    "94999.99",
    "95000.00",
    "95000.01",
    "120000.00",
    "999999999.99",
)
SALARIES = ("0.00", "23500.00", "27976.00", "28000.01", "40000.02", "60000.00", "80000.00")
WEEKS = ("0.00", "350.00", "538.00", "538.01", "559.99", "900.00")
EMPLOYERS = (
    "Arts Council England",
    "the arts council england",
    "HMRC",
    "Ofsted",
    "NATURAL RESOURCES WALES",
    "Corff Adnoddau Naturiol Cymru",
    "Anytown Council",
    "A district council",
    "The Pensions Ombudsman",
    "Accountant in Bankruptcy",
)
KINDS = (
    "council",
    "maintained_school",
    "academy",
    "nhs",
    "police",
    "fire",
    "civil_service",
    "other_listed",
    "not_listed",
    "unknown",
)
NATIONS = ("england", "wales", "scotland", "northern_ireland")
REASONS = ("redundancy", "business_efficiency", "voluntary", "settlement", "other", "unknown")
SCHEMES = ("lgps", "tps", "nhs", "civil_service", "none", "unknown")
EVIDENCE = ("capped_notice", "payslip", "capped_notice;p45", "strain_quote;strain_invoice", "p45")
RELAXED = ("all", "0.00", "5000.00", "20000.00")
HOURS = ("37", "148", "160.5")
OUTCOMES = ("unreduced", "reduced", "deferred", "self_funded", "unknown")
PENSIONS = ("0.00", "0.01", "1650.00", "4000.00", "8000.00", "9866.01", "15000.00", "43210.99")
LUMP_SUMS = ("0.00", "0.03", "8400.00", "19756.80", "24000.00", "129632.97")
RESTORED = (
    "2020-11-30",
    "2021-01-01",
    "2021-05-31",
    "2021-12-31",
    "2022-01-31",
    "2022-02-01",
    "2024-02-29",
    "2026-10-08",
    "2026-10-09",
    "2026-11-23",
    "2027-04-12",
)
INCOMES = ("0.00", "12570.00", "30000.00", "62430.01", "100001.00", "125141.99")
PAYMENTS = (
    "redundancy",
    "pension_strain",
    "notice_pay",
    "settlement",
    "severance",
    "voluntary_exit",
    "fixed_term",
    "shares",
    "other_exit",
)
POSITIONS: dict[str, tuple[str, ...]] = {
    "interest_start": ("payment", "exit", "revocation"),
    "notice_pay_reading": ("excess_only", "all_or_nothing"),
    "cut_order": ("strain_first", "cash_first", "pro_rata"),
    "week_divisor": ("52", "52.143", "365/7"),
    "cash_alternative": ("credit", "ignore"),
    "near_line_margin": ("5000", "0", "2500.5"),
    "exit_before_cap": ("out_of_scope", "in_scope"),
    "early_top_up": ("in_period", "since"),
    "pension_clocks": ("six_years", "not_shown"),
    "eighty_five_year_rule": ("not_applied", "met"),
}
