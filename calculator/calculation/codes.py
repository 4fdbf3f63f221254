"""Every sentence a code stands for: results, reasons, assumptions, questions. One place."""

from __future__ import annotations

from calculator.facts.days import shown_day
from rules.cap import LINKED_DAYS
from rules.coverage import CAP_DISAPPLIED, CAP_IN_FORCE, REVOKED

RED_DAYS, AMBER_DAYS = 28, 90
"""Days left up to which a case is red, and amber."""

_IN_FORCE, _LIFTED, _REVOKED = (
    shown_day(day.astype(object)) for day in (CAP_IN_FORCE, CAP_DISAPPLIED, REVOKED)
)

TRIAGES: dict[str, str] = {
    "error": "The case cannot be calculated until what is wrong is corrected.",
    "out_of_scope": "The cap did not reach this exit: the employer, the nation or the day of exit rules it out.",
    "needs_data": "The answer hangs on something not known, named under missing.",
    "repaired": "The exit was short, and all of it has been paid since, interest included.",
    "part_repaired": "The exit was short, part has been paid since, and something is still owed.",
    "capped_exact": "The cap cut this exit, and the difference is known.",
    "capped_estimate": "The exit was over the cap; what was paid is not known, so the difference is an estimate.",
    "underpaid_not_capped": "Less was paid than was due, and the cap did not require it.",
    "near_line": "Nothing is short, but the total is close to the cap: check the figures again.",
    "not_capped": "Nothing is short on the payments entered.",
}

STATUSES: dict[str, str] = {
    "error": "Cannot be read",
    "out_of_scope": "Not reached by the cap",
    "needs_data": "Facts needed",
    "repaired": "Paid since, in full",
    "part_repaired": "Paid since, in part",
    "capped_exact": "Owed, figures known",
    "capped_estimate": "Owed, estimate",
    "underpaid_not_capped": "Underpaid, not by the cap",
    "near_line": "Just under the cap",
    "not_capped": "Nothing short",
}
"""The status of a case in a list, by its triage."""

URGENCIES: dict[str, str] = {
    "red": f"{RED_DAYS} days or fewer to the next deadline that is still open.",
    "amber": f"{RED_DAYS + 1} to {AMBER_DAYS} days to the next deadline that is still open.",
    "green": f"More than {AMBER_DAYS} days to the next deadline that is still open.",
    "expired": "No deadline is still open: ask a lawyer today.",
    "advice": "Scotland: no countdown is shown. Ask a Scots lawyer today.",
}

CONFIDENCES: dict[str, str] = {
    "documented": "All figures are known, and a document proves what was due and one what was paid.",
    "stated": "All figures are known, from what was said. Not yet backed by documents.",
    "estimated": "An amount, or how it divides between member and scheme, is estimated.",
}

