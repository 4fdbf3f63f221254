"""Words of the letters by code: documents, missing facts, why a letter is not written, what its sender should know."""

from __future__ import annotations

from calculator.calculation.codes import AMBER_DAYS
from rules.choices import Scheme

DOCUMENT_WORDS: dict[str, str] = {
    "capped_notice": "the notice that the cap was applied",
    "redundancy_calculation": "the redundancy calculation",
    "strain_quote": "the pension fund's quote of the strain",
    "strain_invoice": "the pension fund's invoice of the strain",
    "payslip": "the payslip with the exit payment",
    "p45": "the P45",
    "contract_or_policy": "the contract of employment and the policy on exit payments",
    "settlement_agreement": "the settlement agreement",
    "pension_statement": "the statement of the pension in payment",
    "top_up_letter": "the letter or payslip of what has been paid since",
}

MISSING_WORDS: dict[str, str] = {
    "settlement_agreement": "Whether a settlement agreement was signed",
    "employer_kind": "What kind of body the employer is",
    "exit_reason": "The reason for leaving",
    "notice_given_on": "The day notice was given",
    "nation": "The nation you worked in",
    "pension_due": "Your yearly pension at exit, without reduction",
    "pension_paid": "Your yearly pension at exit, as it came into payment",
    "pension_started_on": "The day your pension came into payment",
    "lump_sum_due": "Your pension lump sum, without reduction",
    "lump_sum_paid": "Your pension lump sum, as it was paid",
    "pension_strain_due": "The strain that was due to the pension scheme",
    "pension_strain_paid": "The strain that was paid to the pension scheme",
}
"""A fact that is missing, where the heading of its field would not do."""

SCHEME_NAMES: dict[Scheme, str] = {
    Scheme.LGPS: "the Local Government Pension Scheme",
    Scheme.TPS: "the Teachers' Pension Scheme",
    Scheme.NHS: "the NHS Pension Scheme",
    Scheme.CIVIL_SERVICE: "the Civil Service pension scheme",
    Scheme.POLICE: "the police pension scheme",
    Scheme.FIRE: "the firefighters' pension scheme",
}
"""What the schemes are called; each nation has its own."""

CUT_ORDER_WORDS: dict[str, str] = {
    "strain_first": "first on the strain, then on the other payments",
    "cash_first": "first on the other payments, then on the strain",
    "pro_rata": "on all payments in proportion",
}

LETTER_SKIPPED: dict[str, str] = {
    "error": "The row is in error. Correct it first.",
    "out_of_scope": "The cap did not reach this exit.",
    "repaired": "All that was short has been paid since.",
    "near_line": "Nothing is short, but the total is close to the cap: check the figures.",
    "not_capped": "Nothing is short on the payments entered.",
    "to_check": "Held: something is to be checked first.",
    "not_in_index": "No chaser: the index has no row of this letter.",
    "not_sent": "No chaser: no day is entered under Sent on.",
    "replied": "No chaser: a reply came.",
    "acknowledged": "No chaser: the claim was acknowledged.",
    "standstill": "No chaser: a standstill agreement runs.",
    "standstill_over": "No chaser: the standstill agreement has ended. Ask a lawyer today.",
    "no_reply_day": "No chaser: no day is entered under Reply due.",
    "reply_not_due": "No chaser: the day for the reply has not passed.",
    "died": "The member has died: no letter can be written in their own name.",
    "no_consent": "The member has not agreed that a letter may show union membership.",
    "not_lgps": "The scheme is not the Local Government Pension Scheme; other schemes have other rules. A request for the facts is another letter.",
    "scheme_unknown": "The pension scheme is not known. Each scheme has a letter of its own.",
    "other_lgps": "The LGPS Regulations 2013 are for England and Wales. A request for the facts is another letter.",
    "under_55": "The member was under 55 at the exit, so no pension was due at once.",
    "other_reason": "The exit was not by redundancy or business efficiency.",
    "unreduced": "The pension is in payment without reduction.",
    "no_pension_loss": "Nothing says that the pension was reduced or the strain short.",
    "has_own_letter": "The scheme is the LGPS of England and Wales, which has a letter of its own.",
    "no_scheme": "There was no pension scheme.",
    "data_died": "The UK GDPR covers living persons only: the personal representative asks for the documents instead.",
    "no_sum_yet": "The sum to claim is not known yet. Send a data request, and ask a solicitor at once about a claim to protect the time.",
    "no_claim_near": f"No claim has a last day within the next {AMBER_DAYS} days.",
    "statute_gone": "The last day for a claim under SI 2021/197 reg 4 has passed: ask a solicitor what can still be claimed.",
    "pack_scotland": "Claim form N1 and the Civil Procedure Rules are for England and Wales. A Scottish court has its own procedure, and the claim may have run out under Scots law: ask a Scots lawyer today.",
    "pack_northern_ireland": "Claim form N1 and the Civil Procedure Rules are for England and Wales. The courts of Northern Ireland have their own forms and rules: ask a solicitor there.",
}
"""Why a letter is not written."""

LETTER_NOTES: dict[str, str] = {
    "reply_after_deadline": "The day for the reply is not before the next deadline. Have the claim issued, do not wait.",
    "deadline_near": "A claim is to be issued within four weeks of the usual day for a reply: the letter asks for a reply within seven days, and first for an acknowledgment or a standstill.",
    "own_strain_beyond": "The member paid more strain than was short: find out why, as the letter claims only the part that was short.",
    "no_deadline_open": "No deadline is still open: ask a lawyer before the letter goes.",
    "one_clock_gone": "One of the two claims, in contract and under SI 2021/197 reg 4, is out of time.",
    "before_cap": "The exit was before the cap, but its payment meets the words of SI 2021/197 reg 4: ask a lawyer.",
    "scotland": "Scotland: ask a Scots lawyer before the letter goes.",
    "settlement_signed": "A settlement agreement was signed: a lawyer should read it before the letter goes.",
    "estimate": "The figures are estimated.",
    "no_name": "The member's name is not given.",
    "no_employer": "The employer's name is not given.",
    "own_name": "From the member in their own name: let them read it, add an address and sign.",
    "not_from_template": "Made from the plain letter, for your template may show your name.",
    "ask_for_data": "Facts are missing: a data request (data_request, fund_data_request) puts the employer and the fund under a duty to answer within a month.",
    "needs_authority": "Send it with the member's signed authority, as at the end of the member's letter.",
    "data_after_deadline": "A claim is to be issued before the answer is due: do not wait for it.",
    "draft_pack": "A draft for a solicitor to settle. No claim is issued by it.",
    "pack_to_check": "Something is to be checked first: the pack says what.",
    "facts_unknown": "The age or the reason for leaving is not known; the letter says so.",
    "no_pdf": "No PDF: no font here shows all its characters. Use the Word file.",
    "other_font": "A font of your template, or one with the same widths, is not installed here: lines and pages of the PDF may break elsewhere than in Word.",
    "email_shared": "No e-mail draft: the address is also that of another recipient.",
    "email_at_opponent": "No e-mail draft: the member's address is at the employer or the fund, who may read it.",
    "email_unreadable": "No e-mail draft: the e-mail address is not one address.",
    "email_own_name": "No e-mail draft: the letter is the member's own, to be sent by the member.",
    "changed": "Characters that cannot be shown were left out of a name or reference.",
}
"""What the person who sends a letter is told of it in the index, and never in the letter."""
