"""The answer card: what a caseworker reads first."""

from __future__ import annotations

from datetime import date

from calculator.explanation.answer import Answer, answer_of
from calculator.one_case.person import work, work_leaving_out
from rules.positions import Positions

CUT = {
    "case_ref": "A",
    "member_name": "Ngozi Example",
    "exit_date": "2020-12-31",
    "nation": "england",
    "employer_kind": "council",
    "exit_reason": "redundancy",
    "scheme": "lgps",
    "date_of_birth": "1962-05-01",
    "pension_outcome": "reduced",
    "redundancy_due": "28500",
    "redundancy_paid": "28500",
    "pension_strain_due": "91300",
    "pension_strain_paid": "66500",
}


def answer(**facts: str) -> Answer:
    worked = work([{**CUT, **facts}], Positions(), date(2026, 11, 27))
    return answer_of(worked.outcome, 0, worked.of(0))


def test_where_a_pension_was_cut_the_member_never_reads_a_lone_nought() -> None:
    shown = [(each.to, each.amount) for each in answer().sums]
    assert shown == [
        ("To Ngozi Example now", "Nothing directly"),
        ("To be corrected in the pension", "To be restored"),
        ("Employer to the pension fund", "£36,524.62"),
    ]


def test_the_yearly_loss_and_the_arrears_are_the_funds_to_pay() -> None:
    pension = answer(pension_due="12000", pension_paid="8900").sums[1]
    assert pension.amount == "£3,100.00 a year"
    assert "The fund pays this, not the employer." in pension.more[-1]


def test_no_verdict_before_strain_is_entered_or_said_to_be_none() -> None:
    asked = answer(pension_strain_due="", pension_strain_paid="", pension_outcome="")
    assert asked.verdict == (
        "So far £28,500.00 of £95,000.00 counts. Was there a pension strain? Enter it, or 0 if there was none."
    )
    none = answer(pension_strain_due="0", pension_strain_paid="0", pension_outcome="")
    assert none.verdict.startswith("Nothing is short on the payments entered.")
    assert none.sums == ()


def test_an_estimate_says_so_in_the_verdict_and_beside_each_sum() -> None:
    estimated = answer(redundancy_paid="", pension_strain_paid="")
    assert estimated.verdict == (
        "Yes, very likely: the cap cut this exit. The employer still owes about £36,500. We do not know what was "
        "paid, so this is an estimate."
    )
    assert estimated.sums[-1].to == "Employer to the pension fund (estimate)"
    assert "depending on which payments were cut" in estimated.sums[-1].more[-1]


def test_the_deadline_is_a_working_day_with_its_weekday_and_the_days_left() -> None:
    deadline = answer().deadline
    assert deadline is not None
    assert deadline.band == "amber"
    assert deadline.act == "Start the first claim by Thursday 31 December 2026: 34 days left."
    assert "contract claim 31 December 2026" in deadline.last_days


def test_scotland_has_a_warning_and_no_day() -> None:
    scots = answer(nation="scotland", employer_kind="civil_service").deadline
    assert scots is not None
    assert scots.act == "May already have run out under Scots law: ask a Scots lawyer today."


def test_a_value_that_cannot_be_read_is_named() -> None:
    assert (
        answer(redundancy_due="lots").verdict == "There is a problem. Correct: Redundancy pay due."
    )


def test_out_of_scope_says_which_of_employer_nation_and_day_decides() -> None:
    assert answer(exit_date="2021-04-01").verdict.startswith(
        "The cap did not reach this exit. The exit was after the cap was revoked on 19 March 2021."
    )


def test_an_estimate_names_the_payments_that_are_not_known() -> None:
    settled = answer(
        exit_reason="settlement",
        scheme="none",
        pension_outcome="",
        annual_salary="72000",
        **dict.fromkeys(
            (
                "redundancy_due",
                "redundancy_paid",
                "pension_strain_due",
                "pension_strain_paid",
            ),
            "",
        ),
        settlement_due="110000",
        settlement_paid="95000",
        notice_pay_due="18000",
    )
    assert "We do not know what was paid of: pay in lieu of notice, so this is" in settled.verdict