REASONS: dict[str, str] = {
    # What could not be computed.
    "cannot_read": "A cell cannot be read.",
    "required_missing": "The case reference or the date of exit is missing.",
    "days_out_of_order": "Two days are in the wrong order.",
    "top_up_without_date": "A sum has been paid since, without its day.",
    "duplicate_reference": "The case reference is already used by a row above.",
    "linked_row_in_error": "Another row of this person is in error and is not counted. This result may change when that row is corrected.",
    # Who and when.
    "employer_not_listed": "The employer is given as not listed in the Schedule, and no entry has its "
    "name.",
    "employer_kind_conflicts": "The employer is named in the Schedule although its kind is given as not "
    "listed; it is taken as listed.",
    "employer_unconfirmed": "Nothing says whether the employer is listed; it is taken as listed.",
    "nation_not_covered": "In Scotland only bodies of the Scottish Administration, and in Northern Ireland only bodies of the whole United Kingdom, were listed.",
    "check_schedule_entry": "Only some bodies in Scotland and Northern Ireland were listed. Check that the employer is in the Schedule.",
    "exit_before_cap": f"The exit was before the cap came into force on {_IN_FORCE}. A payment made from {_IN_FORCE} to {_REVOKED} may be one for SI 2021/197 reg 4, if the cap would have cut it: ask a lawyer.",
    "exit_after_cap": f"The exit was after the cap was revoked on {_REVOKED}.",
    "boundary_day": f"The exit was on {_LIFTED}, the day the cap was lifted in England. It is taken as in scope; sources differ.",
    "late_exit_check_why": f"The exit was after {_LIFTED}, the day the cap was lifted in England. If it was capped, ask why.",
    "late_exit_wales": "The exit was after 12 February 2021, the day the cap was lifted in England. In Wales it was lifted by a later direction, whose day is not known here, so the cap may still have applied.",
    "needs_review": "The case is out of scope and less was paid than was due. Ask a lawyer whether there is another claim.",
    "possible_duplicate": "Another row has the same person, day of exit and employer.",
    "same_day_order": "Exits on one day have the same salary, hours and service. The order of the file decides which uses the cap first; the law leaves it to the Minister.",
    # What counts.
    "notice_pay_taken_as_exempt": "The salary is not known. Notice pay is taken as wholly exempt; counted in full, the result would be of the same kind.",
    "statutory_redundancy_differs": "The statutory redundancy pay entered differs from the sum worked "
    "out; the one entered is used.",
    "statutory_redundancy_short": "The redundancy pay paid is below statutory redundancy pay, which the "
    "cap could not reduce (SI 2020/1122 reg 7).",
    "linked_exit_unknown": f"What an earlier exit within {LINKED_DAYS} days used of the cap is not known. Nothing is taken as used; the result would be of the same kind if it had used the whole cap.",
    "cap_wholly_waived": "The cap was wholly waived for this exit; nothing was capped.",
    # The difference.
    "total_paid_mismatch": "The total paid does not fit the payments entered one by one; those are used.",
    "reduction_not_placed": "The payments whose amount is not known are too small to account for the whole reduction the cap required.",
    "split_assumed": "How the reduction fell on the member's and the scheme's payments is assumed.",
    "member_overpaid_at_exit": "The member was paid more than was due at the exit; the excess is set "
    "against the scheme's shortfall, as there is one net difference (SI 2021/197 reg 4(3)).",
    "scheme_overpaid_at_exit": "The scheme was paid more than was due at the exit; the excess is set "
    "against the member's shortfall, as there is one net difference (SI 2021/197 reg 4(3)).",
    "cash_alternative_exceeds_shortfall": "The cash alternative is more than the whole shortfall. The employer may ask for the rest back.",
    "self_funded_strain": "The member paid strain personally; that part of the scheme's shortfall is owed "
    "to the member.",
    "over_cap_paid_in_full": "The payments due were over the cap, and nothing is short once any cash alternative is counted.",
    "shortfall_within_cap": "Less was paid than was due although the cap required no reduction. This is an ordinary contract or scheme claim, not one under SI 2021/197 reg 4. Where notice pay is above a quarter of salary, another answer under Settings to the question on notice pay may change this.",
    "shortfall_is_contract_only": "All that is short is notice pay within a quarter of salary, which is no exit payment (SI 2020/1122 reg 6(g)). It is owed under the contract, without the 8% of SI 2021/197 reg 4.",
    "cap_denied": "The employer says that the cap was not applied, and the payments due were over it and cut. Ask how each payment was reduced, and why.",
    "cut_beyond_cap": "More was held back than the cap required. SI 2021/197 reg 4(3) gives the full difference and is not limited to the cut that the cap required.",
    "paid_outside_relevant_period": f"The payment date is not from {_IN_FORCE} to {_REVOKED}, or nothing was paid at all. SI 2021/197 reg 4 needs a payment in that period, so this is taken as an ordinary contract or scheme claim. If any exit payment, or strain to the fund, was made in that period, ask a lawyer.",
    "settlement_agreement_signed": "A settlement agreement was signed; the contract claim may have been "
    "given up. A lawyer should read it.",
    # Since paid.
    "top_up_after_as_at": "A sum was paid since, after the day of calculation; it is left out.",
    "top_up_in_relevant_period": f"A sum was paid since, on or before {_REVOKED}. It is taken as part of what was paid in that period, so that it bears no interest; another answer under Settings to the question on such sums may change this.",
    "member_overpaid_since": "More has been paid to the member since than was short.",
    "scheme_overpaid_since": "More has been paid to the scheme since than was short.",
    "interest_overpaid_since": "More interest has been paid since than this calculation finds due.",
    # Time.
    "contract_clock_expired": "One of the two claims, in contract and under SI 2021/197 reg 4, is out of time and the other is still open. Look at the days left of each.",
    "pension_instalments_running_out": "Six years have passed since the first month of the pension fell due: another month of arrears may be lost every month.",
    "scots_time_limit": "The claim may already have run out under Scots law: ask a Scots lawyer today.",
    # Pension and tax.
    "rates_not_known": "The day of calculation lies past the last day for which Bank Rate, pensions increase or income tax is known here. The pension or tax figures that need it are left empty, never estimated from the last rate. The working says which.",
    "no_interest_rule": "No rule on interest for this scheme's late benefits is known here, and none is borrowed from another scheme: ask the scheme.",
    "late_lump_sum_tax": "A pension lump sum was short for more than a year after it fell due. Paid so late it may be an unauthorised payment: take tax advice, and ask the fund to meet any charge.",
}

