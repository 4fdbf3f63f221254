"""What a letter may say in a case: the reply, the enclosures, the parties, and each sentence only with its facts."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date

from jinja2 import nodes

from calculator.facts.cells import Raw
from calculator.letters.claim import Claim, claims
from calculator.letters.letter import LettersWanted
from calculator.letters.letter_facts import LOST_PENSION
from calculator.letters.recipients import USUAL, Extra, Recipient, WithoutConsent, Writer
from calculator.letters.wording import TEXT, environment, wording
from rules.choices import YesNo
from tests import ROOT
from tests.letters.test_wording import CASES
from tests.letters_helpers import CAPPED, SENDER, capped, one, worked

GOLDEN = ROOT / "tests" / "golden" / "sentences.txt"
EARLIER: dict[str, Raw] = {
    **CAPPED,
    "case_ref": "A0",
    "person_ref": "P",
    "exit_date": "2020-12-20",
    "redundancy_due": "10000",
    "redundancy_paid": "10000",
    "pension_strain_due": None,
    "pension_strain_paid": None,
    "pension_outcome": None,
    "scheme": "none",
}
LATE: dict[str, Raw] = {**CAPPED, "exit_date": "2021-02-10", "payment_date": "2021-02-20"}
"""Its first deadline is more than four weeks after the usual day for a reply."""


def without(*extras: Extra) -> LettersWanted:
    return LettersWanted(SENDER.model_copy(update={"leave_out": extras}))


# The reply, before the deadline.


def test_a_letter_close_to_a_deadline_asks_first_for_an_acknowledgment_or_a_standstill() -> None:
    urgent, usual = one(CAPPED), one(LATE)
    assert "Please reply by 27 November 2026, and pay by 18 December 2026." in urgent.text
    points = next(row for row in urgent.letter.words["sections"] if row.numbered).points  # type: ignore[union-attr]
    assert points[0].startswith("First, by 27 November 2026, sign and return the enclosed")
    assert "Please do the following by 18 December 2026." in usual.text
    assert "If you cannot pay in full by then, please sign and return the enclosed" in usual.text
    assert usual.letter.words["reply_by"] == usual.letter.words["pay_by"]


def test_the_member_is_told_to_ring_where_there_is_little_time() -> None:
    urgent, usual = (one(case, Recipient.MEMBER) for case in (CAPPED, LATE))
    assert "What you must do | Ring us today: cases@union.example." in urgent.text
    assert "The last day | The first of the last days is 31 December 2026." in urgent.text
    assert "Ring us today" not in usual.text


def test_a_letter_before_claim_only_where_a_sum_is_claimed_and_a_deadline_is_near() -> None:
    long_before = {**LATE, "acknowledged_on": "2024-05-06", "fund_acknowledged_on": "2024-05-06"}
    for case, said in (
        (CAPPED, True),
        ({**CAPPED, "pension_strain_due": None, "pension_strain_paid": None}, False),
        ({**CAPPED, "nation": "northern_ireland", "employer_kind": "other_listed"}, False),
        (long_before, False),
    ):
        made = one(case)
        assert ("Practice Direction" in made.text) is said
        assert str(made.letter.words["subject"]).startswith("Letter before claim") is said


# What is enclosed.


def headings(case: dict[str, Raw], to: Recipient, request: LettersWanted) -> list[str]:
    parts = one(case, to, request).letter.words["enclosures"]
    return [part.heading for part in parts if part.starts_page]  # type: ignore[union-attr]


def test_each_extra_is_there_where_it_fits_and_can_be_left_out() -> None:
    whole = LettersWanted(SENDER)
    assert headings(CAPPED, Recipient.EMPLOYER, whole) == [
        "Reply form",
        "Acknowledgment",
        "Standstill agreement",
    ]
    assert headings(CAPPED, Recipient.MEMBER, whole) == ["Authority and instructions"]
    assert headings(CAPPED, Recipient.SCHEME, whole) == []
    assert headings(CAPPED, Recipient.DATA_REQUEST, whole) == ["Freedom of information request"]
    scotland = CASES["exact_scotland"]
    assert headings(scotland, Recipient.EMPLOYER, whole) == ["Reply form"]
    unknown = CASES["needs_data"]
    assert headings(unknown, Recipient.EMPLOYER, whole) == ["Reply form", "Standstill agreement"]
    bare = without(*Extra)
    for to in Recipient:
        kept = ["Particulars of claim"] if to is Recipient.ISSUE_PACK else []
        assert headings(capped(to), to, bare) == kept
    text = one(CAPPED, request=bare).text
    assert "enclosed" not in text
    assert "sign and return an acknowledgment (Limitation Act 1980" in text
    assert "Practice Direction" not in text


def test_the_acknowledgment_is_to_the_member_and_to_the_fund() -> None:
    text = one({**CAPPED, "fund_name": "Anyshire Pension Fund"}).text
    assert (
        "To Ann Example, care of Public Workers' Union as agent, and to Anyshire Pension Fund."
        in text
    )
    estate = one(CASES["estate"]).text
    assert "To Ray Example, the personal representative of Ann Example, care of" in estate


def test_the_member_is_asked_to_choose_only_where_the_choice_is_open() -> None:
    cash = {**CAPPED, "cash_alternative_paid": "5000"}
    for case, part, asked in (
        (cash, "# Cash alternative", True),
        ({**cash, "checked": "cash_alternative"}, "# Cash alternative", False),
        (CAPPED, "# Cash alternative", False),
        (CAPPED, "# Settlement agreement", True),
        ({**CAPPED, "settlement_agreement": "no"}, "# Settlement agreement", False),
        (CASES["estate"], "enclose the grant of probate", True),
        (CAPPED, "enclose the grant of probate", False),
    ):
        assert (part in one(case, Recipient.MEMBER).text) is asked


# What the other side is told and asked.


def test_the_other_side_sees_no_assumption_no_gap_in_the_evidence_and_no_source_of_ours() -> None:
    for to in (Recipient.EMPLOYER, Recipient.SCHEME):
        made = one(CAPPED, to)
        for name in ("assumptions", "documents_held", "documents_missing", "law_relied_on"):
            assert made.letter.words[name] == ()
        for weakness in ("taken as", "Assumptions", "Documents missing", "LexisNexis", "https://"):
            assert weakness not in made.text
    estimate = one(CASES["estimate"]).letter.words["assumptions"]
    assert [text.split(":")[0] for text in estimate] == [
        "What was paid is not known",
        "How the cut fell on the payments is not known",
    ]
    assert one(CAPPED, Recipient.MEMBER).letter.words["assumptions"]


def test_nothing_is_asked_of_the_employer_that_the_member_should_answer() -> None:
    text = one(CAPPED).text
    assert "settlement agreement" not in text.lower()
    assert "Was the cap applied" not in text
    assert "If you say the cap was not the reason for the reduction, say what was." in text
    assert "settlement agreement was signed" in one(CAPPED, Recipient.MEMBER).text


def test_the_members_position_on_the_cash_alternative_is_reserved() -> None:
    case = {**CAPPED, "cash_alternative_paid": "5000", "checked": "cash_alternative"}
    for to, said in ((Recipient.EMPLOYER, "Our member's"), (Recipient.SCHEME, "our member's")):
        text = one(case, to).text
        assert f"{said} position on " in text
        assert "is reserved." in text
        assert "pay it in full" not in text
        assert "If the scheme asks for more" not in text


def test_own_strain_is_stated_as_paid() -> None:
    for paid, said in (
        ("4000", "£4,000.00 towards the strain, which is included in the sum for our member"),
        ("20000", "£20,000.00 towards the strain; £13,000.00 of it is included in the sum for"),
    ):
        assert f"Our member paid {said}" in one({**CAPPED, "member_funded_strain": paid}).text
    beyond = one({**CAPPED, "member_funded_strain": "20000"})
    assert "own_strain_beyond" in beyond.letter.plan.notes
    assert beyond.letter.words["payments"][1].payee == "our member"  # type: ignore[union-attr]
    part = one({**CAPPED, "member_funded_strain": "4000"})
    assert "own_strain_beyond" not in part.letter.plan.notes
    to = part.letter.words["payments"][1].payee  # type: ignore[union-attr]
    assert to == "£4,000.00 to our member, the rest to the pension scheme"


def test_the_estate_is_a_party() -> None:
    text = one(CASES["estate"]).text
    assert "on behalf of Ray Example, who acts for the estate of our member" in text
    assert "To the estate: £2,936.77." in text
    assert "The estate requires you to perform the duty in regulation 4(3)(c)" in text
    assert "Dear Ray Example" in one(CASES["estate"], Recipient.MEMBER).text


def test_a_successor_is_the_addressee_and_what_was_done_is_the_former_employers() -> None:
    made = one({**CAPPED, "debtor_name": "Newtown Unitary Council"})
    assert made.letter.words["addressee"] == "Newtown Unitary Council"
    assert "Our member's employment with Anytown Council ended" in made.text
    assert "the liabilities of Anytown Council have passed to you" in made.text
    assert "The former employer did not pay in full" in made.text
    assert "You did not" not in made.text
    same = one({**CAPPED, "debtor_name": "Anytown Council"}).text
    assert "have passed to you" not in same


def test_a_letter_has_the_address_and_how_to_find_the_person() -> None:
    case = CASES["addressed"]
    for to, lines in (
        (Recipient.EMPLOYER, ("Legal Services", "Town Hall", "Anytown AN1 2BB")),
        (Recipient.SCHEME, ("County Hall", "Anytown AN1 3CC")),
        (Recipient.MEMBER, ("2 Side Road", "Anytown AN4 4DD")),
    ):
        made = one(case, to)
        assert made.letter.words["addressee_address"] == lines
        assert "AB123456C" in made.text
    own = LettersWanted(SENDER, without_consent=WithoutConsent.MEMBER)
    made = one({**case, "consent_to_disclose": "no"}, request=own)
    assert made.letter.words["own_address"] == ("2 Side Road", "Anytown AN4 4DD")


def test_interest_is_pleaded_in_the_alternative_and_never_added() -> None:
    within_cap = {**CAPPED, "pension_strain_due": "50000", "pension_strain_paid": "45000"}
    assert "In the alternative, and never in addition" in one(CAPPED).text
    text = one(within_cap).text
    assert "If proceedings are needed we will claim interest under section 69" in text
    assert "No interest is claimed" not in text
    assert "£2,000.00." in text


def test_the_whole_difference_is_explained_where_more_was_cut_than_the_cap_required() -> None:
    said = "You reduced the payments by more than the cap required."
    assert said in one({**CAPPED, "redundancy_paid": "20000"}).text
    assert said not in one(CAPPED).text


def test_consent_covers_employer_and_fund_and_the_member_is_told_of_both_letters() -> None:
    text = one(CAPPED, Recipient.MEMBER).text
    assert "name you as our member to your former employer and your pension scheme" in text
    assert "We are writing to Anytown Council and to your pension fund" in text
    teacher = {**CAPPED, "scheme": "none", "pension_strain_due": None, "pension_strain_paid": None}
    alone = {**teacher, "severance_due": "90000", "severance_paid": "57000"}
    assert "and to your pension fund" not in one(alone, Recipient.MEMBER).text


def test_the_letters_to_our_own_side_are_marked_and_no_other() -> None:
    marked = {to: one(capped(to), to).letter.words["marking"] for to in Recipient}
    assert {to: text for to, text in marked.items() if text} == {
        Recipient.MEMBER: "Private and confidential",
        Recipient.ISSUE_PACK: "Confidential and privileged: prepared for legal advice",
    }


def test_a_letter_is_a_draft_until_somebody_has_approved_it() -> None:
    approved = SENDER.model_copy(update={"approved_by": "Sol Solicitor"})
    assert one(CAPPED).letter.words["draft"] == "yes"
    made = one(CAPPED, request=LettersWanted(approved))
    assert made.letter.words["draft"] == ""
    assert "Sol Solicitor" not in made.text


# Each sentence with the facts it needs.


def conditional_sentences(node: nodes.Node, under: tuple[str, ...] = ()) -> list[str]:
    """The sentences of a template that do not always appear, each with the conditions it is under."""
    found = []
    if isinstance(node, nodes.If):
        branches = [(node.test, node.body)] + [(branch.test, branch.body) for branch in node.elif_]
        before: tuple[str, ...] = ()
        for test, body in branches:
            for inner in body:
                found += conditional_sentences(inner, (*under, *before, named(test)))
            before = (*before, f"not ({named(test)})")
        for inner in node.else_:
            found += conditional_sentences(inner, (*under, *before))
        return found
    if isinstance(node, nodes.Output) and under:
        text = "".join(
            part.data if isinstance(part, nodes.TemplateData) else "…" for part in node.nodes
        )
        words = " ".join(text.split()).strip(" .…")
        return [f"{words}\n    where {' and '.join(under)}"] if len(words) > 3 else []
    for inner in node.iter_child_nodes():
        found += conditional_sentences(inner, under)
    return found


def named(test: nodes.Node) -> str:
    """A condition in words of the template."""
    if isinstance(test, nodes.Name):
        return test.name
    if isinstance(test, nodes.Not):
        inner = named(test.node)
        return f"not ({inner})" if " " in inner else f"not {inner}"
    if isinstance(test, (nodes.And, nodes.Or)):
        word = "and" if isinstance(test, nodes.And) else "or"
        return f"({named(test.left)} {word} {named(test.right)})"
    if isinstance(test, nodes.Getattr):
        return f"{named(test.node)}.{test.attr}"
    if isinstance(test, nodes.Compare):
        sign = {"eq": "=", "ne": "is not"}[test.ops[0].op]
        return f"{named(test.expr)} {sign} {named(test.ops[0].expr)}"
    if isinstance(test, nodes.Test):
        return f"{named(test.node)} is {test.name}"
    raise AssertionError(type(test))


def test_each_sentence_that_does_not_always_appear_is_listed_with_the_facts_it_needs() -> None:
    lines = []
    for path in sorted(TEXT.rglob("*.j2")):
        tree = environment().parse(path.read_text(encoding="utf-8"))
        if sentences := conditional_sentences(tree):
            lines += [f"# {path.relative_to(TEXT).as_posix()}", *sentences, ""]
    text = "\n".join(lines)
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert GOLDEN.read_text(encoding="utf-8") == text


def _cash(claim: Claim) -> bool:
    return claim.owed("cash_alternative_paid") > 0


NEEDS: dict[str, Callable[[Claim], bool]] = {
    "A cash alternative of": _cash,
    "You were paid a cash alternative": _cash,
    "position on the cash alternative is reserved": _cash,
    "towards the strain": lambda claim: claim.owed("member_funded_strain") > 0,
    "who has died": lambda claim: claim.died,
    "acts for the estate": lambda claim: claim.died,
    "have passed to": lambda claim: bool(claim.details["debtor_name"]),
    "Practice Direction": lambda claim: claim.urgency in ("red", "amber"),
    "so that no claim has to be issued now": lambda claim: (
        claim.issue_by is not None and (claim.issue_by - date(2026, 11, 22)).days <= 56
    ),
    "The figures are an estimate": lambda claim: claim.words["confidence"] == "estimated",
    "Earlier exits within 28 days": lambda claim: claim.owed("cap_used_before") > 0,
    "reduced the payments by more than": lambda claim: (
        claim.owed("member_shortfall") + claim.owed("scheme_shortfall")
        > claim.owed("reduction_expected")
    ),
    "Part has been paid since": lambda claim: claim.owed("top_up_member") > 0,
    "They have been paid since": lambda claim: claim.owed("top_up_member") > 0,
    "the following was paid on": lambda claim: bool(claim.words["top_up_date"]),
    "The payments that counted came to": lambda claim: claim.owed("reduction_expected") > 0,
    "The pension was put into payment with a reduction": lambda claim: (
        claim.pension_outcome is LOST_PENSION[0]
    ),
    "The pension was deferred": lambda claim: claim.pension_outcome is LOST_PENSION[1],
    "The pension was corrected on": lambda claim: "pension_restored_on" in claim.days,
    "You were 55 or over": lambda claim: (
        (claim.days["exit_date"] - claim.days["date_of_birth"]).days > 55 * 365
    ),
    "You signed a settlement agreement": lambda claim: claim.settlement is YesNo.YES,
    "is owed under the contract only": lambda claim: claim.owed("member_contract_only") > 0,
    "You left before 4 November 2020": lambda claim: claim.days["exit_date"] < date(2020, 11, 4),
    "under Scots law": lambda claim: claim.lines.scotland,
    "The law of Northern Ireland": lambda claim: claim.lines.northern_ireland,
    "HM Treasury encouraged": lambda claim: claim.days["exit_date"] <= date(2021, 2, 12),
    "A payment was made on": lambda claim: "payment_date" in claim.days,
    "You are named in the Schedule": lambda claim: bool(claim.lines.schedule_entry),
    "may be deducted at first": lambda claim: claim.owed("tax_on_payment") > 0,
    "a year less than without reduction": lambda claim: claim.owed("pension_yearly_loss") > 0,
    "your pension fund, and ask": lambda claim: claim.scheme_asked,
    "You have agreed that we may name you": lambda claim: claim.consent,
}
"""The sentences that would do most harm where they are not true, and what must be so, from the claim alone."""


def test_a_sentence_is_said_only_where_the_facts_of_the_case_bear_it() -> None:
    said = set()
    cases = {
        **CASES,
        "no_date_of_payment": {**CAPPED, "payment_date": None},
        "late": LATE,
    }
    of_cases = {name: next(claims(worked(case), [0])) for name, case in cases.items()}
    of_cases["linked"] = next(claims(worked(EARLIER, {**CAPPED, "person_ref": "P"}), [1]))
    for name, claim in of_cases.items():
        if name == "before_cap":
            recipients: tuple[Recipient, ...] = (Recipient.MEMBER,)
        else:
            recipients = USUAL
        for to in recipients:
            text = wording(claim, to, Writer.UNION, SENDER)
            words = " ".join(
                [*(said for _, said in text.action), *(each.text for each in text.paragraphs)]
            )
            for sentence, needs in NEEDS.items():
                if sentence in words:
                    said.add(sentence)
                    assert needs(claim), f"{name}, to the {to}: {sentence}"
    assert said == NEEDS.keys()
