"""Every source of law once: what it is, where it is, and how it was seen.

A rule is tied to its provisions with :func:`cited`, so that the explanation, the docs and the tests can
ask which words a figure rests on.
"""

from __future__ import annotations

from rules.citing import Citation as Citation
from rules.citing import Seen as Seen
from rules.citing import Source as Source
from rules.citing import citations_of as citations_of
from rules.citing import cited as cited

CAP_REGULATIONS = Source(
    "SI 2020/1122",
    "The Restriction of Public Sector Exit Payments Regulations 2020",
    "https://www.legislation.gov.uk/uksi/2020/1122",
)
REVOCATION_REGULATIONS = Source(
    "SI 2021/197",
    "The Restriction of Public Sector Exit Payments (Revocation) Regulations 2021",
    "https://www.legislation.gov.uk/uksi/2021/197",
)
ENABLING_ACT = Source(
    "SBEEA 2015",
    "Small Business, Enterprise and Employment Act 2015",
    "https://www.legislation.gov.uk/ukpga/2015/26",
)
JUDGMENT_RATE = Source(
    "SI 1993/564",
    "The Judgment Debts (Rate of Interest) Order 1993",
    "https://www.legislation.gov.uk/uksi/1993/564",
)
JUDGMENTS_ACT = Source(
    "Judgments Act 1838",
    "Judgments Act 1838",
    "https://www.legislation.gov.uk/ukpga/Vict/1-2/110",
)
ERA = Source(
    "ERA 1996", "Employment Rights Act 1996", "https://www.legislation.gov.uk/ukpga/1996/18"
)
LIMITS_ORDER = Source(
    "SI 2020/205",
    "The Employment Rights (Increase of Limits) Order 2020",
    "https://www.legislation.gov.uk/uksi/2020/205",
)
LIMITS_TABLE = Source(
    "GOV.UK redundancy rates",
    "Weekly limits as held by GOV.UK smart answers (alphagov/smart-answers, 6fb9aab957)",
    "https://github.com/alphagov/smart-answers/tree/6fb9aab957/config/smart_answers/rates",
)
LIMITS_NI = Source(
    "Labour Relations Agency",
    "Labour Relations Agency, limits on a week's pay in Northern Ireland, no. 169 of 2015 and no. 37 of "
    "2016",
    "https://www.lra.org.uk",
)
BANKING_ACT = Source(
    "Banking and Financial Dealings Act 1971",
    "Banking and Financial Dealings Act 1971",
    "https://www.legislation.gov.uk/ukpga/1971/80",
)
LIMITATION_ACT = Source(
    "Limitation Act 1980", "Limitation Act 1980", "https://www.legislation.gov.uk/ukpga/1980/58"
)
NI_LIMITATION = Source(
    "Limitation (NI) Order 1989",
    "The Limitation (Northern Ireland) Order 1989",
    "https://www.legislation.gov.uk/nisi/1989/1339",
)
PRESCRIPTION_ACT = Source(
    "Prescription Act 1973",
    "Prescription and Limitation (Scotland) Act 1973",
    "https://www.legislation.gov.uk/ukpga/1973/52",
)
INTERPRETATION_ACT = Source(
    "Interpretation Act 1978",
    "Interpretation Act 1978",
    "https://www.legislation.gov.uk/ukpga/1978/30",
)
FAMILY_LAW_REFORM = Source(
    "Family Law Reform Act 1969",
    "Family Law Reform Act 1969",
    "https://www.legislation.gov.uk/ukpga/1969/46",
)
LGPS_2013 = Source(
    "LGPS Regulations 2013",
    "The Local Government Pension Scheme Regulations 2013 (SI 2013/2356)",
    "https://www.legislation.gov.uk/uksi/2013/2356",
)
SCHEME_BOARD = Source(
    "LGPS Advisory Board",
    "LGPS Scheme Advisory Board, Public sector exit payments",
    "https://www.lgpsboard.org/index.php/public-sector-exit-payments",
)
INTERIM_GUIDE = Source(
    "MHCLG interim guide",
    "Local government exit pay: a guide for local authorities for the interim period, December 2020",
    "https://www.gov.uk/government/publications/local-government-exit-pay",
)
INTEREST_NOTE = Source(
    "LexisNexis",
    "LexisNexis, Interest on judgment debts",
    "https://www.lexisnexis.co.uk/legal/guidance/interest-on-judgment-debts",
)
LGA_PAGE = Source(
    "LGA",
    "Local Government Association, Reform of local government exit payments",
    "https://www.local.gov.uk/reform-local-government-exit-payments",
)
TREASURY_GUIDANCE = Source(
    "HM Treasury guidance",
    "Guidance on the 2020 Regulations, as reported by Capsticks",
    "https://www.capsticks.com/insights/cap-on-public-sector-exit-paymentsguidance-and-hm-treasury-direction-published",
)
LGPS_TRANSITIONAL = Source(
    "SI 2014/525",
    "The Local Government Pension Scheme (Transitional Provisions, Savings and Amendment) Regulations 2014",
    "https://www.legislation.gov.uk/uksi/2014/525",
)
LGPS_2007 = Source(
    "SI 2007/1166",
    "The Local Government Pension Scheme (Benefits, Membership and Contributions) Regulations 2007",
    "https://www.legislation.gov.uk/uksi/2007/1166",
)
LGPS_SCOTLAND = Source(
    "SSI 2018/141",
    "The Local Government Pension Scheme (Scotland) Regulations 2018",
    "https://www.legislation.gov.uk/ssi/2018/141",
)
TEACHERS_2014 = Source(
    "SI 2014/512",
    "The Teachers' Pension Scheme Regulations 2014",
    "https://www.legislation.gov.uk/uksi/2014/512",
)
NHS_SCOTLAND = Source(
    "SSI 2015/94",
    "The National Health Service Pension Scheme (Scotland) Regulations 2015",
    "https://www.legislation.gov.uk/ssi/2015/94",
)
PENSIONS_ACT_1995 = Source(
    "Pensions Act 1995", "Pensions Act 1995", "https://www.legislation.gov.uk/ukpga/1995/26"
)
SPA_PAGES = Source(
    "WTW",
    "WTW, State Pension age rises above 65 (December 2018), and Direct.gov tables of the National Archives",
    "https://www.towerswatson.com/en/Insights/Newsletters/Europe/rumour-rhetoric-and-reality/2018/12/"
    "State-Pension-Age-rises-above-65",
)
INCREASE_2021 = Source(
    "SI 2021/275",
    "The Pensions Increase (Review) Order 2021",
    "https://www.legislation.gov.uk/uksi/2021/275",
)
INCREASE_2024 = Source(
    "SI 2024/331",
    "The Pensions Increase (Review) Order 2024",
    "https://www.legislation.gov.uk/uksi/2024/331",
)
INCREASE_PAGES = Source(
    "LGPS member site",
    "LGPS member site, How are pension increases calculated",
    "https://www.lgpsmember.org/faqs/how-are-pension-increases-calculated/",
)
INCREASE_2026 = Source(
    "South West magazine",
    "South West magazine on the increase of April 2026, the one source held for it",
    "https://www.southwestmag.co.uk/?p=22633",
)
FACTOR_PAGES = Source(
    "Tyne and Wear Pension Fund",
    "Tyne and Wear Pension Fund, Planning to retire early; the same figures at Cheshire and Bedfordshire",
    "https://twpf.stc3-prd.gosshosted.com/article/10389/Planning-to-retire-early",
)
REDUCTION_PAGE = Source(
    "LGPS member site on reductions",
    "LGPS member site, Early retirement reductions",
    "https://www.lgpsmember.org/more/reductions.php",
)
REDUCTION_FACTORS = Source(
    "North Yorkshire Pension Fund",
    "North Yorkshire Pension Fund, Understanding LGPS early retirement reduction factors",
    "https://nypf.org.uk/understanding-lgps-early-retirement-reduction-factors/",
)
BANK_OF_ENGLAND = Source(
    "Bank of England",
    "Bank of England, Bank Rate history",
    "https://www.bankofengland.co.uk/boeapps/database/Bank-Rate.asp",
)
ITEPA = Source(
    "ITEPA 2003",
    "Income Tax (Earnings and Pensions) Act 2003",
    "https://www.legislation.gov.uk/ukpga/2003/1",
)
INCOME_TAX_ACT = Source(
    "Income Tax Act 2007", "Income Tax Act 2007", "https://www.legislation.gov.uk/ukpga/2007/3"
)
PAYE_REGULATIONS = Source(
    "PAYE Regulations 2003",
    "The Income Tax (Pay As You Earn) Regulations 2003 (SI 2003/2682)",
    "https://www.legislation.gov.uk/uksi/2003/2682",
)
HMRC_EIM = Source(
    "HMRC Employment Income Manual",
    "HMRC Employment Income Manual",
    "https://www.gov.uk/hmrc-internal-manuals/employment-income-manual",
)
HMRC_SAIM = Source(
    "HMRC Savings and Investment Manual",
    "HMRC Savings and Investment Manual",
    "https://www.gov.uk/hmrc-internal-manuals/savings-and-investment-manual",
)
HMRC_PTM = Source(
    "HMRC Pensions Tax Manual",
    "HMRC Pensions Tax Manual",
    "https://www.gov.uk/hmrc-internal-manuals/pensions-tax-manual",
)
TAX_TABLES = Source(
    "GOV.UK income tax rates",
    "Income tax rates and bands of GOV.UK and gov.scot, in part as reported by others",
    "https://www.gov.uk/income-tax-rates",
)