def test_out_of_scope_only_what_decides_it_is_named() -> None:
    late = answer(exit_date="2021-06-01", redundancy_paid="20000")
    assert late.verdict.startswith(
        "The cap did not reach this exit. The exit was after the cap was revoked on 19 March 2021."
    )
    assert "nation" not in late.verdict


def test_in_scotland_the_warning_comes_first_and_is_red() -> None:
    scots = answer(nation="scotland")
    assert scots.verdict.startswith(
        "Ask a Scots lawyer today: a claim may already have run out under Scots law. The cap did not reach"
    )
    assert scots.deadline is not None
    assert scots.deadline.band == "red"


def test_what_a_teacher_is_owed_is_never_called_the_pension_funds() -> None:
    """SI 2015/601 reg 9: premature retirement compensation is for the person, if the employer agreed."""
    teacher = answer(scheme="tps", checked="teachers_compensation")
    assert (
        teacher.sums[-1].to == "Premature retirement compensation, to the member, if it was agreed"
    )
    assert (
        "as premature retirement compensation, to the member, if it was agreed" in teacher.verdict
    )
    assert "fund" not in " ".join([teacher.verdict, *(each.to for each in teacher.sums)])
    assert teacher.apart == "Separate amounts: do not add them."
    assert answer().apart.endswith("Only the first goes to the member.")


def test_what_is_owed_to_a_member_who_has_died_is_owed_to_the_estate() -> None:
    died = answer(died_on="2023-02-01", redundancy_paid="25000", pension_due="2", pension_paid="1")
    assert died.sums[0].to == "To the estate of Ngozi Example now"
    assert " to the estate and, separately, " in died.verdict
    assert died.apart.endswith("Only the first goes to the estate.")
    unnamed = answer(died_on="2023-02-01", redundancy_paid="25000", member_name="")
    assert unnamed.sums[0].to == "To the estate now"


def test_a_deadline_is_never_green_while_a_scheme_not_known_may_bring_an_earlier_one() -> None:
    """LGPS Regulations 2013: of the schemes only the LGPS has last days for the pension here."""
    facts = {
        "redundancy_due": "28500",
        "pension_outcome": "deferred",
        "exit_date": "2021-03-10",
        "service_start": "2010-01-01",
    }
    for scheme in ("", "unknown"):
        blank, lgps = answer(scheme=scheme, **facts).deadline, answer(**facts).deadline
        assert blank is not None
        assert lgps is not None
        assert blank.band == "amber"
        assert blank.act.startswith("Start the first claim by ")
        assert blank.act.endswith(
            "Claims for the pension may run out from 31 March 2027. Choose the pension scheme."
        )
    other = answer(scheme="tps", **facts).deadline
    assert other is not None
    assert other.band == "green"


def test_with_the_scheme_blank_a_claim_is_begun_no_later_than_for_the_lgps() -> None:
    for exit_date in ("2020-11-10", "2020-12-31", "2021-01-31", "2021-02-10"):
        blank, lgps = (
            answer(scheme=scheme, exit_date=exit_date, redundancy_paid="28500").deadline
            for scheme in ("", "lgps")
        )
        assert blank is not None
        assert lgps is not None
        assert blank.act.startswith(lgps.act)
        assert blank.band == lgps.band.replace("green", "amber")


def test_where_the_payee_is_not_known_a_nought_is_no_fact_and_the_earliest_day_counts() -> None:
    facts = {"redundancy_paid": "", "pension_strain_paid": "", "pension_outcome": "", "scheme": ""}
    member = answer(**facts).sums[0]
    assert member.amount == "Not known"
    assert member.more[0] == "Between £0.00 and £36,524.62, depending on which payments were cut."
    deadline = answer(**facts).deadline
    assert deadline is not None
    assert deadline.act.startswith("Start the first claim by Wednesday 30 December 2026")


LATE = {"exit_date": "2021-02-20", "redundancy_due": "38500"}