ASSUMPTIONS: dict[str, str] = {
    "nation_england": "Nation not given: taken as England.",
    "employer_listed": "Employer not confirmed: taken as listed in the Schedule.",
    "payment_on_exit": "Date of payment not given: taken as the date of exit.",
    "due_on_exit": "Date payment was due not given: taken as the date of exit.",
    "strain_due_on_payment": "Date of the strain invoice not given: taken as the date of payment, else of "
    "exit.",
    "strain_paid_late": "Strain paid to the fund after 19 March 2021 is counted as paid at the exit; SI 2021/197 reg 4(3) counts only what was paid in the relevant period, so no 8% is shown on it: enter it as paid since to have it.",
    "blank_is_no_part": "Payments left blank were no part of the exit.",
    "no_benefits_in_kind": "Week's pay calculated from the annual salary: no benefits in kind.",
    "notice_day_unknown": "Day of notice not given: the date redundancy pay is counted to is the date of exit.",
    "notice_exempt": "Salary not known: notice pay taken as wholly exempt.",
    "cut_as_cap_required": "What was paid is not known: the employer is taken to have cut what the cap required, and no more.",
    "split_by_cut_order": "How the cut fell on member and scheme is assumed, as answered under Settings.",
    "linked_nothing_used": "An earlier exit's use of the cap is not known: taken as nothing.",
    "pension_estimate": "Pension figures are estimates for the scheme to confirm. They are no part of the difference.",
    "pension_from_tranches": "The reduction is estimated from LGPS benefits by tranche, with the factors in force when the pension began, part years by days.",
    "rule_of_85_not_applied": "The 85-year rule is not applied; if the member met it the reduction and the loss are smaller.",
    "rule_of_85_met": "The 85-year rule is taken as met, without the employer's agreement: service to March 2008, and to March 2014 for those born by 31 March 1956, is reduced to 60 only, and not at all from 60.",
    "pension_taken_as_reduced": "What happened to the pension is not given: taken as paid at once and reduced.",
    "scheme_from_benefits": "Pension scheme not given: taken as the LGPS, as LGPS benefits are entered.",
    "deferred_nothing_paid": "Deferred pension: the figures hold if nothing has been drawn. Enter the day the pension came into payment.",
    "started_late": "The pension came into payment after the exit: until then nothing was paid. No interest is estimated on a lump sum that was paid late.",
    "underpin_not_applied": "The McCloud underpin is not applied to estimates from benefits by tranche.",
    "rates_entered": "Bank Rate after the official table is as entered: see the rates in the settings.",
    "arrears_to_death": "The arrears end with the day of death. Survivors' pensions and death grants are not calculated.",
    "arrears_paid_when_restored": "Pension arrears and the scheme's interest run to the day the pension was restored, and are taken as still unpaid or to be checked against what was paid then.",
    "increases_as_public_service": "The pension is taken to rise each April as public service pensions do.",
    "no_lump_sum": "No pension lump sum is entered: taken as none.",
    "teachers_mandatory_part": "Teachers: the part that the employer would have made up is not a scheme benefit, and interest under the scheme's rule may not run on it.",
    "tax_estimate": "Tax figures are estimates for HMRC to confirm. The year of payment is taken; which tax year counts is unsettled. The bands are those of the nation of work.",
    "notice_pay_taxed": "Notice pay is taxed in full: where some of what is owed is notice pay, less of it may be free of tax than shown.",
    "refund_taxed": "The refund of strain the member paid is taken to be taxed like the rest; the law is open.",
}