COUNTY_COURTS = Source(
    "County Courts Act 1984",
    "County Courts Act 1984",
    "https://www.legislation.gov.uk/ukpga/1984/28",
)
DATA_PROTECTION = Source(
    "UK GDPR",
    "Regulation (EU) 2016/679 as it forms part of the law of the United Kingdom",
    "https://www.legislation.gov.uk/eur/2016/679",
)
FREEDOM_OF_INFORMATION = Source(
    "Freedom of Information Act 2000",
    "Freedom of Information Act 2000",
    "https://www.legislation.gov.uk/ukpga/2000/36",
)
FREEDOM_OF_INFORMATION_SCOTLAND = Source(
    "Freedom of Information (Scotland) Act 2002",
    "Freedom of Information (Scotland) Act 2002",
    "https://www.legislation.gov.uk/asp/2002/13",
)
TUPE = Source(
    "SI 2006/246",
    "The Transfer of Undertakings (Protection of Employment) Regulations 2006",
    "https://www.legislation.gov.uk/uksi/2006/246",
)
ACADEMIES_ACT = Source(
    "Academies Act 2010", "Academies Act 2010", "https://www.legislation.gov.uk/ukpga/2010/32"
)
OMBUDSMAN_REGULATIONS = Source(
    "SI 1996/2475",
    "The Personal and Occupational Pension Schemes (Pensions Ombudsman) Regulations 1996",
    "https://www.legislation.gov.uk/uksi/1996/2475",
)
ARJO_WIGGINS = Source(
    "Arjo Wiggins v Ralph",
    "Arjo Wiggins Ltd v Ralph [2009] EWHC 3198 (Ch)",
    "https://caselaw.nationalarchives.gov.uk/ewhc/ch/2009/3198",
)
WEBBER = Source(
    "Webber v Department for Education",
    "Webber v Department for Education [2016] EWHC 2519 (Ch)",
    "https://caselaw.nationalarchives.gov.uk/ewhc/ch/2016/2519",
)
CIVIL_PROCEDURE = Source(
    "CPR",
    "The Civil Procedure Rules 1998 (SI 1998/3132)",
    "https://www.legislation.gov.uk/uksi/1998/3132",
)
COURT_FEES = Source(
    "SI 2008/1053",
    "The Civil Proceedings Fees Order 2008",
    "https://www.legislation.gov.uk/uksi/2008/1053",
)
CAP_DIRECTIONS = Source(
    "Treasury directions of 2020",
    "The Treasury's directions on relaxing the cap, as reported by XpertHR",
    "https://www.xperthr.co.uk/faq/when-can-the-public-sector-exit-payment-cap-be-waived/165658/",
)
UNIVERSAL_CREDIT = Source(
    "SI 2013/376",
    "The Universal Credit Regulations 2013",
    "https://www.legislation.gov.uk/uksi/2013/376",
)
ESTATES = Source(
    "Law Reform (Miscellaneous Provisions) Act 1934",
    "Law Reform (Miscellaneous Provisions) Act 1934",
    "https://www.legislation.gov.uk/ukpga/Geo5/24-25/41",
)
TEACHERS_COMPENSATION = Source(
    "SI 2015/601",
    "The Teachers (Compensation for Redundancy and Premature Retirement) Regulations 2015",
    "https://www.legislation.gov.uk/uksi/2015/601",
)
NHS_REDUNDANCY = Source(
    "NHSBSA",
    "NHS Business Services Authority, Redundancy overview and retirement; Agenda for Change, section 16",
    "https://nhsbsa.nhs.uk/member-hub/redundancy-overview-and-retirement",
)
CIVIL_SERVICE_NOTICE = Source(
    "EPN435",
    "Civil Service Pensions, employer pension notice 435 on the Civil Service Compensation Scheme",
    "https://www.civilservicepensionscheme.org.uk/employers/employer-pension-notices/epn435/",
)