def test_after_the_cap_was_lifted_the_verdict_says_short_and_asks_why() -> None:
    late = answer(**LATE)
    assert late.verdict.startswith(
        "The payments were £34,800.00 short. The cap had been lifted in England on 12 February 2021: ask why "
        "they were cut. The employer still owes "
    )
    assert late.how_sure.endswith(
        "In doubt: whether the cap was the reason, as it had been lifted."
    )
    unknown = {**LATE, "redundancy_paid": "", "pension_strain_paid": ""}
    assert answer(**unknown, cap_applied="in_writing").verdict.startswith(
        "Payments were very likely cut. The cap had been lifted in England on 12 February 2021: ask why they were "
        "cut. The employer still owes about "
    )
    wales = answer(**LATE, nation="wales")
    assert "In Wales the cap was lifted by a later direction" in wales.verdict
    assert "England" not in wales.verdict
    on_the_day = {**LATE, "exit_date": "2021-02-12"}
    assert "had been lifted in England" in answer(**on_the_day).verdict
    assert answer(**on_the_day, nation="wales").verdict.startswith("Yes: the cap cut this exit")


def test_where_the_employer_denies_the_cap_the_verdict_does_not_say_that_it_cut() -> None:
    for exit_date in ("2021-01-10", "2021-02-20"):
        denied = answer(**{**LATE, "exit_date": exit_date}, cap_applied="no")
        assert denied.verdict.startswith(
            "The payments were £34,800.00 short. The employer says that the cap was not applied: ask why."
        )
        assert "the employer says that it was not applied" in denied.how_sure


def test_what_was_paid_since_without_a_day_that_can_be_read_is_named_as_left_out() -> None:
    for day in ("", "May 2021"):
        facts = {**CUT, "top_up_member": "£9,000", "top_up_scheme": "1000", "top_up_date": day}
        worked = work_leaving_out([facts], Positions(), date(2026, 11, 27))
        sure = answer_of(worked.outcome, 0, worked.of(0)).how_sure
        assert sure == "Leaves out the £10,000.00 paid since: enter its day."


def test_a_settlement_agreement_is_for_a_lawyer_before_any_claim() -> None:
    assert answer(settlement_agreement="yes").verdict.endswith(
        "A settlement agreement was signed: a lawyer must read it before any claim or letter."
    )


def test_a_range_due_to_the_cash_alternative_names_it_for_the_payee_it_is_taken_from() -> None:
    facts = {"pension_strain_due": "160000", "cash_alternative_paid": "54000"}
    scheme = answer(**facts, pension_strain_paid="0").sums[-1]
    assert scheme.more[-1].endswith(", the higher if the £54,000.00 cash is not taken off.")
    member = answer(**facts, pension_strain_paid="0", redundancy_paid="8500").sums[0]
    assert member.more[-1].endswith(", as the law is open on some points.")


def test_where_only_interest_is_left_the_verdict_says_so() -> None:
    late = answer(
        pension_strain_due="66500",
        pension_outcome="",
        redundancy_due="38500",
        top_up_member="10000",
        top_up_date="2021-05-14",
    )
    assert late.verdict == (
        "The £10,000.00 was paid late. What is still owed is interest: £293.70 to the member."
    )


def test_a_second_exit_says_what_the_first_used_of_the_cap() -> None:
    first = {**CUT, "person_ref": "P", "redundancy_due": "60000", "redundancy_paid": "60000"}
    first |= {"pension_strain_due": "0", "pension_strain_paid": "0", "pension_outcome": ""}
    second = {**first, "case_ref": "B", "exit_date": "2021-01-10", "redundancy_due": "50000"}
    worked = work([first, {**second, "redundancy_paid": "35000"}], Positions(), date(2026, 11, 27))
    assert answer_of(worked.outcome, 1).verdict.endswith(
        "The earlier exit of 31 December 2020 used £60,000.00 of the cap; £35,000.00 was left."
    )
    assert "of the cap;" not in answer_of(worked.outcome, 0).verdict
