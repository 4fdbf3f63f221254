"""Letters: who gets one, every figure traced to the results, hostile text, access for all readers."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import docx
import numpy as np
import pytest
from lxml import etree

from calculator.calculation.cap_and_difference import Triage
from calculator.explanation.explain import explain
from calculator.facts.days import shown_day
from calculator.facts.money import shown_money
from calculator.letters.claim import claims
from calculator.letters.letter_facts import documents_missing
from calculator.letters.placeholders import BY_NAME, Value, letter_words
from calculator.letters.plan import WRITTEN, Plan, plan_letters
from calculator.letters.recipients import USUAL, Recipient, WithoutConsent, Writer
from calculator.letters.word.house_letter import SCHEDULE_HEADINGS
from calculator.letters.wording import ENCLOSURES, wording
from calculator.letters.words import LETTER_NOTES, LETTER_SKIPPED
from rules.positions import Positions
from tests.letters_helpers import (
    CAPPED,
    SENDER,
    Made,
    capped,
    made_from,
    one,
    part,
    sample,
    sample_letters,
    text_of,
    worked,
)

AMOUNT = re.compile(r"−?£(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
LAWS_OWN = {"£95,000", "£30,000"}


def for_each_sample_letter(test: Callable[[Made], None]) -> Callable[[], None]:
    """Run a test on every letter of the sample, and name the letter it fails on."""

    def run() -> None:
        for made in sample_letters():
            try:
                test(made)
            except AssertionError as error:
                raise AssertionError(f"{made.name}: {error}") from error

    run.__name__ = run.__qualname__ = test.__name__
    return run


def amounts_of_results(row: int) -> set[str]:
    """Every amount of money in the results, the explanation and the facts entered of a row."""
    outcome = sample()
    found: set[str] = set(LAWS_OWN)
    for text in outcome.row(row).values():
        if re.fullmatch(r"\d+\.\d\d", text):
            found.add(shown_money(int(text.replace(".", ""))))
    for step in explain(outcome, row).steps:
        found |= set(AMOUNT.findall(f"{step.formatted} {step.working}"))
    for name, column in outcome.cases.money.items():
        if outcome.cases.known[name][row]:
            found.add(shown_money(int(column[row])))
    return found


def rounded(amounts: set[str]) -> set[str]:
    """The same amounts to whole pounds, as an estimate is given to the member."""
    return {f"£{round(Decimal(amount.strip('−£').replace(',', ''))):,}" for amount in amounts}


@for_each_sample_letter
def test_every_amount_in_a_letter_is_one_of_the_results(made: Made) -> None:
    found = AMOUNT.findall(made.text)
    assert found or "needs_data" in made.letter.words["triage"]
    of_row = amounts_of_results(made.letter.plan.row)
    to_member = rounded(of_row) if made.letter.plan.to is Recipient.MEMBER else set()
    assert set(found) <= of_row | to_member


DAY = re.compile(
    r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December) \d{4}\b"
)
LAWS_OWN_DAYS = {"4 November 2020", "12 February 2021", "19 March 2021"}


def days_of_results(row: int, words: Mapping[str, Value]) -> set[str]:
    """Every day in the results, the explanation and the facts entered of a row, and the letter's own."""
    outcome = sample()
    found = {
        *LAWS_OWN_DAYS,
        str(words["letter_date"]),
        str(words["reply_by"]),
        str(words["pay_by"]),
    }
    for name, text in outcome.row(row).items():
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            day = date.fromisoformat(text)
            found |= {shown_day(day)}
            if name.startswith("interest_from"):
                found.add(shown_day(day + timedelta(days=1)))
    for step in explain(outcome, row).steps:
        found |= set(DAY.findall(f"{step.formatted} {step.working}"))
    for column in outcome.cases.days.values():
        if not np.isnat(column[row]):
            found.add(shown_day(column[row].astype(object)))
    exit_date = outcome.cases.days["exit_date"][row].astype(object)
    return found | {shown_day(exit_date + timedelta(days=1))}


@for_each_sample_letter
def test_every_day_in_a_letter_is_one_of_the_results(made: Made) -> None:
    found = set(DAY.findall(made.text))
    assert str(made.letter.words["letter_date"]) in found
    assert found <= days_of_results(made.letter.plan.row, made.letter.words)