TO_CHECK: dict[str, str] = {
    "nhs_pension_cost": "For staff on Agenda for Change in England the cost of an unreduced pension is met out of the redundancy payment (section 16). Enter as redundancy pay only what was left after it, or the same money is counted twice.",
    "teachers_compensation": "For teachers this is premature retirement compensation (SI 2015/601). It is due to the member, only if the employer agreed to it in writing, and not beside compensation for termination under Part 3 of those regulations (compensation for redundancy under Part 2 is no bar).",
    "strain_under_55": "An unreduced LGPS pension on redundancy or efficiency needs age 55 at the exit (LGPS Regulations 2013 reg 30(7)). Check the date of birth, or leave the strain out.",
    "entitlement": "SI 2021/197 reg 4 gives only what the member was entitled to. What was discretionary and never decided is no part of it.",
    "settlement_agreement": "A settlement agreement was signed: a lawyer must read it first.",
    "cash_alternative": "The member may have to repay the cash alternative when the pension is corrected: take written instructions first.",
    "scots_law": "Time limits and the contract claim under Scots law: ask a Scots lawyer first.",
    "representative": "The member has died: who acts for the estate?",
    "one_person_two_births": "Rows of this person have two dates of birth: are these one person?",
}
"""What a person must check before a letter to the employer or the scheme goes out."""

QUESTIONS: dict[str, str] = {
    "cap_denied": "You say that the cap was not applied. How and under what power was each payment reduced?",
    "package": "What was each exit payment before and after the cap, and what was actually paid?",
    "cap_applied": "Was the cap applied to this exit, and how was each payment reduced?",
    "strain": "What strain did the pension fund quote and invoice, on which day, and what was paid?",
    "redundancy": "Please send the written redundancy calculation.",
    "salary": "What was the annual salary at exit, benefits in kind included?",
    "linked_exit": f"What was paid for the earlier exit within {LINKED_DAYS} days?",
    "dates": "On which day was each exit payment made, and on which was it due?",
    "notice": "On which day was notice given?",
    "employer": "Under which entry of the Schedule to SI 2020/1122 was the employer a relevant authority?",
    "why_capped": f"If the cap was applied to an exit after {_LIFTED}, why?",
    "settlement": "Was a settlement agreement signed? Please send a copy.",
    "since_paid": "What has been paid since, to whom, on which day, and with what interest?",
    "acknowledge": "Please acknowledge the sum in a signed letter.",
    "pension_put_right": "Has the pension been recalculated without reduction? If so, from when, and what arrears and interest were paid?",
    "tax_taken": "How was the £30,000 exemption used, and how has each payment been or will it be taxed?",
}
