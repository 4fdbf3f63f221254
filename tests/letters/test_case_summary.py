"""The case summary: a page for each exit of one person, every figure of it one of the results."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from calculator.calculation.otherwise import by_cut_order, if_lgps, in_other_orders
from calculator.calculation.outcome import Outcome
from calculator.explanation.explain import explain
from calculator.facts.cells import Raw
from calculator.facts.days import shown_day
from calculator.facts.money import shown_money
from calculator.facts.problems import FileProblem
from calculator.letters.case_summary import case_summary_pdf, summary_of_case
from calculator.one_case.person import work
from rules.positions import Positions
from tests import ROOT
from tests.letters.test_plan import AMOUNT, DAY, amounts_of_results, days_of_results
from tests.letters.test_wording import CASES
from tests.letters_helpers import AS_AT, CAPPED, sample, worked
from tests.needs import needs
from tests.test_commands import exitcap

EARLIER: dict[str, Raw] = {
    **CAPPED,
    "case_ref": "A0",
    "exit_date": "2020-12-20",
    "payment_date": "2020-12-22",
    "redundancy_due": "10000",
    "redundancy_paid": "10000",
    "pension_strain_due": "0",
    "pension_strain_paid": "0",
}


def said(summary: Any) -> str:
    """All texts of a summary, each on a line."""
    if isinstance(summary, dict):
        return "\n".join(said(each) for each in summary.values())
    if isinstance(summary, list):
        return "\n".join(said(each) for each in summary)
    return str(summary)


def pages(pdf: bytes, folder: Path) -> list[str]:
    path = folder / "summary.pdf"
    path.write_bytes(pdf)
    return subprocess.run(  # noqa: S603 - poppler on a file of our own
        [str(shutil.which("pdftotext")), "-layout", str(path), "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\f")[:-1]


def possible_days(outcome: Outcome, row: int) -> set[str]:
    """The days of the results if what is not known were otherwise: the earliest of them is the deadline."""
    names = ("issue_by", "pension_lump_sum_last_day", "pension_instalment_last_day")
    others = (*in_other_orders(outcome, row), *if_lgps(outcome, row))
    return {shown_day(day) for each, at in others for name in names if (day := each.day(name, at))}


def test_every_sum_and_day_is_one_of_the_results() -> None:
    outcome = sample()
    summary = summary_of_case(outcome)
    for row, each in enumerate(summary["exits"]):
        if not outcome.cases.in_error[row]:
            text = re.sub(r"about £[\d,]+", "", said(each))
            of_row = amounts_of_results(row) | set(
                AMOUNT.findall(" ".join(explain(outcome, row).reasons))
            )
            of_row |= {
                shown_money(pence) for both in by_cut_order(outcome, row).values() for pence in both
            }
            assert set(AMOUNT.findall(text)) <= of_row, each["heading"]
            words = dict.fromkeys(("letter_date", "reply_by", "pay_by"), summary["as_at"])
            same = outcome.cases.person == outcome.cases.person[row]
            exits = outcome.cases.days["exit_date"][same]
            other_exits = {shown_day(day) for day in exits.tolist() if day is not None}
            days = days_of_results(row, words) | other_exits | possible_days(outcome, row)
            assert set(DAY.findall(text)) <= days, each["heading"]


def test_what_is_owed_is_said_for_each_recipient_and_never_in_one_sum() -> None:
    (each,) = summary_of_case(worked(CAPPED))["exits"]
    assert [line[:2] for line in each["sums"]] == [
        ["To Ann Example now", "£2,936.77"],
        ["To be corrected in the pension", "To be restored"],
        ["Employer to the pension fund", "£19,088.99"],
    ]
    assert "£22,025.76" not in said(each)
    assert ["Claim for breach of contract", "31 December 2026", "39 days left"] in each["deadlines"]
    assert ["Issue the first claim by", "30 December 2026", "38 days left"] in each["deadlines"]


def test_nothing_owed_shows_no_sum_owed_and_scotland_no_last_day() -> None:
    nothing = {**CAPPED, "redundancy_paid": "40000", "pension_strain_paid": "70000"}
    amounts = [line[1] for line in summary_of_case(worked(nothing))["exits"][0]["sums"]]
    assert amounts == ["Nothing directly", "To be restored", "£0.00"]
    (scots,) = summary_of_case(worked(CASES["exact_scotland"]))["exits"]
    assert scots["deadlines"] == []
    assert "ask a Scots lawyer" in said(scots)


def test_all_exits_of_the_person_are_listed_and_each_has_its_part() -> None:
    worked_exits = work([EARLIER, CAPPED], Positions(), AS_AT).outcome
    summary = summary_of_case(worked_exits)
    assert [line[0] for line in summary["people"]] == ["A0", "A1"]
    assert [each["heading"][:2] for each in summary["exits"]] == ["A0", "A1"]
    assert summary_of_case(worked(CAPPED))["people"] == []


def test_an_exit_in_error_says_what_is_wrong() -> None:
    (each,) = summary_of_case(worked({**CAPPED, "exit_date": "tomorrow"}))["exits"]
    assert each["working"] == each["payments"] == []
    assert "This is not a day." in each["verdict"]


@needs("poppler", "font")
@pytest.mark.parametrize("name", CASES)
def test_an_exit_is_on_one_page(name: str, tmp_path: Path) -> None:
    pytest.importorskip("typst")
    (page,) = pages(case_summary_pdf(worked(CASES[name])), tmp_path)
    for heading in ("Case summary: Ann Example", "Facts entered", "Working", "Sources:"):
        assert heading in page
    assert "page 1 of 1" in page


@needs("poppler", "font")
def test_each_further_exit_has_a_page(tmp_path: Path) -> None:
    pytest.importorskip("typst")
    exits = work([EARLIER, CAPPED], Positions(), AS_AT).outcome
    first, second = pages(case_summary_pdf(exits), tmp_path)
    assert "A0 · exit on 20 December 2020" in first
    assert "A1 · exit on 31 December 2020" in second


def test_a_name_is_no_markup_and_one_that_no_font_shows_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("typst")
    hostile = {**CAPPED, "member_name": '#panic("x") $ *b* `c` <d> @e \\ [f]'}
    assert case_summary_pdf(worked(hostile)).startswith(b"%PDF")
    assert case_summary_pdf(worked(hostile)) == case_summary_pdf(worked(hostile))
    monkeypatch.setattr("calculator.letters.word.summary_pdf.compiled", lambda *_: None)
    with pytest.raises(FileProblem, match="No font here shows all the characters"):
        case_summary_pdf(worked(CAPPED))


def test_the_command_writes_it_and_takes_no_other_kind_of_file(tmp_path: Path) -> None:
    pytest.importorskip("typst")
    case = ROOT / "sample_data" / "guide_two_exits.json"
    out = tmp_path / "case.pdf"
    done = exitcap("case", case, "--as-at", "2026-11-22", "--pdf", out)
    assert (done.returncode, done.stdout) == (0, "")
    assert out.read_bytes().startswith(b"%PDF")
    again = exitcap("case", case, "--pdf", out)
    assert again.returncode == 2
    assert "--force" in again.stderr
    wrong = exitcap("case", case, "--pdf", tmp_path / "case.docx")
    assert wrong.returncode == 2
    assert "the summary is written to .pdf" in wrong.stderr
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps({"case_ref": "B", "exit_date": "tomorrow"}), encoding="utf-8")
    in_error = exitcap("case", broken, "--pdf", tmp_path / "broken.pdf")
    assert in_error.returncode == 1
    assert (tmp_path / "broken.pdf").is_file()