@for_each_sample_letter
def test_the_sums_of_member_and_scheme_are_never_added(made: Made) -> None:
    outcome, row = sample(), made.letter.plan.row
    sums = [outcome.figures(f"{payee}_total") for payee in ("member", "scheme")]
    member, scheme = (int(column.values[row]) for column in sums)
    if member and scheme:
        assert shown_money(member + scheme) not in made.text


def test_the_letter_claims_each_total_with_its_interest_and_daily_amount() -> None:
    made = one(CAPPED)
    words = made.letter.words
    for payee in ("member", "scheme"):
        assert (
            f"{words[f'{payee}_total']}. This is {words[f'{payee}_outstanding']} and interest of "
            f"{words[f'{payee}_interest']} to 22 November 2026. Interest continues at "
            f"{words[f'{payee}_daily_interest']} a day until payment." in made.text
        )
    assert "for 2,137 days from 16 January 2021 to 22 November 2026" in made.text


def test_every_name_has_its_words_and_no_other() -> None:
    outcome = worked(CAPPED)
    claim = next(claims(outcome, [0]))
    for to in Recipient:
        for writer in Writer:
            words = letter_words(claim, Plan(0, to, writer, "", ()), SENDER)
            assert set(words) == set(BY_NAME)
            for name, placeholder in BY_NAME.items():
                assert isinstance(words[name], tuple) is placeholder.is_list


# Who gets a letter.


def test_letters_are_written_for_these_triages_and_the_others_are_listed() -> None:
    outcome = sample()
    for plan in plan_letters(outcome, without_consent=WithoutConsent.MEMBER):
        triage = Triage(int(outcome.triage[plan.row]))
        if outcome.words_of_regulation_4_met[plan.row] and plan.to is Recipient.MEMBER:
            assert plan.skipped == ""
        elif triage not in WRITTEN:
            assert plan.skipped == triage.name.lower()
        elif plan.to is Recipient.EMPLOYER:
            held = bool(outcome.signals.to_check.of(plan.row))
            assert plan.skipped == ("to_check" if held else "")
        elif plan.to is Recipient.MEMBER:
            assert plan.skipped == ""
        assert plan.skipped == "" or plan.skipped in LETTER_SKIPPED
        assert set(plan.notes) <= set(LETTER_NOTES)


@pytest.mark.parametrize("consent", ["no", None])
def test_without_consent_no_letter_names_the_union_to_others(consent: str | None) -> None:
    outcome = worked({**CAPPED, "consent_to_disclose": consent})
    plans = {plan.to: plan for plan in plan_letters(outcome)}
    assert plans[Recipient.EMPLOYER].skipped == plans[Recipient.SCHEME].skipped == "no_consent"
    assert plans[Recipient.MEMBER].skipped == ""


def test_a_letter_in_the_members_own_name_says_nothing_of_the_union() -> None:
    case = {**CAPPED, "consent_to_disclose": "no", "case_ref": "UNION-7"}
    for made in made_from(worked(case)):
        if made.letter.plan.to is Recipient.MEMBER:
            continue
        assert made.letter.plan.writer is Writer.MEMBER
        whole = made.text + "".join(
            part(made.letter.docx, name) for name in ("docProps/core.xml", "word/footer1.xml")
        )
        for telling in ("union", "Union", "UNION-7", "Jo Caseworker", "our member", "We write"):
            assert telling not in whole, telling
        assert "Ann Example" in made.text


@pytest.mark.parametrize(
    ("facts", "skipped"),
    [
        ({}, ""),
        ({"scheme": "tps"}, "not_lgps"),
        ({"scheme": None}, "scheme_unknown"),
        ({"date_of_birth": "1966-01-01"}, "under_55"),
        ({"date_of_birth": "1965-12-31"}, ""),
        ({"date_of_birth": None}, ""),
        ({"exit_reason": "voluntary"}, "other_reason"),
        ({"exit_reason": "business_efficiency"}, ""),
        ({"pension_outcome": "unreduced"}, "unreduced"),
        ({"nation": "scotland", "employer_kind": "civil_service"}, "other_lgps"),
    ],
)
def test_the_pension_scheme_is_asked_where_the_law_gives_a_right(
    facts: dict[str, str | None], skipped: str
) -> None:
    plans = plan_letters(worked({**CAPPED, **facts}), (Recipient.SCHEME,))
    assert [plan.skipped for plan in plans] == [skipped]