COMMENCEMENT = Citation(CAP_REGULATIONS, "reg 1(2)", path="/regulation/1")
EXIT_DATE_DECIDES = Citation(INTERIM_GUIDE, "on the days of exit", Seen.SECONDARY)
REVOCATION = Citation(REVOCATION_REGULATIONS, "regs 1, 3", path="/regulation/3")
DEFINITIONS = Citation(CAP_REGULATIONS, "reg 2", path="/regulation/2")
THE_CAP = Citation(CAP_REGULATIONS, "reg 3", path="/regulation/3")
ORDER_OF_EXITS = Citation(CAP_REGULATIONS, "reg 4", path="/regulation/4")
EXIT_PAYMENTS = Citation(CAP_REGULATIONS, "reg 5", path="/regulation/5")
EXEMPT_PAYMENTS = Citation(CAP_REGULATIONS, "reg 6", path="/regulation/6")
NOTICE_QUARTER = Citation(CAP_REGULATIONS, "reg 6(g)", path="/regulation/6")
NOTICE_EXCESS_ONLY = Citation(TREASURY_GUIDANCE, "on reg 6(g)", Seen.SECONDARY)
STATUTORY_PROTECTED = Citation(CAP_REGULATIONS, "reg 7", path="/regulation/7")
CASH_ALTERNATIVE = Citation(CAP_REGULATIONS, "reg 8", path="/regulation/8")
WHO_RELAXES = Citation(CAP_REGULATIONS, "reg 10", path="/regulation/10")
RELAXATION = Citation(ENABLING_ACT, "s.153C", path="/section/153C")
THE_SCHEDULE = Citation(CAP_REGULATIONS, "Schedule", path="/schedule")
CAP_IN_ACT = Citation(ENABLING_ACT, "s.153A", path="/section/153A")
RELEVANT_PERIOD = Citation(REVOCATION_REGULATIONS, "reg 2", path="/regulation/2")
THE_DIFFERENCE = Citation(REVOCATION_REGULATIONS, "reg 4", path="/regulation/4")
WHO_IS_PAID = Citation(REVOCATION_REGULATIONS, "reg 4(3)", path="/regulation/4")
EIGHT_PER_CENT = Citation(JUDGMENT_RATE, "art 2", path="/article/2")
JUDGMENT_INTEREST = Citation(JUDGMENTS_ACT, "s.17", Seen.SECONDARY, "/section/17")
SIMPLE_INTEREST = Citation(INTEREST_NOTE, "on simple interest", Seen.SECONDARY)
INTEREST_START = Citation(SCHEME_BOARD, "on the start of the 8%", Seen.SECONDARY)
DISAPPLIED = Citation(LGA_PAGE, "on the directions of 12 February 2021", Seen.SECONDARY)
MINIMUM_NOTICE = Citation(ERA, "s.86", Seen.SECONDARY, "/section/86")
REDUNDANCY_RIGHT = Citation(ERA, "s.135", path="/section/135")
RELEVANT_DATE = Citation(ERA, "s.145", path="/section/145")
TWO_YEARS = Citation(ERA, "s.155", path="/section/155")
REDUNDANCY_AMOUNT = Citation(ERA, "s.162", path="/section/162")
WEEKS_PAY = Citation(ERA, "ss.220-229", path="/part/XIV/chapter/II")
WEEKLY_LIMIT = Citation(ERA, "s.227", path="/section/227")
WEEKLY_LIMIT_2020 = Citation(LIMITS_ORDER, "art 3, Sch row 8")
WEEKLY_LIMITS = Citation(LIMITS_TABLE, "")
WEEKLY_LIMITS_NI = Citation(LIMITS_NI, "", Seen.SECONDARY)
AGE_REACHED = Citation(FAMILY_LAW_REFORM, "s.9(1)", path="/section/9")
LEAP_DAY = Citation(FAMILY_LAW_REFORM, "s.9(1)", Seen.READING, "/section/9")
CONTRACT_LIMIT = Citation(LIMITATION_ACT, "s.5", path="/section/5")
SCHEME_SUM_LIMIT = Citation(
    LIMITATION_ACT, "s.9, each sum due under the LGPS Regulations", Seen.READING, "/section/9"
)
STATUTE_LIMIT = Citation(LIMITATION_ACT, "s.9", path="/section/9")
NI_LIMIT = Citation(NI_LIMITATION, "art 4", path="/article/4")
ACKNOWLEDGMENT = Citation(LIMITATION_ACT, "ss.29, 30", path="/section/29")
NI_ACKNOWLEDGMENT = Citation(NI_LIMITATION, "on acknowledgments", Seen.READING)
STATUTE_ACCRUAL = Citation(INTERPRETATION_ACT, "ss.4, 23", Seen.READING, "/section/4")
SCOTS_PRESCRIPTION = Citation(PRESCRIPTION_ACT, "s.6", Seen.READING, "/section/6")
UNREDUCED_AT_55 = Citation(LGPS_2013, "reg 30(7)", path="/regulation/30")
REDUCED_BY_ELECTION = Citation(LGPS_2013, "reg 30(5)", path="/regulation/30")
PENSION_BEGINS = Citation(LGPS_2013, "reg 32(1)", path="/regulation/32")
AUTOMATIC_LUMP_SUM = Citation(LGPS_TRANSITIONAL, "reg 3(1), (2)", path="/regulation/3")
EARLY_FACTORS = Citation(FACTOR_PAGES, "on pensions paid early")
PART_YEARS = Citation(REDUCTION_PAGE, "on part years, taken by days", Seen.READING)
NORMAL_PENSION_AGE = Citation(LGPS_2013, "Sch 1, normal pension age", path="/schedule/1")
BEFORE_2014 = Citation(LGPS_TRANSITIONAL, "reg 3(5)", path="/regulation/3")
REDUNDANCY_BEFORE_2014 = Citation(LGPS_2007, "reg 19", Seen.SECONDARY, "/regulation/19")
BEFORE_2014_AT_65 = Citation(REDUCTION_FACTORS, "on the pension age of 65 before 2014")
STATE_PENSION = Citation(PENSIONS_ACT_1995, "Sch 4", path="/schedule/4")
STATE_PENSION_PAGES = Citation(SPA_PAGES, "")
RULE_OF_85 = Citation(LGPS_TRANSITIONAL, "Sch 2 paras 1, 3, 4", path="/schedule/2")
FIRST_INCREASE = Citation(INCREASE_2021, "art 3", path="/article/3")
LATER_INCREASES = Citation(INCREASE_PAGES, "")
INCREASE_OF_2024 = Citation(INCREASE_2024, "", path="/made")
INCREASE_OF_2026 = Citation(INCREASE_2026, "", Seen.SECONDARY)
DAILY_ARREARS = Citation(
    LGPS_2013, "reg 30(7), arrears taken by days", Seen.READING, "/regulation/30"
)
LATE_BENEFITS = Citation(LGPS_2013, "reg 81", path="/regulation/81")
LATE_INSTALMENTS = Citation(
    LGPS_2013, "reg 81(3)(a), instalment by instalment", Seen.READING, "/regulation/81"
)
THREE_MONTHLY_RESTS = Citation(
    LGPS_2013, "reg 81(4), rests from the due date", Seen.READING, "/regulation/81"
)
BASE_RATE = Citation(
    LGPS_2013, "Sch 1, base rate: Bank Rate stands for it", Seen.READING, "/schedule/1"
)
BANK_RATES = Citation(BANK_OF_ENGLAND, "")
LATE_IN_SCOTLAND = Citation(LGPS_SCOTLAND, "reg 76", path="/regulation/76")
LATE_TEACHERS = Citation(TEACHERS_2014, "reg 178", path="/regulation/178")
LATE_NHS_SCOTLAND = Citation(NHS_SCOTLAND, "Sch 3 para 9", path="/schedule/3")
LATE_LUMP_SUM_TAX = Citation(HMRC_PTM, "PTM146400", path="/ptm146400")
TERMINATION_CHARGE = Citation(ITEPA, "ss.401, 403", path="/section/403")
TERMINATION_EXEMPT = Citation(ITEPA, "ss.403, 404", path="/section/404")
ORDER_OF_RECEIPT = Citation(HMRC_EIM, "EIM13505, EIM13955", path="/eim13955")
NOTICE_PAY_TAXED = Citation(HMRC_EIM, "EIM12975", Seen.SECONDARY, "/eim12975")
TAX_YEAR_OF_RECEIPT = Citation(HMRC_EIM, "EIM13100, EIM13110", path="/eim13100")
AFTER_P45 = Citation(PAYE_REGULATIONS, "reg 37", Seen.SECONDARY, "/regulation/37")
PERSONAL_ALLOWANCE = Citation(INCOME_TAX_ACT, "s.35", Seen.SECONDARY, "/section/35")
INCOME_TAX_BANDS = Citation(TAX_TABLES, "", Seen.SECONDARY)
INTEREST_TAXED = Citation(HMRC_SAIM, "SAIM2070, SAIM9115", path="/saim9115")
DEDUCTED_FROM_INTEREST = Citation(INCOME_TAX_ACT, "ss.874, 992", Seen.SECONDARY, "/section/874")
STRAIN_NOT_TAXED = Citation(ITEPA, "s.408", path="/section/408")
LGPS_WITHOUT_REDUCTION = Citation(LGPS_2013, "reg 30(7)(b)", path="/regulation/30")
LGPS_ADDED_PENSION = Citation(LGPS_2013, "reg 30(7)(a)", path="/regulation/30")
LGPS_TWO_YEARS = Citation(LGPS_2013, "reg 30(9)", path="/regulation/30")
LGPS_STRAIN = Citation(LGPS_2013, "reg 68(2)", path="/regulation/68")
INTERNAL_DISPUTE = Citation(LGPS_2013, "reg 74(2)", path="/regulation/74")
BANK_HOLIDAYS = Citation(BANKING_ACT, "s.1, Sch 1", Seen.SECONDARY, "/schedule/1")
LGPS_LATE_BENEFITS = Citation(LGPS_2013, "reg 81", path="/regulation/81")
FUNDS_PAY_UNREDUCED = Citation(
    SCHEME_BOARD, "on the unreduced pension and the full strain", Seen.SECONDARY
)
GUIDANCE_TO_PAY = Citation(
    LGA_PAGE, "on the Treasury's guidance of 12 February 2021", Seen.SECONDARY
)
WRITTEN_CALCULATION = Citation(ERA, "s.165", Seen.SECONDARY, "/section/165")
COURT_INTEREST = Citation(COUNTY_COURTS, "s.69", Seen.SECONDARY, "/section/69")
TUPE_ASSIGNED = Citation(TUPE, "reg 4(1) to (3)", path="/regulation/4")
ACADEMY_TRANSFERS = Citation(ACADEMIES_ACT, "s.8", path="/section/8")
WHO_DECIDES = Citation(LGPS_2013, "reg 72(3), (4)", path="/regulation/72")
LGPS_DISPUTE = Citation(LGPS_2013, "reg 74(2) to (4)", path="/regulation/74")
LGPS_SECOND_STAGE = Citation(LGPS_2013, "reg 76(1) to (3)", path="/regulation/76")
LGPS_DISPUTE_AFTER_DEATH = Citation(LGPS_2013, "reg 78(2)", path="/regulation/78")
LGPS_INTEREST_ON_UNDERPIN = Citation(LGPS_2013, "reg 81(A1)", path="/regulation/81")
DISPUTE_PROCEDURES = Citation(PENSIONS_ACT_1995, "s.50", Seen.SECONDARY, "/section/50")
OMBUDSMAN_AFTER_DISPUTE = Citation(OMBUDSMAN_REGULATIONS, "reg 3", path="/regulation/3")
OMBUDSMAN_THREE_YEARS = Citation(OMBUDSMAN_REGULATIONS, "reg 5", path="/regulation/5")
OMBUDSMAN_AND_LIMITATION = Citation(ARJO_WIGGINS, "", Seen.SECONDARY)
OMBUDSMAN_CUT_OFF = Citation(WEBBER, "", Seen.SECONDARY)
JUDICIAL_REVIEW = Citation(CIVIL_PROCEDURE, "r.54.5(1)", Seen.SECONDARY)
PRE_ACTION = Citation(
    CIVIL_PROCEDURE, "Practice Direction - Pre-Action Conduct, paras 3 to 17", Seen.SECONDARY
)
SMALL_CLAIMS = Citation(CIVIL_PROCEDURE, "Part 26, on tracks", Seen.SECONDARY)
ISSUE_FEE = Citation(COURT_FEES, "Sch 1, fee 1.1", path="/schedule/1")
MANDATORY_RELAXATION = Citation(CAP_DIRECTIONS, "", Seen.SECONDARY)
PENSION_TAXED_BY_YEAR = Citation(ITEPA, "ss.571, 579B", path="/section/579B")
CAPITAL_LIMIT = Citation(UNIVERSAL_CREDIT, "reg 18", path="/regulation/18")
SUBJECT_ACCESS = Citation(DATA_PROTECTION, "arts 12(3), 15", Seen.SECONDARY, "/article/15")
CLAIMS_OF_AN_ESTATE = Citation(ESTATES, "s.1", Seen.SECONDARY, "/section/1")
PREMATURE_RETIREMENT = Citation(TEACHERS_COMPENSATION, "regs 9 to 11", path="/regulation/9")
COMPENSATING_AUTHORITY = Citation(TEACHERS_COMPENSATION, "reg 35, Sch 2", path="/schedule/2")
CAPITALISATION_COST = Citation(NHS_REDUNDANCY, "on the capitalisation cost")
BUY_OUT = Citation(CIVIL_SERVICE_NOTICE, "on the buy-out of the reduction")
FIRE_EXEMPT = Citation(CAP_REGULATIONS, "reg 6(c)", path="/regulation/6")
UNION_MEMBERSHIP = Citation(DATA_PROTECTION, "art 9", Seen.SECONDARY, "/article/9")
INFORMATION_REQUEST = Citation(FREEDOM_OF_INFORMATION, "s.10(1)", path="/section/10")
INFORMATION_REQUEST_SCOTLAND = Citation(
    FREEDOM_OF_INFORMATION_SCOTLAND, "s.10", Seen.SECONDARY, "/section/10"
)
INTEREST_STATEMENT = Citation(CIVIL_PROCEDURE, "r.16.4(2)", path="/rule/16.4")
PARTICULARS_LATER = Citation(CIVIL_PROCEDURE, "r.7.4", Seen.SECONDARY, "/rule/7.4")
STATEMENT_OF_TRUTH = Citation(CIVIL_PROCEDURE, "Practice Direction 22, para 2.1", Seen.SECONDARY)
NO_SECOND_INTEREST = Citation(COUNTY_COURTS, "s.69(4)", Seen.SECONDARY, "/section/69")
