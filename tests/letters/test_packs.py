"""The issue pack, the data requests and the request for facts: who gets one, and what each may say."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest

from calculator.calculation.assess import assess
from calculator.facts.case_table import Cases
from calculator.facts.cells import Raw
from calculator.facts.days import shown_day
from calculator.facts.money import shown_money
from calculator.letters.claim import Claim, claims
from calculator.letters.letter import LettersWanted
from calculator.letters.plan import Plan, plan_letters
from calculator.letters.recipients import (
    DATA_REQUESTS,
    USUAL,
    Recipient,
    WithoutConsent,
    Writer,
)
from calculator.letters.sender import month_after
from calculator.letters.word.pdf import _laid_out
from calculator.letters.wording import wording
from rules.choices import YesNo
from rules.exit_payments import Payee
from rules.positions import Positions
from tests.letters.test_plan import (
    AMOUNT,
    DAY,
    amounts_of_results,
    days_of_results,
)
from tests.letters.test_wording import CASES
from tests.letters_helpers import (
    AS_AT,
    CAPPED,
    REQUEST,
    SENDER,
    Made,
    capped,
    made_from,
    one,
    sample,
    worked,
)

FURTHER = tuple(to for to in Recipient if to not in USUAL)
PACK = Recipient.ISSUE_PACK
_MADE: list[Made] = []


def further_of_sample() -> list[Made]:
    """Every letter of the further kinds of the sample."""
    if not _MADE:
        _MADE.extend(made_from(sample(), LettersWanted(SENDER, FURTHER, WithoutConsent.MEMBER)))
    return _MADE


def plan_of(case: Mapping[str, Raw], to: Recipient) -> Plan:
    (plan,) = plan_letters(worked(case), (to,))
    return plan


def section_69(principal: str, first_day: date) -> tuple[str, str]:
    """Interest at 8% on a sum from its first day to the day of the tests, and a day of it: by hand."""
    pounds, days = Decimal(principal), (AS_AT - first_day).days + 1
    accrued, daily = (
        (pounds * 8 / 100 * part / 365).quantize(Decimal("0.01"), ROUND_HALF_UP)
        for part in (days, 1)
    )
    return f"£{accrued:,}", f"£{daily:,}"


# What is in them is in the results.


def test_every_sum_in_a_further_letter_is_one_of_the_results() -> None:
    kinds = set()
    for made in further_of_sample():
        kinds.add(made.letter.plan.to)
        of_row = amounts_of_results(made.letter.plan.row)
        (claim,) = claims(sample(), [made.letter.plan.row])
        left = claim.lines.outstanding[Payee.MEMBER]
        if claim.lines.regulation_4:
            left = min(left, claim.owed("member_contract_only"))
        accrued, daily = section_69(f"{left / 100:.2f}", claim.lines.due_on + timedelta(days=1))
        pence = int(accrued.replace("£", "").replace(",", "").replace(".", ""))
        of_row |= {accrued, daily, shown_money(claim.owed("member_total") + pence)}
        of_row |= {shown_money(claim.owed("member_interest") + pence), shown_money(left)}
        assert set(AMOUNT.findall(made.text)) <= of_row, made.name
    assert kinds >= {PACK, *DATA_REQUESTS}


def test_every_day_in_a_further_letter_is_one_of_the_results() -> None:
    for made in further_of_sample():
        days = days_of_results(made.letter.plan.row, made.letter.words)
        (claim,) = claims(sample(), [made.letter.plan.row])
        days.add(shown_day(claim.lines.due_on + timedelta(days=1)))
        assert set(DAY.findall(made.text)) <= days, made.name


def test_the_sums_of_the_two_prayers_are_never_added() -> None:
    for name in ("exact", "contract_only_part", "underpaid_not_capped", "part_repaired"):
        (claim,) = claims(worked(CASES[name]), [0])
        text = one(CASES[name], PACK).text
        (first,) = re.findall(r"First prayer, payable to the claimant: £([\d,.]+), being", text)
        member = int(first.replace(",", "").replace(".", ""))
        for added in (member, claim.owed("member_total"), claim.owed("member_outstanding")):
            assert shown_money(added + claim.owed("scheme_total")) not in text
        assert "The two prayers are for different recipients and are not to be added." in text


# The particulars of claim.


def test_the_interest_is_stated_as_the_rules_of_court_ask() -> None:
    """CPR 16.4(2): under which enactment, rate, from which day, to which, the sum, the daily sum."""
    text = one(CAPPED, PACK).text
    for payee, principal, accrued, daily in (
        ("claimant", "£2,000.00", "£936.77", "£0.44"),
        ("pension scheme", "£13,000.00", "£6,088.99", "£2.85"),
    ):
        assert (
            f"To the {payee}, under regulation 4(3) of the 2021 Regulations and article 2 of SI 1993/564: "
            f"simple interest at 8% a year on {principal} from 16 January 2021 to 22 November 2026: "
            f"{accrued}, and then {daily} a day until judgment or sooner payment." in text
        )
    assert "In the alternative, and never in addition, interest on the same sums" in text


@pytest.mark.parametrize(
    ("case", "principal", "first_day"),
    [
        (CASES["underpaid_not_capped"], "2000.00", date(2021, 1, 1)),
        ({**CASES["underpaid_not_capped"], "due_date": "2021-02-01"}, "2000.00", date(2021, 2, 2)),
        (CASES["contract_only_all"], "6000.00", date(2021, 1, 1)),
        (CASES["contract_only_part"], "6000.00", date(2021, 1, 1)),
    ],
)
def test_a_sum_without_the_interest_of_regulation_4_bears_that_of_section_69(
    case: dict[str, Raw], principal: str, first_day: date
) -> None:
    accrued, daily = section_69(principal, first_day)
    text = one(case, PACK).text
    assert (
        f"on £{Decimal(principal):,} from {shown_day(first_day)} to 22 November 2026: {accrued}, and then "
        f"{daily} a day until judgment or sooner payment." in text
    )
    assert f"{accrued} interest under section 69 to 22 November 2026, with the further" in text
    assert f"the claimant (section 69) | £{Decimal(principal):,} | {shown_day(first_day)} |" in text


@pytest.mark.parametrize("name", CASES)
def test_the_particulars_say_what_the_regulations_are_before_they_name_them(name: str) -> None:
    for made in made_from(worked(CASES[name]), LettersWanted(SENDER, (PACK,))):
        _, particulars = made.text.split("# Particulars of claim")
        for year in ("2020", "2021"):
            if f"the {year} Regulations" in particulars:
                first = particulars.index(f"the {year} Regulations")
                assert particulars[first - 1] == "“"


def test_the_contract_is_pleaded_only_while_its_time_is_open() -> None:
    gone = {**CAPPED, "exit_date": "2020-11-10", "payment_date": "2020-11-20"}
    outcome = assess(
        Cases.from_raw({name: [value] for name, value in gone.items()}, 1),
        Positions(),
        date(2027, 1, 10),
    )
    (made,) = made_from(outcome, LettersWanted(SENDER, (PACK,)))
    assert "That day has passed, so the contract is not pleaded." in made.text
    assert "# Contract" not in made.text
    assert "term of the contract" not in made.text
    assert "# Regulation 4" in made.text


def test_the_schedule_of_loss_shows_the_other_side_nothing_that_is_ours() -> None:
    case = {**CASES["addressed"], "cash_alternative_paid": "5000"}
    text = one(case, PACK).text
    schedule = text[text.index("# Schedule of loss") :]
    for ours in ("AB123456C", "104233", "1 May 1962", "Missing", "Assumptions", "https://"):
        assert ours not in schedule
    particulars = text[text.index("# Particulars of claim") : text.index("# Schedule of loss")]
    for ours in ("Union", "union", "To check", "may be between"):
        assert ours not in particulars


def test_a_pack_is_a_draft_whoever_has_approved_the_letters() -> None:
    approved = SENDER.model_copy(update={"approved_by": "Sol Solicitor"})
    made = one(CAPPED, PACK, LettersWanted(approved))
    assert made.letter.words["draft"] == "yes"
    assert _laid_out(made.letter)["draft"].startswith("DRAFT for a solicitor to settle")


def test_the_paragraphs_are_numbered_through_in_the_pdf_as_in_word() -> None:
    laid_out = _laid_out(one(CAPPED, PACK).letter)
    numbered = [part for part in laid_out["parts"] if part["kind"] == "number"]
    expected = 1
    for part in numbered:
        assert part["start"] == expected
        expected += len(part["items"])
    assert expected > 15


# Who gets one.

NEAR_BY_CONTRACT = {**CAPPED, "exit_date": "2021-02-10", "payment_date": "2021-02-20"}


@pytest.mark.parametrize(
    ("case", "skipped"),
    [
        (CAPPED, ""),
        ({**CAPPED, "consent_to_disclose": "no"}, ""),
        (CASES["exact_wales"], ""),
        (CASES["exact_scotland"], "pack_scotland"),
        (CASES["northern_ireland"], "pack_northern_ireland"),
        (CASES["needs_data"], "no_sum_yet"),
        (NEAR_BY_CONTRACT, ""),
        ({**CAPPED, "exit_date": "2021-02-25", "payment_date": "2021-03-01"}, "no_claim_near"),
        # The contract is of use for a declaration only, and regulation 4 has more than 90 days.
        (CASES["exact_scheme_only"], "no_claim_near"),
        ({**CAPPED, "redundancy_paid": "40000", "pension_strain_paid": "70000"}, "not_capped"),
        (CASES["before_cap"], "out_of_scope"),
    ],
)
def test_there_is_a_pack_where_a_sum_is_owed_and_a_claim_is_near_its_last_day(
    case: dict[str, Raw], skipped: str
) -> None:
    assert plan_of(case, PACK).skipped == skipped


def test_there_is_no_pack_once_regulation_4_is_out_of_time() -> None:
    case = {**CAPPED, "due_date": "2021-05-01"}
    outcome = assess(
        Cases.from_raw({name: [value] for name, value in case.items()}, 1),
        Positions(),
        date(2027, 3, 19),
    )
    (plan,) = plan_letters(outcome, (PACK,))
    assert plan.skipped == "statute_gone"


def test_a_pack_is_not_held_and_says_what_is_to_be_checked() -> None:
    case = {**CAPPED, "settlement_agreement": "yes"}
    plan = plan_of(case, PACK)
    assert (plan.skipped, plan.writer) == ("", Writer.UNION)
    assert {"draft_pack", "pack_to_check"} <= set(plan.notes)
    assert "To check first: A settlement agreement was signed" in one(case, PACK).text
    assert "pack_to_check" not in plan_of(CAPPED, PACK).notes


@pytest.mark.parametrize(
    ("case", "to", "skipped"),
    [
        (CAPPED, Recipient.DATA_REQUEST, ""),
        (CASES["needs_data"], Recipient.DATA_REQUEST, ""),
        (CASES["exact_scotland"], Recipient.FUND_DATA_REQUEST, ""),
        (CASES["estate"], Recipient.DATA_REQUEST, "data_died"),
        (CASES["estate"], Recipient.FUND_DATA_REQUEST, "data_died"),
        ({**CAPPED, "scheme": None}, Recipient.FUND_DATA_REQUEST, "scheme_unknown"),
        (CASES["exact_member_only"], Recipient.FUND_DATA_REQUEST, "no_scheme"),
        ({**CAPPED, "settlement_agreement": "yes"}, Recipient.DATA_REQUEST, "to_check"),
        ({**CAPPED, "consent_to_disclose": "no"}, Recipient.DATA_REQUEST, "no_consent"),
        (CAPPED, Recipient.SCHEME_FACTS, "has_own_letter"),
        ({**CAPPED, "scheme": "unknown"}, Recipient.SCHEME_FACTS, "scheme_unknown"),
        ({**CAPPED, "scheme": "none"}, Recipient.SCHEME_FACTS, "no_scheme"),
        # What is to be checked is what this letter asks.
        ({**CAPPED, "scheme": "tps"}, Recipient.SCHEME_FACTS, ""),
        ({**CAPPED, "scheme": "nhs"}, Recipient.SCHEME_FACTS, ""),
        (
            {**CAPPED, "scheme": "tps", "settlement_agreement": "yes"},
            Recipient.SCHEME_FACTS,
            "to_check",
        ),
        (CASES["northern_ireland"], Recipient.SCHEME_FACTS, ""),
    ],
)
def test_data_and_facts_are_asked_of_those_who_hold_them(
    case: dict[str, Raw], to: Recipient, skipped: str
) -> None:
    assert plan_of(case, to).skipped == skipped


# The data requests.


@pytest.mark.parametrize("to", DATA_REQUESTS)
def test_a_data_request_goes_with_the_members_authority_and_needs_none_of_their_own(
    to: Recipient,
) -> None:
    assert "needs_authority" in plan_of(CAPPED, to).notes
    assert (
        "The signed authority to ask for it and to receive it is enclosed." in one(CAPPED, to).text
    )
    own = one({**CAPPED, "consent_to_disclose": "no", "case_ref": "UNION-7"}, to)
    assert "needs_authority" not in own.letter.plan.notes
    for telling in ("authority to ask", "nion", "our member", "We ", "Jo Caseworker"):
        assert telling not in own.text
    assert "within one month of receiving this letter (article 12(3))" in own.text


def test_a_data_request_names_no_figure_but_what_was_paid_instead_of_the_pension() -> None:
    for to in DATA_REQUESTS:
        assert set(AMOUNT.findall(one(CASES["exact"], to).text)) == {"£95,000"}
    cash = one(CASES["exact_cash_alternative"], Recipient.DATA_REQUEST).text
    assert "how the cash alternative of £5,000.00 was calculated" in cash


def test_the_freedom_of_information_request_names_no_member() -> None:
    text = one(CASES["addressed"], Recipient.DATA_REQUEST).text
    request = text[text.index("# Freedom of information request") :]
    for name in ("Ann Example", "AB123456C", "31 December 2020", "Librarian", "member"):
        assert name not in request
    assert "not later than the twentieth working day following the day of receipt" in request
    scots = one(CASES["exact_scotland"], Recipient.DATA_REQUEST).text
    assert "Freedom of Information (Scotland) Act 2002" in scots
    assert "Scotland" not in request


@pytest.mark.parametrize(
    ("day", "month_later"),
    [
        (date(2026, 11, 22), date(2026, 12, 22)),
        (date(2026, 12, 31), date(2027, 1, 31)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
    ],
)
def test_a_month_ends_on_its_own_day_or_the_last_of_a_shorter_month(
    day: date, month_later: date
) -> None:
    assert month_after(day) == month_later


def test_the_day_for_the_reply_is_that_of_the_kind_of_letter() -> None:
    days = {to: one(capped(to), to).letter.words["reply_by"] for to in FURTHER}
    assert days == {
        PACK: "",
        Recipient.DATA_REQUEST: "22 December 2026",
        Recipient.FUND_DATA_REQUEST: "22 December 2026",
        Recipient.SCHEME_FACTS: "18 December 2026",
    }


def test_a_deadline_before_the_answer_is_told_to_the_sender() -> None:
    soon = {**CAPPED, "exit_date": "2020-12-10", "payment_date": "2020-12-12"}
    assert "data_after_deadline" in plan_of(soon, Recipient.DATA_REQUEST).notes
    assert "data_after_deadline" not in plan_of(CAPPED, Recipient.DATA_REQUEST).notes
    (unknown,) = plan_letters(worked(CASES["needs_data"]), (Recipient.EMPLOYER,))
    assert "ask_for_data" in unknown.notes


# The other schemes.


@pytest.mark.parametrize(
    ("scheme", "said"),
    [
        ("tps", "Was premature retirement compensation agreed, and by which body?"),
        ("nhs", "Was the capitalisation cost of the unreduced pension met out of the redundancy"),
        ("civil_service", "How much of the reduction was bought out, and with whose money?"),
        ("police", "make the employing authority pay for an early pension"),
        ("fire", "make the employing authority pay for an early pension"),
        ("other", "make the employer pay for an early pension"),
    ],
)
@pytest.mark.parametrize("consent", ["yes", "no"])
def test_another_scheme_is_asked_in_its_own_words_and_by_no_rule_of_the_lgps(
    scheme: str, said: str, consent: str
) -> None:
    case = {**CAPPED, "scheme": scheme, "consent_to_disclose": consent, "member_funded_strain": "1"}
    made = one(case, Recipient.SCHEME_FACTS)
    assert said in made.text
    for borrowed in ("LGPS", "Local Government", "2013", "regulation", "strain"):
        assert borrowed not in made.text.replace("the 2020 Regulations", "")
    assert "claim no sum from the scheme" in made.text
    assert "paid £1.00 towards it" in made.text


# Each sentence with the facts it needs.

NEEDS: dict[str, Callable[[Claim], bool]] = {
    "by reason of redundancy": lambda claim: claim.exit_reason.name == "REDUNDANCY",
    "has died": lambda claim: claim.died,
    "have passed to": lambda claim: bool(claim.details["debtor_name"]),
    "best estimate": lambda claim: claim.words["confidence"] == "estimated",
    "By regulation 4 of": lambda claim: claim.lines.regulation_4,
    "named in the Schedule": lambda claim: bool(claim.lines.schedule_entry),
    "The payments that counted came to": lambda claim: claim.owed("reduction_expected") > 0,
    "for which credit is given": lambda claim: bool(claim.words["top_up_date"]),
    "a cash alternative of": lambda claim: claim.owed("cash_alternative_paid") > 0,
    "the cash alternative of": lambda claim: claim.owed("cash_alternative_paid") > 0,
    "towards the strain": lambda claim: claim.owed("member_funded_strain") > 0,
    "towards it": lambda claim: claim.owed("member_funded_strain") > 0,
    "due as a debt": lambda claim: claim.owed("member_outstanding") > 0,
    "owed under the contract only": lambda claim: claim.owed("member_contract_only") > 0,
    "First prayer": lambda claim: claim.owed("member_total") > 0 and claim.owed("scheme_total") > 0,
    "a declaration that": lambda claim: claim.owed("scheme_total") > 0,
    "What the settlement agreement gave up": lambda claim: claim.settlement is YesNo.YES,
    "What was paid on the exit may have been reduced": lambda claim: (
        not claim.computed or claim.owed("reduction_expected") > 0
    ),
    "Scottish public authority": lambda claim: claim.lines.scotland,
    "section 50 of the Pensions Act": lambda claim: not claim.lines.northern_ireland,
    "with the written calculation of the redundancy payment": lambda claim: any(
        line.title == "Redundancy pay" for line in claim.lines.payments
    ),
}


def test_a_sentence_is_said_only_where_the_facts_of_the_case_bear_it() -> None:
    said = set()
    outcomes = {name: worked(case) for name, case in CASES.items()}
    outcomes["tps"] = worked({**CASES["exact_own_strain"], "scheme": "tps"})
    outcomes["estimate"] = worked(CASES["estimate"], positions=Positions(cut_order="cash_first"))
    for name, outcome in outcomes.items():
        (claim,) = claims(outcome, [0])
        for plan in plan_letters(outcome, FURTHER, WithoutConsent.MEMBER):
            if plan.skipped:
                continue
            text = wording(claim, plan.to, plan.writer, REQUEST.sender)
            words = " ".join(each.text for each in text.paragraphs)
            for sentence, needs in NEEDS.items():
                if sentence in words:
                    said.add(sentence)
                    assert needs(claim), f"{name}, {plan.to}: {sentence}"
    assert said == NEEDS.keys()