STRAIN_MET = {
    **CAPPED,
    "redundancy_due": "60000",
    "redundancy_paid": "45000",
    "pension_strain_due": "50000",
    "pension_strain_paid": "50000",
    "pension_outcome": None,
}


def test_no_letter_claims_a_strain_that_was_met() -> None:
    plans = plan_letters(worked(STRAIN_MET), (Recipient.SCHEME,))
    assert [plan.skipped for plan in plans] == ["no_pension_loss"]


def test_a_strain_of_unknown_fate_is_asked_for_and_not_claimed() -> None:
    unknown = {
        **CAPPED,
        "redundancy_due": None,
        "pension_strain_paid": None,
        "pension_outcome": None,
    }
    text = one(unknown, Recipient.SCHEME).text
    assert "not paid in full" not in text
    assert "do not know whether the strain was paid in full" in text


def test_a_strain_paid_as_estimated_is_not_called_unpaid() -> None:
    estimate = {
        **CAPPED,
        "pension_strain_paid": None,
        "redundancy_paid": None,
        "pension_outcome": None,
    }
    text = one(estimate, Recipient.SCHEME).text
    assert "The strain was not paid in full." not in text
    assert "do not know whether the strain was paid in full" in text


LOST = {**CAPPED, "pension_due": "15000", "pension_paid": "10000"}


def test_a_day_of_correction_still_to_come_is_not_taken_as_past() -> None:
    coming = {**LOST, "pension_restored_on": "2026-12-03"}
    to_scheme, to_member = (one(coming, to).text for to in (Recipient.SCHEME, Recipient.MEMBER))
    assert "Put our member's pension into payment without reduction" in to_scheme
    assert "was corrected" not in to_scheme
    assert "Arrears of pension to 22 November 2026" in to_scheme
    assert "3 December 2026" not in to_member
    assert "your pension is about £5,000 a year less" in to_member


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, True),
        ({"date_of_birth": "1965-12-31"}, True),
        ({"date_of_birth": "1966-01-01"}, False),
        ({"date_of_birth": "1975-01-01", "pension_outcome": "deferred"}, False),
        ({"exit_reason": "voluntary"}, False),
        ({"exit_reason": "business_efficiency"}, True),
    ],
)
def test_the_member_is_told_of_a_pension_lost_only_where_a_right_is_not_ruled_out(
    facts: dict[str, str], said: bool
) -> None:
    assert (
        "a year less than without reduction" in one({**LOST, **facts}, Recipient.MEMBER).text
    ) is said


def test_who_makes_up_a_teachers_pension_is_left_open() -> None:
    text = one({**LOST, "scheme": "tps"}, Recipient.MEMBER).text
    assert "Who would pay depends on the rules of your scheme" in text
    assert "not the employer" not in text


def test_a_lump_sum_alone_is_told_too() -> None:
    text = one({**CAPPED, "lump_sum_due": "9000", "lump_sum_paid": "7000"}, Recipient.MEMBER).text
    assert "Your lump sum was about £2,000 less." in text


def test_the_caseworker_is_told_where_the_reply_would_come_too_late() -> None:
    for exit_date, note in (
        ("2020-11-24", "reply_after_deadline"),
        ("2020-12-05", "deadline_near"),
        ("2021-02-10", ""),
    ):
        case = {**CAPPED, "exit_date": exit_date, "payment_date": "2021-02-20"}
        notes = {plan.to: plan.notes for plan in plan_letters(worked(case), reply_days=14)}
        told = {"reply_after_deadline", "deadline_near"} & {*notes[Recipient.EMPLOYER]}
        assert told == ({note} if note else set())
        assert not {"reply_after_deadline", "deadline_near"} & {*notes[Recipient.SCHEME]}


HELD_CASES: dict[str, dict[str, str]] = {
    "nhs_pension_cost": {"scheme": "nhs"},
    "teachers_compensation": {"scheme": "tps"},
    "strain_under_55": {"date_of_birth": "1979-05-01"},
    "entitlement": {"entitlement": "discretionary"},
    "settlement_agreement": {"settlement_agreement": "yes"},
    "cash_alternative": {"cash_alternative_paid": "5000"},
    "scots_law": {"nation": "scotland", "employer_kind": "civil_service"},
    "representative": {"died_on": "2024-05-06"},
}


@pytest.mark.parametrize("code", HELD_CASES)
def test_letters_to_others_are_held_until_it_is_checked_and_the_member_is_written_to(
    code: str,
) -> None:
    case = {**CAPPED, **HELD_CASES[code]}
    plans = {plan.to: plan.skipped for plan in plan_letters(worked(case))}
    assert plans[Recipient.EMPLOYER] == "to_check"
    assert plans[Recipient.SCHEME] != ""
    assert plans[Recipient.MEMBER] == ""
    assert "We are writing to Anytown Council" not in one(case, Recipient.MEMBER).text
    checked = {plan.to: plan.skipped for plan in plan_letters(worked({**case, "checked": code}))}
    assert checked[Recipient.EMPLOYER] == checked[Recipient.MEMBER] == ""


BEFORE_CAP = {
    **CAPPED,
    "exit_date": "2020-10-31",
    "payment_date": "2020-11-27",
    "pension_strain_due": "40000",
    "pension_strain_paid": "25000",
}


def test_an_exit_before_the_cap_that_meets_the_words_of_regulation_4_has_a_members_letter_alone() -> (
    None
):
    plans = {plan.to: plan for plan in plan_letters(worked(BEFORE_CAP))}
    assert [plans[to].skipped for to in USUAL] == ["out_of_scope", "out_of_scope", ""]
    assert "before_cap" in plans[Recipient.MEMBER].notes
    paid_before = {**BEFORE_CAP, "payment_date": "2020-11-03"}
    assert {plan.skipped for plan in plan_letters(worked(paid_before))} == {"out_of_scope"}


def test_no_letter_names_arrears_of_a_deferred_pension_that_may_have_been_drawn() -> None:
    deferred = {**CAPPED, "pension_outcome": "deferred", "pension_due": "12000"}
    drawn = {**deferred, "pension_started_on": "2024-03-01", "pension_paid": "10000"}
    for case, named in ((deferred, False), (drawn, True)):
        arrears = str(worked(case).figure("pension_arrears", 0) or 0)
        assert arrears != "0"
        for to in (Recipient.SCHEME, Recipient.MEMBER):
            made = one(case, to)
            shown = shown_money(int(arrears))
            shown = shown if to is Recipient.SCHEME else min(rounded({shown}))
            assert (shown in made.text) is named
            assert bool(made.letter.words["pension_arrears"]) is named


def test_the_members_letter_names_the_pensions_last_days_and_the_schemes_asks_for_a_standstill() -> (
    None
):
    to_member, to_scheme = (one(CAPPED, to).text for to in (Recipient.MEMBER, Recipient.SCHEME))
    for day in ("1 January 2027", "31 January 2027"):
        assert f"may run out on {day}" in to_member
        assert day not in to_scheme
    assert "issued by 30 December 2026" in to_member
    assert "standstill agreement" in to_scheme
    assert "signed written acknowledgment" in to_scheme


# What the letters say and do not say.


@for_each_sample_letter
def test_deadlines_of_the_writer_stay_out_of_letters_to_others(made: Made) -> None:
    if made.letter.plan.to is Recipient.MEMBER:
        return
    words = made.letter.words
    row = made.letter.plan.row
    for name in ("pension_lump_sum_last_day", "pension_instalment_last_day"):
        if (day := sample().day(name, row)) is not None:
            others = (words["letter_date"], words["reply_by"], words["pay_by"])
            assert shown_day(day) in others or shown_day(day) not in made.text
    for name in ("contract_last_day", "statute_last_day"):
        if words[name] not in ("", words["letter_date"], words["reply_by"], words["pay_by"]):
            assert str(words[name]) not in made.text


@for_each_sample_letter
def test_regulation_4_is_claimed_only_where_it_is_the_basis(made: Made) -> None:
    if made.letter.plan.to is not Recipient.EMPLOYER:
        return
    basis = bool(made.letter.words["under_regulation_4"])
    assert ("egulation 4(3)" in made.text) is basis
    if made.letter.words["triage"] == "underpaid_not_capped":
        assert "2021 Regulations" not in made.text


@for_each_sample_letter
def test_an_estimate_says_so_and_asks_for_the_figures(made: Made) -> None:
    if made.letter.plan.to is Recipient.EMPLOYER and made.letter.words["is_estimate"]:
        assert "The figures in this letter are an estimate." in made.text
        assert "(estimate)" in made.text
        assert "You hold the exact figures." in made.text


LAW_WORDS = re.compile(r"\b([Rr]egulations? \d|sections? \d|article \d|Act 19|Order 19|SI \d)")


@for_each_sample_letter
def test_every_sentence_on_law_carries_its_provision(made: Made) -> None:
    plan = made.letter.plan
    claim = next(claims(sample(), [plan.row]))
    text = wording(claim, plan.to, plan.writer, SENDER)
    for paragraph in text.paragraphs:
        asked = paragraph.text.endswith("?")
        if LAW_WORDS.search(paragraph.text) and not asked:
            assert paragraph.law, paragraph.text
    if text.citations and plan.to is Recipient.MEMBER:
        assert {law.source.title for law in text.citations} <= {
            row[0] for block in made.found if block.kind == "table" for row in block.rows
        }


def test_the_member_is_told_that_cash_may_have_to_go_back() -> None:
    made = one({**CAPPED, "cash_alternative_paid": "5000"}, Recipient.MEMBER)
    assert "You may have to pay it back if your pension is corrected" in made.text
    assert "not advice on law or tax" in made.text


def test_cash_alternative_is_a_credit_and_the_full_strain_is_named() -> None:
    checked = {**CAPPED, "cash_alternative_paid": "5000", "checked": "cash_alternative"}
    made = one(checked)
    assert "Credit is given for it, first against the sum for the scheme" in made.text
    assert "which was £13,000.00 before the credit" in made.text
    ignored = Positions(cash_alternative="ignore")
    assert "It is not set against the shortfall here." in one(checked, positions=ignored).text


def test_the_scheme_is_shown_the_strain_and_nothing_of_the_members_pay() -> None:
    made = one({**CAPPED, "annual_salary": "60000", "severance_due": "3000"}, Recipient.SCHEME)
    for private in ("£40,000.00", "£38,000.00", "£60,000.00", "£3,000.00", "Redundancy pay"):
        assert private not in made.text
    for asked in ("1 January 2021, the day after leaving", "arrears", "regulation 81", "invoiced"):
        assert asked in made.text


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({}, True),
        ({"employer_kind": "civil_service"}, False),
        ({"nation": "northern_ireland", "employer_kind": "other_listed"}, False),
        ({"exit_reason": "voluntary"}, False),
    ],
)
def test_section_165_is_relied_on_only_where_it_reaches(facts: dict[str, str], asked: bool) -> None:
    text = one({**CAPPED, **facts}).text
    assert "Send the written calculation of the redundancy payment" in text
    assert ("section 165(3)" in text) is asked


def test_no_request_depends_on_what_a_payment_is_called() -> None:
    claim = next(claims(worked(CAPPED), [0]))
    lines = claim.lines
    renamed = tuple(replace(line, title="Another name") for line in lines.payments)
    without = tuple(line for line in lines.payments if line.kind != "redundancy")
    for payments, asked in ((renamed, True), (without, False)):
        changed = replace(claim, lines=replace(lines, payments=payments))
        text = wording(changed, Recipient.EMPLOYER, Writer.UNION, SENDER)
        points = "".join(point.text for point in text.paragraphs)
        assert ("Send the written calculation of the redundancy payment" in points) is asked
        assert ("redundancy_calculation" in documents_missing(changed)) is asked


@pytest.mark.parametrize(("day", "said"), [("2021-02-12", True), ("2021-02-13", False)])
def test_the_guidance_is_relied_on_for_exits_to_the_day_the_cap_was_lifted(
    day: str, said: bool
) -> None:
    case = {**CAPPED, "exit_date": day, "payment_date": "2021-02-20"}
    assert ("Thirdly, on 12 February 2021 HM Treasury" in one(case).text) is said


def test_scotland_is_given_no_english_limits() -> None:
    case = {
        **CAPPED,
        "nation": "scotland",
        "employer_kind": "civil_service",
        "checked": "scots_law",
    }
    text = one(case).text
    assert "Limitation Act" not in text
    assert "standstill" not in text
    assert "so that a Scottish solicitor can advise you" in one(case, Recipient.MEMBER).text


# Hostile text.

HOSTILE = {
    "xml": "O'Neil <x> & </w:t></w:r></w:p><w:p>",
    "entities": "&lt;b&gt; &#x0; ]]> <!-- -->",
    "jinja": "{{ 7 * 7 }} {% for x in range(9) %}{# {%p endfor %}",
    "docxtpl": "{%tr for row in payments %} {{r name }} {%- -%}",
    "controls": "A\x01\x08\x0b\x1b[31mB\x7f\x9f\ufffeC",
    "steering": "\u202eecnatsni roF\u202c \u2066x\u2069 \u200f\u200b",
    "arabic": "محمد العربي",
    "hebrew": "שרה כהן",
    "lines": "Ann\nExample\r\n\tof \u2028 here",
    "long": "A" * 5_000,
    "long words": "word " * 1_000,
    "formula": '=HYPERLINK("http://x")',
    "emoji": "Zoë 👩🏽\u200d⚖️ Ö",
    "surrogate": "x\ud800y",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("to", list(Recipient))
def test_hostile_text_changes_nothing_but_itself(text: str, to: Recipient) -> None:
    plain = one({**capped(to), "person_ref": "P"}, to)
    case = {
        **capped(to),
        "member_name": text,
        "employer_name": text,
        "person_ref": text,
        "notes": text,
    }
    made = one(case, to)
    assert [block.kind for block in made.found] == [block.kind for block in plain.found]
    assert len(made.found) == len(plain.found)
    opened = docx.Document(io.BytesIO(made.letter.docx))
    assert len(opened.tables) == len(docx.Document(io.BytesIO(plain.letter.docx)).tables)
    for name in ("word/document.xml", "docProps/core.xml", "word/footer1.xml"):
        etree.fromstring(part(made.letter.docx, name).encode())
    assert "49" not in text_of(made.found[:8])
    allowed = "\n\N{FIRST STRONG ISOLATE}\N{POP DIRECTIONAL ISOLATE}"
    for character in made.text:
        assert character in allowed or unicodedata.category(character) not in ("Cc", "Cs", "Cf")


def test_a_name_is_shown_as_it_is_written() -> None:
    made = one({**CAPPED, "member_name": "O'Neil <x> & Söns {{ a }}"})
    assert "on behalf of our member, O'Neil <x> & Söns {{ a }}." in made.text


def test_a_name_far_too_long_is_cut_and_a_reference_too() -> None:
    made = one({**CAPPED, "member_name": "N" * 5_000, "case_ref": "R" * 5_000})
    assert len(str(made.letter.words["member_name"])) == 200
    assert len(str(made.letter.words["case_ref"])) == 200
    assert str(made.letter.words["member_name"]).endswith("N…")


# Documents that everybody can read.


@pytest.mark.parametrize("to", list(Recipient))
def test_a_letter_has_title_language_headings_and_header_rows(to: Recipient) -> None:
    made = one({**capped(to), "top_up_member": "10", "top_up_date": "2022-01-01"}, to)
    opened = docx.Document(io.BytesIO(made.letter.docx))
    assert opened.core_properties.title == made.letter.words["subject"]
    assert opened.core_properties.language == "en-GB"
    assert opened.core_properties.created.date().isoformat() == "2026-11-22"
    assert 'w:lang w:val="en-GB"' in part(made.letter.docx, "word/styles.xml")
    levels = [block.kind for block in made.found if block.kind.startswith("heading")]
    assert levels[0] == "heading 1"
    schedules = bool(SCHEDULE_HEADINGS[to])
    assert levels.count("heading 1") == 1 + schedules + len(ENCLOSURES[to])
    assert bool(opened.tables) is schedules
    for table in opened.tables:
        markers = [row._tr.xpath("./w:trPr/w:tblHeader") for row in table.rows]
        assert markers[0]
        assert not any(markers[1:])
        assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)
        assert table._tbl.xpath("./w:tblPr/w:tblCaption")
        assert table._tbl.xpath("./w:tblPr/w:tblDescription")


def test_no_table_or_heading_stands_empty() -> None:
    for made in sample_letters():
        kinds = [block.kind for block in made.found]
        for here, after in zip(kinds, [*kinds[1:], ""], strict=True):
            assert not (here == "heading 2" and after in ("heading 1", "heading 2", ""))
        assert all(len(block.rows) > 1 for block in made.found if block.kind == "table")
